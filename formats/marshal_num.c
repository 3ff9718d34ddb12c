/* SPDX-License-Identifier: MIT */
#include "formats/marshal.h"

#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/num.h"

/*
 * Numbers without floating point: a float is a time in seconds and becomes
 * nanoseconds, exactly rounded.
 */

#define NANO 1000000000u
#define DIGITS 27		/* of a decimal that count; < 2^90 */

/* mant * 10^9 / 2^shift, if it fits; mant below 2^53. */
static bool
scale_down(uint64_t mant, unsigned shift, uint64_t *out)
{
	prof_u128 v = (prof_u128)mant * NANO;

	if (shift > 84) {	/* v is below 2^83 */
		*out = 0;
		return true;
	}
	v = (v + ((prof_u128)1 << (shift - 1))) >> shift;
	*out = (uint64_t)v;
	return v <= INT64_MAX;
}

static void
set_float(struct prof_marshal_value *v, bool fits, bool negative,
    uint64_t magnitude)
{
	v->kind = fits ? PROF_MARSHAL_FLOAT : PROF_MARSHAL_ODD;
	v->num = !fits ? 0 : negative ? -(int64_t)magnitude :
	    (int64_t)magnitude;
}

void
prof_marshal_double(uint64_t bits, struct prof_marshal_value *v)
{
	uint64_t mant = bits & ((UINT64_C(1) << 52) - 1), out = 0;
	unsigned exponent = (unsigned)(bits >> 52 & 0x7ff);
	bool fits = true;

	/* Subnormal numbers are far below a nanosecond. */
	if (exponent != 0)
		fits = exponent < 1075 && scale_down(mant | UINT64_C(1) << 52,
		    1075 - exponent, &out);
	set_float(v, fits, bits >> 63 != 0, out);
}

struct decimal {
	prof_u128 digits;
	int64_t exponent;	/* the value is digits * 10^exponent */
	unsigned seen;
};

static void
add_digit(struct decimal *d, unsigned digit, bool behind_point)
{
	if (d->seen < DIGITS) {
		d->digits = d->digits * 10 + digit;
		d->seen += d->digits != 0;
		d->exponent -= behind_point;
	} else {
		d->exponent += !behind_point;
	}
}

/* Digits from s[at] on, added to d; returns the place behind them. */
static size_t
take_digits(struct decimal *d, const char *s, size_t len, size_t at,
    bool behind_point)
{
	for (; at < len && s[at] >= '0' && s[at] <= '9'; at++)
		add_digit(d, (unsigned)(s[at] - '0'), behind_point);
	return at;
}

/* "e-06" from s[at] on; returns the place behind it, at if it is none. */
static size_t
take_exponent(struct decimal *d, const char *s, size_t len, size_t at)
{
	size_t i = at + 1, from;
	bool negative;
	int64_t v = 0;

	if (i >= len || (s[at] != 'e' && s[at] != 'E'))
		return at;
	negative = s[i] == '-';
	i += s[i] == '-' || s[i] == '+';
	for (from = i; i < len && s[i] >= '0' && s[i] <= '9'; i++)
		v = v < 100000 ? v * 10 + (s[i] - '0') : v;
	d->exponent += negative ? -v : v;
	return i > from ? i : at;
}

/* digits * 10^(exponent + 9), rounded, if it fits. */
static bool
round_decimal(struct decimal *d, uint64_t *out)
{
	int64_t e = d->exponent + 9;
	prof_u128 power = 1;

	for (; e > 0 && d->digits != 0 && d->digits <= INT64_MAX; e--)
		d->digits *= 10;
	if (e < -DIGITS - 1)
		d->digits = 0;
	for (; e < 0 && d->digits != 0; e++)
		power *= 10;
	d->digits = (d->digits + power / 2) / power;
	*out = (uint64_t)d->digits;
	return d->digits <= INT64_MAX;
}

static bool
is_word(const char *s, size_t len)
{
	return (len == 3 && (memcmp(s, "inf", 3) == 0 ||
	    memcmp(s, "nan", 3) == 0));
}

bool
prof_marshal_decimal(const char *s, size_t len, struct prof_marshal_value *v)
{
	struct decimal d = { 0 };
	bool negative = len > 0 && s[0] == '-', fits;
	size_t from = len > 0 && (s[0] == '-' || s[0] == '+'), at;
	uint64_t out = 0;

	if (is_word(s + from, len - from)) {
		set_float(v, false, false, 0);
		return true;
	}
	at = take_digits(&d, s, len, from, false);
	if (at == from)
		return false;
	if (at < len && s[at] == '.')
		at = take_digits(&d, s, len, at + 1, true);
	at = take_exponent(&d, s, len, at);
	fits = round_decimal(&d, &out);
	set_float(v, fits, negative, out);
	return at == len;
}

static int
read_decimal(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err)
{
	size_t len;
	int rc = prof_marshal_need(m, 1, err);

	if (rc != PROF_OK)
		return rc;
	len = *m->at++;
	rc = prof_marshal_need(m, len, err);
	if (rc != PROF_OK)
		return rc;
	if (!prof_marshal_decimal((const char *)m->at, len, v))
		return prof_fail(err, PROF_EFORMAT, "offset %llu: this is "
		    "no decimal number",
		    (unsigned long long)prof_marshal_offset(m));
	m->at += len;
	return PROF_OK;
}

/* Digit number i of a long, 15 bits each; false when it leaves 63 bits. */
static bool
add_long_digit(uint64_t *v, uint32_t i, unsigned digit)
{
	if (digit == 0)
		return true;
	if (i > 4 || (i == 4 && digit > 7))
		return false;
	*v |= (uint64_t)digit << (15 * i);
	return true;
}

static int
read_long(struct prof_marshal *m, struct prof_marshal_value *v,
    struct prof_err *err)
{
	uint32_t n, i;
	unsigned digit;
	uint64_t sum = 0;
	bool negative, fits = true;
	int rc = prof_marshal_need(m, 4, err);

	if (rc != PROF_OK)
		return rc;
	n = prof_marshal_u32(m->at);
	m->at += 4;
	negative = n > INT32_MAX;
	n = negative ? 0 - n : n;
	for (i = 0; i < n; i++, m->at += 2) {
		rc = prof_marshal_need(m, 2, err);
		if (rc != PROF_OK)
			return rc;
		digit = m->at[0] | (unsigned)m->at[1] << 8;
		if (digit > 0x7fff)
			return prof_fail(err, PROF_EFORMAT, "offset %llu: a "
			    "digit of an integer is beyond 15 bits",
			    (unsigned long long)prof_marshal_offset(m));
		fits = add_long_digit(&sum, i, digit) && fits;
	}
	v->kind = fits ? PROF_MARSHAL_INT : PROF_MARSHAL_HUGE;
	v->num = !fits ? 1 : (int64_t)sum;
	v->num = negative ? -v->num : v->num;
	return PROF_OK;
}

int
prof_marshal_number(struct prof_marshal *m, unsigned type,
    struct prof_marshal_value *v, struct prof_err *err)
{
	int rc;

	if (type == 'l')
		return read_long(m, v, err);
	if (type == 'f')
		return read_decimal(m, v, err);
	rc = prof_marshal_need(m, 8, err);
	if (rc != PROF_OK)
		return rc;
	if (type == 'I') {
		v->kind = PROF_MARSHAL_INT;
		v->num = (int64_t)prof_marshal_u64(m->at);
	} else {
		prof_marshal_double(prof_marshal_u64(m->at), v);
	}
	m->at += 8;
	return PROF_OK;
}
