/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "libanalysis/calltree.h"
#include "libanalysis/lost.h"
#include "tests/make.h"
#include "tests/marshal_bytes.h"

/* What is written, as the reader sees it, or byte by byte. */

extern const struct prof_writer prof_cprofile_writer;

static struct made m;

/* Write a column of a profile to b. */
static void
write_column(const struct prof_profile *from, unsigned column)
{
	struct prof_write_opts opts = { .column = column };
	struct prof_out *out = prof_out_buf(&b);

	prof_buf_clear(&b);
	ck_assert_msg(prof_cprofile_writer.write(from, &opts, out, &err) ==
	    PROF_OK, "%s", err.msg);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
}

/* Write what was made and read it; it is dropped. */
static void
pass_made(unsigned column)
{
	write_column(&m.p, column);
	make_drop(&m);
	must_read();
}

/* The row of these functions; caller "" for the callee itself. */
static const char *
find_row(const char *caller, const char *callee)
{
	const char *text;
	char begin[256];
	uint32_t i;

	snprintf(begin, sizeof begin, "%s%s%s ", caller,
	    *caller != '\0' ? " -> " : "", callee);
	for (i = 0; i < p.edges.n; i++) {
		text = row(i);
		if ((p.edges.caller[i] != 0) == (*caller != '\0') &&
		    strncmp(text, begin, strlen(begin)) == 0)
			return text + strlen(begin);
	}
	return "no such row";
}

/* Whether these bytes are in what was written. */
static bool
holds(const char *bytes, size_t n)
{
	size_t i;

	for (i = 0; i + n <= b.len; i++)
		if (memcmp(b.data + i, bytes, n) == 0)
			return true;
	return false;
}

static const char *const recordings[] = { "cprofile/py27.prof",
	"cprofile/py313.prof", "cprofile/profile27.prof",
	"cprofile/profile313.prof", "cprofile/merged.prof",
	"cprofile/tasks.prof", "cprofile/threads.prof", "cprofile/yappi.prof",
	"cprofile/names.prof", "cprofile/flat.prof", "cprofile/empty.prof" };

START_TEST(a_recording_comes_back_the_same)
{
	struct prof_buf first = { 0 };
	char *before, *after;

	test_load(&p, recordings[_i]);
	before = test_dump(&p);
	write_column(&p, 0);
	prof_buf_add(&first, b.data, b.len);
	must_read();
	after = test_dump(&p);
	ck_assert_str_eq(before, after);
	write_column(&p, 0);
	ck_assert_uint_eq(first.len, b.len);
	ck_assert_mem_eq(first.data, b.data, b.len);
	prof_buf_release(&first);
	free(before);
	free(after);
}
END_TEST

START_TEST(a_file_has_types_that_all_pythons_read)
{
	static const char want[] = "{"
	    "(\3\0\0\0" "t\4\0\0\0a.py" "i\3\0\0\0" "t\1\0\0\0f"
	    "(\5\0\0\0" "i\2\0\0\0" "i\5\0\0\0" "g\0\0\0\0\0\0\xd0\x3f"
	    "g\0\0\0\0\0\0\xf8\x3f" "{"
	    "(\3\0\0\0" "t\1\0\0\0~" "i\0\0\0\0" "t\3\0\0\0<g>"
	    "(\4\0\0\0" "i\4\0\0\0" "i\1\0\0\0" "g\0\0\0\0\0\0\xc0\x3f"
	    "g\0\0\0\0\0\0\xe8\x3f" "0"
	    "(\3\0\0\0" "t\1\0\0\0~" "i\0\0\0\0" "t\3\0\0\0<g>"
	    "(\5\0\0\0" "i\0\0\0\0" "i\0\0\0\0" "g\0\0\0\0\0\0\0\0"
	    "g\0\0\0\0\0\0\0\0" "{0" "0";

	PUT("{");
	put_key("a.py", 3, "f");
	put_stats(2, 5, 0.25, 1.5);
	put_key("~", 0, "<g>");
	put_edge(4, 1, 0.125, 0.75);
	PUT("00");
	must_read();
	write_column(&p, 0);
	ck_assert_uint_eq(b.len, sizeof want - 1);
	ck_assert_mem_eq(b.data, want, sizeof want - 1);
}
END_TEST

