/* SPDX-License-Identifier: MIT */
#include "tests/compare.h"

#include <math.h>

#include "libanalysis/difftext.h"
#include "libanalysis/difftree.h"
#include "libanalysis/nomem.h"

/*
 * Reports of evidence that is written down here: what they say of it, not
 * whether it is right.
 */
static struct compare c;
static struct prof_evidence e;
static struct prof_findings f;
static struct prof_diff_report shown;
static struct prof_buf text;

static const struct prof_diff_form plain;
static const struct prof_diff_form wide = { .width = 130 };

/* The effects of a comparison of which nothing is known but values. */
static void
know(enum prof_basis basis)
{
	struct prof_effect *one;
	unsigned m, i;

	e.d = &c.d;
	e.rule = prof_evidence_default();
	e.factor.ratio = e.factor.low = e.factor.high = 1;
	e.common.ratio = e.common.low = e.common.high = NAN;
	e.expected = e.phi = e.total[0] = e.total[1] = e.total[2] = NAN;
	for (m = 0; m < 2; m++) {
		e.basis[m] = basis;
		e.of[m] = prof_zalloc(c.d.match.n + 1, sizeof *e.of[m]);
		for (i = 0; i <= c.d.match.n; i++) {
			one = &e.of[m][i];
			one->ratio = one->low = one->high = one->p = one->q =
			    one->mdr = one->samples[0] = one->samples[1] =
			    NAN;
		}
		f.by[m] = prof_zalloc(c.d.match.n + 1, sizeof *f.by[m]);
	}
	f.of = prof_zalloc(32, sizeof *f.of);
	shown.view.d = &c.d;
	shown.view.e = &e;
	shown.f = &f;
}

/* A run a side. */
static void
two(const char *base, const char *newer, enum prof_basis basis)
{
	compare_add(&c, "a", base);
	compare_add(&c, "b", newer);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	know(basis);
}

static struct prof_effect *
effect(const char *name, double ratio, double low, double high, double q)
{
	struct prof_effect *one = &e.of[0][compare_find(&c, name)];

	one->ratio = ratio;
	one->low = low;
	one->high = high;
	one->p = q / 2;
	one->q = q;
	one->tested = true;
	one->found = q <= .05;
	return one;
}

static struct prof_finding *
finding(enum prof_finding_kind kind, enum prof_judged metric,
    const char *name, double base, double now)
{
	struct prof_finding *one = &f.of[f.n++];

	one->kind = kind;
	one->metric = metric;
	one->class = name != NULL ? compare_find(&c, name) : 0;
	one->base = base;
	one->now = now;
	one->delta = now - base;
	return one;
}

static const char *
render_as(int in, const struct prof_diff_form *how)
{
	struct prof_out *out = prof_out_buf(&text);

	prof_buf_clear(&text);
	if (in < 0)
		prof_diff_text(&shown, how, out);
	else
		prof_diff_write(&shown, (enum prof_form)in, how, out);
	ck_assert_int_eq(prof_out_finish(out, NULL), PROF_OK);
	return prof_buf_str(&text);
}

static const char *
render(const struct prof_diff_form *how)
{
	return render_as(-1, how);
}

static bool
has(const char *what)
{
	return strstr(prof_buf_str(&text), what) != NULL;
}

/* Fails with the report where it is not in there. */
static void
must_have(const char *what)
{
	ck_assert_msg(has(what), "no '%s' in\n%s", what, prof_buf_str(&text));
}

static void
done(void)
{
	unsigned m;

	for (m = 0; m < 2; m++) {
		free(e.of[m]);
		free(f.by[m]);
	}
	free(f.of);
	memset(&e, 0, sizeof e);
	memset(&f, 0, sizeof f);
	memset(&shown, 0, sizeof shown);
	compare_done(&c);
	prof_buf_release(&text);
}

#define BASE "main;hash 490000000\nmain;mix 230000000\nmain;same 280000000"
#define NEWER "main;hash 850000000\nmain;mix 350000000\nmain;same 280000000"

