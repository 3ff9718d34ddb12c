/* SPDX-License-Identifier: MIT */
#include "libanalysis/chart.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "formats/format.h"
#include "tests/labelled.h"
#include "tests/random.h"
#include "tests/support.h"

static struct made m;
static struct prof_rows rows;
static struct prof_frames frames;
static struct prof_chart c;

static void
start(void)
{
	make_start(&m, "samples", "count");
	prof_builder_keep_times(&m.b);
}

/* A sample of a stack "root;...;leaf" at a time. */
static void
at(int64_t time, const char *stack, const char *labels, int64_t value)
{
	ck_assert_int_eq(prof_builder_sample(&m.b, make_stack(&m, stack),
	    labels[0] != '\0' ? labelled_set(&m, labels) : 0, time, &value,
	    &m.err), PROF_OK);
}

static int
chart(int64_t min_total)
{
	prof_rows_init(&rows, &m.p, PROF_BY_FUNCTION);
	prof_frames_init(&frames, &rows);
	memset(&m.err, 0, sizeof m.err);
	return prof_chart_init(&c, &rows, &frames, m.p.value[0], min_total,
	    &m.err);
}

static void
drop(void)
{
	prof_chart_release(&c);
	prof_frames_release(&frames);
	prof_rows_release(&rows);
	make_drop(&m);
}

static void
put_node(struct prof_buf *b, uint32_t node)
{
	const struct prof_tree *t = &c.tree;

	if (t->gap != NULL && t->gap[node] != 0)
		prof_buf_addf(b, "_%lld ", (long long)t->gap[node]);
	prof_buf_adds(b, node != 0 ? prof_frames_get(&frames,
	    t->frame[node])->name : "all");
	prof_buf_addf(b, "=%lld", (long long)t->total[0][node]);
	if (t->cut[node] > 0)
		prof_buf_addf(b, "!%u", (unsigned)t->cut[node]);
}

/* "all=7;m=7;a=3 _1 b=3": levels parted by ';', gaps before their nodes. */
static void
is(const char *want)
{
	struct prof_buf b = { 0 };
	uint32_t i;

	for (i = 0; i < c.tree.n; i++) {
		if (i > 0)
			prof_buf_addc(&b, c.tree.depth[i] !=
			    c.tree.depth[i - 1] ? ';' : ' ');
		put_node(&b, i);
	}
	ck_assert_str_eq(prof_buf_str(&b), want);
	prof_buf_release(&b);
}

START_TEST(samples_come_in_order_of_their_times)
{
	start();
	at(30, "c", "", 1);
	at(10, "a", "", 2);
	at(20, "b", "", 3);
	ck_assert_int_eq(chart(0), PROF_OK);
	is("all=6;a=2 b=3 c=1");
	ck_assert_int_eq(c.first, 10);
	ck_assert_int_eq(c.last, 30);
	drop();
}
END_TEST

START_TEST(times_before_the_start_come_first)
{
	start();
	at(0, "b", "", 1);
	at(-5, "a", "", 1);
	at(INT64_MIN, "first", "", 1);
	ck_assert_int_eq(chart(0), PROF_OK);
	is("all=3;first=1 a=1 b=1");
	drop();
}
END_TEST

START_TEST(neighbours_share_the_frames_they_begin_with)
{
	start();
	at(1, "m;a;x", "", 1);
	at(2, "m;a;y", "", 1);
	at(3, "m;b;x", "", 1);
	at(4, "m;a;x", "", 1);
	ck_assert_int_eq(chart(0), PROF_OK);
	is("all=4;m=4;a=2 b=1 a=1;x=1 y=1 x=1 x=1");
	drop();
}
END_TEST

START_TEST(what_a_frame_spends_between_two_callees_is_a_gap)
{
	start();
	at(1, "m", "", 2);
	at(2, "m;a", "", 3);
	at(3, "m", "", 4);
	at(4, "m;b", "", 5);
	at(5, "m", "", 6);
	ck_assert_int_eq(chart(0), PROF_OK);
	is("all=20;m=20;_2 a=3 _4 b=5");
	ck_assert_int_eq(c.tree.self[0][1], 12);
	drop();
}
END_TEST

START_TEST(narrow_frames_are_left_out_where_they_were)
{
	start();
	at(1, "m;a", "", 5);
	at(2, "m;n;x", "", 1);
	at(3, "m;o", "", 1);
	at(4, "m;b", "", 5);
	at(5, "m;n", "", 1);
	ck_assert_int_eq(chart(2), PROF_OK);
	is("all=13;m=13!3;a=5 _2 b=5");
	ck_assert_int_eq(c.tree.gross[0][1], 13);
	ck_assert_int_eq(c.tree.cut_gross[0][1], 3);
	ck_assert(prof_tree_rest(&c.tree, 1, 0) == 3);
	drop();
}
END_TEST

