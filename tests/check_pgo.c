/* SPDX-License-Identifier: MIT */
#include "libanalysis/pgo.h"

#include <string.h>

#include "libanalysis/pgo_go.h"
#include "tests/edges.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_rows v;
static struct prof_flat f;
static struct prof_pgo g;
static struct prof_err err;

static void
setup(void)
{
	make_start(&m, "cpu", "nanoseconds");
	memset(&v, 0, sizeof v);
	memset(&f, 0, sizeof f);
	memset(&g, 0, sizeof g);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_pgo_release(&g);
	prof_flat_release(&f);
	prof_rows_release(&v);
	make_drop(&m);
}

static void
rank(const struct prof_pgo_opts *opts)
{
	prof_pgo_release(&g);
	prof_flat_release(&f);
	prof_rows_release(&v);
	prof_rows_init(&v, &m.p, PROF_BY_FUNCTION);
	ck_assert_int_eq(prof_flat_init(&f, &v, 0, &err), PROF_OK);
	prof_pgo_init(&g, &v, &f, 0, opts);
}

static void
check_rank(const struct prof_pgo_opts *opts, const char *want)
{
	struct prof_buf b = { 0 };
	uint32_t i;

	rank(opts);
	for (i = 0; i < g.n; i++)
		prof_buf_addf(&b, "%s%s", i > 0 ? " " : "",
		    prof_rows_get(&v, g.row[i])->name);
	ck_assert_str_eq(prof_buf_str(&b), want);
	prof_buf_release(&b);
}

static const struct prof_pgo_opts any = { .min_calls = 0 };

START_TEST(the_largest_self_comes_first)
{
	make_sample(&m, "main;a", 3);
	make_sample(&m, "main;b", 5);
	make_sample(&m, "main", 1);
	check_rank(&any, "b a main");
}
END_TEST

START_TEST(by_total_the_root_comes_first)
{
	static const struct prof_pgo_opts opts = { .by_total = true };

	make_sample(&m, "main;a", 3);
	make_sample(&m, "main;b", 5);
	check_rank(&opts, "main b a");
}
END_TEST

START_TEST(equal_scores_come_by_name)
{
	make_sample(&m, "c", 3);
	make_sample(&m, "a", 3);
	make_sample(&m, "b", 3);
	check_rank(&any, "a b c");
}
END_TEST

START_TEST(a_score_of_0_or_less_is_no_candidate)
{
	make_sample(&m, "main;a", 3);
	make_sample(&m, "b", -5);
	check_rank(&any, "a");
	ck_assert_uint_eq(g.few_calls + g.short_calls, 0);
}
END_TEST

static void
calls(void)
{
	teardown();
	setup();
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "often", 1000, 5000, 6000);
	edges_own(&m, "seldom", 9, 90000, 90000);
	edges_own(&m, "short", 100000, 5001, 5001);
	edges_count(&m, NULL, "deep", 100, 10, 400, 500);
}

START_TEST(few_calls_are_left_out_and_counted)
{
	static const struct prof_pgo_opts opts = { .min_calls = 100 };

	calls();
	check_rank(&opts, "short often deep");
	ck_assert_uint_eq(g.few_calls, 1);
	ck_assert_uint_eq(g.short_calls, 0);
}
END_TEST

START_TEST(short_calls_are_left_out_and_counted)
{
	static const struct prof_pgo_opts opts = { .min_calls = 100,
	    .min_avg_num = 5, .min_avg_den = 1 };

	calls();
	check_rank(&opts, "often");
	ck_assert_uint_eq(g.few_calls, 1);
	ck_assert_uint_eq(g.short_calls, 2);
}
END_TEST

/* 4 ns of self in each of 100 calls, 50 ns of total in each outermost. */
START_TEST(the_average_of_a_total_is_of_outermost_calls)
{
	static const struct prof_pgo_opts opts = { .by_total = true,
	    .min_calls = 100, .min_avg_num = 50, .min_avg_den = 1 };
	static const struct prof_pgo_opts more = { .by_total = true,
	    .min_calls = 100, .min_avg_num = 101, .min_avg_den = 2 };

	calls();
	check_rank(&opts, "deep");
	check_rank(&more, "");
}
END_TEST

START_TEST(limits_beyond_all_bounds_do_not_overflow)
{
	const struct prof_pgo_opts opts = { .min_calls = 1,
	    .min_avg_num = (prof_i128)1 << 126, .min_avg_den = 1 };

	calls();
	check_rank(&opts, "");
	ck_assert_uint_eq(g.short_calls, 4);
}
END_TEST

START_TEST(sampled_profiles_have_no_limits)
{
	static const struct prof_pgo_opts opts = { .min_calls = 100,
	    .min_avg_num = 1000000, .min_avg_den = 1 };

	make_sample(&m, "main;a", 3);
	check_rank(&opts, "a");
}
END_TEST

