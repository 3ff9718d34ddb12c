/* SPDX-License-Identifier: MIT */
#ifndef PROF_COUNTS_H
#define PROF_COUNTS_H

#include "libanalysis/profile.h"

/*
 * How many counted samples stand behind the values of a column: with them a
 * change can be told from chance.  The first rule that fits decides:
 *
 *   heap     Go's alloc and inuse columns: an allocation of size s is
 *            recorded with probability 1 - exp(-s / rate), and values were
 *            divided by it
 *   column   another column, "samples", counts them, row by row
 *   unit     the column itself counts samples: it is called so and stands
 *            beside others, or it is of perf, and no periods were printed;
 *            or, where it may be a time without a unit, as in collapsed
 *            stacks, at least 30 % of its values are 1 to 3
 *   period   all values are multiples of the profile's period
 *   divisor  a time, and all values are multiples of one of at least 0.5
 *            ms, together at least 100 of it; or numbers without a unit, as
 *            in collapsed stacks, and of one of at least 1000
 *
 * Else, and where a value is negative or every event was recorded, nothing
 * is known: a nanosecond is no sample.
 */
enum prof_counts_how {
	PROF_COUNTS_UNKNOWN,
	PROF_COUNTS_HEAP,
	PROF_COUNTS_COLUMN,
	PROF_COUNTS_UNIT,
	PROF_COUNTS_PERIOD,
	PROF_COUNTS_DIVISOR
};

/* Rows of value v that c samples are behind; in integers of the column. */
struct prof_counts {
	enum prof_counts_how how;
	double sum;		/* of v */
	double square;		/* of v * v / c */
	unsigned runs;
	int64_t taken;		/* for one sample, by nothing but its being */
				/* the divisor of numbers without a unit; 0 */
	const char *reason;	/* of PROF_COUNTS_UNKNOWN; static */
};

/* Cost: O(samples). */
void prof_counts_of(struct prof_counts *c, const struct prof_profile *p,
    unsigned column);

/*
 * Add the samples of a run, with values multiplied by factor; zeroed memory
 * is a sum of none.  What is not known of one is not known of all.
 */
void prof_counts_add(struct prof_counts *sum, const struct prof_counts *one,
    double factor);

/*
 * The value of one sample, so that sum / that is the effective number of
 * samples (sum v)^2 / sum (v^2 / c); 0 when it is not known.
 */
double prof_counts_per(const struct prof_counts *c);

#endif
