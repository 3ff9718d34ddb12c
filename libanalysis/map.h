/* SPDX-License-Identifier: MIT */
#ifndef PROF_MAP_H
#define PROF_MAP_H

#include <stddef.h>
#include <stdint.h>

/*
 * A hash table from content to 32-bit ids.  It stores ids and a part of
 * each hash only: the caller owns the content and compares it.  Ids start
 * at 1.  Zeroed memory is an empty map.
 *
 *	for (id = prof_map_first(&m, hash, &at); id != 0;
 *	    id = prof_map_next(&m, hash, &at))
 *		if (content of id equals)
 *			return id;
 *	prof_map_put(&m, hash, new_id);
 */
struct prof_map {
	struct prof_map_slot {
		uint32_t id;	/* 0: free */
		uint32_t tag;
	} *slot;
	uint32_t n, mask;
};

static inline uint32_t
prof_map_scan(const struct prof_map *m, uint32_t tag, uint32_t *at)
{
	for (; m->slot[*at].id != 0; *at = (*at + 1) & m->mask)
		if (m->slot[*at].tag == tag)
			return m->slot[*at].id;
	return 0;
}

/* Begin to load what first will look at. */
static inline void
prof_map_prefetch(const struct prof_map *m, uint64_t hash)
{
	if (m->slot != NULL)
		__builtin_prefetch(&m->slot[(uint32_t)(hash >> 32) & m->mask]);
}

/* The first id stored under this hash, 0 when there is none. */
static inline uint32_t
prof_map_first(const struct prof_map *m, uint64_t hash, uint32_t *at)
{
	uint32_t tag = (uint32_t)(hash >> 32);

	if (m->slot == NULL)
		return 0;
	*at = tag & m->mask;
	return prof_map_scan(m, tag, at);
}

static inline uint32_t
prof_map_next(const struct prof_map *m, uint64_t hash, uint32_t *at)
{
	*at = (*at + 1) & m->mask;
	return prof_map_scan(m, (uint32_t)(hash >> 32), at);
}

/* Store id, which must not be there yet.  Amortised O(1). */
void prof_map_put(struct prof_map *m, uint64_t hash, uint32_t id);

void prof_map_release(struct prof_map *m);

#endif
