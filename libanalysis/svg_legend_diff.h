/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_LEGEND_DIFF_H
#define PROF_SVG_LEGEND_DIFF_H

#include "libanalysis/svg_picture.h"

/*
 * What the colours of a comparison mean: the measure, a swatch for each step
 * from the largest decrease to the largest increase with the numbers where
 * they begin, where the scale ends, and what new, gone and outlined frames
 * and those within noise look like, as far as they occur.
 *
 * Both return the height in pixels.
 */
uint32_t prof_svg_legend_diff_draw(struct prof_svg_picture *pic, uint32_t y);
uint32_t prof_svg_legend_diff_height(const struct prof_svg_picture *pic);

#endif
