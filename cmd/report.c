/* SPDX-License-Identifier: MIT */
#include "cmd/report.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/filters.h"
#include "cmd/option.h"
#include "cmd/toplist.h"
#include "cmd/toppgo.h"
#include "libanalysis/nomem.h"

/* A report is a line here and four functions, see cmd/report.h. */
static const struct report reports[] = {
	{ NULL, 0, TAKES_ALL, FORMS_ALL, false, table_begin, table_text,
	    table_form, table_end },
	{ "callers", 0, TAKES_ALL, FORMS_ALL, false, table_begin, table_text,
	    table_form, table_end },
	{ "callees", 0, TAKES_ALL, FORMS_ALL, false, table_begin, table_text,
	    table_form, table_end },
	{ "peek", 0, TAKES_ALL, FORMS_ALL, false, table_begin, table_text,
	    table_form, table_end },
	{ "tree", CLI_STACKS, TAKES_SHARE, FORMS_ALL, false, tree_begin,
	    tree_text, tree_form, tree_end },
	{ "bottom-up", CLI_STACKS, TAKES_SHARE, FORMS_ALL, false,
	    tree_begin, tree_text, tree_form, tree_end },
	{ "labels", 0, TAKES_LIMIT | TAKES_SHARE | TAKES_MEAN, FORMS_ALL,
	    false, labels_begin, labels_text, labels_form, labels_end },
	{ "traces", CLI_STACKS, TAKES_LIMIT, FORMS_ALL, false, traces_begin,
	    traces_text, traces_form, traces_end },
	{ "types", 0, 0, FORMS_ALL, false, NULL, types_text, types_form,
	    NULL },
	{ "comments", 0, 0, FORMS_ALL, false, NULL, comments_text,
	    comments_form, NULL },
	{ "info", CLI_STACKS | CLI_CANONICAL | CLI_RAW_NAMES, 0, FORMS_JSON,
	    true, NULL, info_text, info_form, NULL },
	{ "textconv", 0, 0, FORMS_NONE, false, textconv_begin,
	    textconv_text, NULL, textconv_end },
	{ "list", CLI_STACKS, TAKES_LIMIT, FORMS_ALL, false, list_begin,
	    list_text, list_form, list_end },
	{ "pgo", 0, TAKES_LIMIT, FORMS_ALL, false, table_begin, pgo_text,
	    pgo_form, table_end },
	{ NULL, 0, 0, 0, false, NULL, NULL, NULL, NULL }
};

static bool
is_wanted(const struct options *o, const char *name)
{
	const struct option *option = option_find(TOOL_TOP, name,
	    strlen(name));
	const char *at = (const char *)o + option->at;

	return option->kind == ARG_WORDS ?
	    ((const struct words *)(const void *)at)->n > 0 :
	    *(const bool *)at;
}

const struct report *
report_find(const struct options *o)
{
	const struct report *found = &reports[0], *r;

	for (r = reports + 1; r->text != NULL; r++) {
		if (!is_wanted(o, r->option))
			continue;
		if (found->option != NULL)
			cli_fail("one report at a time, not --%s and --%s",
			    found->option, r->option);
		found = r;
	}
	return found;
}

uint32_t
report_share(const struct options *o, uint32_t none)
{
	if (o->all)
		return 0;
	return o->min_share.den == 0 ? none :
	    (uint32_t)prof_num_ppm(o->min_share.num, o->min_share.den);
}

void
report_names(const struct report_job *job, struct prof_about *about)
{
	about->inputs = job->about.inputs;
	about->ninputs = job->about.ninputs;
	about->failed = job->about.failed;
	about->why = job->about.why;
	about->nfailed = job->about.nfailed;
	about->filters = job->about.filters;
	about->nfilters = job->about.nfilters;
}

static void
write_form(struct report_job *job, const struct report *r, enum form form,
    const char *path)
{
	struct prof_style style = cli_style(job->o, path);
	struct prof_buf text = { 0 };
	struct cli_file f;

	cli_open(&f, path, NULL);
	if (form != FORM_COUNT) {
		r->form(job, (enum prof_form)form, &style, f.out);
	} else {
		job->out = f.out;
		r->text(job, &style, &text);
		prof_out_add(f.out, text.data, text.len);
		prof_buf_release(&text);
	}
	cli_close(&f);
}

