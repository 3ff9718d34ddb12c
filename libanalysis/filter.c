/* SPDX-License-Identifier: MIT */
#include "libanalysis/filter.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/cut.h"
#include "libanalysis/droprow.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/tried.h"

/* By location id: whether any of its frames matches. */
static int
match_locs(struct prof_profile *p, struct prof_tried *t, bool *match,
    struct prof_err *err)
{
	const struct prof_location *l;
	uint32_t i, k;
	int rc;

	for (i = 0; t->pattern != NULL && i < p->nloc; i++) {
		l = &p->loc[i];
		rc = prof_tried_place(t, l, err);
		for (k = 0; k < l->nlines && rc == 0; k++)
			rc = prof_tried_line(t, &p->line[l->first_line + k],
			    err);
		if (rc < 0)
			return rc;
		match[i + 1] = rc > 0;
	}
	return PROF_OK;
}

static void
focus_and_ignore(struct prof_profile *p, const bool *focus,
    const bool *ignore, struct prof_filter_found *found)
{
	bool *drop = prof_zalloc((size_t)p->stacks.n + 1, sizeof *drop);
	bool *live = prof_cut_live(p), hit, bad;
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
		if (focus != NULL && hit && live[s])
			found->focus = true;
		if (bad && live[s])
			found->ignore = true;
		drop[s] = bad || !hit;
	}
	prof_cut_samples(p, drop);
	free(live);
	free(drop);
}

static int
choose_samples(struct prof_profile *p, const struct prof_filter *f,
    uint64_t max_match, struct prof_filter_found *found,
    struct prof_err *err)
{
	struct prof_tried focus = { 0 }, ignore = { 0 };
	bool *hit = prof_zalloc((size_t)p->nloc + 1, sizeof *hit);
	bool *bad = prof_zalloc((size_t)p->nloc + 1, sizeof *bad);
	uint32_t i;
	int rc = prof_tried_init(&focus, f->focus, p, max_match, err);

	if (rc == PROF_OK)
		rc = prof_tried_init(&ignore, f->ignore, p, max_match, err);
	if (rc == PROF_OK)
		rc = match_locs(p, &focus, hit, err);
	if (rc == PROF_OK)
		rc = match_locs(p, &ignore, bad, err);
	for (i = 1; rc == PROF_OK && i <= p->nloc; i++)
		hit[i] = hit[i] && !bad[i];
	if (rc == PROF_OK)
		focus_and_ignore(p, f->focus != NULL ? hit : NULL,
		    f->ignore != NULL ? bad : NULL, found);
	prof_tried_release(&focus);
	prof_tried_release(&ignore);
	free(hit);
	free(bad);
	return rc;
}

/* A match of the module is one of all frames of a location. */
static int
is_hidden(void *ctx, const struct prof_profile *p,
    const struct prof_location *l, const struct prof_line *line,
    struct prof_err *err)
{
	int rc = prof_tried_place(ctx, l, err);

	(void)p;
	return rc == 0 && line != NULL ? prof_tried_line(ctx, line, err) :
	    rc;
}

static int
is_not_shown(void *ctx, const struct prof_profile *p,
    const struct prof_location *l, const struct prof_line *line,
    struct prof_err *err)
{
	int rc = is_hidden(ctx, p, l, line, err);

	return rc < 0 ? rc : rc == 0;
}

static int
cut(struct prof_profile *p, const char *pattern, prof_cut_fn *fn,
    uint64_t max_match, bool *any, bool *left, struct prof_err *err)
{
	struct prof_tried t;
	int rc = prof_tried_init(&t, pattern, p, max_match, err);

	if (rc == PROF_OK)
		rc = prof_cut_frames(p, fn, &t, any, left, err);
	prof_tried_release(&t);
	return rc;
}

static const struct prof_location *
loc_of(const struct prof_profile *p, prof_loc id)
{
	return prof_profile_loc(p, id);
}

/*
 * By location: lines that stay when everything on the side of its callers
 * goes, 0 for no match; all of them for a match of the module.
 */
