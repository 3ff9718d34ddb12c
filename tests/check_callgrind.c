/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "tests/edges.h"
#include "tests/make.h"
#include "tests/support.h"
#include "tests/writer_text.h"

extern const struct prof_writer prof_callgrind_writer;

static int
write_it(void)
{
	return write_by(&prof_callgrind_writer);
}

#define HEAD "# callgrind format\nversion: 1\ncreator: Profkit\n"

static void
expect(const char *wanted)
{
	ck_assert_int_eq(write_it(), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&out), wanted);
}

static void
has(const char *part)
{
	ck_assert_int_eq(write_it(), PROF_OK);
	ck_assert_msg(strstr(prof_buf_str(&out), part) != NULL,
	    "no '%s' in:\n%s", part, prof_buf_str(&out));
}

/* A frame at an address and a line. */
static prof_loc
place(const char *name, uint64_t address, int64_t line)
{
	struct prof_location l = { .address = address,
	    .mapping = m.mapping };
	struct prof_line at = { .fn = make_fn(&m, name), .line = line };

	return prof_builder_location(&m.b, l, &at, 1);
}

static void
sample(const prof_loc *run, size_t n, int64_t value)
{
	make_values(&m, prof_builder_stack(&m.b, run, n), 0, &value);
}

START_TEST(self_and_calls_stand_below_a_function)
{
	make_sample(&m, "main;work", 3);
	make_sample(&m, "main", 1);
	expect(HEAD "positions: line\nevents: cpu(nanoseconds)\nsummary: 4\n"
	    "\nfl=(1) ?\?\?\nfn=(1) main\n0 1\n"
	    "cfl=(1)\ncfn=(2) work\ncalls=0 0\n0 3\n"
	    "\nfl=(1)\nfn=(2)\n0 3\n"
	    "\ntotals: 4\n");
}
END_TEST

START_TEST(places_of_a_function_have_a_line_each)
{
	prof_loc run[2];

	m.file = "a.c";
	make_mod(&m, 0x1000, 0x9000, "/bin/prog", "");
	run[1] = place("main", 0x1010, 7);
	run[0] = place("work", 0x2000, 20);
	sample(run, 2, 5);
	run[0] = place("work", 0x2004, 21);
	sample(run, 2, 3);
	sample(run + 1, 1, 1);
	expect(HEAD "positions: instr line\nevents: cpu(nanoseconds)\n"
	    "summary: 9\n"
	    "\nob=(1) /bin/prog\nfl=(1) a.c\nfn=(1) main\n0x1010 7 1\n"
	    "cob=(1)\ncfl=(1)\ncfn=(2) work\ncalls=0 0x2000 20\n"
	    "0x1010 7 5\n"
	    "cob=(1)\ncfl=(1)\ncfn=(2)\ncalls=0 0x2004 21\n0x1010 7 3\n"
	    "\nob=(1)\nfl=(1)\nfn=(2)\n0x2000 20 5\n0x2004 21 3\n"
	    "\ntotals: 9\n");
}
END_TEST

START_TEST(a_call_tree_numbers_contexts_in_functions_and_calls)
{
	make_sample(&m, "a;c", 1);
	make_sample(&m, "b;c", 2);
	o.call_tree = true;
	expect(HEAD "positions: line\nevents: cpu(nanoseconds)\nsummary: 3\n"
	    "\nfl=(1) ?\?\?\nfn=(1) a\n0 0\n"
	    "cfl=(1)\ncfn=(2) c [1/2]\ncalls=0 0\n0 1\n"
	    "\nfl=(1)\nfn=(3) b\n0 0\n"
	    "cfl=(1)\ncfn=(4) c [2/2]\ncalls=0 0\n0 2\n"
	    "\nfl=(1)\nfn=(2)\n0 1\n"
	    "\nfl=(1)\nfn=(4)\n0 2\n"
	    "\ntotals: 3\n");
}
END_TEST

START_TEST(functions_of_one_name_and_file_are_numbered)
{
	make_mod(&m, 0x1000, 0x2000, "one.so", "");
	make_sample(&m, "init", 1);
	make_mod(&m, 0x3000, 0x4000, "two.so", "");
	make_sample(&m, "init", 2);
	has("ob=(1) one.so\nfl=(1) ?\?\?\nfn=(1) init [1/2]\n0 1\n");
	has("ob=(2) two.so\nfl=(1)\nfn=(2) init [2/2]\n0 2\n");
}
END_TEST

/* A reader that knows (1) does not look at the file beside it. */
START_TEST(functions_of_one_name_in_two_files_have_two_ids)
{
	m.file = "a.py";
	make_sample(&m, "<module>", 1);
	m.file = "b.py";
	make_sample(&m, "<module>", 2);
	has("fl=(1) a.py\nfn=(1) <module>\n0 1\n");
	has("fl=(2) b.py\nfn=(2) <module>\n0 2\n");
}
END_TEST

