/* SPDX-License-Identifier: MIT */
#ifndef PROF_MARSHAL_H
#define PROF_MARSHAL_H

#include <stdbool.h>

#include "libanalysis/in.h"
#include "libanalysis/intern.h"

/*
 * Reads marshal, in which Python writes objects, versions 0 to 5 of the
 * format and of Python 2.7 to 3.14, object by object.  Nothing is made of
 * what is read and nothing is run: a code object is skipped, except for its
 * name.
 */

enum prof_marshal_kind {
	PROF_MARSHAL_OTHER,	/* an object that is of no use here */
	PROF_MARSHAL_NULL,	/* ends a dict, where its next key would be */
	PROF_MARSHAL_NONE,
	PROF_MARSHAL_INT,	/* num; also False and True */
	PROF_MARSHAL_HUGE,	/* an integer beyond 64 bits; num: its sign */
	PROF_MARSHAL_FLOAT,	/* num: times 10^9, rounded half away from 0 */
	PROF_MARSHAL_ODD,	/* a float that is no number or leaves that */
	PROF_MARSHAL_TEXT,	/* id */
	PROF_MARSHAL_BYTES,	/* id; what Python 2 calls a string, too */
	PROF_MARSHAL_CODE,	/* for prof_marshal_code; slot */
	PROF_MARSHAL_TUPLE,	/* num members follow; slot */
	PROF_MARSHAL_LIST,
	PROF_MARSHAL_SET,
	PROF_MARSHAL_SLICE,
	PROF_MARSHAL_DICT,	/* keys and values follow up to NULL; slot */
	PROF_MARSHAL_OPEN,	/* in the table: not complete yet */
	PROF_MARSHAL_OWN	/* and kinds from here on are the caller's */
};

struct prof_marshal_value {
	uint8_t kind;
	union {
		prof_str id;
		uint32_t slot;	/* where to keep it, 0: nobody refers to it */
	};
	int64_t num;
};

struct prof_marshal {
	struct prof_in *in;
	struct prof_strs *strs;
	const unsigned char *start, *at, *end;	/* what is buffered */
	struct prof_marshal_value *ref;		/* objects with a number */
	size_t nrefs, ref_cap;
	prof_str *interned;	/* Python 2: strings with a number */
	size_t ninterned, interned_cap;
	uint32_t max_text;	/* bytes of a text */
	bool lean;		/* only take texts that can be referred to */
};

/* Whether v is only the head of an object. */
static inline bool
prof_marshal_has_members(const struct prof_marshal_value *v)
{
	return v->kind >= PROF_MARSHAL_CODE && v->kind <= PROF_MARSHAL_DICT;
}

/* strs: where texts go. */
void prof_marshal_init(struct prof_marshal *m, struct prof_in *in,
    struct prof_strs *strs);
void prof_marshal_release(struct prof_marshal *m);

/* Offset of the next byte. */
uint64_t prof_marshal_offset(const struct prof_marshal *m);

/*
 * Look at the next n bytes: at the end of the input there are fewer at
 * m->at.
 */
int prof_marshal_fill(struct prof_marshal *m, size_t n, struct prof_err *err);

/* The same, with an error if there are fewer. */
int prof_marshal_need(struct prof_marshal *m, size_t n, struct prof_err *err);

/* Give back what is buffered but not read. */
void prof_marshal_sync(struct prof_marshal *m);

/*
 * Read the next object, or only the head of one that has members: those
 * come next, and then it may be kept.  A reference gives what was kept.
 */
int prof_marshal_next(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err);

/* Let references to a slot give v; 0 is no slot. */
void prof_marshal_keep(struct prof_marshal *m, uint32_t slot,
    struct prof_marshal_value v);

/* The value of a reference whose type byte was read. */
int prof_marshal_ref(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err);

/*
 * Read what follows the head v of a code object; v becomes the text
 * "<code object NAME>" and is kept.
 *
 * Source: Python's marshal.c, 2.7 and 3.6 to 3.13; there is no version in
 * the file, so the place of the first string decides.
 */
int prof_marshal_code(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err);

/* Read a number behind its type byte: I, l, f or g. */
int prof_marshal_number(struct prof_marshal *m, unsigned type,
    struct prof_marshal_value *v, struct prof_err *err);

/* Bits of an IEEE double, or a decimal text, as FLOAT or ODD. */
void prof_marshal_double(uint64_t bits, struct prof_marshal_value *v);
bool prof_marshal_decimal(const char *s, size_t len,
    struct prof_marshal_value *v);

static inline uint32_t
prof_marshal_u32(const unsigned char *s)
{
	return (uint32_t)s[0] | (uint32_t)s[1] << 8 | (uint32_t)s[2] << 16 |
	    (uint32_t)s[3] << 24;
}

static inline uint64_t
prof_marshal_u64(const unsigned char *s)
{
	return prof_marshal_u32(s) | (uint64_t)prof_marshal_u32(s + 4) << 32;
}

#endif
