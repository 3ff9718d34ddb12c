/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "libanalysis/flame.css.h"
#include "libanalysis/flame.js.h"
#include "libanalysis/name.h"
#include "libanalysis/svg_data.h"

#define FLUID_WIDTH 1200	/* of the view box, where none is asked for */
#define LEFT 8
#define LINE 18			/* of text */
#define EMPTY_HEIGHT 60		/* of the frames, when there are none */

/* The lines of text around the frames; XML, empty where not due. */
struct lines {
	struct prof_buf title, facts, subtitle, note, left_out;
};

void
prof_svg_flush(struct prof_svg_picture *pic)
{
	prof_out_add(pic->out, pic->buf.data, pic->buf.len);
	prof_buf_clear(&pic->buf);
}

void
prof_svg_span(struct prof_buf *b, const char *name, uint32_t span)
{
	uint32_t digits = span % (PROF_SVG_SPAN / 100);
	char text[] = ".00000";
	size_t n;

	prof_buf_addc(b, ' ');
	prof_buf_adds(b, name);
	prof_buf_adds(b, "=\"");
	prof_buf_addi(b, span / (PROF_SVG_SPAN / 100));
	for (n = 5; n > 0; n--, digits /= 10)
		text[n] = (char)('0' + digits % 10);
	for (n = 6; n > 1 && text[n - 1] == '0';)
		n--;
	if (n > 1)
		prof_buf_add(b, text, n);
	prof_buf_adds(b, "%\"");
}

static void
add_text(struct prof_buf *b, const char *s)
{
	if (s != NULL)
		prof_name_xml(b, s, strlen(s));
}

static void
add_lines(struct prof_buf *b, const char *s)
{
	size_t n;

	for (; s != NULL && *s != '\0'; s += n + (s[n] != '\0')) {
		n = strcspn(s, "\n");
		prof_name_xml(b, s, n);
		prof_buf_addc(b, '\n');
	}
}

static void
fill_lines(struct lines *lines, const struct prof_svg_picture *pic)
{
	const struct prof_svg_opts *opts = pic->opts;

	memset(lines, 0, sizeof *lines);
	add_text(&lines->title, opts->title != NULL ? opts->title :
	    pic->t->nsides == 2 ? "Differential flame graph" : "Flame graph");
	prof_svg_text_facts(&pic->text, &lines->facts, &pic->layout);
	if (pic->t->nsides == 2)
		prof_svg_change_facts(&pic->change, &lines->facts);
	add_text(&lines->subtitle, opts->subtitle);
	add_text(&lines->note, opts->note);
	prof_svg_text_left_out(&pic->text, &lines->left_out, &pic->layout);
}

static void
release_lines(struct lines *lines)
{
	prof_buf_release(&lines->title);
	prof_buf_release(&lines->facts);
	prof_buf_release(&lines->subtitle);
	prof_buf_release(&lines->note);
	prof_buf_release(&lines->left_out);
}

static uint32_t
count_lines(const struct prof_buf *b)
{
	uint32_t n = 0;
	size_t i;

	for (i = 0; i < b->len; i++)
		n += b->data[i] == '\n';
	return n;
}

static uint32_t
head_height(const struct lines *lines)
{
	return 8 + 22 + LINE * (count_lines(&lines->facts) +
	    (uint32_t)(lines->subtitle.len > 0) +
	    (uint32_t)(lines->note.len > 0)) + 6;
}

static uint32_t
height_of(const struct prof_svg_picture *pic, const struct lines *lines)
{
	uint32_t frames = prof_svg_frames_height(pic);

	return head_height(lines) + (frames > 0 ? frames : EMPTY_HEIGHT) +
	    LINE + LINE * count_lines(&lines->left_out) +
	    prof_svg_legend_height(pic) + 10;
}

static void
add_strings(struct prof_out *out, const char *const *s)
{
	for (; *s != NULL; s++)
		prof_out_adds(out, *s);
}

/* Hatched fills: lines over the fill that the class without "h" has. */
static void
draw_hatches(struct prof_svg_picture *pic)
{
	const char *class;
	unsigned i;

	if (pic->t->nsides == 2)
		prof_out_adds(pic->out, "<pattern id=\"pf-ghost\" width=\"6\" "
		    "height=\"6\" patternUnits=\"userSpaceOnUse\" "
		    "patternTransform=\"rotate(45)\"><rect class=\"hl\" "
		    "width=\"3\" height=\"6\"/></pattern>\n");
	for (i = PROF_SVG_NEGATIVE; i < PROF_SVG_MATCH; i++) {
		if (!pic->used[i] && !(pic->gone && i == PROF_SVG_SAME))
			continue;
		class = prof_svg_shade(i)->class;
		prof_out_addf(pic->out, "<pattern id=\"pf-%s\" width=\"6\" "
		    "height=\"6\" patternUnits=\"userSpaceOnUse\" "
		    "patternTransform=\"rotate(45)\"><rect class=\"%s\" "
		    "width=\"6\" height=\"6\"/><rect class=\"hl\" "
		    "width=\"2\" height=\"6\"/></pattern>\n", class, class);
		prof_buf_addf(&pic->buf, ".pf .h%s{fill:url(#pf-%s)}", class,
		    class);
	}
	prof_out_adds(pic->out, "<style>");
	prof_svg_flush(pic);
	prof_out_adds(pic->out, "</style>\n");
}

