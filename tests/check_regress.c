/* SPDX-License-Identifier: MIT */
#include "tests/compare.h"

#include "libanalysis/regress.h"

static struct compare c;
static struct prof_regress g;

/* The default rule applied to two single runs; each total is 1,000,000. */
static enum prof_verdict
judge(prof_i128 base, prof_i128 newer)
{
	const struct prof_regress_rule rule = prof_regress_default();
	const struct prof_regress_pair pair = {
		.sum = { base, newer }, .whole = { 1000000, 1000000 },
		.runs = { 1, 1 }
	};

	return prof_regress_judge(&rule, &pair);
}

START_TEST(a_ratio_that_is_met_exactly_is_a_regression)
{
	ck_assert_int_eq(judge(200000, 300000), PROF_VERDICT_REGRESSION);
	ck_assert_int_eq(judge(200000, 299999), PROF_VERDICT_OK);
	ck_assert_int_eq(judge(200001, 300001), PROF_VERDICT_OK);
}
END_TEST

START_TEST(a_reciprocal_that_is_met_exactly_is_an_improvement)
{
	ck_assert_int_eq(judge(300000, 200000), PROF_VERDICT_IMPROVEMENT);
	ck_assert_int_eq(judge(300000, 200001), PROF_VERDICT_OK);
}
END_TEST

START_TEST(the_share_counts_on_either_side)
{
	ck_assert_int_eq(judge(100, 5000), PROF_VERDICT_REGRESSION);
	ck_assert_int_eq(judge(100, 4999), PROF_VERDICT_OK);
	ck_assert_int_eq(judge(5000, 100), PROF_VERDICT_IMPROVEMENT);
	ck_assert_int_eq(judge(4999, 100), PROF_VERDICT_OK);
}
END_TEST

START_TEST(what_grows_from_nothing_needs_the_impact)
{
	ck_assert_int_eq(judge(0, 9999), PROF_VERDICT_OK);
	ck_assert_int_eq(judge(0, 10000), PROF_VERDICT_REGRESSION);
	ck_assert_int_eq(judge(10000, 0), PROF_VERDICT_IMPROVEMENT);
	ck_assert_int_eq(judge(9999, 0), PROF_VERDICT_OK);
	ck_assert_int_eq(judge(0, 0), PROF_VERDICT_OK);
}
END_TEST

START_TEST(negative_values_are_inconclusive)
{
	ck_assert_int_eq(judge(-50000, 50000), PROF_VERDICT_INCONCLUSIVE);
	ck_assert_int_eq(judge(50000, -50000), PROF_VERDICT_INCONCLUSIVE);
	ck_assert_int_eq(judge(-50000, -50000), PROF_VERDICT_OK);
}
END_TEST

START_TEST(the_largest_values_compare_exactly)
{
	struct prof_regress_rule rule = prof_regress_default();
	struct prof_regress_pair pair = {
		.sum = { (prof_i128)INT64_MAX * 500000 * 2 / 3,
		    (prof_i128)INT64_MAX * 500000 },
		.whole = { (prof_i128)INT64_MAX * 500000,
		    (prof_i128)INT64_MAX * 500000 },
		.runs = { 500000, 500000 }
	};

	pair.sum[0] = pair.sum[1] / 3 * 2;
	pair.sum[1] = pair.sum[0] / 2 * 3;
	ck_assert_int_eq(prof_regress_judge(&rule, &pair),
	    PROF_VERDICT_REGRESSION);
	pair.sum[1]--;
	ck_assert_int_eq(prof_regress_judge(&rule, &pair), PROF_VERDICT_OK);
	rule.ratio = (struct prof_fraction){ INT64_MAX, INT64_MAX - 1 };
	pair.sum[1] = pair.sum[0] + 1;
	ck_assert_int_eq(prof_regress_judge(&rule, &pair), PROF_VERDICT_OK);
	rule.ratio = (struct prof_fraction){ INT64_MAX, 1 };
	pair.sum[0] = 1;
	pair.sum[1] = INT64_MAX;
	ck_assert_int_eq(prof_regress_judge(&rule, &pair),
	    PROF_VERDICT_OK);
	rule.min_share.num = 0;
	ck_assert_int_eq(prof_regress_judge(&rule, &pair),
	    PROF_VERDICT_REGRESSION);
}
END_TEST

