/* SPDX-License-Identifier: MIT */
#include "libanalysis/amount.h"

#include <string.h>

#include "libanalysis/name.h"

#define DECIMALS_FIXED 9

void
prof_spread_add(struct prof_spread *s, prof_i128 v)
{
	prof_i128 a = v < 0 ? -v : v, g = s->gcd, t;

	if (a == 0)
		return;
	if (s->least == 0 || a < s->least)
		s->least = a;
	if (a > s->most)
		s->most = a;
	while (a != 0) {
		t = g % a;
		g = a;
		a = t;
	}
	s->gcd = g;
}

/*
 * Two digits at least, and the smallest value must not look like nothing.
 * A scale out of a file may be anything: products are checked.
 */
static unsigned
decimals_for(const struct prof_scale *scale, const struct prof_spread *s)
{
	prof_i128 product;

	if (!__builtin_mul_overflow(s->gcd, scale->num, &product) &&
	    product % scale->den == 0)
		return 0;
	if (__builtin_mul_overflow(s->least, scale->num, &product))
		return 2;
	if (product / 10 >= scale->den)
		return 0;
	return product < scale->den / 200 ? 3 : 2;
}

/* In a unit that was not chosen for them, small values need more digits. */
static unsigned
decimals_fixed(const struct prof_scale *scale, const struct prof_spread *s)
{
	unsigned i, n = decimals_for(scale, s);
	prof_i128 least, step, power = 1;

	if (n == 0 || __builtin_mul_overflow(s->least, scale->num, &least) ||
	    __builtin_mul_overflow(s->gcd, scale->num, &step))
		return n;
	step %= scale->den;
	for (i = 0; i < DECIMALS_FIXED; i++, power *= 10) {
		if (i >= n && (step == 0 ||
		    least >= (10 * scale->den + power - 1) / power))
			break;
		step = step * 10 % scale->den;
	}
	return i;
}

struct prof_amount
prof_amount_choose(const char *unit, int64_t num, int64_t den,
    const struct prof_spread *s, const struct prof_wish *wish)
{
	enum prof_unit_how how = wish != NULL ? wish->how :
	    PROF_UNIT_MINIMUM;
	struct prof_amount a = { .unit = unit, .num = num, .den = den,
	    .each = how == PROF_UNIT_AUTO };

	if (how == PROF_UNIT_FIXED) {
		prof_scale_fix(&a.scale, unit, num, den, wish->unit);
	} else if (how == PROF_UNIT_RAW) {
		prof_scale_base(&a.scale, unit, num, den);
	} else {
		prof_scale_init(&a.scale, unit, num, den, s->least, s->most);
	}
	if (how == PROF_UNIT_FIXED)
		a.scale.decimals = decimals_fixed(&a.scale, s);
	else if (how != PROF_UNIT_RAW)
		a.scale.decimals = decimals_for(&a.scale, s);
	return a;
}

void
prof_amount_print(struct prof_buf *b, struct prof_amount a, prof_i128 v)
{
	const char *unit = a.scale.unit;
	struct prof_spread s = { 0 };

	if (a.each && v != 0) {
		prof_spread_add(&s, v);
		a = prof_amount_choose(a.unit, a.num, a.den, &s, NULL);
		unit = a.scale.unit;
	}
	if (v == 0 || a.scale.den == 0)
		prof_num_int(b, v);
	else
		prof_scale_number(&a.scale, b, v);
	if (v == 0 || unit == NULL || unit[0] == '\0')
		return;
	prof_buf_addc(b, ' ');
	prof_name_print(b, unit, strlen(unit));
}

void
prof_amount_change(struct prof_buf *b, struct prof_amount a, prof_i128 v)
{
	if (v > 0)
		prof_buf_addc(b, '+');
	prof_amount_print(b, a, v);
}

void
prof_amount_single(struct prof_buf *b, const char *unit, prof_i128 v,
    bool sign)
{
	struct prof_spread s = { 0 };
	struct prof_amount a;

	prof_spread_add(&s, v);
	a = prof_amount_choose(unit, 1, 1, &s, NULL);
	if (sign)
		prof_amount_change(b, a, v);
	else
		prof_amount_print(b, a, v);
}

void
prof_amount_ratio(struct prof_buf *b, prof_i128 num, prof_i128 den,
    unsigned most)
{
	unsigned decimals = 2;
	prof_i128 rest = num % den * 100 % den;

	while (rest != 0 && decimals < most) {
		rest = rest * 10 % den;
		decimals++;
	}
	prof_num_print(b, num, 1, den, decimals);
	prof_buf_addc(b, 'x');
}
