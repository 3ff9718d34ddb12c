/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/noise.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"
#include "libanalysis/svg_color.h"

#define LEAST_POINTS 1.0	/* what the scale shows at least: nothing */
#define LEAST_RATIO 2.0		/* loud where hardly anything changed */

static prof_i128
change_of(const struct prof_svg_change *c, uint32_t node)
{
	return (prof_i128)c->value[1][node] - c->value[0][node];
}

/* --- how large a change is ------------------------------------------------ */

static double
ratio_of(double base, double now)
{
	if (base == 0 || now == 0 || (base < 0) != (now < 0))
		return INFINITY;
	return fabs(log2(now / base));
}

static double
measure(const struct prof_svg_change *c, uint32_t node)
{
	double change = fabs((double)change_of(c, node));
	prof_i128 whole = c->whole[0] > c->whole[1] ? c->whole[0] :
	    c->whole[1];

	if (c->how->measure == PROF_SVG_RATIO)
		return ratio_of((double)c->value[0][node],
		    (double)c->value[1][node]);
	if (c->how->measure == PROF_SVG_VALUE)
		return change;
	return whole > 0 ? 100 * change / (double)whole : 0;
}

/* The measure as it is read, and back. */
static double
unit_of(const struct prof_svg_change *c)
{
	return c->how->measure == PROF_SVG_VALUE && c->scale != NULL ?
	    (double)c->scale->num / (double)c->scale->den : 1;
}

static double
shown(const struct prof_svg_change *c, double m)
{
	return c->how->measure == PROF_SVG_RATIO ? exp2(m) : m * unit_of(c);
}

/* A ratio that is met exactly must be met for every logarithm. */
static double
measured(const struct prof_svg_change *c, double shown)
{
	if (c->how->measure == PROF_SVG_RATIO)
		return log2(shown) * (1 - 1e-12);
	return shown / unit_of(c);
}

/* --- the scale ------------------------------------------------------------ */

/* Number i of the series ..., 0.1, 0.2, 0.5, 1, 2, 5, 10, ...; 0 is 1. */
static double
round_number(int i)
{
	static const double digit[] = { 1, 2, 5 };
	int power = i >= 0 ? i / 3 : -((2 - i) / 3);
	double v = 1;
	int k;

	for (k = 0; k < abs(power); k++)
		v *= 10;
	return power >= 0 ? digit[i - 3 * power] * v :
	    digit[i - 3 * power] / v;
}

/* Ratios of the same series, finer where they are close to 1. */
static double
round_ratio(int i)
{
	static const double close[] = {
		1.01, 1.02, 1.05, 1.1, 1.2, 1.5, 2, 5
	};
	const int n = (int)(sizeof close / sizeof close[0]);

	return i < n ? close[i] : round_number(i - n + 3);
}

/* The last step is the first round number from top on. */
static void
set_steps(struct prof_svg_change *c, double top)
{
	bool ratio = c->how->measure == PROF_SVG_RATIO;
	int i = ratio ? PROF_SVG_STEPS - 1 : -60, k;
	double v;

	while (i < 60 && (ratio ? round_ratio(i) : round_number(i)) <
	    top * (1 - 1e-9))
		i++;
	for (k = 0; k < PROF_SVG_STEPS; k++) {
		v = ratio ? round_ratio(i - PROF_SVG_STEPS + 1 + k) :
		    round_number(i - PROF_SVG_STEPS + 1 + k);
		c->shown[k] = v;
		c->steps[k] = measured(c, v);
	}
}

static bool
is_held(const uint8_t *tier, uint32_t node)
{
	return tier == NULL || tier[node] != 0;
}

static bool
is_drawn(const uint8_t *tier, uint32_t node)
{
	return tier == NULL || tier[node] >= 2;
}

static double
least_top(const struct prof_svg_change *c)
{
	switch (c->how->measure) {
	case PROF_SVG_RATIO:
		return LEAST_RATIO;
	case PROF_SVG_VALUE:
		return 0;
	default:
		return LEAST_POINTS;
	}
}

/* Measures of the frames drawn that changed, sorted; *n of them. */
static double *
drawn_measures(struct prof_svg_change *c, const uint8_t *tier, bool even,
    size_t *n)
{
	double *m = prof_alloc(c->t->n, sizeof *m), v;
	uint32_t node;

	*n = 0;
	/* The root tells of all: it would be the end of each small scale. */
	for (node = 1; node < c->t->n; node++) {
		if (!is_drawn(tier, node) || change_of(c, node) == 0 ||
		    (c->flags[node] & PROF_CHANGE_EVEN) > even)
			continue;
		v = measure(c, node);
		if (isfinite(v))
			m[(*n)++] = v;
	}
	prof_sort_doubles(m, *n);
	return m;
}

static void
choose_steps(struct prof_svg_change *c, const uint8_t *tier)
{
	size_t n;
	double *m = drawn_measures(c, tier, false, &n), top = 0;

	if (n == 0) {
		free(m);
		m = drawn_measures(c, tier, true, &n);
	}
	if (n > 0) {
		top = shown(c, m[(n * 99 + 99) / 100 - 1]);
		c->most = shown(c, m[n - 1]);
	}
	if (top < least_top(c))
		top = least_top(c);
	set_steps(c, top > 0 ? top : 1);
	while (n > 0 && m[n - 1] > c->steps[PROF_SVG_STEPS - 1]) {
		c->beyond++;
		n--;
	}
	free(m);
}

static int8_t
step_of(const struct prof_svg_change *c, uint32_t node)
{
	prof_i128 change = change_of(c, node);
	double m = measure(c, node);
	int step = 1;

	if (change == 0 || (c->flags[node] & PROF_CHANGE_EVEN) != 0)
		return 0;
	while (step < PROF_SVG_STEPS && m >= c->steps[step - 1])
		step++;
	return (int8_t)(change > 0 ? step : -step);
}

