/* SPDX-License-Identifier: MIT */
#include "libanalysis/buf.h"

#include <string.h>

#include "tests/support.h"

static struct prof_buf b;

static void
setup(void)
{
	memset(&b, 0, sizeof b);
}

static void
teardown(void)
{
	prof_buf_release(&b);
}

START_TEST(an_empty_buffer_is_the_empty_string)
{
	ck_assert_ptr_null(b.data);
	ck_assert_str_eq(prof_buf_str(&b), "");
	ck_assert_uint_eq(b.len, 0);
}
END_TEST

START_TEST(all_kinds_of_text_are_appended)
{
	prof_buf_add(&b, "ab", 2);
	prof_buf_adds(&b, "cd");
	prof_buf_addc(&b, 'e');
	prof_buf_addn(&b, 'f', 3);
	prof_buf_addf(&b, "<%s %d>", "g", -4);
	ck_assert_str_eq(prof_buf_str(&b), "abcdefff<g -4>");
	ck_assert_uint_eq(b.len, 14);
}
END_TEST

START_TEST(appending_nothing_needs_no_memory)
{
	prof_buf_add(&b, NULL, 0);
	prof_buf_adds(&b, "");
	prof_buf_addn(&b, 'x', 0);
	prof_buf_addf(&b, "%s", "");
	ck_assert_uint_eq(b.len, 0);
	ck_assert_ptr_null(b.data);
}
END_TEST

START_TEST(bytes_may_be_nul)
{
	prof_buf_add(&b, "a\0b", 3);
	prof_buf_addc(&b, '\0');
	ck_assert_uint_eq(b.len, 4);
	ck_assert_mem_eq(b.data, "a\0b\0", 4);
}
END_TEST

START_TEST(the_string_does_not_count_its_end)
{
	prof_buf_adds(&b, "ab");
	prof_buf_str(&b);
	prof_buf_adds(&b, "cd");
	ck_assert_str_eq(prof_buf_str(&b), "abcd");
}
END_TEST

START_TEST(formatted_text_may_be_long)
{
	prof_buf_addf(&b, "%0*d", 100000, 7);
	ck_assert_uint_eq(b.len, 100000);
	ck_assert_int_eq(b.data[99999], '7');
	ck_assert_int_eq(b.data[0], '0');
}
END_TEST

START_TEST(integers_are_written_up_to_their_limits)
{
	prof_buf_addi(&b, 0);
	prof_buf_addc(&b, ' ');
	prof_buf_addi(&b, -1);
	prof_buf_addc(&b, ' ');
	prof_buf_addi(&b, INT64_MAX);
	prof_buf_addc(&b, ' ');
	prof_buf_addi(&b, INT64_MIN);
	ck_assert_str_eq(prof_buf_str(&b),
	    "0 -1 9223372036854775807 -9223372036854775808");
}
END_TEST

START_TEST(clear_keeps_the_memory_and_release_gives_it_back)
{
	prof_buf_addn(&b, 'x', 1000);
	prof_buf_clear(&b);
	ck_assert_uint_eq(b.len, 0);
	ck_assert_uint_ge(b.cap, 1000);
	prof_buf_release(&b);
	ck_assert_uint_eq(b.cap, 0);
	ck_assert_ptr_null(b.data);
}
END_TEST

START_TEST(a_million_bytes_come_one_by_one)
{
	size_t i;

	for (i = 0; i < 1000000; i++)
		prof_buf_addc(&b, (char)('a' + i % 26));
	ck_assert_uint_eq(b.len, 1000000);
	for (i = 0; i < 1000000; i += 999)
		ck_assert_int_eq(b.data[i], (char)('a' + i % 26));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("buf");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, an_empty_buffer_is_the_empty_string);
	tcase_add_test(tc, all_kinds_of_text_are_appended);
	tcase_add_test(tc, appending_nothing_needs_no_memory);
	tcase_add_test(tc, bytes_may_be_nul);
	tcase_add_test(tc, the_string_does_not_count_its_end);
	tcase_add_test(tc, formatted_text_may_be_long);
	tcase_add_test(tc, integers_are_written_up_to_their_limits);
	tcase_add_test(tc, clear_keeps_the_memory_and_release_gives_it_back);
	tcase_add_test(tc, a_million_bytes_come_one_by_one);
	return test_main("buf", tc);
}
