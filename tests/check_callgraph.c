/* SPDX-License-Identifier: MIT */
#include "libanalysis/callgraph.h"

#include <stdlib.h>
#include <string.h>

#include "tests/edges.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_rows v;
static struct prof_callgraph g;
static struct prof_callgraph_opts o;
static struct prof_err err;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&v, 0, sizeof v);
	memset(&g, 0, sizeof g);
	memset(&o, 0, sizeof o);
	memset(&err, 0, sizeof err);
	o.ranked = true;
}

static void
teardown(void)
{
	prof_callgraph_release(&g);
	prof_rows_release(&v);
	make_drop(&m);
}

static int
build(void)
{
	prof_callgraph_release(&g);
	prof_rows_release(&v);
	prof_rows_init(&v, &m.p, PROF_BY_FUNCTION);
	return prof_callgraph_init(&g, &v, 0, &o, &err);
}

static const char *
name(uint32_t node)
{
	return prof_rows_get(&v, g.node[node].row)->name;
}

/* "name self/total ..." in their order. */
static void
expect_nodes(const char *wanted)
{
	struct prof_buf b = { 0 };
	uint32_t i;

	for (i = 0; i < g.nnodes; i++)
		prof_buf_addf(&b, "%s%s %lld/%lld", i > 0 ? ", " : "",
		    name(i), (long long)g.node[i].self,
		    (long long)g.node[i].total);
	ck_assert_str_eq(prof_buf_str(&b), wanted);
	prof_buf_release(&b);
}

/* "from>to value", "..>" where nodes are left out, "=>" where inlined. */
static void
expect_edges(const char *wanted)
{
	struct prof_buf b = { 0 };
	const struct prof_callgraph_edge *e;
	uint32_t i;

	for (i = 0; i < g.nedges; i++) {
		e = &g.edge[i];
		prof_buf_addf(&b, "%s%s%s%s>%s %lld", i > 0 ? ", " : "",
		    name(e->from), e->residual ? ".." : "",
		    e->inlined ? "=" : "", name(e->to), (long long)e->value);
		if (e->calls >= 0)
			prof_buf_addf(&b, " x%lld", (long long)e->calls);
	}
	ck_assert_str_eq(prof_buf_str(&b), wanted);
	prof_buf_release(&b);
}

START_TEST(an_edge_counts_once_in_each_stack)
{
	make_sample(&m, "a;b;a;b", 5);
	make_sample(&m, "a;b", 2);
	ck_assert_int_eq(build(), PROF_OK);
	expect_edges("a>b 7, b>a 5");
	ck_assert_int_eq(g.node[0].total, 7);
	ck_assert_int_eq(g.whole, 7);
}
END_TEST

START_TEST(direct_recursion_in_stacks_is_no_edge)
{
	make_sample(&m, "a;a;a;b", 5);
	ck_assert_int_eq(build(), PROF_OK);
	expect_edges("a>b 5");
}
END_TEST

START_TEST(nodes_are_ranked_by_total_and_by_how_edges_spread)
{
	/* hub has callers and callees to tell of, pass only hands on. */
	make_sample(&m, "x;hub;p", 10);
	make_sample(&m, "y;hub;q", 10);
	make_sample(&m, "main;pass;end", 20);
	ck_assert_int_eq(build(), PROF_OK);
	expect_nodes("end 20/20, hub 0/20, main 0/20, p 10/10, q 10/10, "
	    "x 0/10, y 0/10, pass 0/20");
}
END_TEST

START_TEST(light_nodes_go_and_are_bridged)
{
	make_sample(&m, "a;b;c", 100);
	make_sample(&m, "a;rare;c", 1);
	o.node_num = 5;
	o.node_den = 100;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_uint_eq(g.light_nodes, 1);
	/* The way over b leads there, too. */
	ck_assert_uint_eq(g.spare_edges, 1);
	expect_edges("a>b 100, b>c 100");
}
END_TEST

