/* SPDX-License-Identifier: MIT */
#include "libanalysis/listing.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/flat.h"
#include "libanalysis/nomem.h"
#include "tests/edges.h"
#include "tests/invent.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_rows v;
static struct prof_listing l;
static struct prof_err err;
static bool *chosen;

static void
forget(void)
{
	prof_listing_release(&l);
	prof_rows_release(&v);
	free(chosen);
	chosen = NULL;
}

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&v, 0, sizeof v);
	memset(&l, 0, sizeof l);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	forget();
	make_drop(&m);
}

/* "f:3": function and line of a frame. */
static struct prof_line
read_line(const char *text, size_t len)
{
	const char *colon = memchr(text, ':', len);
	struct prof_line line = { 0 };
	char name[32];
	size_t n = colon != NULL ? (size_t)(colon - text) : len;

	ck_assert(n < sizeof name);
	memcpy(name, text, n);
	name[n] = '\0';
	line.fn = make_fn(&m, name);
	for (n++; n < len; n++)
		line.line = line.line * 10 + (text[n] - '0');
	return line;
}

/* "f:1 g:2|h:3", root first; behind '|' what is inlined. */
static void
sample(const char *text, int64_t value)
{
	struct prof_location where = { 0 };
	struct prof_line line[64];
	prof_loc run[64];
	size_t n = 0, nlines, len, depth = 0, i;

	while (*text != '\0') {
		for (nlines = 0;; text++) {
			len = strcspn(text, "| ");
			line[nlines++] = read_line(text, len);
			text += len;
			if (*text != '|')
				break;
		}
		for (i = 0; i < nlines / 2; i++) {
			struct prof_line swap = line[i];

			line[i] = line[nlines - 1 - i];
			line[nlines - 1 - i] = swap;
		}
		run[63 - depth++] = prof_builder_location(&m.b, where, line,
		    nlines);
		n++;
		text += *text == ' ';
	}
	make_values(&m, prof_builder_stack(&m.b, run + 64 - n, n), 0, &value);
}

static int
try_list(const struct prof_profile *p, const char *names)
{
	size_t n;
	uint32_t i;

	forget();
	prof_rows_init(&v, p, PROF_BY_FUNCTION);
	chosen = prof_zalloc((size_t)v.n + 1, sizeof *chosen);
	for (i = 1; i <= v.n; i++) {
		n = strlen(v.row[i - 1].name);
		chosen[i] = names == NULL || (n > 0 &&
		    strstr(names, v.row[i - 1].name) != NULL);
	}
	return prof_listing_init(&l, &v, 0, chosen, &err);
}

/* The listing as "f:3 self/total" lines, two blanks for each depth. */
static void
check_list(const char *names, const char *want)
{
	struct prof_buf b = { 0 };
	const struct prof_listed *at;
	uint32_t row;
	size_t i, n;

	ck_assert_msg(try_list(&m.p, names) == PROF_OK, "%s", err.msg);
	for (row = 1; row <= v.n; row++) {
		at = prof_listing_of(&l, row, &n);
		for (i = 0; i < n; i++) {
			ck_assert(at[i].depth > 0 || at[i].row == row);
			prof_buf_addn(&b, ' ', 2 * at[i].depth);
			prof_buf_addf(&b, "%s:%lld %lld/%lld",
			    prof_rows_get(&v, at[i].row)->name,
			    (long long)at[i].line, (long long)at[i].self,
			    (long long)at[i].total);
			if (at[i].called)
				prof_buf_addf(&b, " %lldx",
				    (long long)at[i].calls);
			prof_buf_addc(&b, '\n');
		}
	}
	ck_assert_str_eq(prof_buf_str(&b), want);
	prof_buf_release(&b);
}

START_TEST(a_line_has_self_and_total_of_its_samples)
{
	sample("main:1 f:10", 5);
	sample("main:1 f:11 g:3", 2);
	sample("main:2 f:11", 1);
	check_list("f", "f:10 5/5\nf:11 1/3\n");
}
END_TEST

START_TEST(only_chosen_functions_have_lines)
{
	sample("main:1 f:10", 5);
	check_list("g", "");
	check_list("main f", "main:1 0/5\nf:10 5/5\n");
}
END_TEST

/* pprof counts a sample for each frame there (google/pprof#707). */
START_TEST(recursion_counts_once_for_a_line)
{
	sample("f:4 f:4 f:4 f:7", 5);
	sample("f:4 g:1 f:4", 3);
	check_list("f", "f:4 3/8\nf:7 5/5\n");
}
END_TEST

