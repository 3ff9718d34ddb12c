/* SPDX-License-Identifier: MIT */
#include "libanalysis/flameterm_rows.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

struct placing {
	struct prof_flameterm_rows *r;
	const struct prof_tree *t;
	const prof_u128 *w;
	enum prof_svg_widths widths;
	unsigned shift;		/* so that a product with columns fits */
};

static uint32_t
column(const struct placing *p, prof_u128 x)
{
	prof_u128 whole = p->r->whole >> p->shift;

	return (uint32_t)(((x >> p->shift) * p->r->columns + whole / 2) /
	    whole);
}

static bool
is_narrow(const struct placing *p, prof_u128 width)
{
	return (width >> p->shift) * p->r->columns < p->r->whole >> p->shift;
}

static struct prof_flameterm_seg *
add_seg(struct prof_flameterm_rows *r, uint32_t from, uint32_t to)
{
	struct prof_flameterm_seg *s;

	PROF_RESERVE(r->seg, r->cap, r->n + 1);
	s = &r->seg[r->n++];
	memset(s, 0, sizeof *s);
	s->from = from;
	s->to = to;
	return s;
}

/* Runs that touch, of one caller or of two, are one. */
static void
add_run(struct placing *p, prof_u128 x, prof_u128 end)
{
	struct prof_flameterm_rows *r = p->r;
	uint32_t from = column(p, x), to = column(p, end);
	struct prof_flameterm_seg *last;

	if (from == to)
		return;
	last = r->n > r->start[r->nrows] ? &r->seg[r->n - 1] : NULL;
	if (last != NULL && last->run && last->to == from)
		last->to = to;
	else
		add_seg(r, from, to)->run = true;
}

static bool
is_drawn(const struct placing *p, uint32_t node, prof_u128 x)
{
	return !is_narrow(p, p->w[node]) &&
	    column(p, x) < column(p, x + p->w[node]);
}

static void
add_frame(struct placing *p, uint32_t node, prof_u128 x, size_t below)
{
	struct prof_flameterm_seg *s = add_seg(p->r, column(p, x),
	    column(p, x + p->w[node]));

	s->x = x;
	s->node = node;
	s->below = (uint32_t)below;
	p->r->frames++;
}

/* What a chart has before a node; dots if callees may be part of it. */
static prof_u128
skip_gap(struct placing *p, uint32_t parent, uint32_t node, prof_u128 *run,
    prof_u128 at)
{
	if (p->t->gap == NULL)
		return at;
	if (p->t->cut[parent] == 0) {
		add_run(p, *run, at);
		*run = at + (uint64_t)p->t->gap[node];
	}
	return at + (uint64_t)p->t->gap[node];
}

static void
place_children(struct placing *p, size_t below)
{
	const struct prof_tree *t = p->t;
	uint32_t node = p->r->seg[below].node, c, end;
	prof_u128 at = p->r->seg[below].x, run = at;
	prof_u128 right = at + p->w[node];

	end = t->first_child[node] + t->nchildren[node];
	for (c = t->first_child[node]; c < end; c++) {
		at = skip_gap(p, node, c, &run, at);
		if (is_drawn(p, c, at)) {
			add_run(p, run, at);
			add_frame(p, c, at, below);
			run = at + p->w[c];
		} else {
			p->r->narrow++;
			p->r->narrow_weight += p->w[c];
		}
		at += p->w[c];
	}
	if (t->cut[node] > 0) {
		p->r->narrow += t->cut[node];
		p->r->narrow_weight += prof_svg_rest(t, node, p->widths);
		at = t->gap != NULL ? right :
		    at + prof_svg_rest(t, node, p->widths);
	}
	add_run(p, run, at);
}

static void
end_row(struct prof_flameterm_rows *r)
{
	r->nrows++;
	PROF_RESERVE(r->start, r->start_cap, (size_t)r->nrows + 1);
	r->start[r->nrows] = r->n;
}

/* Whatever the frames of the last row call. */
static void
weigh_deep(struct placing *p)
{
	struct prof_flameterm_rows *r = p->r;
	const struct prof_tree *t = p->t;
	uint32_t node, k;
	size_t i;

	for (i = r->start[r->nrows - 1]; i < r->n; i++) {
		if (r->seg[i].run)
			continue;
		node = r->seg[i].node;
		r->deep_weight += prof_svg_rest(t, node, p->widths);
		for (k = 0; k < t->nchildren[node]; k++)
			r->deep_weight += p->w[t->first_child[node] + k];
	}
}

void
prof_flameterm_rows_init(struct prof_flameterm_rows *r,
    const struct prof_tree *t, uint32_t columns, uint32_t max_rows,
    enum prof_svg_widths widths)
{
	prof_u128 *w = prof_svg_weigh(t, widths);
	struct placing p = { r, t, w, widths, 0 };
	size_t i, end;

	memset(r, 0, sizeof *r);
	PROF_RESERVE(r->start, r->start_cap, 1);
	r->start[0] = 0;
	r->columns = columns;
	r->whole = w[0];
	while (r->whole >> p.shift >> 96 != 0)
		p.shift++;
	if (w[0] != 0) {
		add_seg(r, 0, columns);
		end_row(r);
	}
	while (r->nrows > 0 && r->nrows < max_rows) {
		end = r->n;
		for (i = r->start[r->nrows - 1]; i < end; i++)
			if (!r->seg[i].run)
				place_children(&p, i);
		if (r->n == end)
			break;
		end_row(r);
	}
	if (r->nrows == max_rows && r->nrows > 0)
		weigh_deep(&p);
	free(w);
}

void
prof_flameterm_rows_release(struct prof_flameterm_rows *r)
{
	free(r->seg);
	free(r->start);
	memset(r, 0, sizeof *r);
}
