/* SPDX-License-Identifier: MIT */
#include "libanalysis/diffsay.h"

#include <math.h>
#include <string.h>

#include "libanalysis/name.h"

#define FEW_RUNS 3	/* on a side: fewer are said to be few */

static bool
is_counted(const struct prof_diff *d)
{
	const struct prof_unit *unit = prof_unit_find(d->unit,
	    strlen(d->unit));

	return unit != NULL && unit->family == PROF_UNIT_COUNT;
}

/* --- the totals ----------------------------------------------------------- */

void
prof_diff_add_percent(struct prof_buf *b, double by)
{
	if (by < .01) {
		prof_buf_adds(b, "slightly");
	} else if (by > 99.9) {
		prof_buf_adds(b, "over 99.9%");
	} else {
		prof_diff_double(b, by, by < .095 ? 2 : 1);
		prof_buf_addc(b, '%');
	}
}

/* "B takes 0.3% more time than A", "B has 99.7% fewer samples than A". */
static void
add_by_percent(const struct prof_diff_speech *s, double change)
{
	double by = 100 * fabs(change);

	prof_buf_adds(s->b, prof_diff_is_time(s->d) ? "B takes " : "B has ");
	prof_diff_add_percent(s->b, by);
	prof_buf_adds(s->b, change > 0 ? " more " : is_counted(s->d) ?
	    " fewer " : " less ");
	if (prof_diff_is_time(s->d))
		prof_buf_adds(s->b, "time");
	else
		prof_name_print(s->b, s->d->type, strlen(s->d->type));
	prof_buf_adds(s->b, " than A");
}

/* "B takes 1.28x A", "B has 1.28x the samples of A". */
static void
add_factor(const struct prof_diff_speech *s)
{
	const struct prof_diff *d = s->d;
	prof_i128 x = d->sum[PROF_DIFF_NEWER] * d->runs[PROF_DIFF_BASE];
	prof_i128 y = d->sum[PROF_DIFF_BASE] * d->runs[PROF_DIFF_NEWER];
	double change = (double)(x - y) / (double)y;

	if (x != y && (fabs(change) < .005 || change < -.9)) {
		add_by_percent(s, change);
		return;
	}
	prof_buf_adds(s->b, prof_diff_is_time(d) ? "B takes " : "B has ");
	if (x == y)
		prof_buf_adds(s->b, is_counted(d) ? "as many" : "as much");
	else
		prof_amount_ratio(s->b, x, y, 2);
	if (!prof_diff_is_time(d)) {
		prof_buf_adds(s->b, x == y ? " " : " the ");
		prof_name_print(s->b, d->type, strlen(d->type));
	}
	prof_buf_adds(s->b, x == y ? " as A" :
	    prof_diff_is_time(d) ? " A" : " of A");
}

static void
add_change(const struct prof_diff_speech *s, prof_i128 change)
{
	const struct prof_wish *wish = &s->form->unit;
	struct prof_spread spread = { 0 };

	prof_spread_add(&spread, change);
	if (wish->how == PROF_UNIT_MINIMUM || wish->how == PROF_UNIT_AUTO)
		prof_amount_single(s->b, s->d->unit, change, true);
	else	/* so many decimals that it is not nothing */
		prof_amount_change(s->b, prof_amount_choose(s->d->unit, 1, 1,
		    &spread, wish), change);
}

/* "A is empty, B has 8231 samples" */
static void
add_only(const struct prof_diff_speech *s, struct prof_amount a, prof_i128 v)
{
	bool first = s->d->whole[PROF_DIFF_BASE] == 0;

	prof_buf_adds(s->b, first ? "A is empty, B has " :
	    "B is empty, A has ");
	prof_amount_print(s->b, a, v);
	if (s->d->type[0] == '\0')
		return;
	prof_buf_adds(s->b, a.scale.unit != NULL && a.scale.unit[0] != '\0' ?
	    " of " : " ");
	prof_name_print(s->b, s->d->type, strlen(s->d->type));
}

