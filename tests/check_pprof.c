/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/pprof_bytes.h"

static struct prof_buf b;
static struct prof_profile p;
static struct prof_err err;

static void
setup(void)
{
	memset(&b, 0, sizeof b);
	memset(&p, 0, sizeof p);
}

static void
teardown(void)
{
	prof_buf_release(&b);
	prof_profile_release(&p);
}

/* Read what is in b, which must work. */
static void
load(void)
{
	prof_profile_release(&p);
	if (pb_load(&b, &p, &err) != PROF_OK)
		ck_abort_msg("%s", err.msg);
}

static void
ck_str(prof_str id, const char *want)
{
	ck_assert_str_eq(prof_profile_str(&p, id), want);
}

static bool
noted(const char *part)
{
	uint32_t i;

	for (i = 0; i < p.nnotes; i++)
		if (strstr(prof_profile_str(&p, p.note[i].text), part))
			return true;
	return false;
}

START_TEST(an_empty_string_is_the_smallest_profile)
{
	prof_buf_add(&b, "2\0", 2);
	load();
	ck_assert_uint_eq(p.ntypes + p.nsamples + p.nloc + p.nnotes, 0);
}
END_TEST

START_TEST(tables_are_kept_row_by_row)
{
	const struct prof_mapping *m;
	const struct prof_line *l;

	pb_add_profile(&b);
	load();
	ck_assert_uint_eq(p.nmod, 1);
	m = prof_profile_mod(&p, 1);
	ck_assert_uint_eq(m->start, 0x1000);
	ck_assert_uint_eq(m->limit, 0x9000);
	ck_assert_uint_eq(m->flags, PROF_MOD_FUNCTIONS);
	ck_str(m->file, "/bin/prog");
	ck_str(m->build_id, "cafe");
	ck_assert_uint_eq(p.nfn, 2);
	ck_str(prof_profile_fn(&p, 2)->name, "leaf");
	ck_str(prof_profile_fn(&p, 2)->file, "main.c");
	ck_assert_int_eq(prof_profile_fn(&p, 2)->start, 28);
	ck_assert_uint_eq(p.nloc, 2);
	ck_assert_uint_eq(prof_profile_loc(&p, 2)->address, 0x1300);
	ck_assert_uint_eq(prof_profile_loc(&p, 2)->mapping, 1);
	l = p.line + prof_profile_loc(&p, 2)->first_line;
	ck_assert(l->fn == 2 && l->line == 30 && l->column == 7);
}
END_TEST

START_TEST(samples_have_leaf_first_stacks_and_values)
{
	const prof_loc *frame;
	size_t n;

	pb_add_profile(&b);
	load();
	ck_assert_uint_eq(p.ntypes, 1);
	ck_str(p.type[0].type, "cpu");
	ck_str(p.type[0].unit, "nanoseconds");
	ck_assert_uint_eq(p.nsamples, 1);
	ck_assert_int_eq(p.value[0][0], 10);
	frame = prof_profile_stack(&p, p.stack[0], &n);
	ck_assert(n == 2 && frame[0] == 2 && frame[1] == 1);
}
END_TEST

START_TEST(the_header_is_kept)
{
	pb_add_profile(&b);
	pb_num(&b, 7, PB_MAIN);
	pb_num(&b, 8, PB_LEAF);
	pb_num(&b, 9, 1000);
	pb_num(&b, 10, 50);
	pb_msg(&b, 11, 2, U(1), U(PB_CPU), U(2), U(PB_NS));
	pb_num(&b, 12, 7);
	pb_num(&b, 13, PB_TEXT);
	pb_packed(&b, 13, 2, U(PB_KEY), U(0));
	pb_num(&b, 14, PB_CPU);
	pb_num(&b, 15, PB_BYTES);
	load();
	ck_str(p.meta.drop_frames, "main");
	ck_str(p.meta.keep_frames, "leaf");
	ck_assert_int_eq(p.meta.time_ns, 1000);
	ck_assert_int_eq(p.meta.duration_ns, 50);
	ck_str(p.meta.period_type, "cpu");
	ck_str(p.meta.period_unit, "nanoseconds");
	ck_assert_int_eq(p.meta.period, 7);
	ck_assert_uint_eq(p.ncomments, 3);
	ck_str(p.comment[1], "key");
	ck_str(p.meta.default_type, "cpu");
	ck_str(p.meta.doc_url, "bytes");
	ck_assert_uint_eq(p.nnotes, 0);
}
END_TEST

