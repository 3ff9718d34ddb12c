/* SPDX-License-Identifier: MIT */
#ifndef PROF_RECORDED_H
#define PROF_RECORDED_H

#include "libanalysis/num.h"

/*
 * How many records a reader has summed up to the values of a column, and
 * what they were worth: one is worth as much as square / sum of them, where
 * they differ.  Zeroed memory is not known.  Numbers that leave their bits
 * stop at the most there is, and say no more.
 */
struct prof_recorded {
	uint64_t n;		/* 0: not known */
	prof_i128 sum, square;	/* of their values, in the column's integers */
};

/* Add a record of this value, not negative. */
void prof_recorded_add(struct prof_recorded *r, int64_t value);

/* Add those of another column; what is not known of one is not of both. */
void prof_recorded_join(struct prof_recorded *r,
    const struct prof_recorded *more);

/* Multiply values by num / den, both positive. */
void prof_recorded_scale(struct prof_recorded *r, prof_i128 num,
    prof_i128 den);

/* What one is worth, in the column's integers; 0: not known. */
double prof_recorded_per(const struct prof_recorded *r);

#endif
