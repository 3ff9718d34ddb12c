/* SPDX-License-Identifier: MIT */
#include "libanalysis/evidence_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diff_calls.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"
#include "libanalysis/special.h"

#define TOTALS_COST 4		/* of a list's alpha totals get a quarter */
#define LEAST_SAMPLES 8		/* of both sides, to be tested at all */
#define LIMITS_MAX 500		/* by the method itself, which is costly */
#define GRID 48			/* of sample counts, for the smallest ratio */
#define APART_RUNS 3		/* a side; of fewer all may be apart by */
				/* chance */
#define POWER .9
#define STEP_PARTS 4		/* of a doubling of the weight */
#define STEPS 32		/* to each side */
#define CHANGE_MAX 30.	/* ln of a ratio that nobody asks for */

struct family {
	struct prof_evidence_work *w;
	struct prof_effect *effect;
	enum prof_judged what;
	double all;		/* expected ratio of samples, of all */
	double calls[2];	/* of all functions, if these are judged */
	bool by_counts;		/* claims come from counts */
	uint32_t *ids;		/* tested, to be put in order */
	size_t n;
	size_t found;
	double *p;		/* [class], as BH sees it: by its weight */
};

#define PLACES 256

/*
 * Student's t of p for many freedoms: ln t is almost a line in 1 / df, so
 * places are filled as they are needed, and what lies between is drawn.
 */
struct quantile {
	double p;
	double ln[PLACES + 1];	/* [PLACES / df] */
	bool filled[PLACES + 1];
};

static double
place(struct quantile *k, unsigned i)
{
	if (!k->filled[i]) {
		k->ln[i] = log(prof_student_at(k->p, i == 0 ? INFINITY :
		    (double)PLACES / i));
		k->filled[i] = true;
	}
	return k->ln[i];
}

static double
student_at(struct quantile *k, double p, double df)
{
	double at = PLACES / df, part;
	unsigned i;

	/* About the middle there is no logarithm, below 1 no place. */
	if (p > .25 || !(at <= PLACES))
		return prof_student_at(p, df);
	if (memcmp(&k->p, &p, sizeof p) != 0) {
		memset(k, 0, sizeof *k);
		k->p = p;
	}
	i = (unsigned)at;
	part = at - i;
	return exp(part > 0 ? place(k, i) + part * (place(k, i + 1) -
	    place(k, i)) : place(k, i));
}

/* --- who is tested -------------------------------------------------------- */

static void
sum_calls(struct family *f)
{
	const struct prof_diff *d = f->w->d;
	unsigned side;
	uint32_t i;

	for (side = 0; side < 2 && f->what == PROF_JUDGED_CALLS; side++)
		for (i = 1; i <= d->match.n; i++)
			f->calls[side] += (double)d->calls[side][i];
}

/* What was called at all, and has its share of all calls. */
static bool
calls_matter(const struct family *f, uint32_t class)
{
	const struct prof_evidence_rule *rule = &f->w->e->rule;
	double v;
	unsigned side;

	for (side = 0; side < 2; side++) {
		v = (double)f->w->d->calls[side][class];
		if (v > 0 && v * (double)rule->min_share.den >=
		    f->calls[side] * (double)rule->min_share.num)
			return true;
	}
	return false;
}

/* Of times by calls the total tells whether it matters. */
static bool
matters(const struct family *f, uint32_t class)
{
	const struct prof_diff *d = f->w->d;
	const struct prof_evidence_rule *rule = &f->w->e->rule;
	enum prof_diff_metric m = f->what == PROF_JUDGED_SELF ?
	    PROF_DIFF_SELF : PROF_DIFF_TOTAL;
	double v, whole;
	unsigned side;

	if (prof_match_is_rounding(&d->match, class))
		return false;
	if (f->what == PROF_JUDGED_CALLS)
		return calls_matter(f, class);
	for (side = 0; side < 2; side++) {
		v = fabs((double)d->of[m][side][class]);
		whole = (double)d->whole[side];
		if (v > 0 && v * (double)rule->min_share.den >=
		    whole * (double)rule->min_share.num &&
		    v * (double)d->num / (double)d->den / d->runs[side] >=
		    rule->min_value)
			return true;
	}
	return false;
}

