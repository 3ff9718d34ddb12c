/* SPDX-License-Identifier: MIT */
#include "libanalysis/builder.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/check.h"
#include "libanalysis/nomem.h"
#include "tests/support.h"

static struct prof_profile p;
static struct prof_builder b;
static struct prof_err err;

static void
setup(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
	prof_builder_init(&b, &p, NULL);
	prof_profile_add_type(&p, prof_strs_adds(&p.strs, "cpu"), 0);
	prof_profile_add_type(&p, prof_strs_adds(&p.strs, "wall"), 0);
}

static void
teardown(void)
{
	prof_builder_release(&b);
	ck_assert_msg(prof_profile_check(&p, &err) == PROF_OK, "%s",
	    err.msg);
	prof_profile_release(&p);
}

static prof_str
str(const char *s)
{
	return prof_strs_adds(&p.strs, s);
}

static prof_loc
loc(uint64_t address)
{
	struct prof_location l = { .address = address };

	return prof_builder_location(&b, l, NULL, 0);
}

static int
sample(prof_stack stack, prof_set set, int64_t time, int64_t x, int64_t y)
{
	int64_t values[2] = { x, y };

	return prof_builder_sample(&b, stack, set, time, values, &err);
}

START_TEST(functions_are_equal_if_all_of_them_is)
{
	struct prof_function f[] = { { 1, 0, 0, 0 }, { 2, 0, 0, 0 },
	    { 1, 2, 0, 0 }, { 1, 0, 2, 0 }, { 1, 0, 0, 5 },
	    { 1, 0, 0, -5 } };
	prof_fn i;

	for (i = 0; i < 6; i++)
		ck_assert_uint_eq(prof_builder_function(&b, f[i]), i + 1);
	for (i = 0; i < 6; i++)
		ck_assert_uint_eq(prof_builder_function(&b, f[i]), i + 1);
	ck_assert_uint_eq(p.nfn, 6);
}
END_TEST

START_TEST(mappings_are_equal_if_all_of_them_is)
{
	struct prof_mapping m[] = { { 1, 9, 0, 1, 0, 0 },
	    { 2, 9, 0, 1, 0, 0 }, { 1, 8, 0, 1, 0, 0 },
	    { 1, 9, 4, 1, 0, 0 }, { 1, 9, 0, 2, 0, 0 },
	    { 1, 9, 0, 1, 2, 0 }, { 1, 9, 0, 1, 0, 3 } };
	prof_mod i;

	for (i = 0; i < 7; i++)
		ck_assert_uint_eq(prof_builder_mapping(&b, m[i]), i + 1);
	for (i = 0; i < 7; i++)
		ck_assert_uint_eq(prof_builder_mapping(&b, m[i]), i + 1);
}
END_TEST

START_TEST(locations_are_equal_if_all_of_them_and_their_lines_are)
{
	struct prof_function f = { .name = 1 }, g = { .name = 2 };
	struct prof_mapping m = { .start = 1 };
	struct prof_location l = { .address = 5, .first_line = 77,
	    .nlines = 99 };
	struct prof_line line[3] = { { 1, 4, 0 }, { 1, 4, 1 }, { 2, 4, 0 } };
	prof_loc id = 0;

	prof_builder_function(&b, f);
	prof_builder_function(&b, g);
	prof_builder_mapping(&b, m);
	ck_assert_uint_eq(prof_builder_location(&b, l, NULL, 0), ++id);
	ck_assert_uint_eq(prof_builder_location(&b, l, line, 1), ++id);
	ck_assert_uint_eq(prof_builder_location(&b, l, line + 1, 1), ++id);
	ck_assert_uint_eq(prof_builder_location(&b, l, line + 2, 1), ++id);
	ck_assert_uint_eq(prof_builder_location(&b, l, line, 2), ++id);
	l.kind = PROF_KIND_KERNEL;
	ck_assert_uint_eq(prof_builder_location(&b, l, line, 2), ++id);
	l.flags = PROF_LOC_FOLDED;
	ck_assert_uint_eq(prof_builder_location(&b, l, line, 2), ++id);
	l.mapping = 1;
	ck_assert_uint_eq(prof_builder_location(&b, l, line, 2), ++id);
	l.address = 6;
	ck_assert_uint_eq(prof_builder_location(&b, l, line, 2), ++id);
	l.first_line = 0;
	ck_assert_uint_eq(prof_builder_location(&b, l, line, 2), id);
}
END_TEST

