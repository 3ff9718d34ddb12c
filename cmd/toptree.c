/* SPDX-License-Identifier: MIT */
#include "cmd/toptree.h"

#include <stdlib.h>

#include "cmd/cli.h"
#include "libanalysis/nomem.h"
#include "libanalysis/treetext.h"

static uint32_t
min_ppm(const struct options *o)
{
	if (o->all)
		return 0;
	if (o->min_share.den == 0)
		return PROF_TREETEXT_MIN_PPM;
	return (uint32_t)prof_num_ppm(o->min_share.num, o->min_share.den);
}

void
top_tree(const struct options *o, const struct prof_top *t,
    const struct prof_style *style, struct prof_buf *text)
{
	const struct prof_profile *p = t->rows->p;
	struct prof_treetext_opts how = { .min_ppm = min_ppm(o),
	    .width = style->elide ? style->width : 0, .ascii = style->ascii,
	    .whole = (int64_t)t->flat->whole,
	    .remark = cli_tree_note(p) };
	struct prof_tree_side side = { .rows = t->rows };
	struct prof_tree_opts opts = { .gross = true };
	struct prof_frames frames = { 0 };
	struct prof_err err = { 0 };
	struct prof_tree tree;
	int64_t *weight = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *weight);

	prof_top_facts(t, style, text);
	prof_buf_addc(text, '\n');
	prof_frames_init(&frames, t->rows);
	side.weight = weight;
	opts.order = prof_frames_cmp;
	opts.order_ctx = &frames;
	opts.min_total = (int64_t)((prof_i128)how.whole * how.min_ppm /
	    1000000);
	if (p->ntypes > 0) {
		how.type = prof_profile_str(p, p->type[t->column].type);
		how.unit = prof_profile_str(p, p->type[t->column].unit);
		how.num = p->type[t->column].num;
		how.den = p->type[t->column].den;
		if (prof_flat_weights(p, t->column, weight, &err) != PROF_OK)
			cli_fail_err(&err);
	}
	if (prof_tree_init(&tree, &side, 1, frames.n, &opts, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	prof_treetext(&tree, &frames, &how, text);
	prof_tree_release(&tree);
	prof_frames_release(&frames);
	free(weight);
}
