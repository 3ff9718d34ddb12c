/* SPDX-License-Identifier: MIT */
#include "libanalysis/match_join.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/match_texts.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/package.h"

#define DEEPEST 32	/* components of a path that are looked at */

unsigned
prof_match_sides(const struct prof_match *m, uint32_t class)
{
	const struct prof_match_member *member;
	unsigned sides;
	size_t n;

	member = prof_match_members(m, class, &n);
	sides = member[0].run < m->nbase ? 1 : 2;
	return sides | (member[n - 1].run < m->nbase ? 1 : 2);
}

bool
prof_match_left_over(const struct prof_match *m)
{
	unsigned over = 0, sides;
	uint32_t i;

	for (i = 1; i <= m->n && over != 3; i++) {
		sides = prof_match_sides(m, i);
		over |= sides == 3 ? 0 : sides;
	}
	return over == 3;
}

/* The new number of each class; *n is how many there are. */
static uint32_t *
renumber(const struct prof_match *m, const uint32_t *with, uint32_t *n)
{
	uint32_t *to = prof_alloc((size_t)m->n + 1, sizeof *to), i;

	to[0] = *n = 0;
	for (i = 1; i <= m->n; i++)
		to[i] = with[i] != 0 && with[i] < i ? to[with[i]] : ++*n;
	return to;
}

/* Members of all classes again, run by run. */
static void
list_members(struct prof_match *m)
{
	uint32_t row, class, i;
	unsigned r;

	memset(m->first, 0, ((size_t)m->n + 1) * sizeof *m->first);
	for (r = 0; r < m->nruns; r++)
		for (row = 1; row <= m->runs[r]->n; row++)
			m->first[m->class_of[r][row] - 1]++;
	for (i = 1; i <= m->n; i++)
		m->first[i] += m->first[i - 1];
	for (r = m->nruns; r-- > 0; )
		for (row = m->runs[r]->n; row > 0; row--) {
			class = m->class_of[r][row];
			i = --m->first[class - 1];
			m->member[i] = (struct prof_match_member){ r, row };
		}
}

void
prof_match_join(struct prof_match *m, const uint32_t *with,
    enum prof_joined how)
{
	uint32_t n, i, row, *to = renumber(m, with, &n);
	uint8_t joined;
	unsigned r;

	for (r = 0; r < m->nruns; r++)
		for (row = 1; row <= m->runs[r]->n; row++)
			m->class_of[r][row] = to[m->class_of[r][row]];
	/* New numbers are not above old ones: nothing is lost on the way. */
	for (i = 1; i <= m->n; i++) {
		joined = with[i] != 0 ? (uint8_t)how : m->joined[i];
		if (with[i] != 0 && with[i] < i) {
			m->shared[to[i]] |= m->shared[i];
		} else {
			m->shared[to[i]] = m->shared[i];
			m->joined[to[i]] = joined;
		}
	}
	m->n = n;
	list_members(m);
	free(to);
}

/* --- files and modules ---------------------------------------------------- */

struct path {
	const char *s;
	size_t len;
	uint32_t class, next;	/* next: of the same end */
	unsigned sides;
	bool program;
};

struct paths {
	const struct prof_match *m;
	struct path *path;
	size_t n, cap;
	uint32_t *with;		/* by class */
	bool any;
};

static bool
is_text(const char *s, size_t len, const struct prof_row *r)
{
	return len == r->name_len && memcmp(s, r->name, len) == 0;
}

/* Whether a row is a module, and a program. */
static bool
is_own(const struct prof_row *r)
{
	size_t at = r->name_len;

	while (at > 0 && r->name[at - 1] != '/' && r->name[at - 1] != '\\')
		at--;
	return r->file_len == 0 && prof_is_program(r->name + at,
	    r->name_len - at);
}

/* Whether rows are packages; of what has none, a module's base name. */
static bool
are_packages(const struct prof_match *m)
{
	const struct prof_profile *p;
	unsigned r;

	for (r = 0; r < m->nruns; r++) {
		p = m->runs[r]->p;
		if (p->nloc > 0)	/* what was spelled is at the end */
			return (prof_profile_loc(p, p->nloc)->flags &
			    PROF_LOC_BY_PACKAGE) != 0;
	}
	return false;
}

