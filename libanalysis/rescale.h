/* SPDX-License-Identifier: MIT */
#ifndef PROF_RESCALE_H
#define PROF_RESCALE_H

#include "libanalysis/profile.h"

/*
 * Multiply all value columns, and those of edges that are no counts of
 * calls, by num / den: the scale of the columns changes, values stay, so
 * that nothing is rounded.
 *
 * Returns PROF_OK, or PROF_ERANGE when a scale leaves 64 bits.
 */
int prof_rescale(struct prof_profile *p, int64_t num, int64_t den,
    struct prof_err *err);

/*
 * The same for the counts of calls of edges, for what is an average of runs
 * in all its numbers.
 */
int prof_rescale_calls(struct prof_profile *p, int64_t num, int64_t den,
    struct prof_err *err);

/*
 * Make profiles comparable before they are merged.
 *
 * mode: "none"; "duration": values per second of the profile's duration;
 *       "total": every column adds up (in absolute values) to a billion,
 *       but one that counts samples beside others stays;
 *       "per-op:N": values divided by N.
 * "duration" and "total" round: values get three decimals, so that columns
 * of different profiles have one scale.  Self and total of edges are
 * multiplied like the samples; calls stay.
 * Returns PROF_OK; PROF_EUSAGE for another mode; PROF_EMISMATCH for a
 * profile without duration; PROF_ERANGE.
 */
int prof_normalize(struct prof_profile *p, const char *mode,
    struct prof_err *err);

#endif
