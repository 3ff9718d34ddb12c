/* SPDX-License-Identifier: MIT */
#ifndef PROF_FLAT_H
#define PROF_FLAT_H

#include "libanalysis/num.h"
#include "libanalysis/rows.h"

/*
 * Self and total of every row for one value column, in the integers of the
 * column.  Where the profile has edges for the column they are taken from
 * these: what was measured, not what an estimated call tree says.
 */
struct prof_flat {
	prof_i128 *self;	/* [row id]: of samples it is the leaf of */
	prof_i128 *total;	/* with callees; recursion counts once */
	prof_i128 *calls;	/* NULL: not known */
	prof_i128 *primitive;	/* calls that are not recursive; likewise */
	bool edges;		/* taken from edges, all or in part */
	bool joined;		/* totals of names that several functions */
				/* have are of estimated stacks, or sums */
	bool mean;		/* means, which do not add up: see mean.h */
	int64_t error;		/* largest rounding error of self or total */
	uint32_t n;		/* rows; arrays have n + 1 entries, [0] for */
				/* samples without frames */
	prof_i128 sum;		/* of all samples, signed */
	prof_i128 whole;	/* what 100 % is: sum of absolute values, of */
				/* the samples labelled pprof::base if any */
	uint64_t samples;	/* sample rows with a value other than 0 */
};

/* What all rows of one column add up to; see struct prof_flat. */
struct prof_sums {
	prof_i128 sum, whole;
	uint64_t samples;
	bool edges;
	bool difference;	/* of two profiles: some values are negative, */
				/* or were before the filters, or are those */
				/* of a base */
};

/* Cost: O(samples + edges). */
void prof_flat_sums(struct prof_sums *s, const struct prof_profile *p,
    unsigned column);

/*
 * By row id, to be freed: whether it has a value, was called, or occurs in
 * a sample of a value: values may cancel each other out.
 */
bool *prof_flat_seen(const struct prof_flat *f, const struct prof_rows *v,
    unsigned column);

/*
 * Value of each stack for one column: weight[0] for samples without frames,
 * weight[id] for stack id.
 *
 * weight: out, p->stacks.n + 1 entries.
 * Returns PROF_OK, or PROF_ERANGE.
 */
int prof_flat_weights(const struct prof_profile *p, unsigned column,
    int64_t *weight, struct prof_err *err);

/* A sum of calls in the scale of its column of edges, a whole number. */
static inline prof_i128
prof_flat_calls(const struct prof_edges *e, int column, prof_i128 calls)
{
	const struct prof_type *t = &e->type[column];

	return t->num == t->den ? calls : prof_num_scaled(calls, t->num,
	    t->den);
}

/*
 * Holds: the self values sum up to sum.  By name, self and calls of functions
 * of one name are summed; their total is taken from estimated stacks if the
 * profile has them, because one may call the other, but is at least that of
 * each and at most their sum; else it is a sum, too.
 * Returns PROF_OK, or PROF_ERANGE when sum or a total leaves 64 bits.
 * Cost: O(frames of all stacks).
 * Source: google/pprof internal/graph (newGraph), internal/report (total).
 */
int prof_flat_init(struct prof_flat *f, const struct prof_rows *v,
    unsigned column, struct prof_err *err);
void prof_flat_release(struct prof_flat *f);

#endif
