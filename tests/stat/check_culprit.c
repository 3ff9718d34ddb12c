/* SPDX-License-Identifier: MIT */
/*
 * Are culprits named, and nothing else?  Random call trees with a planted
 * change, sampled twice with noise; what is proved of functions is judged
 * plainly here (likelihood ratio, Benjamini and Hochberg), so that only the
 * search is measured.
 *
 * usage: check_culprit [trials [seed [size, 0 to 2 [v]]]]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/culprit.h"
#include "libanalysis/findings.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"
#include "tests/random.h"

#define PHI 0.0025
#define SAMPLES 50000
#define RATE 0.05	/* of false discoveries */
#define OVERLAP 0.8

enum plant { PLANT_SELF, PLANT_CALLS, PLANT_SPREAD, PLANT_INLINING,
    PLANT_OUTLINING, PLANT_BOTH, PLANT_NONE, PLANTS };

static const char *const plant_name[] = { "self x3", "calls x2",
    "subtree x2 everywhere", "inlining", "outlining",
    "self x3 and inlining in it", "nothing" };

struct trial {
	struct test_random r;
	uint32_t n, nclasses;
	uint32_t *parent, *class;
	double *w[2];		/* true self of both sides */
	double *x[2];		/* drawn */
	bool *truth;		/* [node] part of what was planted */
	uint32_t planted;	/* class */
	double s;
	struct prof_context c;
	struct prof_diff d;
	struct prof_rows rows;
	const struct prof_rows *views[2];
	struct prof_evidence e;
};

/* --- numbers -------------------------------------------------------------- */

static double
uniform(struct test_random *r)
{
	return ((double)(test_random_next(r) >> 11) + 0.5) * 0x1p-53;
}

static double
normal(struct test_random *r)
{
	double u = uniform(r), v = uniform(r);

	return sqrt(-2 * log(u)) * cos(2 * acos(-1) * v);
}

/* Of mean mu with noise from run to run; normal where chance is close to it. */
static double
draw(struct test_random *r, double mu)
{
	double cv = sqrt(PHI), p = uniform(r), limit, n;

	mu *= exp(cv * normal(r) - PHI / 2);
	if (mu > 200) {
		n = floor(mu + sqrt(mu) * normal(r) + 0.5);
		return n > 0 ? n : 0;
	}
	for (limit = exp(-mu), n = 0; p > limit; n++)
		p *= uniform(r);
	return n;
}

/* --- trees ---------------------------------------------------------------- */

static void
grow(struct trial *t, uint32_t n, bool shared)
{
	double sum = 0;
	uint32_t i, up;

	t->n = n;
	t->nclasses = shared ? n / 4 : n - 1;
	t->parent = prof_zalloc(n, sizeof *t->parent);
	t->class = prof_zalloc(n, sizeof *t->class);
	t->truth = prof_zalloc(n, sizeof *t->truth);
	for (i = 0; i < 2; i++) {
		t->w[i] = prof_zalloc(n, sizeof *t->w[i]);
		t->x[i] = prof_zalloc(n, sizeof *t->x[i]);
	}
	for (i = 1; i < n; i++) {
		up = 1 + (uint32_t)(-12 * log(uniform(&t->r)));
		if (test_random_below(&t->r, 5) == 0)
			t->parent[i] = test_random_below(&t->r, i);
		else
			t->parent[i] = up < i ? i - up : 0;
		t->class[i] = shared ? 1 + test_random_below(&t->r,
		    t->nclasses) : i;
		t->w[0][i] = 1 / uniform(&t->r);
		if (t->w[0][i] > 0.05 * n)
			t->w[0][i] = 0.05 * n;
		sum += t->w[0][i];
	}
	for (i = 0; i < n; i++)
		t->w[1][i] = t->w[0][i] /= sum;
}

static void
sum_up(const struct trial *t, const double *self, double *total)
{
	uint32_t i;

	memcpy(total, self, t->n * sizeof *total);
	for (i = t->n; i-- > 1;)
		total[t->parent[i]] += total[i];
}