START_TEST(potential_is_amdahls_law)
{
	make_sample(&m, "a", 3);
	make_sample(&m, "b", 1);
	rank(&any);
	ck_assert(prof_pgo_potential(&g, g.row[0]) == 4000000);
	ck_assert(prof_pgo_potential(&g, g.row[1]) == 1333333);
}
END_TEST

START_TEST(of_the_only_function_the_potential_is_all)
{
	make_sample(&m, "a", 3);
	rank(&any);
	ck_assert(prof_pgo_potential(&g, g.row[0]) == 0);
}
END_TEST

/* Numbers of an independent computation in double precision. */
START_TEST(wilsons_interval_is_that_of_the_books)
{
	static const struct {
		int64_t part, whole, n;
		uint32_t low, high;
	} t[] = { { 10, 100, 100, 55229, 174366 },
		{ 5, 10, 10, 236593, 763407 },
		{ 5, 5, 5, 565517, 1000000 },
		{ 26, 100, 462, 222098, 301861 },
		{ 0, 7, 20, 0, 161126 },
		{ 1, INT64_MAX, INT64_MAX, 0, 1 } };
	uint32_t low, high;
	size_t i;

	for (i = 0; i < sizeof t / sizeof t[0]; i++) {
		prof_pgo_wilson(t[i].part, t[i].whole, t[i].n, &low, &high);
		ck_assert_msg(low <= t[i].low && t[i].low - low <= 2 &&
		    high >= t[i].high && high - t[i].high <= 2,
		    "%zu: %u %u", i, low, high);
	}
}
END_TEST

START_TEST(samples_are_counted_by_their_column)
{
	const int64_t values[] = { 30, 3 };
	uint32_t low, high;

	prof_profile_add_type(&m.p, make_str(&m, "samples"),
	    make_str(&m, "count"));
	make_values(&m, make_stack(&m, "a"), 0, values);
	rank(&any);
	ck_assert(g.samples == 3);
	ck_assert(prof_pgo_interval(&g, g.row[0], &low, &high));
}
END_TEST

START_TEST(samples_are_counted_by_the_period)
{
	make_sample(&m, "a", 70);
	m.p.meta.period = 10;
	m.p.meta.period_type = m.p.type[0].type;
	m.p.meta.period_unit = m.p.type[0].unit;
	rank(&any);
	ck_assert(g.samples == 7);
}
END_TEST

/* The share is of all samples: those that a filter dropped, too. */
START_TEST(samples_of_the_whole_count_where_a_filter_has_been)
{
	make_sample(&m, "a", 70);
	m.p.meta.period = 10;
	m.p.meta.period_type = m.p.type[0].type;
	m.p.meta.period_unit = m.p.type[0].unit;
	m.p.meta.has_whole = true;
	m.p.meta.whole[0] = 700;
	rank(&any);
	ck_assert(g.samples == 70);
}
END_TEST

START_TEST(a_difference_has_no_interval)
{
	uint32_t low, high;

	m.p.meta.period_type = m.p.type[0].type;
	m.p.meta.period_unit = m.p.type[0].unit;
	m.p.meta.period = 10;
	make_sample(&m, "f", 400);
	rank(&any);
	ck_assert(!g.difference);
	ck_assert(prof_pgo_interval(&g, 1, &low, &high));
	make_sample(&m, "g", -100);
	rank(&any);
	ck_assert(g.difference);
	ck_assert(!prof_pgo_interval(&g, 1, &low, &high));
}
END_TEST

START_TEST(without_both_there_is_no_interval)
{
	uint32_t low, high;

	make_sample(&m, "a", 70);
	rank(&any);
	ck_assert(g.samples == 0);
	ck_assert(!prof_pgo_interval(&g, g.row[0], &low, &high));
}
END_TEST

static void
go_sample(int64_t line, int64_t start, const int64_t *values)
{
	struct prof_function fn = { .start = start };
	struct prof_location where = { 0 };
	struct prof_line at = { .line = line };
	prof_loc loc;

	fn.name = make_str(&m, "main.f");
	at.fn = prof_builder_function(&m.b, fn);
	loc = prof_builder_location(&m.b, where, &at, 1);
	make_values(&m, prof_builder_stack(&m.b, &loc, 1), 0, values);
}

static int
go(void)
{
	uint64_t lacking;

	return prof_pgo_go(&m.p, prof_pgo_go_column(&m.p), &lacking, &err);
}

static void
type(unsigned column, const char *name, const char *unit)
{
	m.p.type[column].type = make_str(&m, name);
	m.p.type[column].unit = make_str(&m, unit);
}

