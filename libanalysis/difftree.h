/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFFTREE_H
#define PROF_DIFFTREE_H

#include "libanalysis/context.h"
#include "libanalysis/difftext.h"

/*
 * Changes along the merged call tree: callers before callees, those with the
 * largest change first.  Places that did not change are left out unless
 * form->all is set; a caller of one that did is not.
 *
 * Calls that go one way with equal values are one line of text, at its
 * callers' indentation, which stops at PROF_DIFFTREE_DEEP levels.
 */
void prof_difftree_text(const struct prof_diff_report *r,
    const struct prof_context *c, const struct prof_diff_form *form,
    struct prof_out *out);

/*
 * depth self_base self_new total_base total_new ratio name file module, in
 * preorder, depth from 0; the document is profkit/diff/1 with these rows.
 */
void prof_difftree_write(const struct prof_diff_report *r,
    const struct prof_context *c, enum prof_form in,
    const struct prof_diff_form *form, struct prof_out *out);

#define PROF_DIFFTREE_DEEP 40

#endif
