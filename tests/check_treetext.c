/* SPDX-License-Identifier: MIT */
#include "libanalysis/treetext.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/flat.h"
#include "libanalysis/nomem.h"

static struct prof_profile p;
static struct prof_builder b;
static struct prof_err err;
static struct prof_buf text;
static enum prof_form form;	/* that report writes; MARKDOWN: text */

static void
start(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
	form = PROF_FORM_MARKDOWN;
	prof_builder_init(&b, &p, NULL);
	prof_profile_add_type(&p, 0, 0);
}

/* A function, inlined where its name begins with "i_". */
static prof_loc
frame(const char *name, size_t len)
{
	struct prof_location loc = { 0 };
	struct prof_function f = { 0 };
	struct prof_line line = { 0 };

	if (len > 2 && memcmp(name, "i_", 2) == 0)
		loc.flags = PROF_LOC_INLINED;
	f.name = prof_strs_add(&p.strs, name, len);
	line.fn = prof_builder_function(&b, f);
	return prof_builder_location(&b, loc, &line, 1);
}

static void
add(const prof_loc *run, size_t n, int64_t value)
{
	ck_assert_int_eq(prof_builder_sample(&b,
	    prof_builder_stack(&b, run, n), 0, 0, &value, &err), PROF_OK);
}

static void
sample(const char *stack, int64_t value)
{
	const char *end = stack + strlen(stack), *at;
	prof_loc run[64];
	size_t n = 0;

	while (end > stack) {
		for (at = end; at > stack && at[-1] != ';'; at--)
			;
		run[n++] = frame(at, (size_t)(end - at));
		end = at > stack ? at - 1 : at;
	}
	add(run, n, value);
}

static void
write_report(const struct prof_tree *t, const struct prof_frames *frames,
    const struct prof_treetext_opts *opts)
{
	struct prof_about about;
	struct prof_out *out;

	prof_buf_clear(&text);
	if (form == PROF_FORM_MARKDOWN) {
		prof_treetext(t, frames, opts, &text);
		return;
	}
	prof_about_init(&about, &p, 0);
	out = prof_out_buf(&text);
	prof_treetext_form(t, frames, &about, opts, form, out);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
}

/* The report of what was filled; drops the profile. */
static const char *
report(struct prof_treetext_opts opts)
{
	struct prof_tree_opts topts = { .from_leaf = opts.from_leaf,
	    .gross = true };
	struct prof_tree_side side = { 0 };
	struct prof_frames frames;
	struct prof_rows rows;
	struct prof_tree t;
	int64_t *weight;

	prof_rows_init(&rows, &p, PROF_BY_FUNCTION);
	prof_frames_init(&frames, &rows);
	weight = prof_alloc((size_t)p.stacks.n + 1, sizeof *weight);
	ck_assert_int_eq(prof_flat_weights(&p, 0, weight, &err), PROF_OK);
	side = (struct prof_tree_side){ &rows, NULL, weight };
	topts.order = prof_frames_cmp;
	topts.order_ctx = &frames;
	ck_assert_int_eq(prof_tree_init(&t, &side, 1, rows.n, &topts, &err),
	    PROF_OK);
	topts.min_total = prof_tree_min_total(t.total[0][0], opts.min_ppm);
	prof_tree_release(&t);
	ck_assert_int_eq(prof_tree_init(&t, &side, 1, rows.n, &topts, &err),
	    PROF_OK);
	write_report(&t, &frames, &opts);
	free(weight);
	prof_tree_release(&t);
	prof_frames_release(&frames);
	prof_rows_release(&rows);
	prof_builder_release(&b);
	prof_profile_release(&p);
	return prof_buf_str(&text);
}

static const struct prof_treetext_opts plain = {
	.type = "cpu", .unit = "milliseconds", .ascii = true
};

START_TEST(calls_are_lines_larger_ones_first)
{
	start();
	sample("main;small", 1000);
	sample("main;large;leaf", 2000);
	sample("main;large", 4000);
	sample("main", 1000);
	ck_assert_str_eq(report(plain),
	    "total  total%  self | call tree (cpu, total 8 s)\n"
	    "  8 s  100.0%   1 s | main\n"
	    "  6 s   75.0%   4 s | |- large\n"
	    "  2 s   25.0%   2 s | |  `- leaf\n"
	    "  1 s   12.5%   1 s | `- small\n");
}
END_TEST

