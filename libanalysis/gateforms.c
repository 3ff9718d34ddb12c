/* SPDX-License-Identifier: MIT */
#include "libanalysis/gateforms.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "libanalysis/diffparts.h"
#include "libanalysis/gateparts.h"

#define RATIO_DECIMALS 6
#define ODDS_DECIMALS 9
#define DECIMALS_MAX 12	/* smaller odds are 0 to everybody */

static const struct prof_field fields[] = {
	{ .name = "verdict" }, { .name = "kind" }, { .name = "metric" },
	{ .name = "base", .number = true },
	{ .name = "new", .number = true },
	{ .name = "delta", .number = true },
	{ .name = "ratio", .number = true },
	{ .name = "ratio_low", .number = true },
	{ .name = "ratio_high", .number = true },
	{ .name = "p", .number = true }, { .name = "q", .number = true },
	{ .name = "mdr", .number = true },
	{ .name = "name" }, { .name = "file" },
	{ .name = "line", .number = true }, { .name = "module" },
	{ .name = "rule" }, { .name = "at" },
	{ .name = "id", .json_only = true },
	{ .name = "evidence", .json_only = true },
	{ .name = "explains", .json_only = true },
	{ .name = "warning", .json_only = true },
	{ .name = "caller", .json_only = true },
	{ .name = "calls_ratio", .json_only = true },
	{ .name = "per_call_ratio", .json_only = true },
	{ .name = "runs_separate", .json_only = true }
};

#define NFIELDS (sizeof fields / sizeof fields[0])

static bool
is_json(const struct prof_records *r)
{
	return r->form == PROF_FORM_JSON || r->form == PROF_FORM_JSONL;
}

static prof_i128
scaled(double v, unsigned decimals)
{
	while (decimals-- > 0)
		v *= 10;
	return prof_gate_round(v);
}

/* JSON has no word for what has no end. */
static void
add_number(struct prof_records *r, double v, unsigned decimals)
{
	if (isinf(v) && v > 0 && !is_json(r))
		prof_records_strs(r, "inf");
	else if (!isfinite(v))
		prof_records_none(r);
	else
		prof_records_fixed(r, scaled(v, decimals), decimals);
}

/* As many digits as show six of a small one. */
static unsigned
odds_decimals(double p)
{
	unsigned n = ODDS_DECIMALS;

	for (p *= 1e4; p > 0 && p < 1 && n < DECIMALS_MAX; p *= 10)
		n++;
	return n;
}

static void
add_odds(struct prof_records *r, const double *p)
{
	unsigned n = p != NULL ? odds_decimals(*p) : 0;

	if (p != NULL && scaled(*p, n) == 0)
		n = 0;
	add_number(r, p != NULL ? *p : NAN, n);
}

static void
add_change(struct prof_records *r, prof_i128 x, prof_i128 y,
    struct prof_gate_span s)
{
	prof_records_int(r, x);
	prof_records_int(r, y);
	prof_records_int(r, y - x);
	add_number(r, s.ratio, RATIO_DECIMALS);
	add_number(r, s.low, RATIO_DECIMALS);
	add_number(r, s.high, RATIO_DECIMALS);
}

static void
add_values(struct prof_records *r, const struct prof_gate *g,
    const struct prof_gate_row *row)
{
	struct prof_gate_span s = prof_gate_span(g, row);
	const struct prof_effect *f = row->effect;
	prof_i128 x = prof_gate_value(g, row, PROF_DIFF_BASE);
	prof_i128 y = prof_gate_value(g, row, PROF_DIFF_NEWER);

	add_change(r, x, y, s);
	add_odds(r, f != NULL ? &f->p : NULL);
	add_odds(r, f != NULL ? &f->q : NULL);
	add_number(r, f != NULL ? f->mdr : NAN, RATIO_DECIMALS);
}

/* Ratio, limits and odds of what has no values. */
static void
add_factor(struct prof_records *r, const struct prof_factor *f)
{
	unsigned i;

	for (i = 0; i < 3; i++)
		prof_records_none(r);
	add_number(r, f->ratio, RATIO_DECIMALS);
	add_number(r, f->low, RATIO_DECIMALS);
	add_number(r, f->high, RATIO_DECIMALS);
	for (i = 0; i < 3; i++)
		prof_records_none(r);
}

static void
add_place(struct prof_records *r, const struct prof_row *row,
    const char *everything)
{
	if (row == NULL) {
		prof_records_strs(r, everything);
		prof_records_text(r, "", 0);
		prof_records_none(r);
		prof_records_text(r, "", 0);
		return;
	}
	prof_records_text(r, row->name, row->name_len);
	prof_records_text(r, row->file, row->file_len);
	if (row->line != 0)
		prof_records_int(r, row->line);
	else
		prof_records_none(r);
	prof_records_text(r, row->module, row->module_len);
}

