/* SPDX-License-Identifier: MIT */
#include "libanalysis/rename.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/merge.h"
#include "libanalysis/rows.h"
#include "tests/invent.h"
#include "tests/make.h"
#include "tests/same.h"
#include "tests/support.h"

#define STEPS 1000000

static struct made m;
static struct prof_err err;
static struct prof_renamed done;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	make_drop(&m);
}

static int
apply(const char *rule)
{
	struct prof_rename *r = prof_rename_new(rule, STEPS, &err);
	int rc;

	ck_assert_msg(r != NULL, "%s", err.msg);
	rc = prof_rename_apply(r, &m.p, &done, &err);
	prof_rename_free(r);
	return rc;
}

static const char *
name(uint32_t fn)
{
	return prof_profile_str(&m.p, m.p.fn[fn].name);
}

static const struct {
	const char *rule, *in, *want;
} good[] = {
	{ "/a/b/", "banana", "bbnbnb" },
	{ "/^a/b/", "aaa", "baa" },
	{ "/b//", "abc", "ac" },
	{ "/x/y/", "abc", "abc" },
	{ "/(a)(b)/$2$1/", "abab", "baba" },
	{ "/(a)(b)?/[$2]/", "a", "[]" },
	{ "/b/<$0>/", "abc", "a<b>c" },
	{ "/(?<x>.)(?<y>.)/${y}${x}/", "abcd", "badc" },
	{ "/(.)(.)/${2}0/", "ab", "b0" },
	{ "/b/$$/", "abc", "a$c" },
	{ "/b/a\\/b/", "abc", "aa/bc" },
	{ "/b/\\\\/", "abc", "a\\c" },
	{ "/\\//./", "a/b/c", "a.b.c" },
	{ "|/|.|", "a/b", "a.b" },
	{ "|a\\|b|x|", "a|b", "x" },		/* literal, as '\|' is */
	{ ",(a|b),-,", "abc", "--c" },
	{ "#a#\\##", "abc", "#bc" },
	{ "/x*/-/", "abc", "-a-b-c-" },
	{ "/$/!/", "abc", "abc!" },
	{ "/\\b/|/", "ab cd", "|ab| |cd|" },
	{ "/(?i)A/x/", "a", "x" },
	{ "/a\\Kb/x/", "abab", "axax" },
	{ "/(?<=a)b/x/", "abab", "axax" },
	{ "/\xc3\xa9/e/", "caf\xc3\xa9", "cafe" },
	{ "/x*/-/", "\xc3\xa9", "-\xc3\xa9-" },
	{ "/./x/", "a\xff" "b", "x\xff" "x" },
	{ "/<.*>//", "a<b>c", "ac" },
};

START_TEST(every_match_is_replaced)
{
	make_fn(&m, good[_i].in);
	ck_assert_int_eq(apply(good[_i].rule), PROF_OK);
	ck_assert_str_eq(name(0), good[_i].want);
}
END_TEST

static const struct {
	const char *rule, *says;
} bad[] = {
	{ "", "form" }, { "x", "form" }, { "a/b/c", "form" },
	{ " a b ", "form" }, { "\\a\\b\\", "form" },
	{ "/", "one '/'" }, { "/a", "one '/'" }, { "/a/b", "two '/'" },
	{ "/a/b\\/", "two '/'" }, { "/a/b/g", "behind the third '/'" },
	{ "//b/", "RE is empty" }, { "/a/$/", "'$' without a group" },
	{ "/a/$x/", "'$' without a group" }, { "/a/$1/", "no group '1'" },
	{ "/(a)/$2/", "no group '2'" }, { "/a/${/", "without '}'" },
	{ "/a/${}/", "no group ''" }, { "/a/${x}/", "no group 'x'" },
	{ "/a/${123}/", "no group '123'" },
	{ "/a/\\n/", "'\\n' means nothing" },
	{ "/(a/b/", "'(a' is wrong at character 3" },
};

START_TEST(a_wrong_rule_is_refused_with_its_mistake)
{
	ck_assert_ptr_null(prof_rename_new(bad[_i].rule, STEPS, &err));
	ck_assert(err.code == PROF_EUSAGE || err.code == PROF_EPATTERN);
	ck_assert_msg(strstr(err.msg, bad[_i].says) != NULL, "%s", err.msg);
	ck_assert_ptr_nonnull(strstr(err.msg, bad[_i].rule[0] != '/' ||
	    err.code == PROF_EPATTERN ? "" : bad[_i].rule));
}
END_TEST

START_TEST(a_name_that_would_be_empty_stays_and_is_counted)
{
	make_sample(&m, "abc;b", 1);
	ck_assert_int_eq(apply("/.//"), PROF_OK);
	ck_assert_str_eq(name(0), "b");
	ck_assert_str_eq(name(1), "abc");
	ck_assert_uint_eq(done.matched, 2);
	ck_assert_uint_eq(done.emptied, 2);
}
END_TEST

START_TEST(a_name_of_too_many_matches_stays_and_is_counted)
{
	struct prof_function f = { 0 };
	char text[1002];

	memset(text, 'a', sizeof text);
	f.name = prof_strs_add(&m.p.strs, text, 1001);
	prof_builder_function(&m.b, f);
	f.name = prof_strs_add(&m.p.strs, text, 1000);
	prof_builder_function(&m.b, f);
	ck_assert_int_eq(apply("/a/b/"), PROF_OK);
	ck_assert_int_eq(name(0)[0], 'a');
	ck_assert_int_eq(name(1)[999], 'b');
	ck_assert_uint_eq(done.crowded, 1);
}
END_TEST

