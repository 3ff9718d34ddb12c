/* SPDX-License-Identifier: MIT */
#include "libanalysis/calls.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/sort.h"

static int
compare_fns(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_profile *p = ctx;
	const struct prof_function *x = prof_profile_fn(p, a);
	const struct prof_function *y = prof_profile_fn(p, b);
	int order = prof_strs_cmp(&p->strs, x->name, y->name);

	if (order == 0)
		order = prof_strs_cmp(&p->strs, x->file, y->file);
	if (order == 0)
		order = (x->start > y->start) - (x->start < y->start);
	return order != 0 ? order :
	    prof_strs_cmp(&p->strs, x->system, y->system);
}

/* Number the functions of the edges; returns the numbers by id. */
static uint32_t *
number_fns(struct prof_calls *g)
{
	const struct prof_edges *e = &g->p->edges;
	uint32_t *number = prof_zalloc((size_t)g->p->nfn + 1, sizeof *number);
	uint32_t i;

	for (i = 0; i < e->n; i++)
		number[e->caller[i]] = number[e->callee[i]] = 1;
	for (i = 1; i <= g->p->nfn; i++)
		g->nfns += number[i];
	g->fn = prof_alloc(g->nfns, sizeof *g->fn);
	g->nfns = 0;
	for (i = 1; i <= g->p->nfn; i++)
		if (number[i] != 0)
			g->fn[g->nfns++] = i;
	prof_sort_ids(g->fn, g->nfns, compare_fns, g->p);
	for (i = 0; i < g->nfns; i++)
		number[g->fn[i]] = i + 1;
	number[0] = 0;
	return number;
}

/* One pair for all rows, in sorted order, of equal keys. */
static void
join_rows(struct prof_calls *g, const uint32_t *row, uint32_t n,
    const uint64_t *key)
{
	uint32_t i;

	g->caller = prof_alloc(n, sizeof *g->caller);
	g->callee = prof_alloc(n, sizeof *g->callee);
	for (i = 0; i < n; i++) {
		if (i == 0 || key[row[i]] != key[row[i - 1]]) {
			g->caller[g->npairs] = (uint32_t)(key[row[i]] >> 32);
			g->callee[g->npairs++] = (uint32_t)key[row[i]];
		}
		g->place[row[i]] = g->npairs - 1;
	}
}

static void
make_pairs(struct prof_calls *g, const uint32_t *number)
{
	const struct prof_edges *e = &g->p->edges;
	uint64_t *key = prof_alloc(e->n, sizeof *key);
	uint32_t *row = prof_alloc(e->n, sizeof *row), i, n = 0;

	g->place = prof_alloc(e->n, sizeof *g->place);
	for (i = 0; i < e->n; i++) {
		key[i] = (uint64_t)number[e->caller[i]] << 32 |
		    number[e->callee[i]];
		if (e->caller[i] != 0)
			row[n++] = i;
	}
	prof_sort_keys(row, n, key, NULL, NULL);
	join_rows(g, row, n, key);
	for (i = 0; i < e->n; i++)
		if (e->caller[i] == 0)
			g->place[i] = prof_calls_own(g,
			    number[e->callee[i]]);
	free(key);
	free(row);
}

/* Where the pairs of each function end, in end[1..nfns], by counting. */
static uint32_t *
make_ends(const struct prof_calls *g, const uint32_t *of)
{
	uint32_t *end = prof_zalloc((size_t)g->nfns + 1, sizeof *end), i;

	for (i = 0; i < g->npairs; i++)
		end[of[i]]++;
	for (i = 1; i <= g->nfns; i++)
		end[i] += end[i - 1];
	return end;
}

static void
make_lists(struct prof_calls *g)
{
	uint32_t *next = prof_alloc(g->nfns, sizeof *next), i;

	g->out = make_ends(g, g->caller);
	g->in = make_ends(g, g->callee);
	g->in_pair = prof_alloc(g->npairs, sizeof *g->in_pair);
	for (i = 0; i < g->nfns; i++)
		next[i] = g->in[i];
	for (i = 0; i < g->npairs; i++)
		g->in_pair[next[g->callee[i] - 1]++] = i;
	free(next);
}

void
prof_calls_init(struct prof_calls *g, const struct prof_profile *p)
{
	uint32_t *number;

	memset(g, 0, sizeof *g);
	g->p = p;
	number = number_fns(g);
	make_pairs(g, number);
	free(number);
	make_lists(g);
	prof_scc_init(&g->scc, g->nfns, g->out, g->callee);
}

