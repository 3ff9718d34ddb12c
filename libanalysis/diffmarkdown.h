/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFFMARKDOWN_H
#define PROF_DIFFMARKDOWN_H

#include "libanalysis/difftext.h"

/* What prof_diff_write does for PROF_FORM_MARKDOWN.  Private to it. */
void prof_diff_markdown(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_out *out);

#endif