/* Short where the finding before it has numbers of its own. */
static void
add_totals(const struct prof_diff_speech *s, bool brief)
{
	const struct prof_diff *d = s->d;
	prof_i128 x = prof_diff_sum(d, PROF_DIFF_NEWER);
	prof_i128 y = prof_diff_sum(d, PROF_DIFF_BASE);
	struct prof_amount a = prof_diff_amount(d, &s->form->unit);

	if (d->whole[0] == 0 && d->whole[1] == 0) {
		prof_buf_adds(s->b, "A and B are empty");
		return;
	}
	if (d->whole[PROF_DIFF_BASE] == 0 ||
	    d->whole[PROF_DIFF_NEWER] == 0) {
		add_only(s, a, d->whole[PROF_DIFF_BASE] == 0 ? x : y);
		return;
	}
	if (d->sum[PROF_DIFF_BASE] > 0 &&
	    d->sum[PROF_DIFF_NEWER] > 0) {
		add_factor(s);
	} else {
		prof_buf_adds(s->b, "B compared with A");
		brief = false;
	}
	if (!brief) {
		prof_buf_adds(s->b, ": ");
		prof_amount_print(s->b, a, x);
		if (x != y) {
			prof_buf_adds(s->b, " against ");
			prof_amount_print(s->b, a, y);
		}
	}
	if (x == y)
		return;
	prof_buf_adds(s->b, " (");
	add_change(s, x - y);
	prof_buf_addc(s->b, ')');
}

/* --- the verdict ---------------------------------------------------------- */

static const struct prof_finding *
first_real(const struct prof_findings *f)
{
	size_t i;

	for (i = 0; f != NULL && i < f->n; i++)
		if (!f->of[i].shifted)
			return &f->of[i];
	return NULL;
}

/* Findings behind the first; what only moved is no change. */
static void
add_others(const struct prof_findings *f, struct prof_buf *b)
{
	size_t i, moved = 0, others;

	for (i = 0; i < f->n; i++)
		moved += f->of[i].shifted;
	others = f->n - moved - 1;
	if (others > 0)
		prof_buf_addf(b, ", %zu more finding%s", others, others == 1 ?
		    "" : "s");
	if (moved > 0)
		prof_buf_adds(b, ", other work only moved");
}

/* Whether any quantity asked for could be told from noise. */
static bool
is_tested(const struct prof_diff_view *v)
{
	enum prof_judged list[PROF_JUDGED];
	unsigned i, n = prof_diff_metrics(&v->choice, list);

	for (i = 0; v->e != NULL && i < n; i++)
		if (v->e->of[list[i]] != NULL &&
		    v->e->basis[list[i]] != PROF_BASIS_NONE)
			return true;
	return false;
}

static uint32_t
changed(const struct prof_diff *d)
{
	return d->count[PROF_DIFF_CHANGED] + d->count[PROF_DIFF_NEW] +
	    d->count[PROF_DIFF_GONE] + d->count[PROF_DIFF_RENAMED];
}

void
prof_diff_say_verdict(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_buf *b)
{
	const struct prof_diff_speech s = prof_diff_speak(r, form, b);
	const struct prof_finding *f = first_real(r->f);
	bool brief = true;

	if (s.d->whole[0] == 0 || s.d->whole[1] == 0) {
		brief = false;
	} else if (f != NULL) {
		prof_diff_say_finding(r, form, f, b);
		add_others(r->f, b);
		prof_buf_adds(b, "; ");
	} else if (r->f != NULL && r->f->n > 0) {
		prof_buf_adds(b, "Work only moved between functions; ");
	} else if (changed(s.d) > 0 && is_tested(&r->view)) {
		prof_buf_addf(b, "No %s is proved to have changed; ",
		    prof_noun_of(form->noun, 1));
	} else {
		brief = false;
	}
	add_totals(&s, brief);
	if (changed(s.d) == 0)
		prof_buf_addf(b, ", no %s changed", prof_noun_of(form->noun,
		    1));
	prof_buf_adds(b, ".\n");
}

