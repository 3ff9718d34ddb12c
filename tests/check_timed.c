/* SPDX-License-Identifier: MIT */
#include "libanalysis/timed.h"

#include <math.h>
#include <stdlib.h>

#include "tests/random.h"
#include "tests/support.h"

#define N 300

static double x[N], y[N], size[N];
static struct prof_timed out[N];

static void
expect(double have, double want)
{
	ck_assert_msg(fabs(have - want) <= 1e-12 * fabs(want),
	    "%.17g is not %.17g", have, want);
}

static void
function(size_t i, double time, double change)
{
	x[i] = size[i] = time;
	y[i] = time * exp(change);
}

START_TEST(a_change_is_one_beyond_what_is_expected)
{
	size_t i;

	for (i = 0; i < 10; i++)
		function(i, 1, log(2));
	function(3, 1, log(3));
	prof_timed_judge(x, y, size, 10, 2, out);
	expect(out[3].change, log(1.5));
	ck_assert(fabs(out[4].change) < 1e-15);
	ck_assert(out[3].df == 3);
}
END_TEST

START_TEST(less_than_5_percent_is_not_believed)
{
	size_t i;

	for (i = 0; i < 10; i++)
		function(i, 1, .01);
	prof_timed_judge(x, y, size, 10, 1, out);
	ck_assert(out[0].se == .05);
}
END_TEST

/* Of 0, .1 ... .9 the others' middle one; a MAD is .6745 deviations. */
START_TEST(noise_is_what_others_show)
{
	size_t i;

	for (i = 0; i < 10; i++)
		function(i, 1, i % 2 == 0 ? (double)i / 10 :
		    -(double)i / 10);
	prof_timed_judge(x, y, size, 10, 1, out);
	expect(out[9].se, .4 * 1.4826);
	expect(out[0].se, .5 * 1.4826);
	/* Its own change, however large, is not part of it. */
	function(9, 1, 100);
	prof_timed_judge(x, y, size, 10, 1, out);
	expect(out[9].se, .4 * 1.4826);
}
END_TEST

START_TEST(functions_are_judged_by_those_of_their_size)
{
	size_t i;

	for (i = 0; i < 20; i++) {
		function(i, 10 * (1 + (double)(i % 3)), .01);
		function(20 + i, .01, i % 2 == 0 ? .8 : -.8);
	}
	prof_timed_judge(x, y, size, 40, 1, out);
	expect(out[5].se, .05);
	expect(out[25].se, .8 * 1.4826);
}
END_TEST

START_TEST(a_lonely_one_is_judged_by_the_nearest)
{
	size_t i;

	for (i = 0; i < 20; i++) {
		function(i, 1, i % 2 == 0 ? .2 : -.2);
		function(20 + i, .001, i % 2 == 0 ? .8 : -.8);
	}
	function(40, 1000, .5);
	prof_timed_judge(x, y, size, 41, 1, out);
	expect(out[40].se, .2 * 1.4826);
}
END_TEST

START_TEST(too_few_tell_nothing)
{
	size_t i;

	for (i = 0; i < 4; i++)
		function(i, 1, .3);
	prof_timed_judge(x, y, size, 3, 1, out);
	ck_assert(isnan(out[0].se));
	prof_timed_judge(x, y, size, 4, 1, out);
	expect(out[0].se, .3 * 1.4826);
	prof_timed_judge(x, y, size, 0, 1, out);
}
END_TEST

START_TEST(what_is_on_one_side_only_is_not_judged)
{
	size_t i;

	for (i = 0; i < 10; i++)
		function(i, 1, .3);
	x[2] = y[7] = 0;
	prof_timed_judge(x, y, size, 10, 1, out);
	ck_assert(isnan(out[2].change) && isnan(out[2].se));
	ck_assert(isnan(out[7].change) && isnan(out[7].se));
	expect(out[0].se, .3 * 1.4826);
}
END_TEST

static int
cmp_doubles(const void *a, const void *b)
{
	const double *p = a, *q = b;

	return (*p > *q) - (*p < *q);
}

/* The middle distance of all others within a factor of 4, or NAN. */
static double
plain(size_t at)
{
	double v[N];
	size_t i, n = 0;

	for (i = 0; i < N; i++)
		if (i != at && size[i] * 4 >= size[at] &&
		    size[i] <= size[at] * 4)
			v[n++] = fabs(log(y[i] / x[i]));
	qsort(v, n, sizeof v[0], cmp_doubles);
	return n >= 8 ? v[n / 2] * 1.4826 : NAN;
}

START_TEST(a_sliding_window_finds_what_plain_search_does)
{
	struct test_random r = { 17 };
	size_t i, judged = 0;
	double want;

	for (i = 0; i < N; i++)
		function(i, exp((double)test_random_below(&r, 700) / 100),
		    (double)test_random_below(&r, 1000) / 500 - 1);
	prof_timed_judge(x, y, size, N, 1, out);
	for (i = 0; i < N; i++) {
		want = plain(i);
		if (isnan(want))
			continue;
		expect(out[i].se, fmax(want, .05));
		judged++;
	}
	ck_assert_uint_gt(judged, N / 2);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("timed");

	tcase_add_test(tc, a_change_is_one_beyond_what_is_expected);
	tcase_add_test(tc, less_than_5_percent_is_not_believed);
	tcase_add_test(tc, noise_is_what_others_show);
	tcase_add_test(tc, functions_are_judged_by_those_of_their_size);
	tcase_add_test(tc, a_lonely_one_is_judged_by_the_nearest);
	tcase_add_test(tc, too_few_tell_nothing);
	tcase_add_test(tc, what_is_on_one_side_only_is_not_judged);
	tcase_add_test(tc, a_sliding_window_finds_what_plain_search_does);
	return test_main("timed", tc);
}
