/* SPDX-License-Identifier: MIT */
#include "libanalysis/top.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "tests/make.h"
#include "tests/support.h"

/* The flat report in all its forms. */

static struct made m;
static struct prof_rows v;
static struct prof_flat f;
static struct prof_graph g;
static struct prof_top t;
static struct prof_buf b;
static struct prof_err err;
static const struct prof_style plain = { .width = 100, .ascii = true };

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&v, 0, sizeof v);
	memset(&f, 0, sizeof f);
	memset(&g, 0, sizeof g);
	memset(&t, 0, sizeof t);
	memset(&b, 0, sizeof b);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_top_release(&t);
	prof_graph_release(&g);
	prof_flat_release(&f);
	prof_rows_release(&v);
	prof_buf_release(&b);
	make_drop(&m);
}

static void
top(enum prof_top_sort sort, uint32_t limit)
{
	prof_top_release(&t);
	prof_flat_release(&f);
	prof_rows_release(&v);
	prof_rows_init(&v, &m.p, PROF_BY_FUNCTION);
	ck_assert_int_eq(prof_flat_init(&f, &v, 0, &err), PROF_OK);
	prof_top_init(&t, &v, &f, 0, sort, limit);
}

/* The names of the rows that are shown, in order. */
static const char *
order(void)
{
	uint32_t i;

	prof_buf_clear(&b);
	for (i = 0; i < t.shown; i++)
		prof_buf_addf(&b, "%s ", prof_rows_get(&v,
		    t.order[i])->name);
	return prof_buf_str(&b);
}

/* main 1, a 5, b 2 under a, c 2 */
static void
fill(void)
{
	make_sample(&m, "main", 1);
	make_sample(&m, "main;a", 5);
	make_sample(&m, "main;a;b", 2);
	make_sample(&m, "main;c", 2);
}

START_TEST(rows_are_sorted_by_self_total_or_name)
{
	fill();
	top(PROF_SORT_SELF, 0);
	ck_assert_str_eq(order(), "a b c main ");
	top(PROF_SORT_TOTAL, 0);
	ck_assert_str_eq(order(), "main a b c ");
	top(PROF_SORT_NAME, 0);
	ck_assert_str_eq(order(), "a b c main ");
}
END_TEST

START_TEST(negative_values_sort_by_their_size)
{
	make_sample(&m, "up", 3);
	make_sample(&m, "down", -7);
	make_sample(&m, "same", 5);
	make_sample(&m, "same;x", -5);
	top(PROF_SORT_SELF, 0);
	ck_assert_str_eq(order(), "down x same up ");
}
END_TEST

START_TEST(ties_are_broken_by_name_file_and_line)
{
	m.file = "b.c";
	make_sample(&m, "f", 1);
	m.file = "a.c";
	make_sample(&m, "f", 1);
	make_sample(&m, "e", 1);
	top(PROF_SORT_SELF, 0);
	ck_assert_str_eq(order(), "e f f ");
	ck_assert_str_eq(prof_rows_get(&v, t.order[1])->file, "a.c");
	ck_assert_str_eq(prof_rows_get(&v, t.order[2])->file, "b.c");
}
END_TEST

START_TEST(rows_without_any_value_are_left_out)
{
	fill();
	make_sample(&m, "zero", 0);
	make_named(&m, "unused", 6);
	top(PROF_SORT_SELF, 0);
	ck_assert_uint_eq(t.n, 4);
}
END_TEST

START_TEST(a_limit_shows_the_first_rows)
{
	fill();
	top(PROF_SORT_SELF, 2);
	ck_assert_str_eq(order(), "a b ");
	ck_assert_uint_eq(t.n, 4);
	top(PROF_SORT_SELF, 100);
	ck_assert_uint_eq(t.shown, 4);
}
END_TEST

static const char *
text(void)
{
	prof_buf_clear(&b);
	prof_top_text(&t, &plain, &b);
	return prof_buf_str(&b);
}

START_TEST(the_text_has_a_row_each_and_their_sum)
{
	fill();
	top(PROF_SORT_SELF, 0);
	ck_assert_ptr_nonnull(strstr(text(),
	    " self   self%  total  total%              function  where\n"
	    " 5 ns   50.0%   7 ns   70.0%  #####--     a\n"
	    " 2 ns   20.0%   2 ns   20.0%  ##          b\n"
	    " 2 ns   20.0%   2 ns   20.0%  ##          c\n"
	    " 1 ns   10.0%  10 ns  100.0%  #---------  main\n"
	    "10 ns  100.0%                             TOTAL\n"));
}
END_TEST

