/* SPDX-License-Identifier: MIT */
#include "libanalysis/findings.h"

#include <stdio.h>
#include <time.h>

#include "libanalysis/buf.h"
#include "libanalysis/diff_scale.h"
#include "tests/edges.h"
#include "tests/proved.h"

static struct compare c;
static struct prof_evidence e;
static struct prof_context x;
static struct prof_findings f;

static void
compare(const char *base, const char *now)
{
	compare_add(&c, "a", base);
	compare_add(&c, "b", now);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	proved_start(&e, &c);
}

/* Names of functions whose self, and whose total, is proved to differ. */
static void
find_in(double share, const char *self, const char *total)
{
	proved(&e, &c, PROF_DIFF_SELF, self);
	proved(&e, &c, PROF_DIFF_TOTAL, total);
	prof_context_init(&x, &c.d, share);
	prof_findings_init(&f, &e, &x);
}

static void
find(const char *self, const char *total)
{
	find_in(0, self, total);
}

static void
done(void)
{
	prof_findings_release(&f);
	prof_context_release(&x);
	proved_done(&e);
	compare_done(&c);
}

static const char *
name(uint32_t class)
{
	return class != 0 ? prof_match_row(&c.d.match, class)->name : "-";
}

/* "kind name [from caller] [shifted] base -> now [explains a b]\n" */
static void
expect(const char *wanted)
{
	struct prof_buf b = { 0 };
	const struct prof_finding *one;
	size_t i, k;

	for (i = 0; i < f.n; i++) {
		one = &f.of[i];
		prof_buf_addf(&b, "%s %s", prof_finding_kind_name(one->kind),
		    name(one->class));
		if (one->caller != 0)
			prof_buf_addf(&b, " from %s", name(one->caller));
		prof_buf_addf(&b, "%s %.0f -> %.0f", one->shifted ?
		    " shifted" : "", one->base, one->now);
		for (k = 0; k < one->nexplains; k++)
			prof_buf_addf(&b, "%s%s", k == 0 ? " explains " :
			    " ", name(one->explains[k]));
		prof_buf_adds(&b, "\n");
	}
	ck_assert_str_eq(prof_buf_str(&b), wanted);
	prof_buf_release(&b);
}

static enum prof_verdict
verdict(const char *of)
{
	return prof_findings_verdict(&f, &e, compare_find(&c, of));
}

START_TEST(a_culprit_explains_its_callers)
{
	compare("main;serve;handle;parse 100\nmain;log 400\nmain;serve 50",
	    "main;serve;handle;parse 400\nmain;log 400\nmain;serve 50");
	find("parse", "parse handle serve main");
	expect("self parse 100 -> 400 explains main serve handle\n");
	ck_assert_uint_eq(f.by[PROF_DIFF_SELF][compare_find(&c, "parse")], 1);
	ck_assert_uint_eq(f.by[PROF_DIFF_TOTAL][compare_find(&c, "main")], 1);
	ck_assert_uint_eq(f.by[PROF_DIFF_TOTAL][compare_find(&c, "log")], 0);
	ck_assert_double_eq_tol(f.of[0].delta, 300, 1e-9);
	ck_assert_int_eq(verdict("main"), PROF_VERDICT_REGRESSION);
	ck_assert_int_eq(verdict("log"), PROF_VERDICT_OK);
	done();
}
END_TEST

START_TEST(nothing_proved_is_nothing_found)
{
	compare("m;f 100\nm 300", "m;f 200\nm 300");
	find("", "");
	expect("");
	ck_assert_int_eq(verdict("f"), PROF_VERDICT_INCONCLUSIVE);
	done();
}
END_TEST

START_TEST(calls_of_one_caller_are_about_these_only)
{
	compare("m;p;f 100\nm;p;f;a 100\nm;q;f 100\nm;q;f;a 100\nm 600",
	    "m;p;f 300\nm;p;f;a 300\nm;q;f 100\nm;q;f;a 100\nm 600");
	find("f a", "f a p m");
	expect("calls f from p 200 -> 600 explains m p a\n");
	done();
}
END_TEST