START_TEST(fields_may_come_in_any_order)
{
	pb_num(&b, 12, 7);
	pb_msg(&b, 2, 3, U(1), U(2), U(1), U(1), U(2), U(10));
	pb_add_tables(&b);
	pb_msg(&b, 1, 2, U(1), U(PB_CPU), U(2), U(PB_NS));
	pb_add_strings(&b);
	load();
	ck_str(p.type[0].type, "cpu");
	ck_assert_int_eq(p.value[0][0], 10);
	prof_buf_clear(&b);
	pb_add_strings(&b);
	pb_add_tables(&b);
	pb_msg(&b, 1, 2, U(1), U(PB_CPU), U(2), U(PB_NS));
	pb_msg(&b, 2, 3, U(1), U(2), U(1), U(1), U(2), U(10));
	load();
	ck_str(prof_profile_fn(&p, 1)->name, "main");
}
END_TEST

START_TEST(packed_and_unpacked_numbers_may_be_mixed)
{
	struct prof_buf s = { 0 };
	const prof_loc *frame;
	size_t n;

	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_msg(&b, 1, 1, U(1), U(PB_KEY));
	pb_num(&s, 1, 1);
	pb_num(&s, 2, 5);
	pb_packed(&s, 1, 2, U(2), U(2));
	pb_packed(&s, 1, 0);
	pb_packed(&s, 2, 1, U(6));
	pb_num(&s, 1, 1);
	pb_bytes(&b, 2, s.data, s.len);
	pb_add_tables(&b);
	pb_add_strings(&b);
	load();
	frame = prof_profile_stack(&p, p.stack[0], &n);
	ck_assert(n == 4 && frame[0] == 1 && frame[1] == 2 &&
	    frame[2] == 2 && frame[3] == 1);
	ck_assert(p.value[0][0] == 5 && p.value[1][0] == 6);
	prof_buf_release(&s);
}
END_TEST

START_TEST(unknown_fields_are_skipped_wherever_they_are)
{
	struct prof_buf s = { 0 };

	pb_str(&b, 16, "new");
	pb_num(&b, 536870911, 1);
	prof_buf_add(&b, "\xa1\x01" "12345678" "\xa5\x01" "1234", 16);
	pb_num(&s, 1, 2);
	pb_str(&s, 77, "in a sample");
	pb_num(&s, 2, 10);
	pb_msg(&s, 3, 3, U(1), U(PB_KEY), U(2), U(PB_TEXT), U(9), U(9));
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_bytes(&b, 2, s.data, s.len);
	pb_add_tables(&b);
	pb_add_strings(&b);
	load();
	ck_assert_int_eq(p.value[0][0], 10);
	ck_assert_uint_eq(p.sets.n, 1);
	prof_buf_release(&s);
}
END_TEST

START_TEST(the_last_of_repeated_scalars_wins)
{
	pb_add_profile(&b);
	pb_num(&b, 12, 1);
	pb_num(&b, 12, 2);
	pb_num(&b, 9, 0);
	pb_num(&b, 9, 5);
	pb_msg(&b, 11, 1, U(1), U(PB_CPU));
	pb_msg(&b, 11, 1, U(2), U(PB_NS));
	pb_msg(&b, 5, 4, U(1), U(3), U(2), U(PB_KEY), U(1), U(9), U(2),
	    U(PB_TEXT));
	load();
	ck_assert_int_eq(p.meta.period, 2);
	ck_assert_int_eq(p.meta.time_ns, 5);
	ck_str(p.meta.period_type, "");
	ck_str(prof_profile_fn(&p, 3)->name, "text");
}
END_TEST

/* Labels of a sample: text, numbers with and without unit, nothings. */
static void
add_labelled(void)
{
	struct prof_buf s = { 0 };

	pb_num(&s, 2, 1);
	pb_msg(&s, 3, 2, U(1), U(PB_BYTES), U(3), U(64));
	pb_msg(&s, 3, 3, U(1), U(PB_KEY), U(2), U(PB_TEXT), U(3), U(9));
	pb_msg(&s, 3, 2, U(1), U(PB_KEY), U(2), U(PB_CPU));
	pb_msg(&s, 3, 2, U(1), U(PB_CPU), U(4), U(PB_NS));
	pb_msg(&s, 3, 1, U(1), U(PB_MAIN));
	pb_msg(&s, 3, 2, U(1), U(PB_MAIN), U(2), U(PB_NSTRINGS));
	pb_bytes(&s, 3, "", 0);
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_bytes(&b, 2, s.data, s.len);
	pb_add_strings(&b);
	pb_str(&b, 6, "");
	prof_buf_release(&s);
}

