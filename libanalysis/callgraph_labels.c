/* SPDX-License-Identifier: MIT */
#include "libanalysis/callgraph_state.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/*
 * Every label set becomes a run of keys: its text, if it has any, and its
 * numbers of that text.  A node then has an entry for each key of a sample
 * that passes it.
 */
struct key {
	prof_str text, unit;
	bool number;
	int64_t num;
};

struct entry {
	uint32_t node, key;	/* index, id */
	prof_i128 self, total;
};

struct labels {
	struct callgraph_maker *m;
	uint32_t nodes;		/* the first ones: those that may be shown */
	uint64_t seed;
	struct key *key;	/* by id - 1 */
	struct prof_map keys, entries;
	uint32_t nkeys, nentries;
	uint32_t *first, *of;	/* by set - 1: index in of; nsets + 1 */
	size_t used;
	struct entry *entry;	/* by id - 1 */
	size_t key_cap, of_cap, entry_cap;
	bool *seen;		/* by node */
	uint32_t *passed;	/* nodes of the stack in work */
	uint32_t npassed, leaf;	/* leaf: index + 1, 0 when left out */
	prof_str base, bytes;	/* names of keys; UINT32_MAX: not there */
};

static uint32_t
find_key(struct labels *l, const struct key *k)
{
	const struct key *o;
	uint64_t hash = prof_hash_add(l->seed, l->seed,
	    (uint64_t)k->text << 32 | k->unit);
	uint32_t at, id;

	hash = prof_hash_add(l->seed, hash, (uint64_t)k->num);
	hash = prof_hash_add(l->seed, hash, k->number);
	for (id = prof_map_first(&l->keys, hash, &at); id != 0;
	    id = prof_map_next(&l->keys, hash, &at)) {
		o = &l->key[id - 1];
		if (o->text == k->text && o->unit == k->unit &&
		    o->num == k->num && o->number == k->number)
			return id;
	}
	PROF_RESERVE(l->key, l->key_cap, (size_t)l->nkeys + 1);
	l->key[l->nkeys] = *k;
	prof_map_put(&l->keys, hash, ++l->nkeys);
	return l->nkeys;
}

static void
put_key(struct labels *l, const struct key *k)
{
	PROF_RESERVE(l->of, l->of_cap, l->used + 1);
	l->of[l->used++] = find_key(l, k);
}

/* A set's labels come in order of their keys: the text is one of content. */
static prof_str
text_of(struct labels *l, const struct prof_label *a, size_t n,
    struct prof_buf *b)
{
	const struct prof_profile *p = l->m->v->p;
	size_t i;

	prof_buf_clear(b);
	for (i = 0; i < n; i++) {
		if (a[i].str == 0 || a[i].key == l->base)
			continue;
		if (b->len > 0)
			prof_buf_addc(b, '\n');
		prof_buf_add(b, prof_profile_str(p, a[i].key),
		    prof_strs_len(&p->strs, a[i].key));
		prof_buf_addc(b, ':');
		prof_buf_add(b, prof_profile_str(p, a[i].str),
		    prof_strs_len(&p->strs, a[i].str));
	}
	return prof_strs_add(&l->m->g->texts, b->data, b->len);
}

static void
list_keys(struct labels *l)
{
	const struct prof_profile *p = l->m->v->p;
	const struct prof_label *a;
	struct prof_buf b = { 0 };
	struct key k;
	uint32_t s;
	size_t i, n;

	l->base = prof_strs_find(&p->strs, "pprof::base", 11);
	l->bytes = prof_strs_find(&p->strs, "bytes", 5);
	l->first = prof_zalloc((size_t)p->sets.n + 1, sizeof *l->first);
	for (s = 1; s <= p->sets.n; s++) {
		a = prof_profile_set(p, s, &n);
		memset(&k, 0, sizeof k);
		k.text = text_of(l, a, n, &b);
		if (k.text != 0)
			put_key(l, &k);
		k.number = true;
		for (i = 0; i < n; i++) {
			if (a[i].str != 0 || a[i].key != l->bytes)
				continue;
			k.num = a[i].num;
			k.unit = a[i].unit;
			put_key(l, &k);
		}
		PROF_ASSERT(l->used < UINT32_MAX);
		l->first[s] = (uint32_t)l->used;
	}
	prof_buf_release(&b);
}

static struct entry *
find_entry(struct labels *l, uint32_t node, uint32_t key)
{
	uint64_t hash = prof_hash_mix(l->seed, (uint64_t)node << 32 | key);
	struct entry e = { .node = node, .key = key };
	uint32_t at, id;

	for (id = prof_map_first(&l->entries, hash, &at); id != 0;
	    id = prof_map_next(&l->entries, hash, &at))
		if (l->entry[id - 1].node == node &&
		    l->entry[id - 1].key == key)
			return &l->entry[id - 1];
	PROF_ASSERT(l->nentries < UINT32_MAX - 1);
	PROF_RESERVE(l->entry, l->entry_cap, (size_t)l->nentries + 1);
	l->entry[l->nentries] = e;
	prof_map_put(&l->entries, hash, ++l->nentries);
	return &l->entry[l->nentries - 1];
}

