/* SPDX-License-Identifier: MIT */
#include "libanalysis/scale.h"

#include <check.h>
#include <string.h>

static struct prof_scale s;
static struct prof_buf b;

static const char *
number(prof_i128 value)
{
	prof_buf_clear(&b);
	prof_scale_number(&s, &b, value);
	return prof_buf_str(&b);
}

START_TEST(one_unit_serves_all)
{
	prof_scale_init(&s, "nanoseconds", 1, 1, 10000000, 4620000000);
	ck_assert_str_eq(s.unit, "ms");
	prof_scale_fit(&s, 4620000000);
	ck_assert_str_eq(number(4620000000), "4620");
	ck_assert_str_eq(number(-10000000), "-10");
}
END_TEST

START_TEST(nothing_keeps_its_unit)
{
	prof_scale_init(&s, "milliseconds", 1, 1, 0, 0);
	ck_assert_str_eq(s.unit, "ms");
	ck_assert_str_eq(number(0), "0");
}
END_TEST

START_TEST(decimals_are_no_more_than_it_takes)
{
	prof_scale_init(&s, "ms", 0, 0, 1000, 9000);
	prof_scale_fit(&s, 3000);
	ck_assert_str_eq(number(3000), "3");
	prof_scale_fit(&s, 3500);
	ck_assert_str_eq(number(3000), "3.0");
	prof_scale_fit(&s, 3501);
	ck_assert_str_eq(number(3501), "3.50");
}
END_TEST

START_TEST(the_scale_of_the_column_counts)
{
	prof_scale_init(&s, "count", 1, 4, 1, 9);
	prof_scale_fit(&s, 9);
	ck_assert_str_eq(s.unit, "");
	ck_assert_str_eq(number(9), "2.25");
}
END_TEST

START_TEST(an_unknown_unit_stays)
{
	prof_scale_init(&s, "furlongs", 3, 1, 1, 9);
	ck_assert_str_eq(s.unit, "furlongs");
	ck_assert_str_eq(number(INT64_MAX), "27670116110564327421");
}
END_TEST

START_TEST(an_absurd_scale_is_survived)
{
	prof_scale_init(&s, "d", INT64_MAX, INT64_MAX - 1, 1, INT64_MAX);
	prof_scale_fit(&s, INT64_MIN);
	number(INT64_MIN);
	prof_scale_init(&s, "ns", 1, INT64_MAX, 1, INT64_MAX);
	prof_scale_fit(&s, INT64_MAX);
	number(INT64_MAX);
	prof_scale_init(&s, "PB", INT64_MAX, 1, 1, INT64_MAX);
	prof_scale_fit(&s, INT64_MAX);
	number(INT64_MAX);
}
END_TEST

START_TEST(a_scale_far_from_one_is_exact)
{
	prof_scale_init(&s, "count", INT64_C(1000000000000000000), 1, 1, 3);
	ck_assert_str_eq(number(3), "3000000000000000000");
	prof_scale_init(&s, "count", 3, INT64_MAX, 1, 3);
	ck_assert_str_eq(number((prof_i128)INT64_MAX * 5), "15");
	prof_scale_init(&s, "count", INT64_MAX, 3, 1, 3);
	ck_assert_str_eq(number(3), "9223372036854775807");
	prof_scale_fix(&s, "d", INT64_MAX, 1, prof_unit_find("ns", 2));
	ck_assert_str_eq(number(1), "796899343984252629724800000000000");
}
END_TEST

static const struct {
	int64_t part, whole;
	const char *text;
} percents[] = {
	{ 1, 1, "100.0%" }, { 1, 8, "12.5%" }, { 56, 1000, "5.6%" },
	{ 56, 10000, "0.56%" }, { 56, 100000, "0.056%" },
	{ -56, 10000, "-0.56%" }, { 0, 7, "0.0%" }, { 7, 0, "-" }
};

START_TEST(a_small_share_has_more_decimals)
{
	prof_buf_clear(&b);
	prof_scale_percent(&b, percents[_i].part, percents[_i].whole);
	ck_assert_str_eq(prof_buf_str(&b), percents[_i].text);
}
END_TEST

static const struct {
	uint32_t ppm;
	const char *text;
} limits[] = {
	{ 0, "0%" }, { 50, "0.005%" }, { 5000, "0.5%" }, { 10000, "1%" },
	{ 123456, "12.3456%" }, { 1000000, "100%" }
};

START_TEST(a_limit_is_exact)
{
	prof_buf_clear(&b);
	prof_scale_ppm(&b, limits[_i].ppm);
	ck_assert_str_eq(prof_buf_str(&b), limits[_i].text);
}
END_TEST

static void
drop(void)
{
	prof_buf_release(&b);
}

int
main(void)
{
	Suite *suite = suite_create("scale");
	TCase *tc = tcase_create("scale");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(tc, NULL, drop);
	tcase_add_test(tc, one_unit_serves_all);
	tcase_add_test(tc, nothing_keeps_its_unit);
	tcase_add_test(tc, decimals_are_no_more_than_it_takes);
	tcase_add_test(tc, the_scale_of_the_column_counts);
	tcase_add_test(tc, an_unknown_unit_stays);
	tcase_add_test(tc, an_absurd_scale_is_survived);
	tcase_add_test(tc, a_scale_far_from_one_is_exact);
	tcase_add_loop_test(tc, a_small_share_has_more_decimals, 0,
	    sizeof percents / sizeof percents[0]);
	tcase_add_loop_test(tc, a_limit_is_exact, 0,
	    sizeof limits / sizeof limits[0]);
	suite_add_tcase(suite, tc);
	sr = srunner_create(suite);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
