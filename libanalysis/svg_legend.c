/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_picture.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"
#include "libanalysis/svg_legend_diff.h"
#include "libanalysis/svg_palette.h"

#define LINE 18
#define LEFT (PROF_SVG_SPAN / 200)
#define COLUMN (PROF_SVG_SPAN / 100 * 9)	/* eleven of them */

#define MINUS "\342\210\222"
#define DOTS "\342\200\246"

#define MAX_NAME 200		/* bytes of a name */
#define MAX_GROUPS 10		/* told of a hue */

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

/* What a swatch shows: a shade, or some that differ in lightness only. */
struct cell {
	unsigned first, n;
	const char *class, *text;	/* NULL: of groups, by hue */
	prof_i128 self;
};

static const struct {
	unsigned shade;
	const char *class, *text;
} fixed[] = {
	{ PROF_SVG_KERNEL, "k", "kernel" },
	{ PROF_SVG_JIT, "j", "JIT" },
	{ PROF_SVG_INLINED, "i", "inlined" },
	{ PROF_SVG_NAMELESS, "n", "no name" },
	{ PROF_SVG_UNKNOWN, "q1", "unknown" },
	{ PROF_SVG_BAR, "q0", "separator" },
	{ PROF_SVG_NEGATIVE, "hg", "negative" }
};

#define NFIXED (sizeof fixed / sizeof fixed[0])
#define HUES (PROF_SVG_PACKAGES / 3)
#define MAX_CELLS (HUES + NFIXED)

/* Whether hues stand for groups of functions. */
static bool
has_groups(const struct prof_svg_picture *pic)
{
	return pic->groups.palette == 0 &&
	    pic->opts->by != PROF_SVG_BY_FUNCTION &&
	    pic->opts->by != PROF_SVG_BY_SELF;
}

static bool
has_heat(const struct prof_svg_picture *pic)
{
	return pic->groups.palette == 0 && pic->opts->by == PROF_SVG_BY_SELF;
}

static void
add_cell(const struct prof_svg_picture *pic, struct cell *cells, unsigned *n,
    struct cell cell)
{
	bool used = false;
	unsigned i;

	for (i = cell.first; i < cell.first + cell.n; i++) {
		used |= pic->used[i];
		cell.self += pic->groups.self[i];
	}
	if (used)
		cells[(*n)++] = cell;
}

/* Hues by weight; there are few. */
static void
sort_cells(struct cell *cells, unsigned n)
{
	struct cell c;
	unsigned i, k;

	for (i = 1; i < n; i++) {
		c = cells[i];
		for (k = i; k > 0 && prof_num_abs(cells[k - 1].self) <
		    prof_num_abs(c.self); k--)
			cells[k] = cells[k - 1];
		cells[k] = c;
	}
}

static unsigned
collect_cells(const struct prof_svg_picture *pic, struct cell *cells)
{
	const struct prof_svg_meaning *m;
	unsigned i, n = 0;

	for (i = 0; has_groups(pic) && i < HUES; i++)
		add_cell(pic, cells, &n, (struct cell){ 3 * i, 3, NULL, NULL,
		    0 });
	sort_cells(cells, n);
	for (i = 0; (m = prof_svg_palette_meaning(pic->groups.palette, i)) !=
	    NULL; i++)
		add_cell(pic, cells, &n, (struct cell){ m->first, m->n,
		    prof_svg_shade(m->first + 1)->class, m->text, 0 });
	for (i = 0; i < NFIXED; i++)
		add_cell(pic, cells, &n, (struct cell){ fixed[i].shade, 1,
		    fixed[i].class, fixed[i].text, 0 });
	return n;
}

