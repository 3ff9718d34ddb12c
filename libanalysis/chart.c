/* SPDX-License-Identifier: MIT */
#include "libanalysis/chart.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/root.h"

/* A call that is going on, or was and is kept: in preorder. */
struct node {
	prof_i128 total, self, gross, cut_gross;
	uint64_t gap;		/* before it, see struct prof_tree */
	uint64_t since;		/* spent since the last child kept ended */
	uint32_t frame, depth, cut;
};

struct maker {
	struct prof_chart *c;
	const struct prof_rows *rows;
	const int64_t *value;
	int64_t min_total;
	uint32_t *sample;	/* that have a value, in order */
	uint32_t nsamples;
	bool negative;
	uint32_t *thread_of;	/* by label set, from 1; 0: not in use */
	uint32_t *thread_frame;	/* by thread; 0: none */
	struct node *node;
	size_t nnodes, node_cap;
	size_t *open;		/* by depth: the node going on */
	size_t depth, open_cap;	/* open[0] is the root */
	uint32_t *path;		/* frames of the sample in work */
	size_t path_cap;
};

/* Threads. */

struct named {
	const char **name;	/* by label set */
};

static size_t
digits(const char *s)
{
	size_t n = 0;

	while (s[n] >= '0' && s[n] <= '9')
		n++;
	return n;
}

/* As bytes, but numbers in them by their value. */
static int
compare_names(const char *a, const char *b)
{
	size_t n, m;
	int order;

	for (; *a != '\0' && *b != '\0'; a += n, b += n) {
		n = digits(a);
		m = digits(b);
		if (n > 0 && m > 0 && n != m && *a != '0' && *b != '0')
			return n < m ? -1 : 1;
		n = n > 0 && n == m ? n : 1;
		order = memcmp(a, b, n);
		if (order != 0)
			return order;
	}
	return (*a != '\0') - (*b != '\0');
}

static int
by_name(const void *ctx, uint32_t a, uint32_t b)
{
	const struct named *x = ctx;

	return compare_names(x->name[a], x->name[b]);
}

static void
name_threads(struct maker *m, struct named *x, const uint32_t *set,
    uint32_t n)
{
	struct prof_buf b = { 0 };
	uint32_t i;

	for (i = 0; i < n; i++) {
		prof_buf_clear(&b);
		prof_root_name(&b, m->rows->p, set[i], PROF_ROOT_THREAD);
		x->name[set[i]] = prof_arena_strndup(&m->c->names,
		    b.len > 0 ? b.data : "", b.len);
	}
	prof_buf_release(&b);
}

/* The label sets of the samples, each once. */
static uint32_t
used_sets(const struct maker *m, uint32_t *set)
{
	const struct prof_profile *p = m->rows->p;
	bool *seen = prof_zalloc((size_t)p->sets.n + 1, sizeof *seen);
	uint32_t i, n = 0, s;

	for (i = 0; i < m->nsamples; i++) {
		s = p->set[m->sample[i]];
		if (!seen[s])
			set[n++] = s;
		seen[s] = true;
	}
	free(seen);
	return n;
}

static void
add_thread(struct maker *m, struct prof_frames *frames, uint32_t thread,
    const char *name)
{
	struct prof_row *row = &m->c->row[thread - 1];

	row->name = name[0] != '\0' ? name : "[no thread]";
	row->name_len = (uint32_t)strlen(row->name);
	row->file = row->module = row->build_id = "";
	m->thread_frame[thread] = prof_frames_add(frames, row);
}

/* Number the threads in their order, and give each a frame. */
static void
find_threads(struct maker *m, struct prof_frames *frames)
{
	size_t sets = (size_t)m->rows->p->sets.n + 1;
	uint32_t *set = prof_alloc(sets, sizeof *set);
	struct named x = { prof_zalloc(sets, sizeof *x.name) };
	uint32_t i, k, n = used_sets(m, set);

	name_threads(m, &x, set, n);
	prof_sort_ids(set, n, by_name, &x);
	m->thread_of = prof_zalloc(sets, sizeof *m->thread_of);
	for (i = 0; i < n; i++) {
		m->c->nthreads += i == 0 || by_name(&x, set[i - 1],
		    set[i]) != 0;
		m->thread_of[set[i]] = m->c->nthreads;
	}
	m->thread_frame = prof_zalloc((size_t)m->c->nthreads + 1,
	    sizeof *m->thread_frame);
	m->c->row = prof_zalloc(m->c->nthreads, sizeof *m->c->row);
	for (i = 0, k = 0; i < n; i++) {
		if (m->thread_of[set[i]] == k)
			continue;
		k = m->thread_of[set[i]];
		if (m->c->nthreads > 1 || x.name[set[i]][0] != '\0')
			add_thread(m, frames, k, x.name[set[i]]);
	}
	free(x.name);
	free(set);
}

