/* SPDX-License-Identifier: MIT */
#include "libanalysis/tree.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

/*
 * A stack on its way through the tree: the locations that are still to come
 * lie between at and end, and row of the next one were taken already.  From
 * the root the run is walked backwards: the next location is at[-1].
 */
struct cursor {
	const prof_loc *at, *end;
	int64_t weight;
	uint32_t row;
	uint32_t side;		/* input */
};

/* One distinct next frame among the stacks of the node in work. */
struct group {
	prof_i128 total[PROF_TREE_SIDES];
	prof_i128 gross[PROF_TREE_SIDES];	/* if some are negative */
	uint32_t frame, count;
	uint32_t to;		/* where its next stack goes, or NOWHERE */
};

#define NOWHERE UINT32_MAX
#define AHEAD 32	/* stacks; 16 to 64 are alike */

struct maker {
	struct prof_tree *t;
	const struct prof_tree_side *side;
	uint32_t **only;	/* [input][location] its frame, 0: several */
	const struct prof_tree_opts *opts;
	unsigned nbase;		/* inputs before this one fill column 0 */
	int64_t min_total[PROF_TREE_SIDES];
	/*
	 * All stacks; those of a node lie at one range of stack[depth & 1],
	 * those of its children at parts of that range in the other one.
	 */
	struct cursor *stack[2];
	uint32_t nstacks;
	bool negative;		/* some weights are: else gross is total */
	struct job {
		uint32_t node, from, end;
	} *job;			/* nodes to be looked at, the last one first */
	size_t njobs, job_cap;
	uint32_t *key;		/* group of stack i, or NOWHERE: it ends */
	uint32_t *slot;		/* by frame: its group, if that is of it */
	struct group *group;
	uint32_t ngroups;
	size_t group_cap;
	uint32_t *kept;		/* groups that become children */
	size_t kept_cap;
};

static int
too_large(struct prof_err *err)
{
	return prof_fail(err, PROF_ERANGE,
	    "the values of the call tree add up to more than 64 bits hold");
}

static unsigned
column_of(const struct maker *m, unsigned side)
{
	return side >= m->nbase;
}

/* The next frame of a stack, 0 behind its last one; steps past it. */
static uint32_t
take_frame(const struct maker *m, struct cursor *c)
{
	const struct prof_tree_side *side = &m->side[c->side];
	const struct prof_rows *v = side->rows;
	uint32_t row, first, end;
	prof_loc loc;

	if (c->at == c->end)
		return 0;
	loc = m->opts->from_leaf ? c->at[0] : c->at[-1];
	row = m->only[c->side][loc];
	if (row != 0) {
		c->at += m->opts->from_leaf ? 1 : -1;
		return row;
	}
	first = v->first[loc - 1];
	end = v->first[loc];
	row = v->of[m->opts->from_leaf ? first + c->row : end - 1 - c->row];
	if (++c->row == end - first) {
		c->row = 0;
		c->at += m->opts->from_leaf ? 1 : -1;
	}
	return side->class_of != NULL ? side->class_of[row] : row;
}

static bool
is_kept(const struct maker *m, const struct group *g)
{
	unsigned s;

	for (s = 0; s < m->t->nsides; s++)
		if ((m->opts->gross ? g->gross[s] :
		    prof_num_abs(g->total[s])) >= m->min_total[s])
			return true;
	return false;
}

static uint32_t
add_group(struct maker *m, uint32_t frame)
{
	uint32_t n = m->ngroups++;

	PROF_RESERVE(m->group, m->group_cap, (size_t)n + 1);
	memset(&m->group[n], 0, sizeof *m->group);
	m->group[n].frame = frame;
	m->slot[frame] = n;
	return n;
}

/* Gross values are looked at afterwards only. */
static void
settle_gross(struct maker *m)
{
	uint32_t i;

	if (!m->negative)
		for (i = 0; i < m->ngroups; i++)
			memcpy(m->group[i].gross, m->group[i].total,
			    sizeof m->group[i].gross);
}

/*
 * Sort the stacks of a node into groups by their next frame.  Their frames
 * lie apart in memory: asking for them ahead makes a million stacks four
 * times as fast.
 */
