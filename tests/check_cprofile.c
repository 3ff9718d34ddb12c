/* SPDX-License-Identifier: MIT */
#include "tests/gzip.h"
#include "tests/marshal_bytes.h"

static void
put_pair(void)
{
	PUT("{");
	put_key("a.py", 3, "f");
	put_stats(2, 5, 0.25, 1.5);
	put_key("a.py", 9, "g");
	put_edge(4, 1, 0.125, 0.75);
	PUT("0");
	put_key("a.py", 9, "g");
	put_stats(1, 1, 0.5, 1.25);
	PUT("00");
}

START_TEST(a_function_has_calls_and_nanoseconds)
{
	put_pair();
	must_read();
	ck_assert_uint_eq(p.edges.n, 3);
	ck_assert_str_eq(row(0), "a.py:3(f) 5 2 250000000 1500000000");
	ck_assert_str_eq(row(2), "a.py:9(g) 1 1 500000000 1250000000");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(a_caller_has_its_calls_before_the_primitive_ones)
{
	put_pair();
	must_read();
	ck_assert_str_eq(row(1),
	    "a.py:9(g) -> a.py:3(f) 4 1 125000000 750000000");
}
END_TEST

START_TEST(the_columns_are_those_of_the_family)
{
	static const char *const types[] = { "calls", "primitive", "time",
	    "time" };
	unsigned c;

	put_pair();
	must_read();
	ck_assert_uint_eq(p.nsamples, 0);
	ck_assert_uint_eq(p.ntypes, 1);
	ck_assert_str_eq(prof_profile_str(&p, p.type[0].type), "time");
	ck_assert_str_eq(prof_profile_str(&p, p.type[0].unit), "nanoseconds");
	ck_assert_uint_eq(p.edges.ntypes, 4);
	for (c = 0; c < 4; c++) {
		ck_assert_uint_eq(p.edges.role[c], c);
		ck_assert(p.edges.exact[c]);
		ck_assert_str_eq(prof_profile_str(&p, p.edges.type[c].type),
		    types[c]);
	}
	ck_assert_str_eq(prof_profile_str(&p, p.meta.dialect), "cProfile");
}
END_TEST

START_TEST(an_empty_profile_is_one)
{
	PUT("{0");
	must_read();
	ck_assert_uint_eq(p.edges.n, 0);
	ck_assert_uint_eq(p.nfn, 0);
}
END_TEST

static const struct {
	const char *file;
	int32_t line;
	const char *name, *shown;
} names[] = {
	{ "~", 0, "<built-in method builtins.sum>",
	    "{built-in method builtins.sum} 1 1 500000000 500000000" },
	{ "~", 0, "plain", "plain 1 1 500000000 500000000" },
	{ "~", 0, "<", "< 1 1 500000000 500000000" },
	{ "~", 0, "<>", "{} 1 1 500000000 500000000" },
	{ "~", 5, "<x>", "~:5(<x>) 1 1 500000000 500000000" },
	{ "~~", 0, "<x>", "~~:0(<x>) 1 1 500000000 500000000" },
	{ "", 0, "sum", "sum 1 1 500000000 500000000" },
	{ "", 7, "sum", ":7(sum) 1 1 500000000 500000000" },
	{ "<string>", 1, "<module>",
	    "<string>:1(<module>) 1 1 500000000 500000000" },
	{ "x.py", -1, "", "x.py:-1() 1 1 500000000 500000000" }
};

START_TEST(functions_are_named_as_pstats_prints_them)
{
	PUT("{");
	put_function(names[_i].file, names[_i].line, names[_i].name);
	PUT("0");
	must_read();
	ck_assert_str_eq(row(0), names[_i].shown);
}
END_TEST

START_TEST(all_types_of_text_are_names)
{
	static const char types[] = "stuaAzZ";

	PUT("{)\3");
	put_text(types[_i], "f.py");
	put_int(1);
	put_text(types[_i] | 0x80, "f");
	put_stats(1, 1, 0.5, 0.5);
	PUT("00");
	must_read();
	ck_assert_str_eq(row(0), "f.py:1(f) 1 1 500000000 500000000");
}
END_TEST

START_TEST(names_keep_bytes_that_are_not_utf8)
{
	PUT("{");
	put_function("\xff\x1b", 1, "\xe9\xed\xb2\x80");
	PUT("0");
	must_read();
	ck_assert_str_eq(row(0),
	    "\xff\x1b:1(\xe9\xed\xb2\x80) 1 1 500000000 500000000");
}
END_TEST

static const struct {
	const char *bytes;	/* calls, primitive, self, total */
	size_t len;
	const char *shown;
	const char *note;	/* NULL: none */
	bool skipped;
} numbers[] = {
#define NUMBERS(s, shown, note, skipped) \
	{ s, sizeof(s) - 1, shown, note, skipped }
	NUMBERS("TTFT", "1 1 0 1000000000", NULL, false),
	NUMBERS("i\1\0\0\0I\0\x5e\xd0\xb2\0\0\0\0i\2\0\0\0i\3\0\0\0",
	    "3000000000 1 2000000000 3000000000", NULL, false),
	NUMBERS("Tl\3\0\0\0\0\0\0\0\4\0" "f\3" "0.5" "f\1" "9",
	    "4294967296 1 500000000 9000000000", NULL, false),
	NUMBERS("g\0\0\0\0\0\0\x08\x40" "f\1" "3" "FF", "3 3 0 0", NULL,
	    false),
	NUMBERS("T" "f\3" "3.4" "FF", "3 1 0 0", "no integer", false),
	NUMBERS("F" "f\3" "nan" "FF", "0 0 0 0", "not finite", true),
	NUMBERS("TT" "f\3" "inf" "F", "1 1 0 0", "not finite", true),
	NUMBERS("TT" "F" "g\0\0\0\0\0\0\xf8\xff", "1 1 0 0", "not finite",
	    true),
	NUMBERS("TT" "F" "l\4\0\0\0\0\0\0\0\0\0\1\0", "1 1 0 0",
	    "not finite", true),
	NUMBERS("TT" "l\7\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0F", "1 1 0 0",
	    "not finite", true),
	NUMBERS("TT" "f\x04" "-0.5" "F", "1 1 -500000000 0", "negative time",
	    false),
	NUMBERS("TTTF", "1 1 1000000000 0", "less time", false),
	NUMBERS("TFFF", "0 1 0 0", "more primitive", false),
	NUMBERS("Ti\xff\xff\xff\xff" "FF", "0 1 0 0", "negative calls", true),
	NUMBERS("Tl\7\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0FF",
	    "2305843009213693952 1 0 0", "2^61", true),
	NUMBERS("Tl\xf9\xff\xff\xff\0\0\0\0\0\0\0\0\0\0\0\0\1\0FF",
	    "0 1 0 0", "negative calls", true)
};

START_TEST(all_types_of_numbers_are_taken_or_noted)
{
	const struct prof_note *note;

	PUT("{");
	put_key("", 0, "f");
	put_tuple(5);
	put(numbers[_i].bytes, numbers[_i].len);
	PUT("{00");
	must_read();
	ck_assert_str_eq(row(0) + 2, numbers[_i].shown);
	if (numbers[_i].note == NULL) {
		ck_assert_uint_eq(p.nnotes, 0);
		return;
	}
	note = find_note(numbers[_i].note);
	ck_assert_uint_eq(note->count, 1);
	ck_assert_int_eq(note->skipped, numbers[_i].skipped);
}
END_TEST

START_TEST(odd_functions_are_counted_each_once)
{
	int i;

	PUT("{");
	for (i = 0; i < 7; i++) {
		put_key("a.py", i, "f");
		put_stats(1, 1, -1.0, -2.0);
		PUT("0");
	}
	PUT("0");
	must_read();
	ck_assert_uint_eq(find_note("negative time")->count, 7);
	ck_assert_uint_eq(find_note("less time")->count, 7);
	ck_assert_uint_eq(prof_profile_skipped(&p), 0);
}
END_TEST

START_TEST(a_caller_that_is_no_function_of_its_own_becomes_one)
{
	PUT("{");
	put_key("a.py", 3, "f");
	put_stats(1, 1, 1.0, 1.0);
	put_key("b.py", 1, "h");
	put_edge(1, 1, 1.0, 1.0);
	PUT("00");
	must_read();
	ck_assert_uint_eq(p.edges.n, 3);
	ck_assert_str_eq(row(2), "b.py:1(h) 0 0 0 0");
}
END_TEST

START_TEST(calls_as_yappi_writes_them_are_put_in_their_places)
{
	PUT("{");
	put_key("a.py", 3, "f");
	put_stats(9, 2, 0.5, 0.5);
	PUT("0");
	put_key("a.py", 4, "g");
	put_stats(3, 3, 0.5, 0.5);
	PUT("00");
	must_read();
	ck_assert_str_eq(row(0), "a.py:3(f) 9 2 500000000 500000000");
	ck_assert_str_eq(row(1), "a.py:4(g) 3 3 500000000 500000000");
	ck_assert_ptr_nonnull(find_note("yappi"));
}
END_TEST

START_TEST(a_function_may_call_itself)
{
	PUT("{");
	put_key("a.py", 3, "f");
	put_stats(1, 9, 0.5, 1.0);
	put_key("a.py", 3, "f");
	put_edge(8, 1, 0.25, 0.5);
	PUT("00");
	must_read();
	ck_assert_uint_eq(p.edges.n, 2);
	ck_assert_uint_eq(p.nfn, 1);
	ck_assert_uint_eq(p.edges.caller[1], p.edges.callee[1]);
}
END_TEST

START_TEST(of_a_function_that_is_there_twice_the_last_one_counts)
{
	PUT("{");
	put_key("a.py", 3, "f");
	put_stats(1, 1, 0.5, 1.0);
	put_key("b.py", 1, "h");
	put_edge(1, 1, 0.5, 1.0);
	PUT("0");
	put_function("a.py", 4, "g");
	put_function("a.py", 3, "f");
	put_function("a.py", 3, "f");
	PUT("0");
	must_read();
	ck_assert_uint_eq(p.edges.n, 3);
	ck_assert_str_eq(row(0), "a.py:4(g) 1 1 500000000 500000000");
	ck_assert_str_eq(row(1), "a.py:3(f) 1 1 500000000 500000000");
	ck_assert_str_eq(row(2), "b.py:1(h) 0 0 0 0");
	ck_assert_uint_eq(find_note("the same function")->count, 2);
	ck_assert_uint_eq(prof_profile_skipped(&p), 2);
}
END_TEST

START_TEST(of_a_caller_that_is_there_twice_the_last_one_counts)
{
	PUT("{");
	put_key("a.py", 3, "f");
	put_stats(1, 1, 0.5, 1.0);
	put_key("b.py", 1, "h");
	put_int(7);
	put_key("c.py", 1, "i");
	put_edge(2, 2, 0.5, 0.5);
	put_key("b.py", 1, "h");
	put_edge(3, 3, 0.25, 0.25);
	PUT("00");
	must_read();
	ck_assert_uint_eq(p.edges.n, 5);
	ck_assert_str_eq(row(1), "b.py:1(h) -> a.py:3(f) 3 3 250000000 "
	    "250000000");
	ck_assert_uint_eq(find_note("the same caller")->count, 1);
	ck_assert_uint_eq(find_note("the same caller")->where[0] > 0, 1);
}
END_TEST

START_TEST(joined_tuples_of_old_merged_files_are_summed)
{
	PUT("{");
	put_key("a.py", 3, "f");
	put_stats(1, 9, 0.5, 1.0);
	put_key("b.py", 1, "h");
	put_tuple(12);
	PUT("i\3\0\0\0i\2\0\0\0" "f\3" "0.5" "f\3" "1.5");
	PUT("i\4\0\0\0i\1\0\0\0" "f\3" "0.5" "f\3" "2.5");
	PUT("i\5\0\0\0i\5\0\0\0" "f\3" "0.5" "f\3" "3.5");
	PUT("00");
	must_read();
	ck_assert_str_eq(row(1), "b.py:1(h) -> a.py:3(f) 12 8 1500000000 "
	    "7500000000");
}
END_TEST

START_TEST(sums_of_joined_tuples_stay_in_bounds)
{
	int i;

	PUT("{");
	put_key("a.py", 3, "f");
	put_stats(1, 9, 0.5, 1.0);
	put_key("b.py", 1, "h");
	put_tuple(8);
	for (i = 0; i < 2; i++)
		PUT("l\5\0\0\0\0\0\0\0\0\0\0\0\1\0" "T" "F"
		    "f\x0a" "9000000000");
	PUT("00");
	must_read();
	ck_assert_str_eq(row(1), "b.py:1(h) -> a.py:3(f) "
	    "2305843009213693952 2 0 0");
	ck_assert_uint_eq(find_note("not finite")->count, 1);
}
END_TEST

START_TEST(callers_with_calls_only_get_a_share_of_the_times)
{
	unsigned c;

	PUT("{");
	put_key("", 0, "sum");
	put_stats(6, 8, 0.8, 1.6);
	put_key("a.py", 1, "g");
	put_int(6);
	put_key("a.py", 2, "h");
	put_int(2);
	PUT("00");
	must_read();
	ck_assert_str_eq(row(1), "a.py:1(g) -> sum 6 5 600000000 1200000000");
	ck_assert_str_eq(row(2), "a.py:2(h) -> sum 2 2 200000000 400000000");
	ck_assert_int_eq(p.edges.line[1], 0);
	for (c = 0; c < 4; c++)
		ck_assert_int_eq(p.edges.exact[c], c == 0);
	ck_assert_str_eq(prof_profile_str(&p, p.meta.dialect), "profile");
}
END_TEST

START_TEST(a_function_without_file_alone_makes_it_no_file_of_profile)
{
	put_pair();
	b.len--;
	put_function("", 0, "sum");
	PUT("0");
	must_read();
	ck_assert_str_eq(prof_profile_str(&p, p.meta.dialect), "cProfile");
}
END_TEST

START_TEST(calls_from_nowhere_keep_their_share)
{
	PUT("{");
	put_key("", 0, "sum");
	put_stats(8, 8, 0.8, 1.6);
	put_key("a.py", 1, "g");
	put_int(2);
	PUT("00");
	must_read();
	ck_assert_str_eq(row(1), "a.py:1(g) -> sum 2 2 200000000 400000000");
}
END_TEST

START_TEST(shares_of_nothing_and_of_less_than_nothing_are_no_trouble)
{
	PUT("{");
	put_key("", 0, "sum");
	put_stats(0, 0, 0, 0);
	put_key("a.py", 1, "g");
	put_int(0);
	PUT("0");
	put_key("", 0, "max");
	put_stats(2, 2, -0.5, 1.0);
	put_key("a.py", 1, "g");
	put_int(1);
	PUT("00");
	must_read();
	ck_assert_str_eq(row(1), "a.py:1(g) -> sum 0 0 0 0");
	ck_assert_str_eq(row(3), "a.py:1(g) -> max 1 1 -250000000 500000000");
}
END_TEST

START_TEST(bytes_behind_the_end_are_left_out_and_noted)
{
	size_t end;

	put_pair();
	end = b.len;
	PUT("{junk");
	must_read();
	ck_assert_uint_eq(p.edges.n, 3);
	ck_assert_uint_eq(find_note("behind the end")->where[0], end);
	ck_assert_uint_eq(prof_profile_skipped(&p), 1);
}
END_TEST

START_TEST(gzip_members_are_profiles_each)
{
	struct prof_in *in;
	struct prof_buf gz = { 0 };
	int i;

	put_pair();
	gzip_add(&gz, b.data, b.len);
	gzip_add(&gz, b.data, b.len);
	in = prof_in_memory(gz.data, gz.len, "test", NULL);
	for (i = 0; i < 2; i++) {
		ck_assert_int_eq(prof_format_read(in, NULL, &p, &err), 1);
		ck_assert_uint_eq(p.edges.n, 3);
		ck_assert_uint_eq(p.nnotes, 0);
		prof_profile_release(&p);
	}
	ck_assert_int_eq(prof_format_read(in, NULL, &p, &err), 0);
	prof_in_close(in);
	prof_buf_release(&gz);
}
END_TEST

static const struct {
	const char *head;
	size_t len;
	bool ours;
} heads[] = {
#define HEAD(s, ours) { s, sizeof(s) - 1, ours }
	HEAD("{(\3\0\0\0s\1\0\0\0x", true),
	HEAD("\xfb\xa9\3\xfa\1x", true),
	HEAD("\xfb)\3z\1x", true),
	HEAD("{\xa8\3\0\0\0u\1\0\0\0x", true),
	HEAD("{0", true),
	HEAD("\xfb" "0", true),
	HEAD("{0;a;b 5\n", false),
	HEAD("{(\2\0\0\0s\1\0\0\0x", false),
	HEAD("{(\3\0\0\0i\1\0\0\0", false),
	HEAD("{(\3\0\0\0\0", false),
	HEAD("{\"a\": 1}", false),
	HEAD("{}", false),
	HEAD("{)\3", false),
	HEAD("{", false),
	HEAD("(\3\0\0\0s", false)
};

START_TEST(files_are_known_by_their_first_key)
{
	int bid = prof_cprofile_reader.bid((const unsigned char *)
	    heads[_i].head, heads[_i].len);

	ck_assert_int_eq(bid > 0, heads[_i].ours);
}
END_TEST

START_TEST(a_recursion_recorded_by_python_has_its_calls)
{
	static const char *const files[] = { "cprofile/py27.prof",
	    "cprofile/py313.prof", "cprofile/profile27.prof",
	    "cprofile/profile313.prof" };
	const char *shown_row;
	uint32_t i;
	int found = 0;

	test_load(&p, files[_i]);
	for (i = 0; i < p.edges.n; i++) {
		shown_row = row(i);
		found += strstr(shown_row, "pywork.py") == shown_row &&
		    strstr(shown_row, "(fact) 240 20 ") != NULL;
		found += strstr(shown_row, "(main) -> pywork.py") != NULL &&
		    strstr(shown_row, "(fact) 20 ") != NULL;
	}
	ck_assert_int_eq(found, 2);
	ck_assert_uint_eq(prof_profile_skipped(&p), 0);
}
END_TEST

START_TEST(a_dialect_is_refused)
{
	struct prof_in *in = prof_in_memory("{0", 2, "test", NULL);

	ck_assert_int_eq(prof_cprofile_reader.read(in, "x", &p, &err),
	    PROF_EUSAGE);
	prof_in_close(in);
}
END_TEST

#define COUNT(table) ((int)(sizeof (table) / sizeof (table)[0]))

static void
add_rows(TCase *tc)
{
	tcase_add_test(tc, a_function_has_calls_and_nanoseconds);
	tcase_add_test(tc, a_caller_has_its_calls_before_the_primitive_ones);
	tcase_add_test(tc, the_columns_are_those_of_the_family);
	tcase_add_test(tc, an_empty_profile_is_one);
	tcase_add_loop_test(tc, functions_are_named_as_pstats_prints_them, 0,
	    COUNT(names));
	tcase_add_loop_test(tc, all_types_of_text_are_names, 0, 7);
	tcase_add_test(tc, names_keep_bytes_that_are_not_utf8);
	tcase_add_loop_test(tc, all_types_of_numbers_are_taken_or_noted, 0,
	    COUNT(numbers));
	tcase_add_test(tc, odd_functions_are_counted_each_once);
	tcase_add_test(tc,
	    a_caller_that_is_no_function_of_its_own_becomes_one);
	tcase_add_test(tc,
	    calls_as_yappi_writes_them_are_put_in_their_places);
	tcase_add_test(tc, a_function_may_call_itself);
	tcase_add_test(tc,
	    of_a_function_that_is_there_twice_the_last_one_counts);
	tcase_add_test(tc,
	    of_a_caller_that_is_there_twice_the_last_one_counts);
	tcase_add_test(tc, joined_tuples_of_old_merged_files_are_summed);
	tcase_add_test(tc, sums_of_joined_tuples_stay_in_bounds);
}

int
main(void)
{
	TCase *tc = tcase_create("cprofile");

	tcase_add_checked_fixture(tc, setup, teardown);
	add_rows(tc);
	tcase_add_test(tc, callers_with_calls_only_get_a_share_of_the_times);
	tcase_add_test(tc,
	    a_function_without_file_alone_makes_it_no_file_of_profile);
	tcase_add_test(tc, calls_from_nowhere_keep_their_share);
	tcase_add_test(tc,
	    shares_of_nothing_and_of_less_than_nothing_are_no_trouble);
	tcase_add_test(tc, bytes_behind_the_end_are_left_out_and_noted);
	tcase_add_test(tc, gzip_members_are_profiles_each);
	tcase_add_loop_test(tc, files_are_known_by_their_first_key, 0,
	    COUNT(heads));
	tcase_add_loop_test(tc, a_recursion_recorded_by_python_has_its_calls,
	    0, 4);
	tcase_add_test(tc, a_dialect_is_refused);
	return test_main("cprofile", tc);
}
