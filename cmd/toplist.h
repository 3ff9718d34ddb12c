/* SPDX-License-Identifier: MIT */
#ifndef CMD_TOPLIST_H
#define CMD_TOPLIST_H

#include "cmd/options.h"
#include "libanalysis/top.h"

/* ptop --list: source lines of functions with their self and total. */
struct top_list;

/* Fail on options that do not go together. */
void top_list_check(const struct options *o);

/* chosen: by row id; rows come in t's order.  t must outlive the list. */
struct top_list *top_list_new(const struct options *o,
    const struct prof_top *t, const bool *chosen);
void top_list_free(struct top_list *l);

/* Write a form; FORM_COUNT is text. */
void top_list_write(struct top_list *l, enum form form,
    const struct prof_style *style, struct prof_out *out);

#endif