START_TEST(a_subtree_that_grew_in_all_callers_is_spread)
{
	compare("m;p;f 100\nm;p;f;a 100\nm;q;f 100\nm;q;f;a 100\nm 600",
	    "m;p;f 300\nm;p;f;a 300\nm;q;f 300\nm;q;f;a 300\nm 600");
	find("f a", "f a p q m");
	expect("spread f 400 -> 1200 explains m a p q\n");
	done();
}
END_TEST

START_TEST(a_function_and_a_call_of_it_are_one_change)
{
	compare("m;r;f 50\nm 10000", "m;r;f 50\nm;r;new 2000\n"
	    "m;r;new;k 30\nm;r;new;l 30\nm 10000");
	find("new", "new k l r m");
	expect("new new 0 -> 2000 explains m r k l\n");
	done();
	compare("m;r;new 2000\nm;r;new;k 30\nm;r;new;l 30\nm 10000\n"
	    "m;r 50", "m;r 50\nm 10000");
	find("new", "new k l r m");
	expect("gone new 2000 -> 0 explains m r k l\n");
	done();
}
END_TEST

START_TEST(calls_that_moved_are_one_move)
{
	compare("m;a 900\nm;a;h 2000\nm;b 900\nm;c;h 900\nm 10000",
	    "m;a 900\nm;b 900\nm;b;h 2000\nm;c;h 900\nm 10000");
	find("", "a b");
	ck_assert_uint_eq(f.n, 1);
	ck_assert(f.of[0].shifted);
	ck_assert_str_eq(name(f.of[0].class), "b");
	ck_assert_uint_eq(f.of[0].ngroup, 1);
	ck_assert_str_eq(name(f.of[0].group[0]), "a");
	ck_assert_int_eq(verdict("a"), PROF_VERDICT_SHIFTED);
	ck_assert_int_eq(verdict("b"), PROF_VERDICT_SHIFTED);
	done();
	/* What is called there takes twice as long. */
	compare("m;a 900\nm;a;h 2000\nm;b 900\nm 10000",
	    "m;a 900\nm;b 900\nm;b;h 4000\nm 10000");
	find("h", "a b h m");
	ck_assert_int_eq(verdict("h"), PROF_VERDICT_REGRESSION);
	done();
}
END_TEST

START_TEST(what_work_moved_from_is_no_improvement)
{
	compare("m;K.f 1000\nm;K.g 1500\nm;K.h 2000\nm 90000",
	    "m;K.f 2300\nm;K.g 900\nm;K.h 1300\nm 90000");
	find("K.f K.g K.h", "");
	ck_assert_uint_eq(f.n, 1);
	ck_assert(f.of[0].shifted);
	ck_assert_uint_eq(f.of[0].ngroup, 2);
	ck_assert_int_eq(verdict("K.f"), PROF_VERDICT_SHIFTED);
	ck_assert_int_eq(verdict("K.g"), PROF_VERDICT_SHIFTED);
	ck_assert_int_eq(verdict("K.h"), PROF_VERDICT_SHIFTED);
	done();
	/* What grew by more has more of its own. */
	compare("m;K.f 1000\nm;K.g 1500\nm;K.h 2000\nm 90000",
	    "m;K.f 3900\nm;K.g 900\nm;K.h 1300\nm 90000");
	find("K.f K.g K.h", "m");
	ck_assert_int_eq(verdict("K.f"), PROF_VERDICT_REGRESSION);
	ck_assert_int_eq(verdict("K.g"), PROF_VERDICT_IMPROVEMENT);
	done();
}
END_TEST

START_TEST(improvements_are_found_beside_regressions)
{
	compare("m;a;f 100\nm;b;g 600\nm 600", "m;a;f 400\nm;b;g 100\nm 600");
	find("f g", "f g a b");
	expect("self g 600 -> 100 explains b\n"
	    "self f 100 -> 400 explains a\n");
	ck_assert_double_eq_tol(f.of[0].delta, -500, 1e-9);
	ck_assert_int_eq(verdict("g"), PROF_VERDICT_IMPROVEMENT);
	ck_assert_int_eq(verdict("a"), PROF_VERDICT_REGRESSION);
	done();
}
END_TEST

