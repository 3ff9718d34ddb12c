/* SPDX-License-Identifier: MIT */
#include "libanalysis/out.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "libanalysis/in.h"
#include "libanalysis/nomem.h"
#include "tests/random.h"
#include "tests/support.h"

static struct prof_buf b, text;
static struct prof_err err;

static void
setup(void)
{
	memset(&b, 0, sizeof b);
	memset(&text, 0, sizeof text);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_buf_release(&b);
	prof_buf_release(&text);
}

static void
make_text(size_t n)
{
	struct test_random r = { n };
	size_t i;

	prof_buf_clear(&text);
	for (i = 0; i < n; i++)
		prof_buf_addc(&text, (char)('a' + test_random_below(&r, 20)));
}

START_TEST(all_kinds_of_text_arrive_in_order)
{
	struct prof_out *o = prof_out_buf(&b);

	prof_out_add(o, "a\0b", 3);
	prof_out_adds(o, "cd ");
	prof_out_addf(o, "<%d %s>", 5, "x");
	prof_out_addi(o, INT64_MIN);
	prof_out_addi(o, INT64_MAX);
	prof_out_addi(o, 0);
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
	ck_assert_uint_eq(b.len, 51);
	ck_assert_mem_eq(b.data, "a\0bcd <5 x>-9223372036854775808"
	    "92233720368547758070", 51);
}
END_TEST

START_TEST(nothing_may_be_added)
{
	struct prof_out *o = prof_out_buf(&b);

	prof_out_add(o, NULL, 0);
	prof_out_adds(o, "");
	prof_out_addf(o, "%s", "");
	ck_assert_int_eq(prof_out_finish(o, NULL), PROF_OK);
	ck_assert_uint_eq(b.len, 0);
}
END_TEST

START_TEST(formatted_text_may_be_long)
{
	static const int some[] = { 510, 511, 512, 513, 65536, 200000 };
	struct prof_out *o;
	size_t i;

	for (i = 0; i < 6; i++) {
		prof_buf_clear(&b);
		o = prof_out_buf(&b);
		prof_out_addf(o, "%0*d", some[i], 7);
		ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
		ck_assert_uint_eq(b.len, (size_t)some[i]);
		ck_assert_int_eq(b.data[some[i] - 1], '7');
	}
}
END_TEST

/* Write text to out in pieces of step bytes, then undo gzip and compare. */
static void
check_round_trip(int level, size_t size, size_t step)
{
	struct prof_out *under, *o;
	const unsigned char *p;
	struct prof_in *in;
	size_t n, at = 0;

	make_text(size);
	prof_buf_clear(&b);
	under = prof_out_buf(&b);
	o = prof_out_gzip(under, level);
	for (; at < size; at += n) {
		n = step < size - at ? step : size - at;
		prof_out_add(o, text.data + at, n);
	}
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
	ck_assert_int_eq(prof_out_finish(under, &err), PROF_OK);
	in = prof_in_memory(b.data, b.len, "gzip", NULL);
	ck_assert_msg(prof_in_peek(in, SIZE_MAX, &p, &n, &err) == PROF_OK,
	    "%s", err.msg);
	ck_assert_uint_eq(n, size);
	if (n > 0)
		ck_assert_mem_eq(p, text.data, n);
	prof_in_close(in);
}

static const size_t sizes[] = { 0, 1, 2, 65534, 65535, 65536, 131069,
    131070, 131071, 196605, 1000000 };

START_TEST(stored_blocks_are_read_back)
{
	check_round_trip(0, sizes[_i], SIZE_MAX);
	check_round_trip(0, sizes[_i], 1000);
}
END_TEST

START_TEST(deflated_data_is_read_back)
{
	check_round_trip(1, sizes[_i], SIZE_MAX);
	check_round_trip(6, sizes[_i], 1000);
	check_round_trip(9, sizes[_i], SIZE_MAX);
}
END_TEST

START_TEST(single_bytes_are_read_back)
{
	check_round_trip(0, 70000, 1);
	check_round_trip(6, 70000, 1);
}
END_TEST

START_TEST(what_does_not_compress_is_read_back)
{
	struct test_random r = { 9 };
	struct prof_out *under = prof_out_buf(&b);
	struct prof_out *o = prof_out_gzip(under, 9);
	const unsigned char *p;
	struct prof_in *in;
	uint64_t word;
	size_t n;
	int i;

	for (i = 0; i < 50000; i++) {
		word = test_random_next(&r);
		prof_buf_add(&text, &word, sizeof word);
		prof_out_add(o, &word, sizeof word);
	}
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
	ck_assert_int_eq(prof_out_finish(under, &err), PROF_OK);
	in = prof_in_memory(b.data, b.len, "gzip", NULL);
	ck_assert_int_eq(prof_in_peek(in, SIZE_MAX, &p, &n, &err), PROF_OK);
	ck_assert_uint_eq(n, text.len);
	ck_assert_mem_eq(p, text.data, n);
	prof_in_close(in);
}
END_TEST

