/* SPDX-License-Identifier: MIT */
#include "cmd/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cli.h"
#include "libanalysis/buf.h"
#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"

#define MAX_FILE (UINT64_C(64) << 20)
#define MAX_HELD (UINT64_C(256) << 20)
#define MAX_PARTS 256		/* of a path; longer ones are none of ours */

static void
add_root(struct sources *s, const char *given)
{
	struct root *r = &s->root[s->nroots++];

	r->given = given;
	r->path = realpath(given, NULL);
	r->fd = r->path != NULL ? open(r->path, O_RDONLY | O_DIRECTORY |
	    O_CLOEXEC) : -1;
	if (r->fd < 0)
		cli_fail("cannot open directory '%s' (--source): %s", given,
		    strerror(errno));
}

void
sources_init(struct sources *s, const struct options *o)
{
	size_t i;

	memset(s, 0, sizeof *s);
	s->seed = prof_hash_seed();
	s->trim = &o->trim_path;
	s->max = o->limits.max_input < MAX_FILE ? o->limits.max_input :
	    MAX_FILE;
	s->root = prof_zalloc(o->source.n + 1, sizeof *s->root);
	for (i = 0; i < o->source.n; i++)
		add_root(s, o->source.word[i]);
	if (i == 0)
		add_root(s, ".");
}

static void
forget(struct sources *s, struct source *f)
{
	if (f->text != NULL)
		s->held -= f->len;
	free(f->text);
	free(f->mark);
	f->text = NULL;
	f->mark = NULL;
	f->len = f->nmarks = f->mark_cap = 0;
	f->nlines = 0;
}

void
sources_release(struct sources *s)
{
	uint32_t k;
	size_t i;

	for (i = 0; i < s->nroots; i++) {
		close(s->root[i].fd);
		free(s->root[i].path);
	}
	for (k = 0; k < s->n; k++) {
		forget(s, &s->source[k]);
		free(s->source[k].path);
	}
	free(s->root);
	free(s->source);
	prof_map_release(&s->map);
	memset(s, 0, sizeof *s);
}

/* Open a regular file by a path below dir that goes through no link. */
static int
open_below(int dir, const char *path)
{
	char name[NAME_MAX + 1];
	int at = dir, next;
	struct stat st;
	size_t n;

	for (;;) {
		n = strcspn(path, "/");
		if (n > NAME_MAX)
			break;
		memcpy(name, path, n);
		name[n] = '\0';
		if (path[n] == '\0') {
			/* Opening a device or FIFO could do something. */
			next = fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) ==
			    0 && S_ISREG(st.st_mode) ? openat(at, name,
			    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
			    O_CLOEXEC) : -1;
			if (at != dir)
				close(at);
			if (next >= 0 && (fstat(next, &st) != 0 ||
			    !S_ISREG(st.st_mode))) {
				close(next);
				return -1;
			}
			return next;
		}
		next = openat(at, name, O_RDONLY | O_NOFOLLOW | O_DIRECTORY |
		    O_CLOEXEC);
		if (at != dir)
			close(at);
		if (next < 0)
			return -1;
		at = next;
		path += n + 1;
	}
	if (at != dir)
		close(at);
	return -1;
}

static bool
is_below(const char *path, const char *root, size_t *rest)
{
	size_t n = strlen(root);

	if (strncmp(path, root, n) != 0)
		return false;
	if (n > 0 && root[n - 1] == '/')	/* the root of all */
		n--;
	if (path[n] != '/' || path[n + 1] == '\0')
		return false;
	*rest = n + 1;
	return true;
}

/*
 * Links may lead anywhere: the real path decides, and what is opened then
 * goes through no link at all, so that nothing can change in between.
 */
static int
open_in(const struct root *r, const char *path)
{
	struct prof_buf full = { 0 };
	struct stat st;
	char *real;
	size_t rest;
	int fd;

	fd = open_below(r->fd, path);
	if (fd >= 0 || fstatat(r->fd, path, &st, 0) != 0)
		return fd;
	prof_buf_addf(&full, "%s/%s", r->path, path);
	real = realpath(prof_buf_str(&full), NULL);
	prof_buf_release(&full);
	if (real != NULL && is_below(real, r->path, &rest))
		fd = open_below(r->fd, real + rest);
	free(real);
	return fd;
}

/* A recorded path in parts, without ".", with ".." resolved in the text. */
struct parts {
	char *text;		/* the parts, joined by '/' */
	size_t at[MAX_PARTS];	/* where each begins */
	size_t n;
};

static void
split(struct parts *p, const char *path, char slash)
{
	struct prof_buf b = { 0 };
	char stop[2] = { slash, '\0' };
	size_t n;

	memset(p, 0, sizeof *p);
	for (; *path != '\0'; path += n) {
		n = strcspn(path, stop);
		if (n == 2 && memcmp(path, "..", 2) == 0) {
			if (p->n > 0)
				b.len = p->at[--p->n];
		} else if (n > 1 || (n == 1 && path[0] != '.')) {
			if (p->n == MAX_PARTS) {
				p->n = 0;
				break;
			}
			p->at[p->n++] = b.len;
			prof_buf_add(&b, path, n);
			prof_buf_addc(&b, '/');
		}
		n += path[n] == slash;
	}
	if (b.len > 0)
		b.len--;
	p->text = prof_strndup(b.data, p->n > 0 ? b.len : 0);
	prof_buf_release(&b);
}

