/* SPDX-License-Identifier: MIT */
#include "libanalysis/special.h"

#include <math.h>

#include "tests/random.h"
#include "tests/support.h"

#define EXACT 1e-10

/*
 * Wanted values were made with mpmath at 60 digits: the beta function as a
 * power series in integers, tails as its halves, quantiles by root finding,
 * all of the doubles as they are here.
 */
static void
expect(double have, double want)
{
	ck_assert_msg(fabs(have - want) <= EXACT * fabs(want),
	    "%.17g is not %.17g", have, want);
}

static double
uniform(struct test_random *r)
{
	return (double)(test_random_next(r) >> 11) / 9007199254740992.;
}

/* 0.1 to 10^most, each power of ten alike. */
static double
any_size(struct test_random *r, double most)
{
	return pow(10, -1 + (most + 1) * uniform(r));
}

static const struct {
	double a, b, x, want;
} beta[] = {
	{ 1, 1, .25, .25 },
	{ 2, 3, .5, .6875 },
	{ .5, .5, .3, 3.69010119565545375e-1 },
	{ 10, 1, .9, 3.48678440100000086e-1 },
	{ 1, 10, .1, 6.51321559900000022e-1 },
	{ .001, 2, .5, 9.99806746536947748e-1 },
	{ 5, .001, .75, 1.35453883202937277e-4 },
	{ 20.5, 7.25, .6, 5.62267700851321586e-2 },
	{ 3, 4, 1e-90, 1.99999999999999997e-269 },
	{ 150, 50, .8, 9.54360806997204387e-1 },
	{ 1e3, 2e3, .3, 4.0738279160507715e-5 },
	{ 1e4, 1e4, .45, 6.31265477774995094e-46 },
	{ 123456, 654321, .16, 9.98896325432127768e-1 },
	{ 1e6, 1e6, .49, 2.49045365761039428e-176 },
	{ 1e6, 2.5, .9999, 2.8264553296723354e-41 },
	{ 1e9, 1e9, .5, .5 },
	{ 1e9, 1e9, .4999, 1.87204719514942542e-19 },
	{ 4e8, 6e8, .4001, 9.99999999945818083e-1 },
	{ 7, 1e9, 2e-9, 4.53380562248729224e-3 },
	{ 300, 900, .05, 1.26281193875233898e-119 }
};

START_TEST(the_beta_function_has_its_known_values)
{
	expect(prof_beta_part(beta[_i].a, beta[_i].b, beta[_i].x),
	    beta[_i].want);
}
END_TEST

START_TEST(parts_of_nothing_and_of_all_are_0_and_1)
{
	ck_assert(prof_beta_part(3, 4, 0) == 0);
	ck_assert(prof_beta_part(3, 4, -1) == 0);
	ck_assert(prof_beta_part(3, 4, 1) == 1);
	ck_assert(prof_beta_part(3, 4, 2) == 1);
	ck_assert(prof_beta_part(1e9, 1e9, 1e-9) == 0);
	ck_assert(prof_beta_part(1e9, 1e9, 1 - 1e-9) == 1);
}
END_TEST

/* x in steps of 2^-20, so that 1 - x is exact. */
START_TEST(both_parts_of_10000_are_1)
{
	struct test_random r = { 7 };
	double a, b, x;
	int i;

	for (i = 0; i < 10000; i++) {
		a = any_size(&r, 9);
		b = any_size(&r, 9);
		x = floor(uniform(&r) * 1048576) / 1048576;
		expect(prof_beta_part(a, b, x) + prof_beta_part(b, a, 1 - x),
		    1);
	}
}
END_TEST

