/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_change.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/flat.h"
#include "libanalysis/nomem.h"
#include "tests/support.h"

/* Frames of stacks "name base new", all of them children of "main". */
static struct prof_profile p;
static struct prof_rows rows;
static struct prof_tree t;
static struct prof_svg_compare how;
static struct prof_scale scale;
static struct prof_svg_change c;
static struct prof_buf b;
static prof_i128 whole[2];

static void
start(const char *text)
{
	struct prof_tree_side side[2];
	struct prof_err err = { 0 };
	int64_t *weight[2];
	unsigned s;

	memset(&p, 0, sizeof p);
	memset(&how, 0, sizeof how);
	test_read(&p, "folded", text);
	ck_assert_uint_eq(p.ntypes, 2);
	prof_rows_init(&rows, &p, PROF_BY_FUNCTION);
	for (s = 0; s < 2; s++) {
		weight[s] = prof_alloc((size_t)p.stacks.n + 1,
		    sizeof *weight[s]);
		ck_assert_int_eq(prof_flat_weights(&p, s, weight[s], &err), 0);
		side[s] = (struct prof_tree_side){ &rows, NULL, weight[s] };
	}
	ck_assert_int_eq(prof_tree_init(&t, side, 2, rows.n, NULL, &err), 0);
	for (s = 0; s < 2; s++) {
		whole[s] = t.total[s][0];
		free(weight[s]);
	}
	prof_scale_init(&scale, "count", 1, 1, 1, 1);
}

static void
judge_some(const uint8_t *tier)
{
	prof_svg_change_release(&c);
	prof_svg_change_init(&c, &t, &how, whole, tier, &scale);
}

static void
judge(void)
{
	judge_some(NULL);
}

static void
finish(void)
{
	prof_svg_change_release(&c);
	prof_tree_release(&t);
	prof_rows_release(&rows);
	prof_profile_release(&p);
	prof_buf_release(&b);
}

static uint32_t
node_of(const char *name)
{
	uint32_t node;

	for (node = t.n; node-- > 1;)
		if (strcmp(prof_rows_get(&rows, t.frame[node])->name, name) ==
		    0)
			return node;
	ck_abort_msg("no frame %s", name);
	return 0;
}

static const char *
class(const char *name)
{
	prof_buf_clear(&b);
	prof_svg_change_class(&c, &b, node_of(name));
	return prof_buf_str(&b);
}

static const char *
label(const char *name)
{
	uint32_t node = node_of(name);

	prof_buf_clear(&b);
	prof_buf_adds(&b, prof_svg_change_mark(&c, node));
	prof_buf_adds(&b, name);
	prof_svg_change_percent(&c, &b, node);
	return prof_buf_str(&b);
}

static void
expect_steps(double s0, double s1, double s2, double s3, double s4)
{
	const double want[] = { s0, s1, s2, s3, s4 };
	unsigned i;

	for (i = 0; i < PROF_SVG_STEPS; i++)
		ck_assert_msg(fabs(c.shown[i] - want[i]) <= 1e-9 * want[i],
		    "step %u is %.9g, not %.9g", i, c.shown[i], want[i]);
}

START_TEST(steps_are_round_numbers_up_to_the_largest_change)
{
	start("main;a 700 370\nmain;b 300 630\n");
	judge();
	expect_steps(2, 5, 10, 20, 50);
	ck_assert_uint_eq(c.beyond, 0);
	ck_assert(fabs(c.most - 33) < 1e-9);
	finish();
}
END_TEST

START_TEST(small_changes_look_small)
{
	start("main;a 10000 10001\nmain;b 0 0\nmain;c 5 4\n");
	judge();
	expect_steps(.05, .1, .2, .5, 1);
	ck_assert_str_eq(class("a"), "u1");
	ck_assert_str_eq(class("c"), "d1");
	finish();
}
END_TEST

/* Of 1000: 20 is the second of the steps 1, 2, 5, 10, 20. */
START_TEST(a_step_that_is_met_is_reached)
{
	start("main;a 100 300\nmain;b 300 320\nmain;c 300 319\n"
	    "main;d 300 61\nmain;e 0 0\n");
	whole[0] = whole[1] = 1000;
	judge();
	expect_steps(2, 5, 10, 20, 50);
	ck_assert_str_eq(class("a"), "u5 over");
	ck_assert_str_eq(class("b"), "u2");
	ck_assert_str_eq(class("c"), "u1");
	ck_assert_str_eq(class("d"), "d5");
	finish();
}
END_TEST

