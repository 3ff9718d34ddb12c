/* SPDX-License-Identifier: MIT */
#include "libanalysis/diffsay.h"

#include <math.h>
#include <string.h>

#include "libanalysis/name.h"

#define EXPLAINED 3	/* names listed without -v */

/* --- one finding ---------------------------------------------------------- */

static void
add_name(const struct prof_diff_speech *s, uint32_t class)
{
	if (class == 0)
		prof_buf_adds(s->b, "[no function]");
	else
		prof_diff_span(s->form, s->d, class, s->b);
}

/* Whole base units, or calls. */
static struct prof_amount
amount_of(const struct prof_diff_speech *s, const struct prof_finding *f,
    prof_i128 x, prof_i128 y)
{
	struct prof_spread spread = { 0 };

	prof_spread_add(&spread, x);
	prof_spread_add(&spread, y);
	prof_spread_add(&spread, y - x);
	return prof_amount_choose(f->metric == PROF_JUDGED_CALLS ? "count" :
	    s->d->unit, 1, 1, &spread, &s->form->unit);
}

/* ", 28% of the growth", where that says something. */
static void
add_part(const struct prof_diff_speech *s, const struct prof_finding *f,
    prof_i128 change)
{
	prof_i128 all = prof_diff_sum(s->d, PROF_DIFF_NEWER) -
	    prof_diff_sum(s->d, PROF_DIFF_BASE);
	prof_i128 percent;

	if (all == 0 || (all > 0) != (change > 0) ||
	    f->kind == PROF_FINDING_ALL || f->metric > PROF_JUDGED_TOTAL)
		return;
	percent = prof_num_scaled(prof_num_abs(change), 100,
	    prof_num_abs(all));
	if (percent < 1 || percent > 200)
		return;
	prof_buf_adds(s->b, ", ");
	prof_num_int(s->b, percent);
	prof_buf_adds(s->b, all > 0 ? "% of the growth" : "% of the decrease");
}

/* The factor of all code hides what became of it. */
static bool
is_against(const struct prof_finding *f)
{
	return f->base > 0 && f->now > 0 && ((f->delta > 0 &&
	    f->now <= f->base) || (f->delta < 0 && f->now >= f->base));
}

static bool
is_equal(double ratio)
{
	return fabs(log(ratio)) < .05;
}

static double
factor_of(const struct prof_diff_speech *s)
{
	const struct prof_evidence *e = s->r->view.e;

	return e != NULL && e->factor.ratio > 0 ? e->factor.ratio : 1;
}

static void
add_values(const struct prof_diff_speech *s, const struct prof_finding *f)
{
	prof_i128 x = prof_diff_rounded(f->base, 0);
	prof_i128 y = prof_diff_rounded(f->now, 0);
	struct prof_amount a = amount_of(s, f, x, y);

	prof_buf_adds(s->b, " (");
	if (f->kind != PROF_FINDING_NEW && f->kind != PROF_FINDING_GONE) {
		prof_amount_print(s->b, a, x);
		prof_buf_adds(s->b, " -> ");
		prof_amount_print(s->b, a, y);
		prof_buf_adds(s->b, ", ");
	}
	if (is_against(f)) {
		prof_amount_print(s->b, a, prof_diff_rounded(f->base *
		    factor_of(s), 0));
		prof_buf_adds(s->b, " expected");
	} else {
		prof_amount_change(s->b, a, y - x);
		add_part(s, f, y - x);
	}
	prof_buf_addc(s->b, ')');
}

static void
add_times(struct prof_buf *b, double by)
{
	if (by >= 1000)
		prof_buf_adds(b, "over 1000x");
	else
		prof_diff_times(b, by);
}

/* "0.3% slower", "99.7% fewer alloc_objects" */
static void
add_by_percent(const struct prof_diff_speech *s, double ratio)
{
	const struct prof_unit *unit = prof_unit_find(s->d->unit,
	    strlen(s->d->unit));
	double by = 100 * fabs(ratio - 1);

	prof_buf_adds(s->b, prof_diff_is_time(s->d) ? " is " : " has ");
	prof_diff_add_percent(s->b, by);
	if (prof_diff_is_time(s->d)) {
		prof_buf_adds(s->b, ratio > 1 ? " slower" : " faster");
		return;
	}
	prof_buf_adds(s->b, ratio > 1 ? " more " : unit != NULL &&
	    unit->family == PROF_UNIT_COUNT ? " fewer " : " less ");
	prof_name_print(s->b, s->d->type, strlen(s->d->type));
}

/* " is 1.73x slower", " has 4.21x the inuse_space" */
static void
add_time(const struct prof_diff_speech *s, double ratio)
{
	if (fabs(ratio - 1) < .005 || (ratio < .1 &&
	    !prof_diff_is_time(s->d))) {
		add_by_percent(s, ratio);
	} else if (prof_diff_is_time(s->d)) {
		prof_buf_adds(s->b, " is ");
		add_times(s->b, ratio >= 1 ? ratio : 1 / ratio);
		prof_buf_adds(s->b, ratio >= 1 ? " slower" : " faster");
	} else {
		prof_buf_adds(s->b, " has ");
		add_times(s->b, ratio);
		prof_buf_adds(s->b, " the ");
		prof_name_print(s->b, s->d->type, strlen(s->d->type));
	}
}

