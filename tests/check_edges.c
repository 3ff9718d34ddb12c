/* SPDX-License-Identifier: MIT */
/* Profiles that know callers and callees instead of stacks, in all views. */
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diff.h"
#include "libanalysis/filter.h"
#include "libanalysis/graph.h"
#include "libanalysis/merge.h"
#include "libanalysis/nomem.h"
#include "libanalysis/regress.h"
#include "libanalysis/top.h"
#include "tests/compare.h"
#include "tests/edges.h"
#include "tests/support.h"

/* Sums have 128 bits, which Check does not know. */
#define SAME(x, y) ck_assert_int_eq((int64_t)(x), y)

static struct made m;
static struct prof_rows v;
static struct prof_flat f;
static struct prof_graph g;
static struct prof_err err;

/*
 * main calls parse 3 times and fact once; fact calls itself 4 times; parse
 * calls fact twice more.
 */
static void
setup(void)
{
	memset(&v, 0, sizeof v);
	memset(&f, 0, sizeof f);
	memset(&g, 0, sizeof g);
	memset(&err, 0, sizeof err);
	edges_start(&m);
	m.file = "a.py";
	edges_count(&m, NULL, "main", 1, 1, 10, 100);
	edges_count(&m, NULL, "parse", 3, 3, 30, 60);
	edges_count(&m, NULL, "fact", 7, 3, 60, 60);
	edges_count(&m, "main", "parse", 3, 3, 30, 60);
	edges_count(&m, "main", "fact", 1, 1, 30, 30);
	edges_count(&m, "parse", "fact", 2, 2, 20, 30);
	edges_count(&m, "fact", "fact", 4, 0, 10, 25);
}

