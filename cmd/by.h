/* SPDX-License-Identifier: MIT */
#ifndef CMD_BY_H
#define CMD_BY_H

#include "cmd/sides.h"

/*
 * --by: load all operands and part each into a run of the base side and one
 * of the new side, where it has samples on it.  Fails naming the keys or
 * the values that there are when a side has no sample.
 */
void by_load(struct sides *s, const struct options *o);

/* KEY of --by label:KEY=A,B, to be freed; NULL without it. */
char *by_key(const struct options *o);

#endif
