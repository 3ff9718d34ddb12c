/* SPDX-License-Identifier: MIT */
#include "libanalysis/table.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/name.h"
#include "tests/support.h"

static struct prof_table t;
static struct prof_buf out;
static struct prof_style style;

static const char *const heads[] = { "n", "name", "x" };

static void
setup(void)
{
	memset(&out, 0, sizeof out);
	memset(&style, 0, sizeof style);
	style.width = 80;
	prof_table_init(&t, "rll", heads);
}

static void
teardown(void)
{
	prof_table_release(&t);
	prof_buf_release(&out);
}

static void
row(const char *a, const char *b, const char *c)
{
	prof_table_adds(&t, PROF_INK_NONE, a);
	prof_table_adds(&t, PROF_INK_BOLD, b);
	prof_table_adds(&t, PROF_INK_DIM, c);
}

static const char *
printed(void)
{
	prof_buf_clear(&out);
	prof_table_print(&t, 1, &style, &out);
	return prof_buf_str(&out);
}

START_TEST(columns_are_as_wide_as_their_widest_cell)
{
	row("1", "alpha", "x");
	row("100", "b", "y");
	ck_assert_str_eq(printed(),
	    "  n  name   x\n"
	    "  1  alpha  x\n"
	    "100  b      y\n");
}
END_TEST

START_TEST(a_head_may_be_the_widest)
{
	row("", "a", "");
	ck_assert_str_eq(printed(), "n  name  x\n   a\n");
}
END_TEST

START_TEST(without_rows_the_head_stands_alone)
{
	ck_assert_str_eq(printed(), "n  name  x\n");
}
END_TEST

START_TEST(what_is_in_the_buffer_stays)
{
	row("1", "a", "b");
	prof_buf_adds(&out, "before  \n");
	prof_table_print(&t, 1, &style, &out);
	ck_assert_str_eq(prof_buf_str(&out),
	    "before  \nn  name  x\n1  a     b\n");
}
END_TEST

START_TEST(widths_count_columns_and_not_bytes)
{
	row("1", "\346\227\245\346\234\254", "a");
	row("1", "cafe\314\201", "b");
	row("1", "12345", "c");
	ck_assert_str_eq(printed(),
	    "n  name   x\n"
	    "1  \346\227\245\346\234\254   a\n"
	    "1  cafe\314\201   b\n"
	    "1  12345  c\n");
}
END_TEST

START_TEST(colour_is_around_the_text_only)
{
	style.color = true;
	row("1", "a", "b");
	ck_assert_str_eq(printed(),
	    "\033[2mn\033[0m  \033[2mname\033[0m  \033[2mx\033[0m\n"
	    "1  \033[1ma\033[0m     \033[2mb\033[0m\n");
}
END_TEST

START_TEST(an_empty_cell_has_no_colour_and_no_blanks_behind_it)
{
	style.color = true;
	row("1", "a", "");
	row("1", "", "");
	prof_table_print(&t, 1, &style, &out);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&out),
	    "\n1  \033[1ma\033[0m\n1\n"));
}
END_TEST

START_TEST(ink_without_colour_is_nothing)
{
	prof_ink(&out, &style, PROF_INK_RED);
	ck_assert_uint_eq(out.len, 0);
	style.color = true;
	prof_ink(&out, &style, PROF_INK_RED);
	prof_ink(&out, &style, PROF_INK_NONE);
	ck_assert_str_eq(prof_buf_str(&out), "\033[31m\033[0m");
}
END_TEST

START_TEST(a_long_cell_is_shortened_in_the_middle)
{
	style.elide = true;
	style.width = 30;
	row("1", "abcdefghijklmnopqrstuvwxyz0123456789", "x");
	ck_assert_str_eq(printed(),
	    "n  name                      x\n"
	    "1  abcdefghijk\342\200\246yz0123456789  x\n");
	style.ascii = true;
	ck_assert_str_eq(printed(),
	    "n  name                      x\n"
	    "1  abcdefghijk..z0123456789  x\n");
}
END_TEST

START_TEST(only_a_terminal_shortens)
{
	style.width = 20;
	row("1", "abcdefghijklmnopqrstuvwxyz0123456789", "x");
	ck_assert_ptr_nonnull(strstr(printed(),
	    "abcdefghijklmnopqrstuvwxyz0123456789"));
}
END_TEST

START_TEST(sixteen_columns_always_stay)
{
	style.elide = true;
	style.width = 1;
	row("1", "abcdefghijklmnopqrstuvwxyz", "x");
	ck_assert_ptr_nonnull(strstr(printed(),
	    "1  abcdefg\342\200\246stuvwxyz  x\n"));
	prof_table_release(&t);
	prof_table_init(&t, "rll", heads);
	row("1", "abcdefghijklmnop", "x");
	ck_assert_ptr_nonnull(strstr(printed(), "abcdefghijklmnop"));
}
END_TEST

/* A character of two columns may not fit where one column is left. */
START_TEST(wide_characters_are_shortened_whole)
{
	struct prof_buf name = { 0 };
	const char *nl;
	unsigned w;
	int i;

	for (i = 0; i < 30; i++)
		prof_buf_adds(&name, "\346\227\245");
	row("1", prof_buf_str(&name), "x");
	style.elide = true;
	for (w = 24; w < 66; w++) {
		style.width = w;
		nl = strchr(printed(), '\n');
		ck_assert_uint_le(prof_name_width(nl + 1,
		    strlen(nl + 1) - 1), w);
		ck_assert_ptr_null(strstr(nl, "\\x"));
		ck_assert_int_eq(out.data[out.len - 2], 'x');
	}
	prof_buf_release(&name);
}
END_TEST

