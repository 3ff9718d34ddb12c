/* SPDX-License-Identifier: MIT */
#ifndef PROF_GATEFORMS_H
#define PROF_GATEFORMS_H

#include "libanalysis/gatetext.h"
#include "libanalysis/records.h"

/*
 * The forms of a verdict for programs.  Every row that was judged, gravest
 * first, in TSV, CSV and JSON Lines: verdict kind metric base new delta ratio
 * ratio_low ratio_high p q mdr name file line module rule at.
 *
 * form: PROF_FORM_TSV, PROF_FORM_CSV or PROF_FORM_JSONL.
 */
void prof_gate_rows(const struct prof_gate *g,
    const struct prof_gate_form *how, enum prof_form form,
    struct prof_out *out);

/*
 * The document profkit/regress/1; its findings are rows that are not OK, but
 * those that another finding explains, unless how->verbose asks for them.
 */
void prof_gate_json(const struct prof_gate *g,
    const struct prof_gate_form *how, struct prof_out *out);

/*
 * A comment for a pull request in Markdown, of at most 60,000 bytes: a hidden
 * mark by which the comment is found again, the verdict, the findings as a
 * table, and the text report to unfold.  Nothing in a name is markup.
 */
void prof_gate_markdown(const struct prof_gate *g,
    const struct prof_gate_form *how, struct prof_out *out);

/*
 * The same comment where there is nothing to compare with yet: with the mark
 * that the comment of a comparison will have.
 *
 * judged: 1 << enum prof_judged, joined.
 */
void prof_gate_markdown_none(const char *type, unsigned judged,
    const struct prof_diff_form *how, const char *reason,
    struct prof_out *out);

/*
 * Annotations of GitHub Actions: at most 10 errors and warnings, one notice
 * of all that is undecided, and the verdict.  Nothing in a name is a command.
 */
void prof_gate_github(const struct prof_gate *g,
    const struct prof_gate_form *how, struct prof_out *out);

/*
 * JUnit's XML: one suite, a case per row and one for everything; a regression
 * is a failure, what is undecided or explained by another finding is skipped,
 * an input that could not be read is an error.  Names are made printable
 * before they are written, so the document is well-formed for any bytes.
 *
 * Returns PROF_OK, or PROF_ELIMIT when libxml2 cannot hold the document.
 */
int prof_gate_junit(const struct prof_gate *g,
    const struct prof_gate_form *how, struct prof_out *out,
    struct prof_err *err);

#endif
