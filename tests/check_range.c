/* SPDX-License-Identifier: MIT */
#include "libanalysis/range.h"

#include <string.h>

#include "tests/support.h"

static struct prof_err err;
static struct prof_range r;

static void
setup(void)
{
	memset(&err, 0, sizeof err);
}

static int
parse(const char *s)
{
	memset(&err, 0, sizeof err);
	return prof_range_parse(s, &r, &err);
}

/* Whether v of a unit (NULL: none) lies in range s. */
static bool
in(const char *s, int64_t v, const char *unit)
{
	int rc = parse(s);

	ck_assert_msg(rc == 1, "%s: %d %s", s, rc, err.msg);
	return prof_range_holds(&r, v, unit != NULL ? prof_unit_find(unit,
	    strlen(unit)) : NULL);
}

START_TEST(ends_are_included)
{
	ck_assert(in("2:4", 2, NULL) && in("2:4", 4, NULL));
	ck_assert(!in("2:4", 1, NULL) && !in("2:4", 5, NULL));
	ck_assert(in("2:", 2, NULL) && in("2:", INT64_MAX, NULL));
	ck_assert(!in("2:", 1, NULL));
	ck_assert(in(":2", 2, NULL) && in(":2", INT64_MIN, NULL));
	ck_assert(!in(":2", 3, NULL));
	ck_assert(in("3", 3, NULL) && !in("3", 2, NULL) &&
	    !in("3", 4, NULL));
}
END_TEST

START_TEST(a_sign_may_stand_before_each_end)
{
	ck_assert(in("-3:+2", -3, NULL) && in("-3:+2", 2, NULL));
	ck_assert(!in("-3:+2", -4, NULL) && !in("-3:+2", 3, NULL));
	ck_assert(in("-5ms", -5000, "us") && !in("-5ms", 5000, "us"));
	ck_assert(in("+400kb:", 400 << 10, "bytes"));
}
END_TEST

START_TEST(units_are_converted)
{
	ck_assert(in("12kb:64mb", 12 << 10, "bytes"));
	ck_assert(!in("12kb:64mb", (12 << 10) - 1, "bytes"));
	ck_assert(in("12kb:64mb", 64, "MiB") && !in("12kb:64mb", 65, "MiB"));
	ck_assert(in("1h:", 60, "minutes") && !in("1h:", 59, "minutes"));
	ck_assert(in("1500us", 1500000, "nanoseconds"));
	ck_assert(in("3\302\265s", 3, "us"));
}
END_TEST

START_TEST(decimals_are_exact)
{
	ck_assert(in("1.5mb", 3 << 19, "bytes"));
	ck_assert(!in("1.5mb", (3 << 19) + 1, "bytes"));
	ck_assert(in("0.000000001s", 1, "ns"));
	ck_assert(in("1.5:", 2, "ns") && !in("1.5:", 1, "ns"));
	ck_assert(in(":1.5", 1, "ns") && !in(":1.5", 2, "ns"));
	ck_assert(in("-1.5:", -1, "ns") && !in("-1.5:", -2, "ns"));
	ck_assert(in(":-1.5", -2, "ns") && !in(":-1.5", -1, "ns"));
	ck_assert(!in("1.5ns", 1, "ns") && !in("1.5ns", 2, "ns"));
	ck_assert(in("0.1s", 100, "ms") && in("0.3s:0.3s", 300, "ms"));
}
END_TEST

START_TEST(without_a_unit_the_base_unit_is_meant)
{
	ck_assert(in("5000000", 5, "ms") && !in("5", 5, "ms"));
	ck_assert(in("2048", 2, "kB") && in("2048", 2048, "bytes"));
	ck_assert(in("7", 7, NULL) && in("7", 7, "count"));
	ck_assert(in("0:10s", 10, "s") && !in("0:10s", 11, "s"));
	ck_assert(!in("0:10s", 5, "bytes"));
}
END_TEST

START_TEST(a_unit_holds_its_family_only)
{
	ck_assert(!in("1kb:", 5000, "ns") && !in("1ns:", 5000, "bytes"));
	ck_assert(!in("1kb:", 5000, NULL) && !in("1kb:", 5000, "count"));
	ck_assert(in("5k", 5000, NULL) && in("5k", 5000, "count"));
	ck_assert(in("2M:3G", 2000000, NULL) && !in("5k", 5000, "bytes"));
}
END_TEST

START_TEST(the_largest_numbers_are_compared)
{
	ck_assert(in("9223372036854775807", INT64_MAX, NULL));
	ck_assert(in("9223372036854775807pb:", INT64_MAX, "pb"));
	ck_assert(!in("9223372036854775807pb:", INT64_MAX - 1, "pb"));
	ck_assert(in(":-9223372036854775807pb", INT64_MIN, "pb"));
	ck_assert(in("0:", INT64_MAX, "pb") && in(":0", INT64_MIN, "d"));
}
END_TEST

static const char *const others[] = {
	"", ":", "abc", "a:b", "1:b", "a:1", "1.5.2", "2xx", "1x:2", "1.",
	".5", "1 ms", " 1", "1e3", "0x10", "1:2:3", "--1", "+", "-:1",
	"5widgets", "1,2", "k", "ms", "1T:"
};

START_TEST(other_texts_are_no_ranges)
{
	ck_assert_msg(parse(others[_i]) == 0, "%s: %s", others[_i], err.msg);
	ck_assert_int_eq(err.code, PROF_OK);
}
END_TEST

static const struct {
	const char *text, *why;
} wrong[] = {
	{ "4:2", "ends before it begins" },
	{ "400kb:100kb", "ends before it begins" },
	{ "1.000000001:1", "ends before it begins" },
	{ "1s:999ms", "ends before it begins" },
	{ "-1:-2", "ends before it begins" },
	{ "1s:2kb", "do not measure the same" },
	{ "10:20s", "a unit at one end only" },
	{ "10s:20", "a unit at one end only" },
	{ "5m", "write min" },
	{ "5m:6m", "write min" },
	{ "1.1234567890", "9 decimals" },
	{ "9223372036854775808", "63 bits" },
	{ ":99999999999999999999s", "63 bits" }
};

START_TEST(a_range_that_cannot_be_is_refused)
{
	ck_assert_msg(parse(wrong[_i].text) == PROF_EUSAGE, "%s",
	    wrong[_i].text);
	ck_assert_msg(strstr(err.msg, wrong[_i].why) != NULL, "%s: %s",
	    wrong[_i].text, err.msg);
	ck_assert_ptr_nonnull(strstr(err.msg, wrong[_i].text));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("range");

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, ends_are_included);
	tcase_add_test(tc, a_sign_may_stand_before_each_end);
	tcase_add_test(tc, units_are_converted);
	tcase_add_test(tc, decimals_are_exact);
	tcase_add_test(tc, without_a_unit_the_base_unit_is_meant);
	tcase_add_test(tc, a_unit_holds_its_family_only);
	tcase_add_test(tc, the_largest_numbers_are_compared);
	tcase_add_loop_test(tc, other_texts_are_no_ranges, 0,
	    (int)(sizeof others / sizeof others[0]));
	tcase_add_loop_test(tc, a_range_that_cannot_be_is_refused, 0,
	    (int)(sizeof wrong / sizeof wrong[0]));
	return test_main("range", tc);
}