START_TEST(lines_come_in_their_order_the_unknown_one_first)
{
	sample("f:30", 1);
	sample("f:4", 2);
	sample("f:0", 4);
	check_list("f", "f:0 4/4\nf:4 2/2\nf:30 1/1\n");
}
END_TEST

START_TEST(a_line_below_0_is_not_known)
{
	struct prof_location where = { 0 };
	struct prof_line line = { .line = -3 };
	int64_t value = 2;
	prof_loc loc;

	line.fn = make_fn(&m, "f");
	loc = prof_builder_location(&m.b, where, &line, 1);
	make_values(&m, prof_builder_stack(&m.b, &loc, 1), 0, &value);
	check_list("f", "f:0 2/2\n");
}
END_TEST

START_TEST(an_inlined_call_stands_beneath_its_line)
{
	sample("main:1 f:4|g:90", 5);
	sample("main:1 f:4|h:70", 7);
	sample("main:1 f:4", 1);
	check_list("f", "f:4 1/13\n  h:70 7/7\n  g:90 5/5\n");
}
END_TEST

START_TEST(calls_inlined_into_inlined_calls_go_deeper)
{
	sample("f:4|g:9|h:2 k:1", 5);
	sample("f:4|g:9|h:2", 1);
	sample("f:4|g:8", 2);
	check_list("f", "f:4 0/8\n  g:9 0/6\n    h:2 1/6\n  g:8 2/2\n");
}
END_TEST

START_TEST(what_is_inlined_has_lines_of_its_own_if_chosen)
{
	sample("f:4|g:9", 5);
	sample("main:1 g:9", 1);
	check_list("f g", "g:9 6/6\nf:4 0/5\n  g:9 5/5\n");
}
END_TEST

START_TEST(one_call_inlined_at_two_lines_is_told_apart)
{
	sample("f:4|g:9", 5);
	sample("f:6|g:9", 1);
	check_list("f", "f:4 0/5\n  g:9 5/5\nf:6 0/1\n  g:9 1/1\n");
}
END_TEST

START_TEST(inlined_recursion_counts_once)
{
	sample("f:4|f:4|f:5 f:4|f:5", 5);
	check_list("f", "f:4 0/5\n  f:4 0/5\n    f:5 0/5\n"
	    "  f:5 5/5\nf:5 5/5\n");
}
END_TEST

START_TEST(functions_of_one_name_in_two_files_are_apart)
{
	m.file = "a.c";
	sample("f:4", 5);
	m.file = "b.c";
	sample("f:4", 1);
	check_list("f", "f:4 5/5\nf:4 1/1\n");
}
END_TEST

START_TEST(values_that_cancel_leave_the_inlined_calls)
{
	sample("f:4|g:9", 5);
	sample("f:4|h:9", -5);
	sample("f:7", 0);
	check_list("f", "f:4 0/0\n  g:9 5/5\n  h:9 -5/-5\n");
}
END_TEST

START_TEST(a_location_without_a_function_has_no_line)
{
	make_at(&m, 0x40);
	sample("f:1", 2);
	ck_assert_int_eq(try_list(&m.p, NULL), PROF_OK);
	ck_assert_uint_eq(l.n, 1);
}
END_TEST

START_TEST(edges_give_the_definition_line_what_was_measured)
{
	struct prof_function f = { 0 };
	const int64_t own[] = { 12, 3, 40, 90 }, of_main[] = { 5, 5, 1, 2 };

	teardown();
	edges_start(&m);
	f.name = make_str(&m, "f");
	f.file = make_str(&m, "a.py");
	f.start = 17;
	prof_profile_add_edge(&m.p, 0, prof_builder_function(&m.b, f), 0,
	    own);
	prof_profile_add_edge(&m.p, make_fn(&m, "main"),
	    prof_builder_function(&m.b, f), 3, of_main);
	edges_own(&m, "builtin", 4, 8, 8);
	check_list("f builtin", "f:17 40/90 12x\nbuiltin:0 8/8 4x\n");
}
END_TEST

START_TEST(estimated_stacks_do_not_count_on_top_of_edges)
{
	teardown();
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 30);
	edges_own(&m, "f", 2, 20, 20);
	edges_add(&m, "main", "f", 2, 20, 20);
	edges_estimate(&m);
	ck_assert(m.p.nsamples > 0);
	check_list("f", "f:0 20/20 2x\n");
}
END_TEST

START_TEST(a_column_that_is_not_there_lists_nothing)
{
	sample("f:1", 2);
	ck_assert_int_eq(try_list(&m.p, NULL), PROF_OK);
	prof_listing_release(&l);
	ck_assert_int_eq(prof_listing_init(&l, &v, 7, chosen, &err), PROF_OK);
	ck_assert_uint_eq(l.n, 0);
}
END_TEST

