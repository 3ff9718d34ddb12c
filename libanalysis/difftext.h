/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFFTEXT_H
#define PROF_DIFFTEXT_H

#include "libanalysis/comparable.h"
#include "libanalysis/diffrows.h"
#include "libanalysis/findings.h"
#include "libanalysis/out.h"
#include "libanalysis/records.h"
#include "libanalysis/scale.h"
#include "libanalysis/table.h"

/* How a comparison or a verdict is shown.  Zeroed memory: all, plain. */
#define PROF_DIFF_SPAN '\001'
#define PROF_DIFF_SPAN_END '\002'

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
	const char *const *why;		/* reasons for these; NULL: none */
	size_t nfailed;
	const struct prof_warning *warnings;	/* how comparable sides are */
	size_t nwarnings;
	const char *scaled;	/* "scaled by 1.54 so that ...": what base */
				/* is shown as; NULL: as measured */
	bool verbose;		/* all findings, and all that they explain */
	bool spans;		/* in sentences, names stand between the two */
				/* characters below, which none has itself */
};

/* What is shown; all borrowed. */
struct prof_diff_report {
	struct prof_diff_view view;
	const struct prof_findings *f;	/* NULL: none */
	uint64_t bootstrap;	/* resamplings for limits of ranks; 0: none */
	bool shares;		/* and of shares: rows are parts of a whole */
};

/*
 * The report for people: a sentence with the result, what A (base) and B
 * (new) are, the global factor, how good the evidence is, the table of changes
 * with a row for the others and one for all, and what was found.
 */
void prof_diff_text(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_out *out);

/*
 * TSV, CSV and JSON Lines, one row per function, means in base units; the
 * document profkit/diff/1; or a comment in GitHub's Markdown, at most
 * PROF_DIFF_MARKDOWN_MAX bytes.
 */
void prof_diff_write(const struct prof_diff_report *r, enum prof_form in,
    const struct prof_diff_form *form, struct prof_out *out);

#define PROF_DIFF_MARKDOWN_MAX 60000

/* "new", "gone", "changed", "same", "renamed". */
const char *prof_diff_status_name(enum prof_diff_status status);

#endif
