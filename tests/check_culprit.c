/* SPDX-License-Identifier: MIT */
#include "libanalysis/culprit.h"

#include <math.h>

#include "libanalysis/nomem.h"
#include "tests/compare.h"

static struct compare c;
static struct prof_context x;
static struct prof_culprit_scan s;
static struct prof_culprit u;
static bool *wanted;
static const struct prof_culprit_noise plain = { .s = 1, .per = { 1, 1 } };

/* All functions may be named. */
static void
scan(const char *base, const char *now, double share, bool down)
{
	compare_add(&c, "a", base);
	compare_add(&c, "b", now);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	prof_context_init(&x, &c.d, share);
	wanted = prof_alloc((size_t)c.d.match.n + 1, sizeof *wanted);
	memset(wanted, 1, ((size_t)c.d.match.n + 1) * sizeof *wanted);
	wanted[0] = false;
	prof_culprit_init(&s, &x, &plain, wanted, down);
}

static void
done(void)
{
	prof_culprit_release(&s);
	prof_context_release(&x);
	compare_done(&c);
	free(wanted);
}

static void
expect(enum prof_culprit_part part, const char *name, const char *caller)
{
	ck_assert(prof_culprit_best(&s, &u));
	ck_assert_uint_eq(u.part, part);
	ck_assert_uint_eq(u.class, compare_find(&c, name));
	ck_assert_uint_eq(u.caller, *caller != '\0' ?
	    compare_find(&c, caller) : 0);
}

static void
take(void)
{
	prof_culprit_take(&s, u.part, u.id);
	prof_culprit_count(&s);
}

START_TEST(no_growth_is_no_evidence)
{
	struct prof_culprit_noise half = plain;

	ck_assert_double_eq(prof_culprit_llr(&plain, 100, 100), 0);
	ck_assert_double_eq(prof_culprit_llr(&plain, 100, 90), 0);
	ck_assert_double_eq(prof_culprit_llr(&plain, 0, 7), 0);
	half.s = 0.5;
	ck_assert_double_eq(prof_culprit_llr(&half, 100, 50), 0);
	ck_assert_double_eq(prof_culprit_p(0), 1);
}
END_TEST

START_TEST(evidence_is_the_likelihood_ratio_of_poisson_counts)
{
	/* 30 ln 1.5 + 10 ln 0.5 */
	ck_assert_double_eq_tol(prof_culprit_llr(&plain, 10, 30),
	    5.232481437645479, 1e-12);
	ck_assert_double_eq_tol(prof_culprit_llr(&plain, 0, 20),
	    20 * log(2), 1e-12);
	/* erfc(1) / 2 */
	ck_assert_double_eq_tol(prof_culprit_p(1), 0.07864960352514258,
	    1e-12);
}
END_TEST

START_TEST(noise_of_runs_makes_evidence_weaker)
{
	struct prof_culprit_noise noisy = plain;

	noisy.phi[0] = noisy.phi[1] = 0.0025;
	/* 1 + 0.005 * 40000 / 4 = 51 */
	ck_assert_double_eq_tol(prof_culprit_llr(&noisy, 10000, 30000) * 51,
	    prof_culprit_llr(&plain, 10000, 30000), 1e-6);
}
END_TEST

START_TEST(a_function_is_named_and_not_its_callers)
{
	scan("m;a;b;f 100\nm;a 50\nm 200\nm;g 300",
	    "m;a;b;f 300\nm;a 50\nm 200\nm;g 300", 0, false);
	expect(PROF_CULPRIT_SELF, "f", "");
	ck_assert_double_eq(u.x, 100);
	ck_assert_double_eq(u.y, 300);
	take();
	ck_assert(!prof_culprit_best(&s, &u));
	done();
}
END_TEST

START_TEST(a_subtree_that_grew_as_a_whole_is_named_with_its_caller)
{
	scan("m;p;f 100\nm;p;f;a 100\nm;p;f;b 100\nm;p 90",
	    "m;p;f 200\nm;p;f;a 200\nm;p;f;b 200\nm;p 90", 0, false);
	expect(PROF_CULPRIT_PAIR_TREE, "f", "p");
	take();
	ck_assert(!prof_culprit_best(&s, &u));
	done();
}
END_TEST

START_TEST(calls_of_one_caller_are_told_from_those_of_all)
{
	scan("m;p;f;a 100\nm;p;f 100\nm;q;f;a 100\nm;q;f 100\n",
	    "m;p;f;a 200\nm;p;f 200\nm;q;f;a 100\nm;q;f 100\n", 0, false);
	expect(PROF_CULPRIT_PAIR_TREE, "f", "p");
	done();
	scan("m;p;f;a 100\nm;p;f 100\nm;q;f;a 100\nm;q;f 100\nm 900",
	    "m;p;f;a 200\nm;p;f 200\nm;q;f;a 200\nm;q;f 200\nm 900", 0,
	    false);
	expect(PROF_CULPRIT_TREE, "f", "");
	done();
}
END_TEST

START_TEST(one_caller_is_named_whatever_called_it)
{
	scan("m;a;p;f 100\nm;a;p;f;h 100\nm;b;p;f 90\nm;b;p;f;h 80\n"
	    "m;q;f 100\nm;q;f;h 100\nm 900",
	    "m;a;p;f 200\nm;a;p;f;h 200\nm;b;p;f 180\nm;b;p;f;h 160\n"
	    "m;q;f 100\nm;q;f;h 100\nm 900", 0, false);
	expect(PROF_CULPRIT_PAIR_TREE, "f", "p");
	done();
}
END_TEST

