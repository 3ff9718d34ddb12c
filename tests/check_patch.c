/* SPDX-License-Identifier: MIT */
#include "libanalysis/patch.h"

#include <string.h>

#include "tests/support.h"

static struct prof_patch *patch;
static struct prof_err err;

static void
read_text(const char *text)
{
	struct prof_in *in = prof_in_memory(text, strlen(text), "p", NULL);

	memset(&err, 0, sizeof err);
	patch = prof_patch_read(in, &err);
	prof_in_close(in);
	ck_assert((patch == NULL) == (err.code != PROF_OK));
}

static void
teardown(void)
{
	prof_patch_free(patch);
	patch = NULL;
}

static const struct prof_patch_file *
find(const char *path)
{
	ck_assert_msg(patch != NULL, "%s", err.msg);
	return prof_patch_find(patch, path, strlen(path));
}

static int64_t
line(const char *path, int64_t at)
{
	const struct prof_patch_file *f = find(path);

	ck_assert_ptr_nonnull(f);
	return prof_patch_line(f, at);
}

static void
refused(const char *text, const char *why)
{
	read_text(text);
	ck_assert_ptr_null(patch);
	ck_assert_int_eq(err.code, PROF_EFORMAT);
	ck_assert_str_eq(err.msg, why);
}

/* Two lines more at 3, line 11 edited, 20 and 21 removed. */
#define HEAD "--- a/src/f.c\n+++ b/src/f.c\n"
#define BODY "@@ -1,4 +1,6 @@\n one\n two\n+x\n+y\n three\n four\n" \
	"@@ -10,3 +12,3 @@ f()\n ten\n-eleven\n+ELEVEN\n twelve\n" \
	"@@ -19,4 +21,2 @@\n nineteen\n-twenty\n-more\n last\n"

START_TEST(lines_move_with_what_is_before_them)
{
	read_text(HEAD BODY);
	ck_assert_uint_eq(prof_patch_files(patch), 1);
	ck_assert_int_eq(line("src/f.c", 1), 1);
	ck_assert_int_eq(line("src/f.c", 2), 2);
	ck_assert_int_eq(line("src/f.c", 3), 5);
	ck_assert_int_eq(line("src/f.c", 9), 11);
	ck_assert_int_eq(line("src/f.c", 10), 12);
	ck_assert_int_eq(line("src/f.c", 19), 21);
	ck_assert_int_eq(line("src/f.c", 22), 22);
	ck_assert_int_eq(line("src/f.c", 1000), 1000);
}
END_TEST

START_TEST(a_line_that_was_edited_is_where_it_was)
{
	read_text(HEAD BODY);
	ck_assert_int_eq(line("src/f.c", 11), 13);
	teardown();
	read_text(HEAD "@@ -1,3 +1,2 @@\n-a\n-b\n+c\n d\n");
	ck_assert_int_eq(line("src/f.c", 1), 0);
	ck_assert_int_eq(line("src/f.c", 2), 0);
	ck_assert_int_eq(line("src/f.c", 3), 2);
}
END_TEST

START_TEST(a_line_that_was_removed_is_nowhere)
{
	read_text(HEAD BODY);
	ck_assert_int_eq(line("src/f.c", 20), 0);
	ck_assert_int_eq(line("src/f.c", 21), 0);
}
END_TEST

START_TEST(hunks_without_context_count_from_the_line_before)
{
	read_text(HEAD "@@ -2,0 +3,2 @@\n+x\n+y\n@@ -5 +6,0 @@\n-z\n");
	ck_assert_int_eq(line("src/f.c", 2), 2);
	ck_assert_int_eq(line("src/f.c", 3), 5);
	ck_assert_int_eq(line("src/f.c", 5), 0);
	ck_assert_int_eq(line("src/f.c", 6), 7);
}
END_TEST

START_TEST(paths_meet_at_their_ends)
{
	read_text(HEAD BODY);
	ck_assert_ptr_nonnull(find("/home/u/src/f.c"));
	ck_assert_ptr_nonnull(find("f.c"));
	ck_assert_ptr_nonnull(find("C:\\w\\src\\f.c"));
	ck_assert_ptr_null(find("/home/u/lib/f.c"));
	ck_assert_ptr_null(find("/home/u/src/ff.c"));
	ck_assert_ptr_null(find("xsrc/f.c"));
	ck_assert_ptr_null(find(""));
	ck_assert_ptr_null(find("src/"));
}
END_TEST

