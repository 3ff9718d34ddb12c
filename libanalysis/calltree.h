/* SPDX-License-Identifier: MIT */
#ifndef PROF_CALLTREE_H
#define PROF_CALLTREE_H

#include "libanalysis/profile.h"

#define PROF_CALLTREE_COMMENT "call tree estimated from callers and callees"
#define PROF_CALLTREE_FLAT \
	"no callers are known, so each function stands alone"
#define PROF_CALLTREE_REST "[unattributed]"

/* Most frames of all stacks made for one profile. */
#define PROF_CALLTREE_FRAMES (UINT64_C(1) << 24)

/*
 * Make samples from callers and callees, for each value column that has
 * self and total among the columns of edges; earlier samples are forgotten.
 * See guess.h for how the tree is found and where it ends.
 *
 * The shares of the tree are then made to agree with what was measured: the
 * self of a function is given out to its nodes, in proportion, and so is
 * the self of each pair, unless the callee can call itself, by others
 * maybe.  What has no node, or only such as do not fit PROF_CALLTREE_FRAMES
 * (the smallest go first), becomes the stack of the function itself below
 * PROF_CALLTREE_REST.  A negative self has no part in the shape of the
 * tree, but its value is given out as it is.
 *
 * Sets meta.estimated and adds a comment: PROF_CALLTREE_COMMENT, or
 * PROF_CALLTREE_FLAT when no edge has a caller.  Does nothing where no
 * column has both self and total.
 *
 * Holds:   each column sums up to the self of all functions; of each
 *          function, the samples it is the leaf of to its self; of each
 *          pair with a callee outside all circles, its self, but for where
 *          the pairs of a callee disagree with the callee's own.  Nothing
 *          depends on the numbering of functions and rows.
 * Returns PROF_OK, or PROF_ERANGE when a sum leaves 64 bits.
 */
int prof_calltree_estimate(struct prof_profile *p, struct prof_err *err);

#endif
