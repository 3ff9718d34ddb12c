/* SPDX-License-Identifier: MIT */
#include "tests/folded_text.h"

START_TEST(the_last_run_of_blanks_parts_stack_and_count)
{
	must_read("main;operator new(unsigned long) \t 5\nx\t6\ny   7  \n");
	ck_assert_str_eq(row(0), "main;operator new(unsigned long) 5");
	ck_assert_str_eq(row(1), "x 6");
	ck_assert_str_eq(row(2), "y 7");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(equal_stacks_are_summed)
{
	must_read("a;b 1\na 2\na;b 3\n");
	ck_assert_uint_eq(p.nsamples, 2);
	ck_assert_str_eq(row(0), "a;b 4");
}
END_TEST

START_TEST(a_shared_prefix_of_bytes_is_not_one_of_frames)
{
	must_read("ab;c 1\na;c 2\nabc 4\na;cd;e 8\na;c;d 16\na 32\na;c 64\n"
	    "a;c;d 128\n");
	ck_assert_str_eq(row(0), "ab;c 1");
	ck_assert_str_eq(row(1), "a;c 66");
	ck_assert_str_eq(row(2), "abc 4");
	ck_assert_str_eq(row(3), "a;cd;e 8");
	ck_assert_str_eq(row(4), "a;c;d 144");
	ck_assert_str_eq(row(5), "a 32");
}
END_TEST

START_TEST(carriage_returns_and_a_missing_last_newline_are_no_matter)
{
	must_read("a;b 1\r\n\r\na;c 2");
	ck_assert_str_eq(row(0), "a;b 1");
	ck_assert_str_eq(row(1), "a;c 2");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(byte_order_marks_and_utf16_are_seen_through)
{
	static const char le[] = "\xff\xfe" "a\0;\0b\0 \0" "1\0\n\0";
	static const char be[] = "\xfe\xff\0a\0;\0b\0 \0" "1\0\n";

	must_read("\xef\xbb\xbf" "a;b 1\n");
	ck_assert_str_eq(row(0), "a;b 1");
	ck_assert_int_eq(read_limited(NULL, le, sizeof le - 1, NULL), 0);
	ck_assert_str_eq(row(0), "a;b 1");
	ck_assert_int_eq(read_limited(NULL, be, sizeof be - 1, NULL), 0);
	ck_assert_str_eq(row(0), "a;b 1");
}
END_TEST

START_TEST(names_keep_all_bytes)
{
	static const char text[] = "m\0n;\33[31m;\1;\xc0\x80;\xff;"
	    "\xed\xa0\x80;\xe2\x80\xae 3\n";

	ck_assert_int_eq(read_limited(NULL, text, sizeof text - 1, NULL), 0);
	ck_assert_uint_eq(p.stacks.end[1], 7);
	ck_assert_uint_ne(prof_strs_find(&p.strs, "m\0n", 3), UINT32_MAX);
	ck_assert_uint_ne(prof_strs_find(&p.strs, "\xed\xa0\x80", 3),
	    UINT32_MAX);
	ck_assert_uint_gt((unsigned)prof_folded_reader.bid(
	    (const unsigned char *)text, sizeof text - 1), 0);
}
END_TEST

START_TEST(negative_counts_are_counts)
{
	must_read("a;b -5\na;c -9223372036854775808\n");
	ck_assert_str_eq(row(0), "a;b -5");
	ck_assert_int_eq(p.value[0][1], INT64_MIN);
}
END_TEST

START_TEST(decimals_change_the_scale_not_the_sum)
{
	must_read("a;b 3.5\na;c 2\na;b 0.25\na;d 1e3\n");
	ck_assert_int_eq(p.type[0].num, 1);
	ck_assert_int_eq(p.type[0].den, 100);
	ck_assert_str_eq(row(0), "a;b 375");
	ck_assert_str_eq(row(1), "a;c 200");
	ck_assert_str_eq(row(2), "a;d 100000");
}
END_TEST

START_TEST(zeros_behind_the_point_cost_nothing)
{
	must_read("a;b 3.000000000000\na;c 4.\na;d 2.50000000000\n");
	ck_assert_int_eq(p.type[0].den, 10);
	ck_assert_str_eq(row(0), "a;b 30");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(more_than_nine_decimals_are_rounded_and_noted)
{
	must_read("a;b 0.12345678951\na;c 1e-10\na;d -0.00000000199\n");
	ck_assert_int_eq(p.type[0].den, 1000000000);
	ck_assert_str_eq(row(0), "a;b 123456790");
	ck_assert_str_eq(row(1), "a;c 0");
	ck_assert_str_eq(row(2), "a;d -2");
	ck_assert_uint_eq(find_note("decimals")->count, 3);
	ck_assert_uint_eq(prof_profile_skipped(&p), 0);
}
END_TEST

START_TEST(a_scale_that_breaks_64_bits_is_refused)
{
	ck_assert_int_eq(read_as(NULL, "a;b 9223372036854775807\n\na;c 0.5\n"),
	    PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "values of 'samples'"));
	ck_assert_int_eq(read_as(NULL, "a;c 0.5\na;b 9223372036854775807\n"),
	    PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "line 2"));
}
END_TEST

static const char *const no_counts[] = { "a;b", "a;b 1e309", "a;b 0x10",
	"a;b +7", "a;b 1_000", "a;b \xef\xbc\x91\xef\xbc\x92", "a;b 1e99",
	"a;b .5", "a;b 1,5", "a;b nan", "a;b --1", "a;b -", "a;b 1e",
	"a;b 1e+", "a;b 1.2.3", "a;b 5k", "1e30x", "a;b 1e1000000000000" };

START_TEST(what_is_no_count_is_skipped_and_counted)
{
	struct prof_buf b = { 0 };

	prof_buf_addf(&b, "x;y 1\n%s\nx;y 2\n", no_counts[_i]);
	must_read(prof_buf_str(&b));
	ck_assert_str_eq(row(0), "x;y 3");
	ck_assert_uint_eq(p.nsamples, 1);
	ck_assert_uint_eq(prof_profile_skipped(&p), 1);
	ck_assert_uint_eq(find_note("no count")->where[0], 2);
	prof_buf_release(&b);
}
END_TEST

START_TEST(the_first_five_skipped_lines_are_named)
{
	must_read("a\nb\nx;y 1\nc\nd\ne\nf\ng\n");
	ck_assert_uint_eq(find_note("no count")->count, 7);
	ck_assert_uint_eq(find_note("no count")->where[4], 6);
}
END_TEST

START_TEST(a_file_without_any_stack_is_an_error)
{
	ck_assert_int_eq(read_as(NULL, "\nfoo\nbar\n"), PROF_EFORMAT);
	ck_assert_str_eq(err.msg, "line 2: no count at the end of the line");
	ck_assert_int_eq(read_as(NULL, "\n# only this\n"), PROF_EFORMAT);
	ck_assert_int_eq(read_as(NULL, ""), PROF_EFORMAT);
}
END_TEST

START_TEST(a_cut_last_line_is_an_error)
{
	ck_assert_int_eq(read_as(NULL, "a;b 1\na;c"), PROF_EFORMAT);
	ck_assert_str_eq(err.msg,
	    "line 2 is cut: no count at the end of the line");
	ck_assert_int_eq(read_as(NULL, "a;b 1\na;c\r"), PROF_EFORMAT);
	ck_assert_int_eq(read_as(NULL, "a;b 1 2\na;c 3 4\na;d 5"),
	    PROF_EFORMAT);
	must_read("a;b 1\na;c\r\n");
}
END_TEST

START_TEST(counts_and_sums_beyond_64_bits_are_errors)
{
	ck_assert_int_eq(read_as(NULL, "a;b 9223372036854775807\na;c 1\n"
	    "a;b 9223372036854775807\n"), PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "values of 'samples'"));
	ck_assert_int_eq(read_as(NULL, "a;c 1\na;b 1000000000000000000000000"
	    "000000\n"), PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "line 2"));
	ck_assert_int_eq(read_as(NULL, "a;b 9223372036854775808\n"),
	    PROF_ERANGE);
	ck_assert_int_eq(read_as(NULL, "a;b 18446744073709551616\n"),
	    PROF_ERANGE);
	must_read("a;b 0000000000000000000000000000000000000000000000007\n");
}
END_TEST

