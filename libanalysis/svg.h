/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_H
#define PROF_SVG_H

#include "libanalysis/frames.h"
#include "libanalysis/out.h"
#include "libanalysis/tree.h"

/* What the defaults of prof_svg_opts stand for. */
#define PROF_SVG_MIN_PPM 50		/* 0.005 % */
#define PROF_SVG_MAX_FRAMES 5000
#define PROF_SVG_MAX_ROWS 2000
#define PROF_SVG_MAX_WIDTH 100000

/* Zeroed memory asks for the defaults. */
struct prof_svg_opts {
	const char *title;	/* NULL: "Flame graph" */
	const char *subtitle;	/* a line below the facts; NULL: none */
	const char *note;	/* a line of warning below; NULL: none */
	const char *type;	/* name of the sample type; NULL: none */
	const char *unit;	/* of value * num / den; NULL: count */
	int64_t num, den;	/* 0: 1 */
	int64_t whole[PROF_TREE_SIDES];	/* what 100 % is; 0: the total */
	uint64_t samples[PROF_TREE_SIDES];	/* 0: not told */
	unsigned width;		/* pixels, up to PROF_SVG_MAX_WIDTH; 0: fluid */
	bool inverted;		/* root on top */
	bool no_script;
	uint32_t min_ppm;	/* narrower frames, in millionths of the */
				/* picture, are left out */
	uint32_t max_frames;	/* the widest are drawn */
	uint32_t max_rows;	/* the root's row counts */
};

/*
 * The smallest total worth having in the tree to be drawn; for its opts,
 * together with gross.
 *
 * whole: as in opts, of the side where it is larger.
 */
int64_t prof_svg_min_total(int64_t whole, unsigned nsides,
    const struct prof_svg_opts *opts);

/*
 * Draw a tree as a flame graph: one SVG document that needs nothing from
 * outside and is complete without its script, which adds zoom and search.
 *
 * One side: a frame is as wide as the absolute value of its total; colours
 * tell packages or modules apart.  Two sides, base and new: the self width
 * of a frame is the larger side's, colours tell by how much the total
 * changed, as a part of the whole.  Names may hold any bytes.
 *
 * Returns PROF_OK, or PROF_EUSAGE for a width that is too large; trouble
 * with writing is kept by out.
 * Holds:  the bytes depend on the arguments only; well-formed XML; what is
 *         left out is counted in the picture.
 * Cost:   O(nodes of the tree + bytes written).
 */
int prof_svg_write(const struct prof_tree *t,
    const struct prof_frames *frames, const struct prof_svg_opts *opts,
    struct prof_out *out, struct prof_err *err);

#endif
