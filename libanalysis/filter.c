/* SPDX-License-Identifier: MIT */
#include "libanalysis/filter.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/nomem.h"
#include "libanalysis/pattern.h"

enum { UNKNOWN, NO, YES };

/* One pattern and what it said of each string it has seen. */
struct tried {
	struct prof_pattern *pattern;
	const struct prof_strs *strs;
	uint8_t *said;		/* by string id */
};

static int
tried_init(struct tried *t, const char *text, const struct prof_strs *strs,
    uint64_t max, struct prof_err *err)
{
	memset(t, 0, sizeof *t);
	if (text == NULL)
		return PROF_OK;
	t->pattern = prof_pattern_new(text, max, err);
	if (t->pattern == NULL)
		return PROF_EPATTERN;
	t->strs = strs;
	t->said = prof_zalloc(strs->n + 1, sizeof *t->said);
	return PROF_OK;
}

static void
tried_release(struct tried *t)
{
	prof_pattern_free(t->pattern);
	free(t->said);
}

/* 1, 0, or a negative code. */
static int
try_str(struct tried *t, prof_str s, struct prof_err *err)
{
	int rc;

	if (t->said[s] == UNKNOWN) {
		rc = prof_pattern_match(t->pattern, prof_strs_get(t->strs, s),
		    prof_strs_len(t->strs, s), err);
		if (rc < 0)
			return rc;
		t->said[s] = rc > 0 ? YES : NO;
	}
	return t->said[s] == YES;
}

static int
try_fn(struct tried *t, const struct prof_function *f, struct prof_err *err)
{
	int rc = try_str(t, f->name, err);

	return rc != 0 ? rc : try_str(t, f->file, err);
}

static int
try_module(struct tried *t, const struct prof_profile *p,
    const struct prof_location *l, struct prof_err *err)
{
	if (l->mapping == 0)
		return 0;
	return try_str(t, prof_profile_mod(p, l->mapping)->file, err);
}

/* By location id: whether any of its frames matches. */
static int
match_locs(struct prof_profile *p, struct tried *t, bool *match,
    struct prof_err *err)
{
	const struct prof_location *l;
	uint32_t i, k;
	int rc;

	for (i = 0; t->pattern != NULL && i < p->nloc; i++) {
		l = &p->loc[i];
		rc = try_module(t, p, l, err);
		for (k = 0; k < l->nlines && rc == 0; k++)
			rc = try_fn(t, prof_profile_fn(p,
			    p->line[l->first_line + k].fn), err);
		if (rc < 0)
			return rc;
		match[i + 1] = rc > 0;
	}
	return PROF_OK;
}

/* The new value columns of a sample that is dropped. */
static void
drop_row(struct prof_profile *p, uint32_t row)
{
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		p->value[c][row] = 0;
}

static void
drop_stacks(struct prof_profile *p, const bool *drop)
{
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		if (drop[p->stack[i]])
			drop_row(p, i);
}

static void
focus_and_ignore(struct prof_profile *p, const bool *focus,
    const bool *ignore, struct prof_filter_found *found)
{
	bool *drop = prof_zalloc((size_t)p->stacks.n + 1, sizeof *drop);
	bool hit, bad;
	const prof_loc *run;
	prof_stack s;
	size_t i, n;

	for (s = 0; s <= p->stacks.n; s++) {
		run = prof_profile_stack(p, s, &n);
		hit = focus == NULL;
		bad = false;
		for (i = 0; i < n; i++) {
			bad = bad || (ignore != NULL && ignore[run[i]]);
			hit = hit || focus[run[i]];
		}
		if (focus != NULL && hit)
			found->focus = true;
		if (bad)
			found->ignore = true;
		drop[s] = bad || !hit;
	}
	drop_stacks(p, drop);
	free(drop);
}

/*
 * The location without its matching lines: 0 when nothing is left.  A match
 * of the module takes all of it.
 */
