/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cleanup.h"
#include "cmd/cli.h"
#include "cmd/option.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

static bool
is_stdout(const char *path)
{
	return path == NULL || strcmp(path, "-") == 0;
}

/* A temporary name beside the file, so that the rename stays on one disk. */
static char *
beside(const char *path)
{
	size_t len = strlen(path) + 32;
	char *name = prof_alloc(len, 1);

	snprintf(name, len, "%s.tmp.%ld", path, (long)getpid());
	return name;
}

bool
cli_is_terminal(const char *path)
{
	return is_stdout(path) && isatty(STDOUT_FILENO);
}

void
cli_open(struct cli_file *f, const char *path, const char *hint)
{
	struct stat st;
	mode_t mode = 0666;
	bool exists;

	memset(f, 0, sizeof *f);
	f->path = path;
	if (path != NULL && path[0] == '\0')
		cli_fail("an empty name of an output file");
	if (is_stdout(path)) {
		f->fd = STDOUT_FILENO;
		if (hint != NULL && isatty(f->fd))
			cli_fail("will not write this to a terminal; "
			    "%s", hint);
		f->out = prof_out_fd(f->fd, "standard output");
		return;
	}
	/* A link, such as /dev/stdout, stays one: write through it. */
	exists = lstat(path, &st) == 0;
	if (!exists || S_ISREG(st.st_mode)) {
		f->temporary = beside(path);
		f->fd = open(f->temporary, O_WRONLY | O_CREAT | O_EXCL |
		    O_CLOEXEC | O_NOCTTY, mode);
		if (f->fd >= 0)
			cleanup_add(f->temporary);
		if (f->fd >= 0 && exists)
			(void)!fchmod(f->fd, st.st_mode & 07777);
	} else {
		f->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC |
		    O_NOCTTY, mode);
	}
	if (f->fd < 0)
		cli_fail("cannot create '%s': %s", path, strerror(errno));
	f->out = prof_out_fd(f->fd, path);
}

void
cli_close(struct cli_file *f)
{
	struct prof_err err = { 0 };

	if (prof_out_finish(f->out, &err) != PROF_OK)
		cli_fail_err(&err);
	if (!is_stdout(f->path) && close(f->fd) != 0)
		cli_fail("cannot write '%s': %s", f->path, strerror(errno));
	if (f->temporary != NULL) {
		if (rename(f->temporary, f->path) != 0)
			cli_fail("cannot rename to '%s': %s", f->path,
			    strerror(errno));
		cleanup_forget(f->temporary);
		free(f->temporary);
	}
	memset(f, 0, sizeof *f);
}

enum form
cli_form_of(const char *path)
{
	static const struct {
		const char *suffix;
		enum form form;
	} known[] = {
		{ ".tsv", FORM_TSV }, { ".csv", FORM_CSV },
		{ ".json", FORM_JSON }, { ".jsonl", FORM_JSONL },
		{ ".md", FORM_MARKDOWN }, { ".markdown", FORM_MARKDOWN },
		{ ".xml", FORM_JUNIT }, { ".svg", FORM_SVG }
	};
	size_t i, n, len = path != NULL ? strlen(path) : 0;

	for (i = 0; i < sizeof known / sizeof known[0]; i++) {
		n = strlen(known[i].suffix);
		if (len > n && strcmp(path + len - n, known[i].suffix) == 0)
			return known[i].form;
	}
	return FORM_COUNT;
}

static const char *const form_names[] = { "tsv", "csv", "json", "jsonl",
    "markdown", "junit", "github", "svg" };

/* Each output its own file; "-" is standard output. */
static void
check_files(struct options *o)
{
	struct form_wish *f = o->form;
	int i, k;

	for (i = 0; i < FORM_COUNT; i++) {
		if (f[i].file == NULL)
			continue;
		if (f[i].file[0] == '\0')
			cli_fail("--%s= needs a file name", form_names[i]);
		if (is_stdout(f[i].file)) {
			f[i].file = NULL;
			continue;
		}
		for (k = 0; k < i; k++)
			if (f[k].file != NULL &&
			    strcmp(f[k].file, f[i].file) == 0)
				cli_fail("two forms go to '%s'", f[i].file);
		if (o->output != NULL && strcmp(o->output, f[i].file) == 0)
			cli_fail("two outputs go to '%s'", f[i].file);
	}
}

bool
cli_forms(struct options *o, enum tool tool)
{
	enum form suffix = cli_form_of(o->output);
	int i, plain = 0;

	check_files(o);
	for (i = 0; i < FORM_COUNT; i++)
		plain += o->form[i].wanted && o->form[i].file == NULL;
	if (plain + (o->to != NULL) > 1)
		cli_fail("only one form can go to standard output; give the "
		    "others a file, as in --json=FILE");
	if (plain == 0 && o->to == NULL && suffix != FORM_COUNT &&
	    option_find(tool, form_names[suffix],
	    strlen(form_names[suffix])) != NULL) {
		if (o->form[suffix].wanted)
			cli_fail("'%s' and --%s ask for one form twice",
			    o->output, form_names[suffix]);
		o->form[suffix].wanted = true;
		plain++;
	}
	return plain == 0 && o->to == NULL;
}

uint64_t
cli_limit(const struct options *o, enum form form)
{
	if (o->all)
		return 0;
	if (o->limit != 0)
		return o->limit;
	return form == FORM_COUNT || form == FORM_MARKDOWN ? 20 : 0;
}

void
cli_quote(struct prof_buf *b, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./,:=@%";

	if (path[0] != '\0' && path[strspn(path, plain)] == '\0') {
		prof_buf_adds(b, path);
		return;
	}
	prof_buf_addc(b, '\'');
	for (; *path != '\0'; path++) {
		if (*path == '\'')
			prof_buf_adds(b, "'\\''");
		else
			prof_name_print(b, path, 1);
	}
	prof_buf_addc(b, '\'');
}

const char *
cli_name(const char *path)
{
	return strcmp(path, "-") == 0 ? "standard input" : path;
}

static bool
has_failed(const char *name)
{
	const struct words *failed = cli_failed();
	size_t i;

	for (i = 0; i < failed->n; i++)
		if (strcmp(failed->word[i], name) == 0)
			return true;
	return false;
}

const char **
cli_names(const struct words *operands, size_t *n)
{
	const char **name = prof_zalloc(operands->n + 1, sizeof *name);
	size_t i;

	*n = 0;
	for (i = 0; i < operands->n; i++)
		if (!has_failed(cli_name(operands->word[i])))
			name[(*n)++] = cli_name(operands->word[i]);
	return name;
}

void
cli_title(struct prof_buf *b, const struct options *o)
{
	size_t i;

	for (i = 0; i < o->operands.n && i < 3; i++)
		prof_buf_addf(b, "%s%s", i > 0 ? " + " : "",
		    cli_name(o->operands.word[i]));
	if (o->operands.n > 3)
		prof_buf_addf(b, " + %zu more", o->operands.n - 3);
}
