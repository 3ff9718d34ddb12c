/* SPDX-License-Identifier: MIT */
#include "libanalysis/gateparts.h"

#include <math.h>
#include <string.h>

#include "libanalysis/diffparts.h"

#define NAMES_SHOWN 3
#define FUNCTIONS_MIN 5	/* that a factor can be told from */
#define UNCHANGED 0.05		/* of the logarithm of a ratio */

/* --- of a row ------------------------------------------------------------- */

static void
part(struct prof_buf *b, size_t start)
{
	if (b->len > start)
		prof_buf_adds(b, "; ");
}

static void
add_times(struct prof_buf *b, double ratio)
{
	prof_i128 tenths = prof_gate_round(ratio * 10);

	prof_num_print(b, tenths, 1, 10, 1);
	prof_buf_addc(b, 'x');
}

/* "called 2.0x more, per call unchanged" */
static void
add_split(const struct prof_finding_split *s, struct prof_buf *b)
{
	if (!(s->calls > 0) || !(s->per_call > 0))
		return;
	if (fabs(log(s->calls)) < UNCHANGED) {
		prof_buf_adds(b, "called as often");
	} else {
		prof_buf_adds(b, "called ");
		add_times(b, s->calls);
		prof_buf_adds(b, s->calls > 1 ? " more" : " as often");
	}
	prof_buf_adds(b, ", per call ");
	if (fabs(log(s->per_call)) < UNCHANGED)
		prof_buf_adds(b, "unchanged");
	else
		add_times(b, s->per_call);
}

static void
add_names(const struct prof_gate *g, const uint32_t *class, size_t n,
    bool all, struct prof_buf *b)
{
	size_t shown = all || n <= NAMES_SHOWN + 1 ? n : NAMES_SHOWN, i;

	for (i = 0; i < shown; i++) {
		prof_buf_adds(b, i > 0 ? ", " : "");
		prof_diff_name(g->e->d, class[i], b);
	}
	if (shown < n)
		prof_buf_addf(b, " and %zu more", n - shown);
}

static void
add_base_units(const struct prof_gate *g, double v, struct prof_buf *b)
{
	prof_amount_single(b, g->e->d->unit, prof_gate_round(v), true);
}

static void
add_finding(const struct prof_gate *g, const struct prof_finding *f,
    bool verbose, struct prof_buf *b, size_t start)
{
	if (f->kind == PROF_FINDING_CALLS && f->caller != 0) {
		prof_buf_adds(b, "where ");
		prof_diff_name(g->e->d, f->caller, b);
		prof_buf_adds(b, " calls it");
	} else if (f->kind == PROF_FINDING_SPREAD) {
		prof_buf_adds(b, "in all its callers");
	} else if (f->kind == PROF_FINDING_SELF) {
		prof_buf_adds(b, "its own code");
	}
	if (f->split.known) {
		part(b, start);
		add_split(&f->split, b);
	}
	if (f->nexplains > 0) {
		part(b, start);
		prof_buf_addf(b, "explains %zu %s%s: ", f->nexplains,
		    f->kind == PROF_FINDING_SELF ? "caller" : "other",
		    f->nexplains == 1 ? "" : "s");
		add_names(g, f->explains, f->nexplains, verbose, b);
	}
	if (f->shifted && f->ngroup > 0) {
		part(b, start);
		prof_buf_adds(b, "together with ");
		add_names(g, f->group, f->ngroup, verbose, b);
		prof_buf_addc(b, ' ');
		add_base_units(g, f->group_delta, b);
	}
}

void
prof_gate_notes(const struct prof_gate *g, const struct prof_gate_row *r,
    bool verbose, struct prof_buf *b)
{
	const struct prof_effect *f = r->effect;
	const unsigned *runs = g->e->d->runs;
	size_t start = b->len;

	if (r->finding != NULL && !r->explained)
		add_finding(g, r->finding, verbose, b, start);
	else if (r->finding != NULL && r->finding->class != r->class) {
		prof_buf_adds(b, "explained by ");
		prof_diff_name(g->e->d, r->finding->class, b);
	}
	if (f != NULL && f->apart && r->verdict == PROF_VERDICT_REGRESSION) {
		part(b, start);
		prof_buf_addf(b, "runs separate: all %u new above all %u "
		    "base", runs[PROF_DIFF_NEWER], runs[PROF_DIFF_BASE]);
	}
	if (r->verdict == PROF_VERDICT_REGRESSION &&
	    (r->arm == PROF_ARM_IMPACT || r->arm == PROF_ARM_NEW)) {
		part(b, start);
		prof_buf_adds(b, "counts by its part of the base total");
	}
}

/* --- of the comparison ---------------------------------------------------- */

static void
add_percent(struct prof_buf *b, double share, unsigned decimals)
{
	int64_t den = decimals > 0 ? 10 : 1;

	prof_num_print(b, prof_gate_round(share * 100 * (double)den), 1, den,
	    decimals);
	prof_buf_addc(b, '%');
}