/* Mark the nodes of class, called by caller (0: anyone), and all below. */
static void
mark_below(const struct trial *t, uint32_t class, uint32_t caller, bool *in)
{
	uint32_t i, up;

	in[0] = false;
	for (i = 1; i < t->n; i++) {
		up = t->parent[i];
		in[i] = in[up] || (t->class[i] == class && (caller == 0 ||
		    t->class[up] == caller));
	}
}

static double
share(const struct trial *t, const bool *in)
{
	double sum = 0;
	uint32_t i;

	for (i = 0; i < t->n; i++)
		if (in[i])
			sum += t->w[0][i];
	return sum;
}

/* Mark what class c would be of as a change; false: not of a good size. */
static bool
mark(struct trial *t, enum plant what, uint32_t node)
{
	uint32_t c = t->class[node], caller = t->class[t->parent[node]], i;
	bool own = what == PLANT_SELF || what == PLANT_BOTH;
	double all, self = 0;

	mark_below(t, c, what == PLANT_CALLS ? caller : 0, t->truth);
	for (i = 1; i < t->n; i++) {
		if (own)
			t->truth[i] = t->class[i] == c;
		self += t->class[i] == c ? t->w[0][i] : 0;
	}
	all = share(t, t->truth);
	if (own)
		return all > 0.005 && all < 0.02;
	return all > 0.01 && all < 0.05 && all > 1.5 * self &&
	    (what != PLANT_CALLS || caller != 0);
}

/* A leaf whose work its caller takes over, or the reverse. */
static bool
move(struct trial *t, const double *total, uint32_t v)
{
	uint32_t p = t->parent[v];

	if (total[v] != t->w[0][v] || p == 0 || t->w[0][v] < 0.005 ||
	    t->w[0][v] > 0.02 || t->w[0][p] < 0.002 || t->w[0][p] > 0.01 ||
	    total[p] > 0.1)
		return false;
	t->w[1][p] += t->w[1][v];
	t->w[1][v] = 0;
	return true;
}

/* A small callee is inlined on top of what was planted. */
static bool
inline_one(struct trial *t, uint32_t v)
{
	uint32_t i;

	for (i = v + 1; i < t->n; i++)
		if (t->parent[i] == v && t->class[i] != t->class[v] &&
		    t->w[0][i] > 0.001 && t->w[0][i] < 0.01) {
			t->w[1][v] += t->w[1][i];
			t->w[1][i] = 0;
			return true;
		}
	memcpy(t->w[1], t->w[0], t->n * sizeof *t->w[1]);
	return false;
}

static bool
plant_at(struct trial *t, enum plant what, const double *total, uint32_t v)
{
	bool own = what == PLANT_SELF || what == PLANT_BOTH;
	double *swap;
	uint32_t i;

	t->planted = t->class[v];
	if (what == PLANT_INLINING || what == PLANT_OUTLINING) {
		if (!move(t, total, v))
			return false;
		if (what == PLANT_OUTLINING) {
			swap = t->w[0];
			t->w[0] = t->w[1];
			t->w[1] = swap;
		}
		return true;
	}
	/* Most nodes are too small, or too large, to be looked at. */
	if ((own ? t->w[0][v] : total[v]) < 0.002 ||
	    (own ? t->w[0][v] : total[v]) > 0.05 || !mark(t, what, v))
		return false;
	for (i = 0; i < t->n; i++)
		if (t->truth[i])
			t->w[1][i] *= own ? 3 : 2;
	return what != PLANT_BOTH || inline_one(t, v);
}

static bool
plant(struct trial *t, enum plant what)
{
	double *total = prof_alloc(t->n, sizeof *total);
	bool done = false;
	uint32_t tries;

	sum_up(t, t->w[0], total);
	for (tries = 0; tries < 4 * t->n && !done; tries++)
		done = plant_at(t, what, total,
		    1 + test_random_below(&t->r, t->n - 1));
	free(total);
	return done;
}

/* --- what is known of functions ------------------------------------------- */

