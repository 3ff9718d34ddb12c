/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/picture.h"
#include "libanalysis/svg_order.h"

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

void
flametree(const struct options *o, struct picture *c, struct prof_tree *t)
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
