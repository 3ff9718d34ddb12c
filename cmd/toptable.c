/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/report.h"
#include "libanalysis/callgraph.h"
#include "libanalysis/mean.h"
#include "libanalysis/nomem.h"
#include "libanalysis/pattern.h"

/* The flat table, callers and callees. */

enum prof_top_sort
report_sort(const struct options *o)
{
	static const char *const names[] = { "self", "total", "calls",
	    "name", "per-call", "file" };
	size_t i;

	if (o->sort == NULL)
		return PROF_SORT_SELF;
	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(o->sort, names[i]) == 0)
			return (enum prof_top_sort)i;
	cli_fail("--sort takes self, total, calls, per-call, name or file, "
	    "not '%s'", o->sort);
}

/*
 * By row id, to be freed: whether one of the patterns of option matches its
 * name, of those that are there; without any the answer is incomplete.
 */
static bool *
match_rows(const struct options *o, const struct words *patterns,
    const char *option, const struct prof_rows *rows, const bool *seen)
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
			if (!seen[i])
				continue;
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
divide_graph(struct report_job *job, enum prof_graph_side side,
    const bool *shown)
{
	struct prof_graph by;
	struct prof_err err = { 0 };

	if (prof_graph_init(&by, &job->rows, 0, side, shown, &err) !=
	    PROF_OK)
		cli_fail("%s: %s", job->about.inputs[0], err.msg);
	prof_mean_graph(&job->graph, &by);
	prof_graph_release(&by);
}

/*
 * Whether all rows are asked for, and some are left out: then calls that go
 * over these count between the others, as in pprof's -tree.
 */
static bool
is_trimmed(const struct report_job *job)
{
	uint32_t i;

	if (job->o->peek.n == 0 || job->o->mean || job->flat.edges ||
	    (job->o->limit == 0 && job->o->min_share.den == 0))
		return false;
	for (i = 0; i < job->top.n; i++)
		if (!job->chosen[job->top.order[i]])
			return false;
	return true;
}

static void
trimmed_graph(struct report_job *job)
{
	bool *keep = prof_zalloc((size_t)job->rows.n + 1, sizeof *keep);
	struct prof_callgraph_opts opts = { .keep = keep };
	struct prof_callgraph g;
	struct prof_err err = { 0 };
	uint32_t i;

	prof_top_limit(&job->top, job->o->limit);
	for (i = 0; i < job->top.shown; i++)
		keep[job->top.order[i]] = true;
	if (prof_callgraph_init(&g, &job->rows, job->column, &opts, &err) !=
	    PROF_OK)
		cli_fail("%s: %s", job->about.inputs[0], err.msg);
	for (i = 0; i < g.nedges; i++)
		prof_graph_add(&job->graph, g.node[g.edge[i].from].row,
		    g.node[g.edge[i].to].row, g.edge[i].value);
	prof_callgraph_release(&g);
	free(keep);
}

/* The most rows that one of the forms shows; 0 for all. */
static uint64_t
most_rows(const struct options *o)
{
	uint64_t most = cli_limit(o, FORM_COUNT), n;
	int i;

	for (i = 0; i < FORM_COUNT; i++) {
		n = cli_limit(o, (enum form)i);
		if (o->form[i].wanted && (n == 0 || n > most))
			most = n;
		if (most == 0)
			return 0;
	}
	return most;
}

/*
 * Edges are only wanted of rows that are shown: there may be millions of
 * others.  Rows of no value are not in the order, and never shown.
 */
static bool *
only_shown(const struct report_job *job)
{
	const struct prof_top *t = &job->top;
	bool *shown = prof_zalloc((size_t)job->rows.n + 1, sizeof *shown);
	uint64_t left = most_rows(job->o);
	uint32_t i;

	left = left != 0 ? left : UINT64_MAX;
	for (i = 0; i < t->kept && left > 0; i++) {
		if (!job->chosen[t->order[i]])
			continue;
		shown[t->order[i]] = true;
		left--;
	}
	return shown;
}

/* Functions that are asked for by name: also those that add up to 0. */
static void
choose_rows(struct report_job *job)
{
	const struct options *o = job->o;
	const struct {
		const struct words *patterns;
		const char *option;
	} by[] = {
		{ &o->callers, "callers" }, { &o->callees, "callees" },
		{ &o->peek, "peek" }, { &o->list, "list" }
	};
	bool *seen;
	size_t i;

	for (i = 0; i < 4 && by[i].patterns->n == 0; i++)
		;
	if (i == 4)
		return;
	seen = prof_flat_seen(&job->flat, &job->rows, job->column);
	job->chosen = match_rows(o, by[i].patterns, by[i].option,
	    &job->rows, seen);
	prof_top_include(&job->top, job->chosen);
	free(seen);
}

/* Callers or callees instead of the flat table. */
static void
choose_graph(struct report_job *job)
{
	const struct options *o = job->o;
	enum prof_graph_side side = o->callers.n > 0 ? PROF_GRAPH_CALLERS :
	    o->callees.n > 0 ? PROF_GRAPH_CALLEES : PROF_GRAPH_BOTH;
	struct prof_err err = { 0 };
	bool *shown;

	if (o->callers.n + o->callees.n + o->peek.n == 0)
		return;
	shown = only_shown(job);
	if (is_trimmed(job))
		trimmed_graph(job);
	else if (prof_graph_init(&job->graph, &job->rows, job->column,
	    side, shown, &err) != PROF_OK)
		cli_fail("%s: %s", job->about.inputs[0], err.msg);
	if (job->o->mean)
		divide_graph(job, side, shown);
	free(shown);
	if (job->graph.unknown)
		cli_warn("this profile knows no callers");
	prof_top_graph(&job->top, &job->graph, side, job->chosen);
}

void
table_begin(struct report_job *job)
{
	enum prof_top_sort sort = report_sort(job->o);

	cli_rows(job->o, job->p, &job->rows);
	cli_flat(job->o, &job->rows, job->column, job->about.inputs[0],
	    &job->flat);
	cli_mean_type(job->o, job->p, job->column);
	if ((sort == PROF_SORT_CALLS || sort == PROF_SORT_PER_CALL) &&
	    job->flat.calls == NULL && job->p->nsamples > 0) {
		cli_warn("this profile does not count calls; sorted by self");
		sort = PROF_SORT_SELF;
	}
	prof_top_init(&job->top, &job->rows, &job->flat, job->column, sort,
	    0);
	report_names(job, &job->top.about);
	if (job->flat.joined)
		job->top.about.measured = false;
	choose_rows(job);
	prof_top_keep(&job->top, report_share(job->o, 0),
	    job->o->drop_negative);
	cli_estimate(job->about.inputs[0], job->p, &job->flat);
	choose_graph(job);
}

void
table_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	prof_top_limit(&job->top, cli_limit(job->o, FORM_COUNT));
	prof_top_text(&job->top, style, out);
}

void
table_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out)
{
	prof_top_limit(&job->top, cli_limit(job->o, (enum form)form));
	prof_top_form(&job->top, form, &style->unit, out);
}

void
table_end(struct report_job *job)
{
	free(job->chosen);
	prof_graph_release(&job->graph);
	prof_top_release(&job->top);
	prof_flat_release(&job->flat);
	prof_rows_release(&job->rows);
}
