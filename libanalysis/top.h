/* SPDX-License-Identifier: MIT */
#ifndef PROF_TOP_H
#define PROF_TOP_H

#include "libanalysis/amount.h"
#include "libanalysis/flat.h"
#include "libanalysis/graph.h"
#include "libanalysis/out.h"
#include "libanalysis/table.h"

enum prof_top_sort {
	PROF_SORT_SELF,
	PROF_SORT_TOTAL,
	PROF_SORT_CALLS,
	PROF_SORT_NAME
};

/* The flat table of one profile and value column, before it is drawn. */
struct prof_top {
	const struct prof_rows *rows;
	const struct prof_flat *flat;
	unsigned column;
	uint32_t *order;	/* rows with a value, sorted; by row id */
	uint32_t n;		/* of them */
	uint32_t shown;		/* the first ones, the rest is "others" */
	const struct prof_graph *callers;	/* --callers; else NULL */
	uint32_t *edges;	/* of callers, by callee, then by value */
	const char *const *inputs;	/* file names, for headings */
	unsigned ninputs;
	const char *const *failed;	/* inputs that could not be read */
	size_t nfailed;
	const char *const *filters;	/* as typed, for machine forms */
	unsigned nfilters;
};

/*
 * Sort the rows: by absolute value, ties by name, file, module, as bytes.
 * Rows whose self and total are both 0 are left out.
 *
 * limit: rows to show, 0 for all.
 */
void prof_top_init(struct prof_top *t, const struct prof_rows *rows,
    const struct prof_flat *flat, unsigned column, enum prof_top_sort sort,
    uint32_t limit);
void prof_top_release(struct prof_top *t);

/* Show this many rows in what is written from now on; 0 for all. */
void prof_top_limit(struct prof_top *t, uint64_t limit);

/* Show the callers of the chosen rows (graph made for them) instead. */
void prof_top_callers(struct prof_top *t, const struct prof_graph *g,
    const bool *chosen);

/* Facts on one line: "a.pb  pprof  cpu  462 samples  4.62 s in 2.68 s". */
void prof_top_facts(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out);

/* One unit and precision for all values that are shown. */
struct prof_amount prof_top_amount(const struct prof_top *t);

/* The report in each form; errors of out come at its finish. */
void prof_top_text(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out);
void prof_top_tsv(const struct prof_top *t, struct prof_out *out);
void prof_top_csv(const struct prof_top *t, struct prof_out *out);
void prof_top_markdown(const struct prof_top *t, struct prof_out *out);
void prof_top_json(const struct prof_top *t, struct prof_out *out);

#endif
