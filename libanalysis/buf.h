/* SPDX-License-Identifier: MIT */
#ifndef PROF_BUF_H
#define PROF_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "libanalysis/err.h"

/* A growing run of bytes.  Zeroed memory is an empty one. */
struct prof_buf {
	char *data;		/* not terminated; NULL while empty */
	size_t len, cap;
};

void prof_buf_add(struct prof_buf *b, const void *data, size_t len);
void prof_buf_adds(struct prof_buf *b, const char *s);
void prof_buf_addc(struct prof_buf *b, char c);
void prof_buf_addn(struct prof_buf *b, char c, size_t n);
void prof_buf_addf(struct prof_buf *b, const char *fmt, ...)
    PROF_PRINTF(2, 3);
void prof_buf_addi(struct prof_buf *b, int64_t v);	/* decimal */

/* The content as a C string, valid until the next change. */
const char *prof_buf_str(struct prof_buf *b);

/* Empty it, keeping the memory. */
void prof_buf_clear(struct prof_buf *b);
void prof_buf_release(struct prof_buf *b);

#endif