static void
group_stacks(struct maker *m, const struct job *job, prof_i128 *self)
{
	struct cursor *stack = m->stack[m->t->depth[job->node] & 1], *c;
	uintptr_t next = m->opts->from_leaf ? 0 : sizeof(prof_loc);
	struct group *g;
	unsigned column;
	uint32_t i, f, k;

	m->ngroups = 0;
	for (i = job->from; i < job->end; i++) {
		if (job->end - i > AHEAD)
			__builtin_prefetch((const void *)
			    ((uintptr_t)stack[i + AHEAD].at - next));
		c = &stack[i];
		column = column_of(m, c->side);
		f = take_frame(m, c);
		if (f == 0) {
			m->key[i] = NOWHERE;
			self[column] += c->weight;
			continue;
		}
		k = m->slot[f];
		if (k >= m->ngroups || m->group[k].frame != f)
			k = add_group(m, f);
		m->key[i] = k;
		g = &m->group[k];
		g->count++;
		g->total[column] += c->weight;
		if (m->negative)
			g->gross[column] += prof_num_abs(c->weight);
	}
	settle_gross(m);
}

static int
compare(const void *ctx, uint32_t a, uint32_t b)
{
	const struct maker *m = ctx;
	int order = 0;

	a = m->group[a].frame;
	b = m->group[b].frame;
	if (m->opts->order != NULL)
		order = m->opts->order(m->opts->order_ctx, a, b);
	return order != 0 ? order : (a > b) - (a < b);
}

static void
reserve_node(struct prof_tree *t)
{
	size_t cap = t->cap, spare;
	unsigned s;

	if (t->n < t->cap)
		return;
	PROF_RESERVE(t->parent, cap, (size_t)t->n + 1);
#define GROW(column) (spare = t->cap, \
	(column) = prof_grow((column), &spare, (size_t)t->n + 1, \
	    sizeof *(column)))
	GROW(t->frame);
	GROW(t->first_child);
	GROW(t->nchildren);
	GROW(t->depth);
	GROW(t->cut);
	for (s = 0; s < t->nsides; s++) {
		GROW(t->self[s]);
		GROW(t->total[s]);
		GROW(t->gross[s]);
		GROW(t->cut_gross[s]);
	}
#undef GROW
	t->cap = cap;
}

static int64_t
bounded(prof_i128 v)
{
	return v < INT64_MAX ? (int64_t)v : INT64_MAX;
}

static int
add_node(struct prof_tree *t, uint32_t parent, uint32_t frame,
    const prof_i128 *total, const prof_i128 *gross, struct prof_err *err)
{
	uint32_t node = t->n;
	unsigned s;

	PROF_ASSERT(node < UINT32_MAX - 1);
	reserve_node(t);
	t->parent[node] = parent;
	t->frame[node] = frame;
	t->first_child[node] = t->nchildren[node] = t->cut[node] = 0;
	t->depth[node] = node != 0 ? t->depth[parent] + 1 : 0;
	if (t->depth[node] > t->max_depth)
		t->max_depth = t->depth[node];
	for (s = 0; s < t->nsides; s++) {
		if (!prof_num_fits(total[s]))
			return too_large(err);
		t->self[s][node] = 0;
		t->total[s][node] = (int64_t)total[s];
		t->gross[s][node] = bounded(gross[s]);
		t->cut_gross[s][node] = 0;
	}
	t->n++;
	return PROF_OK;
}

static void
add_cut(struct prof_tree *t, uint32_t node, const struct group *g)
{
	unsigned s;

	for (s = 0; s < t->nsides; s++)
		t->cut_gross[s][node] = bounded(t->cut_gross[s][node] +
		    g->gross[s]);
}

/* Groups that are kept become nodes, with room for their stacks. */
static int
add_children(struct maker *m, const struct job *job, struct prof_err *err)
{
	struct prof_tree *t = m->t;
	struct group *g;
	uint32_t node = job->node, i, n = 0, to = job->from;

	PROF_RESERVE(m->kept, m->kept_cap, m->ngroups);
	for (i = 0; i < m->ngroups; i++) {
		m->group[i].to = NOWHERE;
		if (is_kept(m, &m->group[i]))
			m->kept[n++] = i;
		else
			add_cut(t, node, &m->group[i]);
	}
	/* Groups are numbered as their stacks come. */
	if (!m->opts->as_met)
		prof_sort_ids(m->kept, n, compare, m);
	t->cut[node] = m->ngroups - n;
	t->first_child[node] = n > 0 ? t->n : 0;
	t->nchildren[node] = n;
	PROF_RESERVE(m->job, m->job_cap, m->njobs + n);
	for (i = 0; i < n; i++) {
		g = &m->group[m->kept[i]];
		if (add_node(t, node, g->frame, g->total, g->gross, err) !=
		    PROF_OK)
			return PROF_ERANGE;
		g->to = to;
		to += g->count;
		/* The first child is the last one, which comes next. */
		m->job[m->njobs + n - 1 - i] = (struct job){ t->n - 1, g->to,
		    to };
	}
	m->njobs += n;
	return PROF_OK;
}

