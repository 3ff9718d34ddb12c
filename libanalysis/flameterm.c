/* SPDX-License-Identifier: MIT */
#include "libanalysis/flameterm.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/amount.h"
#include "libanalysis/flameterm_fill.h"
#include "libanalysis/flameterm_rows.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/svg_change.h"
#include "libanalysis/svg_group.h"
#include "libanalysis/svg_layout.h"

#define LABEL_LEAST 3	/* columns: less than that says nothing */
#define MAX_WRAPPED 16	/* lines that a line of text may take */
#define NAME_SPARE 16	/* characters without width that a label may have */

/* What is drawn with, in Unicode and in ASCII. */
struct glyphs {
	const char *bar, *dot, *hatch, *dots;
	const char *more, *less, *even, *negative, *minus, *to;
	size_t dots_width;
};

static const struct glyphs glyphs[2] = {
	{ "\342\224\202", "\302\267", "\342\225\261", "\342\200\246",
	    "\342\226\262 ", "\342\226\274 ", "\342\211\210 ",
	    "\342\210\222 ",
	    "\342\210\222", " \342\206\222 ", 1 },
	{ "|", ".", "/", "..", "+ ", "- ", "~ ", "- ", "-",
	    " -> ", 2 }
};

struct drawing {
	const struct prof_tree *t;
	const struct prof_frames *frames;
	const struct prof_flameterm_opts *opts;
	const struct prof_svg_opts *picture;
	const struct glyphs *glyph;
	struct prof_flameterm_rows rows;
	uint32_t *fill;			/* by segment: as it is drawn */
	prof_i128 whole[PROF_TREE_SIDES];	/* what 100 % is */
	struct prof_amount amount;
	struct prof_svg_groups groups;	/* of one side */
	struct prof_svg_change change;	/* of two */
	struct prof_buf line, name, extra;
	struct prof_out *out;
};

static const struct prof_row *
row_of(const struct drawing *d, uint32_t node)
{
	return node != 0 ? prof_frames_get(d->frames, d->t->frame[node]) :
	    NULL;
}

/* What other parts of the library write with, in ASCII if that is due. */
static void
use_glyphs(const struct drawing *d, struct prof_buf *b)
{
	static const char *const pair[][2] = {
		{ "\302\267", "-" }, { "\342\206\222", "->" },
		{ "\342\210\222", "-" }
	};
	size_t i, n, wide, at = 0, to = 0;

	while (d->opts->style.ascii && at < b->len) {
		for (i = 0; i < 3; i++) {
			wide = strlen(pair[i][0]);
			if (b->len - at >= wide &&
			    memcmp(b->data + at, pair[i][0], wide) == 0)
				break;
		}
		if (i < 3) {
			n = strlen(pair[i][1]);
			memcpy(b->data + to, pair[i][1], n);
			to += n;
			at += wide;
		} else {
			b->data[to++] = b->data[at++];
		}
	}
	if (d->opts->style.ascii)
		b->len = to;
}

/* Colours. */

static unsigned
shade_of(const struct drawing *d, uint32_t node)
{
	return d->t->nsides == 2 ? prof_svg_change_shade(&d->change, node) :
	    prof_svg_groups_shade(&d->groups, d->t, d->picture, node);
}

/* Whether two fills look the same there. */
static bool
look_alike(const struct drawing *d, uint32_t a, uint32_t b)
{
	return a == b || (!d->opts->rgb &&
	    prof_flameterm_index(a) == prof_flameterm_index(b));
}

static uint32_t
fill_of(const struct drawing *d, size_t i)
{
	const struct prof_flameterm_seg *s = &d->rows.seg[i];
	const struct prof_svg_shade *shade =
	    prof_svg_shade(shade_of(d, s->node));
	bool dark = d->picture->theme == PROF_SVG_DARK;
	bool beside = i > 0 && s[-1].to == s->from && !s[-1].run &&
	    s->node != 0 && d->t->depth[s[-1].node] == d->t->depth[s->node];
	uint32_t fill = 0;
	unsigned tone;

	for (tone = 0; tone < PROF_FLAMETERM_TONES; tone++) {
		fill = prof_flameterm_tone(dark ? shade->dark : shade->light,
		    tone, !dark);
		if ((!beside || !look_alike(d, fill, d->fill[i - 1])) &&
		    (s->node == 0 || !look_alike(d, fill, d->fill[s->below])))
			break;
	}
	return fill;
}