static const char *
headline(const struct prof_svg_picture *pic)
{
	static const char *const by[] = {
		[PROF_SVG_BY_MODULE] =
		    "Hue: package, else module, file or function; % of all self",
		[PROF_SVG_BY_LANGUAGE] = "Hue: language; % of all self",
		[PROF_SVG_BY_PACKAGE] = "Hue: package; % of all self",
		[PROF_SVG_BY_KIND] = "Hue: kind of frame; % of all self",
		[PROF_SVG_BY_FUNCTION] = "One colour for each function name",
		[PROF_SVG_BY_SELF] = "Colour: self in % of the frame's total"
	};

	if (pic->groups.palette == 0)
		return by[pic->opts->by];
	return prof_svg_palette_meaning(pic->groups.palette, 0) != NULL ?
	    "Hue: class of the name; % of all self" :
	    "One tone for each function name";
}

/* Shares of groups add up to 100 % less what is in none of them. */
static void
draw_headline(struct prof_svg_picture *pic, uint32_t y)
{
	const struct prof_svg_layout *l = &pic->layout;
	const char *text = headline(pic);
	struct prof_buf b = { 0 };

	prof_buf_adds(&b, text);
	if (strstr(text, "all self") != NULL &&
	    (l->narrow > 0 || l->deep_weight > 0))
		prof_buf_adds(&b, ", without what is left out");
	draw_line(pic, y, prof_buf_str(&b));
	prof_buf_release(&b);
}

static unsigned
columns(const struct prof_svg_picture *pic)
{
	unsigned width = pic->opts->width;

	return width == 0 || width >= 800 ? 5 : width >= 500 ? 3 : 2;
}

static void
add_share(const struct prof_svg_picture *pic, struct prof_buf *b,
    prof_i128 self)
{
	if (self < 0)
		prof_buf_adds(b, MINUS);
	prof_scale_percent(b, prof_num_abs(self), pic->text.whole[0]);
}

/* A name may be long; the swatch would cut it anyway. */
static void
add_group(const struct prof_svg_picture *pic, struct prof_buf *b, uint32_t id)
{
	const char *s = prof_strs_get(&pic->groups.name, id);
	size_t len = prof_strs_len(&pic->groups.name, id), cut = len;

	if (cut > MAX_NAME)
		for (cut = MAX_NAME; cut > MAX_NAME - 4 &&
		    ((unsigned char)s[cut] & 0xc0) == 0x80; cut--)
			;
	prof_name_xml(b, s, cut);
	if (cut < len)
		prof_buf_adds(b, DOTS);
}

static int
heavier(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_svg_groups *g = ctx;
	prof_i128 x = prof_num_abs(g->group[a - 1].self);
	prof_i128 y = prof_num_abs(g->group[b - 1].self);

	return x != y ? (x > y ? -1 : 1) : prof_strs_cmp(&g->name, a, b);
}

/* The groups of a hue, heaviest first: in a line, or a line each. */
static void
add_groups(const struct prof_svg_picture *pic, struct prof_buf *b,
    const uint32_t *order, unsigned hue, bool lines)
{
	const struct prof_svg_groups *g = &pic->groups;
	size_t i, n = 0, max = lines ? MAX_GROUPS : 2;

	for (i = 0; i < g->name.n; i++) {
		if (g->group[order[i] - 1].hue != hue || n++ >= max)
			continue;
		if (lines) {
			prof_buf_adds(b, n > 1 ? "\n" : "");
			add_share(pic, b, g->group[order[i] - 1].self);
			prof_buf_addc(b, ' ');
		} else if (n > 1) {
			prof_buf_adds(b, ", ");
		}
		add_group(pic, b, order[i]);
	}
	if (n > max)
		prof_buf_addf(b, "%s%zu more", lines ? "\n" : ", ", n - max);
}

static uint32_t *
order_groups(const struct prof_svg_groups *g)
{
	uint32_t *order = prof_alloc(g->name.n, sizeof *order), i;

	for (i = 0; i < g->name.n; i++)
		order[i] = i + 1;
	prof_sort_ids(order, g->name.n, heavier, g);
	return order;
}

