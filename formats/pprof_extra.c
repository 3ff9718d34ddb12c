/* SPDX-License-Identifier: MIT */
#include "formats/pprof.h"

#include <stdlib.h>
#include <string.h>

#include "formats/pprof_read.h"
#include "formats/profile.pb-c.h"
#include "libanalysis/nomem.h"

/* No piece is longer than this; unpacking takes a multiple of it. */
#define PIECE_MAX ((size_t)256 * 1024)

static void *
arena_alloc(void *arena, size_t size)
{
	return prof_arena_alloc(arena, size);
}

static void
arena_free(void *arena, void *p)
{
	(void)arena;
	(void)p;
}

static int
broken(struct prof_err *err, const char *what)
{
	return prof_fail(err, PROF_EFORMAT, ".%s: broken", what);
}

static void
ignore(struct prof_pprof *r, const char *why)
{
	if (!r->extra.ignored)
		prof_profile_note(r->p, why, r->at, false);
	r->extra.ignored = true;
	r->extra.trusted = false;
	r->extra.marked = false;
}

static void
ignore_changed(struct prof_pprof *r)
{
	ignore(r, "Profkit's own data is ignored: another program changed "
	    "the profile");
}

static int
take_mark(struct prof_pprof *r, const Pprof__Mark *mark,
    struct prof_err *err)
{
	struct prof_pprof_extra *x = &r->extra;

	if (x->marked)
		return prof_fail(err, PROF_EFORMAT, ".mark: this is the "
		    "second one (concatenated profiles? compress each with "
		    "gzip, members are separate profiles)");
	if (r->at != r->start) {
		ignore_changed(r);
	} else if (mark->version > PROF_PPROF_VERSION) {
		ignore(r, "Profkit's own data is ignored: it is of a newer "
		    "version");
	} else {
		x->marked = true;
		x->flags = mark->flags;
		x->digest = PROF_HASH_FIXED;
		r->b.timed = (mark->flags & PROF_PPROF_ROWS) != 0;
	}
	return PROF_OK;
}

static void
take_seal(struct prof_pprof *r, const Pprof__Seal *seal)
{
	struct prof_pprof_extra *x = &r->extra;

	if (x->marked && seal->digest == x->digest &&
	    seal->samples == r->count[2])
		x->trusted = true;
	else
		ignore_changed(r);
}

static int
string(const struct prof_pprof *r, int64_t index, prof_str *out,
    struct prof_err *err)
{
	if (index < 0 || (uint64_t)index >= r->nstr)
		return prof_fail(err, PROF_EFORMAT,
		    ": string %lld is not in the table", (long long)index);
	*out = r->str[index];
	return PROF_OK;
}

static int
take_head(struct prof_pprof *r, const Pprof__Head *head,
    struct prof_err *err)
{
	struct prof_meta *m = &r->p->meta;
	int rc = string(r, head->format, &m->format, err);

	m->inputs = head->inputs;
	m->failed = head->failed;
	m->differ = head->differ;
	m->estimated = head->estimated;
	return rc != PROF_OK ? rc : string(r, head->dialect, &m->dialect,
	    err);
}

/* Without samples, nothing has made the columns yet. */
static int
take_scale(struct prof_pprof *r, const Pprof__Scale *s, struct prof_err *err)
{
	struct prof_type *t;

	while (r->count[2] == 0 && r->p->ntypes < r->count[1])
		prof_profile_add_type(r->p, 0, 0);
	if (s->column >= r->p->ntypes || s->num < 1 || s->den < 1)
		return broken(err, "scale");
	t = &r->p->type[s->column];
	t->num = s->num;
	t->den = s->den;
	return PROF_OK;
}

static int
take_values(struct prof_pprof *r, const Pprof__Values *v,
    struct prof_err *err)
{
	struct prof_profile *p = r->p;
	uint64_t *next;
	int64_t *to;

	if (v->column > p->ntypes || !r->b.timed)
		return broken(err, "values");
	next = &r->extra.next[v->column];
	if (v->first != *next || v->n_value > p->nsamples - *next)
		return broken(err, "values");
	to = v->column == 0 ? p->time : p->value[v->column - 1];
	if (v->n_value > 0)
		memcpy(to + *next, v->value, v->n_value * sizeof *to);
	*next += v->n_value;
	return PROF_OK;
}

static int
take_kinds(struct prof_pprof *r, const Pprof__Kinds *k, struct prof_err *err)
{
	struct prof_profile *p = r->p;
	size_t i, n = k->kind.len;
	struct prof_location *l;

	if (k->flags.len != n || k->first > p->nloc || n > p->nloc - k->first)
		return broken(err, "kinds");
	for (i = 0; i < n; i++) {
		if (k->kind.data[i] > PROF_KIND_BUILTIN ||
		    (k->flags.data[i] & ~PROF_LOC_KEPT) != 0)
			return broken(err, "kinds");
		l = &p->loc[k->first + i];
		l->kind = k->kind.data[i];
		l->flags |= k->flags.data[i];
	}
	return PROF_OK;
}