static void
choose_fills(struct drawing *d)
{
	size_t i;

	d->fill = prof_zalloc(d->rows.n, sizeof *d->fill);
	if (!d->opts->style.color)
		return;
	for (i = 0; i < d->rows.n; i++)
		if (!d->rows.seg[i].run)
			d->fill[i] = fill_of(d, i);
}

/* Labels. */

/*
 * Append as much of a name as fits, and dots in place of the rest; returns
 * the columns taken.  The work is for what is shown, not for the name.
 */
static size_t
put_name(struct drawing *d, const char *s, size_t len, size_t room)
{
	size_t at, used, w, width = 0, cut = 0, cut_width = 0, n = 0;
	size_t most = room + NAME_SPARE, dots = d->glyph->dots_width;

	prof_buf_clear(&d->name);
	for (at = 0; at < len && n < most; at += used, n++) {
		prof_utf8_next(s + at, len - at, &used);
		w = prof_name_width(s + at, used);
		if (width + w > room)
			break;
		prof_name_print(&d->name, s + at, used);
		width += w;
		if (width + dots <= room) {
			cut = d->name.len;
			cut_width = width;
		}
	}
	if (at == len) {
		prof_buf_add(&d->line, d->name.data, d->name.len);
		return width;
	}
	prof_buf_add(&d->line, d->name.data, cut);
	prof_buf_adds(&d->line, d->glyph->dots);
	return cut_width + dots;
}

static void
put_percent(struct drawing *d, struct prof_buf *b, prof_i128 part,
    prof_i128 whole)
{
	if (part < 0)
		prof_buf_adds(b, d->glyph->minus);
	prof_scale_percent(b, prof_num_abs(part), whole);
}

/* What stands behind the name where there is room: share or change. */
static void
put_extra(struct drawing *d, uint32_t node)
{
	prof_buf_clear(&d->extra);
	if (d->t->nsides == 2) {
		prof_svg_change_percent(&d->change, &d->extra, node);
		use_glyphs(d, &d->extra);
		return;
	}
	prof_buf_addc(&d->extra, ' ');
	put_percent(d, &d->extra, d->t->total[0][node], d->whole[0]);
}

static const char *
mark_of(const struct drawing *d, uint32_t node)
{
	int64_t base = d->t->total[0][node], now;

	if (d->t->nsides == 1)
		return base < 0 ? d->glyph->negative : "";
	if ((d->change.flags[node] & PROF_CHANGE_EVEN) != 0)
		return d->glyph->even;
	base = d->change.value[0][node];
	now = d->change.value[1][node];
	return now > base ? d->glyph->more : now < base ? d->glyph->less : "";
}

/* Append the label in at most room columns; returns those taken. */
static size_t
put_label(struct drawing *d, uint32_t node, size_t room)
{
	const struct prof_row *row = row_of(d, node);
	const char *mark = mark_of(d, node), *name = "all";
	size_t len = 3, extra, width = prof_name_width(mark, strlen(mark));

	if (row != NULL) {
		name = row->name_len > 0 ? row->name : "(no name)";
		len = row->name_len > 0 ? row->name_len : strlen(name);
	}
	if (width > room || (room - width < LABEL_LEAST &&
	    (len > room || prof_name_width(name, len) + width > room)))
		return 0;
	prof_buf_adds(&d->line, mark);
	width += put_name(d, name, len, room - width);
	put_extra(d, node);
	extra = prof_name_width(prof_buf_str(&d->extra), d->extra.len);
	if (width + extra <= room) {
		prof_buf_adds(&d->line, prof_buf_str(&d->extra));
		width += extra;
	}
	return width;
}

/* Rows. */

static void
put_times(struct drawing *d, const char *s, size_t n)
{
	while (n-- > 0)
		prof_buf_adds(&d->line, s);
}

