/* SPDX-License-Identifier: MIT */
#include "libanalysis/graph.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_rows v;
static struct prof_graph g;
static struct prof_err err;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&v, 0, sizeof v);
	memset(&g, 0, sizeof g);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_graph_release(&g);
	prof_rows_release(&v);
	make_drop(&m);
}

static uint32_t
row(const char *name)
{
	uint32_t i;

	for (i = 1; i <= v.n; i++)
		if (strcmp(prof_rows_get(&v, i)->name, name) == 0)
			return i;
	return 0;
}

/* callee NULL: the callers of every row. */
static int
view(const char *callee)
{
	bool *chosen;
	uint32_t i;
	int rc;

	prof_graph_release(&g);
	prof_rows_release(&v);
	prof_rows_init(&v, &m.p, PROF_BY_FUNCTION);
	chosen = prof_zalloc((size_t)v.n + 1, sizeof *chosen);
	for (i = 1; i <= v.n; i++)
		chosen[i] = callee == NULL || row(callee) == i;
	rc = prof_graph_init(&g, &v, 0, PROF_GRAPH_CALLERS,
	    chosen, &err);
	free(chosen);
	return rc;
}

/* caller "": the root; no such edge is 0. */
static int64_t
edge(const char *caller, const char *callee)
{
	uint32_t i;
	int64_t value = 0;
	int n = 0;

	for (i = 0; i < g.n; i++)
		if (g.caller[i] == row(caller) && g.callee[i] == row(callee)) {
			value = (int64_t)g.value[i];
			n++;
		}
	ck_assert_int_le(n, 1);
	return value;
}

START_TEST(an_edge_has_the_value_of_the_stacks_it_is_on)
{
	make_sample(&m, "main;f;g", 1);
	make_sample(&m, "main;f", 2);
	make_sample(&m, "main;h;g", 4);
	ck_assert_int_eq(view(NULL), PROF_OK);
	ck_assert_int_eq(edge("", "main"), 7);
	ck_assert_int_eq(edge("main", "f"), 3);
	ck_assert_int_eq(edge("f", "g"), 1);
	ck_assert_int_eq(edge("h", "g"), 4);
	ck_assert_uint_eq(g.n, 5);
}
END_TEST

START_TEST(only_chosen_rows_have_edges)
{
	make_sample(&m, "main;f;g", 1);
	make_sample(&m, "main;h;g", 4);
	ck_assert_int_eq(view("g"), PROF_OK);
	ck_assert_uint_eq(g.n, 2);
	ck_assert_int_eq(edge("f", "g"), 1);
	ck_assert_int_eq(edge("h", "g"), 4);
}
END_TEST

START_TEST(an_edge_counts_once_in_a_stack)
{
	make_sample(&m, "main;f;g;f;g", 3);
	ck_assert_int_eq(view(NULL), PROF_OK);
	ck_assert_int_eq(edge("f", "g"), 3);
	ck_assert_int_eq(edge("g", "f"), 3);
	ck_assert_int_eq(edge("main", "f"), 3);
}
END_TEST

START_TEST(direct_recursion_makes_no_edge)
{
	make_sample(&m, "main;f;f;f", 3);
	ck_assert_int_eq(view(NULL), PROF_OK);
	ck_assert_int_eq(edge("main", "f"), 3);
	ck_assert_uint_eq(g.n, 2);
}
END_TEST

START_TEST(inlined_lines_call_each_other)
{
	make_sample(&m, "main|run;step|next", 3);
	ck_assert_int_eq(view(NULL), PROF_OK);
	ck_assert_int_eq(edge("main", "run"), 3);
	ck_assert_int_eq(edge("run", "step"), 3);
	ck_assert_int_eq(edge("step", "next"), 3);
}
END_TEST

START_TEST(values_may_be_negative_and_cancel)
{
	make_sample(&m, "main;f;g", 5);
	make_sample(&m, "main;f;h", -5);
	ck_assert_int_eq(view(NULL), PROF_OK);
	ck_assert_int_eq(edge("f", "g"), 5);
	ck_assert_int_eq(edge("f", "h"), -5);
	ck_assert_int_eq(edge("main", "f"), 0);
}
END_TEST

