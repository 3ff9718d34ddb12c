/* SPDX-License-Identifier: MIT */
#include "libanalysis/evidence_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/noise_table.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

double
prof_evidence_sum(double *v, size_t n)
{
	double sum = 0;
	size_t i;

	prof_sort_doubles(v, n);
	for (i = 0; i < n; i++)
		sum += v[i];
	return sum;
}

static double **
matrix(unsigned nruns, size_t n)
{
	double **m = prof_alloc(nruns, sizeof *m);
	unsigned r;

	for (r = 0; r < nruns; r++)
		m[r] = prof_zalloc(n + 1, sizeof **m);
	return m;
}

static void
drop(double **m, unsigned nruns)
{
	unsigned r;

	for (r = 0; m != NULL && r < nruns; r++)
		free(m[r]);
	free(m);
}

/* A step of the comparison in base units. */
static double
step(const struct prof_diff *d)
{
	return (double)d->num / (double)d->den;
}

/* --- samples -------------------------------------------------------------- */

/* Where all samples are worth the same, values tell them. */
static void
count_even(const struct prof_flat *f, double per, double *self, double *total)
{
	uint32_t i;

	for (i = 1; i <= f->n; i++) {
		self[i] = (double)f->self[i] / per;
		total[i] = (double)f->total[i] / per;
	}
}

/* By row to by class. */
static void
spread(const struct prof_diff *d, unsigned run, const double *row,
    double *class)
{
	const uint32_t *class_of = d->match.class_of[run];
	uint32_t i;

	for (i = 1; i <= d->run[run].rows->n; i++)
		class[class_of[i]] += row[i];
}

static bool
count_rows(const struct prof_evidence_work *w, unsigned run,
    const struct prof_counts *c)
{
	const struct prof_diff_run *r = &w->d->run[run];
	double *self = prof_zalloc((size_t)r->rows->n + 1, sizeof *self);
	double *total = prof_zalloc((size_t)r->rows->n + 1, sizeof *total);
	bool known = true;

	if (prof_counts_even(c))
		count_even(r->flat, prof_counts_per(c), self, total);
	else
		known = prof_counts_rows(c, r->rows, r->column, self, total);
	if (known) {
		spread(w->d, run, self, w->count[0][run]);
		spread(w->d, run, total, w->count[1][run]);
	}
	free(self);
	free(total);
	return known;
}

static void
add_run(struct prof_evidence_work *w, unsigned run, struct prof_counts *sum)
{
	const struct prof_diff_run *r = &w->d->run[run];
	struct prof_counts one;
	bool known;

	prof_counts_of(&one, r->rows->p, r->column);
	known = prof_counts_sampled(&one);
	w->exact = w->exact && one.how == PROF_COUNTS_EXACT;
	if (known && w->sampled && !count_rows(w, run, &one))
		known = false;
	w->sampled = w->sampled && known;
	w->per[run] = prof_counts_per(&one) * (double)w->d->factor[run] *
	    step(w->d);
	prof_counts_add(&sum[run >= w->d->runs[0]], &one,
	    (double)w->d->factor[run]);
}

/* Sums of doubles over runs, in an order that values alone decide. */
static double
samples_of(const struct prof_evidence_work *w, unsigned from, unsigned to)
{
	const struct prof_diff_run *run;
	double *v = prof_alloc(to - from, sizeof *v), sum;
	unsigned r;

	for (r = from; r < to; r++) {
		run = &w->d->run[r];
		v[r - from] = (double)run->flat->sum *
		    (double)w->d->factor[r] * step(w->d) / w->per[r];
	}
	sum = prof_evidence_sum(v, to - from);
	free(v);
	return sum;
}

void
prof_evidence_count(struct prof_evidence_work *w)
{
	struct prof_counts sum[2] = { { 0 } };
	struct prof_evidence *e = w->e;
	unsigned r, side;

	w->sampled = w->exact = true;
	w->per = prof_zalloc(w->nruns, sizeof *w->per);
	w->count[0] = matrix(w->nruns, w->n);
	w->count[1] = matrix(w->nruns, w->n);
	for (r = 0; r < w->nruns; r++)
		add_run(w, r, sum);
	for (side = 0; side < 2; side++)
		if (sum[side].how == PROF_COUNTS_UNKNOWN && e->reason == NULL)
			e->reason = sum[side].reason;
	e->how = w->exact ? PROF_COUNTS_EXACT : w->sampled ? sum[0].how :
	    PROF_COUNTS_UNKNOWN;
	if (!w->sampled)
		prof_evidence_uncount(w);
	if (!w->sampled)
		return;
	e->reason = NULL;
	e->samples[0] = samples_of(w, 0, w->d->runs[0]);
	e->samples[1] = samples_of(w, w->d->runs[0], w->nruns);
}

void
prof_evidence_uncount(struct prof_evidence_work *w)
{
	drop(w->count[0], w->nruns);
	drop(w->count[1], w->nruns);
	w->count[0] = w->count[1] = NULL;
}

/* --- values --------------------------------------------------------------- */

bool
prof_evidence_calls(const struct prof_diff *d)
{
	return d->calls[0] != NULL && d->calls[1] != NULL;
}

