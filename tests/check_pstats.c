/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/buf.h"
#include "libanalysis/check.h"
#include "tests/support.h"

extern const struct prof_reader prof_pstats_reader;

#define TITLE "   ncalls  tottime  percall  cumtime  percall " \
	"filename:lineno(function)\n"
#define CALLERS "Function   was called by...\n" \
	"               ncalls  tottime  cumtime\n"
#define CALLEES "Function   called...\n" \
	"               ncalls  tottime  cumtime\n"

static struct prof_profile p;
static struct prof_err err;
static struct prof_buf shown;

static void
setup(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
	memset(&shown, 0, sizeof shown);
}

static void
teardown(void)
{
	prof_profile_release(&p);
	prof_buf_release(&shown);
}

static int
read_from(struct prof_in *in, const char *dialect)
{
	int rc;

	prof_profile_release(&p);
	memset(&err, 0, sizeof err);
	rc = prof_pstats_reader.read(in, dialect, &p, &err);
	ck_assert_int_eq(rc, err.code);
	if (rc == PROF_OK)
		ck_assert_msg(prof_profile_check(&p, &err) == PROF_OK, "%s",
		    err.msg);
	return rc;
}

static int
read_bytes(const char *text, size_t len, const struct prof_limits *limits)
{
	struct prof_in *in = prof_in_memory(text, len, "test", limits);
	int rc = read_from(in, NULL);

	prof_in_close(in);
	return rc;
}

static int
read_text(const char *text)
{
	return read_bytes(text, strlen(text), NULL);
}

static void
must_read(const char *text)
{
	ck_assert_msg(read_text(text) == PROF_OK, "%s", err.msg);
}

static bool
is_named(prof_fn id, const char *name)
{
	return id == 0 ? *name == '\0' : strcmp(name, prof_profile_str(&p,
	    prof_profile_fn(&p, id)->name)) == 0;
}

/* "calls primitive self total" of the only row with these names. */
static const char *
edge(const char *caller, const char *callee)
{
	const struct prof_edges *e = &p.edges;
	uint32_t i, found = 0;
	unsigned c;

	prof_buf_clear(&shown);
	for (i = 0; i < e->n; i++)
		if (is_named(e->caller[i], caller) &&
		    is_named(e->callee[i], callee)) {
			found++;
			for (c = 0; c < e->ntypes; c++)
				prof_buf_addf(&shown, "%s%lld", c > 0 ? " " :
				    "", (long long)e->value[c][i]);
		}
	ck_assert_msg(found < 2, "%s %s: %u rows", caller, callee, found);
	return found > 0 ? prof_buf_str(&shown) : "none";
}

static const char *
own(const char *name)
{
	return edge("", name);
}

static const struct prof_function *
function(const char *name)
{
	uint32_t i;

	for (i = 0; i < p.nfn; i++)
		if (is_named(i + 1, name))
			return &p.fn[i];
	ck_abort_msg("no function '%s'", name);
}

static const char *
file(const char *name)
{
	return prof_profile_str(&p, function(name)->file);
}

static const struct prof_note *
note(const char *word)
{
	uint32_t i;

	for (i = 0; i < p.nnotes; i++)
		if (strstr(prof_profile_str(&p, p.note[i].text), word))
			return &p.note[i];
	return NULL;
}

static int
bid(const char *text)
{
	return prof_pstats_reader.bid((const unsigned char *)text,
	    strlen(text));
}

static const char guide[] =
    "         4 function calls in 0.234 seconds\n"
    "\n"
    TITLE
    "        1    0.000    0.000    0.234    0.234 example.py:1(main)\n"
    "        1    0.100    0.100    0.234    0.234 example.py:5(run)\n"
    "        2    0.134    0.067    0.134    0.067 "
    "{built-in method time.sleep}\n";

