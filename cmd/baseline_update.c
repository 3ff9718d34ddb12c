/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/baseline.h"
#include "cmd/message.h"
#include "cmd/sets.h"
#include "formats/format.h"
#include "libanalysis/hash.h"
#include "libanalysis/rescale.h"

/* As it was read: what the gate filters and renames is its own business. */
static void
load_again(const struct options *o, const struct words *runs,
    struct prof_profile *p)
{
	struct options plain;

	options_default(&plain);
	plain.limits = o->limits;
	plain.from = o->from;
	plain.allow_empty = o->allow_empty;
	cli_hush(true);		/* its warnings were said */
	cli_load(&plain, runs, CLI_STACKS | CLI_RAW_NAMES | CLI_CANONICAL, p);
	cli_hush(false);
}

static void
write_profile(const struct prof_profile *p, int level, struct prof_out *out)
{
	struct prof_write_opts opts = { .level = level };
	struct prof_err err = { 0 };

	if (prof_format_writer("pprof")->write(p, &opts, out, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
}

static void
write_file(const struct prof_profile *p, const char *path)
{
	struct cli_file f;

	cli_open(&f, path, NULL);
	write_profile(p, 0, f.out);
	cli_close(&f);
	cli_say("baseline '%s' is written", path);
}

/* One file is one run, so that several have to become their mean. */
static void
take_mean(struct prof_profile *p, size_t runs)
{
	struct prof_err err = { 0 };

	if (runs < 2)
		return;
	if (prof_rescale(p, 1, (int64_t)runs, &err) != PROF_OK ||
	    prof_rescale_calls(p, 1, (int64_t)runs, &err) != PROF_OK)
		cli_fail_err(&err);
	p->meta.duration_ns /= (int64_t)runs;
	cli_canonical(p);
}

static void
update_file(const struct options *o, const struct words *runs)
{
	struct prof_profile p;

	load_again(o, runs, &p);
	take_mean(&p, runs->n);
	write_file(&p, o->baseline_update);
	prof_profile_release(&p);
}

static uint64_t
content_of(const struct prof_profile *p)
{
	struct prof_buf bytes = { 0 };
	struct prof_out *out = prof_out_buf(&bytes);
	struct prof_err err = { 0 };
	uint64_t hash;

	write_profile(p, -1, out);
	if (prof_out_finish(out, &err) != PROF_OK)
		cli_fail_err(&err);
	hash = prof_hash_bytes(PROF_HASH_FIXED, bytes.data, bytes.len);
	prof_buf_release(&bytes);
	return hash;
}

static void
add_run(const struct options *o, const char *word)
{
	size_t len = strlen(o->baseline_update);
	struct prof_buf path = { 0 };
	struct words one = { 0 };
	struct prof_profile p;
	struct stat st;

	words_add(&one, word);
	load_again(o, &one, &p);
	prof_buf_addf(&path, "%s%s%016" PRIx64 ".pb.gz", o->baseline_update,
	    o->baseline_update[len - 1] == '/' ? "" : "/", content_of(&p));
	if (stat(prof_buf_str(&path), &st) == 0)
		cli_say("baseline '%s' is there already",
		    prof_buf_str(&path));
	else
		write_file(&p, prof_buf_str(&path));
	prof_buf_release(&path);
	words_release(&one);
	prof_profile_release(&p);
}

static bool
is_directory(const char *path)
{
	size_t len = strlen(path);
	struct stat st;

	return path[len - 1] == '/' || (stat(path, &st) == 0 &&
	    S_ISDIR(st.st_mode));
}

static void
list_runs(const struct options *o, struct words *runs)
{
	struct words base = { 0 }, fresh = { 0 };

	sides_sets(o, &base, &fresh);
	sets_expand(&fresh, 0, fresh.n, runs);
	words_release(&base);
	words_release(&fresh);
}

void
baseline_check(const struct options *o)
{
	struct words runs = { 0 };
	struct stat st;
	size_t i;

	if (o->baseline_update == NULL)
		return;
	if (o->baseline_update[0] == '\0' ||
	    strcmp(o->baseline_update, "-") == 0)
		cli_fail("--baseline-update needs the name of a file or "
		    "directory");
	if (o->by != NULL)
		cli_fail("--baseline-update keeps whole files, but --by "
		    "parts them");
	list_runs(o, &runs);
	for (i = 0; i < runs.n; i++)
		if (strcmp(runs.word[i], "-") == 0 ||
		    (stat(runs.word[i], &st) == 0 && !S_ISREG(st.st_mode)))
			cli_fail("--baseline-update reads new runs twice, "
			    "which %s cannot be", cli_name(runs.word[i]));
	words_release(&runs);
}

/* The files that were judged: directories may hold others by now. */
void
baseline_update(const struct options *o, const struct sides *s,
    const char *failed)
{
	const char *path = o->baseline_update;
	size_t i;

	if (path == NULL)
		return;
	if (failed != NULL) {
		cli_warn("'%s' is not updated: %s", path, failed);
		return;
	}
	if (!is_directory(path)) {
		update_file(o, &s->fresh);
	} else {
		if (mkdir(path, 0777) != 0 && errno != EEXIST)
			cli_fail("cannot create '%s': %s", path,
			    strerror(errno));
		for (i = 0; i < s->fresh.n; i++)
			add_run(o, s->fresh.word[i]);
	}
}
