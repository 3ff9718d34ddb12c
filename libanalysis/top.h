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
	const struct prof_graph *graph;	/* callers or callees; else NULL */
	enum prof_graph_side side;
	uint32_t *edges;	/* of graph, by chosen row, then by value */
	const char *const *inputs;	/* file names, for headings */
	unsigned ninputs;
	const char *const *failed;	/* inputs that could not be read */
	size_t nfailed;
	const char *const *filters;	/* as typed, for machine forms */
	unsigned nfilters;
};

/*
 * Sort the rows: by absolute value, ties by name, file, module, as bytes.
 * Rows whose self and total are both 0 are left out, unless they were
 * called.
 *
 * limit: rows to show, 0 for all.
 */
void prof_top_init(struct prof_top *t, const struct prof_rows *rows,
    const struct prof_flat *flat, unsigned column, enum prof_top_sort sort,
    uint32_t limit);
void prof_top_release(struct prof_top *t);

/* Show this many rows in what is written from now on; 0 for all. */
void prof_top_limit(struct prof_top *t, uint64_t limit);

/* Show callers or callees of the chosen rows (g was made for them). */
void prof_top_graph(struct prof_top *t, const struct prof_graph *g,
    enum prof_graph_side side, const bool *chosen);

/* The chosen row of an edge, and its other end; 0 is the root. */
static inline uint32_t
prof_top_edge_of(const struct prof_top *t, uint32_t edge)
{
	return t->side == PROF_GRAPH_CALLERS ? t->graph->callee[edge] :
	    t->graph->caller[edge];
}

static inline uint32_t
prof_top_edge_other(const struct prof_top *t, uint32_t edge)
{
	return t->side == PROF_GRAPH_CALLERS ? t->graph->caller[edge] :
	    t->graph->callee[edge];
}

/* That other end for printing; the root is "(root)". */
const struct prof_row *prof_top_edge_row(const struct prof_top *t,
    uint32_t edge);

/* Facts on one line: "a.pb  pprof  cpu  462 samples  4.62 s in 2.68 s". */
void prof_top_facts(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out);

/* Calls of all rows; 0 where they are not known. */
prof_i128 prof_top_calls(const struct prof_top *t);

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