START_TEST(marks_and_percents_say_it_without_colour)
{
	start("main;same 500 500\nmain;up 100 112\nmain;down 1000 994\n"
	    "main;new 0 5\nmain;gone 5 0\nmain;most 1 31\n");
	judge();
	ck_assert_str_eq(label("same"), "same");
	ck_assert_str_eq(label("up"), "\342\226\262 up +12%");
	ck_assert_str_eq(label("down"), "\342\226\274 down \342\210\2220.6%");
	ck_assert_str_eq(label("new"), "\342\226\262 new new");
	ck_assert_str_eq(label("gone"), "\342\226\274 gone gone");
	ck_assert_str_eq(label("most"), "\342\226\262 most +3000%");
	finish();
}
END_TEST

START_TEST(new_and_gone_have_classes_of_their_own)
{
	start("main;new 0 60\nmain;gone 40 0\nmain;x 500 500\n");
	judge();
	ck_assert_str_eq(class("new"), "u5 new over");
	ck_assert_str_eq(class("gone"), "hd4 gone");
	ck_assert_str_eq(class("x"), "e");
	ck_assert_int_eq(c.drawn, PROF_CHANGE_NEW | PROF_CHANGE_GONE |
	    PROF_CHANGE_OVER);
	finish();
}
END_TEST

START_TEST(parents_show_what_grew_below_them)
{
	start("main;mid;leaf 10 500\nmain;mid 100 100\nmain 300 300\n");
	judge();
	ck_assert_str_eq(label("mid"), "\342\226\262 mid +445%");
	how.self = true;
	judge();
	ck_assert_str_eq(class("mid"), "e");
	ck_assert_str_eq(class("leaf"), "u5 over");
	finish();
}
END_TEST

START_TEST(hues_can_be_swapped_but_not_marks)
{
	start("main;up 100 400\nmain;x 500 500\n");
	how.negate = true;
	judge();
	ck_assert_str_eq(class("up"), "d5 over");
	ck_assert_str_eq(label("up"), "\342\226\262 up +300%");
	finish();
}
END_TEST

START_TEST(ratios_have_round_steps_and_meet_them_exactly)
{
	start("main;a 2000 3000\nmain;b 2000 2999\nmain;c 300 100\n"
	    "main;d 100 1000\nmain;e 0 10\n");
	how.measure = PROF_SVG_RATIO;
	judge();
	expect_steps(1.2, 1.5, 2, 5, 10);
	ck_assert_str_eq(class("a"), "u3 over");
	ck_assert_str_eq(class("b"), "u2");
	ck_assert_str_eq(class("c"), "d4");
	ck_assert_str_eq(class("d"), "u5 over");
	/* From nothing: without limit. */
	ck_assert_str_eq(class("e"), "u5 new");
	finish();
}
END_TEST

START_TEST(values_have_round_steps_in_the_unit_shown)
{
	start("main;a 1000000 4000000\nmain;b 2000000 2000001\n");
	prof_scale_init(&scale, "nanoseconds", 1, 1, 1000000, 4000000);
	ck_assert_str_eq(scale.unit, "ms");
	how.measure = PROF_SVG_VALUE;
	judge();
	expect_steps(.2, .5, 1, 2, 5);
	ck_assert(fabs(c.steps[4] - 5000000) < 1e-3);
	prof_buf_clear(&b);
	prof_svg_change_number(&c, &b, c.shown[0], true);
	ck_assert_str_eq(prof_buf_str(&b), "0.2");
	prof_buf_clear(&b);
	prof_svg_change_measure(&c, &b);
	ck_assert_str_eq(prof_buf_str(&b), "change of total in ms");
	finish();
}
END_TEST

