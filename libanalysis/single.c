/* SPDX-License-Identifier: MIT */
#include "libanalysis/single.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"
#include "libanalysis/special.h"

#define USUAL_WEIGHT 10		/* functions that this counts for */
#define MOST 4.			/* phi */
#define CHI2_MIDDLE .4549	/* median of chi squared, 1 df */
#define LEAST_COUNTS 40		/* of a function that tells of noise, */
#define LEAST_SIDE 5		/* and on each side */
#define LEAST_SIDED 12		/* functions, to take one direction alone */
#define DISAGREE 1.8
#define LEAST_NEW 8		/* counts that are there at all */
#define NODES 5
#define STEP .6			/* of a normal distribution, up to */
#define STEPS 8			/* so many of it */

/* --- how much counts vary ------------------------------------------------- */

/* A function whose change is noise, most likely. */
struct change {
	double square;		/* of ln of the ratio by what is expected */
	double chance;		/* what counting alone makes of that */
	bool more;
};

static size_t
list_changes(struct change *c, const double *x, const double *y,
    const double *s, size_t n)
{
	size_t i, m = 0;
	double l;

	for (i = 0; i < n; i++) {
		if (!(x[i] + y[i] >= LEAST_COUNTS) || !(x[i] >= LEAST_SIDE) ||
		    !(y[i] >= LEAST_SIDE) || !(s[i] > 0))
			continue;
		l = log((y[i] + .5) / (x[i] + .5) / s[i]);
		c[m].square = l * l;
		c[m].chance = 1 / (x[i] + .5) + 1 / (y[i] + .5);
		c[m++].more = y[i] > s[i] * x[i];
	}
	return m;
}

/* The typical size of changes up or down, as multiples of usual noise. */
static double
typical(const struct change *c, size_t m, bool more, double *v, size_t *of)
{
	size_t i, k = 0;

	for (i = 0; i < m; i++)
		if (c[i].more == more)
			v[k++] = c[i].square / (c[i].chance +
			    2 * PROF_SINGLE_USUAL);
	prof_sort_doubles(v, k);
	*of = k;
	return k > 0 ? v[k / 2] : 0;
}

/*
 * True changes are mostly of one direction: where both disagree, the
 * cleaner one is kept.  Returns how many are left.
 */
static size_t
drop_true(struct change *c, size_t m, double *v)
{
	size_t i, k = 0, of[2];
	double t[2];
	bool keep;

	t[0] = typical(c, m, false, v, &of[0]);
	t[1] = typical(c, m, true, v, &of[1]);
	if (of[0] < LEAST_SIDED || of[1] < LEAST_SIDED)
		return m;
	keep = t[1] <= t[0];
	if (!(t[!keep] > DISAGREE * t[keep]))
		return m;
	for (i = 0; i < m; i++)
		if (c[i].more == keep)
			c[k++] = c[i];
	return k;
}

/*
 * The phi at which the median of square / (chance + 2 phi) is that of chi
 * squared: each has a phi from which on it is below that, so it is the
 * median of those.
 */
static double
fit(const struct change *c, size_t m, double *v)
{
	size_t i;

	for (i = 0; i < m; i++)
		v[i] = (c[i].square / CHI2_MIDDLE - c[i].chance) / 2;
	prof_sort_doubles(v, m);
	return fmin(fmax(v[m / 2], 0), MOST);
}

void
prof_single_noise_of(struct prof_single_noise *noise, const double *x,
    const double *y, const double *s, size_t n)
{
	struct change *c = prof_alloc(n, sizeof *c);
	double *v = prof_alloc(n, sizeof *v), k;
	size_t m = list_changes(c, x, y, s, n);

	noise->phi = PROF_SINGLE_USUAL;
	if (m >= 3) {
		m = drop_true(c, m, v);
		k = (double)m;
		noise->phi = (k * fit(c, m, v) + USUAL_WEIGHT *
		    PROF_SINGLE_USUAL) / (k + USUAL_WEIGHT);
	}
	noise->tau = noise->phi <= PROF_SINGLE_QUIET ? .5 : 1;
	free(v);
	free(c);
}

/* --- how probable a change is --------------------------------------------- */

/* Counts are taken for fewer the more they vary beyond chance. */
static double
more_at(double x, double y, double odds, double phi)
{
	double part = 1 / (1 + 1 / odds);
	double fewer = 1 + 2 * phi * (x + y) * part / (1 + odds);

	return prof_beta_part(y / fewer, x / fewer + 1, part);
}

