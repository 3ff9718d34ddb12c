/* SPDX-License-Identifier: MIT */
#include "libanalysis/prior.h"

#include <math.h>
#include <stdlib.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"
#include "libanalysis/special.h"

/* Steps of ln phi by tau: sums at such steps are as good as integrals. */
#define STEP .5
#define STEPS 7			/* to each side */
#define OUTLIERS 4
#define OUTLIER_SHARE .01
#define SAMPLE 1000		/* functions that are enough to learn from */
#define CLOSE 1e-5		/* ln of a probability */
#define RARE 1e-9		/* weight that tails do not feel */
#define TINY 1e-12		/* variance below which all is one */

/* What is usual, and how much weight it has: of ln phi, tau, ln shot. */
static const double usual[3] = { -6, 1, -9 }, usual_sd[3] = { 2, .5, 4 };
static const double least[3] = { -18, .1, -25 }, most[3] = { 1.5, 3, 3 };

static void
add_node(struct prof_prior *p, double ln_phi, double weight)
{
	p->phi[p->n] = exp(ln_phi);
	p->ln_weight[p->n++] = log(weight);
}

static void
spread_out(struct prof_prior *p, double share)
{
	double all = 0, w[2 * STEPS + 1], z;
	int i;

	for (i = 0; i <= 2 * STEPS; i++) {
		z = STEP * (i - STEPS);
		all += w[i] = exp(-z * z / 2);
	}
	for (i = 0; i <= 2 * STEPS; i++)
		add_node(p, log(p->typical) + p->tau * STEP * (i - STEPS),
		    share * w[i] / all);
}

void
prof_prior_init(struct prof_prior *p, double typical, double tau)
{
	p->n = 0;
	p->typical = fmax(typical, TINY);
	p->tau = tau;
	p->shot = 1;
	if (tau > 0)
		spread_out(p, 1);
	else
		add_node(p, log(p->typical), 1);
}

static void
from_parameters(struct prof_prior *p, const double *x, bool counted)
{
	unsigned i;

	p->n = 0;
	p->typical = exp(x[0]);
	p->tau = x[1];
	p->shot = counted ? 1 : exp(x[2]);
	spread_out(p, 1 - OUTLIER_SHARE);
	for (i = 0; i < OUTLIERS; i++)
		add_node(p, x[0] + 2 + i, OUTLIER_SHARE / OUTLIERS);
}

/*
 * ln of weight times density of s2, less what does not depend on phi; the
 * largest is returned.
 */
static double
posterior(const struct prof_prior *p, double s2, double h, double d,
    double *ln)
{
	double v, best = -INFINITY;
	unsigned i;

	for (i = 0; i < p->n; i++) {
		v = fmax(p->phi[i] + p->shot * h, TINY);
		ln[i] = p->ln_weight[i] - d / 2 * (log(v) + s2 / v);
		if (ln[i] > best)
			best = ln[i];
	}
	return best;
}

struct sample {
	double *s2, *h;
	size_t n;
	double d;
	bool counted;
};

static double
likelihood(const struct sample *s, const double *x)
{
	double sum = 0, ln[PROF_PRIOR_MAX], best, one;
	struct prof_prior p;
	unsigned q;
	size_t i;

	from_parameters(&p, x, s->counted);
	for (i = 0; i < s->n; i++) {
		best = posterior(&p, s->s2[i], s->h[i], s->d, ln);
		for (one = 0, q = 0; q < p.n; q++)
			one += exp(ln[q] - best);
		sum += best + log(one);
	}
	for (q = 0; q < 3; q++)
		sum -= (x[q] - usual[q]) * (x[q] - usual[q]) /
		    (2 * usual_sd[q] * usual_sd[q]);
	return sum;
}

/* One step up or down in one parameter, if that is better. */
static bool
improve(const struct sample *s, double *x, unsigned i, double step,
    double *best)
{
	double old = x[i], now;
	int way;

	for (way = 1; way >= -1; way -= 2) {
		x[i] = fmin(fmax(old + way * step, least[i]), most[i]);
		now = x[i] == old ? -INFINITY : likelihood(s, x);
		if (now > *best) {
			*best = now;
			return true;
		}
	}
	x[i] = old;
	return false;
}

static void
climb(const struct sample *s, double *x)
{
	unsigned i, n = s->counted ? 2 : 3, tries;
	double step, best = likelihood(s, x);
	bool better;

	for (step = 1; step > .03; step /= 2)
		for (better = true, tries = 0; better && tries < 20; tries++)
			for (better = false, i = 0; i < n; i++)
				better |= improve(s, x, i, step * (i == 1 ?
				    .5 : 1), &best);
}

/* The phi of which half of all s2 are what they should be, or less. */
static double
start_at(const struct sample *s)
{
	double usual_part = pow(1 - 2 / (9 * s->d), 3), phi;
	double *one = prof_alloc(s->n + 1, sizeof *one);
	size_t i;

	for (i = 0; i < s->n; i++)
		one[i] = s->s2[i] / usual_part - (s->counted ? s->h[i] : 0);
	prof_sort_doubles(one, s->n);
	phi = s->n == 0 ? 0 : one[s->n / 2];
	free(one);
	return phi > 1e-5 ? fmin(log(phi), 1) : log(1e-5);
}

