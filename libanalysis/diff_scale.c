/* SPDX-License-Identifier: MIT */
#include "libanalysis/diff_scale.h"

#include "libanalysis/diff_units.h"

#define MOST_OFF 1e-6	/* what nobody sees in a ratio */
#define CALLS_MAX 1000000	/* keeps products within 128 bits */

/* What the last two convergents leave of a term: how much of it fits. */
static prof_i128
room(prof_i128 last, prof_i128 before, int64_t max)
{
	return last == 0 ? PROF_NUM_MAX : (max - before) / last;
}

/* Whether a / b is nearer to num / den than c / e. */
static bool
nearer(int64_t num, int64_t den, prof_i128 a, prof_i128 b, prof_i128 c,
    prof_i128 e)
{
	double x = (double)num / (double)den;
	double p = (double)prof_num_abs(a * den - b * num) / (double)b;
	double q = (double)prof_num_abs(c * den - e * num) / (double)e;

	return x > 0 && p < q;
}

void
prof_diff_near(int64_t num, int64_t den, int64_t num_max, int64_t den_max,
    int64_t near[2])
{
	prof_i128 p0 = 0, p1 = 1, q0 = 1, q1 = 0;	/* 0/1, then 1/0 */
	prof_i128 a = num, b = den, term, most, t;

	while (b != 0) {
		term = a / b;
		most = room(p1, p0, num_max);
		t = room(q1, q0, den_max);
		most = t < most ? t : most;
		if (term > most) {
			/* A part of the term may be nearer than none. */
			t = q0 + most * q1;
			if (most > 0 && t > 0 && (q1 == 0 || p1 == 0 ||
			    nearer(num, den, p0 + most * p1, t, p1, q1))) {
				p1 = p0 + most * p1;
				q1 = t;
			}
			break;
		}
		t = p0 + term * p1;
		p0 = p1;
		p1 = t;
		t = q0 + term * q1;
		q0 = q1;
		q1 = t;
		t = a % b;
		a = b;
		b = t;
	}
	near[0] = (int64_t)p1;
	near[1] = p1 > 0 ? (int64_t)q1 : 0;
}

static void
grow(int64_t *most, prof_i128 v, prof_i128 by)
{
	v = prof_num_abs(v) / by;
	if (v > *most)
		*most = prof_num_fits(v) ? (int64_t)v : INT64_MAX;
}

/* The largest mean of a side, or number that goes with it. */
static int64_t
largest(const struct prof_diff *d, unsigned side)
{
	unsigned from = side == PROF_DIFF_BASE ? 0 : d->runs[0], m;
	int64_t most = 1;
	uint32_t i;

	for (m = 0; m < PROF_DIFF_METRICS; m++)
		for (i = 0; i <= d->match.n; i++)
			grow(&most, d->of[m][side][i], d->runs[side]);
	grow(&most, d->sum[side], d->runs[side]);
	grow(&most, d->whole[side], d->runs[side]);
	grow(&most, d->error[side], d->runs[side]);
	for (i = 0; i < d->runs[side]; i++)
		grow(&most, d->factor[from + i], 1);
	return most;
}

static void
multiply(struct prof_diff *d, unsigned side, int64_t by)
{
	unsigned from = side == PROF_DIFF_BASE ? 0 : d->runs[0], m;
	uint32_t i;

	for (m = 0; m < PROF_DIFF_METRICS; m++)
		for (i = 0; i <= d->match.n; i++)
			d->of[m][side][i] *= by;
	d->sum[side] *= by;
	d->whole[side] *= by;
	d->error[side] *= by;
	for (i = 0; i < d->runs[side]; i++)
		d->factor[from + i] *= by;
}

/* By what part of itself a value is off. */
static double
off_by(int64_t num, int64_t den, const int64_t near[2])
{
	prof_i128 off = prof_num_abs((prof_i128)near[0] * den -
	    (prof_i128)num * near[1]);

	return (double)off / (double)num / (double)near[1];
}

/* No sum is off by more than the whole is, which is off itself. */
static void
widen(struct prof_diff *d, double part)
{
	double whole = (double)prof_num_abs(d->whole[PROF_DIFF_BASE]);

	if (part > 0)
		d->error[PROF_DIFF_BASE] += (prof_i128)(part * whole *
		    (1 + 2 * MOST_OFF)) + 1;
}

int
prof_diff_scale(struct prof_diff *d, int64_t num, int64_t den,
    struct prof_err *err)
{
	int64_t limit[2], near[2], g, steps;

	g = (int64_t)prof_num_gcd((uint64_t)num, (uint64_t)den);
	num /= g;
	den /= g;
	limit[0] = INT64_MAX / largest(d, PROF_DIFF_BASE);
	limit[1] = INT64_MAX / largest(d, PROF_DIFF_NEWER);
	/* Numbers in base units have to fit as well. */
	if (d->num > d->den)
		limit[0] /= d->num / d->den + 1;
	steps = PROF_DIFF_DEN_MAX / d->den;
	limit[1] = limit[1] < steps ? limit[1] : steps;
	if (limit[0] < 1 || limit[1] < 1)
		return prof_fail(err, PROF_ERANGE,
		    "the values are too large to be scaled");
	prof_diff_near(num, den, limit[0], limit[1], near);
	if (near[1] == 0 || off_by(num, den, near) > MOST_OFF)
		return prof_fail(err, PROF_ERANGE, "the values leave 64 bits "
		    "where base is made comparable with new");
	multiply(d, PROF_DIFF_BASE, near[0]);
	multiply(d, PROF_DIFF_NEWER, near[1]);
	widen(d, off_by(num, den, near));
	d->base_times *= (double)near[0] / (double)near[1];
	g = (int64_t)prof_num_gcd((uint64_t)d->num, (uint64_t)near[1]);
	d->num /= g;
	d->den *= near[1] / g;
	prof_diff_judge_again(d);
	return PROF_OK;
}

int
prof_diff_scale_calls(struct prof_diff *d, int64_t num, int64_t den,
    struct prof_err *err)
{
	int64_t near[2];
	uint32_t i;

	if (d->calls[PROF_DIFF_BASE] == NULL)
		return PROF_OK;
	prof_diff_near(num, den, CALLS_MAX, CALLS_MAX, near);
	if (near[1] == 0 || off_by(num, den, near) > MOST_OFF)
		return prof_fail(err, PROF_ERANGE,
		    "the sides did too different amounts of work");
	for (i = 0; i <= d->match.n; i++) {
		d->calls[PROF_DIFF_BASE][i] *= near[0];
		d->calls[PROF_DIFF_NEWER][i] *= near[1];
	}
	d->calls_num = near[0];
	d->calls_den = near[1];
	prof_diff_judge_again(d);
	return PROF_OK;
}
