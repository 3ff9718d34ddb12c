/* SPDX-License-Identifier: MIT */
#ifndef PROF_WRAP_H
#define PROF_WRAP_H

#include "libanalysis/builder.h"

/*
 * Frames to put around stacks, by label set: those of set s are
 * loc[s * nleaf ..] and loc[s * nroot ..], leaf first, 0 for none.
 */
struct prof_wrap {
	const prof_loc *leaf, *root;
	size_t nleaf, nroot;
};

/*
 * Give each sample of b's profile the stack with the frames of its label
 * set around it.  Cost: O(frames of all stacks).
 */
void prof_wrap_stacks(struct prof_builder *b, const struct prof_wrap *w);

/* A location that is a function of this name and file only. */
prof_loc prof_wrap_frame(struct prof_builder *b, prof_str name,
    prof_str file);

#endif
