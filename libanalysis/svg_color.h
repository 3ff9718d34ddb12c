/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_COLOR_H
#define PROF_SVG_COLOR_H

#include "libanalysis/buf.h"
#include "libanalysis/num.h"
#include "libanalysis/rows.h"

/*
 * The colours of a flame graph, by number.  They come as CSS classes, so
 * that a picture holds both themes; the ink of labels reaches a contrast of
 * 4.5 : 1 on all of them.
 */
enum {
	PROF_SVG_PACKAGES = 30,	/* 0..29: ten hues of three shades */
	PROF_SVG_KERNEL = PROF_SVG_PACKAGES,
	PROF_SVG_JIT,
	PROF_SVG_INLINED,
	PROF_SVG_NAMELESS,
	PROF_SVG_ALL,		/* the root */
	PROF_SVG_NEGATIVE,
	PROF_SVG_SAME,
	PROF_SVG_MORE,		/* and the next four: a larger change each */
	PROF_SVG_LESS = PROF_SVG_MORE + 5,
	PROF_SVG_MATCH = PROF_SVG_LESS + 5,
	PROF_SVG_SHADES
};

#define PROF_SVG_INK_LIGHT 0x111111
#define PROF_SVG_INK_DARK 0xf4f4f4

struct prof_svg_shade {
	const char *class;
	uint32_t light, dark;	/* 0xrrggbb */
};

const struct prof_svg_shade *prof_svg_shade(unsigned id);

/*
 * Length of the part of a function's name that says where it belongs:
 * "github.com/a/b" of a Go, "java.util" of a Java, "std" of a C++ or Rust
 * function.  0 when the name has none.
 */
size_t prof_svg_package(const char *name, size_t len);

/*
 * The shade of a frame: kernel, JIT, nameless and inlined frames have one
 * of their own; the others get the hue of their package, else module, else
 * file, and vary in lightness by name.  The same on every machine.
 */
unsigned prof_svg_shade_of(const struct prof_row *row);

/*
 * The shade of a change: PROF_SVG_SAME for none, else one of five steps
 * by the part of whole it is.
 */
unsigned prof_svg_shade_of_change(int64_t base, int64_t now,
    prof_i128 whole);

/* Where step i of five ends, in percent of the whole; the last is 0. */
unsigned prof_svg_step(unsigned i);

/* Append the CSS of those shades that are in use, for both themes. */
void prof_svg_shades_css(struct prof_buf *b, const bool *used);

#endif
