/* SPDX-License-Identifier: MIT */
#include "formats/pprof.h"

#include <stdbool.h>

#include "formats/pprof_read.h"

#define ENOUGH 96		/* bits: no need to look on */
#define DAMAGED 24		/* bits that outweigh what comes behind */

/* Wire types by field number, -1 for none; a P is a packed run, too. */
enum { NONE = -1, V = PROF_WIRE_VARINT, B = PROF_WIRE_BYTES, P = 16 };

static const signed char top_types[] = { NONE, B, B, B, B, B, B, V, V, V, V,
	B, V, P, V, V };
static const signed char value_types[] = { NONE, V, V };
static const signed char sample_types[] = { NONE, P, P, B };
static const signed char mapping_types[] = { NONE, V, V, V, V, V, V, V, V, V,
	V };
static const signed char location_types[] = { NONE, V, V, V, B, V };
static const signed char function_types[] = { NONE, V, V, V, V, V };

static const struct shape {
	const signed char *types;
	unsigned n;
	bool id;		/* has a field 1 that is not 0 */
	bool filled;		/* has two fields or more */
} shapes[] = {
	{ 0 },
	{ value_types, 3, false, true },
	{ sample_types, 4, false, false },
	{ mapping_types, 11, true, false },
	{ location_types, 6, true, false },
	{ function_types, 6, true, true },
	{ 0 }, { 0 }, { 0 }, { 0 }, { 0 },
	{ value_types, 3, false, false }
};

static bool
fits(const struct prof_wire_field *f, const signed char *types, unsigned n)
{
	signed char want = f->number < n ? types[f->number] : NONE;

	if (want == P)
		return f->type == V || f->type == B;
	return want != NONE && f->type == (unsigned)want;
}

/* Whether a nested message is one of its kind, as far as can be told. */
static bool
is_nested(const struct shape *s, struct prof_wire w)
{
	struct prof_wire_field f;
	bool id = false;
	unsigned n = 0;
	int rc;

	while ((rc = prof_wire_next(&w, &f, NULL)) > 0) {
		if (!fits(&f, s->types, s->n))
			return false;
		if (f.number == 1 && f.type == V && f.value != 0)
			id = true;
		n++;
	}
	return rc == 0 && (id || !s->id) && (n >= 2 || !s->filled);
}

/*
 * Numbers prove nothing: half of all letters are tags of numbers.  Messages
 * and the empty string do.  Returns bits, or -1 for what is no profile.
 */
static int
evidence(const struct prof_wire_field *f, bool *strings)
{
	bool empty = f->body.at == f->body.end;

	if (f->number == PROF_PPROF_EXTRA && f->type == B)
		return 24;
	if (!fits(f, top_types, sizeof top_types))
		return -1;
	if (f->type != B || f->number == 13)
		return 0;
	if (f->number == 6) {
		if (*strings)
			return 0;
		*strings = true;
		return empty ? 12 : -1;
	}
	return is_nested(&shapes[f->number], f->body) ? 12 : -1;
}

int
prof_pprof_bid(const unsigned char *head, size_t n)
{
	struct prof_wire w = { .at = head, .end = head + n };
	struct prof_wire_field f = { 0 };
	bool strings = false;
	int bits = 0, more;

	while (bits < ENOUGH && prof_wire_next(&w, &f, NULL) > 0) {
		more = evidence(&f, &strings);
		if (more < 0)
			return bits >= DAMAGED ? bits : 0;
		bits += more;
		f.body.at = f.body.end = NULL;
	}
	return bits;
}