START_TEST(a_function_without_a_name_has_one)
{
	make_sample(&m, "", 1);
	has("(no stack)");
	make_sample(&m, "|", 1);
	has("fn=(1) ?\?\?\n");
}
END_TEST

START_TEST(known_calls_are_counted)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 70);
	edges_count(&m, NULL, "rec", 9, 1, 60, 60);
	edges_count(&m, "main", "rec", 1, 1, 5, 60);
	edges_count(&m, "rec", "rec", 8, 0, 55, 55);
	edges_estimate(&m);
	has("fn=(1) main\n0 10\ncfl=(1)\ncfn=(2) rec\ncalls=1 0\n0 60\n");
	has("fn=(2)\n0 60\ncfl=(1)\ncfn=(2)\ncalls=8 0\n0 55\n");
}
END_TEST

START_TEST(an_estimate_is_told)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 70);
	edges_own(&m, "f", 1, 60, 60);
	edges_add(&m, "main", "f", 1, 60, 60);
	edges_estimate(&m);
	o.call_tree = true;
	has("\ndesc: Note: estimated from callers and callees\n");
}
END_TEST

START_TEST(samples_without_frames_keep_the_sum)
{
	make_sample(&m, "", 5);
	make_sample(&m, "a", 2);
	has("summary: 7\n");
	has("fn=(2) (no stack)\n0 5\n\ntotals: 7\n");
}
END_TEST

START_TEST(a_name_is_one_line)
{
	make_sample(&m, "a\nfn=(7) b", 1);
	has("fn=(1) a\\x0afn=(7) b\n");
}
END_TEST

START_TEST(an_event_is_one_word)
{
	make_drop(&m);
	make_start(&m, "wall clock: a=b", "my unit");
	make_sample(&m, "a", 1);
	has("\nevents: wall_clock__a_b(my_unit)\n");
}
END_TEST

START_TEST(decimals_become_base_units)
{
	make_drop(&m);
	make_start(&m, "wall", "milliseconds");
	m.p.type[0].den = 1000;
	make_sample(&m, "a", 1234);
	has("\nevents: wall(nanoseconds)\nsummary: 1234000\n");
	has("\n0 1234000\n");
}
END_TEST

START_TEST(negative_values_are_refused)
{
	make_sample(&m, "a", 3);
	make_sample(&m, "b", -1);
	ck_assert_int_eq(write_it(), PROF_ERANGE);
	ck_assert_str_eq(err.msg, "callgrind has no negative values, as "
	    "there are of 'cpu'");
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

START_TEST(the_column_asked_for_is_written)
{
	int64_t values[] = { 1, 20 };

	prof_profile_add_type(&m.p, make_str(&m, "space"),
	    make_str(&m, "bytes"));
	make_values(&m, make_stack(&m, "a"), 0, values);
	o.column = 1;
	has("events: space(bytes)\nsummary: 20\n");
}
END_TEST

START_TEST(an_empty_profile_is_an_empty_file)
{
	make_drop(&m);
	make_start(&m, NULL, NULL);
	expect(HEAD "positions: line\nevents: value(count)\nsummary: 0\n"
	    "\ntotals: 0\n");
}
END_TEST

START_TEST(inputs_are_named)
{
	make_sample(&m, "a", 1);
	o.title = "x\ny.pb";
	has("\ncmd: x\\x0ay.pb\n");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("callgrind");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, self_and_calls_stand_below_a_function);
	tcase_add_test(tc, places_of_a_function_have_a_line_each);
	tcase_add_test(tc, a_call_tree_numbers_contexts_in_functions_and_calls);
	tcase_add_test(tc, functions_of_one_name_and_file_are_numbered);
	tcase_add_test(tc, functions_of_one_name_in_two_files_have_two_ids);
	tcase_add_test(tc, a_function_without_a_name_has_one);
	tcase_add_test(tc, known_calls_are_counted);
	tcase_add_test(tc, an_estimate_is_told);
	tcase_add_test(tc, samples_without_frames_keep_the_sum);
	tcase_add_test(tc, a_name_is_one_line);
	tcase_add_test(tc, an_event_is_one_word);
	tcase_add_test(tc, decimals_become_base_units);
	tcase_add_test(tc, negative_values_are_refused);
	tcase_add_test(tc, the_column_asked_for_is_written);
	tcase_add_test(tc, an_empty_profile_is_an_empty_file);
	tcase_add_test(tc, inputs_are_named);
	return test_main("callgrind", tc);
}
