/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/pprof_bytes.h"

static struct prof_buf b, gz;
static struct prof_profile p;
static struct prof_err err;

static void
setup(void)
{
	memset(&b, 0, sizeof b);
	memset(&gz, 0, sizeof gz);
	memset(&p, 0, sizeof p);
}

static void
teardown(void)
{
	prof_buf_release(&b);
	prof_buf_release(&gz);
	prof_profile_release(&p);
}

/* Append a gzip member that holds data. */
static void
add_member(const void *data, size_t len)
{
	struct prof_out *out = prof_out_buf(&gz);
	struct prof_out *member = prof_out_gzip(out, 1);

	prof_out_add(member, data, len);
	ck_assert_int_eq(prof_out_finish(member, NULL), PROF_OK);
	ck_assert_int_eq(prof_out_finish(out, NULL), PROF_OK);
}

/* Read all profiles of gz; each must be the one that b holds. */
static int
count_profiles(void)
{
	struct prof_in *in = prof_in_memory(gz.data, gz.len, "test", NULL);
	const unsigned char *data;
	size_t len;
	int n;

	for (n = 0;; n++) {
		ck_assert_int_eq(prof_in_peek(in, 1, &data, &len, &err),
		    PROF_OK);
		if (len == 0)
			break;
		if (pb_read(in, &p, &err) != PROF_OK)
			ck_abort_msg("profile %d: %s", n, err.msg);
		ck_assert_uint_eq(p.nsamples, 1);
		ck_assert_int_eq(p.value[0][0], 10);
		ck_assert_uint_eq(p.nloc, 2);
		ck_assert_int_eq(p.meta.period, 7);
		prof_profile_release(&p);
	}
	prof_in_close(in);
	return n;
}

/* As Go writes it: numbers follow the strings. */
static void
fill(void)
{
	pb_add_profile(&b);
	pb_num(&b, 9, 1000);
	pb_num(&b, 12, 7);
}

START_TEST(members_are_profiles)
{
	int i;

	fill();
	for (i = 0; i < 5; i++)
		add_member(b.data, b.len);
	ck_assert_int_eq(count_profiles(), 5);
}
END_TEST

START_TEST(a_profile_may_be_cut_into_members_anywhere)
{
	size_t i;

	fill();
	for (i = 0; i <= b.len; i++) {
		prof_buf_clear(&gz);
		add_member(b.data, i);
		add_member(b.data + i, b.len - i);
		add_member(b.data, b.len);
		ck_assert_int_eq(count_profiles(), 2);
	}
}
END_TEST

START_TEST(a_profile_may_be_cut_into_members_of_one_byte)
{
	size_t i, turn;

	fill();
	for (turn = 0; turn < 3; turn++)
		for (i = 0; i < b.len; i++)
			add_member(b.data + i, 1);
	ck_assert_int_eq(count_profiles(), 3);
}
END_TEST

START_TEST(empty_members_are_nothing)
{
	int i;

	fill();
	add_member(b.data, b.len);
	for (i = 0; i < 10000; i++)
		add_member("", 0);
	add_member(b.data, b.len);
	for (i = 0; i < 10000; i++)
		add_member("", 0);
	ck_assert_int_eq(count_profiles(), 2);
}
END_TEST

/* Tables first, samples in members of their own, one id never shown. */
START_TEST(many_whole_looking_members_take_linear_time)
{
	struct prof_buf s = { 0 };
	int i;

	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_add_tables(&b);
	pb_add_strings(&b);
	pb_msg(&b, 2, 2, U(1), U(77), U(2), U(1));
	add_member(b.data, b.len);
	for (i = 0; i < 20000; i++) {
		prof_buf_clear(&s);
		pb_msg(&s, 2, 3, U(1), U(1 + i % 2), U(1), U(1), U(2), U(1));
		add_member(s.data, s.len);
	}
	prof_buf_release(&s);
	prof_buf_clear(&s);
	pb_msg(&s, 4, 1, U(1), U(77));
	add_member(s.data, s.len);
	ck_assert_int_eq(pb_load(&gz, &p, &err), PROF_OK);
	ck_assert_uint_eq(p.nsamples, 3);
	prof_buf_release(&s);
}
END_TEST

START_TEST(a_cut_gzip_file_is_an_error_at_every_byte)
{
	struct prof_buf cut = { 0 };
	size_t n;

	fill();
	add_member(b.data, b.len);
	for (n = 0; n < gz.len; n++) {
		cut.data = gz.data;
		cut.len = n;
		ck_assert_int_lt(pb_load(&cut, &p, &err), 0);
		prof_profile_release(&p);
	}
	ck_assert_int_eq(pb_load(&gz, &p, &err), PROF_OK);
}
END_TEST

START_TEST(a_wrong_checksum_is_an_error)
{
	size_t i;

	fill();
	add_member(b.data, b.len);
	for (i = 1; i <= 8; i++) {
		gz.data[gz.len - i] ^= 1;
		ck_assert_int_eq(pb_load(&gz, &p, &err), PROF_EFORMAT);
		gz.data[gz.len - i] ^= 1;
		prof_profile_release(&p);
	}
}
END_TEST

START_TEST(padding_is_nothing_and_garbage_is_an_error)
{
	fill();
	add_member(b.data, b.len);
	prof_buf_addn(&gz, 0, 512);
	ck_assert_int_eq(pb_load(&gz, &p, &err), PROF_OK);
	prof_profile_release(&p);
	prof_buf_addc(&gz, 'x');
	ck_assert_int_eq(pb_load(&gz, &p, &err), PROF_EFORMAT);
}
END_TEST

START_TEST(raw_profiles_in_a_row_are_refused)
{
	fill();
	pb_add_profile(&b);
	pb_num(&b, 9, 1000);
	ck_assert_int_eq(pb_load(&b, &p, &err), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, "concatenated profiles?"));
}
END_TEST

static TCase *
cases(void)
{
	TCase *tc = tcase_create("gzip");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, members_are_profiles);
	tcase_add_test(tc, a_profile_may_be_cut_into_members_anywhere);
	tcase_add_test(tc, a_profile_may_be_cut_into_members_of_one_byte);
	tcase_add_test(tc, empty_members_are_nothing);
	tcase_add_test(tc, many_whole_looking_members_take_linear_time);
	tcase_add_test(tc, a_cut_gzip_file_is_an_error_at_every_byte);
	tcase_add_test(tc, a_wrong_checksum_is_an_error);
	tcase_add_test(tc, padding_is_nothing_and_garbage_is_an_error);
	tcase_add_test(tc, raw_profiles_in_a_row_are_refused);
	return tc;
}

int
main(void)
{
	Suite *s = suite_create("pprof_gzip");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, cases());
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
