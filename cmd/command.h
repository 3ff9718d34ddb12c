/* SPDX-License-Identifier: MIT */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "cmd/sides.h"

/*
 * Append the pdiff command that shows the same comparison in full, as a
 * shell takes it: with the options that decide what is compared and by which
 * numbers, as they were given, without thresholds and forms.
 */
void command_pdiff(struct prof_buf *b, const struct options *o,
    const struct sides *s);

#endif
