/* SPDX-License-Identifier: MIT */
#ifndef PROF_LISTING_H
#define PROF_LISTING_H

#include "libanalysis/num.h"
#include "libanalysis/rows.h"

/* Calls inlined into calls inlined ...: deeper ones are not told apart. */
#define PROF_LISTING_DEPTH 32

/* A source line of a function, or a call that was inlined into one. */
struct prof_listed {
	uint32_t row;		/* function */
	uint32_t depth;		/* 0: a line of a chosen function; else the */
				/* call before with depth - 1 has it inlined */
	int64_t line;		/* 0: not known */
	prof_i128 self, total;
	prof_i128 calls;	/* of the function; on its definition line */
	bool called;		/* calls are known */
};

/*
 * Self and total by source line, of chosen functions.  A sample counts once
 * for a line however often that recurs, so that no line has more than its
 * function; the innermost line of the leaf has the self.  Of a location
 * with inlined calls each function's line has the calls beneath it: what
 * the line would have, had they not been inlined, is its total.
 *
 * Where callers and callees were measured instead of stacks (edges) the
 * line of the definition has the numbers of the whole function.
 */
struct prof_listing {
	struct prof_listed *at;	/* by row, then by line; beneath a line its */
	uint32_t n;		/* inlined calls, the largest total first */
	uint32_t *first;	/* by row id - 1: index in at; rows.n + 1 */
};

/*
 * The listing of one value column.
 *
 * chosen: by row id, v->n + 1 entries; rows without a function have none.
 * Returns PROF_OK, or PROF_ERANGE when values of a stack leave 64 bits.
 * Cost: O(frames of all stacks), PROF_LISTING_DEPTH times the lines.
 */
int prof_listing_init(struct prof_listing *l, const struct prof_rows *v,
    unsigned column, const bool *chosen, struct prof_err *err);
void prof_listing_release(struct prof_listing *l);

/* What is listed of a row; *n is 0 for one that was not chosen. */
static inline const struct prof_listed *
prof_listing_of(const struct prof_listing *l, uint32_t row, size_t *n)
{
	*n = l->first[row] - l->first[row - 1];
	return *n > 0 ? l->at + l->first[row - 1] : NULL;
}

#endif
