/* SPDX-License-Identifier: MIT */
#ifndef PROF_AMOUNT_H
#define PROF_AMOUNT_H

#include "libanalysis/scale.h"

/*
 * Values as people read them: one unit and one number of decimals for all
 * that stand in a column.  Zeroed memory shows integers without a unit.
 */
struct prof_amount {
	struct prof_scale scale;
	bool each;		/* a unit for each value; below: of them */
	const char *unit;
	int64_t num, den;
};

/* What the values of a column have in common; zeroed before the first. */
struct prof_spread {
	prof_i128 least, most;	/* magnitudes other than 0 */
	prof_i128 gcd;
};

/* v: an integer of the column. */
void prof_spread_add(struct prof_spread *s, prof_i128 v);

/*
 * Two decimals, three for small values, none where nothing is lost; in a
 * fixed unit as many, up to 9, as give the smallest value two digits, or
 * all that it has.
 *
 * unit:     of value * num / den ("nanoseconds"), borrowed; an unknown one
 *           is shown as it is.
 * num, den: scale of the column (struct prof_type), 1 and 1 for none.
 * wish:     of the user; NULL: one unit for all.
 */
struct prof_amount prof_amount_choose(const char *unit, int64_t num,
    int64_t den, const struct prof_spread *s, const struct prof_wish *wish);

/* Append "4.62 s"; 0 is just "0". */
void prof_amount_print(struct prof_buf *b, struct prof_amount a, prof_i128 v);

/* The same with a sign also for increases: "+4.62 s". */
void prof_amount_change(struct prof_buf *b, struct prof_amount a,
    prof_i128 v);

/* Append one value, of scale 1, in the unit that suits it. */
void prof_amount_single(struct prof_buf *b, const char *unit, prof_i128 v,
    bool sign);

/*
 * Append num / den as "1.28x", num at least 0 and den above 0, with as many
 * decimals as it has, from 2 to most.
 */
void prof_amount_ratio(struct prof_buf *b, prof_i128 num, prof_i128 den,
    unsigned most);

#endif