/* Whether all samples on one side would be a change. */
static bool
may_be_found(const struct family *f, uint32_t class)
{
	const struct prof_effect *e = &f->effect[class];
	struct prof_single_noise noise;
	double n = e->samples[0] + e->samples[1], alpha, s;

	if (f->w->t.count == NULL)
		return true;
	if (n < LEAST_SAMPLES)
		return false;
	if (n >= 100 * LEAST_SAMPLES)
		return true;
	alpha = f->w->e->rule.alpha / (f->w->e->rule.both ? 2 : 1);
	noise = prof_evidence_noise_of(f->w, class);
	s = prof_evidence_ratio(f->w, class, f->all);
	return prof_single_more(&noise, 0, n, s, 1) <= alpha ||
	    prof_single_more(&noise, 0, n, 1 / s, 1) <= alpha;
}

/* Whether total is self in every run: that is no second test. */
static bool
is_leaf(const struct family *f, uint32_t class)
{
	const struct prof_diff *d = f->w->d;
	unsigned side;

	if (!f->w->e->rule.both || f->what != PROF_JUDGED_TOTAL ||
	    f->w->t.negative[class])
		return false;
	for (side = 0; side < 2; side++)
		if (d->of[PROF_DIFF_SELF][side][class] !=
		    d->of[PROF_DIFF_TOTAL][side][class])
			return false;
	return true;
}

static void
choose(struct family *f)
{
	const struct prof_evidence_claim *c;
	uint32_t i;

	for (i = 1; i <= f->w->n; i++) {
		c = &f->w->claim[i];
		f->p[i] = NAN;
		if (f->w->t.negative[i] || !matters(f, i) || is_leaf(f, i))
			continue;
		if (c->exact) {
			f->effect[i].tested = true;
			f->w->e->family[f->what]++;
		} else if (!isnan(c->p) && may_be_found(f, i)) {
			f->effect[i].tested = true;
			f->p[i] = f->w->e->rule.both ? fmin(1, 2 * c->p) :
			    c->p;
			f->ids[f->n++] = i;
			f->w->e->family[f->what]++;
		} else {
			continue;
		}
		f->effect[i].p = f->p[i];
	}
}

/* --- many tests ----------------------------------------------------------- */

/*
 * A list has no threshold, so what it can show of a function depends on the
 * function's precision alone: the many rare ones would take most of alpha to
 * find what only a multiple could be.  Alpha goes by 1 / expected error,
 * which holds the false discovery rate since that does not depend on the
 * change (Genovese, Roeder and Wasserman, 2006); and no function is cut off,
 * as it would be by a limit on counts.  Totals are left alone: the largest
 * ones are all one chain.
 */
static void
weigh(struct family *f)
{
	const struct prof_evidence_claim *c = f->w->claim;
	double *sorted, mean;
	size_t i;

	if (!f->w->e->rule.both || f->what == PROF_JUDGED_TOTAL || f->n == 0 ||
	    isnan(c[f->ids[0]].expected))
		return;
	sorted = prof_alloc(f->n, sizeof *sorted);
	for (i = 0; i < f->n; i++)
		sorted[i] = 1 / c[f->ids[i]].expected;
	mean = prof_evidence_sum(sorted, f->n) / (double)f->n;
	free(sorted);
	for (i = 1; i <= f->w->n; i++)
		if (!isnan(c[i].expected))
			f->effect[i].weight = 1 / c[i].expected / mean;
	for (i = 0; i < f->n; i++)
		f->p[f->ids[i]] /= f->effect[f->ids[i]].weight;
}

/* Numbers that are not negative have the order of their bits. */
static uint64_t
bits(double v)
{
	uint64_t u;

	memcpy(&u, &v, sizeof u);
	return u;
}

