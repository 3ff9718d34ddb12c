/* SPDX-License-Identifier: MIT */
#ifndef CMD_NAMES_H
#define CMD_NAMES_H

#include "cmd/options.h"
#include "libanalysis/match.h"

/*
 * What --demangle does to each input before it is merged.
 *
 * raw: nothing unless it is given.
 */
void cli_names_demangle(const struct options *o, bool raw,
    struct prof_profile *p);

/* The same for --rename and --stable-names, in this order. */
void cli_names_rewrite(const struct options *o, struct prof_profile *p);

/* --match. */
enum prof_matching cli_matching_functions(const struct options *o);

/*
 * How far it goes for the rows of -g: renamed are functions only, and a
 * line or label is what it says (see cli_align).
 */
enum prof_matching cli_matching(const struct options *o);

/* --trim-path. */
void cli_trim_paths(const struct options *o, struct prof_profile *p);

#endif