static bool
is_path(const struct prof_row *r, bool package)
{
	const char *base;

	if (r->nameless || r->name_len == 0)
		return false;
	if (package) {
		base = prof_name_base(r->module);
		return is_text(base, strlen(base), r);
	}
	return is_text(r->file, r->file_len, r) ||
	    is_text(r->module, r->module_len, r);
}

/* Collect paths; returns the sides that have some left over. */
static unsigned
find_paths(struct paths *w)
{
	const struct prof_row *r;
	unsigned sides, over = 0;
	bool package = are_packages(w->m);
	uint32_t i;

	for (i = 1; i <= w->m->n; i++) {
		r = prof_match_row(w->m, i);
		if (!is_path(r, package))
			continue;
		sides = prof_match_sides(w->m, i);
		over |= sides == 3 ? 0 : sides;
		PROF_RESERVE(w->path, w->cap, w->n + 1);
		w->path[w->n++] = (struct path){ .s = r->name,
		    .len = r->name_len, .class = i, .sides = sides,
		    .program = sides != 3 && is_own(r) };
	}
	return over;
}

/* Where the last depth components begin; false if there are not so many. */
static bool
ending(const struct path *p, unsigned depth, size_t *at)
{
	size_t i = p->len;

	for (; i > 0; i--)
		if ((p->s[i - 1] == '/' || p->s[i - 1] == '\\') &&
		    --depth == 0)
			break;
	*at = i;
	return depth <= 1 && i < p->len;
}

/* Pair two paths of one end, if these are all of it that are left over. */
static void
pair(struct paths *w, uint32_t first, bool alone)
{
	uint32_t at[3] = { 0 }, i;
	const struct path *p;

	for (i = first; i != 0; i = p->next) {
		p = &w->path[i - 1];
		if (p->sides == 3 || w->with[p->class] != 0) {
			if (alone)
				return;
			continue;
		}
		if (at[p->sides] != 0)
			return;
		at[p->sides] = p->class;
	}
	if (at[1] == 0 || at[2] == 0)
		return;
	w->with[at[1]] = at[2];
	w->with[at[2]] = at[1];
	w->any = true;
}

static void
pair_ends(struct paths *w, unsigned depth)
{
	struct prof_texts ends = { .seed = prof_hash_seed() };
	uint32_t *first = prof_zalloc(w->n + 1, sizeof *first), id, i;
	struct path *p;
	size_t at;

	for (i = 0; i < w->n; i++) {
		p = &w->path[i];
		/* Others matter only to what must be alone. */
		if ((depth > 1 && (p->sides == 3 ||
		    w->with[p->class] != 0)) || !ending(p, depth, &at))
			continue;
		id = prof_texts_add(&ends, p->s + at, p->len - at);
		p->next = first[id - 1];
		first[id - 1] = i + 1;
	}
	for (id = 1; id <= ends.n; id++)
		pair(w, first[id - 1], depth == 1);
	prof_texts_release(&ends);
	free(first);
}

/* Two builds of one program may be called anything. */
static void
pair_programs(struct paths *w)
{
	uint32_t first = 0, i;

	for (i = 0; i < w->n; i++) {
		if (!w->path[i].program || w->with[w->path[i].class] != 0)
			continue;
		w->path[i].next = first;
		first = i + 1;
	}
	pair(w, first, true);
}

void
prof_match_paths(struct prof_match *m)
{
	struct paths w = { .m = m };
	unsigned depth;

	if (find_paths(&w) == 3) {
		w.with = prof_zalloc((size_t)m->n + 1, sizeof *w.with);
		for (depth = DEEPEST; depth > 0; depth--)
			pair_ends(&w, depth);
		pair_programs(&w);
		if (w.any)
			prof_match_join(m, w.with, PROF_JOINED_NOT);
		free(w.with);
	}
	free(w.path);
}
