/* SPDX-License-Identifier: MIT */
#ifndef CMD_VALUES_H
#define CMD_VALUES_H

#include "cmd/option.h"

/*
 * Arguments of options.  Each takes all of value or fails with a message
 * that names the option and what it takes.
 */
uint64_t value_number(const struct option *o, const char *value);

/* "64MiB", "2G", "1000", "none". */
uint64_t value_size(const struct option *o, const char *value);

/* "0.5%" or "0.005". */
struct fraction value_share(const struct option *o, const char *value);

/* "0.5", "1/3": above 0. */
struct fraction value_factor(const struct option *o, const char *value);

/* "1.5", "1.5x" or "50%", which are the same. */
struct fraction value_ratio(const struct option *o, const char *value);

/* Index of one of the option's choices. */
int value_choice(const struct option *o, const char *value);

/* Level of compression; NULL is 6. */
int value_level(const struct option *o, const char *value);

#endif
