/* SPDX-License-Identifier: MIT */
#include "libanalysis/calltree.h"

#include <stdio.h>

#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "tests/edges.h"
#include "tests/random.h"
#include "tests/shuffle.h"
#include "tests/support.h"

/* Functions of a deep chain; sanitizers take ten times as long for each. */
#define DEEP (PROF_EXACT ? 100000 : 1000000)

static struct made m;

START_TEST(a_chain_becomes_one_path)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 100);
	edges_own(&m, "parse", 2, 30, 90);
	edges_own(&m, "read", 9, 60, 60);
	edges_add(&m, "main", "parse", 2, 30, 90);
	edges_add(&m, "parse", "read", 9, 60, 60);
	edges_expect(&m,
	    "main 10\n"
	    "main;parse 30\n"
	    "main;parse;read 60\n");
}
END_TEST

/* What d takes differs by caller; what it calls follows its total. */
START_TEST(a_diamond_keeps_what_each_caller_pays)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 100);
	edges_own(&m, "b", 1, 5, 25);
	edges_own(&m, "c", 1, 5, 75);
	edges_own(&m, "d", 2, 60, 90);
	edges_own(&m, "e", 2, 30, 30);
	edges_add(&m, "main", "b", 1, 5, 25);
	edges_add(&m, "main", "c", 1, 5, 75);
	edges_add(&m, "b", "d", 1, 5, 20);
	edges_add(&m, "c", "d", 1, 55, 70);
	edges_add(&m, "d", "e", 2, 30, 30);
	edges_expect(&m,
	    "main;b 5\n"
	    "main;b;d 5\n"
	    "main;b;d;e 15\n"
	    "main;c 5\n"
	    "main;c;d 55\n"
	    "main;c;d;e 15\n");
}
END_TEST

START_TEST(a_remainder_goes_to_the_largest_fraction)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 100);
	edges_own(&m, "a", 1, 0, 20);
	edges_own(&m, "b", 1, 0, 40);
	edges_own(&m, "c", 1, 0, 40);
	edges_own(&m, "d", 5, 0, 100);
	edges_own(&m, "e", 7, 98, 98);
	edges_own(&m, "f", 7, 2, 2);
	edges_add(&m, "main", "a", 1, 0, 20);
	edges_add(&m, "main", "b", 1, 0, 40);
	edges_add(&m, "main", "c", 1, 0, 40);
	edges_add(&m, "a", "d", 1, 0, 20);
	edges_add(&m, "b", "d", 2, 0, 40);
	edges_add(&m, "c", "d", 2, 0, 40);
	edges_add(&m, "d", "e", 7, 98, 98);
	edges_add(&m, "d", "f", 7, 2, 2);
	edges_expect(&m,
	    "main;a;d;e 20\n"	/* 19.6 */
	    "main;b;d;e 39\n"	/* 39.2 */
	    "main;b;d;f 1\n"	/* 0.8, before a's 0.4 */
	    "main;c;d;e 39\n"
	    "main;c;d;f 1\n");
}
END_TEST

START_TEST(direct_recursion_is_one_frame)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 100);
	edges_own(&m, "walk", 7, 50, 90);
	edges_own(&m, "leaf", 4, 40, 40);
	edges_add(&m, "main", "walk", 1, 10, 90);
	edges_add(&m, "walk", "walk", 6, 40, 70);
	edges_add(&m, "walk", "leaf", 4, 40, 40);
	edges_expect(&m,
	    "main 10\n"
	    "main;walk 50\n"
	    "main;walk;leaf 40\n");
}
END_TEST

/*
 * even and odd call each other; each is entered from main.  The self of each
 * lies below both ways in, as far as the totals tell.
 */