START_TEST(text_wins_over_numbers_and_nothings_vanish)
{
	const struct prof_label *l;
	size_t n;

	add_labelled();
	load();
	l = prof_profile_set(&p, p.set[0], &n);
	ck_assert_uint_eq(n, 4);
	ck_str(l[0].key, "key");
	ck_str(l[0].str, "text");
	ck_assert_int_eq(l[0].num, 0);
	ck_str(l[1].str, "cpu");
	ck_str(l[2].key, "bytes");
	ck_assert_int_eq(l[2].num, 64);
	ck_str(l[3].key, "cpu");
	ck_str(l[3].unit, "nanoseconds");
	ck_assert_int_eq(l[3].num, 0);
}
END_TEST

START_TEST(equal_samples_are_summed)
{
	int i;

	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	for (i = 0; i < 3; i++) {
		pb_msg(&b, 2, 2, U(1), U(2), U(2), U(10));
		pb_msg(&b, 2, 2, U(1), U(1), U(2), U(1));
	}
	pb_add_tables(&b);
	pb_add_strings(&b);
	load();
	ck_assert_uint_eq(p.nsamples, 2);
	ck_assert(p.value[0][0] == 30 && p.value[0][1] == 3);
}
END_TEST

START_TEST(the_extremes_of_a_value_are_kept)
{
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_msg(&b, 2, 2, U(1), U(1), U(2), U(INT64_MAX));
	pb_msg(&b, 2, 2, U(1), U(2), U(2), U(INT64_MIN));
	pb_add_tables(&b);
	pb_add_strings(&b);
	load();
	ck_assert(p.value[0][0] == INT64_MAX && p.value[0][1] == INT64_MIN);
	ck_assert(noted("negative values"));
	ck_assert_uint_eq(p.note[0].count, 1);
}
END_TEST

START_TEST(a_location_may_have_no_line_no_mapping_and_no_address)
{
	const struct prof_location *l;

	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_msg(&b, 2, 2, U(1), U(9), U(2), U(1));
	pb_msg(&b, 2, 1, U(2), U(1));
	pb_msg(&b, 4, 3, U(1), U(9), U(2), U(77), U(5), U(1));
	pb_add_strings(&b);
	load();
	l = prof_profile_loc(&p, 1);
	ck_assert(l->nlines == 0 && l->mapping == 0 && l->address == 0);
	ck_assert_uint_eq(l->flags, PROF_LOC_FOLDED);
	ck_assert_uint_eq(p.stack[1], 0);
}
END_TEST

/* Ids of 1, 3, 5 and 10 bytes in one stack, in a table of any order. */
START_TEST(ids_may_be_any_number)
{
	const uint64_t ids[] = { 5, UINT64_MAX, 0x7fffffff, 1000000,
	    0x80000000, UINT64_C(0x7f0012345678) };
	struct prof_buf s = { 0 }, run = { 0 };
	const prof_loc *frame;
	size_t i, n;

	for (i = 0; i < 600; i++)
		pb_varint(&run, ids[i % 6]);
	pb_bytes(&s, 1, run.data, run.len);
	pb_num(&s, 2, 1);
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_bytes(&b, 2, s.data, s.len);
	for (i = 6; i-- > 0;) {
		pb_msg(&b, 4, 2, U(1), ids[i], U(2), ids[i]);
		pb_msg(&b, 3, 2, U(1), ids[i], U(2), U(i));
	}
	pb_add_strings(&b);
	load();
	frame = prof_profile_stack(&p, p.stack[0], &n);
	ck_assert_uint_eq(n, 600);
	for (i = 0; i < 600; i++) {
		ck_assert_uint_eq(frame[i], 6 - i % 6);
		ck_assert_uint_eq(prof_profile_mod(&p, prof_profile_loc(&p,
		    frame[i])->mapping)->start, i % 6);
	}
	prof_buf_release(&s);
	prof_buf_release(&run);
}
END_TEST

START_TEST(a_stack_may_be_a_million_frames_deep)
{
	struct prof_buf s = { 0 };
	size_t n;

	pb_varint(&s, 1 << 3 | 2);
	pb_varint(&s, 1000000);
	prof_buf_addn(&s, 2, 1000000);
	pb_num(&s, 2, 1);
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_bytes(&b, 2, s.data, s.len);
	pb_add_tables(&b);
	pb_add_strings(&b);
	load();
	prof_profile_stack(&p, p.stack[0], &n);
	ck_assert_uint_eq(n, 1000000);
	prof_buf_release(&s);
}
END_TEST

