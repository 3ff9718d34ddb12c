/* SPDX-License-Identifier: MIT */
#include "libanalysis/filter.h"

#include <string.h>

#include "libanalysis/check.h"
#include "tests/frames_text.h"
#include "tests/make.h"
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

static const char *
filter(struct prof_filter f)
{
	ck_assert_int_eq(prof_filter_frames(&m.p, &f, STEPS, &found, &err),
	    PROF_OK);
	return put_samples(&b, &m.p);
}

static const char *
show(const char *re)
{
	return filter((struct prof_filter){ .show = re });
}

static const char *
show_from(const char *re)
{
	return filter((struct prof_filter){ .show_from = re });
}

static const char *
prune_from(const char *re)
{
	return filter((struct prof_filter){ .prune_from = re });
}

static void
add_unnamed(uint64_t address, int64_t value)
{
	prof_loc run[1];

	run[0] = make_at(&m, address);
	make_values(&m, prof_builder_stack(&m.b, run, 1), 0, &value);
}

START_TEST(show_removes_all_other_frames)
{
	make_sample(&m, "main;a;x;b", 1);
	make_sample(&m, "main;x", 2);
	ck_assert_str_eq(show("^[ab]"), "a;b 1 ");
	ck_assert(found.show);
}
END_TEST

START_TEST(show_keeps_the_matching_lines_of_a_location)
{
	make_sample(&m, "main;f|g|h", 1);
	ck_assert_str_eq(show("f|h"), "f|h 1 ");
}
END_TEST

START_TEST(show_keeps_frames_without_a_symbol)
{
	make_mod(&m, 0x1000, 0x2000, "/bin/prog", "");
	add_unnamed(0x1010, 1);
	ck_assert_str_eq(show("."), "0x1010 1 ");
}
END_TEST

START_TEST(show_knows_a_frame_without_anything_by_its_address)
{
	add_unnamed(0x1010, 1);
	add_unnamed(0x2020, 2);
	ck_assert_str_eq(show("^0x1010$"), "0x1010 1 ");
}
END_TEST

START_TEST(show_that_matches_nothing_leaves_nothing_and_tells)
{
	make_sample(&m, "main;a", 1);
	ck_assert_str_eq(show("nothing"), "");
	ck_assert(!found.show);
}
END_TEST

START_TEST(show_from_cuts_above_the_match_nearest_the_root)
{
	make_sample(&m, "main;a;f;b;f;c", 1);
	make_sample(&m, "main;a", 2);
	make_sample(&m, "", 4);
	ck_assert_str_eq(show_from("^f$"), "f;b;f;c 1 ");
	ck_assert(found.show_from);
}
END_TEST

START_TEST(show_from_cuts_within_a_location)
{
	make_sample(&m, "main;out|mid|in;leaf", 1);
	ck_assert_str_eq(show_from("mid"), "mid|in;leaf 1 ");
}
END_TEST

START_TEST(show_from_leaves_deeper_calls_of_the_location_whole)
{
	make_sample(&m, "main;out|mid|in;x;out|mid|in", 1);
	ck_assert_str_eq(show_from("mid"), "mid|in;x;out|mid|in 1 ");
}
END_TEST

START_TEST(show_from_keeps_all_lines_where_the_module_matches)
{
	make_mod(&m, 0x1000, 0x2000, "libx.so", "");
	make_sample(&m, "f|g", 1);
	ck_assert_str_eq(show_from("libx"), "f|g 1 ");
}
END_TEST

START_TEST(prune_from_cuts_below_the_match_nearest_the_leaf)
{
	make_sample(&m, "main;f;a;f;b;c", 1);
	make_sample(&m, "main;a", 2);
	ck_assert_str_eq(prune_from("^f$"), "main;f;a;f 1 main;a 2 ");
	ck_assert(found.prune_from);
}
END_TEST

START_TEST(prune_from_cuts_within_a_location)
{
	make_sample(&m, "main;out|mid|in;leaf", 1);
	ck_assert_str_eq(prune_from("mid"), "main;out|mid 1 ");
}
END_TEST

START_TEST(prune_from_does_not_see_parameters)
{
	make_sample(&m, "main;f(g*);a", 1);
	ck_assert_str_eq(prune_from("g"), "main;f(g*);a 1 ");
	ck_assert(!found.prune_from);
}
END_TEST

START_TEST(prune_from_knows_methods_of_go)
{
	make_sample(&m, "main.main;flate.(*compressor).deflate;leaf", 1);
	ck_assert_str_eq(prune_from("deflate$"),
	    "main.main;flate.(*compressor).deflate 1 ");
}
END_TEST

START_TEST(frames_are_kept_by_kind)
{
	struct prof_location kernel = { .kind = PROF_KIND_KERNEL };
	struct prof_line line = { 0 };
	prof_loc run[2];
	int64_t one = 1;

	line.fn = make_fn(&m, "sys_read");
	run[0] = prof_builder_location(&m.b, kernel, &line, 1);
	run[1] = make_named(&m, "main", 4);
	make_values(&m, prof_builder_stack(&m.b, run, 2), 0, &one);
	ck_assert(prof_filter_kinds(&m.p, 1U << PROF_KIND_USER));
	ck_assert_str_eq(put_samples(&b, &m.p), "main 1 ");
	ck_assert(!prof_filter_kinds(&m.p, 1U << PROF_KIND_KERNEL));
	ck_assert_str_eq(put_samples(&b, &m.p), "");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("show");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, show_removes_all_other_frames);
	tcase_add_test(tc, show_keeps_the_matching_lines_of_a_location);
	tcase_add_test(tc, show_keeps_frames_without_a_symbol);
	tcase_add_test(tc,
	    show_knows_a_frame_without_anything_by_its_address);
	tcase_add_test(tc,
	    show_that_matches_nothing_leaves_nothing_and_tells);
	tcase_add_test(tc, show_from_cuts_above_the_match_nearest_the_root);
	tcase_add_test(tc, show_from_cuts_within_a_location);
	tcase_add_test(tc,
	    show_from_leaves_deeper_calls_of_the_location_whole);
	tcase_add_test(tc,
	    show_from_keeps_all_lines_where_the_module_matches);
	tcase_add_test(tc, prune_from_cuts_below_the_match_nearest_the_leaf);
	tcase_add_test(tc, prune_from_cuts_within_a_location);
	tcase_add_test(tc, prune_from_does_not_see_parameters);
	tcase_add_test(tc, prune_from_knows_methods_of_go);
	tcase_add_test(tc, frames_are_kept_by_kind);
	return test_main("show", tc);
}
