/* SPDX-License-Identifier: MIT */
#include "tests/compare.h"

#include <stdio.h>

#include "libanalysis/diffrows.h"

static struct compare c;

static void
two(const char *base, const char *newer)
{
	compare_add(&c, "a.prof", base);
	compare_add(&c, "b.prof", newer);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
}

static int64_t
mean(enum prof_diff_metric metric, unsigned side, const char *name)
{
	return (int64_t)prof_diff_value(&c.d, side,
	    c.d.of[metric][side][compare_find(&c, name)]);
}

static void
assert_rows(size_t limit, bool all, const char *want)
{
	struct prof_diff_view v = { .d = &c.d };
	struct prof_buf b = { 0 };
	size_t i, n;
	uint32_t *ids = prof_diff_rows(&v, limit, all, &n);

	for (i = 0; i < n; i++) {
		if (i > 0)
			prof_buf_addc(&b, ' ');
		prof_buf_adds(&b, prof_match_row(&c.d.match, ids[i])->name);
	}
	ck_assert_str_eq(prof_buf_str(&b), want);
	prof_buf_release(&b);
	free(ids);
}

static const char mixed_a[] = "m;f 5\nm;g;f 7\nm;h 11\ni 2";
static const char mixed_b[] = "m;f 9\nm;g;k 7\nm;h 11\nj 4";

START_TEST(self_and_total_of_both_sides)
{
	two(mixed_a, mixed_b);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 12);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 1, "f"), 9);
	ck_assert_int_eq(mean(PROF_DIFF_TOTAL, 0, "m"), 23);
	ck_assert_int_eq(mean(PROF_DIFF_TOTAL, 1, "m"), 27);
	ck_assert(c.d.sum[0] == 25 && c.d.sum[1] == 31);
	compare_done(&c);
}
END_TEST

START_TEST(status_of_each_function)
{
	two(mixed_a, mixed_b);
	ck_assert_uint_eq(c.d.status[compare_find(&c, "f")],
	    PROF_DIFF_CHANGED);
	ck_assert_uint_eq(c.d.status[compare_find(&c, "k")], PROF_DIFF_NEW);
	ck_assert_uint_eq(c.d.status[compare_find(&c, "i")], PROF_DIFF_GONE);
	ck_assert_uint_eq(c.d.status[compare_find(&c, "h")], PROF_DIFF_SAME);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_NEW], 2);
	ck_assert_uint_eq(c.d.up, 1);
	ck_assert_uint_eq(c.d.down, 1);
	compare_done(&c);
}
END_TEST

START_TEST(a_function_with_zeros_only_is_new)
{
	two("m;f 0\nm 1", "m;f 3\nm 1");
	ck_assert_uint_eq(c.d.status[compare_find(&c, "f")], PROF_DIFF_NEW);
	compare_done(&c);
}
END_TEST

START_TEST(values_that_cancel_are_still_there)
{
	compare_add(&c, "a1", "m;f 5");
	compare_add(&c, "a2", "m;f -5");
	compare_add(&c, "b", "m;f 3");
	ck_assert_int_eq(compare_run(&c, 2, NULL), PROF_OK);
	ck_assert_uint_eq(c.d.status[compare_find(&c, "f")],
	    PROF_DIFF_CHANGED);
	compare_done(&c);
}
END_TEST

START_TEST(a_profile_equals_itself)
{
	two(mixed_a, mixed_a);
	assert_rows(0, false, "");
	ck_assert_uint_eq(c.d.count[PROF_DIFF_SAME], c.d.match.n);
	assert_rows(0, true, "f g h i m");
	compare_done(&c);
}
END_TEST

START_TEST(swapped_sides_mirror_all_values)
{
	static const char *const names[] = { "m", "f", "g", "h", "i", "j",
	    "k" };
	int64_t was[7][2][2];
	size_t i;
	unsigned m, s;

	two(mixed_a, mixed_b);
	for (i = 0; i < 7; i++)
		for (m = 0; m < 2; m++)
			for (s = 0; s < 2; s++)
				was[i][m][s] = mean(m, s, names[i]);
	compare_done(&c);
	two(mixed_b, mixed_a);
	for (i = 0; i < 7; i++)
		for (m = 0; m < 2; m++)
			for (s = 0; s < 2; s++)
				ck_assert_int_eq(mean(m, 1 - s, names[i]),
				    was[i][m][s]);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_GONE], 2);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_NEW], 1);
	compare_done(&c);
}
END_TEST

START_TEST(order_does_not_depend_on_numbering)
{
	two("a 1\nb 1\nd 5\nc 5", "c 8\na 4\nd 2\nb 4\ne 3");
	assert_rows(0, false, "a b c e d");
	compare_done(&c);
	two("c 5\nd 5\nb 1\na 1", "e 3\nb 4\nd 2\na 4\nc 8");
	assert_rows(0, false, "a b c e d");
	compare_done(&c);
}
END_TEST