START_TEST(mutual_recursion_enters_the_circle_once)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 100);
	edges_own(&m, "even", 10, 60, 100);
	edges_own(&m, "odd", 10, 40, 80);
	edges_add(&m, "main", "even", 1, 10, 100);
	edges_add(&m, "even", "odd", 10, 40, 80);
	edges_add(&m, "odd", "even", 9, 50, 70);
	edges_expect(&m,
	    "main;even 60\n"
	    "main;even;odd 40\n");
}
END_TEST

START_TEST(a_circle_that_nobody_enters_begins_at_its_largest)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 10);
	edges_own(&m, "ping", 5, 3, 8);
	edges_own(&m, "pong", 5, 7, 9);
	edges_add(&m, "ping", "pong", 5, 7, 9);
	edges_add(&m, "pong", "ping", 5, 3, 8);
	edges_expect(&m,
	    "main 10\n"
	    "pong 7\n"
	    "pong;ping 3\n");
}
END_TEST

/* By what it calls, because it has no numbers. */
START_TEST(a_caller_without_numbers_is_a_root)
{
	edges_start(&m);
	edges_own(&m, "outside", 0, 0, 0);
	edges_own(&m, "work", 2, 30, 50);
	edges_own(&m, "read", 2, 20, 20);
	edges_add(&m, "outside", "work", 2, 30, 50);
	edges_add(&m, "work", "read", 2, 20, 20);
	edges_expect(&m,
	    "outside;work 30\n"
	    "outside;work;read 20\n");
}
END_TEST

START_TEST(calls_that_no_caller_made_begin_a_path)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 40);
	edges_own(&m, "work", 3, 90, 90);
	edges_add(&m, "main", "work", 1, 30, 30);
	edges_expect(&m,
	    "main 10\n"
	    "main;work 30\n"
	    "work 60\n");
}
END_TEST

START_TEST(without_calls_the_root_is_what_nobody_calls)
{
	int64_t row[2] = { 10, 100 };
	prof_fn a, b;

	make_start(&m, "time", "nanoseconds");
	edges_type(&m, PROF_EDGE_SELF, "time", "nanoseconds");
	edges_type(&m, PROF_EDGE_TOTAL, "time", "nanoseconds");
	a = make_fn(&m, "main");
	b = make_fn(&m, "work");
	prof_profile_add_edge(&m.p, 0, a, 0, row);
	row[0] = row[1] = 90;
	prof_profile_add_edge(&m.p, 0, b, 0, row);
	prof_profile_add_edge(&m.p, a, b, 0, row);
	edges_expect(&m,
	    "main 10\n"
	    "main;work 90\n");
}
END_TEST

START_TEST(several_lines_of_a_pair_are_one_child)
{
	int64_t row[4] = { 1, 1, 20, 20 };

	edges_start(&m);
	edges_own(&m, "main", 1, 10, 50);
	edges_own(&m, "work", 2, 40, 40);
	prof_profile_add_edge(&m.p, make_fn(&m, "main"), make_fn(&m, "work"),
	    7, row);
	prof_profile_add_edge(&m.p, make_fn(&m, "main"), make_fn(&m, "work"),
	    9, row);
	edges_expect(&m,
	    "main 10\n"
	    "main;work 40\n");
}
END_TEST

START_TEST(functions_without_callers_stand_alone)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 100);
	edges_own(&m, "work", 2, 60, 60);
	edges_own(&m, "idle", 2, 0, 30);
	edges_estimate(&m);
	ck_assert(m.p.meta.estimated);
	ck_assert_uint_eq(m.p.ncomments, 1);
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.comment[0]),
	    PROF_CALLTREE_FLAT);
	edges_expect(&m,
	    "main 10\n"
	    "work 60\n");
}
END_TEST

START_TEST(the_estimate_is_marked_once)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 20);
	edges_own(&m, "work", 1, 10, 10);
	edges_add(&m, "main", "work", 1, 10, 10);
	edges_estimate(&m);
	edges_estimate(&m);
	ck_assert(m.p.meta.estimated);
	ck_assert_uint_eq(m.p.ncomments, 1);
	ck_assert_str_eq(prof_profile_str(&m.p, m.p.comment[0]),
	    PROF_CALLTREE_COMMENT);
	edges_expect(&m,
	    "main 10\n"
	    "main;work 10\n");
}
END_TEST

