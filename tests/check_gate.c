/* SPDX-License-Identifier: MIT */
#include "libanalysis/gate.h"

#include "tests/random.h"
#include "tests/trial.h"

#define N 20

static struct trial t;
static struct prof_gate g;
static struct prof_gate_rule rule;
static struct prof_findings f;
static struct test_random rng;
static struct prof_err err;

static void
setup(void)
{
	trial_start(&t);
	t.rule.both = false;
	rule = prof_gate_default();
	t.rule.min_share = rule.min_share;
	memset(&f, 0, sizeof f);
	memset(&g, 0, sizeof g);
	memset(&err, 0, sizeof err);
	rng.state = 7;
}

static void
teardown(void)
{
	prof_gate_release(&g);
	free(f.by[0]);
	free(f.by[1]);
	trial_done(&t);
}

/* A run of 20 functions, of which one takes by times as long. */
static void
run(int size, unsigned change, double by)
{
	int count[N];
	unsigned i;

	for (i = 0; i < N; i++)
		count[i] = size * (int)(980 + test_random_below(&rng, 40)) /
		    1000 + (int)i % 2;
	if (change < N)
		count[change] = (int)(count[change] * by);
	trial_run(&t, count, N);
}

static void
judge(unsigned nbase)
{
	ck_assert_int_eq(trial_judge(&t, nbase), PROF_OK);
}

static void
gate(void)
{
	ck_assert_int_eq(prof_gate_init(&g, &t.e, &f, &rule, &err), PROF_OK);
}

/* The row of a function; NULL for "" is that of everything. */
static const struct prof_gate_row *
row(const char *name)
{
	uint32_t class = name[0] != '\0' ? compare_find(&t.c, name) : 0;
	size_t i;

	for (i = 0; i < g.n; i++)
		if (g.row[i].class == class)
			return &g.row[i];
	return NULL;
}

#define EXPECT(name, v, a) do { \
	const struct prof_gate_row *r_ = row(name); \
	ck_assert_ptr_nonnull(r_); \
	ck_assert_str_eq(prof_verdict_name(r_->verdict), #v); \
	ck_assert_int_eq(r_->arm, PROF_ARM_##a); \
} while (0)

START_TEST(a_proved_ratio_is_a_regression)
{
	run(2000, N, 1);
	run(2000, 3, 2);
	judge(1);
	gate();
	EXPECT("f03", REGRESSION, RATIO);
	EXPECT("f04", OK, NONE);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_REGRESSION);
	ck_assert_uint_eq(g.row[0].class, compare_find(&t.c, "f03"));
	ck_assert_int_eq(g.row[0].metric, PROF_JUDGED_SELF);
	ck_assert_uint_eq(g.functions, N);
	ck_assert_uint_eq(g.count[PROF_VERDICT_REGRESSION], 1);
	ck_assert_uint_eq(g.n, N + 1);
	ck_assert_str_eq(g.reason, "");
	ck_assert_str_eq(g.help, "");
}
END_TEST

START_TEST(everything_twice_as_slow_is_one_regression)
{
	run(2000, N, 1);
	run(4000, N, 1);
	judge(1);
	gate();
	EXPECT("", REGRESSION, TOTAL);
	ck_assert_int_eq(g.all, PROF_VERDICT_REGRESSION);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_REGRESSION);
	ck_assert_uint_eq(g.count[PROF_VERDICT_REGRESSION], 0);
	ck_assert(row("")->effect->low > 1.5 &&
	    row("")->effect->high < 2.5);
	ck_assert(row("")->effect == g.everything);
}
END_TEST

START_TEST(totals_decide_where_few_functions_tell_no_factor)
{
	const int base[2] = { 1000, 3001 }, newer[2] = { 1501, 4501 };

	trial_run(&t, base, 2);
	trial_run(&t, newer, 2);
	judge(1);
	gate();
	EXPECT("", REGRESSION, TOTAL);
	prof_gate_release(&g);
	rule.total = (struct prof_fraction){ 16, 10 };
	gate();
	EXPECT("", OK, NONE);
}
END_TEST

START_TEST(two_functions_that_double_in_single_runs_are_everything)
{
	const int base[2] = { 100, 301 }, newer[2] = { 200, 602 };

	trial_run(&t, base, 2);
	trial_run(&t, newer, 2);
	judge(1);
	gate();
	EXPECT("", REGRESSION, TOTAL);
}
END_TEST

