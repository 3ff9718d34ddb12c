/* SPDX-License-Identifier: MIT */
#ifndef PROF_COUNTS_H
#define PROF_COUNTS_H

#include "libanalysis/rows.h"

/*
 * How many counted samples stand behind the values of a column: with them a
 * change can be told from chance.  The first rule that fits decides:
 *
 *   exact    a counter or a simulator saw each event: instructions of user
 *            code, Ir and the other events of callgrind; of perf, and with a
 *            period above 1, or a column of samples, they were sampled
 *   heap     Go's alloc and inuse columns: an allocation of size s is
 *            recorded with probability 1 - exp(-s / rate), and values were
 *            divided by it; at rate 1 values are exact
 *   column   another column, "samples", counts them, row by row
 *   unit     the column itself counts samples: it is called so and stands
 *            beside others, or it is of perf, and no periods were printed;
 *            or, where it may be a time without a unit, as in collapsed
 *            stacks, at least 30 % of its values are 1 to 3
 *   records  the reader saw each sample and its value (perf): one counts for
 *            as much as the sum of squares of values by their sum
 *   period   all values are multiples of the profile's period
 *   divisor  a time, and all values are multiples of one of at least 0.5
 *            ms, together at least 100 of it; or numbers without a unit, as
 *            in collapsed stacks, and of one of at least 1000
 *
 * Else, and where a value is negative, nothing is known: a nanosecond is no
 * sample.
 */
enum prof_counts_how {
	PROF_COUNTS_UNKNOWN,
	PROF_COUNTS_HEAP,
	PROF_COUNTS_COLUMN,
	PROF_COUNTS_UNIT,
	PROF_COUNTS_PERIOD,
	PROF_COUNTS_DIVISOR,
	PROF_COUNTS_RECORDS,
	PROF_COUNTS_EXACT	/* every event was recorded: no chance in it */
};

/* Rows of value v that c samples are behind; in integers of the column. */
struct prof_counts {
	enum prof_counts_how how;
	double sum;		/* of v */
	double square;		/* of v * v / c */
	unsigned runs;
	bool alike;		/* _COLUMN: all samples of one value; of a */
				/* run, in a sum it means nothing */
	int64_t taken;		/* for one sample, by nothing but its being */
				/* the divisor of numbers without a unit; 0 */
	const char *reason;	/* why there are no samples, static; of */
				/* PROF_COUNTS_UNKNOWN and _EXACT */
};

/* Whether counted samples are behind the values. */
static inline bool
prof_counts_sampled(const struct prof_counts *c)
{
	return c->how != PROF_COUNTS_UNKNOWN && c->how != PROF_COUNTS_EXACT;
}

/* Whether all samples are worth the same, prof_counts_per. */
static inline bool
prof_counts_even(const struct prof_counts *c)
{
	return prof_counts_sampled(c) && c->how != PROF_COUNTS_HEAP &&
	    (c->how != PROF_COUNTS_COLUMN || c->alike);
}

/*
 * Whether every event was recorded, whatever is known of their number: a
 * column of Go's heap at rate 1.
 */
bool prof_counts_every(const struct prof_profile *p, unsigned column);

/* Cost: O(samples). */
void prof_counts_of(struct prof_counts *c, const struct prof_profile *p,
    unsigned column);

/*
 * Add the samples of a run, with values multiplied by factor; zeroed memory
 * is a sum of none.  What is not known of one is not known of all, nor is a
 * sum of exact and sampled ones.
 */
void prof_counts_add(struct prof_counts *sum, const struct prof_counts *one,
    double factor);

/*
 * The value of one sample, so that sum / that is the effective number of
 * samples (sum v)^2 / sum (v^2 / c); 0 when it is not known.
 */
double prof_counts_per(const struct prof_counts *c);

/*
 * The same number of each row of the profile that c is of: effective samples
 * (sum v)^2 / sum (v^2 / c) of what it has itself, and with callees, where
 * recursion counts once.  False, with nothing done: there are none, or edges
 * have values, too.
 *
 * self, total: out, [row id], v->n + 1 of them, [0] for samples without
 *              frames; 0 where there is no value.
 * Cost: O(frames of all stacks); where prof_counts_even, values of prof_flat
 *       by prof_counts_per are the same, for less.
 */
bool prof_counts_rows(const struct prof_counts *c, const struct prof_rows *v,
    unsigned column, double *self, double *total);

#endif
