/* SPDX-License-Identifier: MIT */
#ifndef PROF_CHECK_H
#define PROF_CHECK_H

#include "libanalysis/profile.h"

/*
 * Verify the model: ids in range, columns of one length, runs ascending,
 * scales positive, types within bounds.
 *
 * Returns PROF_OK, or PROF_EFORMAT naming the first column and row that is
 * wrong.  Readers and transforms run it in debug builds and in tests; it is
 * a check of our own code, not of input.
 * Cost: one pass over all columns.
 */
int prof_profile_check(const struct prof_profile *p, struct prof_err *err);

#endif
