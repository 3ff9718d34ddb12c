/* SPDX-License-Identifier: MIT */
/*
 * How often the method of several runs is right, on arrays: no files, no
 * programs.  check_method [trials=200] [seed=1]; prints a table, exits 1
 * where a goal is missed by more than chance explains.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/factor.h"
#include "libanalysis/nomem.h"
#include "libanalysis/replicate.h"
#include "libanalysis/special.h"
#include "tests/stat/draw.h"

#define F 200			/* functions of a program */
#define RUNS 20
#define SAMPLES 20000

/* One comparison: the runs and what the library says of them. */
struct trial {
	struct draw d;
	double share[F], phi[F], change[F];
	double count[RUNS][F], rate[RUNS][F];
	unsigned runs[2];
	struct prof_factor factor;
	struct prof_replicate_effect effect[F];
	struct prof_replicate_noise noise;
	bool timed;		/* counts are not told */
	double samples;
	const struct draw_noise *kind;
};

static unsigned long trials = 200, seed = 1;
static int failed;

static void
run_side(struct trial *t, unsigned side, const double *change)
{
	struct draw_program p = { F, t->share, t->phi, change, t->samples,
	    true, .1 };
	unsigned j, from = side * t->runs[0], i;

	for (j = from; j < from + t->runs[side]; j++) {
		draw_run(&t->d, t->kind, &p, t->count[j], t->rate[j]);
		/* A timer that is off by some of a sample's worth. */
		for (i = 0; t->timed && i < F; i++)
			t->rate[j][i] = fmax(t->rate[j][i] +
			    sqrt(t->rate[j][i]) * draw_normal(&t->d), 0);
	}
}

static void
judge(struct trial *t)
{
	const double *value[RUNS], *count[RUNS];
	struct prof_replicate in = { .n = F, .value = value, .phi = -1 };
	unsigned j;

	for (j = 0; j < t->runs[0] + t->runs[1]; j++) {
		value[j] = t->timed ? t->rate[j] : t->count[j];
		count[j] = t->count[j];
	}
	prof_factor_release(&t->factor);
	prof_factor_of(&t->factor, F, t->runs, value,
	    t->timed ? NULL : count, .95);
	memcpy(in.runs, t->runs, sizeof in.runs);
	in.count = t->timed ? NULL : count;
	in.factor = t->factor.run;
	in.factor_se = t->factor.se;
	prof_replicate_judge(&in, t->effect, &t->noise);
}

