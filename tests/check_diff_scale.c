/* SPDX-License-Identifier: MIT */
#include "libanalysis/diff_scale.h"

#include "libanalysis/nomem.h"
#include "tests/compare.h"

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

static int
scale(int64_t num, int64_t den)
{
	return prof_diff_scale(&c.d, num, den, &c.err);
}

static enum prof_diff_status
status(const char *name)
{
	return c.d.status[compare_find(&c, name)];
}

START_TEST(base_is_multiplied_and_new_stays)
{
	two("m;f 10\nm;g 7", "m;f 30\nm;g 21");
	ck_assert_int_eq(scale(3, 1), PROF_OK);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 30);
	ck_assert_int_eq(mean(PROF_DIFF_TOTAL, 0, "m"), 51);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 1, "f"), 30);
	ck_assert(c.d.sum[0] == c.d.sum[1]);
	ck_assert(c.d.whole[0] == c.d.whole[1]);
	compare_done(&c);
}
END_TEST

START_TEST(thirds_are_exact)
{
	two("m;f 10\nm;g 7", "m;f 5\nm;g 4");
	ck_assert_int_eq(scale(1, 3), PROF_OK);
	ck_assert_int_eq(c.d.den, 3);
	ck_assert(c.d.of[PROF_DIFF_SELF][0][compare_find(&c, "f")] == 10);
	ck_assert(c.d.of[PROF_DIFF_SELF][1][compare_find(&c, "f")] == 15);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 3);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 1, "f"), 5);
	compare_done(&c);
}
END_TEST

START_TEST(runs_have_the_values_of_their_sum)
{
	const struct prof_match_member *at;
	prof_i128 sum[2] = { 0, 0 };
	uint32_t class;
	size_t i, n;

	compare_add(&c, "a1", "m;f 10");
	compare_add(&c, "a2", "m;f 14");
	compare_add(&c, "b1", "m;f 9");
	ck_assert_int_eq(compare_run(&c, 2, NULL), PROF_OK);
	ck_assert_int_eq(scale(5, 7), PROF_OK);
	class = compare_find(&c, "f");
	at = prof_match_members(&c.d.match, class, &n);
	for (i = 0; i < n; i++)
		sum[at[i].run >= 2] += prof_diff_of_run(&c.d, PROF_DIFF_SELF,
		    &at[i]);
	ck_assert(sum[0] == c.d.of[PROF_DIFF_SELF][0][class]);
	ck_assert(sum[1] == c.d.of[PROF_DIFF_SELF][1][class]);
	ck_assert(sum[0] == 24 * 5 && sum[1] == 9 * 7);
	compare_done(&c);
}
END_TEST

START_TEST(what_becomes_equal_is_the_same)
{
	two("m;f 10\nm;g 10\nm;h 1\nm;i 5", "m;f 20\nm;g 10\nm;k 1\nm;i 10");
	ck_assert_uint_eq(status("f"), PROF_DIFF_CHANGED);
	ck_assert_uint_eq(status("g"), PROF_DIFF_SAME);
	ck_assert_int_eq(scale(2, 1), PROF_OK);
	ck_assert_uint_eq(status("f"), PROF_DIFF_SAME);
	ck_assert_uint_eq(status("i"), PROF_DIFF_SAME);
	ck_assert_uint_eq(status("g"), PROF_DIFF_CHANGED);
	ck_assert_uint_eq(status("h"), PROF_DIFF_GONE);
	ck_assert_uint_eq(status("k"), PROF_DIFF_NEW);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_SAME], 2);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_CHANGED], 2);
	ck_assert_uint_eq(c.d.up + c.d.down, 2);
	compare_done(&c);
}
END_TEST

START_TEST(there_and_back_is_nothing)
{
	two("m;f 10\nm;g 7", "m;f 30\nm;g 7");
	ck_assert_int_eq(scale(7, 3), PROF_OK);
	ck_assert_int_eq(scale(3, 7), PROF_OK);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 10);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 1, "f"), 30);
	ck_assert_uint_eq(status("g"), PROF_DIFF_SAME);
	ck_assert_uint_eq(status("f"), PROF_DIFF_CHANGED);
	compare_done(&c);
}
END_TEST

START_TEST(a_fraction_too_fine_is_rounded_within_the_error)
{
	double want = 9999999999999999. * 3141592 / 2718281, off;

	/* 10^16 * 10^6 leaves 64 bits. */
	two("m;f 9999999999999999\nm;g 1", "m;f 10000000000000002\nm;g 1");
	ck_assert_int_eq(scale(3141592, 2718281), PROF_OK);
	ck_assert(c.d.error[0] > 0);
	ck_assert(prof_num_fits(c.d.sum[0]) && prof_num_fits(c.d.sum[1]));
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 1, "f"), 10000000000000002);
	off = (double)mean(PROF_DIFF_SELF, 0, "f") - want;
	ck_assert((off < 0 ? -off : off) <=
	    (double)prof_diff_value(&c.d, 0, c.d.error[0]) + 4);
	ck_assert((off < 0 ? -off : off) < want * 1e-6);
	compare_done(&c);
}
END_TEST

