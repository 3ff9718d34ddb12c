/* SPDX-License-Identifier: MIT */
#include "libanalysis/timefilter.h"

#include <string.h>

#include "libanalysis/check.h"
#include "libanalysis/merge.h"
#include "tests/edges.h"
#include "tests/invent.h"
#include "tests/labelled.h"
#include "tests/same.h"
#include "tests/support.h"

static struct made m;
static struct prof_err err;
static bool matched;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	ck_assert_int_eq(prof_profile_check(&m.p, &err), PROF_OK);
	make_drop(&m);
}

static void
at(int64_t time, int64_t value)
{
	prof_builder_keep_times(&m.b);
	ck_assert_int_eq(prof_builder_sample(&m.b, make_stack(&m, "f"), 0,
	    time, &value, &err), PROF_OK);
}

static int
filter(struct prof_profile *p, const char *range, bool keep)
{
	struct prof_range r;

	memset(&err, 0, sizeof err);
	ck_assert_int_eq(prof_range_parse(range, &r, &err), 1);
	return prof_timefilter(p, &r, keep, &matched, &err);
}

static int64_t
left(const char *range)
{
	ck_assert_msg(filter(&m.p, range, true) == PROF_OK, "%s", err.msg);
	return labelled_sum(&m.p, 0);
}

START_TEST(samples_of_the_span_stay)
{
	at(0, 1);
	at(999999999, 2);
	at(1000000000, 4);
	at(2000000000, 8);
	at(2000000001, 16);
	ck_assert_int_eq(left("1s:2s"), 12);
	ck_assert(matched);
	ck_assert_int_eq(left("1.5s:"), 8);
	ck_assert_int_eq(left(":2000000000"), 8);
	ck_assert_int_eq(left("3s:"), 0);
	ck_assert(!matched);
}
END_TEST

START_TEST(times_are_kept_or_forgotten)
{
	struct prof_merge *merge = prof_merge_new();
	struct prof_profile sum = { 0 };

	at(1, 1);
	at(2, 2);
	ck_assert_int_eq(filter(&m.p, "0:", true), PROF_OK);
	ck_assert_ptr_nonnull(m.p.time);
	ck_assert_int_eq(filter(&m.p, "0:", false), PROF_OK);
	ck_assert_ptr_null(m.p.time);
	ck_assert_int_eq(prof_merge_add(merge, &m.p, "it", &err), PROF_OK);
	ck_assert_int_eq(prof_merge_finish(merge, &sum, &err), PROF_OK);
	ck_assert_uint_eq(sum.nsamples, 1);
	ck_assert_int_eq(sum.value[0][0], 3);
	prof_profile_release(&sum);
}
END_TEST

START_TEST(times_count_from_the_first_sample_with_a_value)
{
	at(INT64_MIN, 0);
	at(7, 1);
	at(5, 2);
	at(INT64_MAX, 4);
	prof_time_rebase(&m.p);
	ck_assert_int_eq(m.p.time[0], INT64_MIN);
	ck_assert_int_eq(m.p.time[1], 2);
	ck_assert_int_eq(m.p.time[2], 0);
	ck_assert_int_eq(left("0:2"), 3);
	at(-5, 1);
	prof_time_rebase(&m.p);
	ck_assert_int_eq(left("0:0"), 1);
}
END_TEST

START_TEST(without_times_there_is_no_span)
{
	make_sample(&m, "f", 1);
	ck_assert_int_eq(filter(&m.p, "0:", true), PROF_EUSAGE);
	ck_assert_str_eq(err.msg, "this profile has no times of samples");
	ck_assert_int_eq(labelled_sum(&m.p, 0), 1);
}
END_TEST

START_TEST(without_samples_nothing_matches)
{
	ck_assert_int_eq(filter(&m.p, "0:", true), PROF_OK);
	ck_assert(!matched);
}
END_TEST

START_TEST(a_range_of_something_else_is_refused)
{
	at(1, 1);
	ck_assert_int_eq(filter(&m.p, "1kb:", true), PROF_EUSAGE);
	ck_assert_int_eq(filter(&m.p, "1k:", true), PROF_EUSAGE);
	ck_assert_int_eq(labelled_sum(&m.p, 0), 1);
}
END_TEST

START_TEST(edges_stay_until_a_sample_is_dropped)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "f", 1, 1, 1);
	at(1, 1);
	left("1");
	ck_assert_uint_eq(m.p.edges.n, 1);
	left("2");
	ck_assert_uint_eq(m.p.edges.n, 0);
}
END_TEST

START_TEST(two_spans_split_the_total_and_twice_is_once)
{
	static const struct invent_opts opts = { .cancel = true };
	struct prof_profile all, one, other;
	const char *differs;
	uint64_t seed;
	unsigned n = 0;

	for (seed = 1; seed <= 200; seed++) {
		invent_profile(&all, seed, &opts);
		invent_profile(&one, seed, &opts);
		invent_profile(&other, seed, &opts);
		if (all.time != NULL) {
			ck_assert_int_eq(filter(&one, ":0", true), 0);
			ck_assert_int_eq(filter(&other, "1:", true), 0);
			ck_assert_int_eq(labelled_sum(&all, 1),
			    labelled_sum(&one, 1) +
			    labelled_sum(&other, 1));
			ck_assert_int_eq(filter(&all, ":0", true), 0);
			ck_assert_int_eq(filter(&all, ":0", true), 0);
			differs = same_profiles(&all, &one);
			ck_assert_msg(differs == NULL, "%s", differs);
			n++;
		}
		prof_profile_release(&all);
		prof_profile_release(&one);
		prof_profile_release(&other);
	}
	ck_assert_uint_gt(n, 20);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("timefilter");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, samples_of_the_span_stay);
	tcase_add_test(tc, times_are_kept_or_forgotten);
	tcase_add_test(tc, times_count_from_the_first_sample_with_a_value);
	tcase_add_test(tc, without_times_there_is_no_span);
	tcase_add_test(tc, without_samples_nothing_matches);
	tcase_add_test(tc, a_range_of_something_else_is_refused);
	tcase_add_test(tc, edges_stay_until_a_sample_is_dropped);
	tcase_add_test(tc, two_spans_split_the_total_and_twice_is_once);
	return test_main("timefilter", tc);
}