START_TEST(without_self_and_total_nothing_is_made)
{
	int64_t calls = 3;

	make_start(&m, "time", "nanoseconds");
	edges_type(&m, PROF_EDGE_CALLS, "calls", "count");
	prof_profile_add_edge(&m.p, 0, make_fn(&m, "main"), 0, &calls);
	edges_estimate(&m);
	ck_assert(!m.p.meta.estimated);
	ck_assert_uint_eq(m.p.nsamples, 0);
	ck_assert_uint_eq(m.p.ncomments, 0);
	make_drop(&m);
}
END_TEST

START_TEST(all_zeros_make_no_samples)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 0);
	edges_own(&m, "work", 1, 0, 0);
	edges_add(&m, "main", "work", 1, 0, 0);
	edges_expect(&m, "");
}
END_TEST

/* Self without any total: the pair's self decides who gets it. */
START_TEST(totals_of_zero_are_at_least_the_self)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 0, 0);
	edges_own(&m, "work", 2, 30, 0);
	edges_add(&m, "main", "work", 2, 30, 0);
	edges_expect(&m, "[unattributed];work 30\n");
}
END_TEST

START_TEST(a_negative_self_keeps_its_value)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 20, 50);
	edges_own(&m, "a", 1, -10, 30);
	edges_own(&m, "b", 1, 40, 40);
	edges_add(&m, "main", "a", 1, -10, 30);
	edges_add(&m, "a", "b", 1, 40, 40);
	edges_expect(&m,
	    "main 20\n"
	    "main;a -10\n"
	    "main;a;b 40\n");
}
END_TEST

/* Seen in old recordings: the callers' parts fall short of the whole. */
START_TEST(pairs_are_scaled_to_what_the_callee_says)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 110);
	edges_own(&m, "a", 1, 10, 55);
	edges_own(&m, "b", 1, 10, 45);
	edges_own(&m, "work", 2, 80, 80);
	edges_add(&m, "main", "a", 1, 10, 50);
	edges_add(&m, "main", "b", 1, 10, 50);
	edges_add(&m, "a", "work", 1, 30, 40);
	edges_add(&m, "b", "work", 1, 10, 40);
	edges_expect(&m,
	    "main 10\n"
	    "main;a 10\n"
	    "main;a;work 60\n"
	    "main;b 10\n"
	    "main;b;work 20\n");
}
END_TEST

START_TEST(kinds_and_lines_of_frames_come_from_the_functions)
{
	struct prof_function f = { 0 };
	const struct prof_location *l;
	int64_t row[4] = { 1, 1, 5, 5 };

	edges_start(&m);
	f.name = make_str(&m, "work");
	f.file = make_str(&m, "work.py");
	f.start = 42;
	prof_profile_add_edge(&m.p, 0, prof_builder_function(&m.b, f), 0,
	    row);
	edges_own(&m, "{built-in method sum}", 1, 5, 5);
	edges_estimate(&m);
	ck_assert_uint_eq(m.p.nloc, 2);
	l = prof_profile_loc(&m.p, *prof_profile_stack(&m.p, m.p.stack[0],
	    &(size_t){ 0 }));
	ck_assert_uint_eq(l->kind, PROF_KIND_INTERPRETED);
	ck_assert_int_eq(m.p.line[l->first_line].line, 42);
	l = prof_profile_loc(&m.p, *prof_profile_stack(&m.p, m.p.stack[1],
	    &(size_t){ 0 }));
	ck_assert_uint_eq(l->kind, PROF_KIND_BUILTIN);
	ck_assert_int_eq(m.p.line[l->first_line].line, 0);
	make_drop(&m);
}
END_TEST

