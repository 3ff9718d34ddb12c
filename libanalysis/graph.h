/* SPDX-License-Identifier: MIT */
#ifndef PROF_GRAPH_H
#define PROF_GRAPH_H

#include "libanalysis/num.h"
#include "libanalysis/rows.h"

/* Caller and callee rows with the value that passed between them. */
struct prof_graph {
	uint32_t *caller, *callee;	/* row ids; caller 0: at the root */
	prof_i128 *value;
	uint32_t n;
	size_t cap;
};

/*
 * The edges into chosen rows, for one column.  An edge counts once in each
 * stack however often it occurs there; a direct recursion makes none.
 *
 * chosen: by row id, n + 1 entries.
 * Returns PROF_OK, or PROF_ERANGE when a value leaves 64 bits.
 * Cost: O(frames).
 * Source: google/pprof internal/graph (newGraph).
 */
int prof_graph_callers(struct prof_graph *g, const struct prof_rows *v,
    unsigned column, const bool *chosen, struct prof_err *err);
void prof_graph_release(struct prof_graph *g);

#endif
