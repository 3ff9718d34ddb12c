/* SPDX-License-Identifier: MIT */
#include "libanalysis/single.h"

#include <math.h>

#include "tests/random.h"
#include "tests/support.h"

#define N 60

static const struct prof_single_noise usual = { .0025, .5 };
static struct prof_single_noise noise;
static double x[N], y[N], s[N];

static void
expect(double have, double want, double error)
{
	ck_assert_msg(fabs(have - want) <= error * fabs(want),
	    "%.17g is not %.17g", have, want);
}

static double
uniform(struct test_random *r)
{
	return ((double)(test_random_next(r) >> 11) + .5) /
	    9007199254740992.;
}

static double
normal(struct test_random *r)
{
	return sqrt(-2 * log(uniform(r))) *
	    cos(2 * 3.14159265358979323846 * uniform(r));
}

/* A count with this mean, by chance and by a rate that varies. */
static double
draw(struct test_random *r, double mean, double phi)
{
	double rate = mean * exp(sqrt(phi) * normal(r));

	return floor(fmax(rate + sqrt(rate) * normal(r) + .5, 0));
}

/* y is more than x by this factor for the first m, else less by less. */
static void
functions(size_t m, double more, double less)
{
	size_t i;

	for (i = 0; i < N; i++) {
		x[i] = 1000;
		y[i] = 1000 * (i < m ? more : less);
		s[i] = 1;
	}
}

/* Made with mpmath: five terms of betainc(y / c, x / c + 1, 0, pi). */
static const struct {
	double x, y, s, phi, tau, rho, want;
} known[] = {
	{ 100, 150, 1, .0025, .5, 1, 4.34946528254672507e-3 },
	{ 100, 150, 1.2, .0025, .5, 1, 7.75418283571272127e-2 },
	{ 10, 40, .9, .01, 1, 1, 7.02144522933215836e-4 },
	{ 0, 6, 1, .0025, .5, 1, 1.61837427481153287e-2 },
	{ 2000, 2300, 1, .0009, .5, 1.05, 4.98134330482249586e-2 },
	{ 7.5, 22.25, 1.1, .02, 1, 1.3, 1.03992516694600754e-1 },
	{ 50, 40, 1, .0025, .5, 1, 8.65581759038812263e-1 },
	{ 1000, 3000, 1, .0025, .5, 1, 4.58015274561084888e-14 },
	{ 3, 9, 1, 0, .5, 1, .072998046875 }
};

START_TEST(more_is_as_probable_as_is_known)
{
	noise.phi = known[_i].phi;
	noise.tau = known[_i].tau;
	expect(prof_single_more(&noise, known[_i].x, known[_i].y,
	    known[_i].s, known[_i].rho), known[_i].want, 1e-9);
}
END_TEST

/*
 * By the factor of a rate, which is never 0: 40 of 40 counts on one side are
 * hardly noise of 20 %, though 1 against 40 may be.
 */
START_TEST(noise_hides_no_function_altogether)
{
	double p, before = 1;
	unsigned n;

	noise.phi = .04;
	noise.tau = 1;
	ck_assert(prof_single_more(&noise, 0, 40, 1, 1) < 5e-5);
	for (n = 8; n <= 1000; n += n < 20 ? 1 : 49) {
		p = prof_single_more(&noise, 0, n, 1, 1);
		ck_assert(p < before && p > 0);
		ck_assert(p < prof_single_more(&noise, 1, n, 1, 1));
		before = p;
	}
	noise.phi = 0;
	expect(prof_single_more(&noise, 0, 10, 1, 1), 1 / 1024., 1e-9);
}
END_TEST

START_TEST(without_counts_nothing_is_more)
{
	ck_assert(prof_single_more(&usual, 0, 0, 1, 1) == 1);
	ck_assert(prof_single_more(&usual, 50, 0, 1, 1) == 1);
}
END_TEST

START_TEST(more_noise_makes_a_change_less_sure)
{
	double p, before = 0, phi;

	for (phi = 1e-5; phi < 1; phi *= 2) {
		noise.phi = phi;
		noise.tau = .5;
		p = prof_single_more(&noise, 100, 200, 1, 1);
		ck_assert(p > before && p < .5);
		before = p;
	}
}
END_TEST

/* Equal counts have no noise of their own: 10 functions with 5 %. */
START_TEST(equal_sides_leave_what_is_usual)
{
	functions(N, 1, 1);
	prof_single_noise_of(&noise, x, y, s, N);
	expect(noise.phi, 10 * .0025 / (N + 10), 1e-12);
	ck_assert(noise.tau == .5);
	prof_single_noise_of(&noise, x, y, s, 2);
	expect(noise.phi, .0025, 1e-12);
	prof_single_noise_of(&noise, x, y, s, 0);
	expect(noise.phi, .0025, 1e-12);
}
END_TEST

START_TEST(few_counts_tell_nothing_of_noise)
{
	size_t i;

	functions(N, 3, 3);
	for (i = 0; i < N; i++) {
		x[i] = i % 2 == 0 ? 4 : 19;
		y[i] = i % 2 == 0 ? 400 : 20;
	}
	prof_single_noise_of(&noise, x, y, s, N);
	expect(noise.phi, .0025, 1e-12);
}
END_TEST

/* (ln 1.2)^2 / .4549 less the chance of 1000 and 1200, halved. */
START_TEST(noise_is_what_chance_does_not_explain)
{
	double l = log(1200.5 / 1000.5);
	double phi = (l * l / .4549 - 1 / 1000.5 - 1 / 1200.5) / 2;

	functions(N, 1.2, 1);
	prof_single_noise_of(&noise, x, y, s, N);
	expect(noise.phi, (N * phi + 10 * .0025) / (N + 10), 1e-9);
	ck_assert(noise.tau == 1);
}
END_TEST