/* Calls that start a total. */
static const prof_i128 *
starts(const struct prof_flat *f)
{
	return f->primitive != NULL ? f->primitive : f->calls;
}

/* Where base did other work, its calls are scaled as its values are. */
static double
value_of(const struct prof_diff *d, unsigned run, enum prof_judged what,
    uint32_t row)
{
	const struct prof_flat *f = d->run[run].flat;
	double scale = (double)d->factor[run] * step(d);

	switch (what) {
	case PROF_JUDGED_SELF:
		return (double)f->self[row] * scale;
	case PROF_JUDGED_TOTAL:
		return (double)f->total[row] * scale;
	case PROF_JUDGED_CALLS:
		return prof_diff_calls_of_run(d, run, f->calls[row]);
	default:
		return starts(f)[row] != 0 ? (double)f->total[row] * scale /
		    prof_diff_calls_of_run(d, run, starts(f)[row]) : 0;
	}
}

void
prof_evidence_read(const struct prof_evidence_work *w, enum prof_judged what,
    struct prof_evidence_table *t)
{
	const uint32_t *class_of;
	unsigned r;
	uint32_t i;
	double v;

	memset(t, 0, sizeof *t);
	t->nruns = w->nruns;
	t->value = matrix(w->nruns, w->n);
	t->negative = prof_zalloc((size_t)w->n + 1, sizeof *t->negative);
	t->count = what == PROF_JUDGED_SELF ? w->count[0] :
	    what == PROF_JUDGED_CALLS ? NULL : w->count[1];
	for (r = 0; r < w->nruns; r++) {
		class_of = w->d->match.class_of[r];
		for (i = 1; i <= w->d->run[r].rows->n; i++) {
			v = value_of(w->d, r, what, i);
			t->value[r][class_of[i]] = v;
			t->negative[class_of[i]] |= v < 0;
		}
	}
}

void
prof_evidence_forget(struct prof_evidence_table *t)
{
	drop(t->value, t->nruns);
	free(t->negative);
	memset(t, 0, sizeof *t);
}

/* --- means ---------------------------------------------------------------- */

static void
set_mean(struct prof_effect *f, unsigned side, double v)
{
	if (side == 0)
		f->base = v;
	else
		f->now = v;
}

/* Means of sums that are exact: no order of runs can change them. */
static void
mean_values(const struct prof_evidence_work *w, prof_i128 *const *of,
    double scale, struct prof_effect *effect)
{
	unsigned side;
	uint32_t i;

	for (side = 0; side < 2; side++)
		for (i = 1; i <= w->n; i++)
			set_mean(&effect[i], side, (double)of[side][i] *
			    scale / w->d->runs[side]);
}

/* Of all runs together: one by calls does not count as much as one of many. */
static void
mean_per_call(const struct prof_evidence_work *w, struct prof_effect *effect)
{
	const struct prof_diff *d = w->d;
	prof_i128 *sum[2];
	unsigned r, side;
	uint32_t i;

	sum[0] = prof_zalloc((size_t)w->n + 1, sizeof **sum);
	sum[1] = prof_zalloc((size_t)w->n + 1, sizeof **sum);
	for (r = 0; r < w->nruns; r++)
		for (i = 1; i <= d->run[r].rows->n; i++)
			sum[r >= d->runs[0]][d->match.class_of[r][i]] +=
			    starts(d->run[r].flat)[i];
	for (side = 0; side < 2; side++)
		for (i = 1; i <= w->n; i++)
			set_mean(&effect[i], side, sum[side][i] == 0 ? 0 :
			    (double)d->of[PROF_DIFF_TOTAL][side][i] *
			    step(d) / prof_diff_calls_of_run(d, side == 0 ?
			    0 : d->runs[0], sum[side][i]));
	free(sum[0]);
	free(sum[1]);
}

void
prof_evidence_means(const struct prof_evidence_work *w,
    enum prof_judged what, struct prof_effect *effect)
{
	const struct prof_diff *d = w->d;
	unsigned side;
	uint32_t i;

	switch (what) {
	case PROF_JUDGED_SELF:
	case PROF_JUDGED_TOTAL:
		mean_values(w, d->of[what == PROF_JUDGED_SELF ?
		    PROF_DIFF_SELF : PROF_DIFF_TOTAL], step(d), effect);
		break;
	case PROF_JUDGED_CALLS:
		for (side = 0; side < 2; side++)
			for (i = 1; i <= w->n; i++)
				set_mean(&effect[i], side,
				    prof_diff_calls_mean(d, side, i));
		break;
	default:
		mean_per_call(w, effect);
		break;
	}
}

double *
prof_evidence_known(const struct prof_evidence_work *w,
    enum prof_judged what)
{
	double *phi;
	uint32_t i;

	if (w->e->rule.noise == NULL)
		return NULL;
	phi = prof_alloc((size_t)w->n + 1, sizeof *phi);
	phi[0] = -1;
	for (i = 1; i <= w->n; i++)
		phi[i] = prof_noise_table_find(w->e->rule.noise, what,
		    prof_match_row(&w->d->match, i));
	return phi;
}
