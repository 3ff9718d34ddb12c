/* SPDX-License-Identifier: MIT */
#include "formats/callgrind_places_write.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

struct placing {
	struct prof_places *x;
	struct prof_map map;
	uint64_t seed;
	size_t row_cap, fn_cap;
};

static uint32_t
find_place(struct placing *k, uint32_t fn, int64_t line, uint64_t address)
{
	struct prof_rows *v = &k->x->places;
	uint64_t hash = prof_hash_add(k->seed, k->seed, fn);
	uint32_t at, id;

	hash = prof_hash_add(k->seed, hash, (uint64_t)line);
	hash = prof_hash_add(k->seed, hash, address);
	for (id = prof_map_first(&k->map, hash, &at); id != 0;
	    id = prof_map_next(&k->map, hash, &at))
		if (k->x->fn[id - 1] == fn && v->row[id - 1].line == line &&
		    v->row[id - 1].address == address)
			return id;
	PROF_RESERVE(v->row, k->row_cap, (size_t)v->n + 1);
	PROF_RESERVE(k->x->fn, k->fn_cap, (size_t)v->n + 1);
	v->row[v->n] = *prof_rows_get(&k->x->rows, fn);
	v->row[v->n].line = line;
	v->row[v->n].address = address;
	k->x->fn[v->n] = fn;
	prof_map_put(&k->map, hash, ++v->n);
	return v->n;
}

static void
place_locations(struct placing *k)
{
	const struct prof_profile *p = k->x->rows.p;
	const struct prof_location *l;
	const uint32_t *fn;
	uint32_t i, line;
	size_t n, j, used = 0;

	for (i = 1; i <= p->nloc; i++) {
		l = prof_profile_loc(p, i);
		k->x->addresses |= l->address != 0;
		fn = prof_rows_of(&k->x->rows, i, &n);
		PROF_RESERVE(k->x->places.of, k->x->places.cap, used + n);
		for (j = 0; j < n; j++) {
			line = l->first_line + (uint32_t)j;
			k->x->places.of[used++] = find_place(k, fn[j],
			    l->nlines != 0 ? p->line[line].line : 0,
			    l->address);
		}
		k->x->places.first[i] = (uint32_t)used;
	}
}

void
prof_places_init(struct prof_places *x, const struct prof_profile *p,
    bool by_function)
{
	struct placing k = { .x = x, .seed = prof_hash_seed() };
	uint32_t i;

	memset(x, 0, sizeof *x);
	prof_rows_init(&x->rows, p, PROF_BY_FUNCTION);
	if (by_function) {
		prof_rows_init(&x->places, p, PROF_BY_FUNCTION);
		x->fn = prof_alloc((size_t)x->places.n + 1, sizeof *x->fn);
		for (i = 0; i < x->places.n; i++)
			x->fn[i] = i + 1;
		return;
	}
	x->places.p = p;
	x->places.first = prof_zalloc((size_t)p->nloc + 1,
	    sizeof *x->places.first);
	place_locations(&k);
	/* Edges are not asked for: any row will do for their functions. */
	if (p->edges.n > 0)
		x->places.of_fn = prof_zalloc(p->nfn,
		    sizeof *x->places.of_fn);
	prof_map_release(&k.map);
}

void
prof_places_release(struct prof_places *x)
{
	prof_rows_release(&x->rows);
	prof_rows_release(&x->places);
	free(x->fn);
	memset(x, 0, sizeof *x);
}

struct numbering {
	struct prof_contexts *c;
	const struct prof_places *x;
	const struct prof_callgraph *g;
};

static uint32_t
row_of(const struct prof_places *x, const struct prof_callgraph *g,
    uint32_t node)
{
	return x->fn[g->node[node].row - 1];
}

static int
compare_strs(const char *a, uint32_t na, const char *b, uint32_t nb)
{
	return prof_bytes_cmp(a, na, b, nb);
}

/* What callgrind's readers tell functions apart by. */
static int
compare_names(const struct prof_row *p, const struct prof_row *q)
{
	int c = compare_strs(p->file, p->file_len, q->file, q->file_len);

	return c != 0 ? c : compare_strs(p->name, p->name_len, q->name,
	    q->name_len);
}

static int
compare_nodes(const void *ctx, uint32_t a, uint32_t b)
{
	const struct numbering *k = ctx;
	const struct prof_callgraph_node *x = &k->g->node[a];
	const struct prof_callgraph_node *y = &k->g->node[b];
	uint32_t f = row_of(k->x, k->g, a), h = row_of(k->x, k->g, b);
	const struct prof_row *p, *q;
	int c;

	if (f != h) {
		p = prof_rows_get(&k->x->rows, f);
		q = prof_rows_get(&k->x->rows, h);
		c = compare_names(p, q);
		if (c == 0)
			c = compare_strs(p->module, p->module_len, q->module,
			    q->module_len);
		return c != 0 ? c : (f > h) - (f < h);
	}
	if (x->context != y->context)
		return x->context < y->context ? -1 : 1;
	p = prof_rows_get(&k->x->places, x->row);
	q = prof_rows_get(&k->x->places, y->row);
	if (p->line != q->line)
		return p->line < q->line ? -1 : 1;
	return (p->address > q->address) - (p->address < q->address);
}

static void
group(struct numbering *k)
{
	struct prof_contexts *c = k->c;
	struct prof_context *last = NULL;
	uint32_t i, node, row;

	for (i = 0; i < k->g->nnodes; i++) {
		node = c->node[i];
		row = row_of(k->x, k->g, node);
		if (last == NULL || last->row != row ||
		    last->caller != k->g->node[node].context) {
			last = &c->context[c->n++];
			memset(last, 0, sizeof *last);
			last->row = row;
			last->caller = k->g->node[node].context;
			last->first = i;
		}
		last->n++;
		c->of[node] = c->n - 1;
	}
}

/* Contexts of one name and file stand together. */
static void
number(struct numbering *k)
{
	struct prof_contexts *c = k->c;
	uint32_t i, j, end;

	for (i = 0; i < c->n; i = end) {
		for (end = i + 1; end < c->n && compare_names(
		    prof_rows_get(&k->x->rows, c->context[i].row),
		    prof_rows_get(&k->x->rows, c->context[end].row)) == 0;
		    end++)
			;
		for (j = i; j < end; j++) {
			c->context[j].number = j - i + 1;
			c->context[j].count = end - i;
		}
	}
}

void
prof_contexts_init(struct prof_contexts *c, const struct prof_places *x,
    const struct prof_callgraph *g)
{
	struct numbering k = { .c = c, .x = x, .g = g };
	uint32_t i;

	memset(c, 0, sizeof *c);
	c->context = prof_alloc((size_t)g->nnodes + 1, sizeof *c->context);
	c->of = prof_alloc((size_t)g->nnodes + 1, sizeof *c->of);
	c->node = prof_alloc((size_t)g->nnodes + 1, sizeof *c->node);
	for (i = 0; i < g->nnodes; i++)
		c->node[i] = i;
	prof_sort_ids(c->node, g->nnodes, compare_nodes, &k);
	group(&k);
	number(&k);
}

void
prof_contexts_release(struct prof_contexts *c)
{
	free(c->context);
	free(c->of);
	free(c->node);
	memset(c, 0, sizeof *c);
}