START_TEST(stacks_are_equal_if_their_frames_are)
{
	prof_loc run[] = { loc(1), loc(2), loc(3), loc(1) };
	const prof_loc *have;
	size_t n;

	ck_assert_uint_eq(prof_builder_stack(&b, run, 0), 0);
	ck_assert_uint_eq(prof_builder_stack(&b, run, 1), 1);
	ck_assert_uint_eq(prof_builder_stack(&b, run, 3), 2);
	ck_assert_uint_eq(prof_builder_stack(&b, run + 3, 1), 1);
	ck_assert_uint_eq(prof_builder_stack(&b, run + 1, 3), 3);
	ck_assert_uint_eq(prof_builder_stack(&b, run, 3), 2);
	have = prof_profile_stack(&p, 3, &n);
	ck_assert_uint_eq(n, 3);
	ck_assert_mem_eq(have, run + 1, 3 * sizeof *run);
}
END_TEST

START_TEST(stacks_that_share_their_beginning_are_told_apart)
{
	prof_loc run[20];
	size_t i, n;
	const prof_loc *have;

	for (i = 0; i < 20; i++)
		run[i] = loc(1 + i % 3);
	for (i = 1; i <= 20; i++)
		ck_assert_uint_eq(prof_builder_stack(&b, run, i), i);
	for (i = 1; i <= 20; i++) {
		have = prof_profile_stack(&p, (prof_stack)i, &n);
		ck_assert_uint_eq(n, i);
		ck_assert_mem_eq(have, run, i * sizeof *run);
	}
}
END_TEST

START_TEST(a_stack_can_be_looked_up_in_two_steps)
{
	prof_loc run[] = { loc(1), loc(2) };
	uint64_t hash = prof_builder_stack_hash(&b, run, 2);

	ck_assert_uint_eq(prof_builder_stack(&b, run, 2), 1);
	ck_assert_uint_eq(prof_builder_stack_hashed(&b, hash, run, 2), 1);
	hash = prof_builder_stack_hash(&b, run, 0);
	ck_assert_uint_eq(prof_builder_stack_hashed(&b, hash, run, 0), 0);
}
END_TEST

START_TEST(labels_are_sorted_and_several_of_a_key_keep_their_order)
{
	prof_str a = str("a"), z = str("z"), x = str("x"), y = str("y");
	struct prof_label in[] = { { z, 0, 0, 5 }, { z, y, 0, 0 },
	    { a, 0, x, 7 }, { z, x, 0, 0 }, { a, 0, x, 6 }, { a, x, 0, 0 } };
	const struct prof_label want[] = { { a, x, 0, 0 }, { z, y, 0, 0 },
	    { z, x, 0, 0 }, { a, 0, x, 7 }, { a, 0, x, 6 }, { z, 0, 0, 5 } };
	const struct prof_label *have;
	size_t n, i;

	ck_assert_uint_eq(prof_builder_set(&b, in, 0), 0);
	ck_assert_uint_eq(prof_builder_set(&b, in, 6), 1);
	have = prof_profile_set(&p, 1, &n);
	ck_assert_uint_eq(n, 6);
	for (i = 0; i < 6; i++) {
		ck_assert_uint_eq(have[i].key, want[i].key);
		ck_assert_uint_eq(have[i].str, want[i].str);
		ck_assert_uint_eq(have[i].unit, want[i].unit);
		ck_assert_int_eq(have[i].num, want[i].num);
	}
}
END_TEST

START_TEST(label_sets_are_equal_if_their_sorted_labels_are)
{
	prof_str k = str("k"), x = str("x"), y = str("y");
	struct prof_label in[] = { { k, x, 0, 0 }, { y, x, 0, 0 } };
	struct prof_label turned[] = { { y, x, 0, 0 }, { k, x, 0, 0 } };
	struct prof_label number = { k, 0, x, 1 };

	ck_assert_uint_eq(prof_builder_set(&b, in, 2), 1);
	ck_assert_uint_eq(prof_builder_set(&b, turned, 2), 1);
	ck_assert_uint_eq(prof_builder_set(&b, in, 1), 2);
	ck_assert_uint_eq(prof_builder_set(&b, &number, 1), 3);
	number.unit = y;
	ck_assert_uint_eq(prof_builder_set(&b, &number, 1), 4);
	number.num = 2;
	ck_assert_uint_eq(prof_builder_set(&b, &number, 1), 5);
}
END_TEST

