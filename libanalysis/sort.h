/* SPDX-License-Identifier: MIT */
#ifndef PROF_SORT_H
#define PROF_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Order of two ids; <0, 0, >0. */
typedef int prof_sort_fn(const void *ctx, uint32_t a, uint32_t b);

/*
 * Sort ids stably; equal ones keep their order.
 *
 * Cost: O(n log n) comparisons, n more words of memory, no recursion.
 */
void prof_sort_ids(uint32_t *ids, size_t n, prof_sort_fn *cmp,
    const void *ctx);

/*
 * Sort ids by a 64-bit key each, then by cmp where keys are equal.
 *
 * key: indexed by id.
 * cmp: NULL to keep the order of ids with equal keys.
 * Cost: O(n) while keys differ (a radix sort), 32 n bytes of memory.
 */
void prof_sort_keys(uint32_t *ids, size_t n, const uint64_t *key,
    prof_sort_fn *cmp, const void *ctx);

/* Sort numbers, the smallest first; none of them NaN. */
void prof_sort_doubles(double *v, size_t n);

#endif
