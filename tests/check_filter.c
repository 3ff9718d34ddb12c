/* SPDX-License-Identifier: MIT */
#include "libanalysis/filter.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/buf.h"
#include "libanalysis/check.h"
#include "libanalysis/coarsen.h"
#include "libanalysis/merge.h"
#include "libanalysis/nomem.h"
#include "tests/frames_text.h"
#include "tests/invent.h"
#include "tests/make.h"
#include "tests/same.h"
#include "tests/support.h"

#define STEPS 1000000

static struct made m;
static struct prof_err err;
static struct prof_filter_found found;
static struct prof_buf b;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&err, 0, sizeof err);
	memset(&b, 0, sizeof b);
}

static void
teardown(void)
{
	ck_assert_int_eq(prof_profile_check(&m.p, &err), PROF_OK);
	make_drop(&m);
	prof_buf_release(&b);
}

static int
filter(const char *focus, const char *ignore, const char *hide)
{
	struct prof_filter f = { .focus = focus, .ignore = ignore,
	    .hide = hide };

	memset(&err, 0, sizeof err);
	return prof_filter_frames(&m.p, &f, STEPS, &found, &err);
}

static const char *
samples(void)
{
	return put_samples(&b, &m.p);
}

START_TEST(focus_keeps_samples_with_a_match)
{
	make_sample(&m, "main;parse;read", 1);
	make_sample(&m, "main;draw", 2);
	make_sample(&m, "", 4);
	ck_assert_int_eq(filter("^pa", NULL, NULL), PROF_OK);
	ck_assert_str_eq(samples(), "main;parse;read 1 ");
	ck_assert(found.focus && !found.ignore && !found.hide);
}
END_TEST

START_TEST(ignore_drops_samples_with_a_match)
{
	make_sample(&m, "main;parse;read", 1);
	make_sample(&m, "main;draw", 2);
	make_sample(&m, "", 4);
	ck_assert_int_eq(filter(NULL, "read", NULL), PROF_OK);
	ck_assert_str_eq(samples(), "main;draw 2  4 ");
	ck_assert(!found.focus && found.ignore && !found.hide);
}
END_TEST

START_TEST(ignore_beats_focus)
{
	make_sample(&m, "main;f;g", 1);
	make_sample(&m, "main;f", 2);
	make_sample(&m, "main;h", 4);
	ck_assert_int_eq(filter("f|h", "g|h", NULL), PROF_OK);
	ck_assert_str_eq(samples(), "main;f 2 ");
}
END_TEST

START_TEST(a_match_that_is_ignored_does_not_count_as_focus)
{
	make_sample(&m, "main;f", 1);
	ck_assert_int_eq(filter("f", "f", NULL), PROF_OK);
	ck_assert_str_eq(samples(), "");
	ck_assert(!found.focus && found.ignore);
}
END_TEST

START_TEST(hide_removes_frames_and_keeps_the_value)
{
	make_sample(&m, "main;f;g", 1);
	make_sample(&m, "main;g;f;g;h", 2);
	ck_assert_int_eq(filter(NULL, NULL, "g"), PROF_OK);
	ck_assert_str_eq(samples(), "main;f 1 main;f;h 2 ");
	ck_assert(found.hide);
}
END_TEST

START_TEST(hide_drops_samples_that_are_left_without_frames)
{
	make_sample(&m, "f;f", 1);
	make_sample(&m, "", 2);
	make_sample(&m, "f;g", 4);
	ck_assert_int_eq(filter(NULL, NULL, "f"), PROF_OK);
	ck_assert_str_eq(samples(), " 2 g 4 ");
}
END_TEST

START_TEST(hide_takes_lines_out_of_a_location)
{
	make_sample(&m, "main;run|step|next", 1);
	make_sample(&m, "run|step", 2);
	ck_assert_int_eq(filter(NULL, NULL, "step"), PROF_OK);
	ck_assert_str_eq(samples(), "main;run|next 1 run 2 ");
}
END_TEST

START_TEST(focus_and_ignore_see_what_hide_removes)
{
	make_sample(&m, "main;f;g", 1);
	make_sample(&m, "main;h;g", 2);
	ck_assert_int_eq(filter("g", "h", "g|h"), PROF_OK);
	ck_assert_str_eq(samples(), "main;f 1 ");
	ck_assert(found.focus && found.ignore && found.hide);
}
END_TEST

START_TEST(files_are_tried_too)
{
	m.file = "src/a.c";
	make_sample(&m, "f", 1);
	m.file = "src/b.c";
	make_sample(&m, "g", 2);
	ck_assert_int_eq(filter("a\\.c$", NULL, NULL), PROF_OK);
	ck_assert_str_eq(samples(), "f 1 ");
}
END_TEST

