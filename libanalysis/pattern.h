/* SPDX-License-Identifier: MIT */
#ifndef PROF_PATTERN_H
#define PROF_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/err.h"

/*
 * A regular expression: PCRE2, unanchored, case matters, UTF-8 in which
 * invalid bytes never match a character; without callouts and \C, at most
 * 64 KiB of pattern.  PCRE2 backtracks, so steps, depth and memory of one
 * match are bounded: match each distinct name once and remember.
 */
struct prof_pattern;

/* text: what the pattern comes from, for messages; max: steps, or */
/* PROF_NO_LIMIT.  NULL with PROF_EPATTERN when it does not compile. */
struct prof_pattern *prof_pattern_new(const char *text, uint64_t max,
    struct prof_err *err);

/*
 * The same for a pattern that must match the whole subject, as a profile's
 * own drop and keep patterns do.
 */
struct prof_pattern *prof_pattern_new_whole(const char *text, uint64_t max,
    struct prof_err *err);

void prof_pattern_free(struct prof_pattern *p);

/*
 * Returns 1 for a match, 0 for none, PROF_EPATTERN naming pattern and
 * subject when the match reached a bound.
 */
int prof_pattern_match(const struct prof_pattern *p, const char *subject,
    size_t len, struct prof_err *err);

/* How many groups in parentheses it has; the number of a name, or -1. */
unsigned prof_pattern_groups(const struct prof_pattern *p);
int prof_pattern_group(const struct prof_pattern *p, const char *name);

/*
 * The same as prof_pattern_match from offset from on.
 *
 * span: out, begin and end of the match and of each group, as offsets;
 *       SIZE_MAX for a group that took no part.
 */
int prof_pattern_find(const struct prof_pattern *p, const char *subject,
    size_t len, size_t from, size_t *span, struct prof_err *err);

#endif