/* (a + b) I(a, b) = a I(a + 1, b) + b I(a, b + 1), near to the middle. */
START_TEST(neighbours_of_10000_fit_each_other)
{
	struct test_random r = { 11 };
	double a, b, x, sum, part;
	int i, judged = 0;

	for (i = 0; i < 10000; i++) {
		a = any_size(&r, 5);
		b = any_size(&r, 5);
		x = a / (a + b) * (.5 + uniform(&r));
		if (x >= 1)
			continue;
		part = prof_beta_part(a, b, x);
		sum = a / (a + b) * prof_beta_part(a + 1, b, x) +
		    b / (a + b) * prof_beta_part(a, b + 1, x);
		if (part > 1e-300) {
			expect(sum, part);
			judged++;
		}
	}
	ck_assert_int_gt(judged, 5000);
}
END_TEST

/* P(at least y of n) with probability k / 16: exact as doubles. */
START_TEST(tails_of_the_binomial_are_sums)
{
	double p, sum, ways;
	int k, n, y, i;

	for (k = 1; k < 16; k++) {
		p = k / 16.;
		for (n = 1; n <= 12; n++)
			for (y = 1; y <= n; y++) {
				sum = 0;
				ways = 1;
				for (i = n; i >= y; i--) {
					sum += ways * pow(p, i) *
					    pow(1 - p, n - i);
					ways = ways * i / (n - i + 1);
				}
				expect(prof_beta_part(y, n - y + 1, p), sum);
			}
	}
}
END_TEST

START_TEST(a_larger_part_is_never_smaller)
{
	static const double size[] = { .02, .7, 30, 4000, 6000, 1e6, 1e9 };
	unsigned i, k, step;
	double have, before, spread, a, b;

	for (i = 0; i < 7; i++)
		for (k = 0; k < 7; k++) {
			a = size[i];
			b = size[k];
			spread = sqrt(a * b / (a + b + 1)) / (a + b);
			before = 0;
			for (step = 0; step <= 200; step++) {
				have = prof_beta_part(a, b, a / (a + b) +
				    spread * ((double)step / 10 - 10));
				ck_assert(have >= before * (1 - 1e-11) &&
				    have <= 1);
				before = have;
			}
		}
}
END_TEST

static const struct {
	double t, df, want;
} student[] = {
	{ 0, 3, .5 },
	{ 1, 1, .25 },
	{ 2, 3, 6.96629842794215884e-2 },
	{ -2, 5, 9.49030260585070822e-1 },
	{ 12.5, .5, 9.06644615625649673e-2 },
	{ 3.182446305284263, 3, 2.49999999999893804e-2 },
	{ 44.199992118916875, 588.8537943853709, 1.72720291351983693e-189 },
	{ 1e-9, 4, 4.99999999625e-1 },
	{ .5, 1e6, 3.08537593736185694e-1 },
	{ 5, 1e9, 2.86651620197581422e-7 },
	{ 26, 8952321, 2.50795678982274275e-149 },
	{ 1e40, 7, 1.32052067635467665e-278 },
	{ 30, 25, 1.99793142512753738e-21 },
	{ 37, 1e9, 5.7282584287773e-300 },
	{ 10, INFINITY, 7.61985302416052607e-24 }
};

START_TEST(tails_of_student_have_their_known_values)
{
	expect(prof_student_above(student[_i].t, student[_i].df),
	    student[_i].want);
}
END_TEST

/* The first ones to be found in every printed table. */
static const struct {
	double p, df, want;
} quantile[] = {
	{ .025, 1, 12.7062047361747039 },
	{ .025, 2, 4.30265272974946372 },
	{ .05, 3, 2.35336343480182382 },
	{ .025, 3, 3.18244630528370952 },
	{ .005, 4, 4.6040948713499932 },
	{ .025, 10, 2.22813885198627472 },
	{ .001, 30, 3.38518486682930512 },
	{ .025, 120, 1.97993040508244082 },
	{ .25, 1, 1 },
	{ .5, 8, 0 },
	{ .4, 5, .267180865704145066 },
	{ .49999, 5, 2.63430552450852566e-5 },
	{ 1e-12, 6, 179.753359910791958 },
	{ 1e-30, 40, 32.592958548438903 },
	{ .1, .7, 5.00994795964640442 },
	{ .025, INFINITY, 1.95996398454005421 }
};

