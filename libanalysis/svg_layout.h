/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_LAYOUT_H
#define PROF_SVG_LAYOUT_H

#include "libanalysis/hash.h"
#include "libanalysis/svg.h"

#define PROF_SVG_SPAN 10000000	/* the picture's width */

enum prof_svg_tier {
	PROF_SVG_OUT,	/* not in the file */
	PROF_SVG_HELD,	/* for the script only */
	PROF_SVG_DRAWN
};

/*
 * Where each node of a tree lies in a flame graph.  Children lie inside
 * their parent, from its left edge, then what was left out below it; edges
 * are rounded, not widths, so what touches in the tree touches in the
 * picture.
 */
struct prof_svg_layout {
	uint32_t *left, *right;	/* by node, of PROF_SVG_SPAN; both 0 below a */
				/* node that is not drawn */
	uint32_t *rest;		/* right edge of what was left out below it */
	uint32_t *ghost;	/* PROF_SVG_UNION of two sides: what the new */
				/* side lacks, at the right end; else NULL */
	uint8_t *tier;		/* enum prof_svg_tier */
	prof_u128 whole;	/* weight that the picture's width stands for */
	uint32_t rows;		/* held, 0 for an empty profile */
	uint32_t rows_drawn;
	uint32_t frames, drawn;	/* in the file, and drawn; without the root */
	uint32_t limit_ppm;	/* below this a frame is not in the file, */
	uint32_t drawn_ppm;	/* and below this not drawn */
	uint32_t narrow_ppm;	/* what is left out is below this: more than */
				/* limit_ppm where too many are alike for all */
				/* of them to be in the file */
	uint64_t narrow;	/* left out for it, not counting callees */
	prof_u128 narrow_weight;	/* of them, with their callees */
	prof_u128 deep_weight;		/* of what lies below the last row */
};

/*
 * The weight of a node is what gives its width: the sum of its self, its
 * rest and its children, each taken by opts->widths, without sign.  Where
 * the script may choose other widths, frames wide enough in PROF_SVG_UNION
 * are held, too, even if they have no width here.
 *
 * Holds: one side without negative values: weight is total.
 * Cost:  O(nodes).
 */
void prof_svg_layout_init(struct prof_svg_layout *l,
    const struct prof_tree *t, const struct prof_svg_opts *opts);
void prof_svg_layout_release(struct prof_svg_layout *l);

#endif