START_TEST(estimates_of_callers_are_not_written)
{
	PUT("{");
	put_key("", 0, "sum");
	put_stats(8, 8, 0.5, 1.5);
	put_key("a.py", 1, "g");
	put_int(2);
	PUT("00");
	must_read();
	write_column(&p, 0);
	must_read();
	ck_assert_str_eq(find_row("a.py:1(g)", "sum"),
	    "2 2 125000000 375000000");
	ck_assert(!p.edges.exact[PROF_EDGE_SELF]);
	ck_assert(!holds("(\4\0\0\0", 5));
}
END_TEST

/* Functions without a file, in a file of cProfile and in one of profile. */
static const struct {
	const char *name, *file, *written;
	bool profile;
} plain[] = {
	{ "{built-in method x}", "~", "<built-in method x>", false },
	{ "{built-in method x}", "~", "<built-in method x>", true },
	{ "main", "~", "main", false },
	{ "main", "", "main", true },
	{ "<lambda>", "", "<lambda>", false },
	{ "{", "~", "{", false }
};

START_TEST(functions_without_a_file_look_like_those_of_c)
{
	char want[128];
	size_t n;

	make_start(&m, "cpu", "nanoseconds");
	if (plain[_i].profile)
		m.p.meta.dialect = make_str(&m, "profile");
	make_sample(&m, plain[_i].name, 1);
	pass_made(0);
	n = (size_t)snprintf(want, sizeof want, "{(%c%c%c%ct%c%c%c%c%si%c%c%c"
	    "%ct%c%c%c%c%s(", 3, 0, 0, 0, (int)strlen(plain[_i].file), 0, 0,
	    0, plain[_i].file, 0, 0, 0, 0, (int)strlen(plain[_i].written), 0,
	    0, 0, plain[_i].written);
	ck_assert_uint_gt(b.len, n);
	ck_assert_mem_eq(b.data, want, n);
	ck_assert_str_ne(find_row("", plain[_i].name), "no such row");
}
END_TEST

START_TEST(names_that_are_no_utf8_are_made_so)
{
	PUT("{");
	put_function("caf\xe9", 1, "\xff<\xc3\xa9\xed\xb2\x80\xed\xa0");
	PUT("0");
	must_read();
	write_column(&p, 0);
	must_read();
	ck_assert_str_eq(find_row("", "caf\\xe9:1(\\xff<\xc3\xa9\xed\xb2\x80"
	    "\\xed\\xa0)"), "1 1 500000000 500000000");
}
END_TEST

START_TEST(names_that_become_alike_are_one_function)
{
	PUT("{");
	put_function("a.py", 1, "\xff");
	put_function("a.py", 1, "\\xff");
	PUT("0");
	must_read();
	write_column(&p, 0);
	must_read();
	ck_assert_uint_eq(p.edges.n, 1);
	ck_assert_str_eq(row(0), "a.py:1(\\xff) 2 2 1000000000 1000000000");
}
END_TEST

/* One function that took so many nanoseconds: where the first are. */
#define SELF_AT (1 + 5 + 6 + 5 + 6 + 5 + 10)

static void
pass_time(int64_t ns)
{
	make_start(&m, "cpu", "nanoseconds");
	make_sample(&m, "f", ns);
	pass_made(0);
}

static uint64_t
double_at(size_t at)
{
	uint64_t v = 0;
	unsigned i;

	ck_assert_int_eq(b.data[at], 'g');
	for (i = 8; i > 0; i--)
		v = v << 8 | (unsigned char)b.data[at + i];
	return v;
}

START_TEST(seconds_are_the_nearest_double)
{
	uint64_t state = 0x9e3779b97f4a7c15u + (uint64_t)_i, bits;
	double want;
	int64_t ns;
	int i;

	for (i = 0; i < 500; i++) {
		state = state * UINT64_C(6364136223846793005) + 1;
		/* A double holds it: one division, one rounding. */
		ns = (int64_t)(state >> (11 + state % 50));
		ns = i % 2 == 0 ? ns : -ns;
		pass_time(ns);
		want = (double)ns / 1e9;
		memcpy(&bits, &want, sizeof bits);
		ck_assert_msg(double_at(SELF_AT) == (ns != 0 ? bits : 0),
		    "%" PRId64 ": %" PRIx64 ", not %" PRIx64, ns,
		    double_at(SELF_AT), bits);
	}
}
END_TEST

static const int64_t times[] = { 0, 1, -1, 2, 999999999, 1000000000,
	1000000001, 123456789012345, (INT64_C(1) << 52) - 1,
	-(INT64_C(1) << 52) + 1, INT64_C(1) << 52 };

