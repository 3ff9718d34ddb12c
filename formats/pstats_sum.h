/* SPDX-License-Identifier: MIT */
#ifndef PROF_PSTATS_SUM_H
#define PROF_PSTATS_SUM_H

#include "formats/pstats.h"
#include "libanalysis/builder.h"

/*
 * From the lines of a report to functions and edges.
 *
 * What is exact, within the precision that is printed:
 *  - rows of functions in the first table; the rest up to the header's
 *    totals is one function, PROF_PSTATS_REST; time that rounding explains
 *    is PROF_PSTATS_ROUNDING, which may be negative;
 *  - calls between two functions, and, of cProfile, the times of them.
 * A function that only the tables of callers and callees have gets a row
 * summed from the calls of it: calls from outside are missing, cumulative
 * time of recursion through others counts more than once, and roundings add
 * up.  Where the profile module printed no first table, either, the
 * cumulative times are those it prints with callers and callees, and self
 * times are what is left of them by share of calls: estimates.  A function
 * that is seen as a caller only has a row of zeros.
 */

#define PROF_PSTATS_REST "[not listed]"
#define PROF_PSTATS_ROUNDING PROF_ROUNDING_NAME

struct prof_pstats_own;	/* numbers of one function */
struct prof_pstats_edge;

/* All rows and calls of one profile.  Zeroed, with b set, it is empty. */
struct prof_pstats_sum {
	struct prof_builder *b;
	struct prof_pstats_own *own;	/* by function */
	size_t nown, own_cap;
	struct prof_pstats_edge *edge;
	size_t nedges, edge_cap;
	struct prof_map pairs;		/* of edges */
	int64_t half_self, half_total;	/* of the coarsest times */
	bool counted;			/* some calls had no times */
	uint64_t header_line;		/* 0: no header yet */
	struct prof_pstats_row header;
	bool partial;			/* rows were left out on purpose */
};

/* Add a row of the first table; PROF_ERANGE when a sum leaves 64 bits. */
int prof_pstats_sum_row(struct prof_pstats_sum *s, prof_fn fn,
    const struct prof_pstats_row *row, struct prof_err *err);

/*
 * Add a call.
 *
 * table: number of the table it is in: the same call in another one, of
 *        callees instead of callers, is not counted again.
 */
int prof_pstats_sum_call(struct prof_pstats_sum *s, prof_fn caller,
    prof_fn callee, uint32_t table, uint64_t line,
    const struct prof_pstats_row *row, struct prof_err *err);

/* Its cumulative time, told beside a call. */
void prof_pstats_sum_total(struct prof_pstats_sum *s, prof_fn fn,
    struct prof_pstats_time total);

/* Make the edges of the profile, with its notes. */
int prof_pstats_sum_finish(struct prof_pstats_sum *s, struct prof_err *err);

void prof_pstats_sum_release(struct prof_pstats_sum *s);

#endif