static void
allocate(struct trial *t)
{
	struct prof_diff *d = &t->d;
	size_t n = (size_t)t->nclasses + 1;
	uint32_t i;
	unsigned m, s;

	d->match.n = t->nclasses;
	d->match.nruns = 2;
	d->match.nbase = 1;
	d->match.runs = t->views;
	t->views[0] = t->views[1] = &t->rows;
	t->rows.n = t->nclasses;
	t->rows.row = prof_zalloc(n, sizeof *t->rows.row);
	d->match.first = prof_alloc(n, sizeof *d->match.first);
	d->match.member = prof_zalloc(n, sizeof *d->match.member);
	for (i = 0; i < n; i++) {
		t->rows.row[i].name = t->rows.row[i].file =
		    t->rows.row[i].module = "";
		d->match.first[i] = i;
		d->match.member[i].row = i + 1;
	}
	d->nruns = 2;
	d->runs[0] = d->runs[1] = 1;
	d->num = d->den = 1;
	for (m = 0; m < 2; m++) {
		for (s = 0; s < 2; s++)
			d->of[m][s] = prof_zalloc(n, sizeof *d->of[m][s]);
		t->e.of[m] = prof_zalloc(n, sizeof *t->e.of[m]);
	}
	d->status = prof_zalloc(n, sizeof *d->status);
	d->rank = prof_alloc(n, sizeof *d->rank);
	for (i = 0; i < n; i++)
		d->rank[i] = i;
	t->c.d = t->e.d = d;
	t->c.n = t->n;
	t->c.parent = t->parent;
	t->c.class = t->class;
	for (s = 0; s < 2; s++) {
		t->c.self[s] = t->x[s];
		t->c.total[s] = prof_alloc(t->n, sizeof *t->c.total[s]);
	}
}

static void
sample(struct trial *t)
{
	double sum;
	uint32_t i;
	unsigned s;

	for (s = 0; s < 2; s++) {
		for (i = 0, sum = 0; i < t->n; i++)
			sum += t->w[s][i];
		for (i = 0; i < t->n; i++)
			t->x[s][i] = draw(&t->r, SAMPLES * t->w[s][i] / sum);
		sum_up(t, t->x[s], t->c.total[s]);
	}
}

static void
sum_classes(struct trial *t)
{
	uint32_t i, up;
	unsigned s;

	for (s = 0; s < 2; s++)
		for (i = 1; i < t->n; i++) {
			t->d.of[0][s][t->class[i]] += (int64_t)t->x[s][i];
			for (up = t->parent[i]; up != 0 &&
			    t->class[up] != t->class[i]; up = t->parent[up])
				;
			if (up == 0)
				t->d.of[1][s][t->class[i]] +=
				    (int64_t)t->c.total[s][i];
		}
	for (i = 1; i <= t->nclasses; i++)
		t->d.status[i] = t->d.of[1][0][i] == 0 ?
		    t->d.of[1][1][i] == 0 ? PROF_DIFF_NONE : PROF_DIFF_NEW :
		    t->d.of[1][1][i] == 0 ? PROF_DIFF_GONE :
		    PROF_DIFF_CHANGED;
}

/* The factor: the weighted median of log ratios of self. */
static double
median_ratio(const struct trial *t)
{
	uint32_t *ids = prof_alloc(t->nclasses, sizeof *ids), i, n = 0;
	uint64_t *key = prof_alloc((size_t)t->nclasses + 1, sizeof *key);
	double *l = prof_alloc((size_t)t->nclasses + 1, sizeof *l);
	double *w = prof_alloc((size_t)t->nclasses + 1, sizeof *w);
	double x, y, sum = 0, half = 0;

	for (i = 1; i <= t->nclasses; i++) {
		x = (double)t->d.of[0][0][i] + 0.5;
		y = (double)t->d.of[0][1][i] + 0.5;
		if (x + y < 11)
			continue;
		l[i] = log(y / x);
		w[i] = 1 / (1 / x + 1 / y + 2 * PHI);
		key[i] = (uint64_t)((l[i] + 50) * 1e15);
		sum += w[i];
		ids[n++] = i;
	}
	prof_sort_keys(ids, n, key, NULL, NULL);
	for (i = 0; i < n && half < sum / 2; i++)
		half += w[ids[i]];
	x = i > 0 ? exp(l[ids[i - 1]]) : 1;
	free(ids);
	free(key);
	free(l);
	free(w);
	return x;
}

