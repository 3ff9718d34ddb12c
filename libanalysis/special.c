/* SPDX-License-Identifier: MIT */
#include "libanalysis/special.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#define PI 3.14159265358979323846
#define ROOT2 1.41421356237309504880
#define SHIFT 10		/* from where asymptotic series are exact */
#define LARGE 5000		/* parameters of which the fraction loses */
				/* digits, and time */
#define FRACTION 200		/* terms of it */
#define STEPS 100		/* of Newton's method; ten are usual */
#define NOTHING 38		/* exp(-38) of a tail is below rounding */

/* --- the incomplete beta function ----------------------------------------- */

/*
 * ln gamma(z) less its Stirling approximation.  Taken by itself, because
 * differences of ln gamma of millions have lost their digits.
 */
static double
stirling_error(double z)
{
	static const double c[] = { 1. / 12, -1. / 360, 1. / 1260, -1. / 1680,
	    1. / 1188, -691. / 360360, 1. / 156 };
	double sum = 0, s = 0, q;
	unsigned i;

	for (; z < SHIFT; z++)
		sum += (z + .5) * log1p(1 / z) - 1;
	q = 1 / z / z;
	for (i = sizeof c / sizeof c[0]; i > 0; i--)
		s = s * q + c[i - 1];
	return sum + s / z;
}

/*
 * m (u - ln (1 + u)) with u = d / m, and 1 + u as ratio: by how much an
 * exponent lies below its maximum.
 * Source: Loader, 2000 (saddle-point expansion of the binomial).
 */
static double
deviance(double m, double d, double ratio)
{
	double u = d / m, v = u / (2 + u), q = v * v, sum = 0;
	int k;

	if (!(fabs(v) < .1))
		return m * (u - log(ratio));
	for (k = 19; k >= 3; k -= 2)
		sum = sum * q + 1. / k;
	return m * (u * v - 2 * v * q * sum);
}

/*
 * Where the beta function is asked for: y is 1 - x and d is x (a + b) - a,
 * each as exact as if it had been computed first.
 */
struct place {
	double a, b, x, y, d;
};

static struct place
mirrored(struct place p)
{
	return (struct place){ p.b, p.a, p.y, p.x, -p.d };
}

/* x^a y^b / B(a, b) */
static double
density(struct place p)
{
	double n = p.a + p.b;
	double e = stirling_error(n) - stirling_error(p.a) -
	    stirling_error(p.b) - deviance(p.a, p.d, p.x * n / p.a) -
	    deviance(p.b, -p.d, p.y * n / p.b);

	return sqrt(p.a / n * p.b / (2 * PI)) * exp(e);
}

static double
away_from_0(double v)
{
	return fabs(v) < DBL_MIN ? DBL_MIN : v;
}

/*
 * The factor of density / a, as a continued fraction; false: it takes long.
 * Source: Abramowitz and Stegun, 26.5.8; evaluated as Lentz, 1976.
 */
static bool
by_fraction(struct place p, double *factor)
{
	double c = 1, d = 1 / away_from_0(1 - (p.a + p.b) * p.x / (p.a + 1));
	double f = d, top, at, step;
	int m;

	for (m = 1; m <= FRACTION; m++) {
		at = p.a + 2 * m;
		top = m * (p.b - m) * p.x / ((at - 1) * at);
		d = 1 / away_from_0(1 + top * d);
		c = away_from_0(1 + top / c);
		f *= c * d;
		top = -(p.a + m) * (p.a + p.b + m) * p.x / (at * (at + 1));
		d = 1 / away_from_0(1 + top * d);
		c = away_from_0(1 + top / c);
		step = c * d;
		f *= step;
		if (fabs(step - 1) < 4 * DBL_EPSILON) {
			*factor = f;
			return true;
		}
	}
	return false;
}

/*
 * The logarithm of the density at x by that at a distance w below, in
 * ln (x / y): convex, and without loss of digits on either side of 1/2.
 */
static double
fall(const struct place *p, double w)
{
	double bend = p->x <= p->y ? log1p(p->x * expm1(-w)) + p->x * w :
	    log1p(p->y * expm1(w)) - p->y * w;

	return (p->a + p->b) * bend - p->d * w;
}

/* The same factor, as an integral over all that counts. */
static double
by_integral(struct place p)
{
	static const double node[] = { 0.0950125098376374402,
	    0.281603550779258913, 0.458016777657227386, 0.617876244402643748,
	    0.755404408355003034, 0.865631202387831744, 0.944575023073232576,
	    0.989400934991649933 };
	static const double weight[] = { 0.189450610455068496,
	    0.182603415044923589, 0.169156519395002538, 0.149595988816576732,
	    0.124628971255533872, 0.0951585116824927848,
	    0.0622535239386478929, 0.0271524594117540949 };
	const int panels = 4;
	double end = 1 / sqrt((p.a + p.b) * p.x * p.y + p.d * p.d), half;
	double sum = 0, middle;
	int i, k;

	while (fall(&p, end) < NOTHING)
		end *= 2;
	half = end / panels / 2;
	for (i = 0; i < panels; i++) {
		middle = (2 * i + 1) * half;
		for (k = 0; k < 8; k++)
			sum += weight[k] *
			    (exp(-fall(&p, middle + half * node[k])) +
			    exp(-fall(&p, middle - half * node[k])));
	}
	return p.a * half * sum;
}

static bool
is_low(const struct place *p)
{
	return p->x < (p->a + 1) / (p->a + p->b + 2);
}