/* Each column has a tree of its own. */
START_TEST(columns_share_stacks)
{
	int64_t top[] = { 1, 10, 100, 0, 8 }, a[] = { 1, 90, 90, 0, 0 };
	int64_t b[] = { 1, 0, 0, 8, 8 };
	prof_fn f, g, h;

	make_start(&m, "time", "nanoseconds");
	prof_profile_add_type(&m.p, make_str(&m, "space"),
	    make_str(&m, "bytes"));
	edges_type(&m, PROF_EDGE_CALLS, "calls", "count");
	edges_type(&m, PROF_EDGE_SELF, "time", "nanoseconds");
	edges_type(&m, PROF_EDGE_TOTAL, "time", "nanoseconds");
	edges_type(&m, PROF_EDGE_SELF, "space", "bytes");
	edges_type(&m, PROF_EDGE_TOTAL, "space", "bytes");
	f = make_fn(&m, "main");
	g = make_fn(&m, "count");
	h = make_fn(&m, "store");
	prof_profile_add_edge(&m.p, 0, f, 0, top);
	prof_profile_add_edge(&m.p, 0, g, 0, a);
	prof_profile_add_edge(&m.p, 0, h, 0, b);
	prof_profile_add_edge(&m.p, f, g, 0, a);
	b[0] = 1;
	prof_profile_add_edge(&m.p, f, h, 0, b);
	edges_expect(&m,
	    "main 10 0\n"
	    "main;count 90 0\n"
	    "main;store 0 8\n");
}
END_TEST

START_TEST(sums_beyond_64_bits_are_an_error)
{
	int64_t row[4] = { 1, 1, INT64_MAX, INT64_MAX };

	edges_start(&m);
	prof_profile_add_edge(&m.p, 0, make_fn(&m, "main"), 1, row);
	prof_profile_add_edge(&m.p, 0, make_fn(&m, "main"), 2, row);
	ck_assert_int_eq(prof_calltree_estimate(&m.p, &m.err), PROF_ERANGE);
	ck_assert_str_eq(m.err.msg, "the edges of one caller and callee add "
	    "up to more than 64 bits hold");
	make_drop(&m);
}
END_TEST

START_TEST(the_largest_numbers_are_given_out)
{
	edges_start(&m);
	edges_own(&m, "main", INT64_MAX, 0, INT64_MAX);
	edges_own(&m, "a", INT64_MAX, INT64_MAX, INT64_MAX);
	edges_own(&m, "b", 1, INT64_MIN, INT64_MIN);
	edges_add(&m, "main", "a", INT64_MAX, INT64_MAX, INT64_MAX);
	edges_add(&m, "main", "b", 1, INT64_MIN, INT64_MIN);
	edges_expect(&m,
	    "[unattributed];b -9223372036854775808\n"
	    "main;a 9223372036854775807\n");
}
END_TEST

/* tiny is called from a part that is not split any more. */
START_TEST(what_is_too_small_to_split_keeps_its_function)
{
	edges_start(&m);
	edges_own(&m, "main", 1, 2000000000, 2000002500);
	edges_own(&m, "small", 1, 1500, 2500);
	edges_own(&m, "tiny", 1, 1000, 1000);
	edges_add(&m, "main", "small", 1, 1500, 2500);
	edges_add(&m, "small", "tiny", 1, 1000, 1000);
	edges_expect(&m,
	    "[unattributed];tiny 1000\n"
	    "main 2000000000\n"
	    "main;small 1500\n");
}
END_TEST

static void
add_chain(uint32_t n, int64_t each, int64_t leaf)
{
	int64_t row[4] = { 1, 1, each, 0 };
	struct prof_function f = { 0 };
	prof_fn last = 0, fn;
	char name[16];
	uint32_t i;

	edges_start(&m);
	for (i = 0; i < n; i++) {
		snprintf(name, sizeof name, "f%u", i);
		f.name = make_str(&m, name);
		fn = prof_profile_add_fn(&m.p, f);
		row[2] = i + 1 < n ? each : leaf;
		row[3] = each * (n - 1 - i) + leaf;
		prof_profile_add_edge(&m.p, 0, fn, 0, row);
		if (last != 0)
			prof_profile_add_edge(&m.p, last, fn, 0, row);
		last = fn;
	}
	edges_estimate(&m);
}

