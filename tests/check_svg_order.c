/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_order.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/flat.h"
#include "libanalysis/nomem.h"
#include "tests/random.h"
#include "tests/support.h"

static struct prof_profile p;
static struct prof_rows rows;
static struct prof_frames frames;
static struct prof_tree t;

static void
build(const char *folded, struct prof_tree_opts how)
{
	struct prof_tree_side side[2] = { 0 };
	struct prof_err err = { 0 };
	unsigned s;

	test_read(&p, "folded", folded);
	prof_rows_init(&rows, &p, PROF_BY_FUNCTION);
	prof_frames_init(&frames, &rows);
	for (s = 0; s < p.ntypes; s++) {
		int64_t *w = prof_alloc((size_t)p.stacks.n + 1, sizeof *w);

		ck_assert_int_eq(prof_flat_weights(&p, s, w, &err), PROF_OK);
		side[s] = (struct prof_tree_side){ &rows, NULL, w };
	}
	how.order = prof_frames_cmp;
	how.order_ctx = &frames;
	ck_assert_int_eq(prof_tree_init(&t, side, p.ntypes, rows.n, &how,
	    &err), PROF_OK);
	for (s = 0; s < p.ntypes; s++)
		free((void *)(uintptr_t)side[s].weight);
}

static void
drop(void)
{
	prof_tree_release(&t);
	prof_frames_release(&frames);
	prof_rows_release(&rows);
	prof_profile_release(&p);
}

static const char *
name(uint32_t node)
{
	return node != 0 ? prof_frames_get(&frames, t.frame[node])->name :
	    "all";
}

/* The names of a node's children, parted by blanks; to be freed. */
static char *
children(uint32_t node)
{
	struct prof_buf b = { 0 };
	uint32_t i;

	for (i = 0; i < t.nchildren[node]; i++)
		prof_buf_addf(&b, "%s%s", i > 0 ? " " : "",
		    name(t.first_child[node] + i));
	return prof_buf_str(&b)[0] != '\0' ? b.data : prof_strndup("", 0);
}

static void
are_children(uint32_t node, const char *want)
{
	char *have = children(node);

	ck_assert_str_eq(have, want);
	free(have);
}

static void
sort(enum prof_svg_widths widths)
{
	prof_u128 *w = prof_svg_weigh(&t, widths);

	prof_svg_sort(&t, w);
	free(w);
}

static const struct prof_tree_opts all;

START_TEST(the_widest_sibling_comes_first)
{
	build("a;x 1\na;y 4\na;z 2\nb 9\nc 3\n", all);
	sort(PROF_SVG_UNION);
	are_children(0, "b a c");
	are_children(2, "y z x");
	drop();
}
END_TEST

START_TEST(equal_ones_stay_in_order_of_names)
{
	build("d 1\nb 1\nc 2\na 1\n", all);
	sort(PROF_SVG_UNION);
	are_children(0, "c a b d");
	drop();
}
END_TEST

START_TEST(a_negative_sibling_counts_by_its_size)
{
	build("a 1\nb -5\nc 3\n", all);
	sort(PROF_SVG_UNION);
	are_children(0, "b c a");
	drop();
}
END_TEST

START_TEST(weights_follow_the_widths_asked_for)
{
	static const char two[] = "a 5 1\nb 2 9\nc 4 4\n";

	build(two, all);
	sort(PROF_SVG_UNION);
	are_children(0, "b a c");
	drop();
	build(two, all);
	sort(PROF_SVG_BEFORE);
	are_children(0, "a c b");
	drop();
	build(two, all);
	sort(PROF_SVG_AFTER);
	are_children(0, "b c a");
	drop();
	build(two, all);
	sort(PROF_SVG_ABS);
	are_children(0, "b a c");
	drop();
}
END_TEST

START_TEST(what_was_left_out_has_its_width)
{
	struct prof_tree_opts how = { .min_total = 3 };
	prof_u128 *w;

	build("a;x 1\na;y 1\na;z 5\n", how);
	w = prof_svg_weigh(&t, PROF_SVG_UNION);
	ck_assert(w[0] == 7 && w[1] == 7 && w[2] == 5);
	ck_assert(prof_svg_rest(&t, 1, PROF_SVG_UNION) == 2);
	ck_assert(prof_svg_rest(&t, 2, PROF_SVG_UNION) == 0);
	free(w);
	drop();
}
END_TEST

START_TEST(as_met_is_the_order_of_the_first_stacks)
{
	struct prof_tree_opts how = { .as_met = true };

	/* b was met as a frame before, but below the root c was first. */
	build("m;b 1\nc;x 1\nb;y 1\nc;a 1\nb;d 1\nb;c 1\n", how);
	are_children(0, "m c b");
	are_children(2, "x a");
	are_children(3, "y d c");
	drop();
}
END_TEST

START_TEST(a_sorted_tree_is_a_tree_of_the_same_nodes)
{
	struct test_random r = { (uint64_t)_i };
	struct prof_buf in = { 0 };
	int64_t before = 0, after = 0;
	uint32_t i, k, next = 1;

	for (i = 0; i < 200; i++) {
		for (k = test_random_below(&r, 6) + 1; k > 0; k--)
			prof_buf_addf(&in, "f%u%s",
			    (unsigned)test_random_below(&r, 5),
			    k > 1 ? ";" : "");
		prof_buf_addf(&in, " %u\n", test_random_below(&r, 50) + 1);
	}
	build(prof_buf_str(&in), all);
	for (i = 0; i < t.n; i++)
		before += t.total[0][i] * (t.frame[i] + 7 * t.depth[i]);
	sort(PROF_SVG_UNION);
	for (i = 0; i < t.n; i++) {
		int64_t sum = t.self[0][i], last = INT64_MAX;

		after += t.total[0][i] * (t.frame[i] + 7 * t.depth[i]);
		if (t.nchildren[i] > 0)
			ck_assert_uint_eq(t.first_child[i], next);
		for (k = 0; k < t.nchildren[i]; k++, next++) {
			ck_assert_uint_eq(t.parent[next], i);
			ck_assert_uint_eq(t.depth[next], t.depth[i] + 1);
			ck_assert_int_le(t.total[0][next], last);
			last = t.total[0][next];
			sum += last;
		}
		ck_assert_int_eq(t.total[0][i], sum);
	}
	ck_assert_uint_eq(next, t.n);
	ck_assert_int_eq(after, before);
	drop();
	prof_buf_release(&in);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("svg_order");

	tcase_add_test(tc, the_widest_sibling_comes_first);
	tcase_add_test(tc, equal_ones_stay_in_order_of_names);
	tcase_add_test(tc, a_negative_sibling_counts_by_its_size);
	tcase_add_test(tc, weights_follow_the_widths_asked_for);
	tcase_add_test(tc, what_was_left_out_has_its_width);
	tcase_add_test(tc, as_met_is_the_order_of_the_first_stacks);
	tcase_add_loop_test(tc, a_sorted_tree_is_a_tree_of_the_same_nodes, 0,
	    40);
	return test_main("svg_order", tc);
}