START_TEST(samples_of_one_stack_and_set_are_summed)
{
	prof_loc run[] = { loc(1) };
	prof_stack s = prof_builder_stack(&b, run, 1);
	struct prof_label label = { str("k"), str("v"), 0, 0 };
	prof_set set = prof_builder_set(&b, &label, 1);

	sample(s, 0, 0, 1, 10);
	sample(0, 0, 0, 2, 20);
	sample(s, set, 0, 3, 30);
	sample(s, 0, 99, 4, 40);
	sample(s, set, 0, 5, -30);
	ck_assert_uint_eq(p.nsamples, 3);
	ck_assert_int_eq(p.value[0][0], 5);
	ck_assert_int_eq(p.value[1][0], 50);
	ck_assert_int_eq(p.value[0][1], 2);
	ck_assert_int_eq(p.value[0][2], 8);
	ck_assert_int_eq(p.value[1][2], 0);
	ck_assert_ptr_null(p.time);
}
END_TEST

START_TEST(times_keep_samples_apart_where_they_are_kept)
{
	b.timed = true;
	sample(0, 0, 5, 1, 0);
	sample(0, 0, 6, 2, 0);
	sample(0, 0, 5, 4, 0);
	ck_assert_uint_eq(p.nsamples, 2);
	ck_assert_int_eq(p.time[0], 5);
	ck_assert_int_eq(p.time[1], 6);
	ck_assert_int_eq(p.value[0][0], 5);
}
END_TEST

START_TEST(times_may_be_kept_from_some_sample_on)
{
	prof_loc run[] = { loc(1) };
	prof_stack s = prof_builder_stack(&b, run, 1);

	sample(0, 0, 7, 1, 0);
	sample(s, 0, 7, 2, 0);
	b.timed = true;
	sample(0, 0, 0, 4, 0);
	sample(s, 0, 7, 8, 0);
	ck_assert_uint_eq(p.nsamples, 3);
	ck_assert_int_eq(p.value[0][0], 5);
	ck_assert_int_eq(p.time[0], 0);
	ck_assert_int_eq(p.time[1], 0);
	ck_assert_int_eq(p.time[2], 7);
}
END_TEST

START_TEST(many_samples_keep_their_columns)
{
	uint32_t i;
	prof_loc run[1];

	for (i = 0; i < 20000; i++) {
		run[0] = loc(1 + i % 5000);
		sample(prof_builder_stack(&b, run, 1), 0, 0, 1, (int64_t)i);
	}
	ck_assert_uint_eq(p.nsamples, 5000);
	for (i = 0; i < 5000; i++) {
		ck_assert_int_eq(p.value[0][i], 4);
		ck_assert_int_eq(p.value[1][i], 4 * (int64_t)i + 30000);
	}
}
END_TEST

START_TEST(a_sum_that_leaves_64_bits_is_an_error)
{
	ck_assert_int_eq(sample(0, 0, 0, INT64_MAX, 0), PROF_OK);
	ck_assert_int_eq(sample(0, 0, 0, 0, INT64_MIN), PROF_OK);
	ck_assert_int_eq(prof_builder_check_sums(&b, &err), PROF_OK);
	ck_assert_int_eq(sample(0, 0, 0, 0, -1), PROF_OK);
	ck_assert_int_eq(prof_builder_check_sums(&b, &err), PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "64 bits"));
	memset(&err, 0, sizeof err);
}
END_TEST

START_TEST(a_sum_may_leave_64_bits_on_the_way)
{
	static const int64_t v[] = { INT64_MAX, INT64_MAX, INT64_MIN,
	    INT64_MIN, 5 };
	int i;

	for (i = 0; i < 5; i++)
		ck_assert_int_eq(sample(0, 0, 0, v[(i + _i) % 5], 1),
		    PROF_OK);
	ck_assert_int_eq(prof_builder_check_sums(&b, &err), PROF_OK);
	ck_assert_int_eq(p.value[0][0], 3);
	ck_assert_int_eq(p.value[1][0], 5);
}
END_TEST