static int
hide_in_location(struct prof_builder *b, struct tried *t, prof_loc id,
    prof_loc *kept, struct prof_err *err)
{
	struct prof_profile *p = b->p;
	struct prof_location l = *prof_profile_loc(p, id);
	struct prof_line *lines;
	uint32_t i, n = 0;
	int rc = try_module(t, p, &l, err);

	*kept = 0;
	if (rc != 0)
		return rc;
	*kept = id;
	if (l.nlines == 0)
		return PROF_OK;
	lines = prof_alloc(l.nlines, sizeof *lines);
	for (i = 0; i < l.nlines && rc >= 0; i++) {
		rc = try_fn(t, prof_profile_fn(p,
		    p->line[l.first_line + i].fn), err);
		if (rc == 0)
			lines[n++] = p->line[l.first_line + i];
	}
	if (n == 0)
		*kept = 0;
	else if (n < l.nlines)
		*kept = prof_profile_add_loc(p, l, lines, n);
	free(lines);
	return rc;
}

/* Rewrite every stack through a map of locations; 0 removes the frame. */
static void
rewrite_stacks(struct prof_profile *p, const prof_loc *to, bool *emptied)
{
	uint64_t from = 0, end, used = 0;
	prof_stack s;

	for (s = 1; s <= p->stacks.n; s++) {
		end = p->stacks.end[s];
		p->stacks.end[s - 1] = used;
		for (; from < end; from++)
			if (to[p->frame[from]] != 0)
				p->frame[used++] = to[p->frame[from]];
		emptied[s] = used == p->stacks.end[s - 1];
	}
	if (p->stacks.n > 0)
		p->stacks.end[p->stacks.n] = used;
}

static int
hide_frames(struct prof_profile *p, struct tried *t,
    struct prof_filter_found *found, struct prof_err *err)
{
	struct prof_builder b;
	uint32_t i, nloc = p->nloc;
	prof_loc *to = prof_alloc((size_t)nloc + 1, sizeof *to);
	bool *emptied = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *emptied);
	int rc = PROF_OK;

	prof_builder_init(&b, p, NULL);
	for (i = 1; i <= nloc && rc >= 0; i++) {
		rc = hide_in_location(&b, t, i, &to[i], err);
		if (to[i] != i)
			found->hide = true;
	}
	if (rc >= 0) {
		rewrite_stacks(p, to, emptied);
		drop_stacks(p, emptied);
		rc = PROF_OK;
	}
	prof_builder_release(&b);
	free(emptied);
	free(to);
	return rc;
}

int
prof_filter_frames(struct prof_profile *p, const struct prof_filter *f,
    uint64_t max_match, struct prof_filter_found *matched,
    struct prof_err *err)
{
	struct tried focus, ignore, hide;
	bool *hit = prof_zalloc((size_t)p->nloc + 1, sizeof *hit);
	bool *bad = prof_zalloc((size_t)p->nloc + 1, sizeof *bad);
	uint32_t i;
	int rc = PROF_OK, k;

	memset(matched, 0, sizeof *matched);
	k = tried_init(&focus, f->focus, &p->strs, max_match, err);
	rc = rc == PROF_OK ? k : rc;
	k = tried_init(&ignore, f->ignore, &p->strs, max_match, err);
	rc = rc == PROF_OK ? k : rc;
	k = tried_init(&hide, f->hide, &p->strs, max_match, err);
	rc = rc == PROF_OK ? k : rc;
	if (rc == PROF_OK)
		rc = match_locs(p, &focus, hit, err);
	if (rc == PROF_OK)
		rc = match_locs(p, &ignore, bad, err);
	if (rc == PROF_OK) {
		prof_profile_drop_edges(p);
		for (i = 1; i <= p->nloc; i++)
			hit[i] = hit[i] && !bad[i];
		if (f->focus != NULL || f->ignore != NULL)
			focus_and_ignore(p, f->focus != NULL ? hit : NULL,
			    f->ignore != NULL ? bad : NULL, matched);
		if (f->hide != NULL)
			rc = hide_frames(p, &hide, matched, err);
	}
	tried_release(&focus);
	tried_release(&ignore);
	tried_release(&hide);
	free(hit);
	free(bad);
	return rc;
}