START_TEST(the_first_sentence_names_the_finding)
{
	two(BASE, NEWER, PROF_BASIS_SINGLE);
	finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "hash", 490e6, 850e6);
	finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "mix", 230e6, 350e6);
	render(&plain);
	ck_assert_int_eq(strncmp(text.data, "hash is 1.73x slower (490 ms -> "
	    "850 ms, +360 ms, 75% of the growth), 1 more finding; B takes "
	    "1.48x A (+480 ms).\n", 108), 0);
	done();
}
END_TEST

START_TEST(what_got_faster_is_said_so)
{
	two(NEWER, BASE, PROF_BASIS_SINGLE);
	finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "hash", 850e6, 490e6);
	render(&plain);
	must_have("hash is 1.73x faster (850 ms -> 490 ms, -360 ms, 75% of "
	    "the decrease); B takes 0.68x A (-480 ms).\n");
	done();
}
END_TEST

START_TEST(nothing_proved_is_said)
{
	two(BASE, NEWER, PROF_BASIS_SINGLE);
	render(&plain);
	must_have("No function is proved to have changed; B takes 1.48x A "
	    "(+480 ms).\n");
	done();
}
END_TEST

START_TEST(without_a_basis_there_is_no_verdict_and_no_mark)
{
	two(BASE, NEWER, PROF_BASIS_NONE);
	e.reason = "times are no counts";
	render(&plain);
	must_have("B takes 1.48x A: 1.48 s against 1.00 s (+480 ms).\n");
	must_have("one run each: values only, nothing tells noise (times are "
	    "no counts); several runs a side would\n");
	ck_assert(!has("~"));
	done();
}
END_TEST

START_TEST(rows_that_are_not_proved_are_marked)
{
	two(BASE, NEWER, PROF_BASIS_SINGLE);
	effect("hash", 1.73, 1.4, 2.1, .001);
	effect("mix", 1.52, .95, 2.4, .2);
	render(&wide);
	must_have("1.73x     [1.40, 2.10]  0.0010");
	must_have("1.52x  ~  [0.95, 2.40]   0.200");
	must_have("3 functions up; 1 proved, ~ marks what may be chance\n");
	done();
}
END_TEST

START_TEST(limits_and_chance_go_where_width_is_short)
{
	struct prof_diff_form form = { .width = 100 };

	two(BASE, NEWER, PROF_BASIS_SINGLE);
	effect("hash", 1.73, 1.4, 2.1, .001);
	render(&plain);
	ck_assert(has("[1.40, 2.10]") && !has("0.0010"));
	render(&form);
	ck_assert(has("[1.40, 2.10]") && !has("0.0010"));
	form.width = 80;
	render(&form);
	ck_assert(!has("[1.40, 2.10]") && has("hash\n"));
	done();
}
END_TEST

START_TEST(columns_go_before_names_are_cut)
{
	struct prof_diff_form form = { .width = 80 };

	two("outer;a_name_of_thirty_characters_xx 490000000",
	    "outer;a_name_of_thirty_characters_xx 850000000",
	    PROF_BASIS_SINGLE);
	render(&form);
	must_have("  a_name_of_thirty_characters_xx\n");
	ck_assert(!has("total A"));
	done();
}
END_TEST

START_TEST(the_global_factor_stands_apart)
{
	two(BASE, NEWER, PROF_BASIS_SINGLE);
	e.scaling = PROF_SCALING_MEDIAN;
	e.global = true;
	e.factor.ratio = 1.04;
	e.factor.low = .98;
	e.factor.high = 1.1;
	e.factor.support = .93;
	render(&plain);
	must_have("\nall code x1.04 [0.98, 1.10]: machine, load or clock; 93% "
	    "agree\n");
	done();
}
END_TEST

START_TEST(why_there_is_no_factor_is_said)
{
	two(BASE, NEWER, PROF_BASIS_SINGLE);
	e.scaling = PROF_SCALING_MEDIAN;
	e.factor.used = 3;
	e.total[0] = 1.28;
	e.total[1] = 1.2;
	e.total[2] = 1.4;
	render(&plain);
	must_have("all code: only 3 functions have enough samples to tell a "
	    "factor; totals x1.28 [1.20, 1.40]\n");
	e.factor.used = 12;
	e.factor.support = .31;
	render(&plain);
	must_have("all code: no factor is clear, only 31% agree");
	e.scaling = PROF_SCALING_NONE;
	render(&plain);
	must_have("all code: compared as recorded; totals x1.28");
	done();
}
END_TEST

