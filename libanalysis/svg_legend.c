/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_picture.h"

#include <inttypes.h>

#include "libanalysis/svg_legend_diff.h"

#define LINE 18
#define LEFT (PROF_SVG_SPAN / 200)
#define COLUMN (PROF_SVG_SPAN / 100 * 9)	/* eleven of them */

/*
 * Swatches are placed by shares of the width, as frames are, and cut what
 * does not fit.
 */
static void
draw_swatch(struct prof_svg_picture *pic, uint32_t y, unsigned column,
    const char *class, const char *text)
{
	struct prof_buf *b = &pic->buf;

	prof_buf_adds(b, "<svg");
	prof_svg_span(b, "x", LEFT + column * COLUMN);
	prof_svg_span(b, "width", COLUMN - COLUMN / 30);
	prof_buf_addf(b, " y=\"%" PRIu32 "\" height=\"15\" class=\"pf-key %s\">"
	    "<rect width=\"100%%\" height=\"15\"/>"
	    "<text x=\"3\" y=\"11.5\">%s</text></svg>\n", y, class, text);
	prof_svg_flush(pic);
}

static void
draw_line(struct prof_svg_picture *pic, uint32_t y, const char *text)
{
	prof_out_addf(pic->out, "<text x=\"%d\" y=\"%" PRIu32 "\">%s</text>\n",
	    8, y + 12, text);
}

static const struct {
	unsigned shade;
	const char *class, *text;
} kinds[] = {
	{ PROF_SVG_KERNEL, "k", "kernel" },
	{ PROF_SVG_JIT, "j", "JIT" },
	{ PROF_SVG_INLINED, "i", "inlined" },
	{ PROF_SVG_NAMELESS, "n", "no name" },
	{ PROF_SVG_NEGATIVE, "hg", "\342\210\222 negative" }
};

#define NKINDS (sizeof kinds / sizeof kinds[0])

static bool
any_kind(const struct prof_svg_picture *pic)
{
	size_t i;

	for (i = 0; i < NKINDS; i++)
		if (pic->used[kinds[i].shade])
			return true;
	return false;
}

static bool
any_package(const struct prof_svg_picture *pic)
{
	unsigned i;

	for (i = 0; i < PROF_SVG_PACKAGES; i++)
		if (pic->used[i])
			return true;
	return false;
}

static void
draw_kinds(struct prof_svg_picture *pic, uint32_t y)
{
	unsigned column = 0;
	size_t i;

	if (pic->signs) {
		draw_line(pic, y, "Widths are absolute values");
		y += LINE;
	}
	if (any_package(pic)) {
		draw_line(pic, y, "One hue for each package or module");
		y += LINE;
	}
	for (i = 0; i < NKINDS; i++)
		if (pic->used[kinds[i].shade])
			draw_swatch(pic, y, column++, kinds[i].class,
			    kinds[i].text);
}

uint32_t
prof_svg_legend_height(const struct prof_svg_picture *pic)
{
	if (pic->t->nsides == 2)
		return prof_svg_legend_diff_height(pic);
	return LINE * (uint32_t)(pic->signs + any_package(pic) + any_kind(pic));
}

uint32_t
prof_svg_draw_legend(struct prof_svg_picture *pic, uint32_t y)
{
	if (pic->t->nsides == 2)
		return prof_svg_legend_diff_draw(pic, y);
	draw_kinds(pic, y);
	return prof_svg_legend_height(pic);
}
