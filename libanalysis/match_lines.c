/* SPDX-License-Identifier: MIT */
#include "libanalysis/match_lines.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

static void
slots_add(struct prof_slots *s, struct prof_slot slot)
{
	PROF_RESERVE(s->at, s->cap, s->n + 1);
	s->at[s->n++] = slot;
}

static int
slot_cmp(const struct prof_slot *a, const struct prof_slot *b)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->nth < b->nth ? -1 : a->nth > b->nth;
}

void
prof_pairing_reset(struct prof_pairing *p)
{
	p->slots.n = 0;
	p->lines.n = 0;
}

void
prof_pairing_line(struct prof_pairing *p, int64_t line)
{
	struct prof_slots *l = &p->lines;
	struct prof_slot s = { .line = line };

	if (l->n > 0 && l->at[l->n - 1].line == line)
		s.nth = l->at[l->n - 1].nth + 1;
	slots_add(l, s);
}

/* Whether all of a are in b. */
static bool
within(const struct prof_slots *a, const struct prof_slots *b)
{
	size_t i, j = 0;

	for (i = 0; i < a->n; i++, j++) {
		while (j < b->n && slot_cmp(&b->at[j], &a->at[i]) < 0)
			j++;
		if (j == b->n || slot_cmp(&b->at[j], &a->at[i]) != 0)
			return false;
	}
	return true;
}

static void
pair_equal(struct prof_pairing *p, uint32_t *nclass)
{
	struct prof_slots *s = &p->slots, *l = &p->lines, *out = &p->next;
	struct prof_slots swap;
	size_t i = 0, j = 0;
	int c;

	out->n = 0;
	while (i < s->n || j < l->n) {
		c = i == s->n ? 1 : j == l->n ? -1 :
		    slot_cmp(&s->at[i], &l->at[j]);
		if (c >= 0)
			l->at[j].class = c == 0 ? s->at[i].class : ++*nclass;
		slots_add(out, c < 0 ? s->at[i] : l->at[j]);
		i += c <= 0;
		j += c >= 0;
	}
	swap = *s;
	*s = *out;
	*out = swap;
}

/*
 * Slots that this run does not reach move as far as the last one that it
 * has, as code below an edit does.
 */
static void
pair_in_order(struct prof_pairing *p, uint32_t *nclass)
{
	struct prof_slots *s = &p->slots, *l = &p->lines;
	size_t i, both = s->n < l->n ? s->n : l->n;
	int64_t shift, moved;

	for (i = both; i < s->n && both > 0; i++)
		if (!__builtin_sub_overflow(l->at[both - 1].line,
		    s->at[both - 1].line, &shift) &&
		    !__builtin_add_overflow(s->at[i].line, shift, &moved))
			s->at[i].line = moved;
	for (i = 0; i < both; i++) {
		l->at[i].class = s->at[i].class;
		s->at[i] = l->at[i];
	}
	for (; i < l->n; i++) {
		l->at[i].class = ++*nclass;
		slots_add(s, l->at[i]);
	}
}

const struct prof_slot *
prof_pairing_run(struct prof_pairing *p, uint32_t *nclass)
{
	if (within(&p->lines, &p->slots) || within(&p->slots, &p->lines))
		pair_equal(p, nclass);
	else
		pair_in_order(p, nclass);
	p->lines.n = 0;
	return p->lines.at;
}

void
prof_pairing_release(struct prof_pairing *p)
{
	free(p->slots.at);
	free(p->next.at);
	free(p->lines.at);
	memset(p, 0, sizeof *p);
}
