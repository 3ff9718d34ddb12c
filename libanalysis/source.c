/* SPDX-License-Identifier: MIT */
#include "libanalysis/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libanalysis/nomem.h"

struct fd_source {
	struct prof_source s;
	int fd;
};

struct memory_source {
	struct prof_source s;
	const unsigned char *data;
	size_t len;
	unsigned char *owned;	/* the copy of an ahead source */
};

static int
fd_read(struct prof_source *s, unsigned char *buf, size_t cap, size_t *got,
    struct prof_err *err)
{
	struct fd_source *f = (struct fd_source *)s;
	ssize_t n;

	do {
		n = read(f->fd, buf, cap);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return prof_fail(err, PROF_EIO, "cannot read: %s",
		    strerror(errno));
	*got = (size_t)n;
	s->out += (uint64_t)n;
	return PROF_OK;
}

static int
memory_read(struct prof_source *s, unsigned char *buf, size_t cap,
    size_t *got, struct prof_err *err)
{
	struct memory_source *m = (struct memory_source *)s;
	size_t n = m->len < cap ? m->len : cap;

	(void)err;
	*got = n;
	if (n == 0)
		return PROF_OK;
	memcpy(buf, m->data, n);
	m->data += n;
	m->len -= n;
	s->out += n;
	return PROF_OK;
}

struct prof_source *
prof_source_fd(int fd)
{
	struct fd_source *f = prof_zalloc(1, sizeof *f);

	f->s.read = fd_read;
	f->fd = fd;
	return &f->s;
}

struct prof_source *
prof_source_memory(const void *data, size_t len)
{
	struct memory_source *m = prof_zalloc(1, sizeof *m);

	m->s.read = memory_read;
	m->data = data;
	m->len = len;
	return &m->s;
}

static int
ahead_read(struct prof_source *s, unsigned char *buf, size_t cap,
    size_t *got, struct prof_err *err)
{
	struct memory_source *m = (struct memory_source *)s;
	int rc;

	s->mark = false;
	if (m->len > 0)
		return memory_read(s, buf, cap, got, err);
	rc = s->below->read(s->below, buf, cap, got, err);
	s->mark = s->below->mark;
	return rc;
}

static void
ahead_close(struct prof_source *s)
{
	free(((struct memory_source *)s)->owned);
}

struct prof_source *
prof_source_ahead(struct prof_source *below, const unsigned char *head,
    size_t len)
{
	struct memory_source *m = prof_zalloc(1, sizeof *m);

	m->s.read = ahead_read;
	m->s.close = ahead_close;
	m->s.below = below;
	m->owned = prof_alloc(len, 1);
	if (len > 0)
		memcpy(m->owned, head, len);
	m->data = m->owned;
	m->len = len;
	return &m->s;
}

int
prof_source_more(struct prof_source *s, unsigned char *buf, size_t cap,
    size_t *got, struct prof_err *err)
{
	int rc;

	do {
		rc = s->read(s, buf, cap, got, err);
	} while (rc == PROF_OK && *got == 0 && s->mark);
	return rc;
}

uint64_t
prof_source_raw(const struct prof_source *s)
{
	while (s->below != NULL)
		s = s->below;
	return s->out;
}

void
prof_source_close(struct prof_source *s)
{
	struct prof_source *below;

	for (; s != NULL; s = below) {
		below = s->below;
		if (s->close != NULL)
			s->close(s);
		free(s);
	}
}
