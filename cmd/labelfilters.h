/* SPDX-License-Identifier: MIT */
#ifndef CMD_LABELFILTERS_H
#define CMD_LABELFILTERS_H

#include "cmd/options.h"
#include "libanalysis/profile.h"

/*
 * The filters that look at labels and times, each as often as its option
 * was given.  One that matches nothing is warned of and makes the answer
 * incomplete; a mistake in an argument ends the program.
 */

/* --tagroot, --tagleaf */
void cli_tag_frames(const struct options *o, struct prof_profile *p);

/* --time, --process, --thread; without --keep-time times are forgotten. */
void cli_select(const struct options *o, struct prof_profile *p);

/* --tagfocus, --tagignore */
void cli_tagfocus(const struct options *o, struct prof_profile *p);

/* --tagshow, --taghide */
void cli_tagshow(const struct options *o, struct prof_profile *p);

/* Whether any of these options was given; all need samples. */
bool cli_filters_labels(const struct options *o);

#endif
