/* SPDX-License-Identifier: MIT */
#include "libanalysis/counts.h"

#include <math.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "tests/support.h"

static struct prof_profile p;
static struct prof_builder b;
static struct prof_counts c;
static unsigned nstacks;

static void
start(const char *format)
{
	memset(&p, 0, sizeof p);
	prof_builder_init(&b, &p, NULL);
	p.meta.format = prof_strs_adds(&p.strs, format);
	nstacks = 0;
}

static void
type(const char *name, const char *unit)
{
	prof_profile_add_type(&p, prof_strs_adds(&p.strs, name),
	    prof_strs_adds(&p.strs, unit));
}

/* A stack of its own with these values. */
static void
row(int64_t v0, int64_t v1)
{
	struct prof_location loc = { .address = ++nstacks };
	int64_t value[2] = { v0, v1 };
	prof_loc frame = prof_builder_location(&b, loc, NULL, 0);

	ck_assert_int_eq(prof_builder_sample(&b, prof_builder_stack(&b,
	    &frame, 1), 0, 0, value, NULL), PROF_OK);
}

static void
period(const char *name, int64_t value)
{
	p.meta.period_type = prof_strs_adds(&p.strs, name);
	p.meta.period = value;
}

static void
expect(unsigned column, enum prof_counts_how how, double per)
{
	prof_counts_of(&c, &p, column);
	ck_assert_int_eq(c.how, how);
	ck_assert_msg(fabs(prof_counts_per(&c) - per) <= 1e-9 * per,
	    "a sample is worth %.17g, not %.17g", prof_counts_per(&c), per);
	ck_assert((c.reason != NULL) == !prof_counts_sampled(&c));
}

static void
finish(void)
{
	prof_builder_release(&b);
	prof_profile_release(&p);
}

START_TEST(a_column_of_samples_counts_the_one_beside_it)
{
	start("pprof");
	type("samples", "count");
	type("cpu", "nanoseconds");
	row(3, 30000000);
	row(1, 10000000);
	expect(1, PROF_COUNTS_COLUMN, 10000000);
	expect(0, PROF_COUNTS_UNIT, 1);
	finish();
}
END_TEST

/* (100 + 100)^2 / (100^2 / 1 + 100^2 / 4) = 3.2 samples. */
START_TEST(unequal_weights_count_for_less)
{
	start("pprof");
	type("samples", "count");
	type("wall", "microseconds");
	row(1, 100);
	row(4, 100);
	expect(1, PROF_COUNTS_COLUMN, 200 / 3.2);
	finish();
}
END_TEST

START_TEST(a_value_without_a_sample_leaves_all_unknown)
{
	start("pprof");
	type("samples", "count");
	type("wall", "microseconds");
	row(1, 100);
	row(0, 100);
	expect(1, PROF_COUNTS_UNKNOWN, 0);
	finish();
}
END_TEST

START_TEST(multiples_of_the_period_are_samples)
{
	start("perf");
	type("cycles", "count");
	row(7000000, 0);
	row(4000000, 0);
	period("cycles", 1000000);
	expect(0, PROF_COUNTS_PERIOD, 1000000);
	row(4000001, 0);
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	finish();
}
END_TEST

START_TEST(a_period_of_something_else_tells_nothing)
{
	start("pprof");
	type("contentions", "count");
	row(7000000, 0);
	period("space", 1000000);
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	finish();
}
END_TEST

START_TEST(a_clock_is_seen_in_its_times)
{
	start("pprof");
	type("cpu", "nanoseconds");
	row(700000000, 0);
	row(310000000, 0);
	expect(0, PROF_COUNTS_DIVISOR, 10000000);
	finish();
}
END_TEST

START_TEST(a_clock_takes_half_a_millisecond_and_a_hundred_samples)
{
	start("pprof");
	type("cpu", "microseconds");
	row(499 * 3, 0);
	row(499 * 1000, 0);
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	finish();
	start("pprof");
	type("cpu", "microseconds");
	row(500 * 3, 0);
	row(500 * 97, 0);
	expect(0, PROF_COUNTS_DIVISOR, 500);
	finish();
	start("pprof");
	type("cpu", "microseconds");
	row(500 * 3, 0);
	row(500 * 95, 0);
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	finish();
}
END_TEST

START_TEST(bytes_have_no_clock)
{
	start("pprof");
	type("space", "bytes");
	row(1048576 * 700, 0);
	row(1048576 * 3, 0);
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	finish();
}
END_TEST

/* Small objects: one of (1 - exp(-64 / 524288)) is seen, worth its rate. */
START_TEST(the_heap_of_go_counts_what_was_recorded)
{
	double seen = 8192 * -expm1(-64. / 524288);

	start("pprof");
	type("alloc_objects", "count");
	type("alloc_space", "bytes");
	row(8192, 524288);
	period("space", 524288);
	expect(1, PROF_COUNTS_HEAP, 524288 / seen);
	expect(0, PROF_COUNTS_HEAP, 8192 / seen);
	finish();
}
END_TEST

