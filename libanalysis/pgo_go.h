/* SPDX-License-Identifier: MIT */
#ifndef PROF_PGO_GO_H
#define PROF_PGO_GO_H

#include "libanalysis/profile.h"

/*
 * Make p what Go's compiler takes for profile-guided optimisation: one value
 * column, "cpu" in "nanoseconds" or "samples" in "count", and functions with
 * the line they start at.
 *
 * column: to take; one of these two, or of CPU time in another unit, which
 *         is converted.
 * lacking: out, stack frames whose function or line is not known in full,
 *         which the compiler cannot use.
 * Returns PROF_OK; PROF_EMISMATCH naming what the profile lacks; PROF_ERANGE
 * when nanoseconds leave 64 bits.
 * Source: golang/go cmd/internal/pgo (FromPProf).
 */
int prof_pgo_go(struct prof_profile *p, unsigned column, uint64_t *lacking,
    struct prof_err *err);

/* The column that suits best, or the default one if none does. */
unsigned prof_pgo_go_column(const struct prof_profile *p);

#endif
