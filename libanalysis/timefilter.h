/* SPDX-License-Identifier: MIT */
#ifndef PROF_TIMEFILTER_H
#define PROF_TIMEFILTER_H

#include "libanalysis/profile.h"
#include "libanalysis/range.h"

/*
 * Keep only samples whose time (nanoseconds, see prof_time_rebase) lies in a
 * range, of times or without a unit.  Edges are dropped as soon as a sample
 * is.
 *
 * keep:    false: forget the times; a merge joins samples that only differ
 *          in them.
 * matched: out, whether a sample that was not dropped before lies in it.
 * Returns PROF_OK; PROF_EUSAGE for a profile with samples and without
 * times, or a range of something else; then p is unchanged.
 */
int prof_timefilter(struct prof_profile *p, const struct prof_range *r,
    bool keep, bool *matched, struct prof_err *err);

/* Count times from the first sample that has a value. */
void prof_time_rebase(struct prof_profile *p);

#endif
