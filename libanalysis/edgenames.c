/* SPDX-License-Identifier: MIT */
#include "libanalysis/edgenames.h"

#include <stdlib.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

static int
cmp_functions(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_function *f = prof_profile_fn(ctx, a);
	const struct prof_function *g = prof_profile_fn(ctx, b);

	if (f->name != g->name)
		return f->name < g->name ? -1 : 1;
	if (f->file != g->file)
		return f->file < g->file ? -1 : 1;
	return (f->start > g->start) - (f->start < g->start);
}

bool
prof_edges_joined(const struct prof_profile *p)
{
	const struct prof_edges *e = &p->edges;
	bool *used = prof_zalloc((size_t)p->nfn + 1, sizeof *used);
	uint32_t *ids = prof_alloc((size_t)p->nfn + 1, sizeof *ids), i, n = 0;
	bool joined = false;

	for (i = 0; i < e->n; i++)
		used[e->callee[i]] = used[e->caller[i]] = true;
	for (i = 1; i <= p->nfn; i++)
		if (used[i])
			ids[n++] = i;
	prof_sort_ids(ids, n, cmp_functions, p);
	for (i = 1; i < n && !joined; i++)
		joined = cmp_functions(p, ids[i - 1], ids[i]) == 0;
	free(used);
	free(ids);
	return joined;
}
