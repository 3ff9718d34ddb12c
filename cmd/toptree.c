/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/report.h"
#include "libanalysis/nomem.h"
#include "libanalysis/treetext.h"

/* The call tree, from the root or from the leaves. */

void
tree_begin(struct report_job *job)
{
	const struct prof_profile *p = job->p;
	struct prof_tree_side side = { .rows = &job->rows };
	struct prof_tree_opts opts = { .gross = true };
	struct prof_flat flat = { .edges = job->about.measured };
	struct prof_err err = { 0 };
	int64_t *weight = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *weight);

	cli_rows(job->o, p, &job->rows);
	prof_frames_init(&job->frames, &job->rows);
	cli_estimate(job->about.inputs[0], p, &flat);
	side.weight = weight;
	opts.from_leaf = job->o->bottom_up;
	opts.order = prof_frames_cmp;
	opts.order_ctx = &job->frames;
	if (!prof_num_fits(job->about.whole))
		cli_fail("%s: the values add up to more than 64 bits hold",
		    job->about.inputs[0]);
	opts.min_total = prof_tree_min_total((int64_t)job->about.whole,
	    report_share(job->o, PROF_TREETEXT_MIN_PPM));
	if (p->ntypes > 0 && prof_flat_weights(p, job->column, weight,
	    &err) != PROF_OK)
		cli_fail_err(&err);
	if (prof_tree_init(&job->tree, &side, 1, job->frames.n, &opts,
	    &err) != PROF_OK)
		cli_fail_err(&err);
	free(weight);
}

static struct prof_treetext_opts
how(const struct report_job *job)
{
	struct prof_treetext_opts h = { .min_ppm = report_share(job->o,
	    PROF_TREETEXT_MIN_PPM), .remark = cli_tree_note(job->p),
	    .from_leaf = job->o->bottom_up };
	const struct prof_type *type = &job->p->type[job->column];

	h.whole = (int64_t)job->about.whole;
	if (job->p->ntypes > 0) {
		h.type = prof_profile_str(job->p, type->type);
		h.unit = prof_profile_str(job->p, type->unit);
		h.num = type->num;
		h.den = type->den;
	}
	return h;
}

void
tree_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	struct prof_treetext_opts h = how(job);

	h.width = style->elide ? style->width : 0;
	h.ascii = style->ascii;
	h.color = style->color;
	h.wish = style->unit;
	prof_about_facts(&job->about, style, out);
	prof_buf_adds(out, "\n\n");
	prof_treetext(&job->tree, &job->frames, &h, out);
}

void
tree_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out)
{
	struct prof_treetext_opts h = how(job);

	(void)style;
	prof_treetext_form(&job->tree, &job->frames, &job->about, &h, form,
	    out);
}

void
tree_end(struct report_job *job)
{
	prof_tree_release(&job->tree);
	prof_frames_release(&job->frames);
	prof_rows_release(&job->rows);
}