START_TEST(the_file_that_shares_most_is_taken)
{
	read_text("--- a/x/f.c\n+++ b/x/f.c\n@@ -1 +1,2 @@\n+n\n a\n"
	    "--- a/y/f.c\n+++ b/y/f.c\n@@ -1 +1,3 @@\n+n\n+n\n a\n"
	    "--- a/f.c\n+++ b/f.c\n@@ -1 +1,4 @@\n+n\n+n\n+n\n a\n");
	ck_assert_int_eq(line("/w/x/f.c", 1), 2);
	ck_assert_int_eq(line("/w/y/f.c", 1), 3);
	ck_assert_int_eq(line("/w/z/f.c", 1), 4);
	ck_assert_ptr_null(find("f.c"));
}
END_TEST

START_TEST(prefixes_of_git_are_not_part_of_paths)
{
	size_t keep;

	read_text("--- i/f.c\n+++ w/f.c\n@@ -1 +1,2 @@\n+n\n a\n");
	ck_assert_ptr_nonnull(find("/src/f.c"));
	teardown();
	/* Without prefixes a folder may be called so. */
	read_text("--- a/f.c\n+++ a/f.c\n@@ -1 +1,2 @@\n+n\n a\n");
	ck_assert_ptr_null(find("/src/f.c"));
	ck_assert_ptr_nonnull(find("/src/a/f.c"));
	ck_assert_ptr_null(prof_patch_renamed(find("a/f.c"), "a/f.c", 5,
	    &keep));
}
END_TEST

START_TEST(folders_that_were_compared_are_not_part_of_paths)
{
	size_t keep;

	read_text("--- v1/src/f.c\n+++ v2/src/f.c\n@@ -1 +1,2 @@\n+n\n a\n");
	ck_assert_ptr_nonnull(find("/w/src/f.c"));
	ck_assert_ptr_null(find("/w/lib/f.c"));
	ck_assert_ptr_null(prof_patch_renamed(find("/src/f.c"), "/src/f.c",
	    8, &keep));
}
END_TEST

START_TEST(a_renamed_file_gets_its_new_path)
{
	const struct prof_patch_file *f;
	size_t keep;

	read_text("diff --git a/src/f.c b/lib/g.c\nsimilarity index 90%\n"
	    "rename from src/f.c\nrename to lib/g.c\n--- a/src/f.c\n"
	    "+++ b/lib/g.c\n@@ -1 +1,2 @@\n+n\n a\n");
	f = find("/w/src/f.c");
	ck_assert_int_eq(prof_patch_line(f, 1), 2);
	ck_assert_str_eq(prof_patch_renamed(f, "/w/src/f.c", 10, &keep),
	    "lib/g.c");
	ck_assert_uint_eq(keep, 3);
	ck_assert_str_eq(prof_patch_renamed(f, "f.c", 3, &keep), "g.c");
	ck_assert_uint_eq(keep, 0);
}
END_TEST

START_TEST(a_file_may_be_renamed_only)
{
	const struct prof_patch_file *f;
	size_t keep;

	read_text("diff --git a/f.c b/g.c\nsimilarity index 100%\n"
	    "rename from f.c\nrename to g.c\n"
	    "diff --git a/h.c b/i.c\nrename from h.c\nrename to i.c\n");
	ck_assert_uint_eq(prof_patch_files(patch), 2);
	f = find("f.c");
	ck_assert_int_eq(prof_patch_line(f, 7), 7);
	ck_assert_str_eq(prof_patch_renamed(f, "f.c", 3, &keep), "g.c");
	ck_assert_ptr_nonnull(find("h.c"));
}
END_TEST

START_TEST(files_that_are_new_or_gone)
{
	read_text("--- /dev/null\n+++ b/n.c\n@@ -0,0 +1,2 @@\n+a\n+b\n"
	    "--- a/g.c\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n");
	ck_assert_uint_eq(prof_patch_files(patch), 1);
	ck_assert_ptr_null(find("n.c"));
	ck_assert_int_eq(line("g.c", 1), 0);
	ck_assert_int_eq(line("g.c", 99), 0);
}
END_TEST

START_TEST(quoted_paths_and_times_are_read)
{
	read_text("--- \"a/b\\303\\266 \\\"x\\\".c\"\n"
	    "+++ \"b/b\\303\\266 \\\"x\\\".c\"\n@@ -1 +1,2 @@\n+n\n a\n"
	    "--- old name.c\t2024-01-01 10:00:00\n"
	    "+++ old name.c\t2024-01-02 10:00:00\n@@ -1 +1,2 @@\n+n\n a\n");
	ck_assert_ptr_nonnull(find("b\303\266 \"x\".c"));
	ck_assert_ptr_nonnull(find("/w/old name.c"));
}
END_TEST

