/* SPDX-License-Identifier: MIT */
#ifndef PROF_RENAME_H
#define PROF_RENAME_H

#include "libanalysis/profile.h"

/*
 * A rule that rewrites names: /RE/REPL/ with any ASCII punctuation but a
 * backslash in place of '/'.  RE is a pattern (pattern.h); each match is
 * replaced by REPL, in which $0 to $99, ${12} and ${name} are groups, $$ is
 * a dollar sign, and a backslash makes the delimiter, or itself, literal.
 */
struct prof_rename;

/* max: as for prof_pattern_new.  NULL with PROF_EUSAGE or PROF_EPATTERN. */
struct prof_rename *prof_rename_new(const char *rule, uint64_t max,
    struct prof_err *err);
void prof_rename_free(struct prof_rename *r);

/*
 * Apply a rule to the names of all functions.  One whose name changes has no
 * linker name any more, and so have those that were called so before.  A
 * name that would become empty, or has more than 1000 matches, stays.
 *
 * done: out, what happened to the distinct names.
 * Returns PROF_OK, or PROF_EPATTERN when a match reached its bound; p is
 * unchanged then.
 */
struct prof_renamed {
	uint32_t matched;
	uint32_t emptied, crowded;	/* of these, left as they were */
};

int prof_rename_apply(const struct prof_rename *r, struct prof_profile *p,
    struct prof_renamed *done, struct prof_err *err);

/*
 * Cut prefixes off the file names of functions: the longest one that ends
 * at a '/' of the name, then "/proc/self/cwd/" and "./".  A name that is
 * nothing but a prefix stays.
 */
void prof_trim_paths(struct prof_profile *p, const char *const *prefix,
    size_t n);

#endif
