/* SPDX-License-Identifier: MIT */
#include "libanalysis/traces.h"

#include "tests/make.h"
#include "tests/support.h"

/* Samples as stacks. */

static struct made m;
static struct prof_rows v;
static struct prof_traces t;
static struct prof_buf b;
static struct prof_err err;
static const struct prof_style plain = { .ascii = true };

static void
setup(void)
{
	make_start(&m, "cpu", "ms");
	memset(&v, 0, sizeof v);
	memset(&t, 0, sizeof t);
	memset(&b, 0, sizeof b);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_traces_release(&t);
	prof_rows_release(&v);
	prof_buf_release(&b);
	make_drop(&m);
}

static void
traces(void)
{
	prof_rows_init(&v, &m.p, PROF_BY_FUNCTION);
	prof_traces_init(&t, &v, 0);
}

static const char *
tsv(void)
{
	struct prof_out *out = prof_out_buf(&b);

	prof_buf_clear(&b);
	prof_traces_form(&t, PROF_FORM_TSV, out);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	return prof_buf_str(&b);
}

static void
text(void)
{
	struct prof_out *out = prof_out_buf(&b);

	prof_buf_clear(&b);
	prof_traces_text(&t, &plain, out);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
}

START_TEST(stacks_are_ordered_by_names_from_the_root)
{
	make_sample(&m, "b", 1);
	make_sample(&m, "a;z", 2);
	make_sample(&m, "a", 3);
	make_sample(&m, "a;c;d", 4);
	make_sample(&m, "", 5);
	traces();
	ck_assert_str_eq(tsv(), "value\tlabels\tstack\ttime\n"
	    "5000000\t\t\t\n3000000\t\ta\t\n4000000\t\ta;c;d\t\n"
	    "2000000\t\ta;z\t\n1000000\t\tb\t\n");
}
END_TEST

/* The same names at other addresses. */
START_TEST(what_looks_alike_is_added_up)
{
	struct prof_location l = { .address = 0x10 };
	struct prof_line line = { .fn = make_fn(&m, "f") };
	prof_loc one = prof_builder_location(&m.b, l, &line, 1), two;

	l.address = 0x20;
	two = prof_builder_location(&m.b, l, &line, 1);
	make_values(&m, prof_builder_stack(&m.b, &one, 1), 0,
	    (int64_t[]){ 1 });
	make_values(&m, prof_builder_stack(&m.b, &two, 1), 0,
	    (int64_t[]){ 2 });
	make_sample(&m, "g", 0);
	traces();
	ck_assert_uint_eq(t.n, 1);
	ck_assert_int_eq((int64_t)t.trace[0].value, 3);
}
END_TEST

START_TEST(labels_tell_samples_apart)
{
	struct prof_label l[] = { { .key = make_str(&m, "k"),
	    .str = make_str(&m, "x") }, { .key = make_str(&m, "n"),
	    .num = 5, .unit = make_str(&m, "ms") } };

	make_values(&m, make_stack(&m, "f"), prof_builder_set(&m.b, l, 2),
	    (int64_t[]){ 1 });
	make_sample(&m, "f", 2);
	traces();
	ck_assert_str_eq(tsv(), "value\tlabels\tstack\ttime\n"
	    "2000000\t\tf\t\n1000000\tk=x,n=5ms\tf\t\n");
}
END_TEST

START_TEST(signs_within_frames_and_labels_are_escaped)
{
	struct prof_label l[] = { { .key = make_str(&m, "k=;"),
	    .str = make_str(&m, "a,b") }, { .key = make_str(&m, "k=;"),
	    .num = 5, .unit = make_str(&m, "ms") }, { .key = make_str(&m,
	    "a"), .num = 7 } };
	struct prof_line line = { .fn = make_fn(&m, "f;\\x3b\\n") };
	struct prof_location loc = { 0 };
	prof_loc run = prof_builder_location(&m.b, loc, &line, 1);
	struct prof_out *out;

	make_values(&m, prof_builder_stack(&m.b, &run, 1),
	    prof_builder_set(&m.b, l, 3), (int64_t[]){ 1 });
	traces();
	out = prof_out_buf(&b);
	prof_traces_form(&t, PROF_FORM_CSV, out);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&b), "value,labels,stack,time\n"
	    "1000000,\"k\\x3d\\x3b=a\\x2cb,a=7,k\\x3d\\x3b=5ms\","
	    "f\\x3b\\x5cx3b\\n,\n");
	prof_buf_clear(&b);
	out = prof_out_buf(&b);
	prof_traces_form(&t, PROF_FORM_JSONL, out);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&b), "\"frames\": "
	    "[\"f;\\\\x3b\\\\n\"], \"label_values\": "
	    "{\"a\": [7], \"k=;\": [\"a,b\", 5]}}\n"));
}
END_TEST

START_TEST(the_text_has_the_leaf_first_and_inlined_frames)
{
	make_sample(&m, "main;outer|inner", 7);
	traces();
	text();
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&b),
	    "-\n        7 ms  inner (inline)\n              outer\n"
	    "              main\n-"));
}
END_TEST

START_TEST(a_limit_says_how_many_are_left)
{
	make_sample(&m, "a", 1);
	make_sample(&m, "b", 1);
	make_sample(&m, "c", 1);
	traces();
	prof_traces_limit(&t, 1);
	text();
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&b), "2 more stacks\n"));
	prof_traces_limit(&t, 0);
	ck_assert_uint_eq(t.shown, 3);
}
END_TEST

START_TEST(names_of_a_stack_keep_their_bytes_escaped)
{
	make_sample(&m, "a\tb;c\033", 1);
	traces();
	ck_assert_ptr_nonnull(strstr(tsv(), "\ta\\tb;c\\x1b\t\n"));
}
END_TEST

/* As many as are sorted by keys, with long ways in common. */
START_TEST(many_deep_stacks_are_in_order)
{
	static const char *const way = "m;m;m;m;m;m;m;m;m;m;m;m;m;m;m";
	const char *line, *end, *last = "";
	struct prof_buf name = { 0 };
	uint32_t x = 1;
	int i, k, n;

	for (i = 0; i < 400; i++) {
		prof_buf_clear(&name);
		for (k = 0; k <= i % 3; k++)
			prof_buf_addf(&name, "%s%s", k > 0 ? ";" : "", way);
		for (n = i % 7; n > 0; n--) {
			x = x * 1103515245 + 12345;
			prof_buf_addf(&name, ";f%02u", (x >> 16) % 60);
		}
		make_sample(&m, prof_buf_str(&name), 1);
	}
	traces();
	for (i = 0, n = 0; (uint32_t)i < t.n; i++)
		n += (int)t.trace[i].value;
	ck_assert_int_eq(n, 400);
	line = strchr(tsv(), '\n') + 1;
	for (; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		line = strchr(line, '\t') + 2;
		ck_assert_int_lt(strncmp(last, line, (size_t)(end - line)), 0);
		last = line;
	}
	prof_buf_release(&name);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("traces");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, stacks_are_ordered_by_names_from_the_root);
	tcase_add_test(tc, what_looks_alike_is_added_up);
	tcase_add_test(tc, labels_tell_samples_apart);
	tcase_add_test(tc, the_text_has_the_leaf_first_and_inlined_frames);
	tcase_add_test(tc, a_limit_says_how_many_are_left);
	tcase_add_test(tc, names_of_a_stack_keep_their_bytes_escaped);
	tcase_add_test(tc, signs_within_frames_and_labels_are_escaped);
	tcase_add_test(tc, many_deep_stacks_are_in_order);
	return test_main("traces", tc);
}