static void
add_class(struct prof_json *j, const struct prof_gate *g, uint32_t class)
{
	const struct prof_row *row = prof_match_row(&g->e->d->match, class);

	prof_json_str(j, row->name, row->name_len);
}

static void
add_explains(struct prof_records *r, const struct prof_gate *g,
    const struct prof_finding *f)
{
	struct prof_json *j = prof_records_json(r);
	size_t i;

	if (j != NULL) {
		prof_json_row(j, '[');
		for (i = 0; f != NULL && i < f->nexplains; i++)
			add_class(j, g, f->explains[i]);
		prof_json_end(j);
	}
	prof_records_json_end(r);
}

static void
add_caller(struct prof_records *r, const struct prof_gate *g,
    const struct prof_finding *f)
{
	struct prof_json *j = prof_records_json(r);

	if (j != NULL && f != NULL && f->caller != 0 &&
	    f->kind == PROF_FINDING_CALLS)
		add_class(j, g, f->caller);
	else if (j != NULL)
		prof_json_null(j);
	prof_records_json_end(r);
}

/* What only JSON has. */
static void
add_more(struct prof_records *r, const struct prof_gate *g,
    const struct prof_gate_row *row)
{
	const struct prof_finding *f = row->explained ? NULL : row->finding;
	bool split = f != NULL && f->split.known;
	char id[17];

	snprintf(id, sizeof id, "%016" PRIx64, prof_gate_id(g, row));
	prof_records_strs(r, id);
	prof_records_strs(r, prof_basis_name(g->e->basis[row->class == 0 &&
	    row->metric != PROF_JUDGED_CALLS ? PROF_JUDGED_SELF :
	    row->metric]));
	add_explains(r, g, f);
	prof_records_bool(r, row->warning);
	add_caller(r, g, f);
	add_number(r, split ? f->split.calls : NAN, RATIO_DECIMALS);
	add_number(r, split ? f->split.per_call : NAN, RATIO_DECIMALS);
	prof_records_bool(r, row->effect != NULL && row->effect->apart);
}

static void
add_row(struct prof_records *r, const struct prof_gate *g,
    const struct prof_gate_row *row)
{
	bool factor = prof_gate_by_factor(g, row);

	prof_records_strs(r, prof_verdict_name(row->verdict));
	prof_records_strs(r, prof_gate_kind(g, row));
	prof_records_strs(r, factor ? "factor" :
	    prof_judged_name(row->metric));
	if (factor)
		add_factor(r, &g->e->factor);
	else
		add_values(r, g, row);
	add_place(r, prof_gate_place(g, row), factor ? "ALL CODE" : "TOTAL");
	prof_records_strs(r, prof_gate_arm_name(row->arm));
	prof_records_none(r);
	add_more(r, g, row);
}

/* The totals as measured, where the factor is judged: without a verdict. */
static void
add_measured(struct prof_records *r, const struct prof_gate *g,
    const struct prof_gate_row *all)
{
	struct prof_gate_span s = prof_gate_raw(g->e);
	prof_i128 x = prof_gate_value(g, all, PROF_DIFF_BASE);
	prof_i128 y = prof_gate_value(g, all, PROF_DIFF_NEWER);
	struct prof_gate_row row = { .metric = PROF_JUDGED_TOTAL };
	unsigned i;

	prof_records_none(r);
	prof_records_strs(r, prof_gate_kind(g, all));
	prof_records_strs(r, prof_judged_name(PROF_JUDGED_TOTAL));
	add_change(r, x, y, s);
	for (i = 0; i < 3; i++)
		prof_records_none(r);
	add_place(r, NULL, "TOTAL");
	prof_records_strs(r, "");
	prof_records_none(r);
	add_more(r, g, &row);
}

static void
add_rows(const struct prof_gate *g, const struct prof_gate_form *how,
    bool findings, struct prof_records *r)
{
	const struct prof_gate_row *row;
	size_t n = 0, i;

	for (i = 0; i < g->n; i++) {
		row = &g->row[i];
		if (findings && ((row->verdict == PROF_VERDICT_OK &&
		    !row->warning) || (row->explained && !how->verbose)))
			continue;
		if (how->plain.limit != 0 && n >= how->plain.limit)
			break;
		add_row(r, g, row);
		if (!findings && prof_gate_by_factor(g, row))
			add_measured(r, g, row);
		n++;
	}
}

void
prof_gate_rows(const struct prof_gate *g, const struct prof_gate_form *how,
    enum prof_form form, struct prof_out *out)
{
	struct prof_records r;

	prof_records_init(&r, form, fields, NFIELDS, out, NULL);
	add_rows(g, how, false, &r);
	prof_records_release(&r);
}

/* --- JSON ----------------------------------------------------------------- */

static void
json_number(struct prof_json *j, const char *key, double v,
    unsigned decimals)
{
	prof_json_key(j, key);
	if (isfinite(v))
		prof_json_fixed(j, scaled(v, decimals), decimals);
	else
		prof_json_null(j);
}

