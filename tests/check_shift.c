/* SPDX-License-Identifier: MIT */
#include "libanalysis/shift.h"

#include "libanalysis/nomem.h"
#include "tests/compare.h"

static struct compare c;
static struct prof_context x;
static struct prof_culprit_scan s;
static struct prof_culprit u;
static struct prof_shift sh;
static bool *wanted;

/* What of name grew, by hand: a part in all contexts. */
static void
look(const char *base, const char *now, enum prof_culprit_part part,
    const char *name, double phi, bool down)
{
	struct prof_culprit_noise noise = { .s = 1, .per = { 1, 1 },
	    .phi = { phi, phi } };

	compare_add(&c, "a", base);
	compare_add(&c, "b", now);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	prof_context_init(&x, &c.d, 0);
	wanted = prof_zalloc((size_t)c.d.match.n + 1, sizeof *wanted);
	prof_culprit_init(&s, &x, &noise, wanted, down);
	prof_culprit_at(&s, part, compare_find(&c, name), &u);
	prof_shift_of(&sh, &s, &u);
}

static bool
moved_from(const char *name)
{
	size_t i;

	for (i = 0; i < sh.ngroup; i++)
		if (sh.group[i] == compare_find(&c, name))
			return true;
	return false;
}

static void
done(void)
{
	prof_shift_release(&sh);
	prof_culprit_release(&s);
	prof_context_release(&x);
	compare_done(&c);
	free(wanted);
}

