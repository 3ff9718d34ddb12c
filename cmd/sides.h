/* SPDX-License-Identifier: MIT */
#ifndef CMD_SIDES_H
#define CMD_SIDES_H

#include "cmd/cli.h"
#include "libanalysis/diff.h"
#include "libanalysis/difftext.h"

/* The runs of both sides of a comparison, base side first. */
struct sides {
	struct prof_profile *profile;
	struct prof_rows *rows;
	struct prof_flat *flat;
	struct prof_diff_run *run;
	const char **name;
	unsigned nruns, nbase;
};

/*
 * Read the runs that the command line names: BASE NEW, -b, or --base with
 * --new.  Fails when a side has none.
 *
 * stacks: they are needed (CLI_STACKS).
 */
void sides_load(struct sides *s, const struct options *o, bool stacks);

/* Make the views of every run and choose the column of each. */
void sides_view(struct sides *s, const struct options *o);
void sides_release(struct sides *s);

/* How a form that goes to path is written; filters are to be released. */
struct prof_diff_form sides_form(const struct options *o, const char *tool,
    enum form form, const char *path);
void sides_form_release(struct prof_diff_form *how);

#endif