START_TEST(a_residual_edge_without_another_way_stays)
{
	make_sample(&m, "a;b;c", 100);
	make_sample(&m, "a;e", 100);
	o.limit = 3;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_uint_eq(g.more_nodes, 1);
	expect_nodes("a 0/200, c 100/100, e 100/100");
	expect_edges("a..>c 100, a>e 100");
}
END_TEST

START_TEST(a_residual_edge_heavier_than_a_direct_one_stays)
{
	make_sample(&m, "a;gone;c", 100);
	make_sample(&m, "a;b;c", 60);
	o.limit = 3;
	ck_assert_int_eq(build(), PROF_OK);
	expect_nodes("c 160/160, a 0/160, b 0/60");
	expect_edges("a..>c 100, a>b 60, b>c 60");
}
END_TEST

START_TEST(self_of_a_leaf_that_is_left_out_is_lost)
{
	make_sample(&m, "a;b", 97);
	make_sample(&m, "a;b;c", 3);
	o.node_num = 5;
	o.node_den = 100;
	ck_assert_int_eq(build(), PROF_OK);
	expect_nodes("b 97/100, a 0/100");
}
END_TEST

/* A node of exactly the share is not below it. */
START_TEST(the_share_itself_is_kept)
{
	make_sample(&m, "a", 95);
	make_sample(&m, "b", 5);
	o.node_num = 5;
	o.node_den = 100;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_uint_eq(g.nnodes, 2);
	m.p.value[0][1] = 4;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_uint_eq(g.nnodes, 1);
	ck_assert_uint_eq(g.light_nodes, 1);
}
END_TEST

/* Increases and decreases cancel out in the sum, not in the cutoff. */
START_TEST(a_share_is_of_what_percentages_are_of)
{
	make_sample(&m, "up", 1000);
	make_sample(&m, "down", -1000);
	make_sample(&m, "noise", 10);
	o.node_num = 5;
	o.node_den = 100;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_int_eq(g.whole, 2010);
	expect_nodes("down -1000/-1000, up 1000/1000");
}
END_TEST

START_TEST(light_edges_go_and_are_counted)
{
	make_sample(&m, "a;b", 100);
	make_sample(&m, "c;b", 100);
	make_sample(&m, "a;c", 1);
	o.edge_num = 1;
	o.edge_den = 100;
	ck_assert_int_eq(build(), PROF_OK);
	expect_edges("a>b 100, c>b 100");
	ck_assert_uint_eq(g.light_edges, 1);
}
END_TEST

START_TEST(an_edge_is_inlined_if_all_its_calls_are)
{
	make_sample(&m, "a|b;c", 5);
	make_sample(&m, "a|c", 2);
	ck_assert_int_eq(build(), PROF_OK);
	expect_edges("a=>b 5, b>c 5, a=>c 2");
	make_sample(&m, "a;b", 1);
	ck_assert_int_eq(build(), PROF_OK);
	expect_edges("a>b 6, b>c 5, a=>c 2");
}
END_TEST

START_TEST(a_tree_has_a_node_for_each_context)
{
	make_sample(&m, "a;b;c", 5);
	make_sample(&m, "d;b;c", 3);
	make_sample(&m, "d;b;b", 2);
	o.tree = true;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_uint_eq(g.nnodes, 7);
	expect_edges("a>b 5, b>c 5, d>b 5, b>c 3, b>b 2");
}
END_TEST

START_TEST(a_tree_bridges_what_is_left_out)
{
	make_sample(&m, "a;b;c", 5);
	make_sample(&m, "a;d", 5);
	o.tree = true;
	o.limit = 3;
	ck_assert_int_eq(build(), PROF_OK);
	expect_nodes("a 0/10, c 5/5, d 5/5");
	expect_edges("a..>c 5, a>d 5");
}
END_TEST

/* The branch is light, but what it leads to is not. */
START_TEST(a_tree_keeps_what_is_large_behind_what_cancels_out)
{
	make_sample(&m, "a;b;up", 50);
	make_sample(&m, "a;b;down", -50);
	make_sample(&m, "a;c", 100);
	o.tree = true;
	o.node_num = 1;
	o.node_den = 10;
	ck_assert_int_eq(build(), PROF_OK);
	expect_edges("a>c 100, a..>down -50, a..>up 50");
}
END_TEST