static bool
is_gone(const struct drawing *d, uint32_t node)
{
	return d->t->nsides == 2 && d->t->total[0][node] != 0 &&
	    d->t->total[1][node] == 0;
}

static void
draw_run(struct drawing *d, const struct prof_flameterm_seg *s)
{
	prof_ink(&d->line, &d->opts->style, PROF_INK_DIM);
	put_times(d, d->glyph->dot, s->to - s->from);
	prof_ink(&d->line, &d->opts->style, PROF_INK_NONE);
}

static void
draw_frame(struct drawing *d, size_t i)
{
	const struct prof_flameterm_seg *s = &d->rows.seg[i];
	size_t room = s->to - s->from, width = 1;

	if (!d->opts->style.color) {
		prof_buf_adds(&d->line, d->glyph->bar);
	} else {
		prof_flameterm_paint(&d->line, d->fill[i], d->opts->rgb);
		/* A blank before the name, if that does not cost letters. */
		if (room > LABEL_LEAST)
			prof_buf_addc(&d->line, ' ');
		else
			width = 0;
	}
	width += put_label(d, s->node, room - width);
	if (is_gone(d, s->node) && width < room) {
		prof_buf_addc(&d->line, ' ');
		put_times(d, d->glyph->hatch, room - width - 1);
	} else {
		prof_buf_addn(&d->line, ' ', room - width);
	}
}

/* Behind a frame, where nothing is drawn; returns the columns taken. */
static uint32_t
close_frame(struct drawing *d, bool touched)
{
	if (d->opts->style.color) {
		prof_ink(&d->line, &d->opts->style, PROF_INK_NONE);
		return 0;
	}
	if (touched)
		return 0;
	prof_buf_adds(&d->line, d->glyph->bar);
	return 1;
}

static void
draw_row(struct drawing *d, uint32_t row)
{
	const struct prof_flameterm_seg *seg = d->rows.seg;
	size_t i, end = d->rows.start[row + 1];
	uint32_t at = 0;

	prof_buf_clear(&d->line);
	for (i = d->rows.start[row]; i < end; i++) {
		prof_buf_addn(&d->line, ' ', seg[i].from - at);
		at = seg[i].to;
		if (seg[i].run) {
			draw_run(d, &seg[i]);
			continue;
		}
		draw_frame(d, i);
		at += close_frame(d, i + 1 < end && seg[i + 1].from == at);
	}
	prof_buf_addc(&d->line, '\n');
	prof_out_add(d->out, d->line.data, d->line.len);
}

static void
draw_rows(struct drawing *d)
{
	uint32_t i, n = d->rows.nrows;

	if (n == 0)
		prof_out_adds(d->out, "no samples\n");
	for (i = 0; i < n; i++)
		draw_row(d, d->picture->inverted ? i : n - 1 - i);
}

/* Lines of text. */

/* Write a line that may be too wide as some that are not. */
static void
wrap_line(struct drawing *d, enum prof_ink ink, const char *s, size_t len)
{
	size_t width = d->opts->style.width, dots = d->glyph->dots_width;
	size_t room, n, i;

	prof_buf_clear(&d->line);
	for (i = 0; i < MAX_WRAPPED && (len > 0 || i == 0); i++) {
		room = i == 0 ? width : width > 2 ? width - 2 : 1;
		n = prof_name_fit(s, len, room);
		if (n < len && i + 1 == MAX_WRAPPED)
			n = prof_name_fit(s, len, room > dots ? room - dots :
			    1);
		prof_buf_adds(&d->line, i > 0 ? "  " : "");
		if (ink != PROF_INK_NONE)
			prof_ink(&d->line, &d->opts->style, ink);
		prof_buf_add(&d->line, s, n);
		if (n < len && i + 1 == MAX_WRAPPED)
			prof_buf_adds(&d->line, d->glyph->dots);
		if (ink != PROF_INK_NONE)
			prof_ink(&d->line, &d->opts->style, PROF_INK_NONE);
		prof_buf_addc(&d->line, '\n');
		for (; n < len && s[n] == ' '; n++)
			;
		s += n;
		len -= n;
	}
	prof_out_add(d->out, d->line.data, d->line.len);
}