START_TEST(an_inlined_callee_is_no_growth)
{
	look("m;f 100\nm;f;g 200\nm 700", "m;f 300\nm 700",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(sh.shifted);
	ck_assert_uint_eq(sh.ngroup, 1);
	ck_assert(moved_from("g"));
	ck_assert_double_eq(sh.delta, 0);
	ck_assert_double_lt(sh.low, 0);
	ck_assert_double_gt(sh.high, 0);
	done();
}
END_TEST

START_TEST(in_all_callers_that_it_was_inlined_into)
{
	look("m;a;f 50\nm;a;f;g 100\nm;b;f 50\nm;b;f;g 100",
	    "m;a;f 150\nm;b;f 150", PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(sh.shifted);
	done();
}
END_TEST

START_TEST(callees_of_the_inlined_one_are_called_in_its_place)
{
	look("m;f 100\nm;f;g 200\nm;f;g;h 900", "m;f 300\nm;f;h 900",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(sh.shifted);
	ck_assert_double_eq(sh.delta, 0);
	done();
}
END_TEST

START_TEST(a_callee_of_the_inlined_one_does_not_hide_growth)
{
	look("m;f 100\nm;f;g 20\nm;f;g;h 900", "m;f 500\nm;f;h 900",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
}
END_TEST

START_TEST(growth_on_top_of_inlining_is_growth)
{
	look("m;f 100\nm;f;g 100\nm 700", "m;f 500\nm 700",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	ck_assert_uint_eq(sh.n, 0);
	done();
}
END_TEST

START_TEST(a_surplus_that_is_proved_is_growth)
{
	look("m;f 1000\nm;f;g 2000\nm 70000", "m;f 4400\nm 70000",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
	look("m;f 1000\nm;f;g 2000\nm 20000", "m;f 3600\nm 20000",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
	look("m;f 1000\nm;f;g 2000\nm 70000", "m;f 3600\nm 70000",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(sh.shifted);
	done();
}
END_TEST

START_TEST(noise_of_what_an_inlined_callee_calls_does_not_count)
{
	look("m;f 100\nm;f;g 200\nm;f;g;h 20000", "m;f 300\nm;f;h 20000",
	    PROF_CULPRIT_SELF, "f", 0.0025, false);
	ck_assert(sh.shifted);
	ck_assert_double_eq(sh.delta, 0);
	done();
}
END_TEST

START_TEST(a_small_callee_that_is_gone_explains_what_chance_does_not)
{
	look("m;f 150\nm;f;g 80\nm 700", "m;f 270\nm 700",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(sh.shifted);
	done();
	look("m;f 150\nm;f;g 84\nm 700", "m;f 270\nm;f;g 4\nm 700",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
	look("m;f 150\nm;f;g 80\nm 700", "m;f 330\nm 700",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
}
END_TEST

START_TEST(a_subtree_that_moved_up_and_grew_is_growth)
{
	look("m;c 700\nm;c;f 50\nm;d;f 300", "m;c 700\nm;f 200\nm;d;f 300",
	    PROF_CULPRIT_TREE, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
}
END_TEST

START_TEST(a_function_made_of_a_part_of_its_caller_is_no_growth)
{
	look("m;p 300\nm 700", "m;p 100\nm;p;f 200\nm 700",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(sh.shifted);
	ck_assert(moved_from("p"));
	done();
	look("m;p 300\nm;p;h 400", "m;p 100\nm;p;f 200\nm;p;f;h 400",
	    PROF_CULPRIT_TREE, "f", 0, false);
	ck_assert(sh.shifted);
	ck_assert(moved_from("p") && moved_from("h"));
	done();
}
END_TEST

START_TEST(work_that_moved_within_a_file_is_no_growth)
{
	look("m;a;f@x.c 100\nm;b;g@x.c 400\nm;d;h@y.c 500",
	    "m;a;f@x.c 300\nm;b;g@x.c 200\nm;d;h@y.c 500",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(sh.shifted);
	ck_assert(moved_from("g"));
	done();
	look("m;a;f@x.c 100\nm;b;g@z.c 400\nm;d;h@y.c 500",
	    "m;a;f@x.c 300\nm;b;g@z.c 200\nm;d;h@y.c 500",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
}
END_TEST

START_TEST(without_files_a_class_tells_what_belongs_together)
{
	look("m;a;K.f 100\nm;b;K.g 400", "m;a;K.f 300\nm;b;K.g 200",
	    PROF_CULPRIT_SELF, "K.f", 0, false);
	ck_assert(sh.shifted);
	done();
	look("m;a;K.f 100\nm;b;L.g 400", "m;a;K.f 300\nm;b;L.g 200",
	    PROF_CULPRIT_SELF, "K.f", 0, false);
	ck_assert(!sh.shifted);
	done();
	look("m;a;f 100\nm;b;g 400", "m;a;f 300\nm;b;g 200",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
}
END_TEST

START_TEST(calls_that_others_made_are_no_growth)
{
	look("m;f 100\nm;p 100\nm;p;h 900\nm;p;h;h 90\nm;q;h 900",
	    "m;f 100\nm;f;h 900\nm;f;h;h 90\nm;p 100\nm;q;h 900",
	    PROF_CULPRIT_TREE, "f", 0, false);
	ck_assert(sh.shifted);
	ck_assert_double_eq(sh.delta, 0);
	ck_assert(moved_from("p"));
	ck_assert(!moved_from("q"));
	prof_culprit_take(&s, u.part, u.id);
	prof_shift_take(&sh, &s);
	prof_culprit_count(&s);
	ck_assert_double_eq(s.of[PROF_CULPRIT_NODE_TREE].x[0], 1000);
	ck_assert_double_eq(s.of[PROF_CULPRIT_NODE_TREE].y[0], 1000);
	done();
	look("m;f 100\nm;p 100\nm;p;h 900\nm;q;h 900",
	    "m;f 100\nm;f;h 1900\nm;p 100\nm;q;h 900",
	    PROF_CULPRIT_TREE, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
	look("m;f 100\nm;p 100\nm;p;h 9000", "m;f 100\nm;f;h 1000\n"
	    "m;p 100\nm;p;h 8000", PROF_CULPRIT_TREE, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
	look("m;f 100\nm;p;h 900", "m;f 1000\nm;f;h 900\nm;p 1",
	    PROF_CULPRIT_TREE, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
}
END_TEST

START_TEST(a_large_improvement_in_the_file_hides_nothing)
{
	look("m;a;f@x.c 100\nm;b;g@x.c 900", "m;a;f@x.c 300\nm;b;g@x.c 200",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
}
END_TEST

START_TEST(a_group_too_noisy_to_tell_hides_nothing)
{
	look("m;f 1000\nm;f;g 20000", "m;f 2000\nm;f;g 19000",
	    PROF_CULPRIT_SELF, "f", 0.0025, false);
	ck_assert(!sh.shifted);
	done();
}
END_TEST

START_TEST(a_callee_that_fell_by_chance_hides_nothing)
{
	look("m;f 100\nm;f;g 110", "m;f 200\nm;f;g 90",
	    PROF_CULPRIT_SELF, "f", 0, false);
	ck_assert(!sh.shifted);
	done();
}
END_TEST

START_TEST(what_was_inlined_is_no_improvement)
{
	look("m;f 100\nm;f;g 200\nm 700", "m;f 300\nm 700",
	    PROF_CULPRIT_SELF, "g", 0, true);
	ck_assert(sh.shifted);
	ck_assert(moved_from("f"));
	done();
}
END_TEST

START_TEST(what_moved_is_taken_out_and_nothing_else)
{
	look("m;f 100\nm;f;g 200\nm;f;g;h 50\nm 700", "m;f 300\nm;f;h 50\n"
	    "m 700", PROF_CULPRIT_SELF, "f", 0, false);
	prof_culprit_take(&s, u.part, u.id);
	prof_shift_take(&sh, &s);
	prof_culprit_count(&s);
	ck_assert_double_eq(s.of[PROF_CULPRIT_NODE_TREE].x[0], 750);
	ck_assert_double_eq(s.of[PROF_CULPRIT_NODE_TREE].y[0], 750);
	done();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("shift");

	tcase_add_test(tc, an_inlined_callee_is_no_growth);
	tcase_add_test(tc, in_all_callers_that_it_was_inlined_into);
	tcase_add_test(tc,
	    callees_of_the_inlined_one_are_called_in_its_place);
	tcase_add_test(tc, a_callee_of_the_inlined_one_does_not_hide_growth);
	tcase_add_test(tc, growth_on_top_of_inlining_is_growth);
	tcase_add_test(tc, a_surplus_that_is_proved_is_growth);
	tcase_add_test(tc,
	    noise_of_what_an_inlined_callee_calls_does_not_count);
	tcase_add_test(tc,
	    a_small_callee_that_is_gone_explains_what_chance_does_not);
	tcase_add_test(tc, a_subtree_that_moved_up_and_grew_is_growth);
	tcase_add_test(tc,
	    a_function_made_of_a_part_of_its_caller_is_no_growth);
	tcase_add_test(tc, work_that_moved_within_a_file_is_no_growth);
	tcase_add_test(tc,
	    without_files_a_class_tells_what_belongs_together);
	tcase_add_test(tc, calls_that_others_made_are_no_growth);
	tcase_add_test(tc, a_large_improvement_in_the_file_hides_nothing);
	tcase_add_test(tc, a_group_too_noisy_to_tell_hides_nothing);
	tcase_add_test(tc, a_callee_that_fell_by_chance_hides_nothing);
	tcase_add_test(tc, what_was_inlined_is_no_improvement);
	tcase_add_test(tc, what_moved_is_taken_out_and_nothing_else);
	return compare_main("shift", tc);
}
