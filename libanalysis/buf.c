/* SPDX-License-Identifier: MIT */
#include "libanalysis/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

void
prof_buf_add(struct prof_buf *b, const void *data, size_t len)
{
	if (len == 0)
		return;
	PROF_RESERVE(b->data, b->cap, b->len + len);
	memcpy(b->data + b->len, data, len);
	b->len += len;
}

void
prof_buf_adds(struct prof_buf *b, const char *s)
{
	prof_buf_add(b, s, strlen(s));
}

void
prof_buf_addc(struct prof_buf *b, char c)
{
	prof_buf_add(b, &c, 1);
}

void
prof_buf_addn(struct prof_buf *b, char c, size_t n)
{
	if (n == 0)
		return;
	PROF_RESERVE(b->data, b->cap, b->len + n);
	memset(b->data + b->len, c, n);
	b->len += n;
}

void
prof_buf_addf(struct prof_buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(b->data != NULL ? b->data + b->len : NULL,
	    b->cap - b->len, fmt, ap);
	va_end(ap);
	if (n <= 0)
		return;
	if ((size_t)n >= b->cap - b->len) {
		PROF_RESERVE(b->data, b->cap, b->len + (size_t)n + 1);
		va_start(ap, fmt);
		vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	b->len += (size_t)n;
}

void
prof_buf_addi(struct prof_buf *b, int64_t v)
{
	char digits[24], *p = digits + sizeof digits;
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		*--p = (char)('0' + u % 10);
	} while ((u /= 10) != 0);
	if (v < 0)
		*--p = '-';
	prof_buf_add(b, p, (size_t)(digits + sizeof digits - p));
}

const char *
prof_buf_str(struct prof_buf *b)
{
	PROF_RESERVE(b->data, b->cap, b->len + 1);
	b->data[b->len] = '\0';
	return b->data;
}

void
prof_buf_clear(struct prof_buf *b)
{
	b->len = 0;
}

void
prof_buf_release(struct prof_buf *b)
{
	free(b->data);
	memset(b, 0, sizeof *b);
}