/* A list by self and total together is to hold what alpha promises. */
static double
cost(const struct family *f)
{
	return f->w->e->rule.both && f->what == PROF_JUDGED_TOTAL &&
	    f->w->e->of[PROF_JUDGED_SELF] != NULL ? TOTALS_COST : 1;
}

/*
 * Benjamini and Hochberg, of those in one direction or of all: a one-sided
 * p of the other direction is above one half, so it comes later in any case.
 */
static void
adjust(struct family *f, const uint32_t *ids, size_t n)
{
	uint32_t *order = prof_alloc(n + 1, sizeof *order);
	uint64_t *key = prof_alloc(n + 1, sizeof *key);
	double q = 1, least = 1;
	size_t i;

	for (i = 0; i < n; i++) {
		order[i] = (uint32_t)i;
		key[i] = bits(f->p[ids[i]]);
	}
	prof_sort_keys(order, n, key, NULL, NULL);
	for (i = n; i-- > 0; ) {
		q = f->p[ids[order[i]]] * cost(f) * (double)f->n /
		    (double)(i + 1);
		least = q < least ? q : least;
		f->effect[ids[order[i]]].q =
		    fmax(least, f->effect[ids[order[i]]].p);
	}
	free(order);
	free(key);
}

static void
adjust_all(struct family *f)
{
	uint32_t *ids;
	size_t i, n;
	int up;

	if (f->w->e->rule.both) {
		adjust(f, f->ids, f->n);
		return;
	}
	ids = prof_alloc(f->n + 1, sizeof *ids);
	for (up = 0; up < 2; up++) {
		for (i = n = 0; i < f->n; i++)
			if (f->w->claim[f->ids[i]].up == (up == 1))
				ids[n++] = f->ids[i];
		adjust(f, ids, n);
	}
	free(ids);
}

/* Values printed with three decimals differ by a unit for no reason. */
static bool
is_rounding(const struct family *f, uint32_t class)
{
	const struct prof_diff *d = f->w->d;
	const struct prof_effect *e = &f->effect[class];
	double error = 2 * ((double)d->error[0] / d->runs[0] +
	    (double)d->error[1] / d->runs[1]) * (double)d->num /
	    (double)d->den, times = 1;

	if (!(error > 0) || f->what == PROF_JUDGED_CALLS)
		return false;
	if (f->what == PROF_JUDGED_PER_CALL)
		times = fmin(prof_diff_calls_mean(d, 0, class),
		    prof_diff_calls_mean(d, 1, class));
	return fabs(e->now - e->base) * times <= error ||
	    fabs(e->now - e->base * f->w->factor) * times <= error;
}

static void
decide(struct family *f)
{
	const struct prof_evidence_claim *c;
	struct prof_effect *e;
	uint32_t i;

	for (i = 1; i <= f->w->n; i++) {
		c = &f->w->claim[i];
		e = &f->effect[i];
		/* Of geometric and other means one may be up, one down. */
		e->found = c->sure ? matters(f, i) :
		    e->q <= f->w->e->rule.alpha &&
		    (c->up ? e->ratio > 1 : e->ratio < 1);
		e->found = e->found && !is_rounding(f, i);
		f->found += e->found && !isnan(e->q);
	}
}

/* --- limits --------------------------------------------------------------- */

static void
widen(struct prof_effect *e)
{
	if (e->ratio < e->low)
		e->low = e->ratio;
	if (e->ratio > e->high)
		e->high = e->ratio;
}

/* By the normal distribution of logarithms. */
static void
limit_roughly(const struct family *f, uint32_t class, double z)
{
	struct prof_effect *e = &f->effect[class];
	struct prof_single_noise noise = prof_evidence_noise_of(f->w, class);
	double x = e->samples[0] + .5, y = e->samples[1] + .5;
	double s = prof_evidence_ratio(f->w, class, f->all);
	double se = sqrt(1 / x + 1 / y + 2 * noise.phi *
	    exp(noise.tau * noise.tau / 2));

	e->low = e->samples[1] > 0 ? y / x / s * exp(-z * se) : 0;
	e->high = e->samples[0] > 0 ? y / x / s * exp(z * se) : INFINITY;
	widen(e);
}

