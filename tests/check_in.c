/* SPDX-License-Identifier: MIT */
#include "libanalysis/in.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "libanalysis/buf.h"
#include "tests/gzip.h"
#include "tests/random.h"
#include "tests/support.h"

#define CHUNK ((size_t)256 * 1024)

static struct prof_buf data, got;
static struct prof_err err;
static struct prof_limits limits;

static void
setup(void)
{
	memset(&data, 0, sizeof data);
	memset(&got, 0, sizeof got);
	memset(&err, 0, sizeof err);
	limits = prof_limits_default;
}

static void
teardown(void)
{
	prof_buf_release(&data);
	prof_buf_release(&got);
}

static struct prof_in *
open_data(void)
{
	return prof_in_memory(data.data, data.len, "data", &limits);
}

/* Everything that is left, at most step bytes at a time. */
static int
drain(struct prof_in *in, size_t step)
{
	const unsigned char *p;
	size_t n;
	int rc;

	while ((rc = prof_in_peek(in, 1, &p, &n, &err)) == PROF_OK && n > 0) {
		n = n < step ? n : step;
		prof_buf_add(&got, p, n);
		prof_in_skip(in, n);
	}
	return rc;
}

/* All of data, read from memory, into got. */
static int
read_data(void)
{
	struct prof_in *in = open_data();
	int rc;

	prof_buf_clear(&got);
	memset(&err, 0, sizeof err);
	rc = drain(in, SIZE_MAX);
	prof_in_close(in);
	return rc;
}

static void
check_got(const void *want, size_t len)
{
	ck_assert_uint_eq(got.len, len);
	if (len > 0)
		ck_assert_mem_eq(got.data, want, len);
}

/* The lines of in, each as "text|". */
static int
read_lines(struct prof_in *in)
{
	const char *line;
	size_t n;
	int rc;

	prof_buf_clear(&got);
	while ((rc = prof_in_line(in, &line, &n, &err)) > 0) {
		prof_buf_add(&got, line, n);
		prof_buf_addc(&got, '|');
	}
	return rc;
}

static const char *
lines_of(const void *text, size_t len)
{
	struct prof_in *in = prof_in_memory(text, len, "text", &limits);
	int rc = read_lines(in);

	prof_in_close(in);
	return rc == 0 ? prof_buf_str(&got) : err.msg;
}

#define LINES(text) lines_of(text, sizeof(text) - 1)

START_TEST(an_input_has_a_name_and_limits)
{
	struct prof_in *in = prof_in_memory("x", 1, "a.pb", NULL);

	ck_assert_str_eq(prof_in_name(in), "a.pb");
	ck_assert_uint_eq(prof_in_limits(in)->max_labels, 10000);
	prof_in_close(in);
	prof_in_close(NULL);
}
END_TEST

START_TEST(an_empty_input_ends_at_once)
{
	const unsigned char *p;
	struct prof_in *in = prof_in_memory(NULL, 0, "none", NULL);
	size_t n = 1;

	ck_assert_int_eq(prof_in_peek(in, 100, &p, &n, &err), PROF_OK);
	ck_assert_uint_eq(n, 0);
	ck_assert_int_eq(prof_in_peek(in, 0, &p, &n, &err), PROF_OK);
	ck_assert_int_eq(read_lines(in), 0);
	prof_in_close(in);
}
END_TEST

START_TEST(looking_ahead_consumes_nothing)
{
	const unsigned char *p;
	struct prof_in *in = prof_in_memory("abcdef", 6, "x", NULL);
	size_t n;

	ck_assert_int_eq(prof_in_peek(in, 3, &p, &n, &err), PROF_OK);
	ck_assert_uint_ge(n, 3);
	ck_assert_mem_eq(p, "abc", 3);
	ck_assert_uint_eq(prof_in_offset(in), 0);
	prof_in_skip(in, 2);
	ck_assert_uint_eq(prof_in_offset(in), 2);
	ck_assert_int_eq(prof_in_peek(in, 100, &p, &n, &err), PROF_OK);
	ck_assert_uint_eq(n, 4);
	ck_assert_mem_eq(p, "cdef", 4);
	prof_in_close(in);
}
END_TEST