START_TEST(threads_are_drawn_apart_in_order_of_name_and_number)
{
	start();
	at(1, "m", "comm=b process=7 thread=10", 1);
	at(2, "m", "comm=b process=7 thread=9", 2);
	at(3, "m", "comm=a process=8 thread=11", 3);
	at(4, "m;x", "comm=b process=7 thread=10", 4);
	ck_assert_int_eq(chart(0), PROF_OK);
	ck_assert_uint_eq(c.nthreads, 3);
	is("all=10;a-8/11=3 b-7/9=2 b-7/10=5;m=3 m=2 m=5;_1 x=4");
	drop();
}
END_TEST

START_TEST(other_labels_do_not_make_a_thread)
{
	start();
	at(1, "m", "thread=4 request=1", 1);
	at(2, "m", "thread=4 request=2", 1);
	ck_assert_int_eq(chart(0), PROF_OK);
	ck_assert_uint_eq(c.nthreads, 1);
	is("all=2;4=2;m=2");
	drop();
}
END_TEST

START_TEST(without_a_name_of_a_thread_there_is_no_frame_for_it)
{
	start();
	at(1, "m", "request=1", 1);
	at(2, "m", "", 1);
	ck_assert_int_eq(chart(0), PROF_OK);
	is("all=2;m=2");
	drop();
	start();
	at(1, "m", "thread=main", 1);
	at(2, "m", "", 1);
	ck_assert_int_eq(chart(0), PROF_OK);
	is("all=2;[no thread]=1 main=1;m=1 m=1");
	drop();
}
END_TEST

START_TEST(samples_of_value_0_are_not_there)
{
	start();
	at(1, "m;a", "", 1);
	at(2, "z", "thread=other", 0);
	at(3, "m;a", "", 1);
	ck_assert_int_eq(chart(0), PROF_OK);
	ck_assert_uint_eq(c.nthreads, 1);
	is("all=2;m=2;a=2");
	drop();
	start();
	ck_assert_int_eq(chart(0), PROF_OK);
	ck_assert_uint_eq(c.nthreads, 0);
	is("all=0");
	drop();
}
END_TEST

START_TEST(inlined_functions_are_frames)
{
	start();
	at(1, "m;f|g", "", 1);
	at(2, "m;f|h", "", 1);
	ck_assert_int_eq(chart(0), PROF_OK);
	is("all=2;m=2;f=2;g=1 h=1");
	drop();
}
END_TEST

START_TEST(negative_values_leave_no_gaps)
{
	start();
	at(1, "m", "", 3);
	at(2, "m;a", "", -2);
	ck_assert_int_eq(chart(0), PROF_OK);
	ck_assert_ptr_null(c.tree.gap);
	is("all=1;m=1;a=-2");
	drop();
}
END_TEST

START_TEST(without_times_there_is_no_chart)
{
	make_start(&m, "samples", "count");
	make_sample(&m, "a", 1);
	ck_assert_int_eq(chart(0), PROF_EUSAGE);
	ck_assert_ptr_nonnull(strstr(m.err.msg, "no time"));
	drop();
}
END_TEST

START_TEST(sums_beyond_64_bits_are_an_error)
{
	start();
	at(1, "a", "", INT64_MAX);
	at(2, "b", "", 1);
	ck_assert_int_eq(chart(0), PROF_ERANGE);
	drop();
	start();
	at(1, "a", "", INT64_MIN);
	at(2, "b", "", INT64_MAX);
	ck_assert_int_eq(chart(0), PROF_OK);
	is("all=-1;a=-9223372036854775808 b=9223372036854775807");
	drop();
}
END_TEST

START_TEST(lines_of_folded_text_may_be_times)
{
	struct prof_limits limits = prof_limits_default;
	static const char text[] = "m;a 1\nm;b 1\n\nm;a 1\nm;a 1\n";
	struct prof_in *in;

	limits.lines_as_times = true;
	memset(&m, 0, sizeof m);
	in = prof_in_memory(text, sizeof text - 1, "text", &limits);
	ck_assert_int_eq(prof_format_read(in, "folded", &m.p, &m.err), 1);
	prof_in_close(in);
	ck_assert_int_eq(m.p.time[2], 4);
	ck_assert_int_eq(chart(0), PROF_OK);
	is("all=4;m=4;a=1 b=1 a=2");
	drop();
}
END_TEST

