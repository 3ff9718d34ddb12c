/* SPDX-License-Identifier: MIT */
#ifndef CMD_TOPTREE_H
#define CMD_TOPTREE_H

#include "cmd/options.h"
#include "libanalysis/top.h"

/* ptop --tree: append the facts of the profile and its call tree. */
void top_tree(const struct options *o, const struct prof_top *t,
    const struct prof_style *style, struct prof_buf *text);

#endif
