/* SPDX-License-Identifier: MIT */
#include "cmd/align.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cli.h"
#include "cmd/names.h"
#include "libanalysis/align.h"
#include "libanalysis/nomem.h"

/* Functions of all runs, compared. */
struct functions {
	struct prof_rows *rows;
	struct prof_flat *flat;
	struct prof_diff_run *run;
	struct prof_diff d;
	unsigned n;
};

static struct prof_patch *
read_patch(const struct options *o)
{
	struct prof_err err = { 0 };
	struct prof_patch *patch;
	struct prof_in *in;
	int fd;

	if (o->patch == NULL)
		return NULL;
	fd = open(o->patch, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		cli_fail("cannot open '%s': %s", o->patch, strerror(errno));
	in = prof_in_fd(fd, o->patch, &o->limits);
	patch = prof_patch_read(in, &err);
	if (patch == NULL)
		cli_fail("--patch %s: %s", o->patch, err.msg);
	prof_in_close(in);
	close(fd);
	return patch;
}

/* What cannot be compared is told when the rows are. */
static bool
compare(const struct options *o, struct functions *f,
    const struct prof_profile *p, unsigned nbase)
{
	struct prof_err err = { 0 };
	unsigned i;

	f->rows = prof_zalloc(f->n, sizeof *f->rows);
	f->flat = prof_zalloc(f->n, sizeof *f->flat);
	f->run = prof_zalloc(f->n, sizeof *f->run);
	for (i = 0; i < f->n; i++) {
		prof_rows_init(&f->rows[i], &p[i], PROF_BY_FUNCTION);
		f->run[i].name = "";
		f->run[i].rows = &f->rows[i];
		f->run[i].flat = &f->flat[i];
	}
	if (prof_diff_columns(f->run, f->n, nbase, o->sample_type, &err) !=
	    PROF_OK && (!o->force || prof_diff_columns_force(f->run, f->n,
	    nbase, o->sample_type, &err) != PROF_OK))
		return false;
	for (i = 0; i < f->n; i++)
		if (prof_flat_init(&f->flat[i], &f->rows[i],
		    f->run[i].column, &err) != PROF_OK)
			return false;
	return prof_diff_init_matching(&f->d, f->run, f->n, nbase,
	    cli_matching_functions(o), &err) == PROF_OK;
}

static void
release(struct functions *f)
{
	unsigned i;

	prof_diff_release(&f->d);
	for (i = 0; i < f->n; i++) {
		prof_flat_release(&f->flat[i]);
		prof_rows_release(&f->rows[i]);
	}
	free(f->rows);
	free(f->flat);
	free(f->run);
}

static void
say(const struct options *o, const struct prof_patch *patch,
    const struct prof_aligned *done)
{
	if (patch == NULL)
		return;
	if (done->files == 0 && prof_patch_files(patch) > 0)
		cli_warn("--patch %s: no file of it is in the base profiles",
		    o->patch);
	else
		cli_say("--patch %s: %u lines moved, %u removed", o->patch,
		    done->moved, done->removed);
}

void
cli_align(const struct options *o, struct prof_profile *p, unsigned n,
    unsigned nbase)
{
	enum prof_granularity by = cli_granularity(o, NULL);
	struct prof_align how = { .names = true,
	    .lines = by == PROF_BY_LINE };
	struct functions f = { .n = n };
	struct prof_aligned done = { 0 };
	struct prof_patch *patch;
	unsigned i;

	if (o->patch != NULL && !how.lines)
		cli_fail("--patch maps lines: it needs --granularity line");
	if (!how.lines && by != PROF_BY_EDGE && by != PROF_BY_STACK)
		return;
	how.patch = patch = read_patch(o);
	if (compare(o, &f, p, nbase))
		for (i = 0; i < nbase; i++)
			prof_align(&p[i], &f.d, i, &how, &done);
	release(&f);
	say(o, patch, &done);
	prof_patch_free(patch);
}
