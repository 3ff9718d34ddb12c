/* SPDX-License-Identifier: MIT */
#include "libanalysis/coarsen.h"

#include <string.h>

#include "libanalysis/check.h"
#include "tests/edges.h"
#include "tests/frames_text.h"
#include "tests/invent.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_err err;
static struct prof_buf b;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&err, 0, sizeof err);
	memset(&b, 0, sizeof b);
}

static void
teardown(void)
{
	ck_assert_int_eq(prof_profile_check(&m.p, &err), PROF_OK);
	make_drop(&m);
	prof_buf_release(&b);
}

static const char *
spell(enum prof_granularity by)
{
	prof_spell(&m.p, by, NULL);
	return put_samples(&b, &m.p);
}

/* A stack of one frame: function at line of the file made last. */
static void
add_line(const char *name, uint64_t address, int64_t line, int64_t value)
{
	struct prof_location l = { .address = address };
	struct prof_line at = { .line = line, .column = 3 };
	prof_loc run[1];

	l.mapping = m.mapping;
	at.fn = make_fn(&m, name);
	run[0] = prof_builder_location(&m.b, l, &at, 1);
	make_values(&m, prof_builder_stack(&m.b, run, 1), 0, &value);
}

START_TEST(lines_are_called_by_function_file_and_line)
{
	m.file = "/src/a.c";
	add_line("f", 0x10, 7, 1);
	add_line("f", 0x20, 7, 2);
	add_line("f", 0x30, 8, 4);
	ck_assert_str_eq(spell(PROF_BY_LINE), "f /src/a.c:7 1 "
	    "f /src/a.c:7 2 f /src/a.c:8 4 ");
	ck_assert_uint_eq(m.p.frame[0], m.p.frame[1]);
	ck_assert_uint_ne(m.p.frame[0], m.p.frame[2]);
}
END_TEST

START_TEST(what_is_not_known_is_left_out_of_a_line)
{
	add_line("f", 0, 7, 1);
	m.file = "a.c";
	add_line("g", 0, 0, 2);
	ck_assert_str_eq(spell(PROF_BY_LINE), "f 1 g a.c 2 ");
}
END_TEST

START_TEST(addresses_stand_before_the_line)
{
	m.file = "a.c";
	add_line("f", 0x4010, 7, 1);
	add_line("f", 0x4020, 7, 2);
	ck_assert_str_eq(spell(PROF_BY_ADDRESS),
	    "0x4010 f a.c:7 1 0x4020 f a.c:7 2 ");
}
END_TEST

START_TEST(a_location_without_lines_stays_an_address)
{
	prof_loc run[1];
	int64_t one = 1;

	run[0] = make_at(&m, 0x1010);
	make_values(&m, prof_builder_stack(&m.b, run, 1), 0, &one);
	ck_assert_str_eq(spell(PROF_BY_LINE), "0x1010 1 ");
}
END_TEST

START_TEST(files_are_called_by_their_path_and_repeats_are_one)
{
	m.file = "/src/a.c";
	make_sample(&m, "main;f", 1);
	m.file = NULL;
	make_mod(&m, 0x1000, 0x2000, "/lib/libc.so.6", "");
	make_sample(&m, "read", 2);
	ck_assert_str_eq(spell(PROF_BY_FILE), "/src/a.c 1 [libc.so.6] 2 ");
}
END_TEST

START_TEST(modules_are_called_by_their_path)
{
	make_sample(&m, "f;g", 1);
	make_mod(&m, 0x1000, 0x2000, "/lib/libc.so.6", "");
	make_sample(&m, "read;write", 2);
	ck_assert_str_eq(spell(PROF_BY_MODULE),
	    "[unknown] 1 /lib/libc.so.6 2 ");
}
END_TEST

START_TEST(packages_are_told_by_names)
{
	make_sample(&m, "main.main;compress/flate.(*compressor).deflate;"
	    "compress/flate.load64", 1);
	ck_assert_str_eq(spell(PROF_BY_PACKAGE), "main;compress/flate 1 ");
}
END_TEST

