/* SPDX-License-Identifier: MIT */
#ifndef PROF_PGO_H
#define PROF_PGO_H

#include "libanalysis/flat.h"

/*
 * Functions worth optimising.  Where calls are counted, those that are
 * called often enough and take long enough each time; where stacks were
 * sampled, all, with how sure their share is.
 */
struct prof_pgo_opts {
	bool by_total;		/* score is total, else self */
	prof_i128 min_calls;	/* calls at least; 0: any */
	/*
	 * Least average of a call, in integers of the column: num / den,
	 * den 0 for any.  Self by its calls; total by those that are not
	 * recursive, as recursion is in a total once.
	 */
	prof_i128 min_avg_num, min_avg_den;
};

struct prof_pgo {
	const struct prof_flat *flat;
	struct prof_pgo_opts opts;
	uint32_t *row;		/* candidates, the largest score first, ties */
	uint32_t n;		/* by name, file, line, module */
	uint32_t few_calls;	/* functions with a score, left out because */
	uint32_t short_calls;	/* of min_calls, and then of min_avg */
	prof_i128 samples;	/* that make up flat->whole; 0: not known */
	bool difference;	/* of two profiles: nothing to be sure of */
};

/* a * b, both at least 0; the most there is instead of an overflow. */
static inline prof_i128
prof_pgo_times(prof_i128 a, prof_i128 b)
{
	__extension__ typedef unsigned __int128 bits;
	prof_i128 product;

	return __builtin_mul_overflow(a, b, &product) ?
	    (prof_i128)(~(bits)0 >> 1) : product;
}

/* flat: of column of rows->p; must outlive the result. */
void prof_pgo_init(struct prof_pgo *g, const struct prof_rows *rows,
    const struct prof_flat *flat, unsigned column,
    const struct prof_pgo_opts *opts);
void prof_pgo_release(struct prof_pgo *g);

static inline prof_i128
prof_pgo_score(const struct prof_pgo *g, uint32_t row)
{
	return g->opts.by_total ? g->flat->total[row] : g->flat->self[row];
}

/* Calls that the score is the sum of; 0: not known, or none. */
prof_i128 prof_pgo_calls(const struct prof_pgo *g, uint32_t row);

/*
 * The most that all could become faster, if this function took no time:
 * whole / (whole - score) in millionths (Amdahl's law); 0 for "all of it".
 */
prof_i128 prof_pgo_potential(const struct prof_pgo *g, uint32_t row);

/*
 * 95 % confidence interval of the score's share of the whole, in millionths
 * (Wilson's, for a share of samples).  Returns false if the number of
 * samples is not known.
 */
bool prof_pgo_interval(const struct prof_pgo *g, uint32_t row,
    uint32_t *low, uint32_t *high);

/*
 * Wilson's interval of a share of part / whole seen in n samples, all at
 * least 0, whole and n above 0; in millionths, ends rounded outwards.
 */
void prof_pgo_wilson(prof_i128 part, prof_i128 whole, prof_i128 n,
    uint32_t *low, uint32_t *high);

#endif