START_TEST(lines_and_arrows_are_unicode_unless_told)
{
	struct prof_treetext_opts opts = { 0 };

	start();
	sample("main;a;i_b", 1);
	sample("main;c", 1);
	ck_assert_str_eq(report(opts),
	    "total  total%  self \342\226\225 call tree (total 2)\n"
	    "    2  100.0%     0 \342\226\225 main\n"
	    "    1   50.0%     1 \342\226\225 \342\224\234\342\224\200 a "
	    "\342\206\222 i_b \342\223\230\n"
	    "    1   50.0%     1 \342\226\225 \342\224\224\342\224\200 c\n");
}
END_TEST

START_TEST(straight_chains_are_joined)
{
	start();
	sample("main;a;b", 1);
	ck_assert_ptr_nonnull(strstr(report(plain), "| main > a > b\n"));
	start();
	sample("main;a;b;c;d", 1);
	ck_assert_ptr_nonnull(strstr(report(plain),
	    "| main > ... > d (5 frames)\n"));
}
END_TEST

START_TEST(a_chain_ends_where_something_is_left)
{
	start();
	sample("main;a;b", 99);
	sample("main;a", 1);
	ck_assert_ptr_nonnull(strstr(report(plain),
	    " 99.0%  99 ms | `- b\n"));
}
END_TEST

START_TEST(a_chain_ends_where_anything_is_left_below_the_limit_too)
{
	struct prof_treetext_opts opts = plain;

	opts.min_ppm = 20000;
	start();
	sample("main;a;b", 99);
	sample("main;a", 1);
	ck_assert_ptr_nonnull(strstr(report(opts),
	    "| main > a\n 99 ms   99.0%  99 ms | `- b\n"));
}
END_TEST

START_TEST(what_is_below_the_limit_is_summed_up)
{
	struct prof_treetext_opts opts = plain;

	opts.min_ppm = PROF_TREETEXT_MIN_PPM;
	start();
	sample("main;a", 600);
	sample("main;b", 396);
	sample("main;c", 3);
	sample("main;d;e", 1);
	ck_assert_str_eq(report(opts),
	    "  total  total%    self | call tree (cpu, total 1000 ms)\n"
	    "1000 ms  100.0%       0 | main\n"
	    " 600 ms   60.0%  600 ms | |- a\n"
	    " 396 ms   39.6%  396 ms | `- b\n"
	    "... 4 ms (0.4%) is self of calls below the limit of 0.5%; "
	    "--min-share 0 shows all\n");
}
END_TEST

START_TEST(calls_that_cancel_each_other_out_are_shown)
{
	struct prof_treetext_opts opts = plain;

	opts.min_ppm = 5000;
	opts.whole = 1000;
	start();
	sample("main;slower", 500);
	sample("main;faster", -500);
	ck_assert_str_eq(report(opts),
	    "  total  total%     self | call tree (cpu, total 0)\n"
	    "      0    0.0%        0 | main\n"
	    "-500 ms  -50.0%  -500 ms | |- faster\n"
	    " 500 ms   50.0%   500 ms | `- slower\n");
}
END_TEST

START_TEST(what_is_hidden_of_both_signs_is_given_as_both)
{
	struct prof_treetext_opts opts = plain;

	opts.min_ppm = 500000;
	opts.whole = 10;
	start();
	sample("main;up", 4);
	sample("main;down", -3);
	report(opts);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "... +4 ms -3 ms (70.0%) is self of calls"));
	opts.from_leaf = true;
	start();
	sample("main;up", 4);
	sample("main;down", -3);
	report(opts);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "... +4 ms -3 ms (70.0%) is of functions and callers"));
}
END_TEST

START_TEST(rows_for_machines_keep_what_cancels_out)
{
	struct prof_treetext_opts opts = plain;

	start();
	sample("main;up", 4);
	sample("main;down", -4);
	form = PROF_FORM_TSV;
	opts.min_ppm = 500000;
	report(opts);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "1\t0\t0\t\tmain\t"));
	ck_assert_ptr_nonnull(strstr(text.data, "2\t4\t4\t\tup\t"));
	ck_assert_ptr_nonnull(strstr(text.data, "2\t-4\t-4\t\tdown\t"));
}
END_TEST