START_TEST(rows_that_only_follow_the_factor_are_diluted)
{
	two(BASE, NEWER "\nmain;fresh 30000000", PROF_BASIS_SINGLE);
	e.scaling = PROF_SCALING_MEDIAN;
	e.global = true;
	e.factor.ratio = 1.7;
	e.factor.low = 1.6;
	e.factor.high = 1.8;
	effect("hash", 1.02, .9, 1.15, .8);
	effect("mix", .89, .5, 1.5, .6);
	effect("fresh", INFINITY, .7, INFINITY, .6);
	render(&plain);
	must_have("1.73x  diluted  [0.90, 1.15]");
	must_have("1.52x  ~        [0.50, 1.50]");
	/* A factor makes nothing out of nothing. */
	must_have("NEW  ~        [0.70, inf]");
	done();
}
END_TEST

START_TEST(what_single_runs_are_worth_is_said)
{
	two(BASE, NEWER, PROF_BASIS_SINGLE);
	e.expected = .046;
	render(&plain);
	must_have("one run each: single-run evidence, about 5% of "
	    "comparisons of unchanged code show a false change\n");
	e.expected = NAN;
	render(&plain);
	must_have("one run each: single-run evidence\n");
	done();
}
END_TEST

START_TEST(what_several_runs_are_worth_is_said)
{
	compare_add(&c, "a1", BASE);
	compare_add(&c, "a2", BASE);
	compare_add(&c, "b1", NEWER);
	compare_add(&c, "b2", NEWER);
	ck_assert_int_eq(compare_run(&c, 2, NULL), PROF_OK);
	know(PROF_BASIS_RUNS);
	e.phi = .0026;
	finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "hash", 490e6, 850e6)
	    ->effect = effect("hash", 1.73, 1.4, 2.1, .001);
	e.of[0][compare_find(&c, "hash")].apart = true;
	render(&plain);
	must_have("means of 2 runs (A) and 2 runs (B), noise 5.1% a run; "
	    "fewer than three runs a side tell little\n");
	must_have(": its own code; all 2 runs of B are above all 2 of A.\n");
	done();
}
END_TEST

START_TEST(findings_say_calls_and_what_they_explain)
{
	static uint32_t list[4];
	struct prof_diff_form form = { .verbose = true };
	struct prof_finding *one;

	two("main;serve;handle;hash 490000000\nmain;x 1",
	    "main;serve;handle;hash 850000000\nmain;x 1",
	    PROF_BASIS_SINGLE);
	one = finding(PROF_FINDING_CALLS, PROF_JUDGED_TOTAL, "hash", 490e6,
	    850e6);
	one->caller = compare_find(&c, "handle");
	one->split.known = true;
	one->split.calls = 2.02;
	one->split.per_call = .99;
	list[0] = compare_find(&c, "main");
	list[1] = compare_find(&c, "serve");
	list[2] = compare_find(&c, "handle");
	list[3] = compare_find(&c, "x");
	one->explains = list;
	one->nexplains = 4;
	render(&plain);
	must_have("\nhash called by handle takes 1.73x the time (490 ms -> "
	    "850 ms, "
	    "+360 ms, 100% of the growth): called 2.0x more, per call "
	    "unchanged; explains main, serve, handle and 1 more.\n");
	render(&form);
	must_have("; explains main, serve, handle, x.\n");
	done();
}
END_TEST

START_TEST(new_functions_are_named_with_their_caller)
{
	struct prof_finding *one;

	two("main 1000000000", "main 1000000000\nmain;extra;audit 520000000",
	    PROF_BASIS_SINGLE);
	one = finding(PROF_FINDING_NEW, PROF_JUDGED_TOTAL, "audit", 0, 520e6);
	one->caller = compare_find(&c, "extra");
	render(&plain);
	must_have("audit is new (+520 ms, 100% of the growth); B takes ");
	must_have("\nNewly on the stack: audit <- extra (+520 ms, 100% of the "
	    "growth).\n");
	done();
}
END_TEST

