/* SPDX-License-Identifier: MIT */
#include "tests/stat/draw.h"

#include <math.h>

#include "tests/random.h"

#define TAU 6.28318530717958647692

const struct draw_noise draw_quiet = { DRAW_GAMMA, .05, 0, 0 };
const struct draw_noise draw_het = { DRAW_GAMMA, .05, 1, 0 };
const struct draw_noise draw_loud = { DRAW_GAMMA, .15, 1, 0 };
const struct draw_noise draw_spiky = { DRAW_LOGNORMAL, .05, 1.5, .002 };

/* Seeds next to each other must not give states next to each other. */
void
draw_seed(struct draw *d, uint64_t seed, uint64_t stream)
{
	struct test_random r = { seed };
	unsigned i;

	r.state = test_random_next(&r) ^ stream;
	for (i = 0; i < 4; i++)
		d->state[i] = test_random_next(&r);
	d->has_spare = false;
}

static uint64_t
turn(uint64_t x, unsigned by)
{
	return x << by | x >> (64 - by);
}

/* xoshiro256** (Blackman and Vigna, 2018). */
uint64_t
draw_bits(struct draw *d)
{
	uint64_t *s = d->state, out = turn(s[1] * 5, 7) * 9, t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = turn(s[3], 45);
	return out;
}

double
draw_unit(struct draw *d)
{
	return ((double)(draw_bits(d) >> 11) + .5) * 0x1p-53;
}

uint32_t
draw_below(struct draw *d, uint32_t n)
{
	return (uint32_t)((draw_bits(d) >> 32) * n >> 32);
}

/* Box and Muller, 1958. */
double
draw_normal(struct draw *d)
{
	double far, angle;

	if (d->has_spare) {
		d->has_spare = false;
		return d->spare;
	}
	far = sqrt(-2 * log(draw_unit(d)));
	angle = TAU * draw_unit(d);
	d->spare = far * sin(angle);
	d->has_spare = true;
	return far * cos(angle);
}

/* Marsaglia and Tsang, 2000; below 1 by a power of a uniform number. */
double
draw_gamma(struct draw *d, double shape)
{
	double a, c, x, v, less = 1;

	if (shape < 1) {
		less = pow(draw_unit(d), 1 / shape);
		shape += 1;
	}
	a = shape - 1. / 3;
	c = 1 / sqrt(9 * a);
	for (;;) {
		x = draw_normal(d);
		v = 1 + c * x;
		if (v <= 0)
			continue;
		v = v * v * v;
		if (log(draw_unit(d)) < x * x / 2 + a * (1 - v + log(v)))
			return a * v * less;
	}
}

/* ln k!, by Stirling's series. */
static double
ln_factorial(double k)
{
	double x = k + 1, below = 0, f;

	while (x < 10)
		below += log(x++);
	f = 1 / (x * x);
	return (x - .5) * log(x) - x + log(TAU) / 2 +
	    (1. / 12 - f * (1. / 360 - f / 1260)) / x - below;
}

/*
 * A normal number rounded down lies close to a Poisson one; it is kept with
 * a probability that makes it exact: Hoermann's PTRS, 1993.
 */
static double
poisson_large(struct draw *d, double mean)
{
	double b = .931 + 2.53 * sqrt(mean), a = -.059 + .02483 * b;
	double inverse = 1.1239 + 1.1328 / (b - 3.4);
	double sure = .9277 - 3.6224 / (b - 2), ln_mean = log(mean);
	double u, v, us, k;

	for (;;) {
		u = draw_unit(d) - .5;
		v = draw_unit(d);
		us = .5 - fabs(u);
		k = floor((2 * a / us + b) * u + mean + .43);
		if (us >= .07 && v <= sure)
			return k;
		if (k < 0 || (us < .013 && v > us))
			continue;
		if (log(v * inverse / (a / (us * us) + b)) <=
		    k * ln_mean - mean - ln_factorial(k))
			return k;
	}
}

double
draw_poisson(struct draw *d, double mean)
{
	double limit = exp(-mean), p = 1, k = -1;

	if (!(mean > 0))
		return 0;
	if (mean >= 30)
		return poisson_large(d, mean);
	do {
		p *= draw_unit(d);
		k++;
	} while (p > limit);
	return k;
}

double
draw_rate(struct draw *d, const struct draw_noise *noise, double phi)
{
	double rate = 1;

	if (noise->family == DRAW_GAMMA && phi > 1e-12)
		rate = draw_gamma(d, 1 / phi) * phi;
	else if (noise->family == DRAW_LOGNORMAL)
		rate = exp(sqrt(phi) * draw_normal(d) - phi / 2);
	if (noise->spike > 0 && draw_unit(d) < noise->spike)
		rate *= 2;
	return rate;
}

void
draw_phi(struct draw *d, const struct draw_noise *noise, double *phi,
    size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		phi[i] = noise->family == DRAW_STEADY ? 0 :
		    noise->cv * noise->cv * exp(noise->het * draw_normal(d));
}

void
draw_zipf(double *share, size_t n, double power)
{
	double all = 0;
	size_t i;

	for (i = 0; i < n; i++)
		all += share[i] = pow((double)(i + 1), -power);
	for (i = 0; i < n; i++)
		share[i] /= all;
}

void
draw_run(struct draw *d, const struct draw_noise *noise,
    const struct draw_program *p, double *count, double *rate)
{
	double all = 0, size = p->samples, mean;
	size_t i;

	for (i = 0; i < p->n; i++)
		all += p->share[i] * (p->change == NULL ? 1 : p->change[i]);
	if (p->fixed)
		size /= all;
	size *= exp(p->gsd * draw_normal(d));
	for (i = 0; i < p->n; i++) {
		mean = size * p->share[i] *
		    (p->change == NULL ? 1 : p->change[i]) *
		    draw_rate(d, noise, p->phi[i]);
		if (rate != NULL)
			rate[i] = mean;
		count[i] = draw_poisson(d, mean);
	}
}