static void
check_type(const char *name, const char *unit, int64_t value)
{
	ck_assert_msg(go() == PROF_OK, "%s", err.msg);
	ck_assert_uint_eq(m.p.ntypes, 1);
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.type[0].type), name);
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.type[0].unit), unit);
	ck_assert_int_eq(m.p.value[0][0], value);
}

START_TEST(go_gets_cpu_time_of_several_types)
{
	const int64_t values[] = { 3, 30 };

	prof_profile_add_type(&m.p, 0, 0);
	type(0, "samples", "count");
	type(1, "cpu", "nanoseconds");
	go_sample(12, 10, values);
	check_type("cpu", "nanoseconds", 30);
}
END_TEST

START_TEST(go_gets_samples_where_there_is_no_time)
{
	const int64_t values[] = { 3, 30 };

	prof_profile_add_type(&m.p, 0, 0);
	type(0, "space", "bytes");
	type(1, "samples", "count");
	go_sample(12, 10, values);
	check_type("samples", "count", 30);
}
END_TEST

START_TEST(go_gets_time_in_nanoseconds_and_without_scale)
{
	const int64_t value = 3;

	type(0, "cpu", "ms");
	m.p.type[0].num = 1;
	m.p.type[0].den = 2;
	go_sample(12, 10, &value);
	check_type("cpu", "nanoseconds", 1500000);
}
END_TEST

START_TEST(go_gets_no_time_that_leaves_64_bits)
{
	const int64_t value = INT64_MAX / 2;

	type(0, "cpu", "ms");
	go_sample(12, 10, &value);
	ck_assert_int_eq(go(), PROF_ERANGE);
}
END_TEST

static void
check_lack(const char *what)
{
	ck_assert_int_eq(go(), PROF_EMISMATCH);
	ck_assert_msg(strstr(err.msg, what) != NULL, "%s", err.msg);
}

START_TEST(what_go_lacks_is_named)
{
	const int64_t value = 3;

	go_sample(0, 10, &value);
	check_lack("no line numbers");
	teardown();
	setup();
	go_sample(12, 0, &value);
	check_lack("at which line functions start");
	teardown();
	setup();
	go_sample(12, 0, &value);
	go_sample(0, 10, &value);
	check_lack("no frame has both");
	teardown();
	setup();
	type(0, "space", "bytes");
	go_sample(12, 10, &value);
	check_lack("not 'space' in 'bytes'");
}
END_TEST

START_TEST(frames_that_go_cannot_use_are_counted)
{
	const int64_t value = 3;
	uint64_t lacking;

	go_sample(12, 10, &value);
	go_sample(12, 0, &value);
	go_sample(0, 10, &value);
	ck_assert_int_eq(prof_pgo_go(&m.p, 0, &lacking, &err), PROF_OK);
	ck_assert_uint_eq(lacking, 2);
}
END_TEST

START_TEST(an_empty_profile_is_fine_for_go)
{
	ck_assert_int_eq(go(), PROF_OK);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("pgo");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_difference_has_no_interval);
	tcase_add_test(tc, the_largest_self_comes_first);
	tcase_add_test(tc, by_total_the_root_comes_first);
	tcase_add_test(tc, equal_scores_come_by_name);
	tcase_add_test(tc, a_score_of_0_or_less_is_no_candidate);
	tcase_add_test(tc, few_calls_are_left_out_and_counted);
	tcase_add_test(tc, short_calls_are_left_out_and_counted);
	tcase_add_test(tc, the_average_of_a_total_is_of_outermost_calls);
	tcase_add_test(tc, limits_beyond_all_bounds_do_not_overflow);
	tcase_add_test(tc, sampled_profiles_have_no_limits);
	tcase_add_test(tc, potential_is_amdahls_law);
	tcase_add_test(tc, of_the_only_function_the_potential_is_all);
	tcase_add_test(tc, wilsons_interval_is_that_of_the_books);
	tcase_add_test(tc, samples_are_counted_by_their_column);
	tcase_add_test(tc, samples_are_counted_by_the_period);
	tcase_add_test(tc,
	    samples_of_the_whole_count_where_a_filter_has_been);
	tcase_add_test(tc, without_both_there_is_no_interval);
	tcase_add_test(tc, go_gets_cpu_time_of_several_types);
	tcase_add_test(tc, go_gets_samples_where_there_is_no_time);
	tcase_add_test(tc, go_gets_time_in_nanoseconds_and_without_scale);
	tcase_add_test(tc, go_gets_no_time_that_leaves_64_bits);
	tcase_add_test(tc, what_go_lacks_is_named);
	tcase_add_test(tc, frames_that_go_cannot_use_are_counted);
	tcase_add_test(tc, an_empty_profile_is_fine_for_go);
	return test_main("pgo", tc);
}
