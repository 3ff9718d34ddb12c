/* SPDX-License-Identifier: MIT */
#include "libanalysis/context.h"

#include "libanalysis/buf.h"
#include "tests/compare.h"
#include "tests/edges.h"

static struct compare c;
static struct prof_context x;

static void
build(unsigned nbase, double share)
{
	ck_assert_int_eq(compare_run(&c, nbase, NULL), PROF_OK);
	prof_context_init(&x, &c.d, share);
}

static void
done(void)
{
	prof_context_release(&x);
	compare_done(&c);
}

/* The node of "root;...;leaf"; "?" is what was left out. */
static uint32_t
find(const char *path)
{
	uint32_t node = 0, i;
	char name[64];
	size_t len;

	for (; *path != '\0'; path += len + (path[len] != '\0')) {
		len = strcspn(path, ";");
		memcpy(name, path, len);
		name[len] = '\0';
		for (i = node + 1; i < x.n; i++)
			if (x.parent[i] == node && x.class[i] ==
			    (name[0] == '?' ? 0 : compare_find(&c, name)))
				break;
		if (i == x.n)
			return 0;
		node = i;
	}
	return node;
}

static void
expect(const char *path, double self0, double total0, double self1,
    double total1)
{
	uint32_t node = find(path);

	ck_assert_msg(node != 0 || *path == '\0', "no %s", path);
	ck_assert_double_eq_tol(x.self[0][node], self0, 1e-9);
	ck_assert_double_eq_tol(x.total[0][node], total0, 1e-9);
	ck_assert_double_eq_tol(x.self[1][node], self1, 1e-9);
	ck_assert_double_eq_tol(x.total[1][node], total1, 1e-9);
}

START_TEST(both_sides_share_one_tree)
{
	compare_add(&c, "a", "m;f 3\nm;g;f 4\nm 1");
	compare_add(&c, "b", "n;f 5\nm;f 6\n 2");
	build(1, 0);
	ck_assert_uint_eq(x.n, 7);
	expect("", 0, 8, 2, 13);
	expect("m", 1, 8, 0, 6);
	expect("m;f", 3, 3, 6, 6);
	expect("m;g;f", 4, 4, 0, 0);
	expect("n;f", 0, 0, 5, 5);
	ck_assert(!x.estimated);
	done();
}
END_TEST

START_TEST(values_are_means_of_the_runs_of_a_side)
{
	compare_add(&c, "a1", "m;f 3");
	compare_add(&c, "a2", "m;f 4\nm;g 2");
	compare_add(&c, "b1", "m;f 1");
	compare_add(&c, "b2", "m;f 1");
	compare_add(&c, "b3", "m;f 4");
	build(2, 0);
	expect("m", 0, 4.5, 0, 2);
	expect("m;f", 3.5, 3.5, 2, 2);
	expect("m;g", 1, 1, 0, 0);
	done();
}
END_TEST

START_TEST(runs_of_other_units_are_converted)
{
	compare_type(&c, "cpu", "milliseconds");
	compare_samples(&c, "a", "m;f 3");
	compare_type(&c, "cpu", "microseconds");
	compare_samples(&c, "b", "m;f 5");
	build(1, 0);
	expect("m;f", 3000, 3000, 5, 5);
	done();
}
END_TEST

START_TEST(small_subtrees_are_one_node_of_nothing)
{
	compare_add(&c, "a", "m;f 900\nm;g;h 3\nm;k 4\nm 93");
	compare_add(&c, "b", "m;f 900\nm;g;h 2\nm;k 90\nm 8");
	build(1, 0.01);
	ck_assert_uint_eq(find("m;g"), 0);
	expect("m;?", 3, 3, 2, 2);
	expect("m;k", 4, 4, 90, 90);
	expect("m", 93, 1000, 8, 1000);
	done();
}
END_TEST

START_TEST(each_side_has_its_own_total_to_be_small_of)
{
	compare_add(&c, "a", "m;f 99\nm;g 1");
	compare_add(&c, "b", "m;f 99990\nm;g 10");
	build(1, 0.005);
	expect("m;g", 1, 1, 10, 10);
	done();
}
END_TEST

START_TEST(an_empty_side_keeps_nothing)
{
	compare_samples(&c, "a", "");
	compare_add(&c, "b", "m;f 990\nm;g 10");
	build(1, 0.05);
	ck_assert_uint_eq(find("m;g"), 0);
	expect("m;?", 0, 0, 10, 10);
	expect("m;f", 0, 0, 990, 990);
	done();
}
END_TEST

START_TEST(parents_come_before_children)
{
	struct prof_buf text = { 0 };
	double sum;
	uint32_t i, k;

	for (i = 0; i < 200; i++)
		prof_buf_addf(&text, "m;f%u;f%u;g%u %u\n", i % 7, i % 13,
		    i % 29, i % 5 + 1);
	compare_add(&c, "a", prof_buf_str(&text));
	compare_add(&c, "b", "m;f1;f2 7");
	build(1, 0.02);
	for (i = 1; i < x.n; i++)
		ck_assert_uint_lt(x.parent[i], i);
	for (i = 0; i < x.n; i++) {
		for (k = 1, sum = x.self[0][i]; k < x.n; k++)
			sum += x.parent[k] == i ? x.total[0][k] : 0;
		ck_assert_double_eq_tol(sum, x.total[0][i], 1e-9);
	}
	prof_buf_release(&text);
	done();
}
END_TEST

START_TEST(sums_beyond_64_bits_are_no_trouble)
{
	compare_add(&c, "a1", "m;f 9223372036854775807");
	compare_add(&c, "a2", "m;f 9223372036854775807");
	compare_add(&c, "b", "m;f 9223372036854775806");
	build(2, 0);
	ck_assert_double_eq_tol(x.total[0][find("m;f")] / 0x1p63, 1, 1e-12);
	ck_assert_double_eq_tol(x.total[1][find("m;f")] / 0x1p63, 1, 1e-12);
	done();
}
END_TEST

START_TEST(without_stacks_there_is_no_tree)
{
	struct made m;

	edges_start(&m);
	edges_own(&m, "main", 1, 5, 9);
	edges_own(&m, "f", 2, 4, 4);
	edges_add(&m, "main", "f", 2, 4, 4);
	prof_builder_release(&m.b);
	c.p[0] = m.p;
	prof_rows_init(&c.rows[0], &c.p[0], PROF_BY_FUNCTION);
	c.run[0] = (struct prof_diff_run){ .name = "a", .rows = &c.rows[0],
	    .flat = &c.flat[0] };
	c.n = 1;
	compare_type(&c, "time", "nanoseconds");
	compare_samples(&c, "b", "main;f 3");
	build(1, 0);
	ck_assert_uint_eq(x.n, 0);
	done();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("context");

	tcase_add_test(tc, both_sides_share_one_tree);
	tcase_add_test(tc, values_are_means_of_the_runs_of_a_side);
	tcase_add_test(tc, runs_of_other_units_are_converted);
	tcase_add_test(tc, small_subtrees_are_one_node_of_nothing);
	tcase_add_test(tc, each_side_has_its_own_total_to_be_small_of);
	tcase_add_test(tc, an_empty_side_keeps_nothing);
	tcase_add_test(tc, parents_come_before_children);
	tcase_add_test(tc, sums_beyond_64_bits_are_no_trouble);
	tcase_add_test(tc, without_stacks_there_is_no_tree);
	return compare_main("context", tc);
}
