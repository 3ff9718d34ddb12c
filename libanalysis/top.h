/* SPDX-License-Identifier: MIT */
#ifndef PROF_TOP_H
#define PROF_TOP_H

#include "libanalysis/about.h"
#include "libanalysis/flat.h"
#include "libanalysis/graph.h"
#include "libanalysis/records.h"

enum prof_top_sort {
	PROF_SORT_SELF,
	PROF_SORT_TOTAL,
	PROF_SORT_CALLS,
	PROF_SORT_NAME,
	PROF_SORT_PER_CALL,	/* total of an outermost call */
	PROF_SORT_FILE		/* then by line */
};

/* The flat table of one profile and value column, before it is drawn. */
struct prof_top {
	struct prof_about about;
	const struct prof_rows *rows;
	const struct prof_flat *flat;
	enum prof_top_sort sort;
	uint32_t *order;	/* rows with a value, by row id: those that */
				/* may be shown, then the others; sorted */
	uint32_t n;		/* of them */
	uint32_t kept;		/* may be shown */
	uint32_t shown;		/* the first ones, the rest is "others" */
	const struct prof_graph *graph;	/* callers, callees; else NULL */
	enum prof_graph_side side;
	uint32_t *callers, *callees;	/* edges of graph, by chosen row, */
	uint32_t ncallers, ncallees;	/* then by value */
};

/*
 * Sort the rows: by absolute value, ties by name, file, module, as bytes.
 * Rows whose self and total are both 0 are left out, unless they were
 * called.  What about says of the profile is set, names are not.
 *
 * limit: rows to show, 0 for all.
 */
void prof_top_init(struct prof_top *t, const struct prof_rows *rows,
    const struct prof_flat *flat, unsigned column, enum prof_top_sort sort,
    uint32_t limit);
void prof_top_release(struct prof_top *t);

/* Show this many rows in what is written from now on; 0 for all. */
void prof_top_limit(struct prof_top *t, uint64_t limit);

/*
 * Rows that may be shown although they are 0, by row id; to be called
 * before prof_top_keep, which sorts them in.
 */
void prof_top_include(struct prof_top *t, const bool *rows);

/*
 * Which rows may be shown; all are anew.
 *
 * min_ppm:       total at least these millionths of the whole.
 * drop_negative: neither self below 0, nor 0 and total below.
 */
void prof_top_keep(struct prof_top *t, uint32_t min_ppm,
    bool drop_negative);

/* Show callers, callees or both of the chosen rows (g is for them). */
void prof_top_graph(struct prof_top *t, const struct prof_graph *g,
    enum prof_graph_side side, const bool *chosen);

/* The caller of an edge, or its callee, for printing; 0 is "(root)". */
const struct prof_row *prof_top_edge_row(const struct prof_top *t,
    uint32_t row);

/* Facts on a line of its own, see prof_about_facts, and calls. */
void prof_top_facts(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out);

/* Calls of all rows; 0 where they are not known. */
prof_i128 prof_top_calls(const struct prof_top *t);

/* Calls by which a row's total is divided: recursive ones do not count. */
prof_i128 prof_top_outer_calls(const struct prof_flat *f, uint32_t row);

/* What is not shown; self 0 of means, which do not add up. */
struct prof_rest prof_top_rest(const struct prof_top *t);

/* One unit and precision for all values that are shown. */
struct prof_amount prof_top_amount(const struct prof_top *t,
    const struct prof_wish *wish);

/* The table as text for people: the flat one, or callers and callees. */
void prof_top_text(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out);

/*
 * The same for machines; Markdown is for people, too, in the unit that they
 * wish.  Errors of out come at its finish.
 */
void prof_top_form(const struct prof_top *t, enum prof_form form,
    const struct prof_wish *wish, struct prof_out *out);

#endif
