/* SPDX-License-Identifier: MIT */
#ifndef PROF_MATCH_TEXTS_H
#define PROF_MATCH_TEXTS_H

#include <stddef.h>
#include <stdint.h>

#include "libanalysis/map.h"

/*
 * Numbers byte strings that live elsewhere, from 1 in the order they come.
 * Private to match.  Zeroed memory is an empty table; set seed first.
 *
 * Profiles share strings between rows, so a small file can make a million
 * rows of one name of a megabyte: a long string is looked at once for each
 * address it comes from, not once for each row.
 */
struct prof_texts {
	struct prof_text {
		const char *s;
		size_t len;
	} *text;		/* [id - 1] */
	uint32_t n;
	struct prof_known {
		const char *s;	/* where it was met */
		uint32_t id;
	} *known;
	uint32_t nknown;
	size_t cap, known_cap;
	struct prof_map by_content, by_address;
	uint64_t seed;
};

/* The id of s[0..len), which stays until release. */
uint32_t prof_texts_add(struct prof_texts *t, const char *s, size_t len);

/* The same for a C string, which is not measured when it is known. */
uint32_t prof_texts_adds(struct prof_texts *t, const char *s);

/*
 * Order of the texts as bytes.
 *
 * rank: out, [id], n + 1 entries from 1; rank[0] is 0.
 * Cost: O(bytes) for the usual length of common prefixes.
 */
void prof_texts_rank(const struct prof_texts *t, uint32_t *rank);

void prof_texts_release(struct prof_texts *t);

#endif
