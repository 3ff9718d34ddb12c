/* SPDX-License-Identifier: MIT */
#ifndef PROF_MATCH_RENAMED_H
#define PROF_MATCH_RENAMED_H

#include "libanalysis/diff.h"

/*
 * Join classes that are left over and most likely are one function that got
 * another name.  Tried are those of the user's code with at least five
 * samples in all runs of their side, or, where samples are not known, 0.1 %
 * of it: the 200 largest of each side.  A pair is scored by
 *
 *   .5 context  weighted Jaccard of callers and callees that are paired
 *               already, the largest 32 of each, less the fewer there are:
 *               a leaf with one caller comes to .6
 *   .3 name     how alike, see prof_alike_names; at least .2
 *   .2 size     1 if self and total do not differ significantly, less
 *               below 25 samples, which could not tell
 *
 * and taken, best first, from .6, if for both no other choice is within .1.
 * Then once more with what is known now, eight times at most.
 *
 * If most of the functions of the user's code are left over these are
 * hardly two builds of one program: then names must be alike by half.  If
 * not, and at least three neighbours are shared, they may be anything.
 *
 * Private to diff.c: flat, column and factor of d's runs must be set.
 * Cost: O(frames of all stacks), if there is anything to try.
 */
void prof_match_renamed(struct prof_diff *d);

#endif
