/* SPDX-License-Identifier: MIT */
#include "libanalysis/svg_order.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/folded_tree.h"
#include "tests/random.h"

static struct folded_tree f;

static const char *
name(uint32_t node)
{
	return node != 0 ? prof_frames_get(&f.frames, f.t.frame[node])->name :
	    "all";
}

/* The names of a node's children, parted by blanks; to be freed. */
static char *
children(uint32_t node)
{
	struct prof_buf b = { 0 };
	uint32_t i;

	for (i = 0; i < f.t.nchildren[node]; i++)
		prof_buf_addf(&b, "%s%s", i > 0 ? " " : "",
		    name(f.t.first_child[node] + i));
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
	prof_u128 *w = prof_svg_weigh(&f.t, widths);

	prof_svg_sort(&f.t, w);
	free(w);
}

static const struct prof_tree_opts all;

START_TEST(the_widest_sibling_comes_first)
{
	folded_tree_init(&f, "a;x 1\na;y 4\na;z 2\nb 9\nc 3\n", all);
	sort(PROF_SVG_UNION);
	are_children(0, "b a c");
	are_children(2, "y z x");
	folded_tree_release(&f);
}
END_TEST

START_TEST(equal_ones_stay_in_order_of_names)
{
	folded_tree_init(&f, "d 1\nb 1\nc 2\na 1\n", all);
	sort(PROF_SVG_UNION);
	are_children(0, "c a b d");
	folded_tree_release(&f);
}
END_TEST

START_TEST(a_negative_sibling_counts_by_its_size)
{
	folded_tree_init(&f, "a 1\nb -5\nc 3\n", all);
	sort(PROF_SVG_UNION);
	are_children(0, "b c a");
	folded_tree_release(&f);
}
END_TEST

START_TEST(weights_follow_the_widths_asked_for)
{
	static const char two[] = "a 5 1\nb 2 9\nc 4 4\n";

	folded_tree_init(&f, two, all);
	sort(PROF_SVG_UNION);
	are_children(0, "b a c");
	folded_tree_release(&f);
	folded_tree_init(&f, two, all);
	sort(PROF_SVG_BEFORE);
	are_children(0, "a c b");
	folded_tree_release(&f);
	folded_tree_init(&f, two, all);
	sort(PROF_SVG_AFTER);
	are_children(0, "b c a");
	folded_tree_release(&f);
	folded_tree_init(&f, two, all);
	sort(PROF_SVG_ABS);
	are_children(0, "b a c");
	folded_tree_release(&f);
}
END_TEST

START_TEST(what_was_left_out_has_its_width)
{
	struct prof_tree_opts how = { .min_total = 3 };
	prof_u128 *w;

	folded_tree_init(&f, "a;x 1\na;y 1\na;z 5\n", how);
	w = prof_svg_weigh(&f.t, PROF_SVG_UNION);
	ck_assert(w[0] == 7 && w[1] == 7 && w[2] == 5);
	ck_assert(prof_svg_rest(&f.t, 1, PROF_SVG_UNION) == 2);
	ck_assert(prof_svg_rest(&f.t, 2, PROF_SVG_UNION) == 0);
	free(w);
	folded_tree_release(&f);
}
END_TEST

START_TEST(as_met_is_the_order_of_the_first_stacks)
{
	struct prof_tree_opts how = { .as_met = true };

	/* b was met as a frame before, but below the root c was first. */
	folded_tree_init(&f, "m;b 1\nc;x 1\nb;y 1\nc;a 1\nb;d 1\nb;c 1\n", how);
	are_children(0, "m c b");
	are_children(2, "x a");
	are_children(3, "y d c");
	folded_tree_release(&f);
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
	folded_tree_init(&f, prof_buf_str(&in), all);
	for (i = 0; i < f.t.n; i++)
		before += f.t.total[0][i] * (f.t.frame[i] + 7 * f.t.depth[i]);
	sort(PROF_SVG_UNION);
	for (i = 0; i < f.t.n; i++) {
		int64_t sum = f.t.self[0][i], last = INT64_MAX;

		after += f.t.total[0][i] * (f.t.frame[i] + 7 * f.t.depth[i]);
		if (f.t.nchildren[i] > 0)
			ck_assert_uint_eq(f.t.first_child[i], next);
		for (k = 0; k < f.t.nchildren[i]; k++, next++) {
			ck_assert_uint_eq(f.t.parent[next], i);
			ck_assert_uint_eq(f.t.depth[next], f.t.depth[i] + 1);
			ck_assert_int_le(f.t.total[0][next], last);
			last = f.t.total[0][next];
			sum += last;
		}
		ck_assert_int_eq(f.t.total[0][i], sum);
	}
	ck_assert_uint_eq(next, f.t.n);
	ck_assert_int_eq(after, before);
	folded_tree_release(&f);
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
