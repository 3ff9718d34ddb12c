/* SPDX-License-Identifier: MIT */
#include "libanalysis/regresstext.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "libanalysis/diffparts.h"
#include "libanalysis/hash.h"
#include "libanalysis/name.h"

enum { VERDICT, METRIC, BASE, NEWER, DELTA, RATIO, NAME, COLS };

static const char *const metric_names[] = {
	[PROF_DIFF_SELF] = "self", [PROF_DIFF_TOTAL] = "total"
};

static prof_i128
value(const struct prof_regress *g, const struct prof_regress_row *r,
    unsigned side)
{
	return prof_diff_value(g->d, side, r->sum[side]);
}

static bool
has_ratio(const struct prof_regress_row *r)
{
	return r->sum[PROF_DIFF_BASE] > 0 && r->sum[PROF_DIFF_NEWER] >= 0;
}

/* new / base as two integers. */
static void
ratio_of(const struct prof_regress *g, const struct prof_regress_row *r,
    prof_i128 *num, prof_i128 *den)
{
	*num = r->sum[PROF_DIFF_NEWER] * g->d->runs[PROF_DIFF_BASE];
	*den = r->sum[PROF_DIFF_BASE] * g->d->runs[PROF_DIFF_NEWER];
}

static void
add_ratio(const struct prof_regress *g, const struct prof_regress_row *r,
    struct prof_buf *b)
{
	prof_i128 num, den;

	if (r->kind == PROF_REGRESS_NEW) {
		prof_buf_adds(b, "NEW");
	} else if (r->kind == PROF_REGRESS_GONE) {
		prof_buf_adds(b, "GONE");
	} else if (has_ratio(r)) {
		ratio_of(g, r, &num, &den);
		prof_amount_ratio(b, num, den, 2);
	} else if (r->sum[PROF_DIFF_BASE] == 0) {
		prof_buf_adds(b, "from 0");
	}
}

void
prof_regress_describe(const struct prof_regress *g,
    const struct prof_regress_row *r, struct prof_buf *b)
{
	prof_buf_addf(b, "%s ", metric_names[r->metric]);
	prof_amount_single(b, g->d->unit, value(g, r, PROF_DIFF_NEWER),
	    false);
	prof_buf_adds(b, " against ");
	prof_amount_single(b, g->d->unit, value(g, r, PROF_DIFF_BASE),
	    false);
	prof_buf_adds(b, ", ");
	add_ratio(g, r, b);
}

/* --- text ----------------------------------------------------------------- */

static void
add_limit(const struct prof_regress *g, struct prof_buf *b)
{
	prof_amount_ratio(b, g->rule.ratio.num, g->rule.ratio.den, 9);
}

static void
add_functions(struct prof_buf *b, struct prof_noun noun, size_t n)
{
	prof_buf_addf(b, "%zu %s", n, prof_noun_of(noun, n));
}

static void
add_verdict(const struct prof_regress *g, struct prof_noun noun,
    struct prof_buf *b)
{
	size_t bad = g->count[PROF_VERDICT_REGRESSION];
	struct prof_regress_row all = { .kind = PROF_REGRESS_ALL };

	if (g->verdict == PROF_VERDICT_INCONCLUSIVE) {
		prof_buf_adds(b, "INCONCLUSIVE: ");
		prof_name_print(b, g->reason, strlen(g->reason));
		prof_buf_addc(b, '\n');
		return;
	}
	memcpy(all.sum, g->d->sum, sizeof all.sum);
	prof_buf_adds(b, g->verdict == PROF_VERDICT_REGRESSION ? "FAIL: " :
	    "PASS: ");
	if (bad > 0)
		prof_buf_addf(b, "%zu of ", bad);
	else
		prof_buf_adds(b, g->all == PROF_VERDICT_REGRESSION ?
		    "everything together, but none of " : "none of ");
	add_functions(b, noun, g->functions);
	prof_buf_adds(b, " regressed beyond ");
	add_limit(g, b);
	if (g->all == PROF_VERDICT_REGRESSION) {
		prof_buf_adds(b, bad > 0 ?
		    ", and so did everything together: " : ": ");
		add_ratio(g, &all, b);
	}
	prof_buf_addc(b, '\n');
}

static void
add_share(struct prof_buf *b, struct prof_fraction f)
{
	unsigned decimals = 0;
	prof_i128 rest = (prof_i128)f.num * 100 % f.den;

	while (rest != 0 && decimals < 9) {
		rest = rest * 10 % f.den;
		decimals++;
	}
	prof_num_print(b, f.num, 100, f.den, decimals);
	prof_buf_addc(b, '%');
}

