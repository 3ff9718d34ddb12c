/* SPDX-License-Identifier: MIT */
#ifndef PROF_SINGLE_H
#define PROF_SINGLE_H

#include <stddef.h>

/*
 * One run on each side, of counted samples.  Counts vary from run to run by
 * more than chance: by a factor of variance phi (squared coefficient of
 * variation), which differs from function to function.  How much is taken
 * from the pair itself: most functions did not change.
 */
struct prof_single_noise {
	double phi;	/* variance of the logarithm of a run's rate */
	double tau;	/* spread (of the logarithm) of phi over functions */
};

/* What phi is where nothing tells it: runs differ by 5 %. */
#define PROF_SINGLE_USUAL .0025

/* Up to this phi functions are much alike. */
#define PROF_SINGLE_QUIET (.08 * .08)

/*
 * x, y: [n] counts of base and new (effective: not whole numbers, perhaps).
 * s:    [n] y / x that is expected where nothing changed.
 * Source: the empirical null of Efron, 2004, on log ratios.
 * Cost:   O(n log n).
 */
void prof_single_noise_of(struct prof_single_noise *noise, const double *x,
    const double *y, const double *s, size_t n);

/*
 * P(new at least this large | rate of new = rho * s * rate of base),
 * averaged over phi; where base has none, over the factor itself, as few
 * functions vanish by noise.  The other direction by swapping x with y and
 * using 1 / s and 1 / rho.
 */
double prof_single_more(const struct prof_single_noise *noise, double x,
    double y, double s, double rho);

/*
 * The rho that neither side rejects at (1 - level) / 2; *low is 0 where x or
 * y says nothing of it, *high INFINITY where x is 0.
 */
void prof_single_interval(const struct prof_single_noise *noise, double x,
    double y, double s, double level, double *low, double *high);

#endif
