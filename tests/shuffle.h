/* SPDX-License-Identifier: MIT */
#ifndef TESTS_SHUFFLE_H
#define TESTS_SHUFFLE_H

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/profile.h"
#include "tests/random.h"

/*
 * A copy of a profile that says the same with other ids: every table in
 * another order, with rows between that nothing uses.
 */

struct shuffling {
	const struct prof_profile *from;
	struct prof_profile *to;
	struct test_random r;
	uint32_t *str, *fn, *mod, *loc, *stack, *set;	/* new ids */
};

/* The ids 1 to n in any order, in order[0..n). */
static inline uint32_t *
shuffle_ids(struct shuffling *s, uint32_t n)
{
	uint32_t *order = prof_alloc((size_t)n + 1, sizeof *order), i, k, t;

	for (i = 0; i < n; i++)
		order[i] = i + 1;
	for (i = n; i > 1; i--) {
		k = test_random_below(&s->r, i);
		t = order[i - 1];
		order[i - 1] = order[k];
		order[k] = t;
	}
	return order;
}

static inline void
shuffle_strs(struct shuffling *s)
{
	const struct prof_strs *strs = &s->from->strs;
	uint32_t *order = shuffle_ids(s, (uint32_t)strs->n), i;

	for (i = 0; i < strs->n; i++) {
		if (i % 3 == 0)
			prof_strs_add(&s->to->strs, &"unused..."[i % 7],
			    3);
		s->str[order[i]] = prof_strs_add(&s->to->strs,
		    prof_strs_get(strs, order[i]),
		    prof_strs_len(strs, order[i]));
	}
	free(order);
}

static inline void
shuffle_fns(struct shuffling *s)
{
	uint32_t *order = shuffle_ids(s, s->from->nfn), i;
	struct prof_function f;

	for (i = 0; i < s->from->nfn; i++) {
		f = *prof_profile_fn(s->from, order[i]);
		f.name = s->str[f.name];
		f.system = s->str[f.system];
		f.file = s->str[f.file];
		if (i % 4 == 0)
			prof_profile_add_fn(s->to, f);
		s->fn[order[i]] = prof_profile_add_fn(s->to, f);
	}
	free(order);
}

static inline void
shuffle_mods(struct shuffling *s)
{
	uint32_t *order = shuffle_ids(s, s->from->nmod), i;
	struct prof_mapping m;

	for (i = 0; i < s->from->nmod; i++) {
		m = *prof_profile_mod(s->from, order[i]);
		m.file = s->str[m.file];
		m.build_id = s->str[m.build_id];
		s->mod[order[i]] = prof_profile_add_mod(s->to, m);
		m.start /= 2;
		m.limit /= 2;
		if (i % 4 == 0)
			prof_profile_add_mod(s->to, m);
	}
	free(order);
}

static inline void
shuffle_locs(struct shuffling *s)
{
	uint32_t *order = shuffle_ids(s, s->from->nloc), i, k;
	struct prof_location l;
	struct prof_line line[8];

	for (i = 0; i < s->from->nloc; i++) {
		l = *prof_profile_loc(s->from, order[i]);
		for (k = 0; k < l.nlines; k++) {
			line[k] = s->from->line[l.first_line + k];
			line[k].fn = s->fn[line[k].fn];
		}
		l.mapping = s->mod[l.mapping];
		s->loc[order[i]] = prof_profile_add_loc(s->to, l, line,
		    l.nlines);
		l.address += 5;
		if (i % 4 == 0)
			prof_profile_add_loc(s->to, l, line, l.nlines);
	}
	free(order);
}

static inline uint32_t
shuffle_run(struct prof_runs *r, size_t n)
{
	uint64_t used = r->n > 0 ? r->end[r->n] : 0;

	PROF_RESERVE(r->end, r->end_cap, (size_t)r->n + 2);
	r->end[0] = 0;
	r->end[++r->n] = used + n;
	return r->n;
}

static inline void
shuffle_stacks(struct shuffling *s)
{
	struct prof_profile *to = s->to;
	uint32_t *order = shuffle_ids(s, s->from->stacks.n), i;
	uint64_t used = 0;
	const prof_loc *run;
	size_t k, n;

	for (i = 0; i < s->from->stacks.n; i++) {
		run = prof_profile_stack(s->from, order[i], &n);
		PROF_RESERVE(to->frame, to->stacks.cap, (size_t)used + n);
		for (k = 0; k < n; k++)
			to->frame[used + k] = s->loc[run[k]];
		used += n;
		s->stack[order[i]] = shuffle_run(&to->stacks, n);
	}
	free(order);
}

static inline void
shuffle_sets(struct shuffling *s)
{
	struct prof_profile *to = s->to;
	uint32_t *order = shuffle_ids(s, s->from->sets.n), i;
	uint64_t used = 0;
	const struct prof_label *l;
	size_t k, n;

	for (i = 0; i < s->from->sets.n; i++) {
		l = prof_profile_set(s->from, order[i], &n);
		PROF_RESERVE(to->label, to->sets.cap, (size_t)used + n);
		for (k = 0; k < n; k++, used++) {
			to->label[used] = l[k];
			to->label[used].key = s->str[l[k].key];
			to->label[used].str = s->str[l[k].str];
			to->label[used].unit = s->str[l[k].unit];
		}
		s->set[order[i]] = shuffle_run(&to->sets, n);
	}
	free(order);
}

