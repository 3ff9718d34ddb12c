/* SPDX-License-Identifier: MIT */
#ifndef PROF_SIDE_H
#define PROF_SIDE_H

#include "libanalysis/profile.h"

/*
 * Turn a profile into one side of a comparison that is written as one
 * profile: both sides are changed, then merged.  All change p in place.
 */

/*
 * Keep one value column (and no edges) and divide it by a number of runs,
 * exactly: the column's scale changes, and the duration is that of one run.
 * Returns PROF_OK, or PROF_ERANGE.
 */
int prof_side_mean(struct prof_profile *p, unsigned column, unsigned runs,
    struct prof_err *err);

/*
 * For two counts in a row: the only column becomes "base" (or "new"), and
 * the other one is 0.
 */
void prof_side_pair(struct prof_profile *p, bool newer);

/*
 * For a signed profile: the base's values change sign and its samples get
 * the label pprof::base=true, so that nothing cancels.  It has no duration:
 * the merge with the new side lasted as long as that did.  Returns PROF_OK,
 * or PROF_ERANGE for -2^63.
 * Source: google/pprof, -diff_base.
 */
int prof_side_negate(struct prof_profile *p, struct prof_err *err);

#endif