START_TEST(more_than_was_shown_cannot_be_skipped)
{
	struct prof_in *in = prof_in_memory("abc", 3, "x", NULL);

	close(STDERR_FILENO);
	prof_in_skip(in, 1);
}
END_TEST

static void
fill_random(size_t n, uint32_t alphabet)
{
	struct test_random r = { n };
	size_t i;

	prof_buf_clear(&data);
	for (i = 0; i < n; i++)
		prof_buf_addc(&data, (char)('A' + test_random_below(&r,
		    alphabet)));
}

START_TEST(a_look_ahead_may_be_larger_than_any_buffer)
{
	const unsigned char *p;
	struct prof_in *in;
	size_t n, want;

	fill_random(3 * CHUNK + 17, 26);
	in = open_data();
	for (want = 1; want <= 3 * CHUNK; want = want * 3 + 1) {
		ck_assert_int_eq(prof_in_peek(in, want, &p, &n, &err), 0);
		ck_assert_uint_ge(n, want);
		ck_assert_mem_eq(p, data.data, want);
	}
	prof_in_skip(in, CHUNK - 1);
	ck_assert_int_eq(prof_in_peek(in, 2 * CHUNK, &p, &n, &err), 0);
	ck_assert_mem_eq(p, data.data + CHUNK - 1, 2 * CHUNK);
	prof_in_close(in);
}
END_TEST

START_TEST(any_steps_give_all_bytes)
{
	static const size_t steps[] = { 1000, 65537, CHUNK - 1, CHUNK,
	    CHUNK + 1, SIZE_MAX };
	struct prof_in *in;

	fill_random(2 * CHUNK + 4321, 26);
	in = open_data();
	ck_assert_int_eq(drain(in, steps[_i]), PROF_OK);
	check_got(data.data, data.len);
	ck_assert_uint_eq(prof_in_offset(in), data.len);
	prof_in_close(in);
}
END_TEST

START_TEST(lines_end_with_lf_or_crlf)
{
	ck_assert_str_eq(LINES("a\nb\r\nc\n"), "a|b|c|");
	ck_assert_str_eq(LINES("\n\r\n\n"), "|||");
}
END_TEST

START_TEST(a_lone_cr_is_text)
{
	ck_assert_str_eq(LINES("a\rb\r\r\n\rc\n"), "a\rb\r|\rc|");
}
END_TEST

START_TEST(the_last_line_needs_no_end)
{
	ck_assert_str_eq(LINES("a\nb"), "a|b|");
	ck_assert_str_eq(LINES("a"), "a|");
	ck_assert_str_eq(LINES("a\n\nb\n"), "a||b|");
	ck_assert_str_eq(LINES("a\nb\r"), "a|b|");
}
END_TEST

START_TEST(lines_may_hold_nul)
{
	ck_assert_mem_eq(LINES("a\0b\n\0\nc"), "a\0b|\0|c|", 9);
}
END_TEST

/* A line, its end, or both, lie across the border of a buffer. */
START_TEST(lines_may_lie_anywhere_in_the_buffers)
{
	struct prof_in *in;
	const char *line;
	size_t n, from = CHUNK - 4 + (size_t)_i, i;

	for (i = 0; i < 3; i++) {
		prof_buf_addn(&data, 'x', from);
		prof_buf_adds(&data, "\r\n");
	}
	in = open_data();
	for (i = 0; i < 3; i++) {
		ck_assert_int_eq(prof_in_line(in, &line, &n, &err), 1);
		ck_assert_uint_eq(n, from);
		ck_assert_int_eq(line[0], 'x');
		ck_assert_int_eq(line[n - 1], 'x');
		ck_assert_uint_eq(prof_in_lineno(in), i + 1);
	}
	ck_assert_int_eq(prof_in_line(in, &line, &n, &err), 0);
	prof_in_close(in);
}
END_TEST

