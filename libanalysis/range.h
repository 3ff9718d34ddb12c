/* SPDX-License-Identifier: MIT */
#ifndef PROF_RANGE_H
#define PROF_RANGE_H

#include "libanalysis/num.h"

/*
 * A span of numbers as users write it: "A:B", "A:" (at least), ":B" (at
 * most) or "A" (exactly), ends included, each with a sign, decimals and a
 * unit where wanted: "1.5mb:", "-2:2", "10s:20s", "5k".
 */
struct prof_range {
	enum prof_family family;	/* OTHER: no unit was written */
	prof_i128 low, high;		/* in base units, ends included */
};

/*
 * Read a range.  Decimals are exact: between two integers of the base unit
 * lies nothing, so "1.5ns" holds no integer.
 *
 * Returns 1; 0 for a text that is no range, because an end is no number or
 * its unit is not known; PROF_EUSAGE for one that is written like a range
 * and cannot be one: ends in reverse or of different families, a unit at
 * one end only, unit "m", more than 9 decimals, a number beyond 63 bits.
 */
int prof_range_parse(const char *s, struct prof_range *r,
    struct prof_err *err);

/*
 * Whether v lies in it.
 *
 * unit: of v; NULL where it has none or one that is not known.  A range
 *       without a unit means the base unit of v's (ns, bytes); one with a
 *       unit holds values of its family only, and one of counts those
 *       without a known unit, too.
 */
bool prof_range_holds(const struct prof_range *r, int64_t v,
    const struct prof_unit *unit);

#endif
