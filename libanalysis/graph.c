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
	const bool *chosen;
	struct prof_map map;
	uint64_t seed;
	prof_stack *stamp;	/* by edge: the last stack that counted it */
	size_t stamp_cap;
};

static uint32_t
find_edge(struct making *m, uint32_t caller, uint32_t callee)
{
	struct prof_graph *g = m->g;
	uint64_t hash = prof_hash_mix(m->seed,
	    (uint64_t)caller << 32 | callee);
	uint32_t at, id;
	size_t cap = g->cap;

	for (id = prof_map_first(&m->map, hash, &at); id != 0;
	    id = prof_map_next(&m->map, hash, &at))
		if (g->caller[id - 1] == caller && g->callee[id - 1] == callee)
			return id - 1;
	if (g->n == g->cap) {
		g->caller = prof_grow(g->caller, &cap, (size_t)g->n + 1,
		    sizeof *g->caller);
		g->cap = cap;
		g->callee = prof_resize(g->callee, cap, sizeof *g->callee);
		g->value = prof_resize(g->value, cap, sizeof *g->value);
	}
	PROF_RESERVE(m->stamp, m->stamp_cap, (size_t)g->n + 1);
	g->caller[g->n] = caller;
	g->callee[g->n] = callee;
	g->value[g->n] = 0;
	m->stamp[g->n] = 0;
	prof_map_put(&m->map, hash, ++g->n);
	return g->n - 1;
}

static void
add_edge(struct making *m, prof_stack s, uint32_t caller, uint32_t callee,
    int64_t weight)
{
	uint32_t e;

	if (caller == callee || !m->chosen[callee])
		return;
	e = find_edge(m, caller, callee);
	if (m->stamp[e] == s)
		return;
	m->stamp[e] = s;
	m->g->value[e] += weight;
}

/* From the root to the leaf, so that each frame has seen its caller. */
static void
add_stack(struct making *m, prof_stack s, int64_t weight)
{
	const prof_loc *run;
	const uint32_t *rows;
	uint32_t caller = 0;
	size_t i, k, n, nrows;

	run = prof_profile_stack(m->v->p, s, &n);
	for (i = n; i > 0; i--) {
		rows = prof_rows_of(m->v, run[i - 1], &nrows);
		for (k = nrows; k > 0; k--) {
			add_edge(m, s, caller, rows[k - 1], weight);
			caller = rows[k - 1];
		}
	}
}

int
prof_graph_callers(struct prof_graph *g, const struct prof_rows *v,
    unsigned column, const bool *chosen, struct prof_err *err)
{
	struct making m = { .g = g, .v = v, .chosen = chosen };
	const struct prof_profile *p = v->p;
	int64_t *weight = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *weight);
	prof_stack s;
	uint32_t i;
	int rc = PROF_OK;

	memset(g, 0, sizeof *g);
	m.seed = prof_hash_seed();
	if (column < p->ntypes)
		rc = prof_flat_weights(p, column, weight, err);
	for (s = 1; s <= p->stacks.n && rc == PROF_OK; s++)
		if (weight[s] != 0)
			add_stack(&m, s, weight[s]);
	for (i = 0; i < g->n && rc == PROF_OK; i++)
		if (!prof_num_fits(g->value[i]))
			rc = prof_fail(err, PROF_ERANGE,
			    "the values of an edge leave 64 bits");
	free(weight);
	free(m.stamp);
	prof_map_release(&m.map);
	return rc;
}

void
prof_graph_release(struct prof_graph *g)
{
	free(g->caller);
	free(g->callee);
	free(g->value);
	memset(g, 0, sizeof *g);
}
