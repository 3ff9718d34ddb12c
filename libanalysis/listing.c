/* SPDX-License-Identifier: MIT */
#include "libanalysis/listing.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/flat.h"
#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/* A line or inlined call, before they are put in order. */
struct node {
	struct prof_listed is;
	uint32_t into;		/* node that has it inlined; 0: a line */
	bool touched;		/* by a sample of a value */
};

/* What a frame at a location counts for. */
struct use {
	uint32_t node;
	bool innermost;		/* has the self of a leaf */
};

struct maker {
	const struct prof_rows *v;
	const bool *chosen;
	struct node *node;	/* [id - 1] */
	uint32_t n;
	size_t cap;
	struct prof_map map;
	uint64_t seed;
	struct use *use;
	size_t nuses, use_cap;
	size_t *first;		/* by location id - 1: index in use */
};

static uint32_t
find_node(struct maker *m, uint32_t into, uint32_t row, int64_t line)
{
	struct node *o;
	uint64_t hash;
	uint32_t at, id;

	hash = prof_hash_add(m->seed, m->seed, (uint64_t)into << 32 | row);
	hash = prof_hash_add(m->seed, hash, (uint64_t)line);
	for (id = prof_map_first(&m->map, hash, &at); id != 0;
	    id = prof_map_next(&m->map, hash, &at)) {
		o = &m->node[id - 1];
		if (o->into == into && o->is.row == row && o->is.line == line)
			return id;
	}
	PROF_ASSERT(m->n < UINT32_MAX);
	PROF_RESERVE(m->node, m->cap, (size_t)m->n + 1);
	o = &m->node[m->n++];
	memset(o, 0, sizeof *o);
	o->into = into;
	o->is.row = row;
	o->is.line = line;
	o->is.depth = into != 0 ? m->node[into - 1].is.depth + 1 : 0;
	prof_map_put(&m->map, hash, m->n);
	return m->n;
}

static void
add_use(struct maker *m, uint32_t node, bool innermost)
{
	PROF_RESERVE(m->use, m->use_cap, m->nuses + 1);
	m->use[m->nuses].node = node;
	m->use[m->nuses++].innermost = innermost;
}

/* A chosen function at a line of a location, and what is inlined there. */
static void
add_place(struct maker *m, const struct prof_line *line, const uint32_t *row,
    uint32_t i)
{
	uint32_t depth, node = 0;

	for (depth = 0; depth <= PROF_LISTING_DEPTH; depth++) {
		node = find_node(m, node, row[i], line[i].line > 0 ?
		    line[i].line : 0);
		add_use(m, node, i == 0);
		if (i-- == 0)
			break;
	}
}

static void
add_locations(struct maker *m)
{
	const struct prof_profile *p = m->v->p;
	const struct prof_location *l;
	const struct prof_line *line;
	const uint32_t *row;
	uint32_t id, i;
	size_t n;

	m->first = prof_zalloc((size_t)p->nloc + 1, sizeof *m->first);
	for (id = 1; id <= p->nloc; id++) {
		l = prof_profile_loc(p, id);
		line = prof_profile_lines(p, l);
		row = prof_rows_of(m->v, id, &n);
		for (i = 0; i < l->nlines; i++)
			if (m->chosen[row[i]])
				add_place(m, line, row, i);
		m->first[id] = m->nuses;
	}
}

static void
add_stack(struct maker *m, uint32_t *stamp, prof_stack s, int64_t weight)
{
	size_t i, k, n;
	const prof_loc *run = prof_profile_stack(m->v->p, s, &n);
	struct prof_listed *o;

	for (i = 0; i < n; i++)
		for (k = m->first[run[i] - 1]; k < m->first[run[i]]; k++) {
			o = &m->node[m->use[k].node - 1].is;
			if (i == 0 && m->use[k].innermost)
				o->self += weight;
			m->node[m->use[k].node - 1].touched = true;
			if (stamp[m->use[k].node - 1] != s) {
				stamp[m->use[k].node - 1] = s;
				o->total += weight;
			}
		}
}

static int
add_stacks(struct maker *m, unsigned column, struct prof_err *err)
{
	const struct prof_profile *p = m->v->p;
	int64_t *weight = prof_alloc((size_t)p->stacks.n + 1,
	    sizeof *weight);
	int rc = prof_flat_weights(p, column, weight, err);
	uint32_t *stamp;
	prof_stack s;

	if (rc == PROF_OK) {
		add_locations(m);
		stamp = prof_zalloc((size_t)m->n + 1, sizeof *stamp);
		for (s = 1; s <= p->stacks.n; s++)
			if (weight[s] != 0)
				add_stack(m, stamp, s, weight[s]);
		free(stamp);
	}
	free(weight);
	return rc;
}

