/* SPDX-License-Identifier: MIT */
#include "tests/folded_text.h"

static const char *
type_name(unsigned c)
{
	ck_assert_uint_lt(c, p.ntypes);
	return prof_profile_str(&p, p.type[c].type);
}

START_TEST(frames_of_py_spy_name_file_and_line)
{
	const struct prof_function *f;
	const struct prof_line *line;

	must_read("process 1:\"python x.py\";thread (0x7f01): main;<module> "
	    "(a/b.py:12);f (a/b.py:3) 4\nthread (12);_load (<frozen "
	    "importlib._bootstrap>:9);g (c.py) 5\n");
	ck_assert_str_eq(row(0), "process 1:\"python x.py\";thread (0x7f01): "
	    "main;<module>;f 4");
	ck_assert_str_eq(row(1), "thread (12);_load;g 5");
	line = &p.line[leaf(0)->first_line];
	f = prof_profile_fn(&p, line->fn);
	ck_assert_int_eq(line->line, 3);
	ck_assert_str_eq(prof_profile_str(&p, f->file), "a/b.py");
	ck_assert_str_eq(prof_profile_str(&p, p.meta.dialect), "py-spy");
}
END_TEST

START_TEST(a_file_with_few_such_frames_keeps_them_as_names)
{
	must_read("a;b;c;f (x.c:3) 1\na;b;c;d 1\n");
	ck_assert_str_eq(row(0), "a;b;c;f (x.c:3) 1");
}
END_TEST

/* Where two sides are to come, they are what two numbers are for. */
START_TEST(two_sides_to_come_settle_two_numbers)
{
	struct prof_limits limits = prof_limits_default;
	static const char text[] = "d;b 1 2\nd;b 8 8\n";
	struct prof_in *in;
	unsigned two;

	for (two = 0; two < 2; two++) {
		limits.two_sides = two != 0;
		in = prof_in_memory(text, sizeof text - 1, "text", &limits);
		ck_assert_int_eq(prof_format_read(in, NULL, &p, &err), 1);
		ck_assert_uint_eq(p.ntypes, 1 + two);
		prof_profile_release(&p);
		prof_in_close(in);
	}
}
END_TEST

