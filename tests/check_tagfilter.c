/* SPDX-License-Identifier: MIT */
#include "libanalysis/tagfilter.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/check.h"
#include "libanalysis/label.h"
#include "libanalysis/merge.h"
#include "tests/edges.h"
#include "tests/invent.h"
#include "tests/labelled.h"
#include "tests/same.h"
#include "tests/support.h"

#define STEPS 1000000

static struct made m;
static struct prof_err err;
static struct prof_buf b;
static bool matched;

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

/* The values that are left, in the order of the samples: "1 2 4". */
static const char *
left(void)
{
	uint32_t i;

	prof_buf_clear(&b);
	for (i = 0; i < m.p.nsamples; i++)
		if (m.p.value[0][i] != 0)
			prof_buf_addf(&b, b.len > 0 ? " %lld" : "%lld",
			    (long long)m.p.value[0][i]);
	return prof_buf_str(&b);
}

/* Make the samples 1, 2, 4, 8 ... of a list of labels ended by NULL. */
static void
begin(const char *const *labels)
{
	int64_t v = 1;

	make_drop(&m);
	make_start(&m, "cpu", "ns");
	for (; *labels != NULL; labels++, v *= 2)
		labelled(&m, "main;f", *labels, v);
}

#define BEGIN(...) begin((const char *const[]){ __VA_ARGS__, NULL })

static const char *
focus(const char *tags)
{
	ck_assert_msg(prof_tagfilter_focus(&m.p, tags, true, STEPS, &matched,
	    &err) == PROF_OK, "%s", err.msg);
	return left();
}

static const char *
ignore(const char *tags)
{
	ck_assert_msg(prof_tagfilter_focus(&m.p, tags, false, STEPS,
	    &matched, &err) == PROF_OK, "%s", err.msg);
	return left();
}

static void
some_texts(void)
{
	BEGIN("key1=tag1 key2=tag1", "key1=tag2", "key1=tag2 key3=x",
	    "key2=tag1", "", "bytes=5");
}

START_TEST(without_a_key_patterns_try_key_and_text)
{
	some_texts();
	ck_assert_str_eq(focus("key1:tag2"), "2 4");
	some_texts();
	ck_assert_str_eq(focus("^key2:"), "1 8");
	some_texts();
	ck_assert_str_eq(focus("tag1$"), "1 8");
	some_texts();
	ck_assert_str_eq(focus(""), "1 2 4 8");
}
END_TEST

START_TEST(without_a_key_each_pattern_must_match_some_label)
{
	some_texts();
	ck_assert_str_eq(focus("tag2,key3"), "4");
	some_texts();
	ck_assert_str_eq(focus("key1,key2"), "1");
	some_texts();
	ck_assert_str_eq(focus("key1,nothing"), "");
	ck_assert(!matched);
}
END_TEST

START_TEST(with_a_key_any_pattern_may_match_the_text)
{
	some_texts();
	ck_assert_str_eq(focus("key1=tag1,2$"), "1 2 4");
	some_texts();
	ck_assert_str_eq(focus("key1=nothing,tag1"), "1");
	some_texts();
	ck_assert_str_eq(focus("key2=tag"), "1 8");
	some_texts();
	ck_assert_str_eq(focus("key2=key2"), "");
	some_texts();
	ck_assert_str_eq(focus("nokey=."), "");
	some_texts();
	ck_assert_str_eq(focus("=key2"), "1 8");
}
END_TEST

START_TEST(a_key_is_no_pattern)
{
	some_texts();
	ck_assert_str_eq(focus("key.=tag"), "");
	BEGIN("a=b=c", "a=b");
	ck_assert_str_eq(focus("a=b=c"), "1");
}
END_TEST

START_TEST(what_matches_is_dropped_by_ignore)
{
	some_texts();
	ck_assert_str_eq(ignore("key1=tag2"), "1 8 16 32");
	ck_assert(matched);
	ck_assert_str_eq(ignore("key1=tag2"), "1 8 16 32");
	ck_assert(!matched);
}
END_TEST

static void
some_numbers(void)
{
	BEGIN("bytes=409600", "bytes=1638400/bytes", "bytes=102400 request=5",
	    "bytes=text", "", "wait=400/ms", "status=200", "pid=12 kb=400",
	    "odd=7/widgets");
}

