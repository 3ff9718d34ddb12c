/* SPDX-License-Identifier: MIT */
#include "formats/marshal.h"

#include <inttypes.h>
#include <stdio.h>

#include "tests/marshal_bytes.h"

static const struct {
	const char *text;
	int kind;
	int64_t ns;
} decimals[] = {
	{ "0", PROF_MARSHAL_FLOAT, 0 },
	{ "-0.0", PROF_MARSHAL_FLOAT, 0 },
	{ "1", PROF_MARSHAL_FLOAT, 1000000000 },
	{ "1e-06", PROF_MARSHAL_FLOAT, 1000 },
	{ "1.5E+3", PROF_MARSHAL_FLOAT, INT64_C(1500000000000) },
	{ "-2.5", PROF_MARSHAL_FLOAT, INT64_C(-2500000000) },
	{ "4.9999999999999998e-10", PROF_MARSHAL_FLOAT, 0 },
	{ "5e-10", PROF_MARSHAL_FLOAT, 1 },
	{ "-5e-10", PROF_MARSHAL_FLOAT, -1 },
	{ "0.000000001499999999999999999999999999", PROF_MARSHAL_FLOAT, 1 },
	{ "1e-999", PROF_MARSHAL_FLOAT, 0 },
	{ "9223372036.854775807", PROF_MARSHAL_FLOAT, INT64_MAX },
	{ "9223372036.8547758074", PROF_MARSHAL_FLOAT, INT64_MAX },
	{ "9223372036.8547758075", PROF_MARSHAL_ODD, 0 },
	{ "100000000000000000000000000000000000000000e-41",
	    PROF_MARSHAL_FLOAT, 1000000000 },
	{ "1e308", PROF_MARSHAL_ODD, 0 },
	{ "1e99999999999999999999", PROF_MARSHAL_ODD, 0 },
	{ "0e99999999999999999999", PROF_MARSHAL_FLOAT, 0 },
	{ "inf", PROF_MARSHAL_ODD, 0 },
	{ "-inf", PROF_MARSHAL_ODD, 0 },
	{ "nan", PROF_MARSHAL_ODD, 0 },
};

START_TEST(a_decimal_is_rounded_to_nanoseconds)
{
	struct prof_marshal_value v;
	const char *s = decimals[_i].text;

	ck_assert(prof_marshal_decimal(s, strlen(s), &v));
	ck_assert_int_eq(v.kind, decimals[_i].kind);
	ck_assert_int_eq(v.num, decimals[_i].ns);
}
END_TEST

static const char *const no_decimals[] = { "", "-", ".", ".5", "e5", "1e",
	"1x", "1.2.3", " 1", "1 ", "0x10", "infinity", "1e+", "--1", "1,5" };

START_TEST(what_is_no_decimal_is_refused)
{
	struct prof_marshal_value v;
	const char *s = no_decimals[_i];

	ck_assert_msg(!prof_marshal_decimal(s, strlen(s), &v), "%s", s);
}
END_TEST

static void
to_ns(double d, struct prof_marshal_value *v)
{
	uint64_t bits;

	memcpy(&bits, &d, sizeof bits);
	prof_marshal_double(bits, v);
}

static const struct {
	double seconds;
	int kind;
	int64_t ns;
} doubles[] = {
	{ 0.0, PROF_MARSHAL_FLOAT, 0 },
	{ -0.0, PROF_MARSHAL_FLOAT, 0 },
	{ 0.1, PROF_MARSHAL_FLOAT, 100000000 },
	{ 1e-9, PROF_MARSHAL_FLOAT, 1 },
	{ 4.9999e-10, PROF_MARSHAL_FLOAT, 0 },
	{ -1.5, PROF_MARSHAL_FLOAT, INT64_C(-1500000000) },
	{ 1.0 / 1024 / 1024 / 512, PROF_MARSHAL_FLOAT, 2 },	/* 1.86 */
	{ 0.0009765625, PROF_MARSHAL_FLOAT, 976563 },	/* .5: away from 0 */
	{ -0.0009765625, PROF_MARSHAL_FLOAT, -976563 },
	{ 5e-324, PROF_MARSHAL_FLOAT, 0 },
	{ 9223372036.0, PROF_MARSHAL_FLOAT, INT64_C(9223372036000000000) },
	{ 9223372037.0, PROF_MARSHAL_ODD, 0 },
	{ -1e300, PROF_MARSHAL_ODD, 0 }
};

START_TEST(a_double_is_rounded_to_nanoseconds)
{
	struct prof_marshal_value v;

	to_ns(doubles[_i].seconds, &v);
	ck_assert_int_eq(v.kind, doubles[_i].kind);
	ck_assert_int_eq(v.num, doubles[_i].ns);
}
END_TEST

