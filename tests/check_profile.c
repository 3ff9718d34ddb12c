/* SPDX-License-Identifier: MIT */
#include "libanalysis/profile.h"

#include <string.h>

#include "libanalysis/check.h"
#include "tests/support.h"

static struct prof_profile p;
static struct prof_err err;

static void
setup(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_profile_release(&p);
}

static prof_str
str(const char *s)
{
	return prof_strs_adds(&p.strs, s);
}

START_TEST(zeroed_memory_is_an_empty_profile)
{
	size_t n = 1;

	ck_assert_int_eq(prof_profile_check(&p, &err), PROF_OK);
	ck_assert_ptr_null(prof_profile_stack(&p, 0, &n));
	ck_assert_uint_eq(n, 0);
	ck_assert_ptr_null(prof_profile_set(&p, 0, &n));
	ck_assert_uint_eq(n, 0);
	ck_assert_str_eq(prof_profile_str(&p, 0), "");
	ck_assert_uint_eq(prof_profile_default(&p), 0);
	ck_assert_int_eq(prof_profile_column(&p, "cpu"), -1);
	ck_assert_uint_eq(prof_profile_skipped(&p), 0);
	prof_profile_release(&p);
	prof_profile_release(&p);
}
END_TEST

START_TEST(rows_are_numbered_from_1)
{
	struct prof_function f = { .name = str("f"), .start = 3 };
	struct prof_mapping m = { .start = 1, .limit = 2, .file = str("m") };
	struct prof_location l = { .address = 7, .mapping = 1 };
	struct prof_line line[2] = { { 1, 10, 2 }, { 1, 11, 0 } };

	ck_assert_uint_eq(prof_profile_add_fn(&p, f), 1);
	ck_assert_uint_eq(prof_profile_add_fn(&p, f), 2);
	ck_assert_uint_eq(prof_profile_add_mod(&p, m), 1);
	ck_assert_uint_eq(prof_profile_add_loc(&p, l, line, 2), 1);
	ck_assert_uint_eq(prof_profile_add_loc(&p, l, NULL, 0), 2);
	ck_assert_uint_eq(prof_profile_add_loc(&p, l, line, 1), 3);
	ck_assert_int_eq(prof_profile_fn(&p, 2)->start, 3);
	ck_assert_uint_eq(prof_profile_mod(&p, 1)->limit, 2);
	ck_assert_uint_eq(prof_profile_loc(&p, 1)->nlines, 2);
	ck_assert_uint_eq(prof_profile_loc(&p, 2)->nlines, 0);
	ck_assert_uint_eq(prof_profile_loc(&p, 3)->first_line, 2);
	ck_assert_int_eq(p.line[1].line, 11);
	ck_assert_int_eq(prof_profile_check(&p, &err), PROF_OK);
}
END_TEST

START_TEST(a_type_begins_with_the_scale_1)
{
	prof_profile_add_type(&p, str("cpu"), str("ns"));
	ck_assert_int_eq(p.type[0].num, 1);
	ck_assert_int_eq(p.type[0].den, 1);
}
END_TEST

START_TEST(the_default_type_is_the_last_or_the_one_that_is_named)
{
	prof_profile_add_type(&p, str("samples"), str("count"));
	prof_profile_add_type(&p, str("cpu"), str("ns"));
	prof_profile_add_type(&p, str("wall"), str("ns"));
	ck_assert_uint_eq(prof_profile_default(&p), 2);
	p.meta.default_type = str("cpu");
	ck_assert_uint_eq(prof_profile_default(&p), 1);
	p.meta.default_type = str("other");
	ck_assert_uint_eq(prof_profile_default(&p), 2);
}
END_TEST

START_TEST(columns_are_found_by_type)
{
	prof_profile_add_type(&p, str("samples"), str("count"));
	prof_profile_add_type(&p, str("cpu"), str("ns"));
	ck_assert_int_eq(prof_profile_column(&p, "samples"), 0);
	ck_assert_int_eq(prof_profile_column(&p, "cpu"), 1);
	ck_assert_int_eq(prof_profile_column(&p, "cp"), -1);
}
END_TEST

START_TEST(edges_keep_all_their_columns)
{
	struct prof_function f = { .name = str("f") };
	int64_t values[2];
	int i;

	prof_profile_add_fn(&p, f);
	p.edges.ntypes = 2;
	p.edges.type[0] = p.edges.type[1] = (struct prof_type){ 0, 0, 1, 1 };
	for (i = 0; i < 1000; i++) {
		values[0] = i;
		values[1] = -i;
		prof_profile_add_edge(&p, (prof_fn)(i % 2), 1, i, values);
	}
	ck_assert_uint_eq(p.edges.n, 1000);
	for (i = 0; i < 1000; i++) {
		ck_assert_int_eq(p.edges.value[0][i], i);
		ck_assert_int_eq(p.edges.value[1][i], -i);
		ck_assert_int_eq(p.edges.line[i], i);
		ck_assert_uint_eq(p.edges.caller[i], (uint32_t)i % 2);
	}
	ck_assert_int_eq(prof_profile_check(&p, &err), PROF_OK);
}
END_TEST

START_TEST(notes_count_and_remember_the_first_places)
{
	uint64_t i;

	for (i = 1; i <= 8; i++)
		prof_profile_note(&p, "no count", i * 10, true);
	prof_profile_note(&p, "odd unit", 0, false);
	ck_assert_uint_eq(p.nnotes, 2);
	ck_assert_uint_eq(p.note[0].count, 8);
	for (i = 0; i < PROF_NOTE_PLACES; i++)
		ck_assert_uint_eq(p.note[0].where[i], (i + 1) * 10);
	ck_assert_uint_eq(p.note[1].where[0], 0);
}
END_TEST

START_TEST(only_skipped_records_count_as_skipped)
{
	prof_profile_note(&p, "a", 1, true);
	prof_profile_note(&p, "a", 2, false);
	prof_profile_note(&p, "b", 3, true);
	prof_profile_note(&p, "a", 4, true);
	ck_assert_uint_eq(p.nnotes, 3);
	ck_assert_uint_eq(prof_profile_skipped(&p), 3);
}
END_TEST

START_TEST(comments_keep_their_order)
{
	prof_profile_add_comment(&p, str("b"));
	prof_profile_add_comment(&p, str("a"));
	prof_profile_add_comment(&p, 0);
	ck_assert_uint_eq(p.ncomments, 3);
	ck_assert_str_eq(prof_profile_str(&p, p.comment[0]), "b");
	ck_assert_uint_eq(p.comment[2], 0);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("profile");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, zeroed_memory_is_an_empty_profile);
	tcase_add_test(tc, rows_are_numbered_from_1);
	tcase_add_test(tc, a_type_begins_with_the_scale_1);
	tcase_add_test(tc,
	    the_default_type_is_the_last_or_the_one_that_is_named);
	tcase_add_test(tc, columns_are_found_by_type);
	tcase_add_test(tc, edges_keep_all_their_columns);
	tcase_add_test(tc, notes_count_and_remember_the_first_places);
	tcase_add_test(tc, only_skipped_records_count_as_skipped);
	tcase_add_test(tc, comments_keep_their_order);
	return test_main("profile", tc);
}