static void
add_font(struct prof_svg_picture *pic)
{
	const struct prof_svg_opts *o = pic->opts;

	if (o->font != NULL)
		prof_buf_addf(&pic->buf, ".pf text{font-family:%s}\n", o->font);
	if (o->font_size != 0)
		prof_buf_addf(&pic->buf, ".pf .pf-frames text{font-size:%upx}\n",
		    o->font_size);
}

static void
draw_style(struct prof_svg_picture *pic)
{
	bool used[PROF_SVG_SHADES];
	unsigned i;

	memcpy(used, pic->used, sizeof used);
	used[PROF_SVG_MATCH] = true;
	prof_svg_legend_shades(pic, used);
	/* The legend of a comparison shows the whole scale. */
	for (i = PROF_SVG_SAME; pic->t->nsides == 2 && i < PROF_SVG_MATCH; i++)
		used[i] = true;
	prof_out_adds(pic->out, "<style>\n");
	add_strings(pic->out, flame_css);
	prof_svg_shades_css(&pic->buf, used);
	add_font(pic);
	prof_svg_flush(pic);
	prof_out_adds(pic->out, "</style>\n");
	if (pic->t->nsides == 2 || pic->used[PROF_SVG_NEGATIVE])
		draw_hatches(pic);
}

static void
add_buf(struct prof_out *out, const struct prof_buf *b)
{
	prof_out_add(out, b->data, b->len);
}

static void
open_document(struct prof_svg_picture *pic, const struct lines *lines)
{
	uint32_t height = height_of(pic, lines);
	unsigned width = pic->opts->width;
	struct prof_out *out = pic->out;

	prof_out_adds(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pf\"");
	if (pic->opts->theme != PROF_SVG_AUTO)
		prof_out_addf(out, " data-theme=\"%s\"",
		    pic->opts->theme == PROF_SVG_DARK ? "dark" : "light");
	if (width != 0)
		prof_out_addf(out, " width=\"%u\" height=\"%" PRIu32 "\"",
		    width, height);
	else
		prof_out_adds(out, " width=\"100%\"");
	prof_out_addf(out, " viewBox=\"0 0 %u %" PRIu32 "\" "
	    "preserveAspectRatio=\"xMidYMin\" "
	    "role=\"graphics-document document\" "
	    "aria-labelledby=\"pf-title\" aria-describedby=\"pf-desc\">\n",
	    width != 0 ? width : FLUID_WIDTH, height);
	prof_out_adds(out, "<title id=\"pf-title\">");
	add_buf(out, &lines->title);
	prof_out_adds(out, "</title>\n<desc id=\"pf-desc\">");
	add_buf(out, &lines->facts);
	add_buf(out, &lines->left_out);
	add_buf(out, &lines->note);
	if (lines->note.len > 0)
		prof_out_adds(out, "\n");
	add_lines(&pic->buf, pic->opts->description);
	prof_svg_flush(pic);
	prof_out_adds(out, "</desc>\n");
	prof_svg_metadata_write(pic);
}

static uint32_t
draw_line(struct prof_out *out, const char *class, uint32_t y,
    const char *text, size_t len)
{
	prof_out_addf(out, "<text class=\"%s\" x=\"%d\" y=\"%" PRIu32 "\">",
	    class, LEFT, y + 12);
	prof_out_add(out, text, len);
	prof_out_adds(out, "</text>\n");
	return y + LINE;
}

static uint32_t
draw_lines(struct prof_out *out, uint32_t y, const struct prof_buf *b)
{
	size_t at, n;

	for (at = 0; at < b->len; at += n + 1) {
		n = (size_t)((char *)memchr(b->data + at, '\n',
		    b->len - at) - (b->data + at));
		y = draw_line(out, "s", y, b->data + at, n);
	}
	return y;
}

static uint32_t
draw_head(struct prof_out *out, const struct lines *lines)
{
	uint32_t y = 12;

	prof_out_adds(out, "<rect class=\"bg\" width=\"100%\" "
	    "height=\"100%\"/>\n");
	y = 4 + draw_line(out, "h", y, lines->title.data, lines->title.len);
	y = draw_lines(out, y, &lines->facts);
	if (lines->subtitle.len > 0)
		y = draw_line(out, "s", y, lines->subtitle.data,
		    lines->subtitle.len);
	if (lines->note.len > 0)
		draw_line(out, "w", y, lines->note.data, lines->note.len);
	return head_height(lines);
}

