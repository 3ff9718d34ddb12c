/* SPDX-License-Identifier: MIT */
#ifndef PROF_MERGE_H
#define PROF_MERGE_H

#include "libanalysis/profile.h"

/*
 * Sum profiles, and write them in canonical form: the result depends on
 * what the inputs say, not on their order, grouping or numbering.  One
 * input is brought into that form, too.
 *
 *   samples       equal (stack, labels, time) are summed; rows that are 0
 *                 in all columns go, and so do table rows without use
 *   sample types  those that all inputs have, by type name and what the
 *                 unit measures, in the finest unit and scale; order kept
 *                 if equal in all inputs, else by name
 *   time          smallest that is not 0; duration: sum; period: largest
 *   comments      sorted, once each
 *   doc_url, drop and keep frames, period type, format, dialect
 *                 kept if equal in all inputs that have one, else dropped
 *   default type  kept if all inputs show the same one, else dropped
 *   edges         equal (caller, callee, line) are summed; if they cover
 *                 the samples (meta.estimated) of some inputs and others
 *                 have samples or edges of another sort, they are dropped
 *   mappings      equal build id (else file), offset and size are one; it
 *                 starts where the lowest did; most frames first
 *   locations     by mapping, address relative to it, lines and columns
 *
 * Holds: merge(a, b) = merge(b, a), merge(merge(a, b), c) = merge(a,
 * merge(b, c)), merge(a, nothing) = merge(a), column by column.  One thing
 * goes beyond that: a row that is 0 after an inner merge is forgotten there,
 * and with it where its mapping started and what it was called, if no other
 * row was in it.
 * Source: google/pprof profile/merge.go, without its order dependence.
 */
struct prof_merge;

struct prof_merge *prof_merge_new(void);

/*
 * Add p, which is not changed and not needed afterwards.
 *
 * name: of the input, for messages.
 * Returns PROF_OK; PROF_EMISMATCH naming both inputs and their types when
 * no sample type is common; PROF_ERANGE when a sum of times or edges leaves
 * 64 bits.  After an error m can only be freed.
 */
int prof_merge_add(struct prof_merge *m, const struct prof_profile *p,
    const char *name, struct prof_err *err);

/*
 * Make the sum in out, which is empty, and free m.  What had to be given up
 * on the way is told by out->meta.differ; notes of the inputs are summed
 * without their places.  Returns PROF_OK, or PROF_ERANGE when values add up
 * to more than 64 bits hold; then out stays empty.  m is freed always.
 */
int prof_merge_finish(struct prof_merge *m, struct prof_profile *out,
    struct prof_err *err);

/* Free m without a result. */
void prof_merge_free(struct prof_merge *m);

#endif
