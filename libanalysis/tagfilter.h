/* SPDX-License-Identifier: MIT */
#ifndef PROF_TAGFILTER_H
#define PROF_TAGFILTER_H

#include "libanalysis/profile.h"

/*
 * Filters that look at labels.  Each works on label sets, and tries a
 * pattern once on each distinct label; edges are dropped as soon as a
 * sample is, because what they say about the others is unknown.
 *
 * max_match: steps of a pattern (struct prof_limits).
 * matched:   out, whether anything of a sample that was not dropped before
 *            matched.
 * All return PROF_OK, PROF_EPATTERN or PROF_EUSAGE; then p is unchanged.
 */

/*
 * Keep only (or, with keep false, drop) samples by their labels.
 *
 * tags: "[KEY=]X".  If X is a range (libanalysis/range.h), a number of KEY,
 *       or of any key, must lie in it; units are converted.  Else X is a
 *       list of patterns parted by commas: with KEY any of them must match
 *       a text of it, without KEY each must match some "key:text".
 * Source: google/pprof internal/driver/driver_focus.go (compileTagFilter).
 */
int prof_tagfilter_focus(struct prof_profile *p, const char *tags,
    bool keep, uint64_t max_match, bool *matched, struct prof_err *err);

/* Whether X of "[KEY=]X" is a range, so that it tests numbers. */
bool prof_tagfilter_is_range(const char *tags);

enum prof_task {
	PROF_TASK_PROCESS,	/* process, pid, process_id, process_name */
	PROF_TASK_THREAD	/* thread, tid, thread_id, thread_name */
};

/*
 * Keep only samples of which the name or number of the process or thread
 * matches pattern: labels of the keys above, however hyphens, underscores,
 * blanks and case make them differ, and comm.
 */
int prof_tagfilter_task(struct prof_profile *p, enum prof_task task,
    const char *pattern, uint64_t max_match, bool *matched,
    struct prof_err *err);

/*
 * Keep only (or, with keep false, drop) labels whose key matches pattern;
 * samples stay.  Sets may be equal afterwards: a merge joins them.
 */
int prof_tagfilter_keys(struct prof_profile *p, const char *pattern,
    bool keep, uint64_t max_match, bool *matched, struct prof_err *err);

#endif