static void
teardown(void)
{
	prof_graph_release(&g);
	prof_flat_release(&f);
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

static void
view(enum prof_granularity by)
{
	prof_flat_release(&f);
	prof_rows_release(&v);
	prof_rows_init(&v, &m.p, by);
	ck_assert_int_eq(prof_flat_init(&f, &v, 0, &err), PROF_OK);
}

static void
graph(enum prof_graph_side side, const char *name)
{
	bool *chosen = prof_zalloc((size_t)v.n + 1, sizeof *chosen);

	prof_graph_release(&g);
	chosen[row(name)] = true;
	ck_assert_int_eq(prof_graph_init(&g, &v, 0, side, chosen, &err),
	    PROF_OK);
	free(chosen);
}

/* Index of an edge; NULL is the root. */
static uint32_t
edge(const char *caller, const char *callee)
{
	uint32_t i;

	for (i = 0; i < g.n; i++)
		if (g.callee[i] == row(callee) && g.caller[i] ==
		    (caller != NULL ? row(caller) : 0))
			return i;
	return UINT32_MAX;
}

static void
add_sample(const char *name, int64_t value)
{
	struct prof_location place = { 0 };
	struct prof_line line = { .fn = make_fn(&m, name) };
	prof_loc loc = prof_builder_location(&m.b, place, &line, 1);

	ck_assert_int_eq(prof_builder_sample(&m.b, prof_builder_stack(&m.b,
	    &loc, 1), 0, 0, &value, &err), PROF_OK);
}

START_TEST(the_flat_table_is_what_was_measured)
{
	view(PROF_BY_FUNCTION);
	ck_assert(f.edges);
	SAME(f.sum, 100);
	SAME(f.whole, 100);
	SAME(f.self[row("fact")], 60);
	SAME(f.total[row("main")], 100);
	SAME(f.calls[row("fact")], 7);
	SAME(f.primitive[row("fact")], 3);
	SAME(f.error, 0);
}
END_TEST

START_TEST(estimated_samples_do_not_count_again)
{
	add_sample("fact", 100);
	m.p.meta.estimated = true;
	view(PROF_BY_FUNCTION);
	SAME(f.sum, 100);
	SAME(f.self[row("fact")], 60);
}
END_TEST

START_TEST(measured_samples_count_beside_edges)
{
	add_sample("fact", 100);
	view(PROF_BY_FUNCTION);
	SAME(f.sum, 200);
	SAME(f.self[row("fact")], 160);
	SAME(f.total[row("fact")], 160);
	graph(PROF_GRAPH_CALLERS, "fact");
	SAME(g.value[edge(NULL, "fact")], 100);
	SAME(g.value[edge("main", "fact")], 30);
	ck_assert_ptr_null(g.calls);
}
END_TEST

START_TEST(callers_have_calls_self_and_total)
{
	view(PROF_BY_FUNCTION);
	graph(PROF_GRAPH_CALLERS, "fact");
	SAME(g.n, 3);
	SAME(g.calls[edge("parse", "fact")], 2);
	SAME(g.self[edge("parse", "fact")], 20);
	SAME(g.value[edge("parse", "fact")], 30);
	SAME(g.calls[edge("fact", "fact")], 4);
	ck_assert(!g.estimated);
}
END_TEST

START_TEST(calls_that_no_caller_explains_come_from_the_root)
{
	view(PROF_BY_FUNCTION);
	graph(PROF_GRAPH_CALLERS, "main");
	SAME(g.n, 1);
	SAME(g.calls[edge(NULL, "main")], 1);
	SAME(g.value[edge(NULL, "main")], 100);
}
END_TEST

START_TEST(callees_are_the_edges_the_other_way)
{
	view(PROF_BY_FUNCTION);
	graph(PROF_GRAPH_CALLEES, "main");
	SAME(g.n, 2);
	SAME(g.value[edge("main", "parse")], 60);
	SAME(g.value[edge("main", "fact")], 30);
}
END_TEST

START_TEST(edges_of_the_profile_module_are_called_estimates)
{
	m.p.edges.exact[3] = false;
	view(PROF_BY_FUNCTION);
	graph(PROF_GRAPH_CALLERS, "fact");
	ck_assert(g.estimated);
}
END_TEST

START_TEST(functions_without_samples_have_rows)
{
	view(PROF_BY_NAME);
	ck_assert_int_eq(v.n, 3);
	ck_assert_uint_ne(prof_rows_of_fn(&v, 1), 0);
	ck_assert_str_eq(prof_rows_get(&v, row("main"))->file, "a.py");
	ck_assert(!prof_rows_get(&v, row("main"))->inlined);
}
END_TEST

static const char *
top_form(enum prof_form form, enum prof_top_sort sort)
{
	static struct prof_buf text;
	struct prof_out *out = prof_out_buf(&text);
	struct prof_top t;

	prof_buf_clear(&text);
	view(PROF_BY_FUNCTION);
	prof_top_init(&t, &v, &f, 0, sort, 0);
	prof_top_form(&t, form, NULL, out);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	prof_top_release(&t);
	return prof_buf_str(&text);
}

START_TEST(calls_are_columns_and_a_sort_key)
{
	ck_assert_str_eq(top_form(PROF_FORM_TSV, PROF_SORT_CALLS),
	    "self\ttotal\tcalls\tname\tfile\tline\tmodule\tprimitive\taddress\n"
	    "60\t60\t7\tfact\ta.py\t\t\t3\t\n"
	    "30\t60\t3\tparse\ta.py\t\t\t3\t\n"
	    "10\t100\t1\tmain\ta.py\t\t\t1\t\n");
}
END_TEST

START_TEST(a_function_that_took_no_time_is_shown_if_it_was_called)
{
	edges_count(&m, NULL, "quick", 5, 5, 0, 0);
	ck_assert_ptr_nonnull(strstr(top_form(PROF_FORM_TSV, PROF_SORT_SELF),
	    "\n0\t0\t5\tquick\t"));
}
END_TEST

START_TEST(the_text_has_calls_and_what_one_costs)
{
	struct prof_style style = { .ascii = true };
	struct prof_buf text = { 0 };
	struct prof_top t;

	view(PROF_BY_FUNCTION);
	prof_top_init(&t, &v, &f, 0, PROF_SORT_SELF, 1);
	prof_top_text(&t, &style, &text);
	ck_assert_msg(strstr(prof_buf_str(&text), "calls  self/call  "
	    "total/call  function") != NULL, "%s", prof_buf_str(&text));
	/* 60 ns in 7 calls of which 3 are not recursive. */
	ck_assert_msg(strstr(prof_buf_str(&text), "7/3       9 ns       "
	    "20 ns  fact") != NULL, "%s", prof_buf_str(&text));
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "11 calls (7 primitive)"));
	ck_assert_msg(strstr(prof_buf_str(&text), "  2 others") != NULL,
	    "%s", prof_buf_str(&text));
	prof_buf_release(&text);
	prof_top_release(&t);
}
END_TEST