START_TEST(austin_counts_microseconds)
{
	must_read("# austin: 3.4.1\n# interval: 100\n# mode: cpu\n\n"
	    "P42;T0:7;/a/b.py:<module>:12;/a/b.py:f:3 101\n"
	    "P42;T0:7;/a/b.py:<module>:13;:GC: 99\n# duration: 5000\n");
	ck_assert_str_eq(type_name(0), "cpu");
	ck_assert_str_eq(prof_profile_str(&p, p.type[0].unit),
	    "microseconds");
	ck_assert_str_eq(row(0), "P42;T0:7;<module>;f 101");
	ck_assert_str_eq(row(1), "P42;T0:7;<module>;:GC: 99");
	ck_assert_int_eq(p.line[leaf(0)->first_line].line, 3);
	ck_assert_int_eq(p.meta.period, 100);
	ck_assert_int_eq(p.meta.duration_ns, 5000000);
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(austin_is_known_by_its_stacks_alone)
{
	must_read("P42;T7;a.py:f:3 101\nP42;T7;C:\\x\\a.py:g:4 5\n");
	ck_assert_str_eq(type_name(0), "wall");
	ck_assert_str_eq(row(1), "P42;T7;g 5");
	ck_assert_str_eq(prof_profile_str(&p, p.meta.dialect), "austin");
}
END_TEST

START_TEST(another_mode_is_not_austins)
{
	must_read("# mode: fast\r\n# interval: 5\r\na;b 1\r\n");
	ck_assert_str_eq(type_name(0), "samples");
	must_read("# mode: memory\r\nP1;T2;a.py:f:1 -1\r\n");
	ck_assert_str_eq(type_name(0), "memory");
}
END_TEST

START_TEST(full_austin_has_three_columns)
{
	must_read("# mode: full\nP1;T2;a.py:f:3 100,1,-2048\n"
	    "P1;T2;a.py:f:3 50,0,4096\nP1;T2;a.py:f:3 50,0\n");
	ck_assert_uint_eq(p.ntypes, 3);
	ck_assert_str_eq(row(0), "P1;T2;f 150 1 2048");
	ck_assert_str_eq(type_name(1), "idle");
	ck_assert_uint_eq(prof_profile_default(&p), 0);
	ck_assert_uint_eq(prof_profile_skipped(&p), 1);
}
END_TEST

START_TEST(a_first_line_of_types_makes_columns)
{
	must_read("samples/count cpu/nanoseconds\na;b 2 3\na 1 5\n");
	ck_assert_uint_eq(p.ntypes, 2);
	ck_assert_str_eq(type_name(0), "samples");
	ck_assert_str_eq(type_name(1), "cpu");
	ck_assert_str_eq(prof_profile_str(&p, p.type[1].unit),
	    "nanoseconds");
	ck_assert_str_eq(row(0), "a;b 2 3");
	ck_assert_int_eq(read_as(NULL, "samples/count cpu/ns\na;b 2 3\na 1\n"),
	    PROF_EFORMAT);
	ck_assert_str_eq(err.msg,
	    "line 3: 1 count, but line 1 names 2 sample types");
}
END_TEST

START_TEST(a_path_is_no_list_of_types)
{
	must_read("src/main lib/x\na;b 2 3\na;c 3 4\n");
	ck_assert_uint_eq(prof_profile_skipped(&p), 1);
}
END_TEST

START_TEST(more_types_than_columns_are_refused)
{
	struct prof_buf b = { 0 };
	int i;

	for (i = 0; i < 17; i++)
		prof_buf_addf(&b, "t%d/count ", i);
	prof_buf_adds(&b, "\na;b 1\n");
	ck_assert_int_eq(read_as(NULL, prof_buf_str(&b)), PROF_EFORMAT);
	prof_buf_release(&b);
}
END_TEST

/* Whether each text has one count or two; see folded.h. */
static const struct {
	unsigned columns;
	const char *text;
} varieties[] = {
	{ 2, "a;b 2 5\n" },
	{ 2, "main;f 10 15\nmain;g 5 0\n" },
	{ 2, "main;f 10 15\n\n# about\nmain;g 0 5\n" },
	{ 1, "# C# method 1\n# C# method;f 7 2\n" },
	{ 2, "main;<T as U>::f 1 2\nmain;operator new(int) 3 4\n" },
	{ 2, "main;f 2.5 3.5\nmain;g -1 4\n" },
	{ 2, "main;worker 1 0\nmain;thread 2 3\n" },
	{ 2, "main 10 12\n" },
	{ 2, "a 1 2 3\na 4 5 6\n" },
	{ 1, "main;worker 7 12\n" },
	{ 1, "a b 12 5\n" },
	{ 1, "main;f 2 5\nmain;g 5\n" },
	{ 1, "main;f 1 10\nmain;f 2 20\n" },
	{ 1, "x;pool-thread 1 10\nx;pool-thread 2 20\n" },
	{ 1, "main;cpu 0 10\nmain;task 4 5\n" },
	{ 1, "main;worker-7 12\n" },
	{ 1, "python3.11;f 12\n" },
	{ 1, "main;f 1 2\nno count here\n" }
};

START_TEST(one_count_or_two_is_decided_for_the_whole_file)
{
	must_read(varieties[_i].text);
	ck_assert_uint_eq(p.ntypes, varieties[_i].columns);
	ck_assert_str_eq(type_name(0), p.ntypes == 2 ? "base" : "samples");
	ck_assert_uint_eq(prof_profile_default(&p), p.ntypes - 1);
}
END_TEST

START_TEST(a_number_at_the_end_of_a_frame_stays_there)
{
	must_read("main;worker 7 12\n");
	ck_assert_str_eq(row(0), "main;worker 7 12");
	must_read("a b 12 5\n");
	ck_assert_str_eq(row(0), "a b 12 5");
	must_read("a;w 1 2 3\na;w 4 5 0\n");
	ck_assert_str_eq(row(0), "a;w 1 2 3");
	ck_assert_str_eq(row(1), "a;w 4 5 0");
	ck_assert_uint_eq(p.ntypes, 2);
}
END_TEST

START_TEST(one_count_after_a_head_of_two_is_an_error)
{
	struct prof_buf b = { 0 };
	int i;

	for (i = 0; i < 1000; i++)
		prof_buf_addf(&b, "main;f%d 1 2\n", i);
	prof_buf_adds(&b, "main;g 3\n");
	ck_assert_int_eq(read_as(NULL, prof_buf_str(&b)), PROF_EFORMAT);
	ck_assert_str_eq(err.msg, "line 1001: one count, while the lines "
	    "before have two (choose with -f folded:one or folded:two)");
	ck_assert_int_eq(read_as("one", prof_buf_str(&b)), PROF_OK);
	prof_buf_release(&b);
}
END_TEST

START_TEST(a_comment_may_end_in_one_number_where_there_are_two)
{
	ck_assert_int_eq(read_as("two", "a;b 1 2\n# b 12\na;c 1 2\n"),
	    PROF_OK);
	ck_assert_uint_eq(p.nsamples, 2);
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(mostly_two_numbers_read_as_one_count_is_noted)
{
	must_read("a;f 1 2\na;g 2 3\na;h 5\n");
	ck_assert_uint_eq(p.ntypes, 1);
	ck_assert(!find_note("two numbers")->skipped);
}
END_TEST

START_TEST(the_user_settles_the_variety)
{
	ck_assert_int_eq(read_as("two", "main;worker 7 12\n"), PROF_OK);
	ck_assert_str_eq(row(0), "main;worker 7 12");
	ck_assert_uint_eq(p.ntypes, 2);
	ck_assert_int_eq(read_as("two", "a;b 1 2\na;c 3\n"), PROF_EFORMAT);
	ck_assert_int_eq(read_as("one", "a;b 1 2\n"), PROF_OK);
	ck_assert_uint_eq(p.ntypes, 1);
	ck_assert_int_eq(read_as("lines", "a;b 1\na;b 1\n\nc\n# d"), PROF_OK);
	ck_assert_str_eq(row(0), "a;b 1 2");
	ck_assert_str_eq(row(1), "c 1");
	ck_assert_str_eq(row(2), "# d 1");
	ck_assert_int_eq(read_as("three", "a;b 1\n"), PROF_EUSAGE);
	ck_assert_int_eq(read_as("", "a;b 1\n"), PROF_EUSAGE);
}
END_TEST

static int
bid(const void *text, size_t len)
{
	return prof_folded_reader.bid(text, len);
}

START_TEST(a_single_byte_is_never_folded)
{
	unsigned char byte = (unsigned char)_i;

	ck_assert_int_eq(bid(&byte, 1), 0);
}
END_TEST

START_TEST(random_bytes_are_not_folded)
{
	static unsigned char data[65536];
	uint64_t state = (uint64_t)_i * 2654435761u + 1;
	size_t i;

	for (i = 0; i < sizeof data; i++) {
		state = state * UINT64_C(6364136223846793005) + 1;
		data[i] = (unsigned char)(state >> 56);
	}
	ck_assert_int_eq(bid(data, sizeof data), 0);
}
END_TEST

static const char *const others[] = {
	"{\n  \"a\": 12,\n  \"b\": 3\n}\n",
	"[\n  12,\n  13,\n  14\n]\n",
	"<?xml version=\"1.0\"?>\n<a>&lt; 12\n</a>\n",
	"work 1 [000] 2.3: 10 cycles:\n\t7f01 main+0x1 (/w)\n\t7f02 f (/w)\n\n",
	"events: Ir\nfl=a.c\nfn=main\n16 400\n17 2\n18 3\n19 4\n",
	"1 2 3\n4 5 6\n",
	"Dear reader,\nthis is a letter; it has words.\nYours, 7\n",
	"#define A 5\n#define B 6\nint x;\nint y;\n",
	"--- heapz 1 ---\nfoo\nbar\n"
};

START_TEST(other_texts_are_not_folded)
{
	ck_assert_int_eq(bid(others[_i], strlen(others[_i])), 0);
}
END_TEST

START_TEST(evidence_grows_with_the_lines)
{
	struct prof_buf b = { 0 };
	int i;

	ck_assert_int_eq(bid("a;b 1\n", 6), 8);
	ck_assert_int_eq(bid("alone 1\n", 8), 4);
	ck_assert_int_ge(bid("a;b 1\nno count\n", 15), 8);
	for (i = 0; i < 3000; i++)
		prof_buf_addf(&b, "main;f%d 5\n", i);
	ck_assert_int_gt(bid(b.data, b.len), 12);
	ck_assert_int_le(bid(b.data, b.len), 20);
	prof_buf_release(&b);
}
END_TEST

START_TEST(a_line_beyond_the_head_bids_by_its_frames)
{
	static unsigned char data[65536];

	ck_assert_int_eq(bid(data, sizeof data), 0);
	memset(data, 'x', sizeof data);
	ck_assert_int_eq(bid(data, sizeof data), 0);
	data[4] = ';';
	ck_assert_int_eq(bid(data, sizeof data), 2);
	data[0] = '{';
	ck_assert_int_eq(bid(data, sizeof data), 0);
	memset(data, ';', sizeof data);
	ck_assert_int_eq(bid(data, sizeof data), 8);
}
END_TEST

#define COUNT(table) ((int)(sizeof (table) / sizeof (table)[0]))

static void
add_varieties(TCase *tc)
{
	tcase_add_test(tc, frames_of_py_spy_name_file_and_line);
	tcase_add_test(tc, a_file_with_few_such_frames_keeps_them_as_names);
	tcase_add_test(tc, two_sides_to_come_settle_two_numbers);
	tcase_add_test(tc, austin_counts_microseconds);
	tcase_add_test(tc, austin_is_known_by_its_stacks_alone);
	tcase_add_test(tc, another_mode_is_not_austins);
	tcase_add_test(tc, full_austin_has_three_columns);
	tcase_add_test(tc, a_first_line_of_types_makes_columns);
	tcase_add_test(tc, a_path_is_no_list_of_types);
	tcase_add_test(tc, more_types_than_columns_are_refused);
	tcase_add_loop_test(tc,
	    one_count_or_two_is_decided_for_the_whole_file, 0,
	    COUNT(varieties));
	tcase_add_test(tc, a_number_at_the_end_of_a_frame_stays_there);
	tcase_add_test(tc, one_count_after_a_head_of_two_is_an_error);
	tcase_add_test(tc,
	    a_comment_may_end_in_one_number_where_there_are_two);
	tcase_add_test(tc, mostly_two_numbers_read_as_one_count_is_noted);
	tcase_add_test(tc, the_user_settles_the_variety);
}

static void
add_bids(TCase *tc)
{
	tcase_add_loop_test(tc, a_single_byte_is_never_folded, 0, 256);
	tcase_add_loop_test(tc, random_bytes_are_not_folded, 0, 100);
	tcase_add_loop_test(tc, other_texts_are_not_folded, 0,
	    COUNT(others));
	tcase_add_test(tc, evidence_grows_with_the_lines);
	tcase_add_test(tc, a_line_beyond_the_head_bids_by_its_frames);
}

int
main(void)
{
	Suite *s = suite_create("folded_look");
	TCase *tc = tcase_create("folded");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	add_varieties(tc);
	add_bids(tc);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