void
prof_prior_fit(struct prof_prior *p, const double *s2, const double *h,
    size_t n, double d, bool counted)
{
	size_t by = n / SAMPLE + 1, i;
	struct sample s = { .d = d, .counted = counted };
	double x[3];

	s.s2 = prof_alloc(n / by + 1, sizeof *s.s2);
	s.h = prof_alloc(n / by + 1, sizeof *s.h);
	for (i = 0; i + by <= n; i += by) {
		s.s2[s.n] = s2[i];
		s.h[s.n++] = h[i];
	}
	x[0] = start_at(&s);
	x[1] = usual[1];
	x[2] = usual[2];
	climb(&s, x);
	from_parameters(p, x, counted);
	free(s.s2);
	free(s.h);
}

/* ln of the probability of a change above t where there is none, by p. */
static double
above(const double *weight, const double *sd, unsigned n, double t, double p)
{
	double sum = 0;
	unsigned i;

	for (i = 0; i < n; i++)
		if (weight[i] > RARE)
			sum += weight[i] * erfc(t / sd[i] * M_SQRT1_2) / 2;
	return log(sum / p);
}

/*
 * The change that is exceeded with probability p, between low and high: by
 * the line through both ends; an end that stays weighs half (Illinois), so
 * that the other one comes closer.
 */
static double
quantile(const double *weight, const double *sd, unsigned n, double p,
    double low, double high)
{
	double at_low = above(weight, sd, n, low, p);
	double at_high = above(weight, sd, n, high, p), mid = high;
	double at = INFINITY;
	unsigned i;
	int last = 0;

	for (i = 0; i < 14 && at_low > at_high && fabs(at) > CLOSE; i++) {
		mid = (low * at_high - high * at_low) / (at_high - at_low);
		at = above(weight, sd, n, mid, p);
		if (at > 0) {
			low = mid;
			at_low = at;
			at_high /= last == 1 ? 2 : 1;
			last = 1;
		} else {
			high = mid;
			at_high = at;
			at_low /= last == -1 ? 2 : 1;
			last = -1;
		}
	}
	return mid;
}

/*
 * Tails that are matched: where intervals end, and where a change stands
 * out of some hundred functions.
 */
#define NEAR .025
#define FAR 2e-4
#define NEAR_NORMAL 1.959963984540054
#define FAR_NORMAL 3.540083799206145

/* FAR's quantile by NEAR's, of Student's t. */
static const struct {
	double df, ratio;
} shape[] = {
	{ 1, 125.25764023 }, { 1.25, 47.90908203 }, { 1.5, 25.36533940 },
	{ 2, 11.61725147 }, { 2.5, 7.38793596 }, { 3, 5.52968807 },
	{ 4, 3.93146448 }, { 5, 3.25351166 }, { 6, 2.89095782 },
	{ 8, 2.52005526 }, { 10, 2.33479135 }, { 14, 2.15225747 },
	{ 20, 2.03333769 }, { 30, 1.95032345 }, { 50, 1.88935826 },
	{ 100, 1.84658801 }, { 300, 1.81940520 },
	{ INFINITY, FAR_NORMAL / NEAR_NORMAL }
};

/* Degrees of freedom at which that ratio is what is asked for. */
static double
degrees(double ratio)
{
	double part, by;
	unsigned i;

	if (ratio >= shape[0].ratio)
		return shape[0].df;
	for (i = 1; isfinite(shape[i].df) && ratio < shape[i].ratio; i++)
		;
	part = (ratio - shape[i].ratio) / (shape[i - 1].ratio -
	    shape[i].ratio);
	by = fmax(part, 0) * (1 / shape[i - 1].df - 1 / shape[i].df) +
	    1 / shape[i].df;
	return by > 1e-6 ? 1 / by : INFINITY;
}

void
prof_prior_judge(const struct prof_prior *p, double s2, double h, double d,
    double a, double b, double *se, double *df)
{
	double ln[PROF_PRIOR_MAX], sd[PROF_PRIOR_MAX], all = 0, best;
	double near, far, top = 0;
	unsigned i;

	best = posterior(p, s2, h, d, ln);
	for (i = 0; i < p->n; i++) {
		all += ln[i] = exp(ln[i] - best);
		sd[i] = sqrt(fmax(a * p->phi[i] + b, TINY));
	}
	for (i = 0; i < p->n; i++) {
		ln[i] /= all;
		top = fmax(top, ln[i] > RARE ? sd[i] : 0);
	}
	if (p->n == 1) {
		*se = sd[0];
		*df = INFINITY;
		return;
	}
	near = quantile(ln, sd, p->n, NEAR, 0, top * NEAR_NORMAL);
	far = quantile(ln, sd, p->n, FAR, near, top * FAR_NORMAL);
	*df = degrees(far / near);
	*se = near / prof_student_at(NEAR, *df);
}