/* One of 20 functions has 20 samples, the others have 1,000. */
static void
rare(unsigned newer)
{
	int count[N];
	unsigned i, side;

	for (side = 0; side < 2; side++) {
		for (i = 0; i < N; i++)
			count[i] = 1000 + (int)(i + side) % 3;
		count[7] = side == 0 ? 100 : (int)newer;
		trial_run(&t, count, N);
	}
	judge(1);
	gate();
}

START_TEST(rare_functions_alone_leave_no_verdict_open)
{
	rare(125);
	EXPECT("f07", INCONCLUSIVE, NONE);
	ck_assert_uint_eq(g.suspects, 0);
	ck_assert(g.open > 0 && g.open < .1);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
	ck_assert_str_eq(g.reason, "");
	ck_assert_ptr_nonnull(strstr(g.scope, " would have been seen in "));
}
END_TEST

START_TEST(what_looks_like_a_regression_leaves_it_open)
{
	t.rule.alpha = .0001;
	rare(151);
	EXPECT("f07", INCONCLUSIVE, NONE);
	ck_assert_uint_eq(g.suspects, 1);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_INCONCLUSIVE);
	ck_assert_str_eq(g.reason, "1 of 20 functions seems to have "
	    "regressed, which is not proved");
}
END_TEST

START_TEST(what_only_fell_may_not_have_risen)
{
	int base[N], newer[N];
	unsigned i;

	for (i = 0; i < N; i++)
		base[i] = newer[i] = 1000;
	newer[3] = 0;
	base[4] = 200;
	newer[4] = 100;
	trial_run(&t, base, N);
	trial_run(&t, newer, N);
	t.rule.phi = .3 * .3;
	judge(1);
	gate();
	ck_assert_int_ne(row("f03")->verdict, PROF_VERDICT_INCONCLUSIVE);
	ck_assert_int_ne(row("f04")->verdict, PROF_VERDICT_INCONCLUSIVE);
	ck_assert_int_eq(row("f05")->verdict, PROF_VERDICT_INCONCLUSIVE);
}
END_TEST

START_TEST(totals_of_a_few_samples_prove_nothing)
{
	compare_type(&t.c, "cpu", "nanoseconds");
	compare_type(&t.c, "samples", "count");
	compare_samples(&t.c, "a", "f 7000000\n");
	compare_type(&t.c, "cpu", "nanoseconds");
	compare_type(&t.c, "samples", "count");
	compare_samples(&t.c, "b", "f 20000000\n");
	ck_assert_int_eq(compare_run(&t.c, 1, "cpu"), PROF_OK);
	ck_assert_int_eq(prof_evidence_init(&t.e, &t.c.d, &t.rule, 3, &err),
	    PROF_OK);
	gate();
	EXPECT("", INCONCLUSIVE, TOTAL);
	ck_assert_ptr_nonnull(strstr(g.reason, "everything together"));
}
END_TEST

START_TEST(an_impact_counts_whatever_the_ratio)
{
	struct prof_effect *e;

	run(2000, N, 1);
	run(2000, 3, 1.3);
	judge(1);
	e = trial_self(&t, "f03");
	e->found = true;
	trial_effect(&t, PROF_JUDGED_TOTAL, "f03")->found = true;
	gate();
	/* 0.3 of 5 % of the total. */
	EXPECT("f03", REGRESSION, IMPACT);
	prof_gate_release(&g);
	rule.impact = (struct prof_fraction){ 2, 100 };
	e->high = 1.4;
	trial_effect(&t, PROF_JUDGED_TOTAL, "f03")->high = 1.4;
	gate();
	EXPECT("f03", OK, NONE);
	prof_gate_release(&g);
	rule.warn = (struct prof_fraction){ 12, 10 };
	gate();
	EXPECT("f03", OK, WARN);
	ck_assert(row("f03")->warning);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
	prof_gate_release(&g);
	e->high = 1.6;
	rule.warn.num = 0;
	gate();
	EXPECT("f03", INCONCLUSIVE, NONE);
}
END_TEST

