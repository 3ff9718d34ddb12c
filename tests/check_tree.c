/* SPDX-License-Identifier: MIT */
#include "libanalysis/tree.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/flat.h"
#include "libanalysis/frames.h"
#include "libanalysis/nomem.h"

/* One profile with its view, and the value of each stack. */
struct input {
	struct prof_profile p;
	struct prof_builder b;
	struct prof_rows rows;
	struct prof_frames frames;
	int64_t *weight;
};

static struct input in[2];
static struct prof_tree t;
static struct prof_err err;

static void
start(struct input *i)
{
	memset(i, 0, sizeof *i);
	prof_builder_init(&i->b, &i->p, NULL);
	prof_profile_add_type(&i->p, prof_strs_adds(&i->p.strs, "cpu"),
	    prof_strs_adds(&i->p.strs, "count"));
}

static prof_fn
function(struct input *i, const char *name, size_t len)
{
	struct prof_function f = { 0 };

	f.name = prof_strs_add(&i->p.strs, name, len);
	return prof_builder_function(&i->b, f);
}

/* A location "outer|inner": one line for each part, innermost first. */
static prof_loc
location(struct input *i, const char *names, size_t len)
{
	struct prof_location loc = { 0 };
	struct prof_line line[8] = { { 0 } };
	size_t n = 0, end = len, at;

	do {
		for (at = end; at > 0 && names[at - 1] != '|'; at--)
			;
		line[n++].fn = function(i, names + at, end - at);
		end = at > 0 ? at - 1 : 0;
	} while (at > 0);
	return prof_builder_location(&i->b, loc, line, n);
}

/* A sample of a stack "root;...;leaf"; "" is the empty stack. */
static void
sample(struct input *i, const char *stack, int64_t value)
{
	prof_loc frames[64];
	const char *end = stack + strlen(stack), *at;
	size_t n = 0;

	while (end > stack) {
		for (at = end; at > stack && at[-1] != ';'; at--)
			;
		frames[n++] = location(i, at, (size_t)(end - at));
		end = at > stack ? at - 1 : at;
	}
	ck_assert_int_eq(prof_builder_sample(&i->b,
	    prof_builder_stack(&i->b, frames, n), 0, 0, &value, &err), 0);
}

static void
finish(struct input *i)
{
	prof_builder_release(&i->b);
	prof_rows_init(&i->rows, &i->p, PROF_BY_FUNCTION);
	prof_frames_init(&i->frames, &i->rows);
	i->weight = prof_alloc((size_t)i->p.stacks.n + 1, sizeof *i->weight);
	ck_assert_int_eq(prof_flat_weights(&i->p, 0, i->weight, &err), 0);
}

static void
drop(struct input *i)
{
	free(i->weight);
	prof_frames_release(&i->frames);
	prof_rows_release(&i->rows);
	prof_profile_release(&i->p);
}

static int
build(struct input *i, struct prof_tree_opts opts)
{
	struct prof_tree_side side = { &i->rows, NULL, i->weight };

	opts.order = prof_frames_cmp;
	opts.order_ctx = &i->frames;
	memset(&err, 0, sizeof err);
	return prof_tree_init(&t, &side, 1, i->rows.n, &opts, &err);
}

static void
build_all(struct input *i)
{
	ck_assert_int_eq(build(i, (struct prof_tree_opts){ 0 }), PROF_OK);
}

static const char *
name_of(const struct input *i, uint32_t node)
{
	return node != 0 ?
	    prof_frames_get(&i->frames, t.frame[node])->name : "";
}

/* The node of a path "a;b;c", or UINT32_MAX. */
static uint32_t
find(const struct input *i, const char *path)
{
	uint32_t node = 0, c, k;
	size_t len;

	for (; *path != '\0'; path += len + (path[len] == ';')) {
		len = strcspn(path, ";");
		for (k = 0; k < t.nchildren[node]; k++) {
			c = t.first_child[node] + k;
			if (strlen(name_of(i, c)) == len &&
			    memcmp(name_of(i, c), path, len) == 0)
				break;
		}
		if (k == t.nchildren[node])
			return UINT32_MAX;
		node = t.first_child[node] + k;
	}
	return node;
}

static int64_t
total(const struct input *i, const char *path)
{
	uint32_t node = find(i, path);

	ck_assert_msg(node != UINT32_MAX, "no node %s", path);
	return t.total[0][node];
}

static void
three(struct input *i)
{
	start(i);
	sample(i, "main", 1);
	sample(i, "main;parse", 2);
	sample(i, "main;parse;read", 4);
	finish(i);
}