static int64_t
sum_samples(void)
{
	int64_t sum = 0;
	uint32_t i;

	for (i = 0; i < m.p.nsamples; i++)
		sum += m.p.value[0][i];
	return sum;
}

START_TEST(a_chain_of_a_million_functions_is_one_stack)
{
	size_t depth;

	add_chain(DEEP, 0, 5);
	ck_assert_uint_eq(m.p.nsamples, 1);
	ck_assert_int_eq(m.p.value[0][0], 5);
	prof_profile_stack(&m.p, m.p.stack[0], &depth);
	ck_assert_uint_eq(depth, DEEP);
	make_drop(&m);
}
END_TEST

/* Else its stacks would have 10^9 frames. */
START_TEST(the_stacks_of_a_chain_are_bounded)
{
	size_t depth;

	add_chain(50000, 1, 1000);
	ck_assert_uint_eq(m.p.nsamples, 50000);
	ck_assert_int_eq(sum_samples(), 50999);
	ck_assert_uint_le(m.p.stacks.end[m.p.stacks.n],
	    PROF_CALLTREE_FRAMES + 2 * 50000);
	prof_profile_stack(&m.p, m.p.stack[5], &depth);
	ck_assert_uint_eq(depth, 6);
	make_drop(&m);
}
END_TEST

/* A random profile that adds up: of pairs and functions, not of totals. */
static void
add_random(struct test_random *r, uint32_t nfns, uint32_t npairs,
    bool circles)
{
	int64_t (*own)[4] = prof_zalloc(nfns, sizeof *own), row[4];
	char name[2][16];
	uint32_t i, a, b;
	unsigned c;

	edges_start(&m);
	for (i = 0; i < npairs; i++) {
		a = test_random_below(r, nfns);
		b = test_random_below(r, nfns);
		if (!circles && a == b)
			continue;
		if (!circles && a > b) {
			a ^= b;
			b ^= a;
			a ^= b;
		}
		row[0] = row[1] = test_random_below(r, 5);
		row[2] = test_random_below(r, 100);
		row[3] = row[2] + test_random_below(r, 1000);
		for (c = 0; c < 4; c++)
			own[b][c] += row[c];
		snprintf(name[0], sizeof name[0], "f%u", a);
		snprintf(name[1], sizeof name[1], "f%u", b);
		edges_add(&m, name[0], name[1], row[0], row[2], row[3]);
	}
	for (i = 0; i < nfns; i++) {
		if (test_random_below(r, 4) == 0)
			own[i][0] += 1 + test_random_below(r, 3);
		own[i][2] += test_random_below(r, 50);
		snprintf(name[0], sizeof name[0], "f%u", i);
		edges_own(&m, name[0], own[i][0], own[i][2], own[i][3]);
	}
	free(own);
}

static prof_i128 *
leaf_sums(const struct prof_profile *p)
{
	prof_i128 *sum = prof_zalloc((size_t)p->nfn + 1, sizeof *sum);
	const prof_loc *loc;
	uint32_t i;
	size_t n;

	for (i = 0; i < p->nsamples; i++) {
		loc = prof_profile_stack(p, p->stack[i], &n);
		sum[edges_frame_fn(p, loc[0])] += p->value[0][i];
	}
	return sum;
}