static const char *
scaling_name(const struct prof_evidence *e)
{
	static const char *const names[] = {
		[PROF_SCALING_AUTO] = "", [PROF_SCALING_NONE] = "",
		[PROF_SCALING_MEDIAN] = "machine, load or clock",
		[PROF_SCALING_TOTAL] = "by their totals",
		[PROF_SCALING_GIVEN] = "as --normalize says"
	};

	return e->scaling == PROF_SCALING_MEDIAN && !prof_diff_is_speed(e->d) ?
	    "in common" : names[e->scaling];
}

/* What rows are called. */
static const char *
noun(const struct prof_gate *g, size_t n)
{
	return prof_noun_of((struct prof_noun){ g->rule.one, g->rule.many,
	    NULL }, n);
}

static void
add_no_factor(const struct prof_gate *g, struct prof_buf *b)
{
	const struct prof_factor *f = &g->e->factor, *common = &g->e->common;

	prof_buf_adds(b, "no factor that all code has in common: ");
	if (f->used == 0) {
		prof_buf_addf(b, "no %s to tell it from", noun(g, 1));
	} else if (f->used < FUNCTIONS_MIN) {
		prof_buf_addf(b, "%zu %s to tell it from", f->used,
		    noun(g, f->used));
	} else if (f->support >= .5) {
		prof_buf_addf(b, "more than one fits %zu %s", f->used,
		    noun(g, f->used));
	} else {
		add_percent(b, f->support > 0 ? f->support : 0, 0);
		prof_buf_addf(b, " of the weight of %zu %s agree", f->used,
		    noun(g, f->used));
	}
	if (f->used >= FUNCTIONS_MIN && !isnan(common->ratio)) {
		prof_buf_adds(b, ", such as ");
		prof_gate_ratio(b, common->ratio);
		prof_gate_limits(b, common->low, common->high);
	}
	prof_buf_adds(b, "; the total decides\n");
}

/* Of a scale that was asked for: what remains, and is judged. */
static void
add_common(const struct prof_gate *g, struct prof_buf *b)
{
	const struct prof_factor *f = &g->e->common;

	prof_buf_adds(b, "all code ");
	prof_gate_ratio(b, f->ratio);
	prof_gate_limits(b, f->low, f->high);
	prof_buf_adds(b, g->e->scaling == PROF_SCALING_NONE ? "" :
	    " beside the scale that --normalize gives");
	prof_buf_addf(b, " (%s), agreed on by ", prof_diff_is_speed(g->e->d) ?
	    "machine, load or clock" : "in common");
	add_percent(b, f->support, 0);
	prof_buf_addf(b, " of the weight; left in the ratios of %s\n",
	    noun(g, 2));
}

void
prof_gate_factor(const struct prof_gate *g, struct prof_buf *b)
{
	const struct prof_evidence *e = g->e;
	const struct prof_factor *f = &e->factor;

	if (!prof_gate_judges_all(g))
		return;
	if (!e->global && e->scaling == PROF_SCALING_MEDIAN) {
		add_no_factor(g, b);
		return;
	}
	if (!isnan(e->common.ratio))
		add_common(g, b);
	if (scaling_name(e)[0] == '\0' || !isnan(e->common.ratio))
		return;
	prof_buf_adds(b, "all code ");
	prof_gate_ratio(b, f->ratio);
	prof_gate_limits(b, f->low, f->high);
	prof_buf_addf(b, " (%s)", scaling_name(e));
	if (e->scaling == PROF_SCALING_MEDIAN) {
		prof_buf_adds(b, ", agreed on by ");
		add_percent(b, f->support, 0);
		prof_buf_adds(b, " of the weight");
	}
	prof_buf_addf(b, "; ratios of %s are on top of that\n", noun(g, 2));
}

static void
add_runs(struct prof_buf *b, const char *side, unsigned n)
{
	prof_buf_addf(b, "%s %u run%s", side, n, n == 1 ? "" : "s");
}

static void
add_floor(const struct prof_gate *g, struct prof_buf *b)
{
	if (g->rule.min_delta_value > 0) {
		prof_amount_single(b, g->e->d->unit,
		    prof_gate_round(g->rule.min_delta_value), false);
	} else {
		prof_gate_share(b, g->rule.min_delta);
		prof_buf_adds(b, " of base");
	}
}

static bool
any_basis(const struct prof_gate *g, enum prof_basis basis)
{
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++)
		if (prof_gate_judges(g, (enum prof_judged)m) &&
		    g->e->basis[m] == basis)
			return true;
	return false;
}

/* Means alone do not tell an impact from noise. */
static bool
any_tested(const struct prof_gate *g)
{
	unsigned basis;

	for (basis = PROF_BASIS_NONE + 1; basis <= PROF_BASIS_EXACT; basis++)
		if (any_basis(g, (enum prof_basis)basis))
			return true;
	return false;
}