static void
put_line(struct drawing *d, enum prof_ink ink, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	prof_buf_clear(&d->name);
	prof_name_print(&d->name, text, strlen(text));
	use_glyphs(d, &d->name);
	wrap_line(d, ink, d->name.data, d->name.len);
}

static void
put_total(struct drawing *d, struct prof_buf *b)
{
	int64_t base = d->t->total[0][0], now;

	prof_buf_adds(b, "total ");
	prof_amount_print(b, d->amount, base);
	if (d->t->nsides == 1) {
		/* Where signs differ, widths tell what is there. */
		if (prof_num_abs(base) < d->whole[0] &&
		    d->rows.whole < (prof_u128)d->whole[0]) {
			prof_buf_adds(b, " of ");
			prof_amount_print(b, d->amount, d->whole[0]);
		}
		return;
	}
	now = d->t->total[1][0];
	prof_buf_adds(b, d->glyph->to);
	prof_amount_print(b, d->amount, now);
	/* Of totals, whatever the metric. */
	if (base == 0 || now == base)
		return;
	prof_buf_adds(b, now > base ? " (+" : " (");
	put_percent(d, b, (prof_i128)now - base, prof_num_abs(base));
	prof_buf_addc(b, ')');
}

static void
put_samples(struct drawing *d, struct prof_buf *b, const char *dot)
{
	const uint64_t *n = d->picture->samples;
	bool one = n[0] == 1 && d->t->nsides == 1;

	if (n[0] == 0 && n[1] == 0)
		return;
	prof_buf_addf(b, "%s%" PRIu64, dot, n[0]);
	if (d->t->nsides == 2)
		prof_buf_addf(b, "%s%" PRIu64, d->glyph->to, n[1]);
	prof_buf_adds(b, one ? " sample" : " samples");
}

/* Lines on how the sides compare. */
static void
put_said(struct drawing *d, const char *said)
{
	struct prof_buf b = { 0 };
	size_t n;

	for (; said != NULL && *said != '\0'; said += n + (said[n] != '\0')) {
		n = strcspn(said, "\n");
		prof_buf_clear(&b);
		prof_buf_add(&b, said, n);
		put_line(d, PROF_INK_NONE, prof_buf_str(&b));
	}
	prof_buf_release(&b);
}

static void
draw_head(struct drawing *d)
{
	const struct prof_svg_opts *p = d->picture;
	const char *dot = prof_fact_dot(&d->opts->style);
	struct prof_buf *b = &d->extra;
	size_t at, n;

	put_line(d, PROF_INK_BOLD, p->title != NULL ? p->title :
	    d->t->nsides == 2 ? "Differential flame graph" : "Flame graph");
	prof_buf_clear(b);
	if (p->type != NULL && p->type[0] != '\0') {
		prof_name_print(b, p->type, strlen(p->type));
		prof_buf_adds(b, dot);
	}
	put_total(d, b);
	put_samples(d, b, dot);
	prof_buf_addf(b, "%s%" PRIu32 " frame%s drawn", dot, d->rows.frames,
	    d->rows.frames == 1 ? "" : "s");
	if (p->reversed)
		prof_buf_addf(b, "%smerged from the leaves", dot);
	prof_buf_addc(b, '\n');
	prof_wrap_facts(b, 0, &d->opts->style);
	for (at = 0; at < b->len; at += n + 1) {
		n = strcspn(prof_buf_str(b) + at, "\n");
		wrap_line(d, PROF_INK_NONE, b->data + at, n);
	}
	put_said(d, p->compare.said);
	put_line(d, PROF_INK_NONE, p->subtitle);
	put_line(d, PROF_INK_RED, p->note);
}

static void
put_share(struct drawing *d, struct prof_buf *b, prof_u128 part)
{
	prof_u128 whole = d->rows.whole;

	while (whole >> 64 != 0) {
		whole >>= 1;
		part >>= 1;
	}
	put_percent(d, b, (prof_i128)part, (prof_i128)whole);
}