START_TEST(what_is_not_shown_is_others)
{
	fill();
	top(PROF_SORT_SELF, 2);
	ck_assert_ptr_nonnull(strstr(text(),
	    "  2 others (each < 20.1%)\n"));
}
END_TEST

START_TEST(samples_without_frames_are_told)
{
	fill();
	make_sample(&m, "", 10);
	top(PROF_SORT_SELF, 0);
	ck_assert_ptr_nonnull(strstr(text(), "samples without frames\n"));
	ck_assert_ptr_nonnull(strstr(text(), "20 ns  100.0%"));
}
END_TEST

START_TEST(an_empty_profile_is_an_empty_table)
{
	top(PROF_SORT_SELF, 0);
	ck_assert_ptr_nonnull(strstr(text(),
	    "self  self%  total  total%    function  where\n"
	    "   0      -                   TOTAL\n"));
}
END_TEST

START_TEST(a_profile_without_types_is_an_empty_table)
{
	make_drop(&m);
	make_start(&m, NULL, NULL);
	top(PROF_SORT_SELF, 0);
	ck_assert_ptr_nonnull(strstr(text(), "TOTAL\n"));
}
END_TEST

START_TEST(nothing_of_a_profile_reaches_the_terminal_raw)
{
	make_drop(&m);
	make_start(&m, "c\033pu", "\033[2Jnits");
	m.p.meta.format = make_str(&m, "f\033");
	m.file = "a\033.c";
	make_mod(&m, 0x1000, 0x2000, "m\033", "");
	make_sample(&m, "na\033me", 1);
	make_values(&m, prof_builder_stack(&m.b, (prof_loc[]){ make_at(&m,
	    0x1001) }, 1), 0, (int64_t[]){ 1 });
	top(PROF_SORT_SELF, 0);
	t.about.inputs = (const char *[]){ "in\033put" };
	t.about.ninputs = 1;
	ck_assert_ptr_null(strchr(text(), '\033'));
	ck_assert_ptr_nonnull(strstr(b.data, "na\\x1bme"));
	ck_assert_ptr_nonnull(strstr(b.data, "1 \\x1b[2Jnits"));
}
END_TEST

START_TEST(the_facts_name_inputs_format_and_total)
{
	fill();
	m.p.meta.format = make_str(&m, "pprof");
	m.p.meta.duration_ns = 4000;
	m.p.meta.failed = 3;
	prof_profile_note(&m.p, "bad line", 1, true);
	top(PROF_SORT_SELF, 0);
	t.about.inputs = (const char *[]){ "a", "b", "c", "d", "e" };
	t.about.ninputs = 5;
	prof_buf_clear(&b);
	prof_top_facts(&t, &plain, &b);
	ck_assert_str_eq(prof_buf_str(&b), "a + b + c + 2 more  pprof  cpu  "
	    "10 ns in 4 us wall  1 record skipped  3 inputs could not be read\n");
}
END_TEST

static const char *
form(enum prof_form which)
{
	struct prof_out *o;

	prof_buf_clear(&b);
	o = prof_out_buf(&b);
	prof_top_form(&t, which, NULL, o);
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
	return prof_buf_str(&b);
}

START_TEST(tsv_and_csv_have_a_head_and_all_rows)
{
	m.file = "a,b.c";
	make_sample(&m, "f(\"x\", 1)", 2);
	m.file = NULL;
	make_mod(&m, 0x1000, 0x2000, "=m", "");
	make_sample(&m, "g\th", 1);
	top(PROF_SORT_SELF, 0);
	ck_assert_str_eq(form(PROF_FORM_TSV),
	    "self\ttotal\tcalls\tname\tfile\tline\tmodule\tprimitive\taddress\n"
	    "2\t2\t\tf(\"x\", 1)\ta,b.c\t\t\t\t\n"
	    "1\t1\t\tg\\th\t\t\t=m\t\t\n");
	ck_assert_str_eq(form(PROF_FORM_CSV),
	    "self,total,calls,name,file,line,module,primitive,address\n"
	    "2,2,,\"f(\"\"x\"\", 1)\",\"a,b.c\",,,,\n"
	    "1,1,,g\\x09h,,,'=m,,\n");
}
END_TEST

