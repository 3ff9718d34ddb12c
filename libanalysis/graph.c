/* SPDX-License-Identifier: MIT */
#include "libanalysis/graph.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/flat.h"
#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/nomem.h"

struct making {
	struct prof_graph *g;
	const struct prof_rows *v;
	enum prof_graph_side side;
	const bool *chosen;
	uint8_t *wants;		/* by row: IN, OUT: which edges count */
	bool *near;		/* by location: one of its rows wants any */
	struct prof_map map;
	uint64_t seed;
	prof_stack *stamp;	/* by edge: the last stack that counted it */
	size_t stamp_cap;
	bool calls;		/* edges count them */
};

enum { IN = 1, OUT = 2 };

/* Room for one edge more; true if the columns have grown. */
static bool
reserve(struct prof_graph *g)
{
	size_t cap = g->cap;

	if (g->n < cap)
		return false;
	g->caller = prof_grow(g->caller, &cap, (size_t)g->n + 1,
	    sizeof *g->caller);
	g->cap = cap;
	g->callee = prof_resize(g->callee, cap, sizeof *g->callee);
	g->value = prof_resize(g->value, cap, sizeof *g->value);
	return true;
}

static uint32_t
find_edge(struct making *m, uint32_t caller, uint32_t callee)
{
	struct prof_graph *g = m->g;
	uint64_t hash = prof_hash_mix(m->seed,
	    (uint64_t)caller << 32 | callee);
	uint32_t at, id;

	for (id = prof_map_first(&m->map, hash, &at); id != 0;
	    id = prof_map_next(&m->map, hash, &at))
		if (g->caller[id - 1] == caller && g->callee[id - 1] == callee)
			return id - 1;
	if (reserve(g)) {
		g->self = prof_resize(g->self, g->cap, sizeof *g->self);
		g->calls = prof_resize(g->calls, g->cap, sizeof *g->calls);
	}
	PROF_RESERVE(m->stamp, m->stamp_cap, (size_t)g->n + 1);
	g->caller[g->n] = caller;
	g->callee[g->n] = callee;
	g->value[g->n] = g->self[g->n] = g->calls[g->n] = 0;
	m->stamp[g->n] = 0;
	prof_map_put(&m->map, hash, ++g->n);
	return g->n - 1;
}

static void
choose_edges(struct making *m)
{
	const struct prof_rows *v = m->v;
	uint32_t i, at;

	m->wants = prof_zalloc((size_t)v->n + 1, sizeof *m->wants);
	m->near = prof_zalloc((size_t)v->p->nloc + 1, sizeof *m->near);
	for (i = 1; i <= v->n; i++) {
		if (!m->chosen[i])
			continue;
		m->wants[i] = m->side == PROF_GRAPH_CALLERS ? IN :
		    m->side == PROF_GRAPH_CALLEES ? OUT : IN | OUT;
	}
	for (i = 1; i <= v->p->nloc; i++)
		for (at = v->first[i - 1]; at < v->first[i]; at++)
			m->near[i] = m->near[i] || m->wants[v->of[at]] != 0;
}

static inline bool
is_wanted(const struct making *m, uint32_t caller, uint32_t callee)
{
	return ((m->wants[caller] & OUT) | (m->wants[callee] & IN)) != 0;
}

static void
add_edge(struct making *m, prof_stack s, uint32_t caller, uint32_t callee,
    int64_t weight)
{
	uint32_t e;

	if (caller == callee)
		return;
	e = find_edge(m, caller, callee);
	if (m->stamp[e] == s)
		return;
	m->stamp[e] = s;
	m->g->value[e] += weight;
}

/* The edges within a location, and from the one that called it. */
static void
add_location(struct making *m, prof_stack s, prof_loc by, prof_loc loc,
    int64_t weight)
{
	const struct prof_rows *v = m->v;
	uint32_t caller = by != 0 ? v->of[v->first[by - 1]] : 0, row, at;

	for (at = v->first[loc]; at > v->first[loc - 1]; at--) {
		row = v->of[at - 1];
		if (is_wanted(m, caller, row))
			add_edge(m, s, caller, row, weight);
		caller = row;
	}
}

/*
 * From the root to the leaf, so that each frame has seen its caller.  Most
 * frames are far from what was chosen.
 */
static void
add_stack(struct making *m, prof_stack s, int64_t weight)
{
	const prof_loc *run;
	prof_loc by = 0;
	size_t i, n;

	run = prof_profile_stack(m->v->p, s, &n);
	for (i = n; i > 0; i--) {
		if (m->near[run[i - 1]] || m->near[by])
			add_location(m, s, by, run[i - 1], weight);
		by = run[i - 1];
	}
}

static int
add_stacks(struct making *m, unsigned column, struct prof_err *err)
{
	const struct prof_profile *p = m->v->p;
	int64_t *weight = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *weight);
	prof_stack s;
	int rc = prof_flat_weights(p, column, weight, err);

	for (s = 1; s <= p->stacks.n && rc == PROF_OK; s++)
		if (weight[s] != 0)
			add_stack(m, s, weight[s]);
	free(weight);
	return rc;
}

/* Columns of edges that belong to a value column; -1 for none. */
struct columns {
	int self, total, calls;
};

static void
add_measured(struct making *m, const struct columns *c, uint32_t row)
{
	const struct prof_edges *e = &m->v->p->edges;
	struct prof_graph *g = m->g;
	uint32_t at, caller = prof_rows_of_fn(m->v, e->caller[row]);
	uint32_t callee = prof_rows_of_fn(m->v, e->callee[row]);

	if (!is_wanted(m, caller, callee))
		return;
	at = find_edge(m, caller, callee);
	g->value[at] += e->value[c->total][row];
	g->self[at] += e->value[c->self][row];
	if (c->calls >= 0)
		g->calls[at] += e->value[c->calls][row];
}