START_TEST(filters_drop_what_edges_cannot_follow)
{
	struct prof_filter_found found;
	struct prof_filter filter = { .focus = "fact" };

	add_sample("fact", 100);
	m.p.meta.estimated = true;
	ck_assert_int_eq(prof_filter_frames(&m.p, &filter, 1000, &found, &err),
	    PROF_OK);
	ck_assert_uint_eq(m.p.edges.n, 0);
	ck_assert(m.p.meta.estimated);
}
END_TEST

START_TEST(choosing_a_column_keeps_calls_and_its_own_edges)
{
	struct made q;
	prof_str other;
	const int64_t value[] = { 1, 2, 3, 4, 5, 6 };

	edges_start(&q);
	other = make_str(&q, "misses");
	prof_profile_add_type(&q.p, other, other);
	prof_profile_add_edge_type(&q.p, PROF_EDGE_SELF, other, other);
	prof_profile_add_edge_type(&q.p, PROF_EDGE_TOTAL, other, other);
	prof_profile_add_edge(&q.p, 0, make_fn(&q, "f"), 0, value);
	prof_filter_column(&q.p, 1);
	ck_assert_uint_eq(q.p.edges.ntypes, 4);
	ck_assert_int_eq(q.p.edges.value[2][0], 5);
	ck_assert_int_eq(q.p.edges.value[3][0], 6);
	ck_assert_int_eq(prof_profile_edge_column(&q.p, PROF_EDGE_CALLS, 0), 0);
	make_drop(&q);
}
END_TEST

/* A function of 100 and one of 60: together 100 to 160, or an estimate. */
static void
check_joined(int64_t estimate, int64_t want)
{
	struct prof_function other = { 0 };
	const int64_t value[] = { 1, 1, 20, 60 };
	prof_fn fn;

	other.name = prof_strs_adds(&m.p.strs, "main");
	other.file = prof_strs_adds(&m.p.strs, "b.py");
	fn = prof_builder_function(&m.b, other);
	prof_profile_add_edge(&m.p, 0, fn, 0, value);
	add_sample("main", estimate);
	m.p.meta.estimated = true;
	view(PROF_BY_NAME);
	ck_assert(f.joined);
	SAME(f.total[row("main")], want);
	SAME(f.self[row("main")], 30);
	SAME(f.calls[row("main")], 2);
	view(PROF_BY_FUNCTION);
	ck_assert(!f.joined);
}

START_TEST(totals_of_functions_of_one_name_count_nested_time_once)
{
	check_joined(120, 120);
}
END_TEST

START_TEST(totals_of_one_name_are_at_least_that_of_each_function)
{
	check_joined(70, 100);
}
END_TEST

START_TEST(totals_of_one_name_are_at_most_the_sum_of_its_functions)
{
	check_joined(200, 160);
}
END_TEST

/* --- merging -------------------------------------------------------------- */

/* Merge p with one sample of another profile; estimated says how. */
static void
merge_with_samples(struct prof_profile *out)
{
	struct made q;
	struct prof_merge *sum = prof_merge_new();

	make_start(&q, "time", "nanoseconds");
	make_sample(&q, "main", 5);
	ck_assert_int_eq(prof_merge_add(sum, &m.p, "p", &err), PROF_OK);
	ck_assert_int_eq(prof_merge_add(sum, &q.p, "q", &err), PROF_OK);
	ck_assert_int_eq(prof_merge_finish(sum, out, &err), PROF_OK);
	make_drop(&q);
}

START_TEST(edges_that_cover_samples_do_not_survive_other_samples)
{
	struct prof_profile out = { 0 };

	add_sample("main", 100);
	m.p.meta.estimated = true;
	merge_with_samples(&out);
	ck_assert_uint_eq(out.edges.n, 0);
	ck_assert(out.meta.estimated);
	ck_assert_uint_ne(out.meta.differ & PROF_DIFFER_EDGES, 0);
	prof_profile_release(&out);
}
END_TEST

START_TEST(edges_alone_stand_beside_samples)
{
	struct prof_profile out = { 0 };

	merge_with_samples(&out);
	ck_assert_uint_eq(out.edges.n, 7);
	ck_assert(!out.meta.estimated);
	ck_assert_uint_eq(out.meta.differ & PROF_DIFFER_EDGES, 0);
	prof_profile_release(&out);
}
END_TEST

/* --- comparing ------------------------------------------------------------ */

static struct compare c;

