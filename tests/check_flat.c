/* SPDX-License-Identifier: MIT */
#include "libanalysis/flat.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "tests/invent.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_rows v;
static struct prof_flat f;
static struct prof_err err;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&v, 0, sizeof v);
	memset(&f, 0, sizeof f);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_flat_release(&f);
	prof_rows_release(&v);
	make_drop(&m);
}

static int
try_view(enum prof_granularity by, unsigned column)
{
	prof_flat_release(&f);
	prof_rows_release(&v);
	prof_rows_init(&v, &m.p, by);
	memset(&err, 0, sizeof err);
	return prof_flat_init(&f, &v, column, &err);
}

static void
view(void)
{
	ck_assert_msg(try_view(PROF_BY_FUNCTION, 0) == PROF_OK, "%s",
	    err.msg);
}

static uint32_t
row(const char *name)
{
	uint32_t i;

	for (i = 1; i <= v.n; i++)
		if (strcmp(prof_rows_get(&v, i)->name, name) == 0)
			return i;
	ck_abort_msg("no row %s", name);
}

static void
check_row(const char *name, int64_t self, int64_t total)
{
	uint32_t i = row(name);

	ck_assert_msg(f.self[i] == self, "self of %s: %lld", name,
	    (long long)f.self[i]);
	ck_assert_msg(f.total[i] == total, "total of %s: %lld", name,
	    (long long)f.total[i]);
}

START_TEST(self_is_of_the_leaf_and_total_of_the_stack)
{
	make_sample(&m, "main;parse;read", 4);
	make_sample(&m, "main;parse", 2);
	make_sample(&m, "main", 1);
	view();
	check_row("main", 1, 7);
	check_row("parse", 2, 6);
	check_row("read", 4, 4);
	ck_assert(f.sum == 7 && f.whole == 7);
	ck_assert_uint_eq(f.samples, 3);
}
END_TEST

START_TEST(recursion_counts_once)
{
	make_sample(&m, "main;f;f;g;f", 5);
	make_sample(&m, "f", 1);
	view();
	check_row("f", 6, 6);
	check_row("g", 0, 5);
	check_row("main", 0, 5);
}
END_TEST

START_TEST(an_inlined_leaf_has_the_self)
{
	make_sample(&m, "main;run|step|next", 3);
	view();
	check_row("next", 3, 3);
	check_row("step", 0, 3);
	check_row("run", 0, 3);
	check_row("main", 0, 3);
}
END_TEST

START_TEST(recursion_through_inlined_lines_counts_once)
{
	make_sample(&m, "f|g|f;g", 3);
	view();
	check_row("f", 0, 3);
	check_row("g", 3, 3);
}
END_TEST

START_TEST(samples_without_frames_are_row_0)
{
	make_sample(&m, "", 5);
	make_sample(&m, "main", 2);
	view();
	ck_assert(f.self[0] == 5 && f.total[0] == 5);
	ck_assert(f.sum == 7 && f.whole == 7);
}
END_TEST

/* A filter may leave them behind. */
START_TEST(stacks_without_frames_are_row_0_too)
{
	make_sample(&m, "main", 2);
	make_sample(&m, "main;f", 3);
	m.p.stacks.end[1] = 0;
	m.p.stacks.end[2] = 0;
	view();
	ck_assert(f.self[0] == 5 && f.total[0] == 5);
	check_row("main", 0, 0);
}
END_TEST

START_TEST(names_merge_across_files)
{
	m.file = "a.c";
	make_sample(&m, "main;f", 1);
	m.file = "b.c";
	make_sample(&m, "f", 2);
	make_sample(&m, "f;f", 4);
	ck_assert_int_eq(try_view(PROF_BY_NAME, 0), PROF_OK);
	check_row("f", 7, 7);
	view();
	ck_assert_uint_eq(v.n, 3);
}
END_TEST

START_TEST(whole_is_the_sum_of_absolute_values)
{
	make_sample(&m, "main;f", 10);
	make_sample(&m, "main;g", -4);
	view();
	check_row("main", 0, 6);
	check_row("g", -4, -4);
	ck_assert(f.sum == 6);
	ck_assert(f.whole == 14);
}
END_TEST

