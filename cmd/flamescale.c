/* SPDX-License-Identifier: MIT */
#include "cmd/flamescale.h"

#define FINE 1000000000		/* steps that the whole is to have */
#define EXACT ((prof_i128)1 << 53)	/* what the script is exact up to */

static int64_t
fitting(prof_i128 v)
{
	if (!prof_num_fits(v))
		cli_fail("a scaled value leaves 64 bits");
	return (int64_t)v;
}

/* Errors are carried on: the sum of all weights is rounded once. */
static void
scale_weights(struct picture *c, unsigned side, prof_i128 num, prof_i128 den)
{
	size_t n = (size_t)c->side[side].rows->p->stacks.n + 1, i;
	prof_i128 sum = 0, done = 0, now;

	for (i = 0; i < n; i++) {
		sum += c->weight[side][i];
		now = prof_num_scaled(sum, num, den);
		c->weight[side][i] = fitting(now - done);
		done = now;
	}
}

static prof_i128
sum_of(const struct picture *c, unsigned side)
{
	size_t n = (size_t)c->side[side].rows->p->stacks.n + 1, i;
	prof_i128 sum = 0;

	for (i = 0; i < n; i++)
		sum += prof_num_abs(c->weight[side][i]);
	return sum;
}

/* Whether nothing is rounded in steps of 1 / den: no rounding, no change. */
static bool
is_exact(const struct scaling *f, const struct picture *c)
{
	return f->num < EXACT && f->den < EXACT &&
	    sum_of(c, 0) < EXACT / f->num && sum_of(c, 1) < EXACT / f->den &&
	    (prof_i128)c->how.den < EXACT / f->den;
}

/* How much finer values become: the whole is to have many steps. */
static int64_t
fineness(const struct scaling *f, const struct picture *c)
{
	double base = (double)c->how.whole[0] * (double)f->num /
	    (double)f->den;
	double whole = base > (double)c->how.whole[1] ? base :
	    (double)c->how.whole[1];
	int64_t fine = 1;

	if (is_exact(f, c))
		return (int64_t)f->den;
	while (fine < FINE && whole * (double)fine < FINE)
		fine *= 10;
	return fine;
}

/* A value is off by half a step for each stack it is the sum of. */
static int64_t
error_of(const struct scaling *f, const struct picture *c, unsigned side,
    int64_t fine)
{
	prof_i128 error = c->how.compare.error[side];

	if (side == 1) {
		error *= fine;
	} else {
		error = prof_num_scaled(error, f->num * fine, f->den);
		if (fine % f->den != 0)
			error += c->side[0].rows->p->stacks.n + 1;
	}
	return prof_num_fits(error) ? (int64_t)error : INT64_MAX;
}

void
flamescale_apply(const struct scaling *f, struct picture *c)
{
	struct prof_svg_compare *how = &c->how.compare;
	prof_i128 num = f->num, den = f->den;
	double factor = (double)num / (double)den;
	int64_t fine;
	unsigned s;

	if (scaling_is_none(f))
		return;
	fine = fineness(f, c);
	for (s = 0; s < 2; s++)
		how->error[s] = error_of(f, c, s, fine);
	num *= fine;
	scale_weights(c, 0, num, den);
	scale_weights(c, 1, fine, 1);
	c->how.whole[0] = fitting(prof_num_scaled(c->how.whole[0], num, den));
	c->how.whole[1] = fitting((prof_i128)c->how.whole[1] * fine);
	if (!prof_num_mul(c->how.den, fine, &c->how.den))
		cli_fail("the scale of the values leaves 64 bits");
	how->per_count[0] *= factor * (double)fine;
	how->per_count[1] *= (double)fine;
	how->fixed = f->mode == SCALING_TOTAL;
	how->scaled = factor;
}
