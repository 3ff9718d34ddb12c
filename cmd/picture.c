/* SPDX-License-Identifier: MIT */
#include "cmd/picture.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/svg_order.h"

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

void
picture_style(struct picture *c, const struct options *o,
    const struct prof_profile *p, unsigned column, const char *title)
{
	c->how.title = o->title != NULL ? o->title : title;
	c->how.inverted = o->inverted;
	c->how.width = (unsigned)o->width;
	if (p->ntypes == 0)
		return;
	c->how.type = prof_profile_str(p, p->type[column].type);
	c->how.unit = prof_profile_str(p, p->type[column].unit);
	c->how.num = p->type[column].num;
	c->how.den = p->type[column].den;
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

	if (c < 0 || (unsigned)c == column)
		return 0;
	for (i = 0; i < p->nsamples; i++)
		sum += p->value[c][i];
	return sum > 0 && prof_num_fits(sum) ? (uint64_t)sum : 0;
}

/* Order of siblings: --sort's word, as the script has it, too. */
static void
set_order(const struct options *o, struct picture *c,
    struct prof_tree_opts *opts)
{
	c->how.sort = o->sort != NULL ? o->sort : "name";
	c->how.reversed = o->reverse;
	opts->from_leaf = o->reverse;
	opts->as_met = strcmp(c->how.sort, "input") == 0;
	opts->order = prof_frames_cmp;
	opts->order_ctx = &c->frames;
}

static void
sort_by_size(const struct picture *c, struct prof_tree *t)
{
	prof_u128 *weight = prof_svg_weigh(t, c->how.widths);

	prof_svg_sort(t, weight);
	free(weight);
}

static void
make_tree(const struct options *o, struct picture *c, struct prof_tree *t)
{
	struct prof_tree_opts opts = { .gross = true };
	struct prof_err err = { 0 };
	int64_t whole = c->how.whole[0];

	if (c->nsides == 2 && c->how.whole[1] > whole)
		whole = c->how.whole[1];
	opts.min_total = o->term ? flameterm_min_total(o, whole, c->nsides) :
	    prof_svg_min_total(whole, c->nsides, &c->how);
	set_order(o, c, &opts);
	if (o->flamechart) {
		flamechart_make(c, opts.min_total);
		*t = c->chart.tree;
		memset(&c->chart.tree, 0, sizeof c->chart.tree);
		return;
	}
	if (prof_tree_init(t, c->side, c->nsides, c->frames.n, &opts,
	    &err) != PROF_OK)
		cli_fail_err(&err);
	if (strcmp(c->how.sort, "size") == 0)
		sort_by_size(c, t);
}

static void
draw_svg(const struct options *o, struct picture *c,
    const struct prof_tree *t)
{
	struct prof_err err = { 0 };
	struct cli_file f;

	cli_open(&f, o->output, "use > out.svg, -o out.svg or --term");
	if (prof_svg_write(t, &c->frames, &c->how, f.out, &err) != PROF_OK)
		cli_fail_err(&err);
	cli_close(&f);
}

void
picture_draw(const struct options *o, struct picture *c)
{
	struct prof_tree tree;

	make_tree(o, c, &tree);
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
