/* SPDX-License-Identifier: MIT */
#include "libanalysis/match_neighbours.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

struct entry {
	uint32_t list;		/* (number - 1) * 2 + direction */
	struct prof_neighbour to;
};

struct gatherer {
	struct prof_neighbours *v;
	const struct prof_diff *d;
	struct prof_map map;
	uint64_t seed;
	struct entry *entry;
	uint32_t n;
	size_t cap;
};

static void
add(struct gatherer *g, uint32_t number, enum prof_direction direction,
    uint32_t class, double weight)
{
	uint32_t list = (number - 1) * PROF_DIRECTIONS + direction, at, i;
	uint64_t hash = prof_hash_add(g->seed, g->seed ^ list, class);
	struct entry *e;

	for (i = prof_map_first(&g->map, hash, &at); i != 0;
	    i = prof_map_next(&g->map, hash, &at)) {
		e = &g->entry[i - 1];
		if (e->list == list && e->to.class == class) {
			e->to.weight += weight;
			return;
		}
	}
	PROF_RESERVE(g->entry, g->cap, (size_t)g->n + 1);
	g->entry[g->n++] = (struct entry){ list, { class, weight } };
	prof_map_put(&g->map, hash, g->n);
}

static void
add_call(struct gatherer *g, uint32_t caller, uint32_t callee, double weight)
{
	const uint32_t *at = g->v->at;

	if (caller == callee)
		return;
	if (at[caller] != 0)
		add(g, at[caller], PROF_CALLEES, callee, weight);
	if (at[callee] != 0)
		add(g, at[callee], PROF_CALLERS, caller, weight);
}

/* Which locations stand for a class that is asked for. */
static bool *
find_asked(const struct gatherer *g, unsigned run)
{
	const struct prof_rows *rows = g->d->run[run].rows;
	const uint32_t *class_of = g->d->match.class_of[run], *row;
	bool *asked = prof_zalloc((size_t)rows->p->nloc + 1, sizeof *asked);
	size_t i, n;
	prof_loc l;

	for (l = 1; l <= rows->p->nloc; l++) {
		row = prof_rows_of(rows, l, &n);
		for (i = 0; i < n; i++)
			asked[l] |= g->v->at[class_of[row[i]]] != 0;
	}
	return asked;
}

/* One run while its stacks are walked. */
struct walk {
	const struct prof_rows *rows;
	const uint32_t *class_of;
	uint32_t *only;		/* see prof_rows_only */
	bool *asked;
};

static uint32_t
step(struct gatherer *g, const struct walk *w, prof_loc loc, uint32_t callee,
    double weight)
{
	uint32_t class = w->only[loc];
	const uint32_t *row;
	size_t k, n;

	if (class != 0) {
		add_call(g, class, callee, weight);
		return class;
	}
	row = prof_rows_of(w->rows, loc, &n);
	for (k = 0; k < n; k++) {
		class = w->class_of[row[k]];
		add_call(g, class, callee, weight);
		callee = class;
	}
	return callee;
}

/* Most frames are neither asked for nor beside one that is. */
static void
walk_stack(struct gatherer *g, const struct walk *w, const prof_loc *frame,
    size_t n, double weight)
{
	bool before = false, here = w->asked[frame[0]], next;
	uint32_t callee = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		next = i + 1 < n && w->asked[frame[i + 1]];
		if (before | here | next)
			callee = step(g, w, frame[i], callee, weight);
		before = here;
		here = next;
	}
}

static void
walk_stacks(struct gatherer *g, unsigned run)
{
	const struct prof_diff_run *r = &g->d->run[run];
	const struct prof_profile *p = r->rows->p;
	struct walk w = { r->rows, g->d->match.class_of[run], NULL,
	    find_asked(g, run) };
	double factor = (double)g->d->factor[run];
	int64_t *weight = prof_alloc((size_t)p->stacks.n + 1, sizeof *weight);
	struct prof_err err = { 0 };
	const prof_loc *frame;
	prof_stack s;
	size_t n;

	w.only = prof_rows_only(w.rows, w.class_of);
	if (prof_flat_weights(p, r->column, weight, &err) == PROF_OK)
		for (s = 1; s <= p->stacks.n; s++) {
			frame = prof_profile_stack(p, s, &n);
			if (weight[s] > 0 && n > 0)
				walk_stack(g, &w, frame, n,
				    (double)weight[s] * factor);
		}
	free(weight);
	free(w.only);
	free(w.asked);
}

