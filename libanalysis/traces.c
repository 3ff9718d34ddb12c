/* SPDX-License-Identifier: MIT */
#include "libanalysis/traces.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/frames.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define FEW 32		/* stacks that are compared, not sorted by keys */

/* A walk over the rows of a stack, from the root. */
struct walk {
	const prof_loc *run;
	size_t left;
	uint32_t nrows;		/* of run[left], still to come */
};

/* Stacks whose order is not known yet: they agree up to their walks. */
struct segment {
	uint32_t from, n;
};

struct order {
	const struct prof_rows *v;
	const struct prof_trace *trace;
	const uint32_t *rank;	/* by row: its place in order of names */
	unsigned bits;		/* that a rank takes */
	struct walk *walk;	/* by stack */
	uint64_t *key;		/* by stack: ranks of the next rows */
	struct segment *todo;
	size_t ntodo, cap;
	bool *same;		/* by place: looks like the one before */
};

/* The next row, 0 behind the last one. */
static uint32_t
next(struct walk *w, const struct prof_rows *v)
{
	const uint32_t *rows;
	size_t n;

	if (w->nrows == 0) {
		if (w->left == 0)
			return 0;
		rows = prof_rows_of(v, w->run[--w->left], &n);
		w->nrows = (uint32_t)n;
	} else {
		rows = prof_rows_of(v, w->run[w->left], &n);
	}
	return rows[--w->nrows];
}

static int
cmp_rest(const void *ctx, uint32_t a, uint32_t b)
{
	const struct order *o = ctx;
	struct walk x = o->walk[a], y = o->walk[b];
	uint32_t r, s;

	do {
		r = o->rank[next(&x, o->v)];
		s = o->rank[next(&y, o->v)];
	} while (r == s && r != 0);
	return (r > s) - (r < s);
}

/* As many ranks as a key holds; 0 for those behind the last row. */
static uint64_t
take_key(const struct order *o, struct walk *w)
{
	uint64_t key = 0;
	unsigned used;

	for (used = o->bits; used <= 64; used += o->bits)
		key = key << o->bits | o->rank[next(w, o->v)];
	return key;
}

static void
push(struct order *o, size_t from, size_t n)
{
	PROF_RESERVE(o->todo, o->cap, o->ntodo + 1);
	o->todo[o->ntodo].from = (uint32_t)from;
	o->todo[o->ntodo++].n = (uint32_t)n;
}

/* Order by the next rows; those that agree in them are looked at again. */
static void
split(struct order *o, uint32_t *ids, struct segment s)
{
	size_t i, end, last = (size_t)s.from + s.n, k;
	uint64_t key;

	for (i = s.from; i < last; i++)
		o->key[ids[i]] = take_key(o, &o->walk[ids[i]]);
	prof_sort_keys(ids + s.from, s.n, o->key, NULL, NULL);
	for (i = s.from; i < last; i = end) {
		key = o->key[ids[i]];
		for (end = i + 1; end < last && o->key[ids[end]] == key;)
			end++;
		if ((key & ((UINT64_C(1) << o->bits) - 1)) != 0) {
			if (end - i > 1)
				push(o, i, end - i);
			continue;
		}
		for (k = i + 1; k < end; k++)
			o->same[k] = true;
	}
}

/*
 * Stacks by their names from the root.  Comparing them in pairs would walk
 * what they have in common again for each; so each is walked once, some
 * rows at a time, as far as others go along with it.
 */
static void
sort_stacks(struct order *o, uint32_t *ids, uint32_t n)
{
	struct segment s;
	uint32_t i;

	push(o, 0, n);
	while (o->ntodo > 0) {
		s = o->todo[--o->ntodo];
		if (s.n >= FEW) {
			split(o, ids, s);
			continue;
		}
		prof_sort_ids(ids + s.from, s.n, cmp_rest, o);
		for (i = s.from + 1; i < s.from + s.n; i++)
			o->same[i] = cmp_rest(o, ids[i - 1], ids[i]) == 0;
	}
}

static int
cmp_labels(const struct prof_profile *p, prof_set a, prof_set b)
{
	const struct prof_label *x, *y;
	size_t i, n, m;
	int d = 0;

	if (a == b)
		return 0;
	x = prof_profile_set(p, a, &n);
	y = prof_profile_set(p, b, &m);
	for (i = 0; i < n && i < m && d == 0; i++) {
		d = prof_strs_cmp(&p->strs, x[i].key, y[i].key);
		if (d == 0)
			d = prof_strs_cmp(&p->strs, x[i].str, y[i].str);
		if (d == 0)
			d = (x[i].num > y[i].num) - (x[i].num < y[i].num);
		if (d == 0)
			d = prof_strs_cmp(&p->strs, x[i].unit, y[i].unit);
	}
	return d != 0 ? d : (n > m) - (n < m);
}