enum prof_verdict
prof_diff_row_verdict(const struct prof_diff_report *r, uint32_t class)
{
	const struct prof_diff_view *v = &r->view;
	enum prof_judged what = prof_diff_first(&v->choice);
	const struct prof_effect *f = prof_diff_effect(v, what, class);
	double ratio;

	if (f != NULL && f->found && prof_diff_shift(r, class) == NULL)
		return f->ratio > 1 ? PROF_VERDICT_REGRESSION :
		    PROF_VERDICT_IMPROVEMENT;
	if (f == NULL || what < PROF_JUDGED_CALLS)
		return prof_findings_verdict(r->f, v->e, class);
	ratio = (double)v->e->rule.ratio.num / (double)v->e->rule.ratio.den;
	return f->high < ratio && f->low > 1 / ratio ? PROF_VERDICT_OK :
	    PROF_VERDICT_INCONCLUSIVE;
}

static enum prof_verdict
undecided(const struct prof_diff_report *r)
{
	const struct prof_diff_view *v = &r->view;
	enum prof_judged what = prof_diff_first(&v->choice);
	bool any = false;
	uint32_t i;

	if (changed(v->d) == 0)
		return PROF_VERDICT_OK;
	if (!is_tested(v) || v->e->of[what] == NULL)
		return PROF_VERDICT_INCONCLUSIVE;
	for (i = 1; i <= v->d->match.n; i++) {
		any = any || v->e->of[what][i].tested;
		if (v->e->of[what][i].tested &&
		    prof_diff_row_verdict(r, i) ==
		    PROF_VERDICT_INCONCLUSIVE)
			return PROF_VERDICT_INCONCLUSIVE;
	}
	/* What has too little to be tested is not shown to be the same. */
	return any ? PROF_VERDICT_OK : PROF_VERDICT_INCONCLUSIVE;
}

enum prof_verdict
prof_diff_verdict(const struct prof_diff_report *r)
{
	enum prof_verdict v = PROF_VERDICTS, one;
	size_t i;

	if (r->f == NULL || r->f->n == 0)
		return undecided(r);
	for (i = 0; i < r->f->n; i++) {
		one = r->f->of[i].shifted ? PROF_VERDICT_SHIFTED :
		    prof_diff_grew(&r->f->of[i]) ?
		    PROF_VERDICT_REGRESSION : PROF_VERDICT_IMPROVEMENT;
		if (one == PROF_VERDICT_REGRESSION)
			return one;
		if (v != PROF_VERDICT_IMPROVEMENT)
			v = one;
	}
	return v;
}

bool
prof_diff_is_diluted(const struct prof_diff_view *v, enum prof_judged what,
    uint32_t class)
{
	const struct prof_effect *f = prof_diff_effect(v, what, class);
	prof_i128 num, den;
	double same;

	if (f == NULL || f->found || !v->e->global ||
	    !(v->e->factor.low > 1 || v->e->factor.high < 1))
		return false;
	/* No factor makes something out of nothing. */
	if (!prof_diff_quotient(v, what, class, &num, &den))
		return false;
	/* What the ratio would be, had the value itself not changed. */
	same = 1 / v->e->factor.ratio;
	return f->low <= 1 && f->high >= 1 && (same < f->low ||
	    same > f->high);
}

const struct prof_finding *
prof_diff_shift(const struct prof_diff_report *r, uint32_t class)
{
	uint32_t at;
	unsigned m;

	for (m = 0; r->f != NULL && m < 2; m++) {
		at = r->f->by[m] != NULL ? r->f->by[m][class] : 0;
		if (at > 0 && r->f->of[at - 1].shifted)
			return &r->f->of[at - 1];
	}
	return NULL;
}

/* --- facts ---------------------------------------------------------------- */

static void
add_percent_of(struct prof_buf *b, double share)
{
	prof_num_int(b, prof_diff_rounded(share, 2));
	prof_buf_addc(b, '%');
}

