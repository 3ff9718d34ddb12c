/* SPDX-License-Identifier: MIT */
#include "libanalysis/evidence.h"

#include "tests/random.h"
#include "tests/trial.h"

#define N 30		/* functions of a run */

static struct trial t;
static struct test_random rng;

static void
setup(void)
{
	trial_start(&t);
	rng.state = 1;
}

static void
teardown(void)
{
	trial_done(&t);
}

/* Sizes from some hundred samples to some thousand, up to 2 % off. */
static void
invent(int *count, double scale)
{
	unsigned i;

	for (i = 0; i < N; i++)
		count[i] = (int)(scale * (400 + 130 * i) *
		    (.98 + .04 * test_random_below(&rng, 1000) / 1000.));
	/* The divisor of all values is one sample. */
	count[N - 1] |= 1;
	count[N - 2] &= ~1;
}

static void
runs(unsigned n, double scale, unsigned change, double by)
{
	int count[N];

	for (; n > 0; n--) {
		invent(count, scale);
		if (change < N)
			count[change] = (int)(count[change] * by);
		trial_run(&t, count, N);
	}
}

#define NEAR(a, b, part) ck_assert_msg(fabs((a) / (b) - 1) <= (part), \
	"%s is %g, wanted %g", #a, (double)(a), (double)(b))

START_TEST(a_change_is_told_from_the_factor_of_everything)
{
	const struct prof_effect *f;

	runs(1, 1, N, 1);
	runs(1, 1.25, 7, 3);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert_int_eq(t.e.basis[PROF_JUDGED_SELF], PROF_BASIS_SINGLE);
	ck_assert_int_eq(t.e.model[PROF_JUDGED_SELF], PROF_MODEL_SAMPLED);
	ck_assert(t.e.global);
	NEAR(t.e.factor.ratio, 1.25, .02);
	f = trial_self(&t, "f07");
	NEAR(f->ratio, 3, .05);
	NEAR(f->now / f->base, 3.75, .05);
	ck_assert(f->found && f->tested && f->p <= f->q && f->q < .05);
	ck_assert(f->low > 1.5 && f->low < f->ratio && f->ratio < f->high);
	ck_assert_uint_eq(trial_found(&t, PROF_JUDGED_SELF), 1);
	ck_assert_uint_eq(t.e.family[PROF_JUDGED_SELF], N);
}
END_TEST