/* 200 frames that change by 10, and one by 2000: the scale is theirs. */
START_TEST(the_scale_ends_where_one_in_a_hundred_is_beyond)
{
	struct prof_buf text = { 0 };
	int i;

	for (i = 0; i < 400; i++)
		prof_buf_addf(&text, "main;f%d 100 %d\n", i, i % 2 ? 110 : 90);
	prof_buf_adds(&text, "main;big 100 9000\nmain;less 9000 100\n");
	start(prof_buf_str(&text));
	judge();
	ck_assert(c.shown[4] < 5);
	ck_assert_uint_eq(c.beyond, 2);
	ck_assert_str_eq(class("big"), "u5 over");
	prof_buf_release(&text);
	finish();
}
END_TEST

START_TEST(within_noise_frames_stay_neutral)
{
	start("main;a 3 5\nmain;b 100 190\nmain;c 900 910\nmain;x 0 1\n"
	    "main;y 1 0\nmain;same 20 20\n");
	how.per_count[0] = how.per_count[1] = how.rate = 1;
	judge();
	ck_assert(c.judged);
	ck_assert_str_eq(class("a"), "e even");
	ck_assert_str_eq(label("a"), "\342\211\210 a");
	ck_assert_str_eq(class("b"), "u5 over");
	ck_assert_str_eq(class("c"), "e even");
	ck_assert_str_eq(class("x"), "e even new");
	ck_assert_str_eq(class("y"), "he even gone");
	ck_assert_str_eq(class("same"), "e");
	finish();
}
END_TEST

/* One sample is worth 1000 now: 9 against 19 is no news. */
START_TEST(a_sample_may_be_worth_much)
{
	start("main;b 9000 19000\nmain;c 90000 91000\n");
	judge();
	ck_assert(!c.judged);
	ck_assert_str_eq(class("b"), "u5 over");
	how.per_count[0] = how.per_count[1] = 1000;
	how.rate = 1;
	judge();
	ck_assert_str_eq(class("b"), "e even over");
	finish();
}
END_TEST

/* Twice the samples of everything: of equal totals nothing changed. */
START_TEST(equal_totals_compare_shares)
{
	start("main;a 2000 2000\nmain;b 1000 1010\n");
	how.per_count[0] = 2;
	how.per_count[1] = 1;
	how.fixed = true;
	judge();
	ck_assert_str_eq(class("b"), "e even");
	finish();
}
END_TEST

/*
 * p of 12 of 20 is 0.5, of 30 of 40 0.0022 by exact fractions: alone it would
 * be one in twenty, among 21 that is nothing.
 */
START_TEST(many_frames_take_more_to_differ)
{
	struct prof_buf text = { 0 };
	int i;

	prof_buf_adds(&text, "main;b 10 30\n");
	for (i = 0; i < 40; i++)
		prof_buf_addf(&text, "main;f%d 10 10\n", i);
	start(prof_buf_str(&text));
	how.per_count[0] = how.per_count[1] = how.rate = 1;
	judge();
	ck_assert_str_eq(class("b"), "e even over");
	how.alpha = .2;
	judge();
	ck_assert_int_ne(c.step[node_of("b")], 0);
	prof_buf_release(&text);
	finish();
}
END_TEST

START_TEST(negative_values_are_not_judged_by_counts)
{
	start("main;a -5 5\nmain;b 100 190\nmain;c 900 910\n");
	how.per_count[0] = how.per_count[1] = how.rate = 1;
	judge();
	ck_assert_int_eq(c.flags[node_of("a")] & PROF_CHANGE_EVEN, 0);
	ck_assert_int_eq(c.flags[node_of("a")] & PROF_CHANGE_OVER, 0);
	finish();
}
END_TEST

/* The rule is that of pregress, at its exact limits. */
START_TEST(over_is_what_pregress_says)
{
	start("main;a 20 30\nmain;b 20 29\nmain;c 2 4\nmain;d 0 10\n"
	    "main;e 0 9\nmain;f 958 918\n");
	judge();
	ck_assert_int_eq((int)whole[0], 1000);
	ck_assert_int_eq((int)whole[1], 1000);
	ck_assert(c.flags[node_of("a")] & PROF_CHANGE_OVER);
	ck_assert(!(c.flags[node_of("b")] & PROF_CHANGE_OVER));
	ck_assert(!(c.flags[node_of("c")] & PROF_CHANGE_OVER));
	ck_assert(c.flags[node_of("d")] & PROF_CHANGE_OVER);
	ck_assert(!(c.flags[node_of("e")] & PROF_CHANGE_OVER));
	ck_assert_uint_eq(c.over, 2);
	how.rule = prof_regress_default();
	how.rule.ratio = (struct prof_fraction){ 2, 1 };
	judge();
	ck_assert(!(c.flags[node_of("a")] & PROF_CHANGE_OVER));
	finish();
}
END_TEST

