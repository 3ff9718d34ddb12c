/* SPDX-License-Identifier: MIT */
#include "libanalysis/scc.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "tests/random.h"
#include "tests/support.h"

#define NODES_MAX 24

/* A graph by matrix, from 0, and its components. */
static bool edge[NODES_MAX][NODES_MAX];
static struct prof_scc scc;

static void
find(uint32_t n)
{
	uint32_t first[NODES_MAX + 1] = { 0 }, to[NODES_MAX * NODES_MAX];
	uint32_t a, b, k = 0;

	for (a = 0; a < n; a++) {
		for (b = 0; b < n; b++)
			if (edge[a][b])
				to[k++] = b + 1;
		first[a + 1] = k;
	}
	prof_scc_init(&scc, n, first, to);
}

static void
setup(void)
{
	memset(edge, 0, sizeof edge);
	memset(&scc, 0, sizeof scc);
}

static void
teardown(void)
{
	prof_scc_release(&scc);
}

START_TEST(a_graph_without_nodes_has_no_components)
{
	find(0);
	ck_assert_uint_eq(scc.n, 0);
}
END_TEST

START_TEST(a_chain_has_no_circle)
{
	edge[0][1] = edge[1][2] = true;
	find(3);
	ck_assert_uint_eq(scc.n, 3);
	ck_assert(!scc.cyclic[0] && !scc.cyclic[1] && !scc.cyclic[2]);
}
END_TEST

START_TEST(callees_have_lower_components_than_callers)
{
	edge[2][0] = edge[0][1] = edge[2][1] = true;
	find(3);
	ck_assert_uint_eq(scc.component[1], 1);
	ck_assert_uint_eq(scc.component[0], 2);
	ck_assert_uint_eq(scc.component[2], 3);
}
END_TEST

START_TEST(a_node_that_calls_itself_is_a_circle)
{
	edge[0][1] = edge[1][1] = true;
	find(2);
	ck_assert_uint_eq(scc.n, 2);
	ck_assert(!scc.cyclic[0]);
	ck_assert(scc.cyclic[1]);
}
END_TEST

START_TEST(a_circle_is_one_component)
{
	edge[0][1] = edge[1][2] = edge[2][3] = edge[3][1] = edge[3][4] = true;
	find(5);
	ck_assert_uint_eq(scc.n, 3);
	ck_assert_uint_eq(scc.component[1], scc.component[2]);
	ck_assert_uint_eq(scc.component[1], scc.component[3]);
	ck_assert(!scc.cyclic[0] && scc.cyclic[1] && scc.cyclic[2] &&
	    scc.cyclic[3] && !scc.cyclic[4]);
}
END_TEST

START_TEST(two_circles_that_touch_are_one)
{
	edge[0][1] = edge[1][0] = edge[1][2] = edge[2][1] = true;
	find(3);
	ck_assert_uint_eq(scc.n, 1);
}
END_TEST

START_TEST(two_circles_in_a_row_are_two)
{
	edge[0][1] = edge[1][0] = edge[1][2] = true;
	edge[2][3] = edge[3][2] = true;
	find(4);
	ck_assert_uint_eq(scc.n, 2);
	ck_assert_uint_lt(scc.component[2], scc.component[0]);
}
END_TEST

/* Which nodes reach which, in one step or more. */
static void
close_paths(uint32_t n, bool reach[NODES_MAX][NODES_MAX])
{
	uint32_t a, b, k;

	memcpy(reach, edge, sizeof edge);
	for (k = 0; k < n; k++)
		for (a = 0; a < n; a++)
			for (b = 0; b < n; b++)
				reach[a][b] |= reach[a][k] && reach[k][b];
}

START_TEST(components_are_the_nodes_that_reach_each_other)
{
	bool reach[NODES_MAX][NODES_MAX], same;
	struct test_random r = { (uint64_t)_i };
	uint32_t n = 1 + test_random_below(&r, NODES_MAX), a, b;
	uint32_t edges = test_random_below(&r, 2 * n + 1);

	while (edges-- > 0)
		edge[test_random_below(&r, n)][test_random_below(&r, n)] =
		    true;
	find(n);
	close_paths(n, reach);
	for (a = 0; a < n; a++) {
		if (scc.cyclic[a] != reach[a][a])
			ck_abort_msg("circle of %u", a);
		for (b = 0; b < n; b++) {
			same = a == b || (reach[a][b] && reach[b][a]);
			if ((scc.component[a] == scc.component[b]) != same)
				ck_abort_msg("component of %u and %u", a, b);
			if (reach[a][b] &&
			    scc.component[b] > scc.component[a])
				ck_abort_msg("order of %u and %u", a, b);
		}
	}
}
END_TEST

/* Here a search by recursion would need more stack than there is. */
START_TEST(a_circle_of_a_million_nodes_is_found)
{
	uint32_t n = 1000000, i;
	uint32_t *first = prof_alloc((size_t)n + 1, sizeof *first);
	uint32_t *to = prof_alloc(n, sizeof *to);

	for (i = 0; i < n; i++) {
		first[i] = i;
		to[i] = (i + 1) % n + 1;
	}
	first[n] = n;
	prof_scc_init(&scc, n, first, to);
	ck_assert_uint_eq(scc.n, 1);
	ck_assert(scc.cyclic[0]);
	free(first);
	free(to);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("scc");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_graph_without_nodes_has_no_components);
	tcase_add_test(tc, a_chain_has_no_circle);
	tcase_add_test(tc, callees_have_lower_components_than_callers);
	tcase_add_test(tc, a_node_that_calls_itself_is_a_circle);
	tcase_add_test(tc, a_circle_is_one_component);
	tcase_add_test(tc, two_circles_that_touch_are_one);
	tcase_add_test(tc, two_circles_in_a_row_are_two);
	tcase_add_loop_test(tc,
	    components_are_the_nodes_that_reach_each_other, 0, 100);
	tcase_add_test(tc, a_circle_of_a_million_nodes_is_found);
	return test_main("scc", tc);
}
