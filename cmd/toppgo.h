/* SPDX-License-Identifier: MIT */
#ifndef CMD_TOPPGO_H
#define CMD_TOPPGO_H

#include "cmd/options.h"
#include "libanalysis/top.h"

/* ptop --pgo: candidates for optimisation. */

/* Fail on options that do not go together. */
void top_pgo_check(const struct options *o);

/*
 * Write a form; FORM_COUNT is text.  Fails on a --min-avg of another family
 * of units than t's column; says on standard error what has left nothing.
 */
void top_pgo_write(const struct options *o, const struct prof_top *t,
    enum form form, const struct prof_style *style, struct prof_out *out);

#endif
