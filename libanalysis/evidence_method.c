/* SPDX-License-Identifier: MIT */
#include "libanalysis/evidence_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diff_calls.h"
#include "libanalysis/nomem.h"
#include "libanalysis/replicate.h"
#include "libanalysis/special.h"
#include "libanalysis/timed.h"

#define ALIKE .5		/* spread of phi there, or of a known one */
#define UNLIKE 1.
#define LEAST_NS 1e6	/* of a function on both sides: below, one wait for */
			/* a processor makes any ratio */
#define LEAST_VARIANCE 1e-12	/* of what has no noise: beyond doubles */
#define EXACTLY 1e-12	/* what a ratio of doubles may be off by */

static void
claim(struct prof_evidence_work *w, uint32_t class, double change, double se,
    double df)
{
	struct prof_evidence_claim *c = &w->claim[class];

	if (isnan(change) || !(se > 0) || !(df > 0) ||
	    w->t.negative[class])
		return;
	c->change = change;
	c->se = se;
	c->df = df;
	c->up = change > 0;
	c->p = prof_student_above(fabs(change) / se, df);
}

/* --- counted samples ------------------------------------------------------ */

static unsigned
first_run(const struct prof_evidence_work *w, unsigned side)
{
	return side == 0 ? 0 : w->d->runs[0];
}

/* Samples of one side that a value of 1 is worth, in all its runs. */
static double
exposure(const struct prof_evidence_work *w, unsigned side)
{
	unsigned from = first_run(w, side), n = w->d->runs[side], r;
	double *v = prof_alloc(n, sizeof *v), sum;

	for (r = 0; r < n; r++)
		v[r] = w->t.factor[from + r] / w->per[from + r];
	sum = prof_evidence_sum(v, n);
	free(v);
	return sum;
}

double
prof_evidence_expect(const struct prof_evidence_work *w)
{
	return exposure(w, 1) / exposure(w, 0);
}

void
prof_evidence_samples(struct prof_evidence_work *w)
{
	double *v = prof_alloc(w->nruns, sizeof *v);
	unsigned side, from, r;
	uint32_t i;

	for (i = 1; i <= w->n && w->t.count != NULL; i++)
		for (side = 0; side < 2; side++) {
			from = first_run(w, side);
			for (r = 0; r < w->d->runs[side]; r++)
				v[r] = w->t.count[from + r][i];
			w->effect[i].samples[side] = prof_evidence_sum(v,
			    w->d->runs[side]);
		}
	free(v);
}

/*
 * Samples of one function may be worth more than those of another: objects
 * of its own size, events of its own period.
 */
double
prof_evidence_ratio(const struct prof_evidence_work *w, uint32_t class,
    double all)
{
	const struct prof_effect *f = &w->effect[class];

	if (w->nruns == 2 && f->samples[0] > 0 && f->samples[1] > 0 &&
	    f->ratio > 0 && f->ratio < INFINITY)
		return f->samples[1] / f->samples[0] / f->ratio;
	return w->e->how == PROF_COUNTS_HEAP ? w->factor *
	    w->d->runs[1] / w->d->runs[0] : all;
}

void
prof_evidence_noise(struct prof_evidence_work *w)
{
	double *s, all, centre = 1;
	uint32_t i;

	if (w->e->rule.phi >= 0) {
		w->noise.phi = w->e->rule.phi;
		w->noise.tau = w->noise.phi <= PROF_SINGLE_QUIET &&
		    !w->e->rule.both ? ALIKE : UNLIKE;
		return;
	}
	/* What a given factor leaves in is in all, and no noise. */
	if (w->e->scaling != PROF_SCALING_MEDIAN && w->e->common.ratio > 0)
		centre = w->e->common.ratio;
	s = prof_alloc((size_t)w->n + 1, sizeof *s);
	all = prof_evidence_expect(w);
	for (i = 1; i <= w->n; i++)
		s[i] = prof_evidence_ratio(w, i, all) * centre;
	prof_single_noise_of(&w->noise, w->t.count[0] + 1,
	    w->t.count[1] + 1, s + 1, w->n);
	/* A list without a threshold has nothing else to stay silent by. */
	if (w->e->rule.both)
		w->noise.tau = UNLIKE;
	free(s);
}

struct prof_single_noise
prof_evidence_noise_of(const struct prof_evidence_work *w, uint32_t class)
{
	struct prof_single_noise noise = w->noise;

	if (w->phi_of != NULL && w->phi_of[class] >= 0) {
		noise.phi = w->phi_of[class];
		noise.tau = ALIKE;
	}
	noise.phi *= (1. / w->d->runs[0] + 1. / w->d->runs[1]) / 2;
	return noise;
}