START_TEST(labels_take_the_place_of_frames)
{
	struct prof_label tenant = { 0 };
	int64_t one = 1, two = 2;

	tenant.key = make_str(&m, "tenant");
	tenant.str = make_str(&m, "acme");
	make_values(&m, make_stack(&m, "main;f"),
	    prof_builder_set(&m.b, &tenant, 1), &one);
	make_values(&m, make_stack(&m, "main;f"), 0, &two);
	prof_spell(&m.p, PROF_BY_LABEL, "tenant");
	ck_assert_str_eq(put_samples(&b, &m.p), "acme 1 [no tenant] 2 ");
}
END_TEST

START_TEST(direct_recursion_becomes_one_frame)
{
	make_sample(&m, "main;f;f;f;g;f", 1);
	ck_assert(prof_fold_recursion(&m.p));
	ck_assert_str_eq(put_samples(&b, &m.p), "main;f;g;f 1 ");
	ck_assert(!prof_fold_recursion(&m.p));
}
END_TEST

START_TEST(recursion_folds_across_inlined_frames)
{
	make_sample(&m, "main;f|f|g;g;h", 1);
	ck_assert(prof_fold_recursion(&m.p));
	ck_assert_str_eq(put_samples(&b, &m.p), "main;f;g;h 1 ");
}
END_TEST

START_TEST(without_inlines_the_outermost_function_stays)
{
	make_sample(&m, "main;f|g|h", 1);
	ck_assert(prof_drop_inlines(&m.p));
	ck_assert_str_eq(put_samples(&b, &m.p), "main;f 1 ");
	ck_assert(!prof_drop_inlines(&m.p));
}
END_TEST

START_TEST(frames_marked_as_inlined_go_too)
{
	struct prof_location inner = { .flags = PROF_LOC_INLINED };
	struct prof_line line = { 0 };
	int64_t one = 1;
	prof_loc run[2];

	line.fn = make_fn(&m, "g");
	run[0] = prof_builder_location(&m.b, inner, &line, 1);
	run[1] = make_named(&m, "f", 1);
	make_values(&m, prof_builder_stack(&m.b, run, 2), 0, &one);
	ck_assert(prof_drop_inlines(&m.p));
	ck_assert_str_eq(put_samples(&b, &m.p), "f 1 ");
}
END_TEST

START_TEST(edges_are_called_by_caller_and_callee)
{
	make_sample(&m, "main;f;g", 1);
	make_sample(&m, "main", 2);
	make_sample(&m, "main;f|i;f|i", 4);
	ck_assert_str_eq(spell(PROF_BY_EDGE), "main;main;f;f;g 1 main 2 "
	    "main;main;f;f;i;i;f;f;i 4 ");
	ck_assert_uint_eq(prof_profile_loc(&m.p, m.p.frame[m.p.stacks.end[
	    m.p.stack[0] - 1]])->nlines, 1);
}
END_TEST

START_TEST(functions_of_one_name_are_callees_of_their_files)
{
	m.file = "a.c";
	make_sample(&m, "main;f", 1);
	m.file = "b.c";
	make_sample(&m, "main;f", 2);
	prof_spell(&m.p, PROF_BY_EDGE, NULL);
	ck_assert_uint_ne(m.p.frame[m.p.stacks.end[m.p.stack[0] - 1]],
	    m.p.frame[m.p.stacks.end[m.p.stack[1] - 1]]);
}
END_TEST

START_TEST(a_call_from_nowhere_known_is_from_its_module)
{
	prof_loc run[2];
	int64_t one = 1;

	make_mod(&m, 0x1000, 0x2000, "/lib/libc.so.6", "");
	run[1] = make_at(&m, 0x1010);
	run[0] = make_named(&m, "f", 1);
	make_values(&m, prof_builder_stack(&m.b, run, 2), 0, &one);
	ck_assert_str_eq(spell(PROF_BY_EDGE),
	    "[libc.so.6];[libc.so.6];f 1 ");
}
END_TEST

