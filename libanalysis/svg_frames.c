/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_picture.h"

#include <inttypes.h>

#include "libanalysis/nomem.h"

#define ROW 16
#define BOX 15			/* of a row; the rest is a gap */
#define LABEL_SPAN (PROF_SVG_SPAN / 125)	/* narrower ones get no label */

static const struct prof_row *
row_of(const struct prof_svg_picture *pic, uint32_t node)
{
	return node != 0 ? prof_frames_get(pic->frames, pic->t->frame[node]) :
	    NULL;
}

static bool
is_drawn(const struct prof_svg_picture *pic, uint32_t node)
{
	return pic->layout.left[node] != pic->layout.right[node];
}

static bool
is_gone(const struct prof_svg_picture *pic, uint32_t node)
{
	return pic->t->nsides == 2 && pic->t->total[1][node] == 0 &&
	    pic->t->total[0][node] != 0;
}

static bool
is_new(const struct prof_svg_picture *pic, uint32_t node)
{
	return pic->t->nsides == 2 && pic->t->total[0][node] == 0 &&
	    pic->t->total[1][node] != 0;
}

static unsigned
shade_of(const struct prof_svg_picture *pic, uint32_t node)
{
	const struct prof_tree *t = pic->t;
	const prof_i128 *whole = pic->text.whole;

	if (t->nsides == 2)
		return prof_svg_shade_of_change(t->total[0][node],
		    t->total[1][node], whole[0] > whole[1] ? whole[0] :
		    whole[1]);
	if (t->total[0][node] < 0)
		return PROF_SVG_NEGATIVE;
	return node != 0 ? prof_svg_shade_of(row_of(pic, node)) :
	    PROF_SVG_ALL;
}

void
prof_svg_shade_frames(struct prof_svg_picture *pic)
{
	prof_i128 total = pic->t->total[0][0];
	uint32_t node;

	pic->signs = pic->layout.whole !=
	    (prof_u128)(total < 0 ? -total : total);
	pic->shade = prof_zalloc(pic->t->n, sizeof *pic->shade);
	for (node = 0; node < pic->t->n; node++) {
		if (!is_drawn(pic, node))
			continue;
		pic->shade[node] = (uint8_t)shade_of(pic, node);
		pic->used[pic->shade[node]] = true;
		pic->gone |= is_gone(pic, node);
		pic->fresh |= is_new(pic, node);
	}
}

static void
add_class(const struct prof_svg_picture *pic, struct prof_buf *b,
    uint32_t node)
{
	const char *shade = prof_svg_shade(pic->shade[node])->class;

	bool gone = is_gone(pic, node);

	prof_buf_adds(b, " class=\"");
	if (gone || pic->shade[node] == PROF_SVG_NEGATIVE)
		prof_buf_addc(b, 'h');
	prof_buf_adds(b, shade);
	if (gone)
		prof_buf_adds(b, " gone");
	else if (is_new(pic, node))
		prof_buf_adds(b, " new");
	prof_buf_addc(b, '"');
}

/*
 * Search sums up what matches: from the widths, or, where these are no
 * totals, from numbers that go with each frame.
 */
static void
add_totals(const struct prof_svg_picture *pic, struct prof_buf *b,
    uint32_t node)
{
	const struct prof_tree *t = pic->t;

	if (t->nsides == 2)
		prof_buf_addf(b, " data-v=\"%" PRId64 " %" PRId64 "\"",
		    t->total[0][node], t->total[1][node]);
	else if (pic->signs)
		prof_buf_addf(b, " data-v=\"%" PRId64 "\"",
		    t->total[0][node]);
}

/*
 * A frame with a label is a viewport of its own, so that the label ends
 * where the frame does, whatever the font and the window; a narrow one is
 * a plain rectangle.
 */
static void
draw_frame(struct prof_svg_picture *pic, uint32_t node)
{
	const struct prof_svg_layout *l = &pic->layout;
	uint32_t span = l->right[node] - l->left[node];
	bool label = span >= LABEL_SPAN;
	struct prof_buf *b = &pic->buf;

	prof_buf_adds(b, label ? "<svg" : "<rect");
	add_class(pic, b, node);
	if (l->left[node] != 0)
		prof_svg_span(b, "x", l->left[node]);
	prof_svg_span(b, "width", span);
	add_totals(pic, b, node);
	prof_buf_adds(b, label ? "><title>" : " height=\"15\"><title>");
	prof_svg_text_tooltip(&pic->text, b, node, row_of(pic, node));
	prof_buf_adds(b, "</title>");
	if (label) {
		prof_buf_adds(b, "<rect width=\"100%\" height=\"15\"/>"
		    "<text x=\"3\" y=\"11.5\">");
		prof_svg_text_label(&pic->text, b, node, row_of(pic, node));
		prof_buf_adds(b, "</text></svg>\n");
	} else {
		prof_buf_adds(b, "</rect>\n");
	}
	prof_svg_flush(pic);
}

uint32_t
prof_svg_frames_height(const struct prof_svg_picture *pic)
{
	return pic->layout.rows * ROW;
}

/* Nodes are numbered by level, so a row is a run of them. */
uint32_t
prof_svg_draw_frames(struct prof_svg_picture *pic, uint32_t y)
{
	const uint32_t *depth = pic->t->depth;
	uint32_t node, row, rows = pic->layout.rows;

	prof_out_addf(pic->out, "<svg class=\"pf-frames\" x=\".5%%\" y=\"%"
	    PRIu32 "\" width=\"99%%\" height=\"%" PRIu32 "\">\n", y,
	    rows * ROW);
	for (node = 0, row = 0; row < rows; row++) {
		prof_out_addf(pic->out, "<svg class=\"r\" y=\"%" PRIu32
		    "\" height=\"%d\">\n", (pic->opts->inverted ? row :
		    rows - 1 - row) * ROW, BOX);
		for (; node < pic->t->n && depth[node] == row; node++)
			if (is_drawn(pic, node))
				draw_frame(pic, node);
		prof_out_adds(pic->out, "</svg>\n");
	}
	prof_out_adds(pic->out, "</svg>\n");
	return prof_svg_frames_height(pic);
}
