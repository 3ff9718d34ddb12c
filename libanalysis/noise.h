/* SPDX-License-Identifier: MIT */
#ifndef PROF_NOISE_H
#define PROF_NOISE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What of a change may be chance: tests of counted samples.  All return the
 * probability of a difference at least as large as the one seen, where
 * nothing changed; 1 where there is nothing to judge by.
 */

#define PROF_NOISE_EXACT 200	/* events up to which sums are exact */

/*
 * y of x + y events fell on the new side, each with probability share.  Up
 * to PROF_NOISE_EXACT events the sum of all outcomes that are not more
 * likely (but for 1e-9 of it) than this one; beyond, the normal
 * distribution, without a correction for continuity.
 *
 * x, y: whole numbers, not negative.
 */
double prof_noise_events(double x, double y, double share);

/*
 * x of n samples on one side, y of m on the other: two proportions, with
 * pooled variance, by the normal distribution.
 */
double prof_noise_shares(double x, double n, double y, double m);

/*
 * Of n probabilities, which are small enough that on average at most the
 * part alpha of those called changes is chance: all up to the one returned.
 * Negative when there are none.
 *
 * Cost:   O(n log n).
 * Source: Benjamini and Hochberg, 1995.
 */
double prof_noise_limit(const double *p, size_t n, double alpha);

#endif
