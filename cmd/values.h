/* SPDX-License-Identifier: MIT */
#ifndef CMD_VALUES_H
#define CMD_VALUES_H

#include "cmd/option.h"
#include "libanalysis/num.h"

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

/*
 * VALUE, "100ms" or "1.5k": digits / scale of unit; NULL: no unit is there.
 * Returns whether it is one.
 */
bool value_amount(const char *text, int64_t *digits, int64_t *scale,
    const struct prof_unit **unit);

/*
 * Index of s[0..len) in words parted by '|', hyphens and underscores apart;
 * fails naming option and words.
 */
unsigned value_word(const char *option, const char *words, const char *s,
    size_t len);

/* Index of one of the option's choices. */
int value_choice(const struct option *o, const char *value);

/* Keep the text of a number, which its value cannot be written as again. */
void value_keep(struct options *to, const struct option *o,
    const char *value);

/* Level of compression; NULL is 6. */
int value_level(const struct option *o, const char *value);

#endif
