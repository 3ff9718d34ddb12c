/* SPDX-License-Identifier: MIT */
#include "tests/compare.h"

#include "libanalysis/difftext.h"

static struct compare c;
static struct prof_buf text;

static struct prof_diff_report shown;	/* its view.d is c.d */

/* The report as text, or in a form of machines. */
static const char *
render_as(int in, const struct prof_diff_form *how)
{
	struct prof_out *out = prof_out_buf(&text);

	prof_buf_clear(&text);
	shown.view.d = &c.d;
	if (in < 0)
		prof_diff_text(&shown, how, out);
	else
		prof_diff_write(&shown, (enum prof_form)in, how, out);
	ck_assert_int_eq(prof_out_finish(out, NULL), PROF_OK);
	return prof_buf_str(&text);
}

static const char *
render(const struct prof_diff_form *how)
{
	return render_as(-1, how);
}

static const char *
render_tsv(const struct prof_diff_form *how)
{
	return render_as(PROF_FORM_TSV, how);
}

static const char *
render_json(const struct prof_diff_form *how)
{
	return render_as(PROF_FORM_JSON, how);
}

static void
two(const char *base, const char *newer)
{
	compare_add(&c, "a.prof", base);
	compare_add(&c, "b.prof", newer);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
}

static void
done(void)
{
	compare_done(&c);
	prof_buf_release(&text);
	memset(&shown, 0, sizeof shown);
}

static const struct prof_diff_form ascii = { .ascii = true };
static const struct prof_diff_form plain;

static const char base[] = "main;hash 490000000\nmain;mix 230000000\n"
    "main;old 20000000\nmain;same 70000000";
static const char newer[] = "main;hash 850000000\nmain;mix 130000000\n"
    "main;top 50000000\nmain;same 70000000";

/* Call a function something else in all runs. */
static void
rename_row(const char *was, const char *name)
{
	uint32_t i;
	unsigned r;

	for (r = 0; r < c.n; r++)
		for (i = 0; i < c.rows[r].n; i++)
			if (strcmp(c.rows[r].row[i].name, was) == 0) {
				c.rows[r].row[i].name = name;
				c.rows[r].row[i].name_len =
				    (uint32_t)strlen(name);
			}
}

/* Whether the report has a line that begins so. */
static bool
has_line(const char *report, const char *start)
{
	const char *at;

	for (at = report; at != NULL; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (strncmp(at, start, strlen(start)) == 0)
			return true;
	}
	return false;
}

START_TEST(a_function_may_have_an_empty_name)
{
	compare_add(&c, "a.prof", "main;x 10\nmain;y 10");
	compare_add(&c, "b.prof", "main;x 30\nmain;y 10");
	rename_row("x", "");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_ptr_nonnull(strstr(render(&ascii), "  (no name)\n"));
	ck_assert_ptr_nonnull(strstr(render_tsv(&plain),
	    "\tchanged\t\t\t"));
	done();
}
END_TEST

START_TEST(report_as_people_read_it)
{
	c.p[0].meta.duration_ns = 2680000000;
	two(base, newer);
	ck_assert_str_eq(render(&plain),
"B takes 1.36x A: 1.10 s against 0.81 s (+290 ms).\n"
"A = a.prof   cpu 0.81 s in 2.68 s wall\n"
"B = b.prof   cpu 1.10 s\n"
"2 functions up, 1 down, 1 new, 1 gone\n"
"one run each: values only, nothing tells noise\n"
"\n"
"self A   self B      Δ self  ratio  total A  total B  Δ total  function\n"
"490 ms   850 ms  ▲  +360 ms  1.73x   490 ms   850 ms  +360 ms  hash\n"
"     0    50 ms  ▲   +50 ms    NEW        0    50 ms   +50 ms  top\n"
"     0        0           0          810 ms  1100 ms  +290 ms  main\n"
" 20 ms        0  ▼   -20 ms   GONE    20 ms        0   -20 ms  old\n"
"230 ms   130 ms  ▼  -100 ms  0.57x   230 ms   130 ms  -100 ms  mix\n"
" 70 ms    70 ms           0                                    1 other\n"
"810 ms  1100 ms  ▲  +290 ms  1.36x                             TOTAL\n");
	done();
}
END_TEST

