/* SPDX-License-Identifier: MIT */
#include "libanalysis/traces.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/frames.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

struct order {
	const struct prof_rows *v;
	const struct prof_trace *trace;
	const uint32_t *rank;	/* by row: its place in order of names */
};

/* A walk over the rows of a stack, from the root. */
struct walk {
	const prof_loc *run;
	const uint32_t *rows;
	size_t left, nrows;
};

static void
begin(struct walk *w, const struct prof_rows *v, prof_stack stack)
{
	w->run = prof_profile_stack(v->p, stack, &w->left);
	w->nrows = 0;
}

/* The next row, 0 behind the last one. */
static uint32_t
next(struct walk *w, const struct prof_rows *v)
{
	if (w->nrows == 0) {
		if (w->left == 0)
			return 0;
		w->rows = prof_rows_of(v, w->run[--w->left], &w->nrows);
	}
	return w->rows[--w->nrows];
}

static int
cmp_stacks(const struct order *o, prof_stack a, prof_stack b)
{
	struct walk x, y;
	uint32_t r, s;

	if (a == b)
		return 0;
	begin(&x, o->v, a);
	begin(&y, o->v, b);
	do {
		r = o->rank[next(&x, o->v)];
		s = o->rank[next(&y, o->v)];
	} while (r == s && r != 0);
	return (r > s) - (r < s);
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
	int d = cmp_stacks(o, x->stack, y->stack);

	if (d == 0)
		d = cmp_labels(o->v->p, x->set, y->set);
	return d != 0 ? d : (x->time > y->time) - (x->time < y->time);
}

/* Rows that look alike have the same rank, from 1. */
static uint32_t *
rank_rows(const struct prof_rows *v)
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

static void
sort_and_join(struct prof_traces *t, const struct order *o)
{
	uint32_t *ids = prof_alloc((size_t)t->n + 1, sizeof *ids), i, n = 0;
	struct prof_trace *sorted = prof_alloc((size_t)t->n + 1,
	    sizeof *sorted);

	for (i = 0; i < t->n; i++)
		ids[i] = i;
	prof_sort_ids(ids, t->n, cmp_traces, o);
	for (i = 0; i < t->n; i++) {
		if (i > 0 && cmp_traces(o, ids[i - 1], ids[i]) == 0)
			sorted[n - 1].value += t->trace[ids[i]].value;
		else
			sorted[n++] = t->trace[ids[i]];
	}
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
	uint32_t *rank = rank_rows(rows);

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
