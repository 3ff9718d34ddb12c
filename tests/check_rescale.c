/* SPDX-License-Identifier: MIT */
#include "libanalysis/rescale.h"

#include <string.h>

#include "libanalysis/check.h"
#include "libanalysis/mean.h"
#include "tests/edges.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_err err;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	make_drop(&m);
}

START_TEST(a_factor_changes_the_scale_and_no_value)
{
	make_sample(&m, "f", 10);
	ck_assert_int_eq(prof_rescale(&m.p, 2, 3, &err), PROF_OK);
	ck_assert_int_eq(prof_rescale(&m.p, 3, 4, &err), PROF_OK);
	ck_assert_int_eq(m.p.type[0].num, 1);
	ck_assert_int_eq(m.p.type[0].den, 2);
	ck_assert_int_eq(m.p.value[0][0], 10);
}
END_TEST

START_TEST(a_scale_beyond_64_bits_is_an_error)
{
	ck_assert_int_eq(prof_rescale(&m.p, 1, INT64_MAX, &err), PROF_OK);
	ck_assert_int_eq(prof_rescale(&m.p, 1, 2, &err), PROF_ERANGE);
}
END_TEST

START_TEST(to_a_total_parts_add_up_exactly)
{
	int64_t sum;

	make_sample(&m, "f", 1);
	make_sample(&m, "g", 1);
	make_sample(&m, "h", -1);
	ck_assert_int_eq(prof_normalize(&m.p, "total", &err), PROF_OK);
	sum = m.p.value[0][0] + m.p.value[0][1] - m.p.value[0][2];
	ck_assert_int_eq(sum, INT64_C(1000000000000));
	ck_assert_int_eq(m.p.type[0].num, 1);
	ck_assert_int_eq(m.p.type[0].den, 1000);
	ck_assert_int_lt(m.p.value[0][2], 0);
}
END_TEST

/* Else a report would say that it was sampled a billion times. */
START_TEST(to_a_total_samples_beside_values_stay_counts)
{
	int64_t first[2] = { 7, 3 };

	prof_profile_add_type(&m.p, make_str(&m, "samples"),
	    make_str(&m, "count"));
	make_values(&m, make_stack(&m, "f"), 0, first);
	ck_assert_int_eq(prof_normalize(&m.p, "total", &err), PROF_OK);
	ck_assert_int_eq(m.p.value[0][0], INT64_C(1000000000000));
	ck_assert_int_eq(m.p.value[1][0], 3);
	ck_assert_int_eq(m.p.type[1].den, 1);
}
END_TEST

START_TEST(samples_alone_are_no_counts_afterwards)
{
	make_drop(&m);
	make_start(&m, "samples", "count");
	make_sample(&m, "f", 3);
	ck_assert_int_eq(prof_normalize(&m.p, "total", &err), PROF_OK);
	ck_assert_int_eq(m.p.value[0][0], INT64_C(1000000000000));
	ck_assert_int_eq(m.p.type[0].den, 1000);
}
END_TEST

static void
setup_edges(void)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "f", 2, 1, 3);
	edges_own(&m, "g", 4, 2, 2);
	edges_add(&m, "f", "g", 4, 2, 2);
	memset(&err, 0, sizeof err);
}

static void
check_edge(uint32_t row, int64_t calls, int64_t self, int64_t total)
{
	ck_assert_int_eq(m.p.edges.value[0][row], calls);
	ck_assert_int_eq(m.p.edges.value[2][row], self);
	ck_assert_int_eq(m.p.edges.value[3][row], total);
}

START_TEST(edges_are_normalised_to_the_total_of_self)
{
	setup_edges();
	ck_assert_int_eq(prof_normalize(&m.p, "total", &err), PROF_OK);
	ck_assert_uint_eq(m.p.edges.n, 3);
	check_edge(0, 2, INT64_C(333333333333), INT64_C(1000000000000));
	check_edge(1, 4, INT64_C(666666666667), INT64_C(666666666667));
	check_edge(2, 4, INT64_C(666666666667), INT64_C(666666666667));
	ck_assert_int_eq(m.p.edges.type[2].den, 1000);
	ck_assert_int_eq(m.p.edges.type[3].den, 1000);
	ck_assert_int_eq(m.p.edges.error[2], 1);
	ck_assert_int_eq(m.p.type[0].den, 1000);
}
END_TEST

