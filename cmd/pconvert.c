/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/cli.h"
#include "cmd/filters.h"
#include "cmd/formats.h"
#include "cmd/gopgo.h"
#include "formats/format.h"
#include "libanalysis/coarsen.h"
#include "libanalysis/filter.h"
#include "libanalysis/info.h"
#include "libanalysis/nomem.h"

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
	struct prof_style style = cli_style(o, o->output);
	struct prof_err err = { 0 };
	struct cli_file f;
	struct prof_buf title = { 0 };

	cli_graph_opts(&opts, o);
	cli_title(&title, o);
	opts.title = prof_buf_str(&title);
	opts.unit = &style.unit;
	cli_losses(o, w, p, opts.column);
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
	const struct prof_writer *w = find_writer(o);

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
	    shows_stacks(find_writer(o)));
}

static bool
changes(const struct options *o)
{
	if (o->check || o->info)
		return false;
	return cli_filters(o) || adds_root(o) || o->granularity != NULL ||
	    o->sample_type != NULL || o->comment.n > 0 || o->average || o->pgo_go ||
	    o->scale.den != 0;
}

/* Whether what is written is a profile that others will look at. */
static bool
is_lossless(const struct options *o)
{
	return o->check || o->info || (find_writer(o)->loses &
	    PROF_LOSES_METADATA) == 0;
}

/*
 * The profile's own patterns are carried along, unless something else is
 * dropped, or the format has no place for them.
 */
static bool
prunes(const struct options *o)
{
	if (o->check || o->info)
		return false;
	return cli_filters(o) || !is_lossless(o);
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
	if (o->pgo_go && (o->info || o->formats || o->check ||
	    strcmp(find_writer(o)->name, "pprof") != 0))
		cli_fail("--pgo-go goes with -t pprof");
	if (!o->info && o->form[FORM_JSON].wanted)
		cli_fail("--json goes with --info; a profile as JSON is "
		    "-t json");
	if (o->split != NULL && (o->info || o->check || o->formats ||
	    o->output != NULL))
		cli_fail("--split writes profiles; it does not go with --info, "
		    "--check, --formats or --output");
	if (!o->formats && o->form[FORM_TSV].wanted)
		cli_fail("--tsv goes with --formats");
}

/* Read, change and write the sum of some operands. */
static void
convert(const struct options *o, const struct words *operands)
{
	struct prof_profile p;

	if (!cli_load(o, operands, CLI_STACKS | (prunes(o) ? CLI_PRUNE : 0) |
	    (is_lossless(o) ? CLI_RAW_NAMES : 0) |
	    (changes(o) ? 0 : CLI_CANONICAL), &p))
		cli_fail("no input could be read");
	if (!o->check && !o->info)
		transform(o, &p);
	if (changes(o))
		cli_canonical(&p);
	if (o->info)
		write_info(o, &p);
	else if (!o->check)
		write_profile(o, &p);
	prof_profile_release(&p);
}

/* DIR/NAME.EXT for an operand: its name without what told its format. */
static char *
split_path(const struct options *o, const char *operand)
{
	static const char *const known[] = { ".gz", ".pb", ".pprof",
	    ".folded", ".prof", ".txt", ".json" };
	const struct prof_writer *w = find_writer(o);
	const char *slash = strrchr(operand, '/');
	const char *name = strcmp(operand, "-") == 0 ? "stdin" :
	    slash != NULL ? slash + 1 : operand;
	size_t len = strlen(name), i, n;
	struct prof_buf b = { 0 };

	for (i = 0; i < sizeof known / sizeof known[0]; i++) {
		n = strlen(known[i]);
		if (len > n && memcmp(name + len - n, known[i], n) == 0)
			len -= n;
	}
	n = strcspn(w->extensions, " ");
	prof_buf_addf(&b, "%s/", o->split);
	prof_buf_add(&b, name, len);
	prof_buf_addf(&b, ".%.*s", (int)n, n > 0 ? w->extensions : w->name);
	return prof_strndup(b.data, b.len);
}

static void
split(struct options *o)
{
	struct words paths = { 0 };
	size_t i, k;

	for (i = 0; i < o->operands.n; i++) {
		words_add(&paths, split_path(o, o->operands.word[i]));
		for (k = 0; k < i; k++)
			if (strcmp(paths.word[k], paths.word[i]) == 0)
				cli_fail("'%s' and '%s' would both become "
				    "'%s'", o->operands.word[k],
				    o->operands.word[i], paths.word[i]);
	}
	for (i = 0; i < paths.n; i++) {
		struct words one = { &o->operands.word[i], 1, 1 };

		o->output = paths.word[i];
		convert(o, &one);
	}
	words_release(&paths);
}

int
main(int argc, char **argv)
{
	struct options o;

	cli_init(&info, &o, argc, argv);
	check_modes(&o);
	if (o.formats) {
		cli_list_formats(&o);
		return cli_finish(false);
	}
	if (!o.info && !o.check)
		cli_graph_check(&o, find_writer(&o));
	cli_operands(&o);
	if (o.split != NULL)
		split(&o);
	else
		convert(&o, &o.operands);
	words_release(&o.operands);
	return cli_finish(false);
}
