/* SPDX-License-Identifier: MIT */
#include "libanalysis/scale.h"

#include <string.h>

/* Both come out of a file and may be anything up to 106 bits. */
static void
set_ratio(struct prof_scale *s, prof_i128 num, prof_i128 den)
{
	prof_i128 a = num, b = den, t;

	while (b != 0) {
		t = a % b;
		a = b;
		b = t;
	}
	s->num = num / a;
	s->den = den / a;
}

void
prof_scale_init(struct prof_scale *s, const char *unit, int64_t num,
    int64_t den, prof_i128 least, prof_i128 most)
{
	const struct prof_unit *from, *to;

	memset(s, 0, sizeof *s);
	s->unit = unit != NULL ? unit : "count";
	num = num > 0 ? num : 1;
	den = den > 0 ? den : 1;
	from = prof_unit_find(s->unit, strlen(s->unit));
	/* Nothing is nothing in any unit: keep the one of the profile. */
	to = most == 0 ? from : prof_unit_choose(s->unit, strlen(s->unit),
	    prof_num_scaled(least, num, den), prof_num_scaled(most, num,
	    den));
	if (from != NULL && to != NULL) {
		set_ratio(s, (prof_i128)num * from->factor,
		    (prof_i128)den * to->factor);
		s->unit = to->name;
	} else {
		set_ratio(s, num, den);
	}
}

void
prof_scale_fix(struct prof_scale *s, const char *unit, int64_t num,
    int64_t den, const struct prof_unit *to)
{
	const struct prof_unit *from;

	prof_scale_init(s, unit, num, den, 0, 0);
	from = prof_unit_find(s->unit, strlen(s->unit));
	if (from == NULL || to == NULL || from->family != to->family)
		return;
	set_ratio(s, (prof_i128)(num > 0 ? num : 1) * from->factor,
	    (prof_i128)(den > 0 ? den : 1) * to->factor);
	s->unit = to->name;
}

void
prof_scale_base(struct prof_scale *s, const char *unit, int64_t num,
    int64_t den)
{
	const char *base = prof_unit_base(unit != NULL ? unit : "count");

	prof_scale_fix(s, unit, num, den, prof_unit_find(base, strlen(base)));
}

static bool
is_exact(const struct prof_scale *s, int64_t value)
{
	prof_i128 rest = value % s->den;
	unsigned i;

	for (i = 0; i < s->decimals; i++)
		rest = rest * 10 % s->den;
	return !__builtin_mul_overflow(rest, s->num % s->den, &rest) &&
	    rest % s->den == 0;
}

void
prof_scale_fit(struct prof_scale *s, int64_t value)
{
	while (s->decimals < 2 && !is_exact(s, value))
		s->decimals++;
}

void
prof_scale_number(const struct prof_scale *s, struct prof_buf *b,
    prof_i128 value)
{
	prof_num_print(b, value, s->num, s->den, s->decimals);
}

void
prof_scale_percent(struct prof_buf *b, prof_i128 part, prof_i128 whole)
{
	prof_i128 size = part < 0 ? -part : part;
	unsigned decimals;

	if (whole == 0) {
		prof_buf_addc(b, '-');
		return;
	}
	for (decimals = 1; decimals < 3; decimals++, size *= 10)
		if (size * 100 >= whole || size == 0)
			break;
	prof_num_print(b, part, 100, whole, decimals);
	prof_buf_addc(b, '%');
}

void
prof_scale_ppm(struct prof_buf *b, uint32_t ppm)
{
	uint32_t rest = ppm % 10000;
	int digits = 4;

	prof_buf_addi(b, ppm / 10000);
	for (; rest != 0 && rest % 10 == 0; digits--)
		rest /= 10;
	if (rest != 0)
		prof_buf_addf(b, ".%0*u", digits, (unsigned)rest);
	prof_buf_addc(b, '%');
}
