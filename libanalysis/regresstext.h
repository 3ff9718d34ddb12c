/* SPDX-License-Identifier: MIT */
#ifndef PROF_REGRESSTEXT_H
#define PROF_REGRESSTEXT_H

#include "libanalysis/difftext.h"
#include "libanalysis/regress.h"

/*
 * The report for people: the verdict, what was compared, what is not OK and
 * how many functions are.
 */
void prof_regress_text(const struct prof_regress *g,
    const struct prof_diff_form *form, struct prof_out *out);

/* The document profkit/regress/1; its findings are all rows but OK ones. */
void prof_regress_json(const struct prof_regress *g,
    const struct prof_diff_form *form, struct prof_out *out);

/*
 * JUnit's XML: one suite, a case per row.  Names are made printable before
 * they are written, so the document is well-formed for any bytes.
 *
 * Returns PROF_OK, or PROF_ELIMIT when libxml2 cannot hold the document.
 */
int prof_regress_junit(const struct prof_regress *g,
    const struct prof_diff_form *form, struct prof_out *out,
    struct prof_err *err);

/* "self 850 ms against 490 ms, 1.73x"; "new: ..." without a ratio. */
void prof_regress_describe(const struct prof_regress *g,
    const struct prof_regress_row *row, struct prof_buf *b);

#endif