START_TEST(a_location_may_hold_a_thousand_inlined_lines)
{
	struct prof_buf l = { 0 };
	uint32_t i;

	pb_num(&l, 1, 3);
	for (i = 0; i < 1000; i++)
		pb_msg(&l, 4, 2, U(1), U(1 + i % 2), U(2), U(i));
	pb_add_profile(&b);
	pb_bytes(&b, 4, l.data, l.len);
	load();
	ck_assert_uint_eq(prof_profile_loc(&p, 3)->nlines, 1000);
	for (i = 0; i < 1000; i++) {
		ck_assert_uint_eq(p.line[2 + i].fn, 1 + i % 2);
		ck_assert_int_eq(p.line[2 + i].line, i);
	}
	prof_buf_release(&l);
}
END_TEST

START_TEST(the_default_type_is_the_last_unless_named)
{
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_msg(&b, 1, 1, U(1), U(PB_BYTES));
	pb_add_strings(&b);
	load();
	ck_assert_uint_eq(prof_profile_default(&p), 1);
	pb_num(&b, 14, PB_CPU);
	load();
	ck_assert_uint_eq(prof_profile_default(&p), 0);
	ck_assert_uint_eq(p.nnotes, 0);
	pb_num(&b, 14, PB_MAIN);
	load();
	ck_assert_uint_eq(prof_profile_default(&p), 1);
	ck_assert(noted("default sample type"));
}
END_TEST

START_TEST(negative_values_of_a_difference_are_not_noted)
{
	struct prof_buf s = { 0 };

	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_num(&s, 2, U(-5));
	pb_msg(&s, 3, 2, U(1), U(PB_NSTRINGS), U(2), U(PB_TEXT));
	pb_bytes(&b, 2, s.data, s.len);
	pb_add_strings(&b);
	pb_str(&b, 6, "pprof::base");
	load();
	ck_assert_int_eq(p.value[0][0], -5);
	ck_assert_uint_eq(p.nnotes, 0);
	prof_buf_release(&s);
}
END_TEST

START_TEST(odd_times_are_noted)
{
	pb_add_profile(&b);
	pb_num(&b, 9, U(-1));
	pb_num(&b, 10, U(-1));
	load();
	ck_assert(noted("time of the recording"));
	ck_assert(noted("duration is negative"));
	ck_assert_uint_eq(prof_profile_skipped(&p), 0);
}
END_TEST

START_TEST(a_profile_bids_high_and_text_does_not_bid)
{
	static const char *const text[] = { "main;f 1\n", "{\"a\":1}", "\n\n",
	    "", "2 apples and 3 pears, and some more of both\n", "HPPx\x01\x02",
	    "\"a\",\"b\"\n", "P1", "*****", "<xml/>" };
	size_t i;

	pb_add_profile(&b);
	ck_assert_int_ge(prof_pprof_reader.bid((unsigned char *)b.data,
	    b.len), 40);
	ck_assert_int_gt(prof_pprof_reader.bid((const unsigned char *)"2\0",
	    2), 0);
	for (i = 0; i < sizeof text / sizeof text[0]; i++)
		ck_assert_int_eq(prof_pprof_reader.bid(
		    (const unsigned char *)text[i], strlen(text[i])), 0);
}
END_TEST

static TCase *
cases(void)
{
	TCase *tc = tcase_create("read");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, an_empty_string_is_the_smallest_profile);
	tcase_add_test(tc, tables_are_kept_row_by_row);
	tcase_add_test(tc, samples_have_leaf_first_stacks_and_values);
	tcase_add_test(tc, the_header_is_kept);
	tcase_add_test(tc, fields_may_come_in_any_order);
	tcase_add_test(tc, packed_and_unpacked_numbers_may_be_mixed);
	tcase_add_test(tc, unknown_fields_are_skipped_wherever_they_are);
	tcase_add_test(tc, the_last_of_repeated_scalars_wins);
	tcase_add_test(tc, text_wins_over_numbers_and_nothings_vanish);
	tcase_add_test(tc, equal_samples_are_summed);
	tcase_add_test(tc, the_extremes_of_a_value_are_kept);
	tcase_add_test(tc,
	    a_location_may_have_no_line_no_mapping_and_no_address);
	tcase_add_test(tc, ids_may_be_any_number);
	tcase_add_test(tc, a_stack_may_be_a_million_frames_deep);
	tcase_add_test(tc, a_location_may_hold_a_thousand_inlined_lines);
	tcase_add_test(tc, the_default_type_is_the_last_unless_named);
	tcase_add_test(tc, negative_values_of_a_difference_are_not_noted);
	tcase_add_test(tc, odd_times_are_noted);
	tcase_add_test(tc, a_profile_bids_high_and_text_does_not_bid);
	return tc;
}

int
main(void)
{
	Suite *s = suite_create("pprof");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, cases());
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
