/* SPDX-License-Identifier: MIT */
#include "libanalysis/gate_help.h"

#include <math.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/single.h"
#include "libanalysis/special.h"

#define TWO_SIDED_95 1.96

static enum prof_verdict
judge_limits(double low, double high, double threshold)
{
	if (prof_gate_reaches(low, threshold))
		return PROF_VERDICT_REGRESSION;
	if (high > 0 && prof_gate_reaches(1 / high, threshold))
		return PROF_VERDICT_IMPROVEMENT;
	return high < threshold ? PROF_VERDICT_OK :
	    PROF_VERDICT_INCONCLUSIVE;
}

/*
 * Whether the totals differ by more than chance.  Of single runs samples alone
 * tell: what functions differ by from the factor is not known where there is
 * none, and all of them may have doubled.
 */
static bool
total_changed(const struct prof_gate *g)
{
	const struct prof_evidence *e = g->e;
	double change = fabs(log(e->total[0]));

	if (isnan(e->total[1]))
		return true;
	if (e->d->nruns > 2 || !(e->samples[0] > 0) || !(e->samples[1] > 0))
		return e->total[1] > 1 || e->total[2] < 1;
	return change > TWO_SIDED_95 * sqrt(1 / e->samples[0] +
	    1 / e->samples[1] + 2 * fmax(e->rule.phi,
	    PROF_SINGLE_USUAL));
}

/*
 * By how much printing may have changed a total: roundings of n numbers
 * rarely add up to more than the root of n of them.
 */
static prof_i128
rounding_of(const struct prof_diff *d, unsigned side)
{
	const prof_i128 *self = d->of[PROF_DIFF_SELF][side];
	uint32_t i, n = 0;

	if (d->error[side] == 0)
		return 0;
	for (i = 1; i <= d->match.n; i++)
		n += self[i] != 0;
	return (prof_i128)ceil((double)d->error[side] * sqrt(fmax(n, 1)));
}

static struct prof_regress_pair
totals_of(const struct prof_gate *g)
{
	struct prof_regress_pair p = { 0 };
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		p.sum[side] = g->e->d->sum[side];
		p.error[side] = rounding_of(g->e->d, side);
		p.runs[side] = g->e->d->runs[side];
	}
	return p;
}

/*
 * Whatever the smallest share: all of it matters.  Not what a few samples, or
 * runs that differ as much, have by chance.
 */
static enum prof_verdict
judge_totals(const struct prof_gate *g, struct prof_fraction threshold)
{
	struct prof_regress_rule rule = { .ratio = threshold,
	    .min_share = { 0, 1 }, .impact = { 1, 100 } };
	struct prof_regress_pair p = totals_of(g);
	enum prof_verdict verdict;

	verdict = prof_regress_judge(&rule, &p);
	if ((verdict == PROF_VERDICT_REGRESSION ||
	    verdict == PROF_VERDICT_IMPROVEMENT) && !total_changed(g))
		return PROF_VERDICT_INCONCLUSIVE;
	return verdict;
}

/*
 * Whether the factor is above 1 at the level at which functions are found.
 * Its limits are of another level, and scaled to this one.
 */
static bool
factor_rose(const struct prof_gate *g, const struct prof_effect *f)
{
	const struct prof_evidence *e = g->e;
	double df = e->factor.df > 0 ? e->factor.df : (double)INFINITY, least;

	if (!(f->low > 1) || !(f->ratio > f->low))
		return f->low > 1;
	least = log(f->ratio / f->low) *
	    prof_student_at(e->rule.alpha, df) /
	    prof_student_at((1 - e->rule.level) / 2, df);
	return log(f->ratio) >= least;
}

/*
 * The factor is above the threshold if its lower limit is; or, as functions
 * are judged, if it reaches it and surely rose.  The totals as measured must
 * have done so, too: a factor is wrong where functions changed unevenly.
 */
static enum prof_verdict
judge_factor(const struct prof_gate *g, const struct prof_effect *f,
    struct prof_fraction threshold)
{
	enum prof_verdict v = judge_limits(f->low, f->high,
	    prof_fraction_of(threshold));

