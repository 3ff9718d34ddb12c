/* SPDX-License-Identifier: MIT */
#ifndef PROF_FLAMETERM_H
#define PROF_FLAMETERM_H

#include "libanalysis/svg.h"
#include "libanalysis/table.h"

#define PROF_FLAMETERM_MAX_ROWS 200

struct prof_flameterm_opts {
	/*
	 * What does not depend on where the picture goes: texts, unit,
	 * inverted, reversed, max_rows (0: as above), widths and theme,
	 * where auto is light: boxes bring their own background.
	 */
	const struct prof_svg_opts *picture;
	struct prof_style style;	/* width, color, ascii, unit */
	bool rgb;			/* 24 bits of colour; else 256 */
};

/*
 * The smallest total worth having in the tree to be drawn in so many
 * columns; for its opts, together with gross.
 */
int64_t prof_flameterm_min_total(int64_t whole, unsigned nsides,
    unsigned columns);

/*
 * Draw a tree as a flame graph of characters: two lines of facts, a line
 * for each level, the root at the bottom unless inverted, and lines on what
 * is left out.
 *
 * With colour a frame is a run of cells with a background, which differs
 * from that of its neighbours and its parent; without, bars stand between
 * frames.  Frames that need less than a column are joined into runs of dots.
 * Two sides: marks and percentages tell the change, and frames that are gone
 * are hatched.  Names may hold any bytes.
 *
 * Returns PROF_OK, or PROF_EUSAGE for a palette that is not known.
 * Holds: no line is wider than style.width: those of text are wrapped, and
 *        cut where they go on for long; the bytes depend on the arguments
 *        only.
 * Cost:  O(nodes of the tree + bytes written), no recursion.
 */
int prof_flameterm(const struct prof_tree *t,
    const struct prof_frames *frames, const struct prof_flameterm_opts *opts,
    struct prof_out *out, struct prof_err *err);

#endif
