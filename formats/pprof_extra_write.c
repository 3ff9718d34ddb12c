/* SPDX-License-Identifier: MIT */
#include "formats/pprof_write.h"

#include <stdlib.h>
#include <string.h>

#include "formats/pprof.h"
#include "formats/profile.pb-c.h"
#include "libanalysis/nomem.h"

static bool
is_scaled(const struct prof_type *t)
{
	return t->num != 1 || t->den != 1;
}

static bool
is_marked(const struct prof_location *l)
{
	return l->kind != PROF_KIND_NONE ||
	    (l->flags & (unsigned)~PROF_LOC_FOLDED) != 0;
}

static bool
has_kinds(const struct prof_profile *p)
{
	uint32_t i;

	for (i = 0; i < p->nloc; i++)
		if (is_marked(&p->loc[i]))
			return true;
	return false;
}

static bool
is_foreign(const struct prof_profile *p, prof_str format)
{
	return format != 0 && strcmp(prof_profile_str(p, format), "pprof") != 0;
}

static bool
has_head(const struct prof_profile *p)
{
	const struct prof_meta *m = &p->meta;

	return m->inputs > 1 || m->failed != 0 || m->differ != 0 ||
	    m->dialect != 0 || m->estimated || is_foreign(p, m->format);
}

/* They get places behind all others. */
static void
index_strings(struct prof_pprof_writer *w)
{
	const struct prof_profile *p = w->p;
	unsigned c;
	uint32_t i;

	prof_pprof_write_index(w, p->meta.format);
	prof_pprof_write_index(w, p->meta.dialect);
	for (c = 0; c < p->edges.ntypes; c++) {
		prof_pprof_write_index(w, p->edges.type[c].type);
		prof_pprof_write_index(w, p->edges.type[c].unit);
	}
	for (i = 0; i < p->nnotes; i++)
		prof_pprof_write_index(w, p->note[i].text);
}

void
prof_pprof_extra_plan(struct prof_pprof_writer *w)
{
	const struct prof_profile *p = w->p;
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		if (is_scaled(&p->type[c]))
			w->flags |= PROF_PPROF_ROWS;
	if (p->time != NULL)
		w->flags |= PROF_PPROF_ROWS | PROF_PPROF_TIMES;
	w->extra = w->flags != 0 || has_head(p) || has_kinds(p) ||
	    p->edges.n > 0 || p->edges.ntypes > 0 || p->nnotes > 0;
	if (w->extra)
		index_strings(w);
}

static void
put(struct prof_pprof_writer *w, const Pprof__Extra *e)
{
	prof_pprof_write_message(w, PROF_PPROF_EXTRA, &e->base);
}

void
prof_pprof_extra_begin(struct prof_pprof_writer *w)
{
	Pprof__Extra e = PPROF__EXTRA__INIT;
	Pprof__Mark mark = PPROF__MARK__INIT;

	if (!w->extra)
		return;
	w->digest = PROF_HASH_FIXED;
	mark.version = PROF_PPROF_VERSION;
	mark.flags = w->flags;
	e.mark = &mark;
	put(w, &e);
}

static void
put_seal(struct prof_pprof_writer *w)
{
	Pprof__Extra e = PPROF__EXTRA__INIT;
	Pprof__Seal seal = PPROF__SEAL__INIT;

	seal.digest = w->digest;
	seal.samples = w->p->nsamples;
	e.seal = &seal;
	put(w, &e);
}

static void
put_head(struct prof_pprof_writer *w)
{
	const struct prof_meta *m = &w->p->meta;
	Pprof__Extra e = PPROF__EXTRA__INIT;
	Pprof__Head head = PPROF__HEAD__INIT;

	if (!has_head(w->p))
		return;
	head.inputs = m->inputs;
	head.failed = m->failed;
	head.differ = m->differ;
	head.estimated = m->estimated;
	head.format = w->index[m->format];
	head.dialect = w->index[m->dialect];
	e.head = &head;
	put(w, &e);
}

/* Numbers of all samples, in pieces; number 0 is their time. */
static void
put_values(struct prof_pprof_writer *w, unsigned number, int64_t *values)
{
	Pprof__Extra e = PPROF__EXTRA__INIT;
	Pprof__Values v = PPROF__VALUES__INIT;
	uint32_t n = w->p->nsamples;

	e.values = &v;
	v.column = number;
	for (; v.first < n; v.first += v.n_value) {
		v.n_value = n - v.first < PROF_PPROF_PIECE ?
		    (size_t)(n - v.first) : PROF_PPROF_PIECE;
		v.value = values + v.first;
		put(w, &e);
	}
}