START_TEST(the_largest_changes_of_either_sign_are_kept)
{
	two("a 10\nb 10\nc 10\nd 10", "a 11\nb 4\nc 15\nd 8");
	assert_rows(2, false, "c b");
	assert_rows(3, false, "c d b");
	assert_rows(9, false, "c a d b");
	compare_done(&c);
}
END_TEST

START_TEST(equal_changes_of_self_go_by_total)
{
	two("a 1\nb 1\nb;c 1\na;d 5", "a 3\nb 3\nb;c 2\na;d 1");
	assert_rows(3, false, "b a d");
	compare_done(&c);
}
END_TEST

START_TEST(a_side_is_the_mean_of_its_runs)
{
	size_t n;
	const struct prof_match_member *at;

	compare_add(&c, "a1", "m;f 10");
	compare_add(&c, "a2", "m;f 13\nm;g 1");
	compare_add(&c, "b", "m;f 12");
	ck_assert_int_eq(compare_run(&c, 2, NULL), PROF_OK);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 12);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "g"), 1);
	ck_assert_uint_eq(c.d.status[compare_find(&c, "f")],
	    PROF_DIFF_CHANGED);
	ck_assert(prof_diff_delta(&c.d, PROF_DIFF_SELF,
	    compare_find(&c, "f")) == 1);
	at = prof_match_members(&c.d.match, compare_find(&c, "f"), &n);
	ck_assert_uint_eq(n, 3);
	ck_assert(prof_diff_of_run(&c.d, PROF_DIFF_SELF, &at[0]) == 10);
	ck_assert(prof_diff_of_run(&c.d, PROF_DIFF_SELF, &at[1]) == 13);
	compare_done(&c);
}
END_TEST

START_TEST(a_mean_is_rounded_away_from_zero)
{
	compare_add(&c, "a1", "f 1\ng -1\nh 1");
	compare_add(&c, "a2", "f 2\ng -2");
	compare_add(&c, "a3", "h 0");
	compare_add(&c, "b", "f 1");
	ck_assert_int_eq(compare_run(&c, 2, NULL), PROF_OK);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 2);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "g"), -2);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "h"), 1);
	compare_done(&c);
}
END_TEST

START_TEST(units_of_one_family_are_converted)
{
	compare_type(&c, "wall", "seconds");
	compare_samples(&c, "a", "f 2");
	compare_type(&c, "wall", "us");
	compare_samples(&c, "b", "f 3000000");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_str_eq(c.d.unit, "nanoseconds");
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 2000000000);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 1, "f"), 3000000000);
	ck_assert_int_eq(c.d.num, 1000);
	ck_assert_int_eq(c.d.factor[0], 1000000);
	compare_done(&c);
}
END_TEST

START_TEST(scales_are_compared_exactly)
{
	compare_type(&c, "wall", "s");
	c.p[0].type[0].den = 3;
	compare_samples(&c, "a", "f 3");
	compare_type(&c, "wall", "s");
	c.p[1].type[0].num = 2;
	c.p[1].type[0].den = 7;
	compare_samples(&c, "b", "f 7");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert(c.d.of[PROF_DIFF_SELF][0][1] * 2 ==
	    c.d.of[PROF_DIFF_SELF][1][1]);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 1000000000);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 1, "f"), 2000000000);
	compare_done(&c);
}
END_TEST

START_TEST(scales_too_far_apart_are_refused)
{
	compare_type(&c, "wall", "s");
	c.p[0].type[0].den = INT64_C(999999999989);
	compare_samples(&c, "a", "f 3");
	compare_type(&c, "wall", "s");
	c.p[1].type[0].den = INT64_C(1000000007);
	compare_samples(&c, "b", "f 7");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_ERANGE);
	compare_done(&c);
	compare_type(&c, "wall", "d");
	c.p[0].type[0].num = INT64_MAX;
	compare_samples(&c, "a", "f 3");
	compare_type(&c, "wall", "ns");
	compare_samples(&c, "b", "f 7");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_ERANGE);
	compare_done(&c);
}
END_TEST

START_TEST(the_largest_values_do_not_overflow)
{
	two("f 9223372036854775807", "g 9223372036854775807");
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), INT64_MAX);
	ck_assert(prof_diff_delta(&c.d, PROF_DIFF_SELF,
	    compare_find(&c, "f")) == -(prof_i128)INT64_MAX);
	assert_rows(0, false, "g f");
	compare_done(&c);
	compare_add(&c, "a1", "f 9223372036854775807");
	compare_add(&c, "a2", "f 9223372036854775807");
	compare_add(&c, "b", "f 9223372036854775806");
	ck_assert_int_eq(compare_run(&c, 2, NULL), PROF_OK);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), INT64_MAX);
	ck_assert(prof_diff_delta(&c.d, PROF_DIFF_SELF, 1) == -2);
	compare_done(&c);
}
END_TEST

