/* SPDX-License-Identifier: MIT */
#include "libanalysis/diff.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/diff_units.h"
#include "libanalysis/match_names.h"
#include "libanalysis/match_renamed.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/* Which sides have a value other than 0, while status holds that. */
enum { ON_BASE = 1, ON_NEW = 2 };

static int
too_large(struct prof_err *err)
{
	return prof_fail(err, PROF_ERANGE,
	    "the values of a side add up to more than 64 bits hold");
}

static unsigned
side_of(const struct prof_diff *d, unsigned run)
{
	return run < d->runs[PROF_DIFF_BASE] ? PROF_DIFF_BASE :
	    PROF_DIFF_NEWER;
}

/* *sum += v * factor; v fits 64 bits, so the product fits. */
static int
add(prof_i128 *sum, prof_i128 v, int64_t factor)
{
	return __builtin_add_overflow(*sum, v * factor, sum);
}

static int
sum_run(struct prof_diff *d, unsigned r, struct prof_err *err)
{
	const struct prof_flat *f = d->run[r].flat;
	const uint32_t *class_of = d->match.class_of[r];
	unsigned side = side_of(d, r);
	prof_i128 *self = d->of[PROF_DIFF_SELF][side];
	prof_i128 *total = d->of[PROF_DIFF_TOTAL][side];
	int64_t factor = d->factor[r];
	int bad;
	uint32_t row, class;

	PROF_ASSERT(f->n == d->run[r].rows->n);
	bad = add(&d->sum[side], f->sum, factor) |
	    add(&d->whole[side], f->whole, factor);
	bad |= add(&d->error[side], f->error, factor);
	for (row = 0; row <= f->n; row++) {
		class = class_of[row];
		bad |= add(&self[class], f->self[row], factor) |
		    add(&total[class], f->total[row], factor);
		if (d->calls[side] != NULL)
			d->calls[side][class] += f->calls[row];
		if (f->self[row] != 0 || f->total[row] != 0 ||
		    (f->calls != NULL && f->calls[row] != 0))
			d->status[class] |= side == PROF_DIFF_BASE ?
			    ON_BASE : ON_NEW;
	}
	return bad ? too_large(err) : PROF_OK;
}

/*
 * The largest sum of a side of which the mean fits 64 bits, both in steps
 * and in base units.
 */
static prof_i128
largest(const struct prof_diff *d, unsigned side)
{
	prof_i128 steps = (prof_i128)INT64_MAX * d->runs[side];

	return d->num > d->den ? steps * d->den / d->num : steps;
}

static int
check_range(const struct prof_diff *d, struct prof_err *err)
{
	unsigned side, m;
	uint32_t i;
	prof_i128 most;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		most = largest(d, side);
		if (d->sum[side] > most || d->sum[side] < -most ||
		    d->whole[side] > most || d->whole[side] < -most)
			return too_large(err);
		for (m = 0; m < PROF_DIFF_METRICS; m++)
			for (i = 0; i <= d->match.n; i++)
				if (d->of[m][side][i] > most ||
				    d->of[m][side][i] < -most)
					return too_large(err);
	}
	return PROF_OK;
}

static prof_i128
size(prof_i128 v)
{
	return v < 0 ? -v : v;
}

/* Whether calls are the same and rounding may explain the rest. */
static bool
is_same(const struct prof_diff *d, uint32_t class)
{
	prof_i128 *const *calls = d->calls;
	prof_i128 error = d->error[PROF_DIFF_NEWER] *
	    d->runs[PROF_DIFF_BASE] + d->error[PROF_DIFF_BASE] *
	    d->runs[PROF_DIFF_NEWER];

	if (calls[0] != NULL && calls[PROF_DIFF_NEWER][class] *
	    d->runs[PROF_DIFF_BASE] != calls[PROF_DIFF_BASE][class] *
	    d->runs[PROF_DIFF_NEWER])
		return false;
	return size(prof_diff_delta(d, PROF_DIFF_SELF, class)) <= error &&
	    size(prof_diff_delta(d, PROF_DIFF_TOTAL, class)) <= error;
}

static enum prof_diff_status
judge(struct prof_diff *d, uint32_t class)
{
	prof_i128 self, total;

	switch (d->status[class]) {
	case 0:
		return PROF_DIFF_NONE;
	case ON_BASE:
		return PROF_DIFF_GONE;
	case ON_NEW:
		return PROF_DIFF_NEW;
	default:
		break;
	}
	if (d->match.joined[class] == PROF_JOINED_RENAMED)
		return PROF_DIFF_RENAMED;
	self = prof_diff_delta(d, PROF_DIFF_SELF, class);
	total = prof_diff_delta(d, PROF_DIFF_TOTAL, class);
	if (is_same(d, class))
		return PROF_DIFF_SAME;
	if (self > 0 || (self == 0 && total > 0))
		d->up++;
	else
		d->down++;
	return PROF_DIFF_CHANGED;
}

void
prof_diff_judge_again(struct prof_diff *d)
{
	uint32_t i;

	d->up = d->down = 0;
	for (i = 1; i <= d->match.n; i++) {
		if (d->status[i] != PROF_DIFF_SAME &&
		    d->status[i] != PROF_DIFF_CHANGED)
			continue;
		d->count[d->status[i]]--;
		d->status[i] = ON_BASE | ON_NEW;
		d->status[i] = (uint8_t)judge(d, i);
		d->count[d->status[i]]++;
	}
}

