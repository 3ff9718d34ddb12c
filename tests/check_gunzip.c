/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "libanalysis/buf.h"
#include "libanalysis/in.h"
#include "libanalysis/nomem.h"
#include "tests/gzip.h"
#include "tests/random.h"
#include "tests/support.h"

#define MIB ((size_t)1 << 20)

static struct prof_buf data, text, got;
static struct prof_err err;
static struct prof_limits limits;

static void
setup(void)
{
	memset(&data, 0, sizeof data);
	memset(&text, 0, sizeof text);
	memset(&got, 0, sizeof got);
	memset(&err, 0, sizeof err);
	limits = prof_limits_default;
}

static void
teardown(void)
{
	prof_buf_release(&data);
	prof_buf_release(&text);
	prof_buf_release(&got);
}

/* Text that does not compress to nothing. */
static void
make_text(size_t n)
{
	struct test_random r = { 77 };
	size_t i;

	prof_buf_clear(&text);
	for (i = 0; i < n; i++)
		prof_buf_addc(&text, (char)test_random_next(&r));
}

/* Read data[0..len) into got and tell whether padding was met. */
static int
read_padded(size_t len, bool *padded)
{
	struct prof_in *in = prof_in_memory(data.data, len, "data", &limits);
	const unsigned char *p;
	size_t n;
	int rc;

	prof_buf_clear(&got);
	memset(&err, 0, sizeof err);
	while ((rc = prof_in_peek(in, 1, &p, &n, &err)) == PROF_OK && n > 0) {
		prof_buf_add(&got, p, n);
		prof_in_skip(in, n);
	}
	*padded = prof_in_padded(in);
	prof_in_close(in);
	return rc;
}

static int
read_data(void)
{
	bool padded;

	return read_padded(data.len, &padded);
}

static void
check_reads(const void *want, size_t len)
{
	ck_assert_msg(read_data() == PROF_OK, "%s", err.msg);
	ck_assert_uint_eq(got.len, len);
	if (len > 0)
		ck_assert_mem_eq(got.data, want, len);
}

static void
check_refused(const char *why)
{
	ck_assert_int_eq(read_data(), PROF_EFORMAT);
	ck_assert_msg(strstr(err.msg, why) != NULL, "%s", err.msg);
}

START_TEST(one_member_is_undone)
{
	make_text(100000);
	gzip_add(&data, text.data, text.len);
	check_reads(text.data, text.len);
}
END_TEST

START_TEST(a_cut_anywhere_is_an_error)
{
	size_t i;
	bool padded;

	make_text(500);
	gzip_head(&data, 0x1c);
	gzip_number(&data, 4, 2);
	prof_buf_adds(&data, "abcd");
	prof_buf_add(&data, "name\0comment\0", 13);
	gzip_body(&data, text.data, text.len);
	for (i = 2; i < data.len; i++)
		if (read_padded(i, &padded) != PROF_EFORMAT ||
		    strstr(err.msg, "ends early") == NULL)
			ck_abort_msg("cut at %zu: %s", i, err.msg);
	check_reads(text.data, text.len);
}
END_TEST

START_TEST(a_cut_in_a_later_member_is_an_error)
{
	size_t i, first;
	bool padded;

	gzip_add(&data, "one", 3);
	first = data.len;
	gzip_add(&data, "two", 3);
	for (i = first + 1; i < data.len; i++)
		ck_assert_int_eq(read_padded(i, &padded), PROF_EFORMAT);
	ck_assert_int_eq(read_padded(first, &padded), PROF_OK);
}
END_TEST

START_TEST(a_wrong_checksum_is_an_error)
{
	size_t i, k;

	for (i = 1; i <= 4; i++) {
		prof_buf_clear(&data);
		gzip_add(&data, "text", 4);
		k = data.len - 4 - i;
		data.data[k] = (char)(data.data[k] ^ 1);
		check_refused("incorrect data check");
	}
}
END_TEST

