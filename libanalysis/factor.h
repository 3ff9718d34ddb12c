/* SPDX-License-Identifier: MIT */
#ifndef PROF_FACTOR_H
#define PROF_FACTOR_H

#include <stddef.h>

/*
 * The global factor: by how much everything that did not change for itself
 * is larger on the new side (machine, load, clock, or length of recording).
 * Taken from self values only: totals repeat the same samples.
 */
struct prof_factor {
	double ratio;		/* new by base */
	double low, high;	/* interval at the level asked for */
	double se;		/* of ln ratio by what the functions disagree */
				/* on, which of them are the same included; */
				/* without changes of the load from run to */
				/* run; for replicate.h; 0: given */
	double df;		/* of the interval; INFINITY: single runs */
	double support;		/* part of the weight that agrees, 0 to 1 */
	size_t used;		/* functions, or pools of rare ones, that */
				/* it rests on, as if of equal weight */
	double *run;		/* [run] what values of a run are divided by, */
				/* so that equal code is equal: geometric */
				/* mean of the base runs is 1 */
};

/*
 * value, count: as in replicate.h, self of n functions, base runs first.
 * level: of the interval, such as 0.95.
 * run of f is to be freed (prof_factor_release).
 *
 * Where most of the weight of log ratios agrees (agree.h).  Rare functions
 * are pooled (pool.h): else the few large ones, which may be those that
 * changed, would speak for all the code there is.
 * Source: Anders and Huber, 2010 (size factors).
 */
void prof_factor_of(struct prof_factor *f, size_t n, const unsigned runs[2],
    const double *const *value, const double *const *count, double level);

/*
 * A factor that is given: each run's sum by op, duration or total; all above
 * 0.  The interval comes from what runs of a side differ by; one run on each
 * side says nothing of that: low and high are NAN.
 */
void prof_factor_by(struct prof_factor *f, const unsigned runs[2],
    const double *size, double level);

/*
 * Variance of the ln of a ratio of two sides by the load, which changes from
 * run to run; square: sum over runs of squares of ln about their side's mean;
 * *df: its degrees of freedom.  Two runs say little of it: what is usual
 * stands beside them, as for functions in replicate.h (Smyth, 2004).
 */
double prof_factor_load(const unsigned runs[2], double square, double *df);

void prof_factor_release(struct prof_factor *f);

#endif
