/* SPDX-License-Identifier: MIT */
#include "libanalysis/gate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diff_calls.h"
#include "libanalysis/gate_help.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define SUSPECT_Q .1	/* false ones among what looks like a regression */

struct prof_gate_rule
prof_gate_default(void)
{
	struct prof_gate_rule r = { .ratio = { 3, 2 },
	    .min_delta = { 1, 1000 }, .min_share = { 1, 200 },
	    .impact = { 1, 100 }, .min_runs = 1 };

	return r;
}

/* --- one quantity of one function ----------------------------------------- */

static enum prof_diff_metric
values_of(enum prof_judged metric)
{
	return metric == PROF_JUDGED_SELF ? PROF_DIFF_SELF : PROF_DIFF_TOTAL;
}

static struct prof_regress_pair
pair_of(const struct prof_diff *d, enum prof_diff_metric metric,
    uint32_t class)
{
	struct prof_regress_pair p = { 0 };
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		p.sum[side] = d->of[metric][side][class];
		p.whole[side] = d->whole[side];
		p.error[side] = d->error[side];
		p.runs[side] = d->runs[side];
	}
	return p;
}

static struct prof_regress_rule
means_rule(const struct prof_gate_rule *rule)
{
	struct prof_regress_rule r = { .ratio = rule->ratio,
	    .min_share = rule->min_share, .impact = rule->impact };

	return r;
}

/* Calls have shares of all calls, whatever time they take. */
static bool
calls_matter(const struct prof_gate *g, const struct prof_effect *f)
{
	double least = prof_fraction_of(g->rule.min_share);

	return (f->base > 0 && prof_gate_reaches(f->base,
	    g->calls[0] * least)) || (f->now > 0 &&
	    prof_gate_reaches(f->now, g->calls[1] * least));
}

static bool
matters(const struct prof_gate *g, enum prof_judged metric, uint32_t class)
{
	struct prof_regress_pair p = pair_of(g->e->d, values_of(metric),
	    class);
	struct prof_regress_rule rule = means_rule(&g->rule);
	const struct prof_effect *f = prof_evidence_of(g->e, metric, class);
	double least = g->e->rule.min_value;

	if (prof_match_is_rounding(&g->e->d->match, class))
		return false;
	if (metric == PROF_JUDGED_CALLS)
		return calls_matter(g, f);
	if ((metric == PROF_JUDGED_SELF || metric == PROF_JUDGED_TOTAL) &&
	    fabs(f->base) < least && fabs(f->now) < least)
		return false;
	return prof_regress_matters(&rule, &p);
}

/* What 100 % of the base is, in base units. */
static double
whole_base(const struct prof_gate *g)
{
	const struct prof_diff *d = g->e->d;

	return (double)d->whole[0] * (double)d->num / (double)d->den /
	    d->runs[0];
}

/* What it grew by on top of the factor, as if the base's machine ran it. */
static double
growth(const struct prof_gate *g, enum prof_judged metric, uint32_t class)
{
	const struct prof_effect *f = prof_evidence_of(g->e, metric, class);
	const struct prof_diff *d = g->e->d;
	double factor = f->base > 0 && f->now > 0 ?
	    f->now / f->base / f->ratio : metric == PROF_JUDGED_CALLS &&
	    g->e->scaling != PROF_SCALING_GIVEN ? 1 : g->e->factor.ratio;
	double delta = f->now / factor - f->base;

	if (metric == PROF_JUDGED_PER_CALL)
		delta *= prof_diff_calls_mean(d, PROF_DIFF_NEWER, class);
	return delta;
}

static double
least_delta(const struct prof_gate *g)
{
	return g->rule.min_delta_value > 0 ? g->rule.min_delta_value :
	    prof_fraction_of(g->rule.min_delta) * whole_base(g);
}

/* A least delta that is a time says nothing of calls. */
static bool
is_large(const struct prof_gate *g, enum prof_judged metric, double delta)
{
	if (metric != PROF_JUDGED_CALLS)
		return prof_gate_reaches(delta, least_delta(g));
	return g->rule.min_delta_value > 0 || prof_gate_reaches(delta,
	    prof_fraction_of(g->rule.min_delta) * g->calls[0]);
}

