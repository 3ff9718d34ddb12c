/* SPDX-License-Identifier: MIT */
#ifndef CMD_NAMES_H
#define CMD_NAMES_H

#include "cmd/options.h"
#include "libanalysis/profile.h"

/*
 * What --demangle does to each input before it is merged.
 *
 * raw: nothing unless it is given.
 */
void cli_names_demangle(const struct options *o, bool raw,
    struct prof_profile *p);

/* The same for --rename and --stable-names, in this order. */
void cli_names_rewrite(const struct options *o, struct prof_profile *p);

/* --trim-path. */
void cli_trim_paths(const struct options *o, struct prof_profile *p);

#endif
