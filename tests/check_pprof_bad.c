/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <check.h>
#include <stdio.h>
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

/* Reading b fails with this code and message. */
static void
ck_bad(int code, const char *want)
{
	prof_profile_release(&p);
	ck_assert_int_eq(pb_load(&b, &p, &err), code);
	ck_assert_int_eq(err.code, code);
	ck_assert_str_eq(err.msg, want);
}

struct bad {
	const char *bytes;
	size_t len;
	const char *msg;	/* behind the offset */
};

#define BAD(bytes, msg) { bytes, sizeof bytes - 1, msg }
#define MINUS "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"

/* Each behind a good profile. */
static const struct bad bads[] = {
	BAD("\x0b", ": field 1 has wire type 3, which no profile uses"),
	BAD("\x14", ": field 2 has wire type 4, which no profile uses"),
	BAD("\x0e", ": field 1 has wire type 6, which does not exist"),
	BAD("\x0f", ": field 1 has wire type 7, which does not exist"),
	BAD("\x02\x00", ": there is no field number 0"),
	BAD("\x80", ": field tag: the varint is cut off"),
	BAD("\x60", ": period: the varint is cut off"),
	BAD("\x60\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02",
	    ": period: the varint does not fit 64 bits"),
	BAD("\x60\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
	    ": period: the varint is longer than 10 bytes"),
	BAD("\x61" "12345678", ": period: wire type 1 where 0 is due"),
	BAD("\x08\x01", ": sample_type[1]: wire type 0 where 2 is due"),
	BAD("\x6d" "1234", ": comment[0]: wire type 5 where 0 is due"),
	BAD("\x12\x05\x10\x01", ": sample[1]: 5 bytes are due where the "
	    "input has 2"),
	BAD("\x12\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", ": sample[1]: "
	    "9223372036854775808 bytes are due where the input has 0"),
	BAD("\x12" MINUS, ": sample[1]: 18446744073709551615 bytes are due "
	    "where the input has 0"),
	BAD("\xc2\x3e\x05" "ab", ": 5 bytes are due where the input has 2"),
	BAD("\xa1\x01" "1234", ": 8 bytes are due where the input has 4"),
	BAD("\x12\x00", ": sample[1].value: no value"),
	BAD("\x12\x04\x10\x01\x10\x01", ": sample[1].value: 2 values where "
	    "sample[0] has 1"),
	BAD("\x12\x02\x11\x01", ": sample[1]: field 2 is cut off"),
	BAD("\x12\x09\x11" "12345678", ": sample[1].value: wire type 1 where"
	    " 0 is due"),
	BAD("\x12\x02\x18\x01", ": sample[1].label: wire type 0 where 2 is "
	    "due"),
	BAD("\x12\x03\x0a\x01\x80", ": sample[1].location_id[0]: the varint "
	    "is cut off"),
	BAD("\x12\x06\x0a\x04\x01\x02\x01\x80", ": sample[1].location_id[3]:"
	    " the varint is cut off"),
	BAD("\x12\x05\x12\x03\x01\x02\x80", ": sample[1].value[2]: the "
	    "varint is cut off"),
	BAD("\x12\x06\x10\x01\x1a\x02\x08\x80", ": sample[1].label[0]: field"
	    " 1: the varint is cut off"),
	BAD("\x1a\x00", ": mapping[1].id: 0 is no id"),
	BAD("\x1a\x02\x0a\x00", ": mapping[1].id: wire type 2 where 0 is "
	    "due"),
	BAD("\x22\x02\x18\x05", ": location[2].id: 0 is no id"),
	BAD("\x22\x02\x20\x05", ": location[2].line: wire type 0 where 2 is "
	    "due"),
	BAD("\x22\x06\x08\x09\x22\x02\x10\x01", ": location[2].line[0]"
	    ".function_id: 0 is no function"),
	BAD("\x22\x07\x08\x09\x22\x02\x08\x01\x22", ": location[2]: "
	    "length: the varint is cut off"),
	BAD("\x2a\x00", ": function[2].id: 0 is no id"),
	BAD("\x1a\x02\x08\x01", ": mapping[1].id: 1 is the id of "
	    "mapping[0], too"),
	BAD("\x22\x02\x08\x02", ": location[2].id: 2 is the id of "
	    "location[1], too"),
	BAD("\x2a\x02\x08\x01", ": function[2].id: 1 is the id of "
	    "function[0], too"),
	BAD("\x22\x06\x08\x09\x22\x02\x08\x63", ": location[2].line[0]"
	    ".function_id: function 99 is not in the table")
};

