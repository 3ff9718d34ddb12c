/* SPDX-License-Identifier: MIT */
#ifndef PROF_FLAMETERM_ROWS_H
#define PROF_FLAMETERM_ROWS_H

#include "libanalysis/svg_order.h"

/* Columns [from, to) of a row: a frame, or what is too narrow for one. */
struct prof_flameterm_seg {
	prof_u128 x;		/* where a frame begins, as weight */
	uint32_t from, to;
	uint32_t node;		/* of a frame */
	uint32_t below;		/* the frame it stands on, as index in seg */
	bool run;
};

/* Where everything lies in a picture of so many columns. */
struct prof_flameterm_rows {
	struct prof_flameterm_seg *seg;	/* from the left to the right */
	size_t n, cap;
	size_t *start;		/* row i, from the root: start[i] to */
				/* start[i + 1]; nrows + 1 */
	size_t start_cap;
	uint32_t nrows;		/* 0 for an empty profile */
	uint32_t columns;
	uint32_t frames;	/* drawn, the root left out */
	prof_u128 whole;
	uint64_t narrow;	/* left out for less than a column, not */
				/* counting callees */
	prof_u128 narrow_weight;	/* of them, with their callees */
	prof_u128 deep_weight;		/* of what lies behind the last row */
};

/* Cost: O(nodes). */
void prof_flameterm_rows_init(struct prof_flameterm_rows *r,
    const struct prof_tree *t, uint32_t columns, uint32_t max_rows,
    enum prof_svg_widths widths);
void prof_flameterm_rows_release(struct prof_flameterm_rows *r);

#endif
