/* SPDX-License-Identifier: MIT */
#include "libanalysis/recorded.h"

#include <string.h>

#include "libanalysis/filter.h"
#include "libanalysis/merge.h"
#include "libanalysis/rescale.h"
#include "tests/support.h"

/* Records of 60 and 1 of one event, and of 5 of another. */
static const char text[] = "a 1 1.0: 60 cycles:\n\t1 f (x)\n\n"
    "a 1 2.0: 1 cycles:\n\t2 g (x)\n\n"
    "a 1 3.0: 5 faults:\n\t2 g (x)\n\n";
static const char more[] = "a 1 1.0: 9 cycles:\n\t1 f (x)\n\n";

static struct prof_profile p, q, out;
static struct prof_err err;

static void
expect(const struct prof_recorded *r, uint64_t n, int64_t sum, int64_t square)
{
	ck_assert_uint_eq(r->n, n);
	ck_assert(r->sum == sum && r->square == square);
}

static void
merge(const struct prof_profile *a, const struct prof_profile *b)
{
	struct prof_merge *m = prof_merge_new();

	ck_assert_int_eq(prof_merge_add(m, a, "a", &err), PROF_OK);
	if (b != NULL)
		ck_assert_int_eq(prof_merge_add(m, b, "b", &err), PROF_OK);
	ck_assert_int_eq(prof_merge_finish(m, &out, &err), PROF_OK);
}

static void
read_both(void)
{
	test_read(&p, "perf", text);
	test_read(&q, "perf", more);
}

static void
release(void)
{
	prof_profile_release(&p);
	prof_profile_release(&q);
	prof_profile_release(&out);
}

START_TEST(perf_tells_its_records_by_event)
{
	read_both();
	expect(&p.meta.recorded[0], 2, 61, 3601);
	expect(&p.meta.recorded[1], 1, 5, 25);
	expect(&q.meta.recorded[0], 1, 9, 81);
	release();
}
END_TEST

START_TEST(other_formats_tell_none)
{
	test_read(&p, "folded", "a 1\nb 2\n");
	expect(&p.meta.recorded[0], 0, 0, 0);
	ck_assert(prof_recorded_per(&p.meta.recorded[0]) == 0);
	release();
}
END_TEST

START_TEST(a_merge_adds_records_up)
{
	read_both();
	merge(&p, &q);
	expect(&out.meta.recorded[0], 3, 70, 3682);
	prof_profile_release(&out);
	merge(&q, &p);
	expect(&out.meta.recorded[0], 3, 70, 3682);
	/* Types that not all have go, and what was known of them. */
	ck_assert_uint_eq(out.ntypes, 1);
	prof_profile_release(&out);
	merge(&p, NULL);
	expect(&out.meta.recorded[0], 2, 61, 3601);
	expect(&out.meta.recorded[1], 1, 5, 25);
	release();
}
END_TEST

START_TEST(what_is_not_known_of_one_is_not_of_the_sum)
{
	read_both();
	memset(&q.meta.recorded, 0, sizeof q.meta.recorded);
	merge(&p, &q);
	expect(&out.meta.recorded[0], 0, 0, 0);
	prof_profile_release(&out);
	merge(&q, &p);
	expect(&out.meta.recorded[0], 0, 0, 0);
	release();
}
END_TEST

/* q counts in thirds, so that the sum does. */
START_TEST(a_finer_scale_makes_records_worth_more)
{
	read_both();
	q.type[0].den = 3;
	merge(&p, &q);
	ck_assert_int_eq(out.type[0].den, 3);
	expect(&out.meta.recorded[0], 3, 3 * 61 + 9, 9 * 3601 + 81);
	release();
}
END_TEST

START_TEST(columns_take_their_records_along)
{
	test_read(&p, "perf", text);
	test_read(&q, "perf", "a 1 1.0: 9 faults:\n\t1 f (x)\n\n"
	    "a 1 1.0: 2 cycles:\n\t1 f (x)\n\n"
	    "a 1 1.0: 4 other:\n\t1 f (x)\n\n");
	merge(&p, &q);
	ck_assert_uint_eq(out.ntypes, 2);
	ck_assert_str_eq(prof_profile_str(&out, out.type[0].type), "cycles");
	expect(&out.meta.recorded[0], 3, 63, 3605);
	expect(&out.meta.recorded[1], 2, 14, 106);
	prof_filter_column(&p, 1);
	expect(&p.meta.recorded[0], 1, 5, 25);
	release();
}
END_TEST

/* Per second of two: half of all, in thousandths. */
START_TEST(normalised_records_are_worth_what_values_are)
{
	test_read(&p, "perf", text);
	p.meta.duration_ns = 2000000000;
	ck_assert_int_eq(prof_normalize(&p, "duration", &err), PROF_OK);
	expect(&p.meta.recorded[0], 2, 30500, 900250000);
	release();
}
END_TEST

START_TEST(sums_beyond_their_bits_tell_nothing)
{
	struct prof_recorded r = { 0 }, s;
	int i;

	for (i = 0; i < 8; i++)
		prof_recorded_add(&r, INT64_MAX);
	ck_assert(r.square == PROF_NUM_MAX);
	ck_assert(prof_recorded_per(&r) == 0);
	s = r;
	prof_recorded_join(&s, &r);
	prof_recorded_scale(&s, 1, 1000);
	ck_assert(s.square == PROF_NUM_MAX);
	ck_assert_uint_eq(s.n, 16);
}
END_TEST

START_TEST(records_of_nothing_are_worth_nothing)
{
	struct prof_recorded r = { 0 };

	prof_recorded_add(&r, 0);
	expect(&r, 1, 0, 0);
	ck_assert(prof_recorded_per(&r) == 0);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("recorded");

	tcase_add_test(tc, perf_tells_its_records_by_event);
	tcase_add_test(tc, other_formats_tell_none);
	tcase_add_test(tc, a_merge_adds_records_up);
	tcase_add_test(tc, what_is_not_known_of_one_is_not_of_the_sum);
	tcase_add_test(tc, a_finer_scale_makes_records_worth_more);
	tcase_add_test(tc, columns_take_their_records_along);
	tcase_add_test(tc, normalised_records_are_worth_what_values_are);
	tcase_add_test(tc, sums_beyond_their_bits_tell_nothing);
	tcase_add_test(tc, records_of_nothing_are_worth_nothing);
	return test_main("recorded", tc);
}