START_TEST(machine_forms_are_in_base_units)
{
	make_drop(&m);
	make_start(&m, "cpu", "ms");
	m.p.type[0].num = 3;
	m.p.type[0].den = 2;
	make_sample(&m, "f", 5);
	top(PROF_SORT_SELF, 0);
	ck_assert_ptr_nonnull(strstr(form(PROF_FORM_TSV),
	    "\n7500000\t7500000\t\tf"));
	ck_assert_ptr_nonnull(strstr(form(PROF_FORM_JSON),
	    "\"unit\": \"nanoseconds\""));
	ck_assert_ptr_nonnull(strstr(b.data, "\"self\": 7500000"));
}
END_TEST

START_TEST(a_hostile_scale_makes_no_form_overflow)
{
	make_drop(&m);
	make_start(&m, "cpu", "d");
	m.p.type[0].num = INT64_MAX;
	m.p.type[0].den = INT64_MAX - 1;
	make_sample(&m, "f", INT64_MAX);
	top(PROF_SORT_SELF, 0);
	ck_assert_ptr_nonnull(strstr(text(), "100.0%"));
	form(PROF_FORM_TSV);
	form(PROF_FORM_MARKDOWN);
	form(PROF_FORM_JSON);
	m.p.type[0].num = 1;
	m.p.type[0].den = INT64_MAX;
	ck_assert_ptr_nonnull(strstr(text(), "100.0%"));
	form(PROF_FORM_TSV);
}
END_TEST

START_TEST(markdown_is_a_table)
{
	make_sample(&m, "a", 3);
	m.p.fn[0].name = make_str(&m, "a|b");
	make_sample(&m, "c`d", 1);
	top(PROF_SORT_SELF, 0);
	ck_assert_str_eq(form(PROF_FORM_MARKDOWN),
	    "| self | self% | total | total% | function |\n"
	    "|---:|---:|---:|---:|:---|\n"
	    "| 3 ns | 75.0% | 3 ns | 75.0% | `a\\|b` |\n"
	    "| 1 ns | 25.0% | 1 ns | 25.0% | ``c`d`` |\n"
	    "| 4 ns | 100.0% | | | **TOTAL** |\n");
}
END_TEST

START_TEST(a_unit_does_not_leave_its_markdown_cell)
{
	make_drop(&m);
	make_start(&m, "cpu", "a|b<i>\\`*_c");
	make_sample(&m, "f", 3);
	top(PROF_SORT_SELF, 0);
	ck_assert_ptr_nonnull(strstr(form(PROF_FORM_MARKDOWN),
	    "| 3 a\\|b\\<i\\>\\\\\\`\\*\\_c | 100.0% | 3 a"));
}
END_TEST

START_TEST(json_has_the_rows_and_the_rest)
{
	fill();
	prof_profile_note(&m.p, "bad \"line\"", 1, true);
	top(PROF_SORT_SELF, 1);
	t.about.inputs = (const char *[]){ "a" };
	t.about.filters = (const char *[]){ "--focus=x" };
	t.about.ninputs = t.about.nfilters = 1;
	form(PROF_FORM_JSON);
	ck_assert_ptr_nonnull(strstr(b.data,
	    "\"schema\": \"profkit/top/1\""));
	ck_assert_ptr_nonnull(strstr(b.data, "\"total\": 10,"));
	ck_assert_ptr_nonnull(strstr(b.data, "\"filters\": [\"--focus=x\"]"));
	ck_assert_ptr_nonnull(strstr(b.data, "{\"self\": 5, \"total\": 7, "
	    "\"calls\": null, \"name\": \"a\", \"file\": \"\", "
	    "\"line\": null, \"module\": \"\", \"self_pct\": 50.0000, "
	    "\"total_pct\": 70.0000, \"primitive\": null, \"address\": null}"));
	ck_assert_ptr_nonnull(strstr(b.data,
	    "\"others\": {\"rows\": 3, \"self\": 5}"));
	ck_assert_ptr_nonnull(strstr(b.data,
	    "{\"reason\": \"bad \\\"line\\\"\", \"count\": 1}"));
	ck_assert_int_eq(b.data[b.len - 2], '}');
}
END_TEST

START_TEST(json_of_nothing_has_no_percentages)
{
	make_sample(&m, "f", 1);
	top(PROF_SORT_SELF, 0);
	t.about.whole = 0;
	ck_assert_ptr_nonnull(strstr(form(PROF_FORM_JSON),
	    "\"self_pct\": null, \"total_pct\": null"));
}
END_TEST

