/* SPDX-License-Identifier: MIT */
#ifndef PROF_MATCH_H
#define PROF_MATCH_H

#include "libanalysis/rows.h"

/* One row of one run. */
struct prof_match_member {
	uint32_t run, row;
};

/* How far to go to find the same function on both sides. */
enum prof_matching {
	PROF_MATCH_RENAMED,	/* also what most likely got another name */
	PROF_MATCH_STABLE,	/* also by name without what builds change */
	PROF_MATCH_EXACT	/* by name */
};

/* Why the rows of a class are one function although names differ. */
enum prof_joined {
	PROF_JOINED_NOT,	/* they do not, or only in a folder */
	PROF_JOINED_STABLE,
	PROF_JOINED_RENAMED	/* likely, not certain */
};

/*
 * Which rows of several profiles are the same function.  A run is one
 * recording seen by rows; the first nbase runs are the base side, the rest
 * the new side.  Rows of one class are the same function; a class has at
 * most one row of each run, and every row is in one class.
 *
 *   name    decides alone while no run has it twice and the runs of each
 *           side agree on its file (without a file: on its module), as far
 *           as they know it; rows by name look at nothing else
 *   file    base name, for names that are not that clear; what has none is
 *           of the one file that its side, or else the other, has for it
 *   folder  of the file, or base name of the module where there is no
 *           file; looked at only if some folder occurs on both sides.  An
 *           executable that only one side has counts as nameless there,
 *           so that two builds of one program meet
 *   line    what is left pairs by equal start line if the lines of one run
 *           are among those seen before, else in their order
 *
 * A location without a function is known by build id, else base name of
 * its module, and relative address.  Rows that are files or modules, which
 * are called by their paths, pair by as many of the last components of it
 * as tell them apart.
 *
 * Classes count from 1 in an order that depends on runs and rows alone.
 */
struct prof_match {
	const struct prof_rows *const *runs;	/* borrowed, as the views are */
	unsigned nruns, nbase;
	uint32_t n;			/* classes */
	uint32_t **class_of;		/* [run][row id]; [run][0] is 0 */
	uint32_t *first;		/* by class - 1, n + 1: into member */
	struct prof_match_member *member;	/* of a class, by run */
	bool *shared;			/* [class]: others have its name, too */
	uint8_t *joined;		/* [class]: enum prof_joined */
};

/*
 * runs: nruns views, base side first; kept until release.
 * Cost: O(rows) expected; O(n log n) in rows whose names are not clear.
 */
void prof_match_init(struct prof_match *m,
    const struct prof_rows *const *runs, unsigned nruns, unsigned nbase);
void prof_match_release(struct prof_match *m);

/* The rows of a class, by run; *n is at least 1. */
static inline const struct prof_match_member *
prof_match_members(const struct prof_match *m, uint32_t class, size_t *n)
{
	*n = m->first[class] - m->first[class - 1];
	return m->member + m->first[class - 1];
}

/* The first member of a class on a side (0 base, 1 new); NULL: none. */
const struct prof_match_member *prof_match_on(const struct prof_match *m,
    uint32_t class, unsigned side);

/* The row that stands for a class: of the first new run that has it. */
const struct prof_row *prof_match_row(const struct prof_match *m,
    uint32_t class);

/* Whether it is what printing lost or added (PROF_ROUNDING_NAME). */
bool prof_match_is_rounding(const struct prof_match *m, uint32_t class);

/* The same for a side that it is on; side 0 tells the old name. */
static inline const struct prof_row *
prof_match_row_on(const struct prof_match *m, uint32_t class, unsigned side)
{
	const struct prof_match_member *at = prof_match_on(m, class, side);

	return at != NULL ? prof_rows_get(m->runs[at->run], at->row) : NULL;
}

/*
 * Place of each class in the order of (name, file, module, start line) as
 * bytes.
 *
 * rank: out, [class], n + 1 entries; rank[0] is 0, the others from 1.
 * Cost: O(n log n).
 */
void prof_match_rank(const struct prof_match *m, uint32_t *rank);

#endif
