/* SPDX-License-Identifier: MIT */
#ifndef PROF_CANON_STATE_H
#define PROF_CANON_STATE_H

#include "libanalysis/profile.h"

/* What canon.c and canon_head.c share; private to them. */

/*
 * Content hashes are made with a fixed seed, so that the order is the same
 * everywhere.  Whoever crafts a collision only makes the slow comparison
 * decide: order never depends on ids.
 */
struct canon {
	const struct prof_profile *from;
	struct prof_profile *out;
	uint64_t *str, *fn, *mod, *stack, *set;	/* hashes by id */
	struct canon_loc {	/* side by side: the hot loop needs both */
		uint64_t hash;
		uint64_t uses;	/* occurrences in stacks */
	} *loc;
	uint64_t *row;
	uint32_t *order;	/* rows to keep, sorted */
	uint32_t n;
	prof_str *to_str;
	prof_fn *to_fn;
	prof_mod *to_mod;
	prof_loc *to_loc;
	prof_stack *to_stack;
	prof_set *to_set;
};

/* The id in out of a string of from. */
prof_str prof_canon_str(struct canon *c, prof_str s);

/* Copy comments, notes and metadata. */
void prof_canon_head(struct canon *c);

#endif
