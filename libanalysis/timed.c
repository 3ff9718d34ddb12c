/* SPDX-License-Identifier: MIT */
#include "libanalysis/timed.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "libanalysis/err.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define ALIKE 4			/* times as large, or as small */
#define PEERS 8			/* the next in size, if fewer are alike */
#define LEAST_PEERS 3
#define SPREAD 1.4826		/* of a normal distribution by its MAD */
#define FLOOR .05
#define DF 3			/* of a spread that is itself a guess */

/*
 * Distances from the typical change, of the functions in a window over
 * their sizes: how many have each rank, summed up as Fenwick, 1994.
 */
struct window {
	uint32_t *tree;		/* [rank], from 1 */
	uint32_t n, top;	/* top: largest power of 2 up to n */
};

static void
count(struct window *w, uint32_t rank, uint32_t by)
{
	for (; rank <= w->n; rank += rank & -rank)
		w->tree[rank] += by;
}

/* The rank of the k-th in the window, from 0. */
static uint32_t
find(const struct window *w, uint32_t k)
{
	uint32_t at = 0, step;

	for (step = w->top; step > 0; step /= 2)
		if (at + step <= w->n && w->tree[at + step] <= k) {
			at += step;
			k -= w->tree[at];
		}
	return at + 1;
}

struct timing {
	uint32_t *by_size, *by_distance, *rank;
	const double *size;
	double *distance;	/* from what is typical, by id */
	uint32_t n;
};

struct numbers {
	const double *v;
};

static int
cmp_numbers(const void *ctx, uint32_t a, uint32_t b)
{
	const double *v = ((const struct numbers *)ctx)->v;

	return (v[a] > v[b]) - (v[a] < v[b]);
}

/* The functions that can be judged, by size and by change. */
static void
list_functions(struct timing *t, const double *x, const double *y, double s,
    size_t n, struct prof_timed *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		out[i] = (struct prof_timed){ NAN, NAN, DF };
		if (!(x[i] > 0 && y[i] > 0 && t->size[i] > 0))
			continue;
		out[i].change = log(y[i] / x[i]) - log(s);
		t->distance[i] = fabs(out[i].change);
		t->by_size[t->n] = t->by_distance[t->n] = (uint32_t)i;
		t->n++;
	}
	prof_sort_ids(t->by_size, t->n, cmp_numbers,
	    &(struct numbers){ t->size });
	prof_sort_ids(t->by_distance, t->n, cmp_numbers,
	    &(struct numbers){ t->distance });
	for (i = 0; i < t->n; i++)
		t->rank[t->by_distance[i]] = (uint32_t)i + 1;
}

static double
size_at(const struct timing *t, uint32_t place)
{
	return t->size[t->by_size[place]];
}

/* Move from..to, of places by size, so that it holds those like place. */
static void
slide(const struct timing *t, struct window *w, uint32_t place,
    uint32_t *from, uint32_t *to)
{
	double size = size_at(t, place);
	uint32_t low = *from, high = *to;

	while (low < place && size_at(t, low) * ALIKE < size)
		low++;
	while (high < t->n && size_at(t, high) <= size * ALIKE)
		high++;
	for (; *to < high; (*to)++)
		count(w, t->rank[t->by_size[*to]], 1);
	for (; *from < low; (*from)++)
		count(w, t->rank[t->by_size[*from]], (uint32_t)-1);
}

/*
 * The median distance of others: of those alike, or, if they are few, of
 * the nearest in rank, counted in for this once.
 */
static double
typical_distance(const struct timing *t, struct window *w, uint32_t place,
    uint32_t from, uint32_t to)
{
	uint32_t low = from, high = to, i, others;
	double d = NAN;

	while (high - low <= PEERS && (low > 0 || high < t->n)) {
		if (low > 0)
			count(w, t->rank[t->by_size[--low]], 1);
		if (high < t->n)
			count(w, t->rank[t->by_size[high++]], 1);
	}
	count(w, t->rank[t->by_size[place]], (uint32_t)-1);
	others = high - low - 1;
	if (others >= LEAST_PEERS)
		d = t->distance[t->by_distance[find(w, others / 2) - 1]];
	count(w, t->rank[t->by_size[place]], 1);
	for (i = low; i < from; i++)
		count(w, t->rank[t->by_size[i]], (uint32_t)-1);
	for (i = to; i < high; i++)
		count(w, t->rank[t->by_size[i]], (uint32_t)-1);
	return d;
}

static void
judge_all(const struct timing *t, struct prof_timed *out)
{
	struct window w = { .n = t->n, .top = 1 };
	uint32_t place, from = 0, to = 0;
	double d;

	w.tree = prof_zalloc((size_t)t->n + 1, sizeof *w.tree);
	while (w.top <= t->n / 2)
		w.top *= 2;
	for (place = 0; place < t->n; place++) {
		slide(t, &w, place, &from, &to);
		d = typical_distance(t, &w, place, from, to) * SPREAD;
		out[t->by_size[place]].se = d < FLOOR ? FLOOR : d;
	}
	free(w.tree);
}

void
prof_timed_judge(const double *x, const double *y, const double *size,
    size_t n, double s, struct prof_timed *out)
{
	struct timing t = { .size = size };

	PROF_ASSERT(n < UINT32_MAX);
	t.by_size = prof_alloc(n, sizeof *t.by_size);
	t.by_distance = prof_alloc(n, sizeof *t.by_distance);
	t.rank = prof_alloc(n, sizeof *t.rank);
	t.distance = prof_alloc(n, sizeof *t.distance);
	list_functions(&t, x, y, s, n, out);
	judge_all(&t, out);
	free(t.by_size);
	free(t.by_distance);
	free(t.rank);
	free(t.distance);
}