START_TEST(ascii_has_no_other_bytes)
{
	const char *s;

	two(base, newer);
	for (s = render(&ascii); *s != '\0'; s++)
		ck_assert(*s == '\n' || (*s >= ' ' && *s < 0x7f));
	done();
}
END_TEST

START_TEST(the_limit_leaves_the_rest_to_others)
{
	const struct prof_diff_form form = { .limit = 1, .ascii = true };

	two(base, newer);
	ck_assert_ptr_nonnull(strstr(render(&form),
"320 ms   250 ms  -      -70 ms                                        5 others\n"));
	done();
}
END_TEST

START_TEST(all_shows_unchanged_rows)
{
	const struct prof_diff_form form = { .all = true, .ascii = true };

	two(base, newer);
	ck_assert_ptr_nonnull(strstr(render(&form),
	    "  same\n"));
	ck_assert_ptr_null(strstr(prof_buf_str(&text), " others\n"));
	done();
}
END_TEST

START_TEST(a_profile_against_itself)
{
	two(base, base);
	ck_assert(has_line(render(&ascii),
	    "B takes as much as A: 810 ms, no function changed.\n"));
	done();
}
END_TEST

START_TEST(bytes_are_had_not_taken)
{
	compare_type(&c, "inuse_space", "bytes");
	compare_samples(&c, "a", "f 1024");
	compare_type(&c, "inuse_space", "bytes");
	compare_samples(&c, "b", "f 3072");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert(has_line(render(&ascii),
	    "B has 3.00x the inuse_space of A: 3 KiB against 1 KiB (+2 KiB)"
	    ".\n"));
	done();
}
END_TEST

START_TEST(an_unknown_unit_is_shown_as_it_is)
{
	compare_type(&c, "way", "furl\x1bongs");
	compare_samples(&c, "a", "f 3");
	compare_type(&c, "way", "furl\x1bongs");
	compare_samples(&c, "b", "f 3");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert(has_line(render(&ascii),
	    "A = a   way 3 furl\\x1bongs\n"));
	done();
}
END_TEST

START_TEST(empty_sides_are_named)
{
	compare_samples(&c, "/dev/null", "");
	compare_add(&c, "b", "f 4000");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert(has_line(render(&ascii), "A is empty, B has 4 us "
	    "of cpu.\n"));
	ck_assert(has_line(prof_buf_str(&text), "1 function new\n"));
	done();
	compare_samples(&c, "a", "");
	compare_samples(&c, "b", "");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert(has_line(render(&ascii),
	    "A and B are empty, no function changed.\n"));
	done();
}
END_TEST

START_TEST(negative_values_have_no_ratio)
{
	two("f -3000\ng 1000", "f 5000\ng 1000");
	ck_assert(has_line(render(&ascii),
	    "B compared with A: 6 us against -2 us (+8 us)."));
	ck_assert_ptr_null(strstr(prof_buf_str(&text), "x "));
	done();
}
END_TEST

START_TEST(several_runs_are_counted)
{
	compare_add(&c, "a1", "f 1000");
	compare_add(&c, "a2", "f 2000");
	compare_add(&c, "b", "f 3000");
	ck_assert_int_eq(compare_run(&c, 2, NULL), PROF_OK);
	ck_assert(has_line(render(&ascii),
	    "B takes 2.00x A: 3.00 us against 1.50 us (+1.50 us).\n"));
	ck_assert(has_line(prof_buf_str(&text),
	    "means of 2 runs (A) and 1 run (B): values only, "));
	ck_assert(has_line(prof_buf_str(&text),
	    "A = a1 and 1 more   cpu 1.50 us, mean of 2 runs\n"));
	done();
}
END_TEST

START_TEST(colour_only_where_it_is_asked_for)
{
	const struct prof_diff_form form = { .colour = true };

	two(base, newer);
	ck_assert_ptr_null(strchr(render(&plain), 033));
	ck_assert_ptr_nonnull(strstr(render(&form),
	    "\033[31m+360 ms\033[0m  \033[31m1.73x\033[0m"));
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "\033[34m-100 ms\033[0m"));
	done();
}
END_TEST