/* --- which rows, in which order ------------------------------------------- */

START_TEST(rows_are_sorted_by_file_then_line)
{
	m.file = "b.c";
	make_sample(&m, "x", 9);
	m.file = "a.c";
	make_sample(&m, "y", 1);
	m.file = NULL;
	make_sample(&m, "z", 5);
	m.p.fn[1].start = 7;
	top(PROF_SORT_FILE, 0);
	ck_assert_str_eq(order(), "y x z ");
}
END_TEST

START_TEST(rows_below_the_share_are_others)
{
	fill();
	top(PROF_SORT_SELF, 0);
	prof_top_keep(&t, 300000, false);
	ck_assert_str_eq(order(), "a main ");
	ck_assert_uint_eq(prof_top_rest(&t).rows, 2);
	ck_assert_int_eq((int64_t)prof_top_rest(&t).self, 4);
	prof_top_limit(&t, 1);
	ck_assert_str_eq(order(), "a ");
	prof_top_keep(&t, 0, false);
	ck_assert_str_eq(order(), "a b c main ");
}
END_TEST

/* main 0 of -3, up 2, down -5: as in pprof only up stays. */
START_TEST(negative_rows_can_be_dropped)
{
	make_sample(&m, "main;up", 2);
	make_sample(&m, "main;down", -5);
	top(PROF_SORT_SELF, 0);
	prof_top_keep(&t, 0, true);
	ck_assert_str_eq(order(), "up ");
	ck_assert_uint_eq(prof_top_rest(&t).rows, 2);
}
END_TEST

START_TEST(others_are_smaller_than_what_is_said_of_them)
{
	make_sample(&m, "a", 500);
	make_sample(&m, "b", 299);
	make_sample(&m, "c", 201);
	top(PROF_SORT_SELF, 1);
	ck_assert_ptr_nonnull(strstr(text(), "2 others (each < 30.0%)\n"));
	top(PROF_SORT_TOTAL, 1);
	ck_assert_ptr_nonnull(strstr(text(),
	    "2 others (each total < 30.0%)\n"));
	top(PROF_SORT_NAME, 1);
	ck_assert_ptr_nonnull(strstr(text(), "  2 others\n"));
}
END_TEST

START_TEST(a_name_that_ends_in_its_own_line_is_shown_without)
{
	m.file = "/src/a.c";
	make_sample(&m, "f /src/a.c:7", 1);
	m.p.fn[0].start = 7;
	top(PROF_SORT_SELF, 0);
	ck_assert_ptr_nonnull(strstr(text(), "  f         a.c:7\n"));
	ck_assert_ptr_nonnull(strstr(form(PROF_FORM_TSV),
	    "\tf /src/a.c:7\t/src/a.c\t7\t"));
}
END_TEST

START_TEST(a_name_that_begins_with_an_address_fills_its_column)
{
	make_sample(&m, "0x12ef f", 3);
	make_sample(&m, "0x", 2);
	make_sample(&m, "0x12efg", 1);
	top(PROF_SORT_SELF, 0);
	ck_assert_str_eq(form(PROF_FORM_TSV), "self\ttotal\tcalls\tname\t"
	    "file\tline\tmodule\tprimitive\taddress\n"
	    "3\t3\t\t0x12ef f\t\t\t\t\t0x12ef\n"
	    "2\t2\t\t0x\t\t\t\t\t\n"
	    "1\t1\t\t0x12efg\t\t\t\t\t\n");
}
END_TEST

/* 30 of 100 at 1 per sample: 4.6 points. */
START_TEST(shares_of_samples_have_an_error)
{
	make_drop(&m);
	make_start(&m, "samples", "count");
	make_sample(&m, "a", 30);
	make_sample(&m, "b", 70);
	top(PROF_SORT_NAME, 0);
	ck_assert_ptr_nonnull(strstr(text(),
	    "self   self%   +-  total  total%"));
	ck_assert_ptr_nonnull(strstr(b.data,
	    "  30   30.0%  4.6     30   30.0%  ####        a\n"));
	ck_assert_ptr_nonnull(strstr(b.data, "+-: standard error"));
}
END_TEST

