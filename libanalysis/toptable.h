/* SPDX-License-Identifier: MIT */
#ifndef PROF_TOPTABLE_H
#define PROF_TOPTABLE_H

#include "libanalysis/top.h"

/* Append the table of callers, callees or both.  Private. */
void prof_top_graph_table(const struct prof_top *t,
    const struct prof_style *style, struct prof_buf *out);

#endif
