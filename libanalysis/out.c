/* SPDX-License-Identifier: MIT */
#include "libanalysis/out.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "libanalysis/nomem.h"

/* A stored deflate block holds at most this. */
#define CHUNK ((size_t)65535)

struct prof_out {
	unsigned char data[CHUNK];
	size_t len;
	void (*flush)(struct prof_out *);
	void (*end)(struct prof_out *);
	int fd;
	char *name;
	struct prof_buf *buf;
	struct prof_out *under;
	bool deflating;
	z_stream z;
	uLong crc;
	uint64_t total;
	struct prof_err err;
};

static struct prof_out *
out_new(void (*flush)(struct prof_out *))
{
	struct prof_out *o = prof_alloc(1, sizeof *o);

	memset((char *)o + offsetof(struct prof_out, len), 0,
	    sizeof *o - offsetof(struct prof_out, len));
	o->flush = flush;
	return o;
}

static void
flush_fd(struct prof_out *o)
{
	size_t done = 0;
	ssize_t n;

	while (done < o->len && o->err.code == PROF_OK) {
		n = write(o->fd, o->data + done, o->len - done);
		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			prof_fail(&o->err, PROF_EIO, "cannot write %s: %s",
			    o->name, strerror(errno));
	}
	o->len = 0;
}

static void
flush_buf(struct prof_out *o)
{
	prof_buf_add(o->buf, o->data, o->len);
	o->len = 0;
}

struct prof_out *
prof_out_fd(int fd, const char *name)
{
	struct prof_out *o = out_new(flush_fd);

	o->fd = fd;
	o->name = prof_strndup(name, strlen(name));
	return o;
}

struct prof_out *
prof_out_buf(struct prof_buf *buf)
{
	struct prof_out *o = out_new(flush_buf);

	o->buf = buf;
	return o;
}

static void
put_le(unsigned char *p, uint64_t v, int n)
{
	int i;

	for (i = 0; i < n; i++)
		p[i] = (unsigned char)(v >> (8 * i));
}

static void
flush_stored(struct prof_out *o)
{
	unsigned char head[5] = { 0 };

	if (o->len == 0)
		return;
	put_le(head + 1, o->len, 2);
	put_le(head + 3, ~(uint64_t)o->len, 2);
	prof_out_add(o->under, head, sizeof head);
	prof_out_add(o->under, o->data, o->len);
	o->len = 0;
}

static void
flush_deflate(struct prof_out *o)
{
	unsigned char out[16384];
	int mode = o->deflating ? Z_NO_FLUSH : Z_FINISH;

	o->z.next_in = o->data;
	o->z.avail_in = (uInt)o->len;
	do {
		o->z.next_out = out;
		o->z.avail_out = sizeof out;
		deflate(&o->z, mode);
		prof_out_add(o->under, out, sizeof out - o->z.avail_out);
	} while (o->z.avail_out == 0);
	o->len = 0;
}

static void
end_gzip(struct prof_out *o)
{
	static const unsigned char last[5] = { 1, 0, 0, 0xff, 0xff };
	unsigned char tail[8];

	if (o->deflating) {
		o->deflating = false;
		flush_deflate(o);
		deflateEnd(&o->z);
	} else {
		prof_out_add(o->under, last, sizeof last);
	}
	put_le(tail, o->crc, 4);
	put_le(tail + 4, o->total, 4);
	prof_out_add(o->under, tail, sizeof tail);
}

struct prof_out *
prof_out_gzip(struct prof_out *under, int level)
{
	/* No time, no name, system unknown: nothing that varies. */
	static const unsigned char head[10] = {
	    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff };
	struct prof_out *o = out_new(level > 0 ? flush_deflate :
	    flush_stored);

	o->end = end_gzip;
	o->under = under;
	o->crc = crc32(0, NULL, 0);
	o->deflating = level > 0;
	if (level > 0 && deflateInit2(&o->z, level, Z_DEFLATED, -MAX_WBITS,
	    8, Z_DEFAULT_STRATEGY) != Z_OK)
		prof_bug(__FILE__, __LINE__, "deflateInit2");
	prof_out_add(under, head, sizeof head);
	return o;
}

static void
flush(struct prof_out *o)
{
	if (o->under != NULL) {
		o->crc = crc32(o->crc, o->data, (uInt)o->len);
		o->total += o->len;
	}
	o->flush(o);
}

void
prof_out_add(struct prof_out *o, const void *data, size_t len)
{
	const unsigned char *p = data;
	size_t n;

	while (len > 0) {
		n = CHUNK - o->len < len ? CHUNK - o->len : len;
		memcpy(o->data + o->len, p, n);
		o->len += n;
		p += n;
		len -= n;
		if (o->len == CHUNK)
			flush(o);
	}
}

void
prof_out_adds(struct prof_out *o, const char *s)
{
	prof_out_add(o, s, strlen(s));
}

void
prof_out_addf(struct prof_out *o, const char *fmt, ...)
{
	char small[512], *text = small;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof small, fmt, ap);
	va_end(ap);
	if (n >= (int)sizeof small) {
		text = prof_alloc((size_t)n + 1, 1);
		va_start(ap, fmt);
		vsnprintf(text, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	if (n > 0)
		prof_out_add(o, text, (size_t)n);
	if (text != small)
		free(text);
}

void
prof_out_addi(struct prof_out *o, int64_t v)
{
	char digits[24], *p = digits + sizeof digits;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		*--p = (char)('0' + u % 10);
	} while ((u /= 10) != 0);
	if (v < 0)
		*--p = '-';
	prof_out_add(o, p, (size_t)(digits + sizeof digits - p));
}

int
prof_out_finish(struct prof_out *o, struct prof_err *err)
{
	int rc;

	if (o->len > 0)
		flush(o);
	if (o->end != NULL)
		o->end(o);
	rc = o->err.code;
	if (rc != PROF_OK)
		prof_fail(err, rc, "%s", o->err.msg);
	free(o->name);
	free(o);
	return rc;
}
