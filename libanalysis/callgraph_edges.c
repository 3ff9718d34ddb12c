/* SPDX-License-Identifier: MIT */
#include "libanalysis/callgraph_state.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/* Edges looked at to find residual ones that tell nothing, at most. */
#define WAYS_MAX 20000000

struct making {
	struct callgraph_maker *m;
	struct prof_map map;
	uint64_t seed;
	prof_stack *stamp;	/* by edge: the last stack that counted it */
	prof_i128 *value;
	size_t stamp_cap, value_cap;
};

/* The callee with this row, of a node of the tree; 0: it was cut. */
static uint32_t
find_child(const struct prof_tree *t, uint32_t node, uint32_t row)
{
	uint32_t lo = t->first_child[node];
	uint32_t hi = lo + t->nchildren[node], mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (t->frame[mid] == row)
			return mid;
		if (t->frame[mid] < row)
			lo = mid + 1;
		else
			hi = mid;
	}
	return 0;
}

static void
take_step(struct callgraph_maker *m, uint32_t base, bool inlined)
{
	struct callgraph_step *s;

	if (base == 0 || m->index[base] == 0) {
		/* In a tree it is known what was there: inlined as a whole. */
		m->inlined = m->opts->tree && inlined && (!m->lost ||
		    m->inlined);
		m->lost = true;
		return;
	}
	PROF_RESERVE(m->step, m->step_cap, m->nsteps + 1);
	s = &m->step[m->nsteps++];
	s->node = m->index[base] - 1;
	s->residual = m->lost;
	s->inlined = inlined && (!m->lost || !m->opts->tree || m->inlined);
	m->lost = false;
}

void
callgraph_walk(struct callgraph_maker *m, prof_stack s)
{
	const struct prof_profile *p = m->v->p;
	const prof_loc *run;
	const uint32_t *rows;
	uint32_t base = 0;
	size_t i, k, n, nrows;
	bool inlined;

	run = prof_profile_stack(p, s, &n);
	m->nsteps = 0;
	m->lost = false;
	for (i = n; i > 0; i--) {
		rows = prof_rows_of(m->v, run[i - 1], &nrows);
		for (k = nrows; k > 0; k--) {
			inlined = k < nrows || (prof_profile_loc(p,
			    run[i - 1])->flags & PROF_LOC_INLINED) != 0;
			base = m->opts->tree ? find_child(&m->tree, base,
			    rows[k - 1]) : rows[k - 1];
			take_step(m, base, inlined);
			if (base == 0)
				return;
		}
	}
}

/* The edge between two nodes, made with value 0 if there is none yet. */
static uint32_t
find_edge(struct making *k, uint32_t from, uint32_t to)
{
	struct prof_callgraph *g = k->m->g;
	struct prof_callgraph_edge e = { .from = from, .to = to, .calls = -1,
	    .inlined = true };
	uint64_t hash = prof_hash_mix(k->seed, (uint64_t)from << 32 | to);
	uint32_t at, id;

	for (id = prof_map_first(&k->map, hash, &at); id != 0;
	    id = prof_map_next(&k->map, hash, &at))
		if (g->edge[id - 1].from == from && g->edge[id - 1].to == to)
			return id - 1;
	PROF_ASSERT(g->nedges < UINT32_MAX - 1);
	PROF_RESERVE(g->edge, g->edge_cap, (size_t)g->nedges + 1);
	PROF_RESERVE(k->stamp, k->stamp_cap, (size_t)g->nedges + 1);
	PROF_RESERVE(k->value, k->value_cap, (size_t)g->nedges + 1);
	g->edge[g->nedges] = e;
	k->stamp[g->nedges] = 0;
	k->value[g->nedges] = 0;
	prof_map_put(&k->map, hash, ++g->nedges);
	return g->nedges - 1;
}

