/* SPDX-License-Identifier: MIT */
#include "libanalysis/comparable.h"

#include "tests/compare.h"

static struct compare c;
static struct prof_warnings w;

static void
two(const char *base, const char *newer)
{
	compare_add(&c, "a.prof", base);
	compare_add(&c, "b.prof", newer);
}

static void
comment(unsigned run, const char *text)
{
	prof_profile_add_comment(&c.p[run], prof_strs_adds(&c.p[run].strs,
	    text));
}

static void
label(unsigned run, const char *key, const char *value)
{
	struct prof_profile *p = &c.p[run];
	struct prof_label l = { .key = prof_strs_adds(&p->strs, key),
	    .str = prof_strs_adds(&p->strs, value) };
	struct prof_builder b;

	prof_builder_init(&b, p, NULL);
	p->set[0] = prof_builder_set(&b, &l, 1);
	prof_builder_release(&b);
}

static void
period(unsigned run, int64_t ns)
{
	c.p[run].meta.period = ns;
	c.p[run].meta.period_unit = prof_strs_adds(&c.p[run].strs,
	    "nanoseconds");
}

static void
format(unsigned run, const char *name)
{
	c.p[run].meta.format = prof_strs_adds(&c.p[run].strs, name);
}

/* All warnings, parted by " | ". */
static void
assert_said(const struct prof_comparable_how *how, const char *want)
{
	struct prof_comparable_how all = { .functions = true };
	struct prof_buf b = { 0 };
	size_t i;

	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	prof_comparable_warn(&c.d, how != NULL ? how : &all, &w);
	for (i = 0; i < w.n; i++)
		prof_buf_addf(&b, "%s%s", i > 0 ? " | " : "", w.of[i].text);
	ck_assert_str_eq(prof_buf_str(&b), want);
	prof_buf_release(&b);
	prof_warnings_release(&w);
	compare_done(&c);
}

static void
assert_comparable(int want, bool functions)
{
	struct prof_comparable_how how = { .functions = functions };

	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_int_eq(prof_comparable(&c.d, &how, &c.err), want);
	compare_done(&c);
}

START_TEST(sides_alike_are_not_warned_of)
{
	two("m;f 5", "m;f 6");
	period(0, 10);
	period(1, 10);
	format(0, "pprof");
	format(1, "pprof");
	comment(0, "host=a");
	comment(1, "host=a");
	comment(1, "ticket=7");
	assert_said(NULL, "");
}
END_TEST

START_TEST(lengths_may_differ_by_twice)
{
	two("m;f 5", "m;f 6");
	c.p[0].meta.duration_ns = 10000000000;
	c.p[1].meta.duration_ns = 20000000000;
	assert_said(NULL, "");
	two("m;f 5", "m;f 6");
	c.p[0].meta.duration_ns = 10000000000;
	c.p[1].meta.duration_ns = 21000000000;
	assert_said(NULL, "base was recorded for 10 s, new for 21 s: "
	    "--normalize duration compares them per time");
}
END_TEST

START_TEST(lengths_do_not_count_once_scaled)
{
	struct prof_comparable_how how = { .scaled = true };

	two("m;f 5", "m;f 6");
	c.p[0].meta.duration_ns = 1;
	c.p[1].meta.duration_ns = 100;
	assert_said(&how, "");
}
END_TEST

START_TEST(periods_and_formats_that_differ_are_said_once)
{
	two("m;f 5", "m;f 6");
	compare_add(&c, "c.prof", "m;f 6");
	period(0, 1000000);
	period(1, 10000000);
	period(2, 10000000);
	format(0, "pprof");
	format(1, "folded");
	format(2, "folded");
	assert_said(NULL, "formats differ: pprof and folded | "
	    "sampling periods differ: 1 ms and 10 ms");
}
END_TEST

START_TEST(machines_are_told_by_comments_and_labels)
{
	two("m;f 5", "m;f 6");
	comment(0, "# hostname : a");
	comment(1, "host=b");
	comment(0, "Build Mode: debug");
	comment(1, "build-mode=release");
	comment(0, "arch=arm64");
	comment(1, "version=2");
	assert_said(NULL, "build mode differs: debug and release | "
	    "host differs: a and b");
	two("m;f 5", "m;f 6");
	label(0, "goarch", "arm64");
	label(1, "goarch", "amd64");
	assert_said(NULL, "architecture differs: arm64 and amd64");
}
END_TEST

START_TEST(the_label_that_parts_the_sides_differs)
{
	struct prof_comparable_how how = { .by = "host" };

	two("m;f 5", "m;f 6");
	label(0, "host", "a");
	label(1, "host", "b");
	assert_said(&how, "");
}
END_TEST

START_TEST(frames_of_the_profiler_may_differ_by_a_hundredth)
{
	two("m;f 990\n_lsprof.x 10", "m;f 980\n_lsprof.x 20");
	assert_said(NULL, "");
	two("m;f 990\n_lsprof.x 10", "m;f 970\n_lsprof.x 30");
	assert_said(NULL, "frames of the profiler itself: 1.0% of base and "
	    "3.0% of new");
}
END_TEST