static bool
has_impact(const struct prof_gate *g, enum prof_judged metric, double delta)
{
	double whole = metric == PROF_JUDGED_CALLS ? g->calls[0] :
	    whole_base(g);

	return metric != PROF_JUDGED_PER_CALL && g->rule.impact.num > 0 &&
	    prof_gate_reaches(delta,
	    prof_fraction_of(g->rule.impact) * whole);
}

/* A new function that counts, if new ones do. */
static void
accept_new(const struct prof_gate *g, struct prof_gate_row *r)
{
	if (g->rule.fresh == PROF_GATE_NEW_IGNORE)
		return;
	r->arm = PROF_ARM_NEW;
	if (g->rule.fresh == PROF_GATE_NEW_WARN)
		r->warning = true;
	else
		r->verdict = PROF_VERDICT_REGRESSION;
}

static void
judge_new(const struct prof_gate *g, struct prof_gate_row *r, double delta)
{
	if (!has_impact(g, r->metric, delta))
		return;
	if (r->effect->found)
		accept_new(g, r);
	else if (g->rule.fresh == PROF_GATE_NEW_FAIL)
		r->verdict = PROF_VERDICT_INCONCLUSIVE;
}

/* What fell, and surely or by far, did not rise by the threshold. */
static bool
has_fallen(const struct prof_gate *g, const struct prof_effect *f)
{
	return f->now <= 0 || (f->found && f->ratio < 1) ||
	    f->ratio * prof_fraction_of(g->rule.ratio) <= 1;
}

/* Whether growth that the limits allow would be a regression. */
static bool
may_regress(const struct prof_gate *g, const struct prof_gate_row *r)
{
	const struct prof_effect *f = r->effect;
	double most = f->base * (f->high - 1);

	if (isnan(f->high) || f->high < prof_fraction_of(g->rule.ratio) ||
	    has_fallen(g, f))
		return false;
	if (r->metric == PROF_JUDGED_PER_CALL)
		most *= prof_diff_calls_mean(g->e->d, PROF_DIFF_NEWER,
		    r->class);
	return is_large(g, r->metric, most) ||
	    has_impact(g, r->metric, most);
}

static void
judge_growth(const struct prof_gate *g, struct prof_gate_row *r,
    double delta)
{
	const struct prof_effect *f = r->effect;
	double ratio = prof_fraction_of(g->rule.ratio);
	bool large = is_large(g, r->metric, delta);

	if (prof_gate_reaches(g->rule.strict_ratio ? f->low : f->ratio,
	    ratio) && large) {
		r->verdict = PROF_VERDICT_REGRESSION;
		r->arm = PROF_ARM_RATIO;
	} else if (has_impact(g, r->metric, delta)) {
		r->verdict = PROF_VERDICT_REGRESSION;
		r->arm = PROF_ARM_IMPACT;
	} else if (g->rule.warn.num > 0 && large &&
	    prof_gate_reaches(f->ratio, prof_fraction_of(g->rule.warn))) {
		r->warning = true;
		r->arm = PROF_ARM_WARN;
	}
}

static void
judge_fall(const struct prof_gate *g, struct prof_gate_row *r, double delta)
{
	const struct prof_effect *f = r->effect;
	bool ratio = f->now > 0 && prof_gate_reaches(1 / f->ratio,
	    prof_fraction_of(g->rule.ratio)) && is_large(g, r->metric, delta);

	if (!ratio && !has_impact(g, r->metric, delta))
		return;
	r->verdict = PROF_VERDICT_IMPROVEMENT;
	r->arm = ratio ? PROF_ARM_RATIO : PROF_ARM_IMPACT;
}

/*
 * Undecided, but what was measured would be a regression, and is not what
 * rare functions do by chance: unchanged code has such a function in one
 * comparison of ten.
 */
