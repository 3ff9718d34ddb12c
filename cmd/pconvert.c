/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/cli.h"
#include "cmd/formats.h"
#include "formats/format.h"
#include "libanalysis/filter.h"
#include "libanalysis/info.h"

static const struct tool_info info = {
	.tool = TOOL_CONVERT,
	.name = "pconvert",
	.summary = "Read profiles, filter and merge them, write any format.",
	.synopsis = "[-f FMT] [-t FMT] [-s TYPE] [-o FILE] [OPTION...] "
	    "[FILE...]",
	.example = {
		"Collapsed stacks for grep and awk\n"
		"pconvert -t folded cpu.pb.gz | grep ServeHTTP",
		"The sum of many profiles, compressed\n"
		"pconvert -z -o all.pb.gz prof/*.pb.gz",
		"Compare what two other tools recorded\n"
		"pconvert a.pb | pdiff - b.pb",
		"Only what goes through the parser\n"
		"pconvert --focus 'parse' cpu.pb.gz | ptop",
		"What is in this file?\n"
		"pconvert --info cpu.pb.gz"
	}
};

static const struct prof_writer *
find_writer(const struct options *o)
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
	const struct prof_writer *w = find_writer(o);
	struct prof_write_opts opts = { .column = cli_column(o, p),
	    .level = gzip_level(o) };
	struct prof_err err = { 0 };
	struct cli_file f;

	cli_losses(o, w, p, opts.column);
	if (!w->binary && cli_is_terminal(o->output)) {
		cli_print_profile(w, &opts, p);
		return;
	}
	cli_open(&f, o->output, w->binary ?
	    "use -o FILE, -t folded, or a pipe" : NULL);
	if (w->write(p, &opts, f.out, &err) != PROF_OK)
		cli_fail_err(&err);
	cli_close(&f);
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
		rc = prof_info_json(p, names, nnames, f.out, &err);
	else
		rc = prof_info_text(p, names, nnames, &text, &err);
	if (rc != PROF_OK)
		cli_fail_err(&err);
	prof_out_add(f.out, text.data, text.len);
	prof_buf_release(&text);
	cli_close(&f);
	free(names);
}

static void
warn_unmatched(const char *option, const char *pattern, bool matched)
{
	if (pattern == NULL || matched)
		return;
	cli_warn("--%s '%s' matches nothing", option, pattern);
	cli_incomplete();
}

/* The profile's own patterns come first, as in every other tool. */
static void
filter(const struct options *o, struct prof_profile *p)
{
	struct prof_filter f = {
		o->focus.n > 0 ? o->focus.word[0] : NULL,
		o->ignore.n > 0 ? o->ignore.word[0] : NULL,
		o->hide.n > 0 ? o->hide.word[0] : NULL };
	struct prof_filter_found found;
	struct prof_err err = { 0 };

	if (o->focus.n + o->ignore.n + o->hide.n == 0)
		return;
	prof_filter_prune(p, o->limits.max_match);
	if (p->meta.estimated)
		cli_warn("filters work on a call tree estimated from callers "
		    "and callees; exact calls and totals are dropped");
	if (prof_filter_frames(p, &f, o->limits.max_match, &found, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	warn_unmatched("focus", f.focus, found.focus);
	warn_unmatched("ignore", f.ignore, found.ignore);
	warn_unmatched("hide", f.hide, found.hide);
}

/* Formats that are for eyes, where a profile is one picture. */
static bool
shows_stacks(const struct prof_writer *w)
{
	return strcmp(w->name, "folded") == 0;
}

static void
transform(const struct options *o, struct prof_profile *p)
{
	const struct prof_writer *w = find_writer(o);

	filter(o, p);
	/* A format that cannot carry the patterns gets the frames pruned. */
	if ((w->loses & PROF_LOSES_METADATA) != 0)
		prof_filter_prune(p, o->limits.max_match);
	cli_root(o, shows_stacks(w), p);
	if (cli_granularity(o, NULL) == PROF_BY_NAME && p->edges.n > 0) {
		cli_warn("names that several functions have: exact calls and "
		    "totals are dropped");
		prof_profile_drop_edges(p);
	}
	if (o->granularity != NULL)
		prof_filter_coarsen(p, cli_granularity(o,
		    NULL) == PROF_BY_NAME);
	if (o->sample_type != NULL && p->ntypes > 0)
		prof_filter_column(p, cli_column(o, p));
}

/* Whether a root frame may come; only the profile tells for the default. */
static bool
adds_root(const struct options *o)
{
	return o->root > ROOT_NONE || (o->root == ROOT_DEFAULT && !o->check &&
	    !o->info && shows_stacks(find_writer(o)));
}

static bool
changes(const struct options *o)
{
	return o->focus.n + o->ignore.n + o->hide.n > 0 ||
	    adds_root(o) || o->granularity != NULL ||
	    o->sample_type != NULL;
}

/* One thing is asked for, and forms only where they exist. */
static void
check_modes(const struct options *o)
{
	if (o->info + o->formats + o->check > 1)
		cli_fail("one of --info, --formats and --check at a time");
	if ((o->info || o->formats || o->check) && o->to != NULL)
		cli_fail("--to writes a profile; it does not go with --info, "
		    "--formats or --check");
	if (!o->info && o->form[FORM_JSON].wanted)
		cli_fail("--json goes with --info; a profile as JSON is "
		    "-t json");
	if (!o->formats && o->form[FORM_TSV].wanted)
		cli_fail("--tsv goes with --formats");
}

int
main(int argc, char **argv)
{
	struct options o;
	struct prof_profile p;

	cli_init(&info, &o, argc, argv);
	check_modes(&o);
	if (o.formats) {
		cli_list_formats(&o);
		return cli_finish(false);
	}
	if (!o.info && !o.check)
		find_writer(&o);
	cli_operands(&o);
	if (!cli_load(&o, &o.operands, CLI_STACKS | (changes(&o) ? 0 :
	    CLI_CANONICAL), &p))
		cli_fail("no input could be read");
	if (!o.check && !o.info)
		transform(&o, &p);
	if (changes(&o))
		cli_canonical(&p);
	if (o.info)
		write_info(&o, &p);
	else if (!o.check)
		write_profile(&o, &p);
	prof_profile_release(&p);
	words_release(&o.operands);
	return cli_finish(false);
}
