/* SPDX-License-Identifier: MIT */
#ifndef PROF_CUT_H
#define PROF_CUT_H

#include "libanalysis/profile.h"

/*
 * Whether a frame goes: 1 or 0, or a negative code.  line is NULL for a
 * location without any, which is one frame.
 */
typedef int prof_cut_fn(void *ctx, const struct prof_profile *p,
    const struct prof_location *l, const struct prof_line *line,
    struct prof_err *err);

/*
 * Remove frames from all stacks.  A location keeps the lines that stay; a
 * sample that had frames and has none any more is dropped.
 *
 * any: out, may be NULL: whether a frame of a sample with a value went.
 * left: out, likewise: whether one stays.
 * Returns PROF_OK, or what fn returned; then p is as it was.
 * Cost: O(frames); fn is called once for each line of each location.
 */
int prof_cut_frames(struct prof_profile *p, prof_cut_fn *fn, void *ctx,
    bool *any, bool *left, struct prof_err *err);

/* By stack id from 0, to be freed: whether a sample with a value has it. */
bool *prof_cut_live(const struct prof_profile *p);

/* Drop the samples of stacks: drop is by stack id, from 0. */
void prof_cut_samples(struct prof_profile *p, const bool *drop);

#endif