static void
walk_edges(struct gatherer *g, unsigned run)
{
	const struct prof_diff_run *r = &g->d->run[run];
	const struct prof_edges *e = &r->rows->p->edges;
	const uint32_t *class_of = g->d->match.class_of[run];
	double factor = (double)g->d->factor[run];
	int total = prof_profile_edge_column(r->rows->p, PROF_EDGE_TOTAL,
	    r->rows->p->type[r->column].type);
	uint32_t i, row;

	for (i = 0; i < e->n && total >= 0; i++)
		if (e->caller[i] != 0 && e->value[total][i] > 0)
			add_call(g, class_of[prof_rows_of_fn(r->rows,
			    e->caller[i])], class_of[prof_rows_of_fn(r->rows,
			    e->callee[i])], (double)e->value[total][i] *
			    factor);
	for (row = 1; row <= r->flat->n; row++)
		if (g->v->at[class_of[row]] != 0 && r->flat->self[row] > 0)
			add(g, g->v->at[class_of[row]], PROF_CALLEES, 0,
			    (double)r->flat->self[row] * factor);
}

static int
by_list(const void *ctx, uint32_t a, uint32_t b)
{
	const struct entry *entry = ctx, *x = &entry[a], *y = &entry[b];

	if (x->list != y->list)
		return x->list < y->list ? -1 : 1;
	if (x->to.weight != y->to.weight)
		return x->to.weight > y->to.weight ? -1 : 1;
	return x->to.class < y->to.class ? -1 : x->to.class > y->to.class;
}

static void
publish(struct gatherer *g)
{
	struct prof_neighbours *v = g->v;
	size_t lists = (size_t)v->n * PROF_DIRECTIONS, i, n = 0;
	uint32_t *order = prof_alloc((size_t)g->n + 1, sizeof *order), k = 0;
	const struct entry *e;

	for (k = 0; k < g->n; k++)
		order[k] = k;
	prof_sort_ids(order, g->n, by_list, g->entry);
	v->of = prof_alloc((size_t)g->n + 1, sizeof *v->of);
	v->first = prof_zalloc(lists + 1, sizeof *v->first);
	v->all = prof_zalloc(lists + 1, sizeof *v->all);
	for (i = 0, k = 0; i < lists; i++) {
		v->first[i] = n;
		for (; k < g->n && g->entry[order[k]].list == i; k++) {
			e = &g->entry[order[k]];
			v->all[i] += e->to.weight;
			if (n - v->first[i] < PROF_NEIGHBOURS_MAX)
				v->of[n++] = e->to;
		}
	}
	v->first[lists] = n;
	free(order);
}

void
prof_neighbours_init(struct prof_neighbours *v, const struct prof_diff *d,
    const uint32_t *class, uint32_t n)
{
	struct gatherer g = { .v = v, .d = d, .seed = prof_hash_seed() };
	uint32_t i;
	unsigned r;

	memset(v, 0, sizeof *v);
	v->n = n;
	v->at = prof_zalloc((size_t)d->match.n + 1, sizeof *v->at);
	for (i = 0; i < n; i++)
		v->at[class[i]] = i + 1;
	for (r = 0; r < d->nruns; r++) {
		if (d->run[r].column >= d->run[r].rows->p->ntypes)
			continue;
		if (d->run[r].flat->edges)
			walk_edges(&g, r);
		else
			walk_stacks(&g, r);
	}
	publish(&g);
	prof_map_release(&g.map);
	free(g.entry);
}

void
prof_neighbours_release(struct prof_neighbours *v)
{
	free(v->at);
	free(v->first);
	free(v->of);
	free(v->all);
	memset(v, 0, sizeof *v);
}