/* A location of many lines that are all chosen must not cost its square. */
START_TEST(deep_inlining_takes_bounded_memory)
{
	size_t i, n = 20000;
	struct prof_line *line = prof_zalloc(n, sizeof *line);
	struct prof_location where = { 0 };
	int64_t value = 1;
	prof_loc loc;

	for (i = 0; i < n; i++) {
		line[i].fn = make_fn(&m, "f");
		line[i].line = (int64_t)i + 1;
	}
	loc = prof_builder_location(&m.b, where, line, n);
	make_values(&m, prof_builder_stack(&m.b, &loc, 1), 0, &value);
	ck_assert_int_eq(try_list(&m.p, NULL), PROF_OK);
	ck_assert_uint_gt(l.n, n);
	ck_assert_uint_le(l.n, n * (PROF_LISTING_DEPTH + 1));
	for (i = 0; i < l.n; i++)
		ck_assert_uint_le(l.at[i].depth, PROF_LISTING_DEPTH);
	free(line);
}
END_TEST

static bool
is_at(const struct prof_profile *p, prof_loc id, uint32_t i,
    const struct prof_listed *o)
{
	const struct prof_location *loc = prof_profile_loc(p, id);
	size_t n;

	return i < loc->nlines && prof_rows_of(&v, id, &n)[i] == o->row &&
	    prof_profile_lines(p, loc)[i].line == o->line;
}

/* The numbers of a line from the definition, without any cleverness. */
static void
check_by_hand(const struct prof_profile *p, const struct prof_listed *o)
{
	prof_i128 self = 0, total = 0;
	const prof_loc *run;
	uint32_t s, k;
	size_t i, n;
	bool on;

	for (s = 0; s < p->nsamples; s++) {
		run = prof_profile_stack(p, p->stack[s], &n);
		for (i = 0, on = false; i < n; i++)
			for (k = 0; k < 3; k++)
				on = on || is_at(p, run[i], k, o);
		if (n > 0 && is_at(p, run[0], 0, o))
			self += p->value[0][s];
		total += on ? p->value[0][s] : 0;
	}
	ck_assert(o->self == self && o->total == total);
}

START_TEST(random_profiles_have_the_numbers_of_the_definition)
{
	static const struct invent_opts opts = { .cancel = true };
	const struct prof_listed *at;
	struct prof_flat f;
	struct prof_profile p;
	prof_i128 selves;
	uint64_t round;
	uint32_t row;
	size_t i, n;

	for (round = 0; round < 200; round++) {
		invent_profile(&p, round, &opts);
		ck_assert_int_eq(try_list(&p, NULL), PROF_OK);
		ck_assert_int_eq(prof_flat_init(&f, &v, 0, &err), PROF_OK);
		for (row = 1; row <= v.n; row++) {
			at = prof_listing_of(&l, row, &n);
			for (i = 0, selves = 0; i < n; i++) {
				if (at[i].depth > 0)
					continue;
				check_by_hand(&p, &at[i]);
				selves += at[i].self;
			}
			ck_assert(v.row[row - 1].nameless ? n == 0 :
			    selves == f.self[row]);
		}
		prof_flat_release(&f);
		forget();
		prof_profile_release(&p);
	}
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("listing");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_line_has_self_and_total_of_its_samples);
	tcase_add_test(tc, only_chosen_functions_have_lines);
	tcase_add_test(tc, recursion_counts_once_for_a_line);
	tcase_add_test(tc, lines_come_in_their_order_the_unknown_one_first);
	tcase_add_test(tc, a_line_below_0_is_not_known);
	tcase_add_test(tc, an_inlined_call_stands_beneath_its_line);
	tcase_add_test(tc, calls_inlined_into_inlined_calls_go_deeper);
	tcase_add_test(tc, what_is_inlined_has_lines_of_its_own_if_chosen);
	tcase_add_test(tc, one_call_inlined_at_two_lines_is_told_apart);
	tcase_add_test(tc, inlined_recursion_counts_once);
	tcase_add_test(tc, functions_of_one_name_in_two_files_are_apart);
	tcase_add_test(tc, values_that_cancel_leave_the_inlined_calls);
	tcase_add_test(tc, a_location_without_a_function_has_no_line);
	tcase_add_test(tc, edges_give_the_definition_line_what_was_measured);
	tcase_add_test(tc, estimated_stacks_do_not_count_on_top_of_edges);
	tcase_add_test(tc, a_column_that_is_not_there_lists_nothing);
	tcase_add_test(tc, deep_inlining_takes_bounded_memory);
	tcase_add_test(tc,
	    random_profiles_have_the_numbers_of_the_definition);
	return test_main("listing", tc);
}
