/* SPDX-License-Identifier: MIT */
#include "libanalysis/about.h"

#include "tests/edges.h"
#include "tests/make.h"
#include "tests/support.h"

/* Headings, documents, and the error of a share. */

static struct made m;
static struct prof_about a;
static struct prof_buf b;
static struct prof_err err;
static const struct prof_style plain = { .ascii = true };

static void
setup(void)
{
	make_start(&m, "cpu", "nanoseconds");
	memset(&b, 0, sizeof b);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_buf_release(&b);
	make_drop(&m);
}

/* A period of 10 ms of processor time. */
static void
sampled(void)
{
	m.p.meta.period_type = make_str(&m, "cpu");
	m.p.meta.period_unit = make_str(&m, "ms");
	m.p.meta.period = 10;
}

static const char *
facts(void)
{
	prof_buf_clear(&b);
	prof_about_facts(&a, &plain, &b);
	return prof_buf_str(&b);
}

START_TEST(the_total_over_the_period_is_the_number_of_samples)
{
	sampled();
	make_sample(&m, "f", 4000000000);
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_eq((int64_t)a.samples, 400);
	ck_assert_int_eq((int64_t)prof_about_period(&a), 10000000);
	ck_assert_int_eq((int64_t)prof_about_rate(&a), 100000);
}
END_TEST

START_TEST(a_period_of_another_type_or_of_1_tells_no_samples)
{
	sampled();
	m.p.meta.period_type = make_str(&m, "wall");
	make_sample(&m, "f", 4000000000);
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_eq((int64_t)a.samples, 0);
	m.p.meta.period_type = make_str(&m, "cpu");
	m.p.meta.period_unit = make_str(&m, "ns");
	m.p.meta.period = 1;
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_eq((int64_t)a.samples, 0);
}
END_TEST

START_TEST(a_column_of_samples_counts_them_also_before_filters)
{
	int64_t values[PROF_COLS_MAX] = { 1000, 30 };

	prof_profile_add_type(&m.p, make_str(&m, "samples"), make_str(&m,
	    "count"));
	make_values(&m, make_stack(&m, "f"), 0, values);
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_eq((int64_t)a.samples, 30);
	m.p.meta.has_whole = true;
	m.p.meta.whole[0] = 4000;
	m.p.meta.whole[1] = 120;
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_eq((int64_t)a.samples, 120);
	ck_assert_int_eq((int64_t)a.whole, 4000);
	ck_assert_int_eq((int64_t)a.sum, 1000);
}
END_TEST

START_TEST(calls_that_were_all_measured_have_no_samples)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "f", 3, 50, 50);
	prof_about_init(&a, &m.p, 0);
	ck_assert(a.measured);
	ck_assert_int_eq((int64_t)a.samples, 0);
	ck_assert_int_eq(prof_about_error(&a, 10), -1);
}
END_TEST

/* sqrt(0.1 * 0.9 / 400) is 1.5 %, sqrt(0.25 / 400) is 2.5 %. */
START_TEST(the_error_is_that_of_a_share_of_so_many_samples)
{
	sampled();
	make_sample(&m, "f", 4000000000);
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_eq(prof_about_error(&a, 400000000), 15);
	ck_assert_int_eq(prof_about_error(&a, 2000000000), 25);
	ck_assert_int_eq(prof_about_error(&a, 0), 0);
	ck_assert_int_eq(prof_about_error(&a, 4000000000), 0);
	ck_assert_int_eq(prof_about_error(&a, -1), -1);
	ck_assert_int_eq(prof_about_error(&a, 4000000001), -1);
}
END_TEST

START_TEST(a_difference_has_no_error)
{
	sampled();
	make_sample(&m, "f", 4000000000);
	make_sample(&m, "g", -1000000000);
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_eq(prof_about_error(&a, 400000000), -1);
}
END_TEST

/* What a filter leaves of it may be positive everywhere. */
START_TEST(a_difference_has_no_samples_behind_a_filter_either)
{
	sampled();
	make_sample(&m, "f", 4000000000);
	m.p.meta.has_whole = m.p.meta.difference = true;
	m.p.meta.whole[0] = 8000000000;
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_eq((int64_t)a.samples, 0);
	m.p.meta.difference = false;
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_ne((int64_t)a.samples, 0);
	make_sample(&m, "g", -1000000000);
	prof_about_init(&a, &m.p, 0);
	ck_assert_int_eq((int64_t)a.samples, 0);
}
END_TEST

START_TEST(the_facts_tell_samples_wall_time_and_cores)
{
	sampled();
	m.p.meta.duration_ns = 2000000000;
	make_sample(&m, "f", 4000000000);
	prof_about_init(&a, &m.p, 0);
	ck_assert_str_eq(facts(), "  cpu  400 samples @ 100 Hz  "
	    "4 s in 2 s wall (2.0 cores)");
	m.p.meta.inputs = 2;
	ck_assert_ptr_null(strstr(facts(), "cores"));
}
END_TEST

START_TEST(what_filters_leave_is_a_share_of_what_was_read)
{
	make_sample(&m, "f", 1200);
	m.p.meta.has_whole = true;
	m.p.meta.whole[0] = 4800;
	prof_about_init(&a, &m.p, 0);
	ck_assert_ptr_nonnull(strstr(facts(),
	    "1.20 us of 4.80 us (25.0%)"));
}
END_TEST

START_TEST(a_document_has_rows_others_and_trouble)
{
	static const struct prof_field field = { "n", true, false };
	struct prof_out *out = prof_out_buf(&b);
	struct prof_rest rest = { 2, 7 };
	struct prof_document d;

	make_sample(&m, "f", 10);
	prof_about_init(&a, &m.p, 0);
	prof_document_begin(&d, &a, "kind", PROF_FORM_JSON, &field, 1, out);
	prof_document_value(&d, 10);
	d.min_ppm = 5000;
	prof_document_end(&d, rest);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&b),
	    "\"report\": \"kind\""));
	ck_assert_ptr_nonnull(strstr(b.data, "    {\"n\": 10}\n"));
	ck_assert_ptr_nonnull(strstr(b.data,
	    "\"others\": {\"rows\": 2, \"self\": 7}"));
	ck_assert_ptr_nonnull(strstr(b.data, "\"min_share\": 0.005000\n}"));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("about");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_difference_has_no_samples_behind_a_filter_either);
	tcase_add_test(tc,
	    the_total_over_the_period_is_the_number_of_samples);
	tcase_add_test(tc,
	    a_period_of_another_type_or_of_1_tells_no_samples);
	tcase_add_test(tc,
	    a_column_of_samples_counts_them_also_before_filters);
	tcase_add_test(tc, calls_that_were_all_measured_have_no_samples);
	tcase_add_test(tc, the_error_is_that_of_a_share_of_so_many_samples);
	tcase_add_test(tc, a_difference_has_no_error);
	tcase_add_test(tc, the_facts_tell_samples_wall_time_and_cores);
	tcase_add_test(tc, what_filters_leave_is_a_share_of_what_was_read);
	tcase_add_test(tc, a_document_has_rows_others_and_trouble);
	return test_main("about", tc);
}
