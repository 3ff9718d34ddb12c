/* SPDX-License-Identifier: MIT */
#ifndef TESTS_GZIP_H
#define TESTS_GZIP_H

#include <check.h>
#include <string.h>
#include <zlib.h>

#include "libanalysis/buf.h"

/* gzip data made by zlib, to compare ours with. */

/* Append the deflate stream of data without any header, ended as told. */
static inline void
gzip_deflate(struct prof_buf *b, const void *data, size_t len, int flush)
{
	z_stream z = { 0 };
	unsigned char out[4096];

	ck_assert_int_eq(deflateInit2(&z, 6, Z_DEFLATED, -MAX_WBITS, 8,
	    Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (unsigned char *)(uintptr_t)data;
	z.avail_in = (uInt)len;
	do {
		z.next_out = out;
		z.avail_out = sizeof out;
		deflate(&z, flush);
		prof_buf_add(b, out, sizeof out - z.avail_out);
	} while (z.avail_out == 0);
	deflateEnd(&z);
}

static inline void
gzip_number(struct prof_buf *b, unsigned long v, int bytes)
{
	for (; bytes > 0; bytes--, v >>= 8)
		prof_buf_addc(b, (char)(v & 0xff));
}

/* Append the ten bytes of a header with these flags. */
static inline void
gzip_head(struct prof_buf *b, int flags)
{
	gzip_number(b, 0x88b1f, 3);
	gzip_number(b, (unsigned long)flags, 1);
	gzip_number(b, 0, 6);
}

/* Append the deflated data and the two numbers behind it. */
static inline void
gzip_body(struct prof_buf *b, const void *data, size_t len)
{
	gzip_deflate(b, data, len, Z_FINISH);
	gzip_number(b, crc32(0, data, (uInt)len), 4);
	gzip_number(b, len, 4);
}

/* Append one member that holds data. */
static inline void
gzip_add(struct prof_buf *b, const void *data, size_t len)
{
	gzip_head(b, 0);
	gzip_body(b, len > 0 ? data : "", len);
}

#endif
