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

/*
 * By label set, to be freed: whether it has the label pprof::base=true; NULL
 * if none can have it.
 */
bool *prof_side_base_sets(const struct prof_profile *p);

/*
 * The way back: take one profile that holds both sides apart.  It holds them
 * as two columns, base and new, or as samples with that label and without.
 * Values of columns become those of one column, "samples"; those of a
 * labelled base get their sign back.
 *
 * p:    becomes the new side.
 * base: out, empty before.
 * Returns PROF_OK; PROF_EMISMATCH for a profile that does not hold two
 * sides, which is unchanged then; PROF_ERANGE.
 */
int prof_side_part(struct prof_profile *p, struct prof_profile *base,
    struct prof_err *err);

#endif
