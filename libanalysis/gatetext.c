/* SPDX-License-Identifier: MIT */
#include "libanalysis/gatetext.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diffparts.h"
#include "libanalysis/gateparts.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

enum { VERDICT, METRIC, BASE, NEWER, RATIO, ODDS, SEES, EVIDENCE, NAME,
    COLS };

#define SPARK_MIN 3	/* runs of a side from which their spread is shown */
#define SPARK_MAX 20	/* and up to which each is drawn */

struct table {
	const struct prof_gate *g;
	const struct prof_gate_form *form;
	struct prof_amount amount;
	struct prof_table out;
	struct prof_buf cell[COLS];
	bool has[COLS];
	double *run[PROF_DIFF_SIDES];	/* scratch */
	double least, most;	/* of the runs of a row */
};

/* --- the sentence --------------------------------------------------------- */

static void
add_functions(struct prof_buf *b, struct prof_noun noun, size_t n)
{
	prof_buf_addf(b, "%zu %s", n, prof_noun_of(noun, n));
}

/* Whether a listed row failed by another arm than its ratio. */
static bool
by_impact(const struct prof_gate *g)
{
	size_t i;

	for (i = 0; i < g->n; i++)
		if (g->row[i].verdict == PROF_VERDICT_REGRESSION &&
		    !g->row[i].explained && g->row[i].class != 0 &&
		    (g->row[i].arm == PROF_ARM_IMPACT ||
		    g->row[i].arm == PROF_ARM_NEW))
			return true;
	return false;
}

static void
add_everything(const struct prof_gate *g, size_t bad, struct prof_buf *b)
{
	struct prof_gate_row all = prof_gate_all(g);

	if (g->all != PROF_VERDICT_REGRESSION)
		return;
	prof_buf_adds(b, bad > 0 ? ", and so did everything together: " :
	    ": ");
	if (prof_gate_value(g, &all, PROF_DIFF_BASE) == 0)
		prof_buf_adds(b, "new, where base has nothing");
	prof_gate_ratio(b, prof_gate_span(g, &all).ratio);
	if (prof_gate_is_unproved(g))
		prof_buf_adds(b, " (single-run evidence: load cannot be told "
		    "from change)");
}

static void
add_undecided(const struct prof_gate *g, struct prof_buf *b)
{
	size_t n = g->count[PROF_VERDICT_INCONCLUSIVE];

	if (n == 0)
		return;
	prof_buf_addf(b, "; %zu with ", n);
	prof_num_print(b, prof_gate_round(g->open * 1000), 1, 10, 1);
	prof_buf_adds(b, "% of all cannot be told from it");
}

/* Where no function is large enough. */
static void
add_none(const struct prof_gate *g, struct prof_noun noun,
    struct prof_buf *b)
{
	prof_buf_addf(b, "no %s was judged", prof_noun_of(noun, 1));
	if (!prof_gate_judges_all(g))
		return;
	prof_buf_adds(b, g->all == PROF_VERDICT_REGRESSION ?
	    "; everything together regressed beyond " :
	    "; everything together has not regressed beyond ");
	prof_gate_limit(b, g->rule.total.num > 0 ? g->rule.total :
	    g->rule.ratio);
	add_everything(g, 0, b);
}

void
prof_gate_sentence(const struct prof_gate *g, struct prof_noun noun,
    struct prof_buf *b)
{
	struct prof_gate_counts n = prof_gate_count(g);

	if (g->verdict == PROF_VERDICT_INCONCLUSIVE) {
		prof_buf_adds(b, "INCONCLUSIVE: ");
		prof_name_print(b, g->reason, strlen(g->reason));
		return;
	}
	prof_buf_adds(b, g->verdict == PROF_VERDICT_REGRESSION ? "FAIL: " :
	    "PASS: ");
	if (g->functions == 0) {
		add_none(g, noun, b);
		return;
	}
	if (n.bad > 0)
		prof_buf_addf(b, "%zu of ", n.bad);
	else
		prof_buf_adds(b, g->all == PROF_VERDICT_REGRESSION ?
		    "everything together, but none of " : "none of ");
	add_functions(b, noun, g->functions);
	prof_buf_adds(b, " regressed beyond ");
	prof_gate_limit(b, g->rule.ratio);
	if (by_impact(g)) {
		prof_buf_adds(b, " or by ");
		prof_gate_share(b, g->rule.impact);
		prof_buf_adds(b, " of base");
	}
	add_everything(g, n.bad, b);
	if (g->verdict == PROF_VERDICT_OK)
		add_undecided(g, b);
	if (n.warned > 0)
		prof_buf_addf(b, ", %zu warning%s", n.warned,
		    n.warned == 1 ? "" : "s");
}

