/* SPDX-License-Identifier: MIT */
#include "libanalysis/align.h"

#include <string.h>

#include "libanalysis/check.h"
#include "tests/edges.h"
#include "tests/frames_text.h"
#include "tests/make.h"
#include "tests/support.h"

/* Base and new; functions have a file, a start and lines. */
static struct made side[2];
static struct prof_rows rows[2];
static struct prof_flat flat[2];
static struct prof_diff_run run[2];
static struct prof_diff d;
static struct prof_aligned done;
static struct prof_err err;
static struct prof_buf b;

static void
setup(void)
{
	make_start(&side[0], "cpu", "ns");
	make_start(&side[1], "cpu", "ns");
	memset(&done, 0, sizeof done);
	memset(&err, 0, sizeof err);
	memset(&b, 0, sizeof b);
}

static void
teardown(void)
{
	make_drop(&side[0]);
	make_drop(&side[1]);
	prof_buf_release(&b);
}

static prof_fn
fn(unsigned s, const char *name, const char *file, int64_t start)
{
	struct prof_function f = { .name = make_str(&side[s], name) };

	f.file = make_str(&side[s], file);
	f.start = start;
	return prof_builder_function(&side[s].b, f);
}

static void
sample(unsigned s, prof_fn f, int64_t line, int64_t value)
{
	struct prof_location l = { 0 };
	struct prof_line at = { .fn = f, .line = line };
	prof_loc loc = prof_builder_location(&side[s].b, l, &at, 1);

	make_values(&side[s], prof_builder_stack(&side[s].b, &loc, 1), 0,
	    &value);
}

/* Base aligned, then spelled. */
static const char *
align(enum prof_granularity by, const char *text)
{
	struct prof_align how = { .names = true,
	    .lines = by == PROF_BY_LINE };
	struct prof_patch *patch = NULL;
	struct prof_in *in;
	unsigned i;

	if (text != NULL) {
		in = prof_in_memory(text, strlen(text), "p", NULL);
		patch = prof_patch_read(in, &err);
		ck_assert_msg(patch != NULL, "%s", err.msg);
		prof_in_close(in);
	}
	how.patch = patch;
	for (i = 0; i < 2; i++) {
		prof_rows_init(&rows[i], &side[i].p, PROF_BY_FUNCTION);
		ck_assert_int_eq(prof_flat_init(&flat[i], &rows[i], 0, &err),
		    PROF_OK);
		run[i] = (struct prof_diff_run){ .name = "", .rows = &rows[i],
		    .flat = &flat[i] };
	}
	ck_assert_int_eq(prof_diff_init_matching(&d, run, 2, 1,
	    PROF_MATCH_STABLE, &err), PROF_OK);
	prof_align(&side[0].p, &d, 0, &how, &done);
	prof_diff_release(&d);
	for (i = 0; i < 2; i++) {
		prof_flat_release(&flat[i]);
		prof_rows_release(&rows[i]);
	}
	prof_patch_free(patch);
	ck_assert_int_eq(prof_profile_check(&side[0].p, &err), PROF_OK);
	prof_spell(&side[0].p, by, NULL);
	return put_samples(&b, &side[0].p);
}

START_TEST(lines_move_with_the_start_of_their_function)
{
	sample(0, fn(0, "f", "a.c", 10), 12, 1);
	sample(0, fn(0, "g", "a.c", 20), 22, 2);
	sample(1, fn(1, "f", "a.c", 10), 12, 1);
	sample(1, fn(1, "g", "a.c", 25), 27, 2);
	ck_assert_str_eq(align(PROF_BY_LINE, NULL), "f a.c:12 1 g a.c:27 2 ");
	ck_assert_uint_eq(done.moved, 1);
}
END_TEST

START_TEST(lines_stay_where_no_start_is_known)
{
	sample(0, fn(0, "f", "a.c", 0), 12, 1);
	sample(0, fn(0, "g", "a.c", 20), 22, 2);
	sample(0, fn(0, "h", "a.c", 40), 33, 4);
	sample(1, fn(1, "f", "a.c", 9), 14, 1);
	sample(1, fn(1, "g", "a.c", 0), 27, 2);
	sample(1, fn(1, "h", "a.c", 50), 27, 4);
	ck_assert_str_eq(align(PROF_BY_LINE, NULL),
	    "f a.c:12 1 g a.c:22 2 h a.c:33 4 ");
}
END_TEST

START_TEST(what_only_base_has_stays)
{
	sample(0, fn(0, "gone", "a.c", 10), 12, 1);
	sample(1, fn(1, "f", "a.c", 50), 12, 1);
	ck_assert_str_eq(align(PROF_BY_LINE, NULL), "gone a.c:12 1 ");
}
END_TEST

