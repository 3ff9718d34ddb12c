/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_layout.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

static prof_u128
magnitude(prof_i128 v)
{
	return v < 0 ? 0 - (prof_u128)v : (prof_u128)v;
}

static prof_u128
larger_self(const struct prof_tree *t, uint32_t node)
{
	prof_u128 v, most = 0;
	unsigned s;

	for (s = 0; s < t->nsides; s++) {
		v = magnitude(t->self[s][node]);
		most = v > most ? v : most;
	}
	return most;
}

static prof_u128
larger_rest(const struct prof_tree *t, uint32_t node)
{
	prof_u128 v, most = 0;
	unsigned s;

	if (t->cut[node] == 0)
		return 0;
	for (s = 0; s < t->nsides; s++) {
		v = magnitude(prof_tree_rest(t, node, s));
		most = v > most ? v : most;
	}
	return most;
}

static prof_u128 *
weigh(const struct prof_tree *t)
{
	prof_u128 *w = prof_zalloc(t->n, sizeof *w);
	uint32_t node;

	for (node = t->n; node-- > 0;) {
		w[node] += larger_self(t, node) + larger_rest(t, node);
		if (node > 0)
			w[t->parent[node]] += w[node];
	}
	return w;
}

/* 128 bits must hold a product with PROF_SVG_SPAN. */
static unsigned
excess_bits(prof_u128 whole)
{
	unsigned n = 0;

	while (whole >> n >> 96 != 0)
		n++;
	return n;
}

/* An edge at x of whole, rounded. */
static uint32_t
edge(prof_u128 x, prof_u128 whole)
{
	unsigned bits = excess_bits(whole);

	x >>= bits;
	whole >>= bits;
	return (uint32_t)((x * PROF_SVG_SPAN + whole / 2) / whole);
}

/* A width in full millionths. */
static uint32_t
millionths(prof_u128 width, prof_u128 whole)
{
	unsigned bits = excess_bits(whole);

	return (uint32_t)((width >> bits) * 1000000 / (whole >> bits));
}

/*
 * The smallest limit with which no more than max frames stay: count frames
 * by width in millionths, then add up from the widest.
 */
static uint32_t
limit_for(const struct prof_tree *t, const prof_u128 *w, uint32_t limit,
    uint32_t max, uint32_t max_rows)
{
	uint32_t *count = prof_zalloc(1000001, sizeof *count);
	uint32_t node, ppm;
	uint64_t n = 0;

	for (node = 1; node < t->n; node++)
		if (t->depth[node] < max_rows)
			count[millionths(w[node], w[0])]++;
	for (ppm = 1000000; ppm > limit; ppm--) {
		n += count[ppm];
		if (n + count[ppm - 1] > max)
			break;
	}
	free(count);
	return ppm;
}

static void
place(struct prof_svg_layout *l, uint32_t node, prof_u128 x, prof_u128 w)
{
	l->left[node] = edge(x, l->whole);
	l->right[node] = edge(x + w, l->whole);
	l->frames++;
}

static void
place_children(struct prof_svg_layout *l, const struct prof_tree *t,
    const prof_u128 *w, prof_u128 *x, uint32_t node, uint32_t max_rows)
{
	prof_u128 at = x[node];
	uint32_t c, end = t->first_child[node] + t->nchildren[node];

	for (c = t->first_child[node]; c < end; at += w[c], c++) {
		x[c] = at;
		if (millionths(w[c], l->whole) < l->limit_ppm) {
			l->narrow++;
			l->narrow_weight += w[c];
		} else if (t->depth[c] >= max_rows) {
			l->deep_weight += w[c];
		} else {
			place(l, c, at, w[c]);
			l->rows = t->depth[c] + 1;
		}
	}
	if (t->cut[node] > 0) {
		l->narrow += t->cut[node];
		l->narrow_weight += larger_rest(t, node);
	}
}

int64_t
prof_svg_min_total(int64_t whole, unsigned nsides,
    const struct prof_svg_opts *opts)
{
	int64_t min = prof_tree_min_total(whole, opts->min_ppm != 0 ?
	    opts->min_ppm : PROF_SVG_MIN_PPM);

	/* A frame of two sides may be as wide as both together. */
	min = min / nsides + (min % nsides != 0);
	return min > 1 ? min : 1;
}

void
prof_svg_layout_init(struct prof_svg_layout *l, const struct prof_tree *t,
    const struct prof_svg_opts *opts)
{
	prof_u128 *w = weigh(t), *x = prof_zalloc(t->n, sizeof *x);
	uint32_t max_rows = opts->max_rows != 0 ? opts->max_rows :
	    PROF_SVG_MAX_ROWS;
	uint32_t node;

	memset(l, 0, sizeof *l);
	l->left = prof_zalloc(t->n, sizeof *l->left);
	l->right = prof_zalloc(t->n, sizeof *l->right);
	l->whole = w[0];
	if (w[0] != 0) {
		l->limit_ppm = limit_for(t, w, opts->min_ppm != 0 ?
		    opts->min_ppm : PROF_SVG_MIN_PPM, opts->max_frames != 0 ?
		    opts->max_frames : PROF_SVG_MAX_FRAMES, max_rows);
		l->right[0] = PROF_SVG_SPAN;
		l->rows = 1;
		for (node = 0; node < t->n; node++)
			if (l->right[node] > l->left[node])
				place_children(l, t, w, x, node, max_rows);
	}
	free(w);
	free(x);
}

void
prof_svg_layout_release(struct prof_svg_layout *l)
{
	free(l->left);
	free(l->right);
	memset(l, 0, sizeof *l);
}