START_TEST(samples_without_frames_have_no_edges)
{
	make_sample(&m, "", 5);
	ck_assert_int_eq(view(NULL), PROF_OK);
	ck_assert_uint_eq(g.n, 0);
}
END_TEST

START_TEST(edges_that_leave_64_bits_are_errors)
{
	make_sample(&m, "main;f;g", INT64_MAX);
	make_sample(&m, "main;f;h", 1);
	ck_assert_int_eq(view("f"), PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "64 bits"));
	ck_assert_int_eq(view("g"), PROF_OK);
}
END_TEST

START_TEST(a_column_that_is_not_there_has_no_edges)
{
	bool chosen[2] = { false, true };

	make_sample(&m, "f", 5);
	prof_rows_init(&v, &m.p, PROF_BY_NAME);
	ck_assert_int_eq(prof_graph_init(&g, &v, 7, PROF_GRAPH_CALLERS,
	    chosen, &err), 0);
	ck_assert_uint_eq(g.n, 0);
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
	ck_assert_int_eq(view(NULL), PROF_OK);
	ck_assert_uint_eq(g.n, 6);
	ck_assert_int_eq(edge("b", "a"), 3);
	ck_assert_int_eq(edge("a", "e"), 3);
	ck_assert_int_eq(edge("", "e"), 3);
	free(run);
}
END_TEST

/* Edges of side, those of one row, or of all for NULL. */
static uint32_t
count(enum prof_graph_side side, const char *name)
{
	bool *chosen;
	uint32_t i;

	prof_graph_release(&g);
	prof_rows_release(&v);
	prof_rows_init(&v, &m.p, PROF_BY_FUNCTION);
	chosen = prof_zalloc((size_t)v.n + 1, sizeof *chosen);
	for (i = 1; i <= v.n; i++)
		chosen[i] = name == NULL || row(name) == i;
	ck_assert_int_eq(prof_graph_init(&g, &v, 0, side, chosen, &err),
	    PROF_OK);
	free(chosen);
	return g.n;
}

START_TEST(both_sides_are_made_in_one_pass)
{
	make_sample(&m, "main;a;f|g;x", 1);
	make_sample(&m, "main;b;g;y", 2);
	make_sample(&m, "main;c", 4);
	ck_assert_uint_eq(count(PROF_GRAPH_CALLERS, "g"), 2);
	ck_assert_uint_eq(count(PROF_GRAPH_CALLEES, "g"), 2);
	ck_assert_uint_eq(count(PROF_GRAPH_BOTH, "g"), 4);
	ck_assert_uint_eq(count(PROF_GRAPH_BOTH, "f"), 2);
	ck_assert_uint_eq(count(PROF_GRAPH_BOTH, "main"), 4);
	/* All edges, each once: the root calls main. */
	ck_assert_uint_eq(count(PROF_GRAPH_BOTH, NULL), 9);
	ck_assert_uint_eq(count(PROF_GRAPH_CALLERS, NULL), 9);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("graph");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, an_edge_has_the_value_of_the_stacks_it_is_on);
	tcase_add_test(tc, only_chosen_rows_have_edges);
	tcase_add_test(tc, an_edge_counts_once_in_a_stack);
	tcase_add_test(tc, direct_recursion_makes_no_edge);
	tcase_add_test(tc, inlined_lines_call_each_other);
	tcase_add_test(tc, values_may_be_negative_and_cancel);
	tcase_add_test(tc, samples_without_frames_have_no_edges);
	tcase_add_test(tc, edges_that_leave_64_bits_are_errors);
	tcase_add_test(tc, a_column_that_is_not_there_has_no_edges);
	tcase_add_test(tc, a_stack_may_be_a_million_frames_deep);
	tcase_add_test(tc, both_sides_are_made_in_one_pass);
	return test_main("graph", tc);
}
