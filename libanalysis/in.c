/* SPDX-License-Identifier: MIT */
#include "libanalysis/in.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/source.h"

#define CHUNK ((size_t)256 * 1024)
#define HEAD_SIZE ((size_t)4)

const struct prof_limits prof_limits_default = {
	.max_input = PROF_NO_LIMIT,
	.max_expansion = 200,
	.max_line = UINT64_C(64) << 20,
	.max_depth = 10000000,
	.max_strings = 16000000,
	.max_labels = 10000,
	.max_match = 1000000
};

struct prof_in {
	struct prof_source *source;
	struct prof_limits limits;
	char *name;
	unsigned char *buf;
	size_t pos, len, cap;	/* unread bytes are buf[pos..len) */
	uint64_t consumed;	/* offset of buf[pos] */
	uint64_t *member;	/* offsets where members begin, ascending */
	size_t member_at, nmembers, member_cap;
	uint64_t lineno;
	size_t line_skip;	/* bytes of the line last returned */
	bool opened, ended;
	bool settled;		/* what is buffered is the input itself */
};

static struct prof_in *
in_new(struct prof_source *source, const char *name,
    const struct prof_limits *limits)
{
	struct prof_in *in = prof_zalloc(1, sizeof *in);

	in->source = source;
	in->limits = limits != NULL ? *limits : prof_limits_default;
	in->name = prof_strndup(name, strlen(name));
	return in;
}

struct prof_in *
prof_in_fd(int fd, const char *name, const struct prof_limits *limits)
{
	return in_new(prof_source_fd(fd), name, limits);
}

struct prof_in *
prof_in_memory(const void *data, size_t len, const char *name,
    const struct prof_limits *limits)
{
	return in_new(prof_source_memory(data, len), name, limits);
}

void
prof_in_close(struct prof_in *in)
{
	if (in == NULL)
		return;
	prof_source_close(in->source);
	free(in->name);
	free(in->buf);
	free(in->member);
	free(in);
}

static void
note_member(struct prof_in *in)
{
	uint64_t here = in->consumed + (in->len - in->pos);

	if (in->nmembers > 0 && in->member[in->nmembers - 1] == here)
		return;
	PROF_RESERVE(in->member, in->member_cap, in->nmembers + 1);
	in->member[in->nmembers++] = here;
}

static void
make_room(struct prof_in *in)
{
	size_t left = in->len - in->pos;

	if (in->pos > 0 && left < in->pos) {
		memcpy(in->buf, in->buf + in->pos, left);
		in->pos = 0;
		in->len = left;
	}
	/* Not for each small read of a pipe. */
	if (in->cap - in->len < CHUNK / 2) {
		in->cap = in->len + (in->len > CHUNK ? in->len : CHUNK);
		in->buf = prof_resize(in->buf, in->cap, 1);
	}
}

/* Compressed bytes at the start do not count: there may be more of them. */
static int
check_size(const struct prof_in *in, struct prof_err *err)
{
	uint64_t size = in->consumed + (in->len - in->pos);

	if (!in->settled || size <= in->limits.max_input)
		return PROF_OK;
	return prof_fail(err, PROF_ELIMIT,
	    "input is larger than %llu bytes (limit: --max-input)",
	    (unsigned long long)in->limits.max_input);
}

/* Read once more from the source; sets ended at the end of it. */
static int
fill(struct prof_in *in, struct prof_err *err)
{
	size_t got = 0;
	int rc;

	make_room(in);
	rc = in->source->read(in->source, in->buf + in->len,
	    in->cap - in->len, &got, err);
	if (rc != PROF_OK)
		return rc;
	in->len += got;
	if (in->source->mark)
		note_member(in);
	else if (got == 0)
		in->ended = true;
	return check_size(in, err);
}

static int
fill_to(struct prof_in *in, size_t want, struct prof_err *err)
{
	int rc = PROF_OK;

	while (rc == PROF_OK && !in->ended && in->len - in->pos < want)
		rc = fill(in, err);
	return rc;
}

/* Give back what is buffered, so that a layer can read it again. */
static struct prof_source *
push_back(struct prof_in *in)
{
	struct prof_source *s = prof_source_ahead(in->source,
	    in->buf + in->pos, in->len - in->pos);

	in->pos = in->len = 0;
	in->nmembers = 0;
	in->ended = false;
	return s;
}

static bool
is_gzip(const struct prof_in *in)
{
	return in->len >= 2 && in->buf[0] == 0x1f && in->buf[1] == 0x8b;
}

