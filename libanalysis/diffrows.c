/* SPDX-License-Identifier: MIT */
#include "libanalysis/diffrows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define FINE 1000	/* parts of a base unit in what one call takes */

/* --- values --------------------------------------------------------------- */

static prof_i128
rounded(double v)
{
	return isfinite(v) && fabs(v) < 1e30 ? (prof_i128)round(v) : 0;
}

/* Sum of a side in steps or calls, or FINE parts of a base unit. */
static bool
sum_of(const struct prof_diff_view *v, enum prof_judged what, unsigned side,
    uint32_t class, prof_i128 *out)
{
	const struct prof_diff *d = v->d;
	const struct prof_effect *f;
	double x;

	switch (what) {
	case PROF_JUDGED_SELF:
	case PROF_JUDGED_TOTAL:
		*out = d->of[what][side][class];
		return true;
	case PROF_JUDGED_CALLS:
		*out = d->calls[side] != NULL ? d->calls[side][class] : 0;
		return d->calls[side] != NULL;
	default:
		f = prof_diff_effect(v, what, class);
		x = f == NULL ? NAN : side == 0 ? f->base : f->now;
		*out = rounded(x * FINE);
		return isfinite(x);
	}
}

bool
prof_diff_quantity(const struct prof_diff_view *v, enum prof_judged what,
    unsigned side, uint32_t class, prof_i128 *out)
{
	prof_i128 sum;

	if (!sum_of(v, what, side, class, &sum))
		return false;
	if (what == PROF_JUDGED_CALLS)
		*out = prof_diff_calls(v->d, side, class);
	else if (what == PROF_JUDGED_PER_CALL)
		*out = prof_num_scaled(sum, 1, FINE);
	else
		*out = prof_diff_value(v->d, side, sum);
	return true;
}

/* Both sides in one unit: new is parts[1] of it, base parts[0]. */
static bool
both(const struct prof_diff_view *v, enum prof_judged what, uint32_t class,
    prof_i128 *parts)
{
	const unsigned *runs = v->d->runs;

	if (!sum_of(v, what, PROF_DIFF_BASE, class, &parts[0]) ||
	    !sum_of(v, what, PROF_DIFF_NEWER, class, &parts[1]))
		return false;
	if (what != PROF_JUDGED_PER_CALL) {
		parts[0] *= runs[PROF_DIFF_NEWER];
		parts[1] *= runs[PROF_DIFF_BASE];
	}
	return true;
}

bool
prof_diff_quotient(const struct prof_diff_view *v, enum prof_judged what,
    uint32_t class, prof_i128 *num, prof_i128 *den)
{
	prof_i128 parts[2];

	if (!both(v, what, class, parts))
		return false;
	*num = parts[1];
	*den = parts[0];
	return parts[0] > 0 && parts[1] >= 0;
}

prof_i128
prof_diff_change(const struct prof_diff_view *v, enum prof_judged what,
    uint32_t class)
{
	prof_i128 parts[2];

	return both(v, what, class, parts) ? parts[1] - parts[0] : 0;
}

/* --- which ---------------------------------------------------------------- */

static bool
is_small(const struct prof_diff *d, uint32_t class)
{
	prof_i128 v;
	unsigned side;

	if (d->min_share_den == 0)
		return false;
	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		v = prof_num_abs(d->of[PROF_DIFF_TOTAL][side][class]);
		if (v != 0 && prof_num_ppm(v, d->whole[side]) >=
		    prof_num_ppm(d->min_share_num, d->min_share_den))
			return false;
	}
	return true;
}

/* a * n >= b * m; what leaves 127 bits need not be exact. */
static bool
at_least(prof_i128 a, int64_t n, prof_i128 b, int64_t m)
{
	prof_i128 x, y;

	if (!__builtin_mul_overflow(a, (prof_i128)n, &x) &&
	    !__builtin_mul_overflow(b, (prof_i128)m, &y))
		return x >= y;
	return (double)a * (double)n >= (double)b * (double)m;
}

static bool
is_far(const struct prof_diff_choice *c, const prof_i128 *parts)
{
	const prof_i128 x = parts[0], y = parts[1];

	if (c->ratio.num == 0 || x <= 0 || y <= 0)
		return x != y;
	return x != y && (at_least(y, c->ratio.den, x, c->ratio.num) ||
	    at_least(x, c->ratio.den, y, c->ratio.num));
}

/* A difference of sums in base units; of calls there are none. */
static double
size_of(const struct prof_diff_view *v, enum prof_judged what, prof_i128 x)
{
	const struct prof_diff *d = v->d;

	if (what == PROF_JUDGED_CALLS)
		return 0;
	if (what == PROF_JUDGED_PER_CALL)
		return (double)x / FINE;
	return (double)x * (double)d->num / (double)d->den /
	    d->runs[0] / d->runs[1];
}

static bool
has_changed(const struct prof_diff_view *v, enum prof_judged what,
    uint32_t class)
{
	const struct prof_diff_choice *c = &v->choice;
	const struct prof_effect *f = prof_diff_effect(v, what, class);
	prof_i128 parts[2];

	if (!both(v, what, class, parts) || !is_far(c, parts))
		return false;
	if (c->proved && (f == NULL || !f->found))
		return false;
	return c->min_delta <= 0 || fabs(size_of(v, what, parts[1] -
	    parts[0])) >= c->min_delta * (1 - 1e-12);
}

static bool
is_valued(const struct prof_diff_view *v, uint32_t class)
{
	const struct prof_diff *d = v->d;
	double x, least = v->choice.min_value * (1 - 1e-12);
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		x = (double)d->of[PROF_DIFF_TOTAL][side][class] *
		    (double)d->num / (double)d->den / d->runs[side];
		if (fabs(x) >= least)
			return true;
	}
	return false;
}