START_TEST(every_function_keeps_its_self)
{
	struct test_random r = { 7 };
	const struct prof_edges *e;
	prof_i128 *sum;
	uint32_t k, i;

	for (k = 0; k < 200; k++) {
		add_random(&r, 1 + k % 30, test_random_below(&r, 60),
		    k % 2 == 0);
		edges_estimate(&m);
		sum = leaf_sums(&m.p);
		e = &m.p.edges;
		for (i = 0; i < e->n; i++)
			if (e->caller[i] == 0 &&
			    sum[e->callee[i]] != e->value[2][i])
				ck_abort_msg("round %u, row %u", k, i);
		free(sum);
		make_drop(&m);
	}
}
END_TEST

/* What a caller pays for a callee, by the frame above the leaf. */
static int64_t
pair_sum(prof_fn caller, prof_fn callee)
{
	const prof_loc *loc;
	int64_t sum = 0;
	uint32_t i;
	size_t n;

	for (i = 0; i < m.p.nsamples; i++) {
		loc = prof_profile_stack(&m.p, m.p.stack[i], &n);
		if (n >= 2 && edges_frame_fn(&m.p, loc[0]) == callee &&
		    edges_frame_fn(&m.p, loc[1]) == caller)
			sum += m.p.value[0][i];
	}
	return sum;
}

#define GRAPH 20

static int64_t pair[GRAPH][GRAPH];

/* Every function reaches the next; more pairs by chance. */
static void
draw_pairs(struct test_random *r)
{
	uint32_t a, b;

	memset(pair, 0, sizeof pair);
	for (b = 1; b < GRAPH; b++)
		for (a = 0; a < b; a++)
			if (a == b - 1 || test_random_below(r, 4) == 0)
				pair[a][b] = 1 + test_random_below(r, 1000);
}

/* The rows about a function; what it calls is there already. */
static int64_t
add_drawn(const prof_fn *fn, uint32_t a, const int64_t *children)
{
	int64_t row[4] = { 1, 1, 0, 0 }, in = 0, total = 0;
	uint32_t b, k;

	for (b = a + 1; b < GRAPH; b++) {
		if (pair[a][b] == 0)
			continue;
		for (in = 0, k = 0; k < b; k++)
			in += pair[k][b];
		row[2] = pair[a][b];
		row[3] = pair[a][b] + pair[a][b] * children[b] / in;
		total += row[3];
		prof_profile_add_edge(&m.p, fn[a], fn[b], 0, row);
	}
	for (in = 0, k = 0; k < a; k++)
		in += pair[k][a];
	row[2] = in;
	row[3] = in + total;
	prof_profile_add_edge(&m.p, 0, fn[a], 0, row);
	return total;
}

static void
add_graph(struct test_random *r, prof_fn *fn)
{
	int64_t children[GRAPH];
	char name[2] = { 0 };
	uint32_t a;

	edges_start(&m);
	draw_pairs(r);
	for (a = GRAPH; a-- > 0;) {
		name[0] = (char)('a' + a);
		fn[a] = make_fn(&m, name);
	}
	for (a = GRAPH; a-- > 0;)
		children[a] = add_drawn(fn, a, children);
}

START_TEST(every_pair_outside_circles_keeps_its_self)
{
	struct test_random r = { 11 };
	prof_fn fn[GRAPH];
	uint32_t k, a, b;

	for (k = 0; k < 20; k++) {
		add_graph(&r, fn);
		edges_estimate(&m);
		for (b = 0; b < GRAPH; b++)
			for (a = 0; a < b; a++)
				if (pair_sum(fn[a], fn[b]) != pair[a][b])
					ck_abort_msg("pair %u %u", a, b);
		make_drop(&m);
	}
}
END_TEST

/* Numbers of every size and sign, that do not go together. */
static int64_t
any_number(struct test_random *r)
{
	uint64_t v = test_random_next(r) >> test_random_below(r, 64);

	return test_random_below(r, 4) == 0 ? -(int64_t)(v / 2) :
	    (int64_t)(v / 2);
}