START_TEST(nanoseconds_of_52_days_come_back)
{
	char want[64];

	pass_time(times[_i]);
	snprintf(want, sizeof want, "1 1 %" PRId64 " %" PRId64, times[_i],
	    times[_i]);
	ck_assert_str_eq(find_row("", "f"), want);
}
END_TEST

START_TEST(the_largest_times_are_near)
{
	make_start(&m, "cpu", "nanoseconds");
	make_sample(&m, "f", INT64_MAX);
	write_column(&m.p, 0);
	make_drop(&m);
	/* 2^63 / 10^9 as a double */
	ck_assert_uint_eq(double_at(SELF_AT), UINT64_C(0x42012e0be826d695));
}
END_TEST

START_TEST(times_beyond_all_bounds_are_not_written)
{
	struct prof_write_opts opts = { .column = 0 };
	struct prof_out *out;

	prof_buf_clear(&b);
	out = prof_out_buf(&b);
	make_start(&m, "cpu", "seconds");
	make_sample(&m, "f", INT64_MAX);
	m.p.type[0].num = INT64_MAX;
	ck_assert_int_eq(prof_cprofile_writer.write(&m.p, &opts, out, &err),
	    PROF_ERANGE);
	prof_out_finish(out, &err);
	make_drop(&m);
}
END_TEST