START_TEST(what_rounding_explains_is_not_over)
{
	start("main;a 20 30\nmain;b 20 31\nmain;f 960 939\n");
	how.error[0] = 2;
	how.error[1] = 3;
	judge();
	ck_assert(!(c.flags[node_of("a")] & PROF_CHANGE_OVER));
	ck_assert(c.flags[node_of("b")] & PROF_CHANGE_OVER);
	finish();
}
END_TEST

START_TEST(beside_an_empty_base_nothing_is_over)
{
	start("main;a 0 30\nmain;b 0 31\n");
	judge();
	ck_assert_uint_eq(c.over, 0);
	ck_assert_str_eq(class("b"), "u5 new");
	finish();
}
END_TEST

START_TEST(frames_outside_of_the_file_do_not_count)
{
	uint8_t tier[16];

	start("main;a 100 200\nmain;b 0 0\nmain;c 100 900\nmain;d 5 5\n");
	memset(tier, 2, sizeof tier);
	tier[node_of("c")] = 0;
	judge_some(tier);
	ck_assert_uint_eq(c.frames, t.n - 2);
	ck_assert_uint_eq(c.differ, 2);
	ck_assert_int_eq(c.step[node_of("c")], 0);
	finish();
}
END_TEST

START_TEST(the_head_says_what_was_judged)
{
	start("main;a 100 200\nmain;x 500 500\n");
	how.unknown = "no reason";
	how.said = "one <line>\nanother";
	judge();
	prof_buf_clear(&b);
	prof_svg_change_facts(&c, &b);
	ck_assert_str_eq(prof_buf_str(&b), "one &lt;line&gt;\nanother\n"
	    "widths: the larger side; hatched: only in base\n"
	    "2 of 3 frames differ \302\267 1 frame over 1.5x \302\267 "
	    "counts are not known (no reason): noise is not judged\n");
	how.per_count[0] = how.per_count[1] = how.rate = 1;
	how.said = NULL;
	judge();
	prof_buf_clear(&b);
	prof_svg_change_facts(&c, &b);
	ck_assert_str_eq(prof_buf_str(&b), "widths: the larger side; hatched: "
	    "only in base\n2 of 3 frames differ by more "
	    "than noise \302\267 1 frame over 1.5x\n");
	finish();
}
END_TEST

START_TEST(outlines_within_noise_are_told_apart)
{
	start("main;a 100 200\nmain;b 20 31\nmain;c 20 32\nmain;x 500 500\n");
	how.per_count[0] = how.per_count[1] = how.rate = 1;
	judge();
	ck_assert_str_eq(class("a"), "u5 over");
	ck_assert_str_eq(class("b"), "e even over");
	ck_assert_int_eq(c.drawn, PROF_CHANGE_EVEN | PROF_CHANGE_OVER |
	    PROF_CHANGE_FAINT);
	prof_buf_clear(&b);
	prof_svg_change_facts(&c, &b);
	ck_assert_str_eq(prof_buf_str(&b), "widths: the larger side; hatched: "
	    "only in base\n2 of 5 frames differ by more "
	    "than noise \302\267 3 frames over 1.5x, 2 of them within "
	    "noise\n");
	finish();
	start("main;b 20 31\nmain;x 500 500\n");
	how.per_count[0] = how.per_count[1] = how.rate = 1;
	judge();
	ck_assert_int_eq(c.drawn, PROF_CHANGE_EVEN | PROF_CHANGE_FAINT);
	finish();
}
END_TEST

START_TEST(tooltips_tell_counts_and_what_was_measured)
{
	start("main;a 30 50\nmain;x 5000 5000\n");
	how.per_count[0] = how.per_count[1] = 10;
	how.rate = 1;
	how.scaled = 2;
	judge();
	prof_buf_clear(&b);
	prof_svg_change_tooltip(&c, &b, node_of("a"));
	ck_assert_str_eq(prof_buf_str(&b), "\nbase as measured: total 15, "
	    "self 15\n3 \342\206\222 5 samples: within noise\nover 1.5x");
	finish();
}
END_TEST

