/* SPDX-License-Identifier: MIT */
#include "libanalysis/name.h"

#include <stdio.h>
#include <string.h>

#include "tests/support.h"

typedef void form(struct prof_buf *, const char *, size_t);

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

static const char *
shown(form *f, const char *s, size_t len)
{
	prof_buf_clear(&b);
	f(&b, s, len);
	return prof_buf_str(&b);
}

#define PRINT(s) shown(prof_name_print, s, sizeof(s) - 1)
#define TSV(s) shown(prof_name_tsv, s, sizeof(s) - 1)
#define CSV(s) shown(prof_name_csv, s, sizeof(s) - 1)
#define MARKDOWN(s) shown(prof_name_markdown, s, sizeof(s) - 1)
#define JSON(s) shown(prof_name_json, s, sizeof(s) - 1)
#define XML(s) shown(prof_name_xml, s, sizeof(s) - 1)

/* The UTF-8 of a code point, surrogates too; returns its length. */
static size_t
encode(int32_t cp, char *s)
{
	uint32_t c = (uint32_t)cp;
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, i;
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (i = n - 1; i > 0; i--, c >>= 6)
		s[i] = (char)(0x80 | (c & 0x3f));
	s[0] = (char)(lead[n] | c);
	return n;
}

START_TEST(every_code_point_is_decoded_and_surrogates_are_not)
{
	char s[4];
	size_t n, used;
	int32_t cp, want;

	for (cp = 0; cp <= 0x10ffff; cp++) {
		n = encode(cp, s);
		want = cp >= 0xd800 && cp <= 0xdfff ? -1 : cp;
		if (prof_utf8_next(s, n, &used) != want ||
		    used != (want < 0 ? 1 : n))
			ck_abort_msg("U+%04X", (unsigned)cp);
	}
}
END_TEST

START_TEST(a_character_cut_short_is_invalid)
{
	char s[4];
	size_t n, i, used;
	static const int32_t some[] = { 0x80, 0x7ff, 0x800, 0xffff, 0x10000,
	    0x10ffff };

	for (i = 0; i < 6; i++)
		for (n = encode(some[i], s) - 1; n > 0; n--) {
			ck_assert_int_eq(prof_utf8_next(s, n, &used), -1);
			ck_assert_uint_eq(used, 1);
		}
}
END_TEST

START_TEST(overlong_and_impossible_bytes_are_invalid)
{
	static const char *const bad[] = { "\x80", "\xbf", "\xc0\x80",
	    "\xc1\xbf", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xf0\x80\x80\x80",
	    "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80",
	    "\xf8\x88\x80\x80\x80", "\xfe", "\xff", "\xed\xa0\x80",
	    "\xed\xbf\xbf", "\xc3\x28", "\xe2\x82\x28", "\xf0\x9f\x98\x28" };
	size_t i, used;

	for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		ck_assert_int_eq(prof_utf8_next(bad[i], strlen(bad[i]),
		    &used), -1);
		ck_assert_uint_eq(used, 1);
	}
}
END_TEST

START_TEST(what_may_change_the_terminal_or_the_order_is_unsafe)
{
	static const int32_t unsafe[] = { 0, 7, 8, 9, 10, 13, 0x1b, 0x1f,
	    0x7f, 0x80, 0x85, 0x9b, 0x9f, 0x61c, 0x200e, 0x200f, 0x2028,
	    0x2029, 0x202a, 0x202e, 0x2066, 0x2069, 0xfeff, 0xfdd0, 0xfdef,
	    0xfffe, 0xffff, 0x1fffe, 0x1ffff, 0x10fffe, 0x10ffff };
	static const int32_t safe[] = { ' ', '~', 0xa0, 0xe9, 0x61b, 0x61d,
	    0x200d, 0x2010, 0x2027, 0x202f, 0x2065, 0x206a, 0x20ac, 0xfdcf,
	    0xfdf0, 0xfefe, 0xff00, 0xfffd, 0x10000, 0x1f600, 0x10fffd };
	size_t i;

	for (i = 0; i < sizeof unsafe / sizeof unsafe[0]; i++)
		ck_assert_msg(prof_name_unsafe(unsafe[i]), "U+%04X",
		    (unsigned)unsafe[i]);
	for (i = 0; i < sizeof safe / sizeof safe[0]; i++)
		ck_assert_msg(!prof_name_unsafe(safe[i]), "U+%04X",
		    (unsigned)safe[i]);
}
END_TEST

