/* SPDX-License-Identifier: MIT */
#ifndef PROF_IN_H
#define PROF_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/err.h"

#define PROF_NO_LIMIT UINT64_MAX

/*
 * How much one input may cost.  Each field belongs to an option of the same
 * name; PROF_NO_LIMIT lifts it.  A profile that was written with times has
 * them in any case.
 */
struct prof_limits {
	uint64_t max_input;	/* bytes after decompression */
	uint64_t max_expansion;	/* ratio, judged beyond the first 64 MiB */
	uint64_t max_line;	/* bytes of a line, or of one record */
	uint64_t max_depth;	/* frames in a stack */
	uint64_t max_strings;	/* distinct strings of a profile */
	uint64_t max_labels;	/* labels of one sample */
	uint64_t max_match;	/* steps of a regular expression */
	bool keep_times;	/* of samples, which keeps them apart */
	bool lines_as_times;	/* where a text has none, but its lines may */
				/* be in order of time: folded */
	bool two_sides;		/* both sides of a comparison are to come: */
				/* two numbers a line are two counts: folded */
};

extern const struct prof_limits prof_limits_default;

/*
 * One input, read once, front to back, from a file, pipe, device or memory.
 * gzip is seen through (members concatenate, zero padding is allowed behind
 * the last, one gzip inside another is undone too); so is UTF-16 text with
 * a byte order mark, and a UTF-8 mark is dropped.
 */
struct prof_in;

/* What is read is never mapped, so a file may change under us. */
struct prof_in *prof_in_fd(int fd, const char *name,
    const struct prof_limits *limits);

/* data is borrowed until close. */
struct prof_in *prof_in_memory(const void *data, size_t len,
    const char *name, const struct prof_limits *limits);

/* Does not close the descriptor. */
void prof_in_close(struct prof_in *in);

/*
 * Look ahead.
 *
 * want: bytes wished for; fewer come only at the end of the input.
 * data: out, the bytes, valid until the next call on this input.
 * len:  out, how many there are: all that is buffered, maybe more than want.
 * Returns PROF_OK, PROF_EIO, PROF_EFORMAT (broken gzip) or PROF_ELIMIT.
 */
int prof_in_peek(struct prof_in *in, size_t want,
    const unsigned char **data, size_t *len, struct prof_err *err);

/* Consume n bytes that a look ahead has shown. */
void prof_in_skip(struct prof_in *in, size_t n);

/*
 * The next line, without its end (LF or CRLF; a CR that ends the input).
 *
 * line: out, valid until the next call.
 * Returns 1, 0 at the end of the input, or a negative code.
 */
int prof_in_line(struct prof_in *in, const char **line, size_t *len,
    struct prof_err *err);

/* Bytes consumed so far, after decompression. */
uint64_t prof_in_offset(const struct prof_in *in);

/* Number of the line last returned, from 1. */
uint64_t prof_in_lineno(const struct prof_in *in);

/*
 * Whether the next byte begins a new gzip member.  To be asked after a look
 * ahead that showed at least one byte.
 */
bool prof_in_at_member(struct prof_in *in);

/* Whether zero padding was skipped behind the last gzip member. */
bool prof_in_padded(const struct prof_in *in);

const char *prof_in_name(const struct prof_in *in);
const struct prof_limits *prof_in_limits(const struct prof_in *in);

#endif