START_TEST(frames_without_a_name_may_differ_by_a_tenth)
{
	two("m;f 900\n[unknown] 100", "m;f 800\n[unknown] 200");
	assert_said(NULL, "");
	two("m;f 900\n[unknown] 100", "m;f 790\n[unknown] 210");
	assert_said(NULL, "frames without a name: 10.0% of base and 21.0% "
	    "of new");
}
END_TEST

/* Call the row that is called was on both sides something else. */
static void
rename_row(const char *was, const char *name)
{
	struct prof_row *row;
	unsigned run;
	uint32_t i;

	for (run = 0; run < 2; run++)
		for (i = 0; i < c.rows[run].n; i++) {
			row = &c.rows[run].row[i];
			if (strcmp(row->name, was) != 0)
				continue;
			row->name = name;
			row->name_len = (uint32_t)strlen(name);
		}
}

START_TEST(a_function_without_a_name_counts_as_such)
{
	two("m;f 900\nm;x 100", "m;f 700\nm;x 300");
	rename_row("x", "");
	assert_said(NULL, "frames without a name: 10.0% of base and 30.0% "
	    "of new");
}
END_TEST

START_TEST(of_rows_of_several_names_the_last_one_has_the_self)
{
	struct prof_comparable_how how = { .joined = true };

	two("f 10\ng 90", "f 90\ng 90");
	rename_row("f", "runtime/pprof.Do;f");
	assert_said(&how, "");
	two("f 10\ng 90", "f 90\ng 90");
	rename_row("f", "m;_lsprof.x");
	assert_said(&how, "frames of the profiler itself: 10.0% of base and "
	    "50.0% of new");
}
END_TEST

START_TEST(rows_that_are_no_parts_have_no_shares)
{
	struct prof_comparable_how how = { .other = true };

	two("m;f 990\n_lsprof.x 10", "m;f 500\n_lsprof.x 500");
	assert_said(&how, "");
}
END_TEST

/* A stack of n frames below root. */
static void
deep(struct prof_buf *b, const char *root, unsigned n, unsigned value)
{
	unsigned i;

	prof_buf_adds(b, root);
	for (i = 1; i < n; i++)
		prof_buf_addf(b, ";f%u", i);
	prof_buf_addf(b, " %u\n", value);
}

static void
assert_deep(const char *other, unsigned n, unsigned rest, const char *want)
{
	struct prof_buf b = { 0 };

	deep(&b, "x", n, 5);
	deep(&b, other, n, 5);
	prof_buf_addf(&b, "m;f %u", rest);
	two(prof_buf_str(&b), "m;f 5");
	prof_buf_release(&b);
	assert_said(NULL, want);
}

START_TEST(stacks_of_one_length_and_several_roots_are_cut)
{
	static const char said[] = "stacks seem to be cut off at 32 frames: "
	    "totals of callers are too small";

	assert_deep("y", 32, 100, said);
	assert_deep("y", 32, 190, said);
	assert_deep("y", 32, 200, "");	/* below 5 % */
	assert_deep("y", 31, 100, "");
	assert_deep("x", 32, 100, "");	/* deep, but from its root */
}
END_TEST

START_TEST(sides_without_a_common_function_are_refused)
{
	two("m;f 5", "n;g 5");
	assert_comparable(PROF_EMISMATCH, true);
	two("m;f 5", "n;g 5");
	assert_comparable(PROF_OK, false);
	two("m;f 5", "m;g 5");
	assert_comparable(PROF_OK, true);
	two("m;f 5", "");
	assert_comparable(PROF_OK, true);
}
END_TEST

static void
heap(unsigned run, int64_t rate)
{
	c.p[run].meta.period = rate;
	c.p[run].meta.period_type = prof_strs_adds(&c.p[run].strs, "space");
}

static void
add_heap(const char *name)
{
	compare_type(&c, "inuse_objects", "count");
	compare_type(&c, "inuse_space", "bytes");
	compare_samples(&c, name, "m;f 5");
}

START_TEST(every_event_is_not_compared_with_samples)
{
	add_heap("a");
	add_heap("b");
	heap(0, 1);
	heap(1, 524288);
	assert_comparable(PROF_EMISMATCH, true);
	add_heap("a");
	add_heap("b");
	heap(0, 1);
	heap(1, 1);
	assert_comparable(PROF_OK, true);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("comparable");

	tcase_add_test(tc, sides_alike_are_not_warned_of);
	tcase_add_test(tc, lengths_may_differ_by_twice);
	tcase_add_test(tc, lengths_do_not_count_once_scaled);
	tcase_add_test(tc, periods_and_formats_that_differ_are_said_once);
	tcase_add_test(tc, machines_are_told_by_comments_and_labels);
	tcase_add_test(tc, the_label_that_parts_the_sides_differs);
	tcase_add_test(tc, frames_of_the_profiler_may_differ_by_a_hundredth);
	tcase_add_test(tc, frames_without_a_name_may_differ_by_a_tenth);
	tcase_add_test(tc, a_function_without_a_name_counts_as_such);
	tcase_add_test(tc, of_rows_of_several_names_the_last_one_has_the_self);
	tcase_add_test(tc, rows_that_are_no_parts_have_no_shares);
	tcase_add_test(tc, stacks_of_one_length_and_several_roots_are_cut);
	tcase_add_test(tc, sides_without_a_common_function_are_refused);
	tcase_add_test(tc, every_event_is_not_compared_with_samples);
	return compare_main("comparable", tc);
}