START_TEST(a_name_is_printed_as_it_is_where_that_is_safe)
{
	ck_assert_str_eq(PRINT(""), "");
	ck_assert_str_eq(PRINT("std::vector<int>::push_back(int&&)"),
	    "std::vector<int>::push_back(int&&)");
	ck_assert_str_eq(PRINT("C:\\x\\y"), "C:\\x\\y");
	ck_assert_str_eq(PRINT("caf\303\251 \346\227\245 \360\237\230\200"),
	    "caf\303\251 \346\227\245 \360\237\230\200");
}
END_TEST

START_TEST(what_is_unsafe_is_printed_as_an_escape)
{
	ck_assert_str_eq(PRINT("a\033[2Jb"), "a\\x1b[2Jb");
	ck_assert_str_eq(PRINT("a\0b\nc\td\re\177"),
	    "a\\x00b\\x0ac\\x09d\\x0de\\x7f");
	ck_assert_str_eq(PRINT("\302\233"), "\\x9b");
	ck_assert_str_eq(PRINT("\342\200\256evil"), "\\u202eevil");
	ck_assert_str_eq(PRINT("\357\273\277x"), "\\ufeffx");
	ck_assert_str_eq(PRINT("\360\237\277\276"), "\\u1fffe");
	ck_assert_str_eq(PRINT("\377\300\200"), "\\xff\\xc0\\x80");
	ck_assert_str_eq(PRINT("\355\240\200"), "\\xed\\xa0\\x80");
	ck_assert_str_eq(PRINT("\346\227"), "\\xe6\\x97");
}
END_TEST

/* Whatever goes in, only safe and valid UTF-8 comes out. */
static void
check_output_is_safe(form *f)
{
	char s[3];
	size_t i, used;
	uint32_t seed;

	for (seed = 0; seed < 1 << 16; seed++) {
		s[0] = (char)(seed & 0xff);
		s[1] = (char)(seed >> 8);
		s[2] = (char)(seed * 7);
		shown(f, s, 3);
		for (i = 0; i < b.len; i += used)
			if (prof_name_unsafe(prof_utf8_next(b.data + i,
			    b.len - i, &used)))
				ck_abort_msg("%02x %02x %02x", s[0] & 0xff,
				    s[1] & 0xff, s[2] & 0xff);
	}
}

START_TEST(no_bytes_at_all_get_through_any_form)
{
	static form *const forms[] = { prof_name_print, prof_name_tsv,
	    prof_name_csv, prof_name_markdown, prof_name_json,
	    prof_name_xml };

	check_output_is_safe(forms[_i]);
}
END_TEST

#define WIDTH(s) prof_name_width(s, sizeof(s) - 1)

START_TEST(widths_are_those_of_a_terminal)
{
	ck_assert_uint_eq(WIDTH(""), 0);
	ck_assert_uint_eq(WIDTH("abc"), 3);
	ck_assert_uint_eq(WIDTH("caf\303\251"), 4);
	ck_assert_uint_eq(WIDTH("cafe\314\201"), 4);
	ck_assert_uint_eq(WIDTH("\346\227\245\346\234\254"), 4);
	ck_assert_uint_eq(WIDTH("\352\260\200"), 2);
	ck_assert_uint_eq(WIDTH("\357\274\241"), 2);
	ck_assert_uint_eq(WIDTH("\360\237\230\200"), 2);
	ck_assert_uint_eq(WIDTH("\360\240\200\200"), 2);
	ck_assert_uint_eq(WIDTH("a\342\200\215b\357\270\217"), 2);
}
END_TEST

