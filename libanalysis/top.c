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

static int
by_value(prof_i128 a, prof_i128 b)
{
	a = prof_num_abs(a);
	b = prof_num_abs(b);
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

/* Files in order, what has none behind them. */
static int
by_file(const struct prof_row *a, const struct prof_row *b)
{
	int d = (a->file_len == 0) - (b->file_len == 0);

	if (d == 0)
		d = prof_bytes_cmp(a->file, a->file_len, b->file,
		    b->file_len);
	return d != 0 ? d : (a->line > b->line) - (a->line < b->line);
}

prof_i128
prof_top_outer_calls(const struct prof_flat *f, uint32_t row)
{
	return f->primitive != NULL ? f->primitive[row] : f->calls[row];
}

/* Totals and calls fit 64 bits, or nearly: their products are exact. */
static int
by_call(const struct prof_flat *f, uint32_t a, uint32_t b)
{
	prof_i128 x = prof_top_outer_calls(f, a);
	prof_i128 y = prof_top_outer_calls(f, b);

	if (x <= 0 || y <= 0 || !prof_num_fits(x) || !prof_num_fits(y))
		return (y > 0) - (x > 0);
	return by_value(prof_num_abs(f->total[a]) * y,
	    prof_num_abs(f->total[b]) * x);
}

static int
cmp_rows(const void *ctx, uint32_t a, uint32_t b)
{
	const struct order *o = ctx;
	const struct prof_flat *f = o->t->flat;
	const struct prof_row *x = prof_rows_get(o->t->rows, a);
	const struct prof_row *y = prof_rows_get(o->t->rows, b);
	int d = 0;

	if (o->by == PROF_SORT_CALLS && f->calls != NULL)
		d = by_value(f->calls[a], f->calls[b]);
	else if (o->by == PROF_SORT_PER_CALL && f->calls != NULL)
		d = by_call(f, a, b);
	else if (o->by == PROF_SORT_FILE)
		d = by_file(x, y);
	if (o->by != PROF_SORT_TOTAL && o->by < PROF_SORT_NAME && d == 0)
		d = by_value(f->self[a], f->self[b]);
	if (d == 0 && o->by == PROF_SORT_PER_CALL)
		d = by_value(f->self[a], f->self[b]);
	if (d == 0 && o->by != PROF_SORT_NAME && o->by != PROF_SORT_FILE)
		d = by_value(f->total[a], f->total[b]);
	return d != 0 ? d : by_name(x, y);
}

static bool
has_value(const struct prof_flat *f, uint32_t row)
{
	return f->self[row] != 0 || f->total[row] != 0 ||
	    (f->calls != NULL && f->calls[row] != 0);
}

void
prof_top_init(struct prof_top *t, const struct prof_rows *rows,
    const struct prof_flat *flat, unsigned column, enum prof_top_sort sort,
    uint32_t limit)
{
	struct order o = { t, sort };
	uint32_t i;

	memset(t, 0, sizeof *t);
	prof_about_init(&t->about, rows->p, column);
	t->about.whole = flat->whole;
	t->about.sum = flat->sum;
	t->about.mean = flat->mean;
	if (flat->mean)
		t->about.samples = 0;
	t->rows = rows;
	t->flat = flat;
	t->sort = sort;
	t->order = prof_alloc((size_t)rows->n + 1, sizeof *t->order);
	for (i = 1; i <= rows->n; i++)
		if (has_value(flat, i))
			t->order[t->n++] = i;
	prof_sort_ids(t->order, t->n, cmp_rows, &o);
	t->kept = t->n;
	prof_top_limit(t, limit);
}

void
prof_top_include(struct prof_top *t, const bool *rows)
{
	uint32_t i;

	for (i = 1; i <= t->rows->n; i++)
		if (rows[i] && !has_value(t->flat, i))
			t->order[t->n++] = i;
}

void
prof_top_limit(struct prof_top *t, uint64_t limit)
{
	t->shown = limit != 0 && limit < t->kept ? (uint32_t)limit :
	    t->kept;
}

static bool
is_kept(const struct prof_top *t, uint32_t row, uint32_t min_ppm,
    bool drop_negative)
{
	prof_i128 self = t->flat->self[row], total = t->flat->total[row];

	if (drop_negative && (self < 0 || (self == 0 && total < 0)))
		return false;
	return prof_num_abs(total) * 1000000 >= t->flat->whole * min_ppm;
}

void
prof_top_keep(struct prof_top *t, uint32_t min_ppm, bool drop_negative)
{
	struct order o = { t, t->sort };
	uint32_t *rest = prof_alloc(t->n, sizeof *rest), i, n = 0;

	prof_sort_ids(t->order, t->n, cmp_rows, &o);
	t->kept = 0;
	for (i = 0; i < t->n; i++) {
		if (is_kept(t, t->order[i], min_ppm, drop_negative))
			t->order[t->kept++] = t->order[i];
		else
			rest[n++] = t->order[i];
	}
	for (i = 0; i < n; i++)
		t->order[t->kept + i] = rest[i];
	free(rest);
	prof_top_limit(t, 0);
}

void
prof_top_release(struct prof_top *t)
{
	free(t->order);
	free(t->callers);
	free(t->callees);
	memset(t, 0, sizeof *t);
}

prof_i128
prof_top_calls(const struct prof_top *t)
{
	prof_i128 sum = 0;
	uint32_t i;

	for (i = 1; t->flat->calls != NULL && i <= t->flat->n; i++)
		sum += t->flat->calls[i];
	return sum;
}

struct prof_rest
prof_top_rest(const struct prof_top *t)
{
	struct prof_rest rest = { t->n - t->shown, 0 };
	uint32_t i;

	for (i = t->shown; i < t->n && !t->about.mean; i++)
		rest.self += t->flat->self[t->order[i]];
	return rest;
}

struct prof_amount
prof_top_amount(const struct prof_top *t, const struct prof_wish *wish)
{
	struct prof_spread s = { 0 };
	uint32_t i;

	prof_spread_add(&s, t->flat->whole);
	for (i = 0; i < t->shown; i++) {
		prof_spread_add(&s, t->flat->self[t->order[i]]);
		prof_spread_add(&s, t->flat->total[t->order[i]]);
	}
	return prof_about_amount(&t->about, &s, wish);
}

/* --- callers and callees -------------------------------------------------- */

struct edge_order {
	const struct prof_top *t;
	const uint32_t *rank;	/* by row: place in the flat order */
	const uint32_t *of, *other;	/* by edge: its rows */
};

static int
cmp_edges(const void *ctx, uint32_t a, uint32_t b)
{
	const struct edge_order *o = ctx;
	const struct prof_graph *g = o->t->graph;
	const struct prof_rows *v = o->t->rows;
	uint32_t x = o->of[a], y = o->of[b];
	int d;

	if (x != y && o->rank[x] != o->rank[y])
		return o->rank[x] < o->rank[y] ? -1 : 1;
	if (x != y)
		return x < y ? -1 : 1;
	d = by_value(g->value[a], g->value[b]);
	x = o->other[a];
	y = o->other[b];
	if (d != 0 || x == y)
		return d;
	if (x == 0 || y == 0)
		return x == 0 ? -1 : 1;
	return by_name(prof_rows_get(v, x), prof_rows_get(v, y));
}

const struct prof_row *
prof_top_edge_row(const struct prof_top *t, uint32_t row)
{
	static const struct prof_row root = { .name = "(root)",
	    .name_len = 6, .file = "", .module = "" };

	return row != 0 ? prof_rows_get(t->rows, row) : &root;
}

/* The edges whose row of is chosen, those of one row together. */
static uint32_t *
sort_edges(const struct edge_order *o, const bool *chosen, uint32_t *n)
{
	uint32_t count = o->t->graph->n, i;
	uint32_t *edges = prof_alloc((size_t)count + 1, sizeof *edges);

	*n = 0;
	for (i = 0; i < count; i++)
		if (o->of[i] != 0 && chosen[o->of[i]])
			edges[(*n)++] = i;
	prof_sort_ids(edges, *n, cmp_edges, o);
	return edges;
}

void
prof_top_graph(struct prof_top *t, const struct prof_graph *g,
    enum prof_graph_side side, const bool *chosen)
{
	uint32_t *rank = prof_alloc((size_t)t->rows->n + 1, sizeof *rank);
	struct edge_order in = { t, rank, g->callee, g->caller };
	struct edge_order out = { t, rank, g->caller, g->callee };
	uint32_t i, n = 0, kept = 0;

	/* Behind all others: rows that are 0 and not in the order. */
	for (i = 0; i <= t->rows->n; i++)
		rank[i] = UINT32_MAX;
	for (i = 0; i < t->n; i++)
		if (chosen[t->order[i]]) {
			kept += i < t->kept;
			rank[t->order[i]] = n;
			t->order[n++] = t->order[i];
		}
	t->shown = t->shown < t->kept && t->shown < kept ? t->shown : kept;
	t->n = n;
	t->kept = kept;
	t->graph = g;
	t->side = side;
	if (side != PROF_GRAPH_CALLEES)
		t->callers = sort_edges(&in, chosen, &t->ncallers);
	if (side != PROF_GRAPH_CALLERS)
		t->callees = sort_edges(&out, chosen, &t->ncallees);
	free(rank);
}
