/* SPDX-License-Identifier: MIT */
#ifndef PROF_SVG_TEXT_H
#define PROF_SVG_TEXT_H

#include "libanalysis/scale.h"
#include "libanalysis/svg_layout.h"

#define PROF_SVG_LABEL_MAX 400	/* characters of a name in a label */
#define PROF_SVG_NAME_MAX 16384	/* bytes of a name in a tooltip */
#define PROF_SVG_NAME_LINE 300	/* and in a line of text */

/* How the numbers of one picture are written: all in one unit. */
struct prof_svg_text {
	const struct prof_tree *t;
	const struct prof_svg_opts *opts;
	prof_i128 whole[PROF_TREE_SIDES];	/* what 100 % is */
	bool part;		/* the picture's width is something else */
	struct prof_scale scale;
	struct prof_buf unit;	/* XML, with the blank before it; may be "" */
};

/* opts must outlive it. */
void prof_svg_text_init(struct prof_svg_text *x, const struct prof_tree *t,
    const struct prof_svg_layout *l, const struct prof_svg_opts *opts);
void prof_svg_text_release(struct prof_svg_text *x);

/* Append, not as XML, a name cut to so many bytes; and what stands behind */
/* a value. */
void prof_svg_text_name(struct prof_buf *b, const struct prof_row *row,
    size_t max);
void prof_svg_text_unit(const struct prof_svg_text *x, struct prof_buf *b);

/*
 * All of these append XML character data; what comes out of a profile is
 * escaped.  row is NULL for the root.  Lines end in a line feed.
 */
void prof_svg_text_label(const struct prof_svg_text *x, struct prof_buf *b,
    uint32_t node, const struct prof_row *row);
void prof_svg_text_tooltip(const struct prof_svg_text *x,
    struct prof_buf *b, uint32_t node, const struct prof_row *row);

/* Children that are not drawn, and their share: "12 frames, 0.8%". */
void prof_svg_text_rest(const struct prof_svg_text *x, struct prof_buf *b,
    uint64_t frames, uint32_t span);

/* Two lines: type and total, samples and frames. */
void prof_svg_text_facts(const struct prof_svg_text *x, struct prof_buf *b,
    const struct prof_svg_layout *l);

/* What was left out: no line, one or two. */
void prof_svg_text_left_out(const struct prof_svg_text *x,
    struct prof_buf *b, const struct prof_svg_layout *l);

#endif
