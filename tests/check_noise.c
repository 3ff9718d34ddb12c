/* SPDX-License-Identifier: MIT */
#include "libanalysis/noise.h"

#include <math.h>

#include "tests/support.h"

static void
expect(double p, double want)
{
	ck_assert_msg(fabs(p - want) <= 1e-9 * want, "%.17g is not %.17g", p,
	    want);
}

/* Sums of all outcomes not more likely, made with exact fractions. */
static const struct {
	double x, y, num, den, want;
} exact[] = {
	{ 0, 1, 1, 2, 1.0 },
	{ 3, 5, 1, 2, 0.7265625 },
	{ 0, 6, 1, 2, 0.03125 },
	{ 10, 30, 1, 2, 0.0022214337732293643 },
	{ 49, 85, 1, 2, 0.002371823546444484 },
	{ 7, 2, 3, 4, 0.0013427734375 },
	{ 5, 0, 9, 10, 1e-05 },
	{ 0, 52, 59, 105, 1.0728014059103611e-13 },
	{ 100, 100, 1, 2, 1.0 },
	{ 60, 140, 1, 3, 4.70488233076783e-26 }
};

START_TEST(up_to_200_events_sums_are_exact)
{
	expect(prof_noise_events(exact[_i].x, exact[_i].y, exact[_i].num /
	    exact[_i].den), exact[_i].want);
}
END_TEST

START_TEST(an_outcome_is_as_likely_as_its_mirror_image)
{
	unsigned n, y;

	for (n = 1; n <= PROF_NOISE_EXACT; n++)
		for (y = 0; y <= n; y++)
			expect(prof_noise_events(n - y, y, .5),
			    prof_noise_events(y, n - y, .5));
}
END_TEST

START_TEST(beyond_200_events_the_normal_distribution_decides)
{
	expect(prof_noise_events(150, 250, .5), 5.733031437583892e-07);
	expect(prof_noise_events(100, 101, .5), 0.9437681928745766);
	expect(prof_noise_events(500, 500, .25), 1.806316233094124e-74);
}
END_TEST

START_TEST(shares_are_compared_with_pooled_variance)
{
	expect(prof_noise_shares(49, 462, 85, 590), 0.06649891371261767);
	expect(prof_noise_shares(0, 1000, 5, 1000), 0.025164485700318553);
	expect(prof_noise_shares(10, 100, 10, 100), 1);
}
END_TEST

START_TEST(nothing_to_judge_by_is_no_change)
{
	expect(prof_noise_events(0, 0, .5), 1);
	expect(prof_noise_events(3, 5, 0), 1);
	expect(prof_noise_events(3, 5, 1), 1);
	expect(prof_noise_events(3, 5, NAN), 1);
	expect(prof_noise_shares(0, 0, 3, 5), 1);
	expect(prof_noise_shares(0, 10, 0, 5), 1);
	expect(prof_noise_shares(10, 10, 5, 5), 1);
}
END_TEST

START_TEST(extreme_shares_stay_probabilities)
{
	static const double share[] = { 1e-300, 1e-9, .5, 1 - 1e-9 };
	unsigned i, y;
	double p;

	for (i = 0; i < sizeof share / sizeof share[0]; i++)
		for (y = 0; y <= PROF_NOISE_EXACT; y += 10) {
			p = prof_noise_events(PROF_NOISE_EXACT - y, y,
			    share[i]);
			ck_assert(p >= 0 && p <= 1);
		}
}
END_TEST

/* 0.05 * i / 5: 0.01, 0.02, 0.03, 0.04, 0.05. */
START_TEST(a_later_one_that_is_small_carries_those_before)
{
	const double p[] = { 0.9, 0.025, 0.03, 0.011, 0.2 };

	ck_assert(prof_noise_limit(p, 5, .05) == 0.03);
}
END_TEST

START_TEST(without_a_small_one_there_is_no_limit)
{
	const double p[] = { 0.9, 0.03, 0.04, 0.3, 0.2 };

	ck_assert(prof_noise_limit(p, 5, .05) < 0);
	ck_assert(prof_noise_limit(p, 0, .05) < 0);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("noise");

	tcase_add_loop_test(tc, up_to_200_events_sums_are_exact, 0,
	    sizeof exact / sizeof exact[0]);
	tcase_add_test(tc, an_outcome_is_as_likely_as_its_mirror_image);
	tcase_add_test(tc, beyond_200_events_the_normal_distribution_decides);
	tcase_add_test(tc, shares_are_compared_with_pooled_variance);
	tcase_add_test(tc, nothing_to_judge_by_is_no_change);
	tcase_add_test(tc, extreme_shares_stay_probabilities);
	tcase_add_test(tc, a_later_one_that_is_small_carries_those_before);
	tcase_add_test(tc, without_a_small_one_there_is_no_limit);
	return test_main("noise", tc);
}
