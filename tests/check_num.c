/* SPDX-License-Identifier: MIT */
#include "libanalysis/num.h"

#include <string.h>

#include "libanalysis/hash.h"
#include "tests/support.h"

#define I128_MAX ((prof_i128)(~(prof_u128)0 / 2))

static struct prof_buf b;

static void
setup(void)
{
	memset(&b, 0, sizeof b);
}

static void
teardown(void)
{
	prof_buf_release(&b);
}

START_TEST(sums_and_products_are_checked_at_the_edges)
{
	int64_t v;

	ck_assert(prof_num_add(INT64_MAX, 0, &v) && v == INT64_MAX);
	ck_assert(prof_num_add(INT64_MAX, INT64_MIN, &v) && v == -1);
	ck_assert(!prof_num_add(INT64_MAX, 1, &v));
	ck_assert(!prof_num_add(INT64_MIN, -1, &v));
	ck_assert(prof_num_mul(INT64_MIN, 1, &v) && v == INT64_MIN);
	ck_assert(!prof_num_mul(INT64_MIN, -1, &v));
	ck_assert(!prof_num_mul(INT64_C(1) << 32, INT64_C(1) << 31, &v));
	ck_assert(prof_num_fits(INT64_MIN) && prof_num_fits(INT64_MAX));
	ck_assert(!prof_num_fits((prof_i128)INT64_MAX + 1));
	ck_assert(!prof_num_fits((prof_i128)INT64_MIN - 1));
}
END_TEST

START_TEST(the_common_divisor_is_the_greatest)
{
	ck_assert_uint_eq(prof_num_gcd(12, 18), 6);
	ck_assert_uint_eq(prof_num_gcd(18, 12), 6);
	ck_assert_uint_eq(prof_num_gcd(7, 13), 1);
	ck_assert_uint_eq(prof_num_gcd(0, 5), 5);
	ck_assert_uint_eq(prof_num_gcd(5, 0), 5);
	ck_assert_uint_eq(prof_num_gcd(0, 0), 0);
	ck_assert_uint_eq(prof_num_gcd(UINT64_MAX, UINT64_MAX - 1), 1);
}
END_TEST

static const struct {
	const char *text;
	size_t taken;
	int64_t digits;
	unsigned scale;
} numbers[] = {
	{ "0", 1, 0, 0 },
	{ "42", 2, 42, 0 },
	{ "2.50", 4, 250, 2 },
	{ "007", 3, 7, 0 },
	{ "3x", 1, 3, 0 },
	{ "3.5ms", 3, 35, 1 },
	{ "1e3", 1, 1, 0 },
	{ "0x10", 1, 0, 0 },
	{ "1,5", 1, 1, 0 },
	{ "1_000", 1, 1, 0 },
	{ "1.2.3", 3, 12, 1 },
	{ "9223372036854775807", 19, INT64_MAX, 0 },
	{ "0.123456789", 11, 123456789, 9 },
	{ "9.223372036", 11, 9223372036, 9 },
	{ "", 0, 0, 0 },
	{ " 1", 0, 0, 0 },
	{ "-1", 0, 0, 0 },
	{ "+1", 0, 0, 0 },
	{ ".5", 0, 0, 0 },
	{ "5.", 0, 0, 0 },
	{ "5.x", 0, 0, 0 },
	{ "5..2", 0, 0, 0 },
	{ "nan", 0, 0, 0 },
	{ "inf", 0, 0, 0 },
	{ "\357\274\221", 0, 0, 0 },	/* full-width 1 */
	{ "9223372036854775808", 0, 0, 0 },
	{ "99999999999999999999999999", 0, 0, 0 },
	{ "0.1234567890", 0, 0, 0 },
	{ "92233720368.547758080", 0, 0, 0 }
};

START_TEST(a_number_is_digits_and_maybe_a_fraction)
{
	size_t i = (size_t)_i, len = strlen(numbers[i].text);
	int64_t digits = -1;
	unsigned scale = 99;

	ck_assert_uint_eq(prof_num_parse(numbers[i].text, len, &digits,
	    &scale), numbers[i].taken);
	if (numbers[i].taken == 0)
		return;
	ck_assert_int_eq(digits, numbers[i].digits);
	ck_assert_uint_eq(scale, numbers[i].scale);
}
END_TEST