START_TEST(infinities_and_nans_are_odd)
{
	static const uint64_t bits[] = { UINT64_C(0x7ff0000000000000),
	    UINT64_C(0xfff0000000000000), UINT64_C(0x7ff8000000000000),
	    UINT64_C(0xffffffffffffffff), UINT64_C(0x7fefffffffffffff) };
	struct prof_marshal_value v;
	size_t i;

	for (i = 0; i < sizeof bits / sizeof bits[0]; i++) {
		prof_marshal_double(bits[i], &v);
		ck_assert_int_eq(v.kind, PROF_MARSHAL_ODD);
	}
}
END_TEST

START_TEST(a_double_and_its_decimal_are_the_same_time)
{
	uint64_t state = 88172645463325252u + (uint64_t)_i;
	struct prof_marshal_value v, w;
	char text[64];
	double d;
	int i;

	for (i = 0; i < 20000; i++) {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
		d = (double)(state >> 11) / 9007199254740992.0;
		d = d * (_i == 0 ? 1e-6 : _i == 1 ? 1.0 : 1e3) - 1e-7;
		to_ns(d, &v);
		snprintf(text, sizeof text, "%.17g", d);
		ck_assert(prof_marshal_decimal(text, strlen(text), &w));
		ck_assert_msg(v.kind == w.kind && v.num == w.num,
		    "%s: %" PRId64 " and %" PRId64, text, v.num, w.num);
	}
}
END_TEST

/* A reader of what was put. */
static struct prof_marshal m;
static struct prof_strs strs;

static void
open_put(void)
{
	struct prof_in *in = prof_in_memory(b.data, b.len, "test", NULL);

	prof_marshal_init(&m, in, &strs);
}

static void
close_put(void)
{
	prof_in_close(m.in);
	prof_marshal_release(&m);
	prof_strs_release(&strs);
	memset(&strs, 0, sizeof strs);
}

static const struct {
	const char *bytes;
	size_t len;
	int kind;
	int64_t num;
} integers[] = {
#define OBJECT(s, kind, num) { s, sizeof(s) - 1, kind, num }
	OBJECT("i\x80\0\0\0", PROF_MARSHAL_INT, 128),
	OBJECT("i\xff\xff\xff\xff", PROF_MARSHAL_INT, -1),
	OBJECT("I\0\0\0\0\1\0\0\0", PROF_MARSHAL_INT, INT64_C(1) << 32),
	OBJECT("l\0\0\0\0", PROF_MARSHAL_INT, 0),
	OBJECT("l\2\0\0\0\1\0\2\0", PROF_MARSHAL_INT, 65537),
	OBJECT("l\xfe\xff\xff\xff\1\0\2\0", PROF_MARSHAL_INT, -65537),
	OBJECT("l\5\0\0\0\xff\x7f\xff\x7f\xff\x7f\xff\x7f\7\0",
	    PROF_MARSHAL_INT, INT64_MAX),
	OBJECT("l\5\0\0\0\0\0\0\0\0\0\0\0\x08\0", PROF_MARSHAL_HUGE, 1),
	OBJECT("l\xfa\xff\xff\xff\0\0\0\0\0\0\0\0\0\0\1\0",
	    PROF_MARSHAL_HUGE, -1),
	OBJECT("l\6\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0", PROF_MARSHAL_INT, 1),
	OBJECT("T", PROF_MARSHAL_INT, 1),
	OBJECT("F", PROF_MARSHAL_INT, 0),
	OBJECT("f\4" "1e-9", PROF_MARSHAL_FLOAT, 1),
	OBJECT("g\0\0\0\0\0\0\xf0\x3f", PROF_MARSHAL_FLOAT, 1000000000),
	OBJECT("N", PROF_MARSHAL_NONE, 0),
	OBJECT("0", PROF_MARSHAL_NULL, 0),
	OBJECT("S", PROF_MARSHAL_OTHER, 0),
	OBJECT(".", PROF_MARSHAL_OTHER, 0),
	OBJECT("x\1" "1\1" "2", PROF_MARSHAL_OTHER, 0),
	OBJECT("y\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", PROF_MARSHAL_OTHER, 0),
	OBJECT("{", PROF_MARSHAL_DICT, 0),
	OBJECT(":", PROF_MARSHAL_SLICE, 3),
	OBJECT("c", PROF_MARSHAL_CODE, 0),
	OBJECT("(\5\0\0\0", PROF_MARSHAL_TUPLE, 5),
	OBJECT(")\5", PROF_MARSHAL_TUPLE, 5),
	OBJECT("[\5\0\0\0", PROF_MARSHAL_LIST, 5),
	OBJECT("<\5\0\0\0", PROF_MARSHAL_SET, 5),
	OBJECT(">\5\0\0\0", PROF_MARSHAL_SET, 5)
};

