/* SPDX-License-Identifier: MIT */
#ifndef PROF_TAGROOT_H
#define PROF_TAGROOT_H

#include "libanalysis/profile.h"

/*
 * Put frames made of labels around each stack: one for each key, at the
 * root with the first key outermost, or at the leaf with the last key
 * innermost.  The function is called by the values of the label
 * (libanalysis/label.h), texts before numbers, joined by commas, and its
 * file is the key; a sample without the label gets a frame without a name.
 * Edges are dropped.
 *
 * list: keys parted by commas; empty ones do not count.
 * leaf: at the leaf instead of the root.
 * Returns whether any sample that was not dropped has one of these labels.
 *
 * Cost: O(frames of all stacks).
 * Source: google/pprof internal/driver/tagroot.go.
 */
bool prof_tagroot(struct prof_profile *p, const char *list, bool leaf);

#endif
