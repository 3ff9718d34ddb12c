/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_ORDER_H
#define PROF_SVG_ORDER_H

#include "libanalysis/hash.h"
#include "libanalysis/svg.h"

/*
 * How wide the nodes of a tree are, and their order by it, whatever the
 * picture is drawn on.
 */

/* What a part (self, rest) of a node with these values is wide. */
prof_u128 prof_svg_own(prof_i128 base, prof_i128 now, unsigned nsides,
    enum prof_svg_widths widths);

/* What the children left out at a node are wide; 0 where none are. */
prof_u128 prof_svg_rest(const struct prof_tree *t, uint32_t node,
    enum prof_svg_widths widths);

/*
 * The weights of all nodes, to be freed: own width of self and rest, and
 * the weights of the children.
 *
 * Holds: one side without negative values: weight is total.
 * Cost:  O(nodes).
 */
prof_u128 *prof_svg_weigh(const struct prof_tree *t,
    enum prof_svg_widths widths);

/*
 * Bring siblings into the order of their weights, the widest first; equal
 * ones keep their order, and the tree that of its levels.
 *
 * weight: as prof_svg_weigh returns it; valid for the old order only.
 * Cost:   O(nodes log siblings), no recursion.
 */
void prof_svg_sort(struct prof_tree *t, const prof_u128 *weight);

#endif
