/* SPDX-License-Identifier: MIT */
#ifndef PROF_PPROF_IDS_H
#define PROF_PPROF_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/err.h"
#include "libanalysis/map.h"

/*
 * The ids of a table of a pprof file: 64 bits, of any value, in any order,
 * and referred to before the table comes.  A key stands for an id while
 * reading: the id itself below 2^31, else 2^31 and a number.  Zeroed memory
 * with a name is an empty table.
 */
struct prof_pprof_ids {
	const char *name;	/* of the field, for messages */
	uint64_t *big;		/* the ids from 2^31 up, by number */
	uint32_t nbig;
	struct prof_map bigs;
	uint64_t seed;
	uint32_t *key;		/* by row - 1 */
	uint64_t *at;		/* by row - 1: offset of its message */
	uint32_t n;
	size_t big_cap, key_cap, at_cap;
	/* Made by index: from keys to rows. */
	bool indexed;
	uint32_t *dense;	/* by key; NULL: the map is used */
	uint32_t ndense;
	uint32_t *big_row;
	struct prof_map sparse;
};

#define PROF_PPROF_BIG UINT32_C(0x80000000)

uint32_t prof_pprof_ids_big(struct prof_pprof_ids *t, uint64_t id);

/* The key of an id. */
static inline uint32_t
prof_pprof_ids_key(struct prof_pprof_ids *t, uint64_t id)
{
	return id < PROF_PPROF_BIG ? (uint32_t)id :
	    prof_pprof_ids_big(t, id);
}

/* The id of a key. */
uint64_t prof_pprof_ids_get(const struct prof_pprof_ids *t, uint32_t key);

/*
 * Give the next row an id.
 *
 * at: offset of its message.
 * Returns PROF_OK, or PROF_EFORMAT for id 0.
 */
int prof_pprof_ids_add(struct prof_pprof_ids *t, uint64_t id, uint64_t at,
    struct prof_err *err);

/*
 * Prepare for find.
 *
 * finds: how many will follow; for many, more memory is worth it.
 * Returns PROF_OK, or PROF_EFORMAT when two rows have one id.
 */
int prof_pprof_ids_index(struct prof_pprof_ids *t, uint64_t finds,
    struct prof_err *err);

uint32_t prof_pprof_ids_search(const struct prof_pprof_ids *t,
    uint32_t key);

/* The row with the id of a key, 0 when there is none. */
static inline uint32_t
prof_pprof_ids_find(const struct prof_pprof_ids *t, uint32_t key)
{
	if (key < t->ndense)
		return t->dense[key];
	return prof_pprof_ids_search(t, key);
}

void prof_pprof_ids_release(struct prof_pprof_ids *t);

#endif
