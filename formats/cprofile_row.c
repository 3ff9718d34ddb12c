/* SPDX-License-Identifier: MIT */
#include "formats/cprofile.h"

#include <string.h>

#define CALLS_MAX ((int64_t)1 << 61)

int64_t
prof_cprofile_clip(prof_i128 v, unsigned *odd)
{
	if (v < 0) {
		*odd |= PROF_ODD_NEGATIVE_CALLS;
		return 0;
	}
	if (v > CALLS_MAX) {
		*odd |= PROF_ODD_MANY_CALLS;
		return CALLS_MAX;
	}
	return (int64_t)v;
}

int64_t
prof_cprofile_calls(const struct prof_marshal_value *v, unsigned *odd)
{
	if (v->kind == PROF_MARSHAL_INT)
		return prof_cprofile_clip(v->num, odd);
	if (v->kind == PROF_MARSHAL_HUGE)
		return prof_cprofile_clip(v->num < 0 ? -1 :
		    (prof_i128)CALLS_MAX + 1, odd);
	if (v->kind == PROF_MARSHAL_ODD)
		*odd |= PROF_ODD_NUMBER;
	else if (v->num % 1000000000 != 0)
		*odd |= PROF_ODD_PART_CALLS;
	return prof_cprofile_clip(prof_num_scaled(v->num, 1, 1000000000), odd);
}

int64_t
prof_cprofile_time(const struct prof_marshal_value *v, unsigned *odd)
{
	int64_t ns = v->num;

	if (v->kind == PROF_MARSHAL_HUGE || v->kind == PROF_MARSHAL_ODD ||
	    (v->kind == PROF_MARSHAL_INT &&
	    !prof_num_mul(v->num, 1000000000, &ns))) {
		*odd |= PROF_ODD_NUMBER;
		return 0;
	}
	if (ns < 0)
		*odd |= PROF_ODD_NEGATIVE_TIME;
	return ns;
}

void
prof_cprofile_judge(const int64_t *value, unsigned *odd)
{
	if (value[PROF_CPROFILE_CALLS] < value[PROF_CPROFILE_PRIMITIVE])
		*odd |= PROF_ODD_FEW_CALLS;
	if (value[PROF_CPROFILE_TOTAL] < value[PROF_CPROFILE_SELF])
		*odd |= PROF_ODD_LITTLE_TIME;
}

void
prof_cprofile_estimate(struct prof_edges *e, uint32_t own)
{
	prof_i128 all = 0;
	uint32_t i;
	unsigned c;

	for (i = own + 1; i < e->n; i++)
		all += e->value[PROF_CPROFILE_CALLS][i];
	if (all < e->value[PROF_CPROFILE_CALLS][own])
		all = e->value[PROF_CPROFILE_CALLS][own];
	for (i = own + 1; i < e->n; i++) {
		if (e->line[i] != PROF_CPROFILE_ESTIMATE)
			continue;
		e->line[i] = 0;
		for (c = PROF_CPROFILE_PRIMITIVE; all > 0 &&
		    c < PROF_CPROFILE_COLUMNS; c++)
			e->value[c][i] = (int64_t)prof_num_scaled(
			    e->value[c][own],
			    e->value[PROF_CPROFILE_CALLS][i], all);
	}
}

/* One line for all of a kind: which functions they are is of no use. */
void
prof_cprofile_note(struct prof_profile *p, unsigned odd)
{
	static const struct {
		unsigned bit;
		bool skipped;
		const char *text;
	} known[] = {
		{ PROF_ODD_NUMBER, true, "numbers of a function that are "
		    "not finite, or beyond 64 bits of nanoseconds, count "
		    "as 0" },
		{ PROF_ODD_MANY_CALLS, true, "more than 2^61 calls of a "
		    "function count as 2^61" },
		{ PROF_ODD_NEGATIVE_CALLS, true, "negative calls of a "
		    "function count as 0" },
		{ PROF_ODD_PART_CALLS, false, "calls of a function are no "
		    "integer: rounded" },
		{ PROF_ODD_NEGATIVE_TIME, false, "a function took negative "
		    "time" },
		{ PROF_ODD_FEW_CALLS, false, "a function has more primitive "
		    "calls than calls" },
		{ PROF_ODD_LITTLE_TIME, false, "a function took less time "
		    "with its callees than without" }
	};
	size_t i;

	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if ((odd & known[i].bit) != 0)
			prof_profile_note(p, known[i].text, 0,
			    known[i].skipped);
}

prof_str
prof_cprofile_shown(struct prof_strs *strs, prof_str name)
{
	const char *s = prof_strs_get(strs, name);
	uint32_t len = prof_strs_len(strs, name);
	char text[PROF_CPROFILE_NAME];

	if (!prof_cprofile_enclosed(s, len, '<', '>'))
		return name;
	memcpy(text, s, len);
	text[0] = '{';
	text[len - 1] = '}';
	return prof_strs_add(strs, text, len);
}

/*
 * yappi writes all calls where pstats has the primitive ones, and the other
 * way round.  Who calls at all, and never less often than that, is it.
 */
static bool
is_swapped(const struct prof_edges *e)
{
	const int64_t *calls = e->value[PROF_CPROFILE_CALLS];
	const int64_t *primitive = e->value[PROF_CPROFILE_PRIMITIVE];
	bool any = false;
	uint32_t i;

	for (i = 0; i < e->n; i++) {
		if (e->caller[i] != 0 || calls[i] == primitive[i])
			continue;
		if (calls[i] > primitive[i] || calls[i] < 1)
			return false;
		any = true;
	}
	return any;
}

void
prof_cprofile_unswap(struct prof_profile *p)
{
	struct prof_edges *e = &p->edges;
	int64_t *calls = e->value[PROF_CPROFILE_CALLS];
	int64_t *primitive = e->value[PROF_CPROFILE_PRIMITIVE], swap;
	uint32_t i;

	if (e->n == 0 || !is_swapped(e))
		return;
	for (i = 0; i < e->n; i++) {
		if (e->caller[i] != 0)
			continue;
		swap = calls[i];
		calls[i] = primitive[i];
		primitive[i] = swap;
	}
	prof_profile_note(p, "calls and primitive calls of functions are "
	    "swapped, as yappi writes them", 0, false);
}