START_TEST(a_wrong_length_is_an_error)
{
	size_t i, k;

	for (i = 1; i <= 4; i++) {
		prof_buf_clear(&data);
		gzip_add(&data, "text", 4);
		k = data.len - i;
		data.data[k] = (char)(data.data[k] ^ 1);
		check_refused("incorrect length check");
	}
}
END_TEST

START_TEST(broken_data_is_an_error)
{
	gzip_head(&data, 0);
	prof_buf_adds(&data, "\377\377\377\377\377\377\377\377\377\377");
	check_refused("broken gzip data");
}
END_TEST

START_TEST(a_header_from_the_future_is_an_error)
{
	gzip_head(&data, 0xe0);
	gzip_body(&data, "x", 1);
	check_refused("unknown header flags");
	prof_buf_clear(&data);
	gzip_head(&data, 0);
	data.data[2] = 7;
	gzip_body(&data, "x", 1);
	check_refused("unknown compression method");
}
END_TEST

/* Every combination of text, header checksum, extra, name and comment. */
START_TEST(all_fields_of_a_header_are_skipped)
{
	char *longer = malloc(70000);
	unsigned long crc;

	memset(longer, '\033', 70000);
	longer[69999] = '\0';
	gzip_head(&data, _i);
	if ((_i & 4) != 0) {
		gzip_number(&data, 65535, 2);
		prof_buf_add(&data, longer, 65535);
	}
	if ((_i & 8) != 0)
		prof_buf_add(&data, longer, 70000);
	if ((_i & 16) != 0)
		prof_buf_add(&data, "\0", 1);
	crc = crc32(0, (unsigned char *)data.data, (uInt)data.len);
	if ((_i & 2) != 0)
		gzip_number(&data, crc, 2);
	gzip_body(&data, "text", 4);
	check_reads("text", 4);
	free(longer);
}
END_TEST

START_TEST(a_wrong_header_checksum_is_an_error)
{
	gzip_head(&data, 2);
	gzip_number(&data, ~crc32(0, (unsigned char *)data.data,
	    (uInt)data.len), 2);
	gzip_body(&data, "text", 4);
	check_refused("header crc mismatch");
}
END_TEST

START_TEST(members_follow_each_other)
{
	gzip_add(&data, "one ", 4);
	gzip_add(&data, "", 0);
	gzip_add(&data, "two", 3);
	check_reads("one two", 7);
}
END_TEST

START_TEST(empty_members_are_nothing)
{
	int i;

	for (i = 0; i < 10000; i++)
		gzip_add(&data, "", 0);
	check_reads("", 0);
	gzip_add(&data, "last", 4);
	check_reads("last", 4);
}
END_TEST

/* Step through at most step bytes at a time and note where members begin. */
static void
check_members(const char *want, size_t step)
{
	struct prof_in *in = prof_in_memory(data.data, data.len, "data",
	    NULL);
	const unsigned char *p;
	size_t n;

	prof_buf_clear(&got);
	while (prof_in_peek(in, 1, &p, &n, &err) == PROF_OK && n > 0) {
		if (prof_in_at_member(in))
			prof_buf_addc(&got, '|');
		n = n < step ? n : step;
		prof_buf_add(&got, p, n);
		prof_in_skip(in, n);
	}
	ck_assert_str_eq(prof_buf_str(&got), want);
	prof_in_close(in);
}

START_TEST(the_first_byte_of_a_later_member_is_known)
{
	gzip_add(&data, "", 0);
	gzip_add(&data, "one", 3);
	gzip_add(&data, "", 0);
	gzip_add(&data, "", 0);
	gzip_add(&data, "2", 1);
	gzip_add(&data, "three", 5);
	gzip_add(&data, "", 0);
	check_members("one|2|three", 1);
}
END_TEST

