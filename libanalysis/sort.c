/* SPDX-License-Identifier: MIT */
#include "libanalysis/sort.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

#define RUN 8

static void
insertion(uint32_t *ids, size_t n, prof_sort_fn *cmp, const void *ctx)
{
	size_t i, j;
	uint32_t id;

	for (i = 1; i < n; i++) {
		id = ids[i];
		for (j = i; j > 0 && cmp(ctx, ids[j - 1], id) > 0; j--)
			ids[j] = ids[j - 1];
		ids[j] = id;
	}
}

static void
merge_runs(const uint32_t *from, uint32_t *to, size_t a, size_t mid,
    size_t end, prof_sort_fn *cmp, const void *ctx)
{
	size_t b = mid, k = a;

	while (a < mid && b < end)
		to[k++] = cmp(ctx, from[a], from[b]) <= 0 ? from[a++] :
		    from[b++];
	while (a < mid)
		to[k++] = from[a++];
	while (b < end)
		to[k++] = from[b++];
}

void
prof_sort_ids(uint32_t *ids, size_t n, prof_sort_fn *cmp, const void *ctx)
{
	uint32_t *spare, *from = ids, *to, *swap;
	size_t i, width;

	for (i = 0; i < n; i += RUN)
		insertion(ids + i, n - i < RUN ? n - i : RUN, cmp, ctx);
	if (n <= RUN)
		return;
	spare = prof_alloc(n, sizeof *spare);
	to = spare;
	for (width = RUN; width < n; width *= 2) {
		for (i = 0; i < n; i += 2 * width)
			merge_runs(from, to, i,
			    i + width < n ? i + width : n,
			    i + 2 * width < n ? i + 2 * width : n, cmp, ctx);
		swap = from;
		from = to;
		to = swap;
	}
	if (from != ids)
		memcpy(ids, from, n * sizeof *ids);
	free(spare);
}

struct keyed {
	uint64_t key;
	uint32_t id;
};

/* One pass over eight bits; false when all keys agree in them. */
static int
radix_pass(const struct keyed *from, struct keyed *to, size_t n, int shift)
{
	size_t count[256] = { 0 }, i, sum = 0, c;

	for (i = 0; i < n; i++)
		count[from[i].key >> shift & 0xff]++;
	if (count[from[0].key >> shift & 0xff] == n)
		return 0;
	for (i = 0; i < 256; i++) {
		c = count[i];
		count[i] = sum;
		sum += c;
	}
	for (i = 0; i < n; i++)
		to[count[from[i].key >> shift & 0xff]++] = from[i];
	return 1;
}

static void
sort_ties(uint32_t *ids, size_t n, const uint64_t *key, prof_sort_fn *cmp,
    const void *ctx)
{
	size_t i, end;

	for (i = 0; i < n; i = end) {
		for (end = i + 1; end < n && key[ids[end]] == key[ids[i]];)
			end++;
		if (end - i > 1)
			prof_sort_ids(ids + i, end - i, cmp, ctx);
	}
}

void
prof_sort_keys(uint32_t *ids, size_t n, const uint64_t *key,
    prof_sort_fn *cmp, const void *ctx)
{
	struct keyed *a, *b, *swap;
	size_t i;
	int shift;

	if (n < 2)
		return;
	a = prof_alloc(n, sizeof *a);
	b = prof_alloc(n, sizeof *b);
	for (i = 0; i < n; i++) {
		a[i].key = key[ids[i]];
		a[i].id = ids[i];
	}
	for (shift = 0; shift < 64; shift += 8) {
		if (!radix_pass(a, b, n, shift))
			continue;
		swap = a;
		a = b;
		b = swap;
	}
	for (i = 0; i < n; i++)
		ids[i] = a[i].id;
	free(a);
	free(b);
	if (cmp != NULL)
		sort_ties(ids, n, key, cmp, ctx);
}

static int
by_size(const void *a, const void *b)
{
	double x, y;

	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return (x > y) - (x < y);
}

void
prof_sort_doubles(double *v, size_t n)
{
	if (n > 1)
		qsort(v, n, sizeof *v, by_size);
}
