/* SPDX-License-Identifier: MIT */
#ifndef CMD_JUDGE_H
#define CMD_JUDGE_H

#include "cmd/sides.h"
#include "libanalysis/noise_table.h"

/* Options on what is judged, and how: those that pdiff and pregress share. */

/*
 * What --metric asks for, 1 << enum prof_judged, joined; by default self and
 * total.  Fails on other words, and on calls where none are counted.
 */
unsigned judge_metrics(const struct options *o, const struct prof_diff *d);

/*
 * The arguments of --min-share, --min-value, --alpha and --ci.
 *
 * d:    compared already: its unit, and whether its values are times.
 * rule: has the defaults of the tool; alpha is that of its own.
 */
void judge_rule(const struct options *o, const struct sides *s,
    const struct prof_diff *d, struct prof_evidence_rule *rule);

/*
 * The argument of --noise: one number, or a file, read into table, which
 * rule borrows then.
 */
void judge_noise(const struct options *o, enum tool tool,
    struct prof_noise_table *table, struct prof_evidence_rule *rule);

/*
 * SHARE|VALUE, as of --min-delta: a share has a percent sign or is below 1
 * and without a unit; else a value, with a unit of the family of unit or in
 * base units.
 *
 * Returns whether it is a share; fails naming the option.
 */
bool judge_amount(const char *option, const char *text, const char *unit,
    struct prof_fraction *share, double *value);

#endif
