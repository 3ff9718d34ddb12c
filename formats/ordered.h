/* SPDX-License-Identifier: MIT */
#ifndef PROF_ORDERED_H
#define PROF_ORDERED_H

#include "libanalysis/buf.h"
#include "libanalysis/profile.h"

/*
 * Append what stands for line number line of a location (0 is innermost,
 * and the only one of a location without lines).
 */
typedef void prof_text_fn(const void *ctx, prof_loc loc, uint32_t line,
    struct prof_buf *b);

/*
 * The stacks of a profile as rows of text, for writers: an order by these
 * texts, from the root, as bytes, that does not depend on any numbering.
 */
struct prof_ordered {
	const struct prof_profile *p;	/* must outlive this */
	struct prof_strs text;
	uint32_t *first;	/* by location id - 1: index in of; nloc + 1 */
	prof_str *of;		/* texts of a location, innermost first */
	uint32_t *rank;		/* by text id, from 1, in byte order */
	prof_str *by_rank;	/* the text of a rank */
	uint64_t *at;		/* by stack id: where its ranks begin */
	uint32_t *seq;		/* ranks, root first */
};

/*
 * used: by stack id, stacks with 0 are left out; NULL for all.
 * none: text of the one frame shown for stack 0; NULL for no frame.
 * Cost: O(frames of the stacks used), 4 bytes each.
 */
void prof_ordered_init(struct prof_ordered *o, const struct prof_profile *p,
    const int64_t *used, const char *none, prof_text_fn *text,
    const void *ctx);
void prof_ordered_release(struct prof_ordered *o);

/* Order of two stacks; 0 if they read the same. */
int prof_ordered_cmp(const struct prof_ordered *o, prof_stack a,
    prof_stack b);

/*
 * Sort stack ids; those that read the same come in order of their ids.
 *
 * Cost: O(frames), no recursion.
 */
void prof_ordered_sort(const struct prof_ordered *o, prof_stack *ids,
    size_t n);

/* The ranks of a stack, root first. */
static inline const uint32_t *
prof_ordered_stack(const struct prof_ordered *o, prof_stack id, size_t *n)
{
	*n = (size_t)(o->at[id + 1] - o->at[id]);
	return o->seq + o->at[id];
}

/*
 * The place of each text of strs, by its id ("" too), in byte order, from 1.
 *
 * by_rank: out, the id at each place, may be NULL.  The caller frees both.
 */
uint32_t *prof_ordered_ranks(const struct prof_strs *strs,
    prof_str **by_rank);

/* Sort text ids by their texts, as bytes. */
void prof_ordered_texts(const struct prof_strs *strs, prof_str *ids,
    size_t n);

#endif
