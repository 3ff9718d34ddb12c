/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_picture.h"

#include <inttypes.h>
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

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
	return pic->layout.tier[node] == PROF_SVG_DRAWN;
}

static bool
is_gone(const struct prof_svg_picture *pic, uint32_t node)
{
	return pic->t->nsides == 2 && pic->t->total[1][node] == 0 &&
	    pic->t->total[0][node] != 0;
}

static unsigned
shade_of(const struct prof_svg_picture *pic, uint32_t node)
{
	const struct prof_tree *t = pic->t;

	if (t->nsides == 2)
		return prof_svg_change_shade(&pic->change, node);
	return prof_svg_groups_shade(&pic->groups, t, pic->opts, node);
}

unsigned
prof_svg_row_shade(const struct prof_svg_picture *pic, uint32_t frame)
{
	return pic->t->nsides == 2 ? PROF_SVG_SAME : pic->groups.shade[frame];
}

void
prof_svg_shade_frames(struct prof_svg_picture *pic)
{
	prof_i128 total = pic->t->total[0][0];
	uint32_t node;

	pic->signs = pic->layout.whole !=
	    (prof_u128)(total < 0 ? -total : total);
	pic->shade = prof_zalloc(pic->t->n, sizeof *pic->shade);
	if (pic->t->nsides == 2)
		prof_svg_change_init(&pic->change, pic->t,
		    &pic->opts->compare, pic->text.whole, pic->layout.tier,
		    &pic->text.scale);
	for (node = 0; node < pic->t->n; node++) {
		/* The script may draw what is only held. */
		if (pic->layout.tier[node] == PROF_SVG_OUT)
			continue;
		pic->shade[node] = (uint8_t)shade_of(pic, node);
		pic->used[pic->shade[node]] = true;
		pic->gone |= is_gone(pic, node);
	}
}

static void
add_class(const struct prof_svg_picture *pic, struct prof_buf *b,
    uint32_t node)
{
	prof_buf_adds(b, " class=\"");
	if (pic->t->nsides == 2) {
		prof_svg_change_class(&pic->change, b, node);
	} else {
		if (pic->shade[node] == PROF_SVG_NEGATIVE)
			prof_buf_addc(b, 'h');
		prof_buf_adds(b, prof_svg_shade(pic->shade[node])->class);
	}
	prof_buf_addc(b, '"');
}

/* Characters that a URL may hold as they are. */
static bool
is_plain(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || strchr("-._~/", c) != NULL;
}

static void
add_escaped(struct prof_buf *b, const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (s[i] != '\0' && is_plain((unsigned char)s[i]))
			prof_buf_addc(b, s[i]);
		else
			prof_buf_addf(b, "%%%02X", (unsigned)(unsigned char)s[i]);
}

static void
open_link(const struct prof_svg_picture *pic, struct prof_buf *b,
    const struct prof_row *row)
{
	const char *at = pic->opts->href;
	struct prof_buf url = { 0 };

	for (; *at != '\0'; at++) {
		if (at[0] == '%' && at[1] == 'f')
			add_escaped(&url, row->file, row->file_len);
		else if (at[0] == '%' && at[1] == 'n')
			add_escaped(&url, row->name, row->name_len);
		else if (at[0] == '%' && at[1] == 'l')
			prof_buf_addi(&url, row->line > 0 ? row->line : 1);
		else
			prof_buf_addc(&url, *at);
		if (at[0] == '%' && at[1] != '\0' && strchr("fnl", at[1]))
			at++;
	}
	prof_buf_adds(b, "<a href=\"");
	prof_name_xml(b, url.data, url.len);
	prof_buf_adds(b, "\">");
	prof_buf_release(&url);
}

/* Where nothing could be linked to, there is no link. */
static bool
has_link(const struct prof_svg_picture *pic, const struct prof_row *row)
{
	const char *href = pic->opts->href;

	return href != NULL && row != NULL && (row->file[0] != '\0' ||
	    strstr(href, "%f") == NULL);
}

/* What of a frame is the base's alone: hatched, at its right end. */
static void
add_ghost(const struct prof_svg_picture *pic, struct prof_buf *b,
    uint32_t node, uint32_t span)
{
	uint32_t ghost = pic->layout.ghost != NULL ?
	    pic->layout.ghost[node] : 0;

	if (is_gone(pic, node) || ghost < span / 100 + 1)
		return;
	ghost = (uint32_t)((uint64_t)ghost * PROF_SVG_SPAN / span);
	if (ghost > PROF_SVG_SPAN)
		ghost = PROF_SVG_SPAN;
	prof_buf_adds(b, "<rect class=\"pf-ghost\"");
	prof_svg_span(b, "x", PROF_SVG_SPAN - ghost);
	prof_svg_span(b, "width", ghost);
	prof_buf_addf(b, " height=\"%u\"/>", pic->box);
}

