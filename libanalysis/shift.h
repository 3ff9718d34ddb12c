/* SPDX-License-Identifier: MIT */
#ifndef PROF_SHIFT_H
#define PROF_SHIFT_H

#include "libanalysis/culprit.h"

/*
 * Whether what grew did so because work moved to it: a callee was inlined,
 * a part was moved to a function of its own, or into another of the same
 * file (where no files are known, class or package), or what others called
 * is called by it.  The whole group, what
 * grew and what fell for it, is shown not to have grown by half as much.
 * Noisy groups cannot show that, so that they hide nothing, unless what was
 * called is gone and the rest of the growth may be chance.  A surplus that is
 * proved is growth, and none of it is shifted.
 */
struct prof_shift {
	bool shifted;
	uint32_t *group;	/* classes that work moved from */
	size_t ngroup;
	double delta, low, high;	/* of the group, 95 %, in counts of x */
	/* subtrees (or self only) that moved; nodes of the scan */
	uint32_t *node;
	bool *self;
	size_t n, cap, self_cap, group_cap;
};

/*
 * u: what grew.
 * Cost: O(nodes + classes).
 */
void prof_shift_of(struct prof_shift *sh, const struct prof_culprit_scan *s,
    const struct prof_culprit *u);
void prof_shift_release(struct prof_shift *sh);

/* Take the group out of a scan that u was taken out of. */
void prof_shift_take(const struct prof_shift *sh,
    struct prof_culprit_scan *s);

#endif
