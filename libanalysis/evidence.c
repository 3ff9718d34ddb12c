/* SPDX-License-Identifier: MIT */
#include "libanalysis/evidence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/evidence_state.h"
#include "libanalysis/noise_table.h"
#include "libanalysis/nomem.h"
#include "libanalysis/special.h"

#define LEAST_USED 5	/* functions that tell a factor */
#define LEAST_SUPPORT .5
#define MOST_SE .18	/* of one that tells anything */
#define LEAST_TIME 1e6	/* ns: less is mostly what measuring takes */

struct prof_evidence_rule
prof_evidence_default(void)
{
	struct prof_evidence_rule r = { .ratio = { 3, 2 },
	    .min_share = { 0, 1 }, .min_value = -1, .alpha = .05,
	    .level = .95, .both = true, .phi = -1 };

	return r;
}

const char *
prof_judged_name(enum prof_judged what)
{
	static const char *const names[PROF_JUDGED] = { "self", "total",
	    "calls", "per-call" };

	return names[what];
}

const char *
prof_basis_name(enum prof_basis basis)
{
	static const char *const names[] = { "none", "single-run",
	    "replicates", "cross-function", "exact" };

	return names[basis];
}

/* --- the factor of everything --------------------------------------------- */

static int
check_size(const struct prof_evidence_work *w, const double *size,
    struct prof_err *err)
{
	unsigned r;

	for (r = 0; r < w->nruns; r++)
		if (!(size[r] > 0) || isinf(size[r]))
			return prof_fail(err, PROF_EMISMATCH, "'%.200s' has "
			    "no size above 0 to be scaled by",
			    w->d->run[r].name);
	return PROF_OK;
}

/* Of each run, in base units. */
static double *
totals(const struct prof_evidence_work *w)
{
	double *size = prof_alloc(w->nruns, sizeof *size);
	unsigned r;

	for (r = 0; r < w->nruns; r++)
		size[r] = (double)w->d->run[r].flat->sum *
		    (double)w->d->factor[r] * (double)w->d->num /
		    (double)w->d->den;
	return size;
}

static void
forget_factor(struct prof_evidence_work *w)
{
	struct prof_factor *f = &w->e->factor;
	unsigned r;

	if (f->run == NULL)
		f->run = prof_alloc(w->nruns, sizeof *f->run);
	for (r = 0; r < w->nruns; r++)
		f->run[r] = 1;
	f->ratio = 1;
	f->se = 0;
	f->low = f->high = NAN;
}

/* Whether enough functions agree on one. */
static bool
learn(const struct prof_evidence_work *w, struct prof_factor *f)
{
	const double **value = prof_alloc(w->nruns, sizeof *value);
	const double **count = prof_alloc(w->nruns, sizeof *count);
	unsigned r;

	for (r = 0; r < w->nruns; r++) {
		value[r] = w->t.value[r] + 1;
		count[r] = w->t.count != NULL ? w->t.count[r] + 1 : NULL;
	}
	prof_factor_of(f, w->n, w->d->runs, value,
	    w->t.count != NULL ? count : NULL, w->e->rule.level);
	free(value);
	free(count);
	return f->used >= LEAST_USED && f->support >= LEAST_SUPPORT &&
	    f->se <= MOST_SE;
}

static void
scale_by_functions(struct prof_evidence_work *w)
{
	struct prof_evidence *e = w->e;

	e->global = learn(w, &e->factor);
	if (e->global)
		return;
	/* One that is not agreed on would only hide changes. */
	e->common.ratio = e->factor.ratio;
	e->common.low = e->factor.low;
	e->common.high = e->factor.high;
	forget_factor(w);
}

/* To be said: what is tested has another one. */
static void
learn_common(struct prof_evidence_work *w)
{
	struct prof_evidence *e = w->e;
	struct prof_factor *f = &e->common;

	if (e->scaling == PROF_SCALING_MEDIAN || w->exact)
		return;
	if (!learn(w, f))
		f->ratio = f->low = f->high = NAN;
	f->ratio /= e->factor.ratio;
	f->low /= e->factor.ratio;
	f->high /= e->factor.ratio;
}

static int
scale(struct prof_evidence_work *w, struct prof_err *err)
{
	struct prof_evidence *e = w->e;
	double *size;
	int rc = PROF_OK;
	bool known;

	/* Noise from outside is what remains beside the factor of a run. */
	known = e->rule.phi >= 0 || e->rule.noise != NULL;
	e->scaling = e->rule.scaling;
	if (e->scaling == PROF_SCALING_AUTO)
		e->scaling = w->sampled || ((w->nruns > 2 || known) &&
		    !w->exact) ? PROF_SCALING_MEDIAN : PROF_SCALING_NONE;
	if (e->scaling == PROF_SCALING_MEDIAN) {
		scale_by_functions(w);
	} else if (e->scaling == PROF_SCALING_NONE) {
		forget_factor(w);
	} else {
		size = e->scaling == PROF_SCALING_TOTAL ? totals(w) : NULL;
		rc = check_size(w, size != NULL ? size : e->rule.size, err);
		if (rc == PROF_OK)
			prof_factor_by(&e->factor, w->d->runs, size != NULL ?
			    size : e->rule.size, e->rule.level);
		free(size);
	}
	return rc;
}

