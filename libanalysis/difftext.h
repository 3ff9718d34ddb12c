/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFFTEXT_H
#define PROF_DIFFTEXT_H

#include "libanalysis/comparable.h"
#include "libanalysis/diff.h"
#include "libanalysis/out.h"
#include "libanalysis/scale.h"
#include "libanalysis/table.h"

/* How a comparison or a verdict is shown.  Zeroed memory: all, plain. */
struct prof_diff_form {
	size_t limit;		/* rows of changes; 0: no limit */
	bool all;		/* also rows that did not change */
	bool colour, ascii;	/* escape sequences; no Unicode marks */
	size_t width;		/* of a terminal: names are cut to it; 0 no */
	struct prof_wish unit;	/* of values in text */
	struct prof_noun noun;
	const char *tool;	/* "pdiff", for machine forms */
	const char *const *filters;	/* as given, likewise */
	size_t nfilters;
	const char *const *failed;	/* inputs that could not be read */
	size_t nfailed;
	const struct prof_warning *warnings;	/* how comparable sides are */
	size_t nwarnings;
};

/*
 * The report for people: a sentence that sums up, what A (base) and B (new)
 * are, and the table of changes with a row for the others and one for all.
 */
void prof_diff_text(const struct prof_diff *d,
    const struct prof_diff_form *form, struct prof_out *out);

/*
 * self_base self_new total_base total_new status name file module: a header
 * line, then one row per function, means in base units.
 */
void prof_diff_tsv(const struct prof_diff *d,
    const struct prof_diff_form *form, struct prof_out *out);

/* The document profkit/diff/1. */
void prof_diff_json(const struct prof_diff *d,
    const struct prof_diff_form *form, struct prof_out *out);

/* "new", "gone", "changed", "same". */
const char *prof_diff_status_name(enum prof_diff_status status);

#endif
