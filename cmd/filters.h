/* SPDX-License-Identifier: MIT */
#ifndef CMD_FILTERS_H
#define CMD_FILTERS_H

#include "cmd/options.h"
#include "libanalysis/profile.h"

/*
 * What the options of names, filters and values do to a profile, in the
 * order of the manuals: cli_prepare to each input before the merge,
 * cli_filter to their sum.  A filter that matches nothing is named on
 * standard error, and the exit status becomes 3.
 */

/*
 * Names, the profile's own patterns, normalisation.
 *
 * how: CLI_PRUNE, CLI_RAW_NAMES, CLI_COMPARE.
 */
void cli_prepare(const struct options *o, unsigned how,
    struct prof_profile *p);

/*
 * All filters, and the scale of values; what 100 % is stays what was read,
 * unless percentages are to be relative.
 */
void cli_filter(const struct options *o, struct prof_profile *p);

/* The same; a warning that nothing is left names the side. */
void cli_filter_side(const struct options *o, struct prof_profile *p,
    const char *side);

/*
 * Remember whether a filter matched anything in this input (pattern NULL: it
 * has none); and, at the end, name those that did in no input.
 */
void cli_matched(const char *option, const char *pattern, bool matched);
void cli_matched_why(const char *option, const char *pattern, bool matched,
    const char *why);
void cli_unmatched(void);

/* Whether options may give several functions one name. */
bool cli_joins_names(const struct options *o);

/* Whether cli_filter would change a profile. */
bool cli_filters(const struct options *o);

/* Call frames what -g says, for reports and pictures. */
void cli_spell(const struct options *o, struct prof_profile *p);

/*
 * The filters as typed, for reports: "--focus", "RE", ...; the list is to
 * be freed.
 */
const char **cli_filter_words(const struct options *o, unsigned *n);

#endif