START_TEST(a_caller_of_two_culprits_is_no_third)
{
	compare("m;p;f 100\nm;p;g 100\nm;p;k 400\nm 600",
	    "m;p;f 400\nm;p;g 300\nm;p;k 400\nm 600");
	find("f g", "f g p m");
	expect("self f 100 -> 400 explains m p\nself g 100 -> 300\n");
	done();
}
END_TEST

START_TEST(what_one_side_does_not_have_is_new_or_gone)
{
	compare("m;a;f 300\nm 600", "m;b;g 300\nm 600");
	find("f g", "f g a b");
	expect("gone f 300 -> 0 explains a\nnew g 0 -> 300 explains b\n");
	done();
}
END_TEST

START_TEST(the_global_factor_is_no_change)
{
	compare("m;f 100\nm;g 300\nm 600", "m;f 600\nm;g 600\nm 1200");
	e.factor.ratio = 2;
	find("f", "");
	expect("self f 100 -> 600\n");
	ck_assert_double_eq_tol(f.of[0].delta, 200, 1e-9);
	done();
}
END_TEST

START_TEST(work_that_moved_is_shifted)
{
	compare("m;f 100\nm;f;g 200\nm 700", "m;f 300\nm 700");
	find("f g", "g");
	/* What went from g to f is one finding. */
	expect("self f shifted 100 -> 300 explains g\n");
	ck_assert_uint_eq(f.of[0].ngroup, 1);
	ck_assert_uint_eq(f.of[0].group[0], compare_find(&c, "g"));
	ck_assert_double_eq_tol(f.of[0].group_delta, 0, 1e-9);
	ck_assert_double_lt(f.of[0].group_low, f.of[0].group_high);
	ck_assert_int_eq(verdict("f"), PROF_VERDICT_SHIFTED);
	ck_assert_int_eq(verdict("g"), PROF_VERDICT_SHIFTED);
	done();
}
END_TEST

START_TEST(a_regression_beside_moved_work_is_not_hidden)
{
	compare("m;f 100\nm;f;g 200\nm;f;k 100\nm 700",
	    "m;f 300\nm;f;k 400\nm 700");
	find("f g k", "f g k m");
	expect("self k 100 -> 400 explains m f\n"
	    "self f shifted 100 -> 300 explains g\n");
	ck_assert_int_eq(verdict("f"), PROF_VERDICT_REGRESSION);
	ck_assert_int_eq(verdict("m"), PROF_VERDICT_REGRESSION);
	done();
}
END_TEST

START_TEST(one_change_does_not_let_chance_in)
{
	/* p of k is below .05 * 5 / 6, but not below .05 / 2 */
	compare("m;a;b;d;f 100\nm;k 40\nm 600", "m;a;b;d;f 400\nm;k 55\nm 600");
	proved(&e, &c, PROF_DIFF_TOTAL, "k");
	e.of[PROF_DIFF_TOTAL][compare_find(&c, "k")].p = 0.03;
	find("f", "f d b a");
	expect("self f 100 -> 400 explains a b d\n");
	ck_assert_uint_eq(f.by[PROF_DIFF_TOTAL][compare_find(&c, "k")], 0);
	prof_findings_settle(&f, &e);
	ck_assert(!e.of[PROF_DIFF_TOTAL][compare_find(&c, "k")].found);
	ck_assert(e.of[PROF_DIFF_TOTAL][compare_find(&c, "d")].found);
	ck_assert(e.of[PROF_DIFF_SELF][compare_find(&c, "f")].found);
	done();
}
END_TEST

START_TEST(what_changed_more_than_what_is_named_stays)
{
	/* p of k is below .05 * 2 / 3, and not below .05 / 2 */
	compare("m;a 1\nm;k 10000\nm 600",
	    "m;a 1\nm;a;b;d;f 100\nm;k 10120\nm 600");
	proved(&e, &c, PROF_DIFF_TOTAL, "k");
	e.of[PROF_DIFF_TOTAL][compare_find(&c, "k")].p = 0.03;
	find("f", "f d b a");
	expect("function k 10000 -> 10120\nnew f 0 -> 100 explains a b d\n");
	done();
}
END_TEST