/* Samples. */

static void
collect_samples(struct maker *m)
{
	const struct prof_profile *p = m->rows->p;
	uint32_t i;

	m->sample = prof_alloc(p->nsamples, sizeof *m->sample);
	for (i = 0; i < p->nsamples; i++) {
		if (m->value[i] == 0)
			continue;
		m->negative |= m->value[i] < 0;
		m->sample[m->nsamples++] = i;
	}
}

/* By thread, then by time; sorting is stable. */
static void
sort_samples(struct maker *m)
{
	const struct prof_profile *p = m->rows->p;
	uint64_t *key = prof_alloc(p->nsamples, sizeof *key);
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		key[i] = (uint64_t)p->time[i] ^ (uint64_t)1 << 63;
	prof_sort_keys(m->sample, m->nsamples, key, NULL, NULL);
	if (m->nsamples > 0) {
		m->c->first = p->time[m->sample[0]];
		m->c->last = p->time[m->sample[m->nsamples - 1]];
	}
	for (i = 0; i < p->nsamples; i++)
		key[i] = m->thread_of[p->set[i]];
	prof_sort_keys(m->sample, m->nsamples, key, NULL, NULL);
	free(key);
}

/* The frames of a sample from the root: its thread, then its stack. */
static size_t
find_path(struct maker *m, uint32_t sample)
{
	const struct prof_rows *v = m->rows;
	uint32_t thread = m->thread_of[v->p->set[sample]], k, first;
	size_t i, n, len = 0;
	const prof_loc *run = prof_profile_stack(v->p,
	    v->p->stack[sample], &n);

	PROF_RESERVE(m->path, m->path_cap, 1);
	if (m->thread_frame[thread] != 0)
		m->path[len++] = m->thread_frame[thread];
	for (i = n; i-- > 0;) {
		first = v->first[run[i] - 1];
		k = v->first[run[i]];
		PROF_RESERVE(m->path, m->path_cap, len + k - first);
		while (k-- > first)
			m->path[len++] = v->of[k];
	}
	return len;
}

/* Calls. */

static void
open_node(struct maker *m, uint32_t frame, size_t depth)
{
	struct node *n, *parent;

	PROF_ASSERT(m->nnodes < UINT32_MAX - 1);
	PROF_RESERVE(m->node, m->node_cap, m->nnodes + 1);
	PROF_RESERVE(m->open, m->open_cap, depth + 1);
	n = &m->node[m->nnodes];
	memset(n, 0, sizeof *n);
	n->frame = frame;
	n->depth = (uint32_t)depth;
	if (depth > 0) {
		parent = &m->node[m->open[depth - 1]];
		n->gap = parent->since;
		parent->since = 0;
	}
	m->open[depth] = m->nnodes++;
	m->depth = depth;
}

/*
 * The innermost call ends.  One that is too narrow has no children left, so
 * it is the last node, and what it took is its caller's.
 */
static void
close_node(struct maker *m)
{
	struct node *n = &m->node[m->open[m->depth]];
	struct node *parent = &m->node[m->open[--m->depth]];

	parent->total += n->total;
	parent->gross += n->gross;
	if (n->gross >= m->min_total)
		return;
	parent->cut++;
	parent->cut_gross += n->gross;
	parent->since += n->gap + (uint64_t)n->gross;
	m->nnodes--;
}

static void
add_sample(struct maker *m, uint32_t sample)
{
	size_t len = find_path(m, sample), same = 0;
	int64_t v = m->value[sample];
	struct node *leaf;

	while (same < len && same < m->depth &&
	    m->node[m->open[same + 1]].frame == m->path[same])
		same++;
	while (m->depth > same)
		close_node(m);
	while (m->depth < len)
		open_node(m, m->path[m->depth], m->depth + 1);
	leaf = &m->node[m->open[m->depth]];
	leaf->self += v;
	leaf->total += v;
	leaf->gross += prof_num_abs(v);
	leaf->since += (uint64_t)prof_num_abs(v);
}

/* The tree. */

static int64_t
bounded(prof_i128 v)
{
	return v < INT64_MAX ? (int64_t)v : INT64_MAX;
}