START_TEST(modules_are_tried_too_and_take_the_whole_location)
{
	make_mod(&m, 0x1000, 0x2000, "/lib/libc.so.6", "");
	make_sample(&m, "malloc|brk", 1);
	m.mapping = 0;
	make_sample(&m, "main", 2);
	ck_assert_int_eq(filter(NULL, NULL, "libc"), PROF_OK);
	ck_assert_str_eq(samples(), "main 2 ");
}
END_TEST

START_TEST(a_location_without_lines_is_matched_by_its_module)
{
	prof_loc run[2];
	int64_t value = 3;

	run[1] = make_at(&m, 0x10);
	make_mod(&m, 0x1000, 0x2000, "x.so", "");
	run[0] = make_at(&m, 0x1010);
	make_values(&m, prof_builder_stack(&m.b, run, 2), 0, &value);
	ck_assert_int_eq(filter("x.so", NULL, "x.so"), PROF_OK);
	ck_assert_str_eq(samples(), "0x10 3 ");
}
END_TEST

START_TEST(a_pattern_that_matches_nothing_is_told)
{
	make_sample(&m, "main", 1);
	ck_assert_int_eq(filter("x", "y", "z"), PROF_OK);
	ck_assert(!found.focus && !found.ignore && !found.hide);
	ck_assert_str_eq(samples(), "");
}
END_TEST

START_TEST(no_filter_changes_nothing)
{
	make_sample(&m, "main", 1);
	make_sample(&m, "", 2);
	ck_assert_int_eq(filter(NULL, NULL, NULL), PROF_OK);
	ck_assert_str_eq(samples(), "main 1  2 ");
}
END_TEST

START_TEST(all_columns_of_a_dropped_sample_are_dropped)
{
	int64_t values[2] = { 1, 2 };

	prof_profile_add_type(&m.p, make_str(&m, "wall"), 0);
	make_values(&m, make_stack(&m, "f"), 0, values);
	ck_assert_int_eq(filter(NULL, "f", NULL), PROF_OK);
	ck_assert_int_eq(m.p.value[0][0], 0);
	ck_assert_int_eq(m.p.value[1][0], 0);
}
END_TEST

START_TEST(wrong_patterns_are_refused_and_change_nothing)
{
	make_sample(&m, "main", 1);
	ck_assert_int_eq(filter("(", NULL, NULL), PROF_EPATTERN);
	ck_assert_int_eq(filter(NULL, "[", NULL), PROF_EPATTERN);
	ck_assert_int_eq(filter("x", NULL, "*"), PROF_EPATTERN);
	ck_assert_ptr_nonnull(strstr(err.msg, "'*' is wrong"));
	ck_assert_str_eq(samples(), "main 1 ");
}
END_TEST

START_TEST(a_catastrophic_pattern_is_refused_in_time)
{
	char name[61];

	memset(name, 'a', 60);
	name[59] = '!';
	name[60] = '\0';
	make_sample(&m, name, 1);
	ck_assert_int_eq(filter(NULL, NULL, "(a+)+$"), PROF_EPATTERN);
	ck_assert_ptr_nonnull(strstr(err.msg, "(a+)+$"));
	ck_assert_ptr_nonnull(strstr(err.msg, name));
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-match"));
	ck_assert_int_eq(filter("(a*)*b", NULL, NULL), PROF_OK);
}
END_TEST

START_TEST(a_stack_may_be_a_million_frames_deep)
{
	size_t i, n = 1000000;
	prof_loc *run = prof_alloc(n, sizeof *run);
	int64_t value = 3;

	for (i = 0; i < n; i++)
		run[i] = i < 5 ? make_named(&m, &"abcde"[i], 1) : run[i - 5];
	make_values(&m, prof_builder_stack(&m.b, run, n), 0, &value);
	ck_assert_int_eq(filter("e", NULL, "[abcd]"), PROF_OK);
	prof_profile_stack(&m.p, 1, &i);
	ck_assert_uint_eq(i, n / 5);
	free(run);
}
END_TEST

/* --- properties ----------------------------------------------------------- */

static void
canonical(struct prof_profile *out, const struct prof_profile *p)
{
	struct prof_merge *merge = prof_merge_new();

	memset(out, 0, sizeof *out);
	ck_assert_int_eq(prof_merge_add(merge, p, "p", &err), PROF_OK);
	ck_assert_int_eq(prof_merge_finish(merge, out, &err), PROF_OK);
}

