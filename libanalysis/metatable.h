/* SPDX-License-Identifier: MIT */
#ifndef PROF_METATABLE_H
#define PROF_METATABLE_H

#include "libanalysis/about.h"

/*
 * What a profile holds beside its samples, as tables: its sample types with
 * the sum of their absolute values, and its comments.
 */
void prof_types_text(const struct prof_about *a,
    const struct prof_style *style, struct prof_buf *out);
void prof_types_form(const struct prof_about *a, enum prof_form form,
    struct prof_out *out);

/* A comment on each line. */
void prof_comments_text(const struct prof_about *a, struct prof_buf *out);
void prof_comments_form(const struct prof_about *a, enum prof_form form,
    struct prof_out *out);

#endif