START_TEST(edges_are_divided_by_the_duration_exactly_if_they_can)
{
	setup_edges();
	m.p.meta.duration_ns = INT64_C(2000000000);
	m.p.edges.error[3] = 1;
	ck_assert_int_eq(prof_normalize(&m.p, "duration", &err), PROF_OK);
	check_edge(0, 2, 500, 1500);
	ck_assert_int_eq(m.p.edges.type[2].den, 1000);
	ck_assert_int_eq(m.p.edges.error[2], 0);
	ck_assert_int_eq(m.p.edges.error[3], 500);
}
END_TEST

/* Two recordings of one program: its calls per run are half of them. */
START_TEST(of_an_average_calls_are_divided_too)
{
	struct prof_graph g;
	struct prof_rows rows;
	struct prof_flat f;
	bool chosen[8];
	uint32_t i;

	memset(chosen, true, sizeof chosen);
	setup_edges();
	ck_assert_int_eq(prof_rescale(&m.p, 1, 2, &err), PROF_OK);
	ck_assert_int_eq(m.p.edges.type[0].den, 1);
	ck_assert_int_eq(prof_rescale_calls(&m.p, 1, 2, &err), PROF_OK);
	ck_assert_int_eq(m.p.edges.type[0].den, 2);
	ck_assert_int_eq(m.p.edges.type[1].den, 2);
	ck_assert_int_eq(m.p.edges.type[2].den, 2);
	check_edge(0, 2, 1, 3);
	prof_rows_init(&rows, &m.p, PROF_BY_FUNCTION);
	ck_assert_int_eq(prof_flat_init(&f, &rows, 0, &err), PROF_OK);
	ck_assert(f.calls[1] == 1 && f.calls[2] == 2);
	ck_assert(f.primitive[2] == 2);
	ck_assert_int_eq(prof_graph_init(&g, &rows, 0, PROF_GRAPH_CALLEES,
	    chosen, &err), PROF_OK);
	for (i = 0; i < g.n; i++)
		ck_assert(g.callee[i] != 2 || g.calls[i] == 2);
	ck_assert_uint_ge(g.n, 1);
	prof_graph_release(&g);
	prof_flat_release(&f);
	prof_rows_release(&rows);
}
END_TEST

START_TEST(nothing_stays_nothing)
{
	make_sample(&m, "f", 0);
	ck_assert_int_eq(prof_normalize(&m.p, "total", &err), PROF_OK);
	ck_assert_int_eq(m.p.value[0][0], 0);
}
END_TEST

START_TEST(values_per_second_have_three_decimals)
{
	make_sample(&m, "f", 7);
	m.p.meta.duration_ns = INT64_C(2000000000);
	ck_assert_int_eq(prof_normalize(&m.p, "duration", &err), PROF_OK);
	ck_assert_int_eq(m.p.value[0][0], 3500);
	ck_assert_int_eq(m.p.type[0].den, 1000);
}
END_TEST

START_TEST(without_a_duration_there_is_nothing_per_second)
{
	make_sample(&m, "f", 7);
	ck_assert_int_eq(prof_normalize(&m.p, "duration", &err),
	    PROF_EMISMATCH);
}
END_TEST

START_TEST(operations_divide_exactly)
{
	make_sample(&m, "f", 7);
	ck_assert_int_eq(prof_normalize(&m.p, "per-op:2.5", &err), PROF_OK);
	ck_assert_int_eq(m.p.type[0].num, 2);
	ck_assert_int_eq(m.p.type[0].den, 5);
}
END_TEST

START_TEST(other_modes_are_refused)
{
	static const char *const bad[] = { "", "median", "per-op:",
	    "per-op:0", "per-op:x", "per-op:1e3" };

	make_sample(&m, "f", 7);
	ck_assert_int_eq(prof_normalize(&m.p, bad[_i], &err), PROF_EUSAGE);
}
END_TEST