static int
open_gzip(struct prof_in *in, struct prof_err *err)
{
	int depth, rc = PROF_OK;

	for (depth = 0; rc == PROF_OK && is_gzip(in); depth++) {
		if (depth == 2)
			return prof_fail(err, PROF_EFORMAT,
			    "gzip inside gzip inside gzip");
		in->source = prof_source_gunzip(push_back(in), &in->limits);
		rc = fill_to(in, HEAD_SIZE, err);
	}
	return rc;
}

/* Undo the encodings that the first bytes show. */
static int
open_layers(struct prof_in *in, struct prof_err *err)
{
	bool big_endian;
	int rc;

	in->opened = true;
	rc = fill_to(in, HEAD_SIZE, err);
	if (rc == PROF_OK)
		rc = open_gzip(in, err);
	if (rc != PROF_OK)
		return rc;
	if (in->len >= 3 && memcmp(in->buf, "\xef\xbb\xbf", 3) == 0) {
		prof_in_skip(in, 3);
	} else if (in->len >= 2 && (memcmp(in->buf, "\xff\xfe", 2) == 0 ||
	    memcmp(in->buf, "\xfe\xff", 2) == 0)) {
		big_endian = in->buf[0] == 0xfe;
		in->pos = 2;
		in->source = prof_source_utf16(push_back(in), big_endian);
	}
	in->settled = true;
	return check_size(in, err);
}

int
prof_in_peek(struct prof_in *in, size_t want, const unsigned char **data,
    size_t *len, struct prof_err *err)
{
	int rc = PROF_OK;

	if (!in->opened)
		rc = open_layers(in, err);
	if (rc == PROF_OK && in->len - in->pos < want)
		rc = fill_to(in, want, err);
	*data = in->buf + in->pos;
	*len = in->len - in->pos;
	return rc;
}

void
prof_in_skip(struct prof_in *in, size_t n)
{
	PROF_ASSERT(n <= in->len - in->pos);
	in->pos += n;
	in->consumed += n;
}

/* Find the end of the line from buf[pos + from] on. */
static int
find_newline(struct prof_in *in, size_t *end, struct prof_err *err)
{
	size_t seen = 0, left;
	const unsigned char *nl;
	int rc;

	for (;;) {
		left = in->len - in->pos;
		nl = left > seen ? memchr(in->buf + in->pos + seen, '\n',
		    left - seen) : NULL;
		if (nl != NULL)
			*end = (size_t)(nl - (in->buf + in->pos));
		else
			*end = left;
		if (*end > in->limits.max_line)
			return prof_fail(err, PROF_ELIMIT, "line %llu is "
			    "longer than %llu bytes (limit: --max-line)",
			    (unsigned long long)in->lineno + 1,
			    (unsigned long long)in->limits.max_line);
		if (nl != NULL || in->ended)
			return PROF_OK;
		seen = left;
		rc = fill(in, err);
		if (rc != PROF_OK)
			return rc;
	}
}

int
prof_in_line(struct prof_in *in, const char **line, size_t *len,
    struct prof_err *err)
{
	const unsigned char *start;
	size_t end = 0;
	int rc;

	if (!in->opened && (rc = open_layers(in, err)) != PROF_OK)
		return rc;
	rc = find_newline(in, &end, err);
	if (rc != PROF_OK)
		return rc;
	start = in->buf + in->pos;
	if (in->ended && in->len == in->pos)
		return 0;
	*line = (const char *)start;
	*len = end > 0 && start[end - 1] == '\r' ? end - 1 : end;
	in->lineno++;
	prof_in_skip(in, end + (end < in->len - in->pos ? 1 : 0));
	return 1;
}

uint64_t
prof_in_offset(const struct prof_in *in)
{
	return in->consumed;
}

uint64_t
prof_in_lineno(const struct prof_in *in)
{
	return in->lineno;
}

bool
prof_in_at_member(struct prof_in *in)
{
	while (in->member_at < in->nmembers &&
	    in->member[in->member_at] < in->consumed)
		in->member_at++;
	return in->member_at < in->nmembers &&
	    in->member[in->member_at] == in->consumed && in->consumed > 0;
}

bool
prof_in_padded(const struct prof_in *in)
{
	const struct prof_source *s;

	for (s = in->source; s != NULL; s = s->below)
		if (s->padded)
			return true;
	return false;
}

const char *
prof_in_name(const struct prof_in *in)
{
	return in->name;
}

const struct prof_limits *
prof_in_limits(const struct prof_in *in)
{
	return &in->limits;
}
