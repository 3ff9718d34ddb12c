/* SPDX-License-Identifier: MIT */
#include "libanalysis/factor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/agree.h"
#include "libanalysis/nomem.h"
#include "libanalysis/pool.h"
#include "libanalysis/sort.h"
#include "libanalysis/single.h"
#include "libanalysis/special.h"

#define HALF .5
#define ENOUGH 10		/* samples of a function, by run or pair */
/* A load that varies by 5 % a run counts as that many runs more. */
#define LOAD_DF 2
#define FLOOR .0025		/* no function is its own reference */
#define TYPICAL_DF 4		/* how well a function's noise is known */
				/* from that of others */
#define ALIKE .0002		/* no two functions agree better, squared */

struct work {
	size_t n;
	unsigned runs;
	unsigned from[2], to[2];	/* runs of a side */
	const double *const *value, *const *count;
	double *total;		/* [run] of values */
	double *by;		/* [run] ln of factors, of mean 0 in a side */
	double *ln;		/* [run][n] of values, half a sample added */
	double *samples[2];	/* [n], of all runs of a side */
	double phi;		/* from run to run; 0: not known */
	struct prof_agree_item *item;	/* [n] */
};

static int
by_ln(const void *a, const void *b)
{
	const struct prof_agree_item *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->weight > y->weight) - (x->weight < y->weight);
}

static double
weight_of(const struct prof_agree_item *v, size_t n)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += v[i].weight;
	return sum;
}

/*
 * Of sorted items.  Where exactly half of the weight is on each side the
 * middle is taken, so that rounding does not decide.
 */
static double
median(const struct prof_agree_item *v, size_t n)
{
	double all = weight_of(v, n), sum = 0;
	size_t i;

	for (i = 0; i + 1 < n; i++) {
		sum += v[i].weight;
		if (fabs(sum - all / 2) <= 1e-9 * all)
			return (v[i].at + v[i + 1].at) / 2;
		if (sum > all / 2)
			break;
	}
	return v[i].at;
}

/* Effective samples; where not known, shares stand for them. */
static double
count_of(const struct work *w, unsigned j, size_t i)
{
	if (w->count != NULL)
		return w->count[j][i];
	return w->total[j] > 0 ? w->value[j][i] / w->total[j] *
	    PROF_POOL_LIKE : 0;
}

/* A run without samples: one would be worth what it is in other runs. */
static void
take_logs(struct work *w, size_t i)
{
	double value = 0, all = 0, count, unit;
	unsigned g, j;

	for (g = 0; g < 2; g++) {
		w->samples[g][i] = 0;
		for (j = w->from[g]; j < w->to[g]; j++) {
			w->samples[g][i] += count_of(w, j, i);
			value += w->value[j][i];
		}
		all += w->samples[g][i];
	}
	for (j = 0; j < w->runs && all > 0; j++) {
		count = count_of(w, j, i);
		unit = count > 0 ? w->value[j][i] / count : value / all;
		w->ln[j * w->n + i] = log(w->value[j][i] + HALF * unit);
	}
}

static void
start(struct work *w, size_t n, const unsigned sides[2],
    const double *const *value, const double *const *count)
{
	unsigned j;
	size_t i;

	memset(w, 0, sizeof *w);
	w->n = n;
	w->to[0] = w->from[1] = sides[0];
	w->runs = w->to[1] = sides[0] + sides[1];
	w->value = value;
	w->count = count;
	w->total = prof_zalloc(w->runs, sizeof *w->total);
	w->by = prof_zalloc(w->runs, sizeof *w->by);
	w->ln = prof_alloc(n * w->runs + 1, sizeof *w->ln);
	w->samples[0] = prof_alloc(n + 1, sizeof *w->samples[0]);
	w->samples[1] = prof_alloc(n + 1, sizeof *w->samples[1]);
	w->item = prof_alloc(n + 1, sizeof *w->item);
	for (j = 0; j < w->runs; j++)
		for (i = 0; i < n; i++)
			w->total[j] += value[j][i];
	for (i = 0; i < n; i++)
		take_logs(w, i);
}

static void
finish(struct work *w)
{
	free(w->total);
	free(w->by);
	free(w->ln);
	free(w->samples[0]);
	free(w->samples[1]);
	free(w->item);
}

