/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "formats/folded_write.h"
#include "formats/format.h"
#include "libanalysis/buf.h"
#include "libanalysis/builder.h"
#include "libanalysis/check.h"

extern const struct prof_reader prof_folded_reader;
extern const struct prof_writer prof_folded_writer;

static struct prof_profile p;
static struct prof_builder b;
static struct prof_err err;
static struct prof_buf out;

static void
setup(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
	memset(&out, 0, sizeof out);
	prof_builder_init(&b, &p, NULL);
	prof_profile_add_type(&p, prof_strs_adds(&p.strs, "samples"),
	    prof_strs_adds(&p.strs, "count"));
}

static void
teardown(void)
{
	prof_builder_release(&b);
	prof_profile_release(&p);
	prof_buf_release(&out);
}

static int
write_profile(const struct prof_profile *q, unsigned column)
{
	struct prof_write_opts opts = { .column = column };
	struct prof_out *to;
	int rc;

	prof_buf_clear(&out);
	to = prof_out_buf(&out);
	rc = prof_folded_writer.write(q, &opts, to, &err);
	ck_assert_int_eq(prof_out_finish(to, NULL), PROF_OK);
	return rc;
}

/* The text of column 0 of p. */
static const char *
written(void)
{
	ck_assert_int_eq(prof_profile_check(&p, &err), PROF_OK);
	ck_assert_int_eq(write_profile(&p, 0), PROF_OK);
	return prof_buf_str(&out);
}

/* What comes out for text that is read first. */
static const char *
rewritten(const char *dialect, const char *text)
{
	struct prof_profile q = { 0 };
	struct prof_in *in = prof_in_memory(text, strlen(text), "test",
	    NULL);
	int rc = prof_folded_reader.read(in, dialect, &q, &err);

	ck_assert_msg(rc == PROF_OK, "%s", err.msg);
	prof_in_close(in);
	q.meta.format = prof_strs_adds(&q.strs, "folded");
	ck_assert_int_eq(write_profile(&q, 0), PROF_OK);
	prof_profile_release(&q);
	return prof_buf_str(&out);
}

static prof_loc
frame_in(const char *name, const char *file)
{
	struct prof_function f = { 0 };
	struct prof_location loc = { 0 };
	struct prof_line line = { 0 };

	f.name = prof_strs_adds(&p.strs, name);
	f.file = prof_strs_adds(&p.strs, file);
	line.fn = prof_builder_function(&b, f);
	return prof_builder_location(&b, loc, &line, 1);
}

static void
add(const prof_loc *leaf_first, size_t n, int64_t value)
{
	prof_stack stack = prof_builder_stack(&b, leaf_first, n);

	ck_assert_int_eq(prof_builder_sample(&b, stack, 0, 0, &value, &err),
	    PROF_OK);
}

/* A stack of one frame. */
static void
add_one(const char *name, int64_t value)
{
	prof_loc loc = frame_in(name, "");

	add(&loc, 1, value);
}

START_TEST(stacks_come_in_the_order_of_their_frames)
{
	ck_assert_str_eq(rewritten(NULL, "a b;c 1\na;z 2\nb 3\na 4\na;z;y 5\n"
	    "B 6\n\xff 7\na;zz 8\n"),
	    "B 6\na 4\na;z 2\na;z;y 5\na;zz 8\na b;c 1\nb 3\n\xff 7\n");
}
END_TEST

START_TEST(stacks_that_print_alike_are_summed)
{
	prof_loc one = frame_in("f", "a.c"), two = frame_in("f", "b.c");
	prof_loc semi = frame_in("x;y", ""), colon = frame_in("x:y", "");

	add(&one, 1, 3);
	add(&two, 1, 4);
	add(&semi, 1, 10);
	add(&colon, 1, 20);
	ck_assert_str_eq(written(), "f 7\nx:y 30\n");
}
END_TEST

START_TEST(ends_of_lines_in_names_become_blanks)
{
	add_one("a\nb\r\nc", 1);
	add_one("\r\n\t", 2);
	ck_assert_str_eq(written(), "[unknown] 2\na b  c 1\n");
}
END_TEST