/* Returns the sum of self of all functions. */
static prof_i128
add_nonsense(struct test_random *r, uint32_t n)
{
	char name[2] = { 0 }, other[2] = { 0 };
	prof_i128 sum = 0;
	uint32_t i, k;

	edges_start(&m);
	for (i = 0; i < n; i++) {
		name[0] = (char)('a' + i);
		edges_own(&m, name, any_number(r), any_number(r),
		    any_number(r));
		sum += m.p.edges.value[2][m.p.edges.n - 1];
		for (k = 0; k < n; k++) {
			other[0] = (char)('a' + k);
			if (test_random_below(r, 3) == 0)
				edges_add(&m, other, name, any_number(r),
				    any_number(r), any_number(r));
		}
	}
	return sum;
}

START_TEST(numbers_without_sense_keep_their_sum)
{
	struct test_random r = { 5 };
	prof_i128 sum;
	uint32_t i, k;

	for (k = 0; k < 200; k++) {
		sum = add_nonsense(&r, 1 + k % 12);
		edges_estimate(&m);
		for (i = 0; i < m.p.nsamples; i++)
			sum -= m.p.value[0][i];
		ck_assert(sum == 0);
		make_drop(&m);
	}
}
END_TEST

START_TEST(numbering_has_no_say)
{
	struct test_random r = { 3 };
	struct prof_profile other;
	struct prof_err err = { 0 };
	char *got, *wanted;
	uint32_t k;

	for (k = 0; k < 60; k++) {
		add_random(&r, 1 + k % 20, 40, k % 3 != 0);
		shuffle_profile(&m.p, &other, k);
		edges_estimate(&m);
		ck_assert_int_eq(prof_calltree_estimate(&other, &err),
		    PROF_OK);
		wanted = edges_show(&m.p);
		got = edges_show(&other);
		ck_assert_str_eq(got, wanted);
		free(got);
		free(wanted);
		prof_profile_release(&other);
		make_drop(&m);
	}
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("calltree");

	tcase_add_test(tc, a_chain_becomes_one_path);
	tcase_add_test(tc, a_diamond_keeps_what_each_caller_pays);
	tcase_add_test(tc, a_remainder_goes_to_the_largest_fraction);
	tcase_add_test(tc, direct_recursion_is_one_frame);
	tcase_add_test(tc, mutual_recursion_enters_the_circle_once);
	tcase_add_test(tc, a_circle_that_nobody_enters_begins_at_its_largest);
	tcase_add_test(tc, a_caller_without_numbers_is_a_root);
	tcase_add_test(tc, calls_that_no_caller_made_begin_a_path);
	tcase_add_test(tc, without_calls_the_root_is_what_nobody_calls);
	tcase_add_test(tc, several_lines_of_a_pair_are_one_child);
	tcase_add_test(tc, functions_without_callers_stand_alone);
	tcase_add_test(tc, the_estimate_is_marked_once);
	tcase_add_test(tc, without_self_and_total_nothing_is_made);
	tcase_add_test(tc, all_zeros_make_no_samples);
	tcase_add_test(tc, totals_of_zero_are_at_least_the_self);
	tcase_add_test(tc, a_negative_self_keeps_its_value);
	tcase_add_test(tc, pairs_are_scaled_to_what_the_callee_says);
	tcase_add_test(tc,
	    kinds_and_lines_of_frames_come_from_the_functions);
	tcase_add_test(tc, columns_share_stacks);
	tcase_add_test(tc, sums_beyond_64_bits_are_an_error);
	tcase_add_test(tc, the_largest_numbers_are_given_out);
	tcase_add_test(tc, what_is_too_small_to_split_keeps_its_function);
	tcase_add_test(tc, a_chain_of_a_million_functions_is_one_stack);
	tcase_add_test(tc, the_stacks_of_a_chain_are_bounded);
	tcase_add_test(tc, every_function_keeps_its_self);
	tcase_add_test(tc, every_pair_outside_circles_keeps_its_self);
	tcase_add_test(tc, numbers_without_sense_keep_their_sum);
	tcase_add_test(tc, numbering_has_no_say);
	return test_main("calltree", tc);
}
