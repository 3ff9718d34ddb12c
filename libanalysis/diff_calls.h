/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFF_CALLS_H
#define PROF_DIFF_CALLS_H

#include "libanalysis/diff.h"

/* Calls of a side in steps as whole calls; exact where there is a double. */
static inline double
prof_diff_calls_whole(const struct prof_diff *d, prof_i128 steps)
{
	return (double)(steps / d->calls_den) +
	    (double)(steps % d->calls_den) / (double)d->calls_den;
}

/* The same mean, not rounded. */
static inline double
prof_diff_calls_mean(const struct prof_diff *d, unsigned side,
    uint32_t class)
{
	return prof_diff_calls_whole(d, d->calls[side][class]) /
	    d->runs[side];
}

/*
 * Calls as a run's flat or edges have them, as those of its side are
 * counted: who divides values of d by calls, or compares calls of runs, has
 * them from here or from the mean.
 */
static inline double
prof_diff_calls_of_run(const struct prof_diff *d, unsigned run,
    prof_i128 calls)
{
	return prof_diff_calls_whole(d, calls *
	    (run < d->runs[PROF_DIFF_BASE] ? d->calls_num : d->calls_den));
}

#endif