static bool
is_suspect(const struct prof_gate *g, const struct prof_gate_row *r,
    double delta)
{
	const struct prof_effect *f = r->effect;

	if (!(f->q <= SUSPECT_Q))
		return false;
	return has_impact(g, r->metric, delta) || (f->base > 0 &&
	    prof_gate_reaches(f->ratio, prof_fraction_of(g->rule.ratio)) &&
	    is_large(g, r->metric, delta));
}

/* Without any basis: the ratio of the means, whatever chance does. */
static void
judge_means(const struct prof_gate *g, struct prof_gate_row *r, double delta)
{
	struct prof_regress_rule rule = means_rule(&g->rule);
	struct prof_regress_pair p = pair_of(g->e->d, values_of(r->metric),
	    r->class);

	r->verdict = prof_regress_judge(&rule, &p);
	if (r->effect->base > 0 && r->effect->now > 0 &&
	    !is_large(g, r->metric, fabs(delta)))
		r->verdict = PROF_VERDICT_OK;
	if (r->effect->base == 0 && r->verdict == PROF_VERDICT_REGRESSION) {
		r->verdict = PROF_VERDICT_OK;
		accept_new(g, r);
	} else if (r->verdict != PROF_VERDICT_OK) {
		r->arm = r->effect->now > 0 ? PROF_ARM_RATIO :
		    PROF_ARM_IMPACT;
	} else if (g->rule.warn.num > 0 && r->effect->base > 0 &&
	    is_large(g, r->metric, delta) &&
	    prof_gate_reaches(r->effect->ratio,
	    prof_fraction_of(g->rule.warn))) {
		r->warning = true;
		r->arm = PROF_ARM_WARN;
	}
}

static bool
is_negative(const struct prof_effect *f)
{
	return isnan(f->ratio) && (f->base < 0 || f->now < 0 ||
	    f->base > 0 || f->now > 0);
}

/* Returns false for what does not matter. */
static bool
judge(const struct prof_gate *g, enum prof_judged metric, uint32_t class,
    struct prof_gate_row *r)
{
	const struct prof_effect *f = prof_evidence_of(g->e, metric, class);
	double delta;

	memset(r, 0, sizeof *r);
	r->verdict = PROF_VERDICT_OK;
	r->metric = metric;
	r->class = class;
	r->effect = f;
	if (!matters(g, metric, class))
		return false;
	if (is_negative(f)) {
		if (f->base < f->now || f->base > f->now)
			r->verdict = PROF_VERDICT_INCONCLUSIVE;
		r->suspect = r->verdict == PROF_VERDICT_INCONCLUSIVE;
		return true;
	}
	if (isnan(f->ratio))
		return true;
	delta = growth(g, metric, class);
	if (g->e->basis[metric] == PROF_BASIS_NONE)
		judge_means(g, r, delta);
	else if (f->base == 0)
		judge_new(g, r, delta);
	else if (f->found && f->ratio > 1)
		judge_growth(g, r, delta);
	else if (f->found)
		judge_fall(g, r, -delta);
	if (r->verdict == PROF_VERDICT_OK && r->arm == PROF_ARM_NONE &&
	    f->base > 0 && may_regress(g, r))
		r->verdict = PROF_VERDICT_INCONCLUSIVE;
	r->suspect = r->verdict == PROF_VERDICT_INCONCLUSIVE &&
	    is_suspect(g, r, delta);
	return true;
}

/* --- functions ------------------------------------------------------------ */

/* The finding that a row is about, or that explains it. */
static void
attribute(const struct prof_gate *g, struct prof_gate_row *r)
{
	uint32_t by;

	if (r->metric > PROF_JUDGED_TOTAL || g->f == NULL ||
	    g->f->by[r->metric] == NULL || !r->effect->found)
		return;
	by = g->f->by[r->metric][r->class];
	if (by == 0)
		return;
	r->finding = &g->f->of[by - 1];
	if (r->finding->class == r->class && r->finding->shifted &&
	    r->verdict == PROF_VERDICT_REGRESSION)
		r->verdict = PROF_VERDICT_SHIFTED;
}