/* What was measured of whole functions; false: nothing for this column. */
static bool
add_edges(struct maker *m, unsigned column)
{
	const struct prof_profile *p = m->v->p;
	const struct prof_edges *e = &p->edges;
	int self = prof_profile_edge_column(p, PROF_EDGE_SELF,
	    p->type[column].type);
	int total = prof_profile_edge_column(p, PROF_EDGE_TOTAL,
	    p->type[column].type);
	int calls = prof_profile_edge_column(p, PROF_EDGE_CALLS, 0);
	struct prof_listed *o;
	uint32_t i, row, id;
	int64_t line;

	if (self < 0 || total < 0 || e->n == 0)
		return false;
	for (i = 0; i < e->n; i++) {
		row = prof_rows_of_fn(m->v, e->callee[i]);
		if (e->caller[i] != 0 || !m->chosen[row])
			continue;
		line = prof_profile_fn(p, e->callee[i])->start;
		id = find_node(m, 0, row, line > 0 ? line : 0);
		o = &m->node[id - 1].is;
		o->self += e->value[self][i];
		o->total += e->value[total][i];
		o->called = calls >= 0;
		o->calls += calls >= 0 ? prof_flat_calls(e, calls,
		    e->value[calls][i]) : 0;
	}
	return true;
}

static int
compare_texts(const struct prof_row *a, const struct prof_row *b)
{
	int order = strcmp(a->name, b->name);

	return order != 0 ? order : strcmp(a->file, b->file);
}

/* Nodes of one parent come together, in the order that listing.h says. */
static int
compare_nodes(const void *ctx, uint32_t a, uint32_t b)
{
	const struct maker *m = ctx;
	const struct node *x = &m->node[a - 1], *y = &m->node[b - 1];
	prof_i128 s = x->is.total < 0 ? -x->is.total : x->is.total;
	prof_i128 t = y->is.total < 0 ? -y->is.total : y->is.total;
	int order;

	if (x->into != y->into)
		return x->into < y->into ? -1 : 1;
	if (x->into == 0 && x->is.row != y->is.row)
		return x->is.row < y->is.row ? -1 : 1;
	if (x->into != 0 && s != t)
		return s > t ? -1 : 1;
	order = x->is.row == y->is.row ? 0 : compare_texts(
	    prof_rows_get(m->v, x->is.row), prof_rows_get(m->v, y->is.row));
	if (order != 0)
		return order;
	return (x->is.line > y->is.line) - (x->is.line < y->is.line);
}

/* Where the calls inlined into each node begin among the sorted ids. */
static uint32_t *
find_children(const struct maker *m, const uint32_t *ids)
{
	uint32_t *first = prof_zalloc((size_t)m->n + 2, sizeof *first), i;

	for (i = 0; i < m->n; i++)
		first[m->node[ids[i] - 1].into + 1]++;
	for (i = 0; i <= m->n; i++)
		first[i + 1] += first[i];
	return first;
}

/* Values may cancel out on a line, and not in what it calls. */
static bool
is_shown(const struct maker *m, uint32_t id)
{
	const struct node *o = &m->node[id - 1];

	return o->touched || o->is.self != 0 || o->is.total != 0 ||
	    o->is.called;
}

/* A line with all that is inlined there, from the top. */
static void
put_line(struct prof_listing *l, const struct maker *m, const uint32_t *ids,
    const uint32_t *first, uint32_t id)
{
	uint32_t open[PROF_LISTING_DEPTH + 1], depth = 0;
	uint32_t next[PROF_LISTING_DEPTH + 1];

	open[0] = id;
	next[0] = first[id];
	l->at[l->n++] = m->node[id - 1].is;
	for (;;) {
		if (next[depth] == first[open[depth] + 1]) {
			if (depth-- == 0)
				break;
			continue;
		}
		id = ids[next[depth]++];
		if (!is_shown(m, id))
			continue;
		l->at[l->n++] = m->node[id - 1].is;
		open[++depth] = id;
		next[depth] = first[id];
	}
}

static void
put_in_order(struct prof_listing *l, const struct maker *m)
{
	uint32_t *ids = prof_alloc((size_t)m->n + 1, sizeof *ids), *first;
	uint32_t i, row = 0;
	const struct node *o;

	for (i = 0; i < m->n; i++)
		ids[i] = i + 1;
	prof_sort_ids(ids, m->n, compare_nodes, m);
	first = find_children(m, ids);
	l->at = prof_zalloc((size_t)m->n + 1, sizeof *l->at);
	for (i = 0; i < first[1]; i++) {
		o = &m->node[ids[i] - 1];
		while (row < o->is.row)
			l->first[row++] = l->n;
		if (is_shown(m, ids[i]))
			put_line(l, m, ids, first, ids[i]);
	}
	while (row <= m->v->n)
		l->first[row++] = l->n;
	free(first);
	free(ids);
}

int
prof_listing_init(struct prof_listing *l, const struct prof_rows *v,
    unsigned column, const bool *chosen, struct prof_err *err)
{
	struct maker m = { .v = v, .chosen = chosen,
	    .seed = prof_hash_seed() };
	int rc = PROF_OK;

	memset(l, 0, sizeof *l);
	l->first = prof_zalloc((size_t)v->n + 1, sizeof *l->first);
	if (column >= v->p->ntypes)
		return PROF_OK;
	if (!add_edges(&m, column) || !v->p->meta.estimated)
		rc = add_stacks(&m, column, err);
	if (rc == PROF_OK)
		put_in_order(l, &m);
	prof_map_release(&m.map);
	free(m.node);
	free(m.use);
	free(m.first);
	return rc;
}

void
prof_listing_release(struct prof_listing *l)
{
	free(l->at);
	free(l->first);
	memset(l, 0, sizeof *l);
}