START_TEST(the_script_gets_the_same_numbers)
{
	static const char want[] = "{\n  \"diff\": {\"measure\": \"pp\", "
	    "\"steps\": [2, 5, 10, 20, 50], \"negate\": false, "
	    "\"ratio\": [3, 2], \"share\": [1, 200], \"impact\": [1, 100], "
	    "\"error\": [0.2, 0.3], "
	    "\"counts\": [0.5, 1], \"alpha\": 0.05, \"rate\": 0.1, "
	    "\"fixed\": true}\n}\n";
	struct prof_err err = { 0 };
	struct prof_out *out;
	struct prof_json j;

	start("main;a 700 370\nmain;b 300 630\n");
	how.per_count[0] = 5;
	how.per_count[1] = 10;
	how.error[0] = 2;
	how.error[1] = 3;
	how.rate = .1;
	how.fixed = true;
	judge();
	prof_buf_clear(&b);
	out = prof_out_buf(&b);
	prof_json_init(&j, out);
	prof_json_begin(&j, '{');
	prof_json_key(&j, "diff");
	prof_svg_change_json(&c, &j, 10);
	prof_json_end(&j);
	prof_json_finish(&j);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&b), want);
	finish();
}
END_TEST

START_TEST(nothing_to_compare_is_no_trouble)
{
	start("main;a 0 0\nmain;b 0 0\n");
	how.per_count[0] = how.per_count[1] = how.rate = 1;
	judge();
	ck_assert(!c.judged);
	expect_steps(.05, .1, .2, .5, 1);
	how.measure = PROF_SVG_RATIO;
	judge();
	expect_steps(1.05, 1.1, 1.2, 1.5, 2);
	how.measure = PROF_SVG_VALUE;
	judge();
	expect_steps(.05, .1, .2, .5, 1);
	finish();
}
END_TEST

START_TEST(the_largest_values_have_a_scale)
{
	start("main;a 0 9000000000000000000\nmain;b 1 0\n");
	how.measure = PROF_SVG_VALUE;
	judge();
	ck_assert(c.shown[4] >= 9e18);
	ck_assert_str_eq(class("a"), "u5 new over");
	finish();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("svg_change");

	tcase_add_test(tc, steps_are_round_numbers_up_to_the_largest_change);
	tcase_add_test(tc, small_changes_look_small);
	tcase_add_test(tc, a_step_that_is_met_is_reached);
	tcase_add_test(tc, marks_and_percents_say_it_without_colour);
	tcase_add_test(tc, new_and_gone_have_classes_of_their_own);
	tcase_add_test(tc, parents_show_what_grew_below_them);
	tcase_add_test(tc, hues_can_be_swapped_but_not_marks);
	tcase_add_test(tc, ratios_have_round_steps_and_meet_them_exactly);
	tcase_add_test(tc, values_have_round_steps_in_the_unit_shown);
	tcase_add_test(tc, the_scale_ends_where_one_in_a_hundred_is_beyond);
	tcase_add_test(tc, within_noise_frames_stay_neutral);
	tcase_add_test(tc, a_sample_may_be_worth_much);
	tcase_add_test(tc, equal_totals_compare_shares);
	tcase_add_test(tc, many_frames_take_more_to_differ);
	tcase_add_test(tc, negative_values_are_not_judged_by_counts);
	tcase_add_test(tc, over_is_what_pregress_says);
	tcase_add_test(tc, what_rounding_explains_is_not_over);
	tcase_add_test(tc, beside_an_empty_base_nothing_is_over);
	tcase_add_test(tc, frames_outside_of_the_file_do_not_count);
	tcase_add_test(tc, the_head_says_what_was_judged);
	tcase_add_test(tc, outlines_within_noise_are_told_apart);
	tcase_add_test(tc, tooltips_tell_counts_and_what_was_measured);
	tcase_add_test(tc, the_script_gets_the_same_numbers);
	tcase_add_test(tc, nothing_to_compare_is_no_trouble);
	tcase_add_test(tc, the_largest_values_have_a_scale);
	return test_main("svg_change", tc);
}