START_TEST(lines_and_looks_ahead_mix)
{
	struct prof_in *in = prof_in_memory("a 1\nb 2\nc 3\n", 12, "x", NULL);
	const unsigned char *p;
	const char *line;
	size_t n;

	ck_assert_int_eq(prof_in_line(in, &line, &n, &err), 1);
	ck_assert_uint_eq(prof_in_offset(in), 4);
	prof_in_skip(in, 2);
	ck_assert_int_eq(prof_in_line(in, &line, &n, &err), 1);
	ck_assert_mem_eq(line, "2", n);
	ck_assert_int_eq(prof_in_peek(in, 1, &p, &n, &err), PROF_OK);
	ck_assert_uint_eq(n, 4);
	ck_assert_uint_eq(prof_in_lineno(in), 2);
	prof_in_close(in);
}
END_TEST

START_TEST(a_line_may_be_as_long_as_allowed)
{
	limits.max_line = 5;
	ck_assert_str_eq(LINES("12345\n12345"), "12345|12345|");
	limits.max_line = 2 * CHUNK;
	prof_buf_addn(&data, 'x', 2 * CHUNK);
	ck_assert_uint_eq(strlen(lines_of(data.data, data.len)),
	    2 * CHUNK + 1);
}
END_TEST

START_TEST(a_longer_line_is_refused_by_number)
{
	limits.max_line = 5;
	ck_assert_ptr_nonnull(strstr(LINES("1\n123456\n"),
	    "line 2 is longer than 5 bytes (limit: --max-line)"));
	ck_assert_int_eq(err.code, PROF_ELIMIT);
}
END_TEST

START_TEST(a_longer_line_is_refused_before_it_is_kept)
{
	limits.max_line = 1000;
	prof_buf_addn(&data, 'x', 50 * CHUNK);
	ck_assert_ptr_nonnull(strstr(lines_of(data.data, data.len),
	    "line 1 is longer than 1000 bytes"));
}
END_TEST

START_TEST(an_input_may_be_as_large_as_allowed)
{
	limits.max_input = 100;
	fill_random(100, 26);
	ck_assert_int_eq(read_data(), PROF_OK);
	check_got(data.data, 100);
}
END_TEST

START_TEST(a_larger_input_is_refused)
{
	limits.max_input = 100;
	fill_random(101, 26);
	ck_assert_int_eq(read_data(), PROF_ELIMIT);
	ck_assert_ptr_nonnull(strstr(err.msg, "100 bytes"));
	ck_assert_ptr_nonnull(strstr(err.msg, "--max-input"));
	limits.max_input = 3 * CHUNK;
	fill_random(3 * CHUNK + 1, 26);
	ck_assert_int_eq(read_data(), PROF_ELIMIT);
}
END_TEST

START_TEST(a_descriptor_that_cannot_be_read_is_an_error)
{
	const unsigned char *p;
	int fd = open("/", O_RDONLY);
	struct prof_in *in = prof_in_fd(fd, "/", NULL);
	size_t n;

	ck_assert_int_eq(prof_in_peek(in, 1, &p, &n, &err), PROF_EIO);
	ck_assert_ptr_nonnull(strstr(err.msg, "cannot read"));
	prof_in_close(in);
	close(fd);
}
END_TEST

START_TEST(closing_leaves_the_descriptor_open)
{
	int fd = open("/dev/null", O_RDONLY);

	prof_in_close(prof_in_fd(fd, "null", NULL));
	ck_assert_int_eq(close(fd), 0);
}
END_TEST

/* --- marks and UTF-16 ----------------------------------------------------- */

