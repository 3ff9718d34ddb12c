/* SPDX-License-Identifier: MIT */
#ifndef PROF_FILTER_H
#define PROF_FILTER_H

#include "libanalysis/in.h"
#include "libanalysis/profile.h"

/*
 * Filters rewrite a profile in place: stacks get shorter or lose their
 * value, tables keep rows without use (the merge drops them).  Each leaves
 * the values of the samples that stay as they are.
 * Source: google/pprof profile/filter.go, profile/prune.go.
 */

/*
 * Keep samples with a frame that matches focus, drop those with a frame
 * that matches ignore, then remove frames that match hide from the rest; a
 * sample left without frames by hide is dropped.  A pattern is tried on
 * function name, file name and module file name; where one frame matches
 * both, ignore beats focus.
 *
 * focus, ignore, hide: NULL for none.
 * Edges are dropped: what they say about the samples that stay is unknown.
 * matched: out, one flag each, whether the pattern matched any frame.
 * Returns PROF_OK or PROF_EPATTERN.
 */
struct prof_filter {
	const char *focus, *ignore, *hide;
};

struct prof_filter_found {
	bool focus, ignore, hide;
};

int prof_filter_frames(struct prof_profile *p, const struct prof_filter *f,
    uint64_t max_match, struct prof_filter_found *matched,
    struct prof_err *err);

/*
 * Apply the profile's own drop and keep patterns: in each stack, below the
 * first frame from the root that is not dropped, the first dropped one goes
 * with everything it called.  Names are compared without a leading dot and
 * without parameters.  A pattern that is wrong or too costly is noted and
 * does nothing.
 */
void prof_filter_prune(struct prof_profile *p, uint64_t max_match);

/*
 * Forget what is finer than functions (lines, columns, addresses), or, by
 * name, everything but the name.  Locations with a function then differ by
 * function, kind and flags only.
 */
void prof_filter_coarsen(struct prof_profile *p, bool by_name);

/* Drop all value columns but one, those of edges, too. */
void prof_filter_column(struct prof_profile *p, unsigned column);

/*
 * Of a profile with more events than columns, which are labels of the one
 * column "events": keep the samples of one event, and call the column by
 * it.  Returns false, and changes nothing, if there is no such event.
 */
bool prof_filter_event(struct prof_profile *p, const char *event);

#endif