START_TEST(what_was_recorded_in_full_is_exact)
{
	struct prof_counts sum = { 0 }, heap = { .how = PROF_COUNTS_HEAP,
	    .sum = 100, .square = 1000, .runs = 1 };

	start("pprof");
	type("inuse_objects", "count");
	type("inuse_space", "bytes");
	row(8192, 524288);
	period("space", 1);
	expect(0, PROF_COUNTS_EXACT, 0);
	expect(1, PROF_COUNTS_EXACT, 0);
	ck_assert(c.sum == 524288);
	ck_assert_str_eq(c.reason, "every allocation was recorded");
	finish();
	prof_counts_add(&sum, &c, 2);
	prof_counts_add(&sum, &c, 1);
	ck_assert_int_eq(sum.how, PROF_COUNTS_EXACT);
	ck_assert(sum.sum == 3 * 524288.);
	ck_assert_ptr_nonnull(sum.reason);
	prof_counts_add(&sum, &heap, 1);
	ck_assert_int_eq(sum.how, PROF_COUNTS_UNKNOWN);
	ck_assert_ptr_nonnull(sum.reason);
	prof_counts_add(&heap, &c, 1);
	ck_assert_int_eq(heap.how, PROF_COUNTS_UNKNOWN);
	ck_assert_ptr_nonnull(heap.reason);
	/* One of the columns may be all that was kept. */
	start("pprof");
	type("inuse_space", "bytes");
	row(524288, 0);
	period("space", 1);
	expect(0, PROF_COUNTS_EXACT, 0);
	finish();
}
END_TEST

START_TEST(events_of_a_counter_are_exact)
{
	static const char *const names[] = { "instructions",
	    "instructions:u", "Ir", "Dw" };
	size_t i;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		start("pprof");
		type(names[i], "count");
		row(1000003, 0);
		row(2000000, 0);
		expect(0, PROF_COUNTS_EXACT, 0);
		finish();
		/* However round: none was left out. */
		start("pprof");
		type(names[i], "count");
		row(1000000, 0);
		period(names[i], 1);
		expect(0, PROF_COUNTS_EXACT, 0);
		finish();
	}
}
END_TEST

START_TEST(sampled_events_are_not_exact)
{
	start("pprof");
	type("instructions", "count");
	row(1000000, 0);
	row(2000000, 0);
	period("instructions", 1000000);
	expect(0, PROF_COUNTS_PERIOD, 1000000);
	/* A period that is not told shows in all values. */
	p.meta.period = 0;
	prof_counts_of(&c, &p, 0);
	ck_assert_int_ne(c.how, PROF_COUNTS_EXACT);
	finish();
	start("perf");
	type("instructions:u", "count");
	row(1000003, 0);
	row(2000000, 0);
	prof_counts_of(&c, &p, 0);
	ck_assert_int_ne(c.how, PROF_COUNTS_EXACT);
	finish();
	start("pprof");
	type("samples", "count");
	type("instructions", "count");
	row(1, 1000003);
	row(2, 2000000);
	expect(1, PROF_COUNTS_COLUMN, 1000001);
	finish();
	start("pprof");
	type("cycles", "count");
	row(1000003, 0);
	prof_counts_of(&c, &p, 0);
	ck_assert_int_eq(c.how, PROF_COUNTS_UNKNOWN);
	finish();
}
END_TEST

START_TEST(folded_text_counts_if_many_values_are_small)
{
	test_read(&p, "folded", "a 1\nb 3\nc 2\nd 900\ne 90\nf 50\ng 70\n"
	    "h 40\ni 41\nj 42\n");
	expect(0, PROF_COUNTS_UNIT, 1);
	prof_profile_release(&p);
	test_read(&p, "folded", "a 1\nb 3\nc 4\nd 900\ne 90\nf 50\ng 70\n"
	    "h 40\ni 41\nj 42\n");
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	prof_profile_release(&p);
}
END_TEST

static const char periods[] = "a 1 1.0: 60 cycles:\n\t1 f (x)\n\n"
    "a 1 2.0: 1 cycles:\n\t2 g (x)\n\n";

START_TEST(folded_text_counts_by_a_large_divisor)
{
	test_read(&p, "folded", "a 70000\nb 29000\nc 1000\n");
	expect(0, PROF_COUNTS_DIVISOR, 1000);
	ck_assert_int_eq(c.taken, 1000);
	prof_profile_release(&p);
	test_read(&p, "folded", "a 69930\nb 28971\nc 999\n");
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	ck_assert_int_eq(c.taken, 0);
	prof_profile_release(&p);
	test_read(&p, "folded", "a 70000\nb 28000\nc 1000\n");
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	prof_profile_release(&p);
}
END_TEST

