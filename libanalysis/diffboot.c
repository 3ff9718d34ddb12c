/* SPDX-License-Identifier: MIT */
#include "libanalysis/diffboot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define SEED UINT64_C(0x70726f666b697436)
#define RUNS_LEAST 4	/* on a side, to draw runs instead of samples */
#define POISSON_SMALL 30

/* --- chance --------------------------------------------------------------- */

/* Source: Steele, Lea and Flood, 2014 (splitmix64). */
static uint64_t
next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* Above 0, below 1. */
static double
uniform(uint64_t *state)
{
	return ((double)(next(state) >> 12) + .5) * 0x1p-52;
}

static double
normal(uint64_t *state)
{
	double u = uniform(state), v = uniform(state);

	return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static double
poisson(uint64_t *state, double mean)
{
	double n = 0, product, end;

	if (mean >= POISSON_SMALL) {
		n = round(mean + sqrt(mean) * normal(state));
		return n > 0 ? n : 0;
	}
	end = exp(-mean);
	for (product = uniform(state); product > end; n++)
		product *= uniform(state);
	return n;
}

/* Of mean 1 and variance phi.  Source: Marsaglia and Tsang, 2000. */
static double
noise(uint64_t *state, double phi)
{
	double shape = 1 / phi, boost = 1, c, d, v, x;

	if (shape < 1) {
		boost = pow(uniform(state), phi);
		shape += 1;
	}
	d = shape - 1.0 / 3;
	c = 1 / sqrt(9 * d);
	for (;;) {
		x = normal(state);
		v = 1 + c * x;
		v = v * v * v;
		if (v > 0 && log(uniform(state)) < x * x / 2 + d - d * v +
		    d * log(v))
			return boost * d * v * phi;
	}
}

/* --- one draw ------------------------------------------------------------- */

/*
 * Values are held by rank, not by class: equal profiles are drawn equally,
 * however their functions are numbered.
 */

struct draw {
	const struct prof_diff *d;
	const struct prof_diff_view *view;
	enum prof_diff_metric what;
	size_t classes;		/* 0 among them */
	bool runs;
	double phi;
	double *value;		/* [run][rank], or [side][rank] */
	double *side[2];	/* of one draw, [rank] */
	uint32_t *class;	/* [rank] */
	uint64_t state;
};

static void
fill_runs(struct draw *w)
{
	const struct prof_diff *d = w->d;
	const struct prof_match_member *at;
	double step = (double)d->num / (double)d->den;
	uint32_t class;
	size_t i, n;

	w->value = prof_zalloc(d->nruns * w->classes, sizeof *w->value);
	for (class = 1; class < w->classes; class++) {
		at = prof_match_members(&d->match, class, &n);
		for (i = 0; i < n; i++)
			w->value[at[i].run * w->classes + d->rank[class]] =
			    step * (double)prof_diff_of_run(d, w->what,
			    &at[i]);
	}
}

static void
fill_sides(struct draw *w)
{
	const struct prof_diff *d = w->d;
	double step = (double)d->num / (double)d->den;
	size_t i;
	unsigned s;

	w->value = prof_zalloc(2 * w->classes, sizeof *w->value);
	for (s = 0; s < 2; s++)
		for (i = 0; i < w->classes; i++)
			w->value[s * w->classes + d->rank[i]] = step /
			    d->runs[s] * (double)d->of[w->what][s][i];
}

static void
draw_init(struct draw *w, const struct prof_diff_view *v,
    enum prof_diff_metric what)
{
	uint32_t i;
	unsigned s;

	memset(w, 0, sizeof *w);
	w->d = v->d;
	w->view = v;
	w->what = what;
	w->classes = (size_t)v->d->match.n + 1;
	w->runs = v->d->runs[0] >= RUNS_LEAST && v->d->runs[1] >= RUNS_LEAST;
	w->phi = v->e != NULL && v->e->phi > 0 ? v->e->phi : 0;
	w->state = SEED;
	w->class = prof_zalloc(w->classes, sizeof *w->class);
	for (i = 1; i < w->classes; i++)
		w->class[v->d->rank[i]] = i;
	if (w->runs)
		fill_runs(w);
	else
		fill_sides(w);
	for (s = 0; s < 2; s++)
		w->side[s] = prof_zalloc(w->classes, sizeof *w->side[s]);
}

static void
draw_release(struct draw *w)
{
	free(w->class);
	free(w->value);
	free(w->side[0]);
	free(w->side[1]);
}

static void
draw_runs(struct draw *w, unsigned side)
{
	unsigned runs = w->d->runs[side], first = side == 0 ? 0 :
	    w->d->runs[0], i, run;
	double *out = w->side[side];
	size_t k;

	memset(out, 0, w->classes * sizeof *out);
	for (i = 0; i < runs; i++) {
		run = first + (unsigned)(next(&w->state) % runs);
		for (k = 0; k < w->classes; k++)
			out[k] += w->value[run * w->classes + k] / runs;
	}
}

static void
draw_samples(struct draw *w, unsigned side)
{
	const struct prof_effect *f;
	double *out = w->side[side], n;
	size_t k;

	for (k = 0; k < w->classes; k++) {
		out[k] = w->value[side * w->classes + k];
		f = prof_diff_effect(w->view, (enum prof_judged)w->what,
		    w->class[k]);
		n = f != NULL && k > 0 ? f->samples[side] : NAN;
		if (out[k] == 0)
			continue;
		if (n > 0 && isfinite(n))
			out[k] *= poisson(&w->state, n) / n;
		if (w->phi > 0)
			out[k] *= noise(&w->state, w->phi);
	}
}

static void
draw_again(struct draw *w)
{
	unsigned s;

	for (s = 0; s < 2; s++) {
		if (w->runs)
			draw_runs(w, s);
		else
			draw_samples(w, s);
	}
}

/* --- limits --------------------------------------------------------------- */

/* Numbers of sorted ones that are above x. */
static size_t
above(const double *sorted, size_t n, double x)
{
	size_t low = 0, high = n, at;

	while (low < high) {
		at = low + (high - low) / 2;
		if (sorted[at] <= x)
			low = at + 1;
		else
			high = at;
	}
	return n - low;
}

static void
rank_rows(const struct draw *w, const uint32_t *ids, size_t n, double *scratch,
    double *rank)
{
	size_t i, at;

	for (i = 1; i < w->classes; i++)
		scratch[i - 1] = fabs(w->side[1][i] - w->side[0][i]);
	prof_sort_doubles(scratch, w->classes - 1);
	for (i = 0; i < n; i++) {
		at = w->d->rank[ids[i]];
		rank[i] = 1 + (double)above(scratch, w->classes - 1,
		    fabs(w->side[1][at] - w->side[0][at]));
	}
}

/* The limits of draws values that lie n apart. */
static void
limits(const double *v, size_t n, size_t draws, double level, double *sorted,
    double *out)
{
	double last = (double)(draws - 1);
	size_t i;

	for (i = 0; i < draws; i++)
		sorted[i] = v[i * n];
	prof_sort_doubles(sorted, draws);
	out[0] = sorted[(size_t)floor((1 - level) / 2 * last)];
	out[1] = sorted[(size_t)ceil((1 + level) / 2 * last)];
}

static double
level_of(const struct prof_diff_view *v)
{
	return v->e != NULL && v->e->rule.level > 0 &&
	    v->e->rule.level < 1 ? v->e->rule.level : .95;
}

static void
make_ranks(struct prof_diff_boot *b, const struct prof_diff_report *r,
    const uint32_t *ids, size_t n)
{
	const struct prof_diff_view *v = &r->view;
	size_t draws = (size_t)r->bootstrap, i;
	double *all = prof_alloc(draws * n + 1, sizeof *all), out[2];
	double *scratch, *sorted = prof_alloc(draws, sizeof *sorted);
	struct draw w;

	draw_init(&w, v, prof_diff_first(&v->choice) == PROF_JUDGED_TOTAL ?
	    PROF_DIFF_TOTAL : PROF_DIFF_SELF);
	b->runs = w.runs;
	scratch = prof_alloc(w.classes, sizeof *scratch);
	for (i = 0; i < draws; i++) {
		draw_again(&w);
		rank_rows(&w, ids, n, scratch, all + i * n);
	}
	for (i = 0; i < n; i++) {
		limits(all + i, n, draws, level_of(v), sorted, out);
		b->rank[0][i] = (uint32_t)out[0];
		b->rank[1][i] = (uint32_t)out[1];
	}
	draw_release(&w);
	free(scratch);
	free(sorted);
	free(all);
}

static void
share_rows(const struct draw *w, unsigned side, const uint32_t *ids,
    size_t n, double *share)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < w->classes; i++)
		sum += w->side[side][i];
	for (i = 0; i < n; i++)
		share[i] = sum > 0 ? w->side[side][w->d->rank[ids[i]]] /
		    sum : 0;
}