static int
find_show_from(struct prof_tried *t, const struct prof_location *l,
    uint32_t *stay, struct prof_err *err)
{
	const struct prof_line *line = prof_profile_lines(t->p, l);
	uint32_t k;
	int rc = prof_tried_place(t, l, err);

	*stay = rc > 0 ? (l->nlines > 0 ? l->nlines : 1) : 0;
	for (k = l->nlines; k > 0 && rc == 0; k--) {
		rc = prof_tried_line(t, &line[k - 1], err);
		*stay = rc > 0 ? k : 0;
	}
	return rc < 0 ? rc : PROF_OK;
}

/* The location cut to lines[first .. first + n). */
static prof_loc
part_of(struct prof_profile *p, prof_loc id, uint32_t first, uint32_t n)
{
	struct prof_location l = *loc_of(p, id);
	struct prof_line *lines;
	prof_loc part;

	if (l.nlines == 0 || n == l.nlines)
		return id;
	lines = prof_alloc(n, sizeof *lines);
	memcpy(lines, p->line + l.first_line + first, n * sizeof *lines);
	part = prof_profile_add_loc(p, l, lines, n);
	free(lines);
	return part;
}

/* Each stack ends at its match nearest the root; without one it goes. */
static bool
end_stacks(struct prof_profile *p, const prof_loc *end)
{
	bool *drop = prof_zalloc((size_t)p->stacks.n + 1, sizeof *drop);
	uint64_t from = 0, to, used = 0, n;
	bool any = false, *live = prof_cut_live(p);
	prof_stack s;

	drop[0] = true;
	for (s = 1; s <= p->stacks.n; s++, from = to) {
		to = p->stacks.end[s];
		p->stacks.end[s - 1] = used;
		for (n = to - from; n > 0; n--)
			if (end[p->frame[from + n - 1]] != 0)
				break;
		drop[s] = n == 0;
		any |= n > 0 && live[s];
		memmove(p->frame + used, p->frame + from,
		    (size_t)n * sizeof *p->frame);
		used += n;
		if (n > 0)
			p->frame[used - 1] = end[p->frame[used - 1]];
	}
	if (p->stacks.n > 0)
		p->stacks.end[p->stacks.n] = used;
	prof_cut_samples(p, drop);
	free(live);
	free(drop);
	return any;
}

static int
show_from(struct prof_profile *p, const char *pattern, uint64_t max_match,
    bool *found, struct prof_err *err)
{
	uint32_t i, stay, nloc = p->nloc;
	prof_loc *end = prof_zalloc((size_t)nloc + 1, sizeof *end);
	struct prof_tried t;
	int rc = prof_tried_init(&t, pattern, p, max_match, err);

	for (i = 1; i <= nloc && rc == PROF_OK; i++) {
		rc = find_show_from(&t, loc_of(p, i), &stay, err);
		if (rc == PROF_OK && stay > 0)
			end[i] = part_of(p, i, 0, stay);
	}
	if (rc == PROF_OK)
		*found = end_stacks(p, end);
	prof_tried_release(&t);
	free(end);
	return rc;
}

/* The name without parameters, as pprof's drop patterns see it. */
static int
try_simple(struct prof_tried *t, prof_fn fn, struct prof_err *err)
{
	prof_str s = prof_profile_fn(t->p, fn)->name;
	const char *name = prof_profile_str(t->p, s);
	size_t len = prof_strs_len(&t->p->strs, s);
	size_t used = prof_name_simple(&name, len);

	int rc;

	if (used == 0 || used == len)
		return used == 0 ? 0 : prof_tried_str(t, s, err);
	rc = prof_pattern_match(t->pattern, name, used, err);
	/* "pkg.(*T).method" of Go has no parameters. */
	if (rc == 0 && used > 0 && name[used - 1] == '.')
		rc = prof_tried_str(t, s, err);
	return rc;
}

/* Each stack begins at its match nearest the leaf. */
static bool
begin_stacks(struct prof_profile *p, const prof_loc *begin)
{
	uint64_t from = 0, to, at, used = 0;
	bool any = false, *live = prof_cut_live(p);
	prof_stack s;

	for (s = 1; s <= p->stacks.n; s++, from = to) {
		to = p->stacks.end[s];
		p->stacks.end[s - 1] = used;
		for (at = from; at < to; at++)
			if (begin[p->frame[at]] != 0)
				break;
		at = at < to ? at : from;
		if (at < to && begin[p->frame[at]] != 0) {
			any |= live[s];
			p->frame[at] = begin[p->frame[at]];
		}
		memmove(p->frame + used, p->frame + at,
		    (size_t)(to - at) * sizeof *p->frame);
		used += to - at;
	}
	if (p->stacks.n > 0)
		p->stacks.end[p->stacks.n] = used;
	free(live);
	return any;
}