START_TEST(a_stack_becomes_one_frame)
{
	make_sample(&m, "main;f|i;g", 1);
	make_sample(&m, "main;f;i;g", 2);
	make_sample(&m, "main;f", 4);
	ck_assert_str_eq(spell(PROF_BY_STACK),
	    "main;f;i;g 1 main;f;i;g 2 main;f 4 ");
	ck_assert_uint_eq(m.p.stack[0], m.p.stack[1]);
}
END_TEST

/* 3000 frames with names of 1000 bytes. */
static const char *
long_stack(const char *leaf)
{
	static char text[1001];
	static prof_loc run[3001];
	int64_t one = 1;
	size_t i;

	memset(text, 'x', sizeof text - 1);
	for (i = 1; i <= 3000; i++)
		run[i] = make_named(&m, "x", 1);
	m.p.fn[0].name = make_str(&m, text);
	run[0] = make_named(&m, leaf, strlen(leaf));
	make_values(&m, prof_builder_stack(&m.b, run, 3001), 0, &one);
	return text;
}

START_TEST(of_a_stack_of_more_than_a_megabyte_the_rest_is_a_hash)
{
	const char *name[2];
	size_t i;

	long_stack("f");
	long_stack("g");
	prof_spell(&m.p, PROF_BY_STACK, NULL);
	for (i = 0; i < 2; i++)
		name[i] = prof_profile_str(&m.p, prof_profile_fn(&m.p,
		    m.p.line[prof_profile_loc(&m.p, m.p.frame[m.p.stacks.end[
		    m.p.stack[i] - 1]])->first_line].fn)->name);
	ck_assert_uint_lt(strlen(name[0]), (1 << 20) + 2000);
	ck_assert_ptr_nonnull(strstr(name[0], ";... "));
	ck_assert_str_ne(name[0], name[1]);
}
END_TEST

/* Self and total by edge; "name self total calls ". */
static const char *
put_edges(void)
{
	const struct prof_edges *e = &m.p.edges;
	uint32_t i;

	prof_buf_clear(&b);
	for (i = 0; i < e->n; i++) {
		ck_assert_uint_eq(e->caller[i], 0);
		if (e->value[0][i] != 0 || e->value[2][i] != 0 ||
		    e->value[3][i] != 0)
			prof_buf_addf(&b, "%s %lld %lld %lld ",
			    prof_profile_str(&m.p, prof_profile_fn(&m.p,
			    e->callee[i])->name), (long long)e->value[2][i],
			    (long long)e->value[3][i],
			    (long long)e->value[0][i]);
	}
	return prof_buf_str(&b);
}

START_TEST(edges_that_were_measured_are_taken_as_they_are)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 100);
	edges_own(&m, "f", 5, 60, 80);
	edges_own(&m, "g", 5, 30, 30);
	edges_add(&m, "main", "f", 4, 50, 70);
	edges_add(&m, "main", "g", 2, 10, 10);
	edges_add(&m, "f", "g", 3, 20, 20);
	prof_spell(&m.p, PROF_BY_EDGE, NULL);
	/* One call of f is not from main. */
	ck_assert_str_eq(put_edges(), "main 10 100 1 f 10 10 1 "
	    "main;f 50 70 4 main;g 10 10 2 f;g 20 20 3 ");
}
END_TEST

START_TEST(edges_that_were_estimated_give_way_to_the_tree)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 100);
	edges_add(&m, "main", "f", 4, 50, 70);
	m.p.edges.exact[3] = false;
	ck_assert_int_eq(prof_calltree_estimate(&m.p, &err), PROF_OK);
	prof_spell(&m.p, PROF_BY_EDGE, NULL);
	ck_assert_uint_eq(m.p.edges.n, 0);
	ck_assert(m.p.meta.estimated);
}
END_TEST