START_TEST(a_mean_beyond_64_bits_in_base_units_is_refused)
{
	compare_type(&c, "wall", "s");
	compare_samples(&c, "a", "f 9223372037");
	compare_type(&c, "wall", "ns");
	compare_samples(&c, "b", "f 1");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_ERANGE);
	compare_done(&c);
}
END_TEST

static void
heap(const char *name)
{
	compare_type(&c, "objects", "count");
	compare_type(&c, "space", "bytes");
	compare_samples(&c, name, "f 3");
}

START_TEST(the_default_type_of_new_is_compared)
{
	heap("a");
	c.p[1].meta.default_type = prof_strs_adds(&c.p[1].strs, "objects");
	heap("b");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_str_eq(c.d.type, "objects");
	compare_done(&c);
}
END_TEST

START_TEST(the_wanted_type_is_compared)
{
	heap("a");
	heap("b");
	ck_assert_int_eq(compare_run(&c, 1, "objects"), PROF_OK);
	ck_assert_str_eq(c.d.type, "objects");
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 3);
	compare_done(&c);
}
END_TEST

START_TEST(a_common_type_is_found_when_the_defaults_are_not)
{
	heap("a");
	compare_type(&c, "objects", "count");
	compare_type(&c, "pauses", "ns");
	compare_samples(&c, "b", "f 4");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_str_eq(c.d.type, "objects");
	compare_done(&c);
}
END_TEST

START_TEST(without_a_common_type_both_inputs_are_named)
{
	heap("heap.pb");
	compare_add(&c, "cpu.pb", "f 4");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_EMISMATCH);
	ck_assert_str_eq(c.err.msg, "no sample type is common to all inputs: "
	    "'heap.pb' has objects/count, space/bytes but 'cpu.pb' has "
	    "cpu/nanoseconds");
	compare_done(&c);
}
END_TEST

START_TEST(units_of_two_families_are_refused)
{
	compare_type(&c, "cost", "bytes");
	compare_samples(&c, "a.pb", "f 4");
	compare_type(&c, "cost", "ns");
	compare_samples(&c, "b.pb", "f 4");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_EMISMATCH);
	ck_assert_str_eq(c.err.msg, "cannot compare 'cost' in 'bytes' of "
	    "'a.pb' with 'cost' in 'ns' of 'b.pb'");
	compare_done(&c);
}
END_TEST

START_TEST(unknown_units_must_be_equal)
{
	compare_type(&c, "cost", "furlongs");
	compare_samples(&c, "a.pb", "f 4");
	compare_type(&c, "cost", "furlongs");
	compare_samples(&c, "b.pb", "f 5");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_str_eq(c.d.unit, "furlongs");
	compare_done(&c);
	compare_type(&c, "cost", "furlongs");
	compare_samples(&c, "a.pb", "f 4");
	compare_type(&c, "cost", "leagues");
	compare_samples(&c, "b.pb", "f 5");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_EMISMATCH);
	compare_done(&c);
}
END_TEST

START_TEST(a_type_that_an_input_lacks_is_named)
{
	heap("a.pb");
	heap("b.pb");
	ck_assert_int_eq(compare_run(&c, 1, "cpu"), PROF_EMISMATCH);
	ck_assert_str_eq(c.err.msg, "'a.pb' has no sample type 'cpu', only "
	    "objects/count, space/bytes");
	compare_done(&c);
}
END_TEST

START_TEST(an_empty_profile_fits_anything)
{
	compare_samples(&c, "/dev/null", "");
	compare_add(&c, "b", "f 4");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_str_eq(c.d.type, "cpu");
	ck_assert_uint_eq(c.d.status[1], PROF_DIFF_NEW);
	compare_done(&c);
	compare_samples(&c, "a", "");
	compare_samples(&c, "b", "");
	ck_assert_int_eq(compare_run(&c, 1, "cpu"), PROF_OK);
	ck_assert_uint_eq(c.d.match.n, 0);
	compare_done(&c);
}
END_TEST

START_TEST(samples_without_frames_count_in_the_sum_only)
{
	two("f 4\n 5", "f 4\n 6");
	assert_rows(0, false, "");
	ck_assert(c.d.sum[0] == 9 && c.d.sum[1] == 10);
	ck_assert(c.d.of[PROF_DIFF_SELF][1][0] == 6);
	compare_done(&c);
}
END_TEST