static void
add_ratio(const struct prof_diff_speech *s, const struct prof_finding *f)
{
	if (!(f->base > 0) || !(f->now >= 0)) {
		prof_buf_adds(s->b, f->base > 0 || f->now < 0 ? " has changed" :
		    " is up from 0");
	} else if (f->metric == PROF_JUDGED_CALLS) {
		prof_buf_adds(s->b, " is called ");
		add_times(s->b, f->now / f->base);
		prof_buf_adds(s->b, " as often");
	} else if (f->now == 0 && prof_diff_is_time(s->d)) {
		prof_buf_adds(s->b, " takes no time now");
	} else if (f->now == 0) {
		prof_buf_adds(s->b, " has no ");
		prof_name_print(s->b, s->d->type, strlen(s->d->type));
		prof_buf_adds(s->b, " now");
	} else if (f->split.known && !is_equal(f->split.calls) &&
	    prof_diff_is_time(s->d)) {
		/* Called more or less often, it is no slower for that. */
		prof_buf_adds(s->b, " takes ");
		add_times(s->b, f->now / f->base);
		prof_buf_adds(s->b, " the time");
	} else if (is_against(f)) {
		add_time(s, f->now / f->base / factor_of(s));
		prof_buf_adds(s->b, " relative to all code");
	} else {
		add_time(s, f->now / f->base);
	}
}

/* A row that is an edge has its caller in its name. */
static bool
has_caller(const struct prof_diff_speech *s, const struct prof_finding *f)
{
	return f->caller != 0 &&
	    strcmp(prof_noun_of(s->form->noun, 1), "edge") != 0;
}

/* Whether the values are not those of all of the function. */
static bool
is_narrow(const struct prof_finding *f)
{
	return f->effect != NULL && f->metric == PROF_JUDGED_SELF &&
	    (fabs(f->base - f->effect->base) > 1e-9 * f->effect->base ||
	    fabs(f->now - f->effect->now) > 1e-9 * f->effect->now);
}

static void
add_subject(const struct prof_diff_speech *s, const struct prof_finding *f)
{
	if (f->kind == PROF_FINDING_ALL) {
		prof_buf_adds(s->b, "everything");
		return;
	}
	if (f->metric == PROF_JUDGED_PER_CALL)
		prof_buf_adds(s->b, "one call of ");
	add_name(s, f->class);
	if (f->kind == PROF_FINDING_CALLS && has_caller(s, f)) {
		prof_buf_adds(s->b, " called by ");
		add_name(s, f->caller);
	} else if (f->kind == PROF_FINDING_SELF && is_narrow(f)) {
		prof_buf_adds(s->b, " on one call path");
	} else if (f->kind == PROF_FINDING_SPREAD) {
		prof_buf_adds(s->b, " with all it calls, in all callers,");
	} else if (f->metric == PROF_JUDGED_TOTAL &&
	    f->kind == PROF_FINDING_FUNCTION) {
		prof_buf_adds(s->b, " with all it calls");
	}
}

static void
add_finding(const struct prof_diff_speech *s, const struct prof_finding *f)
{
	add_subject(s, f);
	if (f->kind == PROF_FINDING_NEW)
		prof_buf_adds(s->b, " is new");
	else if (f->kind == PROF_FINDING_GONE)
		prof_buf_adds(s->b, " is gone");
	else
		add_ratio(s, f);
	add_values(s, f);
}

/* --- what more there is to say of it -------------------------------------- */

/* "2.0x more" */
static void
add_more(struct prof_buf *b, double ratio)
{
	prof_diff_double(b, ratio >= 1 ? ratio : 1 / ratio, 1);
	prof_buf_adds(b, ratio >= 1 ? "x more" : "x less");
}

static void
add_split(const struct prof_diff_speech *s, const struct prof_finding_split *p)
{
	if (is_equal(p->calls)) {
		prof_buf_adds(s->b, "called as often");
	} else {
		prof_buf_adds(s->b, "called ");
		add_more(s->b, p->calls);
	}
	prof_buf_adds(s->b, ", per call ");
	if (is_equal(p->per_call))
		prof_buf_adds(s->b, "unchanged");
	else
		add_more(s->b, p->per_call);
}

static void
add_list(const struct prof_diff_speech *s, const uint32_t *class, size_t n)
{
	size_t i, most = s->form->verbose ? n : EXPLAINED;

	for (i = 0; i < n && i < most; i++) {
		prof_buf_adds(s->b, i > 0 ? ", " : " ");
		add_name(s, class[i]);
	}
	if (i < n)
		prof_buf_addf(s->b, " and %zu more", n - i);
}

/* Begin the next detail. */
static void
next(const struct prof_diff_speech *s, bool *any)
{
	prof_buf_adds(s->b, *any ? "; " : ": ");
	*any = true;
}