static void
add_rule(const struct prof_regress *g, struct prof_noun noun,
    struct prof_buf *b)
{
	const struct prof_diff *d = g->d;

	prof_buf_addf(b, "judged: %s from ", prof_noun_of(noun, 2));
	add_share(b, g->rule.min_share);
	prof_buf_adds(b, " of a side, new ones from ");
	add_share(b, g->rule.impact);
	prof_buf_adds(b, " of base\n");
	prof_diff_runs(d, "base", "new", b);
	if (d->runs[PROF_DIFF_BASE] == 1 || d->runs[PROF_DIFF_NEWER] == 1)
		prof_buf_adds(b, ": differences of sampling noise are "
		    "possible");
	prof_buf_addc(b, '\n');
}

/* Rows that people must see come first. */
static size_t
bad_rows(const struct prof_regress *g)
{
	size_t n = 0;

	while (n < g->n && g->row[n].verdict <= PROF_VERDICT_INCONCLUSIVE)
		n++;
	return n;
}

static void
add_row(struct prof_table *t, const struct prof_regress *g,
    const struct prof_regress_row *r, struct prof_amount a)
{
	prof_i128 x = value(g, r, PROF_DIFF_BASE);
	prof_i128 y = value(g, r, PROF_DIFF_NEWER);
	bool bad = r->verdict == PROF_VERDICT_REGRESSION, inked;
	struct prof_buf cell[COLS];
	unsigned i;

	memset(cell, 0, sizeof cell);
	prof_buf_adds(&cell[VERDICT], bad ? "FAIL" : "?");
	prof_buf_adds(&cell[METRIC], metric_names[r->metric]);
	prof_amount_print(&cell[BASE], a, x);
	prof_amount_print(&cell[NEWER], a, y);
	prof_amount_change(&cell[DELTA], a, y - x);
	add_ratio(g, r, &cell[RATIO]);
	if (r->kind == PROF_REGRESS_ALL)
		prof_buf_adds(&cell[NAME], "TOTAL");
	else
		prof_diff_name(g->d, r->class, &cell[NAME]);
	for (i = 0; i < COLS; i++) {
		inked = bad && (i == VERDICT || i == DELTA || i == RATIO);
		prof_table_add(t, inked ? PROF_INK_RED : PROF_INK_NONE,
		    prof_buf_str(&cell[i]), cell[i].len);
		prof_buf_release(&cell[i]);
	}
}

static void
add_rows(const struct prof_regress *g, const struct prof_diff_form *form,
    size_t n, struct prof_buf *b)
{
	const char *const heads[COLS] = { "verdict", "metric", "base", "new",
	    "delta", "ratio", prof_noun_head(form->noun) };
	struct prof_style style = prof_diff_style(form);
	struct prof_spread s = { 0 };
	struct prof_amount a;
	struct prof_table t;
	size_t i;

	for (i = 0; i < n; i++) {
		prof_spread_add(&s, value(g, &g->row[i], PROF_DIFF_BASE));
		prof_spread_add(&s, value(g, &g->row[i], PROF_DIFF_NEWER));
	}
	a = prof_amount_choose(g->d->unit, 1, 1, &s, &form->unit);
	prof_table_init(&t, "llrrrrl", heads);
	for (i = 0; i < n; i++)
		add_row(&t, g, &g->row[i], a);
	prof_table_print(&t, NAME, &style, b);
	prof_table_release(&t);
}

static void
add_rest(const struct prof_regress *g, struct prof_noun noun, size_t hidden,
    struct prof_buf *b)
{
	size_t better = g->count[PROF_VERDICT_IMPROVEMENT];
	size_t fine = g->count[PROF_VERDICT_OK];

	if (hidden > 0)
		prof_buf_addf(b, "%zu more not shown\n", hidden);
	add_functions(b, noun, fine);
	prof_buf_adds(b, " within the limit, ");
	prof_buf_addf(b, "%zu improved", better);
	if (g->all == PROF_VERDICT_IMPROVEMENT)
		prof_buf_adds(b, ", and so did everything together");
	prof_buf_addc(b, '\n');
}

