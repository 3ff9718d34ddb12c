/* SPDX-License-Identifier: MIT */
#include "libanalysis/match_renamed.h"

#include <stdio.h>

#include "tests/compare.h"
#include "tests/invent.h"

static struct compare c;

/* A run of counted samples. */
static void
add(const char *name, const char *text)
{
	compare_type(&c, "samples", "count");
	compare_type(&c, "other", "count");
	compare_samples(&c, name, text);
}

static void
compare(const char *base, const char *now)
{
	add("a", base);
	add("b", now);
	ck_assert_int_eq(compare_matching(&c, 1, "samples",
	    PROF_MATCH_RENAMED), PROF_OK);
}

/* What base calls a function of new that was renamed; "" for none. */
static const char *
was(const char *name)
{
	uint32_t i = compare_find(&c, name);
	const struct prof_row *base = prof_diff_name_base(&c.d, i);

	if (c.d.status[i] != PROF_DIFF_RENAMED) {
		ck_assert_ptr_null(base);
		return "";
	}
	ck_assert_ptr_nonnull(base);
	return base->name;
}

#define REST "\nmain;run;emit;put 300\nmain;run;emit 200\nmain;init 40"

START_TEST(a_function_with_its_callers_callees_and_size_is_renamed)
{
	compare("main;run;parse_line;alloc 300\nmain;run;parse_line 500" REST,
	    "main;run;parse_record;alloc 310\nmain;run;parse_record 520"
	    REST);
	ck_assert_str_eq(was("parse_record"), "parse_line");
	ck_assert_uint_eq(c.d.count[PROF_DIFF_RENAMED], 1);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_NEW], 0);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_GONE], 0);
	compare_done(&c);
}
END_TEST

START_TEST(renaming_is_found_the_other_way_round)
{
	compare("main;run;parse_record;alloc 310\nmain;run;parse_record 520"
	    REST, "main;run;parse_line;alloc 300\nmain;run;parse_line 500"
	    REST);
	ck_assert_str_eq(was("parse_line"), "parse_record");
	compare_done(&c);
}
END_TEST

START_TEST(only_the_widest_matching_renames)
{
	enum prof_matching how;

	for (how = PROF_MATCH_STABLE; how <= PROF_MATCH_EXACT; how++) {
		add("a", "main;run;parse_line;alloc 800" REST);
		add("b", "main;run;parse_record;alloc 800" REST);
		ck_assert_int_eq(compare_matching(&c, 1, "samples", how),
		    PROF_OK);
		ck_assert_uint_eq(c.d.count[PROF_DIFF_RENAMED], 0);
		ck_assert_uint_eq(c.d.count[PROF_DIFF_NEW], 1);
		compare_done(&c);
	}
}
END_TEST

START_TEST(other_work_in_the_same_place_is_not_renamed)
{
	/* One caller, no callees, nothing in common but that. */
	compare("main;run;quicksort 500" REST, "main;run;checksum 500" REST);
	ck_assert_str_eq(was("checksum"), "");
	compare_done(&c);
	/* The same size and a name like it, but called by others. */
	compare("main;run;read_line 500" REST,
	    "main;emit;read_file 500\nmain;run;emit;put 300\nmain;init 40");
	ck_assert_str_eq(was("read_file"), "");
	compare_done(&c);
}
END_TEST

START_TEST(two_that_may_be_it_are_none)
{
	compare("main;run;parse_line;alloc 800" REST,
	    "main;run;parse_lines;alloc 790\nmain;run;parse_linen;alloc 800"
	    REST);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_RENAMED], 0);
	compare_done(&c);
}
END_TEST

START_TEST(few_samples_rename_nothing)
{
	compare("main;run;parse_line;alloc 4" REST,
	    "main;run;parse_lines;alloc 4" REST);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_RENAMED], 0);
	compare_done(&c);
}
END_TEST

START_TEST(a_chain_of_renamed_functions_is_followed)
{
	compare("main;run;parse_text;parse_lines;parse_words;alloc 700" REST,
	    "main;run;scan_text;scan_lines;scan_words;alloc 690" REST);
	ck_assert_str_eq(was("scan_text"), "parse_text");
	ck_assert_str_eq(was("scan_lines"), "parse_lines");
	ck_assert_str_eq(was("scan_words"), "parse_words");
	compare_done(&c);
}
END_TEST

START_TEST(functions_of_the_system_are_what_they_are_called)
{
	compare("main;run;__memmove_avx_unaligned_erms 500" REST,
	    "main;run;__memmove_evex_unaligned_erms 500" REST);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_RENAMED], 0);
	compare_done(&c);
}
END_TEST

