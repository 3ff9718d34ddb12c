/* SPDX-License-Identifier: MIT */
#ifndef PROF_COARSEN_H
#define PROF_COARSEN_H

#include "libanalysis/profile.h"

/* What makes two frames one row (or box) of a report. */
enum prof_granularity {
	PROF_BY_FUNCTION,	/* as the format tells functions apart */
	PROF_BY_NAME,		/* by name alone: pprof's functions */
	PROF_BY_FILE,
	PROF_BY_LINE,
	PROF_BY_ADDRESS,
	PROF_BY_MODULE,
	PROF_BY_PACKAGE,
	PROF_BY_LABEL,		/* the value of a label of the sample */
	PROF_BY_EDGE,		/* a call: caller and callee */
	PROF_BY_STACK		/* the whole stack */
};

/*
 * Forget what is finer than by: columns below lines, addresses below
 * lines, lines and addresses below functions.  Locations with a function
 * then differ by what is left, kind and flags only.  PROF_BY_ADDRESS
 * forgets nothing; file, module, package and label are made by prof_spell.
 */
void prof_coarsen(struct prof_profile *p, enum prof_granularity by);

/*
 * Call each frame by what by says, so that views, which see functions, show
 * it: "func file:line", "0x4005d0 func file:line", "file", the path of the
 * module, the package.  A frame of which that is not known is called by its
 * module, "[libc.so.6]", or "[unknown]".  Twice is once.  Direct repeats of
 * one file, module or package become one frame.  Edges are dropped, except
 * by line and address: their functions are called by the line where they
 * begin.
 *
 * PROF_BY_EDGE: each frame is called "caller;callee", that of the root by
 * itself; what has no function by its module.  Self is then of samples of
 * which the call is the last one, total of those in which it occurs.  Edges
 * that were measured for each caller take the place of an estimated tree;
 * what a function has beyond them is its own row.
 * PROF_BY_STACK: the stack becomes one frame, "root;...;leaf".
 *
 * by:  PROF_BY_FUNCTION and PROF_BY_NAME change nothing.
 * key: PROF_BY_LABEL: the label, whose values (joined by ",") become the
 *      only frame of its samples, "[no KEY]" of those without it.
 * Cost: O(frames of all stacks).
 */
void prof_spell(struct prof_profile *p, enum prof_granularity by,
    const char *key);

/*
 * Keep one frame of a function that calls itself directly, the one next to
 * the leaf; and the outermost function of an inlined group.  Return whether
 * any frame went.
 */
bool prof_fold_recursion(struct prof_profile *p);
bool prof_drop_inlines(struct prof_profile *p);

#endif
