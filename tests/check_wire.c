/* SPDX-License-Identifier: MIT */
#include "formats/wire.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "formats/profile.pb-c.h"

static struct prof_err err;

static void
setup(void)
{
	memset(&err, 0, sizeof err);
}

static struct prof_wire
wire(const char *bytes, size_t n)
{
	const unsigned char *at = (const unsigned char *)bytes;
	struct prof_wire w = { .at = at, .end = at + n };

	return w;
}

/* Of a string literal. */
#define WIRE(s) wire((s), sizeof (s) - 1)

static int
next(struct prof_wire w, struct prof_wire_field *f)
{
	return prof_wire_next(&w, f, &err);
}

START_TEST(a_varint_of_ten_bytes_reaches_the_last_bit)
{
	struct prof_wire w = WIRE("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
	uint64_t v;

	ck_assert_int_eq(prof_wire_varint(&w, &v, "", &err), PROF_OK);
	ck_assert(v == UINT64_MAX && w.at == w.end);
}
END_TEST

START_TEST(bits_beyond_64_are_an_error)
{
	struct prof_wire w = WIRE("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02");
	uint64_t v;

	ck_assert_int_eq(prof_wire_varint(&w, &v, "it", &err), PROF_EFORMAT);
	ck_assert_str_eq(err.msg, "it: the varint does not fit 64 bits");
}
END_TEST

START_TEST(an_eleventh_byte_is_an_error)
{
	struct prof_wire w = WIRE(
	    "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00");
	uint64_t v;

	ck_assert_int_eq(prof_wire_varint(&w, &v, "it", &err), PROF_EFORMAT);
	ck_assert_str_eq(err.msg, "it: the varint is longer than 10 bytes");
}
END_TEST

START_TEST(a_cut_varint_is_an_error_at_every_length)
{
	static const char ones[] = "\xff\xff\xff\xff\xff\xff\xff\xff\xff";
	struct prof_wire w;
	uint64_t v;
	size_t n;

	for (n = 0; n < sizeof ones; n++) {
		w = wire(ones, n);
		setup();
		ck_assert_int_eq(prof_wire_varint(&w, &v, "it", &err),
		    PROF_EFORMAT);
		ck_assert_str_eq(err.msg, "it: the varint is cut off");
	}
}
END_TEST

static void
check_put(uint64_t v)
{
	unsigned char bytes[PROF_VARINT_MAX];
	struct prof_wire w = { bytes, prof_wire_put(bytes, v) };
	uint64_t got;

	ck_assert_uint_eq(prof_wire_size(v), (unsigned)(w.end - bytes));
	ck_assert_int_eq(prof_wire_varint(&w, &got, "", &err), PROF_OK);
	ck_assert(got == v && w.at == w.end);
}

START_TEST(what_is_put_is_taken_and_has_its_size)
{
	int bits;

	for (bits = 0; bits < 64; bits++) {
		check_put((UINT64_C(1) << bits) - 1);
		check_put(UINT64_C(1) << bits);
	}
	check_put(UINT64_MAX);
}
END_TEST

START_TEST(groups_and_types_6_and_7_are_errors)
{
	static const char tags[] = { 0x0b, 0x0c, 0x0e, 0x0f };
	struct prof_wire_field f;
	size_t i;

	for (i = 0; i < sizeof tags; i++) {
		setup();
		ck_assert_int_eq(next(wire(tags + i, 1), &f), PROF_EFORMAT);
		ck_assert_ptr_nonnull(strstr(err.msg, "wire type"));
	}
}
END_TEST

START_TEST(field_numbers_are_1_to_2_to_the_29th)
{
	struct prof_wire_field f;

	ck_assert_int_eq(next(WIRE("\x00\x01"), &f), PROF_EFORMAT);
	ck_assert_str_eq(err.msg, ": there is no field number 0");
	setup();
	ck_assert_int_eq(next(WIRE("\xf8\xff\xff\xff\x0f\x01"), &f), 1);
	ck_assert_uint_eq(f.number, (1u << 29) - 1);
	ck_assert_int_eq(next(WIRE("\x80\x80\x80\x80\x10\x01"), &f),
	    PROF_EFORMAT);
}
END_TEST

START_TEST(a_length_beyond_the_end_is_an_error)
{
	struct prof_wire_field f;

	ck_assert_int_eq(next(WIRE("\x0a\x03" "ab"), &f), PROF_EFORMAT);
	ck_assert_str_eq(err.msg,
	    ": field 1 has length 3 where 2 bytes are left");
	setup();
	ck_assert_int_eq(next(WIRE("\x0a\xff\xff\xff\xff\xff\xff\xff\xff"
	    "\xff\x01" "ab"), &f), PROF_EFORMAT);
}
END_TEST

START_TEST(fixed_fields_are_little_endian_and_whole)
{
	struct prof_wire_field f;

	ck_assert_int_eq(next(WIRE("\x0d\x04\x03\x02\x01"), &f), 1);
	ck_assert_uint_eq(f.value, 0x01020304);
	ck_assert_int_eq(next(WIRE("\x0d\x04\x03\x02"), &f), PROF_EFORMAT);
	setup();
	ck_assert_int_eq(next(WIRE("\x09\1\2\3\4\5\6\7\x08"), &f), 1);
	ck_assert(f.value == UINT64_C(0x0807060504030201));
}
END_TEST

START_TEST(a_message_takes_known_fields_and_the_last_of_each)
{
	Pprof__Function f = PPROF__FUNCTION__INIT;

	/* id 7, unknown 9, id 8, name -1, unknown bytes 1000 */
	ck_assert_int_eq(prof_wire_message(&f.base, WIRE("\x08\x07\x48\x05"
	    "\x08\x08\x10\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
	    "\xc2\x3e\x02hi"), NULL, NULL, &err), PROF_OK);
	ck_assert_uint_eq(f.id, 8);
	ck_assert_int_eq(f.name, -1);
}
END_TEST

START_TEST(a_known_field_of_another_wire_type_is_named)
{
	Pprof__Function f = PPROF__FUNCTION__INIT;

	ck_assert_int_eq(prof_wire_message(&f.base, WIRE("\x08\x07\x22\x00"),
	    NULL, NULL, &err), PROF_EFORMAT);
	ck_assert_str_eq(err.msg, ".filename: wire type 2 where 0 is due");
}
END_TEST

START_TEST(a_boolean_is_true_for_any_number_but_0)
{
	Pprof__Mapping m = PPROF__MAPPING__INIT;

	ck_assert_int_eq(prof_wire_message(&m.base, WIRE("\x38\x00\x40\x80"
	    "\x80\x80\x80\x10\x48\x01"), NULL, NULL, &err), PROF_OK);
	ck_assert(!m.has_functions && m.has_filenames && m.has_line_numbers);
}
END_TEST

START_TEST(a_place_goes_in_front_as_it_is)
{
	prof_wire_place(&err, "nothing to say");
	ck_assert_str_eq(err.msg, "");
	prof_fail(&err, PROF_EFORMAT, ".line: bad");
	prof_wire_place(&err, "location[%d]", 3);
	ck_assert_str_eq(err.msg, "location[3].line: bad");
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("wire");
	TCase *tc = tcase_create("wire");
	SRunner *r;
	int failed;

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_test(tc, a_varint_of_ten_bytes_reaches_the_last_bit);
	tcase_add_test(tc, bits_beyond_64_are_an_error);
	tcase_add_test(tc, an_eleventh_byte_is_an_error);
	tcase_add_test(tc, a_cut_varint_is_an_error_at_every_length);
	tcase_add_test(tc, what_is_put_is_taken_and_has_its_size);
	tcase_add_test(tc, groups_and_types_6_and_7_are_errors);
	tcase_add_test(tc, field_numbers_are_1_to_2_to_the_29th);
	tcase_add_test(tc, a_length_beyond_the_end_is_an_error);
	tcase_add_test(tc, fixed_fields_are_little_endian_and_whole);
	tcase_add_test(tc, a_message_takes_known_fields_and_the_last_of_each);
	tcase_add_test(tc, a_known_field_of_another_wire_type_is_named);
	tcase_add_test(tc, a_boolean_is_true_for_any_number_but_0);
	tcase_add_test(tc, a_place_goes_in_front_as_it_is);
	suite_add_tcase(s, tc);
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
