/* SPDX-License-Identifier: MIT */
#ifndef CMD_TOPLIST_H
#define CMD_TOPLIST_H

#include "cmd/options.h"

/* ptop --list: source lines of functions with their self and total. */
struct top_list;

/* Fail on options that do not go together. */
void top_list_check(const struct options *o);

#endif