static void
base_sample(const char *names, int64_t value, const char *yes)
{
	struct prof_label label = { 0 };

	label.key = make_str(&m, "pprof::base");
	label.str = make_str(&m, yes);
	make_values(&m, make_stack(&m, names), prof_builder_set(&m.b,
	    &label, 1), &value);
}

START_TEST(of_a_diff_whole_is_the_base)
{
	make_sample(&m, "main;foo", 1500);
	make_sample(&m, "main;baz", 400);
	base_sample("main;foo", -1000, "true");
	base_sample("main;bar", -100, "true");
	view();
	ck_assert(f.whole == 1100);
	ck_assert(f.sum == 800);
	check_row("foo", 500, 500);
	check_row("bar", -100, -100);
	check_row("main", 0, 800);
}
END_TEST

START_TEST(negative_values_or_a_base_make_a_difference)
{
	struct prof_sums sums;

	make_sample(&m, "f", 5);
	base_sample("f", 3, "false");
	prof_flat_sums(&sums, &m.p, 0);
	ck_assert(!sums.difference);
	base_sample("f", 3, "true");
	prof_flat_sums(&sums, &m.p, 0);
	ck_assert(sums.difference);
	make_drop(&m);
	make_start(&m, "cpu", "ns");
	make_sample(&m, "f", 5);
	make_sample(&m, "g", -5);
	prof_flat_sums(&sums, &m.p, 0);
	ck_assert(sums.difference);
}
END_TEST

START_TEST(a_base_that_is_not_true_or_0_is_none)
{
	make_sample(&m, "f", 5);
	base_sample("f", -3, "false");
	base_sample("f", 0, "true");
	view();
	ck_assert(f.whole == 8);
}
END_TEST

START_TEST(each_column_has_its_own_numbers)
{
	int64_t values[2] = { 1, 100 };

	prof_profile_add_type(&m.p, make_str(&m, "wall"), 0);
	make_values(&m, make_stack(&m, "main;f"), 0, values);
	ck_assert_int_eq(try_view(PROF_BY_FUNCTION, 1), PROF_OK);
	check_row("f", 100, 100);
	ck_assert_int_eq(try_view(PROF_BY_FUNCTION, 0), PROF_OK);
	check_row("f", 1, 1);
}
END_TEST

START_TEST(a_column_that_is_not_there_is_zero)
{
	make_sample(&m, "f", 5);
	ck_assert_int_eq(try_view(PROF_BY_FUNCTION, 1), PROF_OK);
	check_row("f", 0, 0);
	ck_assert(f.whole == 0);
}
END_TEST

START_TEST(sums_that_leave_64_bits_are_errors)
{
	make_sample(&m, "f", INT64_MAX);
	view();
	make_sample(&m, "g", 1);
	ck_assert_int_eq(try_view(PROF_BY_FUNCTION, 0), PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "values of 'cpu' add up to more "
	    "than 64 bits"));
}
END_TEST

START_TEST(an_absolute_sum_that_leaves_64_bits_is_an_error)
{
	make_sample(&m, "f", INT64_MAX);
	make_sample(&m, "g", -1);
	ck_assert_int_eq(try_view(PROF_BY_FUNCTION, 0), PROF_ERANGE);
}
END_TEST

START_TEST(the_least_value_is_no_overflow_of_its_own)
{
	make_sample(&m, "f", INT64_MIN + 1);
	view();
	check_row("f", INT64_MIN + 1, INT64_MIN + 1);
	ck_assert(f.whole == INT64_MAX);
}
END_TEST

START_TEST(weights_of_one_stack_add_up_over_labels)
{
	int64_t weight[3];

	make_sample(&m, "", 1);
	make_sample(&m, "f", 2);
	base_sample("f", 5, "no");
	make_sample(&m, "g", 3);
	ck_assert_int_eq(prof_flat_weights(&m.p, 0, weight, &err), PROF_OK);
	ck_assert_int_eq(weight[0], 1);
	ck_assert_int_eq(weight[1], 7);
	ck_assert_int_eq(weight[2], 3);
}
END_TEST

