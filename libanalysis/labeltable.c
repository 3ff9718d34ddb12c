/* SPDX-License-Identifier: MIT */
#include "libanalysis/labeltable.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/map.h"
#include "libanalysis/mean.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

struct maker {
	struct prof_labeltable *t;
	struct prof_map sums, keys;
	uint64_t seed;
};

static uint32_t
find_key(struct maker *m, prof_str key)
{
	struct prof_labeltable *t = m->t;
	uint64_t hash = prof_hash_add(m->seed, m->seed, key);
	uint32_t at, id;

	for (id = prof_map_first(&m->keys, hash, &at); id != 0;
	    id = prof_map_next(&m->keys, hash, &at))
		if (t->key[id - 1].key == key)
			return id - 1;
	PROF_RESERVE(t->key, t->key_cap, (size_t)t->nkeys + 1);
	memset(&t->key[t->nkeys], 0, sizeof *t->key);
	t->key[t->nkeys].key = key;
	prof_map_put(&m->keys, hash, ++t->nkeys);
	return t->nkeys - 1;
}

static bool
same_label(const struct prof_label *a, const struct prof_label *b)
{
	return a->key == b->key && a->str == b->str && a->unit == b->unit &&
	    a->num == b->num;
}

static uint32_t
find_sum(struct maker *m, const struct prof_label *l)
{
	struct prof_labeltable *t = m->t;
	uint64_t hash = prof_hash_add(m->seed, m->seed, (uint64_t)l->key <<
	    32 | l->str);
	struct prof_label_key *key;
	struct prof_label_sum *s;
	uint32_t at, id;

	hash = prof_hash_add(m->seed, hash, (uint64_t)l->num);
	hash = prof_hash_add(m->seed, hash, l->unit);
	for (id = prof_map_first(&m->sums, hash, &at); id != 0;
	    id = prof_map_next(&m->sums, hash, &at))
		if (same_label(&t->sum[id - 1].label, l))
			return id - 1;
	PROF_RESERVE(t->sum, t->sum_cap, (size_t)t->nsums + 1);
	s = &t->sum[t->nsums];
	memset(s, 0, sizeof *s);
	s->label = *l;
	s->key = find_key(m, l->key);
	key = &t->key[s->key];
	PROF_RESERVE(key->value, key->cap, (size_t)key->nvalues + 1);
	key->value[key->nvalues++] = t->nsums;
	prof_map_put(&m->sums, hash, ++t->nsums);
	return t->nsums - 1;
}

static void
add_set(struct maker *m, prof_set set, prof_i128 weight, prof_i128 by,
    uint64_t samples)
{
	const struct prof_label *l;
	struct prof_label_key *key;
	struct prof_label_sum *s;
	uint32_t at;
	size_t i, n;

	l = prof_profile_set(m->t->about.p, set, &n);
	for (i = 0; i < n; i++) {
		at = find_sum(m, &l[i]);
		s = &m->t->sum[at];
		if (s->last == set)
			continue;
		s->last = set;
		s->weight += weight;
		s->by += by;
		s->samples += samples;
		key = &m->t->key[s->key];
		if (key->last == set)
			continue;
		key->last = set;
		key->weight += weight;
		key->by += by;
		key->samples += samples;
	}
}

static void
add_samples(struct maker *m, unsigned column)
{
	const struct prof_profile *p = m->t->about.p;
	prof_i128 *weight = prof_zalloc((size_t)p->sets.n + 1,
	    sizeof *weight);
	prof_i128 *by = prof_zalloc((size_t)p->sets.n + 1, sizeof *by);
	uint64_t *samples = prof_zalloc((size_t)p->sets.n + 1,
	    sizeof *samples);
	uint64_t *rows = prof_zalloc((size_t)p->sets.n + 1, sizeof *rows);
	uint32_t i;

	for (i = 0; i < p->nsamples; i++) {
		if (p->value[column][i] == 0)
			continue;
		weight[p->set[i]] += p->value[column][i];
		by[p->set[i]] += p->value[0][i];
		samples[p->set[i]] += prof_about_samples(&m->t->about, i);
		rows[p->set[i]]++;
	}
	for (i = 1; i <= p->sets.n; i++)
		if (rows[i] != 0)
			add_set(m, i, weight[i], by[i], samples[i]);
	free(rows);
	free(weight);
	free(by);
	free(samples);
}

static int
larger_first(prof_i128 a, prof_i128 b)
{
	a = a < 0 ? -a : a;
	b = b < 0 ? -b : b;
	return (a < b) - (a > b);
}

static int
cmp_keys(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_labeltable *t = ctx;
	int d = larger_first(t->key[a].weight, t->key[b].weight);

	return d != 0 ? d : prof_strs_cmp(&t->about.p->strs, t->key[a].key,
	    t->key[b].key);
}

/* Texts before numbers, these by size, where weights are equal. */
static int
cmp_values(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_labeltable *t = ctx;
	const struct prof_label *x = &t->sum[a].label, *y = &t->sum[b].label;
	int d = larger_first(t->sum[a].weight, t->sum[b].weight);

	if (d == 0)
		d = (x->str == 0) - (y->str == 0);
	if (d == 0)
		d = prof_strs_cmp(&t->about.p->strs, x->str, y->str);
	if (d == 0)
		d = (x->num > y->num) - (x->num < y->num);
	return d != 0 ? d : prof_strs_cmp(&t->about.p->strs, x->unit,
	    y->unit);
}

static void
sort(struct prof_labeltable *t)
{
	uint32_t i;

	for (i = 0; i < t->nkeys; i++) {
		t->order[i] = i;
		prof_sort_ids(t->key[i].value, t->key[i].nvalues, cmp_values,
		    t);
	}
	prof_sort_ids(t->order, t->nkeys, cmp_keys, t);
}

void
prof_labeltable_init(struct prof_labeltable *t, const struct prof_profile *p,
    unsigned column)
{
	struct maker m = { .t = t };

	memset(t, 0, sizeof *t);
	prof_about_init(&t->about, p, column);
	m.seed = prof_hash_seed();
	if (column < p->ntypes)
		add_samples(&m, column);
	t->order = prof_alloc((size_t)t->nkeys + 1, sizeof *t->order);
	sort(t);
	prof_map_release(&m.sums);
	prof_map_release(&m.keys);
}

void
prof_labeltable_mean(struct prof_labeltable *t)
{
	struct prof_sums by;
	uint32_t i;

	prof_flat_sums(&by, t->about.p, 0);
	t->about.whole = prof_mean_of(t->about.whole, by.whole);
	t->about.sum = prof_mean_of(t->about.sum, by.sum);
	t->about.samples = 0;
	t->about.mean = true;
	for (i = 0; i < t->nkeys; i++)
		t->key[i].weight = prof_mean_of(t->key[i].weight,
		    t->key[i].by);
	for (i = 0; i < t->nsums; i++)
		t->sum[i].weight = prof_mean_of(t->sum[i].weight,
		    t->sum[i].by);
	sort(t);
}

void
prof_labeltable_release(struct prof_labeltable *t)
{
	uint32_t i;

	for (i = 0; i < t->nkeys; i++)
		free(t->key[i].value);
	free(t->key);
	free(t->order);
	free(t->sum);
	memset(t, 0, sizeof *t);
}