static void
add_stack(struct making *k, prof_stack s)
{
	struct callgraph_maker *m = k->m;
	const struct callgraph_step *step;
	struct prof_callgraph_edge *e;
	uint32_t at;
	size_t i;

	callgraph_walk(m, s);
	for (i = 1; i < m->nsteps; i++) {
		step = &m->step[i];
		if (step->node == step[-1].node ||
		    (m->has_measured && !step->residual))
			continue;
		at = find_edge(k, step[-1].node, step->node);
		e = &m->g->edge[at];
		if (e->measured || k->stamp[at] == s)
			continue;
		k->stamp[at] = s;
		k->value[at] += m->weight[s];
		e->residual |= step->residual;
		e->inlined &= step->inlined;
	}
}

static void
add_measured(struct making *k)
{
	const struct callgraph_maker *m = k->m;
	const struct prof_graph *from = &m->measured;
	struct prof_callgraph_edge *e;
	uint32_t i, at, caller, callee;

	for (i = 0; i < from->n; i++) {
		caller = m->index[from->caller[i]];
		callee = m->index[from->callee[i]];
		if (caller == 0 || callee == 0)
			continue;
		at = find_edge(k, caller - 1, callee - 1);
		e = &m->g->edge[at];
		k->value[at] += from->value[i];
		e->measured = true;
		e->residual = e->inlined = false;
		if (from->calls != NULL && prof_num_fits(from->calls[i]))
			e->calls = (int64_t)from->calls[i];
	}
}

static int
store_values(struct making *k, struct prof_err *err)
{
	struct prof_callgraph *g = k->m->g;
	uint32_t i;

	for (i = 0; i < g->nedges; i++) {
		if (!prof_num_fits(k->value[i]))
			return prof_fail(err, PROF_ERANGE,
			    "the values of an edge leave 64 bits");
		g->edge[i].value = (int64_t)k->value[i];
	}
	return PROF_OK;
}

int
callgraph_edges(struct callgraph_maker *m, struct prof_err *err)
{
	const struct prof_profile *p = m->v->p;
	struct making k = { .m = m, .seed = prof_hash_seed() };
	prof_stack s;
	int rc;

	m->g->nedges = 0;
	if (m->has_measured)
		add_measured(&k);
	for (s = 1; s <= p->stacks.n; s++)
		if (m->weight[s] != 0)
			add_stack(&k, s);
	rc = store_values(&k, err);
	prof_map_release(&k.map);
	free(k.stamp);
	free(k.value);
	return rc;
}

static int
compare_names(const struct callgraph_maker *m, uint32_t a, uint32_t b)
{
	const struct prof_row *x = prof_rows_get(m->v, m->g->node[a].row);
	const struct prof_row *y = prof_rows_get(m->v, m->g->node[b].row);
	int c = prof_bytes_cmp(x->name, x->name_len, y->name, y->name_len);

	return c != 0 ? c : (a > b) - (a < b);
}

static int
compare_edges(const void *ctx, uint32_t a, uint32_t b)
{
	const struct callgraph_maker *m = ctx;
	const struct prof_callgraph_edge *x = &m->g->edge[a];
	const struct prof_callgraph_edge *y = &m->g->edge[b];
	prof_i128 v = prof_num_abs(x->value), w = prof_num_abs(y->value);
	int c;

	if (v != w)
		return v > w ? -1 : 1;
	c = compare_names(m, x->from, y->from);
	return c != 0 ? c : compare_names(m, x->to, y->to);
}

static void
sort_edges(struct callgraph_maker *m)
{
	struct prof_callgraph *g = m->g;
	uint32_t *ids = prof_alloc((size_t)g->nedges + 1, sizeof *ids), i;
	struct prof_callgraph_edge *sorted = prof_alloc((size_t)g->nedges + 1,
	    sizeof *sorted);

	for (i = 0; i < g->nedges; i++)
		ids[i] = i;
	prof_sort_ids(ids, g->nedges, compare_edges, m);
	for (i = 0; i < g->nedges; i++)
		sorted[i] = g->edge[ids[i]];
	if (g->nedges > 0)
		memcpy(g->edge, sorted, g->nedges * sizeof *sorted);
	free(ids);
	free(sorted);
}

