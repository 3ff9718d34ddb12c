/* SPDX-License-Identifier: MIT */
#include "libanalysis/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/in.h"
#include "libanalysis/nomem.h"
#include "tests/support.h"

#define STEPS 1000000

static struct prof_err err;

static void
setup(void)
{
	memset(&err, 0, sizeof err);
}

static int
match_bytes(const char *pattern, const char *s, size_t len)
{
	struct prof_pattern *p = prof_pattern_new(pattern, STEPS, &err);
	int rc;

	ck_assert_msg(p != NULL, "%s", err.msg);
	rc = prof_pattern_match(p, s, len, &err);
	prof_pattern_free(p);
	return rc;
}

static int
match(const char *pattern, const char *s)
{
	return match_bytes(pattern, s, strlen(s));
}

static int
match_whole(const char *pattern, const char *s)
{
	struct prof_pattern *p = prof_pattern_new_whole(pattern, STEPS,
	    &err);
	int rc;

	ck_assert_msg(p != NULL, "%s", err.msg);
	rc = prof_pattern_match(p, s, strlen(s), &err);
	prof_pattern_free(p);
	return rc;
}

START_TEST(a_pattern_is_searched_for)
{
	ck_assert_int_eq(match("alloc", "malloc"), 1);
	ck_assert_int_eq(match("^alloc", "malloc"), 0);
	ck_assert_int_eq(match("a.*c$", "malloc"), 1);
	ck_assert_int_eq(match("", "x"), 1);
	ck_assert_int_eq(match("^$", ""), 1);
}
END_TEST

START_TEST(case_matters_unless_lifted)
{
	ck_assert_int_eq(match("Malloc", "malloc"), 0);
	ck_assert_int_eq(match("(?i)Malloc", "malloc"), 1);
}
END_TEST

START_TEST(a_whole_pattern_matches_the_whole_name)
{
	ck_assert_int_eq(match_whole("a|ab", "ab"), 1);
	ck_assert_int_eq(match_whole("a|ab", "abc"), 0);
	ck_assert_int_eq(match_whole("b", "ab"), 0);
	ck_assert_int_eq(match_whole(".*", "x"), 1);
	ck_assert_int_eq(match_whole("a$", "a\n"), 0);
	ck_assert_int_eq(match_whole("", ""), 1);
}
END_TEST

START_TEST(names_are_characters_of_utf_8)
{
	ck_assert_int_eq(match("^.$", "\303\251"), 1);
	ck_assert_int_eq(match("\\x{e9}", "\303\251"), 1);
	ck_assert_int_eq(match("(?i)\303\211", "\303\251"), 1);
}
END_TEST

START_TEST(invalid_bytes_never_match_a_character)
{
	ck_assert_int_eq(match("^a.b$", "a\377b"), 0);
	ck_assert_int_eq(match("b", "a\377b"), 1);
	ck_assert_int_eq(match("a", "a\377b"), 1);
	ck_assert_int_eq(match("^$", "\377"), 0);
}
END_TEST

START_TEST(nul_is_a_character_of_a_name)
{
	ck_assert_int_eq(match_bytes("^a.b$", "a\0b", 3), 1);
	ck_assert_int_eq(match_bytes("b", "a\0b", 3), 1);
}
END_TEST

static void
check_refused(const char *pattern, const char *why)
{
	memset(&err, 0, sizeof err);
	ck_assert_ptr_null(prof_pattern_new(pattern, STEPS, &err));
	ck_assert_int_eq(err.code, PROF_EPATTERN);
	ck_assert_msg(strstr(err.msg, why) != NULL, "%s", err.msg);
}

START_TEST(a_wrong_pattern_is_refused_with_its_place)
{
	check_refused("a(b", "'a(b' is wrong at character 4");
	check_refused("[", "is wrong");
	check_refused("*", "is wrong at character 1");
	check_refused("\377", "is wrong");
	check_refused("a\\", "is wrong");
	ck_assert_ptr_null(prof_pattern_new("(", STEPS, NULL));
	ck_assert_ptr_null(prof_pattern_new_whole("(", STEPS, NULL));
}
END_TEST

