/* SPDX-License-Identifier: MIT */
#include "libanalysis/context.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/tree.h"

/* What the tree is made of: each run with the values of its stacks. */
struct input {
	const struct prof_diff *d;
	struct prof_tree_side *run;
	int64_t **weight;	/* [run], in steps by 2^shift */
	unsigned shift;
	double gross[PROF_DIFF_SIDES];	/* of all stacks, in steps */
};

static unsigned
side_of(const struct prof_diff *d, unsigned r)
{
	return r < d->runs[PROF_DIFF_BASE] ? PROF_DIFF_BASE :
	    PROF_DIFF_NEWER;
}

/* Whether every value of each run is that of a stack. */
static bool
has_stacks(const struct prof_diff *d)
{
	const struct prof_diff_run *run;
	unsigned r;

	for (r = 0; r < d->nruns; r++) {
		run = &d->run[r];
		if (run->flat->mean || (run->rows->p->edges.n > 0 &&
		    !run->rows->p->meta.estimated))
			return false;
	}
	return true;
}

static double
size(int64_t v)
{
	return v < 0 ? -(double)v : (double)v;
}

static bool
weigh(struct input *in, unsigned r)
{
	const struct prof_profile *p = in->d->run[r].rows->p;
	struct prof_err ignored = { 0 };
	double sum = 0;
	uint32_t i;

	in->weight[r] = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *in->weight[r]);
	if (p->ntypes > 0 && prof_flat_weights(p, in->d->run[r].column,
	    in->weight[r], &ignored) != PROF_OK)
		return false;
	for (i = 0; i <= p->stacks.n; i++)
		sum += size(in->weight[r][i]);
	in->gross[side_of(in->d, r)] += sum * (double)in->d->factor[r];
	in->run[r] = (struct prof_tree_side){ in->d->run[r].rows,
	    in->d->match.class_of[r], in->weight[r] };
	return true;
}

/* All runs of a side in one unit, which leaves room for their sum. */
static void
scale(struct input *in)
{
	double most = in->gross[0] > in->gross[1] ? in->gross[0] :
	    in->gross[1];
	int64_t *w;
	unsigned r;
	uint32_t i, n;

	for (; most >= 0x1p62; most /= 2)
		in->shift++;
	for (r = 0; r < in->d->nruns; r++) {
		w = in->weight[r];
		n = in->d->run[r].rows->p->stacks.n;
		if (in->d->factor[r] != 1 || in->shift != 0)
			for (i = 0; i <= n; i++)
				w[i] = (int64_t)((prof_i128)w[i] *
				    in->d->factor[r] /
				    ((prof_i128)1 << in->shift));
	}
}

static void
add_node(struct prof_context *c, uint32_t parent, uint32_t class)
{
	c->parent[c->n] = parent;
	c->class[c->n] = class;
	c->n++;
}

static double
mean_of(const struct input *in, unsigned side, int64_t v)
{
	return (double)v / in->d->runs[side] *
	    (double)((prof_i128)1 << in->shift);
}

/* What was left out below a node becomes one node behind all others. */
static void
add_rest(struct prof_context *c, const struct input *in,
    const struct prof_tree *t, uint32_t node)
{
	unsigned s;

	for (s = 0; s < PROF_DIFF_SIDES; s++)
		c->self[s][c->n] = c->total[s][c->n] = mean_of(in, s,
		    (int64_t)prof_tree_rest(t, node, s));
	add_node(c, node, 0);
}

static void
take_tree(struct prof_context *c, const struct input *in,
    const struct prof_tree *t)
{
	size_t n = t->n;
	uint32_t i;
	unsigned s;

	for (i = 0; i < t->n; i++)
		n += t->cut[i] > 0;
	c->parent = prof_alloc(n, sizeof *c->parent);
	c->class = prof_alloc(n, sizeof *c->class);
	for (s = 0; s < PROF_DIFF_SIDES; s++) {
		c->self[s] = prof_alloc(n, sizeof *c->self[s]);
		c->total[s] = prof_alloc(n, sizeof *c->total[s]);
		for (i = 0; i < t->n; i++) {
			c->self[s][i] = mean_of(in, s, t->self[s][i]);
			c->total[s][i] = mean_of(in, s, t->total[s][i]);
		}
	}
	for (i = 0; i < t->n; i++)
		add_node(c, t->parent[i], t->frame[i]);
	for (i = 0; i < t->n; i++)
		if (t->cut[i] > 0)
			add_rest(c, in, t, i);
}

static void
build(struct prof_context *c, struct input *in, double share)
{
	int64_t min_total[PROF_DIFF_SIDES];
	struct prof_err ignored = { 0 };
	struct prof_tree t;
	unsigned s;

	scale(in);
	for (s = 0; s < PROF_DIFF_SIDES; s++) {
		min_total[s] = (int64_t)(share * in->gross[s] /
		    (double)((prof_i128)1 << in->shift));
		/* An empty side keeps nothing. */
		if (share > 0 && min_total[s] == 0)
			min_total[s] = 1;
	}
	if (prof_tree_init_runs(&t, in->run, c->d->nruns,
	    c->d->runs[PROF_DIFF_BASE], c->d->match.n, min_total,
	    &ignored) != PROF_OK)
		return;
	take_tree(c, in, &t);
	prof_tree_release(&t);
}

void
prof_context_init(struct prof_context *c, const struct prof_diff *d,
    double share)
{
	struct input in = { .d = d };
	bool all = true;
	unsigned r;

	memset(c, 0, sizeof *c);
	c->d = d;
	if (!has_stacks(d))
		return;
	in.run = prof_zalloc(d->nruns, sizeof *in.run);
	in.weight = prof_zalloc(d->nruns, sizeof *in.weight);
	for (r = 0; r < d->nruns && all; r++) {
		all = weigh(&in, r);
		c->estimated |= d->run[r].rows->p->meta.estimated;
	}
	if (all)
		build(c, &in, share);
	for (r = 0; r < d->nruns; r++)
		free(in.weight[r]);
	free(in.weight);
	free(in.run);
}

void
prof_context_release(struct prof_context *c)
{
	unsigned s;

	free(c->parent);
	free(c->class);
	for (s = 0; s < PROF_DIFF_SIDES; s++) {
		free(c->self[s]);
		free(c->total[s]);
	}
	memset(c, 0, sizeof *c);
}
