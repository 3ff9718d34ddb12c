/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/cli.h"
#include "cmd/filters.h"
#include "cmd/toptree.h"
#include "libanalysis/filter.h"
#include "libanalysis/nomem.h"
#include "libanalysis/pattern.h"
#include "libanalysis/top.h"

static const struct tool_info info = {
	.tool = TOOL_TOP,
	.name = "ptop",
	.summary = "Show where a profile spends: one row per function.",
	.synopsis = "[-n N | -a] [--sort KEY] [REPORT] [FORM] [OPTION...] "
	    "[FILE...]",
	.example = {
		"The 20 functions with the most self time\n"
		"ptop cpu.pb.gz",
		"By total time, callees included\n"
		"ptop --sort total cpu.pb.gz",
		"Who calls malloc?\n"
		"ptop --callers 'malloc$' cpu.pb.gz",
		"The call tree, from a pipe\n"
		"curl -s host:6060/debug/pprof/profile | ptop --tree",
		"For a script\n"
		"ptop --tsv -a cpu.pb.gz | sort -t$'\\t' -k2,2nr | head"
	}
};

static enum prof_top_sort
sort_key(const char *key)
{
	static const char *const names[] = { "self", "total", "calls",
	    "name" };
	int i;

	if (key == NULL)
		return PROF_SORT_SELF;
	for (i = 0; i < 4; i++)
		if (strcmp(key, names[i]) == 0)
			return (enum prof_top_sort)i;
	cli_fail("--sort takes self, total, calls or name, not '%s'", key);
}

/* By row id: whether one of the patterns of option matches its name. */
static bool *
choose(const struct options *o, const struct words *patterns,
    const char *option, const struct prof_rows *rows)
{
	bool *chosen = prof_zalloc((size_t)rows->n + 1, sizeof *chosen);
	struct prof_err err = { 0 };
	struct prof_pattern *re;
	bool any = false;
	uint32_t i;
	size_t k;
	int rc;

	for (k = 0; k < patterns->n; k++) {
		re = prof_pattern_new(patterns->word[k],
		    o->limits.max_match, &err);
		if (re == NULL)
			cli_fail_err(&err);
		for (i = 1; i <= rows->n; i++) {
			rc = prof_pattern_match(re, rows->row[i - 1].name,
			    rows->row[i - 1].name_len, &err);
			if (rc < 0)
				cli_fail_err(&err);
			chosen[i] = chosen[i] || rc > 0;
			any = any || rc > 0;
		}
		prof_pattern_free(re);
	}
	if (!any) {
		cli_warn("--%s matches no function", option);
		cli_incomplete();
	}
	return chosen;
}

static void
write_form(const struct options *o, struct prof_top *t, enum form form,
    const char *path)
{
	struct prof_style style = cli_style(o, path);
	struct prof_buf text = { 0 };
	struct cli_file f;

	prof_top_limit(t, cli_limit(o, form));
	cli_open(&f, path, NULL);
	if (form == FORM_TSV) {
		prof_top_tsv(t, f.out);
	} else if (form == FORM_CSV) {
		prof_top_csv(t, f.out);
	} else if (form == FORM_JSON) {
		prof_top_json(t, f.out);
	} else if (form == FORM_MARKDOWN) {
		prof_top_markdown(t, f.out);
	} else {
		if (o->tree)
			top_tree(o, t, &style, &text);
		else
			prof_top_text(t, &style, &text);
		prof_out_add(f.out, text.data, text.len);
		prof_buf_release(&text);
	}
	cli_close(&f);
}

static void
write_report(struct options *o, struct prof_top *t)
{
	bool text = cli_forms(o, info.tool);
	int i;

	for (i = 0; i < FORM_COUNT; i++)
		if (o->form[i].wanted)
			write_form(o, t, (enum form)i, o->form[i].file !=
			    NULL ? o->form[i].file : o->output);
	if (text)
		write_form(o, t, FORM_COUNT, o->output);
}