START_TEST(a_range_tests_numbers_with_their_units)
{
	some_numbers();
	ck_assert_str_eq(focus("400kb"), "1 128");
	some_numbers();
	ck_assert_str_eq(focus("400kb:"), "1 2 128");
	some_numbers();
	ck_assert_str_eq(focus(":100kb"), "4");
	some_numbers();
	ck_assert_str_eq(focus("0.1s:1s"), "32");
	some_numbers();
	ck_assert_str_eq(focus("request=:5b"), "4");
	some_numbers();
	ck_assert_str_eq(focus("bytes=400kb:1mb"), "1");
	ck_assert(matched);
}
END_TEST

START_TEST(decimals_make_a_range_and_no_pattern)
{
	BEGIN("bytes=1572864", "name=1x5mb", "bytes=1572865");
	ck_assert_str_eq(focus("1.5mb"), "1");
	BEGIN("bytes=1572864", "name=v1.5mb");
	ck_assert_str_eq(focus("(1.5mb)"), "2");
}
END_TEST

START_TEST(numbers_without_a_unit_are_raw)
{
	some_numbers();
	ck_assert_str_eq(focus("status=200"), "64");
	some_numbers();
	ck_assert_str_eq(focus("pid=10:20"), "128");
	some_numbers();
	ck_assert_str_eq(focus("odd=7"), "256");
	some_numbers();
	ck_assert_str_eq(focus("status=200ms"), "");
	some_numbers();
	ck_assert_str_eq(focus("400000000"), "32");
}
END_TEST

START_TEST(numbers_are_never_tried_as_texts)
{
	some_numbers();
	ck_assert_str_eq(focus("bytes"), "8");
	some_numbers();
	ck_assert_str_eq(focus("status=[2]00"), "");
}
END_TEST

START_TEST(several_numbers_of_a_key_may_match)
{
	BEGIN("bytes=1 bytes=2048", "bytes=1 bytes=2");
	ck_assert_str_eq(focus("1kb:"), "1");
}
END_TEST

START_TEST(mistakes_change_nothing)
{
	some_texts();
	ck_assert_int_eq(prof_tagfilter_focus(&m.p, "key1=a,(", true, STEPS,
	    &matched, &err), PROF_EPATTERN);
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(prof_tagfilter_focus(&m.p, "key1=4:2", true, STEPS,
	    &matched, &err), PROF_EUSAGE);
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(prof_tagfilter_keys(&m.p, "(", true, STEPS,
	    &matched, &err), PROF_EPATTERN);
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(prof_tagfilter_task(&m.p, PROF_TASK_THREAD, "(",
	    STEPS, &matched, &err), PROF_EPATTERN);
	ck_assert_str_eq(left(), "1 2 4 8 16 32");
}
END_TEST

