/* SPDX-License-Identifier: MIT */
#include "libanalysis/share.h"

#include "libanalysis/num.h"
#include "tests/random.h"
#include "tests/support.h"

START_TEST(parts_follow_the_weights)
{
	uint64_t weight[] = { 1, 0, 3 };
	int64_t part[3];

	prof_share_out(8, weight, 3, part);
	ck_assert_int_eq(part[0], 2);
	ck_assert_int_eq(part[1], 0);
	ck_assert_int_eq(part[2], 6);
}
END_TEST

/* 1.75, 3.5 and 1.75 of 7. */
START_TEST(the_largest_fractions_are_rounded_up)
{
	uint64_t weight[] = { 1, 2, 1 };
	int64_t part[3];

	prof_share_out(7, weight, 3, part);
	ck_assert_int_eq(part[0], 2);
	ck_assert_int_eq(part[1], 3);
	ck_assert_int_eq(part[2], 2);
}
END_TEST

START_TEST(of_equal_fractions_the_first_are_rounded_up)
{
	uint64_t weight[] = { 5, 5, 5 };
	int64_t part[3];

	prof_share_out(2, weight, 3, part);
	ck_assert_int_eq(part[0], 1);
	ck_assert_int_eq(part[1], 1);
	ck_assert_int_eq(part[2], 0);
}
END_TEST

START_TEST(a_negative_whole_is_shared_as_its_opposite)
{
	uint64_t weight[] = { 1, 2, 1 };
	int64_t part[3];

	prof_share_out(-7, weight, 3, part);
	ck_assert_int_eq(part[0], -2);
	ck_assert_int_eq(part[1], -3);
	ck_assert_int_eq(part[2], -2);
}
END_TEST

START_TEST(without_weights_the_first_takes_all)
{
	uint64_t weight[] = { 0, 0 };
	int64_t part[2];

	prof_share_out(9, weight, 2, part);
	ck_assert_int_eq(part[0], 9);
	ck_assert_int_eq(part[1], 0);
}
END_TEST

START_TEST(nothing_is_written_for_no_parts)
{
	int64_t part = 42;

	prof_share_out(9, NULL, 0, &part);
	ck_assert_int_eq(part, 42);
}
END_TEST

START_TEST(weights_beyond_64_bits_are_shared_by)
{
	uint64_t weight[] = { UINT64_MAX, UINT64_MAX, UINT64_MAX - 7, 0 };
	int64_t part[4];

	prof_share_out(INT64_MIN, weight, 4, part);
	ck_assert_int_eq(part[0] / 10, INT64_MIN / 30);
	ck_assert_int_eq(part[1] / 10, INT64_MIN / 30);
	ck_assert_int_eq(part[0] + part[1] + part[2], INT64_MIN);
	ck_assert_int_eq(part[3], 0);
}
END_TEST

START_TEST(parts_add_up_and_are_next_to_the_exact_share)
{
	struct test_random r = { (uint64_t)_i };
	uint32_t n = 1 + test_random_below(&r, 50), i;
	int64_t whole = (int64_t)(test_random_next(&r) >> _i % 62), part[50];
	uint64_t weight[50], sum = 0;
	prof_i128 exact, given = 0;

	for (i = 0; i < n; i++)
		sum += weight[i] = test_random_next(&r) >> (8 + _i % 50);
	prof_share_out(whole, weight, n, part);
	for (i = 0; i < n; i++) {
		exact = sum > 0 ? (prof_i128)whole * weight[i] : 0;
		exact -= (prof_i128)part[i] * sum;
		if (sum > 0 && (exact >= sum || exact <= -(prof_i128)sum))
			ck_abort_msg("part %u", i);
		given += part[i];
	}
	ck_assert(given == whole);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("share");

	tcase_add_test(tc, parts_follow_the_weights);
	tcase_add_test(tc, the_largest_fractions_are_rounded_up);
	tcase_add_test(tc, of_equal_fractions_the_first_are_rounded_up);
	tcase_add_test(tc, a_negative_whole_is_shared_as_its_opposite);
	tcase_add_test(tc, without_weights_the_first_takes_all);
	tcase_add_test(tc, nothing_is_written_for_no_parts);
	tcase_add_test(tc, weights_beyond_64_bits_are_shared_by);
	tcase_add_loop_test(tc, parts_add_up_and_are_next_to_the_exact_share,
	    0, 100);
	return test_main("share", tc);
}
