/* SPDX-License-Identifier: MIT */
#include "libanalysis/labeltable.h"

#include "tests/make.h"
#include "tests/support.h"

/* Labels by key and value. */

static struct made m;
static struct prof_labeltable t;
static struct prof_buf b;
static struct prof_err err;
static const struct prof_style plain = { .ascii = true };

static void
setup(void)
{
	make_start(&m, "calls", "count");
	prof_profile_add_type(&m.p, make_str(&m, "cpu"), make_str(&m, "ms"));
	memset(&t, 0, sizeof t);
	memset(&b, 0, sizeof b);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_labeltable_release(&t);
	prof_buf_release(&b);
	make_drop(&m);
}

static struct prof_label
text_label(const char *key, const char *value)
{
	return (struct prof_label){ .key = make_str(&m, key),
	    .str = make_str(&m, value) };
}

static struct prof_label
number(const char *key, int64_t num, const char *unit)
{
	return (struct prof_label){ .key = make_str(&m, key), .num = num,
	    .unit = make_str(&m, unit) };
}

static void
sample(struct prof_label *labels, size_t n, int64_t calls, int64_t cpu)
{
	int64_t values[PROF_COLS_MAX] = { calls, cpu };

	make_values(&m, make_stack(&m, "main;f"), prof_builder_set(&m.b,
	    labels, n), values);
}

static const char *
form(enum prof_form form)
{
	struct prof_out *out = prof_out_buf(&b);

	prof_buf_clear(&b);
	prof_labeltable_form(&t, form, out);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	return prof_buf_str(&b);
}

static const char *
text(void)
{
	prof_buf_clear(&b);
	prof_labeltable_text(&t, &plain, &b);
	return prof_buf_str(&b);
}

/* tenant a 60, b 30; size 100 and 50; 10 without labels. */
static void
fill(void)
{
	struct prof_label a[] = { text_label("tenant", "a"),
	    number("bytes", 102400, "") };
	struct prof_label c[] = { text_label("tenant", "b") };

	sample(a, 2, 2, 60);
	sample(c, 1, 3, 30);
	sample(NULL, 0, 1, 10);
}

START_TEST(keys_and_values_are_sorted_by_weight)
{
	fill();
	prof_labeltable_init(&t, &m.p, 1);
	ck_assert_str_eq(form(PROF_FORM_TSV),
	    "key\tvalue\tunit\tweight\tsamples\n"
	    "tenant\ta\t\t60000000\t1\n"
	    "tenant\tb\t\t30000000\t1\n"
	    "bytes\t102400\tbytes\t60000000\t1\n");
}
END_TEST

START_TEST(each_key_is_a_table_with_its_total)
{
	fill();
	prof_labeltable_init(&t, &m.p, 1);
	ck_assert_ptr_nonnull(strstr(text(),
	    "\ntenant: total 90 ms of 100 ms (90.0%)\n"
	    "weight  share  samples  value\n"
	    " 60 ms  60.0%        1  a\n"
	    " 30 ms  30.0%        1  b\n"
	    "\nbytes: total 60 ms of 100 ms (60.0%)\n"
	    "weight  share  samples  value\n"
	    " 60 ms  60.0%        1  100 KiB\n"));
}
END_TEST

START_TEST(a_sample_counts_once_for_its_key_and_value)
{
	struct prof_label l[] = { text_label("k", "x"), text_label("k", "x"),
	    text_label("k", "y") };

	sample(l, 3, 1, 5);
	prof_labeltable_init(&t, &m.p, 1);
	ck_assert_ptr_nonnull(strstr(text(), "k: total 5 ms of 5 ms "
	    "(100.0%)\nweight   share  samples  value\n"
	    "  5 ms  100.0%        1  x\n  5 ms  100.0%        1  y\n"));
}
END_TEST

START_TEST(samples_of_value_0_have_no_labels)
{
	struct prof_label l[] = { text_label("k", "x") };

	sample(l, 1, 1, 0);
	prof_labeltable_init(&t, &m.p, 1);
	ck_assert_ptr_nonnull(strstr(text(), "\nno labels\n"));
}
END_TEST

START_TEST(values_beyond_the_limit_are_others)
{
	fill();
	prof_labeltable_init(&t, &m.p, 1);
	t.limit = 1;
	ck_assert_ptr_nonnull(strstr(text(),
	    " 30 ms  30.0%        1  1 other\n"));
	t.limit = 0;
	t.min_ppm = 400000;
	ck_assert_ptr_null(strstr(form(PROF_FORM_TSV), "tenant\tb"));
	ck_assert_ptr_nonnull(strstr(form(PROF_FORM_JSON),
	    "\"others\": {\"rows\": 1, \"self\": 30000000}"));
}
END_TEST

/* Sums first: 60 ms in 2 calls, 90 ms in 5. */
START_TEST(means_are_of_sums)
{
	fill();
	prof_labeltable_init(&t, &m.p, 1);
	prof_labeltable_mean(&t);
	ck_assert_int_eq((int64_t)t.sum[0].weight, 30000);
	ck_assert_int_eq((int64_t)t.key[0].weight, 18000);
	ck_assert_int_eq((int64_t)t.about.whole, 16667);
}
END_TEST

START_TEST(numbers_differ_by_unit_and_texts_from_numbers)
{
	struct prof_label l[] = { text_label("n", "5") };
	struct prof_label k[] = { number("n", 5, "ms") };
	struct prof_label j[] = { number("n", 5, "bytes") };

	sample(l, 1, 1, 1);
	sample(k, 1, 1, 1);
	sample(j, 1, 1, 1);
	prof_labeltable_init(&t, &m.p, 1);
	ck_assert_uint_eq(t.nkeys, 1);
	ck_assert_uint_eq(t.nsums, 3);
	ck_assert_str_eq(form(PROF_FORM_TSV),
	    "key\tvalue\tunit\tweight\tsamples\n"
	    "n\t5\t\t1000000\t1\nn\t5\tbytes\t1000000\t1\n"
	    "n\t5\tms\t1000000\t1\n");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("labeltable");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, keys_and_values_are_sorted_by_weight);
	tcase_add_test(tc, each_key_is_a_table_with_its_total);
	tcase_add_test(tc, a_sample_counts_once_for_its_key_and_value);
	tcase_add_test(tc, samples_of_value_0_have_no_labels);
	tcase_add_test(tc, values_beyond_the_limit_are_others);
	tcase_add_test(tc, means_are_of_sums);
	tcase_add_test(tc, numbers_differ_by_unit_and_texts_from_numbers);
	return test_main("labeltable", tc);
}