/* The gravest of its quantities; of equal ones the first that matters. */
static bool
judge_function(const struct prof_gate *g, uint32_t class,
    struct prof_gate_row *row)
{
	struct prof_gate_row r;
	bool any = false;
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++) {
		if (!prof_gate_judges(g, (enum prof_judged)m) ||
		    !judge(g, (enum prof_judged)m, class, &r))
			continue;
		attribute(g, &r);
		if (!any || r.verdict < row->verdict ||
		    (r.verdict == row->verdict && r.warning &&
		    !row->warning))
			*row = r;
		any = true;
	}
	return any;
}

/*
 * Folded under the culprit, if that is a row of the same verdict: what
 * fails the gate must be seen.
 */
static void
fold(struct prof_gate *g)
{
	size_t n = (size_t)g->e->d->match.n + 1, i;
	uint8_t *verdict = prof_alloc(n, sizeof *verdict);
	struct prof_gate_row *r;

	memset(verdict, PROF_VERDICTS, n);
	for (i = 0; i < g->n; i++)
		verdict[g->row[i].class] = (uint8_t)g->row[i].verdict;
	for (i = 0; i < g->n; i++) {
		r = &g->row[i];
		r->explained = r->finding != NULL && r->class != 0 &&
		    r->finding->class != r->class &&
		    r->finding->class != 0 &&
		    verdict[r->finding->class] == r->verdict;
	}
	free(verdict);
}

/* --- order ---------------------------------------------------------------- */

static double
size_of(const struct prof_gate *g, const struct prof_gate_row *r)
{
	return fabs(growth(g, r->metric, r->class));
}

/* Undecided ones: the least likely by chance first, untested ones last. */
static int
by_suspicion(const struct prof_gate_row *x, const struct prof_gate_row *y)
{
	double p = isnan(x->effect->p) ? 1 : x->effect->p;
	double q = isnan(y->effect->p) ? 1 : y->effect->p;

	if (x->suspect != y->suspect)
		return x->suspect ? -1 : 1;
	return p < q ? -1 : p > q;
}

static int
by_gravity(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_gate *g = ctx;
	const struct prof_gate_row *x = &g->row[a], *y = &g->row[b];
	double p, q;

	if (x->verdict != y->verdict)
		return x->verdict < y->verdict ? -1 : 1;
	if (x->explained != y->explained)
		return x->explained ? 1 : -1;
	if (x->warning != y->warning)
		return x->warning ? -1 : 1;
	if ((x->class == 0) != (y->class == 0))
		return x->class == 0 ? 1 : -1;
	/* Calls are no values to be compared with. */
	if (x->metric != y->metric && (x->metric == PROF_JUDGED_CALLS ||
	    y->metric == PROF_JUDGED_CALLS))
		return x->metric == PROF_JUDGED_CALLS ? 1 : -1;
	if (x->verdict == PROF_VERDICT_INCONCLUSIVE && x->class != 0 &&
	    y->class != 0) {
		int rc = by_suspicion(x, y);

		if (rc != 0)
			return rc;
	}
	p = x->class != 0 ? size_of(g, x) : 0;
	q = y->class != 0 ? size_of(g, y) : 0;
	if (p > q || q > p)
		return p > q ? -1 : 1;
	if (x->metric != y->metric)
		return x->metric < y->metric ? -1 : 1;
	return g->e->d->rank[x->class] < g->e->d->rank[y->class] ? -1 : 1;
}

static void
sort_rows(struct prof_gate *g)
{
	uint32_t *ids = prof_alloc(g->n, sizeof *ids), i;
	struct prof_gate_row *sorted = prof_alloc(g->n, sizeof *sorted);

	for (i = 0; i < g->n; i++)
		ids[i] = i;
	prof_sort_ids(ids, g->n, by_gravity, g);
	for (i = 0; i < g->n; i++)
		sorted[i] = g->row[ids[i]];
	free(g->row);
	free(ids);
	g->row = sorted;
}

/* --- the verdict ---------------------------------------------------------- */

