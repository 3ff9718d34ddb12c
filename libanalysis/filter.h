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
 * Filters by frames, in this order; NULL for none:
 *
 *   focus, ignore  keep samples with a frame that matches focus, drop those
 *                  with one that matches ignore; on one frame ignore wins
 *   hide           remove frames that match; a sample left without frames
 *                  is dropped
 *   show           remove frames that do not match, likewise
 *   show_from      cut the callers of the match nearest the root; samples
 *                  without a match are dropped
 *   prune_from     cut the callees of the match nearest the leaf
 *
 * A pattern is tried on function name, file name and module file name (on
 * the address where there is none of them); prune_from on the function name
 * without parameters only.  Where a module matches, so do all its frames.
 *
 * Edges are dropped: what they say about the samples that stay is unknown.
 * matched: out, one flag each, whether the pattern matched any frame.
 * Returns PROF_OK or PROF_EPATTERN.
 * Holds: each is idempotent; focus and ignore of one pattern part the
 *        samples between them.
 * Cost: O(frames of all stacks), a match for each distinct name.
 */
struct prof_filter {
	const char *focus, *ignore, *hide, *show, *show_from, *prune_from;
};

struct prof_filter_found {
	bool focus, ignore, hide, show, show_from, prune_from;
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
 * Remove frames of other kinds than those in kinds, a bit for each enum
 * prof_kind; a frame of which none is told counts as user.  Returns whether
 * any frame stays.
 */
bool prof_filter_kinds(struct prof_profile *p, unsigned kinds);

/* Drop all value columns but one, those of edges, too. */
void prof_filter_column(struct prof_profile *p, unsigned column);

/*
 * Of a profile with more events than columns, which are labels of the one
 * column "events": keep the samples of one event, and call the column by
 * it.  Returns false, and changes nothing, if there is no such event.
 */
bool prof_filter_event(struct prof_profile *p, const char *event);

#endif
