/* SPDX-License-Identifier: MIT */
#include "libanalysis/calltree.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/guess.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/share.h"
#include "libanalysis/sort.h"

struct estimate {
	struct prof_profile *p;
	struct prof_calls g;
	struct prof_builder b;
	prof_loc *loc;		/* by function - 1, 0: not made yet */
	prof_loc rest_loc;
	prof_loc *frame;	/* the stack in work */
	size_t frame_cap;
	uint64_t budget;	/* frames that a column may use */
	unsigned column;
	/* Of the column in work: */
	int64_t *calls, *self, *total;	/* by place; calls NULL: not known */
	struct prof_calls_root *root;
	struct prof_guess tree;
	int64_t *target;	/* by place: what its nodes are to add up to */
	int64_t *value;		/* by node - 1 */
	prof_i128 *unplaced;	/* by function - 1 */
};

static uint64_t
clipped(int64_t v)
{
	return v > 0 ? (uint64_t)v : 0;
}

/* Pairs that do not add up to their callee's self are scaled to it. */
static void
share_pairs(struct estimate *x, uint32_t f, int64_t self)
{
	const struct prof_calls *g = &x->g;
	const uint32_t *pair = g->in_pair + g->in[f - 1];
	uint32_t n = g->in[f] - g->in[f - 1], i;
	uint64_t *weight = prof_alloc(n, sizeof *weight);
	int64_t *part = prof_alloc(n, sizeof *part);

	for (i = 0; i < n; i++)
		weight[i] = clipped(x->self[pair[i]]);
	prof_share_out(self, weight, n, part);
	for (i = 0; i < n; i++)
		x->target[pair[i]] = part[i];
	free(weight);
	free(part);
}

static void
set_target(struct estimate *x, uint32_t f)
{
	const struct prof_calls *g = &x->g;
	uint32_t own = prof_calls_own(g, f), i;
	prof_i128 rest;

	x->target[own] = x->self[own];
	if (g->scc.cyclic[f - 1] || g->in[f - 1] == g->in[f])
		return;
	x->target[own] = x->root[f - 1].is ? x->root[f - 1].self : 0;
	rest = (prof_i128)x->self[own] - x->target[own];
	for (i = g->in[f - 1]; i < g->in[f]; i++) {
		x->target[g->in_pair[i]] = x->self[g->in_pair[i]];
		rest -= x->self[g->in_pair[i]];
	}
	if (rest != 0)
		share_pairs(x, f, x->self[own] - x->target[own]);
}

/* Node ids by place: those of place k are ids[end[k - 1]] to ids[end[k]]. */
static uint32_t *
group_nodes(const struct estimate *x, uint32_t **ids)
{
	uint32_t places = prof_calls_places(&x->g), i;
	uint32_t *end = prof_zalloc((size_t)places + 1, sizeof *end);
	const struct prof_guess *t = &x->tree;

	*ids = prof_alloc(t->n, sizeof **ids);
	for (i = 0; i < t->n; i++)
		end[t->node[i].place + 1]++;
	for (i = 1; i < places; i++)
		end[i] += end[i - 1];
	for (i = 0; i < t->n; i++)
		(*ids)[end[t->node[i].place]++] = i + 1;
	return end;
}

/* Where no node of a place has a share of self, their totals decide. */
static void
share_nodes(struct estimate *x, const uint32_t *ids, uint32_t n,
    int64_t target)
{
	uint64_t *weight = prof_alloc(n, sizeof *weight), sum = 0;
	int64_t *part = prof_alloc(n, sizeof *part);
	uint32_t i;

	for (i = 0; i < n; i++)
		sum += weight[i] = x->tree.node[ids[i] - 1].self;
	for (i = 0; i < n && sum == 0; i++)
		weight[i] = x->tree.node[ids[i] - 1].value;
	prof_share_out(target, weight, n, part);
	for (i = 0; i < n; i++)
		x->value[ids[i] - 1] = part[i];
	free(weight);
	free(part);
}

static void
set_values(struct estimate *x)
{
	uint32_t *ids, *end = group_nodes(x, &ids), k, from = 0;

	for (k = 0; k < prof_calls_places(&x->g); k++) {
		if (end[k] == from)
			x->unplaced[prof_calls_fn(&x->g, k) - 1] +=
			    x->target[k];
		else if (end[k] == from + 1)
			x->value[ids[from] - 1] = x->target[k];
		else
			share_nodes(x, ids + from, end[k] - from,
			    x->target[k]);
		from = end[k];
	}
	free(ids);
	free(end);
}