/* Callers or callees instead of the flat table; returns what to free. */
static bool *
choose_graph(const struct options *o, struct prof_top *top,
    struct prof_graph *graph)
{
	bool callers = o->callers.n > 0;
	enum prof_graph_side side = callers ? PROF_GRAPH_CALLERS :
	    PROF_GRAPH_CALLEES;
	struct prof_err err = { 0 };
	bool *chosen;

	if (!callers && o->callees.n == 0)
		return NULL;
	chosen = choose(o, callers ? &o->callers : &o->callees,
	    callers ? "callers" : "callees", top->rows);
	if (prof_graph_init(graph, top->rows, top->column, side, chosen,
	    &err) != PROF_OK)
		cli_fail("%s: %s", top->inputs[0], err.msg);
	if (graph->unknown)
		cli_warn("this profile knows no callers");
	prof_top_graph(top, graph, side, chosen);
	return chosen;
}

static void
report(struct options *o, const struct prof_profile *p)
{
	struct prof_graph graph = { 0 };
	struct prof_err err = { 0 };
	struct prof_rows rows;
	struct prof_flat flat;
	struct prof_top top;
	size_t nnames;
	const char **names = cli_names(&o->operands, &nnames);
	unsigned column = cli_column(o, p);
	bool *chosen;

	cli_rows(o, p, &rows);
	if (prof_flat_init(&flat, &rows, column, &err) != PROF_OK)
		cli_fail("%s: %s", names[0], err.msg);
	if (sort_key(o->sort) == PROF_SORT_CALLS && flat.calls == NULL &&
	    p->nsamples > 0)
		cli_warn("this profile does not count calls; sorted by self");
	prof_top_init(&top, &rows, &flat, column, sort_key(o->sort), 0);
	top.inputs = names;
	top.ninputs = (unsigned)nnames;
	top.filters = cli_filter_words(o, &top.nfilters);
	top.failed = cli_failed()->word;
	top.nfailed = cli_failed()->n;
	cli_estimate(names[0], p, &flat);
	chosen = choose_graph(o, &top, &graph);
	write_report(o, &top);
	free(chosen);
	free((void *)top.filters);
	free(names);
	prof_graph_release(&graph);
	prof_top_release(&top);
	prof_flat_release(&flat);
	prof_rows_release(&rows);
}

static void
check(const struct options *o)
{
	int i;

	sort_key(o->sort);
	if (o->min_share.den != 0 && !o->tree)
		cli_fail("--min-share goes with --tree");
	if (o->tree && (o->limit != 0 || o->sort != NULL))
		cli_fail("--limit and --sort do not go with --tree; "
		    "--min-share does");
	if (o->tree + (o->callers.n > 0) + (o->callees.n > 0) > 1)
		cli_fail("one report at a time: --tree, --callers or "
		    "--callees");
	for (i = 0; o->tree && i < FORM_COUNT; i++)
		if (o->form[i].wanted)
			cli_fail("--tree is printed as text only");
	if (o->tree && cli_form_of(o->output) != FORM_COUNT)
		cli_fail("--tree is printed as text only");
}

int
main(int argc, char **argv)
{
	struct options o;
	struct prof_profile p;

	cli_init(&info, &o, argc, argv);
	check(&o);
	cli_operands(&o);
	if (!cli_load(&o, &o.operands, CLI_PRUNE | cli_needs(&o) |
	    (o.tree ? CLI_STACKS : 0), &p))
		cli_fail("no input could be read");
	if (p.nsamples == 0 && p.edges.n == 0)
		cli_warn("the profile has no samples");
	cli_filter(&o, &p);
	cli_root(&o, false, &p);
	cli_spell(&o, &p);
	report(&o, &p);
	prof_profile_release(&p);
	words_release(&o.operands);
	words_release(&o.callers);
	words_release(&o.callees);
	return cli_finish(false);
}