START_TEST(what_is_around_a_diff_is_passed_over)
{
	read_text("From 1234 Mon Sep 17\nSubject: [PATCH] f\n---\n"
	    " src/f.c | 2 +-\n\ndiff --git a/src/f.c b/src/f.c\n"
	    "index 1..2 100644\n" HEAD "@@ -1,2 +1,3 @@ int f(void)\n"
	    "+--- a/no\n a\n\n\\ No newline at end of file\n-- \n2.39\n"
	    "Binary files a/x.png and b/x.png differ\n");
	ck_assert_uint_eq(prof_patch_files(patch), 1);
	ck_assert_int_eq(line("src/f.c", 2), 3);
}
END_TEST

START_TEST(no_change_at_all_is_a_patch)
{
	read_text("");
	ck_assert_uint_eq(prof_patch_files(patch), 0);
	ck_assert_ptr_null(find("f.c"));
	teardown();
	read_text("diff --git a/run b/run\nold mode 100644\n"
	    "new mode 100755\n");
	ck_assert_uint_eq(prof_patch_files(patch), 0);
}
END_TEST

START_TEST(what_is_no_unified_diff_is_refused)
{
	refused("hello\nworld\n", "no unified diff: neither \"---\", "
	    "\"+++\" nor \"diff --git\"");
	refused("*** f.c\n--- g.c\n***************\n*** 1 ****\n",
	    "no unified diff: neither \"---\", \"+++\" nor \"diff --git\"");
	refused("diff --cc f.c\n--- a/f.c\n+++ b/f.c\n@@@ -1 -1 +1 @@@\n",
	    "line 4: the diff of a merge has several bases");
}
END_TEST

START_TEST(broken_hunks_are_refused_with_their_line)
{
	refused("@@ -1 +1 @@\n", "line 1: a hunk without a file: \"---\" "
	    "and \"+++\" are missing");
	refused(HEAD "@@ -1,2 +1,2 @@\n a\n", "the hunk at line 3 is cut");
	refused(HEAD "@@ -1,2 +1,2 @@\n a\n@@ -9 +9 @@\n b\n", "line 5: the "
	    "hunk at line 3 is not as long as it says");
	refused(HEAD "@@ -1 +1,2 @@\n-a\n-b\n", "line 5: the hunk at line 3 "
	    "is not as long as it says");
	refused(HEAD "@@ -5 +5,2 @@\n+x\n a\n@@ -5 +6 @@\n a\n",
	    "line 6: hunks overlap or are out of order");
	refused(HEAD "@@ -5 +7 @@\n a\n", "line 3: the hunk is not where "
	    "those before it put its lines: some are missing");
	refused(HEAD "@@ -x +1 @@\n", "line 3: a hunk begins with @@ "
	    "-LINE,COUNT +LINE,COUNT @@");
	refused(HEAD "@@ -1 +99999999999999999999 @@\n", "line 3: a hunk "
	    "begins with @@ -LINE,COUNT +LINE,COUNT @@");
	refused(HEAD "@@ -0 +1 @@\n a\n", "line 3: lines are numbered "
	    "from 1");
	refused("--- \n+++ b\n", "line 2: a file without a name");
}
END_TEST

START_TEST(a_file_that_is_changed_twice_is_refused)
{
	refused(HEAD "@@ -1 +1,2 @@\n+n\n a\n" HEAD, "line 7: 'src/f.c' is "
	    "changed twice: one diff from base to new is needed");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("patch");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, lines_move_with_what_is_before_them);
	tcase_add_test(tc, a_line_that_was_edited_is_where_it_was);
	tcase_add_test(tc, a_line_that_was_removed_is_nowhere);
	tcase_add_test(tc, hunks_without_context_count_from_the_line_before);
	tcase_add_test(tc, paths_meet_at_their_ends);
	tcase_add_test(tc, the_file_that_shares_most_is_taken);
	tcase_add_test(tc, prefixes_of_git_are_not_part_of_paths);
	tcase_add_test(tc, folders_that_were_compared_are_not_part_of_paths);
	tcase_add_test(tc, a_renamed_file_gets_its_new_path);
	tcase_add_test(tc, a_file_may_be_renamed_only);
	tcase_add_test(tc, files_that_are_new_or_gone);
	tcase_add_test(tc, quoted_paths_and_times_are_read);
	tcase_add_test(tc, what_is_around_a_diff_is_passed_over);
	tcase_add_test(tc, no_change_at_all_is_a_patch);
	tcase_add_test(tc, what_is_no_unified_diff_is_refused);
	tcase_add_test(tc, broken_hunks_are_refused_with_their_line);
	tcase_add_test(tc, a_file_that_is_changed_twice_is_refused);
	return test_main("patch", tc);
}