/* Of the samples of all runs of a side together. */
static void
claim_counts(struct prof_evidence_work *w, uint32_t class, double all)
{
	const struct prof_effect *f = &w->effect[class];
	struct prof_single_noise noise = prof_evidence_noise_of(w, class);
	struct prof_evidence_claim *c = &w->claim[class];
	double x = f->samples[0], y = f->samples[1];
	double s = prof_evidence_ratio(w, class, all);

	if (!(x + y > 0) || w->t.negative[class])
		return;
	c->up = y > s * x;
	c->p = c->up ? prof_single_more(&noise, x, y, s, 1) :
	    prof_single_more(&noise, y, x, 1 / s, 1);
}

void
prof_evidence_single(struct prof_evidence_work *w)
{
	double all = prof_evidence_expect(w);
	uint32_t i;

	for (i = 1; i <= w->n; i++)
		claim_counts(w, i, all);
}

/* --- times ---------------------------------------------------------------- */

/* Only the noise is known, from outside. */
void
prof_evidence_given(struct prof_evidence_work *w)
{
	const struct prof_effect *f;
	uint32_t i;
	double phi;

	for (i = 1; i <= w->n; i++) {
		f = &w->effect[i];
		phi = w->phi_of != NULL && w->phi_of[i] >= 0 ?
		    w->phi_of[i] : w->e->rule.phi;
		if (f->base > 0 && f->now > 0 && phi >= 0)
			claim(w, i, log(f->ratio), sqrt(fmax(2 * phi,
			    LEAST_VARIANCE)), INFINITY);
	}
}

/* What a profiler without samples sees at all was there. */
static void
claim_presence(struct prof_evidence_work *w)
{
	struct prof_evidence_claim *c;
	unsigned side, r, seen[2];
	uint32_t i;

	for (i = 1; i <= w->n; i++) {
		c = &w->claim[i];
		if (w->t.negative[i] ||
		    (w->effect[i].base > 0) == (w->effect[i].now > 0))
			continue;
		for (r = seen[0] = seen[1] = 0; r < w->nruns; r++)
			seen[r >= w->d->runs[0]] += w->t.value[r][i] > 0;
		side = seen[1] > 0;
		c->up = side == 1;
		c->sure = seen[side] == w->d->runs[side];
		c->p = NAN;
	}
}

static bool
is_time(const struct prof_diff *d)
{
	return strcmp(prof_unit_base(d->unit), "nanoseconds") == 0;
}

/* Calls that a value is divided by, to tell the noise of each. */
static double
calls_of(const struct prof_diff *d, unsigned run, enum prof_judged what,
    uint32_t row)
{
	const struct prof_flat *f = d->run[run].flat;

	return prof_diff_calls_of_run(d, run, (what == PROF_JUDGED_SELF ||
	    f->primitive == NULL ? f->calls : f->primitive)[row]);
}

/*
 * Calls are exact, so the noise of a time is that of the time per call; what
 * it is worth is learned from functions of about the same time.
 */
void
prof_evidence_cross(struct prof_evidence_work *w, enum prof_judged what)
{
	size_t n = (size_t)w->n + 1;
	double *v[2], *calls[2];
	struct prof_timed *out = prof_zalloc(n, sizeof *out);
	uint32_t i, class;
	unsigned r;

	for (r = 0; r < 2; r++) {
		v[r] = prof_zalloc(n, sizeof *v[r]);
		calls[r] = prof_zalloc(n, sizeof *calls[r]);
		for (i = 1; i <= w->d->run[r].rows->n; i++) {
			class = w->d->match.class_of[r][i];
			calls[r][class] = calls_of(w->d, r, what, i);
			if (what == PROF_JUDGED_PER_CALL)
				v[r][class] = w->t.value[r][class];
			else if (calls[r][class] > 0)
				v[r][class] = w->t.value[r][class] /
				    calls[r][class];
			/* Noise is like that of functions of like time. */
			if (what == PROF_JUDGED_PER_CALL)
				w->t.value[r][class] *= calls[r][class];
		}
	}
	prof_timed_judge(v[0] + 1, v[1] + 1, w->t.value[0] + 1, w->n,
	    w->factor, out + 1);
	for (i = 1; i <= w->n; i++)
		if (v[0][i] > 0 && v[1][i] > 0 && (!is_time(w->d) ||
		    fmin(w->t.value[0][i], w->t.value[1][i]) >= LEAST_NS))
			claim(w, i, out[i].change + (what ==
			    PROF_JUDGED_PER_CALL ? 0 : log(calls[1][i] /
			    calls[0][i])), out[i].se, out[i].df);
	claim_presence(w);
	for (r = 0; r < 2; r++) {
		free(v[r]);
		free(calls[r]);
	}
	free(out);
}