static void
add_ratio(const struct prof_diff_speech *s, double ratio, double low,
    double high)
{
	prof_buf_addc(s->b, 'x');
	prof_diff_double(s->b, ratio, 2);
	if (isfinite(low) && isfinite(high)) {
		prof_buf_addc(s->b, ' ');
		prof_diff_limits(s->b, low, high);
	}
}

/* The likeliest. */
static void
add_doubt(const struct prof_diff_speech *s, const struct prof_evidence *e)
{
	if (isnan(e->common.ratio))
		return;
	prof_buf_adds(s->b, ", such as ");
	add_ratio(s, e->common.ratio, e->common.low, e->common.high);
}

static void
add_no_factor(const struct prof_diff_speech *s, const struct prof_evidence *e)
{
	const struct prof_factor *f = &e->factor;

	prof_buf_adds(s->b, "all code: ");
	if (e->scaling == PROF_SCALING_NONE)
		prof_buf_addf(s->b, "compared as recorded%s%s%s",
		    e->reason != NULL ? " (" : "", e->reason != NULL ?
		    e->reason : "", e->reason != NULL ? ")" : "");
	else if (f->used == 0)
		prof_buf_addf(s->b, "no %s has enough samples to tell a "
		    "factor", prof_noun_of(s->form->noun, 1));
	else if (f->used < 5)
		prof_buf_addf(s->b, "only %zu %s %s enough samples to tell "
		    "a factor", f->used, prof_noun_of(s->form->noun, f->used),
		    f->used == 1 ? "has" : "have");
	else
		prof_buf_adds(s->b, "no factor is clear, ");
	if (e->scaling != PROF_SCALING_NONE && f->used >= 5) {
		if (f->support < .5) {
			prof_buf_adds(s->b, "only ");
			add_percent_of(s->b, f->support);
			prof_buf_adds(s->b, " agree");
		} else {
			prof_buf_adds(s->b, "more than one fits");
		}
		add_doubt(s, e);
		prof_buf_adds(s->b, " (--normalize duration, per-op or "
		    "anchor:RE give one)");
	}
	if (e->total[0] > 0 && isfinite(e->total[0])) {
		prof_buf_adds(s->b, "; totals ");
		add_ratio(s, e->total[0], e->total[1], e->total[2]);
	}
	prof_buf_addc(s->b, '\n');
}

static void
add_scale(const struct prof_diff_speech *s)
{
	const struct prof_evidence *e = s->r->view.e;
	bool apart = e != NULL && e->scaling != PROF_SCALING_MEDIAN &&
	    !isnan(e->common.ratio);
	const struct prof_factor *f;

	if (e == NULL || s->d->whole[0] == 0 || s->d->whole[1] == 0)
		return;
	f = apart ? &e->common : &e->factor;
	if (e->scaling <= PROF_SCALING_MEDIAN && !e->global && !apart) {
		add_no_factor(s, e);
		return;
	}
	prof_buf_adds(s->b, "all code ");
	add_ratio(s, f->ratio, f->low, f->high);
	if (!apart && e->scaling == PROF_SCALING_TOTAL) {
		prof_buf_adds(s->b, ": that totals are compared");
	} else if (!apart && e->scaling == PROF_SCALING_GIVEN) {
		prof_buf_adds(s->b, ": as given");
	} else {
		prof_buf_adds(s->b, prof_diff_is_speed(s->d) ?
		    ": machine, load or clock; " : ": in common; ");
		add_percent_of(s->b, f->support);
		prof_buf_adds(s->b, " agree");
	}
	if (apart && e->scaling == PROF_SCALING_NONE) {
		prof_buf_adds(s->b, "; left in, totals ");
		add_ratio(s, e->total[0], e->total[1], e->total[2]);
	} else if (apart) {
		prof_buf_adds(s->b, "; beside that scale, left in");
	}
	prof_buf_addc(s->b, '\n');
}