START_TEST(names_cannot_reach_the_terminal_raw)
{
	const char *s;

	two("f\x1b]0,x\x07 1", "f\r\x9b""2J 1");
	for (s = render(&plain); *s != '\0'; s++)
		ck_assert(*s == '\n' || (unsigned char)*s >= ' ');
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text), "\\x1b]0,x\\x07"));
	done();
}
END_TEST

START_TEST(a_width_elides_the_middle_of_names)
{
	struct prof_diff_form form = { .width = 90 };
	char *line, *end;

	two("m 1", "m 1\n_ZN5alpha4beta5gamma5delta7epsilon4zeta3eta5theta 5");
	render(&form);
	line = strstr(text.data, "_ZN5");
	end = strchr(line, '\n');
	ck_assert_ptr_nonnull(strstr(line, "…"));
	ck_assert_int_eq(strncmp(end - 5, "theta", 5), 0);
	while (line[-1] != '\n')
		line--;
	*end = '\0';
	ck_assert_uint_le(strlen(line), 90 + 4);
	form.width = 0;
	ck_assert_ptr_null(strstr(render(&form), "…"));
	done();
}
END_TEST

START_TEST(equal_names_are_shown_with_their_place)
{
	two("run@/a/x.py 1\nrun@/a/y.py 1", "run@/b/x.py 2\nrun@/b/y.py 3");
	ck_assert_ptr_nonnull(strstr(render(&plain),
	    "  run (y.py)\n"));
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text), "  run (x.py)\n"));
	done();
}
END_TEST

START_TEST(tsv_has_raw_integers)
{
	two("main;hash 490000000\nmain;s\tx@/v1/a.c 1",
	    "main;hash 850000000\nmain;s\tx@/v2/a.c 1\nn 5");
	ck_assert_str_eq(render_tsv(&plain),
	    "self_base\tself_new\ttotal_base\ttotal_new\tstatus\tname\tfile\t"
	    "module\tcalls_base\tcalls_new\tratio\tratio_low\tratio_high\t"
	    "p\tq\tmdr\tverdict\tname_base\n"
	    "490000000\t850000000\t490000000\t850000000\tchanged\thash\t\t"
	    "\t\t\t\t\t\t\t\t\t\thash\n"
	    "0\t5\t0\t5\tnew\tn\t\t\t\t\t\t\t\t\t\t\t\t\n"
	    "0\t0\t490000001\t850000001\tchanged\tmain\t\t\t\t\t\t\t\t\t"
	    "\t\t\tmain\n");
	done();
}
END_TEST

START_TEST(tsv_of_all_rows_escapes_names)
{
	const struct prof_diff_form form = { .all = true };

	two("s\tx\x1b@/v1/a.c 1", "s\tx\x1b@/v2/a.c 1");
	ck_assert_ptr_nonnull(strstr(render_tsv(&form),
	    "\n1\t1\t1\t1\tsame\ts\\tx\\x1b\t/v2/a.c\t\t\t\t"));
	done();
}
END_TEST

START_TEST(tsv_converts_to_base_units)
{
	compare_type(&c, "wall", "ms");
	compare_samples(&c, "a", "f 2");
	compare_type(&c, "wall", "s");
	compare_samples(&c, "b", "f 3");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_ptr_nonnull(strstr(render_tsv(&plain),
	    "\n2000000\t3000000000\t"));
	done();
}
END_TEST