static int
cmp_traces(const void *ctx, uint32_t a, uint32_t b)
{
	const struct order *o = ctx;
	const struct prof_trace *x = &o->trace[a], *y = &o->trace[b];
	int d = cmp_labels(o->v->p, x->set, y->set);

	return d != 0 ? d : (x->time > y->time) - (x->time < y->time);
}

/* Rows that look alike have the same rank, from 1. */
static uint32_t *
rank_rows(const struct prof_rows *v, unsigned *bits)
{
	uint32_t *rank = prof_zalloc((size_t)v->n + 1, sizeof *rank);
	uint32_t *ids = prof_alloc((size_t)v->n + 1, sizeof *ids), i, n = 0;
	struct prof_frames frames;

	prof_frames_init(&frames, v);
	for (i = 0; i < v->n; i++)
		ids[i] = i + 1;
	prof_sort_ids(ids, v->n, prof_frames_cmp, &frames);
	for (i = 0; i < v->n; i++) {
		if (i == 0 || prof_frames_cmp(&frames, ids[i - 1],
		    ids[i]) != 0)
			n++;
		rank[ids[i]] = n;
	}
	for (*bits = 1; *bits < 32 && n >> *bits != 0;)
		++*bits;
	prof_frames_release(&frames);
	free(ids);
	return rank;
}

static void
collect(struct prof_traces *t, unsigned column)
{
	const struct prof_profile *p = t->about.p;
	struct prof_trace *x;
	uint32_t i;

	t->trace = prof_alloc((size_t)p->nsamples + 1, sizeof *t->trace);
	for (i = 0; i < p->nsamples; i++) {
		if (p->value[column][i] == 0)
			continue;
		x = &t->trace[t->n++];
		x->stack = p->stack[i];
		x->set = p->set[i];
		x->time = p->time != NULL ? p->time[i] : 0;
		x->value = p->value[column][i];
	}
}

/* Place of each stack of a trace, by stack id; alike ones have one. */
static uint64_t *
rank_stacks(const struct prof_traces *t, struct order *o)
{
	const struct prof_profile *p = t->about.p;
	size_t all = (size_t)p->stacks.n + 1;
	uint32_t *ids = prof_alloc(all, sizeof *ids), i, n = 0, place = 0;
	uint64_t *rank = prof_zalloc(all, sizeof *rank);

	o->walk = prof_zalloc(all, sizeof *o->walk);
	o->same = prof_zalloc(all, sizeof *o->same);
	o->key = rank;
	for (i = 0; i < t->n; i++)
		rank[t->trace[i].stack] = 1;
	for (i = 0; i <= p->stacks.n; i++) {
		if (rank[i] == 0)
			continue;
		o->walk[i].run = prof_profile_stack(p, i, &o->walk[i].left);
		ids[n++] = i;
	}
	if (n > 0)
		sort_stacks(o, ids, n);
	for (i = 0; i < n; i++) {
		place += !o->same[i];
		rank[ids[i]] = place;
	}
	free(o->todo);
	free(o->same);
	free(o->walk);
	free(ids);
	return rank;
}

static void
sort_and_join(struct prof_traces *t, struct order *o)
{
	uint32_t *ids = prof_alloc((size_t)t->n + 1, sizeof *ids), i, n = 0;
	uint64_t *rank = rank_stacks(t, o);
	uint64_t *key = prof_alloc((size_t)t->n + 1, sizeof *key);
	struct prof_trace *sorted = prof_alloc((size_t)t->n + 1,
	    sizeof *sorted);

	for (i = 0; i < t->n; i++) {
		ids[i] = i;
		key[i] = rank[t->trace[i].stack];
	}
	free(rank);
	prof_sort_keys(ids, t->n, key, cmp_traces, o);
	for (i = 0; i < t->n; i++) {
		if (i > 0 && key[ids[i - 1]] == key[ids[i]] &&
		    cmp_traces(o, ids[i - 1], ids[i]) == 0)
			sorted[n - 1].value += t->trace[ids[i]].value;
		else
			sorted[n++] = t->trace[ids[i]];
	}
	free(key);
	free(ids);
	free(t->trace);
	t->trace = sorted;
	t->n = n;
}

void
prof_traces_init(struct prof_traces *t, const struct prof_rows *rows,
    unsigned column)
{
	struct order o = { .v = rows };
	uint32_t *rank = rank_rows(rows, &o.bits);

	memset(t, 0, sizeof *t);
	prof_about_init(&t->about, rows->p, column);
	t->about.measured = false;
	t->rows = rows;
	if (column < rows->p->ntypes) {
		collect(t, column);
		o.trace = t->trace;
		o.rank = rank;
		sort_and_join(t, &o);
	}
	t->shown = t->n;
	free(rank);
}

void
prof_traces_limit(struct prof_traces *t, uint64_t limit)
{
	t->shown = limit != 0 && limit < t->n ? (uint32_t)limit : t->n;
}

void
prof_traces_release(struct prof_traces *t)
{
	free(t->trace);
	memset(t, 0, sizeof *t);
}
