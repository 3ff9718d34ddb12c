/* SPDX-License-Identifier: MIT */
#ifndef PROF_MATCH_JOIN_H
#define PROF_MATCH_JOIN_H

#include "libanalysis/match.h"

/*
 * Classes that runs of one side only have are left over: two of them, one
 * of each side, may be one function after all.  Private to match and diff.
 */

/* 1: base only, 2: new only, 3: both. */
unsigned prof_match_sides(const struct prof_match *m, uint32_t class);

/* Whether there are some on each side. */
bool prof_match_left_over(const struct prof_match *m);

/*
 * Make one class of each pair of left over classes.
 *
 * with: [class] its partner, in both directions; 0: none.
 * Cost: O(rows).
 */
void prof_match_join(struct prof_match *m, const uint32_t *with,
    enum prof_joined how);

/*
 * Join files and modules whose paths end alike, if nothing else left over
 * does: from as many components as they have down to two; and by the last
 * one if no other row has it.  Then programs, if one is left on each side;
 * packages that have the name of their program, likewise.
 *
 * Cost: O(bytes of paths that are left over, times their components).
 */
void prof_match_paths(struct prof_match *m);

#endif