/* Self and total of other types go; calls are of all. */
static void
filter_edge_columns(struct prof_profile *p)
{
	struct prof_edges *e = &p->edges;
	unsigned c, n = 0;

	for (c = 0; c < e->ntypes; c++) {
		if ((e->role[c] == PROF_EDGE_SELF ||
		    e->role[c] == PROF_EDGE_TOTAL) &&
		    e->type[c].type != p->type[0].type) {
			free(e->value[c]);
			e->value[c] = NULL;
			continue;
		}
		e->type[n] = e->type[c];
		e->role[n] = e->role[c];
		e->exact[n] = e->exact[c];
		e->error[n] = e->error[c];
		e->value[n] = e->value[c];
		if (n++ != c)
			e->value[c] = NULL;
	}
	e->ntypes = n;
}

void
prof_filter_column(struct prof_profile *p, unsigned column)
{
	unsigned c;

	for (c = 0; c < p->ntypes; c++) {
		if (c == column)
			continue;
		free(p->value[c]);
		p->value[c] = NULL;
	}
	p->type[0] = p->type[column];
	p->meta.whole[0] = p->meta.whole[column];
	p->value[0] = p->value[column];
	if (column != 0)
		p->value[column] = NULL;
	p->ntypes = 1;
	p->meta.default_type = 0;
	filter_edge_columns(p);
}

static void
coarsen_functions(struct prof_profile *p, bool by_name)
{
	uint32_t i;

	for (i = 0; i < p->nfn && by_name; i++) {
		if (p->fn[i].name == 0)
			p->fn[i].name = p->fn[i].system;
		p->fn[i].system = p->fn[i].file = 0;
		p->fn[i].start = 0;
	}
	for (i = 0; i < p->nline; i++)
		p->line[i].line = p->line[i].column = 0;
}

/* The module is what tells functions without a file apart. */
static bool
needs_module(const struct prof_profile *p, const struct prof_location *l)
{
	uint32_t i;

	for (i = 0; i < l->nlines; i++)
		if (prof_profile_fn(p, p->line[l->first_line + i].fn)->file ==
		    0)
			return true;
	return false;
}

void
prof_filter_coarsen(struct prof_profile *p, bool by_name)
{
	struct prof_location *l;
	uint32_t i;

	coarsen_functions(p, by_name);
	for (i = 0; i < p->nloc; i++) {
		l = &p->loc[i];
		if (l->nlines == 0)
			continue;
		l->address = 0;
		if (by_name || !needs_module(p, l))
			l->mapping = 0;
	}
}

static bool
has_label(const struct prof_profile *p, prof_set set, const char *key,
    const char *text)
{
	const struct prof_label *l;
	size_t i, n;

	l = prof_profile_set(p, set, &n);
	for (i = 0; i < n; i++)
		if (l[i].str != 0 && strcmp(prof_profile_str(p, l[i].key),
		    key) == 0 && strcmp(prof_profile_str(p, l[i].str),
		    text) == 0)
			return true;
	return false;
}

bool
prof_filter_event(struct prof_profile *p, const char *event)
{
	bool *is = prof_zalloc((size_t)p->sets.n + 1, sizeof *is), any = false;
	int c = prof_profile_column(p, "events");
	uint32_t i;

	for (i = 1; c >= 0 && i <= p->sets.n; i++) {
		is[i] = has_label(p, i, "event", event);
		any |= is[i];
	}
	for (i = 0; any && i < p->nsamples; i++)
		if (!is[p->set[i]])
			drop_row(p, i);
	if (any) {
		p->type[c].type = prof_strs_adds(&p->strs, event);
		p->meta.default_type = p->type[c].type;
	}
	free(is);
	return any;
}
