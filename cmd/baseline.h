/* SPDX-License-Identifier: MIT */
#ifndef CMD_BASELINE_H
#define CMD_BASELINE_H

#include "cmd/sides.h"

/*
 * --missing-baseline pass, where there is none yet: write the report in all
 * forms that are asked for, and a warning.  Only new runs are in s.
 */
void baseline_missing(struct options *o, const struct sides *s);

/* Fail at once where --baseline-update could not do what it says. */
void baseline_check(const struct options *o);

/*
 * --baseline-update, if it was given: keep the files of s->fresh as they are,
 * without filters.  A file gets their mean as one profile; a directory, or
 * a name that ends in '/', one file for each, named by content, so that a
 * run that is there is not written again.
 *
 * failed: why the gate did not pass, so that nothing is written; or NULL.
 */
void baseline_update(const struct options *o, const struct sides *s,
    const char *failed);

/* Why the new runs of a comparison are no baseline, or NULL. */
const char *baseline_why_not(const struct options *o, const struct sides *s,
    enum prof_verdict verdict);

#endif
