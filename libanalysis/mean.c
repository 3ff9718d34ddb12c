/* SPDX-License-Identifier: MIT */
#include "libanalysis/mean.h"

#include <stdlib.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

prof_i128
prof_mean_of(prof_i128 v, prof_i128 n)
{
	if (n == 0)
		return 0;
	return prof_num_scaled(n < 0 ? -v : v, PROF_MEAN_DECIMALS,
	    n < 0 ? -n : n);
}

int
prof_mean_type(struct prof_type *t, struct prof_err *err)
{
	if (!prof_num_mul(t->den, PROF_MEAN_DECIMALS, &t->den))
		return prof_fail(err, PROF_ERANGE,
		    "the scale of the values leaves 64 bits");
	return PROF_OK;
}

void
prof_mean_flat(struct prof_flat *f, const struct prof_flat *by)
{
	uint32_t i;

	for (i = 0; i <= f->n; i++) {
		f->self[i] = prof_mean_of(f->self[i], by->self[i]);
		f->total[i] = prof_mean_of(f->total[i], by->total[i]);
	}
	f->sum = prof_mean_of(f->sum, by->sum);
	f->whole = prof_mean_of(f->whole, by->whole);
	f->mean = true;
}

static int
cmp_edges(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_graph *g = ctx;

	if (g->caller[a] != g->caller[b])
		return g->caller[a] < g->caller[b] ? -1 : 1;
	return (g->callee[a] > g->callee[b]) - (g->callee[a] < g->callee[b]);
}

static uint32_t *
sorted(const struct prof_graph *g)
{
	uint32_t *ids = prof_alloc((size_t)g->n + 1, sizeof *ids), i;

	for (i = 0; i < g->n; i++)
		ids[i] = i;
	prof_sort_ids(ids, g->n, cmp_edges, g);
	return ids;
}

/* Both have the edges that are not 0 in their column, in any order. */
void
prof_mean_graph(struct prof_graph *g, const struct prof_graph *by)
{
	uint32_t *ours = sorted(g), *theirs = sorted(by), i, k = 0, a, b;

	for (i = 0; i < g->n; i++) {
		a = ours[i];
		while (k < by->n && (by->caller[theirs[k]] < g->caller[a] ||
		    (by->caller[theirs[k]] == g->caller[a] &&
		    by->callee[theirs[k]] < g->callee[a])))
			k++;
		b = k < by->n ? theirs[k] : 0;
		g->value[a] = k < by->n && by->caller[b] == g->caller[a] &&
		    by->callee[b] == g->callee[a] ? prof_mean_of(g->value[a],
		    by->value[b]) : 0;
	}
	free(g->self);
	g->self = NULL;
	free(ours);
	free(theirs);
}