START_TEST(means_are_judged_not_sums)
{
	const struct prof_regress_rule rule = prof_regress_default();
	struct prof_regress_pair pair = {
		.sum = { 300, 150 }, .whole = { 300, 150 }, .runs = { 3, 1 }
	};

	ck_assert_int_eq(prof_regress_judge(&rule, &pair),
	    PROF_VERDICT_REGRESSION);
	pair.sum[1] = 149;
	ck_assert_int_eq(prof_regress_judge(&rule, &pair), PROF_VERDICT_OK);
}
END_TEST

static int
gate(const char *base, const char *newer)
{
	const struct prof_regress_rule rule = prof_regress_default();

	compare_add(&c, "a.prof", base);
	compare_add(&c, "b.prof", newer);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	return prof_regress_init(&g, &c.d, &rule, &c.err);
}

/* "VERDICT kind metric name" of a row. */
static void
assert_row(size_t i, const char *want)
{
	struct prof_buf b = { 0 };
	const struct prof_regress_row *r = &g.row[i];

	ck_assert_uint_lt(i, g.n);
	prof_buf_addf(&b, "%s %s %s %s", prof_verdict_name(r->verdict),
	    prof_regress_kind_name(r->kind),
	    r->metric == PROF_DIFF_SELF ? "self" : "total",
	    r->class != 0 ? prof_match_row(&c.d.match, r->class)->name :
	    "TOTAL");
	ck_assert_str_eq(prof_buf_str(&b), want);
	prof_buf_release(&b);
}

static void
done(void)
{
	prof_regress_release(&g);
	compare_done(&c);
}

START_TEST(the_culprit_comes_before_its_callers)
{
	ck_assert_int_eq(gate("m;a;f 100\nm;g 5000", "m;a;f 300\nm;g 5000"),
	    PROF_OK);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_REGRESSION);
	assert_row(0, "REGRESSION function self f");
	assert_row(1, "REGRESSION function total a");
	assert_row(2, "OK function self g");
	ck_assert_uint_eq(g.count[PROF_VERDICT_REGRESSION], 2);
	ck_assert_uint_eq(g.functions, 4);
	ck_assert_uint_eq(g.n, 5);
	done();
}
END_TEST

START_TEST(larger_regressions_come_first)
{
	gate("f 100\ng 100\nh 9000", "f 200\ng 300\nh 9000");
	assert_row(0, "REGRESSION function self g");
	assert_row(1, "REGRESSION function self f");
	done();
}
END_TEST

START_TEST(everything_slower_is_a_finding)
{
	gate("f 100\ng 100", "f 150\ng 150");
	assert_row(2, "REGRESSION total total TOTAL");
	ck_assert_int_eq(g.all, PROF_VERDICT_REGRESSION);
	done();
	gate("f 100\ng 100", "f 149\ng 149");
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
	done();
}
END_TEST

START_TEST(many_small_functions_regress_together)
{
	struct prof_buf a = { 0 }, b = { 0 };
	int i;

	for (i = 0; i < 1000; i++) {
		prof_buf_addf(&a, "f%d 10\n", i);
		prof_buf_addf(&b, "f%d 20\n", i);
	}
	gate(prof_buf_str(&a), prof_buf_str(&b));
	ck_assert_uint_eq(g.functions, 0);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_REGRESSION);
	assert_row(0, "REGRESSION total total TOTAL");
	prof_buf_release(&a);
	prof_buf_release(&b);
	done();
}
END_TEST

START_TEST(a_new_function_counts_from_the_impact_on)
{
	gate("m 10000", "m 10000\nf 100");
	assert_row(0, "REGRESSION new self f");
	done();
	gate("m 10000", "m 10000\nf 99");
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
	done();
	gate("m 10000", "m 10000\nm;f;m 100");
	assert_row(0, "REGRESSION new total f");
	done();
}
END_TEST