/* A side without values has nothing to say about the other. */
static int
check_sides(struct prof_gate *g, struct prof_err *err)
{
	const struct prof_diff *d = g->e->d;
	const struct prof_diff_run *run;
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		if (d->whole[side] > 0 && (d->sum[side] != 0 ||
		    d->sum[!side] != 0))
			continue;
		run = &d->run[side == PROF_DIFF_BASE ? 0 :
		    d->runs[PROF_DIFF_BASE]];
		snprintf(g->reason, sizeof g->reason,
		    "'%.200s'%s without a value%s%.100s: nothing to judge by",
		    run->name, d->runs[side] > 1 ? " and the other runs of "
		    "its side are" : " is", d->type[0] != '\0' ? " of " : "",
		    d->type);
		return prof_fail(err, PROF_EMISMATCH, "%s", g->reason);
	}
	return PROF_OK;
}

/* How much of both sides was spent in functions that are undecided. */
static double
open_share(const struct prof_gate *g)
{
	const struct prof_diff *d = g->e->d;
	double share = 0;
	unsigned side;
	size_t i;

	for (i = 0; i < g->n; i++)
		for (side = 0; side < PROF_DIFF_SIDES; side++)
			if (g->row[i].class != 0 && g->row[i].verdict ==
			    PROF_VERDICT_INCONCLUSIVE)
				share += fabs((double)d->of[PROF_DIFF_SELF]
				    [side][g->row[i].class] /
				    (double)d->whole[side]) / 2;
	return share;
}

/*
 * Rare functions are never decided.  What they leave open is no verdict,
 * unless one of them looks like a regression or they are most of what is
 * judged.
 */
static bool
is_open(const struct prof_gate *g)
{
	const unsigned *runs = g->e->d->runs;

	return runs[0] < g->rule.min_runs || runs[1] < g->rule.min_runs ||
	    g->suspects > 0 || g->open > PROF_GATE_OPEN_MAX ||
	    prof_gate_total_is_suspect(g);
}

static void
decide(struct prof_gate *g)
{
	size_t i;

	g->verdict = PROF_VERDICT_OK;
	g->open = open_share(g);
	for (i = 0; i < g->n; i++) {
		g->suspects += g->row[i].suspect;
		if (g->row[i].verdict == PROF_VERDICT_REGRESSION)
			g->verdict = PROF_VERDICT_REGRESSION;
	}
	if (g->verdict == PROF_VERDICT_OK && is_open(g))
		g->verdict = PROF_VERDICT_INCONCLUSIVE;
}

static void
sum_calls(struct prof_gate *g)
{
	const struct prof_effect *f = g->e->of[PROF_JUDGED_CALLS];
	uint32_t i;

	if (!prof_gate_judges(g, PROF_JUDGED_CALLS))
		return;
	for (i = 1; i <= g->e->d->match.n; i++) {
		g->calls[0] += f[i].base;
		g->calls[1] += f[i].now;
	}
}

int
prof_gate_init(struct prof_gate *g, const struct prof_evidence *e,
    const struct prof_findings *f, const struct prof_gate_rule *rule,
    struct prof_err *err)
{
	uint32_t class;
	int rc;

	memset(g, 0, sizeof *g);
	g->e = e;
	g->f = f;
	g->rule = *rule;
	g->verdict = g->all = PROF_VERDICT_INCONCLUSIVE;
	rc = check_sides(g, err);
	if (rc != PROF_OK)
		return rc;
	sum_calls(g);
	g->row = prof_zalloc((size_t)e->d->match.n + 2, sizeof *g->row);
	for (class = 1; class <= e->d->match.n; class++)
		if (e->d->status[class] != PROF_DIFF_NONE &&
		    judge_function(g, class, &g->row[g->n]))
			g->count[g->row[g->n++].verdict]++;
	g->functions = g->n;
	prof_gate_judge_all(g);
	fold(g);
	sort_rows(g);
	decide(g);
	prof_gate_explain(g);
	return PROF_OK;
}

void
prof_gate_release(struct prof_gate *g)
{
	free(g->everything);
	free(g->row);
	memset(g, 0, sizeof *g);
}