START_TEST(an_object_has_its_kind_and_number)
{
	struct prof_marshal_value v;

	put(integers[_i].bytes, integers[_i].len);
	open_put();
	ck_assert_int_eq(prof_marshal_next(&m, &v, &err), PROF_OK);
	ck_assert_int_eq(v.kind, integers[_i].kind);
	if (v.kind != PROF_MARSHAL_OTHER)
		ck_assert_int_eq(v.num, integers[_i].num);
	ck_assert_uint_eq(prof_marshal_offset(&m), integers[_i].len);
	close_put();
}
END_TEST

START_TEST(an_object_that_is_cut_is_refused_at_every_byte)
{
	struct prof_marshal_value v;
	size_t n;

	for (n = 0; n < integers[_i].len; n++) {
		memset(&err, 0, sizeof err);
		prof_buf_clear(&b);
		put(integers[_i].bytes, n);
		open_put();
		ck_assert_int_eq(prof_marshal_next(&m, &v, &err),
		    PROF_EFORMAT);
		ck_assert_ptr_nonnull(strstr(err.msg, "cut"));
		close_put();
	}
}
END_TEST

START_TEST(texts_of_all_types_are_taken_with_all_bytes)
{
	static const char types[] = "stuaAzZ";
	struct prof_marshal_value v;
	bool is_short = types[_i] == 'z' || types[_i] == 'Z';

	prof_buf_addc(&b, types[_i]);
	put_number(4, is_short ? 1 : 4);
	PUT("a\0\xff\n");
	open_put();
	ck_assert_int_eq(prof_marshal_next(&m, &v, &err), PROF_OK);
	ck_assert_int_eq(v.kind, types[_i] == 's' ? PROF_MARSHAL_BYTES :
	    PROF_MARSHAL_TEXT);
	ck_assert_uint_eq(prof_strs_find(&strs, "a\0\xff\n", 4), v.id);
	close_put();
}
END_TEST

START_TEST(a_digit_beyond_15_bits_is_refused)
{
	struct prof_marshal_value v;

	PUT("l\1\0\0\0\0\x80");
	open_put();
	ck_assert_int_eq(prof_marshal_next(&m, &v, &err), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, "15 bits"));
	close_put();
}
END_TEST

START_TEST(single_objects_get_no_number)
{
	struct prof_marshal_value v;
	int i;

	PUT("\xce\xd4\xae\xe9\7\0\0\0r\0\0\0\0");
	open_put();
	for (i = 0; i < 5; i++)
		ck_assert_int_eq(prof_marshal_next(&m, &v, &err), PROF_OK);
	ck_assert_int_eq(v.num, 7);
	close_put();
}
END_TEST

START_TEST(every_type_is_known_or_refused)
{
	static const char known[] = "0NTF.SiIlfgxystuaAzZR()[]{<>:cr";
	struct prof_marshal_value v;
	int type = _i & 0x7f, rc;

	prof_buf_addc(&b, (char)_i);
	put_number(0, 32);
	open_put();
	rc = prof_marshal_next(&m, &v, &err);
	if (type == 0 || type == ']' || strchr(known, type) == NULL) {
		ck_assert_int_eq(rc, PROF_EFORMAT);
		ck_assert_ptr_nonnull(strstr(err.msg, "no object has"));
	} else if (type == 'r' || type == 'R' || type == 'f' ||
	    type == 'x') {
		/* Nothing to refer to, and an empty number. */
		ck_assert_int_eq(rc, PROF_EFORMAT);
	} else {
		ck_assert_int_eq(rc, PROF_OK);
	}
	close_put();
}
END_TEST

#define COUNT(table) ((int)(sizeof (table) / sizeof (table)[0]))

int
main(void)
{
	TCase *tc = tcase_create("marshal");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, a_decimal_is_rounded_to_nanoseconds, 0,
	    COUNT(decimals));
	tcase_add_loop_test(tc, what_is_no_decimal_is_refused, 0,
	    COUNT(no_decimals));
	tcase_add_loop_test(tc, a_double_is_rounded_to_nanoseconds, 0,
	    COUNT(doubles));
	tcase_add_test(tc, infinities_and_nans_are_odd);
	tcase_add_loop_test(tc, a_double_and_its_decimal_are_the_same_time, 0,
	    3);
	tcase_add_loop_test(tc, an_object_has_its_kind_and_number, 0,
	    COUNT(integers));
	tcase_add_loop_test(tc, an_object_that_is_cut_is_refused_at_every_byte,
	    0, COUNT(integers));
	tcase_add_loop_test(tc, texts_of_all_types_are_taken_with_all_bytes,
	    0, 7);
	tcase_add_test(tc, a_digit_beyond_15_bits_is_refused);
	tcase_add_test(tc, single_objects_get_no_number);
	tcase_add_loop_test(tc, every_type_is_known_or_refused, 0, 256);
	return test_main("marshal", tc);
}
