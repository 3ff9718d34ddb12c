/* SPDX-License-Identifier: MIT */
#include "libanalysis/recorded.h"

static prof_i128
add(prof_i128 a, prof_i128 b)
{
	return a < PROF_NUM_MAX - b ? a + b : PROF_NUM_MAX;
}

void
prof_recorded_add(struct prof_recorded *r, int64_t value)
{
	r->n += r->n < UINT64_MAX;
	r->sum = add(r->sum, value);
	r->square = add(r->square, (prof_i128)value * value);
}

void
prof_recorded_join(struct prof_recorded *r, const struct prof_recorded *more)
{
	if (r->n == 0 || more->n == 0) {
		*r = (struct prof_recorded){ 0, 0, 0 };
		return;
	}
	r->n = more->n < UINT64_MAX - r->n ? r->n + more->n : UINT64_MAX;
	r->sum = add(r->sum, more->sum);
	r->square = add(r->square, more->square);
}

void
prof_recorded_scale(struct prof_recorded *r, prof_i128 num, prof_i128 den)
{
	if (num == den)
		return;
	r->sum = prof_num_scaled(r->sum, num, den);
	if (r->square < PROF_NUM_MAX)
		r->square = prof_num_scaled(prof_num_scaled(r->square, num,
		    den), num, den);
}

double
prof_recorded_per(const struct prof_recorded *r)
{
	if (r->n == 0 || r->sum <= 0 || r->square >= PROF_NUM_MAX)
		return 0;
	return (double)r->square / (double)r->sum;
}
