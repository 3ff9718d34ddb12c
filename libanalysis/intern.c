/* SPDX-License-Identifier: MIT */
#include "libanalysis/intern.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/err.h"
#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"

static prof_str
lookup(const struct prof_strs *t, uint64_t hash, const char *s, size_t len)
{
	uint32_t at, id;

	for (id = prof_map_first(&t->map, hash, &at); id != 0;
	    id = prof_map_next(&t->map, hash, &at))
		if (t->row[id - 1].len == len &&
		    memcmp(t->row[id - 1].bytes, s, len) == 0)
			return id;
	return 0;
}

prof_str
prof_strs_add(struct prof_strs *t, const char *s, size_t len)
{
	uint64_t hash;
	prof_str id;

	if (len == 0)
		return 0;
	if (t->seed == 0)
		t->seed = prof_hash_seed() | 1;
	hash = prof_hash_text(t->seed, s, len);
	id = lookup(t, hash, s, len);
	if (id != 0)
		return id;
	PROF_ASSERT(len < UINT32_MAX && t->n < UINT32_MAX - 2);
	PROF_RESERVE(t->row, t->cap, t->n + 1);
	t->row[t->n].bytes = prof_arena_strndup(&t->arena, s, len);
	t->row[t->n].len = (uint32_t)len;
	id = (prof_str)++t->n;
	prof_map_put(&t->map, hash, id);
	return id;
}

prof_str
prof_strs_adds(struct prof_strs *t, const char *s)
{
	return prof_strs_add(t, s, strlen(s));
}

prof_str
prof_strs_find(const struct prof_strs *t, const char *s, size_t len)
{
	prof_str id;

	if (len == 0)
		return 0;
	id = lookup(t, prof_hash_text(t->seed, s, len), s, len);
	return id != 0 ? id : UINT32_MAX;
}

int
prof_bytes_cmp(const char *a, size_t na, const char *b, size_t nb)
{
	size_t n = na < nb ? na : nb;
	int c = n != 0 ? memcmp(a, b, n) : 0;

	return c != 0 ? c : (na > nb) - (na < nb);
}

int
prof_strs_cmp(const struct prof_strs *t, prof_str a, prof_str b)
{
	if (a == b)
		return 0;
	return prof_bytes_cmp(prof_strs_get(t, a), prof_strs_len(t, a),
	    prof_strs_get(t, b), prof_strs_len(t, b));
}

void
prof_strs_release(struct prof_strs *t)
{
	free(t->row);
	prof_arena_release(&t->arena);
	prof_map_release(&t->map);
	memset(t, 0, sizeof *t);
}
