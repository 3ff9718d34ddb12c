/* SPDX-License-Identifier: MIT */
#ifndef PROF_CALLGRIND_PLACES_WRITE_H
#define PROF_CALLGRIND_PLACES_WRITE_H

#include "libanalysis/callgraph.h"

/*
 * A profile seen by places in the code: function, line and address.  All
 * are rows of places, whose line and address are those of the code; fn has
 * the function of each.
 */
struct prof_places {
	struct prof_rows rows;		/* functions */
	struct prof_rows places;	/* of, row and first are its own */
	uint32_t *fn;			/* by place - 1: row of rows */
	bool addresses;			/* some are known */
};

/* Where callers are measured, nothing is known but functions: by_function. */
void prof_places_init(struct prof_places *x, const struct prof_profile *p,
    bool by_function);
void prof_places_release(struct prof_places *x);

/*
 * What callgrind takes for one function: a row, or, in a tree, a row as it
 * is called from one node.  Those of one name and file are numbered.
 */
struct prof_context {
	uint32_t row;		/* function */
	uint32_t caller;	/* context of its nodes, 0 for none */
	uint32_t number, count;	/* "name [number/count]" if count is over 1 */
	uint32_t first, n;	/* its nodes: in prof_contexts.node */
};

struct prof_contexts {
	struct prof_context *context;	/* in order of their names */
	uint32_t *of;		/* by node: context */
	uint32_t *node;		/* nodes by context, then place */
	uint32_t n;
};

void prof_contexts_init(struct prof_contexts *c, const struct prof_places *x,
    const struct prof_callgraph *g);
void prof_contexts_release(struct prof_contexts *c);

#endif
