/* SPDX-License-Identifier: MIT */
#include "cmd/sides.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/align.h"
#include "cmd/by.h"
#include "cmd/filters.h"
#include "cmd/sets.h"
#include "libanalysis/nomem.h"

void
sides_take(struct sides *s, struct prof_profile *p, const char *name)
{
	PROF_RESERVE(s->profile, s->profile_cap, (size_t)s->nruns + 1);
	PROF_RESERVE(s->name, s->name_cap, (size_t)s->nruns + 1);
	s->profile[s->nruns] = *p;
	s->name[s->nruns++] = name;
}

void
sides_add(struct sides *s, const struct options *o, struct prof_profile *p,
    const char *name)
{
	cli_filter_side(o, p, name);
	cli_root(o, false, p);
	sides_take(s, p, name);
}

/* Append to files what was read. */
static void
load_side(struct sides *s, const struct options *o, const struct words *sets,
    bool stacks, struct words *files)
{
	struct words runs = { 0 }, one = { 0 };
	struct prof_profile p;
	size_t i;

	sets_expand(sets, 0, sets->n, &runs);
	if (runs.n + s->nruns > PROF_DIFF_RUNS_MAX)
		cli_fail("too many runs");
	for (i = 0; i < runs.n; i++) {
		one.n = 0;
		words_add(&one, runs.word[i]);
		if (!cli_load(o, &one, CLI_PRUNE | CLI_COMPARE |
		    (stacks ? CLI_STACKS : 0), &p))
			continue;
		sides_add(s, o, &p, cli_name(runs.word[i]));
		words_add(files, runs.word[i]);
	}
	words_release(&one);
	words_release(&runs);
}

static void
add_words(struct words *to, const struct words *from, size_t first,
    size_t end)
{
	for (; first < end; first++)
		words_add(to, from->word[first]);
}

void
sides_sets(const struct options *o, struct words *base, struct words *fresh)
{
	const struct words *w = &o->operands;

	if (o->sides) {
		add_words(base, &o->base, 0, o->base.n);
		add_words(fresh, w, 0, w->n);
	} else {
		add_words(base, w, 0, w->n > 0);
		add_words(fresh, w, 1, w->n);
	}
}

/* A side that was named, by its first name. */
static void
no_run(const char *side, const struct words *sets, const char *help)
{
	if (sets->n == 0)
		cli_fail("the %s side has no run%s", side, help);
	cli_fail("the %s side, '%s'%s, has no run", side,
	    cli_name(sets->word[0]), sets->n > 1 ? " and more" : "");
}

static void
load_sets(struct sides *s, const struct options *o, bool stacks)
{
	struct words base = { 0 }, fresh = { 0 }, files = { 0 };

	sides_sets(o, &base, &fresh);
	s->no_base = o->missing_baseline == BASELINE_PASS &&
	    sets_missing(&base, 0, base.n);
	if (!s->no_base)
		load_side(s, o, &base, stacks, &files);
	s->nbase = s->nruns;
	if (s->nbase == 0 && !s->no_base)
		no_run("base", &base, "");
	load_side(s, o, &fresh, stacks, &s->fresh);
	if (s->nruns == s->nbase)
		no_run("new", &fresh, " (a bare --base takes all operands "
		    "up to --new or --)");
	words_release(&base);
	words_release(&fresh);
	words_release(&files);
}

void
sides_load(struct sides *s, const struct options *o, bool stacks)
{
	unsigned i;

	if (!o->sides && o->by == NULL && o->operands.n != 2)
		cli_fail("two operands are compared, BASE NEW, not %zu%s",
		    o->operands.n, o->diff ? "" :
		    " (several runs: --base B1 B2 --new N1 N2)");
	memset(s, 0, sizeof *s);
	if (o->by != NULL)
		by_load(s, o);
	else
		load_sets(s, o, stacks);
	if (s->no_base)
		return;
	cli_align(o, s->profile, s->nruns, s->nbase);
	for (i = 0; i < s->nruns; i++)
		cli_spell(o, &s->profile[i]);
}

/* Not the same on both sides, where that is what the user wants. */
static void
choose_columns(struct sides *s, const struct options *o)
{
	struct prof_err err = { 0 }, forced = { 0 };

	if (prof_diff_columns(s->run, s->nruns, s->nbase, o->sample_type,
	    &err) == PROF_OK)
		return;
	if (prof_diff_columns_force(s->run, s->nruns, s->nbase,
	    o->sample_type, &forced) != PROF_OK || o->git)
		cli_fail_err(&err);	/* git shows that, and goes on */
	if (!o->force)
		cli_fail("%s (--force compares them)", err.msg);
	cli_warn("%s", err.msg);
	prof_warnings_add(&s->warnings, s->name[s->nbase], 1, err.msg);
}

void
sides_view(struct sides *s, const struct options *o)
{
	unsigned i;

	s->rows = prof_zalloc(s->nruns, sizeof *s->rows);
	s->flat = prof_zalloc(s->nruns, sizeof *s->flat);
	s->run = prof_zalloc(s->nruns, sizeof *s->run);
	for (i = 0; i < s->nruns; i++) {
		cli_rows(o, &s->profile[i], &s->rows[i]);
		s->run[i].name = s->name[i];
		s->run[i].rows = &s->rows[i];
		s->run[i].flat = &s->flat[i];
	}
	choose_columns(s, o);
	for (i = 0; i < s->nruns; i++) {
		cli_unit_check(o, &s->profile[i], s->run[i].column);
		cli_flat(o, &s->rows[i], s->run[i].column, s->name[i],
		    &s->flat[i]);
		cli_mean_type(o, &s->profile[i], s->run[i].column);
	}
	for (i = 0; i < s->nruns; i++)
		cli_estimate(s->name[i], &s->profile[i], &s->flat[i]);
}

void
sides_release(struct sides *s)
{
	unsigned i;

	for (i = 0; i < s->nruns; i++) {
		if (s->flat != NULL)
			prof_flat_release(&s->flat[i]);
		if (s->rows != NULL)
			prof_rows_release(&s->rows[i]);
		prof_profile_release(&s->profile[i]);
	}
	free(s->profile);
	free(s->rows);
	free(s->flat);
	free(s->run);
	free(s->name);
	words_release(&s->fresh);
	scaling_release(&s->scaling);
	prof_warnings_release(&s->warnings);
	memset(s, 0, sizeof *s);
}

struct prof_diff_form
sides_form(const struct sides *s, const struct options *o,
    const char *tool, enum form form, const char *path)
{
	struct prof_style style = cli_style(o, path);
	struct prof_diff_form how = { .tool = tool, .all = o->all,
	    .colour = style.color, .ascii = style.ascii,
	    .width = style.elide ? style.width : 0, .unit = style.unit,
	    .noun = style.noun };
	struct prof_buf scaled = { 0 };
	unsigned n;

	how.limit = (size_t)cli_limit(o, form);
	how.failed = cli_failed()->word;
	how.why = cli_failed_why()->word;
	how.nfailed = cli_failed()->n;
	how.filters = cli_filter_words(o, &n);
	how.nfilters = n;
	how.warnings = s->warnings.of;
	how.nwarnings = s->warnings.n;
	if (!scaling_is_none(&s->scaling)) {
		scaling_say(&s->scaling, &scaled);
		how.scaled = prof_strndup(scaled.data, scaled.len);
		prof_buf_release(&scaled);
	}
	return how;
}

void
sides_form_release(struct prof_diff_form *how)
{
	free((void *)(uintptr_t)how->filters);
	free((void *)(uintptr_t)how->scaled);
	how->filters = NULL;
	how->scaled = NULL;
}
