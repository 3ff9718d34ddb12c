/* SPDX-License-Identifier: MIT */
#include "libanalysis/intern.h"

#include <stdio.h>
#include <string.h>

#include "tests/support.h"

static struct prof_strs t;

static void
setup(void)
{
	memset(&t, 0, sizeof t);
}

static void
teardown(void)
{
	prof_strs_release(&t);
}

START_TEST(the_empty_string_is_always_id_0)
{
	ck_assert_uint_eq(prof_strs_add(&t, "", 0), 0);
	ck_assert_uint_eq(prof_strs_add(&t, NULL, 0), 0);
	ck_assert_uint_eq(prof_strs_find(&t, "", 0), 0);
	ck_assert_str_eq(prof_strs_get(&t, 0), "");
	ck_assert_uint_eq(prof_strs_len(&t, 0), 0);
}
END_TEST

START_TEST(strings_are_numbered_as_they_come)
{
	ck_assert_uint_eq(prof_strs_adds(&t, "b"), 1);
	ck_assert_uint_eq(prof_strs_adds(&t, "a"), 2);
	ck_assert_uint_eq(prof_strs_adds(&t, "b"), 1);
	ck_assert_str_eq(prof_strs_get(&t, 2), "a");
}
END_TEST

START_TEST(nul_bytes_count)
{
	prof_str a = prof_strs_add(&t, "x\0y", 3);
	prof_str b = prof_strs_add(&t, "x\0z", 3);
	prof_str c = prof_strs_add(&t, "x", 1);
	prof_str d = prof_strs_add(&t, "\0", 1);

	ck_assert(a != b && a != c && b != c && d != 0);
	ck_assert_uint_eq(prof_strs_len(&t, a), 3);
	ck_assert_mem_eq(prof_strs_get(&t, a), "x\0y\0", 4);
}
END_TEST

START_TEST(what_is_not_there_is_not_found)
{
	ck_assert_uint_eq(prof_strs_find(&t, "a", 1), UINT32_MAX);
	prof_strs_adds(&t, "ab");
	ck_assert_uint_eq(prof_strs_find(&t, "a", 1), UINT32_MAX);
	ck_assert_uint_eq(prof_strs_find(&t, "ab", 2), 1);
	ck_assert_uint_eq(t.n, 1);
}
END_TEST

START_TEST(bytes_stay_where_they_are)
{
	const char *first;
	char name[16];
	int i;

	first = prof_strs_get(&t, prof_strs_adds(&t, "first"));
	for (i = 0; i < 100000; i++) {
		snprintf(name, sizeof name, "s%d", i);
		prof_strs_adds(&t, name);
	}
	ck_assert_ptr_eq(prof_strs_get(&t, 1), first);
	ck_assert_uint_eq(t.n, 100001);
	for (i = 0; i < 100000; i += 77) {
		snprintf(name, sizeof name, "s%d", i);
		ck_assert_uint_eq(prof_strs_find(&t, name, strlen(name)),
		    (uint32_t)i + 2);
	}
}
END_TEST

START_TEST(the_order_is_that_of_unsigned_bytes)
{
	prof_str a = prof_strs_adds(&t, "a");
	prof_str ab = prof_strs_adds(&t, "ab");
	prof_str nul = prof_strs_add(&t, "a\0", 2);
	prof_str high = prof_strs_adds(&t, "\377");

	ck_assert_int_eq(prof_strs_cmp(&t, a, a), 0);
	ck_assert_int_lt(prof_strs_cmp(&t, a, ab), 0);
	ck_assert_int_gt(prof_strs_cmp(&t, ab, a), 0);
	ck_assert_int_lt(prof_strs_cmp(&t, a, nul), 0);
	ck_assert_int_lt(prof_strs_cmp(&t, nul, ab), 0);
	ck_assert_int_gt(prof_strs_cmp(&t, high, ab), 0);
	ck_assert_int_lt(prof_strs_cmp(&t, 0, a), 0);
	ck_assert_int_eq(prof_bytes_cmp(NULL, 0, NULL, 0), 0);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("intern");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_empty_string_is_always_id_0);
	tcase_add_test(tc, strings_are_numbered_as_they_come);
	tcase_add_test(tc, nul_bytes_count);
	tcase_add_test(tc, what_is_not_there_is_not_found);
	tcase_add_test(tc, bytes_stay_where_they_are);
	tcase_add_test(tc, the_order_is_that_of_unsigned_bytes);
	return test_main("intern", tc);
}
