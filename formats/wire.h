/* SPDX-License-Identifier: MIT */
#ifndef PROF_WIRE_H
#define PROF_WIRE_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/err.h"

/*
 * The wire format of protocol buffers, field by field.
 *
 * Errors of this module do not know where they are: their text begins with
 * ':' or with the path below the message (".line[2]: ...").  Who knows the
 * message puts its place in front with prof_wire_place.
 */
enum {
	PROF_WIRE_VARINT = 0,
	PROF_WIRE_FIXED64 = 1,
	PROF_WIRE_BYTES = 2,
	PROF_WIRE_FIXED32 = 5
};

#define PROF_VARINT_MAX 10	/* bytes of a 64-bit varint */

/* Bytes still to be decoded; borrowed. */
struct prof_wire {
	const unsigned char *at, *end;
};

struct prof_wire_field {
	uint32_t number;
	unsigned type;		/* PROF_WIRE_* */
	uint64_t value;		/* of a varint or fixed field */
	struct prof_wire body;	/* of a field of bytes */
};

/* Put a place in front of the error, as it is. */
void prof_wire_place(struct prof_err *err, const char *fmt, ...)
    PROF_PRINTF(2, 3);

/*
 * Take a varint.  Returns PROF_OK, or PROF_EFORMAT when it is cut, longer
 * than ten bytes or greater than 64 bits; what names it in the error.
 */
int prof_wire_long(struct prof_wire *w, uint64_t *v, const char *what,
    struct prof_err *err);

static inline int
prof_wire_varint(struct prof_wire *w, uint64_t *v, const char *what,
    struct prof_err *err)
{
	if (w->at < w->end && w->at[0] < 0x80) {
		*v = *w->at++;
		return PROF_OK;
	}
	if (w->end - w->at >= 2 && w->at[1] < 0x80) {
		*v = (uint64_t)w->at[1] << 7 | (w->at[0] & 0x7f);
		w->at += 2;
		return PROF_OK;
	}
	return prof_wire_long(w, v, what, err);
}

/*
 * Split a tag into field number and wire type.  Returns PROF_OK, or
 * PROF_EFORMAT for a number or type that does not exist.
 */
int prof_wire_tag(uint64_t tag, struct prof_wire_field *f,
    struct prof_err *err);

/* Take the next field.  Returns 1, 0 at the end, or PROF_EFORMAT. */
int prof_wire_next(struct prof_wire *w, struct prof_wire_field *f,
    struct prof_err *err);

/* PROF_EFORMAT unless f has the wire type that its field wants. */
int prof_wire_want(const struct prof_wire_field *f, unsigned type,
    const char *name, struct prof_err *err);

/* Called for every nested message, in order. */
typedef int prof_wire_nested_fn(void *ctx, struct prof_wire body,
    struct prof_err *err);

/*
 * Decode a message of integers, booleans and at most one kind of nested
 * message.
 *
 * out:    initialised message; its struct receives the scalars, the last of
 *         several wins.  Unknown fields are skipped.
 * nested: NULL when the message nests none.
 * Returns PROF_OK, PROF_EFORMAT naming the field, or what nested returned.
 */
int prof_wire_message(ProtobufCMessage *out, struct prof_wire w,
    prof_wire_nested_fn *nested, void *ctx, struct prof_err *err);

/* Bytes that v takes as a varint. */
static inline unsigned
prof_wire_size(uint64_t v)
{
	return (unsigned)(70 - __builtin_clzll(v | 1)) / 7;
}

/* Write v at p, where PROF_VARINT_MAX bytes are free; returns its end. */
static inline unsigned char *
prof_wire_put(unsigned char *p, uint64_t v)
{
	for (; v >= 0x80; v >>= 7)
		*p++ = (unsigned char)(v | 0x80);
	*p++ = (unsigned char)v;
	return p;
}

#endif
