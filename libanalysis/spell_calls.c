/* SPDX-License-Identifier: MIT */
#include "libanalysis/spell_calls.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/origin.h"

#define LONGEST (1 << 20)	/* bytes of a stack's name */

/* A function where it is in a stack: one line of a location, or all of it. */
struct unit {
	prof_loc loc;
	prof_fn fn;		/* 0: not known */
	prof_str name;
};

struct pair {
	prof_str caller;	/* name; 0: none */
	uint32_t callee;	/* unit */
	prof_loc loc;		/* that stands for both */
};

struct speller {
	struct prof_profile *p;
	struct prof_builder b;
	struct prof_buf name;
	struct unit *unit;	/* lines, then locations without lines */
	uint32_t nline, nloc;	/* before anything was added */
	struct pair *pair;
	uint32_t npairs;
	size_t pair_cap;
	struct prof_map map;
	uint64_t seed;
	uint32_t *chain;	/* units of a stack, leaf first */
	prof_loc *frame;
	size_t n, chain_cap, frame_cap;
};

static prof_str
name_of(const struct prof_function *f)
{
	return f->name != 0 ? f->name : f->system;
}

/* What has no function is called by its module. */
static prof_str
name_module(struct speller *s, const struct prof_location *l)
{
	const char *module = prof_name_base(prof_place_of(s->p, l,
	    NULL).module);

	prof_buf_clear(&s->name);
	if (module[0] == '[')
		prof_buf_adds(&s->name, module);
	else
		prof_buf_addf(&s->name, "[%s]", module[0] != '\0' ? module :
		    "unknown");
	return prof_strs_add(&s->p->strs, s->name.data, s->name.len);
}

static void
find_units(struct speller *s)
{
	struct prof_profile *p = s->p;
	const struct prof_location *l;
	struct unit *u;
	prof_loc id;
	uint32_t i;

	s->nline = p->nline;
	s->nloc = p->nloc;
	s->unit = prof_zalloc((size_t)p->nline + p->nloc + 1,
	    sizeof *s->unit);
	for (id = 1; id <= p->nloc; id++) {
		l = prof_profile_loc(p, id);
		for (i = 0; i < l->nlines; i++) {
			u = &s->unit[l->first_line + i];
			u->loc = id;
			u->fn = p->line[l->first_line + i].fn;
			u->name = name_of(prof_profile_fn(p, u->fn));
		}
		if (l->nlines == 0) {
			u = &s->unit[s->nline + id - 1];
			u->loc = id;
			u->name = name_module(s, l);
		}
	}
}

/* The units of a stack. */
static void
find_chain(struct speller *s, prof_stack stack)
{
	const struct prof_location *l;
	const prof_loc *run;
	size_t i, n;
	uint32_t k;

	run = prof_profile_stack(s->p, stack, &n);
	for (i = 0, s->n = 0; i < n; i++) {
		l = prof_profile_loc(s->p, run[i]);
		PROF_RESERVE(s->chain, s->chain_cap, s->n + l->nlines + 1);
		for (k = 0; k < l->nlines; k++)
			s->chain[s->n++] = l->first_line + k;
		if (l->nlines == 0)
			s->chain[s->n++] = s->nline + run[i] - 1;
	}
}

static void
add_name(struct speller *s, prof_str name)
{
	prof_buf_add(&s->name, prof_profile_str(s->p, name),
	    prof_strs_len(&s->p->strs, name));
}

/* --- edges ---------------------------------------------------------------- */

/* What tells functions of one name apart is taken from the callee. */
static struct prof_function
name_edge(struct speller *s, prof_str caller, prof_str callee,
    const struct prof_function *of)
{
	struct prof_function f = { .name = callee };

	if (of != NULL) {
		f.file = of->file;
		f.start = of->start;
	}
	if (caller == 0)
		return f;
	prof_buf_clear(&s->name);
	add_name(s, caller);
	prof_buf_addc(&s->name, ';');
	add_name(s, callee);
	f.name = prof_strs_add(&s->p->strs, s->name.data, s->name.len);
	return f;
}