static inline void
shuffle_samples(struct shuffling *s)
{
	const struct prof_profile *from = s->from;
	struct prof_profile *to = s->to;
	uint32_t *order = shuffle_ids(s, from->nsamples), i;
	unsigned c;

	to->nsamples = from->nsamples;
	to->stack = prof_alloc(from->nsamples, sizeof *to->stack);
	to->set = prof_alloc(from->nsamples, sizeof *to->set);
	if (from->time != NULL)
		to->time = prof_alloc(from->nsamples, sizeof *to->time);
	for (c = 0; c < from->ntypes; c++) {
		prof_profile_add_type(to, s->str[from->type[c].type],
		    s->str[from->type[c].unit]);
		to->type[c].num = from->type[c].num;
		to->type[c].den = from->type[c].den;
		to->value[c] = prof_alloc(from->nsamples,
		    sizeof *to->value[c]);
		for (i = 0; i < from->nsamples; i++)
			to->value[c][i] = from->value[c][order[i] - 1];
	}
	for (i = 0; i < from->nsamples; i++) {
		to->stack[i] = s->stack[from->stack[order[i] - 1]];
		to->set[i] = s->set[from->set[order[i] - 1]];
		if (from->time != NULL)
			to->time[i] = from->time[order[i] - 1];
	}
	free(order);
}

static inline void
shuffle_edges(struct shuffling *s)
{
	const struct prof_edges *e = &s->from->edges;
	struct prof_edges *to = &s->to->edges;
	uint32_t *order = shuffle_ids(s, e->n), i, k;
	int64_t value[PROF_EDGE_COLS_MAX];
	unsigned c;

	to->ntypes = e->ntypes;
	for (c = 0; c < e->ntypes; c++) {
		to->type[c] = e->type[c];
		to->type[c].type = s->str[e->type[c].type];
		to->type[c].unit = s->str[e->type[c].unit];
		to->exact[c] = e->exact[c];
		to->role[c] = e->role[c];
		to->error[c] = e->error[c];
	}
	for (i = 0; i < e->n; i++) {
		k = order[i] - 1;
		for (c = 0; c < e->ntypes; c++)
			value[c] = e->value[c][k];
		prof_profile_add_edge(s->to, s->fn[e->caller[k]],
		    s->fn[e->callee[k]], e->line[k], value);
	}
	free(order);
}

static inline void
shuffle_head(struct shuffling *s)
{
	const struct prof_profile *from = s->from;
	struct prof_meta *m = &s->to->meta;
	uint32_t *order = shuffle_ids(s, from->ncomments), i;
	uint64_t k;

	*m = from->meta;
	m->period_type = s->str[m->period_type];
	m->period_unit = s->str[m->period_unit];
	m->default_type = s->str[m->default_type];
	m->doc_url = s->str[m->doc_url];
	m->drop_frames = s->str[m->drop_frames];
	m->keep_frames = s->str[m->keep_frames];
	m->format = s->str[m->format];
	m->dialect = s->str[m->dialect];
	for (i = 0; i < from->ncomments; i++)
		prof_profile_add_comment(s->to,
		    s->str[from->comment[order[i] - 1]]);
	free(order);
	order = shuffle_ids(s, from->nnotes);
	for (i = 0; i < from->nnotes; i++)
		for (k = from->note[order[i] - 1].count; k > 0; k--)
			prof_profile_note(s->to, prof_profile_str(from,
			    from->note[order[i] - 1].text), k,
			    from->note[order[i] - 1].skipped);
	free(order);
}

static inline void
shuffle_profile(const struct prof_profile *from, struct prof_profile *to,
    uint64_t seed)
{
	struct shuffling s = { .from = from, .to = to, .r = { seed } };

	memset(to, 0, sizeof *to);
	s.str = prof_zalloc(from->strs.n + 1, sizeof *s.str);
	s.fn = prof_zalloc((size_t)from->nfn + 1, sizeof *s.fn);
	s.mod = prof_zalloc((size_t)from->nmod + 1, sizeof *s.mod);
	s.loc = prof_zalloc((size_t)from->nloc + 1, sizeof *s.loc);
	s.stack = prof_zalloc((size_t)from->stacks.n + 1, sizeof *s.stack);
	s.set = prof_zalloc((size_t)from->sets.n + 1, sizeof *s.set);
	shuffle_strs(&s);
	shuffle_fns(&s);
	shuffle_mods(&s);
	shuffle_locs(&s);
	shuffle_stacks(&s);
	shuffle_sets(&s);
	shuffle_samples(&s);
	shuffle_edges(&s);
	shuffle_head(&s);
	free(s.str);
	free(s.fn);
	free(s.mod);
	free(s.loc);
	free(s.stack);
	free(s.set);
}

#endif