static void
add_labelled(const char *stack, const char *text, int64_t bytes,
    int64_t value)
{
	struct prof_label l[3] = { { 0 } };
	int64_t values[] = { value };
	size_t n = 0;

	if (text != NULL) {
		l[n].key = make_str(&m, "who");
		l[n++].str = make_str(&m, text);
		l[n].key = make_str(&m, "pprof::base");
		l[n++].str = make_str(&m, "true");
	}
	if (bytes != 0) {
		l[n].key = make_str(&m, "bytes");
		l[n++].num = bytes;
	}
	make_values(&m, make_stack(&m, stack), prof_builder_set(&m.b, l, n),
	    values);
}

static void
expect_labels(const char *of, const char *wanted)
{
	const struct prof_callgraph_label *l;
	struct prof_buf b = { 0 };
	uint32_t i, k;

	for (i = 0; i < g.nnodes; i++) {
		if (strcmp(name(i), of) != 0)
			continue;
		for (k = 0; k < g.node[i].nlabels; k++) {
			l = &g.label[g.node[i].first_label + k];
			prof_buf_addf(&b, "[%s", prof_strs_get(&g.texts,
			    l->text));
			if (l->number)
				prof_buf_addf(&b, "#%lld", (long long)l->num);
			prof_buf_addf(&b, " %lld/%lld]", (long long)l->self,
			    (long long)l->total);
		}
	}
	ck_assert_str_eq(prof_buf_str(&b), wanted);
	prof_buf_release(&b);
}

START_TEST(labels_belong_to_leaves_and_to_what_leads_there)
{
	add_labelled("a;b", "me", 0, 5);
	add_labelled("a", "you", 0, 3);
	add_labelled("a;b;a", "me", 16, 2);
	add_labelled("a;b", NULL, 32, 1);
	o.labels = true;
	ck_assert_int_eq(build(), PROF_OK);
	expect_labels("a", "[who:me 2/7][who:you 3/3][who:me#16 2/2]"
	    "[#32 0/1]");
	expect_labels("b", "[who:me 5/7][who:me#16 0/2][#32 1/1]");
}
END_TEST

START_TEST(light_labels_go)
{
	add_labelled("a", "me", 0, 96);
	add_labelled("a", "you", 0, 4);
	o.labels = true;
	o.node_num = 5;
	o.node_den = 100;
	ck_assert_int_eq(build(), PROF_OK);
	expect_labels("a", "[who:me 96/96]");
}
END_TEST

START_TEST(labels_count_as_nodes)
{
	add_labelled("a", "me", 0, 50);
	add_labelled("a", "you", 0, 40);
	make_sample(&m, "b", 30);
	make_sample(&m, "c", 20);
	o.labels = true;
	o.limit = 4;
	ck_assert_int_eq(build(), PROF_OK);
	expect_nodes("a 90/90, b 30/30");
	ck_assert_uint_eq(g.more_nodes, 1);
}
END_TEST

START_TEST(measured_edges_go_before_estimates)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 100);
	edges_own(&m, "f", 4, 60, 60);
	edges_own(&m, "rec", 9, 30, 30);
	edges_add(&m, "main", "f", 4, 60, 60);
	edges_add(&m, "main", "rec", 1, 5, 30);
	edges_add(&m, "rec", "rec", 8, 25, 25);
	edges_estimate(&m);
	ck_assert_int_eq(build(), PROF_OK);
	expect_edges("main>f 60 x4, main>rec 30 x1, rec>rec 25 x8");
	ck_assert(!g.estimated);
	o.tree = true;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert(g.estimated);
}
END_TEST

