/* SPDX-License-Identifier: MIT */
#include "libanalysis/err.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tests/support.h"

START_TEST(fail_returns_its_code_and_keeps_the_message)
{
	struct prof_err err = { 0 };

	ck_assert_int_eq(prof_fail(&err, PROF_EIO, "cannot read '%s': %d",
	    "x", 7), PROF_EIO);
	ck_assert_int_eq(err.code, PROF_EIO);
	ck_assert_str_eq(err.msg, "cannot read 'x': 7");
}
END_TEST

START_TEST(the_first_error_wins)
{
	struct prof_err err = { 0 };

	prof_fail(&err, PROF_EFORMAT, "one");
	ck_assert_int_eq(prof_fail(&err, PROF_EIO, "two"), PROF_EIO);
	ck_assert_int_eq(err.code, PROF_EFORMAT);
	ck_assert_str_eq(err.msg, "one");
}
END_TEST

START_TEST(without_a_place_for_it_the_code_is_passed_on)
{
	ck_assert_int_eq(prof_fail(NULL, PROF_ELIMIT, "x"), PROF_ELIMIT);
	prof_err_prefix(NULL, "file");
}
END_TEST

START_TEST(a_prefix_goes_before_the_message)
{
	struct prof_err err = { 0 };

	prof_fail(&err, PROF_EFORMAT, "no count");
	prof_err_prefix(&err, "line %d", 3);
	prof_err_prefix(&err, "a.folded");
	ck_assert_int_eq(err.code, PROF_EFORMAT);
	ck_assert_str_eq(err.msg, "a.folded: line 3: no count");
}
END_TEST

START_TEST(a_prefix_without_an_error_changes_nothing)
{
	struct prof_err err = { 0 };

	prof_err_prefix(&err, "file");
	ck_assert_int_eq(err.code, PROF_OK);
	ck_assert_str_eq(err.msg, "");
}
END_TEST

START_TEST(a_long_message_is_cut_and_terminated)
{
	struct prof_err err = { 0 };
	char longer[2 * PROF_ERR_MAX];

	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	prof_fail(&err, PROF_EFORMAT, "%s", longer);
	ck_assert_uint_eq(strlen(err.msg), PROF_ERR_MAX - 1);
}
END_TEST

START_TEST(a_long_prefix_leaves_room_for_the_message)
{
	struct prof_err err = { 0 };
	char longer[2 * PROF_ERR_MAX];
	int i;

	memset(longer, 'p', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	prof_fail(&err, PROF_EFORMAT, "why");
	prof_err_prefix(&err, "%s", longer);
	ck_assert_ptr_nonnull(strstr(err.msg, "p: why"));
	for (i = 0; i < 5; i++)
		prof_err_prefix(&err, "%s", longer);
	ck_assert_uint_lt(strlen(err.msg), PROF_ERR_MAX);
}
END_TEST

START_TEST(a_true_assertion_goes_on)
{
	PROF_ASSERT(1 + 1 == 2);
}
END_TEST

START_TEST(a_broken_invariant_aborts)
{
	close(STDERR_FILENO);
	PROF_ASSERT(1 + 1 == 3);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("err");

	tcase_add_test(tc, fail_returns_its_code_and_keeps_the_message);
	tcase_add_test(tc, the_first_error_wins);
	tcase_add_test(tc, without_a_place_for_it_the_code_is_passed_on);
	tcase_add_test(tc, a_prefix_goes_before_the_message);
	tcase_add_test(tc, a_prefix_without_an_error_changes_nothing);
	tcase_add_test(tc, a_long_message_is_cut_and_terminated);
	tcase_add_test(tc, a_long_prefix_leaves_room_for_the_message);
	tcase_add_test(tc, a_true_assertion_goes_on);
	tcase_add_test_raise_signal(tc, a_broken_invariant_aborts, SIGABRT);
	return test_main("err", tc);
}