START_TEST(zero_rows_are_left_out)
{
	prof_loc one = frame_in("f", "a.c"), two = frame_in("f", "b.c");

	add_one("zero", 0);
	add(&one, 1, 5);
	add(&two, 1, -5);
	add_one("g", -1);
	ck_assert_str_eq(written(), "g -1\n");
}
END_TEST

START_TEST(a_sample_without_frames_is_root)
{
	add(NULL, 0, 4);
	add_one("[root]", 3);
	ck_assert_str_eq(written(), "[root] 7\n");
	ck_assert_str_eq(rewritten(NULL, "[root] 7\na;b 1\n5\n"),
	    "[root] 12\na;b 1\n");
}
END_TEST

START_TEST(names_that_are_missing_are_made)
{
	struct prof_mapping m = { .start = 0x1000, .limit = 0x9000 };
	struct prof_location loc = { .address = 0x1234 };
	prof_loc frames[2];

	m.file = prof_strs_adds(&p.strs, "/lib/libc.so.6");
	loc.mapping = prof_builder_mapping(&b, m);
	frames[0] = prof_builder_location(&b, loc, NULL, 0);
	frames[1] = frame_in("", "");
	add(frames, 2, 1);
	ck_assert_str_eq(written(), "[unknown];0x1234 [libc.so.6] 1\n");
}
END_TEST

START_TEST(inlined_lines_are_frames_of_their_own)
{
	struct prof_location loc = { 0 };
	struct prof_line lines[2] = { { 0 } };
	prof_loc id, inner = frame_in("inner", ""), outer;

	outer = frame_in("outer", "");
	lines[0] = p.line[prof_profile_loc(&p, inner)->first_line];
	lines[1] = p.line[prof_profile_loc(&p, outer)->first_line];
	id = prof_builder_location(&b, loc, lines, 2);
	add(&id, 1, 2);
	ck_assert_str_eq(written(), "outer;inner 2\n");
}
END_TEST

START_TEST(a_scale_is_rounded_so_that_the_sum_stays)
{
	add_one("a", 1);
	add_one("b", 1);
	add_one("c", 1);
	add_one("d", 100);
	add_one("e", 3);
	p.type[0].den = 3;
	ck_assert_str_eq(written(), "a 1\nd 33\ne 1\n");
	p.type[0].num = 2;
	ck_assert_str_eq(written(), "a 1\nb 1\nc 1\nd 66\ne 2\n");
}
END_TEST

START_TEST(negative_values_are_rounded_like_others)
{
	add_one("a", -1);
	add_one("b", -1);
	add_one("c", -1);
	p.type[0].den = 2;
	ck_assert_str_eq(written(), "c -1\n");
	p.type[0].den = 3;
	ck_assert_str_eq(written(), "c -1\n");
}
END_TEST

START_TEST(values_that_do_not_fit_are_errors)
{
	prof_loc one = frame_in("f", "a.c"), two = frame_in("f", "b.c");

	add(&one, 1, INT64_MAX);
	p.type[0].num = 2;
	ck_assert_int_eq(write_profile(&p, 0), PROF_ERANGE);
	p.type[0].num = 1;
	memset(&err, 0, sizeof err);
	add(&two, 1, 1);
	ck_assert_int_eq(write_profile(&p, 0), PROF_ERANGE);
}
END_TEST

static const char *const lossless[] = {
	"a;f_[0] 5\na;f_[1] 4\na;f_[i] 3\na;f_[j] 2\na;f_[k] 1\n",
	"_[k] 1\nf_[w] 2\n",
	"main;a b 12 5\nx 1\n",
	"a b 12 5\n",
	"main;cpu 0 10\nmain;cpu 1 10\n",
	"# C# method;f 3\nb 2\n",
	"C:\\x\\y.dll!f;g`h 3\n",
	"\1;\33[31m 4\n"
};

START_TEST(sorted_text_comes_out_as_it_went_in)
{
	ck_assert_str_eq(rewritten(NULL, lossless[_i]), lossless[_i]);
}
END_TEST

/* Texts that would not be read as what they are without a first line. */
static const char *const misleading[] = {
	"main;f 7 12\n", "# x: 1\n", "12 5\n",
	"\xff\xfe 1\n", "\xfe\xff;x 1\n", "\x1f\x8b;x 1\n",
	"\xef\xbb\xbf;x 1\n", "main;f 7 0.6\n"
};