START_TEST(a_change_without_culprit_stays)
{
	compare("m;a 10\nm;k 40\nm 600", "m;a 10\nm;k 55\nm 600");
	find("", "k");
	expect("function k 40 -> 55\n");
	done();
	compare("m;a 10\nm;k 40\nm 600", "m;a 10\nm;k 55\nm 600");
	find("k", "k");
	expect("self k 40 -> 55\n");
	done();
}
END_TEST

START_TEST(the_largest_change_comes_first)
{
	compare("m;a 100\nm;b 100\nm;d 500", "m;a 300\nm;b 500\nm;d 200");
	find("a b d", "a b d");
	expect("self b 100 -> 500\nself d 500 -> 200\nself a 100 -> 300\n");
	ck_assert_uint_eq(f.by[0][compare_find(&c, "b")], 1);
	ck_assert_uint_eq(f.by[0][compare_find(&c, "a")], 3);
	done();
}
END_TEST

START_TEST(contexts_too_small_for_the_tree_are_explained_too)
{
	/* Twice the work below p; a and b are more than that elsewhere. */
	static const char *const was = "m;p 100\nm;p;a 20\nm;p;b;a 20\n"
	    "m;p;d 20\nm;q;a 300\nm;q;b 300\nm;q;d 300\n";
	static const char *const is = "m;p 200\nm;p;a 40\nm;p;b;a 40\n"
	    "m;p;d 40\nm;q;a 300\nm;q;b 300\nm;q;d 300\n";
	struct prof_finding *one;

	compare(was, is);
	find_in(0.05, "p a d", "p a d");
	ck_assert_uint_eq(f.n, 1);
	one = &f.of[0];
	ck_assert_uint_eq(one->class, compare_find(&c, "p"));
	ck_assert_uint_eq(one->nexplains, 2);
	ck_assert_uint_eq(f.by[PROF_DIFF_SELF][compare_find(&c, "a")], 1);
	ck_assert_uint_eq(f.by[PROF_DIFF_TOTAL][compare_find(&c, "d")], 1);
	done();
	/* The same below q instead has nothing to do with p. */
	compare(was, "m;p 200\nm;p;a 20\nm;p;b;a 20\nm;p;d 20\n"
	    "m;q;a 340\nm;q;b 300\nm;q;d 300\n");
	find_in(0.05, "p a", "p a");
	ck_assert_uint_eq(f.n, 2);
	ck_assert_uint_eq(f.by[PROF_DIFF_SELF][compare_find(&c, "a")], 2);
	done();
}
END_TEST

START_TEST(times_without_counts_are_judged_by_noise)
{
	compare("m;a;f 100000\nm;b;f 1\nm 900000",
	    "m;a;f 300000\nm;b;f 50\nm 900000");
	e.model[PROF_JUDGED_SELF] = PROF_MODEL_TIMED;
	e.samples[0] = e.samples[1] = 0;
	find("f", "f a b");
	ck_assert_uint_eq(f.of[0].class, compare_find(&c, "f"));
	ck_assert_int_eq(f.of[0].kind, PROF_FINDING_SELF);
	done();
}
END_TEST

START_TEST(exact_numbers_need_no_samples)
{
	compare("m;a;f 1000000\nm 9000000", "m;a;f 1001000\nm 9000000");
	e.model[PROF_JUDGED_SELF] = PROF_MODEL_EXACT;
	e.samples[0] = e.samples[1] = 0;
	find("f", "f a m");
	expect("self f 1000000 -> 1001000 explains m a\n");
	done();
}
END_TEST

/* --- callers and callees -------------------------------------------------- */

static void
add_edges(struct made *m, const char *run)
{
	prof_builder_release(&m->b);
	c.p[c.n] = m->p;
	prof_rows_init(&c.rows[c.n], &c.p[c.n], PROF_BY_FUNCTION);
	c.run[c.n] = (struct prof_diff_run){ .name = run,
	    .rows = &c.rows[c.n], .flat = &c.flat[c.n] };
	c.n++;
}