/* Every code point alone, as printed: ASCII escapes are what they are. */
START_TEST(the_width_of_an_escape_is_its_length)
{
	char s[4];
	size_t n;
	int32_t cp;

	for (cp = 0; cp <= 0x10ffff; cp++) {
		n = encode(cp, s);
		if (!prof_name_unsafe(cp) && (cp < 0xd800 || cp > 0xdfff))
			continue;
		shown(prof_name_print, s, n);
		if (prof_name_width(s, n) != b.len)
			ck_abort_msg("U+%04X: %zu, not %zu", (unsigned)cp,
			    prof_name_width(s, n), b.len);
	}
}
END_TEST

START_TEST(tsv_has_no_tab_or_line_end_inside_a_field)
{
	ck_assert_str_eq(TSV("a\tb\nc\rd\\e"), "a\\tb\\nc\\rd\\\\e");
	ck_assert_str_eq(TSV("\001\377\033\0"), "\\x01\\xff\\x1b\\x00");
	ck_assert_str_eq(TSV("plain, \"name\""), "plain, \"name\"");
}
END_TEST

START_TEST(csv_is_quoted_where_needed)
{
	ck_assert_str_eq(CSV(""), "");
	ck_assert_str_eq(CSV("main"), "main");
	ck_assert_str_eq(CSV("f(a, b)"), "\"f(a, b)\"");
	ck_assert_str_eq(CSV("say \"hi\""), "\"say \"\"hi\"\"\"");
	ck_assert_str_eq(CSV("\""), "\"\"\"\"");
	ck_assert_str_eq(CSV("a\nb\r\n"), "a\\x0ab\\x0d\\x0a");
}
END_TEST

START_TEST(csv_does_not_start_a_formula)
{
	ck_assert_str_eq(CSV("=1+1"), "'=1+1");
	ck_assert_str_eq(CSV("+f"), "'+f");
	ck_assert_str_eq(CSV("-[NSObject init]"), "'-[NSObject init]");
	ck_assert_str_eq(CSV("@SUM(A1)"), "'@SUM(A1)");
	ck_assert_str_eq(CSV("=HYPERLINK(\"a\",\"b\")"),
	    "\"'=HYPERLINK(\"\"a\"\",\"\"b\"\")\"");
	ck_assert_str_eq(CSV("a=b"), "a=b");
	ck_assert_str_eq(CSV("\0=1"), "\\x00=1");
}
END_TEST

START_TEST(a_markdown_span_is_not_left_by_back_ticks)
{
	ck_assert_str_eq(MARKDOWN("main"), "`main`");
	ck_assert_str_eq(MARKDOWN("a`b"), "``a`b``");
	ck_assert_str_eq(MARKDOWN("a``b`c"), "```a``b`c```");
	ck_assert_str_eq(MARKDOWN("`a"), "`` `a ``");
	ck_assert_str_eq(MARKDOWN("a`"), "`` a` ``");
	ck_assert_str_eq(MARKDOWN("`"), "`` ` ``");
	ck_assert_str_eq(MARKDOWN("<b>\n</b>"), "`<b>\\x0a</b>`");
}
END_TEST

START_TEST(a_markdown_cell_is_not_left_by_bars)
{
	ck_assert_str_eq(MARKDOWN("a|b"), "`a\\|b`");
	ck_assert_str_eq(MARKDOWN("||"), "`\\|\\|`");
}
END_TEST

/* Two backslashes and a bar would be a backslash and the end of the cell. */
START_TEST(a_markdown_cell_is_not_left_by_a_backslash_and_a_bar)
{
	ck_assert_str_eq(MARKDOWN("a\\|b"), "`a\\\\x7cb`");
	ck_assert_str_eq(MARKDOWN("a\\\\|b"), "`a\\\\\\x7cb`");
}
END_TEST

