/* SPDX-License-Identifier: MIT */
#ifndef CMD_COMPARABLE_H
#define CMD_COMPARABLE_H

#include "cmd/sides.h"
#include "libanalysis/comparable.h"

/*
 * Fail where the sides cannot be compared, unless --force; warn of what
 * makes it hard, in s->warnings and on standard error.
 */
void comparable_check(struct sides *s, const struct options *o,
    const struct prof_diff *d);

/* The warnings alone, for a picture: it refuses nothing. */
void comparable_warn(struct sides *s, const struct options *o,
    const struct prof_diff *d);

#endif