START_TEST(samples_without_a_stack_have_a_line)
{
	start();
	sample("", 3000);
	sample("f", 1000);
	ck_assert_str_eq(report(plain),
	    "total  total%  self | call tree (cpu, total 4 s)\n"
	    "  1 s   25.0%   1 s | f\n"
	    "  3 s   75.0%   3 s | (no stack)\n");
}
END_TEST

START_TEST(no_samples_are_said)
{
	start();
	ck_assert_str_eq(report(plain),
	    "total  total%  self | call tree (cpu, total 0)\n"
	    "no samples\n");
}
END_TEST

START_TEST(from_the_leaves_is_said)
{
	struct prof_treetext_opts opts = plain;

	opts.from_leaf = true;
	start();
	sample("main;leaf", 1);
	report(opts);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "call tree from the leaves"));
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text), "leaf > main"));
}
END_TEST

START_TEST(names_are_made_printable)
{
	start();
	sample("\033[2J\n", 1);
	sample("\342\200\256x", 1);
	report(plain);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text), "\\x1b[2J\\x0a\n"));
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text), "\\u202ex\n"));
}
END_TEST

START_TEST(names_are_cut_to_the_width)
{
	struct prof_treetext_opts opts = plain;

	opts.width = 50;
	start();
	sample("a_name_that_takes_much_more_room_than_there_is", 1);
	sample("\344\270\255\344\270\255\344\270\255\344\270\255\344\270\255"
	    "\344\270\255\344\270\255\344\270\255\344\270\255\344\270\255"
	    "\344\270\255\344\270\255\344\270\255\344\270\255\344\270\255", 1);
	report(opts);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "| a_name_that_takes_much_mo...\n"));
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "\344\270\255\344\270\255...\n"));
}
END_TEST

/* The columns of the longest line. */
static size_t
longest(const char *s)
{
	size_t most = 0, n;

	for (; *s != '\0'; s += n + (s[n] == '\n')) {
		n = strcspn(s, "\n");
		most = n > most ? n : most;
	}
	return most;
}

START_TEST(indentation_is_bounded_and_depth_told_instead)
{
	prof_loc run[200];
	size_t i, depth = 100;

	start();
	run[0] = frame("side", 4);
	for (i = 0; i < depth; i++) {
		run[i + 1] = frame("f", 1);
		add(run, i + 2, 1);
	}
	report(plain);
	ck_assert_uint_lt(longest(prof_buf_str(&text)), 100);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text), "- 99: f"));
}
END_TEST

START_TEST(a_million_frames_deep)
{
	const size_t depth = 1000000;
	prof_loc *run = prof_alloc(depth, sizeof *run), two[2];
	size_t i;

	start();
	two[0] = frame("walk", 4);
	two[1] = frame("step", 4);
	for (i = 0; i < depth; i++)
		run[i] = two[i & 1];
	add(run, depth, 1000);
	ck_assert_str_eq(report(plain),
	    "total  total%  self | call tree (cpu, total 1 s)\n"
	    "  1 s  100.0%   1 s | step > ... > walk (1000000 frames)\n");
	free(run);
}
END_TEST

/* As text: preorder, larger ones first, and what is below the limit. */
START_TEST(rows_for_machines_are_the_calls_in_preorder)
{
	struct prof_treetext_opts opts = plain;

	start();
	sample("main;small", 100);
	sample("main;large;leaf", 200);
	sample("main;large", 400);
	sample("main;tiny", 1);
	sample("", 50);
	form = PROF_FORM_TSV;
	opts.min_ppm = 5000;
	ck_assert_str_eq(report(opts),
	    "depth\tself\ttotal\tcalls\tname\tfile\tline\tmodule\t"
	    "primitive\taddress\n"
	    "1\t0\t701\t\tmain\t\t\t\t\t\n"
	    "2\t400\t600\t\tlarge\t\t\t\t\t\n"
	    "3\t200\t200\t\tleaf\t\t\t\t\t\n"
	    "2\t100\t100\t\tsmall\t\t\t\t\t\n"
	    "1\t50\t50\t\t(no stack)\t\t\t\t\t\n");
}
END_TEST

