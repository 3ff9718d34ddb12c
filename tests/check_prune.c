/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "libanalysis/buf.h"
#include "libanalysis/check.h"
#include "libanalysis/filter.h"
#include "libanalysis/nomem.h"
#include "tests/make.h"
#include "tests/support.h"

#define STEPS 1000000

static struct made m;
static struct prof_buf b;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
	memset(&b, 0, sizeof b);
}

static void
teardown(void)
{
	struct prof_err err = { 0 };

	ck_assert_msg(prof_profile_check(&m.p, &err) == PROF_OK, "%s",
	    err.msg);
	make_drop(&m);
	prof_buf_release(&b);
}

/* The stacks, root first, "main;f|g " each. */
static const char *
stacks(void)
{
	const struct prof_profile *p = &m.p;
	const struct prof_location *l;
	const prof_loc *run;
	uint32_t s, i;
	size_t n;

	prof_buf_clear(&b);
	for (s = 1; s <= p->stacks.n; s++) {
		run = prof_profile_stack(p, s, &n);
		for (; n > 0; n--) {
			l = prof_profile_loc(p, run[n - 1]);
			for (i = l->nlines; i > 0; i--)
				prof_buf_addf(&b, "%s%s", prof_profile_str(p,
				    prof_profile_fn(p, p->line[l->first_line
				    + i - 1].fn)->name), i > 1 ? "|" : "");
			prof_buf_adds(&b, n > 1 ? ";" : " ");
		}
	}
	return prof_buf_str(&b);
}

/* What is left of one stack. */
static const char *
pruned(const char *drop, const char *keep, const char *stack)
{
	make_drop(&m);
	make_start(&m, "cpu", "ns");
	make_sample(&m, stack, 1);
	m.p.meta.drop_frames = make_str(&m, drop);
	m.p.meta.keep_frames = make_str(&m, keep);
	prof_filter_prune(&m.p, STEPS);
	ck_assert_int_eq(m.p.value[0][0], 1);
	return stacks();
}

START_TEST(the_first_dropped_frame_goes_with_all_it_called)
{
	ck_assert_str_eq(pruned("malloc", "", "main;f;malloc;brk"),
	    "main;f ");
	ck_assert_str_eq(pruned("malloc", "", "main;malloc"), "main ");
	ck_assert_str_eq(pruned("malloc", "", "main;f"), "main;f ");
	ck_assert_str_eq(pruned("a|b", "", "main;a;x;b;y"), "main ");
}
END_TEST

START_TEST(dropped_frames_at_the_root_stay)
{
	ck_assert_str_eq(pruned("start", "", "start;main;f"),
	    "start;main;f ");
	ck_assert_str_eq(pruned("start", "", "start;start"), "start;start ");
	ck_assert_str_eq(pruned("start", "", "start;main;start;x"),
	    "start;main ");
}
END_TEST

START_TEST(a_pattern_must_match_the_whole_name)
{
	ck_assert_str_eq(pruned("alloc", "", "main;malloc"), "main;malloc ");
	ck_assert_str_eq(pruned(".*alloc", "", "main;malloc"), "main ");
	ck_assert_str_eq(pruned("a|ab", "", "main;ab"), "main ");
}
END_TEST

START_TEST(a_kept_name_is_not_dropped)
{
	ck_assert_str_eq(pruned("m.*", "malloc", "main;f;malloc;g;mmap"),
	    "main;f;malloc;g ");
	ck_assert_str_eq(pruned("x.*", "xy", "main;f;xy;g;xz"),
	    "main;f;xy;g ");
	ck_assert_str_eq(pruned("", "malloc", "main;malloc"),
	    "main;malloc ");
}
END_TEST

START_TEST(names_are_compared_without_parameters)
{
	ck_assert_str_eq(pruned("ns::f", "", "main;ns::f(int, char*)"),
	    "main ");
	ck_assert_str_eq(pruned("f", "", "main;.f"), "main ");
	ck_assert_str_eq(pruned("\\(anonymous namespace\\)::f", "",
	    "main;(anonymous namespace)::f(int)"), "main ");
	ck_assert_str_eq(pruned("T::operator\\(\\)", "",
	    "main;T::operator()(int) const"), "main ");
	ck_assert_str_eq(pruned("f\\(int\\)", "", "main;f(int)"),
	    "main;f(int) ");
	ck_assert_str_eq(pruned("", "", "main;("), "main;( ");
}
END_TEST

START_TEST(a_location_goes_whole_by_its_outermost_line)
{
	ck_assert_str_eq(pruned("malloc", "", "main;malloc|tcache;x"),
	    "main ");
}
END_TEST

START_TEST(an_inlined_match_leaves_the_lines_outside_of_it)
{
	ck_assert_str_eq(pruned("malloc", "", "main;f|g|malloc|brk;x;y"),
	    "main;f|g ");
	ck_assert_str_eq(pruned("a|b", "", "main;f|a|g|b|h;x"),
	    "main;f ");
}
END_TEST

/* As in pprof: the lines go, but the frames below stay. */
START_TEST(an_inlined_match_at_the_root_only_loses_its_lines)
{
	ck_assert_str_eq(pruned("malloc", "", "f|malloc;main;x"),
	    "f;main;x ");
	ck_assert_str_eq(pruned("malloc", "", "malloc;f|malloc;x"),
	    "malloc;f;x ");
	ck_assert_str_eq(pruned("malloc", "", "f|malloc;g|malloc;x"),
	    "f;g;x ");
	ck_assert_str_eq(pruned("malloc", "", "f|malloc;main;malloc;x"),
	    "f;main ");
}
END_TEST