static void
limit_counts(const struct family *f, uint32_t class)
{
	struct prof_effect *e = &f->effect[class];
	struct prof_single_noise noise = prof_evidence_noise_of(f->w, class);

	prof_single_interval(&noise, e->samples[0], e->samples[1],
	    prof_evidence_ratio(f->w, class, f->all),
	    f->w->e->rule.level, &e->low, &e->high);
	widen(e);
}

static void
limit_change(const struct family *f, uint32_t class, struct quantile *k)
{
	const struct prof_evidence_claim *c = &f->w->claim[class];
	struct prof_effect *e = &f->effect[class];
	double t;

	/* Of times nobody knows how much nothing is. */
	if (!(e->base > 0) && f->w->t.count == NULL)
		return;
	t = student_at(k, (1 - f->w->e->rule.level) / 2, c->df);
	e->low = e->now > 0 ? exp(c->change - t * c->se) : 0;
	e->high = e->base > 0 ? exp(c->change + t * c->se) : INFINITY;
	widen(e);
}

/* What was found, then what has most samples. */
static int
by_weight(const void *ctx, uint32_t a, uint32_t b)
{
	const struct family *f = ctx;
	const struct prof_effect *x = &f->effect[a], *y = &f->effect[b];
	double u = x->samples[0] + x->samples[1];
	double v = y->samples[0] + y->samples[1];

	if (x->found != y->found)
		return x->found ? -1 : 1;
	if (u > v || v > u)
		return u > v ? -1 : 1;
	return f->w->d->rank[a] < f->w->d->rank[b] ? -1 : 1;
}

static void
limit(struct family *f)
{
	double z = prof_normal_at((1 - f->w->e->rule.level) / 2);
	struct quantile t = { 0 };
	const struct prof_evidence_claim *c;
	struct prof_effect *e;
	uint32_t i;
	size_t k;

	for (i = 1; i <= f->w->n; i++) {
		c = &f->w->claim[i];
		e = &f->effect[i];
		if (c->exact && !f->w->t.negative[i])
			e->low = e->high = e->ratio;
		else if (c->se > 0)
			limit_change(f, i, &t);
		else if (!isnan(c->p))
			limit_roughly(f, i, z);
	}
	prof_sort_ids(f->ids, f->n, by_weight, f);
	for (k = 0; k < f->n && k < LIMITS_MAX; k++)
		if (!(f->w->claim[f->ids[k]].se > 0))
			limit_counts(f, f->ids[k]);
}

/* --- the smallest ratio that would be found ------------------------------- */

/* The p that the next one of the family would need. */
static double
needed(const struct family *f)
{
	const struct prof_evidence_rule *rule = &f->w->e->rule;
	double n = f->n > 0 ? (double)f->n : 1;

	return rule->alpha * fmin((double)f->found + 1, n) / n /
	    cost(f) / (rule->both ? 2 : 1);
}

/* ln of the ratio that x samples need; INFINITY: none would do. */
static double
least_change(const struct prof_single_noise *noise, double x, double s,
    double p)
{
	double low = 0, high = CHANGE_MAX, mid, y;
	unsigned i;

	for (i = 0; i < 40; i++) {
		mid = (low + high) / 2;
		if (prof_single_more(noise, x, s * x * exp(mid), s, 1) > p)
			low = mid;
		else
			high = mid;
	}
	if (!(high < CHANGE_MAX))
		return INFINITY;
	y = s * x * exp(high);
	return high + prof_normal_at(1 - POWER) * sqrt(1 / x + 1 / y +
	    2 * noise->phi);
}

