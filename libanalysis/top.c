/* SPDX-License-Identifier: MIT */
#include "libanalysis/top.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

struct order {
	const struct prof_top *t;
	enum prof_top_sort by;
};

static prof_i128
absolute(prof_i128 v)
{
	return v < 0 ? -v : v;
}

static int
by_value(prof_i128 a, prof_i128 b)
{
	a = absolute(a);
	b = absolute(b);
	return (a < b) - (a > b);
}

static int
by_name(const struct prof_row *a, const struct prof_row *b)
{
	int d = prof_bytes_cmp(a->name, a->name_len, b->name, b->name_len);

	if (d == 0)
		d = prof_bytes_cmp(a->file, a->file_len, b->file,
		    b->file_len);
	if (d == 0)
		d = prof_bytes_cmp(a->module, a->module_len, b->module,
		    b->module_len);
	if (d == 0)
		d = (a->line > b->line) - (a->line < b->line);
	return d;
}

static int
cmp_rows(const void *ctx, uint32_t a, uint32_t b)
{
	const struct order *o = ctx;
	const struct prof_flat *f = o->t->flat;
	int d = 0;

	if (o->by == PROF_SORT_CALLS && f->calls != NULL)
		d = by_value(f->calls[a], f->calls[b]);
	if (o->by == PROF_SORT_SELF || (d == 0 && o->by == PROF_SORT_CALLS))
		d = by_value(f->self[a], f->self[b]);
	if (o->by == PROF_SORT_TOTAL || (d == 0 && o->by != PROF_SORT_NAME))
		d = by_value(f->total[a], f->total[b]);
	if (d == 0)
		d = by_name(prof_rows_get(o->t->rows, a),
		    prof_rows_get(o->t->rows, b));
	return d;
}

void
prof_top_init(struct prof_top *t, const struct prof_rows *rows,
    const struct prof_flat *flat, unsigned column, enum prof_top_sort sort,
    uint32_t limit)
{
	struct order o = { t, sort };
	uint32_t i;

	memset(t, 0, sizeof *t);
	t->rows = rows;
	t->flat = flat;
	t->column = column;
	t->order = prof_alloc((size_t)rows->n + 1, sizeof *t->order);
	for (i = 1; i <= rows->n; i++)
		if (flat->self[i] != 0 || flat->total[i] != 0 ||
		    (flat->calls != NULL && flat->calls[i] != 0))
			t->order[t->n++] = i;
	prof_sort_ids(t->order, t->n, cmp_rows, &o);
	prof_top_limit(t, limit);
}

void
prof_top_limit(struct prof_top *t, uint64_t limit)
{
	t->shown = limit != 0 && limit < t->n ? (uint32_t)limit : t->n;
}

void
prof_top_release(struct prof_top *t)
{
	free(t->order);
	free(t->edges);
	memset(t, 0, sizeof *t);
}

struct edge_order {
	const struct prof_top *t;
	const uint32_t *rank;	/* by row: place in the flat order */
};

static int
cmp_edges(const void *ctx, uint32_t a, uint32_t b)
{
	const struct edge_order *o = ctx;
	const struct prof_graph *g = o->t->graph;
	const struct prof_rows *v = o->t->rows;
	uint32_t x = prof_top_edge_of(o->t, a), y = prof_top_edge_of(o->t, b);
	int d;

	if (x != y && o->rank[x] != o->rank[y])
		return o->rank[x] < o->rank[y] ? -1 : 1;
	if (x != y)
		return x < y ? -1 : 1;
	d = by_value(g->value[a], g->value[b]);
	x = prof_top_edge_other(o->t, a);
	y = prof_top_edge_other(o->t, b);
	if (d != 0 || x == y)
		return d;
	if (x == 0 || y == 0)
		return x == 0 ? -1 : 1;
	return by_name(prof_rows_get(v, x), prof_rows_get(v, y));
}

const struct prof_row *
prof_top_edge_row(const struct prof_top *t, uint32_t edge)
{
	static const struct prof_row root = { .name = "(root)",
	    .name_len = 6, .file = "", .module = "" };
	uint32_t row = prof_top_edge_other(t, edge);

	return row != 0 ? prof_rows_get(t->rows, row) : &root;
}

void
prof_top_graph(struct prof_top *t, const struct prof_graph *g,
    enum prof_graph_side side, const bool *chosen)
{
	uint32_t *rank = prof_alloc((size_t)t->rows->n + 1, sizeof *rank);
	struct edge_order o = { t, rank };
	uint32_t i, n = 0;

	/* Behind all others: rows that are 0 and not in the order. */
	for (i = 0; i <= t->rows->n; i++)
		rank[i] = UINT32_MAX;
	for (i = 0; i < t->n; i++)
		if (chosen[t->order[i]]) {
			rank[t->order[i]] = n;
			t->order[n++] = t->order[i];
		}
	t->shown = t->shown < t->n && t->shown < n ? t->shown : n;
	t->n = n;
	t->graph = g;
	t->side = side;
	t->edges = prof_alloc((size_t)g->n + 1, sizeof *t->edges);
	for (i = 0; i < g->n; i++)
		t->edges[i] = i;
	prof_sort_ids(t->edges, g->n, cmp_edges, &o);
	free(rank);
}