static const struct prof_filter filters[] = { { .focus = "f1" },
    { .ignore = "f2" }, { .hide = "f3" },
    { .focus = "f1|m0", .ignore = "f4", .hide = "f[23]" },
    { .hide = "m0" }, { .focus = "c0", .ignore = "c1" }, { .show = "f[12]" },
    { .show = "m0|c0" }, { .show_from = "f2" }, { .show_from = "m1" },
    { .prune_from = "f3" } };

START_TEST(a_filter_does_nothing_the_second_time)
{
	static const struct invent_opts opts = { 0 };
	struct prof_profile p, once, twice;
	uint64_t i;

	for (i = 0; i < 100; i++) {
		invent_profile(&p, i, &opts);
		ck_assert_int_eq(prof_filter_frames(&p, &filters[_i], STEPS,
		    &found, &err), PROF_OK);
		ck_assert_int_eq(prof_profile_check(&p, &err), PROF_OK);
		canonical(&once, &p);
		/* Focus may have matched what hide has removed. */
		if (filters[_i].focus == NULL || filters[_i].hide == NULL)
			ck_assert_int_eq(prof_filter_frames(&p, &filters[_i],
			    STEPS, &found, &err), PROF_OK);
		canonical(&twice, &p);
		ck_assert_ptr_null(same_profiles(&once, &twice));
		prof_profile_release(&p);
		prof_profile_release(&once);
		prof_profile_release(&twice);
	}
}
END_TEST

static int64_t
sum(const struct prof_profile *p)
{
	int64_t s = 0;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		s += p->value[0][i];
	return s;
}

START_TEST(focus_and_ignore_share_the_total_between_them)
{
	static const struct invent_opts opts = { 0 };
	struct prof_filter f = { .focus = "f1|c0" };
	struct prof_filter g = { .ignore = "f1|c0" };
	struct prof_profile p, q;
	uint64_t i;
	int64_t all;

	for (i = 0; i < 100; i++) {
		invent_profile(&p, i, &opts);
		invent_profile(&q, i, &opts);
		all = sum(&p);
		prof_filter_frames(&p, &f, STEPS, &found, &err);
		prof_filter_frames(&q, &g, STEPS, &found, &err);
		ck_assert_int_eq(sum(&p) + sum(&q), all);
		prof_profile_release(&p);
		prof_profile_release(&q);
	}
}
END_TEST

/* --- columns and coarser views -------------------------------------------- */

START_TEST(one_column_of_several_stays)
{
	int64_t values[3] = { 1, 20, 300 };

	prof_profile_add_type(&m.p, make_str(&m, "wall"), 0);
	prof_profile_add_type(&m.p, make_str(&m, "idle"), 0);
	m.p.meta.default_type = m.p.type[0].type;
	make_values(&m, make_stack(&m, "f"), 0, values);
	prof_filter_column(&m.p, 1);
	ck_assert_uint_eq(m.p.ntypes, 1);
	ck_assert_int_eq(prof_profile_column(&m.p, "wall"), 0);
	ck_assert_int_eq(m.p.value[0][0], 20);
	ck_assert_ptr_null(m.p.value[1]);
	ck_assert_uint_eq(m.p.meta.default_type, 0);
	prof_filter_column(&m.p, 0);
	ck_assert_int_eq(m.p.value[0][0], 20);
}
END_TEST

/* How many locations there are after a merge, all of them used. */
static uint32_t
locations(bool by_name)
{
	struct prof_profile out;
	uint32_t n;

	prof_coarsen(&m.p, by_name ? PROF_BY_NAME : PROF_BY_FUNCTION);
	ck_assert_int_eq(prof_profile_check(&m.p, &err), PROF_OK);
	canonical(&out, &m.p);
	n = out.nloc;
	prof_profile_release(&out);
	return n;
}

static void
add_at(uint64_t address, int64_t line, const char *name)
{
	struct prof_location l = { .address = address };
	struct prof_line x = { .line = line, .column = line };
	int64_t one = 1;
	prof_loc run[1];

	l.mapping = m.mapping;
	x.fn = make_fn(&m, name);
	run[0] = prof_builder_location(&m.b, l, &x, 1);
	make_values(&m, prof_builder_stack(&m.b, run, 1), 0, &one);
}

START_TEST(coarser_locations_differ_by_function_only)
{
	m.file = "a.c";
	make_mod(&m, 0x1000, 0x2000, "x", "");
	add_at(0x1010, 1, "f");
	add_at(0x1020, 2, "f");
	make_mod(&m, 0x3000, 0x4000, "y", "");
	add_at(0x3010, 3, "f");
	add_at(0x3010, 4, "g");
	m.file = "b.c";
	add_at(0x3010, 4, "g");
	ck_assert_uint_eq(locations(false), 3);
	ck_assert_uint_eq(locations(true), 2);
}
END_TEST