START_TEST(a_costly_pattern_is_an_error)
{
	BEGIN("thread=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
	ck_assert_int_eq(prof_tagfilter_focus(&m.p, "(a+)+$", true, 1000,
	    &matched, &err), PROF_EPATTERN);
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(prof_tagfilter_task(&m.p, PROF_TASK_THREAD,
	    "(a+)+$", 1000, &matched, &err), PROF_EPATTERN);
}
END_TEST

START_TEST(dropped_samples_do_not_match)
{
	some_texts();
	ck_assert_str_eq(focus("key3"), "4");
	ck_assert_str_eq(focus("key2"), "");
	ck_assert(!matched);
	ck_assert_int_eq(prof_tagfilter_keys(&m.p, "key", false, STEPS,
	    &matched, &err), PROF_OK);
	ck_assert(!matched);
}
END_TEST

static const char *
task(enum prof_task what, const char *pattern)
{
	ck_assert_int_eq(prof_tagfilter_task(&m.p, what, pattern, STEPS,
	    &matched, &err), PROF_OK);
	return left();
}

START_TEST(threads_are_found_by_any_name_of_the_key)
{
	static const char *const keys[] = { "thread=ok", "tid=7", "comm=ok",
	    "thread_id=7", "Thread-Name=ok", "threadName=ok", "THREAD_ID=7",
	    "threadid=7", NULL };

	begin(keys);
	ck_assert_str_eq(task(PROF_TASK_THREAD, "^(ok|7)$"),
	    "1 2 4 8 16 32 64 128");
	ck_assert_str_eq(task(PROF_TASK_THREAD, "^7$"), "2 8 64 128");
	begin(keys);
	ck_assert_str_eq(task(PROF_TASK_PROCESS, "."), "4");
}
END_TEST

START_TEST(a_blank_in_a_key_does_not_count)
{
	struct prof_label l = { 0 };
	const int64_t one = 1;

	l.key = make_str(&m, "Thread id");
	l.num = -7;
	make_values(&m, make_stack(&m, "f"), prof_builder_set(&m.b, &l, 1),
	    &one);
	ck_assert_str_eq(task(PROF_TASK_THREAD, "^-7$"), "1");
}
END_TEST

START_TEST(processes_are_found_by_any_name_of_the_key)
{
	BEGIN("process=ok", "pid=7", "process_id=7", "process-name=ok",
	    "comm=ok", "ppid=7", "thread=ok", "processor=7", "proces=7");
	ck_assert_str_eq(task(PROF_TASK_PROCESS, "ok|7"), "1 2 4 8 16");
	ck_assert(matched);
	ck_assert_str_eq(task(PROF_TASK_PROCESS, "nobody"), "");
	ck_assert(!matched);
}
END_TEST

static const char *
keys(const char *pattern, bool keep)
{
	uint32_t i;

	ck_assert_int_eq(prof_tagfilter_keys(&m.p, pattern, keep, STEPS,
	    &matched, &err), PROF_OK);
	prof_buf_clear(&b);
	for (i = 0; i < m.p.nsamples; i++) {
		prof_buf_addc(&b, '[');
		labelled_put(&b, &m.p, m.p.set[i]);
		prof_buf_addc(&b, ']');
	}
	return prof_buf_str(&b);
}

START_TEST(keys_of_texts_and_numbers_are_shown_or_hidden)
{
	BEGIN("a=x b=y n=1", "n=2/ms", "", "b=z");
	ck_assert_str_eq(keys("[an]", true), "[a=x n=1/][n=2/ms][][]");
	ck_assert(matched);
	BEGIN("a=x b=y n=1", "n=2/ms", "", "b=z");
	ck_assert_str_eq(keys("[an]", false), "[b=y][][][b=z]");
	ck_assert(matched);
	ck_assert_str_eq(keys("x", false), "[b=y][][][b=z]");
	ck_assert(!matched);
	ck_assert_str_eq(keys("x", true), "[][][][]");
	ck_assert(!matched);
	ck_assert_str_eq(left(), "1 2 4 8");
}
END_TEST

START_TEST(a_merge_joins_sets_that_have_become_equal)
{
	struct prof_merge *merge = prof_merge_new();
	struct prof_profile sum = { 0 };

	BEGIN("a=x b=y", "a=x b=z", "b=z");
	keys("b", false);
	ck_assert_int_eq(prof_merge_add(merge, &m.p, "it", &err), PROF_OK);
	ck_assert_int_eq(prof_merge_finish(merge, &sum, &err), PROF_OK);
	ck_assert_uint_eq(sum.nsamples, 2);
	ck_assert_int_eq(sum.value[0][0] + sum.value[0][1], 7);
	ck_assert_uint_eq(sum.sets.n, 1);
	prof_profile_release(&sum);
}
END_TEST

static void
with_edges(void)
{
	make_drop(&m);
	edges_start(&m);
	labelled(&m, "f", "a=x", 1);
	edges_own(&m, "f", 1, 1, 1);
}

START_TEST(edges_stay_until_a_sample_is_dropped)
{
	with_edges();
	focus("x");
	ck_assert_uint_eq(m.p.edges.n, 1);
	ignore("y");
	ck_assert_uint_eq(m.p.edges.n, 1);
	focus("y");
	ck_assert_uint_eq(m.p.edges.n, 0);
	with_edges();
	ignore("x");
	ck_assert_uint_eq(m.p.edges.n, 0);
	with_edges();
	prof_profile_drop_samples(&m.p);
	focus("x");
	ck_assert_uint_eq(m.p.edges.n, 0);
}
END_TEST

START_TEST(units_come_from_the_label_or_its_key)
{
	static const char *const some[][2] = { { "bytes=1", "bytes" },
	    { "alignment=1", "bytes" }, { "request=1", "bytes" },
	    { "request=1/kb", "kb" }, { "ms=1", "ms" }, { "pid=1", "" },
	    { "pid=1/odd", "odd" } };
	const struct prof_label *l;
	size_t i, n;

	for (i = 0; i < sizeof some / sizeof some[0]; i++) {
		l = prof_profile_set(&m.p, labelled_set(&m, some[i][0]), &n);
		ck_assert_str_eq(prof_label_unit(&m.p, l), some[i][1]);
	}
}
END_TEST

static const char *const invented[] = { "k0=t0", "k1", "t0,k1", "k0=t0,t1",
    "0", "k0=1:", ":0", "nix", "k0:t1", "k1=-1:0" };

/* Keep what matches, and drop it: together this is all of it. */
START_TEST(focus_and_ignore_split_the_total)
{
	static const struct invent_opts opts = { .cancel = true };
	struct prof_profile all, one, other;
	unsigned c;
	uint64_t seed;

	for (seed = 1; seed <= 100; seed++) {
		invent_profile(&all, seed, &opts);
		invent_profile(&one, seed, &opts);
		invent_profile(&other, seed, &opts);
		ck_assert_int_eq(prof_tagfilter_focus(&one, invented[_i],
		    true, STEPS, &matched, &err), PROF_OK);
		ck_assert_int_eq(prof_tagfilter_focus(&other, invented[_i],
		    false, STEPS, &matched, &err), PROF_OK);
		for (c = 0; c < all.ntypes; c++)
			ck_assert_int_eq(labelled_sum(&all, c),
			    labelled_sum(&one, c) + labelled_sum(&other, c));
		prof_profile_release(&all);
		prof_profile_release(&one);
		prof_profile_release(&other);
	}
}
END_TEST

static void
apply(struct prof_profile *p, int filter)
{
	const char *tags = invented[filter / 5];
	int rc;

	if (filter % 5 < 2)
		rc = prof_tagfilter_focus(p, tags, filter % 5 == 0, STEPS,
		    &matched, &err);
	else if (filter % 5 < 4)
		rc = prof_tagfilter_keys(p, tags, filter % 5 == 2, STEPS,
		    &matched, &err);
	else
		rc = prof_tagfilter_task(p, PROF_TASK_THREAD, tags, STEPS,
		    &matched, &err);
	ck_assert_msg(rc == PROF_OK, "%s", err.msg);
}

START_TEST(twice_is_as_good_as_once)
{
	static const struct invent_opts opts = { .edges = true };
	struct prof_profile once, twice;
	const char *differs;
	uint64_t seed;

	for (seed = 1; seed <= 50; seed++) {
		invent_profile(&once, seed, &opts);
		invent_profile(&twice, seed, &opts);
		apply(&once, _i);
		apply(&twice, _i);
		apply(&twice, _i);
		differs = same_profiles(&once, &twice);
		ck_assert_msg(differs == NULL, "%llu: %s",
		    (unsigned long long)seed, differs);
		ck_assert_int_eq(prof_profile_check(&once, &err), PROF_OK);
		prof_profile_release(&once);
		prof_profile_release(&twice);
	}
}
END_TEST

static void
add_property_tests(TCase *tc)
{
	int n = (int)(sizeof invented / sizeof invented[0]);

	tcase_add_loop_test(tc, focus_and_ignore_split_the_total, 0, n);
	tcase_add_loop_test(tc, twice_is_as_good_as_once, 0, 5 * n);
}

int
main(void)
{
	TCase *tc = tcase_create("tagfilter");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, without_a_key_patterns_try_key_and_text);
	tcase_add_test(tc,
	    without_a_key_each_pattern_must_match_some_label);
	tcase_add_test(tc, with_a_key_any_pattern_may_match_the_text);
	tcase_add_test(tc, a_key_is_no_pattern);
	tcase_add_test(tc, what_matches_is_dropped_by_ignore);
	tcase_add_test(tc, a_range_tests_numbers_with_their_units);
	tcase_add_test(tc, decimals_make_a_range_and_no_pattern);
	tcase_add_test(tc, numbers_without_a_unit_are_raw);
	tcase_add_test(tc, numbers_are_never_tried_as_texts);
	tcase_add_test(tc, several_numbers_of_a_key_may_match);
	tcase_add_test(tc, mistakes_change_nothing);
	tcase_add_test(tc, a_costly_pattern_is_an_error);
	tcase_add_test(tc, dropped_samples_do_not_match);
	tcase_add_test(tc, threads_are_found_by_any_name_of_the_key);
	tcase_add_test(tc, a_blank_in_a_key_does_not_count);
	tcase_add_test(tc, processes_are_found_by_any_name_of_the_key);
	tcase_add_test(tc, keys_of_texts_and_numbers_are_shown_or_hidden);
	tcase_add_test(tc, a_merge_joins_sets_that_have_become_equal);
	tcase_add_test(tc, edges_stay_until_a_sample_is_dropped);
	tcase_add_test(tc, units_come_from_the_label_or_its_key);
	add_property_tests(tc);
	return test_main("tagfilter", tc);
}
