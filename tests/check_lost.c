/* SPDX-License-Identifier: MIT */
#include "libanalysis/lost.h"

#include "tests/edges.h"
#include "tests/support.h"

static struct made m;

/* main calls work; the rest of its total went to something unknown. */
static void
make_gap(int64_t total, int64_t work)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, total);
	edges_own(&m, "<lambda>", 1, work, work);
	edges_add(&m, "main", "<lambda>", 1, work, work);
}

static uint32_t
notes(void)
{
	uint32_t i;

	for (i = 0; i < m.p.nnotes; i++)
		if (strcmp(prof_profile_str(&m.p, m.p.note[i].text),
		    PROF_LOST_NOTE) == 0)
			return (uint32_t)m.p.note[i].count;
	return 0;
}

/* Nothing is lost: no row comes to the n there are. */
static void
expect_none(void)
{
	uint32_t n = m.p.edges.n;

	prof_lost_add(&m.p);
	ck_assert_uint_eq(m.p.edges.n, n);
	ck_assert_uint_eq(m.p.nnotes, 0);
	make_drop(&m);
}

static void
expect_tree(const char *wanted)
{
	prof_lost_add(&m.p);
	edges_expect(&m, wanted);
}

START_TEST(a_gap_becomes_a_callee)
{
	const struct prof_edges *e = &m.p.edges;
	uint32_t n;

	make_gap(100000, 70000);
	n = e->n;
	prof_lost_add(&m.p);
	ck_assert_uint_eq(e->n, n + 2);
	ck_assert_str_eq(prof_profile_str(&m.p, prof_profile_fn(&m.p,
	    e->caller[n])->name), "main");
	ck_assert_str_eq(prof_profile_str(&m.p, prof_profile_fn(&m.p,
	    e->callee[n])->name), PROF_LOST_NAME);
	ck_assert_uint_eq(e->callee[n + 1], e->callee[n]);
	ck_assert_uint_eq(e->caller[n + 1], 0);
	for (; n < e->n; n++) {
		ck_assert_int_eq(e->line[n], 0);
		ck_assert_int_eq(e->value[0][n], 0);
		ck_assert_int_eq(e->value[1][n], 0);
		ck_assert_int_eq(e->value[2][n], 30000);
		ck_assert_int_eq(e->value[3][n], 30000);
	}
	ck_assert_uint_eq(notes(), 1);
	ck_assert_uint_eq(prof_profile_skipped(&m.p), 0);
	make_drop(&m);
}
END_TEST

START_TEST(the_tree_shows_it_where_it_is_missing)
{
	make_gap(100000, 70000);
	expect_tree(
	    "main;<lambda> 70000\n"
	    "main;[lost: name collision] 30000\n");
}
END_TEST

START_TEST(a_gap_that_no_name_explains_is_called_so)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 100000);
	edges_own(&m, "work", 1, 70000, 70000);
	edges_add(&m, "main", "work", 1, 70000, 70000);
	expect_tree(
	    "main;[lost: not recorded] 30000\n"
	    "main;work 70000\n");
}
END_TEST

START_TEST(the_gaps_of_several_functions_are_one_callee)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 100000);
	edges_own(&m, "work", 1, 10000, 60000);
	edges_own(&m, "read", 1, 30000, 30000);
	edges_add(&m, "main", "work", 1, 10000, 60000);
	edges_add(&m, "work", "read", 1, 30000, 30000);
	prof_lost_add(&m.p);
	ck_assert_uint_eq(m.p.edges.n, 8);
	ck_assert_int_eq(m.p.edges.value[2][7], 60000);
	ck_assert_uint_eq(m.p.nnotes, 1);
	ck_assert_uint_eq(m.p.note[0].count, 2);
	make_drop(&m);
}
END_TEST

START_TEST(a_second_call_adds_nothing)
{
	uint32_t n;

	make_gap(100000, 70000);
	prof_lost_add(&m.p);
	n = m.p.edges.n;
	prof_lost_add(&m.p);
	ck_assert_uint_eq(m.p.edges.n, n);
	ck_assert_uint_eq(notes(), 1);
	make_drop(&m);
}
END_TEST

START_TEST(a_hundredth_of_the_total_is_no_gap)
{
	make_gap(1000000, 990000);
	expect_none();
	make_gap(1000000, 989999);
	expect_tree(
	    "main;<lambda> 989999\n"
	    "main;[lost: name collision] 10001\n");
}
END_TEST

START_TEST(a_microsecond_is_no_gap)
{
	make_gap(2000, 1000);
	expect_none();
	make_gap(2001, 1000);
	expect_tree(
	    "main;<lambda> 1000\n"
	    "main;[lost: name collision] 1001\n");
}
END_TEST

START_TEST(what_is_no_time_has_no_least_gap)
{
	int64_t main_row[] = { 0, 10 }, row[] = { 8, 8 };
	prof_fn a, b;

	make_start(&m, "space", "bytes");
	edges_type(&m, PROF_EDGE_SELF, "space", "bytes");
	edges_type(&m, PROF_EDGE_TOTAL, "space", "bytes");
	a = make_fn(&m, "main");
	b = make_fn(&m, "work");
	prof_profile_add_edge(&m.p, 0, a, 0, main_row);
	prof_profile_add_edge(&m.p, 0, b, 0, row);
	prof_profile_add_edge(&m.p, a, b, 0, row);
	expect_tree(
	    "main;[lost: not recorded] 2\n"
	    "main;work 8\n");
}
END_TEST

