/* SPDX-License-Identifier: MIT */
#include "cmd/picture.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/scale.h"
#include "libanalysis/svg_palette.h"
#include "libanalysis/svg_text.h"

#define MINUS "\342\210\222"	/* U+2212 */
#define FLUID_WIDTH 1200	/* what --minwidth in pixels refers to */

static uint32_t
at_most(uint64_t n)
{
	return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

void
picture_check(const struct options *o)
{
	struct prof_err err = { 0 };
	const struct {
		const char *name;
		struct prof_svg_opts opts;
	} list[] = {
		{ "fonttype", { .font = o->fonttype } },
		{ "fontsize", { .font_size = at_most(o->fontsize) } },
		{ "href", { .href = o->href } }
	};
	unsigned palette;
	size_t i;

	if (prof_svg_palette_find(o->colors, &palette, &err) != PROF_OK)
		cli_fail("--colors: %s", err.msg);
	for (i = 0; i < sizeof list / sizeof list[0]; i++)
		if (prof_svg_check(&list[i].opts, &err) != PROF_OK)
			cli_fail("--%s: %s", list[i].name, err.msg);
}

void
picture_weigh(struct picture *c, unsigned side, const struct prof_rows *rows,
    unsigned column)
{
	const struct prof_profile *p = rows->p;
	struct prof_err err = { 0 };

	c->weight[side] = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *c->weight[side]);
	if (p->ntypes > 0 && prof_flat_weights(p, column, c->weight[side],
	    &err) != PROF_OK)
		cli_fail_err(&err);
	c->column = column;
	c->side[side].rows = rows;
	c->side[side].weight = c->weight[side];
}

/* NUM%, NUMpx or NUM pixels of the picture, in millionths of it. */
static uint32_t
min_ppm(const char *text, uint64_t width)
{
	int64_t n;
	unsigned scale;
	size_t used = prof_num_given(text, strlen(text), &n, &scale);
	bool percent = strcmp(text + used, "%") == 0;
	prof_i128 ppm, whole = percent ? 100 : width != 0 ?
	    (prof_i128)width : FLUID_WIDTH;

	if (used == 0 || n < 0 || (!percent && text[used] != '\0' &&
	    strcmp(text + used, "px") != 0))
		cli_fail("--minwidth takes a number, NUMpx or NUM%%, not '%s'",
		    text);
	for (; scale > 0; scale--)
		whole *= 10;
	ppm = ((prof_i128)n * 1000000 + whole / 2) / whole;
	if (ppm > 1000000)
		cli_fail("--minwidth %s is more than the whole picture", text);
	return n == 0 ? PROF_SVG_EVERYTHING : ppm < 1 ? 1 : (uint32_t)ppm;
}

void
picture_style(struct picture *c, const struct options *o,
    const struct prof_profile *p, unsigned column, const char *title)
{
	struct prof_svg_opts *how = &c->how;

	how->title = o->title != NULL && o->title[0] != '\0' ? o->title :
	    title;
	how->inverted = o->inverted;
	how->width = (unsigned)o->width;
	how->countname = o->countname;
	how->nametype = o->nametype;
	how->font = o->fonttype;
	how->font_size = at_most(o->fontsize);
	how->href = o->href;
	how->no_script = o->no_js;
	how->no_data = o->no_data;
	how->max_frames = at_most(o->max_frames);
	how->max_rows = at_most(o->max_rows);
	if (o->minwidth != NULL)
		how->min_ppm = min_ppm(o->minwidth, o->width);
	how->parts = cli_granularity(o, NULL) > PROF_BY_NAME;
	how->theme = (enum prof_svg_theme)o->theme;
	how->palette = o->colors;
	how->by = o->hash ? PROF_SVG_BY_FUNCTION :
	    (enum prof_svg_by)o->color_by;
	if (p->ntypes == 0)
		return;
	how->type = prof_profile_str(p, p->type[column].type);
	how->unit = prof_profile_str(p, p->type[column].unit);
	how->num = p->type[column].num;
	how->den = p->type[column].den;
}

/* The rows with the largest values, of either sign, by name where equal. */
static void
add_best(struct prof_buf *b, const char *what, const struct prof_rows *rows,
    const prof_i128 *value, prof_i128 whole)
{
	uint32_t best[5], n = 0, i, row;

	for (row = 1; row <= rows->n; row++) {
		if (value[row] == 0)
			continue;
		for (i = n < 5 ? n++ : 5; i > 0 && prof_num_abs(value[row]) >
		    prof_num_abs(value[best[i - 1]]); i--)
			if (i < 5)
				best[i] = best[i - 1];
		if (i < 5)
			best[i] = row;
	}
	if (n > 0)
		prof_buf_addf(b, "Most %s:", what);
	for (i = 0; i < n; i++) {
		prof_buf_adds(b, i > 0 ? ", " : " ");
		if (value[best[i]] < 0)
			prof_buf_adds(b, MINUS);
		prof_scale_percent(b, prof_num_abs(value[best[i]]), whole);
		prof_buf_addc(b, ' ');
		prof_svg_text_name(b, prof_rows_get(rows, best[i]),
		    PROF_SVG_NAME_LINE);
	}
	if (n > 0)
		prof_buf_addc(b, '\n');
}

void
picture_describe(struct prof_buf *b, const struct prof_rows *rows,
    const struct prof_flat *flat)
{
	add_best(b, "self", rows, flat->self, flat->whole);
	add_best(b, "total", rows, flat->total, flat->whole);
}

void
picture_note(struct prof_buf *b, uint64_t skipped)
{
	size_t failed = cli_failed()->n;

	if (skipped > 0)
		prof_buf_addf(b, "Left out: %llu record%s skipped",
		    (unsigned long long)skipped, skipped == 1 ? "" : "s");
	if (failed > 0)
		prof_buf_addf(b, "%s%zu input%s that could not be read",
		    skipped > 0 ? ", " : "Left out: ", failed,
		    failed == 1 ? "" : "s");
}

uint64_t
picture_samples(const struct prof_profile *p, unsigned column)
{
	int c = prof_profile_column(p, "samples");
	prof_i128 sum = 0;
	uint32_t i;

	/* What was multiplied counts samples no longer. */
	if (c < 0 || (unsigned)c == column || p->type[c].num != 1 ||
	    p->type[c].den != 1)
		return 0;
	for (i = 0; i < p->nsamples; i++)
		sum += p->value[c][i];
	return sum > 0 && prof_num_fits(sum) ? (uint64_t)sum : 0;
}

static void
draw_svg(const struct options *o, struct picture *c,
    const struct prof_tree *t)
{
	struct prof_out *out = c->out;
	struct prof_err err = { 0 };
	struct cli_file f;

	if (out == NULL) {
		cli_open(&f, o->output, "use > out.svg, -o out.svg or "
		    "--term");
		out = f.out;
	}
	if (prof_svg_write(t, &c->frames, &c->how, out, &err) != PROF_OK)
		cli_fail_err(&err);
	if (c->out == NULL)
		cli_close(&f);
}

void
picture_draw(const struct options *o, struct picture *c)
{
	struct prof_tree tree;

	flametree(o, c, &tree);
	if (o->term)
		flameterm_draw(o, c, &tree);
	else
		draw_svg(o, c, &tree);
	prof_tree_release(&tree);
	prof_frames_release(&c->frames);
	prof_chart_release(&c->chart);
	prof_buf_release(&c->order);
	free(c->weight[0]);
	free(c->weight[1]);
}