/* Mean and sum of squares about it, of logarithms of v. */
static double
mean_log(const double *v, unsigned n, double *square)
{
	double *t = prof_alloc(n, sizeof *t), mean;
	unsigned r;

	for (r = 0; r < n; r++)
		t[r] = log(v[r]);
	mean = prof_evidence_sum(t, n) / n;
	for (r = 0; r < n; r++)
		t[r] = (t[r] - mean) * (t[r] - mean);
	*square = prof_evidence_sum(t, n);
	free(t);
	return mean;
}

/* As of a function, whose samples are all of them. */
static void
limit_total(struct prof_evidence_work *w)
{
	struct prof_evidence *e = w->e;

	if (!w->sampled || !(e->total[0] > 0) || isinf(e->total[0]))
		return;
	prof_single_interval(&w->noise, e->samples[0], e->samples[1],
	    e->samples[1] / e->samples[0] / e->total[0], e->rule.level,
	    &e->total[1], &e->total[2]);
}

/* Limits from what runs of one side differ by, or samples of single ones. */
static void
compare_totals(struct prof_evidence_work *w)
{
	const struct prof_diff *d = w->d;
	struct prof_evidence *e = w->e;
	double *size = totals(w), square[2], change, se, df;
	unsigned r, k = d->runs[0], m = d->runs[1];
	bool positive = true;

	for (r = 0; r < w->nruns; r++)
		positive = positive && size[r] > 0;
	e->total[0] = (double)d->sum[1] / m / ((double)d->sum[0] / k);
	e->total[1] = e->total[2] = w->exact ? e->total[0] : NAN;
	if (w->nruns == 2) {
		limit_total(w);
	} else if (positive) {
		change = -mean_log(size, k, &square[0]);
		change += mean_log(size + k, m, &square[1]);
		se = sqrt(prof_factor_load(d->runs, square[0] + square[1],
		    &df));
		se *= prof_student_at((1 - e->rule.level) / 2, df);
		e->total[1] = fmin(exp(change - se), e->total[0]);
		e->total[2] = fmax(exp(change + se), e->total[0]);
	}
	free(size);
}

/* --- one quantity --------------------------------------------------------- */

static void
set_model(struct prof_evidence_work *w, enum prof_judged what)
{
	struct prof_evidence *e = w->e;
	bool calls = prof_evidence_calls(w->d);

	if (what == PROF_JUDGED_CALLS ||
	    (w->exact && what != PROF_JUDGED_PER_CALL)) {
		e->model[what] = PROF_MODEL_EXACT;
		e->basis[what] = PROF_BASIS_EXACT;
		return;
	}
	e->model[what] = w->sampled ? PROF_MODEL_SAMPLED : PROF_MODEL_TIMED;
	if (w->nruns > 2)
		e->basis[what] = PROF_BASIS_RUNS;
	else if (w->sampled && what != PROF_JUDGED_PER_CALL)
		e->basis[what] = PROF_BASIS_SINGLE;
	else if (e->rule.phi >= 0 || (w->phi_of != NULL &&
	    (e->global || e->scaling != PROF_SCALING_MEDIAN)))
		e->basis[what] = PROF_BASIS_SINGLE;
	else
		e->basis[what] = calls ? PROF_BASIS_CROSS : PROF_BASIS_NONE;
}

/* Times share the factor of everything, calls only one of all work. */
static void
set_factor(struct prof_evidence_work *w, enum prof_judged what)
{
	bool given = w->e->scaling == PROF_SCALING_GIVEN ||
	    w->e->scaling == PROF_SCALING_TOTAL;
	bool work = w->e->scaling == PROF_SCALING_GIVEN;
	bool factor = what == PROF_JUDGED_CALLS ? work :
	    what == PROF_JUDGED_PER_CALL ? !given : true;

	w->t.factor = factor ? w->e->factor.run : w->ones;
	w->factor = factor ? w->e->factor.ratio : 1;
	w->factor_se = factor ? w->e->factor.se : 0;
}

static void
prepare(struct prof_evidence_work *w, enum prof_judged what)
{
	struct prof_effect *f;
	uint32_t i;

	w->effect = w->e->of[what] = prof_zalloc((size_t)w->n + 1, sizeof *f);
	w->claim = prof_zalloc((size_t)w->n + 1, sizeof *w->claim);
	prof_evidence_means(w, what, w->effect);
	for (i = 0; i <= w->n; i++) {
		f = &w->effect[i];
		f->ratio = f->base != 0 ? f->now / f->base / w->factor :
		    f->now > 0 ? INFINITY : NAN;
		if (w->t.negative[i])
			f->ratio = NAN;
		f->low = f->high = f->p = f->q = f->mdr = NAN;
		f->samples[0] = f->samples[1] = NAN;
		f->weight = 1;
		w->claim[i].change = w->claim[i].se = w->claim[i].p = NAN;
		w->claim[i].expected = NAN;
	}
	prof_evidence_samples(w);
}