/* --- the table ------------------------------------------------------------ */

static bool
is_amount(const struct prof_gate_row *r)
{
	return r->metric == PROF_JUDGED_SELF ||
	    r->metric == PROF_JUDGED_TOTAL;
}

static void
add_amount(struct table *t, const struct prof_gate_row *r, unsigned side,
    struct prof_buf *cell)
{
	prof_i128 v = prof_gate_value(t->g, r, side);

	if (is_amount(r))
		prof_amount_print(cell, t->amount, v);
	else if (r->metric == PROF_JUDGED_CALLS)
		prof_num_int(cell, v);
	else
		prof_amount_single(cell, t->g->e->d->unit, v, false);
}

/* One standard deviation of the runs, in proportion to their mean. */
static void
add_spread(struct table *t, const struct prof_gate_row *r, unsigned side,
    struct prof_buf *cell)
{
	unsigned n = t->g->e->d->runs[side], i;
	const double *v = t->run[side];
	double mean = 0, sum = 0;

	for (i = 0; i < n; i++)
		mean += v[i] / n;
	for (i = 0; i < n; i++)
		sum += (v[i] - mean) * (v[i] - mean);
	if (!(mean > 0))
		return;
	sum = sqrt(sum / (n - 1)) / mean *
	    (double)prof_gate_value(t->g, r, side);
	prof_buf_adds(cell, t->form->plain.ascii ? " +- " : " \302\261 ");
	if (is_amount(r) && !t->amount.each)
		prof_scale_number(&t->amount.scale, cell,
		    prof_gate_round(sum));
	else if (is_amount(r))
		prof_amount_print(cell, t->amount, prof_gate_round(sum));
	else
		prof_num_int(cell, prof_gate_round(sum));
}

/* Each run as a bar; both sides have one scale, so that a gap shows. */
static void
add_spark(struct table *t, unsigned side, struct prof_buf *cell)
{
	unsigned n = t->g->e->d->runs[side], i, level;
	double width = t->most - t->least;

	if (t->form->plain.ascii || n > SPARK_MAX)
		return;
	prof_buf_addc(cell, ' ');
	for (i = 0; i < n; i++) {
		level = width > 0 ? (unsigned)((t->run[side][i] - t->least) /
		    width * 7 + 0.5) : 0;
		prof_buf_adds(cell, "\342\226");
		prof_buf_addc(cell, (char)(0x81 + level));
	}
}

static bool
find_runs(struct table *t, const struct prof_gate_row *r)
{
	const struct prof_diff *d = t->g->e->d;
	unsigned side, i;
	double v;

	t->least = INFINITY;
	t->most = -INFINITY;
	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		if (!prof_gate_runs(t->g, r, side, t->run[side]))
			return false;
		for (i = 0; i < d->runs[side]; i++) {
			v = t->run[side][i];
			t->least = v < t->least ? v : t->least;
			t->most = v > t->most ? v : t->most;
		}
	}
	return true;
}

static void
add_values(struct table *t, const struct prof_gate_row *r)
{
	bool runs = find_runs(t, r);
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		add_amount(t, r, side, &t->cell[BASE + side]);
		if (!runs || t->g->e->d->runs[side] < SPARK_MIN ||
		    prof_gate_value(t->g, r, side) == 0)
			continue;
		add_spread(t, r, side, &t->cell[BASE + side]);
		add_spark(t, side, &t->cell[BASE + side]);
	}
}

static enum prof_ink
ink_of(enum prof_verdict v, bool warning, unsigned column)
{
	if (column != VERDICT && column != RATIO)
		return PROF_INK_NONE;
	if (v == PROF_VERDICT_REGRESSION)
		return PROF_INK_RED;
	return warning ? PROF_INK_MAGENTA : PROF_INK_NONE;
}

static void
fill_row(struct table *t, const struct prof_gate_row *r)
{
	prof_buf_adds(&t->cell[VERDICT], prof_gate_word(r));
	if (r->class != 0)
		prof_buf_adds(&t->cell[METRIC], prof_judged_name(r->metric));
	add_values(t, r);
	prof_gate_change(t->g, r, &t->cell[RATIO]);
	if (r->effect != NULL)
		prof_gate_p(&t->cell[ODDS], r->effect->q);
	if (r->verdict == PROF_VERDICT_INCONCLUSIVE && prof_gate_sees(r))
		prof_gate_least(&t->cell[SEES], r->effect->mdr);
	prof_gate_evidence(t->g, r, &t->cell[EVIDENCE]);
	prof_gate_name(t->g, r, &t->cell[NAME]);
}