static void
judge(struct trial *t, unsigned metric)
{
	struct prof_culprit_noise up = { .s = t->s, .per = { 1, 1 },
	    .phi = { PHI, PHI } }, down = prof_culprit_swap(&up);
	struct prof_effect *e = t->e.of[metric];
	double *p = prof_alloc(t->nclasses, sizeof *p), x, y, a, b;
	uint32_t i, n = 0, k;

	for (i = 1; i <= t->nclasses; i++) {
		e[i].base = x = (double)t->d.of[metric][0][i];
		e[i].now = y = (double)t->d.of[metric][1][i];
		e[i].ratio = y / x / t->s;
		if (x + y < 8)
			continue;
		a = prof_culprit_p(prof_culprit_llr(&up, x, y));
		b = prof_culprit_p(prof_culprit_llr(&down, y, x));
		e[i].p = 2 * fmin(fmin(a, b), 0.5);
		e[i].tested = true;
		p[n++] = e[i].p;
	}
	prof_sort_doubles(p, n);
	for (k = n; k > 0 && p[k - 1] > RATE * k / n; k--)
		;
	for (i = 1; i <= t->nclasses && k > 0; i++)
		e[i].found = e[i].tested && e[i].p <= p[k - 1];
	free(p);
}

static void
measure(struct trial *t)
{
	unsigned s;

	allocate(t);
	sample(t);
	sum_classes(t);
	t->s = median_ratio(t);
	t->e.factor.ratio = t->s;
	t->e.phi = PHI;
	t->e.rule.alpha = RATE;
	for (s = 0; s < 2; s++)
		t->e.samples[s] = t->c.total[s][0];
	judge(t, 0);
	judge(t, 1);
}

static void
release(struct trial *t)
{
	unsigned m, s;

	for (s = 0; s < 2; s++) {
		free(t->w[s]);
		free(t->x[s]);
		free(t->c.total[s]);
		free(t->e.of[s]);
		for (m = 0; m < 2; m++)
			free(t->d.of[m][s]);
	}
	free(t->parent);
	free(t->class);
	free(t->truth);
	free(t->rows.row);
	free(t->d.match.first);
	free(t->d.match.member);
	free(t->d.status);
	free(t->d.rank);
}

/* --- what is named -------------------------------------------------------- */

static bool
is_right(const struct trial *t, const struct prof_finding *f)
{
	bool *below = prof_alloc(t->n, sizeof *below), in;
	double both = 0, any = 0;
	uint32_t i;

	mark_below(t, f->class, f->caller, below);
	for (i = 1; i < t->n; i++) {
		in = f->metric == PROF_JUDGED_SELF ?
		    t->class[i] == f->class : below[i];
		both += in && t->truth[i] ? t->w[0][i] : 0;
		any += in || t->truth[i] ? t->w[0][i] : 0;
	}
	free(below);
	return f->delta > 0 && both > 0 && both >= OVERLAP * any;
}

struct score {
	unsigned trials, names, listed, alone, demoted, found;
};

static void
score(const struct trial *t, struct score *sc, bool verbose)
{
	struct prof_findings f;
	bool right = false, demoted = false;
	unsigned names = 0;
	size_t i;

	prof_findings_init(&f, &t->e, &t->c);
	for (i = 0; i < f.n; i++) {
		names += !f.of[i].shifted;
		if (is_right(t, &f.of[i])) {
			right |= !f.of[i].shifted;
			demoted |= f.of[i].shifted;
		}
		if (verbose)
			printf("    %s %u (by %u) %.0f -> %.0f%s explains "
			    "%zu\n", prof_finding_kind_name(f.of[i].kind),
			    f.of[i].class, f.of[i].caller, f.of[i].base,
			    f.of[i].now, f.of[i].shifted ? " shifted" : "",
			    f.of[i].nexplains);
	}
	for (i = 1; i <= t->nclasses; i++)
		sc->found += t->e.of[0][i].found || t->e.of[1][i].found;
	sc->trials++;
	sc->names += names;
	sc->listed += right;
	sc->alone += right && names == 1;
	sc->demoted += demoted && !right;
	prof_findings_release(&f);
}

