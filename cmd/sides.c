/* SPDX-License-Identifier: MIT */
#include "cmd/sides.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/align.h"
#include "cmd/filters.h"
#include "libanalysis/nomem.h"

static void
load_side(struct sides *s, const struct options *o, const struct words *w,
    size_t from, size_t to, bool stacks)
{
	struct words one = { 0 };
	size_t i;

	for (i = from; i < to; i++) {
		one.n = 0;
		words_add(&one, w->word[i]);
		if (!cli_load(o, &one, CLI_PRUNE |
		    (stacks ? CLI_STACKS : 0),
		    &s->profile[s->nruns]))
			continue;
		cli_filter_side(o, &s->profile[s->nruns],
		    cli_name(w->word[i]));
		cli_root(o, false, &s->profile[s->nruns]);
		s->name[s->nruns++] = cli_name(w->word[i]);
	}
	words_release(&one);
}

void
sides_load(struct sides *s, const struct options *o, bool stacks)
{
	size_t max = o->base.n + o->operands.n + 1;
	unsigned i;

	if (!o->sides && o->operands.n != 2)
		cli_fail("two operands are compared, BASE NEW, not %zu%s",
		    o->operands.n, o->diff ? "" :
		    " (several runs: --base B1 B2 --new N1 N2)");
	if (max > PROF_DIFF_RUNS_MAX)
		cli_fail("too many runs");
	memset(s, 0, sizeof *s);
	s->profile = prof_zalloc(max, sizeof *s->profile);
	s->name = prof_zalloc(max, sizeof *s->name);
	if (o->sides)
		load_side(s, o, &o->base, 0, o->base.n, stacks);
	else
		load_side(s, o, &o->operands, 0, 1, stacks);
	s->nbase = s->nruns;
	if (s->nbase == 0)
		cli_fail("the base side has no run");
	load_side(s, o, &o->operands, o->sides ? 0 : 1, o->operands.n,
	    stacks);
	if (s->nruns == s->nbase)
		cli_fail("the new side has no run (a bare --base takes all "
		    "operands up to --new or --)");
	cli_align(o, s->profile, s->nruns, s->nbase);
	for (i = 0; i < s->nruns; i++)
		cli_spell(o, &s->profile[i]);
}

void
sides_view(struct sides *s, const struct options *o)
{
	struct prof_err err = { 0 };
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
	if (prof_diff_columns(s->run, s->nruns, s->nbase, o->sample_type,
	    &err) != PROF_OK)
		cli_fail_err(&err);
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
	memset(s, 0, sizeof *s);
}

struct prof_diff_form
sides_form(const struct options *o, const char *tool, enum form form,
    const char *path)
{
	struct prof_style style = cli_style(o, path);
	struct prof_diff_form how = { .tool = tool, .all = o->all,
	    .colour = style.color, .ascii = style.ascii,
	    .width = style.elide ? style.width : 0, .unit = style.unit,
	    .noun = style.noun };
	unsigned n;

	how.limit = (size_t)cli_limit(o, form);
	how.failed = cli_failed()->word;
	how.nfailed = cli_failed()->n;
	how.filters = cli_filter_words(o, &n);
	how.nfilters = n;
	return how;
}

void
sides_form_release(struct prof_diff_form *how)
{
	free((void *)(uintptr_t)how->filters);
	how->filters = NULL;
}