START_TEST(the_short_form_of_guides_is_read)
{
	must_read(guide);
	ck_assert_str_eq(own("main"), "1 1 0 234000000");
	ck_assert_str_eq(own("run"), "1 1 100000000 234000000");
	ck_assert_str_eq(own("{built-in method time.sleep}"),
	    "2 2 134000000 134000000");
	ck_assert_uint_eq(p.edges.n, 3);
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(it_is_one_column_of_time_without_samples)
{
	static const enum prof_edge_role roles[] = { PROF_EDGE_CALLS,
		PROF_EDGE_PRIMITIVE, PROF_EDGE_SELF, PROF_EDGE_TOTAL };
	unsigned c;

	must_read(guide);
	ck_assert_uint_eq(p.ntypes, 1);
	ck_assert_str_eq(prof_profile_str(&p, p.type[0].type), "time");
	ck_assert_str_eq(prof_profile_str(&p, p.type[0].unit),
	    "nanoseconds");
	ck_assert_uint_eq(p.nsamples, 0);
	ck_assert_uint_eq(p.nloc, 0);
	ck_assert_uint_eq(p.edges.ntypes, 4);
	for (c = 0; c < 4; c++)
		ck_assert_uint_eq(p.edges.role[c], roles[c]);
	ck_assert_int_eq(prof_profile_edge_column(&p, PROF_EDGE_TOTAL,
	    p.type[0].type), 3);
}
END_TEST

START_TEST(half_a_unit_of_the_last_digit_is_the_error)
{
	must_read(guide);
	ck_assert_int_eq(p.edges.error[0], 0);
	ck_assert_int_eq(p.edges.error[1], 0);
	ck_assert_int_eq(p.edges.error[2], 500000);
	ck_assert_int_eq(p.edges.error[3], 500000);
	must_read(TITLE "  1 0.000012 0.000012 0.5 0.5 a.py:1(f)\n");
	ck_assert_str_eq(own("f"), "1 1 12000 500000000");
	ck_assert_int_eq(p.edges.error[2], 500);
	ck_assert_int_eq(p.edges.error[3], 50000000);
	must_read(TITLE "  1 2 2 0.1234567894 0 a.py:1(f)\n"
	    "  1 0.1234567895 0 3 3 a.py:2(g)\n");
	ck_assert_str_eq(own("f"), "1 1 2000000000 123456789");
	ck_assert_str_eq(own("g"), "1 1 123456790 3000000000");
	ck_assert_int_eq(p.edges.error[2], 500000000);
}
END_TEST

START_TEST(recursive_calls_are_told_from_primitive_ones)
{
	must_read("  13 function calls (11 primitive calls) in 0.5 seconds\n"
	    TITLE
	    "      3/1    0.000    0.000    0.015    0.015 a.py:1(f)\n"
	    "       10    0.500    0.050    0.500    0.050 a.py:9(g)\n");
	ck_assert_str_eq(own("f"), "3 1 0 15000000");
	ck_assert_str_eq(own("g"), "10 10 500000000 500000000");
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(names_are_taken_apart_from_the_right)
{
	must_read(TITLE
	    " 1 0.1 0.1 0.1 0.1 C:\\a b\\x.py:3(f)\n"
	    " 1 0.1 0.1 0.1 0.1 dir (x) 1:2/odd name.py:1(g)\n"
	    " 1 0.1 0.1 0.1 0.1 <frozen importlib._bootstrap>:1165(_find)\n"
	    " 1 0.1 0.1 0.1 0.1 a:7(b.py:12(<lambda>)\n"
	    " 1 0.1 0.1 0.1 0.1 {method 'append' of 'list' objects}\n"
	    " 1 0.1 0.1 0.1 0.1 <string>:1(\xce\xb1\xce\xb2)\n"
	    " 1 0.1 0.1 0.1 0.1 e.py:5()\n"
	    " 1 0.1 0.1 0.1 0.1 main\n");
	ck_assert_str_eq(file("f"), "C:\\a b\\x.py");
	ck_assert_int_eq(function("f")->start, 3);
	ck_assert_str_eq(file("g"), "dir (x) 1:2/odd name.py");
	ck_assert_int_eq(function("_find")->start, 1165);
	ck_assert_str_eq(file("<lambda>"), "a:7(b.py");
	ck_assert_str_eq(file("{method 'append' of 'list' objects}"), "");
	ck_assert_str_eq(file("\xce\xb1\xce\xb2"), "<string>");
	ck_assert_int_eq(function("")->start, 5);
	ck_assert_str_eq(file("main"), "");
	ck_assert_uint_eq(p.edges.n, 8);
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(c_functions_of_the_profile_module_have_a_name_only)
{
	must_read(TITLE " 1 0.1 0.1 0.1 0.1 :0(sum)\n");
	ck_assert_str_eq(own("sum"), "1 1 100000000 100000000");
	ck_assert_str_eq(file("sum"), "");
	ck_assert_str_eq(prof_profile_str(&p, p.meta.dialect), "profile");
	must_read(guide);
	ck_assert_str_eq(prof_profile_str(&p, p.meta.dialect), "cProfile");
}
END_TEST

START_TEST(addresses_of_code_objects_are_no_names)
{
	must_read(TITLE " 1 0.1 0.1 0.1 0.1 profile:0(<code object <module> "
	    "at 0x7f01aabb, file \"x.py\", line 1>)\n"
	    " 1 0.1 0.1 0.1 0.1 profile:0(<code object plain>)\n");
	ck_assert_str_eq(own("<code object <module>>"),
	    "1 1 100000000 100000000");
	ck_assert_str_eq(own("<code object plain>"),
	    "1 1 100000000 100000000");
	ck_assert_str_eq(file("<code object <module>>"), "profile");
}
END_TEST

START_TEST(ratios_of_no_calls_are_blank)
{
	must_read(TITLE
	    "        0    0.000             0.000          a.py:1(none)\n"
	    "      2/0    0.004    0.002    0.000          a.py:2(still)\n"
	    "        0    0.000    0.000    0.000    0.000 a.py:3(zeros)\n");
	ck_assert_str_eq(own("none"), "0 0 0 0");
	ck_assert_str_eq(own("still"), "2 0 4000000 0");
	ck_assert_str_eq(own("zeros"), "0 0 0 0");
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(wide_and_glued_numbers_are_parted)
{
	must_read(TITLE
	    "123456789/98765432112345.678    0.00012345.6790.000 a.py:1(f)\n"
	    "1234567890/1 12345.678    0.000 12345.679 12345.679 a.py:2(g)\n");
	ck_assert_str_eq(own("g"),
	    "1234567890 1 12345678000000 12345679000000");
	ck_assert_uint_eq(note("no row")->where[0], 2);
	must_read(TITLE
	    "1234/12    0.00012345.67812345.679 1028.807 a.py:1(f)\n");
	ck_assert_str_eq(own("f"), "1234 12 0 12345679000000");
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(a_decimal_comma_is_a_point)
{
	must_read(TITLE " 1 0,250 0,250 1,500 1,500 a.py:1(f)\n");
	ck_assert_str_eq(own("f"), "1 1 250000000 1500000000");
}
END_TEST

START_TEST(negative_times_of_a_bad_calibration_are_kept)
{
	must_read(TITLE " 1 -0.002 -0.002 0.001 0.001 a.py:1(f)\n");
	ck_assert_str_eq(own("f"), "1 1 -2000000 1000000");
}
END_TEST

START_TEST(other_orders_of_columns_follow_their_title)
{
	must_read("ncalls cumtime tottime function\n"
	    "3 0.5 0.25 a.py:1(f)\n");
	ck_assert_str_eq(own("f"), "3 3 250000000 500000000");
	ck_assert_int_eq(read_text("ncalls tottime function\n3 0.5 x\n"),
	    PROF_EFORMAT);
}
END_TEST

START_TEST(names_wrapped_into_the_next_line_are_joined)
{
	must_read(TITLE
	    "        1    0.000    0.000    0.010    0.010 /usr/lib/long/\n"
	    "path/module.py:17(first)\n"
	    "        1    0.000    0.000    0.020    0.020\n"
	    "    /usr/lib/second.py:3(second)\n"
	    "        1    0.000    0.000    0.030    0.030 {method 'append' "
	    "of\n'list' objects}\n"
	    "        1    0.000    0.000    0.040    0.040 {built-in method "
	    "posix.very_long_n\name}\n"
	    "        1    0.000    0.000    0.050    0.050 a.py:1(last)\n");
	ck_assert_str_eq(own("first"), "1 1 0 10000000");
	ck_assert_str_eq(file("first"), "/usr/lib/long/path/module.py");
	ck_assert_str_eq(file("second"), "/usr/lib/second.py");
	ck_assert_str_eq(own("{method 'append' of 'list' objects}"),
	    "1 1 0 30000000");
	ck_assert_str_eq(own("{built-in method posix.very_long_name}"),
	    "1 1 0 40000000");
	ck_assert_str_eq(own("last"), "1 1 0 50000000");
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(callers_become_edges)
{
	must_read(CALLERS
	    "a.py:1(main)   <- \n"
	    "a.py:5(run)    <-       1    0.100    0.234  a.py:1(main)\n"
	    "{sleep}        <-       2    0.030    0.030  a.py:1(main)\n"
	    "                      7/3    0.104    0.104  a.py:5(run)\n");
	ck_assert_str_eq(edge("main", "run"), "1 1 100000000 234000000");
	ck_assert_str_eq(edge("main", "{sleep}"), "2 2 30000000 30000000");
	ck_assert_str_eq(edge("run", "{sleep}"), "7 3 104000000 104000000");
	ck_assert(p.edges.exact[2] && p.edges.exact[3]);
	ck_assert_ptr_nonnull(note("sums over callers"));
	ck_assert_uint_eq(p.nnotes, 1);
}
END_TEST

START_TEST(without_a_first_table_rows_are_sums_of_calls)
{
	must_read(CALLERS
	    "a.py:1(main)   <- \n"
	    "a.py:9(alone)  <- \n"
	    "a.py:5(run)    <-       1    0.100    0.234  a.py:1(main)\n"
	    "                      4/1    0.020    0.200  a.py:5(run)\n");
	ck_assert_str_eq(own("main"), "0 0 0 0");
	ck_assert_str_eq(own("alone"), "0 0 0 0");
	ck_assert_str_eq(own("run"), "5 2 120000000 234000000");
}
END_TEST

START_TEST(callees_are_the_same_edges)
{
	must_read(CALLEES
	    "a.py:1(main)   ->       1    0.100    0.234  a.py:5(run)\n"
	    "                        2    0.030    0.030  {sleep}\n"
	    "{sleep}        -> \n");
	ck_assert_str_eq(edge("main", "run"), "1 1 100000000 234000000");
	ck_assert_str_eq(edge("main", "{sleep}"), "2 2 30000000 30000000");
	ck_assert_uint_eq(p.edges.n, 5);
}
END_TEST

static const char both[] =
    "  3 function calls in 0.264 seconds\n\n"
    "   Ordered by: cumulative time\n\n"
    TITLE
    "  1 0.034 0.034 0.264 0.264 a.py:1(main)\n"
    "  2 0.230 0.115 0.230 0.115 a.py:5(run)\n"
    "\n\n"
    "   Ordered by: cumulative time\n\n"
    CALLERS
    "a.py:1(main)   <- \n"
    "a.py:5(run)    <-       2    0.230    0.230  a.py:1(main)\n"
    "\n\n"
    CALLEES
    "a.py:1(main)   ->       2    0.230    0.230  a.py:5(run)\n"
    "a.py:5(run)    -> \n\n\n";

START_TEST(a_call_in_both_lists_counts_once)
{
	must_read(both);
	ck_assert_str_eq(edge("main", "run"), "2 2 230000000 230000000");
	ck_assert_str_eq(own("main"), "1 1 34000000 264000000");
	ck_assert_str_eq(own("run"), "2 2 230000000 230000000");
	ck_assert_uint_eq(p.edges.n, 3);
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(a_call_listed_again_with_other_numbers_is_noted)
{
	must_read(CALLERS
	    "a.py:5(run)    <-       2    0.230    0.230  a.py:1(main)\n\n"
	    CALLEES
	    "a.py:1(main)   ->       3    0.230    0.230  a.py:5(run)\n");
	ck_assert_str_eq(edge("main", "run"), "2 2 230000000 230000000");
	ck_assert_uint_eq(note("other numbers")->where[0], 7);
	ck_assert(note("other numbers")->skipped);
}
END_TEST

START_TEST(the_last_arrow_that_a_call_follows_parts_the_line)
{
	must_read(CALLERS
	    "a <- b.py:1(f)  <-       1    0.100    0.200  c -> d.py:2(g)\n");
	ck_assert_str_eq(edge("g", "f"), "1 1 100000000 200000000");
	ck_assert_str_eq(file("f"), "a <- b.py");
	ck_assert_str_eq(file("g"), "c -> d.py");
}
END_TEST

START_TEST(calls_of_the_profile_module_are_exact_their_times_shared)
{
	must_read("  11 function calls in 0.160 seconds\n\n" TITLE
	    "  1 0.040 0.040 0.160 0.160 a.py:1(main)\n"
	    "  4 0.030 0.007 0.090 0.022 a.py:2(mid)\n"
	    "  6 0.090 0.015 0.090 0.015 :0(leaf)\n\n"
	    "Function   was called by...\n"
	    "a.py:1(main) <-\n"
	    "a.py:2(mid) <- a.py:1(main)(4)    0.160\n"
	    ":0(leaf)   <- a.py:1(main)(2)    0.160\n"
	    "              a.py:2(mid)(4)    0.090\n\n");
	ck_assert_str_eq(edge("main", "mid"), "4 4 30000000 90000000");
	ck_assert_str_eq(edge("main", "leaf"), "2 2 30000000 30000000");
	ck_assert_str_eq(edge("mid", "leaf"), "4 4 60000000 60000000");
	ck_assert_str_eq(own("mid"), "4 4 30000000 90000000");
	ck_assert(p.edges.exact[0]);
	ck_assert(!p.edges.exact[1] && !p.edges.exact[2] &&
	    !p.edges.exact[3]);
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(of_the_profile_module_alone_self_times_are_estimates)
{
	must_read("Function   called...\n"
	    ":0(exec)   -> a.py:1(main)(1)    0.160\n"
	    "a.py:1(main) -> a.py:2(mid)(3)    0.090\n"
	    "              :0(leaf)(1)    0.080\n"
	    "a.py:2(mid) -> :0(leaf)(3)    0.080\n");
	ck_assert_str_eq(own("main"), "1 1 50000000 160000000");
	ck_assert_str_eq(own("mid"), "3 3 30000000 90000000");
	ck_assert_str_eq(own("leaf"), "4 4 80000000 80000000");
	ck_assert_str_eq(own("exec"), "0 0 0 0");
	ck_assert_str_eq(edge("mid", "leaf"), "3 3 60000000 60000000");
	ck_assert(!note("self times")->skipped);
}
END_TEST

START_TEST(what_the_header_has_beyond_the_rows_is_one_function)
{
	must_read("  100 function calls (90 primitive calls) in 2.000 seconds"
	    "\n\n   Ordered by: internal time\n"
	    "   List reduced from 40 to 1 due to restriction <1>\n\n" TITLE
	    "  30/20 0.500 0.017 2.000 0.100 a.py:1(main)\n");
	ck_assert_str_eq(own("[not listed]"),
	    "70 70 1500000000 1500000000");
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(dots_stand_for_rows_left_out)
{
	must_read("  9 function calls in 1.000 seconds\n\n" TITLE
	    "  3 0.500 0.167 1.000 0.333 a.py:1(main)\n"
	    "    ...\n"
	    "  1 0.100 0.100 0.100 0.100 a.py:2(f)\n");
	ck_assert_str_eq(own("[not listed]"), "5 5 400000000 400000000");
	ck_assert_str_eq(own("f"), "1 1 100000000 100000000");
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(a_rest_that_nothing_explains_is_noted)
{
	must_read("  9 function calls in 1.000 seconds\n\n" TITLE
	    "  3 0.500 0.167 1.000 0.333 a.py:1(main)\n");
	ck_assert_str_eq(own("[not listed]"), "6 6 500000000 500000000");
	ck_assert_uint_eq(note("is the report cut")->where[0], 1);
	ck_assert_uint_eq(prof_profile_skipped(&p), 0);
}
END_TEST

START_TEST(rounding_alone_makes_no_function)
{
	must_read("  3 function calls in 0.002 seconds\n\n" TITLE
	    "  1 0.000 0.000 0.002 0.002 a.py:1(f)\n"
	    "  1 0.000 0.000 0.002 0.002 a.py:2(g)\n"
	    "  1 0.000 0.000 0.002 0.002 a.py:3(h)\n");
	ck_assert_str_eq(own("[not listed]"), "none");
	must_read("  3 function calls in 0.003 seconds\n\n" TITLE
	    "  1 0.000 0.000 0.003 0.003 a.py:1(f)\n"
	    "  1 0.000 0.000 0.003 0.003 a.py:2(g)\n"
	    "  1 0.000 0.000 0.003 0.003 a.py:3(h)\n");
	ck_assert_str_eq(own("[not listed]"), "0 0 3000000 3000000");
}
END_TEST

START_TEST(rows_beyond_the_header_are_noted_not_taken_back)
{
	must_read("  1 function calls in 0.001 seconds\n\n" TITLE
	    "  5 0.500 0.100 1.000 0.333 a.py:1(main)\n");
	ck_assert_str_eq(own("main"), "5 5 500000000 1000000000");
	ck_assert_str_eq(own("[not listed]"), "none");
	ck_assert_ptr_nonnull(note("more than the header"));
}
END_TEST

START_TEST(a_second_report_is_another_profile)
{
	struct prof_buf b = { 0 };
	struct prof_in *in;

	prof_buf_adds(&b, "Mon Nov 23 10:00:00 2026    one.prof\n\n");
	prof_buf_adds(&b, both);
	prof_buf_adds(&b, "Mon Nov  2 10:00:00 2026    two.prof\n"
	    "Mon Nov  2 10:00:01 2026    three.prof\n\n         main\n");
	prof_buf_adds(&b, guide);
	prof_buf_adds(&b, "\n\nbye\n");
	in = prof_in_memory(b.data, b.len, "test", NULL);
	ck_assert_int_eq(read_from(in, NULL), PROF_OK);
	ck_assert_str_eq(own("main"), "1 1 34000000 264000000");
	ck_assert_uint_eq(p.ncomments, 1);
	ck_assert_int_eq(read_from(in, NULL), PROF_OK);
	ck_assert_str_eq(own("main"), "1 1 0 234000000");
	ck_assert_str_eq(edge("main", "run"), "none");
	ck_assert_uint_eq(p.ncomments, 2);
	ck_assert_uint_eq(prof_in_offset(in), b.len);
	prof_in_close(in);
	prof_buf_release(&b);
}
END_TEST

START_TEST(a_date_in_a_log_is_no_report)
{
	struct prof_buf b = { 0 };

	prof_buf_adds(&b, guide);
	prof_buf_adds(&b, "\n\nMon Nov 23 10:00:00 2026    finished\nbye\n");
	ck_assert_int_eq(read_bytes(b.data, b.len, NULL), PROF_OK);
	ck_assert_str_eq(own("main"), "1 1 0 234000000");
	prof_buf_release(&b);
}
END_TEST

START_TEST(a_header_without_a_table_is_no_report_of_its_own)
{
	struct prof_buf b = { 0 };

	prof_buf_adds(&b, "I counted 7 function calls in 2 seconds\n");
	prof_buf_adds(&b, guide);
	ck_assert_int_eq(read_bytes(b.data, b.len, NULL), PROF_OK);
	ck_assert_str_eq(own("run"), "1 1 100000000 234000000");
	ck_assert_str_eq(own("[not listed]"), "none");
	ck_assert_uint_eq(note("header without")->where[0], 1);
	must_read("7 function calls in 2.5 seconds\n\n");
	ck_assert_str_eq(own("[not listed]"), "7 7 2500000000 2500000000");
	ck_assert_ptr_nonnull(note("header without"));
	prof_buf_release(&b);
}
END_TEST

START_TEST(text_around_reports_is_passed_over)
{
	struct prof_buf b = { 0 };

	prof_buf_adds(&b, "loading 3 files\nfunction calls in vain\n"
	    "    5 apples;oranges 7\nresult: 42   ");
	prof_buf_adds(&b, guide);
	prof_buf_adds(&b, "```\n\nAs you see, run() takes most of it.\n");
	ck_assert_int_eq(read_bytes(b.data, b.len, NULL), PROF_OK);
	ck_assert_str_eq(own("run"), "1 1 100000000 234000000");
	ck_assert_ptr_null(note(""));
	prof_buf_addc(&b, '\0');
	ck_assert_int_ge(bid(b.data), 32);
	prof_buf_release(&b);
}
END_TEST

START_TEST(lines_in_a_table_that_are_no_rows_are_counted)
{
	must_read(TITLE
	    "  1 0.1 0.1 0.1 0.1 a.py:1(f)\n"
	    "# a remark\n"
	    "  x 0.1 0.1 0.1 0.1 a.py:2(g)\n"
	    "  1 0.1 0.1 0.1 a.py:3(h)\n"
	    "  1 inf nan 0.1 0.1 a.py:4(i)\n"
	    "  2 0.2 0.1 0.2 0.1 a.py:5(j)\n\n"
	    CALLERS
	    "a.py:1(f)   <-       1    0.100    0.200  a.py:5(j)\n"
	    "nonsense\n"
	    "                     x    0.100    0.200  a.py:5(j)\n");
	ck_assert_uint_eq(note("no row")->count, 4);
	ck_assert_uint_eq(note("no row")->where[0], 3);
	ck_assert_uint_eq(note("no row")->where[3], 6);
	ck_assert_uint_eq(note("no caller")->count, 2);
	ck_assert_uint_eq(prof_profile_skipped(&p), 6);
	ck_assert_str_eq(own("j"), "2 2 200000000 200000000");
	ck_assert_str_eq(edge("j", "f"), "1 1 100000000 200000000");
}
END_TEST

START_TEST(a_row_that_lost_its_table_is_counted)
{
	must_read(TITLE
	    "  1 0.1 0.1 0.1 0.1 a.py:1(f)\n\n\n"
	    "  1 0.1 0.1 0.1 0.1 a.py:2(g)\n");
	ck_assert_uint_eq(note("outside")->where[0], 5);
	ck_assert_uint_eq(prof_profile_skipped(&p), 1);
}
END_TEST

static const char *const broken[] = {
	"",
	"nothing of the kind\n",
	TITLE,
	TITLE "\n\n",
	CALLERS,
	TITLE "  1 0.1 0.1 0.1 0.1 a.py:1(f",
	TITLE "  1 0.1 0.1 0.1 0.1 {built-in",
	TITLE "  1 0.1 0.1 0.1 0.1 a.py:1(f)\n  1 0.1",
	TITLE "  1 0.1 0.1 0.1 0.1 a.py:1(f)\n  1",
	CALLERS "a.py:1(f)   <-       1    0.100    0.200  a.py:5(",
	CALLERS "a.py:1(f)   <-       1    0.1"
};

START_TEST(cut_reports_are_errors)
{
	ck_assert_msg(read_text(broken[_i]) == PROF_EFORMAT, "%d", _i);
	ck_assert_str_ne(err.msg, "");
}
END_TEST

START_TEST(every_cut_ends_in_a_profile_or_an_error)
{
	size_t n;
	int rc;

	for (n = 0; n < sizeof both; n++) {
		rc = read_bytes(both, n, NULL);
		ck_assert_msg(rc == PROF_OK || rc == PROF_EFORMAT,
		    "%zu: %s", n, err.msg);
	}
}
END_TEST

START_TEST(the_last_line_needs_no_end_when_its_name_has_one)
{
	must_read(TITLE "  1 0.1 0.1 0.1 0.1 a.py:1(f)");
	ck_assert_str_eq(own("f"), "1 1 100000000 100000000");
	must_read("Function   called...\na.py:1(f)   -> :0(g)(2) 0.5");
	ck_assert_str_eq(edge("f", "g"), "2 2 500000000 500000000");
}
END_TEST

START_TEST(carriage_returns_are_no_matter)
{
	must_read("  1 function calls in 0.100 seconds\r\n\r\n"
	    "ncalls tottime percall cumtime percall "
	    "filename:lineno(function)\r\n"
	    "  1 0.1 0.1 0.1 0.1 a.py:1(f)\r\n\r\n");
	ck_assert_str_eq(own("f"), "1 1 100000000 100000000");
	ck_assert_ptr_null(note(""));
}
END_TEST

static const char *const huge[] = {
	" 9223372036854775808 function calls in 0.1 seconds\n",
	" 1 function calls in 9223372037 seconds\n",
	TITLE " 9223372036854775808 0.1 0.1 0.1 0.1 a.py:1(f)\n",
	TITLE " 1 0.1 0.1 99999999999.000 0.1 a.py:1(f)\n",
	TITLE " 1 9223372036.9 0.1 0.1 0.1 a.py:1(f)\n",
	CALLERS "a.py:1(f)   <-  1 0.1 9999999999999 a.py:5(g)\n",
	(TITLE " 9223372036854775807 0.1 0.1 0.1 0.1 a.py:1(f)\n"
	    " 1 0.1 0.1 0.1 0.1 a.py:1(f)\n"),
	(CALLERS "a.py:1(f) <- 9223372036854775807 0.1 0.1 a.py:5(g)\n"
	    "   1 0.1 0.1 a.py:5(g)\n"),
	(CALLERS "a.py:1(f) <- 9223372036854775807 0.1 0.1 a.py:5(g)\n"
	    "   1 0.1 0.1 a.py:6(h)\n"),
	("Function called...\nf -> :0(g)(9223372036854775807) 0.1\n"
	    "g -> :0(g)(1) 0.1\n")
};

START_TEST(numbers_beyond_64_bits_are_refused)
{
	ck_assert_msg(read_text(huge[_i]) == PROF_ERANGE, "%d: %s", _i,
	    err.msg);
}
END_TEST

START_TEST(the_largest_numbers_are_kept)
{
	must_read(TITLE " 9223372036854775807/9223372036854775807 "
	    "9223372036.854 0.1 9223372036.854 0.1 a.py:1(f)\n");
	ck_assert_str_eq(own("f"), "9223372036854775807 "
	    "9223372036854775807 9223372036854000000 9223372036854000000");
}
END_TEST

START_TEST(limits_of_lines_and_strings_hold)
{
	struct prof_limits limits = prof_limits_default;

	limits.max_line = 40;
	ck_assert_int_eq(read_bytes(guide, sizeof guide - 1, &limits),
	    PROF_ELIMIT);
	limits = prof_limits_default;
	limits.max_strings = 3;
	ck_assert_int_eq(read_bytes(guide, sizeof guide - 1, &limits),
	    PROF_ELIMIT);
}
END_TEST

START_TEST(names_keep_all_bytes)
{
	static const char text[] = TITLE
	    " 1 0.1 0.1 0.1 0.1 a\0b.py:1(\xff\33[31m)\n";

	ck_assert_int_eq(read_bytes(text, sizeof text - 1, NULL), PROF_OK);
	ck_assert_uint_ne(prof_strs_find(&p.strs, "a\0b.py", 6), UINT32_MAX);
	ck_assert_str_eq(own("\xff\33[31m"), "1 1 100000000 100000000");
}
END_TEST

START_TEST(many_arrows_in_one_line_cost_no_more_than_its_length)
{
	struct prof_buf b = { 0 };
	int i;

	prof_buf_adds(&b, CALLERS "f");
	for (i = 0; i < 300000; i++)
		prof_buf_adds(&b, " <- 1 0.1 x(");
	prof_buf_adds(&b, "\n");
	ck_assert_int_eq(read_bytes(b.data, b.len, NULL), PROF_EFORMAT);
	prof_buf_release(&b);
}
END_TEST

START_TEST(there_are_no_dialects)
{
	struct prof_in *in = prof_in_memory(guide, sizeof guide - 1, "test",
	    NULL);

	ck_assert_int_eq(read_from(in, "loud"), PROF_EUSAGE);
	prof_in_close(in);
}
END_TEST

START_TEST(reports_are_detected_before_folded_stacks)
{
	static const char *const names[] = { "c27", "c311", "p27", "p311",
		"c311_callers", "c311_callees", "p311_callers",
		"c311_reduced", "c311_command", "c311_two" };
	char path[64], *text;
	size_t i, n;

	for (i = 0; i < sizeof names / sizeof names[0]; i++) {
		snprintf(path, sizeof path, "pstats/%s.pstats.txt", names[i]);
		text = test_slurp(test_data(path), &n);
		n = n < 65536 ? n : 65536;
		ck_assert_ptr_eq(prof_format_detect((unsigned char *)text, n,
		    "x", &err), &prof_pstats_reader);
		free(text);
	}
	ck_assert_int_eq(bid("main;f 3\nmain;g 4\n"), 0);
	ck_assert_int_gt(bid("4 function calls in 0.234 seconds\n"), 20);
}
END_TEST

START_TEST(a_report_of_two_files_names_both)
{
	test_load(&p, "pstats/c311_added.pstats.txt");
	ck_assert_uint_eq(p.ncomments, 2);
	ck_assert_str_ne(own("[not listed]"), "none");
	ck_assert_ptr_null(note(""));
}
END_TEST

START_TEST(rows_and_rest_add_up_to_the_header)
{
	int64_t calls = 0, self = 0;
	uint32_t i;

	test_load(&p, "pstats/c311_reduced.pstats.txt");
	for (i = 0; i < p.edges.n; i++) {
		calls += p.edges.value[0][i];
		self += p.edges.value[2][i];
	}
	ck_assert_uint_eq(p.edges.n, 7);
	ck_assert_int_eq(calls, 109088);
	ck_assert_int_eq(self, 79000000);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("pstats");
	int nbroken = sizeof broken / sizeof broken[0];
	int nhuge = sizeof huge / sizeof huge[0];

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_short_form_of_guides_is_read);
	tcase_add_test(tc, it_is_one_column_of_time_without_samples);
	tcase_add_test(tc, half_a_unit_of_the_last_digit_is_the_error);
	tcase_add_test(tc, recursive_calls_are_told_from_primitive_ones);
	tcase_add_test(tc, names_are_taken_apart_from_the_right);
	tcase_add_test(tc, c_functions_of_the_profile_module_have_a_name_only);
	tcase_add_test(tc, addresses_of_code_objects_are_no_names);
	tcase_add_test(tc, ratios_of_no_calls_are_blank);
	tcase_add_test(tc, wide_and_glued_numbers_are_parted);
	tcase_add_test(tc, a_decimal_comma_is_a_point);
	tcase_add_test(tc, negative_times_of_a_bad_calibration_are_kept);
	tcase_add_test(tc, other_orders_of_columns_follow_their_title);
	tcase_add_test(tc, names_wrapped_into_the_next_line_are_joined);
	tcase_add_test(tc, callers_become_edges);
	tcase_add_test(tc, without_a_first_table_rows_are_sums_of_calls);
	tcase_add_test(tc, callees_are_the_same_edges);
	tcase_add_test(tc, a_call_in_both_lists_counts_once);
	tcase_add_test(tc,
	    a_call_listed_again_with_other_numbers_is_noted);
	tcase_add_test(tc, the_last_arrow_that_a_call_follows_parts_the_line);
	tcase_add_test(tc,
	    calls_of_the_profile_module_are_exact_their_times_shared);
	tcase_add_test(tc,
	    of_the_profile_module_alone_self_times_are_estimates);
	tcase_add_test(tc,
	    what_the_header_has_beyond_the_rows_is_one_function);
	tcase_add_test(tc, dots_stand_for_rows_left_out);
	tcase_add_test(tc, a_rest_that_nothing_explains_is_noted);
	tcase_add_test(tc, rounding_alone_makes_no_function);
	tcase_add_test(tc, rows_beyond_the_header_are_noted_not_taken_back);
	tcase_add_test(tc, a_second_report_is_another_profile);
	tcase_add_test(tc, a_date_in_a_log_is_no_report);
	tcase_add_test(tc,
	    a_header_without_a_table_is_no_report_of_its_own);
	tcase_add_test(tc, text_around_reports_is_passed_over);
	tcase_add_test(tc, lines_in_a_table_that_are_no_rows_are_counted);
	tcase_add_test(tc, a_row_that_lost_its_table_is_counted);
	tcase_add_loop_test(tc, cut_reports_are_errors, 0, nbroken);
	tcase_add_test(tc, every_cut_ends_in_a_profile_or_an_error);
	tcase_add_test(tc, the_last_line_needs_no_end_when_its_name_has_one);
	tcase_add_test(tc, carriage_returns_are_no_matter);
	tcase_add_loop_test(tc, numbers_beyond_64_bits_are_refused, 0, nhuge);
	tcase_add_test(tc, the_largest_numbers_are_kept);
	tcase_add_test(tc, limits_of_lines_and_strings_hold);
	tcase_add_test(tc, names_keep_all_bytes);
	tcase_add_test(tc,
	    many_arrows_in_one_line_cost_no_more_than_its_length);
	tcase_add_test(tc, there_are_no_dialects);
	tcase_add_test(tc, reports_are_detected_before_folded_stacks);
	tcase_add_test(tc, a_report_of_two_files_names_both);
	tcase_add_test(tc, rows_and_rest_add_up_to_the_header);
	return test_main("pstats", tc);
}