START_TEST(a_strict_ratio_must_be_reached_by_the_lower_limit)
{
	struct prof_effect *e;

	run(2000, N, 1);
	run(2000, 3, 1.6);
	judge(1);
	e = trial_self(&t, "f03");
	ck_assert(e->found && e->ratio >= 1.5 && e->low < 1.5);
	*trial_effect(&t, PROF_JUDGED_TOTAL, "f03") = *e;
	rule.strict_ratio = true;
	rule.impact.num = 0;
	gate();
	EXPECT("f03", INCONCLUSIVE, NONE);
	prof_gate_release(&g);
	e->low = 1.5;
	gate();
	EXPECT("f03", REGRESSION, RATIO);
}
END_TEST

START_TEST(small_changes_do_not_count)
{
	run(2000, N, 1);
	run(2000, 3, 2);
	judge(1);
	/* 2000 ms of 40 s. */
	rule.impact.num = 0;
	rule.min_delta = (struct prof_fraction){ 6, 100 };
	gate();
	ck_assert_int_ne(row("f03")->verdict, PROF_VERDICT_REGRESSION);
	prof_gate_release(&g);
	rule.min_delta_value = 1800. * TRIAL_MS;
	gate();
	EXPECT("f03", REGRESSION, RATIO);
	prof_gate_release(&g);
	rule.min_share = (struct prof_fraction){ 1, 5 };
	gate();
	ck_assert_ptr_null(row("f03"));
}
END_TEST

START_TEST(new_functions_count_by_impact_only)
{
	int count[N];
	unsigned i;

	for (i = 0; i < N; i++)
		count[i] = 2001 + (int)i;
	trial_run(&t, count, N - 1);
	/* 1.3 % of the base. */
	count[N - 1] = 500;
	trial_run(&t, count, N);
	judge(1);
	gate();
	EXPECT("f19", REGRESSION, NEW);
	prof_gate_release(&g);
	rule.fresh = PROF_GATE_NEW_WARN;
	gate();
	EXPECT("f19", OK, NEW);
	ck_assert(row("f19")->warning);
	prof_gate_release(&g);
	rule.fresh = PROF_GATE_NEW_IGNORE;
	gate();
	EXPECT("f19", OK, NONE);
	prof_gate_release(&g);
	rule.fresh = PROF_GATE_NEW_FAIL;
	rule.impact = (struct prof_fraction){ 2, 100 };
	gate();
	EXPECT("f19", OK, NONE);
}
END_TEST

START_TEST(less_is_an_improvement_and_gone_is_one_by_impact)
{
	int count[N];
	unsigned i;

	for (i = 0; i < N; i++)
		count[i] = 2001 + (int)i;
	trial_run(&t, count, N);
	count[3] = 900;
	count[4] = 0;
	trial_run(&t, count, N);
	judge(1);
	gate();
	EXPECT("f03", IMPROVEMENT, RATIO);
	EXPECT("f04", IMPROVEMENT, IMPACT);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
}
END_TEST

START_TEST(what_cannot_be_told_is_inconclusive_and_help_is_computed)
{
	run(15, N, 1);
	run(15, N, 1);
	judge(1);
	gate();
	ck_assert_int_eq(g.verdict, PROF_VERDICT_INCONCLUSIVE);
	ck_assert_ptr_nonnull(strstr(g.reason, "20 of 20 functions (100% of "
	    "all) cannot be told from 1.5"));
	ck_assert_ptr_nonnull(strstr(g.help, " runs a side would see "));
	ck_assert_ptr_nonnull(strstr(g.help, "as many samples would see"));
}
END_TEST

START_TEST(noise_that_samples_cannot_cure_is_said)
{
	t.rule.phi = .3 * .3;
	run(100000, N, 1);
	run(100000, N, 1);
	judge(1);
	gate();
	ck_assert_int_eq(g.verdict, PROF_VERDICT_INCONCLUSIVE);
	ck_assert_ptr_nonnull(strstr(g.help, "more samples would not help "
	    "(noise floor "));
}
END_TEST

START_TEST(fewer_runs_than_asked_for_are_inconclusive)
{
	run(20000, N, 1);
	run(20000, N, 1);
	judge(1);
	gate();
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
	prof_gate_release(&g);
	rule.min_runs = 3;
	gate();
	ck_assert_int_eq(g.verdict, PROF_VERDICT_INCONCLUSIVE);
	ck_assert_str_eq(g.reason, "1 base and 1 new run, where at least 3 a "
	    "side are asked for");
	ck_assert_str_eq(g.help, "");
}
END_TEST