START_TEST(the_mark_of_utf_8_is_dropped_at_the_start_only)
{
	ck_assert_str_eq(LINES("\357\273\277a\n\357\273\277b\n"),
	    "a|\357\273\277b|");
	ck_assert_str_eq(LINES("\357\273\277"), "");
	ck_assert_str_eq(LINES("\357\273"), "\357\273|");
}
END_TEST

static void
put16(uint32_t unit, bool big)
{
	prof_buf_addc(&data, (char)(big ? unit >> 8 : unit & 0xff));
	prof_buf_addc(&data, (char)(big ? unit & 0xff : unit >> 8));
}

static void
put_char16(uint32_t c, bool big)
{
	if (c < 0x10000) {
		put16(c, big);
		return;
	}
	put16(0xd800 + ((c - 0x10000) >> 10), big);
	put16(0xdc00 + ((c - 0x10000) & 0x3ff), big);
}

static void
put_char8(struct prof_buf *b, uint32_t c)
{
	if (c < 0x80) {
		prof_buf_addc(b, (char)c);
		return;
	}
	if (c >= 0x10000)
		prof_buf_addc(b, (char)(0xf0 | c >> 18));
	if (c >= 0x10000)
		prof_buf_addc(b, (char)(0x80 | (c >> 12 & 0x3f)));
	else if (c >= 0x800)
		prof_buf_addc(b, (char)(0xe0 | c >> 12));
	if (c >= 0x800)
		prof_buf_addc(b, (char)(0x80 | (c >> 6 & 0x3f)));
	else
		prof_buf_addc(b, (char)(0xc0 | c >> 6));
	prof_buf_addc(b, (char)(0x80 | (c & 0x3f)));
}

START_TEST(every_character_of_utf_16_becomes_utf_8)
{
	struct prof_buf want = { 0 };
	bool big = _i != 0;
	uint32_t c;

	put16(0xfeff, big);
	for (c = 1; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		put_char16(c, big);
		put_char8(&want, c);
	}
	ck_assert_int_eq(read_data(), PROF_OK);
	check_got(want.data, want.len);
	prof_buf_release(&want);
}
END_TEST

START_TEST(a_surrogate_alone_becomes_the_replacement_character)
{
	bool big = _i != 0;

	put16(0xfeff, big);
	put16(0xdc00, big);
	put16('a', big);
	put16(0xd800, big);
	put16('b', big);
	put16(0xd801, big);
	put_char16(0x10400, big);
	ck_assert_int_eq(read_data(), PROF_OK);
	check_got("\357\277\275a\357\277\275b\357\277\275\360\220\220\200",
	    15);
}
END_TEST

START_TEST(utf_16_with_an_odd_byte_is_an_error)
{
	static const size_t before[] = { 0, 1, 2, 3, 100000 };
	size_t i, k;

	for (i = 0; i < sizeof before / sizeof before[0]; i++) {
		prof_buf_clear(&data);
		put16(0xfeff, false);
		for (k = 0; k < before[i]; k++)
			put16('x', false);
		prof_buf_addc(&data, 'y');
		ck_assert_int_eq(read_data(), PROF_EFORMAT);
		ck_assert_ptr_nonnull(strstr(err.msg, "UTF-16"));
	}
}
END_TEST

START_TEST(utf_16_cut_in_a_pair_of_surrogates_is_an_error)
{
	bool big = _i != 0;

	put16(0xfeff, big);
	put16('x', big);
	put16(0xd800, big);
	ck_assert_int_eq(read_data(), PROF_EFORMAT);
	ck_assert_ptr_nonnull(strstr(err.msg, "UTF-16"));
	prof_buf_addc(&data, '\334');
	ck_assert_int_eq(read_data(), PROF_EFORMAT);
}
END_TEST

START_TEST(a_mark_alone_is_an_empty_text)
{
	put16(0xfeff, _i != 0);
	ck_assert_int_eq(read_data(), PROF_OK);
	ck_assert_uint_eq(got.len, 0);
}
END_TEST

