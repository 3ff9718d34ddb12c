/* SPDX-License-Identifier: MIT */
#include "libanalysis/match_names.h"

#include <stdio.h>
#include <time.h>

#include "libanalysis/match_alike.h"
#include "libanalysis/match_join.h"
#include "tests/compare.h"

static struct compare c;

/* Whether b of new is a of base. */
static bool
same(const char *a, const char *b)
{
	const struct prof_match *m = &c.d.match;
	const struct prof_row *x, *y;
	uint32_t i;

	for (i = 1; i <= m->n; i++) {
		x = prof_match_row_on(m, i, 0);
		y = prof_match_row_on(m, i, 1);
		if (x != NULL && y != NULL && strcmp(x->name, a) == 0 &&
		    strcmp(y->name, b) == 0)
			return true;
	}
	return false;
}

/* Pairs whose names differ. */
static unsigned
pairs(void)
{
	uint32_t i;
	unsigned n = 0;

	for (i = 1; i <= c.d.match.n; i++)
		n += prof_diff_name_base(&c.d, i) != NULL;
	return n;
}

static void
compare(const char *base, const char *now)
{
	compare_add(&c, "a", base);
	compare_add(&c, "b", now);
	ck_assert_int_eq(compare_matching(&c, 1, NULL, PROF_MATCH_STABLE),
	    PROF_OK);
}

/* Whether two functions that are all there is are one. */
static bool
meet(const char *a, const char *b)
{
	char base[256], now[256];
	bool yes;

	snprintf(base, sizeof base, "main;%s 9", a);
	snprintf(now, sizeof now, "main;%s 9", b);
	compare(base, now);
	yes = same(a, b);
	compare_done(&c);
	return yes;
}

START_TEST(what_builds_change_does_not_keep_a_function_apart)
{
	ck_assert(meet("f.isra.0", "f.constprop.1"));
	ck_assert(meet("f", "f.part.0"));
	ck_assert(meet("f.cold.3", "f.cold"));
	ck_assert(meet("a::f::h0123456789abcdef", "a::f::hfedcba9876543210"));
	ck_assert(meet("f.llvm.123456", "f.llvm.9876"));
	ck_assert(meet("main.f.func1", "main.f.func2.1"));
	ck_assert(meet("main.Map[...]", "main.Map[go.shape.int_0]"));
	ck_assert(meet("f[abi:cxx11](int)", "f(int)"));
	ck_assert(meet("std::__cxx11::f()", "std::f()"));
	ck_assert(meet("A$$Lambda$14/0x0000000800c03000.run",
	    "A$$Lambda$15/0x0000000800c04000.run"));
	ck_assert(meet("handle:10:5", "handle:12:7"));
	ck_assert(meet("f+0x10", "f+0x20"));
	ck_assert(meet("{built-in method __new__ of type object at "
	    "0x7f216065ea00}", "{built-in method __new__ of type object at "
	    "0x7f0d4865ea00}"));
}
END_TEST

START_TEST(what_is_in_a_name_keeps_functions_apart)
{
	ck_assert(!meet("f1", "f2"));
	ck_assert(!meet("f", "f2"));
	ck_assert(!meet("main.func1x", "main.func2x"));
	ck_assert(!meet("a[1]", "a[2]"));
	ck_assert(!meet("f.local", "f.global"));
	ck_assert(!meet("f(int)", "f(long)"));
}
END_TEST

START_TEST(a_stable_match_is_no_other_function)
{
	uint32_t class;

	compare("main;f.isra.0 5", "main;f.constprop.0 5");
	class = compare_find(&c, "f.constprop.0");
	ck_assert_str_eq(prof_diff_name_base(&c.d, class)->name, "f.isra.0");
	ck_assert_int_eq(c.d.match.joined[class], PROF_JOINED_STABLE);
	ck_assert_int_eq(c.d.status[class], PROF_DIFF_SAME);
	compare_done(&c);
}
END_TEST

START_TEST(exact_matching_does_without)
{
	compare_add(&c, "a", "main;f.isra.0 5");
	compare_add(&c, "b", "main;f.constprop.0 5");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_uint_eq(pairs(), 0);
	ck_assert_uint_eq(c.d.count[PROF_DIFF_NEW], 1);
	compare_done(&c);
}
END_TEST