static size_t
count_proved(const struct prof_diff_view *v)
{
	enum prof_judged list[PROF_JUDGED];
	unsigned k, nlist = prof_diff_metrics(&v->choice, list);
	const struct prof_effect *f;
	bool found;
	uint32_t i;
	size_t n = 0;

	for (i = 1; i <= v->d->match.n; i++) {
		for (k = 0, found = false; k < nlist && !found; k++) {
			f = prof_diff_effect(v, list[k], i);
			found = f != NULL && f->found;
		}
		n += found;
	}
	return n;
}

static void
add_counts(const struct prof_diff_speech *s)
{
	const struct prof_diff *d = s->d;
	const struct { uint32_t n; const char *what; } part[] = {
		{ d->up, "up" }, { d->down, "down" },
		{ d->count[PROF_DIFF_NEW], "new" },
		{ d->count[PROF_DIFF_GONE], "gone" },
		{ d->count[PROF_DIFF_RENAMED], "renamed" }
	};
	bool any = false;
	size_t i;

	for (i = 0; i < sizeof part / sizeof part[0]; i++) {
		if (part[i].n == 0)
			continue;
		prof_buf_addf(s->b, "%s%u ", any ? ", " : "", part[i].n);
		if (!any)
			prof_buf_addf(s->b, "%s ", prof_noun_of(s->form->noun,
			    part[i].n));
		prof_buf_adds(s->b, part[i].what);
		any = true;
	}
	if (any && is_tested(&s->r->view))
		prof_buf_addf(s->b, "; %zu proved, ~ marks what may be chance",
		    count_proved(&s->r->view));
	if (any)
		prof_buf_adds(s->b, "\n");
}

static void
add_single(const struct prof_diff_speech *s, const struct prof_evidence *e)
{
	prof_buf_adds(s->b, ": single-run evidence");
	if (!isfinite(e->expected))
		return;
	prof_buf_adds(s->b, ", about ");
	prof_diff_double(s->b, 100 * e->expected, e->expected < .01 &&
	    e->expected > 0 ? 1 : 0);
	prof_buf_adds(s->b, "% of comparisons of unchanged code show a "
	    "false change");
}

static void
add_replicates(const struct prof_diff_speech *s, const struct prof_evidence *e)
{
	if (e->phi > 0) {
		prof_buf_adds(s->b, ", noise ");
		prof_diff_double(s->b, 100 * sqrt(e->phi), 1);
		prof_buf_adds(s->b, "% a run");
	}
	if (s->d->runs[0] < FEW_RUNS || s->d->runs[1] < FEW_RUNS)
		prof_buf_adds(s->b, "; fewer than three runs a side tell "
		    "little");
}

static void
add_evidence(const struct prof_diff_speech *s)
{
	const struct prof_evidence *e = s->r->view.e;

	prof_diff_runs(s->d, "A", "B", s->b);
	switch (e == NULL ? PROF_BASIS_NONE :
	    e->basis[prof_diff_first(&s->r->view.choice)]) {
	case PROF_BASIS_SINGLE:
		add_single(s, e);
		break;
	case PROF_BASIS_RUNS:
		add_replicates(s, e);
		break;
	case PROF_BASIS_CROSS:
		prof_buf_adds(s->b, ": each function is judged by how the "
		    "times of calls of the others vary");
		break;
	case PROF_BASIS_EXACT:
		prof_buf_adds(s->b, prof_diff_first(&s->r->view.choice) ==
		    PROF_JUDGED_CALLS ?
		    ": calls are exact numbers, any change is real" :
		    ": exact numbers, any change is real");
		break;
	default:
		prof_buf_adds(s->b, ": values only, nothing tells noise");
		if (e != NULL && e->reason != NULL)
			prof_buf_addf(s->b, " (%s)", e->reason);
		if (e != NULL && s->d->nruns == 2 && s->d->whole[0] != 0 &&
		    s->d->whole[1] != 0)
			prof_buf_adds(s->b, "; several runs a side would");
	}
	prof_buf_addc(s->b, '\n');
}

void
prof_diff_say_facts(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_buf *b)
{
	const struct prof_diff_speech s = prof_diff_speak(r, form, b);

	add_scale(&s);
	add_counts(&s);
	add_evidence(&s);
}