/* Sums first: the mean of 1/1 and 9/3 is 10/4. */
START_TEST(means_are_of_sums)
{
	int64_t first[2] = { 1, 1 }, second[2] = { 3, 9 };
	struct prof_rows rows;
	struct prof_flat by, f;

	prof_profile_add_type(&m.p, make_str(&m, "delay"),
	    make_str(&m, "ns"));
	make_values(&m, make_stack(&m, "main;f"), 0, first);
	make_values(&m, make_stack(&m, "g;f"), 0, second);
	prof_rows_init(&rows, &m.p, PROF_BY_FUNCTION);
	ck_assert_int_eq(prof_flat_init(&by, &rows, 0, &err), PROF_OK);
	ck_assert_int_eq(prof_flat_init(&f, &rows, 1, &err), PROF_OK);
	prof_mean_flat(&f, &by);
	ck_assert(f.sum == 2500 && f.whole == 2500);
	ck_assert(f.mean);
	prof_flat_release(&f);
	prof_flat_release(&by);
	prof_rows_release(&rows);
}
END_TEST

START_TEST(means_of_edges_are_divided_too)
{
	int64_t first[2] = { 2, 10 }, second[2] = { 4, 100 };
	struct prof_graph by, g;
	struct prof_rows rows;
	bool chosen[8];
	uint32_t i;

	memset(chosen, true, sizeof chosen);
	prof_profile_add_type(&m.p, make_str(&m, "delay"),
	    make_str(&m, "ns"));
	make_values(&m, make_stack(&m, "main;f"), 0, first);
	make_values(&m, make_stack(&m, "main;g"), 0, second);
	prof_rows_init(&rows, &m.p, PROF_BY_FUNCTION);
	ck_assert_int_eq(prof_graph_init(&by, &rows, 0, PROF_GRAPH_CALLEES,
	    chosen, &err), PROF_OK);
	ck_assert_int_eq(prof_graph_init(&g, &rows, 1, PROF_GRAPH_CALLEES,
	    chosen, &err), PROF_OK);
	prof_mean_graph(&g, &by);
	ck_assert_uint_eq(g.n, 2);
	for (i = 0; i < g.n; i++)
		ck_assert(g.value[i] == 5000 || g.value[i] == 25000);
	prof_graph_release(&g);
	prof_graph_release(&by);
	prof_rows_release(&rows);
}
END_TEST

START_TEST(a_mean_of_nothing_is_nothing)
{
	ck_assert(prof_mean_of(5, 0) == 0);
	ck_assert(prof_mean_of(5, 2) == 2500);
	ck_assert(prof_mean_of(5, -2) == -2500);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("rescale");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_factor_changes_the_scale_and_no_value);
	tcase_add_test(tc, a_scale_beyond_64_bits_is_an_error);
	tcase_add_test(tc, to_a_total_parts_add_up_exactly);
	tcase_add_test(tc, to_a_total_samples_beside_values_stay_counts);
	tcase_add_test(tc, samples_alone_are_no_counts_afterwards);
	tcase_add_test(tc, edges_are_normalised_to_the_total_of_self);
	tcase_add_test(tc,
	    edges_are_divided_by_the_duration_exactly_if_they_can);
	tcase_add_test(tc, of_an_average_calls_are_divided_too);
	tcase_add_test(tc, nothing_stays_nothing);
	tcase_add_test(tc, values_per_second_have_three_decimals);
	tcase_add_test(tc, without_a_duration_there_is_nothing_per_second);
	tcase_add_test(tc, operations_divide_exactly);
	tcase_add_loop_test(tc, other_modes_are_refused, 0, 6);
	tcase_add_test(tc, means_are_of_sums);
	tcase_add_test(tc, means_of_edges_are_divided_too);
	tcase_add_test(tc, a_mean_of_nothing_is_nothing);
	return test_main("rescale", tc);
}