static uint32_t
draw_empty(struct prof_out *out, uint32_t y)
{
	prof_out_addf(out, "<text class=\"h\" x=\"50%%\" y=\"%" PRIu32
	    "\" text-anchor=\"middle\">no samples</text>\n",
	    y + EMPTY_HEIGHT / 2);
	return EMPTY_HEIGHT;
}

/* The line where the script tells about the frame below the pointer. */
static uint32_t
draw_info(struct prof_out *out, uint32_t y)
{
	return draw_line(out, "pf-info", y, "", 0);
}

static void
draw(struct prof_svg_picture *pic, const struct lines *lines)
{
	struct prof_out *out = pic->out;
	uint32_t y;

	open_document(pic, lines);
	draw_style(pic);
	y = draw_head(out, lines);
	if (pic->opts->inverted)
		y = draw_info(out, y);
	if (pic->layout.rows > 0)
		y += prof_svg_draw_frames(pic, y);
	else
		y += draw_empty(out, y);
	if (!pic->opts->inverted)
		y = draw_info(out, y);
	y = draw_lines(out, y, &lines->left_out);
	prof_svg_draw_legend(pic, y);
	if (!pic->opts->no_script && pic->layout.rows > 0) {
		prof_svg_data_write(pic);
		prof_out_adds(out, "<script><![CDATA[");
		add_strings(out, flame_js);
		prof_out_adds(out, "]]></script>\n");
	}
	prof_out_adds(out, "</svg>\n");
}

/* Whether a text may stand in a style sheet as a list of fonts. */
static bool
is_font(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ,-_");

	return n > 0 && s[n] == '\0';
}

/* A URL that runs what it holds would run what names hold. */
static bool
is_active(const char *href)
{
	static const char *const schemes[] = {
		"javascript:", "data:", "vbscript:"
	};
	size_t i, n;

	for (; (unsigned char)*href <= ' ' && *href != '\0'; href++)
		;
	for (i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
		n = strlen(schemes[i]);
		if (strncasecmp(href, schemes[i], n) == 0)
			return true;
	}
	return strpbrk(href, "\t\r\n") != NULL;
}

static int
check(const struct prof_svg_opts *opts, struct prof_err *err)
{
	if (opts->width > PROF_SVG_MAX_WIDTH)
		return prof_fail(err, PROF_EUSAGE, "a picture of %u pixels is "
		    "wider than %d", opts->width, PROF_SVG_MAX_WIDTH);
	if (opts->font_size > PROF_SVG_MAX_FONT)
		return prof_fail(err, PROF_EUSAGE, "a font of %u pixels is "
		    "larger than %d", opts->font_size, PROF_SVG_MAX_FONT);
	if (opts->font != NULL && !is_font(opts->font))
		return prof_fail(err, PROF_EUSAGE, "'%s' is no list of font "
		    "names: letters, digits, blanks, hyphens and commas",
		    opts->font);
	if (opts->href != NULL && is_active(opts->href))
		return prof_fail(err, PROF_EUSAGE, "links are to lead "
		    "somewhere, and '%s' would run code", opts->href);
	return PROF_OK;
}

/* Rows are as high as their letters need. */
static void
set_heights(struct prof_svg_picture *pic)
{
	unsigned size = pic->opts->font_size != 0 ? pic->opts->font_size : 12;
	unsigned tenths = size * 115 / 12;

	pic->row = (size * 4 + 2) / 3;
	pic->box = pic->row - 1;
	snprintf(pic->base, sizeof pic->base, "%u.%u", tenths / 10,
	    tenths % 10);
}

const char *
prof_svg_script_hash(void)
{
	return FLAME_JS_HASH;
}

int
prof_svg_write(const struct prof_tree *t, const struct prof_frames *frames,
    const struct prof_svg_opts *opts, struct prof_out *out,
    struct prof_err *err)
{
	struct prof_svg_picture pic = {
		.t = t, .frames = frames, .opts = opts, .out = out
	};
	struct lines lines;
	int rc;

	if (check(opts, err) != PROF_OK)
		return err->code;
	rc = prof_svg_groups_init(&pic.groups, t, frames, opts, err);
	if (rc != PROF_OK)
		return rc;
	set_heights(&pic);
	prof_svg_layout_init(&pic.layout, t, opts);
	prof_svg_text_init(&pic.text, t, &pic.layout, opts);
	prof_svg_shade_frames(&pic);
	fill_lines(&lines, &pic);
	draw(&pic, &lines);
	release_lines(&lines);
	prof_svg_text_release(&pic.text);
	prof_svg_layout_release(&pic.layout);
	prof_svg_groups_release(&pic.groups);
	prof_buf_release(&pic.buf);
	prof_svg_change_release(&pic.change);
	free(pic.shade);
	return PROF_OK;
}