static int
check_sums(const struct maker *m, struct prof_err *err)
{
	size_t i;

	for (i = 0; i < m->nnodes; i++)
		if (!prof_num_fits(m->node[i].total) ||
		    !prof_num_fits(m->node[i].self))
			return prof_fail(err, PROF_ERANGE, "the values of "
			    "the chart add up to more than 64 bits hold");
	return PROF_OK;
}

static void
reserve_tree(struct prof_tree *t, uint32_t n, bool gaps)
{
	t->n = n;
	t->cap = n;
	t->nsides = 1;
	t->parent = prof_zalloc(n, sizeof *t->parent);
	t->frame = prof_zalloc(n, sizeof *t->frame);
	t->first_child = prof_zalloc(n, sizeof *t->first_child);
	t->nchildren = prof_zalloc(n, sizeof *t->nchildren);
	t->depth = prof_zalloc(n, sizeof *t->depth);
	t->cut = prof_zalloc(n, sizeof *t->cut);
	t->self[0] = prof_zalloc(n, sizeof(int64_t));
	t->total[0] = prof_zalloc(n, sizeof(int64_t));
	t->gross[0] = prof_zalloc(n, sizeof(int64_t));
	t->cut_gross[0] = prof_zalloc(n, sizeof(int64_t));
	if (gaps)
		t->gap = prof_zalloc(n, sizeof *t->gap);
}

static void
fill_node(struct prof_tree *t, uint32_t id, uint32_t parent,
    const struct node *n)
{
	t->parent[id] = parent;
	t->frame[id] = n->frame;
	t->depth[id] = n->depth;
	t->cut[id] = n->cut;
	t->self[0][id] = (int64_t)n->self;
	t->total[0][id] = (int64_t)n->total;
	t->gross[0][id] = bounded(n->gross);
	t->cut_gross[0][id] = bounded(n->cut_gross);
	if (t->gap != NULL)
		t->gap[id] = (int64_t)n->gap;
	if (n->depth == 0)
		return;
	if (t->nchildren[parent]++ == 0)
		t->first_child[parent] = id;
}

/* From preorder to levels: nodes of one depth keep their order. */
static void
order_levels(const struct maker *m, struct prof_tree *t)
{
	uint32_t *next, *last, depth = 0, d;
	size_t i;

	for (i = 0; i < m->nnodes; i++)
		if (m->node[i].depth > depth)
			depth = m->node[i].depth;
	next = prof_zalloc((size_t)depth + 2, sizeof *next);
	last = prof_zalloc((size_t)depth + 1, sizeof *last);
	for (i = 0; i < m->nnodes; i++)
		next[m->node[i].depth + 1]++;
	for (d = 0; d < depth; d++)
		next[d + 1] += next[d];
	reserve_tree(t, (uint32_t)m->nnodes, !m->negative);
	t->max_depth = depth;
	for (i = 0; i < m->nnodes; i++) {
		d = m->node[i].depth;
		last[d] = next[d]++;
		fill_node(t, last[d], d > 0 ? last[d - 1] : 0, &m->node[i]);
	}
	free(next);
	free(last);
}

static int
make_tree(struct maker *m, struct prof_err *err)
{
	uint32_t i;
	int rc;

	open_node(m, 0, 0);
	for (i = 0; i < m->nsamples; i++)
		add_sample(m, m->sample[i]);
	while (m->depth > 0)
		close_node(m);
	rc = check_sums(m, err);
	if (rc == PROF_OK)
		order_levels(m, &m->c->tree);
	return rc;
}

static void
release_maker(struct maker *m)
{
	free(m->sample);
	free(m->thread_of);
	free(m->thread_frame);
	free(m->node);
	free(m->open);
	free(m->path);
}

int
prof_chart_init(struct prof_chart *c, const struct prof_rows *rows,
    struct prof_frames *frames, const int64_t *value, int64_t min_total,
    struct prof_err *err)
{
	struct maker m = { .c = c, .rows = rows, .value = value,
	    .min_total = min_total };
	int rc;

	memset(c, 0, sizeof *c);
	collect_samples(&m);
	if (m.nsamples > 0 && rows->p->time == NULL) {
		release_maker(&m);
		return prof_fail(err, PROF_EUSAGE, "the samples carry no time");
	}
	find_threads(&m, frames);
	if (m.nsamples > 0)
		sort_samples(&m);
	rc = make_tree(&m, err);
	release_maker(&m);
	if (rc != PROF_OK)
		prof_chart_release(c);
	return rc;
}

void
prof_chart_release(struct prof_chart *c)
{
	prof_tree_release(&c->tree);
	free(c->row);
	prof_arena_release(&c->names);
	memset(c, 0, sizeof *c);
}
