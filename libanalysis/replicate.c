/* SPDX-License-Identifier: MIT */
#include "libanalysis/replicate.h"

#include <math.h>
#include <stdlib.h>

#include "libanalysis/nomem.h"
#include "libanalysis/prior.h"
#include "libanalysis/single.h"
#include "libanalysis/special.h"

#define HALF .5			/* of a sample is added: there is no ln 0 */
#define LEAST 8			/* samples in all to be judged */
#define FIT_COUNT 10		/* samples by run to learn noise from, */
#define FIT_SHARE 1e-5		/* or share of the total */
#define GUESS_SHOT 1e-9
#define GIVEN_TAU .5		/* how well phi of a file is known */

/* One function: variances are phi * own + shot * by_sample. */
struct row {
	double change, s2, h;
	double own, by_sample;		/* of change */
	bool fits;			/* to learn from */
};

/* What is common to all functions. */
struct work {
	const struct prof_replicate *in;
	unsigned runs;
	double d;			/* degrees of freedom in a function */
	double *ln, *weight, *quantum;	/* [run], of the one at hand */
	double *total;			/* [run] sum of values */
	double share_of;		/* mean of total / factor */
	double phi, shot;
};

static void
start(struct work *w, const struct prof_replicate *in)
{
	unsigned j;
	size_t i;

	w->in = in;
	w->runs = in->runs[0] + in->runs[1];
	w->d = w->runs - 2;
	w->ln = prof_alloc(w->runs, sizeof *w->ln);
	w->weight = prof_alloc(w->runs, sizeof *w->weight);
	w->quantum = prof_alloc(w->runs, sizeof *w->quantum);
	w->total = prof_zalloc(w->runs, sizeof *w->total);
	w->share_of = 0;
	for (j = 0; j < w->runs; j++) {
		for (i = 0; i < in->n; i++)
			w->total[j] += in->value[j][i];
		w->share_of += w->total[j] / in->factor[j] / w->runs;
	}
	w->phi = PROF_SINGLE_USUAL;
	w->shot = in->count == NULL ? GUESS_SHOT : 1;
}

static void
finish(struct work *w)
{
	free(w->ln);
	free(w->weight);
	free(w->quantum);
	free(w->total);
}

/* Sums of one function over runs of one side, or of both. */
struct sums {
	double value, scaled, count, factor;
	unsigned zeros;
};

static struct sums
sum_up(const struct work *w, size_t i, unsigned from, unsigned to)
{
	const struct prof_replicate *in = w->in;
	struct sums s = { 0, 0, 0, 0, 0 };
	unsigned j;

	for (j = from; j < to; j++) {
		s.value += in->value[j][i];
		s.scaled += in->value[j][i] / in->factor[j];
		s.factor += in->factor[j];
		s.zeros += !(in->value[j][i] > 0);
		if (in->count != NULL)
			s.count += in->count[j][i];
	}
	return s;
}

/*
 * What one sample is worth in a run: of its own, or of all runs where it has
 * none.  Without counts, what the noise of small times looks like.
 */
static double
quantum_of(const struct work *w, size_t i, unsigned j, const struct sums *all)
{
	const struct prof_replicate *in = w->in;

	if (in->count == NULL)
		return w->shot * w->share_of * in->factor[j];
	if (in->count[j][i] > 0 && in->value[j][i] > 0)
		return in->value[j][i] / in->count[j][i];
	return all->value / all->count;
}

/*
 * How much variance of ln of a value there is by samples, over shot: the
 * half sample that is added to each makes up for what the logarithm of
 * small counts does (Gart, 1966).
 */
static double
by_samples(const struct work *w, const struct sums *side, unsigned runs,
    unsigned j)
{
	double mean;

	if (w->in->count == NULL) {
		mean = side->scaled / runs / w->share_of;
		return 1 / (mean + HALF * w->shot);
	}
	mean = side->count * w->in->factor[j] / side->factor;
	return 1 / (mean + HALF);
}

