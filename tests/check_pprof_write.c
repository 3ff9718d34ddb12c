/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "formats/pprof.h"
#include "formats/wire.h"
#include "libanalysis/builder.h"
#include "tests/pprof_bytes.h"

static struct prof_buf b, out;
static struct prof_profile p, q;
static struct prof_err err;

static void
setup(void)
{
	memset(&b, 0, sizeof b);
	memset(&out, 0, sizeof out);
	memset(&p, 0, sizeof p);
	memset(&q, 0, sizeof q);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_buf_release(&b);
	prof_buf_release(&out);
	prof_profile_release(&p);
	prof_profile_release(&q);
}

static void
save(const struct prof_profile *from, struct prof_buf *to, int level)
{
	struct prof_write_opts opts = { .level = level };
	struct prof_out *o = prof_out_buf(to);

	prof_buf_clear(to);
	ck_assert_int_eq(prof_pprof_writer.write(from, &opts, o, &err),
	    PROF_OK);
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
}

static void
load(const struct prof_buf *from, struct prof_profile *to)
{
	prof_profile_release(to);
	if (pb_load(from, to, &err) != PROF_OK)
		ck_abort_msg("%s", err.msg);
}

/* What b says, read and written raw, is b again. */
static void
ck_same_bytes(void)
{
	load(&b, &p);
	save(&p, &out, -1);
	ck_assert_uint_eq(out.len, b.len);
	ck_assert_mem_eq(out.data, b.data, b.len);
}

START_TEST(an_empty_profile_has_strings_and_a_default_type)
{
	save(&p, &out, -1);
	ck_assert_uint_eq(out.len, 4);
	ck_assert_mem_eq(out.data, "2\0p\0", 4);
}
END_TEST

START_TEST(fields_and_strings_come_in_the_order_of_go)
{
	pb_msg(&b, 1, 2, U(1), U(1), U(2), U(2));
	pb_msg(&b, 2, 3, U(1), U(1), U(1), U(1), U(2), U(10));
	pb_msg(&b, 3, 3, U(1), U(1), U(5), U(3), U(6), U(4));
	pb_msg(&b, 4, 2, U(1), U(1), U(2), U(1));
	pb_msg(&b, 5, 3, U(1), U(1), U(2), U(5), U(4), U(6));
	pb_str(&b, 6, "");
	pb_str(&b, 6, "cpu");
	pb_str(&b, 6, "ns");
	pb_str(&b, 6, "prog");
	pb_str(&b, 6, "id");
	pb_str(&b, 6, "f");
	pb_str(&b, 6, "f.c");
	pb_str(&b, 6, "drop");
	pb_str(&b, 6, "keep");
	pb_str(&b, 6, "period");
	pb_str(&b, 6, "comment");
	pb_str(&b, 6, "url");
	pb_num(&b, 7, 7);
	pb_num(&b, 8, 8);
	pb_num(&b, 9, 1000);
	pb_num(&b, 10, 50);
	pb_msg(&b, 11, 1, U(1), U(9));
	pb_num(&b, 12, 7);
	pb_num(&b, 13, 10);
	pb_num(&b, 14, 1);
	pb_num(&b, 15, 11);
	ck_same_bytes();
}
END_TEST

START_TEST(numbers_are_packed_from_three_on)
{
	struct prof_buf s = { 0 };

	pb_msg(&b, 1, 1, U(1), U(1));
	pb_msg(&b, 1, 1, U(1), U(2));
	pb_msg(&b, 1, 1, U(1), U(3));
	pb_packed(&s, 1, 3, U(1), U(2), U(1));
	pb_packed(&s, 2, 3, U(-1), U(0), U(300));
	pb_msg(&s, 3, 2, U(1), U(4), U(2), U(5));
	pb_msg(&s, 3, 3, U(1), U(6), U(3), U(7), U(4), U(7));
	pb_bytes(&b, 2, s.data, s.len);
	pb_msg(&b, 4, 1, U(1), U(1));
	pb_msg(&b, 4, 3, U(1), U(2), U(3), U(9), U(5), U(1));
	pb_str(&b, 6, "");
	pb_str(&b, 6, "a");
	pb_str(&b, 6, "b");
	pb_str(&b, 6, "c");
	pb_str(&b, 6, "k");
	pb_str(&b, 6, "pprof::base");
	pb_str(&b, 6, "n");
	pb_str(&b, 6, "u");
	pb_packed(&b, 13, 3, U(1), U(0), U(2));
	pb_num(&b, 14, 0);
	prof_buf_release(&s);
	load(&b, &p);
	p.nnotes = 0;
	save(&p, &out, -1);
	ck_assert_uint_eq(out.len, b.len);
	ck_assert_mem_eq(out.data, b.data, b.len);
}
END_TEST