START_TEST(json_has_the_promised_keys)
{
	const char *const filters[] = { "--focus=f\"" };
	const struct prof_diff_form form = { .tool = "pdiff",
	    .filters = filters, .nfilters = 1 };

	c.p[0].meta.duration_ns = 7;
	two("f@\"x\" 1\ng 2", "f@\"x\" 3\ng 2");
	ck_assert_str_eq(render_json(&form),
"{\n"
"  \"schema\": \"profkit/diff/1\",\n"
"  \"tool\": \"pdiff (Profkit) " PROF_VERSION "\",\n"
"  \"base\": {\n"
"    \"inputs\": [\"a.prof\"],\n"
"    \"runs\": 1,\n"
"    \"total\": 3,\n"
"    \"duration_ns\": 7\n"
"  },\n"
"  \"new\": {\n"
"    \"inputs\": [\"b.prof\"],\n"
"    \"runs\": 1,\n"
"    \"total\": 5,\n"
"    \"duration_ns\": null\n"
"  },\n"
"  \"type\": \"cpu\",\n"
"  \"unit\": \"nanoseconds\",\n"
"  \"filters\": [\"--focus=f\\\"\"],\n"
"  \"rows\": [\n"
"    {\"self_base\": 1, \"self_new\": 3, \"total_base\": 1, \"total_new\": 3, \"status\": \"changed\", \"name\": \"f\", \"file\": \"\\\"x\\\"\", \"module\": \"\", \"calls_base\": null, \"calls_new\": null, "
"\"ratio\": null, \"ratio_low\": null, \"ratio_high\": null, \"p\": null, \"q\": null, \"mdr\": null, \"verdict\": null, \"name_base\": \"f\"}\n"
"  ],\n"
"  \"others\": {\"rows\": 1, \"self_base\": 2, \"self_new\": 2},\n"
"  \"skipped\": [],\n"
"  \"warnings\": [],\n"
"  \"scale\": null,\n"
"  \"noise\": null,\n"
"  \"verdict\": \"INCONCLUSIVE\",\n"
"  \"findings\": []\n"
"}\n");
	done();
}
END_TEST

START_TEST(json_counts_what_readers_skipped)
{
	prof_profile_note(&c.p[1], "no count", 3, true);
	two("f 1", "f 1");
	ck_assert_ptr_nonnull(strstr(render_json(&plain),
	    "\n  \"rows\": [],\n"));
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "  \"skipped\": [\n    {\"input\": \"b.prof\", \"reason\": "
	    "\"no count\", \"count\": 1}\n  ],\n"));
	done();
}
END_TEST

START_TEST(two_renderings_are_equal_for_any_numbering)
{
	struct prof_buf first = { 0 };
	size_t at;

	two("a 1\nb 1\nd 5\nc 5", "c 8\na 4\nd 2\nb 4\ne 3");
	render(&plain);
	prof_buf_adds(&first, prof_buf_str(&text));
	render_json(&plain);
	prof_buf_adds(&first, prof_buf_str(&text));
	compare_done(&c);
	two("c 5\nd 5\nb 1\na 1", "e 3\nb 4\nd 2\na 4\nc 8");
	render(&plain);
	at = text.len;
	ck_assert_int_eq(strncmp(first.data, text.data, at), 0);
	render_json(&plain);
	ck_assert_str_eq(prof_buf_str(&first) + at, prof_buf_str(&text));
	prof_buf_release(&first);
	done();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("difftext");

	tcase_add_test(tc, a_function_may_have_an_empty_name);
	tcase_add_test(tc, report_as_people_read_it);
	tcase_add_test(tc, ascii_has_no_other_bytes);
	tcase_add_test(tc, the_limit_leaves_the_rest_to_others);
	tcase_add_test(tc, all_shows_unchanged_rows);
	tcase_add_test(tc, a_profile_against_itself);
	tcase_add_test(tc, bytes_are_had_not_taken);
	tcase_add_test(tc, an_unknown_unit_is_shown_as_it_is);
	tcase_add_test(tc, empty_sides_are_named);
	tcase_add_test(tc, negative_values_have_no_ratio);
	tcase_add_test(tc, several_runs_are_counted);
	tcase_add_test(tc, colour_only_where_it_is_asked_for);
	tcase_add_test(tc, names_cannot_reach_the_terminal_raw);
	tcase_add_test(tc, a_width_elides_the_middle_of_names);
	tcase_add_test(tc, equal_names_are_shown_with_their_place);
	tcase_add_test(tc, tsv_has_raw_integers);
	tcase_add_test(tc, tsv_of_all_rows_escapes_names);
	tcase_add_test(tc, tsv_converts_to_base_units);
	tcase_add_test(tc, json_has_the_promised_keys);
	tcase_add_test(tc, json_counts_what_readers_skipped);
	tcase_add_test(tc, two_renderings_are_equal_for_any_numbering);
	return compare_main("difftext", tc);
}