START_TEST(what_cannot_be_near_is_refused)
{
	two("m;f 4611686018427387904", "m;f 4611686018427387904");
	ck_assert_int_eq(scale(3, 2), PROF_ERANGE);
	ck_assert_int_eq(scale(INT64_MAX, 1), PROF_ERANGE);
	ck_assert_int_eq(scale(1, INT64_MAX), PROF_ERANGE);
	ck_assert_int_eq(mean(PROF_DIFF_SELF, 0, "f"), 4611686018427387904);
	ck_assert(c.d.error[0] == 0);
	compare_done(&c);
}
END_TEST

START_TEST(calls_are_multiplied_apart_from_values)
{
	uint32_t f;
	unsigned i;

	two("m;f 10\nm;g 7", "m;f 30\nm;g 21");
	f = compare_find(&c, "f");
	ck_assert_int_eq(prof_diff_scale_calls(&c.d, 3, 2, &c.err), PROF_OK);
	ck_assert_int_eq(c.d.calls_den, 1);	/* there are none */
	for (i = 0; i < 2; i++)
		c.d.calls[i] = prof_zalloc((size_t)c.d.match.n + 1,
		    sizeof *c.d.calls[i]);
	c.d.calls[0][f] = 5;
	c.d.calls[1][f] = 8;
	ck_assert_int_eq(prof_diff_scale_calls(&c.d, 3, 2, &c.err), PROF_OK);
	ck_assert_int_eq((int64_t)prof_diff_calls(&c.d, 0, f), 8);
	ck_assert_int_eq((int64_t)prof_diff_calls(&c.d, 1, f), 8);
	ck_assert(c.d.calls[0][f] == 15 && c.d.calls[1][f] == 16);
	ck_assert(prof_diff_calls_mean(&c.d, 0, f) == 7.5);
	ck_assert(prof_diff_calls_mean(&c.d, 1, f) == 8);
	ck_assert(prof_diff_calls_of_run(&c.d, 0, 5) == 7.5);
	ck_assert(prof_diff_calls_of_run(&c.d, 1, 5) == 5);
	ck_assert_int_eq(prof_diff_scale_calls(&c.d, INT64_MAX, 1, &c.err),
	    PROF_ERANGE);
	compare_done(&c);
}
END_TEST

static double
far(int64_t num, int64_t den, int64_t p, int64_t q)
{
	double d = (double)p / (double)q - (double)num / (double)den;

	return d < 0 ? -d : d;
}

/* Against all fractions of small numbers. */
START_TEST(no_fraction_of_small_numbers_is_nearer)
{
	int64_t num, den, near[2], p, q, max = 12;

	for (num = 1; num <= 97; num += 3) {
		for (den = 1; den <= 89; den += 2) {
			prof_diff_near(num, den, max, max, near);
			if (num > max * den || den > max * num)
				continue;
			ck_assert(near[0] >= 1 && near[0] <= max);
			ck_assert(near[1] >= 1 && near[1] <= max);
			for (p = 1; p <= max; p++)
				for (q = 1; q <= max; q++)
					ck_assert(far(num, den, near[0],
					    near[1]) <= far(num, den, p, q) +
					    1e-12);
		}
	}
}
END_TEST

START_TEST(the_largest_numbers_do_not_overflow)
{
	int64_t near[2];

	prof_diff_near(INT64_MAX, INT64_MAX - 1, INT64_MAX, INT64_MAX, near);
	ck_assert(near[0] == INT64_MAX && near[1] == INT64_MAX - 1);
	prof_diff_near(INT64_MAX, INT64_MAX - 2, 1000, 1000, near);
	ck_assert(near[0] == 1 && near[1] == 1);
	prof_diff_near(1, INT64_MAX, 5, 5, near);
	ck_assert(near[1] >= 0 && near[1] <= 5);
	prof_diff_near(INT64_MAX, 1, 5, 5, near);
	ck_assert(near[0] >= 0 && near[0] <= 5);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("diff_scale");

	tcase_add_test(tc, base_is_multiplied_and_new_stays);
	tcase_add_test(tc, thirds_are_exact);
	tcase_add_test(tc, runs_have_the_values_of_their_sum);
	tcase_add_test(tc, what_becomes_equal_is_the_same);
	tcase_add_test(tc, there_and_back_is_nothing);
	tcase_add_test(tc, a_fraction_too_fine_is_rounded_within_the_error);
	tcase_add_test(tc, what_cannot_be_near_is_refused);
	tcase_add_test(tc, calls_are_multiplied_apart_from_values);
	tcase_add_test(tc, no_fraction_of_small_numbers_is_nearer);
	tcase_add_test(tc, the_largest_numbers_do_not_overflow);
	return compare_main("diff_scale", tc);
}