/* The whole file of no bytes, as RFC 1952 and RFC 1951 have it. */
START_TEST(an_empty_stored_output_is_a_valid_gzip_file)
{
	struct prof_out *under = prof_out_buf(&b);

	ck_assert_int_eq(prof_out_finish(prof_out_gzip(under, 0), &err), 0);
	ck_assert_int_eq(prof_out_finish(under, &err), 0);
	ck_assert_uint_eq(b.len, 23);
	ck_assert_mem_eq(b.data, "\037\213\010\0\0\0\0\0\0\377"
	    "\001\0\0\377\377\0\0\0\0\0\0\0\0", 23);
}
END_TEST

START_TEST(stored_output_costs_five_bytes_a_block)
{
	check_round_trip(0, 3 * 65535, 77);
	ck_assert_uint_eq(b.len, 10 + 3 * (5 + 65535) + 5 + 8);
}
END_TEST

START_TEST(the_bytes_do_not_depend_on_the_pieces)
{
	struct prof_buf first = { 0 };

	check_round_trip(_i, 200000, 1);
	prof_buf_add(&first, b.data, b.len);
	check_round_trip(_i, 200000, 65536);
	ck_assert_uint_eq(b.len, first.len);
	ck_assert_mem_eq(b.data, first.data, b.len);
	prof_buf_release(&first);
}
END_TEST

START_TEST(higher_levels_compress)
{
	check_round_trip(1, 1000000, SIZE_MAX);
	ck_assert_uint_lt(b.len, 800000);
}
END_TEST

static int
write_to(const char *path, size_t size, bool gzip)
{
	int fd = open(path, O_WRONLY), rc;
	struct prof_out *under, *o;

	ck_assert_int_ge(fd, 0);
	make_text(size);
	o = under = prof_out_fd(fd, "the disk");
	if (gzip)
		o = prof_out_gzip(under, 0);
	prof_out_add(o, text.data, text.len);
	if (gzip)
		ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
	rc = prof_out_finish(under, &err);
	close(fd);
	return rc;
}

START_TEST(a_full_disk_is_told_at_the_end)
{
	ck_assert_int_eq(write_to("/dev/full", 1, false), PROF_EIO);
	ck_assert_str_eq(err.msg,
	    "cannot write the disk: No space left on device");
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(write_to("/dev/full", 1000000, false), PROF_EIO);
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(write_to("/dev/full", 1000000, true), PROF_EIO);
	ck_assert_int_eq(write_to("/dev/null", 1000000, true), PROF_OK);
}
END_TEST

START_TEST(the_first_of_two_errors_is_kept)
{
	prof_fail(&err, PROF_EFORMAT, "before");
	ck_assert_int_eq(write_to("/dev/full", 1, false), PROF_EIO);
	ck_assert_str_eq(err.msg, "before");
}
END_TEST

START_TEST(a_closed_pipe_is_an_error)
{
	int fd[2];
	struct prof_out *o;

	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(pipe(fd), 0);
	close(fd[0]);
	o = prof_out_fd(fd[1], "pipe");
	prof_out_adds(o, "text");
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_EIO);
	close(fd[1]);
}
END_TEST

START_TEST(a_descriptor_stays_open)
{
	int fd = open("/dev/null", O_WRONLY);

	ck_assert_int_eq(prof_out_finish(prof_out_fd(fd, "null"), &err), 0);
	ck_assert_int_eq(close(fd), 0);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("out");
	int n = (int)(sizeof sizes / sizeof sizes[0]);

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, all_kinds_of_text_arrive_in_order);
	tcase_add_test(tc, nothing_may_be_added);
	tcase_add_test(tc, formatted_text_may_be_long);
	tcase_add_loop_test(tc, stored_blocks_are_read_back, 0, n);
	tcase_add_loop_test(tc, deflated_data_is_read_back, 0, n);
	tcase_add_test(tc, single_bytes_are_read_back);
	tcase_add_test(tc, what_does_not_compress_is_read_back);
	tcase_add_test(tc, an_empty_stored_output_is_a_valid_gzip_file);
	tcase_add_test(tc, stored_output_costs_five_bytes_a_block);
	tcase_add_loop_test(tc, the_bytes_do_not_depend_on_the_pieces, 0, 2);
	tcase_add_test(tc, higher_levels_compress);
	tcase_add_test(tc, a_full_disk_is_told_at_the_end);
	tcase_add_test(tc, the_first_of_two_errors_is_kept);
	tcase_add_test(tc, a_closed_pipe_is_an_error);
	tcase_add_test(tc, a_descriptor_stays_open);
	return test_main("out", tc);
}
