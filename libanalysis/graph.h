/* SPDX-License-Identifier: MIT */
#ifndef PROF_GRAPH_H
#define PROF_GRAPH_H

#include "libanalysis/num.h"
#include "libanalysis/rows.h"

/* Caller and callee rows with the value that passed between them. */
struct prof_graph {
	uint32_t *caller, *callee;	/* row ids; caller 0: at the root */
	prof_i128 *value;	/* total of the callee in these calls */
	prof_i128 *self;	/* its self; NULL: not known */
	prof_i128 *calls;	/* NULL: not known */
	bool estimated;		/* values of edges are not measured */
	bool unknown;		/* functions are known, but no callers */
	uint32_t n;
	size_t cap;
};

enum prof_graph_side { PROF_GRAPH_CALLERS, PROF_GRAPH_CALLEES,
	PROF_GRAPH_BOTH };

/*
 * The edges into (or out of, or both) chosen rows, for one column.  From
 * stacks, an edge counts once in each stack however often it occurs there,
 * and a direct recursion makes none.  A profile that knows callers and callees
 * gives what it says about them, direct recursion included; what its rows
 * with callers do not explain came from the root.
 *
 * chosen: by row id, n + 1 entries.
 * Returns PROF_OK, or PROF_ERANGE when a value leaves 64 bits.
 * Cost: O(frames), or O(edges).
 * Source: google/pprof internal/graph (newGraph).
 */
int prof_graph_init(struct prof_graph *g, const struct prof_rows *v,
    unsigned column, enum prof_graph_side side, const bool *chosen,
    struct prof_err *err);
/* Append an edge that is not there, to one that is zeroed at first. */
void prof_graph_add(struct prof_graph *g, uint32_t caller, uint32_t callee,
    prof_i128 value);
void prof_graph_release(struct prof_graph *g);

#endif
