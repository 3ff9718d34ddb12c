/* SPDX-License-Identifier: MIT */
#ifndef PROF_SCALE_H
#define PROF_SCALE_H

#include "libanalysis/num.h"

/* Which unit values are to be shown in. */
enum prof_unit_how {
	PROF_UNIT_MINIMUM,	/* one for all that stand in a column */
	PROF_UNIT_AUTO,		/* for each value the one that suits it */
	PROF_UNIT_RAW,		/* integers in the base unit */
	PROF_UNIT_FIXED		/* the one given */
};

struct prof_wish {
	enum prof_unit_how how;
	const struct prof_unit *unit;	/* of PROF_UNIT_FIXED */
};

/*
 * How the numbers of one report are written: all in one unit, with as many
 * decimals each.
 */
struct prof_scale {
	const char *unit;	/* "ms", "" for counts; a unit that is not */
				/* known: the caller's text, raw */
	prof_i128 num, den;	/* value * num / den is in unit */
	unsigned decimals;
};

/*
 * Choose the unit.
 *
 * unit:        of value * num / den, as in the profile; must outlive s.
 *              NULL: count.
 * num, den:    0 stands for 1.
 * least, most: smallest non-zero and largest absolute value to be written.
 */
void prof_scale_init(struct prof_scale *s, const char *unit, int64_t num,
    int64_t den, prof_i128 least, prof_i128 most);

/* The same in a given unit; nothing for a unit of another family. */
void prof_scale_fix(struct prof_scale *s, const char *unit, int64_t num,
    int64_t den, const struct prof_unit *to);

/* The same in the base unit, in which most profiles have integers. */
void prof_scale_base(struct prof_scale *s, const char *unit, int64_t num,
    int64_t den);

/* Raise the decimals until value is written without loss, or to 2. */
void prof_scale_fit(struct prof_scale *s, int64_t value);

/* Append a value without its unit. */
void prof_scale_number(const struct prof_scale *s, struct prof_buf *b,
    prof_i128 value);

/*
 * Append part / whole in percent, with so many decimals that it can be told
 * from nothing: one from 1 % on, else two or three; "-" for whole 0.
 */
void prof_scale_percent(struct prof_buf *b, prof_i128 part,
    prof_i128 whole);

/* Append millionths as a percentage without needless zeros: "0.005%". */
void prof_scale_ppm(struct prof_buf *b, uint32_t ppm);

#endif