START_TEST(damage_is_told_with_offset_and_path)
{
	const struct bad *t = &bads[_i];
	char want[256];

	pb_add_profile(&b);
	snprintf(want, sizeof want, "offset %zu%s", b.len, t->msg);
	prof_buf_add(&b, t->bytes, t->len);
	ck_bad(PROF_EFORMAT, want);
}
END_TEST

START_TEST(a_missing_location_is_told_with_its_sample)
{
	int i;

	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	for (i = 0; i < 100; i++)
		pb_msg(&b, 2, 3, U(1), U(1), U(1), U(2), U(2), U(1));
	pb_msg(&b, 2, 4, U(1), U(1), U(1), U(2), U(1), U(77), U(2), U(1));
	pb_add_tables(&b);
	pb_add_strings(&b);
	ck_bad(PROF_EFORMAT, "sample[100].location_id[2]: location 77 is "
	    "not in the table");
	prof_buf_clear(&b);
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_msg(&b, 2, 2, U(1), U(0), U(2), U(1));
	pb_add_tables(&b);
	pb_add_strings(&b);
	ck_bad(PROF_EFORMAT, "sample[0].location_id[0]: location 0 is not "
	    "in the table");
	prof_buf_clear(&b);
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_msg(&b, 2, 2, U(1), UINT64_MAX, U(2), U(1));
	pb_add_strings(&b);
	ck_bad(PROF_EFORMAT, "sample[0].location_id[0]: location "
	    "18446744073709551615 is not in the table");
}
END_TEST

START_TEST(samples_without_or_with_other_types_are_errors)
{
	pb_msg(&b, 2, 1, U(2), U(1));
	pb_add_strings(&b);
	ck_bad(PROF_EFORMAT, "there are samples but no sample type");
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_msg(&b, 1, 1, U(1), U(PB_NS));
	ck_bad(PROF_EFORMAT, "sample[0].value: 1 values for 2 sample types");
}
END_TEST

START_TEST(at_most_16_sample_types_are_kept)
{
	int i;

	pb_add_strings(&b);
	for (i = 0; i < 16; i++)
		pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	ck_assert_int_eq(pb_load(&b, &p, &err), PROF_OK);
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	prof_profile_release(&p);
	ck_assert_int_eq(pb_load(&b, &p, &err), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "more than 16 sample types"));
}
END_TEST

START_TEST(strings_begin_with_the_empty_one)
{
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	ck_bad(PROF_EFORMAT, "there is no string table (cut off, or not a "
	    "pprof profile)");
	prof_buf_clear(&b);
	pb_str(&b, 6, "x");
	ck_bad(PROF_EFORMAT, "offset 0: string_table[0]: the first string "
	    "is not empty");
}
END_TEST

START_TEST(a_second_time_means_two_profiles)
{
	pb_add_profile(&b);
	pb_num(&b, 9, 5);
	pb_num(&b, 9, 5);
	ck_assert_int_eq(pb_load(&b, &p, &err), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, "time_nanos: this is the second"
	    " one (concatenated profiles? compress each with gzip"));
}
END_TEST

