/* SPDX-License-Identifier: MIT */
#ifndef PROF_OUT_H
#define PROF_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "libanalysis/buf.h"
#include "libanalysis/err.h"

/*
 * Where a writer puts its bytes.  Errors are kept and reported once, by
 * finish: a writer need not look at each call.
 */
struct prof_out;

/* To a descriptor, which stays open; name is for messages. */
struct prof_out *prof_out_fd(int fd, const char *name);

/* To a buffer that the caller owns. */
struct prof_out *prof_out_buf(struct prof_buf *buf);

/*
 * Into one gzip member written to under, which must stay until finish.
 *
 * level: 0 for stored blocks, written by ourselves so that the bytes depend
 *        on nothing else; 1 to 9 for zlib's deflate.
 */
struct prof_out *prof_out_gzip(struct prof_out *under, int level);

void prof_out_add(struct prof_out *o, const void *data, size_t len);
void prof_out_adds(struct prof_out *o, const char *s);
void prof_out_addf(struct prof_out *o, const char *fmt, ...)
    PROF_PRINTF(2, 3);
void prof_out_addi(struct prof_out *o, int64_t v);

/*
 * Write what is left, end the gzip member, free o.
 *
 * Returns PROF_OK, or PROF_EIO with the first thing that went wrong.
 */
int prof_out_finish(struct prof_out *o, struct prof_err *err);

#endif