START_TEST(callouts_and_bytes_are_refused)
{
	check_refused("a(?C1)b", "callout");
	check_refused("a\\Cb", "is wrong");
}
END_TEST

START_TEST(patterns_beyond_64_kib_are_refused)
{
	char *longer = prof_alloc(65538, 1);
	struct prof_pattern *p;

	memset(longer, 'a', 65537);
	longer[65537] = '\0';
	check_refused(longer, "longer than 64 KiB");
	ck_assert_uint_lt(strlen(err.msg), 100);
	longer[1000] = '\0';
	p = prof_pattern_new(longer, STEPS, &err);
	ck_assert_ptr_nonnull(p);
	prof_pattern_free(p);
	free(longer);
}
END_TEST

START_TEST(deep_and_huge_patterns_are_refused)
{
	char deep[60001];

	memset(deep, '(', 30000);
	memset(deep + 30000, ')', 30000);
	deep[60000] = '\0';
	check_refused(deep, "is wrong");
	check_refused("((((a{999}){999}){999}){999})", "is wrong");
}
END_TEST

START_TEST(a_catastrophic_pattern_is_bounded)
{
	static const char *const some[] = { "(a*)*[bc]$", "(a+)+$",
	    "^(a|aa)+$", "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)x$" };
	char name[5001];
	int rc;

	memset(name, 'a', 5000);
	memcpy(name + 4997, "xb!", 4);
	rc = match(some[_i], name);
	ck_assert(rc == 0 || rc == PROF_EPATTERN);
	if (rc == 0)
		return;
	ck_assert_ptr_nonnull(strstr(err.msg, some[_i]));
	ck_assert_ptr_nonnull(strstr(err.msg, "'aaa"));
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-match"));
	ck_assert_uint_lt(strlen(err.msg), 500);
}
END_TEST

START_TEST(the_number_of_steps_is_the_callers)
{
	struct prof_pattern *p = prof_pattern_new("(a+)+$", 50, &err);

	ck_assert_int_eq(prof_pattern_match(p, "aaaaaaaaaaaa!", 13, &err),
	    PROF_EPATTERN);
	prof_pattern_free(p);
	memset(&err, 0, sizeof err);
	p = prof_pattern_new("(a+)+$", PROF_NO_LIMIT, &err);
	ck_assert_int_eq(prof_pattern_match(p, "aaaaaaaaaaaa!", 13, &err),
	    0);
	prof_pattern_free(p);
}
END_TEST

START_TEST(a_pattern_cannot_lift_its_bounds)
{
	char name[2001];

	memset(name, 'a', 2000);
	name[1999] = '!';
	name[2000] = '\0';
	ck_assert_int_eq(match("(*LIMIT_MATCH=4000000000)(a+)+$", name),
	    PROF_EPATTERN);
}
END_TEST

START_TEST(a_very_long_name_can_be_matched)
{
	size_t len = 10000000;
	char *name = prof_alloc(len, 1);

	memset(name, 'a', len);
	name[len - 1] = 'b';
	ck_assert_int_eq(match_bytes("ab$", name, len), 1);
	ck_assert_int_eq(match_bytes("xyz", name, len), 0);
	free(name);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("pattern");

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, a_pattern_is_searched_for);
	tcase_add_test(tc, case_matters_unless_lifted);
	tcase_add_test(tc, a_whole_pattern_matches_the_whole_name);
	tcase_add_test(tc, names_are_characters_of_utf_8);
	tcase_add_test(tc, invalid_bytes_never_match_a_character);
	tcase_add_test(tc, nul_is_a_character_of_a_name);
	tcase_add_test(tc, a_wrong_pattern_is_refused_with_its_place);
	tcase_add_test(tc, callouts_and_bytes_are_refused);
	tcase_add_test(tc, patterns_beyond_64_kib_are_refused);
	tcase_add_test(tc, deep_and_huge_patterns_are_refused);
	tcase_add_loop_test(tc, a_catastrophic_pattern_is_bounded, 0, 4);
	tcase_add_test(tc, the_number_of_steps_is_the_callers);
	tcase_add_test(tc, a_pattern_cannot_lift_its_bounds);
	tcase_add_test(tc, a_very_long_name_can_be_matched);
	return test_main("pattern", tc);
}
