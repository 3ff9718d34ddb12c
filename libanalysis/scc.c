/* SPDX-License-Identifier: MIT */
#include "libanalysis/scc.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

/* All arrays are by node - 1; index 0 means not seen yet. */
struct search {
	struct prof_scc *s;
	const uint32_t *first, *to;
	uint32_t *index, *low;
	uint32_t *next;		/* the next edge to follow */
	uint32_t *path;		/* from where the search began, the C stack */
	uint32_t *open;		/* nodes that are in no component yet */
	uint32_t npath, nopen, seen;
};

static void
enter(struct search *x, uint32_t v)
{
	x->index[v] = x->low[v] = ++x->seen;
	x->next[v] = x->first[v];
	x->path[x->npath++] = v;
	x->open[x->nopen++] = v;
}

static void
close_component(struct search *x, uint32_t v)
{
	bool many = x->open[x->nopen - 1] != v;
	uint32_t w;

	x->s->n++;
	do {
		w = x->open[--x->nopen];
		x->s->component[w] = x->s->n;
		x->s->cyclic[w] |= many;
	} while (w != v);
}

static void
leave(struct search *x, uint32_t v)
{
	uint32_t up;

	if (x->low[v] == x->index[v])
		close_component(x, v);
	if (--x->npath == 0)
		return;
	up = x->path[x->npath - 1];
	if (x->low[v] < x->low[up])
		x->low[up] = x->low[v];
}

static void
follow(struct search *x, uint32_t v)
{
	uint32_t w = x->to[x->next[v]++] - 1;

	if (w == v)
		x->s->cyclic[v] = true;
	if (x->index[w] == 0)
		enter(x, w);
	else if (x->s->component[w] == 0 && x->index[w] < x->low[v])
		x->low[v] = x->index[w];
}

static void
search_from(struct search *x, uint32_t start)
{
	uint32_t v;

	enter(x, start);
	while (x->npath > 0) {
		v = x->path[x->npath - 1];
		if (x->next[v] < x->first[v + 1])
			follow(x, v);
		else
			leave(x, v);
	}
}

void
prof_scc_init(struct prof_scc *s, uint32_t nodes, const uint32_t *first,
    const uint32_t *to)
{
	struct search x = { .s = s, .first = first, .to = to };
	uint32_t v;

	memset(s, 0, sizeof *s);
	s->component = prof_zalloc(nodes, sizeof *s->component);
	s->cyclic = prof_zalloc(nodes, sizeof *s->cyclic);
	x.index = prof_zalloc(nodes, sizeof *x.index);
	x.low = prof_alloc(nodes, sizeof *x.low);
	x.next = prof_alloc(nodes, sizeof *x.next);
	x.path = prof_alloc(nodes, sizeof *x.path);
	x.open = prof_alloc(nodes, sizeof *x.open);
	for (v = 0; v < nodes; v++)
		if (x.index[v] == 0)
			search_from(&x, v);
	free(x.index);
	free(x.low);
	free(x.next);
	free(x.path);
	free(x.open);
}

void
prof_scc_release(struct prof_scc *s)
{
	free(s->component);
	free(s->cyclic);
	memset(s, 0, sizeof *s);
}