/* (60 + 1)^2 / (60^2 + 1^2) = 1.03 samples. */
START_TEST(records_of_perf_are_samples_worth_their_periods)
{
	test_read(&p, "perf", periods);
	expect(0, PROF_COUNTS_RECORDS, 3601. / 61);
	/* Not from the values: these may have been anything. */
	p.meta.recorded[0].n = 0;
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	ck_assert_str_eq(c.reason, "values are sums of periods");
	prof_profile_release(&p);
	/* Without periods each record counts 1. */
	test_read(&p, "perf", "a 1 1.0: cycles:\n\t1 f (x)\n\n"
	    "a 1 1.0: cycles:\n\t1 f (x)\n\n"
	    "a 1 2.0: faults:\n\t2 g (x)\n\n");
	expect(0, PROF_COUNTS_UNIT, 1);
	ck_assert(c.sum == 2);
	expect(1, PROF_COUNTS_UNIT, 1);
	prof_profile_release(&p);
}
END_TEST

static double self[8], total[8];
static struct prof_rows view;

static void
by_row(unsigned column)
{
	prof_rows_init(&view, &p, PROF_BY_NAME);
	ck_assert_uint_le(view.n, 7);
	prof_counts_of(&c, &p, column);
	ck_assert(prof_counts_rows(&c, &view, column, self, total));
}

static void
expect_row(const char *name, double own, double all)
{
	uint32_t i;

	for (i = 1; i <= view.n; i++)
		if (strcmp(prof_rows_get(&view, i)->name, name) == 0)
			break;
	ck_assert_msg(i <= view.n, "there is no %s", name);
	ck_assert_msg(fabs(self[i] - own) <= 1e-9 * own &&
	    fabs(total[i] - all) <= 1e-9 * all,
	    "%s has %.17g and %.17g samples", name, self[i], total[i]);
}

START_TEST(rows_have_the_samples_of_their_values)
{
	test_read(&p, "folded", "main 1\nmain;f 2\nmain;f;g;f 3\nmain;g 3\n"
	    "x 1\n");
	by_row(0);
	expect_row("main", 1, 9);
	expect_row("f", 5, 5);
	expect_row("g", 3, 6);
	expect_row("x", 1, 1);
	ck_assert(prof_counts_even(&c));
	prof_rows_release(&view);
	prof_profile_release(&p);
}
END_TEST

START_TEST(rows_of_perf_have_the_effective_ones)
{
	test_read(&p, "perf", periods);
	by_row(0);
	expect_row("f", 60 * 61 / 3601., 60 * 61 / 3601.);
	expect_row("g", 61 / 3601., 61 / 3601.);
	ck_assert(prof_counts_even(&c));
	prof_rows_release(&view);
	prof_profile_release(&p);
}
END_TEST

/* As Go writes them: then rows need no sums of their own. */
START_TEST(a_column_of_samples_of_one_value_is_even)
{
	start("pprof");
	type("samples", "count");
	type("cpu", "nanoseconds");
	row(0, 0);
	row(3, 30000000);
	row(1, 10000000);
	by_row(1);
	ck_assert(fabs(self[1] - 4) < 1e-9 && fabs(total[1] - 4) < 1e-9);
	ck_assert(prof_counts_even(&c));
	prof_rows_release(&view);
	finish();
}
END_TEST

/* By name all addresses of no module are one row. */
START_TEST(rows_count_unequal_samples_by_their_weights)
{
	start("pprof");
	type("samples", "count");
	type("wall", "microseconds");
	row(1, 100);
	row(4, 100);
	row(7, 0);
	by_row(1);
	ck_assert_uint_eq(view.n, 1);
	ck_assert(fabs(self[1] - 3.2) < 1e-9 && fabs(total[1] - 3.2) < 1e-9);
	ck_assert(!prof_counts_even(&c));
	prof_rows_release(&view);
	finish();
}
END_TEST

START_TEST(rows_of_the_heap_have_what_was_recorded)
{
	double seen = 8192 * -expm1(-64. / 524288);

	start("pprof");
	type("alloc_objects", "count");
	type("alloc_space", "bytes");
	row(8192, 524288);
	period("space", 524288);
	by_row(1);
	ck_assert(fabs(self[1] - seen) < 1e-9 * seen);
	prof_rows_release(&view);
	finish();
}
END_TEST

START_TEST(samples_without_frames_are_row_0)
{
	int64_t value[2] = { 5, 0 };

	start("pprof");
	type("samples", "count");
	type("wall", "microseconds");
	row(2, 0);
	ck_assert_int_eq(prof_builder_sample(&b, 0, 0, 0, value, NULL),
	    PROF_OK);
	by_row(0);
	ck_assert(self[0] == 5 && total[0] == 5 && self[1] == 2);
	prof_rows_release(&view);
	finish();
}
END_TEST