/* --- several runs --------------------------------------------------------- */

static void
keep_noise(struct prof_evidence_work *w, enum prof_judged what,
    const struct prof_replicate_noise *noise)
{
	if (what != PROF_JUDGED_SELF)
		return;
	w->e->phi = w->e->rule.phi >= 0 ? w->e->rule.phi : noise->phi;
	w->e->d0 = noise->d0;
	w->noise.phi = w->e->phi;
	w->noise.tau = ALIKE;
}

void
prof_evidence_runs(struct prof_evidence_work *w, enum prof_judged what)
{
	struct prof_replicate in = { .n = w->n, .factor = w->t.factor,
	    .factor_se = w->factor_se, .phi = w->e->rule.phi };
	struct prof_replicate_effect *out = prof_zalloc((size_t)w->n + 1,
	    sizeof *out);
	const double **value = prof_alloc(w->nruns, sizeof *value);
	const double **count = prof_alloc(w->nruns, sizeof *count);
	struct prof_replicate_noise noise = { 0 };
	double all = w->t.count != NULL ? prof_evidence_expect(w) : 1;
	unsigned r;
	uint32_t i;

	for (r = 0; r < w->nruns; r++) {
		value[r] = w->t.value[r] + 1;
		count[r] = w->t.count != NULL ? w->t.count[r] + 1 : NULL;
	}
	in.runs[0] = w->d->runs[0];
	in.runs[1] = w->d->runs[1];
	in.value = value;
	in.count = w->t.count != NULL ? count : NULL;
	in.phi_of = w->phi_of != NULL ? w->phi_of + 1 : NULL;
	prof_replicate_judge(&in, out + 1, &noise);
	keep_noise(w, what, &noise);
	for (i = 1; i <= w->n; i++) {
		w->claim[i].expected = out[i].expected;
		if (!isnan(out[i].change))
			claim(w, i, out[i].change, out[i].se, out[i].df);
		else if (w->t.count != NULL)
			claim_counts(w, i, all);
	}
	if (w->t.count == NULL)
		claim_presence(w);
	free(value);
	free(count);
	free(out);
}

/* --- what is exact -------------------------------------------------------- */

static bool
varies(const struct prof_evidence_work *w, uint32_t class)
{
	double *const *v = w->t.value;
	unsigned r;

	for (r = 1; r < w->nruns; r++)
		if (r != w->d->runs[0] && v[r][class] != v[r - 1][class])
			return true;
	return false;
}

/* Judge by runs what varies, and nothing else: what does not has no noise. */
static void
judge_varying(struct prof_evidence_work *w, enum prof_judged what,
    const uint32_t *class, uint32_t n)
{
	struct prof_evidence_work part = *w;
	uint32_t i;
	unsigned r;

	part.n = n;
	part.t.count = NULL;
	part.phi_of = NULL;
	part.t.value = prof_alloc(w->nruns, sizeof *part.t.value);
	part.t.negative = prof_zalloc((size_t)n + 1, sizeof(bool));
	part.claim = prof_alloc((size_t)n + 1, sizeof *part.claim);
	part.effect = prof_alloc((size_t)n + 1, sizeof *part.effect);
	for (r = 0; r < w->nruns; r++)
		part.t.value[r] = prof_alloc((size_t)n + 1, sizeof(double));
	for (i = 1; i <= n; i++) {
		part.claim[i] = w->claim[class[i]];
		part.effect[i] = w->effect[class[i]];
		part.t.negative[i] = w->t.negative[class[i]];
		for (r = 0; r < w->nruns; r++)
			part.t.value[r][i] = w->t.value[r][class[i]];
	}
	prof_evidence_runs(&part, what);
	for (i = 1; i <= n; i++)
		w->claim[class[i]] = part.claim[i];
	free(part.claim);
	free(part.effect);
	prof_evidence_forget(&part.t);
}

bool
prof_evidence_exact(struct prof_evidence_work *w, enum prof_judged what)
{
	uint32_t *class = prof_alloc((size_t)w->n + 1, sizeof *class);
	struct prof_evidence_claim *c;
	uint32_t i, n = 0;

	for (i = 1; i <= w->n; i++) {
		if (w->nruns > 2 && varies(w, i)) {
			class[++n] = i;
			continue;
		}
		c = &w->claim[i];
		c->exact = true;
		c->up = w->effect[i].ratio > 1;
		c->sure = !w->t.negative[i] &&
		    fabs(w->effect[i].ratio - 1) > EXACTLY;
	}
	if (n > 0)
		judge_varying(w, what, class, n);
	free(class);
	return n > 0;
}