START_TEST(a_stack_may_be_a_million_frames_deep)
{
	size_t i, n = 1000000;
	prof_loc *run = prof_alloc(n, sizeof *run);
	int64_t value = 3;

	run[0] = make_named(&m, "even", 4);
	run[1] = make_named(&m, "odd", 3);
	for (i = 2; i < n; i++)
		run[i] = run[i - 2];
	make_values(&m, prof_builder_stack(&m.b, run, n), 0, &value);
	view();
	check_row("even", 3, 3);
	check_row("odd", 0, 3);
	free(run);
}
END_TEST

/* The same numbers from the definition, without any cleverness. */
static void
check_by_hand(uint32_t id)
{
	const struct prof_profile *p = v.p;
	prof_i128 self = 0, total = 0;
	const prof_loc *run;
	const uint32_t *rows;
	size_t i, k, n, nrows;
	uint32_t s;
	bool on;

	for (s = 0; s < p->nsamples; s++) {
		run = prof_profile_stack(p, p->stack[s], &n);
		for (i = 0, on = false; i < n; i++) {
			rows = prof_rows_of(&v, run[i], &nrows);
			for (k = 0; k < nrows; k++) {
				on = on || rows[k] == id;
				if (i == 0 && k == 0 && rows[k] == id)
					self += p->value[0][s];
			}
		}
		total += on ? p->value[0][s] : 0;
	}
	ck_assert(f.self[id] == self && f.total[id] == total);
}

START_TEST(random_profiles_have_the_numbers_of_the_definition)
{
	static const struct invent_opts opts = { .cancel = true };
	struct prof_profile p;
	prof_i128 selves;
	uint64_t round;
	uint32_t i;

	for (round = 0; round < 200; round++) {
		invent_profile(&p, round, &opts);
		prof_flat_release(&f);
		prof_rows_release(&v);
		prof_rows_init(&v, &p, round % 2 != 0 ? PROF_BY_NAME :
		    PROF_BY_FUNCTION);
		ck_assert_int_eq(prof_flat_init(&f, &v, 0, &err), PROF_OK);
		selves = f.self[0];
		for (i = 1; i <= v.n; i++) {
			check_by_hand(i);
			selves += f.self[i];
		}
		ck_assert(selves == f.sum);
		prof_profile_release(&p);
	}
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("flat");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, negative_values_or_a_base_make_a_difference);
	tcase_add_test(tc, self_is_of_the_leaf_and_total_of_the_stack);
	tcase_add_test(tc, recursion_counts_once);
	tcase_add_test(tc, an_inlined_leaf_has_the_self);
	tcase_add_test(tc, recursion_through_inlined_lines_counts_once);
	tcase_add_test(tc, samples_without_frames_are_row_0);
	tcase_add_test(tc, stacks_without_frames_are_row_0_too);
	tcase_add_test(tc, names_merge_across_files);
	tcase_add_test(tc, whole_is_the_sum_of_absolute_values);
	tcase_add_test(tc, of_a_diff_whole_is_the_base);
	tcase_add_test(tc, a_base_that_is_not_true_or_0_is_none);
	tcase_add_test(tc, each_column_has_its_own_numbers);
	tcase_add_test(tc, a_column_that_is_not_there_is_zero);
	tcase_add_test(tc, sums_that_leave_64_bits_are_errors);
	tcase_add_test(tc, an_absolute_sum_that_leaves_64_bits_is_an_error);
	tcase_add_test(tc, the_least_value_is_no_overflow_of_its_own);
	tcase_add_test(tc, weights_of_one_stack_add_up_over_labels);
	tcase_add_test(tc, a_stack_may_be_a_million_frames_deep);
	tcase_add_test(tc,
	    random_profiles_have_the_numbers_of_the_definition);
	return test_main("flat", tc);
}