/* One side: a function f with these numbers; error of self and total. */
static void
side(int64_t calls, int64_t self, int64_t error)
{
	struct prof_profile *q = &c.p[c.n];
	struct made made;

	edges_start(&made);
	edges_own(&made, "f", calls, self, self);
	prof_builder_release(&made.b);
	*q = made.p;
	q->edges.error[2] = q->edges.error[3] = error;
	prof_rows_init(&c.rows[c.n], q, PROF_BY_FUNCTION);
	c.run[c.n].name = c.n == 0 ? "a.prof" : "b.prof";
	c.run[c.n].rows = &c.rows[c.n];
	c.run[c.n].flat = &c.flat[c.n];
	c.n++;
}

static enum prof_diff_status
status_of_f(void)
{
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_uint_eq(c.d.match.n, 1);
	return c.d.status[1];
}

START_TEST(calls_are_compared_beside_values)
{
	side(10, 100, 0);
	side(20, 220, 0);
	ck_assert_int_eq(status_of_f(), PROF_DIFF_CHANGED);
	SAME(c.d.calls[PROF_DIFF_BASE][1], 10);
	SAME(c.d.calls[PROF_DIFF_NEWER][1], 20);
	compare_done(&c);
}
END_TEST

START_TEST(more_calls_are_a_change_even_in_the_same_time)
{
	side(10, 100, 0);
	side(11, 100, 0);
	ck_assert_int_eq(status_of_f(), PROF_DIFF_CHANGED);
	compare_done(&c);
}
END_TEST

START_TEST(what_rounding_explains_is_no_change)
{
	side(10, 3000000, 500000);
	side(10, 4000000, 500000);
	ck_assert_int_eq(status_of_f(), PROF_DIFF_SAME);
	compare_done(&c);
	side(10, 3000000, 500000);
	side(10, 4000001, 500000);
	ck_assert_int_eq(status_of_f(), PROF_DIFF_CHANGED);
	compare_done(&c);
}
END_TEST

static enum prof_verdict
verdict_on_f(void)
{
	struct prof_regress_rule rule = prof_regress_default();
	struct prof_regress_pair pair = { .runs = { 1, 1 } };
	unsigned k;

	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	for (k = 0; k < 2; k++) {
		pair.sum[k] = c.d.of[PROF_DIFF_SELF][k][1];
		pair.whole[k] = c.d.whole[k];
		pair.error[k] = c.d.error[k];
	}
	compare_done(&c);
	return prof_regress_judge(&rule, &pair);
}

START_TEST(rounding_is_no_regression)
{
	side(10, 2000000, 500000);
	side(10, 4000000, 500000);
	ck_assert_int_eq(verdict_on_f(), PROF_VERDICT_OK);
	side(10, 2000000, 500000);
	side(10, 4000001, 500000);
	ck_assert_int_eq(verdict_on_f(), PROF_VERDICT_REGRESSION);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("edges");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_flat_table_is_what_was_measured);
	tcase_add_test(tc, estimated_samples_do_not_count_again);
	tcase_add_test(tc, measured_samples_count_beside_edges);
	tcase_add_test(tc, callers_have_calls_self_and_total);
	tcase_add_test(tc, calls_that_no_caller_explains_come_from_the_root);
	tcase_add_test(tc, callees_are_the_edges_the_other_way);
	tcase_add_test(tc, edges_of_the_profile_module_are_called_estimates);
	tcase_add_test(tc, functions_without_samples_have_rows);
	tcase_add_test(tc, calls_are_columns_and_a_sort_key);
	tcase_add_test(tc,
	    a_function_that_took_no_time_is_shown_if_it_was_called);
	tcase_add_test(tc, the_text_has_calls_and_what_one_costs);
	tcase_add_test(tc, filters_drop_what_edges_cannot_follow);
	tcase_add_test(tc, choosing_a_column_keeps_calls_and_its_own_edges);
	tcase_add_test(tc,
	    totals_of_functions_of_one_name_count_nested_time_once);
	tcase_add_test(tc,
	    totals_of_one_name_are_at_least_that_of_each_function);
	tcase_add_test(tc,
	    totals_of_one_name_are_at_most_the_sum_of_its_functions);
	tcase_add_test(tc,
	    edges_that_cover_samples_do_not_survive_other_samples);
	tcase_add_test(tc, edges_alone_stand_beside_samples);
	tcase_add_test(tc, calls_are_compared_beside_values);
	tcase_add_test(tc, more_calls_are_a_change_even_in_the_same_time);
	tcase_add_test(tc, what_rounding_explains_is_no_change);
	tcase_add_test(tc, rounding_is_no_regression);
	return test_main("edges", tc);
}