static int
prune_from(struct prof_profile *p, const char *pattern, uint64_t max_match,
    bool *found, struct prof_err *err)
{
	uint32_t i, k, nloc = p->nloc;
	prof_loc *begin = prof_zalloc((size_t)nloc + 1, sizeof *begin);
	struct prof_location l;
	struct prof_tried t;
	int rc = prof_tried_init(&t, pattern, p, max_match, err), hit;

	for (i = 1; i <= nloc && rc == PROF_OK; i++) {
		l = *loc_of(p, i);
		for (k = 0, hit = 0; k < l.nlines && hit == 0; k++)
			hit = try_simple(&t, p->line[l.first_line + k].fn,
			    err);
		if (hit > 0)
			begin[i] = part_of(p, i, k - 1, l.nlines - k + 1);
		rc = hit < 0 ? hit : PROF_OK;
	}
	if (rc == PROF_OK)
		*found = begin_stacks(p, begin);
	prof_tried_release(&t);
	free(begin);
	return rc;
}

/* All patterns are looked at before anything changes. */
static int
check_patterns(const struct prof_filter *f, uint64_t max_match,
    struct prof_err *err)
{
	const char *const all[] = { f->focus, f->ignore, f->hide, f->show,
	    f->show_from, f->prune_from };
	struct prof_pattern *pattern;
	size_t i;

	for (i = 0; i < sizeof all / sizeof all[0]; i++) {
		if (all[i] == NULL)
			continue;
		pattern = prof_pattern_new(all[i], max_match, err);
		if (pattern == NULL)
			return PROF_EPATTERN;
		prof_pattern_free(pattern);
	}
	return PROF_OK;
}

int
prof_filter_frames(struct prof_profile *p, const struct prof_filter *f,
    uint64_t max_match, struct prof_filter_found *matched,
    struct prof_err *err)
{
	int rc = check_patterns(f, max_match, err);

	memset(matched, 0, sizeof *matched);
	if (rc != PROF_OK)
		return rc;
	prof_profile_drop_edges(p);
	if (f->focus != NULL || f->ignore != NULL)
		rc = choose_samples(p, f, max_match, matched, err);
	if (rc == PROF_OK && f->hide != NULL)
		rc = cut(p, f->hide, is_hidden, max_match, &matched->hide,
		    NULL, err);
	if (rc == PROF_OK && f->show != NULL)
		rc = cut(p, f->show, is_not_shown, max_match, NULL,
		    &matched->show, err);
	if (rc == PROF_OK && f->show_from != NULL)
		rc = show_from(p, f->show_from, max_match,
		    &matched->show_from, err);
	if (rc == PROF_OK && f->prune_from != NULL)
		rc = prune_from(p, f->prune_from, max_match,
		    &matched->prune_from, err);
	return rc;
}

/* A frame of which nothing is told is one of the program. */
static int
is_other_kind(void *ctx, const struct prof_profile *p,
    const struct prof_location *l, const struct prof_line *line,
    struct prof_err *err)
{
	const unsigned *kinds = ctx;
	unsigned kind = l->kind != PROF_KIND_NONE ? l->kind : PROF_KIND_USER;

	(void)p;
	(void)line;
	(void)err;
	return (*kinds >> kind & 1) == 0;
}

bool
prof_filter_kinds(struct prof_profile *p, unsigned kinds)
{
	struct prof_err err = { 0 };
	bool left = false;

	prof_profile_drop_edges(p);
	prof_cut_frames(p, is_other_kind, &kinds, NULL, &left, &err);
	return left;
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
	p->meta.recorded[0] = p->meta.recorded[column];
	p->value[0] = p->value[column];
	if (column != 0)
		p->value[column] = NULL;
	p->ntypes = 1;
	p->meta.default_type = 0;
	filter_edge_columns(p);
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
			prof_droprow(p, i);
	if (any) {
		p->type[c].type = prof_strs_adds(&p->strs, event);
		p->meta.default_type = p->type[c].type;
	}
	free(is);
	return any;
}
