/* SPDX-License-Identifier: MIT */
#ifndef PROF_LABEL_H
#define PROF_LABEL_H

#include "libanalysis/buf.h"
#include "libanalysis/profile.h"

/* What labels say. */

/*
 * The unit of a number: its own, else the one that its key tells, as pprof
 * infers it: bytes for "alignment" and "request", the key itself where it
 * is a unit ("bytes").  "" for none.
 * Source: google/pprof profile/profile.go (NumLabelUnits).
 */
const char *prof_label_unit(const struct prof_profile *p,
    const struct prof_label *l);

/* The same as a unit that can be converted, or NULL. */
const struct prof_unit *prof_label_unit_known(const struct prof_profile *p,
    const struct prof_label *l);

/*
 * Append the value as a name: text as it is, a number in the largest unit
 * of which it holds one, with up to two decimals ("1.56MB", "12ms"), one
 * of its own unit if that is not known ("7widgets").  A number without a
 * unit of its own is just that, and 0 is "0".
 * Source: google/pprof internal/measurement (ScaledLabel).
 */
void prof_label_value(struct prof_buf *b, const struct prof_profile *p,
    const struct prof_label *l);

#endif