START_TEST(work_that_moved_is_no_change)
{
	static uint32_t group[1];
	struct prof_finding *one;

	two("main;parse 400000000\nmain;parse;skip_ws 600000000",
	    "main;parse 1001000000", PROF_BASIS_SINGLE);
	one = finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "parse", 400e6,
	    1001e6);
	group[0] = compare_find(&c, "skip_ws");
	one->shifted = true;
	one->group = group;
	one->ngroup = 1;
	one->group_delta = 1e6;
	one->group_low = -4e6;
	one->group_high = 6e6;
	f.by[0][one->class] = 1;
	render(&plain);
	must_have("Work only moved between functions; B takes 0.1% "
	    "more time than A (+1 ms)");
	must_have("  moved  ");
	must_have("\nWork moved: parse <- skip_ws (inlined), group +0.1% "
	    "[-0.4, 0.6].\n▼ may mean moved work, not faster code.\n");
	done();
}
END_TEST

START_TEST(a_change_that_the_factor_hides_is_told_apart)
{
	two(BASE, BASE, PROF_BASIS_SINGLE);
	e.global = true;
	e.factor.ratio = 2;
	finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "hash", 490e6, 490e6)
	    ->delta = -490e6;
	render(&plain);
	must_have("hash is 2.00x faster relative to all code (490 ms -> 490 "
	    "ms, 980 ms expected); B takes as much as A");
	done();
}
END_TEST

START_TEST(a_small_or_nearly_total_change_is_told_in_percent)
{
	two("m;hash 1000000\nm;same 9000000",
	    "m;hash 1003000\nm;same 9000000", PROF_BASIS_EXACT);
	finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "hash", 1e6, 1.003e6);
	render(&plain);
	must_have("hash is 0.3% slower (");
	must_have("; B takes 0.03% more time than A (");
	done();
}
END_TEST

START_TEST(text_has_ten_findings_unless_all_are_wanted)
{
	struct prof_diff_form form = { .verbose = true };
	int i;

	two(BASE, NEWER, PROF_BASIS_SINGLE);
	for (i = 0; i < 12; i++)
		finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "hash", 490e6,
		    850e6);
	render(&plain);
	must_have("11 more findings; B takes");
	must_have("\n2 more findings (-v lists them).\n");
	render(&form);
	ck_assert(!has("-v lists"));
	done();
}
END_TEST

START_TEST(numbers_of_rows_are_in_every_form)
{
	two(BASE, NEWER, PROF_BASIS_SINGLE);
	effect("hash", 1.734694, 1.4, INFINITY, 4e-12)->mdr = 1.31;
	render_as(PROF_FORM_TSV, &plain);
	must_have("\thash\t\t\t\t\t1.734694\t1.400000\tinf\t"
	    "0.000000000002\t0.000000000004\t1.310000\t"
	    "REGRESSION\thash\n");
	render_as(PROF_FORM_CSV, &plain);
	must_have(",hash,,,,,1.734694,1.400000,inf,");
	render_as(PROF_FORM_JSONL, &plain);
	must_have("\"ratio\": 1.734694, \"ratio_low\": 1.400000, "
	    "\"ratio_high\": null, ");
	done();
}
END_TEST

