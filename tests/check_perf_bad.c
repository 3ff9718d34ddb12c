/* SPDX-License-Identifier: MIT */
#include "tests/perf_text.h"

static const char two[] = "my prog  58  1.011751:    1001001 cpu-clock: \n"
    "\t            8c37 check_match+0x77 (/usr/lib/ld.so)\n"
    "\t            9c37 (anonymous namespace)::main+0x7 (/opt/my prog)\n\n"
    "my prog  58  1.012749:    1001001 cpu-clock: \n"
    "\t            8c37 check_match+0x77 (/usr/lib/ld.so)\n"
    "\t            9c37 (anonymous namespace)::main+0x7 (/opt/my prog)\n\n";

/* Where the last line of the first n bytes begins. */
static size_t
last_line(const char *text, size_t n)
{
	while (n > 0 && text[n - 1] != '\n')
		n--;
	return n;
}

/*
 * A cut text is an error, or all of its lines are whole: nothing that was
 * cut is taken for something else.
 */
START_TEST(a_text_cut_anywhere_gives_an_error_or_whole_lines)
{
	size_t n, start, len;
	int64_t sum;
	uint32_t i;
	int rc;

	for (n = 1; n < sizeof two; n++) {
		rc = read_limited(two, n, NULL);
		if (rc != PROF_OK) {
			ck_assert_int_eq(rc, PROF_EFORMAT);
			continue;
		}
		start = last_line(two, n);
		len = strcspn(two + start, "\n");
		ck_assert_msg(start == n || n - start == len ||
		    two[start] != '\t', "a cut frame at %zu", n);
		for (i = 0, sum = 0; i < p.nsamples; i++)
			sum += p.value[0][i];
		ck_assert_msg(sum % 1001001 == 0, "%lld at %zu",
		    (long long)sum, n);
		for (i = 0; i < p.nfn; i++)
			ck_assert_uint_ge(prof_strs_len(&p.strs,
			    p.fn[i].name), 11);
	}
}
END_TEST

START_TEST(a_cut_frame_or_header_is_an_error)
{
	static const char *const cut[] = {
		"a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n"
		    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\t 2 ma",
		"a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n"
		    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\t 2",
		"a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n"
		    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\t ",
		"a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\na 1 1.0: 5 cyc",
		"a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\na 1 1.0: 5 cycles:",
		"a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\na 1 1.0",
		"a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\na",
		"a 1 1.0: 5 cycles:  55f2e2b0d206 f (/a)\n"
		    "a 1 1.0: 5 cycles:  55f2e2b0d206 f (/"
	};
	size_t i;

	for (i = 0; i < sizeof cut / sizeof cut[0]; i++) {
		ck_assert_msg(read_text(cut[i]) == PROF_EFORMAT, "%s",
		    cut[i]);
		ck_assert_msg(strstr(err.msg, "is cut") != NULL, "%s: %s",
		    cut[i], err.msg);
	}
}
END_TEST

START_TEST(names_keep_all_bytes)
{
	static const char text[] = "c\0m\xff  1 1.0: 5 cycl\0es\x1b: \n"
	    "\t 1 m\0n\xc0\x80\33[31m+0x2 (/a\0\xe2\x80\xae)\n\n";

	ck_assert_int_eq(read_limited(text, sizeof text - 1, NULL), 0);
	ck_assert_uint_ne(prof_strs_find(&p.strs, "c\0m\xff", 4),
	    UINT32_MAX);
	ck_assert_uint_ne(prof_strs_find(&p.strs, "cycl\0es\x1b", 8),
	    UINT32_MAX);
	ck_assert_uint_ne(prof_strs_find(&p.strs, "m\0n\xc0\x80\33[31m",
	    10), UINT32_MAX);
	ck_assert_uint_ne(prof_strs_find(&p.strs, "/a\0\xe2\x80\xae", 6),
	    UINT32_MAX);
}
END_TEST

/* Any one byte of the text may be any other: no crash, and it ends. */
START_TEST(one_wrong_byte_is_survived)
{
	static const unsigned char wrong[] = { 0, '\n', '\t', ' ', ':', '(',
	    ')', '[', '/', '9', 'f', 0xff };
	char text[sizeof two];
	size_t i, k;

	for (i = 0; i < sizeof two - 1; i++)
		for (k = 0; k < sizeof wrong; k++) {
			memcpy(text, two, sizeof two);
			text[i] = (char)wrong[k];
			read_limited(text, sizeof two - 1, NULL);
		}
}
END_TEST

START_TEST(a_deep_stack_is_one)
{
	struct prof_buf b = { 0 };
	unsigned i;

	prof_buf_adds(&b, "a 1 1.0: 5 cycles: \n");
	for (i = 0; i < 200000; i++)
		prof_buf_addf(&b, "\t %x f%u (/a)\n", i, i % 7);
	ck_assert_int_eq(read_limited(b.data, b.len, NULL), 0);
	ck_assert_uint_eq(p.stacks.end[1], 200000);
	ck_assert_uint_eq(p.nloc, 7);
	prof_buf_release(&b);
}
END_TEST

START_TEST(a_line_longer_than_what_is_read_at_once_is_one)
{
	struct prof_buf b = { 0 };

	prof_buf_adds(&b, "a 1 1.0: 5 cycles: \n\t 1 ");
	prof_buf_addn(&b, 'x', (size_t)3 << 20);
	prof_buf_adds(&b, " (/a)\n\n");
	ck_assert_int_eq(read_limited(b.data, b.len, NULL), 0);
	ck_assert_uint_eq(prof_strs_len(&p.strs, p.fn[0].name), 3u << 20);
	prof_buf_release(&b);
}
END_TEST

START_TEST(utf16_and_a_byte_order_mark_are_seen_through)
{
	static const char text[] = "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n";
	struct prof_buf b = { 0 };
	size_t i;

	prof_buf_add(&b, "\xff\xfe", 2);
	for (i = 0; i < sizeof text - 1; i++) {
		prof_buf_addc(&b, text[i]);
		prof_buf_addc(&b, '\0');
	}
	ck_assert_int_eq(read_limited(b.data, b.len, NULL), 0);
	ck_assert_str_eq(row(0), "f 5");
	prof_buf_clear(&b);
	prof_buf_adds(&b, "\xef\xbb\xbf");
	prof_buf_adds(&b, text);
	ck_assert_int_eq(read_limited(b.data, b.len, NULL), 0);
	ck_assert_str_eq(row(0), "f 5");
	prof_buf_release(&b);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("perf_bad");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc,
	    a_text_cut_anywhere_gives_an_error_or_whole_lines);
	tcase_add_test(tc, a_cut_frame_or_header_is_an_error);
	tcase_add_test(tc, names_keep_all_bytes);
	tcase_add_test(tc, one_wrong_byte_is_survived);
	tcase_add_test(tc, a_deep_stack_is_one);
	tcase_add_test(tc, a_line_longer_than_what_is_read_at_once_is_one);
	tcase_add_test(tc, utf16_and_a_byte_order_mark_are_seen_through);
	return test_main("perf_bad", tc);
}
