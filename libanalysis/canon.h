/* SPDX-License-Identifier: MIT */
#ifndef PROF_CANON_H
#define PROF_CANON_H

#include "libanalysis/profile.h"

/* Flag of a location in a mapping whose address is not known. */
#define PROF_CANON_NOWHERE 0x80

/*
 * Copy a profile into canonical form: sample rows in the order of a hash of
 * their content, tables numbered by first use from there, rows without use
 * or value left out, comments and notes sorted.  Equal content gives equal
 * columns, however it was numbered.  Private to merge.
 *
 * from: rows distinct in content; addresses relative to their mappings
 *       (absolute in out), or 0 with PROF_CANON_NOWHERE.
 * out:  empty.
 * Cost: O(frames) time; the frames once more in memory.
 */
void prof_canon(const struct prof_profile *from, struct prof_profile *out);

#endif