START_TEST(the_document_has_scale_noise_and_findings)
{
	two(BASE, NEWER, PROF_BASIS_SINGLE);
	e.scaling = PROF_SCALING_MEDIAN;
	e.factor.support = .93;
	e.tau = 1;
	e.phi = .0025;
	e.d0 = INFINITY;
	finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "hash", 490e6, 850e6)
	    ->effect = effect("hash", 1.73, 1.4, 2.1, .001);
	render_as(PROF_FORM_JSON, &plain);
	must_have("  \"scale\": {\"ratio\": 1.000000, \"low\": 1.000000, "
	    "\"high\": 1.000000, \"support\": 0.930000, "
	    "\"left_in\": null, \"left_in_low\": null, "
	    "\"left_in_high\": null, \"base_times\": 1.000000, \"how\": "
	    "\"median\"},\n  \"noise\": {\"phi\": 0.00250000, \"tau\": "
	    "1.000000, \"d0\": null, \"basis\": \"single-run\", \"model\": "
	    "\"sampled\"},\n  \"verdict\": \"REGRESSION\",\n");
	must_have("    {\"verdict\": \"REGRESSION\", \"kind\": \"self\", "
	    "\"metric\": \"self\", \"base\": 490000000, \"new\": 850000000, "
	    "\"delta\": 360000000, \"ratio\": 1.730000, ");
	must_have("\"id\": \"self:self:hash\", \"evidence\": "
	    "\"single-run\", \"explains\": [], ");
	done();
}
END_TEST

START_TEST(markdown_lets_no_name_out)
{
	two("m;a|b`<i>\n*x 490000000", "m;a|b`<i>\n*x 850000000",
	    PROF_BASIS_SINGLE);
	finding(PROF_FINDING_SELF, PROF_JUDGED_SELF, "*x", 490e6, 850e6);
	render_as(PROF_FORM_MARKDOWN, &plain);
	ck_assert_int_eq(strncmp(text.data, "**`*x` is ", 10), 0);
	must_have("`*x`");
	ck_assert(!has("<i>") || has("`<i>") || has("b`` <i>"));
	done();
}
END_TEST

START_TEST(markdown_is_never_longer_than_a_comment)
{
	struct prof_buf base = { 0 }, newer = { 0 };
	struct prof_diff_form form = { .limit = 20 };
	int i;

	for (i = 0; i < 3000; i++) {
		prof_buf_addf(&base, "main;function_number_%d 1000\n", i);
		prof_buf_addf(&newer, "main;function_number_%d %d\n", i,
		    2000 + i);
	}
	two(prof_buf_str(&base), prof_buf_str(&newer), PROF_BASIS_SINGLE);
	render_as(PROF_FORM_MARKDOWN, &form);
	ck_assert_uint_le(text.len, PROF_DIFF_MARKDOWN_MAX);
	ck_assert_uint_gt(text.len, PROF_DIFF_MARKDOWN_MAX - 2000);
	must_have("<details><summary>2981 more functions</summary>\n");
	must_have("\n</details>\n");
	must_have(" rows left out, so that this is no longer than 60000 "
	    "bytes.\n");
	prof_buf_release(&base);
	prof_buf_release(&newer);
	done();
}
END_TEST

/* --- which rows ----------------------------------------------------------- */

/* The names of the rows in their order: "hash mix". */
static const char *
names(size_t limit)
{
	static char out[200];
	size_t n, i;
	uint32_t *ids = prof_diff_rows(&shown.view, limit, false, &n);

	out[0] = '\0';
	for (i = 0; i < n; i++) {
		strcat(out, i > 0 ? " " : "");
		strcat(out, prof_match_row(&c.d.match, ids[i])->name);
	}
	free(ids);
	return out;
}

START_TEST(rows_are_sorted_as_asked)
{
	struct prof_diff_choice *how = &shown.view.choice;

	two("a 10\nb 100\nc 20\nd 5", "a 40\nb 160\nc 1\nd 6\ne 2",
	    PROF_BASIS_NONE);
	ck_assert_str_eq(names(0), "b a e d c");
	how->sort = PROF_DIFF_BY_ABS;
	ck_assert_str_eq(names(0), "b a c e d");
	ck_assert_str_eq(names(2), "b a");
	how->sort = PROF_DIFF_BY_RATIO;
	ck_assert_str_eq(names(0), "e a b d c");
	ck_assert_str_eq(names(3), "e a c");
	how->sort = PROF_DIFF_BY_NAME;
	ck_assert_str_eq(names(0), "a b c d e");
	ck_assert_str_eq(names(3), "a b c");
	done();
}
END_TEST

