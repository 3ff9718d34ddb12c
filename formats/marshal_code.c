/* SPDX-License-Identifier: MIT */
#include "formats/marshal.h"

#include <stdlib.h>

#include "libanalysis/buf.h"
#include "libanalysis/nomem.h"

/*
 * A code object is some integers, eight objects, the first line, and one or
 * two objects more.  There are four layouts and no word on which it is:
 *
 *   Python      integers   object 5       name is   objects at the end
 *   2.x         4          a tuple        8th       1
 *   3.0-3.7     5          a tuple        8th       1
 *   3.8-3.10    6          a tuple        8th       1
 *   3.11-3.13   5          bytes          7th       2
 *
 * The first object is the bytecode, whose type and length tell where the
 * integers end; there these could hardly look so, since flags and stack
 * sizes are small.
 */

#define DEPTH_MAX 2000		/* as Python's own reader */
#define CODE_MAX ((uint32_t)1 << 24)
#define NAME_MAX_LEN 1024
#define HEAD_MAX 29		/* six integers and the head of a string */

struct frame {
	struct prof_marshal_value v;	/* its head; id is taken by slot */
	int64_t left;		/* members to come; of a dict INT64_MAX */
	unsigned done;		/* of a code object: its objects */
	bool value;		/* of a dict: a key waits for its value */
	bool recent;		/* a code object of Python 3.11 or later */
	prof_str name;
};

struct skipper {
	struct prof_marshal *m;
	struct prof_err *err;
	struct frame *stack;
	size_t n, cap;
	struct prof_marshal_value last;	/* the object completed last */
};

/* Whether the bytecode may begin n bytes further on. */
static bool
is_bytecode(const struct prof_marshal *m, size_t n)
{
	size_t left = (size_t)(m->end - m->at);
	uint32_t number;
	unsigned type;

	if (left < n + 5)
		return false;
	type = m->at[n] & 0x7f;
	number = prof_marshal_u32(m->at + n + 1);
	if (type == 'r')
		return number < m->nrefs;
	if (type == 'R')
		return number < m->ninterned;
	return type == 's' && number < CODE_MAX;
}

static int
skip_integers(struct skipper *s)
{
	struct prof_marshal *m = s->m;
	size_t n;
	int rc = prof_marshal_fill(m, HEAD_MAX, s->err);

	if (rc != PROF_OK)
		return rc;
	for (n = 16; n <= 24; n += 4) {
		if (is_bytecode(m, n)) {
			m->at += n;
			return PROF_OK;
		}
	}
	rc = prof_marshal_need(m, HEAD_MAX, s->err);
	return rc != PROF_OK ? rc : prof_fail(s->err, PROF_EFORMAT,
	    "offset %llu: a code object of an unknown layout",
	    (unsigned long long)prof_marshal_offset(m) - 1);
}

static int
push(struct skipper *s, struct prof_marshal_value v)
{
	struct frame f = { .v = v, .left = v.num };

	if (s->n == DEPTH_MAX)
		return prof_fail(s->err, PROF_EFORMAT, "offset %llu: objects "
		    "inside each other, more than %d deep",
		    (unsigned long long)prof_marshal_offset(s->m), DEPTH_MAX);
	if (v.kind == PROF_MARSHAL_CODE)
		f.left = 8;
	else if (v.kind == PROF_MARSHAL_DICT)
		f.left = INT64_MAX;
	PROF_RESERVE(s->stack, s->cap, s->n + 1);
	s->stack[s->n++] = f;
	return v.kind == PROF_MARSHAL_CODE ? skip_integers(s) : PROF_OK;
}

/* Names may be long and many objects share one: only so much of it. */
static prof_str
render(struct prof_marshal *m, prof_str name)
{
	uint32_t len = prof_strs_len(m->strs, name);
	struct prof_buf b = { 0 };
	prof_str id;

	prof_buf_adds(&b, "<code object ");
	prof_buf_add(&b, prof_strs_get(m->strs, name),
	    len < NAME_MAX_LEN ? len : NAME_MAX_LEN);
	prof_buf_addc(&b, '>');
	id = prof_strs_add(m->strs, b.data, b.len);
	prof_buf_release(&b);
	return id;
}

/* An object of a code object is complete. */
static int
take_object(struct skipper *s, struct frame *f,
    const struct prof_marshal_value *v)
{
	int rc;

	if (f->done == 4)
		f->recent = v->kind == PROF_MARSHAL_BYTES;
	if (f->done == (f->recent ? 6 : 7) && (v->kind == PROF_MARSHAL_TEXT ||
	    v->kind == PROF_MARSHAL_BYTES))
		f->name = v->id;
	if (++f->done != 8)
		return PROF_OK;
	f->left += f->recent ? 2 : 1;
	rc = prof_marshal_need(s->m, 4, s->err);
	if (rc == PROF_OK)
		s->m->at += 4;
	return rc;
}

static int
take_member(struct skipper *s, struct frame *f,
    const struct prof_marshal_value *v)
{
	f->left--;
	if (f->v.kind == PROF_MARSHAL_DICT) {
		if (v->kind == PROF_MARSHAL_NULL && !f->value) {
			f->left = 0;
			return PROF_OK;
		}
		f->value = !f->value;
	}
	if (v->kind == PROF_MARSHAL_NULL)
		return prof_fail(s->err, PROF_EFORMAT, "offset %llu: the end "
		    "of a dict where there is none",
		    (unsigned long long)prof_marshal_offset(s->m) - 1);
	return f->v.kind == PROF_MARSHAL_CODE ? take_object(s, f, v) :
	    PROF_OK;
}

/* The topmost object is complete. */
static void
pop(struct skipper *s)
{
	struct frame *f = &s->stack[--s->n];
	uint32_t slot = f->v.slot;

	s->last.num = 0;
	s->last.id = 0;
	s->last.kind = PROF_MARSHAL_OTHER;
	if (f->v.kind == PROF_MARSHAL_CODE) {
		s->last.kind = PROF_MARSHAL_TEXT;
		s->last.id = slot != 0 || s->n == 0 ? render(s->m, f->name) :
		    0;
	}
	prof_marshal_keep(s->m, slot, s->last);
}

static int
step(struct skipper *s)
{
	struct frame *f = &s->stack[s->n - 1];
	int rc;

	s->m->lean = f->v.kind != PROF_MARSHAL_CODE ||
	    (f->done != 6 && f->done != 7);
	rc = prof_marshal_next(s->m, &s->last, s->err);
	if (rc == PROF_OK && prof_marshal_has_members(&s->last))
		return push(s, s->last);
	return rc != PROF_OK ? rc : take_member(s, f, &s->last);
}

int
prof_marshal_code(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err)
{
	struct skipper s = { .m = m, .err = err };
	bool lean = m->lean;
	int rc = push(&s, *v);

	while (rc == PROF_OK && s.n > 0) {
		if (s.stack[s.n - 1].left > 0) {
			rc = step(&s);
			continue;
		}
		pop(&s);
		if (s.n > 0)
			rc = take_member(&s, &s.stack[s.n - 1], &s.last);
	}
	m->lean = lean;
	free(s.stack);
	*v = s.last;
	return rc;
}