static void
end_row(struct table *t, enum prof_verdict v, bool warning)
{
	unsigned i;

	for (i = 0; i < COLS; i++) {
		if (t->has[i])
			prof_table_add(&t->out, ink_of(v, warning, i),
			    prof_buf_str(&t->cell[i]), t->cell[i].len);
		prof_buf_clear(&t->cell[i]);
	}
}

/*
 * The totals as measured, and the factor of all code, which is judged where
 * it is known.
 */
static void
add_total(struct table *t)
{
	const struct prof_gate *g = t->g;
	struct prof_gate_row all = prof_gate_all(g);
	bool calls = all.metric == PROF_JUDGED_CALLS;
	bool factor = g->e->global && !calls;
	struct prof_gate_span s = calls ? prof_gate_span(g, &all) :
	    prof_gate_raw(g->e);

	if (calls)
		prof_buf_adds(&t->cell[METRIC], prof_judged_name(all.metric));
	if (factor) {
		prof_buf_adds(&t->cell[VERDICT], prof_gate_word(&all));
		prof_gate_ratio(&t->cell[RATIO], g->e->factor.ratio);
		prof_gate_limits(&t->cell[RATIO], g->e->factor.low,
		    g->e->factor.high);
		prof_buf_adds(&t->cell[NAME], "ALL CODE");
		prof_buf_adds(&t->cell[EVIDENCE], "common factor");
		end_row(t, all.verdict, all.warning);
		all.verdict = PROF_VERDICT_OK;
		all.warning = false;
	} else {
		prof_buf_adds(&t->cell[VERDICT], prof_gate_word(&all));
	}
	add_values(t, &all);
	prof_gate_ratio(&t->cell[RATIO], s.ratio);
	prof_gate_limits(&t->cell[RATIO], s.low, s.high);
	if (factor)
		prof_buf_adds(&t->cell[EVIDENCE], "as measured");
	prof_buf_adds(&t->cell[NAME], "TOTAL");
	end_row(t, all.verdict, all.warning);
}

/* Means have digits that say nothing: three are shown of the smallest. */
static void
trim(struct table *t, const struct prof_spread *s)
{
	struct prof_scale *a = &t->amount.scale;
	unsigned n = 0;

	if (t->g->e->d->nruns == 2 || t->amount.each ||
	    t->form->plain.unit.how != PROF_UNIT_MINIMUM)
		return;
	if (s->least * a->num < 10 * a->den)
		n = 2;
	else if (s->least * a->num < 100 * a->den)
		n = 1;
	/* Four of the largest are enough, too. */
	if (s->most * a->num >= 1000 * a->den)
		n = 0;
	else if (n > 1 && s->most * a->num >= 100 * a->den)
		n = 1;
	if (n < a->decimals)
		a->decimals = n;
}

static void
measure(struct table *t, const struct prof_gate_list *l)
{
	const struct prof_diff *d = t->g->e->d;
	const struct prof_gate_row *r;
	struct prof_spread s = { 0 };
	unsigned side;
	size_t i;

	for (i = 0; i < COLS; i++)
		t->has[i] = i != ODDS && i != SEES;
	for (i = 0; i < l->n; i++) {
		r = l->row[i];
		if (r->effect != NULL && !isnan(r->effect->q))
			t->has[ODDS] = true;
		if (r->verdict == PROF_VERDICT_INCONCLUSIVE &&
		    prof_gate_sees(r))
			t->has[SEES] = true;
		for (side = 0; side < 2 && is_amount(r); side++)
			prof_spread_add(&s, prof_gate_value(t->g, r, side));
	}
	for (side = 0; side < 2; side++) {
		prof_spread_add(&s, prof_diff_sum(d, side));
		t->run[side] = prof_alloc(d->runs[side], sizeof(double));
	}
	t->amount = prof_amount_choose(d->unit, 1, 1, &s,
	    &t->form->plain.unit);
	trim(t, &s);
}