START_TEST(calls_beyond_32_bits_are_long)
{
	PUT("{");
	put_key("a.py", 3, "f");
	put_tuple(5);
	PUT("I\0\0\0\x80\0\0\0\0" "I\xff\xff\xff\xff\xff\xff\xff\x1f"
	    "FF{00");
	must_read();
	write_column(&p, 0);
	must_read();
	ck_assert_str_eq(row(0), "a.py:3(f) 2305843009213693951 2147483648 "
	    "0 0");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(lines_beyond_32_bits_are_long)
{
	PUT("{");
	put_tuple(3);
	put_text('u', "a.py");
	PUT("l\xfc\xff\xff\xff\0\0\0\0\0\0\1\0");
	put_text('u', "f");
	put_stats(1, 1, 0.5, 0.5);
	PUT("00");
	must_read();
	write_column(&p, 0);
	must_read();
	ck_assert_str_eq(row(0), "a.py:-35184372088832(f) 1 1 500000000 "
	    "500000000");
}
END_TEST

START_TEST(the_order_does_not_depend_on_that_of_the_input)
{
	static const int orders[][4] = { { 0, 1, 2, 3 }, { 3, 2, 1, 0 },
	    { 2, 0, 3, 1 } };
	static const struct {
		const char *file;
		int32_t line;
		const char *name;
	} fn[] = { { "a.py", 10, "f" }, { "a.py", 9, "z" },
	    { "b.py", 1, "a" }, { "a.py", 10, "g" } };
	struct prof_buf first = { 0 };
	int i, k, n;

	for (i = 0; i < 3; i++) {
		prof_buf_clear(&b);
		PUT("{");
		for (k = 0; k < 4; k++) {
			n = orders[i][k];
			put_key(fn[n].file, fn[n].line, fn[n].name);
			put_stats(1, n + 1, 0.5, 1.0);
			for (n = 0; n < 4; n++) {
				put_key(fn[orders[i][n]].file,
				    fn[orders[i][n]].line,
				    fn[orders[i][n]].name);
				put_int(1);
			}
			PUT("0");
		}
		PUT("0");
		must_read();
		write_column(&p, 0);
		if (i == 0)
			prof_buf_add(&first, b.data, b.len);
		ck_assert_uint_eq(first.len, b.len);
		ck_assert_mem_eq(first.data, b.data, b.len);
	}
	prof_buf_release(&first);
}
END_TEST

START_TEST(samples_are_calls_and_their_values_times)
{
	make_start(&m, "cpu", "nanoseconds");
	make_sample(&m, "main;f", 30);
	make_sample(&m, "main;f;g", 20);
	make_sample(&m, "main", 5);
	make_sample(&m, "g", 7);
	pass_made(0);
	ck_assert_str_eq(find_row("", "main"), "3 3 5 55");
	ck_assert_str_eq(find_row("", "f"), "2 2 30 50");
	ck_assert_str_eq(find_row("", "g"), "2 2 27 27");
	ck_assert_str_eq(find_row("main", "f"), "2 2 30 50");
	ck_assert_str_eq(find_row("f", "g"), "1 1 20 20");
	ck_assert_uint_eq(p.edges.n, 5);
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(recursion_counts_once)
{
	make_start(&m, "cpu", "nanoseconds");
	make_sample(&m, "main;f;f;g;f", 10);
	make_sample(&m, "main;f;f", 4);
	pass_made(0);
	ck_assert_str_eq(find_row("", "f"), "2 2 14 14");
	ck_assert_str_eq(find_row("", "g"), "1 1 0 10");
	ck_assert_str_eq(find_row("main", "f"), "2 2 0 14");
	ck_assert_str_eq(find_row("f", "f"), "2 2 4 14");
	ck_assert_str_eq(find_row("g", "f"), "1 1 10 10");
	ck_assert_str_eq(find_row("f", "g"), "1 1 0 10");
}
END_TEST

START_TEST(an_inlined_function_is_called_by_its_frame)
{
	make_start(&m, "cpu", "nanoseconds");
	make_sample(&m, "main;outer|inner", 9);
	pass_made(0);
	ck_assert_str_eq(find_row("main", "outer"), "1 1 0 9");
	ck_assert_str_eq(find_row("outer", "inner"), "1 1 9 9");
}
END_TEST

START_TEST(a_column_of_samples_is_the_number_of_calls)
{
	int64_t values[] = { 12, 600 };

	make_start(&m, "samples", "count");
	prof_profile_add_type(&m.p, make_str(&m, "cpu"),
	    make_str(&m, "nanoseconds"));
	make_values(&m, make_stack(&m, "main;f"), 0, values);
	pass_made(1);
	ck_assert_str_eq(find_row("main", "f"), "12 12 600 600");
	ck_assert_str_eq(find_row("", "main"), "12 12 0 600");
}
END_TEST

START_TEST(a_period_tells_the_number_of_calls)
{
	make_start(&m, "cpu", "nanoseconds");
	m.p.meta.period = 10;
	m.p.meta.period_type = m.p.type[0].type;
	make_sample(&m, "main;f", 30);
	make_sample(&m, "main;g", 14);
	make_sample(&m, "main;h", 15);
	pass_made(0);
	ck_assert_str_eq(find_row("main", "f"), "3 3 30 30");
	ck_assert_str_eq(find_row("main", "g"), "1 1 14 14");
	ck_assert_str_eq(find_row("main", "h"), "2 2 15 15");
	ck_assert_str_eq(find_row("", "main"), "6 6 0 59");
}
END_TEST

static const struct {
	const char *unit;
	int64_t num, den;
	const char *row;
} units[] = {
	{ "nanoseconds", 1, 1, "1 1 5000 5000" },
	{ "microseconds", 1, 1, "1 1 5000000 5000000" },
	{ "ms", 1, 1000, "1 1 5000000 5000000" },
	{ "seconds", 1, 1, "1 1 5000000000000 5000000000000" },
	{ "count", 1, 1, "5000 5000 5000000000000 5000000000000" },
	{ "count", 1, 2, "1 1 2500000000000 2500000000000" },
	{ "bytes", 2, 4, "1 1 2500000000000 2500000000000" },
	{ "frobs", 1, 1, "1 1 5000000000000 5000000000000" }
};

START_TEST(times_become_seconds_and_other_values_stay)
{
	make_start(&m, "value", units[_i].unit);
	m.p.type[0].num = units[_i].num;
	m.p.type[0].den = units[_i].den;
	make_sample(&m, "f", 5000);
	pass_made(0);
	ck_assert_str_eq(find_row("", "f"), units[_i].row);
}
END_TEST

START_TEST(samples_without_frames_are_kept)
{
	make_start(&m, "cpu", "nanoseconds");
	make_sample(&m, "", 9);
	pass_made(0);
	ck_assert_uint_eq(p.edges.n, 1);
	ck_assert_str_eq(find_row("", "[root]"), "1 1 9 9");
}
END_TEST

START_TEST(a_file_and_line_of_a_sample_are_kept)
{
	make_start(&m, "cpu", "nanoseconds");
	m.file = "x.go";
	make_sample(&m, "f", 9);
	m.p.fn[0].start = 12;
	pass_made(0);
	ck_assert_str_eq(find_row("", "x.go:12(f)"), "1 1 9 9");
}
END_TEST

START_TEST(what_is_empty_is_an_empty_dict)
{
	if (_i == 0)
		memset(&m, 0, sizeof m);
	else
		make_start(&m, "cpu", "nanoseconds");
	write_column(&m.p, 0);
	make_drop(&m);
	ck_assert_uint_eq(b.len, 2);
	ck_assert_mem_eq(b.data, "{0", 2);
}
END_TEST

START_TEST(stacks_made_of_edges_are_not_written_beside_them)
{
	struct prof_buf first = { 0 };

	test_load(&p, "cprofile/py313.prof");
	write_column(&p, 0);
	prof_buf_add(&first, b.data, b.len);
	ck_assert_int_eq(prof_calltree_estimate(&p, &err), PROF_OK);
	ck_assert_uint_gt(p.nsamples, 0);
	write_column(&p, 0);
	ck_assert_uint_eq(first.len, b.len);
	ck_assert_mem_eq(first.data, b.data, b.len);
	prof_buf_release(&first);
}
END_TEST

START_TEST(stacks_made_of_edges_that_are_gone_tell_no_calls)
{
	uint32_t i;

	test_load(&p, "cprofile/py313.prof");
	ck_assert_int_eq(prof_calltree_estimate(&p, &err), PROF_OK);
	prof_profile_drop_edges(&p);
	write_column(&p, 0);
	must_read();
	ck_assert_uint_gt(p.edges.n, 10);
	for (i = 0; i < p.edges.n; i++) {
		ck_assert_int_eq(p.edges.value[PROF_EDGE_CALLS][i], 0);
		ck_assert_int_eq(p.edges.value[PROF_EDGE_PRIMITIVE][i], 0);
		ck_assert_int_gt(p.edges.value[PROF_EDGE_TOTAL][i], 0);
	}
}
END_TEST

START_TEST(lost_time_is_left_to_the_next_reader)
{
	test_load(&p, "cprofile/py313.prof");
	ck_assert_uint_ne(prof_strs_find(&p.strs, PROF_LOST_NAME,
	    strlen(PROF_LOST_NAME)), UINT32_MAX);
	write_column(&p, 0);
	ck_assert(!holds("[lost", 5));
	must_read();
	ck_assert_uint_ne(prof_strs_find(&p.strs, PROF_LOST_NAME,
	    strlen(PROF_LOST_NAME)), UINT32_MAX);
}
END_TEST

#define COUNT(table) ((int)(sizeof (table) / sizeof (table)[0]))

static void
add_edges(TCase *tc)
{
	tcase_add_loop_test(tc, a_recording_comes_back_the_same, 0,
	    COUNT(recordings));
	tcase_add_test(tc, a_file_has_types_that_all_pythons_read);
	tcase_add_test(tc, estimates_of_callers_are_not_written);
	tcase_add_loop_test(tc, functions_without_a_file_look_like_those_of_c,
	    0, COUNT(plain));
	tcase_add_test(tc, names_that_are_no_utf8_are_made_so);
	tcase_add_test(tc, names_that_become_alike_are_one_function);
	tcase_add_loop_test(tc, seconds_are_the_nearest_double, 0, 4);
	tcase_add_loop_test(tc, nanoseconds_of_52_days_come_back, 0,
	    COUNT(times));
	tcase_add_test(tc, the_largest_times_are_near);
	tcase_add_test(tc, times_beyond_all_bounds_are_not_written);
	tcase_add_test(tc, calls_beyond_32_bits_are_long);
	tcase_add_test(tc, lines_beyond_32_bits_are_long);
	tcase_add_test(tc, the_order_does_not_depend_on_that_of_the_input);
	tcase_add_test(tc,
	    stacks_made_of_edges_are_not_written_beside_them);
	tcase_add_test(tc,
	    stacks_made_of_edges_that_are_gone_tell_no_calls);
	tcase_add_test(tc, lost_time_is_left_to_the_next_reader);
}

static void
add_samples(TCase *tc)
{
	tcase_add_test(tc, samples_are_calls_and_their_values_times);
	tcase_add_test(tc, recursion_counts_once);
	tcase_add_test(tc, an_inlined_function_is_called_by_its_frame);
	tcase_add_test(tc, a_column_of_samples_is_the_number_of_calls);
	tcase_add_test(tc, a_period_tells_the_number_of_calls);
	tcase_add_loop_test(tc, times_become_seconds_and_other_values_stay, 0,
	    COUNT(units));
	tcase_add_test(tc, samples_without_frames_are_kept);
	tcase_add_test(tc, a_file_and_line_of_a_sample_are_kept);
	tcase_add_loop_test(tc, what_is_empty_is_an_empty_dict, 0, 2);
}

int
main(void)
{
	TCase *tc = tcase_create("cprofile_write");

	tcase_add_checked_fixture(tc, setup, teardown);
	add_edges(tc);
	add_samples(tc);
	return test_main("cprofile_write", tc);
}