static void
drop_light(struct callgraph_maker *m)
{
	const struct prof_callgraph_opts *o = m->opts;
	struct prof_callgraph *g = m->g;
	uint32_t i, n = 0;

	for (i = 0; i < g->nedges; i++) {
		if (callgraph_below(m, g->edge[i].value, o->edge_num,
		    o->edge_den))
			g->light_edges++;
		else
			g->edge[n++] = g->edge[i];
	}
	g->nedges = n;
}

/* Edges by the node they lead to: into[first[n] .. first[n + 1]). */
struct into {
	uint32_t *first, *edge, *queue;
	bool *seen, *gone;	/* by node; by edge */
	uint64_t looked;
};

/* Edges are sorted already, so are those of a node. */
static void
list_into(const struct prof_callgraph *g, struct into *x)
{
	uint32_t i, n = g->nnodes;

	x->first = prof_zalloc((size_t)n + 2, sizeof *x->first);
	x->edge = prof_alloc((size_t)g->nedges + 1, sizeof *x->edge);
	x->queue = prof_alloc((size_t)n + 1, sizeof *x->queue);
	x->seen = prof_zalloc((size_t)n + 1, sizeof *x->seen);
	x->gone = prof_zalloc((size_t)g->nedges + 1, sizeof *x->gone);
	for (i = 0; i < g->nedges; i++)
		x->first[g->edge[i].to + 2]++;
	for (i = 2; i <= n + 1; i++)
		x->first[i] += x->first[i - 1];
	for (i = 0; i < g->nedges; i++)
		x->edge[x->first[g->edge[i].to + 1]++] = i;
}

/* Whether another way leads where edge e does; searched from its end. */
static bool
has_other_way(const struct prof_callgraph *g, struct into *x, uint32_t e)
{
	uint32_t head = 0, tail = 0, i, at, from;
	bool found = false;

	x->queue[tail++] = g->edge[e].to;
	x->seen[g->edge[e].to] = true;
	while (head < tail && !found) {
		at = x->queue[head++];
		for (i = x->first[at]; i < x->first[at + 1] && !found; i++) {
			from = g->edge[x->edge[i]].from;
			x->looked++;
			if (x->edge[i] == e || x->gone[x->edge[i]] ||
			    x->seen[from])
				continue;
			found = from == g->edge[e].from;
			x->seen[from] = true;
			x->queue[tail++] = from;
		}
	}
	for (i = 0; i < tail; i++)
		x->seen[x->queue[i]] = false;
	return found;
}

/*
 * The lightest edges into a node go first, but none that is heavier than
 * one of direct calls: that would puzzle the reader.  What is left when it
 * takes too long is only drawn in vain.
 */
static void
drop_spare(struct callgraph_maker *m)
{
	struct prof_callgraph *g = m->g;
	struct into x = { 0 };
	uint32_t node, i, n = 0;

	list_into(g, &x);
	for (node = g->nnodes; node > 0; node--)
		for (i = x.first[node]; i > x.first[node - 1] &&
		    x.looked < WAYS_MAX; i--) {
			if (!g->edge[x.edge[i - 1]].residual)
				break;
			x.gone[x.edge[i - 1]] = has_other_way(g, &x,
			    x.edge[i - 1]);
		}
	for (i = 0; i < g->nedges; i++) {
		if (x.gone[i])
			g->spare_edges++;
		else
			g->edge[n++] = g->edge[i];
	}
	g->nedges = n;
	free(x.first);
	free(x.edge);
	free(x.queue);
	free(x.seen);
	free(x.gone);
}

void
callgraph_trim(struct callgraph_maker *m)
{
	drop_light(m);
	sort_edges(m);
	if (!m->opts->tree && m->opts->ranked)
		drop_spare(m);
}