static void
put_scale(struct prof_pprof_writer *w, unsigned c)
{
	Pprof__Extra e = PPROF__EXTRA__INIT;
	Pprof__Scale s = PPROF__SCALE__INIT;

	s.column = c;
	s.num = w->p->type[c].num;
	s.den = w->p->type[c].den;
	e.scale = &s;
	put(w, &e);
}

static void
put_columns(struct prof_pprof_writer *w)
{
	const struct prof_profile *p = w->p;
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		if (is_scaled(&p->type[c]))
			put_scale(w, c);
	if (p->time != NULL)
		put_values(w, 0, p->time);
	for (c = 0; c < p->ntypes; c++)
		if (is_scaled(&p->type[c]))
			put_values(w, c + 1, p->value[c]);
}

static void
put_kinds(struct prof_pprof_writer *w)
{
	const struct prof_profile *p = w->p;
	Pprof__Extra e = PPROF__EXTRA__INIT;
	Pprof__Kinds k = PPROF__KINDS__INIT;
	uint8_t kind[PROF_PPROF_PIECE], flags[PROF_PPROF_PIECE];
	uint32_t i, n;

	if (!has_kinds(p))
		return;
	e.kinds = &k;
	k.kind.data = kind;
	k.flags.data = flags;
	for (; k.first < p->nloc; k.first += n) {
		n = p->nloc - k.first < PROF_PPROF_PIECE ?
		    p->nloc - k.first : PROF_PPROF_PIECE;
		for (i = 0; i < n; i++) {
			kind[i] = p->loc[k.first + i].kind;
			flags[i] = p->loc[k.first + i].flags &
			    (uint8_t)~PROF_LOC_FOLDED;
		}
		k.kind.len = k.flags.len = n;
		put(w, &e);
	}
}

static void
put_edge_types(struct prof_pprof_writer *w)
{
	const struct prof_edges *edges = &w->p->edges;
	Pprof__Extra e = PPROF__EXTRA__INIT;
	Pprof__EdgeType t = PPROF__EDGE_TYPE__INIT;
	unsigned c;

	e.edge_type = &t;
	for (c = 0; c < edges->ntypes; c++) {
		t.type = w->index[edges->type[c].type];
		t.unit = w->index[edges->type[c].unit];
		t.num = edges->type[c].num;
		t.den = edges->type[c].den;
		t.exact = edges->exact[c];
		t.role = edges->role[c];
		t.error = edges->error[c];
		put(w, &e);
	}
}

static void
put_edges(struct prof_pprof_writer *w)
{
	const struct prof_edges *edges = &w->p->edges;
	Pprof__Extra e = PPROF__EXTRA__INIT;
	Pprof__Edges part = PPROF__EDGES__INIT;
	int64_t value[PROF_PPROF_PIECE];
	uint32_t row, i, n, width = edges->ntypes;
	unsigned c;

	e.edges = &part;
	part.value = value;
	for (row = 0; row < edges->n; row += n) {
		n = PROF_PPROF_PIECE / (PROF_EDGE_COLS_MAX + 1);
		n = edges->n - row < n ? edges->n - row : n;
		for (i = 0; i < n; i++)
			for (c = 0; c < width; c++)
				value[i * width + c] = edges->value[c][row + i];
		part.n_caller = part.n_callee = part.n_line = n;
		part.caller = edges->caller + row;
		part.callee = edges->callee + row;
		part.line = edges->line + row;
		part.n_value = (size_t)n * width;
		put(w, &e);
	}
}

static void
put_notes(struct prof_pprof_writer *w)
{
	Pprof__Extra e = PPROF__EXTRA__INIT;
	Pprof__Note n = PPROF__NOTE__INIT;
	struct prof_note note;
	uint32_t i;

	e.note = &n;
	for (i = 0; i < w->p->nnotes && i < PROF_PPROF_NOTES; i++) {
		note = w->p->note[i];
		n.text = w->index[note.text];
		n.count = note.count;
		n.n_where = note.count < PROF_NOTE_PLACES ?
		    (size_t)note.count : PROF_NOTE_PLACES;
		n.where = note.where;
		n.skipped = note.skipped;
		put(w, &e);
	}
}

void
prof_pprof_extra_end(struct prof_pprof_writer *w)
{
	Pprof__Extra e = PPROF__EXTRA__INIT;

	if (!w->extra)
		return;
	put_seal(w);
	put_head(w);
	put_columns(w);
	put_kinds(w);
	put_edge_types(w);
	put_edges(w);
	put_notes(w);
	e.end = true;
	put(w, &e);
}
