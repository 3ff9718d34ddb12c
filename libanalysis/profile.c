/* SPDX-License-Identifier: MIT */
#include "libanalysis/profile.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

void
prof_profile_release(struct prof_profile *p)
{
	unsigned c;

	prof_strs_release(&p->strs);
	free(p->fn);
	free(p->mod);
	free(p->loc);
	free(p->line);
	free(p->stacks.end);
	free(p->frame);
	free(p->sets.end);
	free(p->label);
	free(p->stack);
	free(p->set);
	free(p->time);
	for (c = 0; c < PROF_COLS_MAX; c++)
		free(p->value[c]);
	prof_profile_drop_edges(p);
	free(p->comment);
	free(p->note);
	memset(p, 0, sizeof *p);
}

prof_fn
prof_profile_add_fn(struct prof_profile *p, struct prof_function f)
{
	PROF_ASSERT(p->nfn < UINT32_MAX);
	PROF_RESERVE(p->fn, p->fn_cap, (size_t)p->nfn + 1);
	p->fn[p->nfn] = f;
	return ++p->nfn;
}

prof_mod
prof_profile_add_mod(struct prof_profile *p, struct prof_mapping m)
{
	PROF_ASSERT(p->nmod < UINT32_MAX);
	PROF_RESERVE(p->mod, p->mod_cap, (size_t)p->nmod + 1);
	p->mod[p->nmod] = m;
	return ++p->nmod;
}

prof_loc
prof_profile_add_loc(struct prof_profile *p, struct prof_location loc,
    const struct prof_line *lines, size_t n)
{
	PROF_ASSERT(p->nloc < UINT32_MAX && n < UINT32_MAX - p->nline);
	loc.first_line = p->nline;
	loc.nlines = (uint32_t)n;
	PROF_RESERVE(p->line, p->line_cap, (size_t)p->nline + n);
	if (n > 0)
		memcpy(p->line + p->nline, lines, n * sizeof *lines);
	p->nline += (uint32_t)n;
	PROF_RESERVE(p->loc, p->loc_cap, (size_t)p->nloc + 1);
	p->loc[p->nloc] = loc;
	return ++p->nloc;
}

void
prof_profile_add_type(struct prof_profile *p, prof_str type, prof_str unit)
{
	struct prof_type t = { type, unit, 1, 1 };

	PROF_ASSERT(p->ntypes < PROF_COLS_MAX);
	p->type[p->ntypes++] = t;
}

void
prof_profile_add_comment(struct prof_profile *p, prof_str text)
{
	PROF_RESERVE(p->comment, p->comment_cap, (size_t)p->ncomments + 1);
	p->comment[p->ncomments++] = text;
}

static void
reserve_edge(struct prof_edges *e)
{
	size_t want = e->cap;
	unsigned c;

	if (e->n < e->cap)
		return;
	e->caller = prof_grow(e->caller, &want, (size_t)e->n + 1,
	    sizeof *e->caller);
	e->cap = want;
	e->callee = prof_resize(e->callee, want, sizeof *e->callee);
	e->line = prof_resize(e->line, want, sizeof *e->line);
	for (c = 0; c < e->ntypes; c++)
		e->value[c] = prof_resize(e->value[c], want,
		    sizeof *e->value[c]);
}

void
prof_profile_add_edge_type(struct prof_profile *p, enum prof_edge_role role,
    prof_str type, prof_str unit)
{
	struct prof_edges *e = &p->edges;

	PROF_ASSERT(e->ntypes < PROF_EDGE_COLS_MAX && e->n == 0);
	e->type[e->ntypes] = (struct prof_type){ type, unit, 1, 1 };
	e->role[e->ntypes] = (uint8_t)role;
	e->exact[e->ntypes] = true;
	e->error[e->ntypes++] = 0;
}

int
prof_profile_edge_column(const struct prof_profile *p,
    enum prof_edge_role role, prof_str type)
{
	bool valued = role == PROF_EDGE_SELF || role == PROF_EDGE_TOTAL;
	unsigned c;

	for (c = 0; c < p->edges.ntypes; c++)
		if (p->edges.role[c] == role &&
		    (!valued || p->edges.type[c].type == type))
			return (int)c;
	return -1;
}

void
prof_profile_drop_edges(struct prof_profile *p)
{
	unsigned c;

	for (c = 0; c < p->edges.ntypes; c++)
		free(p->edges.value[c]);
	free(p->edges.caller);
	free(p->edges.callee);
	free(p->edges.line);
	memset(&p->edges, 0, sizeof p->edges);
}

void
prof_profile_drop_samples(struct prof_profile *p)
{
	unsigned c;

	free(p->stacks.end);
	free(p->frame);
	free(p->sets.end);
	free(p->label);
	free(p->stack);
	free(p->set);
	free(p->time);
	memset(&p->stacks, 0, sizeof p->stacks);
	memset(&p->sets, 0, sizeof p->sets);
	p->frame = NULL;
	p->label = NULL;
	p->stack = p->set = NULL;
	p->time = NULL;
	for (c = 0; c < PROF_COLS_MAX; c++) {
		free(p->value[c]);
		p->value[c] = NULL;
	}
	p->nsamples = 0;
	p->sample_cap = 0;
}

void
prof_profile_add_edge(struct prof_profile *p, prof_fn caller, prof_fn callee,
    int64_t line, const int64_t *values)
{
	struct prof_edges *e = &p->edges;
	unsigned c;

	PROF_ASSERT(e->n < UINT32_MAX);
	reserve_edge(e);
	e->caller[e->n] = caller;
	e->callee[e->n] = callee;
	e->line[e->n] = line;
	for (c = 0; c < e->ntypes; c++)
		e->value[c][e->n] = values[c];
	e->n++;
}

struct prof_note *
prof_profile_add_note(struct prof_profile *p, prof_str text, bool skipped)
{
	struct prof_note *note;

	PROF_RESERVE(p->note, p->note_cap, (size_t)p->nnotes + 1);
	note = &p->note[p->nnotes++];
	memset(note, 0, sizeof *note);
	note->text = text;
	note->skipped = skipped;
	return note;
}

static struct prof_note *
find_note(struct prof_profile *p, prof_str text, bool skipped)
{
	uint32_t i;

	for (i = 0; i < p->nnotes; i++)
		if (p->note[i].text == text && p->note[i].skipped == skipped)
			return &p->note[i];
	return prof_profile_add_note(p, text, skipped);
}

void
prof_profile_note(struct prof_profile *p, const char *text, uint64_t where,
    bool skipped)
{
	struct prof_note *note = find_note(p, prof_strs_adds(&p->strs, text),
	    skipped);

	if (note->count < PROF_NOTE_PLACES)
		note->where[note->count] = where;
	note->count++;
}

uint64_t
prof_profile_skipped(const struct prof_profile *p)
{
	uint64_t sum = 0;
	uint32_t i;

	for (i = 0; i < p->nnotes; i++)
		if (p->note[i].skipped)
			sum += p->note[i].count;
	return sum;
}

unsigned
prof_profile_default(const struct prof_profile *p)
{
	unsigned c;

	if (p->meta.default_type != 0)
		for (c = 0; c < p->ntypes; c++)
			if (p->type[c].type == p->meta.default_type)
				return c;
	return p->ntypes > 0 ? p->ntypes - 1 : 0;
}

int
prof_profile_column(const struct prof_profile *p, const char *type)
{
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		if (strcmp(prof_profile_str(p, p->type[c].type), type) == 0)
			return (int)c;
	return -1;
}