static uint64_t
magnitude(int64_t v)
{
	return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

static void
unplace(struct estimate *x, uint32_t id)
{
	x->unplaced[x->tree.node[id - 1].fn - 1] += x->value[id - 1];
	x->value[id - 1] = 0;
}

/*
 * A stack costs its depth: of a chain of a million functions, each with
 * some time of its own, not all can be written down.
 */
static void
keep_budget(struct estimate *x)
{
	const struct prof_guess *t = &x->tree;
	uint64_t *key, used = 0;
	uint32_t *ids, i;

	for (i = 0; i < t->n; i++)
		used += x->value[i] != 0 ? t->node[i].depth : 0;
	if (used <= x->budget)
		return;
	ids = prof_alloc(t->n, sizeof *ids);
	key = prof_alloc((size_t)t->n + 1, sizeof *key);
	for (i = 0; i < t->n; i++) {
		ids[i] = i + 1;
		key[i + 1] = ~magnitude(x->value[i]);
	}
	prof_sort_keys(ids, t->n, key, NULL, NULL);
	for (used = 0, i = 0; i < t->n; i++) {
		if (t->node[ids[i] - 1].depth <= x->budget - used)
			used += t->node[ids[i] - 1].depth;
		else
			unplace(x, ids[i]);
	}
	free(ids);
	free(key);
}

static bool
is_builtin(const struct prof_profile *p, const struct prof_function *f)
{
	const char *name = prof_profile_str(p, f->name);
	uint32_t len = prof_strs_len(&p->strs, f->name);

	return f->file == 0 && len >= 2 && name[0] == '{' &&
	    name[len - 1] == '}';
}

static prof_loc
location_of(struct estimate *x, uint32_t f)
{
	struct prof_location l = { .kind = PROF_KIND_INTERPRETED };
	struct prof_line line = { .fn = x->g.fn[f - 1] };
	const struct prof_function *fn = prof_profile_fn(x->p, line.fn);

	if (x->loc[f - 1] == 0) {
		if (is_builtin(x->p, fn))
			l.kind = PROF_KIND_BUILTIN;
		line.line = fn->start;
		x->loc[f - 1] = prof_builder_location(&x->b, l, &line, 1);
	}
	return x->loc[f - 1];
}

/* An earlier estimate may have made the function already. */
static prof_fn
rest_function(struct prof_profile *p)
{
	struct prof_function f = { 0 }, *g;
	uint32_t i;

	f.name = prof_strs_adds(&p->strs, PROF_CALLTREE_REST);
	for (i = 0; i < p->nfn; i++) {
		g = &p->fn[i];
		if (g->name == f.name && g->file == 0 && g->system == 0 &&
		    g->start == 0)
			return i + 1;
	}
	return prof_profile_add_fn(p, f);
}

static prof_loc
rest_location(struct estimate *x)
{
	struct prof_location l = { 0 };
	struct prof_line line = { 0 };

	if (x->rest_loc == 0) {
		line.fn = rest_function(x->p);
		x->rest_loc = prof_builder_location(&x->b, l, &line, 1);
	}
	return x->rest_loc;
}

static int
add_sample(struct estimate *x, size_t n, int64_t value, struct prof_err *err)
{
	int64_t values[PROF_COLS_MAX] = { 0 };

	values[x->column] = value;
	return prof_builder_sample(&x->b, prof_builder_stack(&x->b, x->frame,
	    n), 0, 0, values, err);
}

static int
add_node_sample(struct estimate *x, uint32_t id, struct prof_err *err)
{
	const struct prof_guess_node *node = x->tree.node;
	uint32_t up;
	size_t n = 0;

	PROF_RESERVE(x->frame, x->frame_cap, node[id - 1].depth);
	for (up = id; up != 0; up = node[up - 1].parent)
		x->frame[n++] = location_of(x, node[up - 1].fn);
	return add_sample(x, n, x->value[id - 1], err);
}

static int
add_rest_sample(struct estimate *x, uint32_t f, struct prof_err *err)
{
	if (!prof_num_fits(x->unplaced[f - 1]))
		return prof_fail(err, PROF_ERANGE, "what callers do not "
		    "explain adds up to more than 64 bits hold");
	PROF_RESERVE(x->frame, x->frame_cap, 2);
	x->frame[0] = location_of(x, f);
	x->frame[1] = rest_location(x);
	return add_sample(x, 2, (int64_t)x->unplaced[f - 1], err);
}

static int
add_samples(struct estimate *x, struct prof_err *err)
{
	uint32_t i;
	int rc = PROF_OK;

	for (i = 1; i <= x->tree.n && rc == PROF_OK; i++)
		if (x->value[i - 1] != 0)
			rc = add_node_sample(x, i, err);
	for (i = 1; i <= x->g.nfns && rc == PROF_OK; i++)
		if (x->unplaced[i - 1] != 0)
			rc = add_rest_sample(x, i, err);
	return rc;
}

static void
fit_tree(struct estimate *x)
{
	uint32_t f;

	prof_calls_roots(&x->g, x->calls, x->self, x->total, x->root);
	prof_guess_init(&x->tree, &x->g, x->self, x->total, x->root);
	memset(x->target, 0, prof_calls_places(&x->g) * sizeof *x->target);
	memset(x->unplaced, 0, x->g.nfns * sizeof *x->unplaced);
	for (f = 1; f <= x->g.nfns; f++)
		set_target(x, f);
	x->value = prof_zalloc(x->tree.n, sizeof *x->value);
	set_values(x);
	keep_budget(x);
}

static int
estimate_column(struct estimate *x, unsigned self, unsigned total,
    struct prof_err *err)
{
	int rc = prof_calls_column(&x->g, self, x->self, err);

	if (rc == PROF_OK)
		rc = prof_calls_column(&x->g, total, x->total, err);
	if (rc != PROF_OK)
		return rc;
	fit_tree(x);
	rc = add_samples(x, err);
	prof_guess_release(&x->tree);
	free(x->value);
	return rc;
}

/* The edge columns of a value column; false when there are not both. */
static bool
find_columns(const struct prof_profile *p, unsigned column, int *self,
    int *total)
{
	*self = prof_profile_edge_column(p, PROF_EDGE_SELF,
	    p->type[column].type);
	*total = prof_profile_edge_column(p, PROF_EDGE_TOTAL,
	    p->type[column].type);
	return *self >= 0 && *total >= 0;
}

static unsigned
count_columns(const struct prof_profile *p)
{
	unsigned c, n = 0;
	int self, total;

	for (c = 0; c < p->ntypes; c++)
		n += find_columns(p, c, &self, &total);
	return n;
}

static int
estimate_columns(struct estimate *x, struct prof_err *err)
{
	int self, total, rc = PROF_OK;
	int calls = prof_profile_edge_column(x->p, PROF_EDGE_CALLS, 0);

	if (calls >= 0) {
		x->calls = prof_alloc(prof_calls_places(&x->g),
		    sizeof *x->calls);
		rc = prof_calls_column(&x->g, (unsigned)calls, x->calls, err);
	}
	for (x->column = 0; x->column < x->p->ntypes && rc == PROF_OK;
	    x->column++)
		if (find_columns(x->p, x->column, &self, &total))
			rc = estimate_column(x, (unsigned)self,
			    (unsigned)total, err);
	return rc;
}

static void
mark_estimated(struct prof_profile *p, bool flat)
{
	prof_str text = prof_strs_adds(&p->strs, flat ? PROF_CALLTREE_FLAT :
	    PROF_CALLTREE_COMMENT);
	uint32_t i;

	p->meta.estimated = true;
	for (i = 0; i < p->ncomments; i++)
		if (p->comment[i] == text)
			return;
	prof_profile_add_comment(p, text);
}

int
prof_calltree_estimate(struct prof_profile *p, struct prof_err *err)
{
	struct estimate x = { .p = p };
	unsigned columns = count_columns(p);
	uint32_t places;
	int rc;

	if (columns == 0 || p->edges.n == 0)
		return PROF_OK;
	prof_profile_drop_samples(p);
	prof_calls_init(&x.g, p);
	prof_builder_init(&x.b, p, NULL);
	places = prof_calls_places(&x.g);
	x.budget = PROF_CALLTREE_FRAMES / columns;
	x.self = prof_alloc(places, sizeof *x.self);
	x.total = prof_alloc(places, sizeof *x.total);
	x.target = prof_alloc(places, sizeof *x.target);
	x.loc = prof_zalloc(x.g.nfns, sizeof *x.loc);
	x.root = prof_alloc(x.g.nfns, sizeof *x.root);
	x.unplaced = prof_alloc(x.g.nfns, sizeof *x.unplaced);
	rc = estimate_columns(&x, err);
	mark_estimated(p, x.g.npairs == 0);
	free(x.calls);
	free(x.self);
	free(x.total);
	free(x.target);
	free(x.loc);
	free(x.root);
	free(x.unplaced);
	free(x.frame);
	prof_builder_release(&x.b);
	prof_calls_release(&x.g);
	return rc;
}
