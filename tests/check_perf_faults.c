/* SPDX-License-Identifier: MIT */
#include "tests/perf_text.h"

/*
 * What collapsers of this text are known to lose or to get wrong: one test
 * for each.
 */

START_TEST(a_leaf_of_an_anonymous_namespace_is_kept)
{
	must_read("a  1 1.0: 5 cycles: \n\t 1 (anonymous namespace)::f<int>"
	    "+0x2 (/a)\n\t 2 main+0x1 (/a)\n\n");
	ck_assert_str_eq(row(0), "main;(anonymous namespace)::f<int> 5");
}
END_TEST

START_TEST(a_path_with_a_blank_loses_no_frame)
{
	must_read("a  1 1.0: 5 cycles: \n\t 1 f+0x2 (/opt/my prog)\n"
	    "\t 2 main+0x164 (/opt/my prog (deleted))\n\n");
	ck_assert_str_eq(row(0), "main;f 5");
	ck_assert_uint_eq(p.nmod, 1);
	ck_assert_str_eq(prof_profile_str(&p, p.mod[0].file),
	    "/opt/my prog");
}
END_TEST

START_TEST(a_comm_that_ends_in_a_number_keeps_it)
{
	must_read("worker 12  4711/4712 [003] 10.5:  7 cycles: \n"
	    "\t 1 f (/a)\n\n");
	ck_assert_str_eq(labels(0),
	    "comm=worker 12 cpu=3 process=4711 thread=4712");
}
END_TEST