START_TEST(a_node_covers_its_callees)
{
	three(&in[0]);
	build_all(&in[0]);
	ck_assert_uint_eq(t.n, 4);
	ck_assert_int_eq(total(&in[0], ""), 7);
	ck_assert_int_eq(total(&in[0], "main"), 7);
	ck_assert_int_eq(total(&in[0], "main;parse"), 6);
	ck_assert_int_eq(t.self[0][find(&in[0], "main;parse")], 2);
	ck_assert_int_eq(total(&in[0], "main;parse;read"), 4);
	ck_assert_uint_eq(t.max_depth, 3);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

START_TEST(an_empty_profile_is_one_node)
{
	start(&in[0]);
	finish(&in[0]);
	build_all(&in[0]);
	ck_assert_uint_eq(t.n, 1);
	ck_assert_int_eq(t.total[0][0], 0);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

START_TEST(samples_without_frames_are_self_of_the_root)
{
	start(&in[0]);
	sample(&in[0], "", 3);
	sample(&in[0], "main", 4);
	finish(&in[0]);
	build_all(&in[0]);
	ck_assert_int_eq(t.self[0][0], 3);
	ck_assert_int_eq(t.total[0][0], 7);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

START_TEST(inlined_lines_are_frames_outermost_first)
{
	start(&in[0]);
	sample(&in[0], "main;outer|middle|inner;leaf", 5);
	finish(&in[0]);
	build_all(&in[0]);
	ck_assert_int_eq(total(&in[0], "main;outer;middle;inner;leaf"), 5);
	ck_assert_uint_eq(t.n, 6);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

START_TEST(from_the_leaf_the_order_is_reversed)
{
	struct prof_tree_opts opts = { .from_leaf = true };

	start(&in[0]);
	sample(&in[0], "main;outer|middle|inner;leaf", 5);
	sample(&in[0], "main;leaf", 2);
	finish(&in[0]);
	ck_assert_int_eq(build(&in[0], opts), PROF_OK);
	ck_assert_int_eq(total(&in[0], "leaf"), 7);
	ck_assert_int_eq(total(&in[0], "leaf;main"), 2);
	ck_assert_int_eq(total(&in[0], "leaf;inner;middle;outer;main"), 5);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

START_TEST(siblings_are_in_the_order_given)
{
	uint32_t c;

	start(&in[0]);
	sample(&in[0], "main;zeta", 1);
	sample(&in[0], "main;alpha", 1);
	sample(&in[0], "main;mid", 1);
	finish(&in[0]);
	build_all(&in[0]);
	c = t.first_child[find(&in[0], "main")];
	ck_assert_str_eq(name_of(&in[0], c), "alpha");
	ck_assert_str_eq(name_of(&in[0], c + 1), "mid");
	ck_assert_str_eq(name_of(&in[0], c + 2), "zeta");
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

START_TEST(recursion_makes_a_node_each)
{
	start(&in[0]);
	sample(&in[0], "main;walk;walk;walk", 2);
	sample(&in[0], "main;walk", 1);
	finish(&in[0]);
	build_all(&in[0]);
	ck_assert_int_eq(total(&in[0], "main;walk"), 3);
	ck_assert_int_eq(total(&in[0], "main;walk;walk;walk"), 2);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

START_TEST(small_nodes_are_cut_and_counted)
{
	struct prof_tree_opts opts = { .min_total = 5 };
	uint32_t node;

	start(&in[0]);
	sample(&in[0], "main;big;leaf", 10);
	sample(&in[0], "main;small", 3);
	sample(&in[0], "main;tiny", 4);
	finish(&in[0]);
	ck_assert_int_eq(build(&in[0], opts), PROF_OK);
	node = find(&in[0], "main");
	ck_assert_uint_eq(t.nchildren[node], 1);
	ck_assert_uint_eq(t.cut[node], 2);
	ck_assert_int_eq(t.total[0][node], 17);
	ck_assert(prof_tree_rest(&t, node, 0) == 7);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

START_TEST(gross_keeps_what_cancels_out)
{
	struct prof_tree_opts opts = { .min_total = 5 };

	start(&in[0]);
	sample(&in[0], "main;moved;here", 10);
	sample(&in[0], "main;moved;gone", -10);
	finish(&in[0]);
	ck_assert_int_eq(build(&in[0], opts), PROF_OK);
	ck_assert_uint_eq(t.n, 1);
	prof_tree_release(&t);
	opts.gross = true;
	ck_assert_int_eq(build(&in[0], opts), PROF_OK);
	ck_assert_int_eq(total(&in[0], "main;moved"), 0);
	ck_assert_int_eq(total(&in[0], "main;moved;gone"), -10);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

START_TEST(a_total_beyond_64_bits_is_an_error)
{
	start(&in[0]);
	sample(&in[0], "main;a", INT64_MAX);
	sample(&in[0], "main;b", 1);
	finish(&in[0]);
	ck_assert_int_eq(build(&in[0], (struct prof_tree_opts){ 0 }),
	    PROF_ERANGE);
	ck_assert_int_eq(err.code, PROF_ERANGE);
	drop(&in[0]);
}
END_TEST

START_TEST(an_overflow_on_the_way_is_none_in_the_end)
{
	start(&in[0]);
	sample(&in[0], "main;a", INT64_MAX);
	sample(&in[0], "main;b", 1);
	sample(&in[0], "main;c", -1);
	finish(&in[0]);
	build_all(&in[0]);
	ck_assert_int_eq(total(&in[0], "main"), INT64_MAX);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

/* A name in both gets one class, as a comparison would do. */
static void
union_of(struct input *a, struct input *b)
{
	uint32_t *class[2], n = a->rows.n, i, k;
	struct prof_tree_side side[2];

	class[0] = prof_zalloc((size_t)a->rows.n + 1, sizeof **class);
	class[1] = prof_zalloc((size_t)b->rows.n + 1, sizeof **class);
	for (i = 1; i <= a->rows.n; i++)
		class[0][i] = i;
	for (i = 1; i <= b->rows.n; i++) {
		for (k = 1; k <= a->rows.n; k++)
			if (strcmp(prof_rows_get(&b->rows, i)->name,
			    prof_rows_get(&a->rows, k)->name) == 0)
				class[1][i] = k;
		if (class[1][i] == 0) {
			class[1][i] = ++n;
			prof_frames_add(&a->frames,
			    prof_rows_get(&b->rows, i));
		}
	}
	side[0] = (struct prof_tree_side){ &a->rows, class[0], a->weight };
	side[1] = (struct prof_tree_side){ &b->rows, class[1], b->weight };
	ck_assert_int_eq(prof_tree_init(&t, side, 2, n, &(struct
	    prof_tree_opts){ .order = prof_frames_cmp,
	    .order_ctx = &a->frames }, &err), PROF_OK);
	free(class[0]);
	free(class[1]);
}

START_TEST(two_sides_share_their_nodes)
{
	uint32_t gone, new, both;

	start(&in[0]);
	sample(&in[0], "main;parse", 4);
	sample(&in[0], "main;old", 2);
	finish(&in[0]);
	start(&in[1]);
	sample(&in[1], "main;new", 3);
	sample(&in[1], "main;parse", 5);
	finish(&in[1]);
	union_of(&in[0], &in[1]);
	ck_assert_uint_eq(t.n, 5);
	both = find(&in[0], "main;parse");
	gone = find(&in[0], "main;old");
	new = find(&in[0], "main;new");
	ck_assert_int_eq(t.total[0][both], 4);
	ck_assert_int_eq(t.total[1][both], 5);
	ck_assert_int_eq(t.total[0][gone], 2);
	ck_assert_int_eq(t.total[1][gone], 0);
	ck_assert_int_eq(t.total[0][new], 0);
	ck_assert_int_eq(t.total[1][new], 3);
	ck_assert_int_eq(t.total[1][0], 8);
	prof_tree_release(&t);
	drop(&in[0]);
	drop(&in[1]);
}
END_TEST

/* Small pseudo random numbers that are the same everywhere. */
static uint32_t
draw(uint64_t *state, uint32_t below)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(*state >> 33) % below;
}

/* n random stacks over few names; reversed adds them last to first. */
static void
fill_random(struct input *i, uint64_t seed, unsigned n, bool reversed)
{
	char stack[64][64];
	int64_t value[64];
	unsigned k, d, depth, at;

	for (k = 0; k < n; k++) {
		depth = 1 + draw(&seed, 8);
		for (d = 0, at = 0; d < depth; d++) {
			stack[k][at++] = (char)('a' + draw(&seed, 3));
			stack[k][at++] = d + 1 < depth ?
			    (draw(&seed, 5) == 0 ? '|' : ';') : '\0';
		}
		value[k] = 1 + draw(&seed, 9);
	}
	start(i);
	for (k = 0; k < n; k++)
		sample(i, stack[reversed ? n - 1 - k : k],
		    value[reversed ? n - 1 - k : k]);
	finish(i);
}

START_TEST(totals_are_self_and_children)
{
	uint32_t node, c;
	int64_t sum;

	fill_random(&in[0], (uint64_t)_i, 60, false);
	build_all(&in[0]);
	for (node = 0; node < t.n; node++) {
		sum = t.self[0][node];
		for (c = 0; c < t.nchildren[node]; c++) {
			ck_assert_uint_eq(t.parent[t.first_child[node] + c],
			    node);
			sum += t.total[0][t.first_child[node] + c];
		}
		ck_assert_int_eq(sum, t.total[0][node]);
		ck_assert_uint_eq(t.cut[node], 0);
		ck_assert(node == 0 || t.parent[node] < node);
		ck_assert(node == 0 ||
		    t.depth[node] == t.depth[t.parent[node]] + 1);
	}
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

static bool
same_tree(const struct prof_tree *a, const struct input *ia,
    const struct prof_tree *b, const struct input *ib)
{
	uint32_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++) {
		if (a->parent[i] != b->parent[i] ||
		    a->total[0][i] != b->total[0][i] ||
		    a->self[0][i] != b->self[0][i])
			return false;
		if (i > 0 && strcmp(
		    prof_frames_get(&ia->frames, a->frame[i])->name,
		    prof_frames_get(&ib->frames, b->frame[i])->name) != 0)
			return false;
	}
	return true;
}

START_TEST(the_numbering_of_stacks_does_not_show)
{
	struct prof_tree first;

	fill_random(&in[0], (uint64_t)_i, 60, false);
	fill_random(&in[1], (uint64_t)_i, 60, true);
	build_all(&in[0]);
	first = t;
	build_all(&in[1]);
	ck_assert(same_tree(&first, &in[0], &t, &in[1]));
	prof_tree_release(&first);
	prof_tree_release(&t);
	drop(&in[0]);
	drop(&in[1]);
}
END_TEST

/* Cutting drops exactly the nodes below the limit and changes no other. */
START_TEST(cutting_keeps_all_others_as_they_are)
{
	struct prof_tree_opts opts = { .min_total = 12 };
	struct prof_tree all;
	uint32_t node, k = 0;

	fill_random(&in[0], (uint64_t)_i, 60, false);
	build_all(&in[0]);
	all = t;
	ck_assert_int_eq(build(&in[0], opts), PROF_OK);
	for (node = 0; node < all.n; node++) {
		if (all.total[0][node] < opts.min_total)
			continue;
		ck_assert_uint_lt(k, t.n);
		ck_assert_uint_eq(t.frame[k], all.frame[node]);
		ck_assert_int_eq(t.total[0][k], all.total[0][node]);
		ck_assert_int_eq(t.self[0][k], all.self[0][node]);
		k++;
	}
	ck_assert_uint_eq(k, t.n);
	prof_tree_release(&all);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

/* Depth must be bounded by memory, not by the C stack or by squares. */
START_TEST(a_million_frames_deep)
{
	const size_t depth = 1000000;
	prof_loc *run = prof_alloc(depth, sizeof *run), two[2];
	int64_t value = 5;
	size_t i;

	start(&in[0]);
	two[0] = location(&in[0], "walk", 4);
	two[1] = location(&in[0], "step|jump", 9);
	for (i = 0; i < depth; i++)
		run[i] = two[i & 1];
	ck_assert_int_eq(prof_builder_sample(&in[0].b, prof_builder_stack(
	    &in[0].b, run, depth), 0, 0, &value, &err), 0);
	finish(&in[0]);
	build_all(&in[0]);
	ck_assert_uint_eq(t.n, 1500001);
	ck_assert_uint_eq(t.max_depth, 1500000);
	ck_assert_int_eq(t.self[0][t.n - 1], 5);
	ck_assert_int_eq(t.total[0][1], 5);
	free(run);
	prof_tree_release(&t);
	drop(&in[0]);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("tree");
	TCase *tc = tcase_create("tree");
	SRunner *sr;
	int failed;

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_node_covers_its_callees);
	tcase_add_test(tc, an_empty_profile_is_one_node);
	tcase_add_test(tc, samples_without_frames_are_self_of_the_root);
	tcase_add_test(tc, inlined_lines_are_frames_outermost_first);
	tcase_add_test(tc, from_the_leaf_the_order_is_reversed);
	tcase_add_test(tc, siblings_are_in_the_order_given);
	tcase_add_test(tc, recursion_makes_a_node_each);
	tcase_add_test(tc, small_nodes_are_cut_and_counted);
	tcase_add_test(tc, gross_keeps_what_cancels_out);
	tcase_add_test(tc, a_total_beyond_64_bits_is_an_error);
	tcase_add_test(tc, an_overflow_on_the_way_is_none_in_the_end);
	tcase_add_test(tc, two_sides_share_their_nodes);
	tcase_add_loop_test(tc, totals_are_self_and_children, 0, 40);
	tcase_add_loop_test(tc, the_numbering_of_stacks_does_not_show, 0, 40);
	tcase_add_loop_test(tc, cutting_keeps_all_others_as_they_are, 0, 40);
	tcase_add_test(tc, a_million_frames_deep);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_NORMAL);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed != 0;
}