START_TEST(bars_are_drawn_to_an_eighth)
{
	struct prof_style style = { .width = 100 };

	make_sample(&m, "a", 80);
	make_sample(&m, "b", 9);
	make_sample(&m, "b;c", 31);
	top(PROF_SORT_SELF, 0);
	prof_buf_clear(&b);
	prof_top_text(&t, &style, &b);
	prof_buf_addc(&b, '\0');
	/* 80 fills it; c is 3.9, b is 1.1 and 5 with what it calls. */
	ck_assert_ptr_nonnull(strstr(b.data, "\342\226\210\342\226\210"
	    "\342\226\210\342\226\211        c"));
	ck_assert_ptr_nonnull(strstr(b.data, "\342\226\210\342\226\217"
	    "\342\226\221\342\226\221\342\226\221       b"));
}
END_TEST

/* --- callers -------------------------------------------------------------- */

/* Callers of the rows whose names are in list; NULL for all. */
static void
callers(const char *list, uint32_t limit)
{
	bool *chosen;
	uint32_t i;

	top(PROF_SORT_SELF, limit);
	chosen = prof_zalloc((size_t)v.n + 1, sizeof *chosen);
	for (i = 1; i <= v.n; i++)
		chosen[i] = list == NULL || strstr(list, prof_rows_get(&v,
		    i)->name) != NULL;
	prof_graph_release(&g);
	ck_assert_int_eq(prof_graph_init(&g, &v, 0, PROF_GRAPH_CALLERS,
	    chosen, &err), 0);
	prof_top_graph(&t, &g, PROF_GRAPH_CALLERS, chosen);
	free(chosen);
}

START_TEST(callers_come_before_the_function_by_value)
{
	make_sample(&m, "main;x;f", 1);
	make_sample(&m, "main;y;f", 5);
	make_sample(&m, "f", 2);
	callers("f", 0);
	ck_assert_str_eq(form(PROF_FORM_TSV),
	    "of\trelation\tself\ttotal\tcalls\tname\tfile\tline\tmodule\tprimitive\taddress\n"
	    "f\tcaller\t\t5\t\ty\t\t\t\t\t\n"
	    "f\tcaller\t\t2\t\t(root)\t\t\t\t\t\n"
	    "f\tcaller\t\t1\t\tx\t\t\t\t\t\n"
	    "f\tthis\t8\t8\t\tf\t\t\t\t\t\n");
}
END_TEST

START_TEST(callers_of_several_functions_follow_their_order)
{
	make_sample(&m, "main;x;f", 1);
	make_sample(&m, "main;y;g", 5);
	callers("fg", 0);
	ck_assert_str_eq(form(PROF_FORM_TSV),
	    "of\trelation\tself\ttotal\tcalls\tname\tfile\tline\tmodule\tprimitive\taddress\n"
	    "g\tcaller\t\t5\t\ty\t\t\t\t\t\n"
	    "g\tthis\t5\t5\t\tg\t\t\t\t\t\n"
	    "f\tcaller\t\t1\t\tx\t\t\t\t\t\n"
	    "f\tthis\t1\t1\t\tf\t\t\t\t\t\n");
}
END_TEST

/* z is 0 in all, but what its callers gave it is not. */
START_TEST(callers_of_a_row_that_is_left_out_do_not_hide_others)
{
	make_sample(&m, "main;p;z", 5);
	make_sample(&m, "main;q;z", -5);
	make_sample(&m, "main;a;f", 2);
	make_sample(&m, "main;b;f", 4);
	make_sample(&m, "main;c;g", 1);
	callers("zfg", 0);
	ck_assert_str_eq(form(PROF_FORM_TSV),
	    "of\trelation\tself\ttotal\tcalls\tname\tfile\tline\tmodule\tprimitive\taddress\n"
	    "f\tcaller\t\t4\t\tb\t\t\t\t\t\n"
	    "f\tcaller\t\t2\t\ta\t\t\t\t\t\n"
	    "f\tthis\t6\t6\t\tf\t\t\t\t\t\n"
	    "g\tcaller\t\t1\t\tc\t\t\t\t\t\n"
	    "g\tthis\t1\t1\t\tg\t\t\t\t\t\n");
}
END_TEST

START_TEST(callers_in_text_have_shares_of_the_function)
{
	make_sample(&m, "main;x;f", 1);
	make_sample(&m, "main;y;f", 3);
	callers("f", 0);
	ck_assert_ptr_nonnull(strstr(text(),
	    "               3 ns   75.0%    caller  y\n"
	    "               1 ns   25.0%    caller  x\n"
	    "4 ns  100.0%   4 ns  100.0%  f\n"));
}
END_TEST

