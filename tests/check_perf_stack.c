/* SPDX-License-Identifier: MIT */
#include "tests/perf_text.h"

#define HEAD "a 1 1.0: 5 cycles: \n"

START_TEST(inlined_frames_are_lines_of_their_host)
{
	const struct prof_location *l;

	must_read(HEAD "\t 40 inl2+0x8b (inlined)\n\t 40 inl1 (inlined)\n"
	    "\t 40 work+0x8b (/a)\n\t 50 main (/a)\n\n");
	ck_assert_str_eq(row(0), "main;work;~inl1;~inl2 5");
	l = leaf(0);
	ck_assert_uint_eq(l->nlines, 3);
	ck_assert_uint_eq(l->flags, 0);
	ck_assert_uint_eq(l->kind, PROF_KIND_USER);
	ck_assert_uint_eq(l->mapping, 1);
	ck_assert_uint_eq(p.stacks.end[1], 2);
}
END_TEST

START_TEST(a_host_printed_before_its_inlined_frames_too_counts_once)
{
	must_read(HEAD "\t 40 work+0x8b (/a)\n\t 40 inl1 (inlined)\n"
	    "\t 40 work+0x8b (/a)\n\t 50 main (/a)\n\n");
	ck_assert_str_eq(row(0), "main;work;~inl1 5");
}
END_TEST

START_TEST(recursion_is_no_repeated_host)
{
	must_read(HEAD "\t 40 work+0x8b (/a)\n\t 40 work+0x8b (/a)\n"
	    "\t 41 inl (inlined)\n\t 41 work+0x8c (/a)\n"
	    "\t 40 work+0x8b (/b)\n\t 40 inl (inlined)\n"
	    "\t 40 work+0x8b (/a)\n\n");
	ck_assert_str_eq(row(0), "work;~inl;work;work;~inl;work;work 5");
}
END_TEST

START_TEST(inlined_frames_without_a_host_stand_for_themselves)
{
	must_read(HEAD "\t 40 f+0x1 (inlined)\n\t 40 f+0x1 (inlined)\n"
	    "\t 41 g+0x1 (inlined)\n\t 50 main (/a)\n"
	    "\t 60 last (inlined)\n\n");
	ck_assert_str_eq(row(0), "~last;main;~g;~f;~f 5");
	ck_assert_uint_eq(p.stacks.end[1], 5);
	ck_assert_uint_eq(leaf(0)->flags, PROF_LOC_INLINED);
	ck_assert_uint_eq(leaf(0)->mapping, 0);
}
END_TEST

START_TEST(an_unknown_frame_is_no_host)
{
	must_read(HEAD "\t 40 f (inlined)\n\t 40 [unknown] (/a)\n"
	    "\t 50 [unknown] (inlined)\n\t 50 main (/a)\n\n");
	ck_assert_str_eq(row(0), "main;~[unknown];0x0;~f 5");
}
END_TEST

static const struct prof_line *
line_of(const struct prof_location *l, uint32_t i)
{
	return &p.line[l->first_line + i];
}

static const char *
file_of(const struct prof_line *line)
{
	return prof_profile_str(&p, prof_profile_fn(&p, line->fn)->file);
}

/* What looks like a discriminator may end before it is one. */
START_TEST(a_parenthesis_at_the_end_of_a_source_line_is_part_of_it)
{
	must_read(HEAD "\t 40 f+0x8 (/a)\n  /a/long/path/to/x.cpp (di:137\n\n");
	ck_assert_str_eq(file_of(line_of(leaf(0), 0)),
	    "/a/long/path/to/x.cpp (di");
	ck_assert_int_eq(line_of(leaf(0), 0)->line, 137);
}
END_TEST