START_TEST(a_number_ends_where_its_text_does)
{
	int64_t digits;
	unsigned scale;

	ck_assert_uint_eq(prof_num_parse(".5", 2, &digits, &scale), 0);
	ck_assert_uint_eq(prof_num_parse("1234", 2, &digits, &scale), 2);
	ck_assert_int_eq(digits, 12);
	ck_assert_uint_eq(prof_num_parse("12.5", 3, &digits, &scale), 0);
	ck_assert_uint_eq(prof_num_parse("1", 0, &digits, &scale), 0);
}
END_TEST

START_TEST(people_leave_out_a_nought_before_the_point)
{
	int64_t digits;
	unsigned scale;

	ck_assert_uint_eq(prof_num_given(".05%", 4, &digits, &scale), 3);
	ck_assert_int_eq(digits, 5);
	ck_assert_uint_eq(scale, 2);
	ck_assert_uint_eq(prof_num_given("1.5", 3, &digits, &scale), 3);
	ck_assert_uint_eq(prof_num_given(".5.5", 4, &digits, &scale), 2);
	ck_assert_uint_eq(prof_num_given(".", 1, &digits, &scale), 0);
	ck_assert_uint_eq(prof_num_given(".x", 2, &digits, &scale), 0);
	ck_assert_uint_eq(prof_num_given(".0123456789", 11, &digits, &scale),
	    0);
}
END_TEST

static const struct {
	const char *text, *name;
	enum prof_family family;
	int64_t factor;
} known[] = {
	{ "nanoseconds", "ns", PROF_UNIT_TIME, 1 },
	{ "nanosecond", "ns", PROF_UNIT_TIME, 1 },
	{ "ns", "ns", PROF_UNIT_TIME, 1 },
	{ "us", "us", PROF_UNIT_TIME, 1000 },
	{ "\302\265s", "us", PROF_UNIT_TIME, 1000 },
	{ "\316\274s", "us", PROF_UNIT_TIME, 1000 },
	{ "microseconds", "us", PROF_UNIT_TIME, 1000 },
	{ "ms", "ms", PROF_UNIT_TIME, 1000000 },
	{ "Milliseconds", "ms", PROF_UNIT_TIME, 1000000 },
	{ "s", "s", PROF_UNIT_TIME, 1000000000 },
	{ "sec", "s", PROF_UNIT_TIME, 1000000000 },
	{ "seconds", "s", PROF_UNIT_TIME, 1000000000 },
	{ "min", "min", PROF_UNIT_TIME, INT64_C(60000000000) },
	{ "minutes", "min", PROF_UNIT_TIME, INT64_C(60000000000) },
	{ "h", "h", PROF_UNIT_TIME, INT64_C(3600000000000) },
	{ "hrs", "h", PROF_UNIT_TIME, INT64_C(3600000000000) },
	{ "hour", "h", PROF_UNIT_TIME, INT64_C(3600000000000) },
	{ "d", "d", PROF_UNIT_TIME, INT64_C(86400000000000) },
	{ "days", "d", PROF_UNIT_TIME, INT64_C(86400000000000) },
	{ "B", "B", PROF_UNIT_BYTES, 1 },
	{ "b", "B", PROF_UNIT_BYTES, 1 },
	{ "bytes", "B", PROF_UNIT_BYTES, 1 },
	{ "kB", "KiB", PROF_UNIT_BYTES, 1024 },
	{ "KB", "KiB", PROF_UNIT_BYTES, 1024 },
	{ "KiB", "KiB", PROF_UNIT_BYTES, 1024 },
	{ "kilobytes", "KiB", PROF_UNIT_BYTES, 1024 },
	{ "MB", "MiB", PROF_UNIT_BYTES, 1048576 },
	{ "mib", "MiB", PROF_UNIT_BYTES, 1048576 },
	{ "GB", "GiB", PROF_UNIT_BYTES, INT64_C(1) << 30 },
	{ "TB", "TiB", PROF_UNIT_BYTES, INT64_C(1) << 40 },
	{ "PB", "PiB", PROF_UNIT_BYTES, INT64_C(1) << 50 },
	{ "count", "", PROF_UNIT_COUNT, 1 },
	{ "Counts", "", PROF_UNIT_COUNT, 1 }
};

