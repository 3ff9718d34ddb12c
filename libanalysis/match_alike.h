/* SPDX-License-Identifier: MIT */
#ifndef PROF_MATCH_ALIKE_H
#define PROF_MATCH_ALIKE_H

#include <stddef.h>

/*
 * How alike two names of functions are, from 0 to 1: three quarters the
 * last component (method, function), the mean of the Jaccard index of its
 * words and 1 - edit distance / length; a quarter the words before it.
 * Parameters, template arguments and case do not count, nor does what
 * prof_match_name leaves out.
 *
 * Cost: O(1): of a component the first 64 bytes and 32 words.
 */
double prof_alike_names(const char *a, size_t a_len, const char *b,
    size_t b_len);

#endif