/* --- noise ---------------------------------------------------------------- */

/* Samples behind a value of one side. */
static double
count_of(const struct prof_svg_change *c, unsigned side, double value)
{
	return floor(value / c->how->per_count[side] + .5);
}

double
prof_svg_change_chance(const struct prof_svg_change *c, double base,
    double now)
{
	double x = count_of(c, 0, base);
	double y = count_of(c, 1, now);
	double n = count_of(c, 0, (double)c->whole[0]);
	double m = count_of(c, 1, (double)c->whole[1]);
	double rate = c->how->rate;

	/* What is no part of the whole was not counted. */
	if (x < 0 || y < 0 || x > n || y > m)
		return -1;
	if (c->how->fixed)
		return prof_noise_shares(x, n, y, m);
	return prof_noise_events(x, y, rate > 0 ? rate / (1 + rate) :
	    m / (n + m));
}

static void
judge_noise(struct prof_svg_change *c, const uint8_t *tier)
{
	double *p = prof_alloc(c->t->n, sizeof *p), limit;
	uint32_t *of = prof_alloc(c->t->n, sizeof *of), node;
	size_t n = 0, i;

	for (node = 1; node < c->t->n; node++) {
		if (!is_held(tier, node))
			continue;
		of[n] = node;
		p[n] = prof_svg_change_chance(c, (double)c->value[0][node],
		    (double)c->value[1][node]);
		n += p[n] >= 0;
	}
	limit = prof_noise_limit(p, n, prof_svg_alpha(c->how));
	for (i = 0; i < n; i++)
		if (p[i] > limit && change_of(c, of[i]) != 0)
			c->flags[of[i]] |= PROF_CHANGE_EVEN;
	free(p);
	free(of);
}

/* --- all ------------------------------------------------------------------ */

static bool
is_over(const struct prof_svg_change *c, uint32_t node)
{
	struct prof_regress_pair pair = { .runs = { 1, 1 } };
	unsigned s;

	for (s = 0; s < PROF_TREE_SIDES; s++) {
		pair.sum[s] = c->value[s][node];
		pair.whole[s] = c->whole[s];
		pair.error[s] = node != 0 ? c->how->error[s] : 0;
	}
	/* Nothing has no share of nothing. */
	return c->whole[0] != 0 && prof_regress_judge(&c->rule, &pair) ==
	    PROF_VERDICT_REGRESSION;
}

static void
set_flags(struct prof_svg_change *c, uint32_t node)
{
	int64_t base = c->t->total[0][node], now = c->t->total[1][node];

	if (base == 0 && now != 0)
		c->flags[node] |= PROF_CHANGE_NEW;
	if (base != 0 && now == 0)
		c->flags[node] |= PROF_CHANGE_GONE;
	if (is_over(c, node))
		c->flags[node] |= PROF_CHANGE_OVER;
}

static bool
is_faint(const struct prof_svg_change *c, uint32_t node)
{
	return (c->flags[node] & PROF_CHANGE_OVER) != 0 &&
	    (c->flags[node] & PROF_CHANGE_EVEN) != 0;
}

static void
count_frames(struct prof_svg_change *c, const uint8_t *tier)
{
	uint32_t node;

	for (node = 0; node < c->t->n; node++) {
		if (!is_held(tier, node))
			continue;
		if (is_drawn(tier, node))
			c->drawn |= is_faint(c, node) ? (c->flags[node] ^
			    PROF_CHANGE_OVER) | PROF_CHANGE_FAINT :
			    c->flags[node];
		if (node == 0)
			continue;
		c->frames++;
		c->differ += c->step[node] != 0;
		c->over += (c->flags[node] & PROF_CHANGE_OVER) != 0;
		c->faint += is_faint(c, node);
	}
}

void
prof_svg_change_init(struct prof_svg_change *c, const struct prof_tree *t,
    const struct prof_svg_compare *how, const prof_i128 *whole,
    const uint8_t *tier, const struct prof_scale *scale)
{
	uint32_t node;

	memset(c, 0, sizeof *c);
	c->t = t;
	c->how = how;
	c->value = how->self ? t->self : t->total;
	c->scale = scale;
	c->whole[0] = whole[0];
	c->whole[1] = whole[1];
	c->rule = how->rule.ratio.den != 0 ? how->rule : prof_regress_default();
	c->judged = how->per_count[0] > 0 && how->per_count[1] > 0 &&
	    whole[0] > 0 && whole[1] > 0;
	c->step = prof_zalloc(t->n, sizeof *c->step);
	c->flags = prof_zalloc(t->n, sizeof *c->flags);
	for (node = 0; node < t->n; node++)
		if (is_held(tier, node))
			set_flags(c, node);
	if (c->judged)
		judge_noise(c, tier);
	choose_steps(c, tier);
	for (node = 0; node < t->n; node++)
		if (is_held(tier, node))
			c->step[node] = step_of(c, node);
	count_frames(c, tier);
}

void
prof_svg_change_release(struct prof_svg_change *c)
{
	free(c->step);
	free(c->flags);
	memset(c, 0, sizeof *c);
}

unsigned
prof_svg_change_shade(const struct prof_svg_change *c, uint32_t node)
{
	int step = c->how->negate ? -c->step[node] : c->step[node];

	if (step == 0)
		return PROF_SVG_SAME;
	return step > 0 ? PROF_SVG_MORE + (unsigned)step - 1 :
	    PROF_SVG_LESS + (unsigned)-step - 1;
}
