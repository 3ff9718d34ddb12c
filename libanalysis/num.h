/* SPDX-License-Identifier: MIT */
#ifndef PROF_NUM_H
#define PROF_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/buf.h"

/*
 * Numbers and units.  Values in the model are int64; sums run in 128 bits;
 * this is the only place where units are converted.
 */

__extension__ typedef __int128 prof_i128;

#define PROF_NUM_MAX ((((prof_i128)1 << 126) - 1) * 2 + 1)

static inline bool
prof_num_fits(prof_i128 v)
{
	return v >= INT64_MIN && v <= INT64_MAX;
}

static inline prof_i128
prof_num_abs(prof_i128 v)
{
	return v < 0 ? -v : v;
}

/* a + b and a * b into *out; false when the result does not fit. */
static inline bool
prof_num_add(int64_t a, int64_t b, int64_t *out)
{
	return !__builtin_add_overflow(a, b, out);
}

static inline bool
prof_num_mul(int64_t a, int64_t b, int64_t *out)
{
	return !__builtin_mul_overflow(a, b, out);
}

uint64_t prof_num_gcd(uint64_t a, uint64_t b);

/* The same of wider ones, neither of them negative. */
prof_i128 prof_num_gcd128(prof_i128 a, prof_i128 b);

/*
 * Read an unsigned decimal number with optional fraction from s[0..len).
 *
 * digits: out, all digits as one integer; scale: out, digits behind the
 *         point, at most 9 ("2.50" is 250 and 2).
 * Returns the characters taken, 0 when there is no number, when it has more
 * than 9 decimals or does not fit 64 bits.
 */
size_t prof_num_parse(const char *s, size_t len, int64_t *digits,
    unsigned *scale);

/* The same as people write it, who leave out a 0 before the point: ".05". */
size_t prof_num_given(const char *s, size_t len, int64_t *digits,
    unsigned *scale);

enum prof_family {
	PROF_UNIT_OTHER,	/* unknown unit: shown as it is */
	PROF_UNIT_COUNT,
	PROF_UNIT_TIME,		/* base unit: nanosecond */
	PROF_UNIT_BYTES		/* base unit: byte */
};

struct prof_unit {
	const char *name;	/* as shown: "ms", "KiB" */
	enum prof_family family;
	int64_t factor;		/* size in base units, at least 1 */
};

/*
 * Look up a unit as profiles and users write it: "nanoseconds", "ms",
 * "kB", "count".  NULL when unknown.
 * Source: google/pprof internal/measurement (names, bytes by 1024).
 */
const struct prof_unit *prof_unit_find(const char *s, size_t len);

/*
 * The name of the base unit that machine forms use ("nanoseconds", "bytes",
 * "count"); a unit that is not known is its own.
 */
const char *prof_unit_base(const char *unit);

/*
 * The unit for a column of numbers: the largest one in which the smallest
 * non-zero value still has a digit before the point, or, when that would
 * be too fine for the largest, the next ones up.
 *
 * unit:          of the values, as in the profile.
 * least, most:   smallest non-zero and largest absolute value.
 * Returns the unit to show, or NULL for a unit that is not converted.
 */
const struct prof_unit *prof_unit_choose(const char *unit, size_t len,
    prof_i128 least, prof_i128 most);

/*
 * Append v * num / den with exactly decimals digits behind the point (at
 * most 30), rounded half away from zero; num >= 0, den > 0.  Exact; what
 * leaves 127 bits is PROF_NUM_MAX.
 */
void prof_num_print(struct prof_buf *b, prof_i128 v, prof_i128 num,
    prof_i128 den, unsigned decimals);

/* v * num / den, rounded half away from zero, likewise. */
prof_i128 prof_num_scaled(prof_i128 v, prof_i128 num, prof_i128 den);

/* Append an integer of 128 bits. */
void prof_num_int(struct prof_buf *b, prof_i128 v);

/* Append part / whole as a percentage with one decimal; "-" for whole 0. */
void prof_num_percent(struct prof_buf *b, prof_i128 part, prof_i128 whole);

/* part / whole in millionths, rounded half away from zero; whole not 0. */
prof_i128 prof_num_ppm(prof_i128 part, prof_i128 whole);

#endif