START_TEST(a_function_that_is_gone_is_no_regression)
{
	gate("m 1000\nf 500", "m 1000");
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
	assert_row(0, "IMPROVEMENT gone self f");
	done();
}
END_TEST

START_TEST(an_improved_total_is_no_failure)
{
	gate("m 3000", "m 1000");
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
	ck_assert_int_eq(g.all, PROF_VERDICT_IMPROVEMENT);
	done();
}
END_TEST

START_TEST(a_profile_against_itself_passes)
{
	gate("m;f 3\nm;g 4", "m;f 3\nm;g 4");
	ck_assert_int_eq(g.verdict, PROF_VERDICT_OK);
	ck_assert_uint_eq(g.count[PROF_VERDICT_OK], g.functions);
	ck_assert_str_eq(g.reason, "");
	done();
}
END_TEST

START_TEST(an_empty_base_is_inconclusive)
{
	ck_assert_int_eq(gate("", "m 3"), PROF_EMISMATCH);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_INCONCLUSIVE);
	ck_assert_str_eq(g.reason,
	    "'a.prof' is without a value of cpu: nothing to judge by");
	ck_assert_str_eq(c.err.msg, g.reason);
	ck_assert_uint_eq(g.n, 0);
	done();
}
END_TEST

START_TEST(an_empty_new_side_is_inconclusive)
{
	ck_assert_int_eq(gate("m 3", "m 0"), PROF_EMISMATCH);
	ck_assert_str_eq(g.reason,
	    "'b.prof' is without a value of cpu: nothing to judge by");
	done();
}
END_TEST

START_TEST(negative_totals_are_inconclusive)
{
	ck_assert_int_eq(gate("m -3", "m 5"), PROF_OK);
	ck_assert_int_eq(g.verdict, PROF_VERDICT_INCONCLUSIVE);
	ck_assert_str_ne(g.reason, "");
	done();
}
END_TEST

START_TEST(regression_mirrors_improvement)
{
	const char *a = "m;f 100\nm;g 400\nh 77\ni 30";
	const char *b = "m;f 150\nm;g 100\nh 78\nj 40";
	size_t worse, better;

	gate(a, b);
	worse = g.count[PROF_VERDICT_REGRESSION];
	better = g.count[PROF_VERDICT_IMPROVEMENT];
	ck_assert_uint_gt(worse, 0);
	done();
	gate(b, a);
	ck_assert_uint_eq(g.count[PROF_VERDICT_REGRESSION], better);
	ck_assert_uint_eq(g.count[PROF_VERDICT_IMPROVEMENT], worse);
	done();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("regress");

	tcase_add_test(tc, a_ratio_that_is_met_exactly_is_a_regression);
	tcase_add_test(tc, a_reciprocal_that_is_met_exactly_is_an_improvement);
	tcase_add_test(tc, the_share_counts_on_either_side);
	tcase_add_test(tc, what_grows_from_nothing_needs_the_impact);
	tcase_add_test(tc, negative_values_are_inconclusive);
	tcase_add_test(tc, the_largest_values_compare_exactly);
	tcase_add_test(tc, means_are_judged_not_sums);
	tcase_add_test(tc, the_culprit_comes_before_its_callers);
	tcase_add_test(tc, larger_regressions_come_first);
	tcase_add_test(tc, everything_slower_is_a_finding);
	tcase_add_test(tc, many_small_functions_regress_together);
	tcase_add_test(tc, a_new_function_counts_from_the_impact_on);
	tcase_add_test(tc, a_function_that_is_gone_is_no_regression);
	tcase_add_test(tc, an_improved_total_is_no_failure);
	tcase_add_test(tc, a_profile_against_itself_passes);
	tcase_add_test(tc, an_empty_base_is_inconclusive);
	tcase_add_test(tc, an_empty_new_side_is_inconclusive);
	tcase_add_test(tc, negative_totals_are_inconclusive);
	tcase_add_test(tc, regression_mirrors_improvement);
	return compare_main("regress", tc);
}