START_TEST(few_runs_do_not_excuse_a_regression)
{
	run(2000, N, 1);
	run(2000, 3, 2);
	judge(1);
	rule.min_runs = 3;
	gate();
	ck_assert_int_eq(g.verdict, PROF_VERDICT_REGRESSION);
}
END_TEST

START_TEST(negative_values_are_inconclusive)
{
	compare_add(&t.c, "a", "f -5000000\ng 9000000\nh 100000000\n");
	compare_add(&t.c, "b", "f 5000000\ng 9000000\nh 100000000\n");
	judge(1);
	gate();
	EXPECT("f", INCONCLUSIVE, NONE);
	ck_assert_ptr_nonnull(strstr(g.reason, "negative"));
}
END_TEST

START_TEST(without_a_basis_means_decide)
{
	compare_add(&t.c, "a", "f 50000001\ng 90000007\nh 70000000\n");
	compare_add(&t.c, "b", "f 90000001\ng 90000009\ni 70000000\n");
	judge(1);
	gate();
	EXPECT("f", REGRESSION, RATIO);
	EXPECT("g", OK, NONE);
	EXPECT("h", IMPROVEMENT, IMPACT);
	EXPECT("i", REGRESSION, NEW);
}
END_TEST

START_TEST(a_side_without_values_has_nothing_to_say)
{
	compare_add(&t.c, "a", "");
	compare_add(&t.c, "b", "f 5000000\n");
	judge(1);
	ck_assert_int_eq(prof_gate_init(&g, &t.e, &f, &rule, &err),
	    PROF_EMISMATCH);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_INCONCLUSIVE);
	ck_assert_str_eq(g.reason, err.msg);
	ck_assert_uint_eq(g.n, 0);
}
END_TEST

/* --- calls ---------------------------------------------------------------- */

START_TEST(calls_gate_exactly)
{
	static const int64_t base[2][2] = { { 200, 5000 }, { 1000, 9000 } };
	static const int64_t met[2][2] = { { 300, 5000 }, { 1000, 9000 } };
	static const int64_t less[2][2] = { { 299, 5000 }, { 1000, 9000 } };

	trial_timed(&t, base, 2);
	trial_timed(&t, met, 2);
	t.rule.min_value = 0;
	judge(1);
	gate();
	EXPECT("f00", REGRESSION, RATIO);
	ck_assert_int_eq(row("f00")->metric, PROF_JUDGED_CALLS);
	teardown();
	setup();
	trial_timed(&t, base, 2);
	trial_timed(&t, less, 2);
	t.rule.min_value = 0;
	judge(1);
	gate();
	ck_assert_int_ne(row("f00")->verdict, PROF_VERDICT_REGRESSION);
}
END_TEST

/* 0.01 % of everything is below the least change, in whatever steps. */
START_TEST(calls_weigh_what_they_are_where_sides_did_other_work)
{
	int64_t numbers[2][2] = { { 1000, 100000 }, { 1000, 1000000000 } };
	unsigned r;

	for (r = 0; r < 6; r++) {
		numbers[0][1] = (r < 3 ? 100000 : 200000) + r % 3;
		trial_timed(&t, (const int64_t (*)[2])numbers, 2);
	}
	rule.min_share.num = t.rule.min_share.num = 0;
	t.rule.min_value = 0;
	t.work[0] = 1000;
	t.work[1] = 1001;
	judge(3);
	rule.judged = 1u << PROF_JUDGED_PER_CALL;
	gate();
	ck_assert(trial_effect(&t, PROF_JUDGED_PER_CALL, "f00")->found);
	EXPECT("f00", OK, NONE);
}
END_TEST

START_TEST(printed_rounding_never_fails)
{
	static const int64_t base[2][2] = { { 5, 1000000 }, { 9, 90000000 } };
	static const int64_t more[2][2] = { { 5, 3000000 }, { 9, 90000000 } };
	unsigned r;

	trial_timed(&t, base, 2);
	trial_timed(&t, more, 2);
	for (r = 0; r < 2; r++)
		t.c.p[r].edges.error[2] = t.c.p[r].edges.error[3] = 500000;
	judge(1);
	gate();
	ck_assert_int_ne(row("f00")->verdict, PROF_VERDICT_REGRESSION);
}
END_TEST

/* --- findings ------------------------------------------------------------- */