START_TEST(a_stable_name_decides_only_where_it_is_unique)
{
	compare("a;f.func1 5\na;f.func2 5", "a;f.func3 5\na;f.func4 5");
	ck_assert_uint_eq(pairs(), 0);
	compare_done(&c);
	compare("a;f.func1 5\na;f.func2 5", "a;f.func1 5\na;f.func3 5");
	ck_assert_uint_eq(pairs(), 0);
	compare_done(&c);
}
END_TEST

START_TEST(a_file_makes_a_stable_name_unique)
{
	compare("a;f.func1@x.go 5\na;f.func1@y.go 5",
	    "a;f.func2@x.go 5\na;f.func3@y.go 5");
	ck_assert_uint_eq(pairs(), 2);
	ck_assert(same("f.func1", "f.func2"));
	ck_assert(same("f.func1", "f.func3"));
	compare_done(&c);
}
END_TEST

START_TEST(other_files_keep_one_stable_name_apart)
{
	compare("a;f.func1@x.go 5", "a;f.func2@y.go 5");
	ck_assert_uint_eq(pairs(), 0);
	compare_done(&c);
}
END_TEST

START_TEST(a_part_that_was_split_off_is_no_clone_of_the_whole)
{
	compare("a;f.isra.0 5\na;f.cold 1", "a;f.constprop.0 5\na;f.cold 1");
	ck_assert_uint_eq(pairs(), 1);
	ck_assert(same("f.isra.0", "f.constprop.0"));
	compare_done(&c);
	compare("a;f 5\na;f.cold 1", "a;f 5\na;f.part.0 1");
	ck_assert(!same("f.cold", "f"));
	compare_done(&c);
}
END_TEST

START_TEST(classes_keep_one_row_of_each_run)
{
	const struct prof_match_member *at;
	const struct prof_match *m = &c.d.match;
	uint32_t i, rows = 0;
	size_t n, k;

	compare_add(&c, "a", "m;f.isra.0;x 5\nm;y 1");
	compare_add(&c, "b", "m;f.isra.0 6\nm;z 1");
	compare_add(&c, "c", "m;f.constprop.3 7\nm;y 2\nm;w 1");
	ck_assert_int_eq(compare_matching(&c, 2, NULL, PROF_MATCH_STABLE),
	    PROF_OK);
	for (i = 1; i <= m->n; i++) {
		at = prof_match_members(m, i, &n);
		rows += (uint32_t)n;
		for (k = 0; k < n; k++) {
			ck_assert(k == 0 || at[k].run > at[k - 1].run);
			ck_assert_uint_eq(m->class_of[at[k].run][at[k].row],
			    i);
		}
	}
	ck_assert_uint_eq(rows, c.rows[0].n + c.rows[1].n + c.rows[2].n);
	i = compare_find(&c, "f.constprop.3");
	prof_match_members(m, i, &n);
	ck_assert_uint_eq(n, 3);
	compare_done(&c);
}
END_TEST

/* Rows of files: "x" becomes a function of that name and file. */
static bool
files_meet(const char *base, const char *now, const char *a, const char *b)
{
	bool yes;

	compare_add(&c, "a", base);
	compare_add(&c, "b", now);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	yes = same(a, b);
	compare_done(&c);
	return yes;
}

START_TEST(files_pair_by_the_end_of_their_paths)
{
	ck_assert(files_meet("/old/src/a.c@/old/src/a.c 1",
	    "/new/a.c@/new/a.c 1", "/old/src/a.c", "/new/a.c"));
	ck_assert(files_meet("/1/x/m.c@/1/x/m.c 1\n/1/y/m.c@/1/y/m.c 1",
	    "/2/y/m.c@/2/y/m.c 1\n/2/x/m.c@/2/x/m.c 1", "/1/x/m.c",
	    "/2/x/m.c"));
	ck_assert(!files_meet("/1/x/m.c@/1/x/m.c 1",
	    "/2/x/n.c@/2/x/n.c 1", "/1/x/m.c", "/2/x/n.c"));
}
END_TEST