/* A program of this noise, run k times and, changed, m times. */
static void
compare(struct trial *t, unsigned k, unsigned m, const double *change)
{
	t->runs[0] = k;
	t->runs[1] = m;
	run_side(t, 0, NULL);
	run_side(t, 1, change);
	judge(t);
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Benjamini and Hochberg: the largest p that is found; NAN: no test. */
static double
limit_of(const double *p, double q)
{
	double sorted[F], limit = -1;
	unsigned i, n = 0;

	for (i = 0; i < F; i++)
		if (!isnan(p[i]))
			sorted[n++] = p[i];
	qsort(sorted, n, sizeof *sorted, by_value);
	for (i = 0; i < n; i++)
		if (sorted[i] <= q * (i + 1) / n)
			limit = sorted[i];
	return limit;
}

static void
p_values(const struct trial *t, bool both, double *p)
{
	const struct prof_replicate_effect *e;
	double x;
	unsigned i;

	for (i = 0; i < F; i++) {
		e = &t->effect[i];
		p[i] = NAN;
		if (isnan(e->change))
			continue;
		x = e->change / e->se;
		p[i] = both ? 2 * prof_student_above(fabs(x), e->df) :
		    prof_student_above(x, e->df);
	}
}

/* The list of pdiff. */
static void
find_list(const struct trial *t, bool *found)
{
	double p[F], limit;
	unsigned i;

	p_values(t, true, p);
	limit = limit_of(p, .05);
	for (i = 0; i < F; i++)
		found[i] = p[i] <= limit;
}

/* The same by somebody who knows the noise and the factors. */
static void
find_oracle(const struct trial *t, bool *found)
{
	double p[F], limit, sum[2], size[2], variance, ln;
	unsigned i, j, g, from, to;

	for (i = 0; i < F; i++) {
		variance = 0;
		ln = 0;
		for (g = 0; g < 2; g++) {
			from = g * t->runs[0];
			to = from + t->runs[g];
			sum[g] = 0;
			size[g] = 0;
			for (j = from; j < to; j++) {
				sum[g] += t->count[j][i];
				size[g] += t->factor.run[j];
				ln += (g ? 1. : -1.) / t->runs[g] *
				    log((t->count[j][i] + .5) /
				    t->factor.run[j]);
			}
			variance += 1 / (sum[g] + .5) + t->phi[i] /
			    t->runs[g];
		}
		p[i] = sum[0] + sum[1] < 8 ? NAN : 2 *
		    prof_normal_above(fabs(ln) / sqrt(variance));
	}
	limit = limit_of(p, .05);
	for (i = 0; i < F; i++)
		found[i] = p[i] <= limit;
}

/* The gate's two arms, functions only. */
static void
find_gate(const struct trial *t, bool *found)
{
	double p[F], limit, share[2][F], all[2] = { 0, 0 }, ratio, delta;
	unsigned i, j, g;

	memset(share, 0, sizeof share);
	for (j = 0; j < t->runs[0] + t->runs[1]; j++)
		for (i = 0; i < F; i++) {
			g = j >= t->runs[0];
			share[g][i] += t->count[j][i];
			all[g] += t->count[j][i];
		}
	p_values(t, false, p);
	for (i = 0; i < F; i++) {
		share[0][i] /= all[0];
		share[1][i] /= all[1];
		if (fmax(share[0][i], share[1][i]) < .005)
			p[i] = NAN;
	}
	limit = limit_of(p, .003);
	for (i = 0; i < F; i++) {
		ratio = exp(t->effect[i].change);
		delta = (ratio - 1) * share[0][i];
		found[i] = p[i] <= limit && ((ratio >= 1.5 && delta >= .001) ||
		    delta >= .01);
	}
}

typedef void find_fn(const struct trial *, bool *);

struct tally {
	unsigned any;		/* comparisons that found something false */
	double discovery;	/* sum of shares of false ones found */
	double hits, planted;
};

static void
count_in(struct tally *c, const struct trial *t, find_fn *find)
{
	unsigned i, wrong = 0, all = 0;
	bool found[F];

	find(t, found);
	for (i = 0; i < F; i++) {
		all += found[i];
		if (t->change[i] == 1)
			wrong += found[i];
		else {
			c->hits += found[i];
			c->planted++;
		}
	}
	c->any += wrong > 0;
	c->discovery += all > 0 ? (double)wrong / all : 0;
}

/* At most share + what chance makes of it, four standard errors, of trials. */
static void
at_most(const char *what, double share, double goal)
{
	double limit = goal + 4 * sqrt(goal * (1 - goal) / (double)trials);
	int bad = share > limit;

	printf("%-58s %6.2f %%  (goal at most %.1f %%)%s\n", what,
	    100 * share, 100 * goal, bad ? "  MISSED" : "");
	failed |= bad;
}

static void
at_least(const char *what, double share, double goal)
{
	double limit = goal - 4 * sqrt(goal * (1 - goal) / (double)trials);
	int bad = share < limit;

	printf("%-58s %6.2f %%  (goal at least %.1f %%)%s\n", what,
	    100 * share, 100 * goal, bad ? "  MISSED" : "");
	failed |= bad;
}

enum planted { NOTHING, ONE, SOME, DOUBLE };

static void
plant(struct trial *t, enum planted what)
{
	static const double by[] = { 1.2, 1.3, 1.5, 2, 3, .8, .7, .5, .3, .1 };
	unsigned i, n;

	for (i = 0; i < F; i++)
		t->change[i] = 1;
	if (what == ONE)
		t->change[13] = 1.3;
	if (what == DOUBLE)
		t->change[16] = 2;
	if (what == SOME)
		for (n = 1 + draw_below(&t->d, 20); n > 0; n--)
			t->change[draw_below(&t->d, F)] =
			    by[draw_below(&t->d, 10)];
}

static struct tally
repeat(struct trial *t, unsigned k, unsigned m, enum planted what,
    uint64_t stream, find_fn *find, struct tally *oracle)
{
	struct tally c = { 0, 0, 0, 0 };
	unsigned long n;

	for (n = 0; n < trials; n++) {
		draw_seed(&t->d, seed, stream << 32 | n);
		draw_phi(&t->d, t->kind, t->phi, F);
		plant(t, what);
		compare(t, k, m, t->change);
		count_in(&c, t, find);
		if (oracle != NULL)
			count_in(oracle, t, find_oracle);
	}
	return c;
}

static const struct {
	const char *name;
	const struct draw_noise *kind;
} kinds[] = {
	{ "cv 5 %", &draw_quiet },
	{ "cv 5 % het", &draw_het },
	{ "cv 15 % het", &draw_loud },
	{ "spiky", &draw_spiky }
};

static void
lists(struct trial *t)
{
	static const unsigned sides[][2] = { { 3, 3 }, { 5, 5 }, { 10, 10 },
	    { 10, 1 }, { 10, 3 }, { 2, 1 }, { 2, 2 } };
	struct tally c, o;
	char what[80];
	unsigned i, k;

	for (k = 0; k < 4; k++)
		for (i = 0; i < sizeof sides / sizeof sides[0]; i++) {
			t->kind = kinds[k].kind;
			snprintf(what, sizeof what, "list %s, %u v %u: A/A",
			    kinds[k].name, sides[i][0], sides[i][1]);
			c = repeat(t, sides[i][0], sides[i][1], NOTHING,
			    1, find_list, NULL);
			at_most(what, c.any / (double)trials, .08);
			memset(&o, 0, sizeof o);
			c = repeat(t, sides[i][0], sides[i][1], ONE, 2,
			    find_list, &o);
			printf("  1.3x in 1.2 %%: found %.1f %%, oracle %.1f %%"
			    "; FDR %.1f %%\n", 100 * c.hits / c.planted,
			    100 * o.hits / o.planted,
			    100 * c.discovery / (double)trials);
			memset(&o, 0, sizeof o);
			c = repeat(t, sides[i][0], sides[i][1], SOME, 3,
			    find_list, &o);
			printf("  1 to 20: found %.1f %%, oracle %.1f %%; "
			    "FDR %.1f %%\n", 100 * c.hits / c.planted,
			    100 * o.hits / o.planted,
			    100 * c.discovery / (double)trials);
		}
}

static void
gates(struct trial *t)
{
	static const unsigned sides[] = { 3, 5, 10 };
	struct tally c;
	char what[80];
	unsigned i, k;

	for (k = 0; k < 4; k++)
		for (i = 0; i < 3; i++) {
			t->kind = kinds[k].kind;
			snprintf(what, sizeof what, "gate %s, %u v %u: A/A",
			    kinds[k].name, sides[i], sides[i]);
			c = repeat(t, sides[i], sides[i], NOTHING, 4,
			    find_gate, NULL);
			at_most(what, c.any / (double)trials,
			    sides[i] == 3 ? .015 : .009);
			c = repeat(t, sides[i], sides[i], DOUBLE, 5,
			    find_gate, NULL);
			printf("  2x in 1 %%: found %.1f %%\n",
			    100 * c.hits / c.planted);
		}
}

int
main(int argc, char **argv)
{
	struct trial *t = prof_zalloc(1, sizeof *t);

	if (argc > 1)
		trials = strtoul(argv[1], NULL, 10);
	if (argc > 2)
		seed = strtoul(argv[2], NULL, 10);
	t->samples = SAMPLES;
	draw_zipf(t->share, F, 1);
	if (argc <= 3 || strchr(argv[3], 'l'))
		lists(t);
	if (argc <= 3 || strchr(argv[3], 'g'))
		gates(t);
	(void)at_least;
	prof_factor_release(&t->factor);
	free(t);
	return failed;
}