START_TEST(lines_of_utf_16_are_lines)
{
	const char *text = "a\r\nb";

	put16(0xfeff, true);
	for (; *text != '\0'; text++)
		put16((unsigned char)*text, true);
	ck_assert_str_eq(lines_of(data.data, data.len), "a|b|");
}
END_TEST

/* --- the same from everywhere --------------------------------------------- */

/* One of the shapes an input can have, into data. */
static void
make_shape(int shape)
{
	struct prof_buf text = { 0 }, once = { 0 };
	struct test_random r = { 5 };
	size_t i, n = shape >= 10 ? 2 * CHUNK : 5000;

	for (i = 0; i < n; i++)
		prof_buf_addc(&text, test_random_below(&r, 30) == 0 ? '\n' :
		    (char)('a' + test_random_below(&r, 26)));
	prof_buf_clear(&data);
	switch (shape % 10) {
	case 0:
		prof_buf_add(&data, text.data, text.len);
		break;
	case 1:
		gzip_add(&data, text.data, text.len);
		break;
	case 2:
		gzip_add(&data, text.data, text.len / 3);
		gzip_add(&data, "", 0);
		gzip_add(&data, text.data, text.len);
		prof_buf_addn(&data, '\0', 700);
		break;
	case 3:
		gzip_add(&once, text.data, text.len);
		gzip_add(&data, once.data, once.len);
		break;
	case 4:
	case 5:
		put16(0xfeff, shape % 10 == 4);
		for (i = 0; i < text.len; i++)
			put_char16(i % 7 == 0 ? 0x1f600 :
			    (unsigned char)text.data[i], shape % 10 == 4);
		break;
	case 6:
		put16(0xfeff, true);
		for (i = 0; i < text.len; i++)
			put16((unsigned char)text.data[i], true);
		prof_buf_add(&once, data.data, data.len);
		prof_buf_clear(&data);
		gzip_add(&data, once.data, once.len);
		break;
	default:
		prof_buf_adds(&data, "\357\273\277");
		prof_buf_add(&data, text.data, text.len);
		break;
	}
	prof_buf_release(&text);
	prof_buf_release(&once);
}

#define SHAPES 8

static void
check_same(struct prof_in *in, bool lines)
{
	struct prof_buf want = got;
	int rc;

	memset(&got, 0, sizeof got);
	rc = lines ? read_lines(in) : drain(in, SIZE_MAX);
	ck_assert_msg(rc == 0, "%s", err.msg);
	check_got(want.data, want.len);
	prof_buf_release(&want);
	prof_in_close(in);
}

/* Feeds data through a socket that keeps its messages apart. */
struct feeder {
	pthread_t thread;
	int fd[2];
	uint32_t most;		/* bytes of one message */
};

static void *
feed(void *arg)
{
	struct feeder *f = arg;
	struct test_random r = { 11 };
	size_t at, n;

	for (at = 0; at < data.len; at += n) {
		n = 1 + test_random_below(&r, f->most);
		n = n < data.len - at ? n : data.len - at;
		if (write(f->fd[1], data.data + at, n) != (ssize_t)n)
			abort();
	}
	close(f->fd[1]);
	return NULL;
}

static struct prof_in *
start_feeder(struct feeder *f, uint32_t most)
{
	f->most = most;
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, f->fd), 0);
	ck_assert_int_eq(pthread_create(&f->thread, NULL, feed, f), 0);
	return prof_in_fd(f->fd[0], "socket", NULL);
}

static void
stop_feeder(struct feeder *f)
{
	pthread_join(f->thread, NULL);
	close(f->fd[0]);
}