START_TEST(a_leaf_that_one_of_its_callers_calls_more_is_called_more)
{
	scan("m;p;f 100\nm;q;f 100\nm 300", "m;p;f 250\nm;q;f 100\nm 300",
	    0, false);
	expect(PROF_CULPRIT_PAIR_TREE, "f", "p");
	done();
	scan("m;p;f 100\nm;q;f 100\nm 300", "m;p;f 250\nm;q;f 250\nm 300",
	    0, false);
	expect(PROF_CULPRIT_SELF, "f", "");
	done();
}
END_TEST

START_TEST(calls_that_moved_to_another_caller_are_no_growth)
{
	scan("m;p;f 300\nm;q 100\nm 500", "m;q;f 310\nm;q 100\nm 500", 0,
	    false);
	wanted[compare_find(&c, "q")] = false;
	while (prof_culprit_best(&s, &u)) {
		ck_assert(u.class != compare_find(&c, "f") ||
		    u.part == PROF_CULPRIT_SELF ||
		    u.part == PROF_CULPRIT_TREE);
		take();
	}
	done();
}
END_TEST

START_TEST(recursion_counts_once)
{
	scan("m;f;g;f 50\nm;f 50", "m;f;g;f 80\nm;f 60", 0, false);
	ck_assert_double_eq(s.of[PROF_CULPRIT_TREE].x0[compare_find(&c,
	    "f")], 100);
	ck_assert_double_eq(s.of[PROF_CULPRIT_TREE].y0[compare_find(&c,
	    "f")], 140);
	ck_assert_double_eq(s.of[PROF_CULPRIT_SELF].y0[compare_find(&c,
	    "f")], 140);
	done();
}
END_TEST

START_TEST(what_calls_itself_is_named_with_who_else_calls_it)
{
	scan("m;p;q;c 50\nm;p;q;q;c 50\nm;p;q;q;q;c 50\nm;p;q 50\n"
	    "m;p;q;q 50\nm;p;q;q;q 50\nm 900",
	    "m;p;q;c 50\nm;p;q;q;c 250\nm;p;q;q;q;c 250\nm;p;q 50\n"
	    "m;p;q;q 250\nm;p;q;q;q 250\nm 900", 0, false);
	expect(PROF_CULPRIT_TREE, "q", "p");
	done();
}
END_TEST

START_TEST(two_culprits_come_one_after_the_other)
{
	scan("m;a;f 100\nm;b;g 100\nm 400", "m;a;f 400\nm;b;g 300\nm 400",
	    0, false);
	expect(PROF_CULPRIT_SELF, "f", "");
	take();
	expect(PROF_CULPRIT_SELF, "g", "");
	take();
	ck_assert(!prof_culprit_best(&s, &u));
	done();
}
END_TEST

START_TEST(decreases_are_found_with_sides_swapped)
{
	scan("m;a;f 300\nm;b 100\nm 400", "m;a;f 100\nm;b 100\nm 400", 0,
	    true);
	expect(PROF_CULPRIT_SELF, "f", "");
	ck_assert_double_eq(u.x, 100);
	ck_assert_double_eq(u.y, 300);
	done();
}
END_TEST

START_TEST(only_what_is_wanted_is_named)
{
	scan("m;a;f 100\nm;b;g 100\nm 400", "m;a;f 400\nm;b;g 300\nm 400",
	    0, false);
	prof_culprit_release(&s);
	memset(wanted, 0, c.d.match.n + 1);
	wanted[compare_find(&c, "g")] = true;
	prof_culprit_init(&s, &x, &plain, wanted, false);
	expect(PROF_CULPRIT_SELF, "g", "");
	take();
	ck_assert(!prof_culprit_best(&s, &u));
	done();
}
END_TEST

START_TEST(contexts_too_small_for_the_tree_still_count)
{
	scan("m;a;f 9\nm;b;f 9\nm;d;f 9\nm;a 250\nm;b 250\nm;d 250\n",
	    "m;a;f 18\nm;b;f 18\nm;d;f 18\nm;a 250\nm;b 250\nm;d 250\n",
	    0.05, false);
	ck_assert_uint_eq(s.of[PROF_CULPRIT_SELF].nodes[compare_find(&c,
	    "f")], 0);
	expect(PROF_CULPRIT_SELF, "f", "");
	ck_assert_double_eq(u.x, 27);
	ck_assert_double_eq(u.y, 54);
	take();
	ck_assert(!prof_culprit_best(&s, &u));
	done();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("culprit");

	tcase_add_test(tc, no_growth_is_no_evidence);
	tcase_add_test(tc, evidence_is_the_likelihood_ratio_of_poisson_counts);
	tcase_add_test(tc, noise_of_runs_makes_evidence_weaker);
	tcase_add_test(tc, a_function_is_named_and_not_its_callers);
	tcase_add_test(tc,
	    a_subtree_that_grew_as_a_whole_is_named_with_its_caller);
	tcase_add_test(tc, calls_of_one_caller_are_told_from_those_of_all);
	tcase_add_test(tc, one_caller_is_named_whatever_called_it);
	tcase_add_test(tc,
	    a_leaf_that_one_of_its_callers_calls_more_is_called_more);
	tcase_add_test(tc, calls_that_moved_to_another_caller_are_no_growth);
	tcase_add_test(tc, recursion_counts_once);
	tcase_add_test(tc,
	    what_calls_itself_is_named_with_who_else_calls_it);
	tcase_add_test(tc, two_culprits_come_one_after_the_other);
	tcase_add_test(tc, decreases_are_found_with_sides_swapped);
	tcase_add_test(tc, only_what_is_wanted_is_named);
	tcase_add_test(tc, contexts_too_small_for_the_tree_still_count);
	return compare_main("culprit", tc);
}
