/* SPDX-License-Identifier: MIT */
#ifndef PROF_ALIGN_H
#define PROF_ALIGN_H

#include "libanalysis/diff.h"
#include "libanalysis/patch.h"

/* What a profile of base is made to say as new does; see prof_align. */
struct prof_align {
	bool names;		/* functions are called as in new */
	bool lines;		/* files and lines are those of new */
	const struct prof_patch *patch;		/* with lines; or NULL */
};

/* What became of lines, to be told. */
struct prof_aligned {
	uint32_t files;		/* of the patch that the profile has */
	uint32_t moved, removed;	/* lines */
};

/*
 * Rewrite a profile of the base side before rows are made of what is finer
 * than functions: lines, edges, stacks, so that what is the same is called
 * the same.
 *
 * With a patch, lines are where it says; one that was removed is of
 * "FILE (base)".  Without, those of a function that has moved, and its
 * start is known on both sides, move with it.  Files of the same base name,
 * or that the patch renames, get the path that new has.
 *
 * p:    the profile of run; the view of it is not valid afterwards.
 * d:    functions of both sides compared.
 * run:  below the number of base runs.
 * Cost: O(functions + lines), and looking up files in the patch.
 */
void prof_align(struct prof_profile *p, const struct prof_diff *d,
    unsigned run, const struct prof_align *how, struct prof_aligned *done);

#endif