START_TEST(rows_pass_every_threshold_given)
{
	struct prof_diff_choice *how = &shown.view.choice;

	two("a 10\nb 100\nc 30\nd 5\ng 7", "a 15\nb 140\nc 20\nd 6\ne 2",
	    PROF_BASIS_NONE);
	how->ratio.num = 3;
	how->ratio.den = 2;
	ck_assert_str_eq(names(0), "a e g c");
	how->min_delta = 5;
	ck_assert_str_eq(names(0), "a g c");
	how->only = PROF_DIFF_ONLY_UP | PROF_DIFF_ONLY_GONE;
	ck_assert_str_eq(names(0), "a g");
	how->min_value = 8;
	ck_assert_str_eq(names(0), "a");
	how->proved = true;
	ck_assert_str_eq(names(0), "");
	effect("a", 1.5, 1.2, 2, .01);
	ck_assert_str_eq(names(0), "a");
	done();
}
END_TEST

START_TEST(the_first_metric_sorts_and_leads)
{
	struct prof_diff_choice *how = &shown.view.choice;

	two("m;a 10\nm 5", "m;a 40\nm 2", PROF_BASIS_NONE);
	how->metric[0] = PROF_JUDGED_TOTAL;
	how->metric[1] = PROF_JUDGED_SELF;
	how->nmetrics = 2;
	render(&plain);
	must_have("\ntotal A  total B     Δ total  ratio  self A  self B  "
	    "Δ self  function\n");
	must_have("\n  10 ns    40 ns  ▲   +30 ns  4.00x");
	done();
}
END_TEST

/* --- resampling ----------------------------------------------------------- */

START_TEST(a_change_far_above_all_has_one_rank)
{
	struct prof_diff_form form = { .ascii = true };

	two("a 1000\nb 100\nc 100", "a 9000\nb 110\nc 95",
	    PROF_BASIS_SINGLE);
	e.of[0][compare_find(&c, "a")].samples[0] = 100;
	e.of[0][compare_find(&c, "a")].samples[1] = 900;
	e.of[0][compare_find(&c, "b")].samples[0] = 10;
	e.of[0][compare_find(&c, "b")].samples[1] = 11;
	e.of[0][compare_find(&c, "c")].samples[0] = 10;
	e.of[0][compare_find(&c, "c")].samples[1] = 10;
	e.phi = .01;
	shown.bootstrap = 400;
	render(&form);
	must_have("+8000 ns  9.00x  ~     1 ");
	must_have("+10 ns  1.10x  ~   2-3 ");
	render_as(PROF_FORM_TSV, &plain);
	must_have("\tname_base\trank_low\trank_high\n");
	must_have("\ta\t1\t1\n");
	must_have("\tb\t2\t3\n");
	done();
}
END_TEST

START_TEST(shares_lie_within_their_limits)
{
	double low, high;
	const char *at;

	two("a 500\nb 500", "a 700\nb 300", PROF_BASIS_SINGLE);
	e.of[0][compare_find(&c, "a")].samples[0] = 500;
	e.of[0][compare_find(&c, "a")].samples[1] = 700;
	e.of[0][compare_find(&c, "b")].samples[0] = 500;
	e.of[0][compare_find(&c, "b")].samples[1] = 300;
	shown.bootstrap = 1000;
	shown.shares = true;
	render_as(PROF_FORM_TSV, &plain);
	at = strstr(text.data, "\ta\t1\t2\t");
	ck_assert_ptr_nonnull(at);
	/* sqrt(p (1 - p) / n) is .0158: 95 % lie within .0310 */
	low = strtod(at + 7, NULL);
	high = strtod(strchr(at + 7, '\t') + 1, NULL);
	ck_assert_double_eq_tol(low, .5 - .031, .006);
	ck_assert_double_eq_tol(high, .5 + .031, .006);
	done();
}
END_TEST