START_TEST(another_clone_is_no_other_name)
{
	uint32_t i;

	/* Not unique by name, so that only the context tells. */
	compare("main;run;f.func1;alloc 300\nmain;run;emit;f.func2;put 200"
	    REST, "main;run;f.func3;alloc 300\nmain;run;emit;f.func4;put 200"
	    REST);
	i = compare_find(&c, "f.func3");
	ck_assert_int_eq(c.d.match.joined[i], PROF_JOINED_STABLE);
	ck_assert_int_eq(c.d.status[i], PROF_DIFF_SAME);
	ck_assert_str_eq(prof_diff_name_base(&c.d, i)->name, "f.func1");
	compare_done(&c);
}
END_TEST

START_TEST(several_runs_of_a_side_count_together)
{
	add("a", "main;run;parse_line;alloc 3" REST);
	add("b", "main;run;parse_line;alloc 30" REST);
	add("c", "main;run;parse_lines;alloc 17" REST);
	add("d", "main;run;parse_lines;alloc 15" REST);
	ck_assert_int_eq(compare_matching(&c, 2, "samples",
	    PROF_MATCH_RENAMED), PROF_OK);
	ck_assert_str_eq(was("parse_lines"), "parse_line");
	compare_done(&c);
}
END_TEST

START_TEST(times_without_samples_are_judged_by_their_share)
{
	compare_add(&c, "a", "main;run;parse_line;alloc 812345" REST);
	compare_add(&c, "b", "main;run;parse_lines;alloc 823456" REST);
	ck_assert_int_eq(compare_matching(&c, 1, NULL, PROF_MATCH_RENAMED),
	    PROF_OK);
	ck_assert_str_eq(was("parse_lines"), "parse_line");
	compare_done(&c);
}
END_TEST

/* 400 functions of the same callers, all gone or new, with other names. */
START_TEST(many_candidates_stay_in_bounds)
{
	static char base[40000], now[40000];
	size_t a = 0, b = 0, i;

	for (i = 0; i < 400; i++) {
		a += (size_t)snprintf(base + a, sizeof base - a,
		    "main;run;old_%zu;alloc %zu\n", i, 1000 + i);
		b += (size_t)snprintf(now + b, sizeof now - b,
		    "main;run;fresh_%zu;alloc %zu\n", i, 1000 + i);
	}
	compare(base, now);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_NEW] +
	    c.d.count[PROF_DIFF_RENAMED], 400);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_RENAMED], 0);
	compare_done(&c);
}
END_TEST

/* The same run twice, and any two: pairs join one class of each side. */
START_TEST(any_two_profiles_are_joined_soundly)
{
	static const struct invent_opts opts = { .cancel = true };
	const struct prof_match *m = &c.d.match;
	uint64_t i;
	uint32_t class, rows;
	unsigned r;
	size_t n;

	for (i = 0; i < 60; i++) {
		for (r = 0; r < 2; r++) {
			invent_profile(&c.p[r], _i ? i : 2 * i + r, &opts);
			prof_rows_init(&c.rows[r], &c.p[r],
			    PROF_BY_FUNCTION);
			c.run[r].name = "r";
			c.run[r].rows = &c.rows[r];
			c.run[r].flat = &c.flat[r];
		}
		c.n = 2;
		ck_assert_int_eq(compare_matching(&c, 1, NULL,
		    PROF_MATCH_RENAMED), PROF_OK);
		for (class = 1, rows = 0; class <= m->n; class++) {
			prof_match_members(m, class, &n);
			rows += (uint32_t)n;
			ck_assert(!_i || c.d.status[class] <= PROF_DIFF_SAME);
		}
		ck_assert_uint_eq(rows, c.rows[0].n + c.rows[1].n);
		compare_done(&c);
	}
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("match_renamed");

	tcase_add_test(tc,
	    a_function_with_its_callers_callees_and_size_is_renamed);
	tcase_add_test(tc, renaming_is_found_the_other_way_round);
	tcase_add_test(tc, only_the_widest_matching_renames);
	tcase_add_test(tc, other_work_in_the_same_place_is_not_renamed);
	tcase_add_test(tc, two_that_may_be_it_are_none);
	tcase_add_test(tc, few_samples_rename_nothing);
	tcase_add_test(tc, a_chain_of_renamed_functions_is_followed);
	tcase_add_test(tc, functions_of_the_system_are_what_they_are_called);
	tcase_add_test(tc, another_clone_is_no_other_name);
	tcase_add_test(tc, several_runs_of_a_side_count_together);
	tcase_add_test(tc, times_without_samples_are_judged_by_their_share);
	tcase_add_test(tc, many_candidates_stay_in_bounds);
	tcase_add_loop_test(tc, any_two_profiles_are_joined_soundly, 0, 2);
	return compare_main("match_renamed", tc);
}
