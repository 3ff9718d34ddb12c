/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_PICTURE_H
#define PROF_SVG_PICTURE_H

#include "libanalysis/svg.h"
#include "libanalysis/svg_change.h"
#include "libanalysis/svg_color.h"
#include "libanalysis/svg_group.h"
#include "libanalysis/svg_layout.h"
#include "libanalysis/svg_text.h"

/* A flame graph while it is drawn, from the top down. */
struct prof_svg_picture {
	const struct prof_tree *t;
	const struct prof_frames *frames;
	const struct prof_svg_opts *opts;
	struct prof_svg_layout layout;
	struct prof_svg_text text;
	struct prof_svg_groups groups;	/* of one side */
	struct prof_svg_change change;	/* of two sides */
	uint8_t *shade;			/* by node, of those in the file */
	unsigned row, box;		/* height of a row, of a frame in it */
	char base[16];			/* of a label, from the top */
	bool used[PROF_SVG_SHADES];
	bool gone;			/* frames of base only are drawn */
	bool signs;			/* widths are no totals: signs differ */
	struct prof_buf buf;		/* scratch */
	struct prof_out *out;
};

/* Write the scratch text and empty it. */
void prof_svg_flush(struct prof_svg_picture *pic);

/* Append the attribute name of a share of the picture's width. */
void prof_svg_span(struct prof_buf *b, const char *name, uint32_t span);

/* The shade of a frame's function, whatever the node. */
unsigned prof_svg_row_shade(const struct prof_svg_picture *pic,
    uint32_t frame);

/* Choose the colours of all frames. */
void prof_svg_shade_frames(struct prof_svg_picture *pic);

/* Draw the frames, with the first row at y; returns the height in pixels. */
uint32_t prof_svg_draw_frames(struct prof_svg_picture *pic, uint32_t y);

/* Height of the rows, in pixels. */
uint32_t prof_svg_frames_height(const struct prof_svg_picture *pic);

/* Draw what the colours mean; returns the height in pixels. */
uint32_t prof_svg_draw_legend(struct prof_svg_picture *pic, uint32_t y);

/* Add the shades that the legend of one side takes to those in use. */
void prof_svg_legend_shades(const struct prof_svg_picture *pic, bool *used);

/* The height that prof_svg_draw_legend will take. */
uint32_t prof_svg_legend_height(const struct prof_svg_picture *pic);

#endif