static int64_t
sum(const struct prof_profile *p)
{
	int64_t s = 0;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		s += p->value[0][i];
	return s;
}

START_TEST(the_total_stays_whatever_a_row_is)
{
	static const struct invent_opts opts = { 0 };
	struct prof_profile p;
	uint64_t i;
	int64_t all;

	for (i = 0; i < 60; i++) {
		invent_profile(&p, i, &opts);
		all = sum(&p);
		prof_spell(&p, (enum prof_granularity)_i, "l0");
		prof_fold_recursion(&p);
		ck_assert_int_eq(prof_profile_check(&p, &err), PROF_OK);
		ck_assert_int_eq(sum(&p), all);
		prof_profile_release(&p);
	}
}
END_TEST

/* A function of edges begins at one line: totals stay as measured. */
START_TEST(edges_are_called_by_their_line_and_stay)
{
	struct prof_function f = { .start = 7 };
	int64_t values[] = { 2, 2, 30, 50 };
	const struct prof_edges *e = &m.p.edges;
	prof_fn fn;

	make_drop(&m);
	edges_start(&m);
	f.name = make_str(&m, "f");
	f.file = make_str(&m, "a.py");
	fn = prof_builder_function(&m.b, f);
	prof_profile_add_edge(&m.p, 0, fn, 0, values);
	prof_profile_add_edge(&m.p, make_fn(&m, "<built-in>"), fn, 3, values);
	prof_spell(&m.p, (enum prof_granularity)_i, NULL);
	ck_assert_uint_eq(e->n, 2);
	ck_assert_uint_eq(e->caller[0], 0);
	ck_assert_uint_eq(e->callee[0], e->callee[1]);
	ck_assert_str_eq(prof_profile_str(&m.p, prof_profile_fn(&m.p,
	    e->callee[0])->name), "f a.py:7");
	ck_assert_str_eq(prof_profile_str(&m.p, prof_profile_fn(&m.p,
	    e->caller[1])->name), "<built-in>");
	ck_assert_int_eq(e->value[3][0], 50);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("coarsen");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, edges_are_called_by_their_line_and_stay,
	    PROF_BY_LINE, PROF_BY_ADDRESS + 1);
	tcase_add_test(tc, lines_are_called_by_function_file_and_line);
	tcase_add_test(tc, what_is_not_known_is_left_out_of_a_line);
	tcase_add_test(tc, addresses_stand_before_the_line);
	tcase_add_test(tc, a_location_without_lines_stays_an_address);
	tcase_add_test(tc,
	    files_are_called_by_their_path_and_repeats_are_one);
	tcase_add_test(tc, modules_are_called_by_their_path);
	tcase_add_test(tc, packages_are_told_by_names);
	tcase_add_test(tc, labels_take_the_place_of_frames);
	tcase_add_test(tc, direct_recursion_becomes_one_frame);
	tcase_add_test(tc, recursion_folds_across_inlined_frames);
	tcase_add_test(tc, without_inlines_the_outermost_function_stays);
	tcase_add_test(tc, frames_marked_as_inlined_go_too);
	tcase_add_loop_test(tc, the_total_stays_whatever_a_row_is,
	    PROF_BY_FUNCTION, PROF_BY_STACK + 1);
	tcase_add_test(tc, edges_are_called_by_caller_and_callee);
	tcase_add_test(tc, functions_of_one_name_are_callees_of_their_files);
	tcase_add_test(tc, a_call_from_nowhere_known_is_from_its_module);
	tcase_add_test(tc, a_stack_becomes_one_frame);
	tcase_add_test(tc,
	    of_a_stack_of_more_than_a_megabyte_the_rest_is_a_hash);
	tcase_add_test(tc, edges_that_were_measured_are_taken_as_they_are);
	tcase_add_test(tc, edges_that_were_estimated_give_way_to_the_tree);
	return test_main("coarsen", tc);
}
