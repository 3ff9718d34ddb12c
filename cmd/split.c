/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/cli.h"
#include "cmd/convert.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

/* DIR/NAME.EXT for an operand: its name without what told its format. */
static char *
split_path(const struct options *o, const char *operand)
{
	static const char *const known[] = { ".gz", ".pb", ".pprof",
	    ".folded", ".prof", ".txt", ".json" };
	const struct prof_writer *w = convert_writer(o);
	const char *name = strcmp(operand, "-") == 0 ? "stdin" :
	    prof_name_base(operand);
	size_t len = strlen(name), i, n;
	struct prof_buf b = { 0 };
	char *path;

	for (i = 0; i < sizeof known / sizeof known[0]; i++) {
		n = strlen(known[i]);
		if (len > n && memcmp(name + len - n, known[i], n) == 0)
			len -= n;
	}
	n = strcspn(w->extensions, " ");
	prof_buf_addf(&b, "%s/", o->split);
	prof_buf_add(&b, name, len);
	prof_buf_addf(&b, ".%.*s", (int)n, n > 0 ? w->extensions : w->name);
	path = prof_strndup(b.data, b.len);
	prof_buf_release(&b);
	return path;
}

/* Neither the directory nor an input may be where output goes. */
static void
check_paths(const struct options *o, const struct words *paths)
{
	struct stat dir, in, out;
	size_t i, k;

	if (stat(o->split, &dir) != 0 || !S_ISDIR(dir.st_mode))
		cli_fail("--split: '%s' is no directory", o->split);
	for (i = 0; i < paths->n; i++) {
		if (stat(paths->word[i], &out) != 0)
			continue;
		for (k = 0; k < o->operands.n; k++)
			if (stat(o->operands.word[k], &in) == 0 &&
			    in.st_dev == out.st_dev &&
			    in.st_ino == out.st_ino)
				cli_fail("--split would write '%s' over the "
				    "input '%s'", paths->word[i],
				    o->operands.word[k]);
	}
}

void
convert_split(struct options *o)
{
	struct words paths = { 0 };
	bool any = false;
	size_t i, k;

	for (i = 0; i < o->operands.n; i++) {
		words_add(&paths, split_path(o, o->operands.word[i]));
		for (k = 0; k < i; k++)
			if (strcmp(paths.word[k], paths.word[i]) == 0)
				cli_fail("'%s' and '%s' would both become "
				    "'%s'", o->operands.word[k],
				    o->operands.word[i], paths.word[i]);
	}
	check_paths(o, &paths);
	for (i = 0; i < paths.n; i++) {
		struct words one = { &o->operands.word[i], 1, 1 };

		o->output = paths.word[i];
		any |= convert(o, &one);
	}
	for (i = 0; i < paths.n; i++)
		free((void *)(uintptr_t)paths.word[i]);
	if (!any)
		cli_fail("no input could be read");
	words_release(&paths);
}
