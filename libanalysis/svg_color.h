/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_COLOR_H
#define PROF_SVG_COLOR_H

#include "libanalysis/buf.h"
#include "libanalysis/num.h"

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
	PROF_SVG_HEAT,		/* ten: self by total, in tenths */
	PROF_SVG_TONES = PROF_SVG_HEAT + 10,	/* of palettes */
	PROF_SVG_BAR = PROF_SVG_TONES + 46,	/* a separator, "--" */
	PROF_SVG_UNKNOWN,	/* nothing tells its group */
	PROF_SVG_SHADES
};

#define PROF_SVG_INK_LIGHT 0x111111
#define PROF_SVG_INK_DARK 0xf4f4f4

struct prof_svg_shade {
	const char *class;
	uint32_t light, dark;	/* 0xrrggbb */
};

const struct prof_svg_shade *prof_svg_shade(unsigned id);

/* The heat of a node by its own part of its total. */
unsigned prof_svg_shade_of_self(int64_t self, int64_t total);

/*
 * Append the CSS of those shades that are in use, three times: light; dark,
 * where the viewer has it and the root's data-theme is not light; dark,
 * where data-theme is.
 */
void prof_svg_shades_css(struct prof_buf *b, const bool *used);

#endif