static void
draw_foot(struct drawing *d)
{
	const struct prof_flameterm_rows *r = &d->rows;
	struct prof_buf b = { 0 };

	if (r->narrow > 0) {
		prof_buf_addf(&b, "Left out: %" PRIu64 " frame%s narrower "
		    "than a column (%s) with %s callees, ", r->narrow,
		    r->narrow == 1 ? "" : "s", d->glyph->dot,
		    r->narrow == 1 ? "its" : "their");
		put_share(d, &b, r->narrow_weight);
		prof_buf_adds(&b, " in all");
		put_line(d, PROF_INK_DIM, prof_buf_str(&b));
		prof_buf_clear(&b);
	}
	if (r->deep_weight > 0) {
		prof_buf_addf(&b, "Left out: frames deeper than %" PRIu32
		    " (the deepest stack has %" PRIu32 "), ", r->nrows - 1,
		    d->t->max_depth);
		put_share(d, &b, r->deep_weight);
		prof_buf_adds(&b, " in all; --max-rows draws more");
		put_line(d, PROF_INK_DIM, prof_buf_str(&b));
	}
	prof_buf_release(&b);
}

int64_t
prof_flameterm_min_total(int64_t whole, unsigned nsides, unsigned columns)
{
	/* Less than a quarter of a column, of two sides together. */
	uint32_t ppm = 250000 / (columns > 0 ? columns : 1) / nsides;
	int64_t min = prof_tree_min_total(whole, ppm > 0 ? ppm : 1);

	return min > 1 ? min : 1;
}

static void
choose_amount(struct drawing *d)
{
	static const struct prof_wish raw = { PROF_UNIT_RAW, NULL };
	struct prof_spread spread = { 0 };
	unsigned s;

	for (s = 0; s < d->t->nsides; s++) {
		prof_spread_add(&spread, d->t->total[s][0]);
		d->whole[s] = prof_num_abs(d->picture->whole[s] != 0 ?
		    d->picture->whole[s] : d->t->total[s][0]);
	}
	d->amount = prof_amount_choose(d->picture->unit,
	    d->picture->num != 0 ? d->picture->num : 1,
	    d->picture->den != 0 ? d->picture->den : 1, &spread,
	    d->picture->countname != NULL ? &raw : &d->opts->style.unit);
	if (d->picture->countname != NULL)
		d->amount.scale.unit = d->picture->countname;
}

/* What the colours of the frames drawn say. */
static int
choose_meaning(struct drawing *d, struct prof_err *err)
{
	uint8_t *tier;
	size_t i;

	if (d->t->nsides == 1)
		return prof_svg_groups_init(&d->groups, d->t, d->frames,
		    d->picture, err);
	tier = prof_zalloc(d->t->n, sizeof *tier);
	for (i = 0; i < d->rows.n; i++)
		if (!d->rows.seg[i].run)
			tier[d->rows.seg[i].node] = PROF_SVG_DRAWN;
	prof_svg_change_init(&d->change, d->t, &d->picture->compare,
	    d->whole, tier, &d->amount.scale);
	free(tier);
	return PROF_OK;
}

int
prof_flameterm(const struct prof_tree *t, const struct prof_frames *frames,
    const struct prof_flameterm_opts *opts, struct prof_out *out,
    struct prof_err *err)
{
	const struct prof_svg_opts *picture = opts->picture;
	struct drawing d = { .t = t, .frames = frames, .opts = opts,
	    .picture = picture, .glyph = &glyphs[opts->style.ascii],
	    .out = out };
	int rc;

	choose_amount(&d);
	/* Bars need a column behind the last frame. */
	prof_flameterm_rows_init(&d.rows, t, opts->style.width -
	    !opts->style.color, picture->max_rows != 0 ? picture->max_rows :
	    PROF_FLAMETERM_MAX_ROWS, picture->widths);
	rc = choose_meaning(&d, err);
	if (rc == PROF_OK) {
		choose_fills(&d);
		draw_head(&d);
		draw_rows(&d);
		draw_foot(&d);
	}
	prof_svg_groups_release(&d.groups);
	prof_svg_change_release(&d.change);
	prof_flameterm_rows_release(&d.rows);
	free(d.fill);
	prof_buf_release(&d.line);
	prof_buf_release(&d.name);
	prof_buf_release(&d.extra);
	return rc;
}
