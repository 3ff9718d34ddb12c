/* SPDX-License-Identifier: MIT */
#ifndef PROF_GUESS_H
#define PROF_GUESS_H

#include "libanalysis/calls.h"

#define PROF_GUESS_WHOLE (UINT64_C(1) << 60)
#define PROF_GUESS_NODES (UINT32_C(1) << 20)	/* most nodes of a tree */

/* A function on one path from a root; shares are of PROF_GUESS_WHOLE. */
struct prof_guess_node {
	uint64_t value;		/* with its callees */
	uint64_t self;
	uint32_t parent;	/* node id, 0 for a root */
	uint32_t fn;		/* of the graph */
	uint32_t place;		/* whose self it takes part in: of the pair, */
				/* or of fn for roots and in circles */
	uint32_t depth;		/* 1 for a root */
};

/*
 * A call tree guessed from callers and callees: what a function spends in
 * its callees is split in proportion to their totals, whoever called it,
 * because nothing better is known.  A function is once on a path: further
 * calls in a circle are part of the first.
 *
 * Nodes grow where most is to be split, down to a millionth of the whole,
 * and up to PROF_GUESS_NODES; what remains unsplit is self.  Zeroed memory
 * is an empty tree.
 */
struct prof_guess {
	struct prof_guess_node *node;	/* [id - 1], parents first */
	uint32_t n;
	size_t cap;
};

/*
 * self, total: by place of g; root: by function - 1.
 *
 * Holds: the self shares add up to the shares of the roots, but for what
 *        rounding loses, and do not depend on ids.
 * Cost:  O(n log n) for n nodes, and their depth inside of circles.
 */
void prof_guess_init(struct prof_guess *t, const struct prof_calls *g,
    const int64_t *self, const int64_t *total,
    const struct prof_calls_root *root);
void prof_guess_release(struct prof_guess *t);

#endif