/* Every place that holds the index of a string. */
static const struct place {
	unsigned field, sub;	/* sub 0: the field itself */
	const char *path;
} places[] = {
	{ 1, 1, "sample_type[1].type" }, { 1, 2, "sample_type[1].unit" },
	{ 2, 1, "sample[1].label[0].key" }, { 2, 2, "sample[1].label[0].str" },
	{ 2, 4, "sample[1].label[0].num_unit" },
	{ 3, 5, "mapping[1].filename" }, { 3, 6, "mapping[1].build_id" },
	{ 5, 2, "function[2].name" }, { 5, 3, "function[2].system_name" },
	{ 5, 4, "function[2].filename" },
	{ 7, 0, "drop_frames" }, { 8, 0, "keep_frames" },
	{ 11, 1, "period_type.type" }, { 11, 2, "period_type.unit" },
	{ 13, 0, "comment[0]" }, { 14, 0, "default_sample_type" },
	{ 15, 0, "doc_url" }
};

#define NPLACES (sizeof places / sizeof places[0])

/* A good profile with one bad index; only type profiles lack samples. */
static void
put_index(const struct place *t, uint64_t index)
{
	struct prof_buf s = { 0 };

	prof_buf_clear(&b);
	if (t->field == 1) {
		pb_add_strings(&b);
		pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	} else {
		pb_add_profile(&b);
	}
	if (t->field == 2) {
		pb_num(&s, 2, 1);
		pb_msg(&s, 3, 1, U(t->sub), index);
		pb_bytes(&b, 2, s.data, s.len);
	} else if (t->sub == 0) {
		pb_num(&b, t->field, index);
	} else if (t->field == 1 || t->field == 11) {
		pb_msg(&b, t->field, 1, U(t->sub), index);
	} else {
		pb_msg(&b, t->field, 2, U(1), U(50), U(t->sub), index);
	}
	prof_buf_release(&s);
}

START_TEST(an_index_behind_the_strings_names_its_place)
{
	const struct place *t = &places[_i];
	char want[128];

	put_index(t, PB_NSTRINGS);
	snprintf(want, sizeof want, "%s: string %d is not in the table of %d",
	    t->path, PB_NSTRINGS, PB_NSTRINGS);
	ck_assert_int_eq(pb_load(&b, &p, &err), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, want));
}
END_TEST

START_TEST(a_negative_index_names_its_place)
{
	static const uint64_t wrong[] = { U(-1), U(INT64_MIN),
	    U(INT32_MAX) * 4 };
	const struct place *t = &places[_i];
	char want[128];
	size_t i;

	for (i = 0; i < 3; i++) {
		put_index(t, wrong[i]);
		snprintf(want, sizeof want, "%s: string %lld cannot be in "
		    "the table", t->path, (long long)wrong[i]);
		ck_assert_int_eq(pb_load(&b, &p, &err), PROF_EFORMAT);
		ck_assert_ptr_nonnull(strstr(err.msg, want));
		ck_assert_int_eq(strncmp(err.msg, "offset ", 7), 0);
		prof_profile_release(&p);
	}
}
END_TEST

START_TEST(a_sum_beyond_64_bits_is_an_error)
{
	pb_msg(&b, 1, 1, U(1), U(PB_CPU));
	pb_msg(&b, 2, 2, U(1), U(1), U(2), U(INT64_MAX));
	pb_msg(&b, 2, 2, U(1), U(1), U(2), U(1));
	pb_add_tables(&b);
	pb_add_strings(&b);
	ck_assert_int_eq(pb_load(&b, &p, &err), PROF_ERANGE);
	ck_assert_ptr_nonnull(strstr(err.msg, "values of 'cpu' that"));
}
END_TEST

/* Read b with one limit lowered. */
static void
ck_limit(struct prof_limits limits, const char *option)
{
	struct prof_in *in = prof_in_memory(b.data, b.len, "test", &limits);

	prof_profile_release(&p);
	ck_assert_int_eq(pb_read(in, &p, &err), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, option));
	prof_in_close(in);
}