START_TEST(text_without_gzip_has_no_members)
{
	prof_buf_adds(&data, "plain");
	check_members("plain", 1);
}
END_TEST

START_TEST(zero_bytes_behind_the_last_member_are_padding)
{
	static const size_t some[] = { 0, 1, 511, 65536, 300000 };
	size_t i;
	bool padded;

	for (i = 0; i < 5; i++) {
		prof_buf_clear(&data);
		gzip_add(&data, "text", 4);
		prof_buf_addn(&data, '\0', some[i]);
		ck_assert_int_eq(read_padded(data.len, &padded), PROF_OK);
		ck_assert_int_eq(padded, some[i] > 0);
		ck_assert_uint_eq(got.len, 4);
	}
}
END_TEST

START_TEST(anything_else_behind_the_last_member_is_an_error)
{
	static const char *const some[] = { "x", "garbage", "\n", "\037x",
	    "\037\213", "\037\213\010\377" };
	size_t i;

	for (i = 0; i < 6; i++) {
		prof_buf_clear(&data);
		gzip_add(&data, "text", 4);
		prof_buf_adds(&data, some[i]);
		ck_assert_int_eq(read_data(), PROF_EFORMAT);
	}
	prof_buf_clear(&data);
	gzip_add(&data, "text", 4);
	prof_buf_adds(&data, "x");
	check_refused("bytes behind the gzip data are no gzip member");
}
END_TEST

START_TEST(padding_must_reach_the_end)
{
	gzip_add(&data, "text", 4);
	prof_buf_addn(&data, '\0', 100000);
	prof_buf_addc(&data, 'x');
	check_refused("bytes behind the gzip data are no gzip member");
	data.len--;
	gzip_add(&data, "more", 4);
	check_refused("bytes behind the gzip data are no gzip member");
}
END_TEST

static void
wrap(void)
{
	struct prof_buf inner = data;

	memset(&data, 0, sizeof data);
	gzip_add(&data, inner.data, inner.len);
	prof_buf_release(&inner);
}

START_TEST(gzip_inside_gzip_is_undone)
{
	make_text(200000);
	gzip_add(&data, text.data, text.len);
	wrap();
	check_reads(text.data, text.len);
}
END_TEST

START_TEST(a_third_gzip_is_refused)
{
	gzip_add(&data, "text", 4);
	wrap();
	wrap();
	check_refused("gzip inside gzip inside gzip");
}
END_TEST

START_TEST(padding_of_the_inner_gzip_is_known)
{
	bool padded;

	gzip_add(&data, "text", 4);
	prof_buf_addn(&data, '\0', 10);
	wrap();
	ck_assert_int_eq(read_padded(data.len, &padded), PROF_OK);
	ck_assert(padded);
	ck_assert_uint_eq(got.len, 4);
}
END_TEST

/* data once more, in two members with nothing in a third between them. */
static void
split(size_t at)
{
	struct prof_buf inner = data;

	memset(&data, 0, sizeof data);
	gzip_add(&data, inner.data, at);
	gzip_add(&data, "", 0);
	gzip_add(&data, inner.data + at, inner.len - at);
	prof_buf_release(&inner);
}

START_TEST(an_empty_member_does_not_end_what_is_inside)
{
	size_t at;

	for (at = 0; at < 30; at++) {
		prof_buf_clear(&data);
		gzip_add(&data, "some text", 9);
		split(at);
		check_reads("some text", 9);
	}
}
END_TEST

START_TEST(an_empty_member_does_not_end_utf_16)
{
	size_t at;

	for (at = 0; at <= 8; at++) {
		prof_buf_clear(&data);
		prof_buf_add(&data, "\376\377\0a\0b\0c", 8);
		split(at);
		check_reads("abc", 3);
	}
}
END_TEST

START_TEST(what_does_not_compress_may_be_as_large_as_the_limit)
{
	make_text(1000);
	limits.max_input = 1000;
	gzip_add(&data, text.data, text.len);
	ck_assert_uint_gt(data.len, 1000);
	check_reads(text.data, text.len);
	wrap();
	check_reads(text.data, text.len);
}
END_TEST

