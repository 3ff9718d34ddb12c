/* SPDX-License-Identifier: MIT */
#ifndef PROF_INTERN_H
#define PROF_INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "libanalysis/arena.h"
#include "libanalysis/map.h"

typedef uint32_t prof_str;	/* id of an interned string; 0 is "" */

/*
 * Distinct byte strings, numbered from 1 in the order they came; 0 is the
 * empty string.  Bytes may be anything, NUL included, and stay where they
 * are until release.  Zeroed memory holds just "".
 */
struct prof_strs {
	struct prof_strs_row {
		const char *bytes;	/* NUL-terminated */
		uint32_t len;
	} *row;			/* row[id - 1] */
	size_t n, cap;
	struct prof_arena arena;
	struct prof_map map;
	uint64_t seed;		/* set at the first use */
};

/* The id of s[0..len), len below 2^32; at most 2^32 - 2 strings. */
prof_str prof_strs_add(struct prof_strs *t, const char *s, size_t len);

/* The same for a C string. */
prof_str prof_strs_adds(struct prof_strs *t, const char *s);

/* The id of s[0..len), or UINT32_MAX when it is not in the table. */
prof_str prof_strs_find(const struct prof_strs *t, const char *s, size_t len);

static inline const char *
prof_strs_get(const struct prof_strs *t, prof_str id)
{
	return id != 0 ? t->row[id - 1].bytes : "";
}

static inline uint32_t
prof_strs_len(const struct prof_strs *t, prof_str id)
{
	return id != 0 ? t->row[id - 1].len : 0;
}

/* Order by bytes; <0, 0, >0. */
int prof_strs_cmp(const struct prof_strs *t, prof_str a, prof_str b);

/* Order of a[0..na) and b[0..nb) by bytes, a prefix first. */
int prof_bytes_cmp(const char *a, size_t na, const char *b, size_t nb);

void prof_strs_release(struct prof_strs *t);

#endif