void
prof_calls_release(struct prof_calls *g)
{
	free(g->fn);
	free(g->caller);
	free(g->callee);
	free(g->out);
	free(g->in);
	free(g->in_pair);
	free(g->place);
	prof_scc_release(&g->scc);
	memset(g, 0, sizeof *g);
}

int
prof_calls_column(const struct prof_calls *g, unsigned column,
    int64_t *value, struct prof_err *err)
{
	const struct prof_edges *e = &g->p->edges;
	uint32_t i;

	memset(value, 0, prof_calls_places(g) * sizeof *value);
	for (i = 0; i < e->n; i++)
		if (!prof_num_add(value[g->place[i]], e->value[column][i],
		    &value[g->place[i]]))
			return prof_fail(err, PROF_ERANGE, "the edges of one "
			    "caller and callee add up to more than 64 bits "
			    "hold");
	return PROF_OK;
}

static int64_t
positive(prof_i128 v)
{
	return v < 0 ? 0 : v < INT64_MAX ? (int64_t)v : INT64_MAX;
}

/*
 * Sum of a column over the pairs into f.  A function that calls itself has
 * a total of its outermost activations only, so that of calls from its own
 * circle nothing can be taken off.
 */
static prof_i128
sum_in(const struct prof_calls *g, const int64_t *value, uint32_t f,
    bool outside)
{
	const uint32_t *component = g->scc.component;
	prof_i128 sum = 0;
	uint32_t i, pair;

	for (i = g->in[f - 1]; i < g->in[f]; i++) {
		pair = g->in_pair[i];
		if (!outside || component[g->caller[pair] - 1] !=
		    component[f - 1])
			sum += value[pair];
	}
	return sum;
}

/* What a function calls outside its circle. */
static prof_i128
sum_out(const struct prof_calls *g, const int64_t *total, uint32_t f)
{
	const uint32_t *component = g->scc.component;
	prof_i128 sum = 0;
	uint32_t i;

	for (i = g->out[f - 1]; i < g->out[f]; i++)
		if (component[g->callee[i] - 1] != component[f - 1])
			sum += positive(total[i]);
	return sum;
}

/*
 * Callers that a report names without a line of their own have no numbers;
 * they are worth what they call.
 */
static void
measure_root(const struct prof_calls *g, const int64_t *self,
    const int64_t *total, uint32_t f, struct prof_calls_root *root)
{
	uint32_t own = prof_calls_own(g, f);

	root->is = true;
	root->self = positive(self[own] - sum_in(g, self, f, false));
	root->total = positive(total[own] - sum_in(g, total, f, true));
	if (self[own] == 0 && total[own] == 0)
		root->total = positive(sum_out(g, total, f));
	if (root->total < root->self)
		root->total = root->self;
}

/* For each component 0 when it is entered, else its best function. */
static uint32_t *
find_sources(const struct prof_calls *g, const int64_t *total,
    const struct prof_calls_root *root)
{
	const uint32_t *component = g->scc.component;
	uint32_t *best = prof_zalloc((size_t)g->scc.n + 1, sizeof *best);
	bool *entered = prof_zalloc((size_t)g->scc.n + 1, sizeof *entered);
	uint32_t i, f, c;

	for (i = 0; i < g->npairs; i++)
		if (component[g->caller[i] - 1] !=
		    component[g->callee[i] - 1])
			entered[component[g->callee[i] - 1]] = true;
	for (f = 1; f <= g->nfns; f++) {
		c = component[f - 1];
		entered[c] |= root[f - 1].is;
		if (best[c] == 0 || total[prof_calls_own(g, f)] >
		    total[prof_calls_own(g, best[c])])
			best[c] = f;
	}
	for (c = 1; c <= g->scc.n; c++)
		if (entered[c])
			best[c] = 0;
	free(entered);
	return best;
}

void
prof_calls_roots(const struct prof_calls *g, const int64_t *calls,
    const int64_t *self, const int64_t *total, struct prof_calls_root *root)
{
	uint32_t f, *source;

	memset(root, 0, g->nfns * sizeof *root);
	for (f = 1; calls != NULL && f <= g->nfns; f++)
		if (calls[prof_calls_own(g, f)] > sum_in(g, calls, f, false))
			measure_root(g, self, total, f, &root[f - 1]);
	source = find_sources(g, total, root);
	for (f = 1; f <= g->nfns; f++)
		if (source[g->scc.component[f - 1]] == f)
			measure_root(g, self, total, f, &root[f - 1]);
	free(source);
}
