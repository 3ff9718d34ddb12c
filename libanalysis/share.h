/* SPDX-License-Identifier: MIT */
#ifndef PROF_SHARE_H
#define PROF_SHARE_H

#include <stdint.h>

/*
 * Give an integer out in proportion to weights, by largest remainder: each
 * part is one of the two integers next to its exact share, those with the
 * largest fractions get the larger one, of equal ones the first.  Without
 * any weight the first part takes all.
 *
 * whole:  may be negative; all parts have its sign or are 0.
 * weight: of n parts; beyond 2^63 in all, the lowest bits are ignored.
 * Holds:  the parts add up to whole, unless n is 0.
 * Cost:   O(n), or a sort of n remainders.
 */
void prof_share_out(int64_t whole, const uint64_t *weight, uint32_t n,
    int64_t *part);

#endif
