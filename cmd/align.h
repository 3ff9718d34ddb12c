/* SPDX-License-Identifier: MIT */
#ifndef CMD_ALIGN_H
#define CMD_ALIGN_H

#include "cmd/options.h"
#include "libanalysis/profile.h"

/*
 * Before the profiles of a comparison are spelled by -g line, edge or
 * stack: call in those of base what is the same as in new, by --match and
 * --patch.  By other rows nothing is done; --patch then is a mistake.
 *
 * p: n profiles, filtered, the first nbase are of base.
 */
void cli_align(const struct options *o, struct prof_profile *p, unsigned n,
    unsigned nbase);

#endif