static void
json_text(struct prof_json *j, const char *key, const char *s)
{
	prof_json_key(j, key);
	if (s != NULL && s[0] != '\0')
		prof_json_strs(j, s);
	else
		prof_json_null(j);
}

static void
json_scale(struct prof_json *j, const struct prof_gate *g)
{
	static const char *const names[] = { "auto", "none", "median",
	    "total", "given" };
	const struct prof_evidence *e = g->e;
	const struct prof_factor *f = &e->factor;

	prof_json_key(j, "scale");
	prof_json_row(j, '{');
	json_text(j, "how", names[e->scaling]);
	json_number(j, "ratio", f->ratio, RATIO_DECIMALS);
	json_number(j, "low", f->low, RATIO_DECIMALS);
	json_number(j, "high", f->high, RATIO_DECIMALS);
	json_number(j, "support", f->support, RATIO_DECIMALS);
	json_number(j, "left_in", e->common.ratio, RATIO_DECIMALS);
	json_number(j, "left_in_low", e->common.low, RATIO_DECIMALS);
	json_number(j, "left_in_high", e->common.high, RATIO_DECIMALS);
	json_number(j, "base_times", e->d->base_times, RATIO_DECIMALS);
	prof_json_key(j, "functions");
	prof_json_int(j, (int64_t)f->used);
	prof_json_key(j, "separate");
	prof_json_bool(j, e->global);
	prof_json_end(j);
}

static void
json_bases(struct prof_json *j, const struct prof_evidence *e)
{
	static const char *const models[] = { "sampled", "timed", "exact" };
	unsigned m;

	prof_json_key(j, "metrics");
	prof_json_row(j, '[');
	for (m = 0; m < PROF_JUDGED; m++) {
		if (e->of[m] == NULL)
			continue;
		prof_json_row(j, '{');
		json_text(j, "metric", prof_judged_name(m));
		json_text(j, "model", models[e->model[m]]);
		json_text(j, "evidence", prof_basis_name(e->basis[m]));
		prof_json_key(j, "tested");
		prof_json_int(j, (int64_t)e->family[m]);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static double
known(double samples)
{
	return samples > 0 ? samples : NAN;
}

static void
json_noise(struct prof_json *j, const struct prof_gate *g)
{
	static const char *const how[] = {
		[PROF_COUNTS_UNKNOWN] = "unknown",
		[PROF_COUNTS_HEAP] = "heap",
		[PROF_COUNTS_COLUMN] = "column",
		[PROF_COUNTS_UNIT] = "unit",
		[PROF_COUNTS_PERIOD] = "period",
		[PROF_COUNTS_DIVISOR] = "divisor",
		[PROF_COUNTS_RECORDS] = "records",
		[PROF_COUNTS_EXACT] = "exact"
	};
	const struct prof_evidence *e = g->e;

	prof_json_key(j, "noise");
	prof_json_row(j, '{');
	json_number(j, "phi", e->phi, ODDS_DECIMALS);
	json_number(j, "tau", e->tau, RATIO_DECIMALS);
	json_number(j, "d0", e->d0, RATIO_DECIMALS);
	json_number(j, "alpha", e->rule.alpha, ODDS_DECIMALS);
	json_number(j, "level", e->rule.level, RATIO_DECIMALS);
	json_text(j, "counts", how[e->how]);
	json_number(j, "samples_base", known(e->samples[0]), 1);
	json_number(j, "samples_new", known(e->samples[1]), 1);
	json_number(j, "expected_alarms", e->expected, RATIO_DECIMALS);
	json_text(j, "reason", e->reason);
	json_bases(j, e);
	json_text(j, "no_rate", prof_gate_no_rate(g));
	prof_json_key(j, "unproved_total");
	prof_json_bool(j, prof_gate_is_unproved(g));
	prof_json_end(j);
}

void
prof_gate_json(const struct prof_gate *g, const struct prof_gate_form *how,
    struct prof_out *out)
{
	struct prof_records r;
	struct prof_json j;

	prof_json_init(&j, out);
	prof_diff_json_head(&j, g->e->d, &how->plain, "profkit/regress/1");
	json_text(&j, "verdict", prof_verdict_name(g->verdict));
	prof_json_key(&j, "findings");
	prof_json_begin(&j, '[');
	prof_records_init(&r, PROF_FORM_JSON, fields, NFIELDS, NULL, &j);
	add_rows(g, how, true, &r);
	prof_records_release(&r);
	prof_json_end(&j);
	json_text(&j, "reason", g->reason);
	json_text(&j, "help", g->help);
	json_text(&j, "scope", g->scope);
	json_scale(&j, g);
	json_noise(&j, g);
	prof_diff_json_tail(&j, g->e->d, &how->plain);
}