START_TEST(four_runs_a_side_are_drawn_themselves)
{
	static const char *const base[] = { "a 100\nb 10", "a 104\nb 10",
	    "a 96\nb 10", "a 100\nb 10" };
	static const char *const newer[] = { "a 150\nb 10", "a 154\nb 90",
	    "a 146\nb 10", "a 150\nb 170" };
	unsigned i;

	for (i = 0; i < 4; i++)
		compare_add(&c, "a", base[i]);
	for (i = 0; i < 4; i++)
		compare_add(&c, "b", newer[i]);
	ck_assert_int_eq(compare_run(&c, 4, NULL), PROF_OK);
	know(PROF_BASIS_RUNS);
	shown.bootstrap = 1000;
	render_as(PROF_FORM_TSV, &plain);
	/* b goes from 0 to 160: either may be first */
	must_have("\ta\t1\t2\n");
	must_have("\tb\t1\t2\n");
	done();
}
END_TEST

/* --- the tree ------------------------------------------------------------- */

static const char *
render_tree(int in, const struct prof_context *tree,
    const struct prof_diff_form *how)
{
	struct prof_out *out = prof_out_buf(&text);

	prof_buf_clear(&text);
	if (in < 0)
		prof_difftree_text(&shown, tree, how, out);
	else
		prof_difftree_write(&shown, tree, (enum prof_form)in, how,
		    out);
	ck_assert_int_eq(prof_out_finish(out, NULL), PROF_OK);
	return prof_buf_str(&text);
}

/* main -> serve -> (hash, mix, others), main -> same */
static struct prof_context
make_tree(void)
{
	static uint32_t parent[7] = { 0, 0, 1, 2, 2, 2, 1 }, class[7];
	static double self[2][7] = { { 0, 0, 0, 490, 230, 1, 280 },
	    { 0, 0, 0, 850, 350, 3, 280 } };
	static double total[2][7] = { { 1001, 1001, 721, 490, 230, 1, 280 },
	    { 1483, 1483, 1203, 850, 350, 3, 280 } };
	struct prof_context tree = { .d = &c.d, .n = 7, .parent = parent,
	    .class = class, .self = { self[0], self[1] },
	    .total = { total[0], total[1] } };

	class[1] = compare_find(&c, "main");
	class[2] = compare_find(&c, "serve");
	class[3] = compare_find(&c, "hash");
	class[4] = compare_find(&c, "mix");
	class[6] = compare_find(&c, "same");
	return tree;
}

static const char tree_base[] = "main;serve;hash 490\nmain;serve;mix 230\n"
    "main;same 280\nmain;serve;y 1";
static const char tree_new[] = "main;serve;hash 850\nmain;serve;mix 350\n"
    "main;same 280\nmain;serve;y 3";

START_TEST(the_tree_has_changes_only_and_the_largest_first)
{
	struct prof_context tree;

	two(tree_base, tree_new, PROF_BASIS_NONE);
	tree = make_tree();
	render_tree(-1, &tree, &plain);
	must_have("\n"
"total A  total B     Δ total  ratio   Δ self  function\n"
"1001 ns  1483 ns  ▲  +482 ns  1.48x           main\n"
" 721 ns  1203 ns  ▲  +482 ns  1.67x             serve\n"
" 490 ns   850 ns  ▲  +360 ns  1.73x  +360 ns      hash\n"
" 230 ns   350 ns  ▲  +120 ns  1.52x  +120 ns      mix\n"
"   1 ns     3 ns  ▲    +2 ns  3.00x               (others)\n"
"1001 ns  1483 ns  ▲  +482 ns  1.48x           TOTAL\n");
	done();
}
END_TEST

START_TEST(tsv_of_the_tree_is_in_preorder)
{
	struct prof_diff_form form = { .all = true };
	struct prof_context tree;

	two(tree_base, tree_new, PROF_BASIS_NONE);
	tree = make_tree();
	ck_assert_str_eq(render_tree(PROF_FORM_TSV, &tree, &plain),
	    "depth\tself_base\tself_new\ttotal_base\ttotal_new\tratio\tname\t"
	    "file\tmodule\n"
	    "0\t0\t0\t1001\t1483\t1.481518\tmain\t\t\n"
	    "1\t0\t0\t721\t1203\t1.668516\tserve\t\t\n"
	    "2\t490\t850\t490\t850\t1.734694\thash\t\t\n"
	    "2\t230\t350\t230\t350\t1.521739\tmix\t\t\n"
	    "2\t1\t3\t1\t3\t3.000000\t\t\t\n");
	render_tree(PROF_FORM_TSV, &tree, &form);
	must_have("1\t280\t280\t280\t280\t1.000000\tsame\t\t\n");
	done();
}
END_TEST