static struct score
run(uint64_t seed, unsigned trials, uint32_t n, bool shared,
    enum plant what, bool verbose)
{
	struct score sc = { 0 };
	struct trial t;
	uint64_t k = 0;

	while (sc.trials < trials) {
		memset(&t, 0, sizeof t);
		t.r.state = seed * 1000003 + k++;
		grow(&t, n, shared);
		if (what == PLANT_NONE || plant(&t, what)) {
			measure(&t);
			if (verbose)
				printf("  trial %u planted %u\n", sc.trials,
				    t.planted);
			score(&t, &sc, verbose);
		}
		release(&t);
	}
	return sc;
}

/* A share may be this far from its goal by chance: 3.5 sigma. */
static bool
is_met(unsigned hits, unsigned trials, double goal, bool at_least)
{
	double off = 3.5 * sqrt(goal * (1 - goal) / trials) + 0.5 / trials;
	double is = (double)hits / trials;

	return at_least ? is >= goal - off : is <= goal + off;
}

static bool
is_good(enum plant what, const struct score *s)
{
	double names = (double)s->names / s->trials;

	switch (what) {
	case PLANT_SELF:
		return is_met(s->alone, s->trials, 0.9, true) &&
		    names <= 1.3 && is_met(s->demoted, s->trials, 0.02,
		    false);
	case PLANT_CALLS:
	case PLANT_SPREAD:
		return is_met(s->alone, s->trials, 0.75, true) &&
		    names <= 1.3;
	case PLANT_BOTH:
		return is_met(s->demoted, s->trials, 0.02, false);
	default:
		return is_met(s->names, s->trials, 0.1, false);
	}
}

/* Inlining has no meaning for functions that occur in many places. */
static bool
is_case(enum plant what, bool shared)
{
	if (what == PLANT_INLINING || what == PLANT_OUTLINING)
		return !shared;
	return what != PLANT_SPREAD || shared;
}

static bool
run_case(uint64_t seed, unsigned trials, uint32_t n, bool shared,
    enum plant what, bool verbose)
{
	struct score s = run(seed, trials, n, shared, what, verbose);
	bool good = is_good(what, &s);

	printf("%-28s %6u%c %7u %6.1f %6.2f %6.1f%% %6.1f%% %6.1f%%%s\n",
	    plant_name[what], n, shared ? '*' : ' ', s.trials,
	    (double)s.found / s.trials, (double)s.names / s.trials,
	    100. * s.listed / s.trials, 100. * s.alone / s.trials,
	    100. * s.demoted / s.trials, good ? "" : "  MISSED");
	fflush(stdout);
	return good;
}

int
main(int argc, char **argv)
{
	static const uint32_t size[] = { 300, 3000, 100000 };
	static const unsigned fewer[] = { 1, 2, 10 };
	unsigned trials = argc > 1 ? (unsigned)atoi(argv[1]) : 100;
	uint64_t seed = argc > 2 ? (uint64_t)atoll(argv[2]) : 1;
	unsigned only = argc > 3 ? (unsigned)atoi(argv[3]) : 3;
	unsigned i, shared, n;
	int bad = 0;

	printf("%-28s %7s %7s %6s %6s %7s %7s %7s\n", "planted", "nodes",
	    "trials", "found", "names", "listed", "alone", "demoted");
	for (i = 0; i < 3; i++)
		for (shared = 0; shared < 2; shared++)
			for (n = 0; n < PLANTS; n++)
				if ((only > 2 || only == i) &&
				    trials >= fewer[i] &&
				    is_case((enum plant)n, shared))
					bad |= !run_case(seed, trials /
					    fewer[i], size[i], shared,
					    (enum plant)n, argc > 4);
	printf("*: four nodes for each function\n");
	return bad;
}