void
prof_regress_text(const struct prof_regress *g,
    const struct prof_diff_form *form, struct prof_out *out)
{
	struct prof_buf b = { 0 };
	size_t bad = bad_rows(g), shown = bad;

	add_verdict(g, form->noun, &b);
	prof_diff_sides(g->d, "base", "new", &form->unit, &b);
	prof_diff_left_out(g->d, form, &b);
	add_rule(g, form->noun, &b);
	if (form->limit != 0 && form->limit < bad)
		shown = form->limit;
	if (g->n > 0)
		prof_buf_addc(&b, '\n');
	if (shown > 0)
		add_rows(g, form, shown, &b);
	if (g->n > 0)
		add_rest(g, form->noun, bad - shown, &b);
	prof_out_add(out, b.data, b.len);
	prof_buf_release(&b);
}

/* --- JSON ----------------------------------------------------------------- */

/* What stays the same when the finding comes up in another comparison. */
static uint64_t
fingerprint(const struct prof_regress_row *r, const struct prof_row *row)
{
	uint64_t h = prof_hash_mix(PROF_HASH_FIXED, (uint64_t)r->kind);
	const char *base;

	if (row == NULL)
		return h;
	base = prof_name_base(row->file);
	h = prof_hash_bytes(h, base, strlen(base));
	return prof_hash_bytes(h, row->name, row->name_len);
}

static void
json_place(struct prof_json *j, const struct prof_row *row)
{
	prof_json_key(j, "name");
	if (row != NULL)
		prof_json_str(j, row->name, row->name_len);
	else
		prof_json_strs(j, "TOTAL");
	prof_json_key(j, "file");
	prof_json_str(j, row != NULL ? row->file : "",
	    row != NULL ? row->file_len : 0);
	prof_json_key(j, "line");
	if (row != NULL && row->line != 0)
		prof_json_int(j, row->line);
	else
		prof_json_null(j);
	prof_json_key(j, "module");
	prof_json_str(j, row != NULL ? row->module : "",
	    row != NULL ? row->module_len : 0);
}

static void
json_values(struct prof_json *j, const struct prof_regress *g,
    const struct prof_regress_row *r)
{
	prof_i128 x = value(g, r, PROF_DIFF_BASE), num, den;
	prof_i128 y = value(g, r, PROF_DIFF_NEWER);

	prof_json_key(j, "base");
	prof_json_i128(j, x);
	prof_json_key(j, "new");
	prof_json_i128(j, y);
	prof_json_key(j, "delta");
	prof_json_i128(j, y - x);
	prof_json_key(j, "ratio");
	if (has_ratio(r)) {
		ratio_of(g, r, &num, &den);
		prof_json_fixed(j, prof_num_ppm(num, den), 6);
	} else {
		prof_json_null(j);
	}
}

static void
json_finding(struct prof_json *j, const struct prof_regress *g,
    const struct prof_regress_row *r)
{
	const struct prof_row *row = r->kind != PROF_REGRESS_ALL ?
	    prof_match_row(&g->d->match, r->class) : NULL;
	char id[17];

	prof_json_row(j, '{');
	prof_json_key(j, "verdict");
	prof_json_strs(j, prof_verdict_name(r->verdict));
	prof_json_key(j, "kind");
	prof_json_strs(j, prof_regress_kind_name(r->kind));
	prof_json_key(j, "metric");
	prof_json_strs(j, metric_names[r->metric]);
	json_values(j, g, r);
	json_place(j, row);
	snprintf(id, sizeof id, "%016" PRIx64, fingerprint(r, row));
	prof_json_key(j, "id");
	prof_json_strs(j, id);
	prof_json_key(j, "evidence");
	prof_json_strs(j, g->d->nruns == 2 ? "single-run" : "means");
	prof_json_end(j);
}

void
prof_regress_json(const struct prof_regress *g,
    const struct prof_diff_form *form, struct prof_out *out)
{
	struct prof_json j;
	size_t i;

	prof_json_init(&j, out);
	prof_diff_json_head(&j, g->d, form, "profkit/regress/1");
	prof_json_key(&j, "verdict");
	prof_json_strs(&j, prof_verdict_name(g->verdict));
	prof_json_key(&j, "findings");
	prof_json_begin(&j, '[');
	for (i = 0; i < g->n && g->row[i].verdict != PROF_VERDICT_OK; i++)
		if (form->limit == 0 || i < form->limit)
			json_finding(&j, g, &g->row[i]);
	prof_json_end(&j);
	prof_diff_json_tail(&j, g->d, form);
}