static unsigned
direction(const struct prof_diff_view *v, uint32_t class)
{
	enum prof_judged list[PROF_JUDGED];
	unsigned i, n = prof_diff_metrics(&v->choice, list);
	prof_i128 x = 0;

	if (v->d->status[class] == PROF_DIFF_NEW)
		return PROF_DIFF_ONLY_NEW;
	if (v->d->status[class] == PROF_DIFF_GONE)
		return PROF_DIFF_ONLY_GONE;
	for (i = 0; i < n && x == 0; i++)
		x = prof_diff_change(v, list[i], class);
	return x > 0 ? PROF_DIFF_ONLY_UP : x < 0 ? PROF_DIFF_ONLY_DOWN : 0;
}

/* Of the thresholds those that are given, whatever all says. */
static bool
is_chosen(const struct prof_diff_view *v, uint32_t class)
{
	const struct prof_diff_choice *c = &v->choice;
	enum prof_judged list[PROF_JUDGED];
	unsigned i, n = prof_diff_metrics(c, list);
	bool changed = c->ratio.num == 0 && c->min_delta <= 0 && !c->proved;

	for (i = 0; i < n && !changed; i++)
		changed = has_changed(v, list[i], class);
	return changed && (c->min_value <= 0 || is_valued(v, class)) &&
	    (c->only == 0 || (c->only & direction(v, class)) != 0);
}

/* All that are shown, by rank. */
static uint32_t *
candidates(const struct prof_diff_view *v, bool all, size_t *n)
{
	const struct prof_diff *d = v->d;
	uint32_t *ids = prof_alloc((size_t)d->match.n + 1, sizeof *ids), i;
	enum prof_diff_status s;

	for (i = 1; i <= d->match.n; i++)
		ids[d->rank[i] - 1] = i;
	for (i = 0, *n = 0; i < d->match.n; i++) {
		s = d->status[ids[i]];
		if (s != PROF_DIFF_NONE && (all || (s != PROF_DIFF_SAME &&
		    !is_small(d, ids[i]))) && is_chosen(v, ids[i]))
			ids[(*n)++] = ids[i];
	}
	return ids;
}

/* --- in which order ------------------------------------------------------- */

/* By class; smaller ones come first. */
struct order {
	prof_i128 *key, *next;
};

static int
by_order(const void *ctx, uint32_t a, uint32_t b)
{
	const struct order *o = ctx;

	if (o->key[a] != o->key[b])
		return o->key[a] < o->key[b] ? -1 : 1;
	return o->next[a] < o->next[b] ? -1 : o->next[a] > o->next[b];
}

/* new / base, so that ratios either way are as far from 0: a key. */
static prof_i128
ratio_key(const struct prof_diff_view *v, uint32_t class)
{
	prof_i128 parts[2];
	double r;

	if (!both(v, prof_diff_first(&v->choice), class, parts) ||
	    parts[0] == parts[1] || parts[0] < 0 || parts[1] < 0)
		return 0;
	r = log((double)parts[1] / (double)parts[0]);
	return (prof_i128)((isfinite(r) ? r : r > 0 ? 1e3 : -1e3) * 1e15);
}

static prof_i128
key_of(const struct prof_diff_view *v, bool by_size, uint32_t class)
{
	const struct prof_diff_choice *c = &v->choice;
	prof_i128 x = c->sort == PROF_DIFF_BY_RATIO ? ratio_key(v, class) :
	    prof_diff_change(v, prof_diff_first(c), class);

	return -(by_size || c->sort == PROF_DIFF_BY_ABS ? prof_num_abs(x) :
	    x);
}

static bool
sort_keys(uint32_t *ids, size_t n, const prof_i128 *by, uint64_t *key)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!prof_num_fits(by[ids[i]]))
			return false;
		key[ids[i]] = (uint64_t)(int64_t)by[ids[i]] ^
		    (uint64_t)1 << 63;
	}
	prof_sort_keys(ids, n, key, NULL, NULL);
	return true;
}

/* ids come by rank, and equal ones stay so. */
static void
sort_rows(const struct prof_diff_view *v, bool by_size, uint32_t *ids,
    size_t n)
{
	size_t all = (size_t)v->d->match.n + 1, i;
	struct order o = { prof_zalloc(all, sizeof *o.key),
	    prof_zalloc(all, sizeof *o.next) };
	uint64_t *key = prof_alloc(all, sizeof *key);
	enum prof_judged next = prof_diff_first(&v->choice) ==
	    PROF_JUDGED_SELF ? PROF_JUDGED_TOTAL : PROF_JUDGED_SELF;

	for (i = 0; i < n; i++) {
		o.key[ids[i]] = key_of(v, by_size, ids[i]);
		o.next[ids[i]] = -prof_num_abs(prof_diff_change(v, next,
		    ids[i]));
	}
	if (!sort_keys(ids, n, o.next, key) || !sort_keys(ids, n, o.key, key))
		prof_sort_ids(ids, n, by_order, &o);
	free(o.key);
	free(o.next);
	free(key);
}

static int
by_rank(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_diff *d = ctx;

	return d->rank[a] < d->rank[b] ? -1 : d->rank[a] > d->rank[b];
}

uint32_t *
prof_diff_rows(const struct prof_diff_view *v, size_t limit, bool all,
    size_t *n)
{
	uint32_t *ids = candidates(v, all, n);

	if (limit != 0 && limit < *n) {
		sort_rows(v, true, ids, *n);
		*n = limit;
		prof_sort_ids(ids, *n, by_rank, v->d);
	}
	if (v->choice.sort != PROF_DIFF_BY_NAME)
		sort_rows(v, false, ids, *n);
	return ids;
}