START_TEST(a_comm_of_one_letter_is_one)
{
	must_read("a  1 1.0: 5 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(labels(0), "comm=a thread=1");
}
END_TEST

START_TEST(justified_comms_are_read)
{
	must_read("          my prog    11  1.0:  5 cycles: \n\t 1 f (/a)\n\n"
	    " my prog    11   3  1.0:  6 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(labels(0), "comm=my prog thread=11");
	ck_assert_str_eq(labels(1), "comm=my prog cpu=3 thread=11");
}
END_TEST

START_TEST(a_tracepoint_with_payload_and_stack_is_its_event)
{
	must_read("a  1 [000] 1.0: syscalls:sys_enter_brk: brk: 0x00000000\n"
	    "\t 1 brk+0x1 (/lib/libc.so.6)\n\t 2 main+0x2 (/a)\n\n");
	ck_assert_str_eq(types(), "syscalls:sys_enter_brk/count");
	ck_assert_str_eq(row(0), "main;brk 1");
}
END_TEST

START_TEST(no_dso_is_no_trouble)
{
	must_read("my prog  5817 \n\t  11fb (anonymous namespace)::f<int>\n"
	    "\t  14be main\n\n");
	ck_assert_str_eq(row(0), "main;(anonymous namespace)::f<int> 1");
	ck_assert_str_eq(labels(0), "comm=my prog thread=5817");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(a_header_ends_the_sample_before_it)
{
	must_read("a  1 1.0: 5 cycles: \n\t 1 f (/a)\n insn: 4d 85 ed\n"
	    "a  1 1.1: 6 cycles: \n\t 1 g (/a)\n insn: 48 83 e9 01\n"
	    "a  1 1.2: 7 cycles: \n\t 1 h (/a)\n"
	    "a  1 1.3: 8 cycles: \n\t 1 i (/a)\n");
	ck_assert_uint_eq(p.nsamples, 4);
	ck_assert_str_eq(row(0), "f 5");
	ck_assert_str_eq(row(2), "h 7");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(records_of_mappings_lose_no_sample)
{
	must_read("a  1 1.0: PERF_RECORD_MMAP2 1/1: [0x400000(0x1000) @ 0 "
	    "08:01 123 0]: r-xp /a\na  1 1.0: PERF_RECORD_COMM exec: a:1/1\n"
	    "a  1 1.0:     10 cycles: \n\t 1 f (/a)\n\n"
	    "a  1 1.3: PERF_RECORD_EXIT(1:1):(1:1)\n"
	    "a  1 1.4:     10 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(row(0), "f 20");
	ck_assert_uint_eq(p.nsamples, 1);
	ck_assert_int_eq(noted("PERF_RECORD_", false), 3);
	ck_assert_uint_eq(prof_profile_skipped(&p), 0);
}
END_TEST

START_TEST(one_line_samples_are_read)
{
	must_read("   my prog  5817  1.0:  9 cycles:      7f224dd96c37 "
	    "f+0x77 (/usr/lib/ld.so)\n"
	    "   my prog  5817  1.1:  8 cycles:      55f2e2b0d206 "
	    "(anonymous namespace)::g+0x20 (/opt/my prog)\n");
	ck_assert_str_eq(row(0), "f 9");
	ck_assert_str_eq(row(1), "(anonymous namespace)::g 8");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(samples_with_and_without_time_mix)
{
	must_read("func_ab 15294 cpu-clock: \n\t  400570 func_b (/a)\n\n"
	    "func_ab 15294 [001] 12.5: cpu-clock: \n\t  400570 func_b (/a)\n"
	    "\njava 19983 cpu-clock:\nffffffff8103d0ca native_write_msr_safe "
	    "([kernel.kallsyms])\n\n");
	ck_assert_uint_eq(p.nsamples, 3);
	ck_assert_str_eq(row(0), "func_b 1");
	ck_assert_str_eq(row(2), "native_write_msr_safe 1");
	ck_assert_str_eq(labels(2), "comm=java thread=19983");
}
END_TEST

START_TEST(text_behind_the_event_leaves_the_weight)
{
	must_read("a  1 [002] 1.0:    1001001 cpu-clock:              call\n"
	    "\t 1 f (/a)\n\n"
	    "a  1 [002] 1.1:    1001001 cpu-clock:  /user.slice/a.scope\n"
	    "\t 1 f (/a)\n\n");
	ck_assert_str_eq(row(0), "f 2002002");
}
END_TEST

START_TEST(events_are_not_summed_together)
{
	must_read("a 1 [0] 1.0: 7 cpu-clock: \n\t 1 f (/a)\n\n"
	    "a 1 [0] 1.1: sched:sched_switch: prev=a\n\t 1 g (/a)\n\n"
	    "a 1 [0] 1.2: 3 cs: \n\t 1 g (/a)\n\n"
	    "a 1 [0] 1.3: 7 cpu-clock: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(types(),
	    "cpu-clock/nanoseconds sched:sched_switch/count cs/count");
	ck_assert_str_eq(row(0), "f 14 0 0");
	ck_assert_str_eq(row(1), "g 0 1 3");
	ck_assert_uint_eq(prof_profile_default(&p), 0);
}
END_TEST

START_TEST(the_last_sample_needs_no_blank_line)
{
	must_read("a  1 1.0: 5 cycles: \n\t 1 f (/a)\n\t 2 main (/a)");
	ck_assert_str_eq(row(0), "main;f 5");
}
END_TEST

START_TEST(names_keep_arguments_and_operators)
{
	must_read("a 1 1.0: 5 cycles: \n"
	    "\t 1 std::function<void (A&)>::f+0x1 (/a)\n"
	    "\t 2 foo<(E)0>::bar+0x1 (/a)\n"
	    "\t 3 Foo::operator()(int) const+0x1 (/a)\n"
	    "\t 4 A::operator->()+0x1 (/a)\n"
	    "\t 5 decltype(auto) f<int>(int)+0x1 (/a)\n"
	    "\t 6 a<(1>2)>::f(int)+0x1 (/a)\n\n");
	ck_assert_str_eq(row(0), "a<(1>2)>::f(int);decltype(auto) "
	    "f<int>(int);A::operator->();Foo::operator()(int) const;"
	    "foo<(E)0>::bar;std::function<void (A&)>::f 5");
}
END_TEST

START_TEST(carriage_returns_do_not_matter)
{
	must_read("a  1 1.0:  5 cycles: \r\n\t 1 f (/a)\r\n\t 2 main (/a)\r\n"
	    "\r\na  1 1.0:  6 cycles: \r\n\t 1 f (/a)\r\n\t 2 main (/a)\r\n"
	    "\r\n");
	ck_assert_str_eq(row(0), "main;f 11");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(a_sample_without_a_stack_keeps_its_weight)
{
	must_read("a  1 1.0: 5 cycles: \n\na  1 1.1: 6 cycles: \n"
	    "\t 1 f (/a)\n\n");
	ck_assert_str_eq(row(0), " 5");
	ck_assert_str_eq(row(1), "f 6");
	ck_assert_int_eq(noted("without a stack", false), 1);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("perf_faults");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_leaf_of_an_anonymous_namespace_is_kept);
	tcase_add_test(tc, a_path_with_a_blank_loses_no_frame);
	tcase_add_test(tc, a_comm_that_ends_in_a_number_keeps_it);
	tcase_add_test(tc, a_comm_of_one_letter_is_one);
	tcase_add_test(tc, justified_comms_are_read);
	tcase_add_test(tc, a_tracepoint_with_payload_and_stack_is_its_event);
	tcase_add_test(tc, no_dso_is_no_trouble);
	tcase_add_test(tc, a_header_ends_the_sample_before_it);
	tcase_add_test(tc, records_of_mappings_lose_no_sample);
	tcase_add_test(tc, one_line_samples_are_read);
	tcase_add_test(tc, samples_with_and_without_time_mix);
	tcase_add_test(tc, text_behind_the_event_leaves_the_weight);
	tcase_add_test(tc, events_are_not_summed_together);
	tcase_add_test(tc, the_last_sample_needs_no_blank_line);
	tcase_add_test(tc, names_keep_arguments_and_operators);
	tcase_add_test(tc, carriage_returns_do_not_matter);
	tcase_add_test(tc, a_sample_without_a_stack_keeps_its_weight);
	return test_main("perf_faults", tc);
}
