/* SPDX-License-Identifier: MIT */
#include "libanalysis/metatable.h"

#include "libanalysis/textconv.h"
#include "tests/edges.h"
#include "tests/make.h"
#include "tests/support.h"

/* Sample types, comments, and the text that git compares. */

static struct made m;
static struct prof_about a;
static struct prof_buf b;
static struct prof_err err;
static const struct prof_style plain = { .ascii = true };

static void
setup(void)
{
	make_start(&m, "samples", "count");
	prof_profile_add_type(&m.p, make_str(&m, "cpu"), make_str(&m, "ms"));
	memset(&b, 0, sizeof b);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_buf_release(&b);
	make_drop(&m);
}

static void
sample(const char *stack, int64_t samples, int64_t cpu)
{
	int64_t values[PROF_COLS_MAX] = { samples, cpu };

	make_values(&m, make_stack(&m, stack), 0, values);
}

static const char *
form(void (*write)(const struct prof_about *, enum prof_form,
    struct prof_out *), enum prof_form which)
{
	struct prof_out *out = prof_out_buf(&b);

	prof_buf_clear(&b);
	write(&a, which, out);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	return prof_buf_str(&b);
}

START_TEST(types_have_totals_in_base_units_and_samples)
{
	sample("f", 2, 20);
	sample("g", 1, 0);
	prof_about_init(&a, &m.p, 0);
	ck_assert_str_eq(form(prof_types_form, PROF_FORM_TSV),
	    "index\ttype\tunit\ttotal\tsamples\tdefault\n"
	    "0\tsamples\tcount\t3\t3\t0\n"
	    "1\tcpu\tnanoseconds\t20000000\t2\t1\n");
	ck_assert_ptr_nonnull(strstr(form(prof_types_form, PROF_FORM_JSON),
	    "\"index\": 1, \"type\": \"cpu\", \"unit\": \"nanoseconds\", "
	    "\"total\": 20000000, \"samples\": 2, \"default\": true}"));
	prof_buf_clear(&b);
	prof_types_text(&a, &plain, &b);
	ck_assert_str_eq(prof_buf_str(&b),
	    "index  type     unit   total  samples\n"
	    "    0  samples  count      3        3\n"
	    "    1  cpu      ms     20 ms        2  default\n");
}
END_TEST

START_TEST(totals_of_measured_calls_are_those)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "f", 3, 50, 70);
	edges_add(&m, "f", "g", 1, 20, 20);
	edges_own(&m, "g", 1, 20, 20);
	prof_about_init(&a, &m.p, 0);
	ck_assert_ptr_nonnull(strstr(form(prof_types_form, PROF_FORM_TSV),
	    "\n0\ttime\tnanoseconds\t70\t2\t1\n"));
}
END_TEST

START_TEST(comments_are_a_line_each)
{
	prof_profile_add_comment(&m.p, make_str(&m, "one"));
	prof_profile_add_comment(&m.p, make_str(&m, "#two\nlines\033"));
	prof_about_init(&a, &m.p, 0);
	ck_assert_str_eq(form(prof_comments_form, PROF_FORM_TSV),
	    "comment\none\n#two\\nlines\\x1b\n");
	prof_buf_clear(&b);
	prof_comments_text(&a, &b);
	ck_assert_str_eq(prof_buf_str(&b), "one\n#two\\x0alines\\x1b\n");
}
END_TEST

static const char *
textconv(void)
{
	struct prof_rows v;
	struct prof_flat f;

	prof_rows_init(&v, &m.p, PROF_BY_NAME);
	ck_assert_int_eq(prof_flat_init(&f, &v, 1, &err), PROF_OK);
	prof_about_init(&a, &m.p, 1);
	prof_buf_clear(&b);
	prof_textconv(&a, &v, &f, &b);
	prof_flat_release(&f);
	prof_rows_release(&v);
	return prof_buf_str(&b);
}

/* A period of 10 ms: 14 becomes 10, 4 nothing. */
START_TEST(the_text_for_git_is_by_name_and_rounded_to_the_period)
{
	m.p.meta.period_type = make_str(&m, "cpu");
	m.p.meta.period_unit = make_str(&m, "nanoseconds");
	m.p.meta.period = 10000000;
	m.file = "b.c";
	sample("z;a", 1, 14);
	m.file = "a.c";
	sample("z;a", 1, 6);
	sample("little", 1, 4);
	ck_assert_str_eq(textconv(), "a\t20000000\t20000000\n"
	    "z\t0\t20000000\n");
}
END_TEST

START_TEST(without_a_period_of_its_type_nothing_is_rounded)
{
	m.p.meta.period_type = make_str(&m, "space");
	m.p.meta.period_unit = make_str(&m, "bytes");
	m.p.meta.period = 10000000;
	sample("t\tab", 1, 14);
	ck_assert_str_eq(textconv(), "t\\tab\t14000000\t14000000\n");
}
END_TEST

/* Whatever the type's name: the period is no step of sizes. */
START_TEST(sizes_are_not_rounded_for_git)
{
	m.p.type[1].type = make_str(&m, "space");
	m.p.type[1].unit = make_str(&m, "bytes");
	m.p.meta.period_type = make_str(&m, "space");
	m.p.meta.period_unit = make_str(&m, "bytes");
	m.p.meta.period = 16384;
	sample("f", 1, 100);
	ck_assert_str_eq(textconv(), "f\t100\t100\n");
	m.p.type[1].unit = m.p.meta.period_unit = make_str(&m, "count");
	ck_assert_str_eq(textconv(), "");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("metatable");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, types_have_totals_in_base_units_and_samples);
	tcase_add_test(tc, totals_of_measured_calls_are_those);
	tcase_add_test(tc, comments_are_a_line_each);
	tcase_add_test(tc,
	    the_text_for_git_is_by_name_and_rounded_to_the_period);
	tcase_add_test(tc,
	    without_a_period_of_its_type_nothing_is_rounded);
	tcase_add_test(tc, sizes_are_not_rounded_for_git);
	return test_main("metatable", tc);
}
