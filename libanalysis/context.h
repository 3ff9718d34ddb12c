/* SPDX-License-Identifier: MIT */
#ifndef PROF_CONTEXT_H
#define PROF_CONTEXT_H

#include "libanalysis/diff.h"

/*
 * The calling-context tree of all runs of both sides: functions are classes
 * of the comparison, so that a function of two builds is one node.  Parents
 * come before their children; node 0 is the root.
 */
struct prof_context {
	const struct prof_diff *d;	/* borrowed */
	uint32_t n;		/* 0: some run has no stacks, or means only, */
				/* or its tree cannot be made */
	uint32_t *parent;	/* [node]; of the root: 0 */
	uint32_t *class;	/* [node]; of the root, and of nothing: 0 */
	double *self[PROF_DIFF_SIDES];	/* [node] mean of a side, in steps */
	double *total[PROF_DIFF_SIDES];
	bool estimated;		/* stacks were not measured */
};

/* A share that keeps a million distinct stacks below 100,000 nodes. */
#define PROF_CONTEXT_SHARE 0.0005

/*
 * Subtrees with less than share of the total on both sides are one node of
 * class 0 below their parent: only what may be a finding needs a name.
 *
 * Cost: O(frames of the stacks that reach a node), 44 bytes for each stack
 *       of each run while it works.
 */
void prof_context_init(struct prof_context *c, const struct prof_diff *d,
    double share);
void prof_context_release(struct prof_context *c);

#endif