START_TEST(a_deep_tree_takes_no_deep_stack)
{
	enum { DEEP = 300000 };
	struct prof_context tree = { .n = DEEP };
	unsigned i;

	two("f 1", "f 2", PROF_BASIS_NONE);
	tree.d = &c.d;
	tree.parent = prof_zalloc(DEEP, sizeof *tree.parent);
	tree.class = prof_zalloc(DEEP, sizeof *tree.class);
	for (i = 0; i < 2; i++) {
		tree.self[i] = prof_zalloc(DEEP, sizeof *tree.self[i]);
		tree.total[i] = prof_zalloc(DEEP, sizeof *tree.total[i]);
	}
	for (i = 1; i < DEEP; i++) {
		tree.parent[i] = i - 1;
		tree.class[i] = 1;
		tree.total[1][i] = DEEP - i;
	}
	render_tree(PROF_FORM_TSV, &tree, &plain);
	must_have("\n299998\t");
	render_tree(-1, &tree, &plain);
	free(tree.parent);
	free(tree.class);
	for (i = 0; i < 2; i++) {
		free(tree.self[i]);
		free(tree.total[i]);
	}
	done();
}
END_TEST

START_TEST(without_stacks_there_is_no_tree)
{
	struct prof_context none = { .n = 0 };

	two("f 1", "f 2", PROF_BASIS_NONE);
	none.d = &c.d;
	render_tree(-1, &none, &plain);
	must_have("\nno stacks, no tree\n");
	done();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("diffreport");

	tcase_add_test(tc, the_first_sentence_names_the_finding);
	tcase_add_test(tc, what_got_faster_is_said_so);
	tcase_add_test(tc, nothing_proved_is_said);
	tcase_add_test(tc, without_a_basis_there_is_no_verdict_and_no_mark);
	tcase_add_test(tc, rows_that_are_not_proved_are_marked);
	tcase_add_test(tc, limits_and_chance_go_where_width_is_short);
	tcase_add_test(tc, columns_go_before_names_are_cut);
	tcase_add_test(tc, the_global_factor_stands_apart);
	tcase_add_test(tc, why_there_is_no_factor_is_said);
	tcase_add_test(tc, rows_that_only_follow_the_factor_are_diluted);
	tcase_add_test(tc, what_single_runs_are_worth_is_said);
	tcase_add_test(tc, what_several_runs_are_worth_is_said);
	tcase_add_test(tc, findings_say_calls_and_what_they_explain);
	tcase_add_test(tc, new_functions_are_named_with_their_caller);
	tcase_add_test(tc, work_that_moved_is_no_change);
	tcase_add_test(tc, a_change_that_the_factor_hides_is_told_apart);
	tcase_add_test(tc,
	    a_small_or_nearly_total_change_is_told_in_percent);
	tcase_add_test(tc, text_has_ten_findings_unless_all_are_wanted);
	tcase_add_test(tc, numbers_of_rows_are_in_every_form);
	tcase_add_test(tc, the_document_has_scale_noise_and_findings);
	tcase_add_test(tc, markdown_lets_no_name_out);
	tcase_add_test(tc, markdown_is_never_longer_than_a_comment);
	tcase_add_test(tc, rows_are_sorted_as_asked);
	tcase_add_test(tc, rows_pass_every_threshold_given);
	tcase_add_test(tc, the_first_metric_sorts_and_leads);
	tcase_add_test(tc, a_change_far_above_all_has_one_rank);
	tcase_add_test(tc, shares_lie_within_their_limits);
	tcase_add_test(tc, four_runs_a_side_are_drawn_themselves);
	tcase_add_test(tc, the_tree_has_changes_only_and_the_largest_first);
	tcase_add_test(tc, tsv_of_the_tree_is_in_preorder);
	tcase_add_test(tc, a_deep_tree_takes_no_deep_stack);
	tcase_add_test(tc, without_stacks_there_is_no_tree);
	return compare_main("diffreport", tc);
}