/* Give the calls from the root what is not explained by callers. */
static void
subtract_explained(struct making *m, const struct columns *c)
{
	const struct prof_edges *e = &m->v->p->edges;
	struct prof_graph *g = m->g;
	uint32_t i, at, row;

	for (i = 0; i < e->n; i++) {
		row = prof_rows_of_fn(m->v, e->callee[i]);
		if (e->caller[i] == 0 || !m->chosen[row])
			continue;
		at = find_edge(m, 0, row);
		g->value[at] -= e->value[c->total][i];
		g->self[at] -= e->value[c->self][i];
		if (c->calls >= 0)
			g->calls[at] -= e->value[c->calls][i];
	}
}

static prof_i128
at_least_zero(prof_i128 v)
{
	return v < 0 ? 0 : v;
}

/*
 * Callers of a recursive function explain more than its outermost calls
 * took, and rounding leaves crumbs: where calls are known they decide.
 */
static void
clear_explained(struct prof_graph *g, bool calls)
{
	uint32_t i;

	for (i = 0; i < g->n; i++) {
		if (g->caller[i] != 0)
			continue;
		g->value[i] = at_least_zero(g->value[i]);
		g->self[i] = at_least_zero(g->self[i]);
		if (calls && g->calls[i] <= 0)
			g->value[i] = g->self[i] = g->calls[i] = 0;
	}
}

static void
drop_empty_roots(struct prof_graph *g)
{
	uint32_t i, n = 0;

	for (i = 0; i < g->n; i++) {
		if (g->caller[i] == 0 && g->value[i] == 0 && g->calls[i] == 0)
			continue;
		g->caller[n] = g->caller[i];
		g->callee[n] = g->callee[i];
		g->value[n] = g->value[i];
		g->self[n] = g->self[i];
		g->calls[n++] = g->calls[i];
	}
	g->n = n;
}

static void
scale_calls(struct prof_graph *g, const struct prof_edges *e, int column)
{
	uint32_t i;

	for (i = 0; i < g->n && column >= 0; i++)
		g->calls[i] = prof_flat_calls(e, column, g->calls[i]);
}

static bool
knows_callers(const struct prof_edges *e)
{
	uint32_t i;

	for (i = 0; i < e->n; i++)
		if (e->caller[i] != 0)
			return true;
	return false;
}

/* false: the edges say nothing about this column. */
static bool
add_edges(struct making *m, unsigned column)
{
	const struct prof_profile *p = m->v->p;
	prof_str type = p->type[column].type;
	struct columns c = {
		prof_profile_edge_column(p, PROF_EDGE_SELF, type),
		prof_profile_edge_column(p, PROF_EDGE_TOTAL, type),
		prof_profile_edge_column(p, PROF_EDGE_CALLS, 0)
	};
	uint32_t i;

	if (c.self < 0 || c.total < 0 || p->edges.n == 0)
		return false;
	m->g->unknown = !knows_callers(&p->edges);
	for (i = 0; i < p->edges.n && !m->g->unknown; i++)
		add_measured(m, &c, i);
	if (m->side != PROF_GRAPH_CALLEES) {
		subtract_explained(m, &c);
		clear_explained(m->g, c.calls >= 0);
	}
	scale_calls(m->g, &p->edges, c.calls);
	m->g->estimated = !p->edges.exact[c.total];
	m->calls = c.calls >= 0;
	return true;
}

/* Stacks, alone or beside edges, do not count calls. */
static void
forget_unknown(struct prof_graph *g, bool self, bool calls)
{
	if (!self) {
		free(g->self);
		g->self = NULL;
	}
	if (!calls) {
		free(g->calls);
		g->calls = NULL;
	}
}

static int
check_range(const struct prof_graph *g, struct prof_err *err)
{
	uint32_t i;

	for (i = 0; i < g->n; i++)
		if (!prof_num_fits(g->value[i]))
			return prof_fail(err, PROF_ERANGE,
			    "the values of an edge leave 64 bits");
	return PROF_OK;
}

int
prof_graph_init(struct prof_graph *g, const struct prof_rows *v,
    unsigned column, enum prof_graph_side side, const bool *chosen,
    struct prof_err *err)
{
	struct making m = { .g = g, .v = v, .side = side, .chosen = chosen };
	const struct prof_profile *p = v->p;
	bool edges, stacks;
	int rc = PROF_OK;

	memset(g, 0, sizeof *g);
	if (column >= p->ntypes)
		return PROF_OK;
	m.seed = prof_hash_seed();
	choose_edges(&m);
	edges = add_edges(&m, column);
	stacks = !edges || (!p->meta.estimated && p->nsamples > 0);
	if (stacks)
		rc = add_stacks(&m, column, err);
	drop_empty_roots(g);
	forget_unknown(g, edges && !stacks, edges && !stacks && m.calls);
	free(m.stamp);
	free(m.wants);
	free(m.near);
	prof_map_release(&m.map);
	return rc == PROF_OK ? check_range(g, err) : rc;
}

void
prof_graph_add(struct prof_graph *g, uint32_t caller, uint32_t callee,
    prof_i128 value)
{
	reserve(g);
	g->caller[g->n] = caller;
	g->callee[g->n] = callee;
	g->value[g->n++] = value;
}

void
prof_graph_release(struct prof_graph *g)
{
	free(g->caller);
	free(g->callee);
	free(g->value);
	free(g->self);
	free(g->calls);
	memset(g, 0, sizeof *g);
}
