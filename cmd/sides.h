/* SPDX-License-Identifier: MIT */
#ifndef CMD_SIDES_H
#define CMD_SIDES_H

#include "cmd/cli.h"
#include "cmd/scaling.h"
#include "libanalysis/comparable.h"
#include "libanalysis/diff.h"
#include "libanalysis/difftext.h"

/*
 * The runs of both sides of a comparison, base side first, those of a side
 * in byte order of their names: nothing depends on the order they were given
 * in.
 */
struct sides {
	struct prof_profile *profile;
	struct prof_rows *rows;
	struct prof_flat *flat;
	struct prof_diff_run *run;
	const char **name;
	unsigned nruns, nbase;
	size_t profile_cap, name_cap;
	struct words fresh;	/* files that are the new runs, not for --by */
	bool no_base;	/* there is none yet, and --missing-baseline passes */
	struct prof_warnings warnings;	/* see cmd/comparable.h */
	struct scaling scaling;		/* see cmd/scaling.h */
};

/*
 * Read the runs that the command line names: BASE NEW, -b, --base with
 * --new, or --by; each a set of files (cmd/sets.h).  Fails when a side has
 * none; but see no_base: then only new runs are there.
 *
 * stacks: they are needed (CLI_STACKS).
 */
void sides_load(struct sides *s, const struct options *o, bool stacks);

/* Append a run, which is taken over; with filters applied to it first. */
void sides_take(struct sides *s, struct prof_profile *p, const char *name);
void sides_add(struct sides *s, const struct options *o,
    struct prof_profile *p, const char *name);

/* The operands and arguments that are base sets, and those of new ones. */
void sides_sets(const struct options *o, struct words *base,
    struct words *fresh);

/* Make the views of every run and choose the column of each. */
void sides_view(struct sides *s, const struct options *o);
void sides_release(struct sides *s);

/* How a form that goes to path is written; filters are to be released. */
struct prof_diff_form sides_form(const struct sides *s,
    const struct options *o, const char *tool, enum form form,
    const char *path);
void sides_form_release(struct prof_diff_form *how);

#endif