void
prof_gate_setup(const struct prof_gate *g, const char *dot,
    struct prof_buf *b)
{
	const struct prof_evidence *e = g->e;
	bool any = false;
	unsigned m;

	add_runs(b, "base", e->d->runs[PROF_DIFF_BASE]);
	prof_buf_adds(b, dot);
	add_runs(b, "new", e->d->runs[PROF_DIFF_NEWER]);
	prof_buf_adds(b, dot);
	for (m = 0; m < PROF_JUDGED; m++) {
		if (!prof_gate_judges(g, (enum prof_judged)m))
			continue;
		prof_buf_addf(b, "%s%s", any ? ", " : "",
		    prof_judged_name(m));
		any = true;
	}
	prof_buf_addf(b, "%s%s ", dot, g->rule.strict_ratio ?
	    "proved from" : "from");
	prof_gate_limit(b, g->rule.ratio);
	prof_buf_adds(b, " and ");
	add_floor(g, b);
	if (g->rule.impact.num > 0) {
		prof_buf_adds(b, any_tested(g) ? ", or from " :
		    ", new ones from ");
		prof_gate_share(b, g->rule.impact);
		prof_buf_adds(b, " of base");
	}
	prof_buf_addf(b, "%sshare from ", dot);
	prof_gate_share(b, g->rule.min_share);
	prof_buf_addf(b, "%sq ", dot);
	prof_gate_p(b, e->rule.alpha);
	prof_buf_addc(b, '\n');
}

static bool
only_exact(const struct prof_gate *g)
{
	return any_basis(g, PROF_BASIS_EXACT) &&
	    !any_basis(g, PROF_BASIS_NONE) &&
	    !any_basis(g, PROF_BASIS_SINGLE) &&
	    !any_basis(g, PROF_BASIS_RUNS) &&
	    !any_basis(g, PROF_BASIS_CROSS);
}

bool
prof_gate_is_unproved(const struct prof_gate *g)
{
	const struct prof_evidence *e = g->e;

	return e->d->nruns == 2 && isnan(e->total[1]) &&
	    e->model[PROF_JUDGED_SELF] == PROF_MODEL_TIMED &&
	    prof_gate_judges_all(g);
}

const char *
prof_gate_no_rate(const struct prof_gate *g)
{
	if (g->e->d->nruns != 2 || !isnan(g->e->expected) || only_exact(g) ||
	    g->e->samples[0] > 0 || g->e->samples[1] > 0)
		return NULL;
	return "how often unchanged code would fail is not known without "
	    "counted samples";
}

/* One run each: what can be said, and how often it is wrong. */
static void
add_single(const struct prof_gate *g, struct prof_buf *b)
{
	const struct prof_evidence *e = g->e;

	const char *none = prof_gate_no_rate(g);

	if (only_exact(g)) {
		prof_buf_adds(b, "one run each: exact counts, any change is "
		    "real\n");
		return;
	}
	prof_buf_adds(b, "one run each: single-run evidence");
	if (!any_basis(g, PROF_BASIS_SINGLE) &&
	    any_basis(g, PROF_BASIS_CROSS))
		prof_buf_addf(b, "; noise is learned from the other %s of "
		    "these two runs", noun(g, 2));
	else if (!any_basis(g, PROF_BASIS_SINGLE))
		prof_buf_adds(b, "; nothing tells noise, judged by means");
	if (!isnan(e->expected)) {
		prof_buf_adds(b, "; ");
		add_percent(b, e->expected, 1);
		prof_buf_adds(b, " of comparisons of unchanged code would "
		    "fail like this");
	}
	prof_buf_addc(b, '\n');
	if (prof_gate_is_unproved(g))
		prof_buf_addf(b, "%s decide%s on everything together: load "
		    "cannot be told from change; ", e->global ?
		    "the factor of all code" : "the totals",
		    e->global ? "s" : "");
	if (none != NULL)
		prof_buf_addf(b, "%s\n", none);
}

void
prof_gate_caveats(const struct prof_gate *g, struct prof_buf *b)
{
	const struct prof_evidence *e = g->e;
	const unsigned *runs = e->d->runs;
	bool few[2] = { runs[0] < 3, runs[1] < 3 };

	if (e->d->nruns == 2)
		add_single(g, b);
	else if (few[0] || few[1])
		prof_buf_addf(b, "fewer than three runs of %s: how much runs "
		    "vary is learned from %s\n", few[0] && few[1] ? "base "
		    "and new" : few[0] ? "base" : "new", few[0] && few[1] ?
		    "few of them" : "the other side");
	if (e->reason != NULL && !only_exact(g))
		prof_buf_addf(b, "samples behind the values are not known: "
		    "%s\n", e->reason);
}
