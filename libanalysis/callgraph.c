/* SPDX-License-Identifier: MIT */
#include "libanalysis/callgraph.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/callgraph_state.h"
#include "libanalysis/nomem.h"

#define LABELS_COUNTED 4	/* of a node, where labels count as nodes */

/* The smallest total that is not below the share of nodes. */
static int64_t
min_total(const struct callgraph_maker *m)
{
	const struct prof_callgraph_opts *o = m->opts;
	prof_i128 min;

	if (o->node_den == 0)
		return 0;
	min = prof_num_abs(m->flat.whole) * o->node_num;
	min = (min + o->node_den - 1) / o->node_den;
	return min <= INT64_MAX ? (int64_t)min : INT64_MAX;
}

/*
 * Branches whose stacks together stay below the share hold no node above
 * it; one whose increases and decreases cancel out may.
 */
static int
make_tree(struct callgraph_maker *m, struct prof_err *err)
{
	struct prof_tree_side side = { .rows = m->v, .weight = m->weight };
	struct prof_tree_opts opts = { .gross = true,
	    .min_total = min_total(m) };
	int rc = prof_tree_init(&m->tree, &side, 1, m->v->n, &opts, err);

	m->nbases = rc == PROF_OK ? m->tree.n - 1 : 0;
	return rc;
}

static int
add_measured(struct callgraph_maker *m, struct prof_err *err)
{
	bool *all = prof_alloc((size_t)m->v->n + 1, sizeof *all);
	int rc;

	memset(all, true, ((size_t)m->v->n + 1) * sizeof *all);
	rc = prof_graph_init(&m->measured, m->v, m->column,
	    PROF_GRAPH_CALLEES, all, err);
	m->has_measured = !m->measured.unknown;
	free(all);
	return rc;
}

static int
count(struct callgraph_maker *m, struct prof_err *err)
{
	const struct prof_profile *p = m->v->p;
	int rc = prof_flat_init(&m->flat, m->v, m->column, err);

	m->weight = prof_zalloc((size_t)p->stacks.n + 1, sizeof *m->weight);
	if (rc == PROF_OK && m->column < p->ntypes)
		rc = prof_flat_weights(p, m->column, m->weight, err);
	if (rc != PROF_OK)
		return rc;
	m->nbases = m->v->n;
	m->g->whole = (int64_t)m->flat.whole;
	m->g->unplaced = (int64_t)m->flat.self[0];
	m->g->estimated = p->meta.estimated && (m->opts->tree ||
	    !m->flat.edges);
	if (m->opts->tree)
		return make_tree(m, err);
	return m->flat.edges ? add_measured(m, err) : PROF_OK;
}

/* Nodes that are not light; the tree has cut whole branches already. */
static void
select_heavy(struct callgraph_maker *m)
{
	const struct prof_callgraph_opts *o = m->opts;
	uint32_t base;
	int64_t self, total;

	m->list = prof_alloc((size_t)m->nbases + 1, sizeof *m->list);
	m->index = prof_zalloc((size_t)m->nbases + 1, sizeof *m->index);
	for (base = 0; base <= m->nbases && o->tree; base++)
		m->g->light_nodes += m->tree.cut[base];
	for (base = 1; base <= m->nbases; base++) {
		self = callgraph_self(m, base);
		total = callgraph_total(m, base);
		if (self == 0 && total == 0)
			continue;
		if (callgraph_below(m, total, o->node_num, o->node_den)) {
			m->g->light_nodes++;
			continue;
		}
		if (o->keep != NULL && !o->keep[callgraph_row(m, base)]) {
			m->g->more_nodes++;
			continue;
		}
		m->list[m->n++] = base;
		m->index[base] = m->n;
	}
}

static void
fill_nodes(struct callgraph_maker *m)
{
	struct prof_callgraph *g = m->g;
	struct prof_callgraph_node *n;
	uint32_t i, base;

	PROF_RESERVE(g->node, g->node_cap, m->n);
	for (i = 0; i < m->n; i++) {
		n = &g->node[i];
		memset(n, 0, sizeof *n);
		base = m->list[i];
		n->row = callgraph_row(m, base);
		n->id = base;
		n->context = m->opts->tree ? m->tree.parent[base] : 0;
		n->self = callgraph_self(m, base);
		n->total = callgraph_total(m, base);
	}
	g->nnodes = m->n;
}

/* How many of the first nodes are shown, if labels count as such, too. */
static uint32_t
fit_limit(const struct callgraph_maker *m)
{
	const struct prof_callgraph *g = m->g;
	const struct prof_callgraph_node *n;
	uint64_t count = 0, limit = m->opts->limit;
	uint32_t i, k, own;

	for (i = 0; i < m->n && i < limit; i++) {
		n = &g->node[i];
		for (k = own = 0; k < n->nlabels && own < LABELS_COUNTED; k++)
			own += g->label[n->first_label + k].self != 0;
		count += own + 1;
		if (count >= limit)
			return i + 1;
	}
	return i;
}

static int
keep_best(struct callgraph_maker *m, uint32_t keep, struct prof_err *err)
{
	int rc;

	if (keep >= m->n)
		return PROF_OK;
	m->g->more_nodes = m->n - keep;
	for (; m->n > keep; m->n--)
		m->index[m->list[m->n - 1]] = 0;
	m->g->nnodes = m->n;
	rc = callgraph_edges(m, err);
	if (rc == PROF_OK)
		callgraph_rank(m);
	return rc;
}

static int
make(struct callgraph_maker *m, struct prof_err *err)
{
	const struct prof_callgraph_opts *o = m->opts;
	uint32_t most;
	int rc = count(m, err);

	if (rc != PROF_OK)
		return rc;
	select_heavy(m);
	fill_nodes(m);
	rc = callgraph_edges(m, err);
	if (rc == PROF_OK && o->ranked)
		callgraph_rank(m);
	most = o->limit != 0 && o->limit < m->n ? o->limit : m->n;
	if (rc == PROF_OK && o->labels)
		rc = callgraph_labels(m, most, err);
	if (rc == PROF_OK && o->limit != 0)
		rc = keep_best(m, fit_limit(m), err);
	if (rc == PROF_OK)
		callgraph_trim(m);
	return rc;
}

int
prof_callgraph_init(struct prof_callgraph *g, const struct prof_rows *v,
    unsigned column, const struct prof_callgraph_opts *opts,
    struct prof_err *err)
{
	struct callgraph_maker m = { .g = g, .v = v, .opts = opts,
	    .column = column };
	int rc;

	memset(g, 0, sizeof *g);
	rc = make(&m, err);
	prof_flat_release(&m.flat);
	prof_tree_release(&m.tree);
	prof_graph_release(&m.measured);
	free(m.weight);
	free(m.index);
	free(m.list);
	free(m.step);
	if (rc != PROF_OK)
		prof_callgraph_release(g);
	return rc;
}

void
prof_callgraph_release(struct prof_callgraph *g)
{
	free(g->node);
	free(g->edge);
	free(g->label);
	prof_strs_release(&g->texts);
	memset(g, 0, sizeof *g);
}