START_TEST(source_lines_follow_their_frame)
{
	const struct prof_location *l;

	must_read(HEAD "\t 40 f+0x8 (/a)\n  /a/dir/x y.cpp:137\n"
	    "\t 50 main (/a)\n  main.c:3 (discriminator 2)\n\n"
	    HEAD "\t 40 f+0x8 (/a)\n  /a/dir/x y.cpp:138\n"
	    "\t 50 main (/a)\n  main.c:3 (discriminator 2)\n\n");
	ck_assert_uint_eq(p.nsamples, 2);
	ck_assert_str_eq(row(0), "main;f 5");
	l = leaf(0);
	ck_assert_str_eq(file_of(line_of(l, 0)), "/a/dir/x y.cpp");
	ck_assert_int_eq(line_of(l, 0)->line, 137);
	ck_assert_int_eq(line_of(leaf(1), 0)->line, 138);
	ck_assert_uint_eq(line_of(leaf(0), 0)->fn, line_of(leaf(1), 0)->fn);
	ck_assert_uint_eq(p.frame[1], p.frame[3]);
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(a_source_line_that_is_not_known_says_nothing)
{
	static const char *const none[] = { "", "??:0", "??:7", "a.c:0",
	    "libc-2.33.so[27b25]", "[kernel.kallsyms][ffffffff81000130]",
	    "x.so:1[7]" };
	struct prof_buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof none / sizeof none[0]; i++) {
		prof_buf_clear(&b);
		prof_buf_addf(&b, HEAD "\t 40 f (/a)\n  %s\n\t 50 main (/a)\n"
		    "  %s\n\n", none[i], none[i]);
		must_read(prof_buf_str(&b));
		ck_assert_str_eq(row(0), "main;f 5");
		ck_assert_str_eq(file_of(line_of(leaf(0), 0)), "");
		ck_assert_int_eq(line_of(leaf(0), 0)->line, 0);
		ck_assert_msg(p.nnotes == 0, "%s", none[i]);
	}
	prof_buf_release(&b);
}
END_TEST

START_TEST(the_mark_of_an_inlined_frame_may_follow_its_source_line)
{
	const struct prof_location *l;

	must_read(HEAD "\t 40 inl\n  x.h:7 (inlined)\n\t 40 f (/a)\n"
	    "  x.c:9\n\n");
	ck_assert_str_eq(row(0), "f;~inl 5");
	l = leaf(0);
	ck_assert_int_eq(line_of(l, 0)->line, 7);
	ck_assert_str_eq(file_of(line_of(l, 0)), "x.h");
	ck_assert_int_eq(line_of(l, 1)->line, 9);
}
END_TEST

