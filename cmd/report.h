/* SPDX-License-Identifier: MIT */
#ifndef CMD_REPORT_H
#define CMD_REPORT_H

#include "cmd/cli.h"
#include "libanalysis/frames.h"
#include "libanalysis/labeltable.h"
#include "libanalysis/top.h"
#include "libanalysis/traces.h"
#include "libanalysis/tree.h"

/* The reports of ptop. */

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
	bool *chosen;			/* by row: asked for */
	struct prof_frames frames;
	struct prof_tree tree;
	struct prof_labeltable labels;
	struct prof_traces traces;
	struct top_list *list;
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

struct report {
	const char *option;	/* that asks for it; NULL: nothing does */
	unsigned needs;		/* CLI_*, of cli_load */
	unsigned takes;		/* TAKES_* */
	unsigned forms;		/* FORMS_* */
	bool raw;		/* of the profile as it was read */
	/* work that all forms share; text and form must leave it usable */
	void (*begin)(struct report_job *);
	void (*text)(struct report_job *, const struct prof_style *,
	    struct prof_buf *);
	void (*form)(struct report_job *, enum prof_form,
	    const struct prof_style *, struct prof_out *);
	void (*end)(struct report_job *);
};

/* The report that options ask for; fails on two. */
const struct report *report_find(const struct options *o);

/* Fail on options that do not go with it, after cli_forms. */
void report_check(const struct options *o, const struct report *r);

/* Write it in all forms that are asked for, text besides. */
void report_write(const struct options *o, struct prof_profile *p,
    const struct report *r, bool text);

/*
 * By row id, to be freed: whether one of the patterns of option matches its
 * name; without any the answer is incomplete.
 */
bool *report_choose(const struct options *o, const struct words *patterns,
    const char *option, const struct prof_rows *rows);

/* The key of --sort, which must be one. */
enum prof_top_sort report_sort(const struct options *o);

/* Copy the names that a heading has. */
void report_names(const struct report_job *job, struct prof_about *about);

/* Millionths of --min-share; none: where it is not given. */
uint32_t report_share(const struct options *o, uint32_t none);

/* The begin, text, form and end of each report. */
void table_begin(struct report_job *job);
void table_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void table_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);
void table_end(struct report_job *job);

void tree_begin(struct report_job *job);
void tree_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void tree_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);
void tree_end(struct report_job *job);

void list_begin(struct report_job *job);
void list_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void list_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);
void list_end(struct report_job *job);

void pgo_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void pgo_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);

void labels_begin(struct report_job *job);
void labels_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void labels_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);
void labels_end(struct report_job *job);

void traces_begin(struct report_job *job);
void traces_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void traces_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);
void traces_end(struct report_job *job);

void types_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void types_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);

void comments_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void comments_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);

void info_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void info_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out);

void textconv_begin(struct report_job *job);
void textconv_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out);
void textconv_end(struct report_job *job);

#endif