START_TEST(quantiles_of_student_have_their_known_values)
{
	expect(prof_student_at(quantile[_i].p, quantile[_i].df),
	    quantile[_i].want);
	expect(prof_student_at(1 - .25, quantile[_i].df),
	    -prof_student_at(.25, quantile[_i].df));
}
END_TEST

START_TEST(a_quantile_leads_back_to_its_probability)
{
	struct test_random r = { 13 };
	double p, df, t;
	int i;

	for (i = 0; i < 2000; i++) {
		p = pow(10, -100 * uniform(&r)) / 2;
		df = i % 3 == 0 ? INFINITY : pow(10, 9 * uniform(&r));
		t = prof_student_at(p, df);
		/* A rounded t moves p by t times as much, and more. */
		ck_assert(fabs(prof_student_above(t, df) - p) <= 2e-10 * p);
	}
}
END_TEST

static const struct {
	double p, z;
} normal[] = {
	{ .5, 0 },
	{ .4, .253347103135799741 },
	{ .25, .674489750196081743 },
	{ .1, 1.28155156554460044 },
	{ .025, 1.95996398454005421 },
	{ .001, 3.09023230616781354 },
	{ 1e-10, 6.3613409024040562 },
	{ 1e-100, 21.2734535609653243 },
	{ 1e-300, 37.0470962993611992 },
	{ .75, -.674489750196081743 }
};

START_TEST(the_normal_distribution_has_its_known_values)
{
	expect(prof_normal_at(normal[_i].p), normal[_i].z);
	expect(prof_normal_above(normal[_i].z), normal[_i].p);
}
END_TEST

static const struct {
	double x, second;
} gammas[] = {
	{ 1e-6, 1.00000000000164502e12 },
	{ .001, 1.00000164253319583e6 },
	{ .25, 1.71973291545071107e1 },
	{ .5, 4.93480220054467931 },
	{ 1, 1.64493406684822644 },
	{ 1.5, 9.34802200544679309e-1 },
	{ 2, 6.44934066848226436e-1 },
	{ 3.75, 3.05339852690253075e-1 },
	{ 10, 1.05166335681685746e-1 },
	{ 123.456, 8.13294583427819781e-3 },
	{ 1e6, 1.00000050000016667e-6 },
	{ 1e12, 1.0000000000005e-12 }
};

START_TEST(trigamma_has_its_known_values)
{
	expect(prof_trigamma(gammas[_i].x), gammas[_i].second);
	expect(prof_trigamma_inverse(gammas[_i].second), gammas[_i].x);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("special");

	tcase_add_loop_test(tc, the_beta_function_has_its_known_values, 0,
	    sizeof beta / sizeof beta[0]);
	tcase_add_test(tc, parts_of_nothing_and_of_all_are_0_and_1);
	tcase_add_test(tc, both_parts_of_10000_are_1);
	tcase_add_test(tc, neighbours_of_10000_fit_each_other);
	tcase_add_test(tc, tails_of_the_binomial_are_sums);
	tcase_add_test(tc, a_larger_part_is_never_smaller);
	tcase_add_loop_test(tc, tails_of_student_have_their_known_values, 0,
	    sizeof student / sizeof student[0]);
	tcase_add_loop_test(tc, quantiles_of_student_have_their_known_values,
	    0, sizeof quantile / sizeof quantile[0]);
	tcase_add_test(tc, a_quantile_leads_back_to_its_probability);
	tcase_add_loop_test(tc, the_normal_distribution_has_its_known_values,
	    0, sizeof normal / sizeof normal[0]);
	tcase_add_loop_test(tc, trigamma_has_its_known_values, 0,
	    sizeof gammas / sizeof gammas[0]);
	return test_main("special", tc);
}