START_TEST(a_source_line_may_follow_a_one_line_sample)
{
	must_read("   a 1 1.0: 5 cycles:   55f2e2b0d233 f (/a)\n  x.c:9\n"
	    "   a 1 1.0: 5 cycles:   55f2e2b0d233 f (/a)\n  x.c:9\n");
	ck_assert_str_eq(row(0), "f 10");
	ck_assert_int_eq(line_of(leaf(0), 0)->line, 9);
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(frames_win_over_one_behind_the_event)
{
	must_read("a 1 1.0: 5 page-faults:   7f69abcf2ad7 \n\t 40 f (/a)\n\n"
	    "a 1 1.0: 5 page-faults:   7f69abcf2ad7 \n\n");
	ck_assert_str_eq(row(0), "f 5");
	ck_assert_str_eq(row(1), "0x7f69abcf2ad7 5");
}
END_TEST

START_TEST(frames_may_stand_behind_blanks_or_nothing)
{
	must_read("a 1 cycles:\n          400570 func_b (/a)\n"
	    "          400580 main (/a)\n\na 2 cycles:\n"
	    "ffffffff8103d0ca native_write ([kernel.kallsyms])\n"
	    "7fff8103d0ca main (/a)\n\n");
	ck_assert_str_eq(row(0), "main;func_b 1");
	ck_assert_str_eq(row(1), "main;native_write 1");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(what_came_behind_a_frame_before_is_only_a_guess)
{
	must_read(HEAD "\t 1 f (/a)\n\t 2 g (/a)\n\t 3 h (/a)\n\n"
	    HEAD "\t 1 f (/a)\n\t 2 g (/a)\n\t 3 i (/a)\n\n"
	    HEAD "\t 1 f (/a)\n\t 2 g (/a)\n\t 3 ii (/a)\n\n"
	    HEAD "\t 1 f (/a)\n\t 2 g (/a)\n\n"
	    HEAD "\t 1 f (/a)\n\t 2 g (/a)\n\t 3 i (/a)\n\t 3 h (/a)\n\n"
	    HEAD "\t 1 f (/a)\n\t 2 g (/a)");
	ck_assert_uint_eq(p.nsamples, 5);
	ck_assert_str_eq(row(0), "h;g;f 5");
	ck_assert_str_eq(row(1), "i;g;f 5");
	ck_assert_str_eq(row(2), "ii;g;f 5");
	ck_assert_str_eq(row(3), "g;f 10");
	ck_assert_str_eq(row(4), "h;i;g;f 5");
}
END_TEST

START_TEST(kinds_come_from_modules)
{
	must_read(HEAD "\t 1 f ([kernel.kallsyms])\n\t 2 f (/tmp/perf-1.map)"
	    "\n\t 3 f ([vdso])\n\t 4 f (/a)\n\t 5 f\n\n");
	ck_assert_uint_eq(p.nloc, 5);
	ck_assert_uint_eq(p.loc[0].kind, PROF_KIND_KERNEL);
	ck_assert_uint_eq(p.loc[1].kind, PROF_KIND_JIT);
	ck_assert_uint_eq(p.loc[2].kind, PROF_KIND_VDSO);
	ck_assert_uint_eq(p.loc[3].kind, PROF_KIND_USER);
	ck_assert_uint_eq(p.loc[4].kind, PROF_KIND_NONE);
}
END_TEST

/* Half a million inlined frames at one address, with and without a host. */
START_TEST(long_runs_of_inlined_frames_cost_linear_time)
{
	struct prof_buf b = { 0 };
	unsigned i;

	prof_buf_adds(&b, HEAD);
	for (i = 0; i < 500000; i++)
		prof_buf_adds(&b, i % 2 ? "\t 40 f (inlined)\n" :
		    "\t 40 g (inlined)\n");
	prof_buf_adds(&b, "\t 41 main (/a)\n\n" HEAD);
	for (i = 0; i < 500000; i++)
		prof_buf_adds(&b, "\t 40 f (inlined)\n");
	prof_buf_adds(&b, "\t 40 main (/a)\n\n");
	ck_assert_int_eq(read_limited(b.data, b.len, NULL), 0);
	ck_assert_uint_eq(p.stacks.end[1], 500001);
	ck_assert_uint_eq(leaf(1)->nlines, 500001);
	prof_buf_release(&b);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("perf_stack");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, inlined_frames_are_lines_of_their_host);
	tcase_add_test(tc,
	    a_host_printed_before_its_inlined_frames_too_counts_once);
	tcase_add_test(tc, recursion_is_no_repeated_host);
	tcase_add_test(tc, inlined_frames_without_a_host_stand_for_themselves);
	tcase_add_test(tc, an_unknown_frame_is_no_host);
	tcase_add_test(tc,
	    a_parenthesis_at_the_end_of_a_source_line_is_part_of_it);
	tcase_add_test(tc, source_lines_follow_their_frame);
	tcase_add_test(tc, a_source_line_that_is_not_known_says_nothing);
	tcase_add_test(tc,
	    the_mark_of_an_inlined_frame_may_follow_its_source_line);
	tcase_add_test(tc, a_source_line_may_follow_a_one_line_sample);
	tcase_add_test(tc, frames_win_over_one_behind_the_event);
	tcase_add_test(tc, frames_may_stand_behind_blanks_or_nothing);
	tcase_add_test(tc, what_came_behind_a_frame_before_is_only_a_guess);
	tcase_add_test(tc, kinds_come_from_modules);
	tcase_add_test(tc, long_runs_of_inlined_frames_cost_linear_time);
	return test_main("perf_stack", tc);
}
