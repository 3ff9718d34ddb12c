/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_legend_diff.h"

#include <inttypes.h>

#define LINE 18
#define LEFT (PROF_SVG_SPAN / 200)
#define COLUMN (PROF_SVG_SPAN / 100 * 9)	/* eleven of them */

#define UP "\342\226\262"
#define DOWN "\342\226\274"
#define EVEN "\342\211\210"

/* A swatch cuts what does not fit, as frames do. */
static void
open_swatch(struct prof_svg_picture *pic, uint32_t y, unsigned column,
    unsigned columns, const char *class)
{
	struct prof_buf *b = &pic->buf;

	prof_buf_adds(b, "<svg");
	prof_svg_span(b, "x", LEFT + column * COLUMN);
	prof_svg_span(b, "width", columns * COLUMN - COLUMN / 30);
	prof_buf_addf(b, " y=\"%" PRIu32 "\" height=\"15\" "
	    "class=\"pf-key %s\"><rect width=\"100%%\" height=\"15\"/>"
	    "<text x=\"3\" y=\"11.5\">", y, class);
}

static void
close_swatch(struct prof_svg_picture *pic)
{
	prof_buf_adds(&pic->buf, "</text></svg>\n");
	prof_svg_flush(pic);
}

static void
open_line(struct prof_svg_picture *pic, uint32_t y)
{
	prof_buf_addf(&pic->buf, "<text x=\"8\" y=\"%" PRIu32 "\">", y + 12);
}

static void
close_line(struct prof_svg_picture *pic)
{
	prof_buf_adds(&pic->buf, "</text>\n");
	prof_svg_flush(pic);
}

/* A scale that nothing is on would only puzzle. */
static bool
is_even(const struct prof_svg_picture *pic)
{
	return pic->change.differ == 0 && pic->change.step[0] == 0;
}

static void
draw_measure(struct prof_svg_picture *pic, uint32_t y)
{
	open_line(pic, y);
	if (is_even(pic)) {
		prof_buf_adds(&pic->buf, "Colour: no frame changed");
		if ((pic->change.drawn & PROF_CHANGE_EVEN) != 0)
			prof_buf_adds(&pic->buf, " by more than noise");
		close_line(pic);
		return;
	}
	prof_buf_adds(&pic->buf, "Colour: ");
	prof_svg_change_measure(&pic->change, &pic->buf);
	prof_buf_adds(&pic->buf, ", " DOWN " less, " UP " more");
	if (pic->change.how->negate)
		prof_buf_adds(&pic->buf, " (hues swapped)");
	close_line(pic);
}

/* Steps are told by where they begin; the outermost by its end, too. */
static void
draw_step(struct prof_svg_picture *pic, uint32_t y, unsigned i, bool more)
{
	const struct prof_svg_change *c = &pic->change;
	bool hue = more != c->how->negate;
	unsigned shade = (hue ? PROF_SVG_MORE : PROF_SVG_LESS) + i;

	open_swatch(pic, y, more ? 6 + i : 4 - i, 1,
	    prof_svg_shade(shade)->class);
	prof_buf_adds(&pic->buf, more ? UP " " : DOWN " ");
	if (i == 0)
		prof_buf_adds(&pic->buf, "&lt; ");
	prof_svg_change_number(c, &pic->buf, c->shown[i > 0 ? i - 1 : 0],
	    more);
	if (i == PROF_SVG_STEPS - 1) {
		prof_buf_adds(&pic->buf, " \342\200\223 ");
		prof_svg_change_number(c, &pic->buf, c->shown[i], more);
	}
	close_swatch(pic);
}

static void
draw_scale(struct prof_svg_picture *pic, uint32_t y)
{
	unsigned i;

	for (i = 0; i < PROF_SVG_STEPS && !is_even(pic); i++) {
		draw_step(pic, y, i, false);
		draw_step(pic, y, i, true);
	}
	open_swatch(pic, y, is_even(pic) ? 0 : 5, 1, "e");
	prof_buf_adds(&pic->buf, "same");
	close_swatch(pic);
}

static void
draw_clip(struct prof_svg_picture *pic, uint32_t y)
{
	const struct prof_svg_change *c = &pic->change;
	struct prof_buf *b = &pic->buf;

	open_line(pic, y);
	prof_buf_adds(b, "The scale ends at ");
	prof_svg_change_number(c, b, c->shown[PROF_SVG_STEPS - 1], true);
	prof_buf_addf(b, ": %" PRIu32 " frame%s beyond, up to ", c->beyond,
	    c->beyond == 1 ? " is" : "s are");
	prof_svg_change_number(c, b, c->most, true);
	close_line(pic);
}

static void
draw_flag(struct prof_svg_picture *pic, uint32_t y, unsigned *column,
    uint8_t flag)
{
	struct prof_buf *b = &pic->buf;
	static const char *const classes[] = {
		"e new", "he gone", "e even", "e over", "e even over"
	};
	static const char *const texts[] = {
		"new", "gone", EVEN " within noise", "over ", EVEN " over "
	};
	unsigned i = 0;

	if ((pic->change.drawn & flag) == 0)
		return;
	while (flag >> i != 1)
		i++;
	open_swatch(pic, y, *column, 2, classes[i]);
	prof_buf_adds(b, texts[i]);
	if (flag >= PROF_CHANGE_OVER)
		prof_svg_ratio(b, &pic->change.rule.ratio);
	close_swatch(pic);
	*column += 2;
}

uint32_t
prof_svg_legend_diff_draw(struct prof_svg_picture *pic, uint32_t y)
{
	unsigned column = 0, flag;
	uint32_t top = y;

	draw_measure(pic, y);
	y += LINE;
	draw_scale(pic, y);
	y += LINE;
	if (pic->change.beyond > 0 && !is_even(pic)) {
		draw_clip(pic, y);
		y += LINE;
	}
	if (pic->change.drawn != 0) {
		for (flag = PROF_CHANGE_NEW; flag <= PROF_CHANGE_FAINT;
		    flag <<= 1)
			draw_flag(pic, y, &column, (uint8_t)flag);
		y += LINE;
	}
	return y - top;
}

uint32_t
prof_svg_legend_diff_height(const struct prof_svg_picture *pic)
{
	return LINE * (2 + (uint32_t)(pic->change.beyond > 0 &&
	    !is_even(pic)) +
	    (uint32_t)(pic->change.drawn != 0));
}