START_TEST(units_are_known_as_profiles_write_them)
{
	const struct prof_unit *u = prof_unit_find(known[_i].text,
	    strlen(known[_i].text));

	ck_assert_ptr_nonnull(u);
	ck_assert_str_eq(u->name, known[_i].name);
	ck_assert_int_eq(u->family, known[_i].family);
	ck_assert_int_eq(u->factor, known[_i].factor);
}
END_TEST

START_TEST(other_units_are_not_guessed)
{
	static const char *const unknown[] = { "", "m", "widgets", "objects",
	    "k", "nss", "n", "cycles", "samples", "GCU", " ms", "ms " };
	size_t i;

	for (i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
		ck_assert_ptr_null(prof_unit_find(unknown[i],
		    strlen(unknown[i])));
	ck_assert_ptr_null(prof_unit_find("ms\0", 3));
	ck_assert_ptr_nonnull(prof_unit_find("msx", 2));
}
END_TEST

static const char *
chosen(const char *unit, prof_i128 least, prof_i128 most)
{
	const struct prof_unit *u = prof_unit_choose(unit, strlen(unit),
	    least, most);

	return u != NULL ? u->name : "none";
}

START_TEST(the_unit_is_the_largest_that_suits_the_least_value)
{
	ck_assert_str_eq(chosen("ns", 1, 1), "ns");
	ck_assert_str_eq(chosen("ns", 999, 999), "ns");
	ck_assert_str_eq(chosen("ns", 1000, 1000), "us");
	ck_assert_str_eq(chosen("ns", 10000000, 4620000000), "ms");
	ck_assert_str_eq(chosen("milliseconds", 1, 900), "ms");
	ck_assert_str_eq(chosen("milliseconds", 60000, 60000), "min");
	ck_assert_str_eq(chosen("bytes", 1024, 1024), "KiB");
	ck_assert_str_eq(chosen("bytes", 1023, 1024), "B");
	ck_assert_str_eq(chosen("count", 1, 1000000000), "");
	ck_assert_str_eq(chosen("widgets", 1, 1), "none");
}
END_TEST

START_TEST(a_huge_value_beside_a_small_one_makes_the_unit_coarser)
{
	ck_assert_str_eq(chosen("ns", 1, 999999), "ns");
	ck_assert_str_eq(chosen("ns", 1, 1000000), "us");
	ck_assert_str_eq(chosen("ns", 1, INT64_C(1000000000000)), "s");
	ck_assert_str_eq(chosen("bytes", 1, (prof_i128)1024 * 1000000),
	    "MiB");
}
END_TEST

START_TEST(without_values_the_finest_unit_is_chosen)
{
	ck_assert_str_eq(chosen("s", 0, 0), "ns");
	ck_assert_str_eq(chosen("MB", 0, 0), "B");
}
END_TEST

START_TEST(no_value_is_too_large_to_choose_a_unit)
{
	ck_assert_str_eq(chosen("d", I128_MAX, I128_MAX), "d");
	ck_assert_str_eq(chosen("ns", 1, I128_MAX), "d");
	ck_assert_str_eq(chosen("PB", I128_MAX, I128_MAX), "PiB");
}
END_TEST

static const char *
printed(prof_i128 v, prof_i128 num, prof_i128 den, unsigned decimals)
{
	prof_buf_clear(&b);
	prof_num_print(&b, v, num, den, decimals);
	return prof_buf_str(&b);
}

START_TEST(quotients_are_rounded_half_away_from_zero)
{
	ck_assert_str_eq(printed(5, 1, 10, 0), "1");
	ck_assert_str_eq(printed(4, 1, 10, 0), "0");
	ck_assert_str_eq(printed(-5, 1, 10, 0), "-1");
	ck_assert_str_eq(printed(-4, 1, 10, 0), "0");
	ck_assert_str_eq(printed(15, 1, 10, 0), "2");
	ck_assert_str_eq(printed(25, 1, 10, 0), "3");
	ck_assert_str_eq(printed(125, 1, 100, 1), "1.3");
	ck_assert_str_eq(printed(-125, 1, 100, 1), "-1.3");
	ck_assert_str_eq(printed(1, 1, 3, 2), "0.33");
	ck_assert_str_eq(printed(2, 1, 3, 2), "0.67");
	ck_assert_str_eq(printed(1, 1, 2, 0), "1");
	ck_assert_str_eq(printed(3, 1, 7, 0), "0");
	ck_assert_str_eq(printed(4, 1, 7, 0), "1");
}
END_TEST

START_TEST(rounding_carries_into_the_integer)
{
	ck_assert_str_eq(printed(999, 1, 1000, 2), "1.00");
	ck_assert_str_eq(printed(995, 1, 1000, 2), "1.00");
	ck_assert_str_eq(printed(9994, 1, 1000, 2), "9.99");
}
END_TEST

START_TEST(what_rounds_to_zero_has_no_sign)
{
	ck_assert_str_eq(printed(-1, 1, 1000, 2), "0.00");
	ck_assert_str_eq(printed(-4, 1, 10, 0), "0");
	ck_assert_str_eq(printed(0, 1, 7, 3), "0.000");
}
END_TEST

START_TEST(all_decimals_are_written)
{
	ck_assert_str_eq(printed(4620, 1, 1000, 2), "4.62");
	ck_assert_str_eq(printed(1, 1, 1000000000, 9), "0.000000001");
	ck_assert_str_eq(printed(-1500, 1, 1000, 3), "-1.500");
	ck_assert_str_eq(printed(7, 3, 2, 1), "10.5");
}
END_TEST

START_TEST(the_largest_values_are_exact)
{
	ck_assert_str_eq(printed(INT64_MAX, 1, 1, 0), "9223372036854775807");
	ck_assert_str_eq(printed(INT64_MIN, 1, 1, 2),
	    "-9223372036854775808.00");
	ck_assert_str_eq(printed(INT64_MAX, 100, INT64_MAX, 1), "100.0");
	ck_assert_str_eq(printed((prof_i128)INT64_MAX * 1000, 1, 1000, 3),
	    "9223372036854775807.000");
}
END_TEST

START_TEST(hostile_scales_are_printed_without_overflow)
{
	prof_i128 most = INT64_MAX, day = INT64_C(86400000000000);

	ck_assert_str_eq(printed(most, most * day, day, 0),
	    "85070591730234615847396907784232501249");
	ck_assert_str_eq(printed(most, most * day, most * 1024, 1),
	    "778222015609621708715625000000.0");
	ck_assert_uint_eq(strlen(printed(most, most * day, day * 1024 + 1,
	    2)), 38);
	ck_assert_str_eq(printed(most * most, most * most, most * most, 3),
	    "85070591730234615847396907784232501249.000");
	ck_assert_str_eq(printed(most * most, 3, most, 1),
	    "27670116110564327421.0");
	ck_assert_str_eq(printed(-most * most, most * most, 1, 0),
	    "-170141183460469231731687303715884105727");
	ck_assert(prof_num_scaled(most * most, most, most - 1) ==
	    most * most + most + 1);
	ck_assert_str_eq(printed(1, 1, most * day, 9), "0.000000000");
	ck_assert_str_eq(printed(-1, 1, most * day, 2), "0.00");
	ck_assert_str_eq(printed(I128_MAX, 1, 1, 0),
	    "170141183460469231731687303715884105727");
	ck_assert_str_eq(printed(1, 1, 3, 30),
	    "0.333333333333333333333333333333");
}
END_TEST

START_TEST(integers_of_128_bits_are_written)
{
	prof_num_int(&b, I128_MAX);
	ck_assert_str_eq(prof_buf_str(&b),
	    "170141183460469231731687303715884105727");
	prof_buf_clear(&b);
	prof_num_int(&b, -I128_MAX - 1);
	ck_assert_str_eq(prof_buf_str(&b),
	    "-170141183460469231731687303715884105728");
	prof_buf_clear(&b);
	prof_num_int(&b, 0);
	ck_assert_str_eq(prof_buf_str(&b), "0");
}
END_TEST

static const char *
percent(prof_i128 part, prof_i128 whole)
{
	prof_buf_clear(&b);
	prof_num_percent(&b, part, whole);
	return prof_buf_str(&b);
}

START_TEST(a_percentage_has_one_decimal)
{
	ck_assert_str_eq(percent(1, 3), "33.3%");
	ck_assert_str_eq(percent(2, 3), "66.7%");
	ck_assert_str_eq(percent(3, 3), "100.0%");
	ck_assert_str_eq(percent(0, 3), "0.0%");
	ck_assert_str_eq(percent(-1, 3), "-33.3%");
	ck_assert_str_eq(percent(1, 2000), "0.1%");
	ck_assert_str_eq(percent(1, 2001), "0.0%");
	ck_assert_str_eq(percent(-1, 3000), "0.0%");
	ck_assert_str_eq(percent(5, 2), "250.0%");
}
END_TEST

START_TEST(there_is_no_percentage_of_nothing)
{
	ck_assert_str_eq(percent(0, 0), "-");
	ck_assert_str_eq(percent(5, 0), "-");
}
END_TEST

START_TEST(a_percentage_of_a_negative_whole_has_the_sign_of_the_quotient)
{
	ck_assert_str_eq(percent(1, -4), "-25.0%");
	ck_assert_str_eq(percent(-1, -4), "25.0%");
}
END_TEST

START_TEST(percentages_of_the_largest_sums_are_right)
{
	prof_i128 most = INT64_MAX;

	ck_assert_str_eq(percent(most, most), "100.0%");
	ck_assert_str_eq(percent(most, 3 * most), "33.3%");
	ck_assert_str_eq(percent(INT64_MIN, -(prof_i128)INT64_MIN),
	    "-100.0%");
}
END_TEST

START_TEST(millionths_are_rounded_half_away_from_zero)
{
	ck_assert_int_eq((int64_t)prof_num_ppm(1, 3), 333333);
	ck_assert_int_eq((int64_t)prof_num_ppm(2, 3), 666667);
	ck_assert_int_eq((int64_t)prof_num_ppm(1, 2000000), 1);
	ck_assert_int_eq((int64_t)prof_num_ppm(-1, 2000000), -1);
	ck_assert_int_eq((int64_t)prof_num_ppm(-2, -4), 500000);
	ck_assert_int_eq((int64_t)prof_num_ppm(2, -4), -500000);
	ck_assert_int_eq((int64_t)prof_num_ppm(INT64_MIN, INT64_MAX),
	    -1000000);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("num");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, sums_and_products_are_checked_at_the_edges);
	tcase_add_test(tc, the_common_divisor_is_the_greatest);
	tcase_add_loop_test(tc, a_number_is_digits_and_maybe_a_fraction, 0,
	    (int)(sizeof numbers / sizeof numbers[0]));
	tcase_add_test(tc, a_number_ends_where_its_text_does);
	tcase_add_test(tc, people_leave_out_a_nought_before_the_point);
	tcase_add_loop_test(tc, units_are_known_as_profiles_write_them, 0,
	    (int)(sizeof known / sizeof known[0]));
	tcase_add_test(tc, other_units_are_not_guessed);
	tcase_add_test(tc,
	    the_unit_is_the_largest_that_suits_the_least_value);
	tcase_add_test(tc,
	    a_huge_value_beside_a_small_one_makes_the_unit_coarser);
	tcase_add_test(tc, without_values_the_finest_unit_is_chosen);
	tcase_add_test(tc, no_value_is_too_large_to_choose_a_unit);
	tcase_add_test(tc, quotients_are_rounded_half_away_from_zero);
	tcase_add_test(tc, rounding_carries_into_the_integer);
	tcase_add_test(tc, what_rounds_to_zero_has_no_sign);
	tcase_add_test(tc, all_decimals_are_written);
	tcase_add_test(tc, the_largest_values_are_exact);
	tcase_add_test(tc, hostile_scales_are_printed_without_overflow);
	tcase_add_test(tc, integers_of_128_bits_are_written);
	tcase_add_test(tc, a_percentage_has_one_decimal);
	tcase_add_test(tc, there_is_no_percentage_of_nothing);
	tcase_add_test(tc,
	    a_percentage_of_a_negative_whole_has_the_sign_of_the_quotient);
	tcase_add_test(tc, percentages_of_the_largest_sums_are_right);
	tcase_add_test(tc, millionths_are_rounded_half_away_from_zero);
	return test_main("num", tc);
}