/* Mean of ln of a function over the runs of a side, factors taken off. */
static double
mean_of(const struct work *w, unsigned g, size_t i)
{
	double sum = 0;
	unsigned j;

	for (j = w->from[g]; j < w->to[g]; j++)
		sum += w->ln[j * w->n + i] - w->by[j];
	return sum / (w->to[g] - w->from[g]);
}

/* A run beside the mean of its side: what most of its weight agrees on. */
static double
beside(const struct work *w, unsigned g, unsigned j, const double *mean)
{
	unsigned runs = w->to[g] - w->from[g];
	size_t i, n = 0;

	for (i = 0; i < w->n; i++) {
		if (w->samples[g][i] < ENOUGH * runs)
			continue;
		w->item[n].at = w->ln[j * w->n + i] - mean[i];
		w->item[n++].weight = 1 / (runs / w->samples[g][i] + FLOOR);
	}
	if (n == 0)
		return w->total[j] > 0 ? log(w->total[j]) : 0;
	qsort(w->item, n, sizeof *w->item, by_ln);
	return median(w->item, n);
}

static void
within(struct work *w, unsigned g)
{
	unsigned runs = w->to[g] - w->from[g], j;
	double *mean, sum = 0;
	size_t i;

	if (runs < 2)
		return;
	mean = prof_alloc(w->n + 1, sizeof *mean);
	for (i = 0; i < w->n; i++)
		mean[i] = w->samples[g][i] > 0 ? mean_of(w, g, i) : 0;
	for (j = w->from[g]; j < w->to[g]; j++)
		sum += w->by[j] = beside(w, g, j, mean);
	for (j = w->from[g]; j < w->to[g]; j++)
		w->by[j] -= sum / runs;
	free(mean);
}

static double
squares(const struct work *w, unsigned g, size_t i)
{
	double mean = mean_of(w, g, i), sum = 0, one;
	unsigned j;

	for (j = w->from[g]; j < w->to[g]; j++) {
		one = w->ln[j * w->n + i] - w->by[j] - mean;
		sum += one * one;
	}
	return sum;
}

/* The phi of which half of all variances are what they should be, or less. */
static double
typical_phi(const struct work *w)
{
	double d = w->runs - 2, part = pow(1 - 2 / (9 * d), 3), phi = 0;
	double *one, all;
	size_t i, n = 0;

	if (w->runs < 3)
		return 0;
	one = prof_alloc(w->n + 1, sizeof *one);
	for (i = 0; i < w->n; i++) {
		all = w->samples[0][i] + w->samples[1][i];
		if (all >= 2 * ENOUGH * w->runs)
			one[n++] = (squares(w, 0, i) + squares(w, 1, i)) / d /
			    part - w->runs / all;
	}
	prof_sort_doubles(one, n);
	if (n > 0)
		phi = fmax((one[n / 2] + one[(n - 1) / 2]) / 2, 0);
	free(one);
	return phi;
}

/*
 * Variance of a function in one run, samples included: what its runs say,
 * moderated by what is typical.
 */
static double
by_run(const struct work *w, size_t i)
{
	double d = w->runs - 2., all = w->samples[0][i] + w->samples[1][i];
	double shot = w->runs / (all + HALF);

	if (w->runs < 3)
		return shot + FLOOR;
	return fmax((TYPICAL_DF * (w->phi + shot) + squares(w, 0, i) +
	    squares(w, 1, i)) / (TYPICAL_DF + d), shot);
}

static void
add_item(const struct work *w, size_t *n, size_t i)
{
	double runs = 1. / w->to[0] + 1. / (w->to[1] - w->from[1]);
	double noise = 1 / (w->samples[0][i] + HALF) +
	    1 / (w->samples[1][i] + HALF);
	double more = fmax(by_run(w, i) - w->runs / (w->samples[0][i] +
	    w->samples[1][i] + HALF), 0) * runs;
	struct prof_agree_item *v = &w->item[(*n)++];

	v->at = mean_of(w, 1, i) - mean_of(w, 0, i);
	v->variance = noise + more + ALIKE;
	v->weight = 1 / (v->variance + 2 * FLOOR);
}

/* Both sides, function by function; returns how many have enough samples. */
static size_t
compare(const struct work *w)
{
	size_t i, n = 0;

	for (i = 0; i < w->n; i++)
		if (w->samples[0][i] + w->samples[1][i] >= ENOUGH)
			add_item(w, &n, i);
	return n;
}

