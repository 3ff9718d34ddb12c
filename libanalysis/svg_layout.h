/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_LAYOUT_H
#define PROF_SVG_LAYOUT_H

#include "libanalysis/hash.h"
#include "libanalysis/svg.h"

#define PROF_SVG_SPAN 10000000	/* the picture's width */

/*
 * Where each node of a tree lies in a flame graph.  Children lie inside
 * their parent, from its left edge; edges are rounded, not widths, so what
 * touches in the tree touches in the picture.
 */
struct prof_svg_layout {
	uint32_t *left, *right;	/* by node, of PROF_SVG_SPAN; equal when it */
				/* is not drawn */
	prof_u128 whole;	/* weight that the picture's width stands for */
	uint32_t rows;		/* drawn, 0 for an empty profile */
	uint32_t frames;	/* drawn, the root left out */
	uint32_t limit_ppm;	/* below this a frame was left out */
	uint64_t narrow;	/* left out for it, not counting callees */
	prof_u128 narrow_weight;	/* of them, with their callees */
	prof_u128 deep_weight;		/* of what lies below the last row */
};

/*
 * The weight of a node is what gives its width: the sum of its self, its
 * rest and its children, the larger side of each, without sign.
 *
 * Holds: one side without negative values: weight is total.
 * Cost:  O(nodes).
 */
void prof_svg_layout_init(struct prof_svg_layout *l,
    const struct prof_tree *t, const struct prof_svg_opts *opts);
void prof_svg_layout_release(struct prof_svg_layout *l);

#endif