static int
take_edge_type(struct prof_pprof *r, const Pprof__EdgeType *t,
    struct prof_err *err)
{
	struct prof_edges *e = &r->p->edges;
	struct prof_type *row = &e->type[e->ntypes];
	int rc;

	if (e->ntypes >= PROF_EDGE_COLS_MAX || e->n > 0 || t->num < 1 ||
	    t->den < 1 || t->role >= PROF_EDGE_ROLES || t->error < 0)
		return broken(err, "edge_type");
	e->role[e->ntypes] = (uint8_t)t->role;
	e->error[e->ntypes] = t->error;
	row->num = t->num;
	row->den = t->den;
	e->exact[e->ntypes++] = t->exact;
	rc = string(r, t->type, &row->type, err);
	return rc != PROF_OK ? rc : string(r, t->unit, &row->unit, err);
}

static int
take_edges(struct prof_pprof *r, const Pprof__Edges *e, struct prof_err *err)
{
	struct prof_profile *p = r->p;
	size_t i, n = e->n_caller;

	if (e->n_callee != n || e->n_line != n ||
	    e->n_value != n * p->edges.ntypes)
		return broken(err, "edges");
	for (i = 0; i < n; i++) {
		if (e->caller[i] > p->nfn || e->callee[i] == 0 ||
		    e->callee[i] > p->nfn)
			return broken(err, "edges");
		prof_profile_add_edge(p, e->caller[i], e->callee[i],
		    e->line[i], e->value + i * p->edges.ntypes);
	}
	return PROF_OK;
}

static int
take_note(struct prof_pprof *r, const Pprof__Note *n, struct prof_err *err)
{
	struct prof_profile *p = r->p;
	struct prof_note row = { .count = n->count, .skipped = n->skipped };
	int rc = string(r, n->text, &row.text, err);

	if (rc != PROF_OK || n->n_where > PROF_NOTE_PLACES ||
	    p->nnotes >= PROF_PPROF_NOTES)
		return rc != PROF_OK ? rc : broken(err, "note");
	if (n->n_where > 0)
		memcpy(row.where, n->where, n->n_where * sizeof *n->where);
	PROF_RESERVE(p->note, p->note_cap, (size_t)p->nnotes + 1);
	p->note[p->nnotes++] = row;
	return PROF_OK;
}

static int
take_parts(struct prof_pprof *r, const Pprof__Extra *e, struct prof_err *err)
{
	int rc = PROF_OK;

	if (e->seal != NULL && !r->extra.ignored)
		take_seal(r, e->seal);
	if (!r->extra.trusted) {
		ignore_changed(r);
		return PROF_OK;
	}
	if (e->head != NULL)
		rc = take_head(r, e->head, err);
	if (rc == PROF_OK && e->scale != NULL)
		rc = take_scale(r, e->scale, err);
	if (rc == PROF_OK && e->values != NULL)
		rc = take_values(r, e->values, err);
	if (rc == PROF_OK && e->kinds != NULL)
		rc = take_kinds(r, e->kinds, err);
	if (rc == PROF_OK && e->edge_type != NULL)
		rc = take_edge_type(r, e->edge_type, err);
	if (rc == PROF_OK && e->edges != NULL)
		rc = take_edges(r, e->edges, err);
	if (rc == PROF_OK && e->note != NULL)
		rc = take_note(r, e->note, err);
	r->extra.ended |= e->end != 0;
	return rc;
}

int
prof_pprof_extra(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	ProtobufCAllocator allocator = { arena_alloc, arena_free,
	    &r->extra.arena };
	size_t len = (size_t)(f->body.end - f->body.at);
	Pprof__Extra *e;

	if (len > PIECE_MAX)
		return prof_fail(err, PROF_EFORMAT,
		    ": %zu bytes, at most %zu are written", len, PIECE_MAX);
	prof_arena_reset(&r->extra.arena);
	e = pprof__extra__unpack(&allocator, len, f->body.at);
	if (e == NULL)
		return prof_fail(err, PROF_EFORMAT, ": broken");
	if (e->mark != NULL)
		return take_mark(r, e->mark, err);
	return take_parts(r, e, err);
}

static bool
is_scaled(const struct prof_type *t)
{
	return t->num != 1 || t->den != 1;
}

int
prof_pprof_extra_finish(struct prof_pprof *r, struct prof_err *err)
{
	const struct prof_pprof_extra *x = &r->extra;
	struct prof_profile *p = r->p;
	bool times = x->trusted && (x->flags & PROF_PPROF_TIMES) != 0;
	unsigned c;

	if (x->marked && !x->ended)
		return prof_fail(err, PROF_EFORMAT,
		    "the end of the profile is missing (cut off?)");
	for (c = 0; c <= p->ntypes; c++)
		if (x->trusted && (c == 0 ? times :
		    is_scaled(&p->type[c - 1])) && x->next[c] < p->nsamples)
			return prof_fail(err, PROF_EFORMAT,
			    "exact values of %llu samples are missing",
			    (unsigned long long)(p->nsamples - x->next[c]));
	if (!times) {
		/* It only kept the samples apart. */
		free(p->time);
		p->time = NULL;
	}
	return PROF_OK;
}
