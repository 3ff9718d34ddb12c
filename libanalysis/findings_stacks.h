/* SPDX-License-Identifier: MIT */
#ifndef PROF_FINDINGS_STACKS_H
#define PROF_FINDINGS_STACKS_H

#include "libanalysis/culprit.h"

#define PROF_FINDINGS_CLAIMS 64	/* at most */

/*
 * Which stacks culprits are about, and what other functions have of these:
 * exact, where the tree has no nodes for small contexts.
 */
struct prof_findings_claim {
	enum prof_culprit_part part;
	uint32_t class, caller;	/* caller of PAIR_TREE */
	uint32_t *path;		/* of a node: classes from it to below the */
	uint32_t npath;		/* root, its own first */
};

/*
 * A stack belongs to the first claim that fits it.
 *
 * list: n classes, each once.
 * out:  [side][metric][i of list][claim], zeroed: means of the part of
 *       list[i]'s self and total that is of the claim's stacks.
 * Cost: O(frames of all stacks), in their order.
 */
void prof_findings_claims(const struct prof_diff *d,
    const struct prof_findings_claim *claim, unsigned nclaims,
    const uint32_t *list, size_t n, double *out);

#endif