START_TEST(rows_of_unknown_counts_have_none)
{
	test_load(&p, "cprofile/py313.prof");
	prof_rows_init(&view, &p, PROF_BY_FUNCTION);
	prof_counts_of(&c, &p, 0);
	ck_assert(!prof_counts_rows(&c, &view, 0, NULL, NULL));
	prof_rows_release(&view);
	prof_profile_release(&p);
}
END_TEST

START_TEST(negative_values_are_a_difference)
{
	start("pprof");
	type("samples", "count");
	type("cpu", "nanoseconds");
	row(3, 30000000);
	row(-1, -10000000);
	expect(1, PROF_COUNTS_UNKNOWN, 0);
	finish();
}
END_TEST

START_TEST(an_empty_profile_has_no_counts)
{
	start("pprof");
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	type("samples", "count");
	type("cpu", "nanoseconds");
	expect(1, PROF_COUNTS_UNKNOWN, 0);
	finish();
}
END_TEST

START_TEST(runs_add_up_in_one_unit)
{
	const struct prof_counts ms = { .how = PROF_COUNTS_PERIOD,
	    .sum = 100, .square = 100, .runs = 1 };
	const struct prof_counts us = { .how = PROF_COUNTS_PERIOD,
	    .sum = 100000, .square = 100000. * 1000, .runs = 1 };
	const struct prof_counts none = { .reason = "no reason", .runs = 1 };

	memset(&c, 0, sizeof c);
	prof_counts_add(&c, &ms, 1000);
	prof_counts_add(&c, &us, 1);
	ck_assert(c.sum / prof_counts_per(&c) == 200);
	ck_assert_uint_eq(c.runs, 2);
	prof_counts_add(&c, &none, 1);
	prof_counts_add(&c, &us, 1);
	ck_assert_int_eq(c.how, PROF_COUNTS_UNKNOWN);
	ck_assert_str_eq(c.reason, "no reason");
	ck_assert(prof_counts_per(&c) == 0);
}
END_TEST

START_TEST(real_profiles_tell_their_samples)
{
	test_load(&p, "pprof/a.pb");
	expect(1, PROF_COUNTS_COLUMN, 10000000);
	ck_assert(c.sum / prof_counts_per(&c) == 390);
	prof_profile_release(&p);
	test_load(&p, "perf/real_small.txt");
	expect(0, PROF_COUNTS_RECORDS, 2004008);
	p.meta.recorded[0].n = 0;
	expect(0, PROF_COUNTS_PERIOD, 2004008);
	prof_profile_release(&p);
	test_load(&p, "cprofile/py313.prof");
	expect(0, PROF_COUNTS_UNKNOWN, 0);
	prof_profile_release(&p);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("counts");

	tcase_add_test(tc, a_column_of_samples_counts_the_one_beside_it);
	tcase_add_test(tc, unequal_weights_count_for_less);
	tcase_add_test(tc, a_value_without_a_sample_leaves_all_unknown);
	tcase_add_test(tc, multiples_of_the_period_are_samples);
	tcase_add_test(tc, a_period_of_something_else_tells_nothing);
	tcase_add_test(tc, a_clock_is_seen_in_its_times);
	tcase_add_test(tc,
	    a_clock_takes_half_a_millisecond_and_a_hundred_samples);
	tcase_add_test(tc, bytes_have_no_clock);
	tcase_add_test(tc, the_heap_of_go_counts_what_was_recorded);
	tcase_add_test(tc, what_was_recorded_in_full_is_exact);
	tcase_add_test(tc, events_of_a_counter_are_exact);
	tcase_add_test(tc, sampled_events_are_not_exact);
	tcase_add_test(tc, folded_text_counts_if_many_values_are_small);
	tcase_add_test(tc, folded_text_counts_by_a_large_divisor);
	tcase_add_test(tc, records_of_perf_are_samples_worth_their_periods);
	tcase_add_test(tc, rows_have_the_samples_of_their_values);
	tcase_add_test(tc, rows_of_perf_have_the_effective_ones);
	tcase_add_test(tc, a_column_of_samples_of_one_value_is_even);
	tcase_add_test(tc, rows_count_unequal_samples_by_their_weights);
	tcase_add_test(tc, rows_of_the_heap_have_what_was_recorded);
	tcase_add_test(tc, samples_without_frames_are_row_0);
	tcase_add_test(tc, rows_of_unknown_counts_have_none);
	tcase_add_test(tc, negative_values_are_a_difference);
	tcase_add_test(tc, an_empty_profile_has_no_counts);
	tcase_add_test(tc, runs_add_up_in_one_unit);
	tcase_add_test(tc, real_profiles_tell_their_samples);
	return test_main("counts", tc);
}