/* Gauss and Hermite's five points of the normal distribution. */
static const double node[NODES] = { -2.85697001387280565,
    -1.35562617997426587, 0, 1.35562617997426587, 2.85697001387280565 };
static const double weight[NODES] = { .0112574113277206890,
    .222075922005612644, .533333333333333333, .222075922005612644,
    .0112574113277206890 };

/*
 * P(all y counts on one side).  Fewer counts would stand for noise that often
 * hides all of a function; a factor that is never 0 hides much only by being
 * far off, so it is averaged over as it is: the logarithm is normal.
 */
static double
all_of(const struct prof_single_noise *noise, double y, double odds)
{
	double spread[NODES], p = 0, all = 0, w, z, at;
	int i, k;

	for (k = 0; k < NODES; k++)
		spread[k] = sqrt(2 * noise->phi * exp(noise->tau * node[k]));
	for (i = -STEPS; i <= STEPS; i++) {
		z = i * STEP;
		w = exp(-z * z / 2);
		all += w;
		for (k = 0, at = 0; k < NODES; k++)
			at += weight[k] * exp(-y * log1p(exp(-z * spread[k]) /
			    odds));
		p += w * at;
	}
	return fmin(p / all, 1);
}

double
prof_single_more(const struct prof_single_noise *noise, double x, double y,
    double s, double rho)
{
	double p = 0;
	int i;

	if (!(y > 0))
		return 1;
	if (!(x > 0) && y >= LEAST_NEW)
		return all_of(noise, y, s * rho);
	for (i = 0; i < NODES; i++)
		p += weight[i] * more_at(x, y, s * rho, noise->phi *
		    exp(noise->tau * node[i]));
	return fmin(p, 1);
}

/* --- which changes fit ---------------------------------------------------- */

#define FAR 690			/* ln rho of nothing known */
#define NEAR 1e-8		/* of ln rho */

struct limit {
	const struct prof_single_noise *noise;
	double x, y, s, wanted;	/* as a quantile, in which it is a line */
};

/* Above 0 where ln rho = u is not yet rejected. */
static double
beyond(const struct limit *l, double u)
{
	double p = prof_single_more(l->noise, l->x, l->y, l->s, exp(u));

	return l->wanted - prof_normal_at(fmin(fmax(p, 1e-300), 1 - 1e-16));
}

/*
 * The ln rho at which beyond is 0, between from, where it is above, and to:
 * regula falsi, where the weight of an end that stays twice is halved
 * (Illinois).
 */
static double
crossing(const struct limit *l, double from, double at_from, double to,
    double at_to)
{
	double u, at;
	int i, last = 0;

	for (i = 0; i < 100 && fabs(from - to) > NEAR; i++) {
		u = (from * at_to - to * at_from) / (at_to - at_from);
		at = beyond(l, u);
		if (fabs(at) < NEAR)
			return u;
		if (at < 0) {
			to = u;
			at_to = at;
			at_from /= last < 0 ? 2 : 1;
		} else {
			from = u;
			at_from = at;
			at_to /= last > 0 ? 2 : 1;
		}
		last = at < 0 ? -1 : 1;
	}
	return (from + to) / 2;
}

/* The smallest rho that is not rejected for being too small. */
static double
lowest(const struct prof_single_noise *noise, double x, double y, double s,
    double tail)
{
	struct limit l = { noise, x, y, s, prof_normal_at(tail) };
	double step = sqrt(1 / (x + .5) + 1 / (y + .5) + 2 * noise->phi);
	double from = log((y + .5) / (x + .5) / s), to, at_from, at_to;

	/* With few counts the middle may be rejected itself. */
	at_from = beyond(&l, from);
	while (at_from <= 0 && from < FAR) {
		from += step;
		at_from = beyond(&l, from);
	}
	to = from - 2 * step;
	at_to = beyond(&l, to);
	while (at_to > 0 && to > -FAR) {
		from = to;
		at_from = at_to;
		step *= 2;
		to -= step;
		at_to = beyond(&l, to);
	}
	return at_to > 0 ? 0 : exp(crossing(&l, from, at_from, to, at_to));
}

void
prof_single_interval(const struct prof_single_noise *noise, double x,
    double y, double s, double level, double *low, double *high)
{
	double tail = (1 - level) / 2, inverse;

	*low = y > 0 ? lowest(noise, x, y, s, tail) : 0;
	inverse = x > 0 ? lowest(noise, y, x, 1 / s, tail) : 0;
	*high = inverse > 0 ? 1 / inverse : INFINITY;
}
