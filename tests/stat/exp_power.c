/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/special.h"
#include "tests/stat/answer.h"
#include "tests/stat/stat.h"

/*
 * One function is slower: does pdiff list it?  Beside it an oracle, who
 * knows the noise and the size of every run, and Mann and Whitney's test,
 * both with Benjamini and Hochberg's correction.
 */

#define PLANTED 13		/* 1.2 % of self */
#define SAMPLES 20000
#define RUNS 5
#define Q .05
#define TYPICAL .0025		/* noise of the planted function */

enum { LISTED, ORACLE, RANKS, SLOTS };

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Whether this one is found; NAN: no test. */
static bool
found(const double *p, uint32_t which)
{
	double sorted[WORLD_FUNCTIONS], limit = -1;
	unsigned i, n = 0;

	for (i = 0; i < WORLD_FUNCTIONS; i++)
		if (!isnan(p[i]))
			sorted[n++] = p[i];
	qsort(sorted, n, sizeof *sorted, by_value);
	for (i = 0; i < n; i++)
		if (sorted[i] <= Q * (i + 1) / n)
			limit = sorted[i];
	return p[which] <= limit;
}

/* Two-sided and exact, ties included: all ways to deal the ranks. */
static double
mann_whitney(const double *x)
{
	double rank[2 * RUNS], sum, seen = 0, middle;
	unsigned i, j, set, n = 2 * RUNS, all = 0, far = 0;

	for (i = 0; i < n; i++) {
		rank[i] = .5;
		for (j = 0; j < n; j++)
			rank[i] += x[j] < x[i] ? 1 : x[j] > x[i] ? 0 : .5;
		if (i < RUNS)
			seen += rank[i];
	}
	middle = RUNS * (n + 1) / 2.;
	for (set = 0; set < 1u << n; set++) {
		sum = 0;
		for (i = 0, j = 0; i < n; i++)
			if (set >> i & 1) {
				sum += rank[i];
				j++;
			}
		if (j != RUNS)
			continue;
		all++;
		far += fabs(sum - middle) >= fabs(seen - middle) - 1e-9;
	}
	return (double)far / all;
}

/* What a run recorded of everything but the planted function. */
static double
size_of(const double *self)
{
	double sum = 0;
	uint32_t i;

	for (i = 0; i < WORLD_FUNCTIONS; i++)
		if (i != PLANTED)
			sum += self[i];
	return sum;
}

struct counts {
	double self[2 * RUNS][WORLD_FUNCTIONS];
	double size[2 * RUNS];
};

static double
oracle(const struct counts *c, uint32_t fn, double phi)
{
	double ln = 0, sum[2] = { 0, 0 }, variance = 0;
	unsigned i, side;

	for (i = 0; i < 2 * RUNS; i++) {
		side = i >= RUNS;
		sum[side] += c->self[i][fn];
		ln += (side ? 1. : -1.) / RUNS *
		    log((c->self[i][fn] + .5) / c->size[i]);
	}
	for (side = 0; side < 2; side++)
		variance += 1 / (sum[side] + .5) + phi / RUNS;
	if (sum[0] + sum[1] < 8)
		return NAN;
	return 2 * prof_normal_above(fabs(ln) / sqrt(variance));
}

static void
rivals(const struct counts *c, const struct world *w, double *out)
{
	double p[2][WORLD_FUNCTIONS], x[2 * RUNS];
	uint32_t fn;
	unsigned i;

	for (fn = 0; fn < WORLD_FUNCTIONS; fn++) {
		p[0][fn] = oracle(c, fn, w->phi[fn]);
		for (i = 0; i < 2 * RUNS; i++)
			x[i] = c->self[i][fn] / c->size[i];
		p[1][fn] = mann_whitney(x);
	}
	out[ORACLE] = found(p[0], PLANTED);
	out[RANKS] = found(p[1], PLANTED);
}

static bool
listed(struct prof_buf *text, const char *name)
{
	struct answer_table t;
	const char *verdict;
	bool yes = false;
	size_t i;

	answer_table(&t, text);
	for (i = 0; i < t.rows; i++) {
		verdict = answer_cell(&t, i, "verdict");
		yes |= verdict != NULL && strcmp(verdict, "REGRESSION") == 0 &&
		    strcmp(answer_cell(&t, i, "name"), name) == 0;
	}
	answer_table_release(&t);
	return yes;
}

/* how: the factor planted. */
static void
trial(struct study *s, const void *how, double *out)
{
	static struct recording seen[2 * RUNS];
	const struct version *pair[2];
	static struct version v[2];
	static struct counts c;
	static struct world w;
	struct stat_runs runs = { { RUNS, RUNS }, stat_rotate(s, false) };
	struct prof_buf b = { 0 };
	unsigned i;

	stat_world(s, &w, &draw_het, SAMPLES);
	w.phi[PLANTED] = TYPICAL;
	for (i = 0; i < 2; i++) {
		world_version(&v[i]);
		pair[i] = &v[i];
	}
	world_change(&w, &v[1], PLANTED, *(const double *)how);
	stat_record(s, &w, pair, &runs, seen);
	for (i = 0; i < 2 * RUNS; i++) {
		world_self(&w, seen[i].count, c.self[i]);
		c.size[i] = size_of(c.self[i]);
	}
	rivals(&c, &w, out);
	stat_compare(s, "pdiff", "--tsv -a", &runs, &b);
	out[LISTED] = listed(&b, v[1].name[PLANTED]);
	prof_buf_release(&b);
}

/* What would be found with 90 %, if it were the only one. */
static double
theory(void)
{
	struct world w;
	double z, x;

	world_init(&w, 1, 1, &draw_het, SAMPLES);
	z = prof_normal_at(Q / WORLD_FUNCTIONS / 2) + prof_normal_at(.1);
	x = w.share[PLANTED] * SAMPLES;
	return exp(z * sqrt((2 / x + 2 * TYPICAL) / RUNS));
}

static void
beside_oracle(struct study *s, const double *out, double times, double by)
{
	double n = (double)s->trials, best = stat_sum(s, out, SLOTS, ORACLE);
	double hits = stat_sum(s, out, SLOTS, LISTED);
	char what[96], text[64];

	snprintf(what, sizeof what, "%.1f x theory (%.2fx): 80 %% of oracle",
	    times, by);
	stat_at_least(s, hits, n, .8 * best / n, what);
	snprintf(what, sizeof what, "%.1f x theory: oracle", times);
	snprintf(text, sizeof text, "%.1f %%", 100 * best / n);
	stat_note(s, what, text);
	if (times > 1.2) {
		snprintf(what, sizeof what, "%.1f x theory: found", times);
		stat_at_least(s, hits, n, .9, what);
	}
}

void
stat_power(struct study *s)
{
	static const double times[] = { 1, 1.1, 1.3 };
	double by = 1.3, *out;
	unsigned i;

	out = stat_each(s, 300, trial, &by, SLOTS);
	stat_at_least(s, stat_sum(s, out, SLOTS, LISTED), (double)s->trials,
	    .8, "1.3x in 1.2 %, 5 v 5: pdiff lists it");
	stat_at_most(s, stat_sum(s, out, SLOTS, RANKS), (double)s->trials, 0,
	    "1.3x in 1.2 %, 5 v 5: Mann-Whitney finds it");
	free(out);
	for (i = 0; i < 3; i++) {
		by = times[i] * theory();
		out = stat_each(s, 301 + i, trial, &by, SLOTS);
		beside_oracle(s, out, times[i], by);
		free(out);
	}
}