static struct prof_finding finding[2];

static void
attribute(const char *name, uint32_t by)
{
	uint32_t class = compare_find(&t.c, name);
	unsigned m;

	for (m = 0; m < 2; m++) {
		if (f.by[m] == NULL)
			f.by[m] = prof_zalloc(t.c.d.match.n + 1,
			    sizeof *f.by[m]);
		f.by[m][class] = by;
	}
}

static void
grow(const char *name, double ratio)
{
	unsigned m;
	struct prof_effect *e;

	for (m = 0; m < 2; m++) {
		e = trial_effect(&t, (enum prof_judged)m, name);
		e->ratio = ratio;
		e->now = e->base * ratio * t.e.factor.ratio;
		e->found = true;
	}
}

START_TEST(what_a_culprit_explains_is_folded_behind_it)
{
	run(2000, N, 1);
	run(2000, N, 1);
	judge(1);
	grow("f03", 2);
	grow("f04", 3);
	memset(finding, 0, sizeof finding);
	f.of = finding;
	f.n = 1;
	finding[0].class = compare_find(&t.c, "f03");
	attribute("f03", 1);
	attribute("f04", 1);
	gate();
	EXPECT("f03", REGRESSION, RATIO);
	EXPECT("f04", REGRESSION, RATIO);
	ck_assert(!row("f03")->explained && row("f04")->explained);
	ck_assert_ptr_eq(row("f04")->finding, &finding[0]);
	ck_assert_ptr_eq(&g.row[0], row("f03"));
	ck_assert_ptr_eq(&g.row[1], row("f04"));
	/* What fails the gate is seen, if the culprit itself does not. */
	prof_gate_release(&g);
	grow("f03", 1.2);
	rule.impact.num = 0;
	gate();
	ck_assert(!row("f04")->explained);
	f.of = NULL;
}
END_TEST

START_TEST(work_that_moved_does_not_gate)
{
	run(2000, N, 1);
	run(2000, N, 1);
	judge(1);
	grow("f03", 2);
	memset(finding, 0, sizeof finding);
	f.of = finding;
	f.n = 1;
	finding[0].class = compare_find(&t.c, "f03");
	finding[0].shifted = true;
	attribute("f03", 1);
	gate();
	EXPECT("f03", SHIFTED, RATIO);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
	f.of = NULL;
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("gate");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_proved_ratio_is_a_regression);
	tcase_add_test(tc, everything_twice_as_slow_is_one_regression);
	tcase_add_test(tc, totals_decide_where_few_functions_tell_no_factor);
	tcase_add_test(tc, totals_of_a_few_samples_prove_nothing);
	tcase_add_test(tc, an_impact_counts_whatever_the_ratio);
	tcase_add_test(tc,
	    a_strict_ratio_must_be_reached_by_the_lower_limit);
	tcase_add_test(tc, small_changes_do_not_count);
	tcase_add_test(tc, new_functions_count_by_impact_only);
	tcase_add_test(tc,
	    less_is_an_improvement_and_gone_is_one_by_impact);
	tcase_add_test(tc,
	    what_cannot_be_told_is_inconclusive_and_help_is_computed);
	tcase_add_test(tc, noise_that_samples_cannot_cure_is_said);
	tcase_add_test(tc, fewer_runs_than_asked_for_are_inconclusive);
	tcase_add_test(tc, few_runs_do_not_excuse_a_regression);
	tcase_add_test(tc, negative_values_are_inconclusive);
	tcase_add_test(tc, without_a_basis_means_decide);
	tcase_add_test(tc, a_side_without_values_has_nothing_to_say);
	tcase_add_test(tc, calls_gate_exactly);
	tcase_add_test(tc,
	    calls_weigh_what_they_are_where_sides_did_other_work);
	tcase_add_test(tc, printed_rounding_never_fails);
	tcase_add_test(tc, what_a_culprit_explains_is_folded_behind_it);
	tcase_add_test(tc, work_that_moved_does_not_gate);
	tcase_add_test(tc,
	    two_functions_that_double_in_single_runs_are_everything);
	tcase_add_test(tc, rare_functions_alone_leave_no_verdict_open);
	tcase_add_test(tc, what_looks_like_a_regression_leaves_it_open);
	tcase_add_test(tc, what_only_fell_may_not_have_risen);
	return compare_main("gate", tc);
}
