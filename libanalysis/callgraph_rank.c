/* SPDX-License-Identifier: MIT */
#include "libanalysis/callgraph_state.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/*
 * Entropies are fixed point numbers with 32 bits behind the point: floating
 * point would make the order of nodes depend on a machine's logarithm.
 */
#define ONE ((prof_u128)1 << 32)

/* What flows through one side of a node. */
struct side {
	prof_u128 sum;		/* of magnitudes */
	prof_u128 bits;		/* of each times log2(sum / it) */
	uint32_t edges;
};

struct ranking {
	const struct callgraph_maker *m;
	struct side *in, *out;	/* by node */
	prof_i128 *score;
};

/* Logarithm to the base 2 of v, at least 1. */
static uint64_t
log2_of(uint64_t v)
{
	unsigned bits = 63 - (unsigned)__builtin_clzll(v);
	uint64_t r = (uint64_t)bits << 32, bit;
	prof_u128 x = v << (63 - bits);

	for (bit = UINT64_C(1) << 31; bit != 0; bit >>= 1) {
		x = x * x >> 63;
		if (x >> 64 != 0) {
			r |= bit;
			x >>= 1;
		}
	}
	return r;
}

/* Sums above 64 bits lose their last digits, all parts alike. */
static void
add_part(struct side *s, prof_i128 part)
{
	prof_u128 sum = s->sum, v = (prof_u128)prof_num_abs(part);

	for (; sum >> 64 != 0; sum >>= 1)
		v >>= 1;
	if (v != 0)
		s->bits += v * (log2_of((uint64_t)sum) -
		    log2_of((uint64_t)v));
}

static prof_u128
entropy(const struct side *s)
{
	prof_u128 sum = s->sum;

	if (s->edges == 0)
		return ONE;	/* a reader looks for ends */
	for (; sum >> 64 != 0; sum >>= 1)
		;
	return sum != 0 ? s->bits / sum : 0;
}

static void
add_edges(struct ranking *r)
{
	const struct prof_callgraph *g = r->m->g;
	const struct prof_callgraph_edge *e;
	uint32_t i;

	for (i = 0; i < g->nedges; i++) {
		e = &g->edge[i];
		if (e->from == e->to)
			continue;
		r->out[e->from].edges++;
		r->in[e->to].edges++;
		r->out[e->from].sum += (prof_u128)prof_num_abs(e->value);
		r->in[e->to].sum += (prof_u128)prof_num_abs(e->value);
	}
	for (i = 0; i < g->nnodes; i++)
		r->out[i].sum += (prof_u128)prof_num_abs(g->node[i].self);
	for (i = 0; i < g->nedges; i++) {
		e = &g->edge[i];
		if (e->from == e->to)
			continue;
		add_part(&r->out[e->from], e->value);
		add_part(&r->in[e->to], e->value);
	}
	for (i = 0; i < g->nnodes; i++)
		add_part(&r->out[i], g->node[i].self);
}

static int
compare(const void *ctx, uint32_t a, uint32_t b)
{
	const struct ranking *r = ctx;
	const struct prof_callgraph_node *x = &r->m->g->node[a];
	const struct prof_callgraph_node *y = &r->m->g->node[b];
	const struct prof_row *p = prof_rows_get(r->m->v, x->row);
	const struct prof_row *q = prof_rows_get(r->m->v, y->row);
	prof_i128 v = prof_num_abs(x->self), w = prof_num_abs(y->self);
	int c;

	if (r->score[a] != r->score[b])
		return r->score[a] > r->score[b] ? -1 : 1;
	c = prof_bytes_cmp(p->name, p->name_len, q->name, q->name_len);
	if (c != 0)
		return c;
	if (v != w)
		return v > w ? -1 : 1;
	c = prof_bytes_cmp(p->file, p->file_len, q->file, q->file_len);
	if (c == 0)
		c = prof_bytes_cmp(p->module, p->module_len, q->module,
		    q->module_len);
	if (c == 0)
		c = (p->line > q->line) - (p->line < q->line);
	return c != 0 ? c : (x->id > y->id) - (x->id < y->id);
}

static void
permute(struct callgraph_maker *m, const uint32_t *order)
{
	struct prof_callgraph *g = m->g;
	uint32_t *base = prof_alloc((size_t)m->n + 1, sizeof *base), i;
	struct prof_callgraph_node *node = prof_alloc((size_t)m->n + 1,
	    sizeof *node);
	uint32_t *moved = prof_alloc((size_t)m->n + 1, sizeof *moved);

	for (i = 0; i < m->n; i++) {
		base[i] = m->list[order[i]];
		node[i] = g->node[order[i]];
		moved[order[i]] = i;
		m->index[base[i]] = i + 1;
	}
	if (m->n > 0) {
		memcpy(m->list, base, m->n * sizeof *base);
		memcpy(g->node, node, m->n * sizeof *node);
	}
	for (i = 0; i < g->nedges; i++) {
		g->edge[i].from = moved[g->edge[i].from];
		g->edge[i].to = moved[g->edge[i].to];
	}
	free(base);
	free(node);
	free(moved);
}

void
callgraph_rank(struct callgraph_maker *m)
{
	struct ranking r = { .m = m };
	uint32_t *order = prof_alloc((size_t)m->n + 1, sizeof *order), i;
	const struct prof_callgraph_node *n;
	prof_i128 score;

	r.in = prof_zalloc((size_t)m->n + 1, sizeof *r.in);
	r.out = prof_zalloc((size_t)m->n + 1, sizeof *r.out);
	r.score = prof_alloc((size_t)m->n + 1, sizeof *r.score);
	add_edges(&r);
	for (i = 0; i < m->n; i++) {
		n = &m->g->node[i];
		score = (prof_i128)(entropy(&r.in[i]) + entropy(&r.out[i]));
		score = score * n->total / (prof_i128)ONE + n->self;
		r.score[i] = prof_num_abs(score);
		order[i] = i;
	}
	prof_sort_ids(order, m->n, compare, &r);
	permute(m, order);
	free(order);
	free(r.in);
	free(r.out);
	free(r.score);
}