START_TEST(an_empty_name_is_still_a_markdown_span)
{
	shown(prof_name_markdown, "", 0);
	ck_assert_uint_ge(b.len, 3);
	ck_assert_int_eq(b.data[0], '`');
	ck_assert_int_eq(b.data[1], ' ');
	ck_assert_int_eq(b.data[b.len - 1], '`');
}
END_TEST

START_TEST(markdown_text_has_no_markup)
{
	shown(prof_name_markdown_text, "1.5 ms", 6);
	ck_assert_str_eq(prof_buf_str(&b), "1.5 ms");
	shown(prof_name_markdown_text, "a|b*c\\|\n\303\251", 10);
	ck_assert_str_eq(prof_buf_str(&b),
	    "a\\|b\\*c\\\\\\|\\x0a\303\251");
}
END_TEST

START_TEST(json_escapes_what_it_must_and_what_html_would_see)
{
	ck_assert_str_eq(JSON(""), "\"\"");
	ck_assert_str_eq(JSON("a\"b\\c"), "\"a\\\"b\\\\c\"");
	ck_assert_str_eq(JSON("\n\t\r\b\0"),
	    "\"\\n\\t\\u000d\\u0008\\u0000\"");
	ck_assert_str_eq(JSON("</script>"), "\"\\u003c/script>\"");
	ck_assert_str_eq(JSON("\177\302\205\342\200\250"),
	    "\"\\u007f\\u0085\\u2028\"");
	ck_assert_str_eq(JSON("\303\251\360\237\230\200"),
	    "\"\303\251\360\237\230\200\"");
	ck_assert_str_eq(JSON("\377x"), "\"\\\\xffx\"");
	ck_assert_str_eq(JSON("\355\240\200"), "\"\\\\xed\\\\xa0\\\\x80\"");
}
END_TEST

START_TEST(xml_escapes_markup_and_what_it_forbids)
{
	ck_assert_str_eq(XML("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
	ck_assert_str_eq(XML("]]>"), "]]&gt;");
	ck_assert_str_eq(XML("\001\n\0\377"), "\\x01\\x0a\\x00\\xff");
	ck_assert_str_eq(XML("\357\277\276\357\277\277"), "\\ufffe\\uffff");
	ck_assert_str_eq(XML("&#0;\303\251"), "&amp;#0;\303\251");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("name");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc,
	    every_code_point_is_decoded_and_surrogates_are_not);
	tcase_add_test(tc, a_character_cut_short_is_invalid);
	tcase_add_test(tc, overlong_and_impossible_bytes_are_invalid);
	tcase_add_test(tc,
	    what_may_change_the_terminal_or_the_order_is_unsafe);
	tcase_add_test(tc, a_name_is_printed_as_it_is_where_that_is_safe);
	tcase_add_test(tc, what_is_unsafe_is_printed_as_an_escape);
	tcase_add_loop_test(tc, no_bytes_at_all_get_through_any_form, 0, 6);
	tcase_add_test(tc, widths_are_those_of_a_terminal);
	tcase_add_test(tc, the_width_of_an_escape_is_its_length);
	tcase_add_test(tc, tsv_has_no_tab_or_line_end_inside_a_field);
	tcase_add_test(tc, csv_is_quoted_where_needed);
	tcase_add_test(tc, csv_does_not_start_a_formula);
	tcase_add_test(tc, a_markdown_span_is_not_left_by_back_ticks);
	tcase_add_test(tc, a_markdown_cell_is_not_left_by_bars);
	tcase_add_test(tc,
	    a_markdown_cell_is_not_left_by_a_backslash_and_a_bar);
	tcase_add_test(tc, an_empty_name_is_still_a_markdown_span);
	tcase_add_test(tc, markdown_text_has_no_markup);
	tcase_add_test(tc,
	    json_escapes_what_it_must_and_what_html_would_see);
	tcase_add_test(tc, xml_escapes_markup_and_what_it_forbids);
	return test_main("name", tc);
}