START_TEST(empty_cells_alone_are_no_trouble)
{
	static const char *const none[] = { "", "" };

	prof_table_release(&t);
	prof_table_init(&t, "ll", none);
	prof_table_add(&t, PROF_INK_NONE, NULL, 0);
	prof_table_add(&t, PROF_INK_NONE, NULL, 0);
	ck_assert_str_eq(printed(), "\n\n");
}
END_TEST

START_TEST(many_rows_are_printed)
{
	size_t i, lines = 0;

	for (i = 0; i < 100000; i++)
		row("1", "name", "x");
	printed();
	for (i = 0; i < out.len; i++)
		lines += out.data[i] == '\n';
	ck_assert_uint_eq(lines, 100001);
}
END_TEST

/* 1 + 2 + 30 + 2 + 10 columns; a name may have 24 before others go. */
START_TEST(a_column_goes_before_the_name_gets_narrow)
{
	prof_table_shed(&t, 2, false);
	row("1", "abcdefghijklmnopqrstuvwxyz0123", "xxxxxxxxxx");
	style.elide = true;
	style.width = 45;
	ck_assert_ptr_nonnull(strstr(printed(), "xxxxxxxxxx"));
	ck_assert(!prof_table_is_shed(&t, 2));
	style.width = 39;
	ck_assert_ptr_nonnull(strstr(printed(), "xxxxxxxxxx"));
	style.width = 38;
	ck_assert_str_eq(printed(), "n  name\n"
	    "1  abcdefghijklmnopqrstuvwxyz0123\n");
	ck_assert(prof_table_is_shed(&t, 2));
	style.elide = false;
	ck_assert_ptr_nonnull(strstr(printed(), "xxxxxxxxxx"));
}
END_TEST

START_TEST(a_cell_can_be_written_in_place)
{
	prof_table_adds(&t, PROF_INK_NONE, "1");
	prof_buf_adds(&t.text, "in place");
	prof_table_cell(&t, PROF_INK_NONE, t.text.len - 8);
	prof_table_adds(&t, PROF_INK_NONE, "x");
	ck_assert_ptr_nonnull(strstr(printed(), "1  in place  x\n"));
}
END_TEST

START_TEST(late_columns_go_only_where_the_table_does_not_fit)
{
	prof_table_shed(&t, 2, true);
	row("1", "abcdefghijklmnopqrstuvwxyz0123", "xxxxxxxxxx");
	style.elide = true;
	style.width = 31;
	ck_assert_ptr_nonnull(strstr(printed(), "xxxxxxxxxx"));
	style.width = 30;
	ck_assert_ptr_null(strstr(printed(), "xxxxxxxxxx"));
}
END_TEST

START_TEST(facts_are_broken_between_two_of_them)
{
	static const char facts[] = "in  pprof \302\267 cpu \302\267 "
	    "binary a b\n";
	struct prof_buf b = { 0 };

	style.elide = true;
	style.width = 15;
	prof_buf_adds(&b, "x \302\267 y of another line before\n");
	prof_buf_adds(&b, facts);
	prof_wrap_facts(&b, b.len - strlen(facts), &style);
	ck_assert_str_eq(prof_buf_str(&b), "x \302\267 y of another line "
	    "before\nin  pprof \302\267 cpu\n  binary a b\n");
	prof_wrap_facts(&b, 0, &style);
	ck_assert_str_eq(prof_buf_str(&b), "x\n  y of another line before\n"
	    "in  pprof \302\267 cpu\n  binary a b\n");
	prof_buf_clear(&b);
	style.elide = false;
	prof_buf_adds(&b, facts);
	prof_wrap_facts(&b, 0, &style);
	ck_assert_str_eq(prof_buf_str(&b), facts);
	prof_buf_release(&b);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("table");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, columns_are_as_wide_as_their_widest_cell);
	tcase_add_test(tc, a_head_may_be_the_widest);
	tcase_add_test(tc, without_rows_the_head_stands_alone);
	tcase_add_test(tc, what_is_in_the_buffer_stays);
	tcase_add_test(tc, widths_count_columns_and_not_bytes);
	tcase_add_test(tc, colour_is_around_the_text_only);
	tcase_add_test(tc,
	    an_empty_cell_has_no_colour_and_no_blanks_behind_it);
	tcase_add_test(tc, ink_without_colour_is_nothing);
	tcase_add_test(tc, a_long_cell_is_shortened_in_the_middle);
	tcase_add_test(tc, only_a_terminal_shortens);
	tcase_add_test(tc, sixteen_columns_always_stay);
	tcase_add_test(tc, wide_characters_are_shortened_whole);
	tcase_add_test(tc, empty_cells_alone_are_no_trouble);
	tcase_add_test(tc, many_rows_are_printed);
	tcase_add_test(tc, a_column_goes_before_the_name_gets_narrow);
	tcase_add_test(tc, a_cell_can_be_written_in_place);
	tcase_add_test(tc,
	    late_columns_go_only_where_the_table_does_not_fit);
	tcase_add_test(tc, facts_are_broken_between_two_of_them);
	return test_main("table", tc);
}