	if (v == PROF_VERDICT_INCONCLUSIVE && !g->rule.strict_ratio &&
	    prof_gate_reaches(f->ratio, prof_fraction_of(threshold)) &&
	    factor_rose(g, f) && g->e->total[1] > 1 &&
	    judge_totals(g, threshold) == PROF_VERDICT_REGRESSION)
		return PROF_VERDICT_REGRESSION;
	return v;
}

/* Where nothing else is judged: the sum of them, which is exact. */
static void
take_calls(const struct prof_gate *g, struct prof_gate_row *r,
    struct prof_effect *f)
{
	r->metric = PROF_JUDGED_CALLS;
	f->base = g->calls[0];
	f->now = g->calls[1];
	f->ratio = f->base > 0 ? f->now / f->base : NAN;
	if (g->e->scaling == PROF_SCALING_GIVEN)
		f->ratio /= g->e->factor.ratio;
	f->low = f->high = g->e->basis[PROF_JUDGED_CALLS] ==
	    PROF_BASIS_EXACT ? f->ratio : NAN;
	f->samples[0] = f->samples[1] = NAN;
}

static enum prof_verdict
verdict_of(const struct prof_gate *g, const struct prof_effect *f,
    struct prof_fraction threshold)
{
	const struct prof_evidence *e = g->e;
	struct prof_regress_pair p = totals_of(g);

	if (!prof_gate_judges_all(g))
		return judge_limits(f->ratio, f->ratio,
		    prof_fraction_of(threshold));
	if (prof_regress_is_rounding(&p))
		return PROF_VERDICT_OK;
	if (e->global)
		return judge_factor(g, f, threshold);
	if (e->scaling == PROF_SCALING_GIVEN ||
	    e->scaling == PROF_SCALING_TOTAL)
		return judge_limits(f->ratio, f->ratio,
		    prof_fraction_of(threshold));
	return judge_totals(g, threshold);
}

void
prof_gate_judge_all(struct prof_gate *g)
{
	const struct prof_evidence *e = g->e;
	struct prof_fraction threshold = g->rule.total.num > 0 ?
	    g->rule.total : g->rule.ratio;
	struct prof_effect *f = prof_zalloc(1, sizeof *f);
	struct prof_gate_row *r = &g->row[g->n++];
	double units = (double)e->d->num / (double)e->d->den;

	f->base = (double)e->d->sum[0] * units / e->d->runs[0];
	f->now = (double)e->d->sum[1] * units / e->d->runs[1];
	f->ratio = e->global ? e->factor.ratio : e->total[0] /
	    e->factor.ratio;
	f->low = e->global ? e->factor.low : e->total[1] / e->factor.ratio;
	f->high = e->global ? e->factor.high : e->total[2] / e->factor.ratio;
	f->p = f->q = f->mdr = NAN;
	f->samples[0] = e->samples[0];
	f->samples[1] = e->samples[1];
	g->everything = f;
	memset(r, 0, sizeof *r);
	r->metric = PROF_JUDGED_TOTAL;
	r->effect = f;
	if (!prof_gate_judges_all(g))
		take_calls(g, r, f);
	r->verdict = verdict_of(g, f, threshold);
	/* Not proved, where something is known of what chance does. */
	if (r->verdict == PROF_VERDICT_OK && !e->global && f->high > f->low &&
	    prof_gate_reaches(f->high, prof_fraction_of(threshold)))
		r->verdict = PROF_VERDICT_INCONCLUSIVE;
	r->arm = r->verdict != PROF_VERDICT_OK ? PROF_ARM_TOTAL :
	    PROF_ARM_NONE;
	f->found = r->verdict == PROF_VERDICT_REGRESSION ||
	    r->verdict == PROF_VERDICT_IMPROVEMENT;
	g->all = r->verdict;
}

bool
prof_gate_total_is_suspect(const struct prof_gate *g)
{
	struct prof_fraction total = g->rule.total.num > 0 ?
	    g->rule.total : g->rule.ratio;

	return g->all == PROF_VERDICT_INCONCLUSIVE &&
	    (isnan(g->everything->ratio) ||
	    prof_gate_reaches(g->everything->ratio, prof_fraction_of(total)));
}