START_TEST(text_that_misleads_says_first_what_it_is)
{
	struct prof_buf text = { 0 };
	const unsigned char *bytes;

	prof_buf_addf(&text, "samples/count\n%s", misleading[_i]);
	ck_assert_str_eq(rewritten(NULL, prof_buf_str(&text)), _i == 7 ?
	    "samples/count\nmain;f 7 1\n" : text.data);
	bytes = (const unsigned char *)out.data;
	ck_assert_int_gt(prof_folded_reader.bid(bytes, out.len), 8);
	prof_buf_release(&text);
}
END_TEST

START_TEST(the_first_line_names_the_column)
{
	ck_assert_str_eq(rewritten(NULL, "cpu/nanoseconds\nmain;f 7 12\n"),
	    "cpu/nanoseconds\nmain;f 7 12\n");
	ck_assert_str_eq(rewritten(NULL, "x/y cpu/ns\nmain;f 7 12 3\n"),
	    "samples/count\nmain;f 7 12\n");
}
END_TEST

START_TEST(the_column_asked_for_is_written)
{
	struct prof_profile q = { 0 };
	struct prof_in *in = prof_in_memory("a;b 1 2\na;c 0 3\n", 16, "test",
	    NULL);

	ck_assert_int_eq(prof_folded_reader.read(in, NULL, &q, &err), 0);
	prof_in_close(in);
	ck_assert_int_eq(write_profile(&q, 1), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&out), "a;b 2\na;c 3\n");
	ck_assert_int_eq(write_profile(&q, 0), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&out), "a;b 1\n");
	ck_assert_int_eq(write_profile(&q, 2), PROF_OK);
	ck_assert_uint_eq(out.len, 0);
	prof_profile_release(&q);
}
END_TEST

static const struct {
	const char *text, *want;
} pairs[] = {
	{ "m;g 5 0\nm;f 1 2\nm;f 3 4\n", "m;f 4 6\nm;g 5 0\n" },
	{ "m;f 1 2\nm;z 0 0\n", "m;f 1 2\n" },
	{ "m;worker 1 2\n", "base/count new/count\nm;worker 1 2\n" },
	{ "m;f 1.5 2\nm;g 1.5 0\nm;h 0.01 0\n", "m;f 2 2\nm;g 1 0\n" }
};

START_TEST(two_columns_are_base_and_new)
{
	static const unsigned columns[] = { 0, 1 };
	struct prof_profile q = { 0 };
	struct prof_in *in = prof_in_memory(pairs[_i].text,
	    strlen(pairs[_i].text), "test", NULL);
	struct prof_out *to = prof_out_buf(&out);

	ck_assert_int_eq(prof_folded_reader.read(in, "two", &q, &err), 0);
	prof_in_close(in);
	ck_assert_int_eq(prof_folded_write(&q, columns, 2, to, &err), 0);
	ck_assert_int_eq(prof_out_finish(to, NULL), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&out), pairs[_i].want);
	prof_profile_release(&q);
}
END_TEST

START_TEST(an_empty_profile_is_an_empty_text)
{
	ck_assert_str_eq(written(), "");
}
END_TEST

static uint32_t
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1;
	return (uint32_t)(*state >> 40);
}

/* Many stacks, some of them with many frames, in no order. */
static void
make_text(struct prof_buf *text)
{
	uint64_t state = 5;
	uint32_t i, n;

	for (i = 0; i < 20000; i++) {
		n = next_random(&state) % 12;
		prof_buf_adds(text, "main;start;run");
		while (n-- > 0)
			prof_buf_addf(text, ";f%u",
			    (unsigned)next_random(&state) % 3);
		if (i % 1000 == 0)
			for (n = 0; n < 3000; n++)
				prof_buf_addf(text, ";g%u", n % 7);
		prof_buf_adds(text, " 1\n");
	}
}

START_TEST(writing_what_was_written_changes_nothing)
{
	struct prof_buf text = { 0 };
	char *once;

	make_text(&text);
	rewritten(NULL, prof_buf_str(&text));
	once = strdup(prof_buf_str(&out));
	ck_assert_str_eq(rewritten(NULL, once), once);
	free(once);
	prof_buf_release(&text);
}
END_TEST

