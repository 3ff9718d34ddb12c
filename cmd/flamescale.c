/* SPDX-License-Identifier: MIT */
#include "cmd/flamescale.h"

#include <string.h>

#include "libanalysis/pattern.h"

#define FINE 1000000000		/* steps that the whole is to have */
#define EXACT ((prof_i128)1 << 53)	/* what the script is exact up to */

static void
reduce(struct flamescale *f)
{
	prof_i128 a = f->num, b = f->den, t;

	while (b != 0) {
		t = a % b;
		a = b;
		b = t;
	}
	f->num /= a;
	f->den /= a;
}

/* Sums of both sides, of all runs. */
static void
set_ratio(struct flamescale *f, const struct prof_diff *d, prof_i128 base,
    prof_i128 now)
{
	f->num = now * d->runs[0];
	f->den = base * d->runs[1];
	reduce(f);
}

static void
find_anchor(struct flamescale *f, const struct options *o,
    const struct prof_diff *d)
{
	prof_i128 sum[2] = { 0, 0 };
	struct prof_err err = { 0 };
	struct prof_pattern *p = prof_pattern_new(f->anchor,
	    o->limits.max_match, &err);
	const struct prof_row *row;
	uint32_t class;
	int found;

	for (class = 1; p != NULL && class <= d->match.n; class++) {
		row = prof_match_row(&d->match, class);
		found = prof_pattern_match(p, row->name, row->name_len, &err);
		if (found < 0)
			cli_fail_err(&err);
		if (found == 0)
			continue;
		sum[0] += d->of[PROF_DIFF_SELF][0][class];
		sum[1] += d->of[PROF_DIFF_SELF][1][class];
	}
	if (p == NULL)
		cli_fail_err(&err);
	prof_pattern_free(p);
	if (sum[0] <= 0 || sum[1] <= 0)
		cli_fail("--normalize anchor: no function that matches '%s' "
		    "has a value of its own on both sides", f->anchor);
	set_ratio(f, d, sum[0], sum[1]);
}

void
flamescale_init(struct flamescale *f, const struct options *o,
    const char *mode, const struct prof_diff *d)
{
	memset(f, 0, sizeof *f);
	f->num = f->den = 1;
	if (mode == NULL || strcmp(mode, "none") == 0)
		return;
	if (strncmp(mode, "anchor:", 7) == 0 && mode[7] != '\0') {
		f->anchor = mode + 7;
		find_anchor(f, o, d);
	} else if (strcmp(mode, "total") == 0) {
		f->total = true;
		if (d->sum[0] <= 0 || d->sum[1] <= 0)
			cli_fail("--normalize total takes a total above 0 on "
			    "both sides");
		set_ratio(f, d, d->sum[0], d->sum[1]);
	} else {
		cli_fail("--normalize with --diff takes none, total or "
		    "anchor:RE, not '%s'", mode);
	}
}

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
is_exact(const struct flamescale *f, const struct picture *c)
{
	return f->num < EXACT && f->den < EXACT &&
	    sum_of(c, 0) < EXACT / f->num && sum_of(c, 1) < EXACT / f->den &&
	    (prof_i128)c->how.den < EXACT / f->den;
}

/* How much finer values become: the whole is to have many steps. */
static int64_t
fineness(const struct flamescale *f, const struct picture *c)
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
error_of(const struct flamescale *f, const struct picture *c, unsigned side,
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
flamescale_apply(const struct flamescale *f, struct picture *c)
{
	struct prof_svg_compare *how = &c->how.compare;
	prof_i128 num = f->num, den = f->den;
	double factor = (double)num / (double)den;
	int64_t fine;
	unsigned s;

	if (flamescale_is_none(f))
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
	how->fixed = f->total;
	how->scaled = factor;
}

void
flamescale_say(const struct flamescale *f, struct prof_buf *b)
{
	unsigned decimals = 3;
	prof_i128 part;

	if (flamescale_is_none(f)) {
		prof_buf_adds(b, "values as measured");
		return;
	}
	for (part = f->num; part < f->den / 10 && decimals < 20; part *= 10)
		decimals++;
	prof_buf_adds(b, "base scaled by ");
	prof_num_print(b, f->num, 1, f->den, decimals);
	if (f->total)
		prof_buf_adds(b, " so that totals are equal");
	else
		prof_buf_addf(b, " so that self of %s is equal", f->anchor);
}
