/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_layout.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/svg_order.h"

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

/* Which frames a tier has: those of so many millionths or more, and some. */
struct limit {
	uint32_t ppm;
	uint64_t spare;		/* of those just below it, parents first */
};

/* What no frame of the tier is narrower than. */
static uint32_t
least_of(const struct limit *limit)
{
	return limit->ppm - (limit->spare > 0);
}

/* Weights of nodes: of the widths drawn, and of those the script may take. */
struct weights {
	const prof_u128 *drawn, *held;	/* may be the same */
};

/* What decides whether a node is held. */
static uint32_t
widest(const struct weights *w, uint32_t node)
{
	uint32_t a = millionths(w->drawn[node], w->drawn[0]), b;

	if (w->held == w->drawn)
		return a;
	b = millionths(w->held[node], w->held[0]);
	return a > b ? a : b;
}

/*
 * The smallest limit with which no more than max frames stay: count frames
 * by width in millionths, then add up from the widest.  Of the class that
 * would be too many, as many as there is room for: frames may all be alike.
 */
static struct limit
limit_for(const struct prof_tree *t, const struct weights *w,
    uint32_t least, uint32_t max, uint32_t max_rows)
{
	struct limit limit = { least, 0 };
	uint32_t *count, node, ppm;
	uint64_t n = 0;

	if (t->n - 1 <= max)
		return limit;
	count = prof_zalloc(1000001, sizeof *count);
	for (node = 1; node < t->n; node++)
		if (t->depth[node] < max_rows)
			count[widest(w, node)]++;
	for (ppm = 1000001; ppm > least; ppm--) {
		if (n + count[ppm - 1] > max) {
			limit.spare = max - n;
			break;
		}
		n += count[ppm - 1];
	}
	limit.ppm = ppm;
	free(count);
	return limit;
}

/* What decides on each frame. */
struct limits {
	struct limit held, drawn;
	uint32_t max_rows;
	enum prof_svg_widths widths;
	bool everything;	/* hold what has no width, too */
};

/* Nodes come by level, so what is let in has its parent there already. */
static bool
admit(struct limit *limit, uint32_t ppm)
{
	if (ppm >= limit->ppm)
		return true;
	if (ppm + 1 < limit->ppm || limit->spare == 0)
		return false;
	limit->spare--;
	return true;
}

static void
hold(struct prof_svg_layout *l, uint32_t depth, bool drawn)
{
	l->frames++;
	l->rows = depth + 1;
	if (drawn) {
		l->drawn++;
		l->rows_drawn = l->rows;
	}
}

static void
place(struct prof_svg_layout *l, const struct prof_tree *t,
    const struct weights *w, uint32_t node, struct limits *lim)
{
	uint32_t ppm = widest(w, node);
	bool deep = t->depth[node] >= lim->max_rows, drawn;
	bool blank = l->left[node] == l->right[node];
	bool out = blank && !lim->everything && (w->held == w->drawn ||
	    edge(w->held[node], w->held[0]) == 0);

	if (deep && ppm >= l->limit_ppm) {
		l->deep_weight += w->drawn[node];
	} else if (out || !admit(&lim->held, ppm)) {
		l->narrow++;
		l->narrow_weight += w->drawn[node];
	} else {
		drawn = !blank && admit(&lim->drawn,
		    millionths(w->drawn[node], l->whole));
		l->tier[node] = drawn ? PROF_SVG_DRAWN : PROF_SVG_HELD;
		hold(l, t->depth[node], drawn);
	}
}

static void
place_children(struct prof_svg_layout *l, const struct prof_tree *t,
    const struct weights *w, prof_u128 *x, uint32_t node,
    struct limits *lim)
{
	prof_u128 at = x[node], rest;
	uint32_t c, end = t->first_child[node] + t->nchildren[node];

	for (c = t->first_child[node]; c < end; at += w->drawn[c], c++) {
		if (t->gap != NULL)
			at += (uint64_t)t->gap[c];
		x[c] = at;
		l->left[c] = edge(at, l->whole);
		l->right[c] = edge(at + w->drawn[c], l->whole);
		place(l, t, w, c, lim);
	}
	rest = prof_svg_rest(t, node, lim->widths);
	/* In a chart it is all over the place. */
	l->rest[node] = edge(t->gap != NULL ? at : at + rest, l->whole);
	l->narrow += t->cut[node];
	l->narrow_weight += rest;
}

int64_t
prof_svg_min_total(int64_t whole, unsigned nsides,
    const struct prof_svg_opts *opts)
{
	int64_t min = opts->min_ppm == PROF_SVG_EVERYTHING ? 0 :
	    prof_tree_min_total(whole, opts->min_ppm != 0 ? opts->min_ppm :
	    PROF_SVG_MIN_PPM);

	/* A frame of two sides may be as wide as both together. */
	min = min / nsides + (min % nsides != 0);
	return min > 1 ? min : 1;
}