/* Runs from to to are of one side; adds to *r, the mean is returned. */
static double
add_side(struct work *w, size_t i, const struct sums *all, unsigned from,
    unsigned to, struct row *r)
{
	struct sums side = sum_up(w, i, from, to);
	double sum = 0, mean = 0, own = 0, by_sample = 0, h;
	unsigned j;

	for (j = from; j < to; j++) {
		h = by_samples(w, &side, to - from, j);
		w->weight[j] = 1 / (w->phi + w->shot * h);
		w->ln[j] = log((w->in->value[j][i] + HALF *
		    quantum_of(w, i, j, all)) / w->in->factor[j]);
		sum += w->weight[j];
		mean += w->weight[j] * w->ln[j];
		own += w->weight[j] * w->weight[j];
		by_sample += w->weight[j] * w->weight[j] * h;
	}
	mean /= sum;
	for (j = from; j < to; j++)
		r->s2 += w->weight[j] * (w->ln[j] - mean) * (w->ln[j] - mean);
	r->own += own / (sum * sum);
	r->by_sample += by_sample / (sum * sum);
	r->h += sum;
	return mean;
}

/*
 * Runs that tell more weigh more.  The weighted squares then say what the
 * harmonic mean of the runs' variances is.
 */
static void
look(struct work *w, size_t i, struct row *r)
{
	struct sums all = sum_up(w, i, 0, w->runs);
	double base, now, typical;

	*r = (struct row){ .change = NAN };
	if (w->in->count != NULL ? all.count < LEAST || !(all.value > 0) :
	    !(all.value > 0))
		return;
	base = add_side(w, i, &all, 0, w->in->runs[0], r);
	now = add_side(w, i, &all, w->in->runs[0], w->runs, r);
	typical = w->runs / r->h;
	r->change = now - base;
	r->s2 *= typical / w->d;
	r->h = fmax(typical - w->phi, 0) / w->shot;
	r->fits = w->in->count != NULL ? all.count >= FIT_COUNT * w->runs :
	    all.zeros == 0 && all.scaled >= FIT_SHARE * w->share_of * w->runs;
}

/* Noise as the functions that have enough show it. */
static void
learn(struct work *w, struct prof_prior *prior)
{
	double *s2 = prof_alloc(w->in->n + 1, sizeof *s2);
	double *h = prof_alloc(w->in->n + 1, sizeof *h);
	struct row r;
	size_t i, n = 0;

	for (i = 0; i < w->in->n; i++) {
		look(w, i, &r);
		if (isnan(r.change) || !r.fits)
			continue;
		s2[n] = r.s2;
		h[n++] = r.h;
	}
	prof_prior_fit(prior, s2, h, n, w->d, w->in->count != NULL);
	free(s2);
	free(h);
}

/* With both sides as one, a change that is there does not tell. */
static double
expected(const struct work *w, size_t i, double phi)
{
	struct sums all = sum_up(w, i, 0, w->runs);
	double weight[2] = { 0, 0 };
	unsigned j;

	for (j = 0; j < w->runs; j++)
		weight[j >= w->in->runs[0]] += 1 / (phi + w->shot *
		    by_samples(w, &all, w->runs, j));
	return sqrt(1 / weight[0] + 1 / weight[1] +
	    w->in->factor_se * w->in->factor_se);
}

static void
judge(const struct prof_prior *prior, const struct work *w,
    const struct row *r, struct prof_replicate_effect *out)
{
	double given = w->in->factor_se * w->in->factor_se;

	out->change = r->change;
	out->se = out->df = NAN;
	if (!isnan(r->change))
		prof_prior_judge(prior, r->s2, r->h, w->d, r->own,
		    r->by_sample * w->shot + given, &out->se, &out->df);
}

void
prof_replicate_judge(const struct prof_replicate *in,
    struct prof_replicate_effect *out, struct prof_replicate_noise *noise)
{
	struct prof_prior prior, known;
	struct work w;
	struct row r;
	size_t i;

	start(&w, in);
	if (in->phi >= 0) {
		prof_prior_init(&prior, in->phi, 0);
		prior.shot = w.shot;
	} else
		learn(&w, &prior);
	w.phi = prior.typical;
	w.shot = fmax(prior.shot, GUESS_SHOT);
	for (i = 0; i < in->n; i++) {
		look(&w, i, &r);
		if (in->phi_of != NULL && in->phi_of[i] >= 0) {
			prof_prior_init(&known, in->phi_of[i], GIVEN_TAU);
			known.shot = prior.shot;
			judge(&known, &w, &r, &out[i]);
			out[i].expected = expected(&w, i, known.typical);
		} else {
			judge(&prior, &w, &r, &out[i]);
			out[i].expected = expected(&w, i, w.phi);
		}
	}
	noise->phi = prior.typical;
	noise->d0 = prior.tau > 0 ? 2 * prof_trigamma_inverse(prior.tau *
	    prior.tau) : INFINITY;
	finish(&w);
}