/* Three numbers make the gap: two totals and a self. */
START_TEST(rounding_makes_no_gap)
{
	make_gap(100000, 70000);
	m.p.edges.error[2] = m.p.edges.error[3] = 10000;
	expect_none();
	make_gap(100000, 70000);
	m.p.edges.error[2] = m.p.edges.error[3] = 9999;
	expect_tree(
	    "main;<lambda> 70000\n"
	    "main;[lost: name collision] 30000\n");
}
END_TEST

START_TEST(a_function_whose_only_callee_is_forgotten_has_a_gap)
{
	make_gap(100000, 100000);
	m.p.edges.value[2][1] = m.p.edges.value[2][2] = 40000;
	expect_tree(
	    "main;<lambda> 40000\n"
	    "main;<lambda>;[lost: name collision] 60000\n");
}
END_TEST

/* main is in a circle by way of exec, but never active twice at a time. */
START_TEST(a_function_that_is_not_recursive_may_have_one_in_a_circle)
{
	edges_start(&m);
	edges_own(&m, "exec", 2, 0, 100000);
	edges_own(&m, "main", 1, 10000, 100000);
	edges_own(&m, "<lambda>", 1, 20000, 20000);
	edges_add(&m, "exec", "main", 1, 10000, 100000);
	edges_add(&m, "main", "exec", 1, 0, 0);
	edges_add(&m, "main", "<lambda>", 1, 20000, 20000);
	m.p.edges.value[1][0] = 1;
	prof_lost_add(&m.p);
	ck_assert_uint_eq(m.p.edges.n, 8);
	ck_assert_int_eq(m.p.edges.value[3][7], 70000);
	make_drop(&m);
}
END_TEST

/* The time of the inner activation is part of the outer one's. */
START_TEST(circles_have_no_gap)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 100000);
	edges_own(&m, "walk", 5, 20000, 100000);
	edges_own(&m, "step", 4, 80000, 90000);
	edges_add(&m, "main", "walk", 1, 10000, 100000);
	edges_add(&m, "walk", "step", 4, 30000, 40000);
	edges_add(&m, "step", "walk", 4, 10000, 20000);
	expect_none();
}
END_TEST

/* Whoever enters a circle from outside pays all of it. */
START_TEST(the_callers_of_circles_have_none_by_that)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 20000, 100000);
	edges_own(&m, "walk", 9, 80000, 80000);
	edges_add(&m, "main", "walk", 1, 10000, 80000);
	edges_add(&m, "walk", "walk", 8, 70000, 75000);
	expect_none();
}
END_TEST

START_TEST(a_flat_profile_has_none)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 100000);
	edges_own(&m, "work", 1, 70000, 70000);
	expect_none();
}
END_TEST

START_TEST(estimated_pairs_have_none)
{
	make_gap(100000, 70000);
	m.p.edges.exact[3] = false;
	expect_none();
	make_gap(100000, 70000);
	m.p.edges.exact[2] = false;
	expect_none();
}
END_TEST

/*
 * make, twice, of equal name: one called read for 40000 and was kept, the
 * other for 20000.  Of main's gap of 30000 only the self of the forgotten
 * one is missing: read is known with all its time.
 */
START_TEST(what_forgotten_functions_call_is_not_lost)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 100000);
	edges_own(&m, "make", 1, 30000, 70000);
	edges_own(&m, "read", 2, 60000, 60000);
	edges_add(&m, "main", "make", 1, 30000, 70000);
	edges_add(&m, "make", "read", 2, 60000, 60000);
	expect_tree(
	    "main;[lost: not recorded] 10000\n"
	    "main;make 30000\n"
	    "main;make;read 60000\n");
}
END_TEST

START_TEST(sums_beyond_64_bits_are_let_be)
{
	int64_t row[4] = { 1, 1, INT64_MAX, INT64_MAX };

	make_gap(100000, 70000);
	prof_profile_add_edge(&m.p, 0, make_fn(&m, "main"), 0, row);
	expect_none();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("lost");

	tcase_add_test(tc, a_gap_becomes_a_callee);
	tcase_add_test(tc, the_tree_shows_it_where_it_is_missing);
	tcase_add_test(tc, a_gap_that_no_name_explains_is_called_so);
	tcase_add_test(tc, the_gaps_of_several_functions_are_one_callee);
	tcase_add_test(tc, a_second_call_adds_nothing);
	tcase_add_test(tc, a_hundredth_of_the_total_is_no_gap);
	tcase_add_test(tc, a_microsecond_is_no_gap);
	tcase_add_test(tc, what_is_no_time_has_no_least_gap);
	tcase_add_test(tc, rounding_makes_no_gap);
	tcase_add_test(tc,
	    a_function_whose_only_callee_is_forgotten_has_a_gap);
	tcase_add_test(tc,
	    a_function_that_is_not_recursive_may_have_one_in_a_circle);
	tcase_add_test(tc, circles_have_no_gap);
	tcase_add_test(tc, the_callers_of_circles_have_none_by_that);
	tcase_add_test(tc, a_flat_profile_has_none);
	tcase_add_test(tc, estimated_pairs_have_none);
	tcase_add_test(tc, what_forgotten_functions_call_is_not_lost);
	tcase_add_test(tc, sums_beyond_64_bits_are_let_be);
	return test_main("lost", tc);
}