static void
make_shares(struct prof_diff_boot *b, const struct prof_diff_report *r,
    const uint32_t *ids, size_t n)
{
	size_t draws = (size_t)r->bootstrap, i;
	double *all = prof_alloc(2 * draws * n + 1, sizeof *all), out[2];
	double *sorted = prof_alloc(draws, sizeof *sorted);
	struct draw w;
	unsigned s;

	draw_init(&w, &r->view, PROF_DIFF_SELF);
	for (i = 0; i < draws; i++) {
		draw_again(&w);
		for (s = 0; s < 2; s++)
			share_rows(&w, s, ids, n, all + (s * draws + i) * n);
	}
	for (s = 0; s < 2; s++) {
		b->share[s][0] = prof_alloc(n + 1, sizeof **b->share[s]);
		b->share[s][1] = prof_alloc(n + 1, sizeof **b->share[s]);
		for (i = 0; i < n; i++) {
			limits(all + s * draws * n + i, n, draws,
			    level_of(&r->view), sorted, out);
			b->share[s][0][i] = out[0];
			b->share[s][1][i] = out[1];
		}
	}
	draw_release(&w);
	free(sorted);
	free(all);
}

void
prof_diff_boot_init(struct prof_diff_boot *b,
    const struct prof_diff_report *r, const uint32_t *ids, size_t n)
{
	memset(b, 0, sizeof *b);
	if (r->bootstrap == 0)
		return;
	b->n = n;
	b->rank[0] = prof_zalloc(n + 1, sizeof *b->rank[0]);
	b->rank[1] = prof_zalloc(n + 1, sizeof *b->rank[1]);
	make_ranks(b, r, ids, n);
	if (r->shares)
		make_shares(b, r, ids, n);
}

void
prof_diff_boot_release(struct prof_diff_boot *b)
{
	unsigned s;

	for (s = 0; s < 2; s++) {
		free(b->rank[s]);
		free(b->share[s][0]);
		free(b->share[s][1]);
	}
	memset(b, 0, sizeof *b);
}
