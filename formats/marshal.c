/* SPDX-License-Identifier: MIT */
#include "formats/marshal.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

/*
 * An object is a type byte and what belongs to it, all integers little
 * endian.  Bit 7 of the type gives the object the next number, by which
 * later references call it; it gets the number before its members do.
 */

#define FLAG_REF 0x80u
#define TEXT_MAX ((uint32_t)INT32_MAX)

static const unsigned char nothing[1];

void
prof_marshal_init(struct prof_marshal *m, struct prof_in *in,
    struct prof_strs *strs)
{
	uint64_t limit = prof_in_limits(in)->max_line;

	memset(m, 0, sizeof *m);
	m->in = in;
	m->strs = strs;
	m->max_text = limit < TEXT_MAX ? (uint32_t)limit : TEXT_MAX;
	m->start = m->at = m->end = nothing;
}

void
prof_marshal_release(struct prof_marshal *m)
{
	free(m->ref);
	free(m->interned);
}

uint64_t
prof_marshal_offset(const struct prof_marshal *m)
{
	return prof_in_offset(m->in) + (uint64_t)(m->at - m->start);
}

void
prof_marshal_sync(struct prof_marshal *m)
{
	if (m->at != m->start)
		prof_in_skip(m->in, (size_t)(m->at - m->start));
	m->start = m->at = m->end = nothing;
}

int
prof_marshal_fill(struct prof_marshal *m, size_t n, struct prof_err *err)
{
	size_t len;
	int rc;

	if ((size_t)(m->end - m->at) >= n)
		return PROF_OK;
	prof_marshal_sync(m);
	rc = prof_in_peek(m->in, n, &m->start, &len, err);
	m->at = m->start;
	m->end = m->start + len;
	return rc;
}

int
prof_marshal_need(struct prof_marshal *m, size_t n, struct prof_err *err)
{
	int rc = prof_marshal_fill(m, n, err);

	if (rc == PROF_OK && (size_t)(m->end - m->at) < n)
		return prof_fail(err, PROF_EFORMAT, "offset %llu: the data "
		    "ends in the middle of an object (cut off?)",
		    (unsigned long long)prof_marshal_offset(m));
	return rc;
}

static uint32_t
add_slot(struct prof_marshal *m)
{
	struct prof_marshal_value open = { .kind = PROF_MARSHAL_OPEN };

	PROF_ASSERT(m->nrefs < UINT32_MAX - 1);
	PROF_RESERVE(m->ref, m->ref_cap, m->nrefs + 1);
	m->ref[m->nrefs] = open;
	return (uint32_t)++m->nrefs;
}

void
prof_marshal_keep(struct prof_marshal *m, uint32_t slot,
    struct prof_marshal_value v)
{
	if (slot != 0)
		m->ref[slot - 1] = v;
}

int
prof_marshal_ref(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err)
{
	uint32_t index;
	int rc = prof_marshal_need(m, 4, err);

	if (rc != PROF_OK)
		return rc;
	index = prof_marshal_u32(m->at);
	m->at += 4;
	if (index >= m->nrefs)
		return prof_fail(err, PROF_EFORMAT, "offset %llu: a "
		    "reference to object %lu, but there are %zu so far",
		    (unsigned long long)prof_marshal_offset(m) - 5,
		    (unsigned long)index, m->nrefs);
	*v = m->ref[index];
	if (v->kind == PROF_MARSHAL_OPEN)
		return prof_fail(err, PROF_EFORMAT, "offset %llu: a "
		    "reference to object %lu inside that object",
		    (unsigned long long)prof_marshal_offset(m) - 5,
		    (unsigned long)index);
	return PROF_OK;
}

/* A string that Python 2 has interned before. */
static int
read_interned(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err)
{
	uint32_t index;
	int rc = prof_marshal_need(m, 4, err);

	if (rc != PROF_OK)
		return rc;
	index = prof_marshal_u32(m->at);
	m->at += 4;
	if (index >= m->ninterned)
		return prof_fail(err, PROF_EFORMAT, "offset %llu: a "
		    "reference to string %lu, but there are %zu so far",
		    (unsigned long long)prof_marshal_offset(m) - 5,
		    (unsigned long)index, m->ninterned);
	v->kind = PROF_MARSHAL_TEXT;
	v->id = m->interned[index];
	return PROF_OK;
}

static int
too_long(const struct prof_marshal *m, uint32_t len, struct prof_err *err)
{
	if (len > TEXT_MAX)
		return prof_fail(err, PROF_EFORMAT, "offset %llu: a string "
		    "of negative length",
		    (unsigned long long)prof_marshal_offset(m) - 5);
	return prof_fail(err, PROF_ELIMIT, "offset %llu: a string of %lu "
	    "bytes, more than %lu (limit: --max-line)",
	    (unsigned long long)prof_marshal_offset(m) - 5,
	    (unsigned long)len, (unsigned long)m->max_text);
}

/*
 * A text behind its type byte.  Python 2 may refer to any that it has
 * interned, the others are only kept if they have a slot.
 */
