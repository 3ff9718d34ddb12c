/* SPDX-License-Identifier: MIT */
#include "cmd/filters.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/cli.h"
#include "cmd/labelfilters.h"
#include "cmd/names.h"
#include "libanalysis/coarsen.h"
#include "libanalysis/demangle.h"
#include "libanalysis/edgenames.h"
#include "libanalysis/filter.h"
#include "libanalysis/flat.h"
#include "libanalysis/nomem.h"
#include "libanalysis/origin.h"
#include "libanalysis/rescale.h"

static void
normalize(const struct options *o, struct prof_profile *p)
{
	struct prof_err err = { 0 };

	if (o->normalize != NULL && prof_normalize(p, o->normalize, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
}

bool
cli_joins_names(const struct options *o)
{
	return o->rename.n > 0 || o->stable_names ||
	    o->demangle == PROF_DEMANGLE_SIMPLE;
}

/*
 * Functions that became one may call each other: what was measured of each
 * tells no total of all.
 */
static void
join_functions(const struct options *o, struct prof_profile *p)
{
	if (!cli_joins_names(o) || !prof_edges_joined(p))
		return;
	cli_warn("functions were joined: exact calls and totals are dropped");
	prof_profile_drop_edges(p);
}

void
cli_prepare(const struct options *o, unsigned how, struct prof_profile *p)
{
	cli_names_demangle(o, (how & CLI_RAW_NAMES) != 0, p);
	if ((how & CLI_PRUNE) != 0 && !o->all_frames) {
		prof_filter_prune(p, o->limits.max_match);
		/* Once: a frame that comes later must not seem to be first. */
		p->meta.drop_frames = p->meta.keep_frames = 0;
	}
	cli_names_rewrite(o, p);
	join_functions(o, p);
	if ((how & CLI_COMPARE) == 0)
		normalize(o, p);
}

/* Filters of frames, by the order in which they are applied. */
static bool
by_frames(const struct options *o)
{
	return o->focus.n + o->ignore.n + o->hide.n + o->show.n +
	    o->show_from.n + o->prune_from.n + o->kind.n > 0 ||
	    o->hide_system || o->fold_recursion || o->no_inlines;
}

bool
cli_filters(const struct options *o)
{
	return by_frames(o) || cli_filters_labels(o) ||
	    o->trim_path.n > 0;
}

/* Filters that were applied, and whether they matched in any input. */
static struct applied {
	const char *option, *pattern;	/* pattern is known by its address */
	const char *why;		/* it may have failed; or "" */
	bool matched;
} *applied;
static size_t napplied, applied_cap;

void
cli_matched(const char *option, const char *pattern, bool matched)
{
	cli_matched_why(option, pattern, matched, "");
}

void
cli_matched_why(const char *option, const char *pattern, bool matched,
    const char *why)
{
	size_t i;

	for (i = 0; i < napplied; i++)
		if (applied[i].pattern == pattern &&
		    strcmp(applied[i].option, option) == 0)
			break;
	if (i == napplied) {
		PROF_RESERVE(applied, applied_cap, napplied + 1);
		applied[napplied++] = (struct applied){ option, pattern,
		    why, false };
	}
	applied[i].matched |= matched;
}

void
cli_unmatched(void)
{
	const struct applied *a;

	for (a = applied; a < applied + napplied; a++) {
		if (a->matched)
			continue;
		if (a->pattern != NULL)
			cli_warn("--%s '%s' matches nothing%s", a->option,
			    a->pattern, a->why);
		else
			cli_warn("--%s matches nothing", a->option);
		cli_incomplete();
	}
	free(applied);
	applied = NULL;
	napplied = applied_cap = 0;
}

static void
note(const char *option, const char *pattern, bool matched)
{
	if (pattern != NULL)
		cli_matched(option, pattern, matched);
}

static void
run(const struct options *o, struct prof_profile *p,
    const struct prof_filter *f)
{
	struct prof_filter_found found;
	struct prof_err err = { 0 };

	if (prof_filter_frames(p, f, o->limits.max_match, &found, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	note("focus", f->focus, found.focus);
	note("ignore", f->ignore, found.ignore);
	note("hide", f->hide, found.hide);
	note("show", f->show, found.show);
	note("show-from", f->show_from, found.show_from);
	note("prune-from", f->prune_from, found.prune_from);
}

/* One pattern after the other, each where its field is. */
static void
run_all(const struct options *o, struct prof_profile *p,
    const struct words *w, size_t field)
{
	struct prof_filter f;
	size_t i;

	for (i = 0; i < w->n; i++) {
		memset(&f, 0, sizeof f);
		*(const char **)((char *)&f + field) = w->word[i];
		run(o, p, &f);
	}
}

static const char *
word_at(const struct words *w, size_t i)
{
	return i < w->n ? w->word[i] : NULL;
}

/* Focus and ignore look at the same frames: in pairs. */
static void
choose_samples(const struct options *o, struct prof_profile *p)
{
	struct prof_filter f = { 0 };
	size_t i;

	for (i = 0; i < o->focus.n || i < o->ignore.n; i++) {
		f.focus = word_at(&o->focus, i);
		f.ignore = word_at(&o->ignore, i);
		run(o, p, &f);
	}
}

static unsigned
kinds_of(const char *list)
{
	static const char *const names[] = { "", "user", "kernel", "jit",
	    "vdso", "interpreted", "builtin" };
	unsigned kinds = 0, k;
	const char *at;
	size_t n;

	for (at = list;; at += n + 1) {
		n = strcspn(at, ",");
		for (k = 1; k < sizeof names / sizeof names[0]; k++)
			if (strlen(names[k]) == n &&
			    memcmp(names[k], at, n) == 0)
				break;
		if (k == sizeof names / sizeof names[0])
			cli_fail("--kind takes user, kernel, jit, vdso, "
			    "interpreted, builtin, not '%s'", list);
		kinds |= 1U << k;
		if (at[n] == '\0')
			return kinds;
	}
}

static void
remove_frames(const struct options *o, struct prof_profile *p)
{
	size_t i;

	run_all(o, p, &o->hide, offsetof(struct prof_filter, hide));
	if (o->hide_system)
		cli_matched("hide-system", NULL, prof_filter_hide_system(p));
	for (i = 0; i < o->kind.n; i++)
		note("kind", o->kind.word[i], prof_filter_kinds(p,
		    kinds_of(o->kind.word[i])));
	run_all(o, p, &o->show, offsetof(struct prof_filter, show));
}

/* What was read is what percentages are of. */
static void
keep_whole(const struct options *o, struct prof_profile *p)
{
	struct prof_sums sums;
	unsigned c;

	if (o->relative || (!by_frames(o) && !cli_filters_labels(o)))
		return;
	for (c = 0; c < p->ntypes; c++) {
		prof_flat_sums(&sums, p, c);
		p->meta.whole[c] = sums.whole;
		p->meta.difference |= sums.difference;
	}
	p->meta.has_whole = true;
}

static void
scale(const struct options *o, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	int64_t inputs = p->meta.inputs > 1 ? (int64_t)p->meta.inputs : 1;

	if (o->average && (prof_rescale(p, 1, inputs, &err) != PROF_OK ||
	    prof_rescale_calls(p, 1, inputs, &err) != PROF_OK))
		cli_fail_err(&err);
	if (o->scale.den != 0 && prof_rescale(p, o->scale.num, o->scale.den,
	    &err) != PROF_OK)
		cli_fail_err(&err);
}

static bool
has_values(const struct prof_profile *p)
{
	uint32_t i;
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		for (i = 0; i < p->nsamples; i++)
			if (p->value[c][i] != 0)
				return true;
	return p->edges.n > 0;
}

void
cli_filter(const struct options *o, struct prof_profile *p)
{
	cli_filter_side(o, p, NULL);
}

void
cli_filter_side(const struct options *o, struct prof_profile *p,
    const char *side)
{
	bool any = cli_filters(o) && has_values(p);
	bool edges = p->edges.n > 0;

	cli_tag_frames(o, p);
	keep_whole(o, p);
	cli_select(o, p);
	choose_samples(o, p);
	remove_frames(o, p);
	run_all(o, p, &o->show_from, offsetof(struct prof_filter,
	    show_from));
	cli_tagfocus(o, p);
	cli_tagshow(o, p);
	run_all(o, p, &o->prune_from, offsetof(struct prof_filter,
	    prune_from));
	if (o->fold_recursion)
		prof_fold_recursion(p);
	cli_trim_paths(o, p);
	if (o->no_inlines)
		prof_drop_inlines(p);
	if (p->meta.estimated && edges && p->edges.n == 0)
		cli_warn("filters work on a call tree estimated from callers "
		    "and callees; exact calls and totals are dropped");
	if (any && !has_values(p))
		cli_warn("the filters leave nothing%s%s",
		    side != NULL ? " of " : "", side != NULL ? side : "");
	scale(o, p);
}

void
cli_spell(const struct options *o, struct prof_profile *p)
{
	const char *key = NULL;
	enum prof_granularity by = cli_granularity(o, &key);

	prof_spell(p, by, key);
}

static void
add_words(struct words *list, const char *option, const struct words *w)
{
	size_t i;

	for (i = 0; i < w->n; i++) {
		words_add(list, option);
		words_add(list, w->word[i]);
	}
}

const char **
cli_filter_words(const struct options *o, unsigned *n)
{
	struct words list = { 0 };

	add_words(&list, "--tagroot", &o->tagroot);
	add_words(&list, "--tagleaf", &o->tagleaf);
	add_words(&list, "--time", &o->time);
	add_words(&list, "--process", &o->process);
	add_words(&list, "--thread", &o->thread);
	add_words(&list, "--focus", &o->focus);
	add_words(&list, "--ignore", &o->ignore);
	add_words(&list, "--hide", &o->hide);
	if (o->hide_system)
		words_add(&list, "--hide-system");
	add_words(&list, "--kind", &o->kind);
	add_words(&list, "--show", &o->show);
	add_words(&list, "--show-from", &o->show_from);
	add_words(&list, "--tagfocus", &o->tagfocus);
	add_words(&list, "--tagignore", &o->tagignore);
	add_words(&list, "--tagshow", &o->tagshow);
	add_words(&list, "--taghide", &o->taghide);
	add_words(&list, "--prune-from", &o->prune_from);
	if (o->fold_recursion)
		words_add(&list, "--fold-recursion");
	if (o->no_inlines)
		words_add(&list, "--no-inlines");
	*n = (unsigned)list.n;
	return list.word;
}
