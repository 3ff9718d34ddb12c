/* SPDX-License-Identifier: MIT */
#include "libanalysis/sort.h"

#include <stdlib.h>

#include "libanalysis/nomem.h"
#include "tests/random.h"
#include "tests/support.h"

static unsigned long compared;

/* By the first of the two numbers an id stands for. */
static int
cmp_tens(const void *ctx, uint32_t a, uint32_t b)
{
	const uint32_t *value = ctx;

	compared++;
	return (value[a] / 10 > value[b] / 10) -
	    (value[a] / 10 < value[b] / 10);
}

static int
cmp_down(const void *ctx, uint32_t a, uint32_t b)
{
	(void)ctx;
	return (a < b) - (a > b);
}

static int
cmp_equal(const void *ctx, uint32_t a, uint32_t b)
{
	(void)ctx;
	(void)a;
	(void)b;
	return 0;
}

static uint32_t *
first_ids(size_t n)
{
	uint32_t *ids = prof_alloc(n, sizeof *ids);
	size_t i;

	for (i = 0; i < n; i++)
		ids[i] = (uint32_t)i;
	return ids;
}

START_TEST(no_ids_and_one_id_are_sorted)
{
	uint32_t id = 7;
	uint64_t key[8] = { 0 };

	prof_sort_ids(NULL, 0, cmp_down, NULL);
	prof_sort_ids(&id, 1, cmp_down, NULL);
	prof_sort_keys(NULL, 0, key, cmp_down, NULL);
	prof_sort_keys(&id, 1, key, cmp_down, NULL);
	ck_assert_uint_eq(id, 7);
}
END_TEST

/* Around the lengths of the runs that are merged, every size. */
START_TEST(every_small_number_of_ids_is_sorted)
{
	uint32_t *ids;
	size_t n, i;

	for (n = 0; n <= 140; n++) {
		ids = first_ids(n);
		prof_sort_ids(ids, n, cmp_down, NULL);
		for (i = 0; i < n; i++)
			ck_assert_uint_eq(ids[i], n - 1 - i);
		free(ids);
	}
}
END_TEST

static void
check_stable(size_t n, uint32_t range)
{
	struct test_random r = { 1 };
	uint32_t *value = prof_alloc(n, sizeof *value);
	uint32_t *ids = first_ids(n);
	size_t i;

	for (i = 0; i < n; i++)
		value[i] = test_random_below(&r, range);
	prof_sort_ids(ids, n, cmp_tens, value);
	for (i = 1; i < n; i++)
		if (value[ids[i - 1]] / 10 > value[ids[i]] / 10 ||
		    (value[ids[i - 1]] / 10 == value[ids[i]] / 10 &&
		    ids[i - 1] >= ids[i]))
			ck_abort_msg("place %zu of %zu", i, n);
	free(value);
	free(ids);
}

START_TEST(equal_ids_keep_their_order)
{
	check_stable(5, 20);
	check_stable(1000, 50);
	check_stable(100000, 1000);
	check_stable(100000, UINT32_MAX);
}
END_TEST

START_TEST(all_equal_ids_stay_as_they_are)
{
	uint32_t *ids = first_ids(1000), i;

	prof_sort_ids(ids, 1000, cmp_equal, NULL);
	for (i = 0; i < 1000; i++)
		ck_assert_uint_eq(ids[i], i);
	free(ids);
}
END_TEST

START_TEST(the_worst_order_costs_n_log_n)
{
	size_t n = 65536, i;
	uint32_t *value = prof_alloc(n, sizeof *value);
	uint32_t *ids = first_ids(n);

	for (i = 0; i < n; i++)
		value[i] = (uint32_t)(10 * (n - i));
	compared = 0;
	prof_sort_ids(ids, n, cmp_tens, value);
	ck_assert_uint_lt(compared, 20 * n);
	ck_assert_uint_eq(ids[0], n - 1);
	free(value);
	free(ids);
}
END_TEST

static void
check_keys(size_t n, uint64_t mask, unsigned shift)
{
	struct test_random r = { 3 };
	uint64_t *key = prof_alloc(n, sizeof *key);
	uint32_t *ids = first_ids(n);
	size_t i;

	for (i = 0; i < n; i++)
		key[i] = (test_random_next(&r) & mask) << shift;
	prof_sort_keys(ids, n, key, cmp_down, NULL);
	for (i = 1; i < n; i++)
		if (key[ids[i - 1]] > key[ids[i]] ||
		    (key[ids[i - 1]] == key[ids[i]] && ids[i - 1] <= ids[i]))
			ck_abort_msg("place %zu of %zu", i, n);
	free(key);
	free(ids);
}

START_TEST(keys_sort_first_and_the_comparison_decides_ties)
{
	check_keys(2, 1, 0);
	check_keys(1000, 3, 0);
	check_keys(1000, 3, 62);
	check_keys(1000, 0, 0);
	check_keys(100000, UINT64_MAX, 0);
	check_keys(100000, 0xff, 28);
}
END_TEST

START_TEST(without_a_comparison_ties_keep_their_order)
{
	uint64_t key[20];
	uint32_t ids[20], i;

	for (i = 0; i < 20; i++) {
		key[i] = UINT64_MAX - i % 2;
		ids[i] = i;
	}
	prof_sort_keys(ids, 20, key, NULL, NULL);
	for (i = 0; i < 10; i++) {
		ck_assert_uint_eq(ids[i], 2 * i + 1);
		ck_assert_uint_eq(ids[10 + i], 2 * i);
	}
}
END_TEST

START_TEST(ids_may_be_sparse)
{
	uint64_t key[101] = { [3] = 9, [50] = 1, [100] = 5 };
	uint32_t ids[] = { 3, 50, 100 };

	prof_sort_keys(ids, 3, key, NULL, NULL);
	ck_assert_uint_eq(ids[0], 50);
	ck_assert_uint_eq(ids[1], 100);
	ck_assert_uint_eq(ids[2], 3);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("sort");

	tcase_add_test(tc, no_ids_and_one_id_are_sorted);
	tcase_add_test(tc, every_small_number_of_ids_is_sorted);
	tcase_add_test(tc, equal_ids_keep_their_order);
	tcase_add_test(tc, all_equal_ids_stay_as_they_are);
	tcase_add_test(tc, the_worst_order_costs_n_log_n);
	tcase_add_test(tc, keys_sort_first_and_the_comparison_decides_ties);
	tcase_add_test(tc, without_a_comparison_ties_keep_their_order);
	tcase_add_test(tc, ids_may_be_sparse);
	return test_main("sort", tc);
}
