/* SPDX-License-Identifier: MIT */
#ifndef PROF_TEXTCONV_H
#define PROF_TEXTCONV_H

#include "libanalysis/about.h"
#include "libanalysis/flat.h"

/*
 * A profile as text of which the difference to another one is small: a line
 * "name <tab> self <tab> total" for each row, by name, without a heading, in
 * base units, times and counts rounded to the sampling period.  Rows of which
 * nothing is left are left out.
 *
 * v: by name, or, of edges, by function: lines of one name come by their
 *    values then, the largest total first.
 */
void prof_textconv(const struct prof_about *a, const struct prof_rows *v,
    const struct prof_flat *f, struct prof_buf *out);

#endif