START_TEST(columns_are_multiplied_and_dropped_beyond_64_bits)
{
	sample(0, 0, 0, 7, INT64_MAX);
	sample(0, 0, 0, 0, INT64_MAX);
	ck_assert_int_eq(prof_builder_scale(&b, 1, 1000, &err), PROF_OK);
	ck_assert_int_eq(prof_builder_check_sums(&b, &err), PROF_ERANGE);
	memset(&err, 0, sizeof err);
	prof_builder_drop_column(&b, 0);
	sample(0, 0, 0, INT64_MIN, 0);
	ck_assert_int_eq(prof_builder_check_sums(&b, &err), PROF_ERANGE);
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(prof_builder_scale(&b, 0, INT64_MAX / 2000,
	    &err), PROF_OK);
	ck_assert_int_eq(prof_builder_scale(&b, 0, INT64_MAX, &err),
	    PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "128 bits"));
	memset(&err, 0, sizeof err);
}
END_TEST

START_TEST(too_many_strings_are_refused_by_name_of_the_limit)
{
	b.limits.max_strings = 3;
	str("third");
	ck_assert_int_eq(prof_builder_check_strings(&b, &err), PROF_OK);
	str("fourth");
	ck_assert_int_eq(prof_builder_check_strings(&b, &err), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg,
	    "more than 3 distinct strings (limit: --max-strings)"));
	memset(&err, 0, sizeof err);
}
END_TEST

START_TEST(a_stack_may_be_a_million_frames_deep)
{
	size_t i, n = 1000000;
	prof_loc *run = prof_alloc(n, sizeof *run);

	for (i = 0; i < n; i++)
		run[i] = loc(1 + i % 7);
	ck_assert_uint_eq(prof_builder_stack(&b, run, n), 1);
	ck_assert_uint_eq(prof_builder_stack(&b, run, n - 1), 2);
	ck_assert_uint_eq(prof_builder_stack(&b, run, n), 1);
	free(run);
}
END_TEST

/* The constants of the hash, given as content, must not make it one. */
START_TEST(crafted_numbers_do_not_make_look_ups_slow)
{
	const int64_t a = (int64_t)UINT64_C(0x9e3779b97f4a7c15);
	const int64_t z = (int64_t)UINT64_C(0xd6e8feb86659fd93);
	struct prof_function f = { .name = 1, .start = z };
	struct prof_location l = { .address = (uint64_t)z };
	struct prof_line line = { 1, a, 0 };
	struct prof_label label = { .key = 1, .num = a };
	struct prof_mapping m = { .start = (uint64_t)z, .offset = (uint64_t)z };
	uint32_t i;

	for (i = 1; i <= 100000; i++) {
		f.start = i % 2 != 0 ? a : z;
		f.file = i % 2;
		f.system = i % 2;
		prof_builder_function(&b, f);
		line.column = (int64_t)i;
		prof_builder_location(&b, l, &line, 1);
		line.column = z;
		l.address = i;
		prof_builder_location(&b, l, &line, 1);
		label.num = i % 2 != 0 ? z : (int64_t)i;
		prof_builder_set(&b, &label, 1);
		m.limit = i;
		prof_builder_mapping(&b, m);
		l.address = (uint64_t)z;
	}
	ck_assert_uint_ge(p.nloc, 199999);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("builder");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, functions_are_equal_if_all_of_them_is);
	tcase_add_test(tc, mappings_are_equal_if_all_of_them_is);
	tcase_add_test(tc,
	    locations_are_equal_if_all_of_them_and_their_lines_are);
	tcase_add_test(tc, stacks_are_equal_if_their_frames_are);
	tcase_add_test(tc,
	    stacks_that_share_their_beginning_are_told_apart);
	tcase_add_test(tc, a_stack_can_be_looked_up_in_two_steps);
	tcase_add_test(tc,
	    labels_are_sorted_and_several_of_a_key_keep_their_order);
	tcase_add_test(tc,
	    label_sets_are_equal_if_their_sorted_labels_are);
	tcase_add_test(tc, samples_of_one_stack_and_set_are_summed);
	tcase_add_test(tc, times_keep_samples_apart_where_they_are_kept);
	tcase_add_test(tc, times_may_be_kept_from_some_sample_on);
	tcase_add_test(tc, many_samples_keep_their_columns);
	tcase_add_test(tc, a_sum_that_leaves_64_bits_is_an_error);
	tcase_add_loop_test(tc, a_sum_may_leave_64_bits_on_the_way, 0, 5);
	tcase_add_test(tc,
	    columns_are_multiplied_and_dropped_beyond_64_bits);
	tcase_add_test(tc,
	    too_many_strings_are_refused_by_name_of_the_limit);
	tcase_add_test(tc, a_stack_may_be_a_million_frames_deep);
	tcase_add_test(tc, crafted_numbers_do_not_make_look_ups_slow);
	return test_main("builder", tc);
}