START_TEST(a_document_says_its_limit_and_what_is_below)
{
	struct prof_treetext_opts opts = plain;

	start();
	sample("main;small", 100);
	sample("main;tiny", 1);
	sample("main;less;deep", 2);
	form = PROF_FORM_JSON;
	opts.min_ppm = 50000;
	report(opts);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "\"report\": \"tree\""));
	ck_assert_ptr_nonnull(strstr(text.data,
	    "\"others\": {\"rows\": 2, \"self\": 3}"));
	ck_assert_ptr_nonnull(strstr(text.data,
	    "\"min_share\": 0.050000"));
}
END_TEST

START_TEST(from_the_leaves_rows_begin_with_what_was_running)
{
	struct prof_treetext_opts opts = plain;

	start();
	sample("a;leaf", 2);
	sample("b;leaf", 1);
	form = PROF_FORM_JSONL;
	opts.from_leaf = true;
	report(opts);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text), "{\"depth\": 1, "
	    "\"self\": 0, \"total\": 3, \"calls\": null, \"name\": "
	    "\"leaf\""));
	ck_assert_ptr_nonnull(strstr(text.data, "{\"depth\": 2, "
	    "\"self\": 2, \"total\": 2, \"calls\": null, \"name\": "
	    "\"a\""));
}
END_TEST

START_TEST(the_way_of_the_largest_calls_is_bold)
{
	struct prof_treetext_opts opts = plain;

	opts.color = true;
	start();
	sample("main;a;x", 3);
	sample("main;a;y", 4);
	sample("main;b", 5);
	report(opts);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "\033[1mmain\033[0m"));
	ck_assert_ptr_nonnull(strstr(text.data, "\033[1ma\033[0m"));
	ck_assert_ptr_nonnull(strstr(text.data, "\033[1my\033[0m"));
	ck_assert_ptr_nonnull(strstr(text.data, "- x\n"));
	ck_assert_ptr_nonnull(strstr(text.data, "- b\n"));
}
END_TEST

START_TEST(values_are_in_the_unit_that_is_asked_for)
{
	struct prof_treetext_opts opts = plain;

	opts.wish.how = PROF_UNIT_FIXED;
	opts.wish.unit = prof_unit_find("s", 1);
	start();
	sample("main", 1500);
	ck_assert_ptr_nonnull(strstr(report(opts), "1.50 s  100.0%  1.50 s"));
}
END_TEST

static void
drop_text(void)
{
	prof_buf_release(&text);
}

int
main(void)
{
	Suite *s = suite_create("treetext");
	TCase *tc = tcase_create("treetext");
	SRunner *sr;
	int failed;

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, NULL, drop_text);
	tcase_add_test(tc, calls_are_lines_larger_ones_first);
	tcase_add_test(tc, lines_and_arrows_are_unicode_unless_told);
	tcase_add_test(tc, straight_chains_are_joined);
	tcase_add_test(tc, a_chain_ends_where_something_is_left);
	tcase_add_test(tc,
	    a_chain_ends_where_anything_is_left_below_the_limit_too);
	tcase_add_test(tc, what_is_below_the_limit_is_summed_up);
	tcase_add_test(tc, calls_that_cancel_each_other_out_are_shown);
	tcase_add_test(tc, what_is_hidden_of_both_signs_is_given_as_both);
	tcase_add_test(tc, rows_for_machines_keep_what_cancels_out);
	tcase_add_test(tc, samples_without_a_stack_have_a_line);
	tcase_add_test(tc, no_samples_are_said);
	tcase_add_test(tc, from_the_leaves_is_said);
	tcase_add_test(tc, names_are_made_printable);
	tcase_add_test(tc, names_are_cut_to_the_width);
	tcase_add_test(tc, indentation_is_bounded_and_depth_told_instead);
	tcase_add_test(tc, a_million_frames_deep);
	tcase_add_test(tc, rows_for_machines_are_the_calls_in_preorder);
	tcase_add_test(tc, a_document_says_its_limit_and_what_is_below);
	tcase_add_test(tc, from_the_leaves_rows_begin_with_what_was_running);
	tcase_add_test(tc, the_way_of_the_largest_calls_is_bold);
	tcase_add_test(tc, values_are_in_the_unit_that_is_asked_for);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