static int
expand(struct maker *m, const struct job *job, struct prof_err *err)
{
	prof_i128 self[PROF_TREE_SIDES] = { 0 };
	uint32_t node = job->node, i;
	bool odd = m->t->depth[node] & 1;
	struct group *g;
	unsigned s;
	int rc;

	group_stacks(m, job, self);
	for (s = 0; s < m->t->nsides; s++) {
		if (!prof_num_fits(self[s]))
			return too_large(err);
		m->t->self[s][node] = (int64_t)self[s];
	}
	rc = add_children(m, job, err);
	if (rc != PROF_OK || m->t->nchildren[node] == 0)
		return rc;
	for (i = job->from; i < job->end; i++) {
		if (m->key[i] == NOWHERE)
			continue;
		g = &m->group[m->key[i]];
		if (g->to != NOWHERE)
			m->stack[!odd][g->to++] = m->stack[odd][i];
	}
	return PROF_OK;
}

/* --- numbers of nodes ----------------------------------------------------- */

static void
move_numbers(uint32_t *v, const uint32_t *to, uint32_t n, uint32_t *spare)
{
	uint32_t i;

	memcpy(spare, v, n * sizeof *v);
	for (i = 0; i < n; i++)
		v[to[i]] = spare[i];
}

static void
move_values(int64_t *v, const uint32_t *to, uint32_t n, int64_t *spare)
{
	uint32_t i;

	memcpy(spare, v, n * sizeof *v);
	for (i = 0; i < n; i++)
		v[to[i]] = spare[i];
}

/* Where a node goes: within a level nodes keep their order. */
static uint32_t *
number_levels(const struct prof_tree *t)
{
	uint32_t *next = prof_zalloc((size_t)t->max_depth + 2, sizeof *next);
	uint32_t *to = prof_alloc(t->n, sizeof *to), i;

	for (i = 0; i < t->n; i++)
		next[t->depth[i] + 1]++;
	for (i = 0; i <= t->max_depth; i++)
		next[i + 1] += next[i];
	for (i = 0; i < t->n; i++)
		to[i] = next[t->depth[i]]++;
	free(next);
	return to;
}

static void
order_levels(struct prof_tree *t)
{
	uint32_t *to = number_levels(t), i;
	int64_t *spare = prof_alloc(t->n, sizeof *spare);
	uint32_t *numbers = prof_alloc(t->n, sizeof *numbers);
	unsigned s;

	for (i = 0; i < t->n; i++) {
		t->parent[i] = to[t->parent[i]];
		if (t->nchildren[i] > 0)
			t->first_child[i] = to[t->first_child[i]];
	}
	move_numbers(t->parent, to, t->n, numbers);
	move_numbers(t->frame, to, t->n, numbers);
	move_numbers(t->first_child, to, t->n, numbers);
	move_numbers(t->nchildren, to, t->n, numbers);
	move_numbers(t->depth, to, t->n, numbers);
	move_numbers(t->cut, to, t->n, numbers);
	for (s = 0; s < t->nsides; s++) {
		move_values(t->self[s], to, t->n, spare);
		move_values(t->total[s], to, t->n, spare);
		move_values(t->gross[s], to, t->n, spare);
		move_values(t->cut_gross[s], to, t->n, spare);
	}
	free(numbers);
	free(spare);
	free(to);
}

/*
 * Depth first: the stacks of a small subtree stay in the processor's cache
 * from one level to the next.
 */
static int
build_nodes(struct maker *m, struct prof_err *err)
{
	struct job job;
	int rc;

	PROF_RESERVE(m->job, m->job_cap, 1);
	m->job[m->njobs++] = (struct job){ 0, 0, m->nstacks };
	while (m->njobs > 0) {
		job = m->job[--m->njobs];
		rc = expand(m, &job, err);
		if (rc != PROF_OK)
			return rc;
	}
	order_levels(m->t);
	return PROF_OK;
}

/* --- stacks --------------------------------------------------------------- */

static size_t
count_stacks(const struct prof_tree_side *side, unsigned nsides)
{
	size_t n = 0;
	unsigned s;
	uint32_t i;

	for (s = 0; s < nsides; s++)
		for (i = 0; i <= side[s].rows->p->stacks.n; i++)
			n += side[s].weight[i] != 0;
	return n;
}