/* main calls p and q, both call f. */
static void
add_run(const char *run, int64_t p_calls, int64_t each)
{
	int64_t f_p = p_calls * each, f_q = 10 * each;
	struct made m;

	edges_start(&m);
	edges_own(&m, "main", 1, 100, 300 + f_p + f_q);
	edges_own(&m, "p", 5, 100, 100 + f_p);
	edges_own(&m, "q", 5, 100, 100 + f_q);
	edges_own(&m, "f", p_calls + 10, f_p + f_q, f_p + f_q);
	edges_add(&m, "main", "p", 5, 100, 100 + f_p);
	edges_add(&m, "main", "q", 5, 100, 100 + f_q);
	edges_add(&m, "p", "f", p_calls, f_p, f_p);
	edges_add(&m, "q", "f", 10, f_q, f_q);
	add_edges(&m, run);
}

static void
edges(int64_t calls0, int64_t each0, int64_t calls1, int64_t each1)
{
	add_run("a", calls0, each0);
	add_run("b", calls1, each1);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	proved_start(&e, &c);
}

START_TEST(called_more_is_told_from_longer_calls)
{
	edges(10, 10, 30, 10);
	find("f", "f p main");
	expect("calls f from p 100 -> 300 explains main p\n");
	ck_assert(f.of[0].split.known);
	ck_assert_double_eq_tol(f.of[0].split.calls, 3, 1e-9);
	ck_assert_double_eq_tol(f.of[0].split.per_call, 1, 1e-9);
	done();
	edges(10, 10, 10, 30);
	find("f", "f p q main");
	expect("self f 200 -> 600 explains main p q\n");
	ck_assert_double_eq_tol(f.of[0].split.calls, 1, 1e-9);
	ck_assert_double_eq_tol(f.of[0].split.per_call, 3, 1e-9);
	done();
}
END_TEST

START_TEST(calls_are_split_by_work_done)
{
	add_run("a", 10, 10);
	add_run("b", 60, 10);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	ck_assert_int_eq(prof_diff_scale(&c.d, 2, 1, &c.err), PROF_OK);
	ck_assert_int_eq(prof_diff_scale_calls(&c.d, 2, 1, &c.err), PROF_OK);
	proved_start(&e, &c);
	find("f", "f p");
	expect("calls f from p 200 -> 600 explains p\n");
	ck_assert(f.of[0].split.known);
	ck_assert_double_eq_tol(f.of[0].split.calls, 3, 1e-9);
	ck_assert_double_eq_tol(f.of[0].split.per_call, 1, 1e-9);
	done();
}
END_TEST

START_TEST(called_less_is_an_improvement)
{
	edges(30, 10, 10, 10);
	find("f", "f p main");
	expect("calls f from p 300 -> 100 explains main p\n");
	done();
}
END_TEST

START_TEST(functions_that_call_each_other_end_somewhere)
{
	struct made m;
	unsigned r;

	for (r = 0; r < 2; r++) {
		edges_start(&m);
		edges_own(&m, "f", 10, 100, 1000 + r * 1000);
		edges_own(&m, "g", 10, 100, 900 + r * 1000);
		edges_add(&m, "f", "g", 10, 100, 900 + r * 1000);
		edges_add(&m, "g", "f", 9, 100, 800 + r * 1000);
		add_edges(&m, r == 0 ? "a" : "b");
	}
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	proved_start(&e, &c);
	find("", "f g");
	ck_assert_uint_eq(f.n, 1);
	ck_assert_int_eq(f.of[0].kind, PROF_FINDING_FUNCTION);
	ck_assert_uint_eq(f.of[0].nexplains, 1);
	done();
}
END_TEST

/* --- cost ----------------------------------------------------------------- */

static void
prove_all(unsigned metric)
{
	uint32_t i;

	for (i = 1; i <= c.d.match.n; i++) {
		e.of[metric][i].p = e.of[metric][i].q = 1e-9;
		e.of[metric][i].found = true;
	}
}

START_TEST(many_findings_cost_no_square_of_their_number)
{
	struct prof_buf a = { 0 }, b = { 0 };
	const uint32_t n = 200000;
	clock_t from;
	uint32_t i;

	for (i = 0; i < n; i++) {
		prof_buf_addf(&a, "f%u 100\n", i);
		prof_buf_addf(&b, "f%u 300\n", i);
	}
	compare(prof_buf_str(&a), prof_buf_str(&b));
	prove_all(PROF_DIFF_SELF);
	from = clock();
	prof_findings_init(&f, &e, NULL);
	ck_assert_uint_eq(f.n, n);
	/* To look at all pairs takes a minute. */
	ck_assert((clock() - from) / CLOCKS_PER_SEC < 10);
	done();
	prof_buf_release(&a);
	prof_buf_release(&b);
}
END_TEST

