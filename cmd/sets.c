/* SPDX-License-Identifier: MIT */
#include "cmd/sets.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cmd/cli.h"
#include "libanalysis/nomem.h"

/* Names that were found, not given: borrowed by whoever shows runs. */
static struct words kept;

static void
keep(struct words *out, char *name)
{
	words_add(&kept, name);
	words_add(out, name);
}

static bool
is_regular(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static char *
join(const char *dir, const char *name)
{
	size_t n = strlen(dir), len = n + strlen(name) + 2;
	char *path = prof_alloc(len, 1);

	snprintf(path, len, "%s%s%s", dir, n > 0 && dir[n - 1] == '/' ? "" :
	    "/", name);
	return path;
}

/* One that cannot be listed is left to the loader, which says why. */
static void
add_directory(const char *dir, struct words *out)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	char *path;

	if (d == NULL) {
		words_add(out, dir);
		return;
	}
	while ((errno = 0, e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		path = join(dir, e->d_name);
		if (is_regular(path))
			keep(out, path);
		else
			free(path);
	}
	if (errno != 0)
		cli_fail("cannot read '%s': %s", dir, strerror(errno));
	closedir(d);
}

/* A file that is called "-" is not standard input. */
static char *
as_file(const char *name)
{
	return strcmp(name, "-") == 0 ? join(".", name) :
	    prof_strndup(name, strlen(name));
}

static void
add_pattern(const char *pattern, struct words *out)
{
	glob_t found = { 0 };
	size_t i;
	int rc = glob(pattern, GLOB_NOSORT, NULL, &found);

	if (rc != 0 && rc != GLOB_NOMATCH)
		cli_fail("cannot look for '%s'", pattern);
	for (i = 0; rc == 0 && i < found.gl_pathc; i++)
		if (is_regular(found.gl_pathv[i]))
			keep(out, as_file(found.gl_pathv[i]));
	globfree(&found);
}

static bool
is_pattern(const char *word)
{
	return strpbrk(word, "*?[") != NULL;
}

static void
add_set(const char *word, struct words *out)
{
	struct stat st;

	if (strcmp(word, "-") == 0)
		words_add(out, word);
	else if (stat(word, &st) == 0 && S_ISDIR(st.st_mode))
		add_directory(word, out);
	else if (lstat(word, &st) != 0 && is_pattern(word))
		add_pattern(word, out);
	else
		words_add(out, word);
}

struct member {
	const char *word;
	size_t at;
};

static int
by_name(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c = strcmp(cli_name(x->word), cli_name(y->word));

	return c != 0 ? c : x->at < y->at ? -1 : 1;
}

static void
sort_words(const char **word, size_t n)
{
	struct member *m = prof_alloc(n, sizeof *m);
	size_t i;

	for (i = 0; i < n; i++)
		m[i] = (struct member){ word[i], i };
	qsort(m, n, sizeof *m, by_name);
	for (i = 0; i < n; i++)
		word[i] = m[i].word;
	free(m);
}

struct place {
	dev_t dev;
	ino_t ino;
	const char *word;
	size_t at;
};

static int
by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->dev != y->dev)
		return x->dev < y->dev ? -1 : 1;
	if (x->ino != y->ino)
		return x->ino < y->ino ? -1 : 1;
	return x->at < y->at ? -1 : 1;
}

/* What is there twice does not vary, and looks like two runs that agree. */
static void
warn_of_same(const char *const *word, size_t n)
{
	struct place *of = prof_alloc(n, sizeof *of);
	struct stat st;
	size_t i, end, known = 0;

	for (i = 0; i < n; i++)
		if (strcmp(word[i], "-") != 0 && stat(word[i], &st) == 0 &&
		    S_ISREG(st.st_mode))
			of[known++] = (struct place){ st.st_dev, st.st_ino,
			    word[i], i };
	qsort(of, known, sizeof *of, by_place);
	for (i = 0; i < known; i = end) {
		for (end = i + 1; end < known && of[end].dev == of[i].dev &&
		    of[end].ino == of[i].ino; end++)
			;
		if (end - i > 1)
			cli_warn("%s: the same file is %zu runs of one side, "
			    "which tell less than they seem to",
			    cli_name(of[i].word), end - i);
	}
	free(of);
}

void
sets_expand(const struct words *sets, size_t from, size_t to,
    struct words *out)
{
	size_t first = out->n, i, before;

	for (i = from; i < to; i++) {
		before = out->n;
		add_set(sets->word[i], out);
		if (out->n == before)
			cli_warn("%s: a set without a file", sets->word[i]);
	}
	if (out->n == first)
		return;
	sort_words(out->word + first, out->n - first);
	warn_of_same(out->word + first, out->n - first);
}

static bool
leads_nowhere(const char *word)
{
	struct words found = { 0 };
	struct stat st;
	bool none;

	if (strcmp(word, "-") == 0)
		return false;
	if (stat(word, &st) != 0 && !is_pattern(word))
		return errno == ENOENT || errno == ENOTDIR;
	add_set(word, &found);
	none = found.n == 0;
	words_release(&found);
	return none;
}

bool
sets_missing(const struct words *sets, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++)
		if (!leads_nowhere(sets->word[i]))
			return false;
	return to > from;
}
