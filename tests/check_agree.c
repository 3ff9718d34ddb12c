/* SPDX-License-Identifier: MIT */
#include "libanalysis/agree.h"

#include <math.h>

#include "tests/support.h"

#define N 40

static struct prof_agree_item v[N];
static struct prof_agree got;

/* n items of the same variance, about at: their quantiles. */
static size_t
put(size_t i, size_t n, double at, double sd)
{
	size_t k;

	for (k = 0; k < n; k++)
		v[i + k] = (struct prof_agree_item){ at + sd * (2. * (double)k -
		    (double)n + 1) / (double)n, 1, .0025 };
	return i + n;
}

START_TEST(outliers_on_one_side_do_not_pull)
{
	size_t n = put(0, 14, 0, .05);

	n = put(n, 6, .7, .05);
	prof_agree_on(&got, v, n);
	ck_assert_msg(fabs(got.at) < .01, "%g", got.at);
	ck_assert_msg(got.se < .05, "%g", got.se);
}
END_TEST

START_TEST(another_mode_nearly_as_high_is_within_the_error)
{
	size_t n = put(0, 11, 0, .05);

	n = put(n, 9, .7, .05);
	prof_agree_on(&got, v, n);
	ck_assert_msg(fabs(got.at) < .01, "%g", got.at);
	ck_assert_msg(got.se > .3, "%g", got.se);
}
END_TEST

START_TEST(items_that_agree_are_as_sure_as_their_noise)
{
	prof_agree_on(&got, v, put(0, N, 1, .05));
	ck_assert_msg(fabs(got.at - 1) < 1e-9, "%g", got.at);
	ck_assert_msg(got.se > .005 && got.se < .02, "%g", got.se);
}
END_TEST

START_TEST(the_order_of_items_does_not_matter)
{
	struct prof_agree first;
	struct prof_agree_item swap;
	size_t i;

	put(put(0, 30, 0, .2), 10, .5, .1);
	prof_agree_on(&first, v, N);
	for (i = 0; i < N / 2; i++) {
		swap = v[i];
		v[i] = v[N - 1 - i];
		v[N - 1 - i] = swap;
	}
	prof_agree_on(&got, v, N);
	ck_assert(got.at == first.at && got.se == first.se);
}
END_TEST

START_TEST(one_item_is_what_it_says)
{
	put(0, 1, .25, 0);
	prof_agree_on(&got, v, 1);
	ck_assert(got.at == .25);
	ck_assert_msg(got.se > .04 && got.se < .1, "%g", got.se);
	ck_assert(prof_agree_items(v, 1) == 1);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("agree");

	tcase_add_test(tc, outliers_on_one_side_do_not_pull);
	tcase_add_test(tc, another_mode_nearly_as_high_is_within_the_error);
	tcase_add_test(tc, items_that_agree_are_as_sure_as_their_noise);
	tcase_add_test(tc, the_order_of_items_does_not_matter);
	tcase_add_test(tc, one_item_is_what_it_says);
	return test_main("agree", tc);
}
