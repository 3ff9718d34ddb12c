/* SPDX-License-Identifier: MIT */
#include "libanalysis/guess.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"

#define SPLIT_MIN (PROF_GUESS_WHOLE / 1000000)

/* Steps up paths inside of circles; beyond, no node in a circle is split. */
#define STEPS_MAX (UINT64_C(1) << 26)

struct grower {
	struct prof_guess *t;
	const struct prof_calls *g;
	const int64_t *self, *total;
	uint32_t *heap;		/* nodes to split, the largest rest first */
	uint32_t nheap;
	size_t heap_cap;
	uint32_t *stamp;	/* by function - 1: node it is an ancestor of */
	uint64_t steps;
};

static struct prof_guess_node *
node_of(const struct grower *w, uint32_t id)
{
	return &w->t->node[id - 1];
}

static uint64_t
rest_of(const struct grower *w, uint32_t id)
{
	return node_of(w, id)->value - node_of(w, id)->self;
}

/* Whether a is to be split before b. */
static bool
before(const struct grower *w, uint32_t a, uint32_t b)
{
	uint64_t x = rest_of(w, a), y = rest_of(w, b);

	return x > y || (x == y && a < b);
}

static void
push(struct grower *w, uint32_t id)
{
	uint32_t at = w->nheap++;

	PROF_RESERVE(w->heap, w->heap_cap, w->nheap);
	for (; at > 0 && before(w, id, w->heap[(at - 1) / 2]);
	    at = (at - 1) / 2)
		w->heap[at] = w->heap[(at - 1) / 2];
	w->heap[at] = id;
}

static uint32_t
pop(struct grower *w)
{
	uint32_t top = w->heap[0], last = w->heap[--w->nheap], at = 0, to;

	while ((to = 2 * at + 1) < w->nheap) {
		if (to + 1 < w->nheap &&
		    before(w, w->heap[to + 1], w->heap[to]))
			to++;
		if (!before(w, w->heap[to], last))
			break;
		w->heap[at] = w->heap[to];
		at = to;
	}
	w->heap[at] = last;
	return top;
}

/* v * part / whole, at most v; all of it where whole says nothing. */
static uint64_t
fraction(uint64_t v, int64_t part, int64_t whole)
{
	if (part >= whole)
		return v;
	return part <= 0 ? 0 :
	    (uint64_t)((prof_u128)v * (uint64_t)part / (uint64_t)whole);
}

static void
add_node(struct grower *w, struct prof_guess_node node)
{
	struct prof_guess *t = w->t;

	PROF_RESERVE(t->node, t->cap, (size_t)t->n + 1);
	t->node[t->n++] = node;
	if (node.value - node.self > SPLIT_MIN)
		push(w, t->n);
	else
		t->node[t->n - 1].self = node.value;
}

/* In a circle, the calls of one caller say little of what is self. */
static void
add_child(struct grower *w, uint32_t parent, uint32_t pair, uint64_t value)
{
	struct prof_guess_node node = { .value = value, .parent = parent };

	node.fn = w->g->callee[pair];
	node.depth = node_of(w, parent)->depth + 1;
	node.place = w->g->scc.cyclic[node.fn - 1] ?
	    prof_calls_own(w->g, node.fn) : pair;
	node.self = fraction(value, w->self[node.place],
	    w->total[node.place]);
	add_node(w, node);
}

static void
add_root(struct grower *w, uint32_t f, uint64_t value, uint64_t self)
{
	struct prof_guess_node node = { .value = value, .fn = f };

	node.depth = 1;
	node.place = prof_calls_own(w->g, f);
	if (w->g->scc.cyclic[f - 1])
		self = fraction(value, w->self[node.place],
		    w->total[node.place]);
	node.self = self < value ? self : value;
	add_node(w, node);
}

static uint64_t
weight(const struct grower *w, uint32_t pair)
{
	int64_t self = w->self[pair], total = w->total[pair];
	int64_t most = self > total ? self : total;

	return most > 0 ? (uint64_t)most : 0;
}

/*
 * Mark the functions that lie on the path to a node.  Only those of its own
 * circle can be called again, and they are its nearest ancestors.
 */
static bool
mark_path(struct grower *w, uint32_t id)
{
	const uint32_t *component = w->g->scc.component;
	uint32_t c = component[node_of(w, id)->fn - 1], up = id;

	if (!w->g->scc.cyclic[node_of(w, id)->fn - 1])
		return true;
	do {
		if (++w->steps > STEPS_MAX)
			return false;
		w->stamp[node_of(w, up)->fn - 1] = id;
		up = node_of(w, up)->parent;
	} while (up != 0 && component[node_of(w, up)->fn - 1] == c);
	return true;
}

static uint64_t
weight_here(const struct grower *w, uint32_t pair, uint32_t id)
{
	return w->stamp[w->g->callee[pair] - 1] != id ? weight(w, pair) : 0;
}

static void
split(struct grower *w, uint32_t id)
{
	struct prof_guess_node *node = node_of(w, id);
	uint32_t from = w->g->out[node->fn - 1], end = w->g->out[node->fn], i;
	uint64_t rest = rest_of(w, id), value;
	prof_u128 sum = 0;

	if ((uint64_t)w->t->n + (end - from) > PROF_GUESS_NODES ||
	    !mark_path(w, id)) {
		node->self = node->value;
		return;
	}
	for (i = from; i < end; i++)
		sum += weight_here(w, i, id);
	if (sum == 0)
		node->self = node->value;
	for (i = from; i < end && sum > 0; i++) {
		value = weight_here(w, i, id);
		if (value > 0)
			add_child(w, id, i, (uint64_t)(rest *
			    (prof_u128)value / sum));
	}
}

/*
 * Roots are scaled to the whole, because the totals of roots that call each
 * other overlap.
 */
static void
add_roots(struct grower *w, const struct prof_calls_root *root)
{
	prof_u128 whole = 0, totals = 0;
	uint32_t f;
	int64_t self;

	for (f = 1; f <= w->g->nfns; f++) {
		self = w->self[prof_calls_own(w->g, f)];
		whole += self > 0 ? (uint64_t)self : 0;
		totals += (uint64_t)root[f - 1].total;
	}
	for (f = 1; f <= w->g->nfns && whole > 0; f++)
		if (root[f - 1].is && root[f - 1].total > 0)
			add_root(w, f, (uint64_t)((prof_u128)PROF_GUESS_WHOLE *
			    (uint64_t)root[f - 1].total / totals),
			    (uint64_t)((prof_u128)PROF_GUESS_WHOLE *
			    (uint64_t)root[f - 1].self / whole));
}

void
prof_guess_init(struct prof_guess *t, const struct prof_calls *g,
    const int64_t *self, const int64_t *total,
    const struct prof_calls_root *root)
{
	struct grower w = { .t = t, .g = g, .self = self, .total = total };

	memset(t, 0, sizeof *t);
	w.stamp = prof_zalloc(g->nfns, sizeof *w.stamp);
	add_roots(&w, root);
	while (w.nheap > 0)
		split(&w, pop(&w));
	free(w.heap);
	free(w.stamp);
}

void
prof_guess_release(struct prof_guess *t)
{
	free(t->node);
	memset(t, 0, sizeof *t);
}