START_TEST(without_files_the_module_stays)
{
	make_mod(&m, 0x1000, 0x2000, "x", "");
	add_at(0x1010, 1, "f");
	add_at(0x1020, 2, "f");
	make_mod(&m, 0x3000, 0x4000, "y", "");
	add_at(0x3010, 3, "f");
	make_mod(&m, 0, 0x1000, "x", "");
	add_at(0x10, 3, "f");
	ck_assert_uint_eq(locations(false), 2);
	ck_assert_uint_eq(locations(true), 1);
}
END_TEST

START_TEST(the_module_stays_for_any_line_without_a_file)
{
	struct prof_location l = { .address = 5 };
	struct prof_line line[2] = { { 0 } };

	m.file = "a.c";
	line[0].fn = make_fn(&m, "inner");
	m.file = NULL;
	line[1].fn = make_fn(&m, "outer");
	l.mapping = make_mod(&m, 0x1000, 0x2000, "x", "");
	prof_builder_location(&m.b, l, line, 2);
	prof_builder_location(&m.b, l, line, 1);
	prof_coarsen(&m.p, PROF_BY_FUNCTION);
	ck_assert_uint_eq(m.p.loc[0].mapping, 1);
	ck_assert_uint_eq(m.p.loc[1].mapping, 0);
}
END_TEST

START_TEST(by_name_a_function_without_a_name_has_its_linker_name)
{
	struct prof_function f = { 0 };

	f.system = make_str(&m, "_Zf");
	f.file = make_str(&m, "a.c");
	f.start = 4;
	prof_builder_function(&m.b, f);
	prof_coarsen(&m.p, PROF_BY_NAME);
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.fn[0].name), "_Zf");
	ck_assert_uint_eq(m.p.fn[0].system, 0);
	ck_assert_uint_eq(m.p.fn[0].file, 0);
	ck_assert_int_eq(m.p.fn[0].start, 0);
}
END_TEST

START_TEST(locations_without_lines_keep_their_address)
{
	int64_t one = 1;
	prof_loc run[1];

	make_mod(&m, 0x1000, 0x2000, "x", "");
	run[0] = make_at(&m, 0x1010);
	make_values(&m, prof_builder_stack(&m.b, run, 1), 0, &one);
	prof_coarsen(&m.p, PROF_BY_NAME);
	ck_assert_uint_eq(m.p.loc[0].address, 0x1010);
	ck_assert_uint_eq(m.p.loc[0].mapping, 1);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("filter");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, focus_keeps_samples_with_a_match);
	tcase_add_test(tc, ignore_drops_samples_with_a_match);
	tcase_add_test(tc, ignore_beats_focus);
	tcase_add_test(tc,
	    a_match_that_is_ignored_does_not_count_as_focus);
	tcase_add_test(tc, hide_removes_frames_and_keeps_the_value);
	tcase_add_test(tc,
	    hide_drops_samples_that_are_left_without_frames);
	tcase_add_test(tc, hide_takes_lines_out_of_a_location);
	tcase_add_test(tc, focus_and_ignore_see_what_hide_removes);
	tcase_add_test(tc, files_are_tried_too);
	tcase_add_test(tc,
	    modules_are_tried_too_and_take_the_whole_location);
	tcase_add_test(tc,
	    a_location_without_lines_is_matched_by_its_module);
	tcase_add_test(tc, a_pattern_that_matches_nothing_is_told);
	tcase_add_test(tc, no_filter_changes_nothing);
	tcase_add_test(tc, all_columns_of_a_dropped_sample_are_dropped);
	tcase_add_test(tc, wrong_patterns_are_refused_and_change_nothing);
	tcase_add_test(tc, a_catastrophic_pattern_is_refused_in_time);
	tcase_add_test(tc, a_stack_may_be_a_million_frames_deep);
	tcase_add_loop_test(tc, a_filter_does_nothing_the_second_time, 0,
	    (int)(sizeof filters / sizeof filters[0]));
	tcase_add_test(tc, focus_and_ignore_share_the_total_between_them);
	tcase_add_test(tc, one_column_of_several_stays);
	tcase_add_test(tc, coarser_locations_differ_by_function_only);
	tcase_add_test(tc, without_files_the_module_stays);
	tcase_add_test(tc, the_module_stays_for_any_line_without_a_file);
	tcase_add_test(tc,
	    by_name_a_function_without_a_name_has_its_linker_name);
	tcase_add_test(tc, locations_without_lines_keep_their_address);
	return test_main("filter", tc);
}