static void
add_cursors(struct maker *m, unsigned s, prof_i128 *total, prof_i128 *gross)
{
	const struct prof_profile *p = m->side[s].rows->p;
	const int64_t *weight = m->side[s].weight;
	struct cursor *c;
	const prof_loc *run;
	uint32_t i;
	size_t n;

	for (i = 0; i <= p->stacks.n; i++) {
		if (weight[i] == 0)
			continue;
		run = prof_profile_stack(p, i, &n);
		c = &m->stack[0][m->nstacks++];
		c->at = m->opts->from_leaf || n == 0 ? run : run + n;
		c->end = m->opts->from_leaf && n != 0 ? run + n : run;
		c->weight = weight[i];
		c->row = 0;
		c->side = s;
		m->negative |= weight[i] < 0;
		*total += weight[i];
		*gross += prof_num_abs(weight[i]);
	}
}

static void
release_maker(struct maker *m, unsigned nsides)
{
	unsigned s;

	for (s = 0; s < nsides; s++)
		free(m->only[s]);
	free(m->only);
	free(m->stack[0]);
	free(m->stack[1]);
	free(m->job);
	free(m->key);
	free(m->slot);
	free(m->group);
	free(m->kept);
}

/* Of m, side, opts, nbase and min_total are set. */
static int
build(struct maker *m, unsigned nsides, uint32_t nframes,
    struct prof_err *err)
{
	prof_i128 total[PROF_TREE_SIDES] = { 0 };
	prof_i128 gross[PROF_TREE_SIDES] = { 0 };
	size_t n = count_stacks(m->side, nsides);
	unsigned s, column;
	int rc;

	PROF_ASSERT(n < NOWHERE);
	memset(m->t, 0, sizeof *m->t);
	m->t->nsides = nsides > m->nbase ? PROF_TREE_SIDES : 1;
	m->stack[0] = prof_alloc(n, sizeof *m->stack[0]);
	m->stack[1] = prof_alloc(n, sizeof *m->stack[1]);
	m->key = prof_alloc(n, sizeof *m->key);
	m->slot = prof_zalloc((size_t)nframes + 1, sizeof *m->slot);
	m->only = prof_alloc(nsides, sizeof *m->only);
	for (s = 0; s < nsides; s++) {
		m->only[s] = prof_rows_only(m->side[s].rows,
		    m->side[s].class_of);
		column = column_of(m, s);
		add_cursors(m, s, &total[column], &gross[column]);
	}
	rc = add_node(m->t, 0, 0, total, gross, err);
	if (rc == PROF_OK)
		rc = build_nodes(m, err);
	release_maker(m, nsides);
	if (rc != PROF_OK)
		prof_tree_release(m->t);
	return rc;
}

int
prof_tree_init(struct prof_tree *t, const struct prof_tree_side *side,
    unsigned nsides, uint32_t nframes, const struct prof_tree_opts *opts,
    struct prof_err *err)
{
	static const struct prof_tree_opts defaults;
	struct maker m = { .t = t, .side = side, .nbase = 1 };
	unsigned s;

	PROF_ASSERT(nsides >= 1 && nsides <= PROF_TREE_SIDES);
	m.opts = opts != NULL ? opts : &defaults;
	for (s = 0; s < PROF_TREE_SIDES; s++)
		m.min_total[s] = m.opts->min_total;
	return build(&m, nsides, nframes, err);
}

int
prof_tree_init_runs(struct prof_tree *t, const struct prof_tree_side *run,
    unsigned nruns, unsigned nbase, uint32_t nframes,
    const int64_t min_total[PROF_TREE_SIDES], struct prof_err *err)
{
	static const struct prof_tree_opts defaults;
	struct maker m = { .t = t, .side = run, .nbase = nbase };

	PROF_ASSERT(nbase >= 1 && nbase < nruns);
	m.opts = &defaults;
	memcpy(m.min_total, min_total, sizeof m.min_total);
	return build(&m, nruns, nframes, err);
}

void
prof_tree_release(struct prof_tree *t)
{
	unsigned s;

	free(t->parent);
	free(t->frame);
	free(t->first_child);
	free(t->nchildren);
	free(t->depth);
	free(t->cut);
	for (s = 0; s < PROF_TREE_SIDES; s++) {
		free(t->self[s]);
		free(t->total[s]);
		free(t->gross[s]);
		free(t->cut_gross[s]);
	}
	free(t->gap);
	memset(t, 0, sizeof *t);
}

int64_t
prof_tree_min_total(int64_t whole, uint32_t ppm)
{
	prof_i128 min = (prof_num_abs(whole) * ppm + 999999) / 1000000;

	return min <= INT64_MAX ? (int64_t)min : INT64_MAX;
}

prof_i128
prof_tree_rest(const struct prof_tree *t, uint32_t node, unsigned side)
{
	const int64_t *total = t->total[side];
	prof_i128 rest = (prof_i128)total[node] - t->self[side][node];
	uint32_t i;

	for (i = 0; i < t->nchildren[node]; i++)
		rest -= total[t->first_child[node] + i];
	return rest;
}
