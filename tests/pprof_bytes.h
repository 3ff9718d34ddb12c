/* SPDX-License-Identifier: MIT */
#ifndef TESTS_PPROF_BYTES_H
#define TESTS_PPROF_BYTES_H

#include <stdarg.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/buf.h"
#include "libanalysis/check.h"

/* A tiny encoder for the tests of pprof, and a profile made with it. */
extern const struct prof_reader prof_pprof_reader;
extern const struct prof_writer prof_pprof_writer;

static inline void
pb_varint(struct prof_buf *b, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		prof_buf_addc(b, (char)(v | 0x80));
	prof_buf_addc(b, (char)v);
}

static inline void
pb_num(struct prof_buf *b, unsigned field, uint64_t v)
{
	pb_varint(b, (uint64_t)field << 3);
	pb_varint(b, v);
}

static inline void
pb_bytes(struct prof_buf *b, unsigned field, const void *data, size_t len)
{
	pb_varint(b, (uint64_t)field << 3 | 2);
	pb_varint(b, len);
	prof_buf_add(b, data, len);
}

static inline void
pb_str(struct prof_buf *b, unsigned field, const char *s)
{
	pb_bytes(b, field, s, strlen(s));
}

/* A field of bytes that holds n varints. */
static inline void
pb_packed(struct prof_buf *b, unsigned field, int n, ...)
{
	struct prof_buf body = { 0 };
	va_list ap;

	va_start(ap, n);
	for (; n > 0; n--)
		pb_varint(&body, va_arg(ap, uint64_t));
	va_end(ap);
	pb_bytes(b, field, body.data, body.len);
	prof_buf_release(&body);
}

/* A message of numbers: field and value n times, as uint64_t. */
static inline void
pb_msg(struct prof_buf *b, unsigned field, int n, ...)
{
	struct prof_buf body = { 0 };
	va_list ap;

	va_start(ap, n);
	for (n *= 2; n > 0; n--)
		pb_varint(&body, va_arg(ap, uint64_t) << 3 * (n % 2 == 0));
	va_end(ap);
	pb_bytes(b, field, body.data, body.len);
	prof_buf_release(&body);
}

#define U(v) ((uint64_t)(v))

/* Strings of the profile below, by index. */
static const char *const pb_strings[] = { "", "cpu", "nanoseconds", "main",
	"main.c", "leaf", "/bin/prog", "cafe", "key", "text", "bytes" };

enum { PB_CPU = 1, PB_NS, PB_MAIN, PB_FILE, PB_LEAF, PB_PROG, PB_BUILD,
	PB_KEY, PB_TEXT, PB_BYTES, PB_NSTRINGS };

static inline void
pb_add_strings(struct prof_buf *b)
{
	int i;

	for (i = 0; i < PB_NSTRINGS; i++)
		pb_str(b, 6, pb_strings[i]);
}

/* main (function 1) calls leaf (function 2); locations 1 and 2. */
static inline void
pb_add_tables(struct prof_buf *b)
{
	struct prof_buf l = { 0 };

	pb_msg(b, 3, 6, U(1), U(1), U(2), U(0x1000), U(3), U(0x9000), U(5),
	    U(PB_PROG), U(6), U(PB_BUILD), U(7), U(1));
	pb_num(&l, 1, 1);
	pb_num(&l, 2, 1);
	pb_num(&l, 3, 0x1234);
	pb_msg(&l, 4, 2, U(1), U(1), U(2), U(12));
	pb_bytes(b, 4, l.data, l.len);
	prof_buf_clear(&l);
	pb_num(&l, 1, 2);
	pb_num(&l, 2, 1);
	pb_num(&l, 3, 0x1300);
	pb_msg(&l, 4, 3, U(1), U(2), U(2), U(30), U(3), U(7));
	pb_bytes(b, 4, l.data, l.len);
	prof_buf_release(&l);
	pb_msg(b, 5, 3, U(1), U(1), U(2), U(PB_MAIN), U(4), U(PB_FILE));
	pb_msg(b, 5, 4, U(1), U(2), U(2), U(PB_LEAF), U(4), U(PB_FILE),
	    U(5), U(28));
}

/* One type, one sample (leaf under main, 10 ns), tables, strings. */
static inline void
pb_add_profile(struct prof_buf *b)
{
	pb_msg(b, 1, 2, U(1), U(PB_CPU), U(2), U(PB_NS));
	pb_msg(b, 2, 3, U(1), U(2), U(1), U(1), U(2), U(10));
	pb_add_tables(b);
	pb_add_strings(b);
}

/* Read one profile of an input. */
static inline int
pb_read(struct prof_in *in, struct prof_profile *p, struct prof_err *err)
{
	memset(p, 0, sizeof *p);
	memset(err, 0, sizeof *err);
	return prof_pprof_reader.read(in, NULL, p, err);
}

static inline int
pb_load(const struct prof_buf *b, struct prof_profile *p,
    struct prof_err *err)
{
	struct prof_in *in = prof_in_memory(b->data, b->len, "test", NULL);
	int rc = pb_read(in, p, err);

	prof_in_close(in);
	return rc == PROF_OK ? prof_profile_check(p, err) : rc;
}

#endif