static void
add_rows(struct table *t, const struct prof_gate_list *l, struct prof_buf *b)
{
	static const char *const heads[COLS] = { "verdict", "metric", "base",
	    "new", "ratio", "q", "sees from", "evidence", NULL };
	struct prof_style style = prof_diff_style(&t->form->plain);
	const char *head[COLS];
	char align[COLS + 1] = "";
	unsigned ncols = 0;
	size_t i;

	measure(t, l);
	for (i = 0; i < COLS; i++) {
		if (!t->has[i])
			continue;
		head[ncols] = i == NAME ?
		    prof_noun_head(t->form->plain.noun) : heads[i];
		align[ncols++] = "llrrlrrll"[i];
	}
	prof_table_init(&t->out, align, head);
	for (i = 0; i < l->n; i++) {
		if (l->row[i]->class == 0)
			continue;
		fill_row(t, l->row[i]);
		end_row(t, l->row[i]->verdict, l->row[i]->warning);
	}
	add_total(t);
	prof_table_print(&t->out, ncols - 1, &style, b);
	prof_table_release(&t->out);
	for (i = 0; i < COLS; i++)
		prof_buf_release(&t->cell[i]);
	free(t->run[0]);
	free(t->run[1]);
}

/* --- around it ------------------------------------------------------------ */

static void
add_notes(const struct prof_gate *g, const struct prof_gate_form *form,
    const struct prof_gate_list *l, struct prof_buf *b)
{
	struct prof_buf note = { 0 };
	bool any = false;
	size_t i;

	for (i = 0; i < l->n; i++) {
		prof_buf_clear(&note);
		if (l->row[i]->class != 0)
			prof_gate_notes(g, l->row[i], form->verbose, &note);
		if (note.len == 0)
			continue;
		if (!any)
			prof_buf_addc(b, '\n');
		any = true;
		prof_gate_name(g, l->row[i], b);
		prof_buf_adds(b, ": ");
		prof_buf_add(b, note.data, note.len);
		prof_buf_addc(b, '\n');
	}
	prof_buf_release(&note);
	if (any)
		prof_buf_addc(b, '\n');
}

static void
add_rest(const struct prof_gate *g, struct prof_noun noun,
    const struct prof_gate_list *l, struct prof_buf *b)
{
	if (prof_gate_list_rest(l, b))
		prof_buf_addc(b, '\n');
	add_functions(b, noun, g->count[PROF_VERDICT_OK]);
	prof_buf_addf(b, " within the limit, %zu improved",
	    g->count[PROF_VERDICT_IMPROVEMENT]);
	if (g->count[PROF_VERDICT_SHIFTED] > 0)
		prof_buf_addf(b, ", %zu moved only",
		    g->count[PROF_VERDICT_SHIFTED]);
	if (g->all == PROF_VERDICT_IMPROVEMENT)
		prof_buf_adds(b, "; everything together improved");
	prof_buf_addc(b, '\n');
}

static void
add_head(const struct prof_gate *g, const struct prof_gate_form *form,
    struct prof_buf *b)
{
	struct prof_style style = prof_diff_style(&form->plain);
	size_t start;

	prof_gate_sentence(g, form->plain.noun, b);
	prof_buf_addc(b, '\n');
	if (g->scope[0] != '\0' && g->verdict != PROF_VERDICT_REGRESSION)
		prof_buf_addf(b, "%s\n", g->scope);
	if (g->help[0] != '\0') {
		prof_buf_adds(b, "what would help: ");
		prof_name_print(b, g->help, strlen(g->help));
		prof_buf_addc(b, '\n');
	}
	prof_diff_sides(g->e->d, "base", "new", &form->plain, b);
	prof_diff_left_out(g->e->d, &form->plain, b);
	start = b->len;
	prof_gate_setup(g, prof_fact_dot(&style), b);
	prof_wrap_facts(b, start, &style);
	prof_gate_factor(g, b);
	prof_gate_caveats(g, b);
	prof_wrap_lines(b, 0, &style);
}

void
prof_gate_text(const struct prof_gate *g, const struct prof_gate_form *form,
    struct prof_out *out)
{
	struct table t = { .g = g, .form = form };
	struct prof_style style = prof_diff_style(&form->plain);
	struct prof_gate_list l;
	struct prof_buf b = { 0 };
	size_t start;

	prof_gate_list_init(&l, g, form->plain.limit, form->verbose);
	add_head(g, form, &b);
	prof_buf_addc(&b, '\n');
	if (l.n > 0 || g->all != PROF_VERDICT_OK) {
		add_rows(&t, &l, &b);
		start = b.len;
		add_notes(g, form, &l, &b);
		prof_wrap_lines(&b, start, &style);
	}
	start = b.len;
	add_rest(g, form->plain.noun, &l, &b);
	prof_wrap_lines(&b, start, &style);
	if (form->more != NULL)
		prof_buf_addf(&b, "More: %s\n", form->more);
	prof_gate_list_release(&l);
	prof_out_add(out, b.data, b.len);
	prof_buf_release(&b);
}