/* The inside of a frame that is wide enough for a label. */
static void
add_label(struct prof_svg_picture *pic, uint32_t node,
    const struct prof_row *row, uint32_t span)
{
	struct prof_buf *b = &pic->buf;
	bool link = has_link(pic, row);

	prof_buf_addf(b, "<rect width=\"100%%\" height=\"%u\"/>",
	    pic->box);
	add_ghost(pic, b, node, span);
	if (link)
		open_link(pic, b, row);
	prof_buf_addf(b, "<text x=\"3\" y=\"%s\">", pic->base);
	if (pic->t->nsides == 2)
		prof_buf_adds(b, prof_svg_change_mark(&pic->change, node));
	prof_svg_text_label(&pic->text, b, node, row);
	if (pic->t->nsides == 2)
		prof_svg_change_percent(&pic->change, b, node);
	prof_buf_adds(b, link ? "</text></a>" : "</text>");
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
	if (!label)
		prof_buf_addf(b, " height=\"%u\"", pic->box);
	prof_buf_adds(b, "><title>");
	prof_svg_text_tooltip(&pic->text, b, node, row_of(pic, node));
	if (pic->t->nsides == 2)
		prof_svg_change_tooltip(&pic->change, b, node);
	prof_buf_adds(b, "</title>");
	if (label)
		add_label(pic, node, row_of(pic, node), span);
	prof_buf_adds(b, label ? "</svg>\n" : "</rect>\n");
	prof_svg_flush(pic);
}

/* One bar for neighbours that are too narrow to be drawn each. */
struct bar {
	uint32_t left, right;
	uint64_t frames;
};

static void
draw_bar(struct prof_svg_picture *pic, struct bar *bar)
{
	uint32_t span = bar->right - bar->left;
	struct prof_buf *b = &pic->buf;

	if (bar->frames > 0 && span * UINT64_C(1000000) / PROF_SVG_SPAN >=
	    pic->layout.drawn_ppm && span >= PROF_SVG_SPAN / 1000) {
		prof_buf_adds(b, "<rect class=\"rest\"");
		prof_svg_span(b, "x", bar->left);
		prof_svg_span(b, "width", span);
		prof_buf_addf(b, " height=\"%u\"><title>", pic->box);
		prof_svg_text_rest(&pic->text, b, bar->frames, span);
		prof_buf_adds(b, "</title></rect>\n");
		prof_svg_flush(pic);
	}
	bar->frames = 0;
}

static void
draw_children(struct prof_svg_picture *pic, uint32_t node)
{
	const struct prof_tree *t = pic->t;
	const struct prof_svg_layout *l = &pic->layout;
	uint32_t c, end = t->first_child[node] + t->nchildren[node];
	struct bar bar = { l->left[node], l->left[node], 0 };

	for (c = t->first_child[node]; c < end; c++) {
		/* In a chart blanks stay blank. */
		if (l->left[c] > bar.right)
			draw_bar(pic, &bar);
		if (is_drawn(pic, c)) {
			draw_bar(pic, &bar);
			draw_frame(pic, c);
			bar.left = l->right[c];
		} else if (bar.frames++ == 0) {
			bar.left = l->left[c];
		}
		bar.right = l->right[c];
	}
	/* In a chart these were anywhere. */
	if (t->cut[node] > 0 && t->gap == NULL) {
		bar.frames += t->cut[node];
		bar.right = l->rest[node];
	}
	draw_bar(pic, &bar);
}

/* One more than the frames have where bars may stand on the last ones. */
static uint32_t
count_rows(const struct prof_svg_picture *pic)
{
	const struct prof_svg_layout *l = &pic->layout;

	return l->rows_drawn + (l->rows > 0 && (l->drawn < l->frames ||
	    l->narrow > 0 || l->deep_weight > 0));
}

uint32_t
prof_svg_frames_height(const struct prof_svg_picture *pic)
{
	return count_rows(pic) * pic->row;
}

static void
open_row(struct prof_svg_picture *pic, uint32_t row)
{
	prof_out_addf(pic->out, "<svg class=\"r\" y=\"%" PRIu32
	    "\" height=\"%u\">\n", (pic->opts->inverted ? row :
	    count_rows(pic) - 1 - row) * pic->row, pic->box);
}

/* Nodes are numbered by level, so a row is a run of them. */
uint32_t
prof_svg_draw_frames(struct prof_svg_picture *pic, uint32_t y)
{
	const uint32_t *depth = pic->t->depth;
	uint32_t node, row, rows = count_rows(pic);

	prof_out_addf(pic->out, "<svg class=\"pf-frames\" x=\".5%%\" y=\"%"
	    PRIu32 "\" width=\"99%%\" height=\"%" PRIu32 "\" "
	    "data-row=\"%u\" data-box=\"%u\" data-base=\"%s\">\n", y,
	    rows * pic->row, pic->row, pic->box, pic->base);
	open_row(pic, 0);
	draw_frame(pic, 0);
	for (node = 0, row = 1; row < rows; row++) {
		prof_out_adds(pic->out, "</svg>\n");
		open_row(pic, row);
		for (; node < pic->t->n && depth[node] < row; node++)
			if (is_drawn(pic, node))
				draw_children(pic, node);
	}
	prof_out_adds(pic->out, "</svg>\n</svg>\n");
	return prof_svg_frames_height(pic);
}
