/* SPDX-License-Identifier: MIT */
#include "libanalysis/calls.h"

#include "tests/edges.h"
#include "tests/support.h"

static struct made m;
static struct prof_calls g;
static int64_t calls[64], self[64], total[64];
static struct prof_calls_root root[64];

static void
read_edges(void)
{
	prof_calls_init(&g, &m.p);
	ck_assert_uint_le(prof_calls_places(&g), 64);
	ck_assert_int_eq(prof_calls_column(&g, 0, calls, NULL), PROF_OK);
	ck_assert_int_eq(prof_calls_column(&g, 2, self, NULL), PROF_OK);
	ck_assert_int_eq(prof_calls_column(&g, 3, total, NULL), PROF_OK);
	prof_calls_roots(&g, calls, self, total, root);
}

static void
teardown(void)
{
	prof_calls_release(&g);
	make_drop(&m);
}

static const char *
name(uint32_t f)
{
	return prof_profile_str(&m.p, prof_profile_fn(&m.p,
	    g.fn[f - 1])->name);
}

START_TEST(functions_are_in_the_order_of_their_names)
{
	edges_start(&m);
	make_fn(&m, "aaa, not called");
	edges_own(&m, "c", 1, 1, 1);
	edges_own(&m, "a", 1, 1, 1);
	edges_add(&m, "b", "a", 1, 1, 1);
	read_edges();
	ck_assert_uint_eq(g.nfns, 3);
	ck_assert_str_eq(name(1), "a");
	ck_assert_str_eq(name(2), "b");
	ck_assert_str_eq(name(3), "c");
}
END_TEST

START_TEST(equal_names_are_in_the_order_of_files)
{
	edges_start(&m);
	m.file = "z.py";
	edges_own(&m, "a", 5, 1, 1);
	m.file = "b.py";
	edges_own(&m, "a", 6, 1, 1);
	read_edges();
	ck_assert_int_eq(calls[prof_calls_own(&g, 1)], 6);
	ck_assert_int_eq(calls[prof_calls_own(&g, 2)], 5);
}
END_TEST

START_TEST(rows_of_a_pair_are_summed)
{
	edges_start(&m);
	edges_add(&m, "a", "b", 1, 10, 100);
	edges_add(&m, "b", "a", 7, 7, 7);
	edges_add(&m, "a", "b", 2, 20, 200);
	edges_own(&m, "b", 4, 40, 400);
	edges_own(&m, "b", 5, 50, 500);
	read_edges();
	ck_assert_uint_eq(g.npairs, 2);
	ck_assert_uint_eq(g.caller[0], 1);
	ck_assert_uint_eq(g.callee[0], 2);
	ck_assert_int_eq(calls[0], 3);
	ck_assert_int_eq(self[0], 30);
	ck_assert_int_eq(total[0], 300);
	ck_assert_int_eq(total[1], 7);
	ck_assert_int_eq(total[prof_calls_own(&g, 2)], 900);
	ck_assert_uint_eq(prof_calls_fn(&g, 0), 2);
	ck_assert_uint_eq(prof_calls_fn(&g, prof_calls_own(&g, 2)), 2);
}
END_TEST

START_TEST(pairs_are_found_by_caller_and_by_callee)
{
	edges_start(&m);
	edges_add(&m, "c", "b", 1, 1, 1);
	edges_add(&m, "a", "b", 1, 1, 1);
	edges_add(&m, "c", "a", 1, 1, 1);
	read_edges();
	ck_assert_uint_eq(g.out[0], 0);
	ck_assert_uint_eq(g.out[1], 1);
	ck_assert_uint_eq(g.out[2], 1);
	ck_assert_uint_eq(g.out[3], 3);
	ck_assert_uint_eq(g.in[1] - g.in[0], 1);
	ck_assert_uint_eq(g.in[2] - g.in[1], 2);
	ck_assert_uint_eq(g.caller[g.in_pair[g.in[1]]], 1);
	ck_assert_uint_eq(g.caller[g.in_pair[g.in[1] + 1]], 3);
	ck_assert_uint_eq(g.in[3] - g.in[2], 0);
}
END_TEST

START_TEST(calls_without_a_caller_make_a_root)
{
	edges_start(&m);
	edges_own(&m, "a", 1, 10, 100);
	edges_own(&m, "b", 3, 60, 90);
	edges_add(&m, "a", "b", 2, 50, 70);
	read_edges();
	ck_assert(root[0].is && root[1].is);
	ck_assert_int_eq(root[0].self, 10);
	ck_assert_int_eq(root[0].total, 100);
	ck_assert_int_eq(root[1].self, 10);
	ck_assert_int_eq(root[1].total, 20);
}
END_TEST

START_TEST(explained_calls_make_no_root)
{
	edges_start(&m);
	edges_own(&m, "a", 1, 10, 100);
	edges_own(&m, "b", 2, 60, 90);
	edges_add(&m, "a", "b", 2, 50, 70);
	read_edges();
	ck_assert(root[0].is && !root[1].is);
}
END_TEST

/* What it pays for its own circle is in the outer activation already. */
START_TEST(of_a_recursive_root_only_calls_from_outside_are_taken_off)
{
	edges_start(&m);
	edges_own(&m, "a", 1, 10, 60);
	edges_own(&m, "b", 9, 40, 100);
	edges_add(&m, "a", "b", 1, 5, 50);
	edges_add(&m, "b", "b", 7, 20, 45);
	read_edges();
	ck_assert(root[1].is);
	ck_assert_int_eq(root[1].self, 15);
	ck_assert_int_eq(root[1].total, 50);
}
END_TEST

START_TEST(a_circle_that_nobody_enters_has_one_root)
{
	edges_start(&m);
	edges_own(&m, "a", 2, 10, 60);
	edges_own(&m, "b", 2, 40, 70);
	edges_add(&m, "a", "b", 2, 40, 70);
	edges_add(&m, "b", "a", 2, 10, 60);
	read_edges();
	ck_assert(!root[0].is && root[1].is);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("calls");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc, functions_are_in_the_order_of_their_names);
	tcase_add_test(tc, equal_names_are_in_the_order_of_files);
	tcase_add_test(tc, rows_of_a_pair_are_summed);
	tcase_add_test(tc, pairs_are_found_by_caller_and_by_callee);
	tcase_add_test(tc, calls_without_a_caller_make_a_root);
	tcase_add_test(tc, explained_calls_make_no_root);
	tcase_add_test(tc,
	    of_a_recursive_root_only_calls_from_outside_are_taken_off);
	tcase_add_test(tc, a_circle_that_nobody_enters_has_one_root);
	return test_main("calls", tc);
}
