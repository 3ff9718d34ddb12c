/* SPDX-License-Identifier: MIT */
#include "libanalysis/num.h"

#include <string.h>

#include "libanalysis/err.h"
#include "libanalysis/hash.h"

/* Half of what fits, so that it can be rounded, and has a sign. */
#define PRODUCT_MAX (~(prof_u128)0 / 2)

#define DECIMALS_MAX 30

uint64_t
prof_num_gcd(uint64_t a, uint64_t b)
{
	uint64_t t;

	while (b != 0) {
		t = a % b;
		a = b;
		b = t;
	}
	return a;
}

prof_i128
prof_num_gcd128(prof_i128 a, prof_i128 b)
{
	prof_i128 t;

	while (b != 0) {
		t = a % b;
		a = b;
		b = t;
	}
	return a;
}

size_t
prof_num_parse(const char *s, size_t len, int64_t *digits, unsigned *scale)
{
	size_t i;
	int64_t v = 0;
	unsigned decimals = 0;
	bool point = false, any = false;

	for (i = 0; i < len; i++) {
		if (s[i] == '.' && !point && any) {
			point = true;
			continue;
		}
		if (s[i] < '0' || s[i] > '9')
			break;
		if (!prof_num_mul(v, 10, &v) ||
		    !prof_num_add(v, s[i] - '0', &v))
			return 0;
		any = true;
		if (point && ++decimals > 9)
			return 0;
	}
	if (!any || (point && decimals == 0))
		return 0;
	*digits = v;
	*scale = decimals;
	return i;
}

size_t
prof_num_given(const char *s, size_t len, int64_t *digits, unsigned *scale)
{
	size_t n = 0;

	if (len < 2 || s[0] != '.')
		return prof_num_parse(s, len, digits, scale);
	while (n < len - 1 && s[1 + n] >= '0' && s[1 + n] <= '9')
		n++;
	if (n > 9 || prof_num_parse(s + 1, n, digits, scale) != n || n == 0)
		return 0;
	*scale = (unsigned)n;
	return 1 + n;
}

#define KIB INT64_C(1024)
#define US INT64_C(1000)
#define SEC (US * US * US)

/* The units to show come first in each family, ascending. */
static const struct prof_unit units[] = {
	{ "ns", PROF_UNIT_TIME, 1 },
	{ "us", PROF_UNIT_TIME, US },
	{ "ms", PROF_UNIT_TIME, US * US },
	{ "s", PROF_UNIT_TIME, SEC },
	{ "min", PROF_UNIT_TIME, 60 * SEC },
	{ "h", PROF_UNIT_TIME, 3600 * SEC },
	{ "d", PROF_UNIT_TIME, 86400 * SEC },
	{ "B", PROF_UNIT_BYTES, 1 },
	{ "KiB", PROF_UNIT_BYTES, KIB },
	{ "MiB", PROF_UNIT_BYTES, KIB * KIB },
	{ "GiB", PROF_UNIT_BYTES, KIB * KIB * KIB },
	{ "TiB", PROF_UNIT_BYTES, KIB * KIB * KIB * KIB },
	{ "PiB", PROF_UNIT_BYTES, KIB * KIB * KIB * KIB * KIB },
	{ "", PROF_UNIT_COUNT, 1 }
};

static const struct {
	const char *alias, *name;
	bool exact;		/* case matters */
} aliases[] = {
	{ "nanosecond", "ns", false }, { "nanoseconds", "ns", false },
	{ "microsecond", "us", false }, { "microseconds", "us", false },
	{ "\302\265s", "us", true }, { "\316\274s", "us", true },
	{ "millisecond", "ms", false }, { "milliseconds", "ms", false },
	{ "second", "s", false }, { "seconds", "s", false },
	{ "sec", "s", false }, { "minute", "min", false },
	{ "minutes", "min", false }, { "hr", "h", false },
	{ "hrs", "h", false }, { "hour", "h", false },
	{ "hours", "h", false }, { "day", "d", false },
	{ "days", "d", false }, { "byte", "B", false },
	{ "bytes", "B", false }, { "kb", "KiB", false },
	{ "mb", "MiB", false }, { "gb", "GiB", false },
	{ "tb", "TiB", false }, { "pb", "PiB", false },
	{ "kilobyte", "KiB", false }, { "kilobytes", "KiB", false },
	{ "megabyte", "MiB", false }, { "megabytes", "MiB", false },
	{ "gigabyte", "GiB", false }, { "gigabytes", "GiB", false },
	{ "count", "", false }, { "counts", "", false }
};

/* Of ASCII only: what tolower() says depends on the locale. */
static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
same_text(const char *known, const char *s, size_t len, bool exact)
{
	size_t i;

	if (strlen(known) != len)
		return false;
	for (i = 0; i < len; i++)
		if (exact ? known[i] != s[i] : lower(known[i]) != lower(s[i]))
			return false;
	return true;
}

static const struct prof_unit *
find_shown(const char *s, size_t len)
{
	size_t i;

	for (i = 0; i < sizeof units / sizeof units[0]; i++)
		if (same_text(units[i].name, s, len, false))
			return &units[i];
	return NULL;
}

