/* SPDX-License-Identifier: MIT */
#ifndef PROF_SOURCE_H
#define PROF_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/err.h"
#include "libanalysis/in.h"

/*
 * Where the bytes of an input come from: a descriptor, memory, or a layer
 * that undoes an encoding of the source below it.  Private to in.c and the
 * layers.
 */
struct prof_source {
	/*
	 * Fill buf with up to cap bytes.  A layer may return early, even
	 * with nothing, so that mark can tell that what comes next begins
	 * a new member; else *got is 0 only at the end.
	 */
	int (*read)(struct prof_source *, unsigned char *buf, size_t cap,
	    size_t *got, struct prof_err *);
	void (*close)(struct prof_source *);
	struct prof_source *below;	/* owned; NULL at the bottom */
	uint64_t out;			/* bytes delivered so far */
	bool mark;			/* a member ended just here */
	bool padded;
};

struct prof_source *prof_source_fd(int fd);
struct prof_source *prof_source_memory(const void *data, size_t len);

/* Read from s; members do not matter and *got is 0 only at the end. */
int prof_source_more(struct prof_source *s, unsigned char *buf, size_t cap,
    size_t *got, struct prof_err *err);

/* Bytes read at the bottom of the chain. */
uint64_t prof_source_raw(const struct prof_source *s);

/* head, which was read from below already and is copied, then below. */
struct prof_source *prof_source_ahead(struct prof_source *below,
    const unsigned char *head, size_t len);

/* gzip, all members (RFC 1952); limits is borrowed until close. */
struct prof_source *prof_source_gunzip(struct prof_source *below,
    const struct prof_limits *limits);

/* UTF-16 to UTF-8, behind the byte order mark. */
struct prof_source *prof_source_utf16(struct prof_source *below,
    bool big_endian);

void prof_source_close(struct prof_source *s);

#endif
