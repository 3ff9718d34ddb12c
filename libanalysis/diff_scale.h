/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFF_SCALE_H
#define PROF_DIFF_SCALE_H

#include "libanalysis/diff.h"

/*
 * Multiply the base by num / den, in all that d holds of it: sums, the
 * whole, errors, and the values of its runs (factor); calls stay.  Nothing
 * is rounded: a step becomes den times smaller, and functions are called
 * the same or changed anew.  Where that would leave the range of d, the
 * nearest fraction of smaller numbers that does not is taken, and what it is
 * off by is added to error.
 *
 * num, den: above 0.
 * Returns PROF_OK, or PROF_ERANGE when none within a millionth fits; then d
 * is as it was.
 */
int prof_diff_scale(struct prof_diff *d, int64_t num, int64_t den,
    struct prof_err *err);

/*
 * Multiply the calls of the base, if they are known, where it did another
 * amount of work: by the nearest fraction of numbers up to a million.
 * Returns PROF_OK, or PROF_ERANGE when none is near.
 */
int prof_diff_scale_calls(struct prof_diff *d, int64_t num, int64_t den,
    struct prof_err *err);

/*
 * The fraction nearest to num / den with both numbers up to these limits,
 * which are at least 1; den of the result is 0 if there is none above 0.
 * Source: continued fractions, with semiconvergents.
 */
void prof_diff_near(int64_t num, int64_t den, int64_t num_max,
    int64_t den_max, int64_t near[2]);

#endif
