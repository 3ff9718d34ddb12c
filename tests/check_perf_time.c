/* SPDX-License-Identifier: MIT */
#include "tests/perf_text.h"

/* Times of samples in perf text, where they are asked for. */

static struct prof_limits limits;

static void
setup_times(void)
{
	setup();
	limits = prof_limits_default;
	limits.keep_times = true;
}

static void
must_read_timed(const char *text)
{
	int rc = read_limited(text, strlen(text), &limits);

	ck_assert_msg(rc == PROF_OK, "%s", err.msg);
}

/* "f 5 @100, g 6 @0" of all rows. */
static const char *
timed_rows(void)
{
	static struct prof_buf all;
	uint32_t i;

	prof_buf_clear(&all);
	for (i = 0; i < p.nsamples; i++)
		prof_buf_addf(&all, i > 0 ? ", %s @%lld" : "%s @%lld",
		    row(i), (long long)p.time[i]);
	return prof_buf_str(&all);
}

START_TEST(times_are_nanoseconds_after_the_first)
{
	must_read_timed("a 1 7.000000100: 5 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 7.000000300: 6 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 9.0: 7 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(timed_rows(),
	    "f 5 @0, f 6 @200, f 7 @1999999900");
	ck_assert_int_eq(p.meta.duration_ns, 1999999900);
}
END_TEST

START_TEST(the_earliest_of_all_cpus_is_the_first)
{
	must_read_timed("a 1 [000] 2.5: 5 cycles: \n\t 1 f (/a)\n\n"
	    "b 2 [001] 2.0: 6 cycles: \n\t 1 g (/a)\n\n"
	    "a 1 [000] 3.0: 7 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(timed_rows(),
	    "f 5 @500000000, g 6 @0, f 7 @1000000000");
}
END_TEST

START_TEST(without_the_wish_there_are_no_times)
{
	must_read("a 1 7.1: 5 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 7.3: 6 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_ptr_null(p.time);
	ck_assert_uint_eq(p.nsamples, 1);
	ck_assert_str_eq(row(0), "f 11");
}
END_TEST

START_TEST(a_text_without_times_has_none)
{
	must_read_timed("a 1 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_ptr_null(p.time);
	ck_assert_uint_eq(p.nsamples, 1);
	must_read_timed("\n\t 1 f (/a)\n\n\n\t 1 f (/a)\n\n");
	ck_assert_ptr_null(p.time);
}
END_TEST

START_TEST(a_sample_without_a_time_has_that_before_it)
{
	must_read_timed("a 1 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 7.5: cycles: \n\t 1 g (/a)\n\n"
	    "a 1 cycles: \n\t 1 h (/a)\n\n"
	    "a 1 7.25: cycles: \n\t 1 i (/a)\n\n");
	ck_assert_str_eq(timed_rows(),
	    "f 1 @0, g 1 @250000000, h 1 @250000000, i 1 @0");
	ck_assert_int_eq(noted("no time", false), 1);
}
END_TEST

START_TEST(equal_samples_of_one_time_are_summed)
{
	must_read_timed("a 1 7.1: 5 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 7.1: 6 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(timed_rows(), "f 11 @0");
}
END_TEST

START_TEST(negative_times_are_times)
{
	must_read_timed("a 1 -1.5: 5 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 1.0: 6 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(timed_rows(), "f 5 @0, f 6 @2500000000");
}
END_TEST

START_TEST(times_too_far_apart_are_an_error)
{
	static const char text[] =
	    "a 1 -9000000000.0: 5 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 9000000000.0: 5 cycles: \n\t 1 f (/a)\n\n";

	ck_assert_int_eq(read_limited(text, sizeof text - 1, &limits),
	    PROF_ERANGE);
	must_read(text);
}
END_TEST

START_TEST(a_front_cut_off_is_forgotten_with_its_times)
{
	must_read_timed("\t 1 f (/a)\n\t 2 g (/a)\n\n"
	    "a 1 7.1: 5 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 7.3: 6 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(timed_rows(), "f 5 @0, f 6 @200000000");
	ck_assert_int_eq(noted("without a header", true), 1);
}
END_TEST

START_TEST(more_events_than_columns_have_times_too)
{
	struct prof_buf text = { 0 };
	unsigned i;

	for (i = 0; i < 20; i++)
		prof_buf_addf(&text, "a 1 7.%u: 5 e%u: \n\t 1 f (/a)\n\n",
		    10 + i, i);
	must_read_timed(prof_buf_str(&text));
	ck_assert_uint_eq(p.ntypes, 1);
	ck_assert_uint_eq(p.nsamples, 20);
	ck_assert_int_eq(p.time[19], 190000000);
	prof_buf_release(&text);
}
END_TEST

/* Whatever is asked for, the sums are the same. */
START_TEST(times_only_part_what_is_summed_without)
{
	static const char *const files[] = { "perf/real_small.txt",
	    "perf/real_threads.txt", "perf/real_events.txt",
	    "perf/real_notime.txt", "perf/real_ip_sym.txt",
	    "perf/edge_mixed.txt" };
	prof_i128 plain, timed;
	unsigned c;
	uint32_t i;
	size_t len;
	char *text = test_slurp(test_data(files[_i]), &len);

	ck_assert_int_eq(read_limited(text, len, NULL), PROF_OK);
	for (plain = 0, c = 0; c < p.ntypes; c++)
		for (i = 0; i < p.nsamples; i++)
			plain += p.value[c][i];
	ck_assert_int_eq(read_limited(text, len, &limits), PROF_OK);
	for (timed = 0, c = 0; c < p.ntypes; c++)
		for (i = 0; i < p.nsamples; i++)
			timed += p.value[c][i];
	ck_assert(plain == timed && plain > 0);
	free(text);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("perf_time");

	tcase_add_checked_fixture(tc, setup_times, teardown);
	tcase_add_test(tc, times_are_nanoseconds_after_the_first);
	tcase_add_test(tc, the_earliest_of_all_cpus_is_the_first);
	tcase_add_test(tc, without_the_wish_there_are_no_times);
	tcase_add_test(tc, a_text_without_times_has_none);
	tcase_add_test(tc, a_sample_without_a_time_has_that_before_it);
	tcase_add_test(tc, equal_samples_of_one_time_are_summed);
	tcase_add_test(tc, negative_times_are_times);
	tcase_add_test(tc, times_too_far_apart_are_an_error);
	tcase_add_test(tc, a_front_cut_off_is_forgotten_with_its_times);
	tcase_add_test(tc, more_events_than_columns_have_times_too);
	tcase_add_loop_test(tc, times_only_part_what_is_summed_without, 0, 6);
	return test_main("perf_time", tc);
}