static int
read_text(struct prof_marshal *m, unsigned type, struct prof_marshal_value *v,
    struct prof_err *err)
{
	size_t size = type == 'z' || type == 'Z' ? 1 : 4;
	bool wanted = !m->lean || v->slot != 0 || type == 't';
	uint32_t len;
	int rc = prof_marshal_need(m, size, err);

	if (rc != PROF_OK)
		return rc;
	len = size == 1 ? m->at[0] : prof_marshal_u32(m->at);
	m->at += size;
	if (len > m->max_text)
		return too_long(m, len, err);
	rc = prof_marshal_need(m, len, err);
	if (rc != PROF_OK)
		return rc;
	v->kind = type == 's' ? PROF_MARSHAL_BYTES : PROF_MARSHAL_TEXT;
	v->id = !wanted ? 0 :
	    prof_strs_add(m->strs, (const char *)m->at, len);
	m->at += len;
	if (type == 't') {
		PROF_RESERVE(m->interned, m->interned_cap, m->ninterned + 1);
		m->interned[m->ninterned++] = v->id;
	}
	return PROF_OK;
}

static int
read_head(struct prof_marshal *m, unsigned type,
    struct prof_marshal_value *v, struct prof_err *err)
{
	size_t size = type == ')' ? 1 : 4;
	int rc = prof_marshal_need(m, size, err);

	if (rc != PROF_OK)
		return rc;
	v->kind = type == '[' ? PROF_MARSHAL_LIST : type == '<' ||
	    type == '>' ? PROF_MARSHAL_SET : PROF_MARSHAL_TUPLE;
	v->num = size == 1 ? m->at[0] : prof_marshal_u32(m->at);
	m->at += size;
	if (v->num > INT32_MAX)
		return prof_fail(err, PROF_EFORMAT, "offset %llu: a negative "
		    "number of members",
		    (unsigned long long)prof_marshal_offset(m) - 5);
	return PROF_OK;
}

static int
read_int(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err)
{
	int rc = prof_marshal_need(m, 4, err);

	if (rc != PROF_OK)
		return rc;
	v->kind = PROF_MARSHAL_INT;
	v->num = (int32_t)prof_marshal_u32(m->at);
	m->at += 4;
	return PROF_OK;
}

/* Two doubles, or two decimal texts. */
static int
read_complex(struct prof_marshal *m, unsigned type,
    struct prof_marshal_value *v, struct prof_err *err)
{
	int i, rc = PROF_OK;

	for (i = 0; i < 2 && rc == PROF_OK; i++)
		rc = prof_marshal_number(m, type == 'x' ? 'f' : 'g', v, err);
	v->kind = PROF_MARSHAL_OTHER;
	return rc;
}

static int
unknown(const struct prof_marshal *m, unsigned type, struct prof_err *err)
{
	return prof_fail(err, PROF_EFORMAT,
	    "offset %llu: no object has the type 0x%02x",
	    (unsigned long long)prof_marshal_offset(m) - 1, type);
}

static int
read_object(struct prof_marshal *m, unsigned type,
    struct prof_marshal_value *v, struct prof_err *err)
{
	switch (type) {
	case 'i':
		return read_int(m, v, err);
	case 'I': case 'l': case 'f': case 'g':
		return prof_marshal_number(m, type, v, err);
	case 'x': case 'y':
		return read_complex(m, type, v, err);
	case 's': case 't': case 'u': case 'a': case 'A': case 'z': case 'Z':
		return read_text(m, type, v, err);
	case 'R':
		return read_interned(m, v, err);
	case '(': case ')': case '[': case '<': case '>':
		return read_head(m, type, v, err);
	case '{':
		v->kind = PROF_MARSHAL_DICT;
		return PROF_OK;
	case ':':
		v->kind = PROF_MARSHAL_SLICE;
		v->num = 3;
		return PROF_OK;
	case 'c':
		v->kind = PROF_MARSHAL_CODE;
		return PROF_OK;
	default:
		return unknown(m, type, err);
	}
}

/* Objects that are written as their type alone, and never get a number. */
static bool
is_single(unsigned type, struct prof_marshal_value *v)
{
	switch (type) {
	case '0':
		v->kind = PROF_MARSHAL_NULL;
		return true;
	case 'N':
		v->kind = PROF_MARSHAL_NONE;
		return true;
	case 'F': case 'T':
		v->kind = PROF_MARSHAL_INT;
		v->num = type == 'T';
		return true;
	case '.': case 'S':
		v->kind = PROF_MARSHAL_OTHER;
		return true;
	default:
		return false;
	}
}

int
prof_marshal_next(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err)
{
	uint32_t slot = 0;
	unsigned byte, type;
	int rc = prof_marshal_need(m, 1, err);

	if (rc != PROF_OK)
		return rc;
	byte = *m->at++;
	type = byte & ~FLAG_REF;
	if (type == 'r')
		return prof_marshal_ref(m, v, err);
	v->num = 0;
	if (is_single(type, v))
		return PROF_OK;
	if ((byte & FLAG_REF) != 0)
		slot = add_slot(m);
	v->slot = slot;
	rc = read_object(m, type, v, err);
	if (rc == PROF_OK && !prof_marshal_has_members(v))
		prof_marshal_keep(m, slot, *v);
	return rc;
}