START_TEST(a_limit_counts_functions_that_match)
{
	fill();
	callers("abc", 2);
	ck_assert_str_eq(order(), "a b ");
	ck_assert_ptr_nonnull(strstr(text(), "1 more function matches\n"));
	callers("c", 2);
	ck_assert_str_eq(order(), "c ");
}
END_TEST

/* f under x and y, above z. */
START_TEST(both_sides_stand_around_the_function)
{
	bool *chosen;

	make_sample(&m, "x;f;z", 1);
	make_sample(&m, "y;f", 3);
	top(PROF_SORT_SELF, 0);
	chosen = prof_zalloc((size_t)v.n + 1, sizeof *chosen);
	chosen[t.order[0]] = true;
	ck_assert_int_eq(prof_graph_init(&g, &v, 0, PROF_GRAPH_BOTH, chosen,
	    &err), PROF_OK);
	prof_top_graph(&t, &g, PROF_GRAPH_BOTH, chosen);
	free(chosen);
	ck_assert_ptr_nonnull(strstr(form(PROF_FORM_TSV),
	    "f\tcaller\t\t3\t\ty\t\t\t\t\t\n"
	    "f\tcaller\t\t1\t\tx\t\t\t\t\t\n"
	    "f\tthis\t3\t4\t\tf\t\t\t\t\t\n"
	    "f\tcallee\t\t1\t\tz\t\t\t\t\t\n"));
	ck_assert_ptr_nonnull(strstr(form(PROF_FORM_JSON),
	    "\"report\": \"peek\""));
	ck_assert_ptr_nonnull(strstr(text(),
	    "              3 ns   75.0%    caller  y\n"
	    "              1 ns   25.0%    caller  x\n"
	    "3 ns  75.0%   4 ns  100.0%  f\n"
	    "              1 ns   25.0%    callee  z\n"));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("top");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, rows_are_sorted_by_self_total_or_name);
	tcase_add_test(tc, negative_values_sort_by_their_size);
	tcase_add_test(tc, ties_are_broken_by_name_file_and_line);
	tcase_add_test(tc, rows_without_any_value_are_left_out);
	tcase_add_test(tc, a_limit_shows_the_first_rows);
	tcase_add_test(tc, the_text_has_a_row_each_and_their_sum);
	tcase_add_test(tc, what_is_not_shown_is_others);
	tcase_add_test(tc, samples_without_frames_are_told);
	tcase_add_test(tc, an_empty_profile_is_an_empty_table);
	tcase_add_test(tc, a_profile_without_types_is_an_empty_table);
	tcase_add_test(tc, nothing_of_a_profile_reaches_the_terminal_raw);
	tcase_add_test(tc, the_facts_name_inputs_format_and_total);
	tcase_add_test(tc, tsv_and_csv_have_a_head_and_all_rows);
	tcase_add_test(tc, machine_forms_are_in_base_units);
	tcase_add_test(tc, a_hostile_scale_makes_no_form_overflow);
	tcase_add_test(tc, markdown_is_a_table);
	tcase_add_test(tc, a_unit_does_not_leave_its_markdown_cell);
	tcase_add_test(tc, json_has_the_rows_and_the_rest);
	tcase_add_test(tc, json_of_nothing_has_no_percentages);
	tcase_add_test(tc, callers_come_before_the_function_by_value);
	tcase_add_test(tc, callers_of_several_functions_follow_their_order);
	tcase_add_test(tc,
	    callers_of_a_row_that_is_left_out_do_not_hide_others);
	tcase_add_test(tc, callers_in_text_have_shares_of_the_function);
	tcase_add_test(tc, a_limit_counts_functions_that_match);
	tcase_add_test(tc, rows_are_sorted_by_file_then_line);
	tcase_add_test(tc, rows_below_the_share_are_others);
	tcase_add_test(tc, negative_rows_can_be_dropped);
	tcase_add_test(tc, others_are_smaller_than_what_is_said_of_them);
	tcase_add_test(tc, a_name_that_ends_in_its_own_line_is_shown_without);
	tcase_add_test(tc, a_name_that_begins_with_an_address_fills_its_column);
	tcase_add_test(tc, shares_of_samples_have_an_error);
	tcase_add_test(tc, bars_are_drawn_to_an_eighth);
	tcase_add_test(tc, both_sides_stand_around_the_function);
	return test_main("top", tc);
}
