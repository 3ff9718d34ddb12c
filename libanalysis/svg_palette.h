/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_PALETTE_H
#define PROF_SVG_PALETTE_H

#include "libanalysis/err.h"
#include "libanalysis/rows.h"

/*
 * The palettes of flamegraph.pl by their names.  Some have one range of
 * colours, in which a function takes the tone that its name's hash says;
 * some have classes by the name, its marks ("_[k]"), kind and file.  A
 * palette is a number; 0 is "default", the one that has colours by meaning.
 */

/* NULL is the default; PROF_EUSAGE with a list for a name not known. */
int prof_svg_palette_find(const char *name, unsigned *palette,
    struct prof_err *err);

/*
 * A fixed hash of a function's name without parameters, template arguments
 * and what changes from build to build.
 */
uint64_t prof_svg_name_hash(const struct prof_row *row);

/* The shade of a frame in a palette other than the default. */
unsigned prof_svg_palette_shade(unsigned palette, const struct prof_row *row);

/* Shades are told apart by name only: [first, first + n) mean the same. */
struct prof_svg_meaning {
	unsigned first, n;
	const char *text;
};

/*
 * What the i-th class of a palette means; NULL behind the last one.  A
 * palette without classes has none.
 */
const struct prof_svg_meaning *prof_svg_palette_meaning(unsigned palette,
    unsigned i);

#endif
