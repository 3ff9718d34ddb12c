/* SPDX-License-Identifier: MIT */
#ifndef CMD_REPORT_H
#define CMD_REPORT_H

#include "cmd/cli.h"
#include "libanalysis/frames.h"
#include "libanalysis/labeltable.h"
#include "libanalysis/top.h"
#include "libanalysis/traces.h"
#include "libanalysis/tree.h"

/* What one run of ptop works on. */
struct report_job {
	const struct options *o;
	struct prof_profile *p;
	unsigned column;
	struct prof_about about;	/* with names of inputs and filters */
	/* what the report has made of it; each uses some of these */
	struct prof_rows rows;
	struct prof_flat flat;
	struct prof_top top;
	struct prof_graph graph;
	bool *chosen;			/* by row: asked for, and there */
	struct prof_frames frames;
	struct prof_tree tree;
	struct prof_labeltable labels;
	struct prof_traces traces;
	struct top_list *list;
	struct prof_out *out;	/* for text that is written as it is made, */
				/* before what is left in the buffer */
};

enum {
	TAKES_LIMIT = 1,
	TAKES_SORT = 2,
	TAKES_SHARE = 4,
	TAKES_NEGATIVE = 8,
	TAKES_MEAN = 16,
	TAKES_ALL = 31
};

enum {
	FORMS_NONE = 0,
	FORMS_JSON = 1 << FORM_JSON,
	FORMS_ALL = 1 << FORM_TSV | 1 << FORM_CSV | 1 << FORM_JSON |
	    1 << FORM_JSONL | 1 << FORM_MARKDOWN
};

typedef void report_step(struct report_job *job);
typedef void report_text(struct report_job *job,
    const struct prof_style *style, struct prof_buf *out);
typedef void report_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);

struct report {
	const char *option;	/* that asks for it; NULL: nothing does */
	unsigned needs;		/* CLI_*, of cli_load */
	unsigned takes;		/* TAKES_* */
	unsigned forms;		/* FORMS_* */
	bool raw;		/* of the profile as it was read */
	/* work that all forms share; text and form must leave it usable */
	report_step *begin;
	report_text *text;
	report_form *form;
	report_step *end;
};

/* The report that options ask for; fails on two. */
const struct report *report_find(const struct options *o);

/* Fail on options that do not go with it, after cli_forms. */
void report_check(const struct options *o, const struct report *r);

/* Write it in all forms that are asked for, text besides. */
void report_write(const struct options *o, struct prof_profile *p,
    const struct report *r, bool text);

/* The key of --sort, which must be one. */
enum prof_top_sort report_sort(const struct options *o);

/* Copy the names that a heading has. */
void report_names(const struct report_job *job, struct prof_about *about);

/* Millionths of --min-share; none: where it is not given. */
uint32_t report_share(const struct options *o, uint32_t none);

/* The begin, text, form and end of each report. */
report_step table_begin, tree_begin, list_begin, labels_begin, traces_begin,
    textconv_begin, table_end, tree_end, list_end, labels_end, traces_end,
    textconv_end;
report_text table_text, tree_text, list_text, pgo_text, labels_text,
    traces_text, types_text, comments_text, info_text, textconv_text;
report_form table_form, tree_form, list_form, pgo_form, labels_form,
    traces_form, types_form, comments_form, info_form;

#endif
