/* SPDX-License-Identifier: MIT */
#ifndef PROF_POOL_H
#define PROF_POOL_H

#include <stddef.h>

/* Samples that a run is taken for where they are not known. */
#define PROF_POOL_LIKE 1e4

/*
 * Rare functions taken together: alone they say nothing, but in many
 * profiles most code is in them.  Frequent ones are kept as they are.
 */
struct prof_pool {
	size_t n;		/* functions kept, and pools */
	unsigned runs;
	double **value, **count;	/* [run][n]; count NULL: not known */
	const double *const *rows, *const *counts;	/* the same */
};

/*
 * value, count: [run, base first][n]; count NULL: not known, then each run
 * is taken for 10,000 samples.
 *
 * A function is rare below 10 samples a run, 40 in all; a pool has twice as
 * many.  What has 5 samples or more on one side and none on the other is no
 * rare function, but a change.  Which functions share a pool does not depend
 * on where they are in the order of numbers.
 * Cost: O(runs * n + n log n).
 */
void prof_pool_init(struct prof_pool *p, size_t n, const unsigned runs[2],
    const double *const *value, const double *const *count);
void prof_pool_release(struct prof_pool *p);

#endif