const struct prof_unit *
prof_unit_find(const char *s, size_t len)
{
	size_t i;

	if (len == 0)
		return NULL;
	for (i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
		if (same_text(aliases[i].alias, s, len, aliases[i].exact))
			return find_shown(aliases[i].name,
			    strlen(aliases[i].name));
	return find_shown(s, len);
}

const char *
prof_unit_base(const char *unit)
{
	const struct prof_unit *u = prof_unit_find(unit, strlen(unit));

	if (u == NULL)
		return unit;
	switch (u->family) {
	case PROF_UNIT_TIME:
		return "nanoseconds";
	case PROF_UNIT_BYTES:
		return "bytes";
	case PROF_UNIT_COUNT:
		return "count";
	default:
		return unit;
	}
}

/* Whether v times from is at least times * to, whatever v is. */
static bool
reaches(prof_i128 v, const struct prof_unit *from, int64_t times,
    const struct prof_unit *to)
{
	prof_i128 need = (prof_i128)times * to->factor;

	return v >= (need + from->factor - 1) / from->factor;
}

const struct prof_unit *
prof_unit_choose(const char *unit, size_t len, prof_i128 least,
    prof_i128 most)
{
	const struct prof_unit *from = prof_unit_find(unit, len), *u, *best;

	if (from == NULL)
		return NULL;
	best = NULL;
	for (u = units; u < units + sizeof units / sizeof units[0]; u++) {
		if (u->family != from->family)
			continue;
		/* The largest value may not need more than six digits. */
		if (best == NULL || reaches(least, from, 1, u) ||
		    reaches(most, from, 1000000, best))
			best = u;
	}
	return best;
}

void
prof_num_int(struct prof_buf *b, prof_i128 v)
{
	char digits[48], *p = digits + sizeof digits;
	prof_u128 u = v < 0 ? 0 - (prof_u128)v : (prof_u128)v;

	if (prof_num_fits(v)) {
		prof_buf_addi(b, (int64_t)v);
		return;
	}
	do {
		*--p = (char)('0' + (int)(u % 10));
	} while ((u /= 10) != 0);
	if (v < 0)
		*--p = '-';
	prof_buf_add(b, p, (size_t)(digits + sizeof digits - p));
}

/*
 * a * b / d and what remains of it, through a product of 256 bits; a
 * quotient that leaves 127 bits is the largest.  a, b and d fit 127 bits.
 */
static prof_u128
divide_product(prof_u128 a, prof_u128 b, prof_u128 d, prof_u128 *rest)
{
	prof_u128 high = 0, low = 0;
	int i;

	if (a == 0 || b <= PRODUCT_MAX / a) {
		*rest = a * b % d;
		return a * b / d;
	}
	for (i = 127; i >= 0; i--) {
		high = high << 1 | low >> 127;
		low <<= 1;
		if ((b >> i & 1) != 0) {
			low += a;
			high += low < a;
		}
	}
	*rest = 0;
	if (high >= d / 2)
		return PRODUCT_MAX;
	for (i = 127; i >= 0; i--) {
		high = high << 1 | low >> 127;
		low <<= 1;
		if (high >= d) {
			high -= d;
			low |= 1;
		}
	}
	*rest = high;
	return low;
}

prof_i128
prof_num_scaled(prof_i128 v, prof_i128 num, prof_i128 den)
{
	prof_u128 u = v < 0 ? 0 - (prof_u128)v : (prof_u128)v, rest;
	prof_u128 d = (prof_u128)den, whole;

	whole = divide_product(u, (prof_u128)num, d, &rest);
	whole += rest >= d - rest && whole < PRODUCT_MAX;
	return v < 0 ? -(prof_i128)whole : (prof_i128)whole;
}

void
prof_num_print(struct prof_buf *b, prof_i128 v, prof_i128 num,
    prof_i128 den, unsigned decimals)
{
	prof_u128 u = v < 0 ? 0 - (prof_u128)v : (prof_u128)v, unit = 1;
	prof_u128 d = (prof_u128)den, whole, rest, part;
	char digits[DECIMALS_MAX];
	unsigned i;

	PROF_ASSERT(decimals <= DECIMALS_MAX && den > 0);
	for (i = 0; i < decimals; i++)
		unit *= 10;
	whole = divide_product(u, (prof_u128)num, d, &rest);
	part = divide_product(rest, unit, d, &rest);
	part += rest >= d - rest;
	whole += part == unit && whole < PRODUCT_MAX;
	part %= unit;
	if (v < 0 && (whole != 0 || part != 0))
		prof_buf_addc(b, '-');
	prof_num_int(b, (prof_i128)whole);
	for (i = decimals; i > 0; i--, part /= 10)
		digits[i - 1] = (char)('0' + (int)(part % 10));
	if (decimals > 0)
		prof_buf_addc(b, '.');
	prof_buf_add(b, digits, decimals);
}

void
prof_num_percent(struct prof_buf *b, prof_i128 part, prof_i128 whole)
{
	if (whole == 0) {
		prof_buf_addc(b, '-');
		return;
	}
	if (whole < 0) {
		part = -part;
		whole = -whole;
	}
	prof_num_print(b, part, 100, whole, 1);
	prof_buf_addc(b, '%');
}

prof_i128
prof_num_ppm(prof_i128 part, prof_i128 whole)
{
	bool negative = (part < 0) != (whole < 0);
	prof_i128 p = part < 0 ? -part : part, w = whole < 0 ? -whole : whole;
	prof_i128 q = p / w * 1000000 + (p % w * 1000000 + w / 2) / w;

	return negative ? -q : q;
}