/* It depends on the samples only: a few places are enough. */
static void
detect_counts(struct family *f, double p)
{
	struct prof_single_noise noise = prof_evidence_noise_of(f->w, 0);
	double at[GRID], most = 1, place, x;
	struct prof_effect *e;
	uint32_t i;
	unsigned k;

	for (i = 1; i <= f->w->n; i++)
		most = fmax(most, f->effect[i].samples[0]);
	for (k = 0; k < GRID; k++)
		at[k] = least_change(&noise, exp(log(4 * most + 1) * k /
		    (GRID - 1)) / 4, f->all, p);
	for (i = 1; i <= f->w->n; i++) {
		e = &f->effect[i];
		x = e->samples[0];
		if (!(x >= .25) || f->w->claim[i].se > 0 ||
		    f->w->t.negative[i])
			continue;
		place = log(4 * x) / log(4 * most + 1) * (GRID - 1);
		k = place < GRID - 2 ? (unsigned)place : GRID - 2;
		e->mdr = isinf(at[k]) || isinf(at[k + 1]) ? INFINITY :
		    exp(at[k] + (at[k + 1] - at[k]) * (place - k));
	}
}

/* Quantiles by steps of the weight: a tenth of p is not felt. */
static struct quantile *
step_of(struct quantile *steps, double weight, double *p)
{
	int i = (int)lround(fmin(fmax(log2(weight) * STEP_PARTS, -STEPS),
	    STEPS));

	*p = fmin(*p * exp2((double)i / STEP_PARTS), .5);
	return &steps[i + STEPS];
}

static void
detect(struct family *f)
{
	struct quantile beyond = { 0 }, *at, *steps;
	const struct prof_evidence_claim *c;
	double p = needed(f), own;
	uint32_t i;

	steps = prof_zalloc(2 * STEPS + 1, sizeof *steps);
	for (i = 1; i <= f->w->n; i++) {
		c = &f->w->claim[i];
		own = p;
		if (c->exact && !f->w->t.negative[i])
			f->effect[i].mdr = 1;
		else if (c->se > 0 && f->effect[i].base > 0) {
			at = step_of(steps, f->effect[i].weight, &own);
			f->effect[i].mdr = exp((student_at(at, own, c->df) +
			    student_at(&beyond, 1 - POWER, c->df)) * c->se);
		}
	}
	free(steps);
	if (f->by_counts)
		detect_counts(f, p);
}

/* --- ranks ---------------------------------------------------------------- */

static void
separate(struct family *f)
{
	const struct prof_evidence_work *w = f->w;
	double least[2], most[2], ratio = prof_fraction_of(w->e->rule.ratio), v;
	uint32_t i;
	unsigned r, side;

	if (w->d->runs[0] < APART_RUNS || w->d->runs[1] < APART_RUNS)
		return;
	for (i = 1; i <= w->n; i++) {
		least[0] = least[1] = INFINITY;
		most[0] = most[1] = -INFINITY;
		for (r = 0; r < w->nruns; r++) {
			side = r >= w->d->runs[0];
			v = w->t.value[r][i] / w->t.factor[r];
			least[side] = fmin(least[side], v);
			most[side] = fmax(most[side], v);
		}
		f->effect[i].apart = !w->t.negative[i] &&
		    ((least[1] > most[0] && f->effect[i].ratio >= ratio) ||
		    (most[1] < least[0] && f->effect[i].ratio * ratio <= 1));
	}
}

void
prof_evidence_family(struct prof_evidence_work *w, enum prof_judged what)
{
	struct family f = { .w = w, .effect = w->effect, .what = what };
	uint32_t i;

	f.ids = prof_alloc((size_t)w->n + 1, sizeof *f.ids);
	f.p = prof_alloc((size_t)w->n + 1, sizeof *f.p);
	sum_calls(&f);
	f.all = w->t.count != NULL ? prof_evidence_expect(w) : 1;
	for (i = 1; i <= w->n && !f.by_counts; i++)
		f.by_counts = w->t.count != NULL && !isnan(w->claim[i].p) &&
		    !(w->claim[i].se > 0);
	choose(&f);
	weigh(&f);
	adjust_all(&f);
	decide(&f);
	limit(&f);
	detect(&f);
	separate(&f);
	for (i = 1; i <= w->n; i++)
		if (is_leaf(&f, i))
			f.effect[i] = w->e->of[PROF_JUDGED_SELF][i];
	free(f.ids);
	free(f.p);
}