START_TEST(unchanged_code_shows_nothing_and_says_what_it_would_show)
{
	uint32_t i;
	const struct prof_effect *f;

	runs(1, 1, N, 1);
	runs(1, 1, N, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	for (i = 1; i <= t.c.d.match.n; i++) {
		f = &t.e.of[PROF_JUDGED_SELF][i];
		ck_assert(!f->found && f->low < 1 && f->high > 1);
		ck_assert(f->mdr > f->ratio && f->mdr < 3);
	}
	ck_assert(trial_self(&t, "f00")->mdr > trial_self(&t, "f29")->mdr);
	ck_assert(t.e.expected > .01 && t.e.expected < .2);
}
END_TEST

START_TEST(what_would_be_found_is_found)
{
	double mdr;

	runs(1, 1, N, 1);
	runs(1, 1, N, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	mdr = trial_self(&t, "f03")->mdr;
	trial_done(&t);
	setup();
	runs(1, 1, N, 1);
	runs(1, 1, 3, mdr);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(trial_self(&t, "f03")->found);
}
END_TEST

START_TEST(several_runs_are_replicates)
{
	const struct prof_effect *f;

	runs(3, 1, N, 1);
	runs(3, 1, 5, 1.6);
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	ck_assert_int_eq(t.e.basis[PROF_JUDGED_SELF], PROF_BASIS_RUNS);
	ck_assert(isnan(t.e.expected));
	f = trial_self(&t, "f05");
	ck_assert(f->found && f->apart);
	NEAR(f->ratio, 1.6, .05);
	ck_assert(f->low > 1 && f->high < 2.5);
	ck_assert(!trial_self(&t, "f06")->apart);
	ck_assert_uint_le(trial_found(&t, PROF_JUDGED_SELF), 2);
	/* Total times of runs that differ little have near limits. */
	ck_assert(t.e.total[1] < t.e.total[0] && t.e.total[0] <
	    t.e.total[2] && t.e.total[2] < 1.1);
}
END_TEST

START_TEST(two_runs_a_side_are_never_apart)
{
	runs(2, 1, N, 1);
	runs(2, 1, 5, 4);
	ck_assert_int_eq(trial_judge(&t, 2), PROF_OK);
	ck_assert(trial_self(&t, "f05")->found);
	ck_assert(!trial_self(&t, "f05")->apart);
}
END_TEST

/* But for the last bits of sums. */
START_TEST(the_order_of_runs_does_not_matter)
{
	static const unsigned other[6] = { 2, 0, 1, 5, 3, 4 };
	int count[6][N];
	struct prof_effect first[N];
	const struct prof_effect *f;
	unsigned r, i;
	char name[8];

	for (r = 0; r < 6; r++)
		invent(count[r], 1 + r / 10.);
	for (r = 0; r < 6; r++)
		trial_run(&t, count[r], N);
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	for (i = 0; i < N; i++) {
		snprintf(name, sizeof name, "f%02u", i);
		first[i] = *trial_self(&t, name);
	}
	trial_done(&t);
	trial_start(&t);
	for (r = 0; r < 6; r++)
		trial_run(&t, count[other[r]], N);
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	for (i = 0; i < N; i++) {
		snprintf(name, sizeof name, "f%02u", i);
		f = trial_self(&t, name);
		NEAR(f->ratio, first[i].ratio, 1e-9);
		NEAR(f->low, first[i].low, 1e-9);
		NEAR(f->q, first[i].q, 1e-9);
		NEAR(f->mdr, first[i].mdr, 1e-9);
		ck_assert_int_eq(f->found, first[i].found);
	}
}
END_TEST

START_TEST(new_has_a_lower_limit_only_and_gone_an_upper_one)
{
	int count[N];
	const struct prof_effect *f;

	invent(count, 1);
	count[4] = 0;
	trial_run(&t, count, N);
	invent(count, 1);
	count[9] = 0;
	trial_run(&t, count, N);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	f = trial_self(&t, "f04");
	ck_assert(f->found && isinf(f->ratio) && isinf(f->high));
	ck_assert(f->low > 10 && f->low < INFINITY);
	ck_assert(isnan(f->mdr));
	f = trial_self(&t, "f09");
	ck_assert(f->found && f->high > 0 && f->high < .1);
	ck_assert(!(f->ratio > 0) && !(f->low > 0));
}
END_TEST

START_TEST(new_in_all_runs_of_one_side_is_found)
{
	int count[N];
	unsigned r;

	for (r = 0; r < 6; r++) {
		invent(count, 1);
		if (r < 3)
			count[4] = 0;
		trial_run(&t, count, N);
	}
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	ck_assert(trial_self(&t, "f04")->found);
	ck_assert(isinf(trial_self(&t, "f04")->ratio));
}
END_TEST

START_TEST(a_few_samples_are_no_member_of_the_family)
{
	int count[N];

	invent(count, 1);
	count[2] = 1;
	trial_run(&t, count, N);
	invent(count, 1);
	count[2] = 6;
	trial_run(&t, count, N);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(!trial_self(&t, "f02")->tested);
	ck_assert(isnan(trial_self(&t, "f02")->p));
	ck_assert(trial_self(&t, "f02")->mdr > 10);
	ck_assert_uint_eq(t.e.family[PROF_JUDGED_SELF], N - 1);
}
END_TEST

START_TEST(small_shares_and_values_are_no_members_either)
{
	t.rule.min_share = (struct prof_fraction){ 1, 40 };
	runs(1, 1, N, 1);
	runs(1, 1, N, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(!trial_self(&t, "f00")->tested);
	ck_assert(trial_self(&t, "f29")->tested);
	trial_done(&t);
	setup();
	t.rule.min_value = 1000. * TRIAL_MS;
	runs(1, 1, N, 1);
	runs(1, 1, N, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(!trial_self(&t, "f00")->tested);
	ck_assert(trial_self(&t, "f29")->tested);
}
END_TEST

START_TEST(times_of_calls_count_from_a_millisecond)
{
	static const int64_t base[3][2] = { { 9, 999999 }, { 9, 1000000 },
	    { 9, 300000000 } };
	static const int64_t more[3][2] = { { 9, 999999 }, { 9, 999999 },
	    { 9, 310000000 } };

	trial_timed(&t, base, 3);
	trial_timed(&t, more, 3);
	t.rule.phi = .01;
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(t.e.rule.min_value == 1e6);
	ck_assert(!trial_self(&t, "f00")->tested);
	ck_assert(trial_self(&t, "f01")->tested);
	trial_done(&t);
	setup();
	trial_timed(&t, base, 3);
	trial_timed(&t, more, 3);
	t.rule.phi = .01;
	t.rule.min_value = 0;
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(trial_self(&t, "f00")->tested);
	trial_done(&t);
	setup();
	runs(1, 1, N, 1);
	runs(1, 1, N, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(t.e.rule.min_value == 0);
}
END_TEST

START_TEST(one_sided_tests_take_half_the_p)
{
	double two;

	runs(3, 1, N, 1);
	runs(3, 1, 7, 1.3);
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	two = trial_self(&t, "f07")->p;
	trial_done(&t);
	setup();
	t.rule.both = false;
	runs(3, 1, N, 1);
	runs(3, 1, 7, 1.3);
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	NEAR(two, 2 * trial_self(&t, "f07")->p, 1e-12);
}
END_TEST

/* Of Benjamini and Hochberg: the part of the family that is as small. */
START_TEST(q_is_what_the_family_makes_of_p)
{
	const struct prof_effect *f, *g;
	size_t rank, k, m;
	double least, q;
	uint32_t i, j;

	runs(1, 1, N, 1);
	runs(1, 1, 7, 1.2);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	m = t.e.family[PROF_JUDGED_SELF];
	for (i = 1; i <= t.c.d.match.n; i++) {
		f = &t.e.of[PROF_JUDGED_SELF][i];
		least = 1;
		for (j = 1; j <= t.c.d.match.n; j++) {
			g = &t.e.of[PROF_JUDGED_SELF][j];
			if (g->p < f->p)
				continue;
			for (rank = 0, k = 1; k <= t.c.d.match.n; k++)
				rank += t.e.of[0][k].p <= g->p;
			q = g->p * (double)m / (double)rank;
			least = q < least ? q : least;
		}
		NEAR(f->q, least, 1e-9);
	}
}
END_TEST

START_TEST(negative_values_are_not_tested)
{
	compare_add(&t.c, "a", "f -5000000\ng 9000000\nh 100000000\n");
	compare_add(&t.c, "b", "f 5000000\ng 90000000\nh 100000000\n");
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(!trial_self(&t, "f")->tested && isnan(trial_self(&t,
	    "f")->ratio) && isnan(trial_self(&t, "f")->low));
	ck_assert(!trial_self(&t, "f")->found);
}
END_TEST

START_TEST(times_without_samples_have_no_basis)
{
	compare_add(&t.c, "a", "f 50000001\ng 90000007\n");
	compare_add(&t.c, "b", "f 90000001\ng 90000009\n");
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert_int_eq(t.e.basis[PROF_JUDGED_SELF], PROF_BASIS_NONE);
	ck_assert_int_eq(t.e.model[PROF_JUDGED_SELF], PROF_MODEL_TIMED);
	ck_assert_ptr_nonnull(t.e.reason);
	ck_assert(!trial_self(&t, "f")->found && isnan(trial_self(&t,
	    "f")->p) && isnan(trial_self(&t, "f")->mdr));
	ck_assert_uint_eq(t.e.family[PROF_JUDGED_SELF], 0);
	ck_assert(isnan(t.e.phi) && isnan(t.e.tau) && isnan(t.e.d0));
}
END_TEST

START_TEST(noise_that_is_given_is_a_basis)
{
	t.rule.phi = .05 * .05;
	t.rule.scaling = PROF_SCALING_NONE;
	compare_add(&t.c, "a", "f 50000001\ng 90000007\n");
	compare_add(&t.c, "b", "f 90000001\ng 91000009\n");
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert_int_eq(t.e.basis[PROF_JUDGED_SELF], PROF_BASIS_SINGLE);
	/* ln 1.8 is 8.3 standard deviations of a difference of 5 % twice. */
	ck_assert(trial_self(&t, "f")->found);
	NEAR(trial_self(&t, "f")->low, 1.8 * exp(-1.959964 * .05 *
	    sqrt(2)), 1e-5);
	ck_assert(!trial_self(&t, "g")->found);
}
END_TEST

START_TEST(without_noise_any_change_is_found)
{
	t.rule.phi = 0;
	t.rule.scaling = PROF_SCALING_NONE;
	compare_add(&t.c, "a", "f 50000001\ng 90000007\n");
	compare_add(&t.c, "b", "f 50004001\ng 90000007\n");
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(trial_self(&t, "f")->found);
	NEAR(trial_self(&t, "f")->low, 50004001. / 50000001, 1e-5);
	ck_assert(!trial_self(&t, "g")->found);
}
END_TEST

/* --- calls ---------------------------------------------------------------- */

static int64_t numbers[N][2];

/* 100 + i calls of 10 us and some, up to 2 % off. */
static void
invent_timed(void)
{
	unsigned i;

	for (i = 0; i < N; i++) {
		numbers[i][0] = 100 + i;
		numbers[i][1] = numbers[i][0] * (10000 + 9 *
		    (int64_t)i) * (980 + test_random_below(&rng, 40)) / 1000;
	}
}

START_TEST(calls_are_exact_and_times_are_judged_by_other_functions)
{
	const struct prof_effect *f;

	invent_timed();
	trial_timed(&t, (const int64_t (*)[2])numbers, N);
	invent_timed();
	numbers[3][0] *= 2;
	numbers[3][1] *= 2;
	numbers[4][1] *= 3;
	trial_timed(&t, (const int64_t (*)[2])numbers, N);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert_int_eq(t.e.basis[PROF_JUDGED_CALLS], PROF_BASIS_EXACT);
	ck_assert_int_eq(t.e.basis[PROF_JUDGED_SELF], PROF_BASIS_CROSS);
	f = trial_effect(&t, PROF_JUDGED_CALLS, "f03");
	ck_assert(f->found && isnan(f->p));
	NEAR(f->ratio, 2, 1e-12);
	NEAR(f->low, 2, 1e-12);
	ck_assert_uint_eq(trial_found(&t, PROF_JUDGED_CALLS), 1);
	/* Twice the calls make twice the time, so it is proved, too. */
	NEAR(trial_self(&t, "f03")->ratio, 2, .05);
	ck_assert(trial_self(&t, "f03")->p < .01);
	f = trial_effect(&t, PROF_JUDGED_PER_CALL, "f03");
	NEAR(f->ratio, 1, .05);
	ck_assert(!f->found);
	f = trial_effect(&t, PROF_JUDGED_PER_CALL, "f04");
	NEAR(f->ratio, 3, .05);
	ck_assert(f->p < .01);
}
END_TEST

START_TEST(calls_that_vary_from_run_to_run_are_judged_by_runs)
{
	unsigned r;

	for (r = 0; r < 6; r++) {
		invent_timed();
		numbers[5][0] += test_random_below(&rng, 9);
		if (r >= 3)
			numbers[6][0]++;
		trial_timed(&t, (const int64_t (*)[2])numbers, N);
	}
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	ck_assert_int_eq(t.e.model[PROF_JUDGED_CALLS], PROF_MODEL_TIMED);
	ck_assert_int_eq(t.e.basis[PROF_JUDGED_CALLS], PROF_BASIS_RUNS);
	ck_assert_ptr_nonnull(strstr(t.e.reason, "differ"));
	ck_assert(!trial_effect(&t, PROF_JUDGED_CALLS, "f05")->found);
	ck_assert(trial_effect(&t, PROF_JUDGED_CALLS, "f06")->found);
}
END_TEST

/* Runs a side; new does 11 operations where base did 7, and the same for
 * each. */
static void
invent_work(unsigned n)
{
	unsigned r, i;

	for (r = 0; r < 2 * n; r++) {
		invent_timed();
		for (i = 0; i < N; i++) {
			numbers[i][0] *= r < n ? 7 : 11;
			numbers[i][1] *= r < n ? 7 : 11;
			numbers[i][0] += r % n * (r < n ? 7 : 11);
		}
		numbers[4][1] *= r < n ? 1 : 3;
		trial_timed(&t, (const int64_t (*)[2])numbers, N);
	}
	t.work[0] = 7;
	t.work[1] = 11;
}

START_TEST(calls_follow_the_work_and_times_of_calls_do_not)
{
	const struct prof_effect *f;
	const struct prof_flat *flat;
	unsigned n;

	for (n = 1; n <= 3; n += 2) {
		invent_work(n);
		ck_assert_int_eq(trial_judge(&t, n), PROF_OK);
		ck_assert_uint_eq(trial_found(&t, PROF_JUDGED_CALLS), 0);
		f = trial_effect(&t, PROF_JUDGED_CALLS, "f04");
		NEAR(f->ratio, 1, 1e-12);
		flat = t.c.run[n].flat;
		if (n == 1)
			NEAR(f->now, (double)flat->calls[5], 1e-12);
		f = trial_effect(&t, PROF_JUDGED_PER_CALL, "f03");
		NEAR(f->ratio, 1, .05);
		ck_assert(!f->found);
		f = trial_effect(&t, PROF_JUDGED_PER_CALL, "f04");
		NEAR(f->ratio, 3, .05);
		ck_assert(f->found);
		NEAR(trial_self(&t, "f03")->ratio, 1, .05);
		ck_assert_uint_eq(trial_found(&t, PROF_JUDGED_SELF), 1);
		teardown();
		setup();
	}
}
END_TEST

START_TEST(a_function_that_only_one_side_calls_is_found)
{
	invent_timed();
	trial_timed(&t, (const int64_t (*)[2])numbers, N - 1);
	trial_timed(&t, (const int64_t (*)[2])numbers, N);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(trial_self(&t, "f29")->found);
	ck_assert(isnan(trial_self(&t, "f29")->p));
	ck_assert_uint_eq(trial_found(&t, PROF_JUDGED_SELF), 1);
}
END_TEST

START_TEST(times_that_are_new_have_no_limits)
{
	const struct prof_effect *f;
	unsigned r;

	for (r = 0; r < 6; r++) {
		invent_timed();
		trial_timed(&t, (const int64_t (*)[2])numbers, r < 3 ? N - 1 :
		    N);
	}
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	ck_assert_int_eq(t.e.basis[PROF_JUDGED_SELF], PROF_BASIS_RUNS);
	f = trial_self(&t, "f29");
	ck_assert(f->found && isinf(f->ratio));
	ck_assert(isnan(f->low) && isnan(f->high));
}
END_TEST

START_TEST(what_rounding_explains_is_not_found)
{
	unsigned r;

	for (r = 0; r < 2; r++) {
		invent_timed();
		if (r == 1)
			numbers[4][1] *= 3;
		trial_timed(&t, (const int64_t (*)[2])numbers, N);
		t.c.p[r].edges.error[2] = t.c.p[r].edges.error[3] = 600000;
	}
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(trial_self(&t, "f04")->p < .01);
	ck_assert(!trial_self(&t, "f04")->found);
}
END_TEST

/* --- factors -------------------------------------------------------------- */

START_TEST(a_few_functions_tell_no_factor)
{
	const int base[3] = { 100, 301, 1000 }, newer[3] = { 104, 299, 2401 };

	trial_run(&t, base, 3);
	trial_run(&t, newer, 3);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert(!t.e.global);
	NEAR(t.e.factor.ratio, 1, 0);
	ck_assert(isnan(t.e.factor.low));
	NEAR(t.e.total[0], 2804 / 1401., 1e-12);
	NEAR(trial_self(&t, "f00")->ratio, 1.04, 1e-12);
	ck_assert(trial_self(&t, "f02")->found);
}
END_TEST

START_TEST(sizes_that_are_given_divide)
{
	const double size[2] = { 10, 20 };

	t.rule.scaling = PROF_SCALING_GIVEN;
	t.rule.size = size;
	runs(1, 1, N, 1);
	runs(1, 2, N, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	NEAR(t.e.factor.ratio, 2, 1e-12);
	ck_assert(!t.e.global);
	NEAR(trial_self(&t, "f07")->ratio, 1, .05);
	ck_assert_uint_eq(trial_found(&t, PROF_JUDGED_SELF), 0);
}
END_TEST

START_TEST(what_a_given_size_leaves_in_all_is_no_noise)
{
	const double size[2] = { 10, 80 };

	t.rule.scaling = PROF_SCALING_GIVEN;
	t.rule.size = size;
	runs(1, 1, N, 1);
	runs(1, 2, N, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	NEAR(t.e.common.ratio, .25, .02);
	ck_assert(t.e.phi < .01);
	/* So that it is found. */
	ck_assert_uint_gt(trial_found(&t, PROF_JUDGED_SELF), 0);
}
END_TEST

START_TEST(a_size_of_nothing_is_an_error_that_names_the_run)
{
	const double size[2] = { 10, 0 };

	t.rule.scaling = PROF_SCALING_GIVEN;
	t.rule.size = size;
	runs(2, 1, N, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_EMISMATCH);
	ck_assert_ptr_nonnull(strstr(t.err.msg, "'run' has no size"));
}
END_TEST

START_TEST(by_totals_shares_are_compared)
{
	t.rule.scaling = PROF_SCALING_TOTAL;
	runs(1, 1, N, 1);
	runs(1, 3, N, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	NEAR(t.e.factor.ratio, t.e.total[0], 1e-12);
	ck_assert_uint_eq(trial_found(&t, PROF_JUDGED_SELF), 0);
}
END_TEST

/* --- allocations ---------------------------------------------------------- */

/* Go's columns, at a rate of 1: every allocation was recorded. */
static void
heap(const char *text)
{
	struct prof_profile *p = &t.c.p[t.c.n];

	compare_type(&t.c, "alloc_space", "bytes");
	compare_type(&t.c, "alloc_objects", "count");
	p->meta.period = 1;
	p->meta.period_type = prof_strs_adds(&p->strs, "space");
	p->meta.default_type = p->type[0].type;
	compare_samples(&t.c, "run", text);
}

START_TEST(what_is_recorded_whole_is_exact)
{
	heap("f 1000\ng 5000\nh 800\n");
	heap("f 1001\ng 5000\ni 1\n");
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	ck_assert_int_eq(t.e.basis[PROF_JUDGED_SELF], PROF_BASIS_EXACT);
	ck_assert_int_eq(t.e.scaling, PROF_SCALING_NONE);
	ck_assert(trial_self(&t, "f")->found);
	NEAR(trial_self(&t, "f")->high, 1.001, 1e-12);
	ck_assert(!trial_self(&t, "g")->found);
	ck_assert(trial_self(&t, "h")->found && trial_self(&t, "i")->found);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("evidence");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_change_is_told_from_the_factor_of_everything);
	tcase_add_test(tc,
	    unchanged_code_shows_nothing_and_says_what_it_would_show);
	tcase_add_test(tc, what_would_be_found_is_found);
	tcase_add_test(tc, several_runs_are_replicates);
	tcase_add_test(tc, two_runs_a_side_are_never_apart);
	tcase_add_test(tc, the_order_of_runs_does_not_matter);
	tcase_add_test(tc, new_has_a_lower_limit_only_and_gone_an_upper_one);
	tcase_add_test(tc, new_in_all_runs_of_one_side_is_found);
	tcase_add_test(tc, a_few_samples_are_no_member_of_the_family);
	tcase_add_test(tc, small_shares_and_values_are_no_members_either);
	tcase_add_test(tc, times_of_calls_count_from_a_millisecond);
	tcase_add_test(tc, one_sided_tests_take_half_the_p);
	tcase_add_test(tc, q_is_what_the_family_makes_of_p);
	tcase_add_test(tc, negative_values_are_not_tested);
	tcase_add_test(tc, times_without_samples_have_no_basis);
	tcase_add_test(tc, noise_that_is_given_is_a_basis);
	tcase_add_test(tc, without_noise_any_change_is_found);
	tcase_add_test(tc,
	    calls_are_exact_and_times_are_judged_by_other_functions);
	tcase_add_test(tc,
	    calls_that_vary_from_run_to_run_are_judged_by_runs);
	tcase_add_test(tc, calls_follow_the_work_and_times_of_calls_do_not);
	tcase_add_test(tc, a_function_that_only_one_side_calls_is_found);
	tcase_add_test(tc, times_that_are_new_have_no_limits);
	tcase_add_test(tc, what_rounding_explains_is_not_found);
	tcase_add_test(tc, a_few_functions_tell_no_factor);
	tcase_add_test(tc, sizes_that_are_given_divide);
	tcase_add_test(tc, what_a_given_size_leaves_in_all_is_no_noise);
	tcase_add_test(tc, a_size_of_nothing_is_an_error_that_names_the_run);
	tcase_add_test(tc, by_totals_shares_are_compared);
	tcase_add_test(tc, what_is_recorded_whole_is_exact);
	return compare_main("evidence", tc);
}