static prof_loc
make_edge(struct speller *s, prof_str caller, const struct unit *u)
{
	struct prof_location l = *prof_profile_loc(s->p, u->loc), to = { 0 };
	struct prof_function of = { 0 };
	struct prof_line line = { 0 };

	if (u->fn != 0)
		of = *prof_profile_fn(s->p, u->fn);
	if (of.file == 0)
		to.mapping = l.mapping;
	to.kind = l.kind;
	line.fn = prof_builder_function(&s->b, name_edge(s, caller, u->name,
	    &of));
	return prof_builder_location(&s->b, to, &line, 1);
}

static prof_loc
edge_of(struct speller *s, prof_str caller, uint32_t callee)
{
	uint64_t hash = prof_hash_add(s->seed, s->seed ^ caller, callee);
	struct pair *p;
	uint32_t at, i;

	for (i = prof_map_first(&s->map, hash, &at); i != 0;
	    i = prof_map_next(&s->map, hash, &at)) {
		p = &s->pair[i - 1];
		if (p->caller == caller && p->callee == callee)
			return p->loc;
	}
	PROF_RESERVE(s->pair, s->pair_cap, (size_t)s->npairs + 1);
	p = &s->pair[s->npairs++];
	p->caller = caller;
	p->callee = callee;
	p->loc = make_edge(s, caller, &s->unit[callee]);
	prof_map_put(&s->map, hash, s->npairs);
	return p->loc;
}

static prof_stack
spell_edges(struct speller *s)
{
	size_t i;

	PROF_RESERVE(s->frame, s->frame_cap, s->n);
	for (i = 0; i < s->n; i++)
		s->frame[i] = edge_of(s, i + 1 < s->n ?
		    s->unit[s->chain[i + 1]].name : 0, s->chain[i]);
	return prof_builder_stack(&s->b, s->frame, s->n);
}

/* --- stacks --------------------------------------------------------------- */

/*
 * Names from the root to the leaf.  Of more than a megabyte the rest, which
 * a small file can make as long as it likes, is a hash.
 */
static void
name_stack(struct speller *s)
{
	const char *name;
	uint64_t rest = PROF_HASH_FIXED;
	size_t i;
	prof_str of;

	prof_buf_clear(&s->name);
	for (i = s->n; i-- > 0 && s->name.len < LONGEST; ) {
		if (i + 1 < s->n)
			prof_buf_addc(&s->name, ';');
		add_name(s, s->unit[s->chain[i]].name);
	}
	if (s->name.len < LONGEST || i + 1 == 0)
		return;
	for (i++; i-- > 0; ) {
		of = s->unit[s->chain[i]].name;
		name = prof_profile_str(s->p, of);
		rest = prof_hash_mix(rest, prof_hash_bytes(PROF_HASH_FIXED,
		    name, prof_strs_len(&s->p->strs, of)));
	}
	prof_buf_addf(&s->name, ";... %016" PRIx64, rest);
}

static prof_stack
spell_stack(struct speller *s)
{
	struct prof_location nowhere = { 0 };
	struct prof_function f = { 0 };
	struct prof_line line = { 0 };
	prof_loc loc;

	name_stack(s);
	f.name = prof_strs_add(&s->p->strs, s->name.data, s->name.len);
	line.fn = prof_builder_function(&s->b, f);
	loc = prof_builder_location(&s->b, nowhere, &line, 1);
	return prof_builder_stack(&s->b, &loc, 1);
}

