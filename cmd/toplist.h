/* SPDX-License-Identifier: MIT */
#ifndef CMD_TOPLIST_H
#define CMD_TOPLIST_H

#include "cmd/options.h"
#include "libanalysis/top.h"

/*
 * ptop --list: source lines of the chosen rows, in t's order, with their
 * self and total.
 *
 * chosen: by row id.
 */
struct top_list;

struct top_list *top_list_new(const struct options *o,
    const struct prof_top *t, const bool *chosen);
void top_list_free(struct top_list *l);

/* Append the text form. */
void top_list_text(struct top_list *l, const struct prof_style *style,
    struct prof_buf *text);

/* Write a machine form. */
void top_list_rows(struct top_list *l, enum form form, struct prof_out *out);

#endif