START_TEST(folded_text_has_no_times_unless_asked_for)
{
	memset(&m, 0, sizeof m);
	test_read(&m.p, "folded", "a 1\nb 1\n");
	ck_assert_ptr_null(m.p.time);
	prof_profile_release(&m.p);
}
END_TEST

/* What a depth shows at a place: the frame there, 0 for none. */
static uint32_t
shown(const struct prof_tree *t, const int64_t *x, uint32_t depth, int64_t pos)
{
	uint32_t i;

	for (i = 0; i < t->n; i++)
		if (t->depth[i] == depth && pos >= x[i] &&
		    pos < x[i] + t->total[0][i])
			return t->frame[i];
	return 0;
}

/* Each sample's frames stand one on the other where its time is. */
START_TEST(a_chart_shows_every_sample_at_its_place)
{
	struct test_random r = { (uint64_t)_i };
	const struct prof_tree *t = &c.tree;
	char stack[40][24];
	int64_t value[40], *x, right, pos = 0;
	uint32_t i, k, node, n = 40;
	size_t len;

	start();
	for (i = 0; i < n; i++) {
		len = 0;
		for (k = test_random_below(&r, 6); k > 0; k--) {
			stack[i][len++] = (char)('a' +
			    test_random_below(&r, 2));
			stack[i][len++] = ';';
		}
		stack[i][len > 0 ? len - 1 : 0] = '\0';
		value[i] = 1 + test_random_below(&r, 5);
		at(i, stack[i], "", value[i]);
	}
	ck_assert_int_eq(chart(0), PROF_OK);
	x = prof_zalloc(t->n, sizeof *x);
	for (node = 0; node < t->n; node++) {
		right = x[node];
		for (i = 0; i < t->nchildren[node]; i++) {
			k = t->first_child[node] + i;
			x[k] = right + t->gap[k];
			right = x[k] + t->total[0][k];
		}
		ck_assert_int_le(right, x[node] + t->total[0][node]);
	}
	for (i = 0; i < n; pos += value[i++]) {
		for (k = 0; k < strlen(stack[i]); k += 2) {
			node = shown(t, x, k / 2 + 1, pos);
			ck_assert_uint_ne(node, 0);
			ck_assert_int_eq(prof_frames_get(&frames,
			    node)->name[0], stack[i][k]);
		}
		ck_assert_uint_eq(shown(t, x, k / 2 + 1, pos), 0);
	}
	free(x);
	drop();
}
END_TEST

START_TEST(a_deep_stack_needs_no_deep_c_stack)
{
	prof_loc *run = prof_alloc(300000, sizeof *run);
	int64_t one = 1;
	size_t i;

	start();
	for (i = 0; i < 300000; i++)
		run[i] = make_named(&m, i % 2 == 0 ? "a" : "b", 1);
	for (i = 0; i < 3; i++)
		ck_assert_int_eq(prof_builder_sample(&m.b,
		    prof_builder_stack(&m.b, run + i, 300000 - i), 0,
		    (int64_t)i, &one, &m.err), PROF_OK);
	ck_assert_int_eq(chart(2), PROF_OK);
	ck_assert_uint_eq(c.tree.max_depth, 299999);
	drop();
	free(run);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("chart");

	tcase_add_test(tc, samples_come_in_order_of_their_times);
	tcase_add_test(tc, times_before_the_start_come_first);
	tcase_add_test(tc, neighbours_share_the_frames_they_begin_with);
	tcase_add_test(tc,
	    what_a_frame_spends_between_two_callees_is_a_gap);
	tcase_add_test(tc, narrow_frames_are_left_out_where_they_were);
	tcase_add_test(tc,
	    threads_are_drawn_apart_in_order_of_name_and_number);
	tcase_add_test(tc, other_labels_do_not_make_a_thread);
	tcase_add_test(tc,
	    without_a_name_of_a_thread_there_is_no_frame_for_it);
	tcase_add_test(tc, samples_of_value_0_are_not_there);
	tcase_add_test(tc, inlined_functions_are_frames);
	tcase_add_test(tc, negative_values_leave_no_gaps);
	tcase_add_test(tc, without_times_there_is_no_chart);
	tcase_add_test(tc, sums_beyond_64_bits_are_an_error);
	tcase_add_test(tc, lines_of_folded_text_may_be_times);
	tcase_add_test(tc, folded_text_has_no_times_unless_asked_for);
	tcase_add_loop_test(tc, a_chart_shows_every_sample_at_its_place, 0,
	    60);
	tcase_add_test(tc, a_deep_stack_needs_no_deep_c_stack);
	return test_main("chart", tc);
}