START_TEST(single_bytes_give_the_same_as_memory)
{
	struct feeder f;
	struct prof_in *in;

	make_shape(_i);
	ck_assert_int_eq(read_data(), PROF_OK);
	check_same(start_feeder(&f, 1), false);
	stop_feeder(&f);
	in = open_data();
	ck_assert_int_eq(read_lines(in), 0);
	prof_in_close(in);
	check_same(start_feeder(&f, 1), true);
	stop_feeder(&f);
}
END_TEST

START_TEST(pieces_of_any_size_give_the_same_as_memory)
{
	struct feeder f;

	make_shape(10 + _i);
	ck_assert_int_eq(read_data(), PROF_OK);
	check_same(start_feeder(&f, 9000), false);
	stop_feeder(&f);
}
END_TEST

START_TEST(a_file_gives_the_same_as_memory)
{
	char path[4096];
	const char *tmp = getenv("TESTTMP");
	struct prof_in *in;
	FILE *file;
	int fd;

	make_shape(10 + _i);
	snprintf(path, sizeof path, "%s/check_in.%d", tmp != NULL ? tmp :
	    ".", _i);
	file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(data.data, 1, data.len, file), data.len);
	fclose(file);
	in = open_data();
	ck_assert_int_eq(read_lines(in), 0);
	prof_in_close(in);
	fd = open(path, O_RDONLY);
	check_same(prof_in_fd(fd, "file", NULL), true);
	close(fd);
	unlink(path);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("in");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, an_input_has_a_name_and_limits);
	tcase_add_test(tc, an_empty_input_ends_at_once);
	tcase_add_test(tc, looking_ahead_consumes_nothing);
	tcase_add_test_raise_signal(tc, more_than_was_shown_cannot_be_skipped,
	    SIGABRT);
	tcase_add_test(tc, a_look_ahead_may_be_larger_than_any_buffer);
	tcase_add_loop_test(tc, any_steps_give_all_bytes, 0, 6);
	tcase_add_test(tc, lines_end_with_lf_or_crlf);
	tcase_add_test(tc, a_lone_cr_is_text);
	tcase_add_test(tc, the_last_line_needs_no_end);
	tcase_add_test(tc, lines_may_hold_nul);
	tcase_add_loop_test(tc, lines_may_lie_anywhere_in_the_buffers, 0, 8);
	tcase_add_test(tc, lines_and_looks_ahead_mix);
	tcase_add_test(tc, a_line_may_be_as_long_as_allowed);
	tcase_add_test(tc, a_longer_line_is_refused_by_number);
	tcase_add_test(tc, a_longer_line_is_refused_before_it_is_kept);
	tcase_add_test(tc, an_input_may_be_as_large_as_allowed);
	tcase_add_test(tc, a_larger_input_is_refused);
	tcase_add_test(tc, a_descriptor_that_cannot_be_read_is_an_error);
	tcase_add_test(tc, closing_leaves_the_descriptor_open);
	tcase_add_test(tc, the_mark_of_utf_8_is_dropped_at_the_start_only);
	tcase_add_loop_test(tc, every_character_of_utf_16_becomes_utf_8, 0,
	    2);
	tcase_add_loop_test(tc,
	    a_surrogate_alone_becomes_the_replacement_character, 0, 2);
	tcase_add_test(tc, utf_16_with_an_odd_byte_is_an_error);
	tcase_add_loop_test(tc,
	    utf_16_cut_in_a_pair_of_surrogates_is_an_error, 0, 2);
	tcase_add_loop_test(tc, a_mark_alone_is_an_empty_text, 0, 2);
	tcase_add_test(tc, lines_of_utf_16_are_lines);
	tcase_add_loop_test(tc, single_bytes_give_the_same_as_memory, 0,
	    SHAPES);
	tcase_add_loop_test(tc, pieces_of_any_size_give_the_same_as_memory,
	    0, SHAPES);
	tcase_add_loop_test(tc, a_file_gives_the_same_as_memory, 0, SHAPES);
	return test_main("in", tc);
}
