/* SPDX-License-Identifier: MIT */
#include "tests/gate.h"

#include <stdio.h>

static struct judged j;
static const struct prof_gate_form plain;

static void
rows(const struct prof_gate *g, const struct prof_gate_form *how,
    struct prof_out *out)
{
	prof_gate_rows(g, how, PROF_FORM_TSV, out);
}

static void
csv(const struct prof_gate *g, const struct prof_gate_form *how,
    struct prof_out *out)
{
	prof_gate_rows(g, how, PROF_FORM_CSV, out);
}

static void
jsonl(const struct prof_gate *g, const struct prof_gate_form *how,
    struct prof_out *out)
{
	prof_gate_rows(g, how, PROF_FORM_JSONL, out);
}

static size_t
count(const char *part)
{
	const char *at = prof_buf_str(&j.text);
	size_t n = 0;

	for (; (at = strstr(at, part)) != NULL; at += strlen(part))
		n++;
	return n;
}

/* A proved regression, an undecided one, and one that is fine. */
static void
three(void)
{
	struct prof_effect *f;

	judged_two(&j, "f@/x/a.c 100\ng 50\nh 1000",
	    "f@/x/a.c 150\ng 60\nh 1000");
	j.e.basis[PROF_JUDGED_SELF] = PROF_BASIS_SINGLE;
	f = judged_row(&j, "f", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	f->low = 1.2345678;
	f->high = INFINITY;
	f->p = 1.23456789e-7;
	f->q = 0.001;
	f->mdr = 1.4;
	judged_row(&j, "g", PROF_VERDICT_INCONCLUSIVE, PROF_ARM_NONE);
	judged_row(&j, "h", PROF_VERDICT_OK, PROF_ARM_NONE);
}

START_TEST(tsv_has_the_promised_columns)
{
	three();
	ck_assert_str_eq(judged_show(&j, rows, &plain),
"verdict\tkind\tmetric\tbase\tnew\tdelta\tratio\tratio_low\tratio_high\tp\tq\t"
"mdr\tname\tfile\tline\tmodule\trule\tat\n"
"REGRESSION\tfunction\tself\t100\t150\t50\t1.500000\t1.234568\tinf\t"
"0.000000123457\t0.001000000\t1.400000\tf\t/x/a.c\t\t\tratio\t\n"
"INCONCLUSIVE\tfunction\tself\t50\t60\t10\t1.200000\t\t\t\t\t\tg\t\t\t\t\t\n"
"OK\tfunction\tself\t1000\t1000\t0\t1.000000\t\t\t\t\t\th\t\t\t\t\t\n");
	judged_done(&j);
}
END_TEST

START_TEST(csv_and_jsonl_have_the_same_rows)
{
	three();
	judged_show(&j, csv, &plain);
	judged_has(&j, "REGRESSION,function,self,100,150,50,1.500000,1.234568,inf,"
	    "0.000000123457,0.001000000,1.400000,f,/x/a.c,,,ratio,\n");
	judged_show(&j, jsonl, &plain);
	judged_has(&j, "{\"verdict\": \"INCONCLUSIVE\", \"kind\": \"function\", "
	    "\"metric\": \"self\", \"base\": 50, \"new\": 60,");
	ck_assert_uint_eq(count("\n"), 3);
	judged_done(&j);
}
END_TEST

START_TEST(the_limit_cuts_rows)
{
	const struct prof_gate_form one = { .plain.limit = 1 };

	three();
	judged_show(&j, rows, &one);
	ck_assert_uint_eq(count("\n"), 2);
	judged_done(&j);
}
END_TEST

START_TEST(json_findings_are_what_is_not_ok)
{
	three();
	judged_show(&j, prof_gate_json, &plain);
	judged_has(&j, "\"schema\": \"profkit/regress/1\"");
	judged_has(&j, "\"verdict\": \"REGRESSION\",\n  \"findings\": [\n");
	judged_has(&j, "\"ratio_high\": null, \"p\": 0.000000123457, ");
	judged_has(&j, "\"evidence\": \"single-run\", \"explains\": [], ");
	judged_has(&j, "\"scale\": {\"how\": \"none\", \"ratio\": 1.000000,");
	judged_has(&j, "\"noise\": {\"phi\": ");
	ck_assert_uint_eq(count("\"verdict\""), 3);
	judged_done(&j);
}
END_TEST

START_TEST(json_lists_what_a_finding_explains)
{
	uint32_t caller;
	struct prof_finding found = { .kind = PROF_FINDING_CALLS,
	    .nexplains = 1, .explains = &caller,
	    .split = { true, 2.0, 1.0 } };

	judged_two(&j, "a;hash 100\nh 100", "a;hash 300\nh 100");
	caller = compare_find(&j.c, "a");
	found.caller = caller;
	judged_row(&j, "hash", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	judged_last(&j)->finding = &found;
	judged_row(&j, "a", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	judged_last(&j)->finding = &found;
	judged_last(&j)->explained = true;
	judged_show(&j, prof_gate_json, &plain);
	judged_has(&j, "\"kind\": \"calls\"");
	judged_has(&j, "\"explains\": [\"a\"], \"warning\": false, \"caller\": \"a\", "
	    "\"calls_ratio\": 2.000000, \"per_call_ratio\": 1.000000,");
	judged_lacks(&j, "\"name\": \"a\"");
	judged_done(&j);
}
END_TEST

START_TEST(an_identity_does_not_depend_on_values)
{
	char first[17], *at;

	judged_two(&j, "f@/x/a.c 100\nh 9", "f@/x/a.c 150\nh 9");
	judged_row(&j, "f", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	judged_show(&j, jsonl, &plain);
	at = strstr(prof_buf_str(&j.text), "\"id\": \"") + 7;
	memcpy(first, at, 16);
	first[16] = '\0';
	judged_done(&j);
	judged_two(&j, "f@/elsewhere/a.c 7\nh 9", "f@/elsewhere/a.c 70\nh 9");
	judged_row(&j, "f", PROF_VERDICT_REGRESSION, PROF_ARM_IMPACT);
	judged_show(&j, jsonl, &plain);
	judged_has(&j, first);
	judged_done(&j);
}
END_TEST

/* --- Markdown ------------------------------------------------------------- */

START_TEST(a_comment_can_be_found_again)
{
	char mark[40];

	three();
	judged_show(&j, prof_gate_markdown, &plain);
	ck_assert_int_eq(strncmp(j.text.data, "<!-- pregress:", 14), 0);
	memcpy(mark, j.text.data, 34);
	mark[34] = '\0';
	judged_has(&j, "\n**FAIL**: 1 of 3 functions regressed beyond 1.50x\n\n"
	    "| verdict | function |");
	judged_has(&j, "| **FAIL** | `f` | self | 100 ns | 150 ns | "
	    "1.50x [1.23, inf] | 0.0010 | single-run |  |\n");
	judged_has(&j, "\n</details>\n");
	judged_done(&j);
	judged_two(&j, "other 5", "other 6");
	judged_show(&j, prof_gate_markdown, &plain);
	judged_has(&j, mark);
	judged_has(&j, "\n**PASS**: no function was judged; everything ");
	judged_done(&j);
}
END_TEST

START_TEST(a_comment_is_small_whatever_the_names)
{
	struct prof_buf a = { 0 }, b = { 0 };
	char name[16];
	int i;

	for (i = 0; i < 800; i++) {
		prof_buf_addf(&a, "f%d;", i);
		prof_buf_addn(&a, 'x', 100 * (size_t)(i % 9));
		prof_buf_adds(&a, "a 10\n");
		prof_buf_addf(&b, "f%d;", i);
		prof_buf_addn(&b, 'x', 100 * (size_t)(i % 9));
		prof_buf_adds(&b, "a 20\n");
	}
	prof_buf_addn(&a, 'y', 70000);
	prof_buf_adds(&a, " 10\n");
	prof_buf_addn(&b, 'y', 70000);
	prof_buf_adds(&b, " 20\n");
	judged_two(&j, prof_buf_str(&a), prof_buf_str(&b));
	for (i = 0; i < 800; i++) {
		snprintf(name, sizeof name, "f%d", i);
		judged_row(&j, name, PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	}
	for (i = 1; i <= (int)j.c.d.match.n; i++)
		if (prof_match_row(&j.c.d.match, (uint32_t)i)->name_len >
		    60000)
			j.g.row[0].class = (uint32_t)i;
	judged_show(&j, prof_gate_markdown, &plain);
	ck_assert_uint_le(j.text.len, 60000);
	judged_has(&j, " more not shown\n");
	judged_has(&j, "yyy...yyy");
	ck_assert_str_eq(j.text.data + j.text.len - 11, "</details>\n");
	prof_buf_release(&a);
	prof_buf_release(&b);
	judged_done(&j);
}
END_TEST

static void
hostile(void)
{
	compare_type(&j.c, "cpu", "nanoseconds");
	compare_samples(&j.c, "a.prof", JUDGED_HOSTILE "@" JUDGED_HOSTILE
	    " 100\nh 100");
	compare_type(&j.c, "cpu", "nanoseconds");
	compare_samples(&j.c, "b.prof", JUDGED_HOSTILE "@" JUDGED_HOSTILE
	    " 200\nh 100");
	judged_start(&j, 1);
	judged_row(&j, "h", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	judged_last(&j)->class = j.c.d.match.n;
	while (strcmp(prof_match_row(&j.c.d.match, judged_last(&j)->class)->
	    name, "h") == 0)
		judged_last(&j)->class--;
}

START_TEST(no_name_is_markup)
{
	const char *line, *end;

	hostile();
	judged_show(&j, prof_gate_markdown, &plain);
	judged_lacks(&j, "\n::");
	judged_lacks(&j, "\x01");
	line = strstr(prof_buf_str(&j.text), "| **FAIL** | ");
	ck_assert_ptr_nonnull(line);
	end = strchr(line, '\n');
	/* The span has longer marks than the name, and the cell no end. */
	ck_assert_int_eq(strncmp(line + 13, "```", 3), 0);
	ck_assert_ptr_nonnull(strstr(line, "\\|`c``"));
	ck_assert_ptr_nonnull(end);
	/* What is unfolded is code: each line is indented. */
	line = strstr(line, "</summary>\n") + 11;
	for (; strncmp(line, "</details>", 10) != 0;
	    line = strchr(line, '\n') + 1)
		ck_assert(*line == '\n' || strncmp(line, "    ", 4) == 0);
	judged_done(&j);
}
END_TEST

/* --- GitHub --------------------------------------------------------------- */

START_TEST(annotations_have_place_title_and_message)
{
	three();
	judged_show(&j, prof_gate_github, &plain);
	ck_assert_str_eq(prof_buf_str(&j.text),
"::error file=/x/a.c,title=slower%3A f::f: self 150 ns against 100 ns, "
"1.50x [1.23, inf]\n"
"::notice title=undecided::1 function cannot be told from 1.50x: g\n"
"::warning title=pregress::FAIL: 1 of 3 functions regressed beyond 1.50x\n");
	judged_done(&j);
}
END_TEST

START_TEST(what_is_undecided_is_one_notice)
{
	judged_many(&j, 9, PROF_VERDICT_INCONCLUSIVE,
	    PROF_VERDICT_INCONCLUSIVE, PROF_ARM_NONE);
	judged_show(&j, prof_gate_github, &plain);
	ck_assert_uint_eq(count("::warning "), 0);
	ck_assert_uint_eq(count("::notice "), 2);
	judged_has(&j, "::notice title=undecided::9 functions cannot be told from "
	    "1.50x: f0, f1, f2, f3, f4 and 4 more\n");
	judged_done(&j);
}
END_TEST

START_TEST(inputs_left_out_are_a_warning)
{
	const char *const failed[] = { "a,b%", "c" };
	struct prof_gate_form form = plain;

	judged_two(&j, "f 1", "f 1");
	judged_row(&j, "f", PROF_VERDICT_OK, PROF_ARM_NONE);
	form.plain.failed = failed;
	form.plain.nfailed = 2;
	judged_show(&j, prof_gate_github, &form);
	judged_has(&j, "::warning title=left out::2 inputs that could not be read: "
	    "a,b%25, c\n");
	judged_done(&j);
}
END_TEST

START_TEST(a_pass_is_a_notice)
{
	judged_two(&j, "f 1", "f 1");
	judged_row(&j, "f", PROF_VERDICT_OK, PROF_ARM_NONE);
	judged_show(&j, prof_gate_github, &plain);
	ck_assert_str_eq(prof_buf_str(&j.text), "::notice title=pregress::"
	    "PASS: none of 1 function regressed beyond 1.50x\n");
	judged_done(&j);
}
END_TEST

START_TEST(there_are_ten_annotations_at_most)
{
	judged_many(&j, 15, PROF_VERDICT_REGRESSION,
	    PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	judged_show(&j, prof_gate_github, &plain);
	ck_assert_uint_eq(count("::error "), 10);
	ck_assert_uint_eq(count("\n"), 11);
	judged_has(&j, "; 5 more not shown\n");
	judged_done(&j);
}
END_TEST

START_TEST(no_name_is_a_command)
{
	const char *line, *at, *end;
	size_t n = 0;

	hostile();
	judged_show(&j, prof_gate_github, &plain);
	for (line = prof_buf_str(&j.text); *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		ck_assert_ptr_nonnull(end);
		ck_assert(strncmp(line, "::error ", 8) == 0 ||
		    strncmp(line, "::warning ", 10) == 0);
		n++;
	}
	ck_assert_uint_eq(n, 2);
	/* Properties end at the second "::" and hold no other one. */
	line = prof_buf_str(&j.text) + 8;
	at = strstr(line, "::");
	ck_assert_ptr_nonnull(at);
	for (n = 0; line < at; line++)
		n += *line == ',';
	ck_assert_uint_eq(n, 1);
	judged_has(&j, "file=--%3A%3Aerror file=x%2Cline=1%3A%3Aa%25\\x0d");
	judged_lacks(&j, "\r");
	judged_lacks(&j, "\x01");
	judged_done(&j);
}
END_TEST

static TCase *
all_tests(void)
{
	TCase *tc = tcase_create("gateforms");

	tcase_add_test(tc, tsv_has_the_promised_columns);
	tcase_add_test(tc, csv_and_jsonl_have_the_same_rows);
	tcase_add_test(tc, the_limit_cuts_rows);
	tcase_add_test(tc, json_findings_are_what_is_not_ok);
	tcase_add_test(tc, json_lists_what_a_finding_explains);
	tcase_add_test(tc, an_identity_does_not_depend_on_values);
	tcase_add_test(tc, a_comment_can_be_found_again);
	tcase_add_test(tc, a_comment_is_small_whatever_the_names);
	tcase_add_test(tc, no_name_is_markup);
	tcase_add_test(tc, annotations_have_place_title_and_message);
	tcase_add_test(tc, a_pass_is_a_notice);
	tcase_add_test(tc, what_is_undecided_is_one_notice);
	tcase_add_test(tc, inputs_left_out_are_a_warning);
	tcase_add_test(tc, there_are_ten_annotations_at_most);
	tcase_add_test(tc, no_name_is_a_command);
	return tc;
}

int
main(void)
{
	return compare_main("gateforms", all_tests());
}
