/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/check.h"

#define HEAD_MAX ((size_t)64 * 1024)

/*
 * The one line that a new format adds: R reads it, W writes it, H only says
 * what an input is that nothing here reads.
 */
#define FORMATS(R, W, H) \
	W(callgrind) \
	R(cprofile) W(cprofile) \
	W(dot) \
	W(dump) \
	R(folded) W(folded) \
	W(json) \
	R(perf) \
	R(pprof) W(pprof) \
	R(pstats) \
	H(hints)

#define DECLARE_READER(name) extern const struct prof_reader \
	prof_##name##_reader;
#define DECLARE_WRITER(name) extern const struct prof_writer \
	prof_##name##_writer;
#define LIST_READER(name) &prof_##name##_reader,
#define LIST_WRITER(name) &prof_##name##_writer,
#define NOTHING(name)

FORMATS(DECLARE_READER, DECLARE_WRITER, DECLARE_READER)

const struct prof_reader *const prof_readers[] = {
	FORMATS(LIST_READER, NOTHING, NOTHING)
	NULL
};

const struct prof_writer *const prof_writers[] = {
	FORMATS(NOTHING, LIST_WRITER, NOTHING)
	NULL
};

/* Not in prof_readers: they can neither be listed nor be chosen. */
static const struct prof_reader *const hints[] = {
	FORMATS(NOTHING, NOTHING, LIST_READER)
	NULL
};

/* Length of the longest of the listed extensions that path ends in. */
static size_t
match_extension(const char *list, const char *path)
{
	size_t best = 0, n, len = strlen(path);

	for (; *list != '\0'; list += n + (list[n] == ' ')) {
		n = strcspn(list, " ");
		if (n > best && len > n + 1 && path[len - n - 1] == '.' &&
		    memcmp(path + len - n, list, n) == 0)
			best = n;
	}
	return best;
}

/* The surest hint, if it is surer than a reader that bid top. */
static const struct prof_reader *
find_hint(const unsigned char *head, size_t n, int top)
{
	const struct prof_reader *best = NULL;
	size_t i;
	int bid;

	for (i = 0; hints[i] != NULL; i++) {
		bid = hints[i]->bid(head, n);
		if (bid > top) {
			best = hints[i];
			top = bid;
		}
	}
	return best;
}

/* A line that goes on beyond the head may be a stack of long names. */
static bool
may_be_folded(const unsigned char *head, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (head[i] < ' ' && head[i] != '\t')
			return false;
	return n == HEAD_MAX;
}

const struct prof_reader *
prof_format_detect(const unsigned char *head, size_t n, const char *path,
    struct prof_err *err)
{
	const struct prof_reader *best = NULL, *tie = NULL, *r;
	int bid, top = 0;
	size_t i;

	n = n < HEAD_MAX ? n : HEAD_MAX;
	for (i = 0; (r = prof_readers[i]) != NULL; i++) {
		bid = r->bid(head, n);
		if (bid <= 0)
			continue;
		bid = 2 * bid + (match_extension(r->extensions, path) != 0);
		if (bid > top) {
			best = r;
			tie = NULL;
			top = bid;
		} else if (bid == top) {
			tie = r;
		}
	}
	r = find_hint(head, n, top / 2);
	if (r != NULL)
		return r;
	if (best != NULL && tie == NULL)
		return best;
	if (tie != NULL)
		prof_fail(err, PROF_EUNKNOWN,
		    "may be %s or %s, choose one with -f", best->name,
		    tie->name);
	else if (may_be_folded(head, n))
		prof_fail(err, PROF_EUNKNOWN, "not in a known format: the "
		    "first line is very long; if it is a collapsed stack, "
		    "say -f folded");
	else
		prof_fail(err, PROF_EUNKNOWN,
		    "not in a known format (see pconvert --formats)");
	return NULL;
}

const struct prof_reader *
prof_format_reader(const char *name)
{
	size_t i, n = strcspn(name, ":");

	for (i = 0; prof_readers[i] != NULL; i++)
		if (strncmp(prof_readers[i]->name, name, n) == 0 &&
		    prof_readers[i]->name[n] == '\0')
			return prof_readers[i];
	return NULL;
}

const struct prof_writer *
prof_format_writer(const char *name)
{
	size_t i;

	for (i = 0; prof_writers[i] != NULL; i++)
		if (strcmp(prof_writers[i]->name, name) == 0)
			return prof_writers[i];
	return NULL;
}

const struct prof_writer *
prof_format_writer_for(const char *path)
{
	const struct prof_writer *best = NULL;
	size_t i, n, top = 0;

	for (i = 0; prof_writers[i] != NULL; i++) {
		n = match_extension(prof_writers[i]->extensions, path);
		if (n > top) {
			top = n;
			best = prof_writers[i];
		}
	}
	return best;
}

static int
read_next(struct prof_in *in, const char *name, struct prof_profile *p,
    struct prof_err *err)
{
	const struct prof_reader *r;
	const unsigned char *head;
	size_t n;
	int rc = prof_in_peek(in, HEAD_MAX, &head, &n, err);

	if (rc != PROF_OK)
		return rc;
	if (n == 0 && prof_in_offset(in) > 0)
		return 0;
	if (n == 0)
		return prof_fail(err, PROF_EFORMAT,
		    "empty input (did the command before it fail?)");
	r = name != NULL ? prof_format_reader(name) :
	    prof_format_detect(head, n, prof_in_name(in), err);
	if (r == NULL)
		return prof_fail(err, PROF_EUNKNOWN, "unknown format '%s'",
		    name);
	name = name != NULL ? strchr(name, ':') : NULL;
	rc = r->read(in, name != NULL ? name + 1 : NULL, p, err);
	if (rc != PROF_OK)
		return rc;
	if (p->meta.format == 0)
		p->meta.format = prof_strs_adds(&p->strs, r->name);
#ifndef NDEBUG
	rc = prof_profile_check(p, err);
#endif
	return rc == PROF_OK ? 1 : rc;
}

int
prof_format_read(struct prof_in *in, const char *name,
    struct prof_profile *p, struct prof_err *err)
{
	int rc = read_next(in, name, p, err);

	if (rc < 0) {
		prof_profile_release(p);
		prof_err_prefix(err, "%s", prof_in_name(in));
	}
	return rc;
}