/* The frames of two lines of text, in the order of their bytes. */
static int
compare_frames(const char *a, const char *c)
{
	size_t na, nc;
	int order;

	for (;; a += na + 1, c += nc + 1) {
		na = strcspn(a, "; ");
		nc = strcspn(c, "; ");
		order = prof_bytes_cmp(a, na, c, nc);
		if (order != 0)
			return order;
		if (a[na] == ' ' || c[nc] == ' ')
			return (a[na] == ';') - (c[nc] == ';');
	}
}

START_TEST(many_stacks_are_in_order_and_all_there)
{
	struct prof_buf text = { 0 };
	const char *line, *next;
	long long sum = 0;

	make_text(&text);
	line = rewritten(NULL, prof_buf_str(&text));
	for (; *line != '\0'; line = next) {
		next = strchr(line, '\n') + 1;
		sum += atoll(line + strcspn(line, " "));
		if (*next != '\0')
			ck_assert_int_lt(compare_frames(line, next), 0);
	}
	ck_assert_int_eq(sum, 20000);
	prof_buf_release(&text);
}
END_TEST

START_TEST(a_deep_stack_is_written)
{
	struct prof_buf text = { 0 };

	prof_buf_addc(&text, 'f');
	while (text.len < 2000000)
		prof_buf_adds(&text, ";f");
	prof_buf_adds(&text, " 1\n");
	ck_assert_str_eq(rewritten(NULL, prof_buf_str(&text)), text.data);
	prof_buf_release(&text);
}
END_TEST

static const char *const placed[] = {
	"f (x.py:3);f (x.py:3) 16\nf (x.py:4);g (y.py:1) 2\n",
	"f (x.py);f (x.py) 16\nf (x.py:0);g (y.py) 2\n",
	"P1;T2;a.py:f:3;b.py:g:0 16\nP1;T2;a.py:f:4 2\n"
};

START_TEST(files_and_lines_of_frames_come_back)
{
	ck_assert_str_eq(rewritten(NULL, placed[_i]), placed[_i]);
}
END_TEST

#define COUNT(table) ((int)(sizeof (table) / sizeof (table)[0]))

static void
add_tests(TCase *tc)
{
	tcase_add_test(tc, stacks_come_in_the_order_of_their_frames);
	tcase_add_test(tc, stacks_that_print_alike_are_summed);
	tcase_add_test(tc, ends_of_lines_in_names_become_blanks);
	tcase_add_test(tc, zero_rows_are_left_out);
	tcase_add_test(tc, a_sample_without_frames_is_root);
	tcase_add_test(tc, names_that_are_missing_are_made);
	tcase_add_test(tc, inlined_lines_are_frames_of_their_own);
	tcase_add_test(tc, a_scale_is_rounded_so_that_the_sum_stays);
	tcase_add_test(tc, negative_values_are_rounded_like_others);
	tcase_add_test(tc, values_that_do_not_fit_are_errors);
	tcase_add_loop_test(tc, sorted_text_comes_out_as_it_went_in, 0,
	    COUNT(lossless));
	tcase_add_loop_test(tc, text_that_misleads_says_first_what_it_is, 0,
	    COUNT(misleading));
	tcase_add_test(tc, the_first_line_names_the_column);
	tcase_add_test(tc, the_column_asked_for_is_written);
	tcase_add_loop_test(tc, two_columns_are_base_and_new, 0,
	    COUNT(pairs));
	tcase_add_test(tc, an_empty_profile_is_an_empty_text);
	tcase_add_test(tc, writing_what_was_written_changes_nothing);
	tcase_add_test(tc, many_stacks_are_in_order_and_all_there);
	tcase_add_test(tc, a_deep_stack_is_written);
	tcase_add_loop_test(tc, files_and_lines_of_frames_come_back, 0,
	    (int)(sizeof placed / sizeof placed[0]));
}

int
main(void)
{
	Suite *s = suite_create("folded_write");
	TCase *tc = tcase_create("folded_write");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 60);
	add_tests(tc);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