static void
judge(struct prof_evidence_work *w, enum prof_judged what)
{
	struct prof_evidence *e = w->e;

	prof_evidence_read(w, what, &w->t);
	w->phi_of = prof_evidence_known(w, what);
	set_model(w, what);
	set_factor(w, what);
	prepare(w, what);
	switch (e->basis[what]) {
	case PROF_BASIS_SINGLE:
		if (e->model[what] == PROF_MODEL_SAMPLED)
			prof_evidence_single(w);
		else
			prof_evidence_given(w);
		break;
	case PROF_BASIS_CROSS:
		prof_evidence_cross(w, what);
		break;
	case PROF_BASIS_RUNS:
		prof_evidence_runs(w, what);
		break;
	case PROF_BASIS_EXACT:
		if (prof_evidence_exact(w, what)) {
			e->model[what] = PROF_MODEL_TIMED;
			e->basis[what] = PROF_BASIS_RUNS;
			e->reason = "runs of one side differ in what is "
			    "counted exactly";
		}
		break;
	default:
		break;
	}
	prof_evidence_family(w, what);
	prof_evidence_forget(&w->t);
	free(w->claim);
	free(w->phi_of);
}

static void
judge_all(struct prof_evidence_work *w, unsigned judged)
{
	struct prof_evidence *e = w->e;
	bool calls = prof_evidence_calls(w->d);
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++)
		if ((judged & 1u << m) != 0 &&
		    (calls || m < PROF_JUDGED_CALLS))
			judge(w, (enum prof_judged)m);
	if (e->basis[PROF_JUDGED_SELF] == PROF_BASIS_SINGLE && w->sampled)
		e->expected = prof_evidence_alarms(fmin(e->samples[0],
		    e->samples[1]), e->phi, e->rule.both);
}

/* Times of calls that no samples are behind. */
static bool
is_timed(const struct prof_evidence_work *w)
{
	return !w->sampled && !w->exact && prof_evidence_calls(w->d) &&
	    strcmp(w->d->unit, "nanoseconds") == 0;
}

/* What others vary by says nothing of these. */
static void
check_table(struct prof_evidence_work *w)
{
	const struct prof_noise_table *t = w->e->rule.noise;
	uint32_t i;

	for (i = 1; t != NULL && i <= w->n; i++)
		if (prof_noise_table_knows(t, prof_match_row(&w->d->match, i)))
			return;
	w->e->strange = t != NULL;
	w->e->rule.noise = NULL;
}

/* What all quantities are judged by: the factor, and noise of single runs. */
static int
begin(struct prof_evidence_work *w, struct prof_err *err)
{
	struct prof_evidence *e = w->e;
	unsigned r;
	int rc;

	w->ones = prof_alloc(w->nruns, sizeof *w->ones);
	for (r = 0; r < w->nruns; r++)
		w->ones[r] = 1;
	e->phi = e->rule.phi >= 0 ? e->rule.phi : NAN;
	w->noise.tau = .5;
	prof_evidence_count(w);
	check_table(w);
	if (e->rule.min_value < 0)
		e->rule.min_value = is_timed(w) ? LEAST_TIME : 0;
	prof_evidence_read(w, PROF_JUDGED_SELF, &w->t);
	rc = scale(w, err);
	if (rc == PROF_OK)
		learn_common(w);
	if (rc == PROF_OK && w->nruns == 2 && w->sampled) {
		set_factor(w, PROF_JUDGED_SELF);
		prepare(w, PROF_JUDGED_SELF);
		prof_evidence_noise(w);
		e->phi = w->noise.phi;
		e->tau = w->noise.tau;
		free(w->claim);
		free(e->of[PROF_JUDGED_SELF]);
		e->of[PROF_JUDGED_SELF] = NULL;
	}
	prof_evidence_forget(&w->t);
	return rc;
}

int
prof_evidence_init(struct prof_evidence *e, const struct prof_diff *d,
    const struct prof_evidence_rule *rule, unsigned judged,
    struct prof_err *err)
{
	struct prof_evidence_work w = { .e = e, .d = d, .n = d->match.n,
	    .nruns = d->nruns };
	int rc;

	memset(e, 0, sizeof *e);
	e->d = d;
	e->common.ratio = e->common.low = e->common.high = NAN;
	e->rule = *rule;
	e->expected = NAN;
	e->phi = e->tau = e->d0 = NAN;
	rc = begin(&w, err);
	if (rc == PROF_OK) {
		compare_totals(&w);
		/* Its noise is that of all others, too. */
		judge_all(&w, judged | 1u << PROF_JUDGED_SELF);
	}
	prof_evidence_uncount(&w);
	free(w.per);
	free(w.ones);
	return rc;
}

void
prof_evidence_release(struct prof_evidence *e)
{
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++)
		free(e->of[m]);
	prof_factor_release(&e->factor);
	prof_factor_release(&e->common);
	memset(e, 0, sizeof *e);
}