/* f0 calls f1, which calls f2, ... */
static void
add_chain(const char *run, uint32_t n, int64_t last)
{
	char caller[16], callee[16];
	struct made m;
	int64_t total;
	uint32_t i;

	edges_start(&m);
	for (i = 0; i < n; i++) {
		total = (int64_t)(n - 1 - i) * 10 + last;
		snprintf(callee, sizeof callee, "f%u", i);
		edges_own(&m, callee, 1, i < n - 1 ? 10 : last, total);
		if (i > 0)
			edges_add(&m, caller, callee, 1,
			    i < n - 1 ? 10 : last, total);
		memcpy(caller, callee, sizeof caller);
	}
	add_edges(&m, run);
}

START_TEST(a_chain_of_calls_costs_no_square_of_its_length)
{
	const uint32_t n = 200000;
	clock_t from;

	add_chain("a", n, 1000000);
	add_chain("b", n, 90000000);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	proved_start(&e, &c);
	prove_all(PROF_DIFF_TOTAL);
	proved(&e, &c, PROF_DIFF_SELF, "f199999");
	from = clock();
	prof_findings_init(&f, &e, NULL);
	ck_assert_uint_eq(f.n, 1);
	ck_assert_uint_eq(f.of[0].nexplains, n - 1);
	/* To follow it from each of its functions takes a minute. */
	ck_assert((clock() - from) / CLOCKS_PER_SEC < 10);
	done();
}
END_TEST

START_TEST(with_stacks_of_some_runs_only_each_stands_for_itself)
{
	add_run("a", 10, 10);
	compare_type(&c, "time", "nanoseconds");
	compare_samples(&c, "b", "main;p;f 900\nmain;q;f 100");
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	proved_start(&e, &c);
	find("f", "p");
	expect("self f 200 -> 1000\nfunction p 200 -> 900\n");
	done();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("findings");

	tcase_add_test(tc, a_culprit_explains_its_callers);
	tcase_add_test(tc, nothing_proved_is_nothing_found);
	tcase_add_test(tc, calls_of_one_caller_are_about_these_only);
	tcase_add_test(tc, a_subtree_that_grew_in_all_callers_is_spread);
	tcase_add_test(tc, a_function_and_a_call_of_it_are_one_change);
	tcase_add_test(tc, calls_that_moved_are_one_move);
	tcase_add_test(tc, what_work_moved_from_is_no_improvement);
	tcase_add_test(tc, improvements_are_found_beside_regressions);
	tcase_add_test(tc, a_caller_of_two_culprits_is_no_third);
	tcase_add_test(tc, what_one_side_does_not_have_is_new_or_gone);
	tcase_add_test(tc, the_global_factor_is_no_change);
	tcase_add_test(tc, work_that_moved_is_shifted);
	tcase_add_test(tc, a_regression_beside_moved_work_is_not_hidden);
	tcase_add_test(tc, one_change_does_not_let_chance_in);
	tcase_add_test(tc, what_changed_more_than_what_is_named_stays);
	tcase_add_test(tc, a_change_without_culprit_stays);
	tcase_add_test(tc, the_largest_change_comes_first);
	tcase_add_test(tc,
	    contexts_too_small_for_the_tree_are_explained_too);
	tcase_add_test(tc, times_without_counts_are_judged_by_noise);
	tcase_add_test(tc, exact_numbers_need_no_samples);
	tcase_add_test(tc, called_more_is_told_from_longer_calls);
	tcase_add_test(tc, calls_are_split_by_work_done);
	tcase_add_test(tc, called_less_is_an_improvement);
	tcase_add_test(tc, functions_that_call_each_other_end_somewhere);
	tcase_add_test(tc, many_findings_cost_no_square_of_their_number);
	tcase_add_test(tc, a_chain_of_calls_costs_no_square_of_its_length);
	tcase_add_test(tc,
	    with_stacks_of_some_runs_only_each_stands_for_itself);
	return compare_main("findings", tc);
}