START_TEST(the_limit_of_the_input_is_on_what_was_compressed)
{
	limits.max_input = 1000;
	prof_buf_addn(&text, 'x', 1000);
	gzip_add(&data, text.data, 1000);
	check_reads(text.data, 1000);
	prof_buf_clear(&data);
	prof_buf_addc(&text, 'x');
	gzip_add(&data, text.data, 1001);
	ck_assert_int_eq(read_data(), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-input"));
}
END_TEST

/* A member of n MiB of zeros, which compress a thousand times. */
static void
make_bomb(size_t n)
{
	struct prof_buf piece = { 0 };
	void *zeros = calloc(1, MIB);
	unsigned long crc = crc32(0, NULL, 0), one;
	size_t i;

	one = crc32(0, zeros, (uInt)MIB);
	gzip_deflate(&piece, zeros, MIB, Z_FULL_FLUSH);
	gzip_head(&data, 0);
	for (i = 0; i < n; i++) {
		prof_buf_add(&data, piece.data, piece.len);
		crc = crc32_combine(crc, one, (z_off_t)MIB);
	}
	gzip_deflate(&data, "", 0, Z_FINISH);
	gzip_number(&data, crc, 4);
	gzip_number(&data, n * MIB, 4);
	prof_buf_release(&piece);
	free(zeros);
}

/* Read data and count; the bytes are not kept. */
static int
count_data(uint64_t *n)
{
	struct prof_in *in = prof_in_memory(data.data, data.len, "data",
	    &limits);
	const unsigned char *p;
	size_t len;
	int rc;

	memset(&err, 0, sizeof err);
	while ((rc = prof_in_peek(in, 1, &p, &len, &err)) == PROF_OK &&
	    len > 0)
		prof_in_skip(in, len);
	*n = prof_in_offset(in);
	prof_in_close(in);
	return rc;
}

START_TEST(a_bomb_is_stopped_early_and_with_little_memory)
{
	struct rusage before, after;
	uint64_t n;

	make_bomb(1024);
	ck_assert_uint_lt(data.len, 2 * MIB);
	getrusage(RUSAGE_SELF, &before);
	ck_assert_int_eq(count_data(&n), PROF_ELIMIT);
	getrusage(RUSAGE_SELF, &after);
	ck_assert_ptr_nonnull(strstr(err.msg,
	    "more than 200 times (limit: --max-expansion)"));
	ck_assert_uint_lt(n, 80 * MIB);
	ck_assert(PROF_EXACT ||
	    after.ru_maxrss - before.ru_maxrss < 16 * 1024);
}
END_TEST

START_TEST(a_bomb_inside_gzip_is_stopped_too)
{
	uint64_t n;

	make_bomb(1024);
	wrap();
	ck_assert_int_eq(count_data(&n), PROF_ELIMIT);
	ck_assert_uint_lt(n, 80 * MIB);
}
END_TEST

START_TEST(a_bomb_of_many_members_is_stopped_too)
{
	struct prof_buf one = { 0 };
	uint64_t n;
	int i;

	make_bomb(8);
	prof_buf_add(&one, data.data, data.len);
	for (i = 0; i < 50; i++)
		prof_buf_add(&data, one.data, one.len);
	ck_assert_int_eq(count_data(&n), PROF_ELIMIT);
	ck_assert_uint_lt(n, 80 * MIB);
	prof_buf_release(&one);
}
END_TEST

START_TEST(small_inputs_expand_as_they_like)
{
	uint64_t n;

	make_bomb(64);
	ck_assert_int_eq(count_data(&n), PROF_OK);
	ck_assert_uint_eq(n, 64 * MIB);
}
END_TEST

START_TEST(the_limit_of_expansion_can_be_lifted)
{
	uint64_t n;

	make_bomb(100);
	limits.max_expansion = 2000;
	ck_assert_int_eq(count_data(&n), PROF_OK);
	ck_assert_uint_eq(n, 100 * MIB);
	limits.max_expansion = PROF_NO_LIMIT;
	ck_assert_int_eq(count_data(&n), PROF_OK);
	limits.max_expansion = 0;
	ck_assert_int_eq(count_data(&n), PROF_ELIMIT);
}
END_TEST

START_TEST(a_line_of_a_bomb_is_stopped_at_the_limit_of_lines)
{
	struct prof_in *in;
	const char *line;
	size_t n;

	make_bomb(1024);
	limits.max_line = MIB;
	in = prof_in_memory(data.data, data.len, "data", &limits);
	ck_assert_int_eq(prof_in_line(in, &line, &n, &err), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-line"));
	prof_in_close(in);
}
END_TEST

/* Flip each bit of a small file: an error, or the same bytes again. */
START_TEST(a_damaged_file_is_never_read_as_another)
{
	size_t i;

	gzip_add(&data, "some text", 9);
	for (i = 16; i < data.len * 8; i++) {
		data.data[i / 8] = (char)(data.data[i / 8] ^ 1 << i % 8);
		if (read_data() == PROF_OK && (got.len != 9 ||
		    memcmp(got.data, "some text", 9) != 0))
			ck_abort_msg("bit %zu", i);
		data.data[i / 8] = (char)(data.data[i / 8] ^ 1 << i % 8);
	}
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("gunzip");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, one_member_is_undone);
	tcase_add_test(tc, a_cut_anywhere_is_an_error);
	tcase_add_test(tc, a_cut_in_a_later_member_is_an_error);
	tcase_add_test(tc, a_wrong_checksum_is_an_error);
	tcase_add_test(tc, a_wrong_length_is_an_error);
	tcase_add_test(tc, broken_data_is_an_error);
	tcase_add_test(tc, a_header_from_the_future_is_an_error);
	tcase_add_loop_test(tc, all_fields_of_a_header_are_skipped, 0, 32);
	tcase_add_test(tc, a_wrong_header_checksum_is_an_error);
	tcase_add_test(tc, members_follow_each_other);
	tcase_add_test(tc, empty_members_are_nothing);
	tcase_add_test(tc, the_first_byte_of_a_later_member_is_known);
	tcase_add_test(tc, text_without_gzip_has_no_members);
	tcase_add_test(tc, zero_bytes_behind_the_last_member_are_padding);
	tcase_add_test(tc, anything_else_behind_the_last_member_is_an_error);
	tcase_add_test(tc, padding_must_reach_the_end);
	tcase_add_test(tc, gzip_inside_gzip_is_undone);
	tcase_add_test(tc, a_third_gzip_is_refused);
	tcase_add_test(tc, padding_of_the_inner_gzip_is_known);
	tcase_add_test(tc, an_empty_member_does_not_end_what_is_inside);
	tcase_add_test(tc, an_empty_member_does_not_end_utf_16);
	tcase_add_test(tc,
	    what_does_not_compress_may_be_as_large_as_the_limit);
	tcase_add_test(tc, the_limit_of_the_input_is_on_what_was_compressed);
	tcase_add_test(tc, a_bomb_is_stopped_early_and_with_little_memory);
	tcase_add_test(tc, a_bomb_inside_gzip_is_stopped_too);
	tcase_add_test(tc, a_bomb_of_many_members_is_stopped_too);
	tcase_add_test(tc, small_inputs_expand_as_they_like);
	tcase_add_test(tc, the_limit_of_expansion_can_be_lifted);
	tcase_add_test(tc,
	    a_line_of_a_bomb_is_stopped_at_the_limit_of_lines);
	tcase_add_test(tc, a_damaged_file_is_never_read_as_another);
	return test_main("gunzip", tc);
}