/* The nodes of a stack that are asked for, each once. */
static void
pass(struct labels *l, prof_stack s)
{
	struct callgraph_maker *m = l->m;
	uint32_t node;
	size_t i;

	for (; l->npassed > 0; l->npassed--)
		l->seen[l->passed[l->npassed - 1]] = false;
	callgraph_walk(m, s);
	l->leaf = 0;
	for (i = 0; i < m->nsteps; i++) {
		node = m->step[i].node;
		if (node >= l->nodes || l->seen[node])
			continue;
		l->seen[node] = true;
		l->passed[l->npassed++] = node;
	}
	if (m->nsteps > 0 && !m->lost &&
	    m->step[m->nsteps - 1].node < l->nodes)
		l->leaf = m->step[m->nsteps - 1].node + 1;
}

static void
add_sample(struct labels *l, prof_set set, int64_t value)
{
	uint32_t i, k;

	for (k = l->first[set - 1]; k < l->first[set]; k++) {
		for (i = 0; i < l->npassed; i++)
			find_entry(l, l->passed[i], l->of[k])->total += value;
		if (l->leaf != 0)
			find_entry(l, l->leaf - 1, l->of[k])->self += value;
	}
}

/* Samples by stack, so that each stack is walked once. */
static void
add_samples(struct labels *l)
{
	const struct prof_profile *p = l->m->v->p;
	const int64_t *value = p->value[l->m->column];
	uint32_t *row = prof_alloc((size_t)p->nsamples + 1, sizeof *row);
	uint64_t *key = prof_alloc((size_t)p->nsamples + 1, sizeof *key);
	prof_stack last = 0;
	uint32_t i, n = 0;

	for (i = 0; i < p->nsamples; i++) {
		key[i] = p->stack[i];
		if (p->stack[i] != 0 && p->set[i] != 0 && value[i] != 0 &&
		    l->first[p->set[i] - 1] != l->first[p->set[i]])
			row[n++] = i;
	}
	prof_sort_keys(row, n, key, NULL, NULL);
	for (i = 0; i < n; i++) {
		if (p->stack[row[i]] != last)
			pass(l, p->stack[row[i]]);
		last = p->stack[row[i]];
		add_sample(l, p->set[row[i]], value[row[i]]);
	}
	free(row);
	free(key);
}

/* By node, then the largest first, then by what they say. */
static int
compare(const void *ctx, uint32_t a, uint32_t b)
{
	const struct labels *l = ctx;
	const struct entry *x = &l->entry[a], *y = &l->entry[b];
	const struct key *k = &l->key[x->key - 1], *j = &l->key[y->key - 1];
	prof_i128 v = prof_num_abs(x->total), w = prof_num_abs(y->total);
	int c;

	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	if (v != w)
		return v > w ? -1 : 1;
	v = prof_num_abs(x->self);
	w = prof_num_abs(y->self);
	if (v != w)
		return v > w ? -1 : 1;
	c = prof_strs_cmp(&l->m->g->texts, k->text, j->text);
	if (c == 0)
		c = k->number - j->number;
	if (c == 0)
		c = prof_strs_cmp(&l->m->v->p->strs, k->unit, j->unit);
	return c != 0 ? c : (k->num > j->num) - (k->num < j->num);
}

static void
store_entry(struct labels *l, const struct entry *e)
{
	struct prof_callgraph *g = l->m->g;
	const struct key *k = &l->key[e->key - 1];
	struct prof_callgraph_label *to;

	PROF_RESERVE(g->label, g->label_cap, (size_t)g->nlabels + 1);
	if (g->node[e->node].nlabels++ == 0)
		g->node[e->node].first_label = g->nlabels;
	to = &g->label[g->nlabels++];
	memset(to, 0, sizeof *to);
	to->text = k->text;
	to->number = k->number;
	to->num = k->num;
	to->unit = k->unit;
	to->self = (int64_t)e->self;
	to->total = (int64_t)e->total;
}

static int
store(struct labels *l, struct prof_err *err)
{
	const struct callgraph_maker *m = l->m;
	uint32_t *ids = prof_alloc((size_t)l->nentries + 1, sizeof *ids), i;
	const struct entry *e;
	int rc = PROF_OK;

	for (i = 0; i < l->nentries; i++)
		ids[i] = i;
	prof_sort_ids(ids, l->nentries, compare, l);
	for (i = 0; i < l->nentries && rc == PROF_OK; i++) {
		e = &l->entry[ids[i]];
		if (callgraph_below(m, e->self, m->opts->node_num,
		    m->opts->node_den) && callgraph_below(m, e->total,
		    m->opts->node_num, m->opts->node_den))
			continue;
		if (prof_num_fits(e->self) && prof_num_fits(e->total))
			store_entry(l, e);
		else
			rc = prof_fail(err, PROF_ERANGE, "the values of a "
			    "label leave 64 bits");
	}
	free(ids);
	return rc;
}

int
callgraph_labels(struct callgraph_maker *m, uint32_t n, struct prof_err *err)
{
	struct labels l = { .m = m, .nodes = n, .seed = prof_hash_seed() };
	int rc;

	if (m->column >= m->v->p->ntypes || n == 0 || m->v->p->sets.n == 0)
		return PROF_OK;
	l.seen = prof_zalloc(n, sizeof *l.seen);
	l.passed = prof_alloc(n, sizeof *l.passed);
	list_keys(&l);
	add_samples(&l);
	rc = store(&l, err);
	free(l.key);
	free(l.first);
	free(l.of);
	free(l.entry);
	free(l.seen);
	free(l.passed);
	prof_map_release(&l.keys);
	prof_map_release(&l.entries);
	return rc;
}
