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

/* From some samples to some thousand, up to 2 % off; f05 by a factor. */
static void
runs(unsigned n, double by)
{
	int count[N];
	unsigned i;

	for (; n > 0; n--) {
		for (i = 0; i < N; i++)
			count[i] = (int)((40 + 130 * i) *
			    (i == 5 ? by : 1) *
			    (.98 + .04 * test_random_below(&rng, 1000) /
			    1000.));
		/* The divisor of all values is one sample. */
		count[N - 1] |= 1;
		count[N - 2] &= ~1;
		trial_run(&t, count, N);
	}
}

#define NEAR(a, b, part) ck_assert_msg(fabs((a) / (b) - 1) <= (part), \
	"%s is %g, wanted %g", #a, (double)(a), (double)(b))

START_TEST(a_list_gives_more_of_alpha_to_what_is_known_better)
{
	const struct prof_effect *f;
	double sum = 0;
	uint32_t i;

	runs(3, 1);
	runs(3, 1.6);
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	for (i = 1; i <= t.c.d.match.n; i++) {
		f = &t.e.of[PROF_JUDGED_SELF][i];
		ck_assert(f->tested && f->weight > 0 && f->p <= f->q);
		sum += f->weight;
	}
	NEAR(sum, t.c.d.match.n, 1e-9);
	ck_assert_double_gt(trial_self(&t, "f29")->weight, 1);
	ck_assert_double_lt(trial_self(&t, "f00")->weight, 1);
}
END_TEST

/* Else weights would prefer what did not change, or what did. */
START_TEST(a_change_has_no_part_in_its_own_weight)
{
	double before;

	runs(3, 1);
	runs(3, 1.6);
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	before = trial_self(&t, "f05")->weight;
	trial_done(&t);
	setup();
	runs(3, 1.6);
	runs(3, 1);
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	NEAR(trial_self(&t, "f05")->weight, before, .1);
}
END_TEST

START_TEST(a_gate_and_single_runs_weigh_all_alike)
{
	runs(1, 1);
	runs(1, 1);
	ck_assert_int_eq(trial_judge(&t, 1), PROF_OK);
	NEAR(trial_self(&t, "f29")->weight, 1, 1e-15);
	trial_done(&t);
	setup();
	t.rule.both = false;
	runs(3, 1);
	runs(3, 1);
	ck_assert_int_eq(trial_judge(&t, 3), PROF_OK);
	NEAR(trial_self(&t, "f29")->weight, 1, 1e-15);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("all");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc,
	    a_list_gives_more_of_alpha_to_what_is_known_better);
	tcase_add_test(tc, a_change_has_no_part_in_its_own_weight);
	tcase_add_test(tc, a_gate_and_single_runs_weigh_all_alike);
	return compare_main("weights", tc);
}