START_TEST(true_changes_on_one_side_are_no_noise)
{
	functions(N / 2, 3, .99);
	prof_single_noise_of(&noise, x, y, s, N);
	ck_assert(noise.phi < .0025);
	functions(N / 2, 1.01, .3);
	prof_single_noise_of(&noise, x, y, s, N);
	ck_assert(noise.phi < .0025);
	/* Of so few none can be said to be the cleaner. */
	functions(11, 3, .99);
	prof_single_noise_of(&noise, x, y, s, 22);
	ck_assert(noise.phi > .0025);
}
END_TEST

START_TEST(what_is_expected_is_no_noise)
{
	size_t i;

	functions(N, 2, 2);
	for (i = 0; i < N; i++)
		s[i] = 2;
	prof_single_noise_of(&noise, x, y, s, N);
	ck_assert(noise.phi < .0025);
}
END_TEST

static const struct {
	double x, y, s;
} pairs[] = {
	{ 100, 150, 1 }, { 3, 2, 1 }, { 1, 40, 3 }, { 40, 1, .2 },
	{ 1e6, 1.2e6, 1 }, { .3, .2, 1 }, { 5000, 12, 1.5 }, { 2, 1e8, 1 }
};

START_TEST(limits_are_rejected_by_what_they_leave_out)
{
	double px = pairs[_i].x, py = pairs[_i].y, ps = pairs[_i].s;
	double low, high;

	prof_single_interval(&usual, px, py, ps, .95, &low, &high);
	expect(prof_single_more(&usual, px, py, ps, low), .025, 1e-6);
	expect(prof_single_more(&usual, py, px, 1 / ps, 1 / high), .025,
	    1e-6);
	ck_assert(low < py / px / ps && high > py / px / ps);
}
END_TEST

START_TEST(the_other_way_round_limits_are_inverse)
{
	double px = pairs[_i].x, py = pairs[_i].y, ps = pairs[_i].s;
	double low[2], high[2];

	prof_single_interval(&usual, px, py, ps, .9, &low[0], &high[0]);
	prof_single_interval(&usual, py, px, 1 / ps, .9, &low[1], &high[1]);
	expect(low[0] * high[1], 1, 1e-9);
	expect(low[1] * high[0], 1, 1e-9);
	prof_single_interval(&usual, px, py, ps, .99, &low[1], &high[1]);
	ck_assert(low[1] < low[0] && high[1] > high[0]);
}
END_TEST

START_TEST(nothing_on_a_side_leaves_that_side_open)
{
	double low, high;

	prof_single_interval(&usual, 0, 20, 1, .95, &low, &high);
	ck_assert(low > 1 && isinf(high));
	prof_single_interval(&usual, 20, 0, 1, .95, &low, &high);
	ck_assert(low == 0 && high < 1);
	prof_single_interval(&usual, 0, 0, 1, .95, &low, &high);
	ck_assert(low == 0 && isinf(high));
}
END_TEST

/*
 * 2000 pairs with a rate 1.3 times as large: 100 may miss it.  Noise that
 * may differ by function makes intervals a little longer: fewer do.
 */
START_TEST(intervals_hold_the_truth_as_often_as_they_say)
{
	struct test_random r = { 3 };
	double low, high;
	int i, missed = 0;

	for (i = 0; i < 2000; i++) {
		prof_single_interval(&usual, draw(&r, 300, .0025),
		    draw(&r, 390, .0025), 1, .95, &low, &high);
		missed += low > 1.3 || high < 1.3;
	}
	ck_assert_int_ge(missed, 40);
	ck_assert_int_le(missed, 130);
}
END_TEST

/* The same for what is called less probable than 1 in 20. */
START_TEST(unchanged_code_is_rarely_more)
{
	struct test_random r = { 5 };
	int i, more = 0;

	for (i = 0; i < 2000; i++)
		more += prof_single_more(&usual, draw(&r, 200, .0025),
		    draw(&r, 200, .0025), 1, 1) <= .05;
	ck_assert_int_ge(more, 40);
	ck_assert_int_le(more, 130);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("single");
	int n = sizeof pairs / sizeof pairs[0];

	tcase_add_loop_test(tc, more_is_as_probable_as_is_known, 0,
	    sizeof known / sizeof known[0]);
	tcase_add_test(tc, noise_hides_no_function_altogether);
	tcase_add_test(tc, without_counts_nothing_is_more);
	tcase_add_test(tc, more_noise_makes_a_change_less_sure);
	tcase_add_test(tc, equal_sides_leave_what_is_usual);
	tcase_add_test(tc, few_counts_tell_nothing_of_noise);
	tcase_add_test(tc, noise_is_what_chance_does_not_explain);
	tcase_add_test(tc, true_changes_on_one_side_are_no_noise);
	tcase_add_test(tc, what_is_expected_is_no_noise);
	tcase_add_loop_test(tc, limits_are_rejected_by_what_they_leave_out,
	    0, n);
	tcase_add_loop_test(tc, the_other_way_round_limits_are_inverse, 0, n);
	tcase_add_test(tc, nothing_on_a_side_leaves_that_side_open);
	tcase_add_test(tc, intervals_hold_the_truth_as_often_as_they_say);
	tcase_add_test(tc, unchanged_code_is_rarely_more);
	return test_main("single", tc);
}
