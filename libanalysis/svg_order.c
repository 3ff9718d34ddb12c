/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_order.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

static prof_u128
magnitude(prof_i128 v)
{
	return v < 0 ? 0 - (prof_u128)v : (prof_u128)v;
}

prof_u128
prof_svg_own(prof_i128 base, prof_i128 now, unsigned nsides,
    enum prof_svg_widths widths)
{
	prof_u128 a = magnitude(base), b = magnitude(now);

	if (nsides == 1 || widths == PROF_SVG_BEFORE)
		return a;
	if (widths == PROF_SVG_AFTER)
		return b;
	if (widths == PROF_SVG_ABS)
		return magnitude(now - base);
	return a > b ? a : b;
}

prof_u128
prof_svg_rest(const struct prof_tree *t, uint32_t node,
    enum prof_svg_widths widths)
{
	if (t->cut[node] == 0)
		return 0;
	return prof_svg_own(prof_tree_rest(t, node, 0), t->nsides == 2 ?
	    prof_tree_rest(t, node, 1) : 0, t->nsides, widths);
}

prof_u128 *
prof_svg_weigh(const struct prof_tree *t, enum prof_svg_widths widths)
{
	prof_u128 *w = prof_zalloc(t->n, sizeof *w);
	uint32_t node;

	for (node = t->n; node-- > 0;) {
		w[node] += prof_svg_own(t->self[0][node], t->nsides == 2 ?
		    t->self[1][node] : 0, t->nsides, widths) +
		    prof_svg_rest(t, node, widths);
		if (node > 0)
			w[t->parent[node]] += w[node];
	}
	return w;
}

static int
wider_first(const void *ctx, uint32_t a, uint32_t b)
{
	const prof_u128 *w = ctx;

	return (w[a] < w[b]) - (w[a] > w[b]);
}

/* Take each entry from where it was. */
static void
permute(void *column, size_t size, const uint32_t *old, uint32_t n,
    char *spare)
{
	uint32_t i;

	if (column == NULL)
		return;
	for (i = 0; i < n; i++)
		memcpy(spare + i * size, (char *)column + old[i] * size,
		    size);
	memcpy(column, spare, n * size);
}

static void
permute_all(struct prof_tree *t, const uint32_t *old)
{
	char *spare = prof_alloc(t->n, sizeof(int64_t));
	unsigned s;

	permute(t->frame, sizeof *t->frame, old, t->n, spare);
	permute(t->nchildren, sizeof *t->nchildren, old, t->n, spare);
	permute(t->depth, sizeof *t->depth, old, t->n, spare);
	permute(t->cut, sizeof *t->cut, old, t->n, spare);
	for (s = 0; s < t->nsides; s++) {
		permute(t->self[s], sizeof(int64_t), old, t->n, spare);
		permute(t->total[s], sizeof(int64_t), old, t->n, spare);
		permute(t->gross[s], sizeof(int64_t), old, t->n, spare);
		permute(t->cut_gross[s], sizeof(int64_t), old, t->n, spare);
	}
	free(spare);
}

void
prof_svg_sort(struct prof_tree *t, const prof_u128 *weight)
{
	uint32_t *old = prof_alloc(t->n, sizeof *old);
	uint32_t *parent = prof_zalloc(t->n, sizeof *parent);
	uint32_t *first = prof_zalloc(t->n, sizeof *first);
	uint32_t i, k, n = 1, children;

	old[0] = 0;
	for (i = 0; i < t->n; i++) {
		children = t->nchildren[old[i]];
		if (children == 0)
			continue;
		first[i] = n;
		for (k = 0; k < children; k++) {
			old[n + k] = t->first_child[old[i]] + k;
			parent[n + k] = i;
		}
		prof_sort_ids(old + n, children, wider_first, weight);
		n += children;
	}
	permute_all(t, old);
	memcpy(t->parent, parent, t->n * sizeof *parent);
	memcpy(t->first_child, first, t->n * sizeof *first);
	free(old);
	free(parent);
	free(first);
}