START_TEST(self_values_sum_up_to_the_total)
{
	struct prof_buf text = { 0 };
	prof_i128 sum[2] = { 0 };
	unsigned i, s;

	for (i = 0; i < 500; i++)
		prof_buf_addf(&text, "m;f%u;f%u@x%u %u\n", i % 7, i % 61,
		    i % 3, i + 1);
	compare_add(&c, "a", prof_buf_str(&text));
	compare_add(&c, "b", "m;g 3");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	for (s = 0; s < 2; s++) {
		for (i = 0; i <= c.d.match.n; i++)
			sum[s] += c.d.of[PROF_DIFF_SELF][s][i];
		ck_assert(sum[s] == c.d.sum[s]);
	}
	prof_buf_release(&text);
	compare_done(&c);
}
END_TEST

START_TEST(forced_sides_have_a_type_of_their_own_each)
{
	unsigned i;

	compare_add(&c, "a", "m;f 5");
	compare_type(&c, "events", "count");
	compare_samples(&c, "b", "m;f 7");
	ck_assert_int_eq(prof_diff_columns(c.run, c.n, 1, NULL, &c.err),
	    PROF_EMISMATCH);
	ck_assert_int_eq(prof_diff_columns_force(c.run, c.n, 1, "events",
	    &c.err), PROF_OK);
	for (i = 0; i < 2; i++)
		ck_assert_int_eq(prof_flat_init(&c.flat[i], &c.rows[i],
		    c.run[i].column, &c.err), PROF_OK);
	ck_assert_int_eq(prof_diff_init(&c.d, c.run, c.n, 1, &c.err),
	    PROF_OK);
	ck_assert_str_eq(c.d.type, "value");
	ck_assert_str_eq(c.d.unit, "");
	ck_assert_int_eq((int)c.d.sum[0], 5);
	ck_assert_int_eq((int)c.d.sum[1], 7);
	ck_assert_int_eq(prof_diff_columns_force(c.run, c.n, 1, "heat",
	    &c.err), PROF_EMISMATCH);
	compare_done(&c);
}
END_TEST

static void
assert_speed(const char *type, const char *unit, bool want)
{
	unsigned i;

	for (i = 0; i < 2; i++) {
		compare_type(&c, type, unit);
		compare_samples(&c, i == 0 ? "a" : "b", "m;f 5");
	}
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_msg(prof_diff_is_speed(&c.d) == want, "%s/%s", type, unit);
	compare_done(&c);
}

START_TEST(a_machine_changes_times_and_samples_but_no_work)
{
	assert_speed("cpu", "nanoseconds", true);
	assert_speed("delay", "ms", true);
	assert_speed("samples", "count", true);
	assert_speed("cycles:u", "count", true);
	assert_speed("alloc_objects", "count", false);
	assert_speed("alloc_space", "bytes", false);
	assert_speed("instructions", "count", false);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("diff");

	tcase_add_test(tc, self_and_total_of_both_sides);
	tcase_add_test(tc, status_of_each_function);
	tcase_add_test(tc, a_function_with_zeros_only_is_new);
	tcase_add_test(tc, values_that_cancel_are_still_there);
	tcase_add_test(tc, a_profile_equals_itself);
	tcase_add_test(tc, swapped_sides_mirror_all_values);
	tcase_add_test(tc, order_does_not_depend_on_numbering);
	tcase_add_test(tc, the_largest_changes_of_either_sign_are_kept);
	tcase_add_test(tc, equal_changes_of_self_go_by_total);
	tcase_add_test(tc, a_side_is_the_mean_of_its_runs);
	tcase_add_test(tc, a_mean_is_rounded_away_from_zero);
	tcase_add_test(tc, units_of_one_family_are_converted);
	tcase_add_test(tc, scales_are_compared_exactly);
	tcase_add_test(tc, scales_too_far_apart_are_refused);
	tcase_add_test(tc, the_largest_values_do_not_overflow);
	tcase_add_test(tc, a_mean_beyond_64_bits_in_base_units_is_refused);
	tcase_add_test(tc, the_default_type_of_new_is_compared);
	tcase_add_test(tc, the_wanted_type_is_compared);
	tcase_add_test(tc, a_common_type_is_found_when_the_defaults_are_not);
	tcase_add_test(tc, without_a_common_type_both_inputs_are_named);
	tcase_add_test(tc, units_of_two_families_are_refused);
	tcase_add_test(tc, unknown_units_must_be_equal);
	tcase_add_test(tc, a_type_that_an_input_lacks_is_named);
	tcase_add_test(tc, an_empty_profile_fits_anything);
	tcase_add_test(tc, samples_without_frames_count_in_the_sum_only);
	tcase_add_test(tc, self_values_sum_up_to_the_total);
	tcase_add_test(tc, a_machine_changes_times_and_samples_but_no_work);
	tcase_add_test(tc, forced_sides_have_a_type_of_their_own_each);
	return compare_main("diff", tc);
}
