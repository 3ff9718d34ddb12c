/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "formats/format.h"
#include "libanalysis/nomem.h"

static struct prof_profile p;
static struct prof_err err;

static void
setup(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
}

static int
read_bytes(const char *name, const void *data, size_t len)
{
	struct prof_in *in = prof_in_memory(data, len, "input", NULL);
	int rc = prof_format_read(in, name, &p, &err);

	prof_in_close(in);
	if (rc >= 0)
		prof_profile_release(&p);
	return rc;
}

#define BYTES(s) s, sizeof(s) - 1

static const struct {
	const char *head;
	size_t len;
	const char *says;	/* in the message */
} inputs[] = {
	{ BYTES("\x28\xb5\x2f\xfd\x04\0\x41"), "zstd -dc" },
	{ BYTES("\xfd" "7zXZ\0\0\4"), "xz -dc" },
	{ BYTES("BZh91AY&SY\1\2"), "bzip2 -dc" },
	{ BYTES("BZh9\x17\x72\x45\x38\x50\x90\0\0\0\0"), "bzip2 -dc" },
	{ BYTES("\x04\x22\x4d\x18\x64"), "lz4 -dc" },
	{ BYTES("PK\3\4\24\0"), "ZIP" },
	{ BYTES("\x7f" "ELF\2\1\1"), "ELF" },
	{ BYTES("PERFILE2h\0\0\0"), "perf script -i" },
	{ BYTES("2ELIFREP\0\0"), "perf script -i" },
	{ BYTES("FLR\0\0\2\0\1"), "Flight Recorder" },
	{ BYTES("SQLite format 3\0"), "SQLite" },
	{ BYTES("\x80\2}q\0X\1\0\0\0aq\1K\1s."), "pickle" },
	{ BYTES("\x80\3}q\0X\1\0\0\0aq\1K\1s."), "pickle" },
	{ BYTES("\x80\4\x95\x0a\0\0\0\0\0\0\0}\x94\x8c\1a\x94K\1s."),
	    "pickle" },
	{ BYTES("\x80\5\x95\x0a\0\0\0\0\0\0\0}\x94\x8c\1a\x94K\1s."),
	    "pickle" },
	{ BYTES("}q\0X\1\0\0\0aq\1K\1s."), "pickle" },
	{ BYTES("(dp0\nVa\np1\nI1\ns."), "pickle" },
	{ BYTES("(lp1\nI1\na."), "pickle" },
	{ BYTES("ccopy_reg\n_reconstructor\np1\n"), "pickle" },
	{ BYTES("<svg version=\"1.1\">\n</svg>"), "SVG" },
	{ BYTES("<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg width=\"1\">"),
	    "SVG" },
	{ BYTES("<?xml version=\"1.0\"?>\n<a/>\n"), "XML" },
	{ BYTES("\n<!DOCTYPE html>\n<html>"), "web page" },
	{ BYTES("<HTML>"), "web page" },
	{ BYTES("{\"nodes\": [1, 2]}"), "JSON" },
	{ BYTES(" [\n {}\n]"), "JSON" },
	{ BYTES("{}"), "JSON" },
	{ BYTES("heap profile: 1: 2 [ 3: 4] @ heap/8192\n1: 2 [3: 4] @ 0x1\n"),
	    "heap profile" },
	{ BYTES("heap_v2/524288\n  t*: 1: 2 [0: 0]\n"), "jeprof" },
	{ BYTES("--- contentionz 1 ---\ncycles/second = 1\n"),
	    "contention profile" },
	{ BYTES("--- mutex:\ncycles/second=1\n"), "contention profile" },
	{ BYTES("--- threadz 1 ---\n"), "thread profile" },
	{ BYTES("--- symbol\nbinary=x\n"), "symbolized" },
	{ BYTES("goroutine profile: total 5\n1 @ 0x1 0x2\n"), "debug=1" }
};

START_TEST(what_is_not_read_is_named_with_a_way_out)
{
	ck_assert_int_eq(read_bytes(NULL, inputs[_i].head, inputs[_i].len),
	    PROF_EUNKNOWN);
	ck_assert_msg(strstr(err.msg, inputs[_i].says) != NULL, "%s",
	    err.msg);
	ck_assert_msg(strncmp(err.msg, "input: is ", 10) == 0, "%s",
	    err.msg);
}
END_TEST

START_TEST(zlib_is_known_by_inflating_it)
{
	unsigned char plain[4096], packed[8192];
	uLongf len = sizeof packed;
	size_t i;

	for (i = 0; i < sizeof plain; i++)
		plain[i] = (unsigned char)(i * i >> 3);
	ck_assert_int_eq(compress2(packed, &len, plain, sizeof plain,
	    _i == 0 ? 1 : _i == 1 ? 6 : 9), Z_OK);
	ck_assert_int_eq(read_bytes(NULL, packed, len), PROF_EUNKNOWN);
	ck_assert_ptr_nonnull(strstr(err.msg, "zlib"));
}
END_TEST

static const char *const stacks[] = {
	"x^2;f 1\n", "{main};f 3\n", "[unknown];f 3\n", "<svg;f 3\n",
	"PK;f 1\n", "x\x9c;f 1\n", "x\1;f 2\n", "{\"a\";f 3\n",
	"[[a;b 3\n", "BZh9;f 2\n"
};

START_TEST(stacks_that_begin_alike_are_read)
{
	int rc = read_bytes(NULL, stacks[_i], strlen(stacks[_i]));

	/* A name may look like markup; then -f folded is asked for. */
	if (_i == 3)
		rc = read_bytes("folded", stacks[_i], strlen(stacks[_i]));
	ck_assert_msg(rc == 1, "%s", err.msg);
}
END_TEST

START_TEST(hints_can_neither_be_listed_nor_be_chosen)
{
	size_t i;

	for (i = 0; prof_readers[i] != NULL; i++) {
		ck_assert_ptr_nonnull(prof_readers[i]->summary);
		ck_assert_str_ne(prof_readers[i]->name, "hints");
	}
	ck_assert_ptr_null(prof_format_reader("hints"));
}
END_TEST

START_TEST(any_single_byte_is_an_error)
{
	unsigned char byte = (unsigned char)_i;

	ck_assert_int_lt(read_bytes(NULL, &byte, 1), 0);
	ck_assert_str_ne(err.msg, "");
}
END_TEST

START_TEST(random_bytes_are_an_error)
{
	unsigned char *data = prof_alloc(65536, 1);
	uint64_t state = (uint64_t)_i * 2654435761u + 1;
	size_t i;

	for (i = 0; i < 65536; i++) {
		state = state * UINT64_C(6364136223846793005) + 1;
		data[i] = (unsigned char)(state >> 56);
	}
	ck_assert_int_lt(read_bytes(NULL, data, 65536), 0);
	free(data);
}
END_TEST

#define COUNT(table) ((int)(sizeof (table) / sizeof (table)[0]))

int
main(void)
{
	Suite *s = suite_create("hints");
	TCase *tc = tcase_create("hints");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(tc, setup, NULL);
	tcase_add_loop_test(tc, what_is_not_read_is_named_with_a_way_out, 0,
	    COUNT(inputs));
	tcase_add_loop_test(tc, zlib_is_known_by_inflating_it, 0, 3);
	tcase_add_loop_test(tc, stacks_that_begin_alike_are_read, 0,
	    COUNT(stacks));
	tcase_add_test(tc, hints_can_neither_be_listed_nor_be_chosen);
	tcase_add_loop_test(tc, any_single_byte_is_an_error, 0, 256);
	tcase_add_loop_test(tc, random_bytes_are_an_error, 0, 200);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
