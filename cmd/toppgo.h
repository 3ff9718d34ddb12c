/* SPDX-License-Identifier: MIT */
#ifndef CMD_TOPPGO_H
#define CMD_TOPPGO_H

#include "cmd/options.h"
#include "libanalysis/pgo.h"
#include "libanalysis/top.h"

/*
 * ptop --pgo: candidates for optimisation by --score, of --min-calls and
 * --min-avg; fails on a value of another family of units than t's column.
 */
void top_pgo_init(struct prof_pgo *g, const struct options *o,
    const struct prof_top *t);

/* Say on standard error what has left nothing to show, if so. */
void top_pgo_tell(const struct prof_pgo *g, const struct options *o);

/* Append the text form. */
void top_pgo_text(const struct prof_pgo *g, const struct options *o,
    const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *text);

/* Write a machine form. */
void top_pgo_rows(const struct prof_pgo *g, const struct options *o,
    const struct prof_top *t, enum form form, struct prof_out *out);

#endif