static bool
has_wide(const struct prof_tree *t, const prof_u128 *w, uint32_t ppm)
{
	uint32_t node;

	for (node = 1; node < t->n; node++)
		if (millionths(w[node], w[0]) >= ppm)
			return true;
	return false;
}

/* The two limits, below which frames are not held, or not drawn. */
static void
set_limits(struct prof_svg_layout *l, const struct prof_tree *t,
    const struct weights *w, const struct prof_svg_opts *opts,
    struct limits *lim)
{
	const struct weights drawn = { w->drawn, w->drawn };
	uint32_t ppm = opts->min_ppm == PROF_SVG_EVERYTHING ? 0 :
	    opts->min_ppm != 0 ? opts->min_ppm : PROF_SVG_MIN_PPM;

	lim->held = opts->min_ppm != 0 ? (struct limit){ ppm, 0 } :
	    limit_for(t, w, ppm, PROF_SVG_MAX_DATA, lim->max_rows);
	ppm = least_of(&lim->held);
	/* Where nothing is that wide, the widest are better than nothing. */
	if (opts->max_frames == 0 && ppm < PROF_SVG_DRAWN_PPM &&
	    !(opts->no_script && opts->min_ppm != 0) &&
	    has_wide(t, w->drawn, PROF_SVG_DRAWN_PPM))
		ppm = PROF_SVG_DRAWN_PPM;
	lim->drawn = limit_for(t, &drawn, ppm, opts->max_frames != 0 ?
	    opts->max_frames : PROF_SVG_MAX_FRAMES, lim->max_rows);
	if (opts->no_script || opts->no_data)
		lim->held = lim->drawn;
	else
		lim->everything = opts->min_ppm == PROF_SVG_EVERYTHING;
	l->limit_ppm = least_of(&lim->held);
	l->narrow_ppm = lim->held.ppm;
	l->drawn_ppm = least_of(&lim->drawn);
}

/* What of each node only the base has. */
static void
set_ghosts(struct prof_svg_layout *l, const struct prof_tree *t,
    const prof_u128 *w)
{
	prof_u128 *after = prof_svg_weigh(t, PROF_SVG_AFTER);
	uint32_t node;

	l->ghost = prof_zalloc(t->n, sizeof *l->ghost);
	for (node = 0; node < t->n; node++)
		if (l->tier[node] != PROF_SVG_OUT)
			l->ghost[node] = edge(w[node] - after[node],
			    l->whole);
	free(after);
}

static void
place_all(struct prof_svg_layout *l, const struct prof_tree *t,
    const struct weights *w, const struct prof_svg_opts *opts)
{
	struct limits lim = { .max_rows = opts->max_rows != 0 ?
	    opts->max_rows : PROF_SVG_MAX_ROWS, .widths = opts->widths };
	prof_u128 *x = prof_zalloc(t->n, sizeof *x);
	uint32_t node;

	set_limits(l, t, w, opts, &lim);
	l->right[0] = PROF_SVG_SPAN;
	l->tier[0] = PROF_SVG_DRAWN;
	l->rows = l->rows_drawn = 1;
	for (node = 0; node < t->n; node++)
		if (l->tier[node] != PROF_SVG_OUT)
			place_children(l, t, w, x, node, &lim);
	if (t->nsides == 2 && opts->widths == PROF_SVG_UNION)
		set_ghosts(l, t, w->drawn);
	free(x);
}

void
prof_svg_layout_init(struct prof_svg_layout *l, const struct prof_tree *t,
    const struct prof_svg_opts *opts)
{
	prof_u128 *w = prof_svg_weigh(t, opts->widths), *most = NULL;
	struct weights weights = { w, w };

	/* Other widths are a key away: no frame may be missing in them. */
	if (t->nsides == 2 && opts->widths != PROF_SVG_UNION &&
	    !opts->no_script && !opts->no_data)
		weights.held = most = prof_svg_weigh(t, PROF_SVG_UNION);
	memset(l, 0, sizeof *l);
	l->left = prof_zalloc(t->n, sizeof *l->left);
	l->right = prof_zalloc(t->n, sizeof *l->right);
	l->rest = prof_zalloc(t->n, sizeof *l->rest);
	l->tier = prof_zalloc(t->n, sizeof *l->tier);
	l->whole = w[0];
	if (w[0] != 0)
		place_all(l, t, &weights, opts);
	free(w);
	free(most);
}

void
prof_svg_layout_release(struct prof_svg_layout *l)
{
	free(l->left);
	free(l->right);
	free(l->rest);
	free(l->ghost);
	free(l->tier);
	memset(l, 0, sizeof *l);
}