static void
spell_stacks(struct speller *s, enum prof_granularity by)
{
	struct prof_profile *p = s->p;
	uint32_t n = p->stacks.n, i;
	prof_stack *to = prof_zalloc((size_t)n + 1, sizeof *to), k;

	find_units(s);
	for (i = 0; i < p->nsamples; i++) {
		k = p->stack[i];
		if (k != 0 && to[k] == 0) {
			find_chain(s, k);
			to[k] = by == PROF_BY_EDGE ? spell_edges(s) :
			    spell_stack(s);
		}
		p->stack[i] = to[k];
	}
	free(to);
}

/* --- edges that were measured --------------------------------------------- */

/* Whether every number of a call is known by caller, too. */
static bool
are_measured(const struct prof_edges *e)
{
	unsigned c;

	for (c = 0; c < e->ntypes; c++)
		if (!e->exact[c])
			return false;
	return e->n > 0;
}

/*
 * What a function has beyond its edges, or all of one without: it was
 * called by what was not measured.
 */
static void
keep_rest(struct prof_profile *p, uint32_t i, const prof_i128 *called,
    bool any)
{
	struct prof_edges *e = &p->edges;
	const prof_i128 *of = called + (size_t)e->callee[i] * e->ntypes;
	prof_i128 rest, self = 0;
	unsigned c;

	for (c = 0; c < e->ntypes && any; c++) {
		rest = e->value[c][i] - of[c];
		/* Sums of rounded numbers, and of recursive calls. */
		if (rest <= e->error[c] || !prof_num_fits(rest))
			rest = 0;
		if (e->role[c] == PROF_EDGE_SELF)
			self = rest;
		else if (e->role[c] == PROF_EDGE_TOTAL && rest < self)
			rest = self;
		e->value[c][i] = (int64_t)rest;
	}
}

/* By function and column: the sum of all calls of it; to be freed. */
static prof_i128 *
sum_calls(const struct prof_profile *p, bool *any)
{
	const struct prof_edges *e = &p->edges;
	prof_i128 *sum = prof_zalloc(((size_t)p->nfn + 1) * e->ntypes + 1,
	    sizeof *sum);
	unsigned c;
	uint32_t i;

	for (i = 0; i < e->n; i++) {
		if (e->caller[i] == 0)
			continue;
		any[e->callee[i]] = true;
		for (c = 0; c < e->ntypes; c++)
			sum[(size_t)e->callee[i] * e->ntypes + c] +=
			    e->value[c][i];
	}
	return sum;
}

/* Each call becomes a function: its edges are all that is known. */
static void
spell_measured(struct speller *s)
{
	struct prof_profile *p = s->p;
	struct prof_edges *e = &p->edges;
	bool *any = prof_zalloc((size_t)p->nfn + 1, sizeof *any);
	prof_i128 *called = sum_calls(p, any);
	struct prof_function caller, callee;
	uint32_t i;

	for (i = 0; i < e->n; i++) {
		if (e->caller[i] == 0) {
			keep_rest(p, i, called, any[e->callee[i]]);
			continue;
		}
		caller = *prof_profile_fn(p, e->caller[i]);
		callee = *prof_profile_fn(p, e->callee[i]);
		e->callee[i] = prof_builder_function(&s->b, name_edge(s,
		    name_of(&caller), name_of(&callee), &callee));
		e->caller[i] = 0;
	}
	free(any);
	free(called);
}

void
prof_spell_calls(struct prof_profile *p, enum prof_granularity by)
{
	struct speller s = { .p = p, .seed = prof_hash_seed() };

	if (by == PROF_BY_EDGE && are_measured(&p->edges)) {
		if (p->meta.estimated) {
			prof_profile_drop_samples(p);
			p->meta.estimated = false;
		}
	} else {
		prof_profile_drop_edges(p);
	}
	prof_builder_init(&s.b, p, NULL);
	if (p->edges.n > 0)
		spell_measured(&s);
	spell_stacks(&s, by);
	prof_builder_release(&s.b);
	prof_buf_release(&s.name);
	prof_map_release(&s.map);
	free(s.unit);
	free(s.pair);
	free(s.chain);
	free(s.frame);
}