START_TEST(all_stacks_are_pruned)
{
	make_sample(&m, "main;malloc;x", 1);
	make_sample(&m, "main;f;malloc;y", 2);
	make_sample(&m, "main;f", 4);
	make_sample(&m, "", 8);
	m.p.meta.drop_frames = make_str(&m, "malloc");
	prof_filter_prune(&m.p, STEPS);
	ck_assert_str_eq(stacks(), "main main;f main;f ");
	ck_assert_uint_eq(m.p.nsamples, 4);
	ck_assert_uint_eq(m.p.nnotes, 0);
}
END_TEST

START_TEST(pruning_twice_is_pruning_once)
{
	ck_assert_str_eq(pruned("malloc", "", "start;main;f|malloc;x"),
	    "start;main;f ");
	prof_filter_prune(&m.p, STEPS);
	ck_assert_str_eq(stacks(), "start;main;f ");
	ck_assert_str_eq(pruned("malloc", "", "malloc;f|malloc;malloc;x"),
	    "malloc;f ");
	prof_filter_prune(&m.p, STEPS);
	ck_assert_str_eq(stacks(), "malloc;f ");
}
END_TEST

START_TEST(locations_without_lines_are_not_dropped)
{
	prof_loc run[2];
	int64_t one = 1;
	size_t n;

	run[1] = make_at(&m, 0x10);
	run[0] = make_named(&m, "malloc", 6);
	make_values(&m, prof_builder_stack(&m.b, run, 2), 0, &one);
	m.p.meta.drop_frames = make_str(&m, ".*");
	prof_filter_prune(&m.p, STEPS);
	ck_assert_uint_eq(*prof_profile_stack(&m.p, 1, &n), run[1]);
	ck_assert_uint_eq(n, 1);
}
END_TEST

START_TEST(a_wrong_pattern_is_noted_and_not_used)
{
	ck_assert_str_eq(pruned("(", "", "main;malloc"), "main;malloc ");
	ck_assert_uint_eq(m.p.nnotes, 1);
	ck_assert_ptr_nonnull(strstr(prof_profile_str(&m.p,
	    m.p.note[0].text), "pattern is wrong"));
	ck_assert_uint_eq(prof_profile_skipped(&m.p), 0);
	ck_assert_str_eq(pruned("malloc", "*", "main;malloc"),
	    "main;malloc ");
	ck_assert_uint_eq(m.p.nnotes, 1);
}
END_TEST

START_TEST(a_catastrophic_pattern_is_noted_and_matches_nothing)
{
	char stack[70] = "main;";

	memset(stack + 5, 'a', 60);
	stack[64] = '!';
	ck_assert_ptr_nonnull(strstr(pruned("(a+)+", "", stack), "aaa!"));
	ck_assert_uint_eq(m.p.nnotes, 1);
	ck_assert_ptr_nonnull(strstr(prof_profile_str(&m.p,
	    m.p.note[0].text), "takes too long"));
	ck_assert_ptr_nonnull(strstr(pruned("a.*", "(a+)+", stack), "aaa!"));
	ck_assert_uint_eq(m.p.nnotes, 1);
	ck_assert_ptr_nonnull(strstr(pruned("(a*)*b", "", stack), "aaa!"));
}
END_TEST

START_TEST(a_stack_may_be_a_million_frames_deep)
{
	size_t i, n = 1000000;
	prof_loc *run = prof_alloc(n, sizeof *run);
	int64_t one = 1;

	for (i = 0; i < n; i++)
		run[i] = i == 0 ? make_named(&m, "f", 1) : run[0];
	run[n / 2] = make_named(&m, "malloc", 6);
	make_values(&m, prof_builder_stack(&m.b, run, n), 0, &one);
	m.p.meta.drop_frames = make_str(&m, "malloc");
	prof_filter_prune(&m.p, STEPS);
	prof_profile_stack(&m.p, 1, &i);
	ck_assert_uint_eq(i, n / 2 - 1);
	free(run);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("prune");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_first_dropped_frame_goes_with_all_it_called);
	tcase_add_test(tc, dropped_frames_at_the_root_stay);
	tcase_add_test(tc, a_pattern_must_match_the_whole_name);
	tcase_add_test(tc, a_kept_name_is_not_dropped);
	tcase_add_test(tc, names_are_compared_without_parameters);
	tcase_add_test(tc, a_location_goes_whole_by_its_outermost_line);
	tcase_add_test(tc,
	    an_inlined_match_leaves_the_lines_outside_of_it);
	tcase_add_test(tc,
	    an_inlined_match_at_the_root_only_loses_its_lines);
	tcase_add_test(tc, all_stacks_are_pruned);
	tcase_add_test(tc, pruning_twice_is_pruning_once);
	tcase_add_test(tc, locations_without_lines_are_not_dropped);
	tcase_add_test(tc, a_wrong_pattern_is_noted_and_not_used);
	tcase_add_test(tc,
	    a_catastrophic_pattern_is_noted_and_matches_nothing);
	tcase_add_test(tc, a_stack_may_be_a_million_frames_deep);
	return test_main("prune", tc);
}
