/* SPDX-License-Identifier: MIT */
#ifndef CMD_CONVERT_H
#define CMD_CONVERT_H

#include "cmd/options.h"
#include "formats/format.h"

/* What pconvert does. */

/* The writer that --to, the suffix of --output or nothing tells. */
const struct prof_writer *convert_writer(const struct options *o);

/*
 * Read, change and write the sum of some operands, or its facts; false if
 * -k skipped all of them.
 */
bool convert(const struct options *o, const struct words *operands);

/* --split: each operand into a file of its own. */
void convert_split(struct options *o);

#endif