START_TEST(levels_differ_only_in_the_container)
{
	int level;

	pb_add_profile(&b);
	load(&b, &p);
	save(&p, &b, -1);
	for (level = 0; level <= 9; level += 3) {
		save(&p, &out, level);
		ck_assert_mem_eq(out.data, "\x1f\x8b", 2);
		load(&out, &q);
		save(&q, &out, -1);
		ck_assert_uint_eq(out.len, b.len);
		ck_assert_mem_eq(out.data, b.data, b.len);
	}
}
END_TEST

/* Set the values of a new profile of one column. */
static void
fill_column(const int64_t *v, uint32_t n, int64_t num, int64_t den)
{
	struct prof_location l = { 0 };
	struct prof_builder builder;
	prof_loc id;
	uint32_t i;

	prof_profile_release(&p);
	prof_profile_add_type(&p, prof_strs_adds(&p.strs, "cpu"), 0);
	p.type[0].num = num;
	p.type[0].den = den;
	prof_builder_init(&builder, &p, NULL);
	for (i = 0; i < n; i++) {
		l.address = i + 1;
		id = prof_builder_location(&builder, l, NULL, 0);
		ck_assert_int_eq(prof_builder_sample(&builder,
		    prof_builder_stack(&builder, &id, 1), 0, 0, v + i, &err),
		    PROF_OK);
	}
	prof_builder_release(&builder);
}

/* The bytes that a reader without our field sees. */
static void
strip(struct prof_buf *from)
{
	struct prof_wire w = { (unsigned char *)from->data,
	    (unsigned char *)from->data + from->len };
	struct prof_wire_field f;
	struct prof_buf to = { 0 };
	const unsigned char *start = w.at;

	while (prof_wire_next(&w, &f, &err) > 0) {
		if (f.number != PROF_PPROF_EXTRA)
			prof_buf_add(&to, start, (size_t)(w.at - start));
		start = w.at;
	}
	prof_buf_release(from);
	*from = to;
}

static void
ck_rounded(const int64_t *v, uint32_t n, int64_t num, int64_t den,
    const int64_t *want)
{
	uint32_t i;

	fill_column(v, n, num, den);
	save(&p, &out, -1);
	load(&out, &q);
	for (i = 0; i < n; i++)
		ck_assert(q.value[0][i] == v[i]);
	ck_assert(q.type[0].num == num && q.type[0].den == den);
	strip(&out);
	load(&out, &q);
	ck_assert_uint_eq(q.nsamples, n);
	for (i = 0; i < n; i++)
		ck_assert_int_eq(q.value[0][i], want[i]);
	ck_assert_uint_eq(q.nnotes, q.note != NULL);
}

START_TEST(scaled_columns_are_rounded_so_that_sums_stay)
{
	static const int64_t three[] = { 1, 1, 1 }, one[] = { 1, 0, 0 };
	static const int64_t v[] = { 5, -5, 7, 149 }, w[] = { 1, -1, 1, 15 };
	static const int64_t half[] = { 5 }, half_up[] = { 1 };
	static const int64_t less[] = { -5 }, half_down[] = { -1 };
	static const int64_t big[] = { INT64_MAX / 3, -1 };
	static const int64_t tripled[] = { INT64_MAX / 3 * 3, -3 };

	ck_rounded(three, 3, 1, 3, one);
	ck_rounded(v, 4, 1, 10, w);
	ck_rounded(half, 1, 1, 10, half_up);
	ck_rounded(less, 1, 1, 10, half_down);
	ck_rounded(big, 2, 3, 1, tripled);
}
END_TEST

START_TEST(a_scaled_value_beyond_64_bits_is_an_error)
{
	static const int64_t v[] = { INT64_MAX / 2 };
	struct prof_write_opts opts = { .level = -1 };
	struct prof_out *o = prof_out_buf(&out);

	fill_column(v, 1, 3, 1);
	ck_assert_int_eq(prof_pprof_writer.write(&p, &opts, o, &err),
	    PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "'cpu'"));
	ck_assert_int_eq(prof_out_finish(o, NULL), PROF_OK);
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

static TCase *
cases(void)
{
	TCase *tc = tcase_create("write");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, an_empty_profile_has_strings_and_a_default_type);
	tcase_add_test(tc, fields_and_strings_come_in_the_order_of_go);
	tcase_add_test(tc, numbers_are_packed_from_three_on);
	tcase_add_test(tc, levels_differ_only_in_the_container);
	tcase_add_test(tc, scaled_columns_are_rounded_so_that_sums_stay);
	tcase_add_test(tc, a_scaled_value_beyond_64_bits_is_an_error);
	return tc;
}

int
main(void)
{
	Suite *s = suite_create("pprof_write");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, cases());
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
