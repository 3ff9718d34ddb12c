/* SPDX-License-Identifier: MIT */
#include "formats/pprof_ids.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"

uint32_t
prof_pprof_ids_big(struct prof_pprof_ids *t, uint64_t id)
{
	uint64_t hash;
	uint32_t at, n;

	if (t->seed == 0)
		t->seed = prof_hash_seed() | 1;
	hash = prof_hash_mix(t->seed, id);
	for (n = prof_map_first(&t->bigs, hash, &at); n != 0;
	    n = prof_map_next(&t->bigs, hash, &at))
		if (t->big[n - 1] == id)
			return PROF_PPROF_BIG | (n - 1);
	PROF_ASSERT(t->nbig < PROF_PPROF_BIG - 1);
	PROF_RESERVE(t->big, t->big_cap, (size_t)t->nbig + 1);
	t->indexed = false;
	t->big[t->nbig++] = id;
	prof_map_put(&t->bigs, hash, t->nbig);
	return PROF_PPROF_BIG | (t->nbig - 1);
}

uint64_t
prof_pprof_ids_get(const struct prof_pprof_ids *t, uint32_t key)
{
	return key < PROF_PPROF_BIG ? key : t->big[key - PROF_PPROF_BIG];
}

int
prof_pprof_ids_add(struct prof_pprof_ids *t, uint64_t id, uint64_t at,
    struct prof_err *err)
{
	if (id == 0)
		return prof_fail(err, PROF_EFORMAT, ".id: 0 is no id");
	PROF_ASSERT(t->n < UINT32_MAX - 1);
	PROF_RESERVE(t->key, t->key_cap, (size_t)t->n + 1);
	PROF_RESERVE(t->at, t->at_cap, (size_t)t->n + 1);
	t->indexed = false;
	t->key[t->n] = prof_pprof_ids_key(t, id);
	t->at[t->n++] = at;
	return PROF_OK;
}

static void
drop_index(struct prof_pprof_ids *t)
{
	free(t->dense);
	free(t->big_row);
	prof_map_release(&t->sparse);
	t->dense = t->big_row = NULL;
	t->ndense = 0;
	t->indexed = false;
}

static uint64_t
hash_key(const struct prof_pprof_ids *t, uint32_t key)
{
	return prof_hash_mix(t->seed, key);
}

/* An array when it would not be much longer than what refers to it. */
static void
prepare(struct prof_pprof_ids *t, uint64_t finds)
{
	uint32_t i, max = 0;

	drop_index(t);
	for (i = 0; i < t->n; i++)
		if (t->key[i] < PROF_PPROF_BIG && t->key[i] > max)
			max = t->key[i];
	if (t->seed == 0)
		t->seed = prof_hash_seed() | 1;
	if (max <= 4 * (uint64_t)t->n + finds / 4 + 1024) {
		t->ndense = max + 1;
		t->dense = prof_zalloc(t->ndense, sizeof *t->dense);
	}
	t->big_row = prof_zalloc(t->nbig, sizeof *t->big_row);
}

static void
enter(struct prof_pprof_ids *t, uint32_t key, uint32_t row)
{
	if (key >= PROF_PPROF_BIG)
		t->big_row[key - PROF_PPROF_BIG] = row;
	else if (t->ndense > 0)
		t->dense[key] = row;
	else
		prof_map_put(&t->sparse, hash_key(t, key), row);
}

int
prof_pprof_ids_index(struct prof_pprof_ids *t, uint64_t finds,
    struct prof_err *err)
{
	uint32_t row, other;

	if (t->indexed)
		return PROF_OK;
	prepare(t, finds);
	for (row = 1; row <= t->n; row++) {
		other = prof_pprof_ids_find(t, t->key[row - 1]);
		if (other != 0)
			return prof_fail(err, PROF_EFORMAT,
			    "offset %llu: %s[%u].id: %llu is the id of "
			    "%s[%u], too", (unsigned long long)t->at[row - 1],
			    t->name, row - 1, (unsigned long long)
			    prof_pprof_ids_get(t, t->key[row - 1]), t->name,
			    other - 1);
		enter(t, t->key[row - 1], row);
	}
	t->indexed = true;
	return PROF_OK;
}

uint32_t
prof_pprof_ids_search(const struct prof_pprof_ids *t, uint32_t key)
{
	uint64_t hash;
	uint32_t at, row;

	if (key >= PROF_PPROF_BIG)
		return t->big_row[key - PROF_PPROF_BIG];
	hash = hash_key(t, key);
	for (row = prof_map_first(&t->sparse, hash, &at); row != 0;
	    row = prof_map_next(&t->sparse, hash, &at))
		if (t->key[row - 1] == key)
			return row;
	return 0;
}

void
prof_pprof_ids_release(struct prof_pprof_ids *t)
{
	drop_index(t);
	prof_map_release(&t->bigs);
	free(t->big);
	free(t->key);
	free(t->at);
	memset(t, 0, sizeof *t);
}
