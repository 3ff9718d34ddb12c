/* SPDX-License-Identifier: MIT */
#include "tests/compare.h"

#include "libanalysis/regress.h"

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
	return compare_main("regress", tc);
}
