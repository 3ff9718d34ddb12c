/* SPDX-License-Identifier: MIT */
#ifndef PROF_MEAN_H
#define PROF_MEAN_H

#include "libanalysis/flat.h"
#include "libanalysis/graph.h"

#define PROF_MEAN_DECIMALS 1000	/* integers of a mean are thousandths */

/*
 * Means instead of sums: each number is divided by what the first sample
 * type adds up to in the same place, sums first ("delay per contention").
 * Means do not add up: self of all rows is not the sum.
 *
 * The results are in thousandths of the column's integers; whoever shows
 * them divides the scale of the column by PROF_MEAN_DECIMALS
 * (prof_mean_type).  Where nothing was counted, the mean is 0.
 *
 * by: of the first sample type, made with the same rows.
 * Source: google/pprof internal/report, -mean, but for edges, too.
 */
void prof_mean_flat(struct prof_flat *f, const struct prof_flat *by);
void prof_mean_graph(struct prof_graph *g, const struct prof_graph *by);

/* PROF_OK, or PROF_ERANGE. */
int prof_mean_type(struct prof_type *t, struct prof_err *err);

/* v / n in thousandths, rounded; 0 where n is 0. */
prof_i128 prof_mean_of(prof_i128 v, prof_i128 n);

#endif