/* Mean duration of a side, 0 unless all its runs know theirs. */
static int64_t
mean_duration(const struct prof_diff *d, unsigned side)
{
	prof_i128 sum = 0;
	int64_t one;
	unsigned r;

	for (r = 0; r < d->nruns; r++) {
		if (side_of(d, r) != side)
			continue;
		one = d->run[r].rows->p->meta.duration_ns;
		if (one <= 0)
			return 0;
		sum += one;
	}
	return (int64_t)(sum / d->runs[side]);
}

static bool
counts_calls(const struct prof_diff *d)
{
	unsigned r;

	for (r = 0; r < d->nruns; r++)
		if (d->run[r].flat->calls == NULL)
			return false;
	return true;
}

static void
allocate(struct prof_diff *d)
{
	size_t n = (size_t)d->match.n + 1;
	unsigned m, side;

	for (m = 0; m < PROF_DIFF_METRICS; m++)
		for (side = 0; side < PROF_DIFF_SIDES; side++)
			d->of[m][side] = prof_zalloc(n, sizeof *d->of[m][side]);
	for (side = 0; side < PROF_DIFF_SIDES && counts_calls(d); side++)
		d->calls[side] = prof_zalloc(n, sizeof *d->calls[side]);
	d->status = prof_zalloc(n, sizeof *d->status);
	d->rank = prof_alloc(n, sizeof *d->rank);
}

static int
compare(struct prof_diff *d, struct prof_err *err)
{
	unsigned r;
	uint32_t i;
	int rc = PROF_OK;

	for (r = 0; r < d->nruns && rc == PROF_OK; r++)
		rc = sum_run(d, r, err);
	if (rc != PROF_OK || (rc = check_range(d, err)) != PROF_OK)
		return rc;
	d->status[0] = 0;
	for (i = 1; i <= d->match.n; i++) {
		d->status[i] = (uint8_t)judge(d, i);
		d->count[d->status[i]]++;
	}
	prof_match_rank(&d->match, d->rank);
	for (r = 0; r < PROF_DIFF_SIDES; r++)
		d->duration_ns[r] = mean_duration(d, r);
	return PROF_OK;
}

static void
match(struct prof_diff *d)
{
	prof_match_init(&d->match, d->rows, d->nruns,
	    d->runs[PROF_DIFF_BASE]);
	if (d->matching != PROF_MATCH_EXACT)
		prof_match_stable(&d->match);
	if (d->matching == PROF_MATCH_RENAMED)
		prof_match_renamed(d);
}

int
prof_diff_init_matching(struct prof_diff *d,
    const struct prof_diff_run *run, unsigned nruns, unsigned nbase,
    enum prof_matching how, struct prof_err *err)
{
	unsigned r;
	int rc;

	memset(d, 0, sizeof *d);
	PROF_ASSERT(nbase > 0 && nbase < nruns);
	if (nruns > PROF_DIFF_RUNS_MAX)
		return prof_fail(err, PROF_ELIMIT,
		    "more than %d runs to compare", PROF_DIFF_RUNS_MAX);
	d->matching = how;
	d->run = run;
	d->nruns = nruns;
	d->runs[PROF_DIFF_BASE] = nbase;
	d->runs[PROF_DIFF_NEWER] = nruns - nbase;
	d->calls_num = d->calls_den = 1;
	d->base_times = 1;
	rc = prof_diff_units(d, err);
	if (rc != PROF_OK)
		return rc;
	d->rows = prof_alloc(nruns, sizeof *d->rows);
	for (r = 0; r < nruns; r++)
		d->rows[r] = run[r].rows;
	match(d);
	allocate(d);
	return compare(d, err);
}

int
prof_diff_init(struct prof_diff *d, const struct prof_diff_run *run,
    unsigned nruns, unsigned nbase, struct prof_err *err)
{
	return prof_diff_init_matching(d, run, nruns, nbase,
	    PROF_MATCH_EXACT, err);
}

void
prof_diff_release(struct prof_diff *d)
{
	unsigned m, side;

	for (m = 0; m < PROF_DIFF_METRICS; m++)
		for (side = 0; side < PROF_DIFF_SIDES; side++)
			free(d->of[m][side]);
	for (side = 0; side < PROF_DIFF_SIDES; side++)
		free(d->calls[side]);
	prof_match_release(&d->match);
	free(d->rows);
	free(d->factor);
	free(d->status);
	free(d->rank);
	memset(d, 0, sizeof *d);
}

const struct prof_row *
prof_diff_name_base(const struct prof_diff *d, uint32_t class)
{
	const struct prof_row *base, *now;

	base = prof_match_row_on(&d->match, class, PROF_DIFF_BASE);
	now = prof_match_row_on(&d->match, class, PROF_DIFF_NEWER);
	return base != NULL && now != NULL && (base->name_len !=
	    now->name_len || memcmp(base->name, now->name,
	    now->name_len) != 0) ? base : NULL;
}

prof_i128
prof_diff_value(const struct prof_diff *d, unsigned side, prof_i128 sum)
{
	prof_i128 den = (prof_i128)d->runs[side] * d->den, whole, rest;

	whole = sum / den;
	rest = sum % den * d->num * 2;
	return whole * d->num + (rest < 0 ? rest - den : rest + den) /
	    (2 * den);
}