/* With a doubt that is generous. */
static double
support_of(const struct prof_agree_item *v, size_t n, double ln)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		if (fabs(v[i].at - ln) <= 2 * sqrt(fmax(v[i].variance,
		    2 * FLOOR)))
			sum += v[i].weight;
	return sum / weight_of(v, n);
}

/* Sum of squares of size[from..to) around their mean. */
static double
spread(const double *size, unsigned from, unsigned to)
{
	double mean = 0, sum = 0;
	unsigned j;

	for (j = from; j < to; j++)
		mean += size[j] / (to - from);
	for (j = from; j < to; j++)
		sum += (size[j] - mean) * (size[j] - mean);
	return sum;
}

double
prof_factor_load(const unsigned runs[2], double square, double *df)
{
	*df = LOAD_DF + runs[0] + runs[1] - 2;
	return (LOAD_DF * PROF_SINGLE_USUAL + square) / *df *
	    (1. / runs[0] + 1. / runs[1]);
}

/*
 * ln of the ratio lies around ln; size: ln of each run's, whose variation is
 * how much the load changes between runs.  Degrees of freedom of a sum of
 * variances: Satterthwaite, 1946; what functions disagree on has many.
 */
static void
interval(struct prof_factor *f, const unsigned runs[2], const double *size,
    double ln, double level)
{
	double variance = f->se * f->se, load, far;

	f->df = INFINITY;
	if (runs[0] + runs[1] > 2) {
		load = prof_factor_load(runs, spread(size, 0, runs[0]) +
		    spread(size, runs[0], runs[0] + runs[1]), &f->df);
		variance += load;
		f->df *= variance / load * (variance / load);
	}
	far = prof_student_at((1 - level) / 2, f->df) * sqrt(variance);
	f->low = exp(ln - far);
	f->high = exp(ln + far);
}

/* Without functions to compare there are the totals. */
static double
by_totals(const struct work *w)
{
	double mean[2] = { 0, 0 };
	unsigned g, j;

	for (g = 0; g < 2; g++)
		for (j = w->from[g]; j < w->to[g]; j++)
			mean[g] += w->total[j] / exp(w->by[j]) /
			    (w->to[g] - w->from[g]);
	return mean[0] > 0 && mean[1] > 0 ? log(mean[1] / mean[0]) : 0;
}

void
prof_factor_of(struct prof_factor *f, size_t n, const unsigned runs[2],
    const double *const *value, const double *const *count, double level)
{
	struct prof_agree agree;
	struct prof_pool pool;
	struct work w;
	double ln;
	unsigned j;

	memset(f, 0, sizeof *f);
	prof_pool_init(&pool, n, runs, value, count);
	start(&w, pool.n, runs, pool.rows, count != NULL ? pool.counts : NULL);
	within(&w, 0);
	within(&w, 1);
	w.phi = typical_phi(&w);
	n = compare(&w);
	f->used = (size_t)(prof_agree_items(w.item, n) + HALF);
	if (n > 0) {
		prof_agree_on(&agree, w.item, n);
		ln = agree.at;
		f->se = agree.se;
		f->support = support_of(w.item, n, ln);
		interval(f, runs, w.by, ln, level);
	} else {
		ln = by_totals(&w);
		f->low = f->high = NAN;
	}
	f->ratio = exp(ln);
	f->run = prof_alloc(w.runs, sizeof *f->run);
	for (j = 0; j < w.runs; j++)
		f->run[j] = exp(w.by[j] + (j >= runs[0] ? ln : 0));
	finish(&w);
	prof_pool_release(&pool);
}

void
prof_factor_by(struct prof_factor *f, const unsigned runs[2],
    const double *size, double level)
{
	unsigned all = runs[0] + runs[1], j;
	double *by = prof_alloc(all, sizeof *by), mean[2] = { 0, 0 };

	memset(f, 0, sizeof *f);
	for (j = 0; j < all; j++) {
		by[j] = log(size[j]);
		mean[j >= runs[0]] += by[j] / runs[j >= runs[0]];
	}
	f->ratio = exp(mean[1] - mean[0]);
	f->support = 1;
	f->low = f->high = NAN;
	if (all > 2)
		interval(f, runs, by, mean[1] - mean[0], level);
	f->run = prof_alloc(all, sizeof *f->run);
	for (j = 0; j < all; j++)
		f->run[j] = exp(by[j] - mean[0]);
	free(by);
}

void
prof_factor_release(struct prof_factor *f)
{
	free(f->run);
	memset(f, 0, sizeof *f);
}
