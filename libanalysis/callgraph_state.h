/* SPDX-License-Identifier: MIT */
#ifndef PROF_CALLGRAPH_STATE_H
#define PROF_CALLGRAPH_STATE_H

#include "libanalysis/callgraph.h"
#include "libanalysis/flat.h"
#include "libanalysis/graph.h"
#include "libanalysis/tree.h"

/* What callgraph*.c share while a graph is made; no part of the library. */

/* A frame of a stack that is a node. */
struct callgraph_step {
	uint32_t node;		/* index */
	bool residual;		/* frames before it are left out */
	bool inlined;		/* into the frame before it */
};

/* Nodes before any is left out are called by a base: a row or tree node. */
struct callgraph_maker {
	struct prof_callgraph *g;
	const struct prof_rows *v;
	const struct prof_callgraph_opts *opts;
	unsigned column;
	struct prof_flat flat;
	struct prof_tree tree;
	struct prof_graph measured;
	bool has_measured;
	int64_t *weight;	/* by stack */
	uint32_t nbases;	/* bases are 1..nbases */
	uint32_t *index;	/* by base: index of its node + 1, or 0 */
	uint32_t *list;		/* bases that are nodes, by their index */
	uint32_t n;
	struct callgraph_step *step;	/* of the stack in work */
	size_t nsteps, step_cap;
	bool lost;		/* its last frames are left out */
	bool inlined;		/* and all these are inlined */
};

static inline int64_t
callgraph_self(const struct callgraph_maker *m, uint32_t base)
{
	return m->opts->tree ? m->tree.self[0][base] :
	    (int64_t)m->flat.self[base];
}

static inline int64_t
callgraph_total(const struct callgraph_maker *m, uint32_t base)
{
	return m->opts->tree ? m->tree.total[0][base] :
	    (int64_t)m->flat.total[base];
}

static inline uint32_t
callgraph_row(const struct callgraph_maker *m, uint32_t base)
{
	return m->opts->tree ? m->tree.frame[base] : base;
}

/* Whether v is less than num / den of the whole. */
static inline bool
callgraph_below(const struct callgraph_maker *m, prof_i128 v, int64_t num,
    int64_t den)
{
	return den != 0 && prof_num_abs(v) * den <
	    prof_num_abs(m->flat.whole) * num;
}

/* The nodes of a stack, from the root, into m->step. */
void callgraph_walk(struct callgraph_maker *m, prof_stack s);

/* Edges between the nodes of m->list, into m->g->edge, unsorted. */
int callgraph_edges(struct callgraph_maker *m, struct prof_err *err);

/* Order m->list by rank, given its edges; their ends follow. */
void callgraph_rank(struct callgraph_maker *m);

/*
 * Drop edges below the share, order them, the largest first, and drop
 * residual ones that tell nothing.
 */
void callgraph_trim(struct callgraph_maker *m);

/*
 * Labels of the first n nodes of m->list, into m->g->label and, by index,
 * node; those below the node share are left out.
 */
int callgraph_labels(struct callgraph_maker *m, uint32_t n,
    struct prof_err *err);

#endif