START_TEST(a_match_that_costs_too_much_changes_nothing)
{
	struct prof_rename *r = prof_rename_new("/(a+)+$/x/", 1000, &err);

	make_sample(&m, "a;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", 1);
	ck_assert_int_eq(prof_rename_apply(r, &m.p, &done, &err),
	    PROF_EPATTERN);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-match"));
	ck_assert_str_eq(name(1), "a");
	prof_rename_free(r);
}
END_TEST

START_TEST(functions_that_get_one_name_are_told_as_one)
{
	struct prof_merge *merge = prof_merge_new();
	struct prof_profile all = { 0 };
	struct prof_rows rows;

	make_sample(&m, "a1", 1);
	make_sample(&m, "a2", 2);
	make_sample(&m, "a", 4);
	m.p.fn[0].system = make_str(&m, "_a1");
	m.p.fn[1].system = make_str(&m, "_a2");
	m.p.fn[2].system = make_str(&m, "_a");
	ck_assert_int_eq(apply("/\\d//"), PROF_OK);
	prof_rows_init(&rows, &m.p, PROF_BY_FUNCTION);
	ck_assert_uint_eq(rows.n, 1);
	prof_rows_release(&rows);
	ck_assert_int_eq(prof_merge_add(merge, &m.p, "a", &err), PROF_OK);
	ck_assert_int_eq(prof_merge_finish(merge, &all, &err), PROF_OK);
	ck_assert_uint_eq(all.nfn, 1);
	ck_assert_int_eq(all.value[0][0], 7);
	prof_profile_release(&all);
}
END_TEST

START_TEST(functions_that_do_not_match_keep_their_linker_names)
{
	make_sample(&m, "a;b", 1);
	m.p.fn[1].system = make_str(&m, "_a");
	ck_assert_int_eq(apply("/b/c/"), PROF_OK);
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.fn[1].system), "_a");
}
END_TEST

START_TEST(a_rule_without_a_match_changes_nothing)
{
	static const struct invent_opts opts = { .cancel = true };
	struct prof_profile a = { 0 }, b = { 0 };
	struct prof_rename *r = prof_rename_new("/zzz/y/", STEPS, &err);
	const char *differs;

	invent_profile(&a, (uint64_t)_i, &opts);
	invent_profile(&b, (uint64_t)_i, &opts);
	ck_assert_int_eq(prof_rename_apply(r, &a, &done, &err), PROF_OK);
	ck_assert_uint_eq(done.matched, 0);
	differs = same_profiles(&a, &b);
	ck_assert_msg(differs == NULL, "%s", differs);
	prof_rename_free(r);
	prof_profile_release(&a);
	prof_profile_release(&b);
}
END_TEST

static const struct {
	const char *file, *want;
} paths[] = {
	{ "/srv/app/src/a.c", "src/a.c" },
	{ "/srv/app/src/lib/a.c", "a.c" },
	{ "/srv/app/src/library/a.c", "src/library/a.c" },
	{ "/srv/application/a.c", "/srv/application/a.c" },
	{ "/srv/app", "/srv/app" }, { "/srv/app/", "/srv/app/" },
	{ "/srv/app//a.c", "a.c" }, { "/srv/app/./a.c", "a.c" },
	{ "x/srv/app/a.c", "x/srv/app/a.c" },
	{ "/proc/self/cwd/a.c", "a.c" }, { "./a.c", "a.c" },
	{ "././b/a.c", "b/a.c" }, { "../a.c", "../a.c" }, { ".a.c", ".a.c" },
	{ "rel/a.c", "a.c" }, { "a.c", "a.c" },
};

START_TEST(the_longest_prefix_is_cut_at_a_folder)
{
	static const char *const prefix[] = { "/srv/app", "rel/",
	    "/srv/app/src/lib/" };
	prof_fn f;

	m.file = paths[_i].file;
	f = make_fn(&m, "f");
	prof_trim_paths(&m.p, prefix, 3);
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.fn[f - 1].file),
	    paths[_i].want);
}
END_TEST

#define COUNT(table) (int)(sizeof table / sizeof table[0])

int
main(void)
{
	TCase *tc = tcase_create("rename");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, every_match_is_replaced, 0, COUNT(good));
	tcase_add_loop_test(tc, a_wrong_rule_is_refused_with_its_mistake, 0,
	    COUNT(bad));
	tcase_add_test(tc, a_name_that_would_be_empty_stays_and_is_counted);
	tcase_add_test(tc, a_name_of_too_many_matches_stays_and_is_counted);
	tcase_add_test(tc, a_match_that_costs_too_much_changes_nothing);
	tcase_add_test(tc, functions_that_get_one_name_are_told_as_one);
	tcase_add_test(tc,
	    functions_that_do_not_match_keep_their_linker_names);
	tcase_add_loop_test(tc, a_rule_without_a_match_changes_nothing, 0,
	    20);
	tcase_add_loop_test(tc, the_longest_prefix_is_cut_at_a_folder, 0,
	    COUNT(paths));
	return test_main("rename", tc);
}
