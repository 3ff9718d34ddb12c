/* SPDX-License-Identifier: MIT */
#include "tests/perf_text.h"

#include "libanalysis/num.h"

START_TEST(labels_are_comm_process_thread_and_cpu)
{
	must_read("x y  7/8  [002] 1.0: 5 cycles: \n\t 1 f (/a)\n\n"
	    "x y  8 1.1: 5 cycles: \n\t 1 f (/a)\n\n"
	    "  8 1.1: 5 cycles: \n\t 1 f (/a)\n\n"
	    "x y [002] 1.1: 5 cycles: \n\t 1 f (/a)\n\n"
	    "  1.1: 5 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(labels(0), "comm=x y cpu=2 process=7 thread=8");
	ck_assert_str_eq(labels(1), "comm=x y thread=8");
	ck_assert_str_eq(labels(2), "thread=8");
	ck_assert_str_eq(labels(3), "comm=x y cpu=2");
	ck_assert_str_eq(labels(4), "");
	ck_assert_uint_eq(p.nsamples, 5);
}
END_TEST

START_TEST(equal_stacks_with_equal_labels_are_summed)
{
	must_read("a 1 1.0: 5 cycles: \n\t 1 f+0x1 (/a)\n\n"
	    "b 1 1.0: 1 cycles: \n\t 2 f+0x2 (/a)\n\n"
	    "a 1 1.0: 6 cycles: \n\t 3 f+0x3 (/a)\n\n");
	ck_assert_uint_eq(p.nsamples, 2);
	ck_assert_str_eq(row(0), "f 11");
	ck_assert_str_eq(row(1), "f 1");
	ck_assert_uint_eq(p.nloc, 1);
}
END_TEST

START_TEST(one_name_in_two_modules_is_two_locations)
{
	must_read("a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\t 2 f (/b)\n\n");
	ck_assert_uint_eq(p.nloc, 2);
	ck_assert_uint_eq(p.nfn, 1);
	ck_assert_uint_eq(p.nmod, 2);
}
END_TEST

START_TEST(an_address_stays_where_no_symbol_was_looked_for)
{
	must_read("a 1 1.0: 5 cycles: \n\t 7f74 [unknown] (/lib/x.so)\n"
	    "\t 1f f (/a)\n\t 7f75 [unknown] ([unknown])\n\t 7f76\n\n");
	ck_assert_str_eq(row(0), "0x7f76;0x0;f;0x0 5");
	ck_assert_uint_eq(p.loc[0].mapping, 1);
	ck_assert_uint_eq(p.loc[0].kind, PROF_KIND_USER);
	ck_assert_uint_eq(p.loc[1].address, 0);
	ck_assert_uint_eq(p.loc[2].mapping, 0);
	ck_assert_uint_eq(p.loc[2].kind, PROF_KIND_NONE);
}
END_TEST

START_TEST(clocks_with_a_period_count_nanoseconds)
{
	must_read("a 1 1.0: 5 cpu-clock:uhH: \n\t 1 f (/a)\n\n"
	    "a 1 1.0: 6 task-clock: \n\t 1 f (/a)\n\n"
	    "a 1 1.0: 7 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 1.0: cpu-clock: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(types(), "cpu-clock:uhH/nanoseconds "
	    "task-clock/nanoseconds cycles/count cpu-clock/count");
	ck_assert_str_eq(row(0), "f 5 6 7 1");
}
END_TEST

START_TEST(a_period_now_and_then_is_noted)
{
	must_read("a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 1.0: cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(row(0), "f 6");
	ck_assert_int_eq(noted("with a period and without", false), 1);
}
END_TEST

START_TEST(one_period_is_the_period_of_the_profile)
{
	must_read("a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\na 1 1.0: 9 cs: \n\n");
	ck_assert_int_eq(p.meta.period, 5);
	ck_assert_uint_eq(p.meta.period_type, p.type[0].type);
	ck_assert_uint_eq(p.meta.period_unit, p.type[0].unit);
	must_read("a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 1.0: 6 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_int_eq(p.meta.period, 0);
	ck_assert_uint_eq(p.meta.period_type, 0);
	must_read("a 1 1.0: cycles: \n\t 1 f (/a)\n\n");
	ck_assert_int_eq(p.meta.period, 0);
}
END_TEST

START_TEST(the_duration_is_between_first_and_last_time)
{
	must_read("a 1 5.5: cycles: \n\t 1 f (/a)\n\n"
	    "a 1 7.75: cycles: \n\t 1 f (/a)\n\n");
	ck_assert_int_eq(p.meta.duration_ns, 2250000000);
	ck_assert_int_eq(p.meta.time_ns, 0);
	must_read("a 1 5.5: cycles: \n\t 1 f (/a)\n\n"
	    "a 1 4.0: cycles: \n\t 1 f (/a)\n\n");
	ck_assert_int_eq(p.meta.duration_ns, 0);
	ck_assert_int_eq(noted("go back", false), 1);
	ck_assert_str_eq(row(0), "f 2");
}
END_TEST

static const char *
events(unsigned n, struct prof_buf *b)
{
	unsigned i;

	for (i = 0; i < n; i++)
		prof_buf_addf(b, "a 1 1.0: %u e%u: \n\t 1 f (/a)\n\n"
		    "a 1 1.0: 1 e0: \n\t 1 f (/a)\n\n", i + 1, i);
	return prof_buf_str(b);
}

START_TEST(sixteen_events_are_columns_and_more_a_label)
{
	struct prof_buf b = { 0 };
	int64_t sum = 0;
	uint32_t i;

	must_read(events(16, &b));
	ck_assert_uint_eq(p.ntypes, 16);
	ck_assert_int_eq(p.value[0][0], 17);
	ck_assert_int_eq(p.value[15][0], 16);
	ck_assert_uint_eq(p.nnotes, 0);
	prof_buf_clear(&b);
	must_read(events(17, &b));
	ck_assert_str_eq(types(), "events/count");
	ck_assert_uint_eq(p.nsamples, 17);
	ck_assert_str_eq(labels(0), "comm=a event=e0 thread=1");
	ck_assert_int_eq(p.value[0][0], 18);
	ck_assert_str_eq(labels(16), "comm=a event=e16 thread=1");
	ck_assert_int_eq(p.value[0][16], 17);
	for (i = 0; i < p.nsamples; i++)
		sum += p.value[0][i];
	ck_assert_int_eq(sum, 17 * 18 / 2 + 17);
	ck_assert_int_eq(noted("more events than", false), 1);
	prof_buf_release(&b);
}
END_TEST

START_TEST(an_event_without_samples_is_no_column)
{
	must_read("Foo:\n\na 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(types(), "cycles/count");
	ck_assert_uint_eq(prof_profile_skipped(&p), 1);
}
END_TEST

START_TEST(a_period_of_0_is_noted_and_one_beyond_64_bits_skipped)
{
	must_read("a 1 1.0: 0 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 1.0: 18446744073709551615 cycles: \n\t 1 f (/a)\n\n"
	    "a 1 1.0: 9223372036854775807 cycles: \n\t 1 g (/a)\n\n");
	ck_assert_int_eq(noted("a period of 0", false), 1);
	ck_assert_int_eq(noted("beyond 64 bits", true), 1);
	ck_assert_str_eq(row(0), "f 0");
	ck_assert_int_eq(p.value[0][1], INT64_MAX);
}
END_TEST

START_TEST(a_sum_beyond_64_bits_is_an_error)
{
	must_fail("a 1 1.0: 9223372036854775807 cycles: \n\t 1 g (/a)\n\n"
	    "a 1 1.0: 1 cycles: \n\t 1 g (/a)\n\n", PROF_ERANGE, "cycles");
}
END_TEST

START_TEST(frames_without_headers_are_samples)
{
	must_read("\n\t 1 f\n\t 2 main\n\n\n\t 3 g\n\t 2 main\n\n"
	    "\n\t 1 f\n\t 2 main\n\n");
	ck_assert_str_eq(types(), "samples/count");
	ck_assert_str_eq(row(0), "main;f 2");
	ck_assert_str_eq(row(1), "main;g 1");
	ck_assert_uint_eq(p.nsamples, 2);
	ck_assert_str_eq(labels(0), "");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(pairs_of_empty_lines_are_samples_without_frames)
{
	must_read("\n\n\n\t 1 f\n\n\n\n\n\t 1 f\n\n\n\n\n\n");
	ck_assert_uint_eq(p.nsamples, 2);
	ck_assert_str_eq(row(0), " 4");
	ck_assert_str_eq(row(1), "f 2");
	ck_assert_int_eq(noted("without a stack", false), 4);
}
END_TEST

START_TEST(a_front_cut_off_is_skipped)
{
	must_read("\t 1 f (/a)\n\t 2 g (/a)\n\n"
	    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n\t 1 h (/a)\n\n");
	ck_assert_uint_eq(p.nsamples, 1);
	ck_assert_str_eq(row(0), "f 5");
	ck_assert_str_eq(types(), "cycles/count");
	ck_assert_uint_eq(prof_profile_skipped(&p), 2);
}
END_TEST

START_TEST(a_name_between_frames_without_headers_is_no_header)
{
	must_read("\n\t 1 f\nsomething\n\t 2 g\n\n");
	ck_assert_str_eq(row(0), "f 1");
	ck_assert_str_eq(row(1), "g 1");
	ck_assert_uint_eq(prof_profile_skipped(&p), 1);
}
END_TEST

START_TEST(any_set_of_fields_is_read)
{
	static const struct {
		const char *header, *labels, *types;
	} all[] = {
		{ "a b  7/8 [001] 1.5: 5 cycles: ",
		    "comm=a b cpu=1 process=7 thread=8", "cycles/count" },
		{ "a b     8 ", "comm=a b thread=8", "samples/count" },
		{ "a b ", "comm=a b", "samples/count" },
		{ "    8 ", "thread=8", "samples/count" },
		{ "    7/8     ", "process=7 thread=8", "samples/count" },
		{ "[001] ", "cpu=1", "samples/count" },
		{ "    1.5: ", "", "samples/count" },
		{ "         5 ", "", "period/count" },
		{ "cycles: ", "", "cycles/count" },
		{ "         5 cycles: ", "", "cycles/count" },
		{ "    8 cycles: ", "thread=8", "cycles/count" },
		{ "a b     8 [001] ", "comm=a b cpu=1 thread=8",
		    "samples/count" },
		{ "a b     8         12 ", "comm=a b thread=8",
		    "period/count" },
		{ "a b     8 [001]    1.5: ", "comm=a b cpu=1 thread=8",
		    "samples/count" }
	};
	struct prof_buf b = { 0 };
	size_t i;

	for (i = 0; i < sizeof all / sizeof all[0]; i++) {
		prof_buf_clear(&b);
		prof_buf_addf(&b, "%s\n\t 1 f\n\t 2 main\n\n%s\n\t 1 f\n"
		    "\t 2 main\n\n", all[i].header, all[i].header);
		must_read(prof_buf_str(&b));
		ck_assert_msg(strcmp(labels(0), all[i].labels) == 0,
		    "%s: %s", all[i].header, labels(0));
		ck_assert_msg(strcmp(types(), all[i].types) == 0, "%s: %s",
		    all[i].header, types());
		ck_assert_uint_eq(p.nsamples, 1);
		ck_assert_msg(memcmp(row(0), "main;f ", 7) == 0, "%s: %s",
		    all[i].header, row(0));
		ck_assert_msg(p.nnotes == 0, "%s", all[i].header);
	}
	prof_buf_release(&b);
}
END_TEST

START_TEST(messages_of_perf_are_noted_not_skipped)
{
	must_read("a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n"
	    "Warning:\nProcessed 5000 events and lost 12 chunks!\n\n"
	    "Check IO/CPU overload!\n\n"
	    "Warning:\n1 out of order events recorded.\n"
	    "a 1 1.0: PERF_RECORD_LOST lost 30\n"
	    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n");
	ck_assert_str_eq(row(0), "f 10");
	ck_assert_uint_eq(prof_profile_skipped(&p), 0);
	ck_assert_int_eq(noted("a message of perf", false), 4);
	ck_assert_int_eq(noted("events that perf lost", false), 42);
}
END_TEST

START_TEST(comments_of_the_header_say_nothing)
{
	must_read("# ========\n# captured on    : Mon Nov 23 2026\n"
	    "# cmdline : perf record -F 99 x\n#\na 1 1.0: 5 cycles: \n"
	    "\t 1 f (/a)\n\n");
	ck_assert_str_eq(row(0), "f 5");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(other_fields_belong_to_the_sample)
{
	must_read("a 1 1.0: 5 cycles: \n\t 1 f (/a)\n"
	    " 0x4005c1/0x4005b0/P/-/-/1  0x4005d1/0x4005c0/M/-/-/0 \n\n"
	    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n ABI:2    AX:0x0    BX:0x1 \n"
	    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n f+0x1/g+0x2/P/-/-/1 \n"
	    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n|12      return x;\n\n"
	    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n        12345678\n");
	ck_assert_uint_eq(p.nsamples, 1);
	ck_assert_str_eq(row(0), "f 25");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(lines_that_are_nothing_are_skipped_with_their_number)
{
	must_read("a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\tthis is no frame\n"
	    "\t 2 main (/a)\n\nwhat is this line good for\n"
	    "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\t 2 main (/a)\n\n");
	ck_assert_str_eq(row(0), "main;f 10");
	ck_assert_int_eq(noted("a frame without an address", true), 1);
	ck_assert_int_eq(noted("neither a header nor a frame", true), 1);
	ck_assert_uint_eq(p.note[0].where[0], 3);
	ck_assert_uint_eq(p.note[1].where[0], 6);
}
END_TEST

START_TEST(an_input_without_samples_names_what_is_needed)
{
	must_fail("what is this line good for\n\n", PROF_EFORMAT,
	    "line 1 is neither a header nor a frame");
	must_fail("\n\n\n", PROF_EFORMAT, "perf script -F comm,tid,time,");
	must_fail("# perf version : 6\n", PROF_EFORMAT, "no sample");
}
END_TEST

START_TEST(limits_are_kept)
{
	static const char text[] = "a 7/8 1.0: 5 cycles: \n\t 1 f (/a)\n"
	    "\t 2 main (/a)\n\n";
	struct prof_limits limits = prof_limits_default;

	limits.max_depth = 1;
	ck_assert_int_eq(read_limited(text, sizeof text - 1, &limits),
	    PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-depth"));
	limits.max_depth = 2;
	limits.max_labels = 2;
	ck_assert_int_eq(read_limited(text, sizeof text - 1, &limits),
	    PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-labels"));
	limits.max_labels = 3;
	limits.max_line = 20;
	ck_assert_int_eq(read_limited(text, sizeof text - 1, &limits),
	    PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-line"));
	limits.max_line = 21;
	limits.max_strings = 3;
	ck_assert_int_eq(read_limited(text, sizeof text - 1, &limits),
	    PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-strings"));
	limits.max_strings = 30;
	ck_assert_int_eq(read_limited(text, sizeof text - 1, &limits), 0);
}
END_TEST

START_TEST(many_distinct_lines_are_the_same_profile)
{
	struct prof_buf b = { 0 };
	unsigned i;

	/* More than is kept of lines at one time. */
	for (i = 0; i < 400000; i++)
		prof_buf_addf(&b, "a 1 1.0: 1 cycles: \n"
		    "\t %x some_function_with_a_name+0x%x (/usr/bin/a)\n"
		    "\t 2 main (/a)\n\n", i, i);
	ck_assert_int_eq(read_limited(b.data, b.len, NULL), 0);
	ck_assert_uint_eq(p.nsamples, 1);
	ck_assert_str_eq(row(0), "main;some_function_with_a_name 400000");
	prof_buf_release(&b);
}
END_TEST

START_TEST(it_bids_for_its_text_only)
{
	static const struct {
		const char *text;
		bool ours;
	} all[] = {
		{ "a 1 1.0: 5 cycles: \n\t 1 f (/a)\n\n", true },
		{ "\n\t  1f f\n\t  2f main\n\n", true },
		{ "  a 1 [001] 1.0: 5 cycles:  1f f (/a)\n", true },
		{ "# captured on    : Mon\n# perf version : 6.1\n", true },
		{ "a b     8 \n\t  1f f\n\t  2f main\n\n", true },
		{ "main;f 5\nmain;g 6\n", false },
		{ "main;f 1.0: 5\n", false },
		{ "\n              libc.so.1`f+0x1\n              a`main\n"
		    "               12\n", false },
		{ "         123 function calls in 0.5 seconds\n\n   Ordered by:"
		    " cumulative time\n\n   ncalls  tottime\n", false },
		{ "", false },
		{ "\n\n\n", false },
		{ "{\"a\": 1}\n", false },
		{ "\t1\t2\n\tx\ty\n\tfoo\n\tbar\n", false }
	};
	size_t i;
	int bits;

	for (i = 0; i < sizeof all / sizeof all[0]; i++) {
		bits = prof_perf_bid((const unsigned char *)all[i].text,
		    strlen(all[i].text));
		ck_assert_msg((bits > 0) == all[i].ours, "%d bits: %s", bits,
		    all[i].text);
		if (all[i].ours)
			ck_assert_str_eq(prof_format_detect(
			    (const unsigned char *)all[i].text,
			    strlen(all[i].text), "x", &err)->name, "perf");
	}
}
END_TEST

START_TEST(it_has_no_varieties)
{
	struct prof_in *in = prof_in_memory("x", 1, "test", NULL);

	ck_assert_int_eq(prof_perf_reader.read(in, "new", &p, &err),
	    PROF_EUSAGE);
	prof_in_close(in);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("perf");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, labels_are_comm_process_thread_and_cpu);
	tcase_add_test(tc, equal_stacks_with_equal_labels_are_summed);
	tcase_add_test(tc, one_name_in_two_modules_is_two_locations);
	tcase_add_test(tc, an_address_stays_where_no_symbol_was_looked_for);
	tcase_add_test(tc, clocks_with_a_period_count_nanoseconds);
	tcase_add_test(tc, a_period_now_and_then_is_noted);
	tcase_add_test(tc, one_period_is_the_period_of_the_profile);
	tcase_add_test(tc, the_duration_is_between_first_and_last_time);
	tcase_add_test(tc, sixteen_events_are_columns_and_more_a_label);
	tcase_add_test(tc, an_event_without_samples_is_no_column);
	tcase_add_test(tc,
	    a_period_of_0_is_noted_and_one_beyond_64_bits_skipped);
	tcase_add_test(tc, a_sum_beyond_64_bits_is_an_error);
	tcase_add_test(tc, frames_without_headers_are_samples);
	tcase_add_test(tc, pairs_of_empty_lines_are_samples_without_frames);
	tcase_add_test(tc, a_front_cut_off_is_skipped);
	tcase_add_test(tc,
	    a_name_between_frames_without_headers_is_no_header);
	tcase_add_test(tc, any_set_of_fields_is_read);
	tcase_add_test(tc, messages_of_perf_are_noted_not_skipped);
	tcase_add_test(tc, comments_of_the_header_say_nothing);
	tcase_add_test(tc, other_fields_belong_to_the_sample);
	tcase_add_test(tc,
	    lines_that_are_nothing_are_skipped_with_their_number);
	tcase_add_test(tc, an_input_without_samples_names_what_is_needed);
	tcase_add_test(tc, limits_are_kept);
	tcase_add_test(tc, many_distinct_lines_are_the_same_profile);
	tcase_add_test(tc, it_bids_for_its_text_only);
	tcase_add_test(tc, it_has_no_varieties);
	return test_main("perf", tc);
}