START_TEST(files_get_the_folder_that_new_has)
{
	sample(0, fn(0, "f", "/old/a.c", 10), 12, 1);
	sample(0, fn(0, "g", "/old/b.c", 10), 12, 2);
	sample(1, fn(1, "f", "/new/src/a.c", 10), 12, 1);
	sample(1, fn(1, "g", "/new/src/c.c", 10), 12, 2);
	ck_assert_str_eq(align(PROF_BY_LINE, NULL),
	    "f /new/src/a.c:12 1 g /old/b.c:12 2 ");
}
END_TEST

#define PATCH "--- a/src/a.c\n+++ b/src/a.c\n@@ -5,3 +5,4 @@\n five\n" \
	"+new\n six\n-seven\n+SEVEN\n@@ -20,2 +21,1 @@\n x\n-y\n"

START_TEST(a_patch_tells_where_lines_are)
{
	prof_fn f = fn(0, "f", "/w/src/a.c", 4);

	sample(0, f, 5, 1);
	sample(0, f, 6, 2);
	sample(0, f, 7, 4);
	sample(0, f, 21, 8);
	sample(0, f, 30, 16);
	sample(0, fn(0, "g", "/w/src/b.c", 4), 30, 32);
	sample(1, fn(1, "f", "/w/src/a.c", 4), 5, 1);
	sample(1, fn(1, "g", "/w/src/b.c", 8), 30, 1);
	ck_assert_str_eq(align(PROF_BY_LINE, PATCH), "f /w/src/a.c:5 1 "
	    "f /w/src/a.c:7 2 f /w/src/a.c:8 4 f /w/src/a.c (base):21 8 "
	    "f /w/src/a.c:30 16 g /w/src/b.c:30 32 ");
	ck_assert_uint_eq(done.files, 1);
	ck_assert_uint_eq(done.moved, 2);
	ck_assert_uint_eq(done.removed, 1);
}
END_TEST

START_TEST(a_patch_renames_files)
{
	sample(0, fn(0, "f", "/w/src/a.c", 4), 5, 1);
	sample(0, fn(0, "g", "/w/src/a.c", 4), 6, 2);
	sample(1, fn(1, "f", "/v/lib/b.c", 4), 5, 1);
	ck_assert_str_eq(align(PROF_BY_LINE, "--- a/src/a.c\n+++ b/lib/b.c\n"
	    "@@ -1 +1,2 @@\n+n\n a\n"), "f /v/lib/b.c:6 1 "
	    "g /w/lib/b.c:7 2 ");
}
END_TEST

START_TEST(by_edge_functions_are_called_as_in_new)
{
	make_sample(&side[0], "main;f.isra.0;g", 1);
	make_sample(&side[1], "main;f.constprop.0;g", 1);
	ck_assert_str_eq(align(PROF_BY_EDGE, NULL),
	    "main;main;f.constprop.0;f.constprop.0;g 1 ");
}
END_TEST

START_TEST(by_stack_too)
{
	make_sample(&side[0], "main;f.isra.0;g", 1);
	make_sample(&side[1], "main;f.constprop.0;g", 1);
	ck_assert_str_eq(align(PROF_BY_STACK, NULL),
	    "main;f.constprop.0;g 1 ");
}
END_TEST

/* Where functions begin is all that edges know of lines. */
START_TEST(starts_of_edges_move)
{
	int64_t values[] = { 2, 2, 30, 50 };
	const struct prof_edges *e = &side[0].p.edges;
	unsigned s;

	for (s = 0; s < 2; s++) {
		make_drop(&side[s]);
		edges_start(&side[s]);
		prof_profile_add_edge(&side[s].p, 0, fn(s, "f", "a.py",
		    s == 0 ? 6 : 7), 0, values);
		prof_profile_add_edge(&side[s].p, 0, fn(s, "g", "a.py",
		    s == 0 ? 21 : 40), 0, values);
	}
	align(PROF_BY_LINE, "--- a/a.py\n+++ b/a.py\n@@ -5,2 +5,3 @@\n five\n"
	    "+new\n six\n@@ -20,2 +21,1 @@\n x\n-y\n");
	ck_assert_str_eq(prof_profile_str(&side[0].p, prof_profile_fn(
	    &side[0].p, e->callee[0])->name), "f a.py:7");
	ck_assert_str_eq(prof_profile_str(&side[0].p, prof_profile_fn(
	    &side[0].p, e->callee[1])->name), "g a.py (base):21");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("align");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, lines_move_with_the_start_of_their_function);
	tcase_add_test(tc, lines_stay_where_no_start_is_known);
	tcase_add_test(tc, what_only_base_has_stays);
	tcase_add_test(tc, files_get_the_folder_that_new_has);
	tcase_add_test(tc, a_patch_tells_where_lines_are);
	tcase_add_test(tc, a_patch_renames_files);
	tcase_add_test(tc, by_edge_functions_are_called_as_in_new);
	tcase_add_test(tc, by_stack_too);
	tcase_add_test(tc, starts_of_edges_move);
	return test_main("align", tc);
}