/* Of a place that is low. */
static double
low_part(struct place p)
{
	double scale = density(p) / p.a, factor;

	if (!(scale > 0))
		return 0;
	if (p.a > LARGE || !by_fraction(p, &factor))
		factor = by_integral(p);
	return scale * factor;
}

static double
part(struct place p)
{
	return is_low(&p) ? low_part(p) : 1 - low_part(mirrored(p));
}

double
prof_beta_part(double a, double b, double x)
{
	struct place p = { a, b, x, 1 - x, 0 };
	double n = a + b, of_b = n - a;
	double lost = (a - (n - of_b)) + (b - of_b);

	if (x <= 0)
		return 0;
	if (x >= 1)
		return 1;
	p.d = fma(x, n, -a) + x * lost;
	return part(p);
}

/* --- Student and normal --------------------------------------------------- */

static struct place
student_place(double t, double df)
{
	double q = t * t / df;

	return (struct place){ df / 2, .5, 1 / (1 + q), q / (1 + q),
	    (1 - t * t) / (1 + q) / 2 };
}

double
prof_student_above(double t, double df)
{
	if (isinf(df))
		return prof_normal_above(t);
	if (t < 0)
		return 1 - prof_student_above(-t, df);
	return t > 0 ? part(student_place(t, df)) / 2 : .5;
}

double
prof_normal_above(double z)
{
	return erfc(z / ROOT2) / 2;
}

static double
normal_density(double z)
{
	return exp(-z * z / 2) / sqrt(2 * PI);
}

/*
 * Quantiles by Newton's method.  Far out for the logarithm of p, which is
 * concave: it never overshoots but at the first step.  Near the middle, for
 * the area between there and t: p itself has lost the digits of a small t.
 */
static double
normal_out(double p)
{
	double z = sqrt(-2 * log(p)), above, step = 1;
	int i;

	for (i = 0; i < STEPS && fabs(step) > 4 * DBL_EPSILON * z; i++) {
		above = prof_normal_above(z);
		step = above / normal_density(z) * log(above / p);
		z += step;
	}
	return z;
}

static double
normal_middle(double area)
{
	double z = area * sqrt(2 * PI), step = z;
	int i;

	for (i = 0; i < STEPS && fabs(step) > 4 * DBL_EPSILON * z; i++) {
		step = (area - erf(z / ROOT2) / 2) / normal_density(z);
		z += step;
	}
	return z;
}

double
prof_normal_at(double p)
{
	if (p > .5)
		return -prof_normal_at(1 - p);
	return p < .25 ? normal_out(p) : normal_middle(.5 - p);
}

/* In ln t, because tails are powers of t. */
static double
student_out(double p, double df)
{
	double z = prof_normal_at(p), u = log(z + (z * z + 1) * z / (4 * df));
	double above, step = 1;
	struct place at;
	int i;

	for (i = 0; i < STEPS && fabs(step) > 4 * DBL_EPSILON; i++) {
		at = student_place(exp(u), df);
		above = part(at) / 2;
		if (!(above > 0))
			return INFINITY;
		step = above / density(at) * log(above / p);
		u += step;
	}
	return exp(u);
}

static double
student_middle(double area, double df)
{
	double t = 1e-9, step = t;
	struct place at = student_place(t, df);
	int i;

	if (area == 0)
		return 0;
	t = step = area * t / density(at);
	for (i = 0; i < STEPS && fabs(step) > 4 * DBL_EPSILON * t; i++) {
		at = student_place(t, df);
		step = (area - part(mirrored(at)) / 2) * t / density(at);
		t += step;
	}
	return t;
}

double
prof_student_at(double p, double df)
{
	if (isinf(df))
		return prof_normal_at(p);
	if (p > .5)
		return -prof_student_at(1 - p, df);
	return p < .25 ? student_out(p, df) : student_middle(.5 - p, df);
}

/* --- the second derivative of ln gamma ------------------------------------ */

#define BERNOULLI 7

static const double bernoulli[BERNOULLI] = { 1. / 6, -1. / 30, 1. / 42,
    -1. / 30, 5. / 66, -691. / 2730, 7. / 6 };

double
prof_trigamma(double x)
{
	double sum = 0, s = 0, q;
	unsigned i;

	for (; x < SHIFT; x++)
		sum += 1 / x / x;
	q = 1 / x / x;
	for (i = BERNOULLI; i > 0; i--)
		s = (s + bernoulli[i - 1]) * q;
	return sum + (1 + .5 / x + s) / x;
}

/* The derivative of trigamma. */
static double
tetragamma(double x)
{
	double sum = 0, s = 0, q;
	unsigned i;

	for (; x < SHIFT; x++)
		sum -= 2 / x / x / x;
	q = 1 / x / x;
	for (i = BERNOULLI; i > 0; i--)
		s = (s + (2 * i + 1) * bernoulli[i - 1]) * q;
	return sum - (1 + 1 / x + s) * q;
}

/* 1 / trigamma is convex and nearly a line. */
double
prof_trigamma_inverse(double y)
{
	double x = y > 1 ? 1 / sqrt(y) : .5 + 1 / y, step = x, have;
	int i;

	for (i = 0; i < STEPS && fabs(step) > 4 * DBL_EPSILON * x; i++) {
		have = prof_trigamma(x);
		step = have * (1 - have / y) / tetragamma(x);
		x += step;
	}
	return x;
}