START_TEST(a_base_name_that_others_have_pairs_nothing)
{
	ck_assert(!files_meet("/a/i.py@/a/i.py 1\n/b/i.py@/b/i.py 1",
	    "/a/i.py@/a/i.py 1\n/c/i.py@/c/i.py 1", "/b/i.py", "/c/i.py"));
	ck_assert(!files_meet("/a/i.py@/a/i.py 1\n/b/i.py@/b/i.py 1",
	    "/c/i.py@/c/i.py 1", "/b/i.py", "/c/i.py"));
}
END_TEST

START_TEST(functions_are_no_paths)
{
	ck_assert(!files_meet("a/f@a.go 1", "b/f@b.go 1", "a/f", "b/f"));
}
END_TEST

static double
alike(const char *a, const char *b)
{
	double x = prof_alike_names(a, strlen(a), b, strlen(b));

	ck_assert(x == prof_alike_names(b, strlen(b), a, strlen(a)));
	ck_assert(x >= 0 && x <= 1);
	return x;
}

START_TEST(names_are_alike_by_words_and_letters)
{
	ck_assert_double_eq_tol(alike("parse_line", "parseLine"), .95, .06);
	ck_assert_double_eq_tol(alike("f", "f"), 1, 1e-12);
	ck_assert_double_eq_tol(alike("abc", "xyz"), 0, 1e-12);
	ck_assert_double_eq_tol(alike("f(int)", "f(long, char)"), 1, 1e-12);
	ck_assert_double_eq_tol(alike("f<int>", "f<long>"), 1, 1e-12);
	ck_assert_double_ge(alike("a::C::run", "b::D::run"), .75);
	ck_assert_double_le(alike("pkg.Foo", "pkg.Bar"), .3);
	ck_assert_double_ge(alike("pkg.(*T).Read", "pkg.(*U).Read"), .75);
	ck_assert_double_le(alike("pkg.(*T).Read", "pkg.(*T).Seek"), .6);
	ck_assert_double_le(alike("strlen", "memchr"), .2);
	ck_assert_double_eq_tol(alike("", ""), 0, 1e-12);
}
END_TEST

START_TEST(long_names_are_compared_in_part)
{
	static char a[100000], b[100000];

	memset(a, 'x', sizeof a - 1);
	memset(b, 'x', sizeof b - 1);
	b[sizeof b - 2] = 'y';
	ck_assert_double_ge(alike(a, b), .9);
}
END_TEST

START_TEST(brackets_that_stay_open_cost_no_square_of_their_number)
{
	static const char open[] = "[go.shape.";
	const size_t n = 160000, len = n * strlen(open);
	struct prof_buf name = { 0 }, out = { 0 };
	clock_t from = clock();
	size_t i;

	for (i = 0; i < n; i++)
		prof_buf_adds(&name, open);
	prof_match_name(name.data, name.len, &out);
	ck_assert_uint_eq(out.len, len);
	ck_assert(memcmp(out.data, name.data, len) == 0);
	/* A search for each of them takes a minute. */
	ck_assert((clock() - from) / CLOCKS_PER_SEC < 10);
	prof_buf_release(&name);
	prof_buf_release(&out);
	ck_assert(meet("f[abi:v1][go.shape.[x", "f[go.shape.[x"));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("match_names");

	tcase_add_test(tc,
	    what_builds_change_does_not_keep_a_function_apart);
	tcase_add_test(tc, what_is_in_a_name_keeps_functions_apart);
	tcase_add_test(tc, a_stable_match_is_no_other_function);
	tcase_add_test(tc, exact_matching_does_without);
	tcase_add_test(tc, a_stable_name_decides_only_where_it_is_unique);
	tcase_add_test(tc, a_file_makes_a_stable_name_unique);
	tcase_add_test(tc, other_files_keep_one_stable_name_apart);
	tcase_add_test(tc,
	    a_part_that_was_split_off_is_no_clone_of_the_whole);
	tcase_add_test(tc, classes_keep_one_row_of_each_run);
	tcase_add_test(tc, files_pair_by_the_end_of_their_paths);
	tcase_add_test(tc, a_base_name_that_others_have_pairs_nothing);
	tcase_add_test(tc, functions_are_no_paths);
	tcase_add_test(tc, names_are_alike_by_words_and_letters);
	tcase_add_test(tc, long_names_are_compared_in_part);
	tcase_add_test(tc,
	    brackets_that_stay_open_cost_no_square_of_their_number);
	return compare_main("match_names", tc);
}