START_TEST(empty_frames_go_and_are_noted)
{
	must_read(";;a 1\na;;b 2\na;b; 4\na;;c 8\n");
	ck_assert_str_eq(row(0), "a 1");
	ck_assert_str_eq(row(1), "a;b 6");
	ck_assert_str_eq(row(2), "a;c 8");
	ck_assert_uint_eq(find_note("empty frame")->count, 4);
	ck_assert_uint_eq(find_note("empty frame")->where[2], 3);
	ck_assert_uint_eq(prof_profile_skipped(&p), 0);
}
END_TEST

START_TEST(a_count_alone_belongs_to_root)
{
	must_read("5\n  6\na;b 1\n[root] 2\n; 4\n");
	ck_assert_str_eq(row(0), "[root] 17");
	ck_assert_uint_eq(find_note("[root]")->count, 2);
}
END_TEST

START_TEST(comments_and_separators_are_no_trouble)
{
	must_read("# made by a tool\n#\n# events: 12\n--\n-\n \t\na;b 1\n"
	    "#frame;c 2\n# C# method 3\n");
	ck_assert_uint_eq(p.nsamples, 3);
	ck_assert_str_eq(row(1), "#frame;c 2");
	ck_assert_str_eq(row(2), "# C# method 3");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

static const struct {
	const char *frame;
	int kind, flags;
} suffixes[] = {
	{ "f_[k]", PROF_KIND_KERNEL, 0 },
	{ "f_[j]", PROF_KIND_JIT, 0 },
	{ "f_[1]", PROF_KIND_JIT, 0 },
	{ "f_[i]", PROF_KIND_NONE, PROF_LOC_INLINED },
	{ "f_[0]", PROF_KIND_INTERPRETED, 0 },
	{ "f", PROF_KIND_NONE, 0 }
};

START_TEST(annotations_are_kinds_not_names)
{
	struct prof_buf b = { 0 };

	prof_buf_addf(&b, "a;%s 1\n", suffixes[_i].frame);
	must_read(prof_buf_str(&b));
	ck_assert_str_eq(row(0), "a;f 1");
	ck_assert_int_eq(leaf(0)->kind, suffixes[_i].kind);
	ck_assert_int_eq(leaf(0)->flags, suffixes[_i].flags);
	prof_buf_release(&b);
}
END_TEST

START_TEST(other_brackets_stay_in_the_name)
{
	must_read("_[k];f_[w];g_[2];[j];h_[kk] 1\n");
	ck_assert_str_eq(row(0), "_[k];f_[w];g_[2];[j];h_[kk] 1");
}
END_TEST

/* n frames "f" and a count. */
static char *
deep(size_t n, size_t *len)
{
	char *text = prof_alloc(2 * n + 2, 1);
	size_t i;

	for (i = 0; i < n; i++)
		memcpy(text + 2 * i, i + 1 < n ? "f;" : "f ", 2);
	memcpy(text + 2 * n, "1\n", 2);
	*len = 2 * n + 2;
	return text;
}

START_TEST(a_million_frames_are_a_stack)
{
	size_t len;
	char *text = deep(_i == 0 ? 200000 : 1000000, &len);

	ck_assert_int_gt(prof_folded_reader.bid((unsigned char *)text,
	    65536), 0);
	ck_assert_int_eq(read_limited(NULL, text, len, NULL), PROF_OK);
	ck_assert_uint_eq(p.stacks.end[1], len / 2 - 1);
	free(text);
}
END_TEST

START_TEST(limits_are_kept_and_named)
{
	struct prof_limits limits = prof_limits_default;
	size_t len;
	char *text = deep(1000, &len);

	limits.max_depth = 999;
	ck_assert_int_eq(read_limited(NULL, text, len, &limits), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-depth"));
	ck_assert_ptr_nonnull(strstr(err.msg, "line 1"));
	limits = prof_limits_default;
	limits.max_line = 1000;
	ck_assert_int_eq(read_limited(NULL, text, len, &limits), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-line"));
	limits = prof_limits_default;
	limits.max_strings = 5;
	ck_assert_int_eq(read_limited(NULL, "a 1\nb 1\nc 1\nd 1\n", 16,
	    &limits), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-strings"));
	free(text);
}
END_TEST

START_TEST(every_truncation_is_read_or_refused)
{
	static const char text[] = "# mode: full\nP1;T2;a.py:f:3 100,1,2\n"
	    "main;f (x.py:3);;g_[k] 1.5\n# c\r\n;a 12e2 3\n7\nq\n";
	size_t n;
	int rc;

	for (n = 0; n < sizeof text; n++) {
		rc = read_limited(_i == 0 ? NULL : "two", text, n, NULL);
		ck_assert(rc == PROF_OK || rc == PROF_EFORMAT);
	}
}
END_TEST

#define COUNT(table) ((int)(sizeof (table) / sizeof (table)[0]))

static void
add_counts(TCase *tc)
{
	tcase_add_test(tc, negative_counts_are_counts);
	tcase_add_test(tc, decimals_change_the_scale_not_the_sum);
	tcase_add_test(tc, zeros_behind_the_point_cost_nothing);
	tcase_add_test(tc, more_than_nine_decimals_are_rounded_and_noted);
	tcase_add_test(tc, a_scale_that_breaks_64_bits_is_refused);
	tcase_add_loop_test(tc, what_is_no_count_is_skipped_and_counted, 0,
	    COUNT(no_counts));
	tcase_add_test(tc, the_first_five_skipped_lines_are_named);
	tcase_add_test(tc, a_file_without_any_stack_is_an_error);
	tcase_add_test(tc, a_cut_last_line_is_an_error);
	tcase_add_test(tc, counts_and_sums_beyond_64_bits_are_errors);
}

static void
add_lines(TCase *tc)
{
	tcase_add_test(tc, the_last_run_of_blanks_parts_stack_and_count);
	tcase_add_test(tc, equal_stacks_are_summed);
	tcase_add_test(tc, a_shared_prefix_of_bytes_is_not_one_of_frames);
	tcase_add_test(tc,
	    carriage_returns_and_a_missing_last_newline_are_no_matter);
	tcase_add_test(tc, byte_order_marks_and_utf16_are_seen_through);
	tcase_add_test(tc, names_keep_all_bytes);
	tcase_add_test(tc, empty_frames_go_and_are_noted);
	tcase_add_test(tc, a_count_alone_belongs_to_root);
	tcase_add_test(tc, comments_and_separators_are_no_trouble);
	tcase_add_loop_test(tc, annotations_are_kinds_not_names, 0,
	    COUNT(suffixes));
	tcase_add_test(tc, other_brackets_stay_in_the_name);
	tcase_add_loop_test(tc, a_million_frames_are_a_stack, 0, 2);
	tcase_add_test(tc, limits_are_kept_and_named);
	tcase_add_loop_test(tc, every_truncation_is_read_or_refused, 0, 2);
}

int
main(void)
{
	Suite *s = suite_create("folded");
	TCase *tc = tcase_create("folded");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	add_counts(tc);
	add_lines(tc);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