static void
draw_cell(struct prof_svg_picture *pic, const struct cell *c,
    const uint32_t *order, unsigned i, uint32_t y)
{
	uint32_t width = (PROF_SVG_SPAN - 2 * LEFT) / columns(pic);
	struct prof_buf *b = &pic->buf;

	prof_buf_adds(b, "<svg");
	prof_svg_span(b, "x", LEFT + i % columns(pic) * width);
	prof_svg_span(b, "width", width - PROF_SVG_SPAN / 200);
	prof_buf_addf(b, " y=\"%" PRIu32 "\" height=\"15\" class=\"pf-key %s\""
	    " role=\"listitem\"><title>", y + i / columns(pic) * LINE,
	    c->class != NULL ? c->class :
	    prof_svg_shade(c->first + 1)->class);
	if (c->text == NULL) {
		add_groups(pic, b, order, c->first / 3, true);
	} else {
		add_share(pic, b, c->self);
		prof_buf_addf(b, " %s", c->text);
	}
	prof_buf_adds(b, "</title><rect width=\"100%\" height=\"15\"/>"
	    "<text x=\"3\" y=\"11.5\">");
	add_share(pic, b, c->self);
	prof_buf_addc(b, ' ');
	if (c->text == NULL)
		add_groups(pic, b, order, c->first / 3, false);
	else
		prof_buf_adds(b, c->text);
	prof_buf_adds(b, "</text></svg>\n");
	prof_svg_flush(pic);
}

static void
draw_heat(struct prof_svg_picture *pic, uint32_t y)
{
	char text[24];
	unsigned i;

	for (i = 0; i < 10; i++) {
		snprintf(text, sizeof text, i < 9 ? "%u" : "%u " DOTS " 100",
		    i * 10);
		draw_swatch(pic, y, i, prof_svg_shade(PROF_SVG_HEAT + i)->class,
		    text);
	}
}

static uint32_t
meanings_height(const struct prof_svg_picture *pic)
{
	struct cell cells[MAX_CELLS];
	unsigned n = collect_cells(pic, cells), per = columns(pic);

	return pic->layout.rows == 0 ? 0 : LINE * ((uint32_t)pic->signs + 1 +
	    has_heat(pic) + (n + per - 1) / per);
}

static void
draw_meanings(struct prof_svg_picture *pic, uint32_t y)
{
	struct cell cells[MAX_CELLS];
	unsigned i, n = collect_cells(pic, cells);
	uint32_t *order;

	if (pic->layout.rows == 0)
		return;
	if (pic->signs) {
		draw_line(pic, y, "Widths are absolute values");
		y += LINE;
	}
	draw_headline(pic, y);
	y += LINE;
	if (has_heat(pic)) {
		draw_heat(pic, y);
		y += LINE;
	}
	order = order_groups(&pic->groups);
	prof_out_adds(pic->out, "<g role=\"list\" aria-label=\"Colours\">\n");
	for (i = 0; i < n; i++)
		draw_cell(pic, &cells[i], order, i, y);
	prof_out_adds(pic->out, "</g>\n");
	free(order);
}

uint32_t
prof_svg_legend_height(const struct prof_svg_picture *pic)
{
	if (pic->t->nsides == 2)
		return prof_svg_legend_diff_height(pic);
	return meanings_height(pic);
}

uint32_t
prof_svg_draw_legend(struct prof_svg_picture *pic, uint32_t y)
{
	if (pic->t->nsides == 2)
		return prof_svg_legend_diff_draw(pic, y);
	draw_meanings(pic, y);
	return prof_svg_legend_height(pic);
}

void
prof_svg_legend_shades(const struct prof_svg_picture *pic, bool *used)
{
	struct cell cells[MAX_CELLS];
	unsigned i, n;

	if (pic->t->nsides == 2)
		return;
	n = collect_cells(pic, cells);
	for (i = 0; i < n; i++)
		if (cells[i].n > 1)
			used[cells[i].first + 1] = true;
	for (i = 0; has_heat(pic) && i < 10; i++)
		used[PROF_SVG_HEAT + i] = true;
}
