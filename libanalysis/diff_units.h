/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFF_UNITS_H
#define PROF_DIFF_UNITS_H

#include "libanalysis/diff.h"

#define PROF_DIFF_DEN_MAX ((int64_t)1 << 40)	/* largest den of d */

/*
 * Set type, unit, num, den and factor of d from the columns of its runs:
 * the largest step that every column is a multiple of, so that all values
 * stay integers.  Private to diff.c.
 *
 * Returns PROF_OK; PROF_EMISMATCH for columns of different type or unit;
 * PROF_ERANGE when scales are too far apart for 64 bits.
 */
int prof_diff_units(struct prof_diff *d, struct prof_err *err);

/* Tell what is the same from what changed after values were multiplied. */
void prof_diff_judge_again(struct prof_diff *d);

#endif