static void
write_forms(struct report_job *job, const struct report *r, bool text)
{
	const struct options *o = job->o;
	int i;

	for (i = 0; i < FORM_COUNT; i++)
		if (o->form[i].wanted)
			write_form(job, r, (enum form)i, o->form[i].file !=
			    NULL ? o->form[i].file : o->output);
	if (text)
		write_form(job, r, FORM_COUNT, o->output);
}

static void
refuse(const struct report *r, const char *option, const char *hint)
{
	if (r->option != NULL)
		cli_fail("--%s does not go with --%s%s", option, r->option,
		    hint);
	cli_fail("--%s does not go with the flat table%s", option, hint);
}

static void
check_forms(const struct options *o, const struct report *r)
{
	int i;

	for (i = 0; i < FORM_COUNT; i++)
		if (o->form[i].wanted && (r->forms & 1U << i) == 0)
			cli_fail("--%s is printed as text%s only", r->option,
			    r->forms != 0 ? " or JSON" : "");
}

/* Text in a file whose name promises what ptop does not write. */
static void
check_suffix(const struct options *o)
{
	static const struct {
		const char *suffix, *hint;
	} others[] = {
		{ ".pb", "pconvert writes profiles" },
		{ ".pb.gz", "pconvert writes profiles" },
		{ ".pprof", "pconvert writes profiles" },
		{ ".folded", "pconvert writes profiles" },
		{ ".prof", "pconvert writes profiles" },
		{ ".dot", "pconvert -t dot writes graphs" },
		{ ".svg", "pflame writes pictures" },
		{ ".html", "pflame writes pictures, --markdown is a form" },
		{ ".xml", "pregress --junit writes XML" }
	};
	size_t i, n, len = o->output != NULL ? strlen(o->output) : 0;

	for (i = 0; i < FORM_COUNT; i++)
		if (o->form[i].wanted && o->form[i].file == NULL)
			return;
	for (i = 0; i < sizeof others / sizeof others[0]; i++) {
		n = strlen(others[i].suffix);
		if (len > n && strcmp(o->output + len - n,
		    others[i].suffix) == 0)
			cli_fail("'%s': ptop writes no %s; %s", o->output,
			    others[i].suffix, others[i].hint);
	}
}

void
report_check(const struct options *o, const struct report *r)
{
	bool share = (r->takes & TAKES_SHARE) != 0;

	report_sort(o);
	if (o->limit != 0 && (r->takes & TAKES_LIMIT) == 0)
		refuse(r, "limit", share ? "; --min-share does" : "");
	if (o->sort != NULL && (r->takes & TAKES_SORT) == 0)
		refuse(r, "sort", r->text == pgo_text ? "; --score does" :
		    "");
	if (o->min_share.den != 0 && !share)
		refuse(r, "min-share", "");
	if (o->drop_negative && (r->takes & TAKES_NEGATIVE) == 0)
		refuse(r, "drop-negative", "");
	if (o->mean && (r->takes & TAKES_MEAN) == 0)
		refuse(r, "mean", "");
	check_forms(o, r);
	check_suffix(o);
	top_list_check(o);
	top_pgo_check(o);
}

void
report_write(const struct options *o, struct prof_profile *p,
    const struct report *r, bool text)
{
	struct report_job job = { .o = o, .p = p };
	const char **names, **filters;
	unsigned nfilters;

	job.column = cli_column(o, p);
	if (!r->raw)
		cli_unit_check(o, p, job.column);
	prof_about_init(&job.about, p, job.column);
	names = cli_names(&o->operands, &job.about.ninputs);
	filters = cli_filter_words(o, &nfilters);
	job.about.inputs = names;
	job.about.failed = cli_failed()->word;
	job.about.why = cli_failed_why()->word;
	job.about.nfailed = cli_failed()->n;
	job.about.filters = filters;
	job.about.nfilters = nfilters;
	if (r->begin != NULL)
		r->begin(&job);
	write_forms(&job, r, text);
	if (r->end != NULL)
		r->end(&job);
	free(filters);
	free(names);
}
