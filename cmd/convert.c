/* SPDX-License-Identifier: MIT */
#include "cmd/convert.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/cli.h"
#include "cmd/filters.h"
#include "cmd/formats.h"
#include "cmd/gopgo.h"
#include "libanalysis/coarsen.h"
#include "libanalysis/filter.h"
#include "libanalysis/info.h"

const struct prof_writer *
convert_writer(const struct options *o)
{
	const struct prof_writer *w = NULL;

	if (o->to != NULL) {
		w = prof_format_writer(o->to);
		if (w == NULL)
			cli_fail("cannot write format '%s' (see --formats)",
			    o->to);
		return w;
	}
	if (o->output != NULL)
		w = prof_format_writer_for(o->output);
	return w != NULL ? w : prof_format_writer("pprof");
}

/* -z decides, else the suffix: .pb.gz packs well, .pb and .pprof raw. */
static int
gzip_level(const struct options *o)
{
	size_t len = o->output != NULL ? strlen(o->output) : 0;

	if (o->compress != COMPRESS_UNSET)
		return o->compress;
	if (len > 3 && strcmp(o->output + len - 3, ".gz") == 0)
		return 6;
	if ((len > 3 && strcmp(o->output + len - 3, ".pb") == 0) ||
	    (len > 6 && strcmp(o->output + len - 6, ".pprof") == 0))
		return COMPRESS_NONE;
	return 0;
}

static void
write_profile(const struct options *o, const struct prof_profile *p)
{
	const struct prof_writer *w = convert_writer(o);
	struct prof_write_opts opts = { .column = cli_column(o, p),
	    .level = gzip_level(o) };
	struct prof_style style = cli_style(o, o->output);
	struct prof_err err = { 0 };
	struct cli_file f;
	struct prof_buf title = { 0 };

	if (strcmp(w->name, "dot") == 0)
		cli_unit_check(o, p, opts.column);
	cli_graph_opts(&opts, o);
	cli_title(&title, o);
	opts.title = prof_buf_str(&title);
	opts.unit = &style.unit;
	cli_losses(o, w, p, opts.column);
	if (o->comment.n > 0 && (w->loses & PROF_LOSES_METADATA) != 0)
		cli_warn("%s has no place for a comment", w->name);
	if (!w->binary && cli_is_terminal(o->output)) {
		cli_print_profile(w, &opts, p);
		prof_buf_release(&title);
		return;
	}
	cli_open(&f, o->output, w->binary ?
	    "use -o FILE, -t folded, or a pipe" : NULL);
	if (w->write(p, &opts, f.out, &err) != PROF_OK)
		cli_fail_err(&err);
	cli_close(&f);
	prof_buf_release(&title);
}

static void
write_info(const struct options *o, const struct prof_profile *p)
{
	bool json = o->form[FORM_JSON].wanted ||
	    cli_form_of(o->output) == FORM_JSON;
	const char *path = o->form[FORM_JSON].file != NULL ?
	    o->form[FORM_JSON].file : o->output;
	size_t nnames;
	const char **names = cli_names(&o->operands, &nnames);
	struct prof_buf text = { 0 };
	struct prof_err err = { 0 };
	struct cli_file f;
	int rc;

	cli_open(&f, path, NULL);
	if (json)
		rc = prof_info_json(p, "pconvert", names, nnames, f.out,
		    &err);
	else
		rc = prof_info_text(p, names, nnames, &text, &err);
	if (rc != PROF_OK)
		cli_fail_err(&err);
	prof_out_add(f.out, text.data, text.len);
	prof_buf_release(&text);
	cli_close(&f);
	free(names);
}

/* Formats that are for eyes, where a profile is one picture. */
static bool
shows_stacks(const struct prof_writer *w)
{
	return strcmp(w->name, "folded") == 0;
}

/* What -g says: names that a format without lines would lose, too. */
static void
coarsen(const struct options *o, const struct prof_writer *w,
    struct prof_profile *p)
{
	enum prof_granularity by = cli_granularity(o, NULL);
	bool fine = by == PROF_BY_LINE || by == PROF_BY_ADDRESS;

	if (o->granularity == NULL)
		return;
	if (by == PROF_BY_NAME && p->edges.n > 0) {
		cli_warn("names that several functions have: exact calls and "
		    "totals are dropped");
		prof_profile_drop_edges(p);
	}
	if (fine && (w->loses & PROF_LOSES_LINES) == 0)
		prof_coarsen(p, by);
	else if (by > PROF_BY_NAME)
		cli_spell(o, p);
	else
		prof_coarsen(p, by);
}

static void
add_comments(const struct options *o, struct prof_profile *p)
{
	size_t i;

	for (i = 0; i < o->comment.n; i++)
		prof_profile_add_comment(p, prof_strs_adds(&p->strs,
		    o->comment.word[i]));
}

static void
transform(const struct options *o, struct prof_profile *p)
{
	const struct prof_writer *w = convert_writer(o);

	cli_filter(o, p);
	cli_root(o, shows_stacks(w), p);
	coarsen(o, w, p);
	if (o->pgo_go)
		go_pgo(o, p);
	else if (o->sample_type != NULL && p->ntypes > 0)
		prof_filter_column(p, cli_column(o, p));
	add_comments(o, p);
}

/* Whether a root frame may come; only the profile tells for the default. */
static bool
adds_root(const struct options *o)
{
	return o->root > ROOT_NONE || (o->root == ROOT_DEFAULT &&
	    shows_stacks(convert_writer(o)));
}

static bool
changes(const struct options *o)
{
	if (o->check)
		return false;
	if (o->info)
		return cli_filters(o);
	return cli_filters(o) || adds_root(o) || o->granularity != NULL ||
	    o->sample_type != NULL || o->comment.n > 0 || o->average ||
	    o->pgo_go || o->scale.den != 0;
}

/* Whether what is written is a profile that others will look at. */
static bool
is_lossless(const struct options *o)
{
	return o->check || o->info || (convert_writer(o)->loses &
	    PROF_LOSES_METADATA) == 0;
}

/*
 * Linker names stay what they are called, unless something looks at names:
 * then these are what all programs see, and linker names stay beside them.
 */
static bool
keeps_raw_names(const struct options *o)
{
	return is_lossless(o) && !cli_filters(o) && o->rename.n == 0 &&
	    !o->stable_names && o->granularity == NULL;
}

/*
 * The profile's own patterns are carried along, unless something else is
 * dropped, or the format has no place for them.
 */
static bool
prunes(const struct options *o)
{
	return !o->check && (cli_filters(o) || !is_lossless(o));
}

bool
convert(const struct options *o, const struct words *operands)
{
	struct prof_profile p;

	if (!cli_load(o, operands, CLI_STACKS | (prunes(o) ? CLI_PRUNE : 0) |
	    (keeps_raw_names(o) ? CLI_RAW_NAMES : 0) |
	    (changes(o) ? 0 : CLI_CANONICAL), &p)) {
		prof_profile_release(&p);
		return false;
	}
	if (o->info) {
		cli_filter(o, &p);
		p.meta.has_whole = false;	/* facts, not shares */
	} else if (!o->check) {
		transform(o, &p);
	}
	if (changes(o))
		cli_canonical(&p);
	if (o->info)
		write_info(o, &p);
	else if (!o->check)
		write_profile(o, &p);
	prof_profile_release(&p);
	return true;
}