/* What comes behind prefix, if path begins with its parts; else NULL. */
static const char *
behind(const struct parts *p, const char *prefix)
{
	struct parts q;
	const char *rest = NULL;
	size_t len;

	split(&q, prefix, '/');
	len = strlen(q.text);
	if (len > 0 && strncmp(p->text, q.text, len) == 0 &&
	    p->text[len] == '/')
		rest = p->text + len + 1;
	free(q.text);
	return rest;
}

/* What comes behind the first part that is called as the root is. */
static const char *
guess(const struct parts *p, const struct root *r)
{
	const char *base = strrchr(r->path, '/') + 1;
	size_t i, len = strlen(base);

	for (i = 0; len > 0 && i + 1 < p->n; i++)
		if (p->at[i + 1] - p->at[i] == len + 1 &&
		    memcmp(p->text + p->at[i], base, len) == 0)
			return p->text + p->at[i + 1];
	return NULL;
}

static int
open_rest(const struct root *r, const char *rest)
{
	return rest != NULL ? open_in(r, rest) : -1;
}

static int
find_in(const struct sources *s, const struct root *r,
    const struct parts *p, bool absolute)
{
	int fd = -1;
	size_t i;

	if (absolute)
		fd = open_rest(r, behind(p, r->path));
	for (i = 0; i < s->trim->n && fd < 0; i++)
		fd = open_rest(r, behind(p, s->trim->word[i]));
	if (fd < 0 && s->trim->n == 0)
		fd = open_rest(r, guess(p, r));
	for (i = 0; i < p->n && fd < 0; i++)
		fd = open_in(r, p->text + p->at[i]);
	return fd;
}

static void
mark_lines(struct source *f)
{
	const char *at = f->text, *end = f->text + f->len;

	for (; at < end; f->nlines++) {
		if (f->nlines % SOURCE_STEP == 0) {
			PROF_RESERVE(f->mark, f->mark_cap, f->nmarks + 1);
			f->mark[f->nmarks++] = (size_t)(at - f->text);
		}
		at = memchr(at, '\n', (size_t)(end - at));
		at = at != NULL ? at + 1 : end;
	}
}

static void
read_source(struct sources *s, struct source *f, int fd)
{
	struct prof_buf b = { 0 };
	char chunk[65536];
	ssize_t n;

	f->state = SOURCE_READ;
	while ((n = read(fd, chunk, sizeof chunk)) > 0) {
		if (b.len + (size_t)n > s->max) {
			f->state = SOURCE_LARGE;
			break;
		}
		prof_buf_add(&b, chunk, (size_t)n);
	}
	if (n < 0)
		f->state = SOURCE_MISSING;
	if (f->state == SOURCE_READ) {
		f->text = prof_strndup(b.data, b.len);
		f->len = b.len;
		s->held += b.len;
		mark_lines(f);
	}
	prof_buf_release(&b);
}

static int
find(const struct sources *s, const char *path, char slash)
{
	struct parts p;
	int fd = -1;
	size_t i;

	split(&p, path, slash);
	for (i = 0; i < s->nroots && fd < 0 && p.n > 0; i++)
		fd = find_in(s, &s->root[i], &p, path[0] == '/');
	free(p.text);
	return fd;
}

static void
load(struct sources *s, struct source *f)
{
	uint32_t k;
	int fd;

	/* Listings go by function, not by file: but not all can stay. */
	for (k = 0; s->held > MAX_HELD && k < s->n; k++)
		forget(s, &s->source[k]);
	fd = find(s, f->path, '/');
	/* Without any slash it may come from a system that has none. */
	if (fd < 0 && strchr(f->path, '/') == NULL)
		fd = find(s, f->path, '\\');
	f->state = SOURCE_MISSING;
	if (fd < 0)
		return;
	read_source(s, f, fd);
	close(fd);
}

const struct source *
sources_get(struct sources *s, const char *path)
{
	uint64_t hash = prof_hash_bytes(s->seed, path, strlen(path));
	struct source *f;
	uint32_t at, id;

	for (id = prof_map_first(&s->map, hash, &at); id != 0;
	    id = prof_map_next(&s->map, hash, &at))
		if (strcmp(s->source[id - 1].path, path) == 0)
			break;
	if (id == 0) {
		PROF_RESERVE(s->source, s->cap, (size_t)s->n + 1);
		f = &s->source[s->n++];
		memset(f, 0, sizeof *f);
		f->path = prof_strndup(path, strlen(path));
		prof_map_put(&s->map, hash, s->n);
		load(s, f);
		return f;
	}
	f = &s->source[id - 1];
	if (f->state == SOURCE_READ && f->text == NULL)
		load(s, f);
	return f;
}

/* The largest number of bytes up to max that ends no character early. */
static size_t
whole_characters(const char *s, size_t max)
{
	size_t n = max;

	while (n > 0 && max - n < 4 && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	return ((unsigned char)s[n] & 0xc0) == 0x80 ? max : n;
}

const char *
source_line(const struct source *f, int64_t line, size_t *len, bool *cut)
{
	const char *at, *end, *next;
	uint64_t k, want;

	*len = 0;
	*cut = false;
	if (f->text == NULL || line < 1 || (uint64_t)line > f->nlines)
		return NULL;
	want = (uint64_t)line - 1;
	at = f->text + f->mark[want / SOURCE_STEP];
	end = f->text + f->len;
	for (k = want % SOURCE_STEP; k > 0; k--)
		at = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
	next = memchr(at, '\n', (size_t)(end - at));
	*len = (size_t)((next != NULL ? next : end) - at);
	if (*len > 0 && at[*len - 1] == '\r')
		--*len;
	if (*len > SOURCE_LINE) {
		*cut = true;
		*len = whole_characters(at, SOURCE_LINE);
	}
	return at;
}