START_TEST(estimated_stacks_bridge_measured_edges)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 100);
	edges_own(&m, "thin", 1, 0, 100);
	edges_own(&m, "f", 4, 60, 60);
	edges_own(&m, "h", 4, 40, 40);
	edges_add(&m, "main", "thin", 1, 0, 100);
	edges_add(&m, "thin", "f", 4, 60, 60);
	edges_add(&m, "thin", "h", 4, 40, 40);
	edges_estimate(&m);
	o.limit = 3;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_uint_eq(g.nnodes, 3);
	ck_assert_uint_eq(g.more_nodes, 1);
	ck_assert_uint_gt(g.nedges, 0);
}
END_TEST

START_TEST(samples_without_frames_are_told)
{
	make_sample(&m, "", 5);
	make_sample(&m, "a", 2);
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_int_eq(g.unplaced, 5);
	ck_assert_int_eq(g.whole, 7);
}
END_TEST

START_TEST(an_edge_beyond_64_bits_is_an_error)
{
	make_sample(&m, "a;b;c", INT64_MAX);
	make_sample(&m, "a;b;d", 1);
	ck_assert_int_eq(build(), PROF_ERANGE);
	ck_assert_str_ne(err.msg, "");
	ck_assert_uint_eq(g.nnodes, 0);
}
END_TEST

START_TEST(an_empty_profile_has_an_empty_graph)
{
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_uint_eq(g.nnodes + g.nedges, 0);
	o.tree = o.labels = true;
	o.limit = 1;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_uint_eq(g.nnodes + g.nedges, 0);
}
END_TEST

START_TEST(a_very_deep_stack_is_walked_without_recursion)
{
	enum { DEPTH = 200000 };
	prof_loc *run = calloc(DEPTH, sizeof *run);
	int64_t values[] = { 1 };
	size_t i;

	for (i = 0; i < DEPTH; i++)
		run[i] = make_named(&m, i % 2 != 0 ? "a" : "b", 1);
	make_values(&m, prof_builder_stack(&m.b, run, DEPTH), 0, values);
	ck_assert_int_eq(build(), PROF_OK);
	expect_edges("a>b 1, b>a 1");
	o.tree = true;
	o.limit = 5;
	ck_assert_int_eq(build(), PROF_OK);
	ck_assert_uint_eq(g.nnodes, 5);
	free(run);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("callgraph");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, an_edge_counts_once_in_each_stack);
	tcase_add_test(tc, direct_recursion_in_stacks_is_no_edge);
	tcase_add_test(tc, nodes_are_ranked_by_total_and_by_how_edges_spread);
	tcase_add_test(tc, light_nodes_go_and_are_bridged);
	tcase_add_test(tc, a_residual_edge_without_another_way_stays);
	tcase_add_test(tc, a_residual_edge_heavier_than_a_direct_one_stays);
	tcase_add_test(tc, self_of_a_leaf_that_is_left_out_is_lost);
	tcase_add_test(tc, the_share_itself_is_kept);
	tcase_add_test(tc, a_share_is_of_what_percentages_are_of);
	tcase_add_test(tc, light_edges_go_and_are_counted);
	tcase_add_test(tc, an_edge_is_inlined_if_all_its_calls_are);
	tcase_add_test(tc, a_tree_has_a_node_for_each_context);
	tcase_add_test(tc, a_tree_bridges_what_is_left_out);
	tcase_add_test(tc, a_tree_keeps_what_is_large_behind_what_cancels_out);
	tcase_add_test(tc, labels_belong_to_leaves_and_to_what_leads_there);
	tcase_add_test(tc, light_labels_go);
	tcase_add_test(tc, labels_count_as_nodes);
	tcase_add_test(tc, measured_edges_go_before_estimates);
	tcase_add_test(tc, estimated_stacks_bridge_measured_edges);
	tcase_add_test(tc, samples_without_frames_are_told);
	tcase_add_test(tc, an_edge_beyond_64_bits_is_an_error);
	tcase_add_test(tc, an_empty_profile_has_an_empty_graph);
	tcase_add_test(tc, a_very_deep_stack_is_walked_without_recursion);
	return test_main("callgraph", tc);
}