START_TEST(limits_are_named)
{
	struct prof_buf s = { 0 };
	struct prof_limits l = prof_limits_default;
	int i;

	pb_add_profile(&b);
	l.max_depth = 1;
	ck_limit(l, ": sample[0]: a stack of 2 frames (limit: --max-depth)");
	l = prof_limits_default;
	l.max_strings = 3;
	ck_limit(l, "string_table[4]: more than 3 distinct strings (limit: "
	    "--max-strings)");
	l = prof_limits_default;
	l.max_line = 10;
	ck_limit(l, "mapping[0]: 15 bytes (limit: --max-line)");
	for (i = 0; i < 11; i++)
		pb_msg(&s, 3, 1, U(1), U(1));
	pb_num(&s, 2, 1);
	pb_bytes(&b, 2, s.data, s.len);
	l = prof_limits_default;
	l.max_labels = 10;
	ck_limit(l, "sample[1]: 11 labels (limit: --max-labels)");
	prof_buf_release(&s);
}
END_TEST

/* Raw bytes have no checksum: a cut one may be a smaller profile. */
START_TEST(a_cut_profile_is_an_error_or_a_smaller_one)
{
	struct prof_buf cut = { 0 };
	size_t n, whole = 0;

	pb_add_profile(&b);
	pb_num(&b, 9, 1000);
	for (n = 0; n < b.len; n++) {
		cut.data = malloc(n + 1);
		memcpy(cut.data, b.data, n);
		cut.len = n;
		if (pb_load(&cut, &p, &err) == PROF_OK)
			whole++;
		else
			ck_assert_uint_gt(strlen(err.msg), 0);
		prof_profile_release(&p);
		free(cut.data);
	}
	ck_assert_uint_le(whole, 4);
}
END_TEST

START_TEST(no_single_byte_is_a_profile)
{
	int byte;

	for (byte = 0; byte < 256; byte++) {
		prof_buf_clear(&b);
		prof_buf_addc(&b, (char)byte);
		ck_assert_int_lt(pb_load(&b, &p, &err), 0);
		prof_profile_release(&p);
		ck_assert_int_eq(prof_pprof_reader.bid((unsigned char *)
		    b.data, 1), 0);
	}
}
END_TEST

START_TEST(random_bytes_are_no_profile)
{
	uint64_t rng = 1, seed;
	size_t i;

	for (seed = 0; seed < 200; seed++) {
		prof_buf_clear(&b);
		for (i = 0; i < 65536; i++) {
			rng = rng * UINT64_C(6364136223846793005) + 1 + seed;
			prof_buf_addc(&b, (char)(rng >> 56));
		}
		ck_assert_int_lt(pb_load(&b, &p, &err), 0);
		prof_profile_release(&p);
	}
}
END_TEST

START_TEST(there_are_no_dialects)
{
	struct prof_in *in = prof_in_memory("2\0", 2, "test", NULL);

	memset(&err, 0, sizeof err);
	ck_assert_int_eq(prof_pprof_reader.read(in, "x", &p, &err),
	    PROF_EUSAGE);
	prof_in_close(in);
}
END_TEST

static TCase *
cases(void)
{
	TCase *tc = tcase_create("bad");
	int n = (int)(sizeof bads / sizeof bads[0]);

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, damage_is_told_with_offset_and_path, 0, n);
	tcase_add_test(tc, a_missing_location_is_told_with_its_sample);
	tcase_add_test(tc, samples_without_or_with_other_types_are_errors);
	tcase_add_test(tc, at_most_16_sample_types_are_kept);
	tcase_add_test(tc, strings_begin_with_the_empty_one);
	tcase_add_test(tc, a_second_time_means_two_profiles);
	tcase_add_loop_test(tc, an_index_behind_the_strings_names_its_place,
	    0, (int)NPLACES);
	tcase_add_loop_test(tc, a_negative_index_names_its_place, 0,
	    (int)NPLACES);
	tcase_add_test(tc, a_sum_beyond_64_bits_is_an_error);
	tcase_add_test(tc, limits_are_named);
	tcase_add_test(tc, a_cut_profile_is_an_error_or_a_smaller_one);
	tcase_add_test(tc, no_single_byte_is_a_profile);
	tcase_add_test(tc, random_bytes_are_no_profile);
	tcase_add_test(tc, there_are_no_dialects);
	return tc;
}

int
main(void)
{
	Suite *s = suite_create("pprof_bad");
	SRunner *r = srunner_create(s);
	int failed;

	suite_add_tcase(s, cases());
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
