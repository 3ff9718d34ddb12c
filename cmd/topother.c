/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/report.h"
#include "libanalysis/info.h"
#include "libanalysis/metatable.h"
#include "libanalysis/textconv.h"

/* Reports that are no tables of functions. */

void
labels_begin(struct report_job *job)
{
	prof_labeltable_init(&job->labels, job->p, job->column);
	cli_mean_check(job->o, job->p, job->column);
	if (job->o->mean) {
		prof_labeltable_mean(&job->labels);
		cli_mean_type(job->o, job->p, job->column);
	}
	report_names(job, &job->labels.about);
	job->labels.min_ppm = report_share(job->o, 0);
}

void
labels_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	job->labels.limit = cli_limit(job->o, FORM_COUNT);
	prof_labeltable_text(&job->labels, style, out);
}

void
labels_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out)
{
	(void)style;
	job->labels.limit = cli_limit(job->o, (enum form)form);
	prof_labeltable_form(&job->labels, form, out);
}

void
labels_end(struct report_job *job)
{
	prof_labeltable_release(&job->labels);
}

void
traces_begin(struct report_job *job)
{
	struct prof_flat flat = { .edges = false };

	cli_rows(job->o, job->p, &job->rows);
	cli_estimate(job->about.inputs[0], job->p, &flat);
	prof_traces_init(&job->traces, &job->rows, job->column);
	report_names(job, &job->traces.about);
	/* All of them, as text, too, unless told otherwise. */
	prof_traces_limit(&job->traces, job->o->all ? 0 : job->o->limit);
}

void
traces_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	(void)out;
	prof_traces_text(&job->traces, style, job->out);
}

void
traces_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out)
{
	(void)style;
	prof_traces_form(&job->traces, form, out);
}

void
traces_end(struct report_job *job)
{
	prof_traces_release(&job->traces);
	prof_rows_release(&job->rows);
}

void
types_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	prof_types_text(&job->about, style, out);
}

void
types_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out)
{
	(void)style;
	prof_types_form(&job->about, form, out);
}

void
comments_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	(void)style;
	prof_comments_text(&job->about, out);
}

void
comments_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out)
{
	(void)style;
	prof_comments_form(&job->about, form, out);
}

void
info_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	struct prof_err err = { 0 };

	(void)style;
	if (prof_info_text(job->p, job->about.inputs, job->about.ninputs,
	    out, &err) != PROF_OK)
		cli_fail_err(&err);
}

void
info_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out)
{
	struct prof_err err = { 0 };

	(void)style;
	(void)form;
	if (prof_info_json(job->p, "ptop", job->about.inputs,
	    job->about.ninputs, out, &err) != PROF_OK)
		cli_fail_err(&err);
}

/*
 * By name, whatever the format tells apart: no line depends on a path.  Of
 * callers and callees only what is told apart was measured.
 */
void
textconv_begin(struct report_job *job)
{
	struct prof_err err = { 0 };

	prof_rows_init(&job->rows, job->p, job->p->edges.n > 0 ?
	    PROF_BY_FUNCTION : PROF_BY_NAME);
	if (prof_flat_init(&job->flat, &job->rows, job->column, &err) !=
	    PROF_OK)
		cli_fail("%s: %s", job->about.inputs[0], err.msg);
}

void
textconv_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	(void)style;
	prof_textconv(&job->about, &job->rows, &job->flat, out);
}

void
textconv_end(struct report_job *job)
{
	prof_flat_release(&job->flat);
	prof_rows_release(&job->rows);
}