static bool
is_apart(const struct prof_finding *f)
{
	return f->effect != NULL && f->effect->apart;
}

static void
add_details(const struct prof_diff_speech *s, const struct prof_finding *f)
{
	bool any = false;

	if (f->kind == PROF_FINDING_SELF) {
		next(s, &any);
		prof_buf_adds(s->b, "its own code");
	}
	if (f->split.known && f->split.calls > 0 && f->split.per_call > 0) {
		next(s, &any);
		add_split(s, &f->split);
	}
	if (is_apart(f)) {
		next(s, &any);
		prof_buf_addf(s->b, "all %u runs of B are %s all %u of A",
		    s->d->runs[1], prof_diff_grew(f) ? "above" : "below",
		    s->d->runs[0]);
	}
	if (f->nexplains > 0) {
		next(s, &any);
		prof_buf_adds(s->b, "explains");
		add_list(s, f->explains, f->nexplains);
	}
}

/* "+0.1%" of the base total. */
static void
add_percent(const struct prof_diff_speech *s, double v, bool sign)
{
	double whole = (double)prof_diff_sum(s->d, PROF_DIFF_BASE);

	if (sign && v > 0)
		prof_buf_addc(s->b, '+');
	prof_diff_double(s->b, whole > 0 ? 100 * v / whole : NAN, 1);
}

/* What became of a member that one side does not have. */
static const char *
moved_how(const struct prof_diff_speech *s, const struct prof_finding *f)
{
	size_t i;

	if (f->kind == PROF_FINDING_NEW)
		return " (outlined)";
	if (f->kind == PROF_FINDING_GONE)
		return " (inlined)";
	for (i = 0; i < f->ngroup; i++) {
		if (f->now > f->base &&
		    s->d->status[f->group[i]] == PROF_DIFF_GONE)
			return " (inlined)";
		if (f->now < f->base &&
		    s->d->status[f->group[i]] == PROF_DIFF_NEW)
			return " (outlined)";
	}
	return "";
}

static void
add_shift(const struct prof_diff_speech *s, const struct prof_finding *f)
{
	prof_buf_adds(s->b, "Work moved: ");
	add_name(s, f->class);
	if (f->ngroup > 0) {
		prof_buf_adds(s->b, f->now > f->base ? " <-" : " ->");
		add_list(s, f->group, f->ngroup);
	}
	prof_buf_adds(s->b, moved_how(s, f));
	prof_buf_adds(s->b, ", group ");
	add_percent(s, f->group_delta, true);
	prof_buf_addc(s->b, '%');
	if (isnan(f->group_low) || isnan(f->group_high))
		return;
	prof_buf_adds(s->b, " [");
	add_percent(s, f->group_low, false);
	prof_buf_adds(s->b, ", ");
	add_percent(s, f->group_high, false);
	prof_buf_addc(s->b, ']');
}

static void
add_line(const struct prof_diff_speech *s, const struct prof_finding *f)
{
	if (f->shifted) {
		add_shift(s, f);
	} else if (f->kind == PROF_FINDING_NEW) {
		prof_buf_adds(s->b, "Newly on the stack: ");
		add_name(s, f->class);
		if (has_caller(s, f)) {
			prof_buf_adds(s->b, " <- ");
			add_name(s, f->caller);
		}
		add_values(s, f);
		add_details(s, f);
	} else {
		add_finding(s, f);
		add_details(s, f);
	}
	prof_buf_adds(s->b, ".\n");
}

/* Whether a line tells more than the verdict does. */
static bool
has_more(const struct prof_finding *f)
{
	return f->shifted || f->nexplains > 0 || f->split.known ||
	    is_apart(f) || (f->kind == PROF_FINDING_NEW && f->caller != 0);
}

static const char *
down_mark(const struct prof_diff_form *form)
{
	return form->ascii ? "-" : "\342\226\274";
}

void
prof_diff_say_findings(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_buf *b)
{
	const struct prof_diff_speech s = prof_diff_speak(r, form, b);
	const struct prof_findings *f = r->f;
	size_t i, n = f != NULL ? f->n : 0;
	bool shifted = false;

	if (n == 0 || (n == 1 && !has_more(&f->of[0])))
		return;
	for (i = 0; i < n; i++)
		shifted |= f->of[i].shifted;
	if (!form->verbose && n > PROF_DIFF_FINDINGS)
		n = PROF_DIFF_FINDINGS;
	for (i = 0; i < n; i++)
		add_line(&s, &f->of[i]);
	if (n < f->n)
		prof_buf_addf(b, "%zu more finding%s (-v lists them).\n",
		    f->n - n, f->n - n == 1 ? "" : "s");
	if (shifted)
		prof_buf_addf(b, "%s may mean moved work, not faster "
		    "code.\n", down_mark(form));
}

void
prof_diff_say_finding(const struct prof_diff_report *r,
    const struct prof_diff_form *form, const struct prof_finding *f,
    struct prof_buf *b)
{
	const struct prof_diff_speech s = prof_diff_speak(r, form, b);

	add_finding(&s, f);
}
