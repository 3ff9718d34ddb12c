/* SPDX-License-Identifier: MIT */
#include "tests/gate.h"

#include <stdio.h>

static struct judged j;
static const struct prof_gate_form plain;

static const char *
text(const struct prof_gate_form *form)
{
	return judged_show(&j, prof_gate_text, form);
}

/* A regression of single runs, with all that may be known of it. */
static void
single(void)
{
	struct prof_effect *f;

	judged_two(&j, "main;hash 490000000\nmain;mix 230000000",
	    "main;hash 850000000\nmain;mix 230000000");
	j.e.basis[PROF_JUDGED_SELF] = PROF_BASIS_SINGLE;
	j.e.basis[PROF_JUDGED_TOTAL] = PROF_BASIS_SINGLE;
	j.e.expected = 0.047;
	f = judged_row(&j, "hash", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	f->low = 1.5;
	f->high = 2.012;
	f->q = 0.00075;
	judged_row(&j, "mix", PROF_VERDICT_OK, PROF_ARM_NONE);
}

START_TEST(failure_as_people_read_it)
{
	single();
	ck_assert_str_eq(text(&plain),
"FAIL: 1 of 2 functions regressed beyond 1.50x\n"
"base = a.prof   cpu 0.72 s\n"
"new  = b.prof   cpu 1.08 s\n"
"base 1 run \302\267 new 1 run \302\267 self, total \302\267 from 1.50x and "
"0.1% of base, or from 1% of base \302\267 share from 0.5% \302\267 q 0.050\n"
"one run each: single-run evidence; 4.7% of comparisons of unchanged code "
"would fail like this\n"
"\n"
"verdict  metric    base      new  ratio                    q  evidence    function\n"
"FAIL     self    490 ms   850 ms  1.73x [1.50, 2.01]  0.0008  single-run  hash\n"
"ok               720 ms  1080 ms  1.50x                                   TOTAL\n"
"1 function within the limit, 0 improved\n");
	judged_done(&j);
}
END_TEST

START_TEST(pass_as_people_read_it)
{
	judged_two(&j, "main;f 3000", "main;f 3100");
	judged_row(&j, "f", PROF_VERDICT_OK, PROF_ARM_NONE);
	ck_assert_str_eq(text(&plain),
"PASS: none of 1 function regressed beyond 1.50x\n"
"base = a.prof   cpu 3.00 us\n"
"new  = b.prof   cpu 3.10 us\n"
"base 1 run \302\267 new 1 run \302\267 self, total \302\267 from 1.50x and "
"0.1% of base, new ones from 1% of base \302\267 share from 0.5% \302\267 q 0.050\n"
"one run each: single-run evidence; nothing tells noise, judged by "
		"means\n"
		"how often unchanged code would fail is not known without "
		"counted samples\n"
"\n"
"1 function within the limit, 0 improved\n");
	judged_done(&j);
}
END_TEST

START_TEST(ascii_has_no_other_bytes)
{
	const struct prof_gate_form ascii = { .plain.ascii = true };
	const char *s;
	unsigned i;

	for (i = 0; i < 3; i++)
		compare_add(&j.c, "a", "f 10\ng 90");
	for (i = 0; i < 3; i++)
		compare_add(&j.c, "b", i == 0 ? "f 20\ng 90" : "f 30\ng 90");
	judged_start(&j, 3);
	j.e.basis[PROF_JUDGED_SELF] = PROF_BASIS_RUNS;
	judged_row(&j, "f", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO)->apart =
	    true;
	for (s = text(&ascii); *s != '\0'; s++)
		ck_assert(*s == '\n' || (*s >= ' ' && *s < 0x7f));
	judged_has(&j, " +- ");
	judged_done(&j);
}
END_TEST

START_TEST(runs_are_drawn_on_one_scale)
{
	unsigned i;

	for (i = 0; i < 3; i++)
		compare_add(&j.c, "a", i == 1 ? "f 20\ng 90" :
		    "f 10\ng 90");
	for (i = 0; i < 3; i++)
		compare_add(&j.c, "b", i == 1 ? "f 80\ng 90" :
		    "f 70\ng 90");
	judged_start(&j, 3);
	j.e.basis[PROF_JUDGED_SELF] = PROF_BASIS_RUNS;
	judged_row(&j, "f", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO)->apart =
	    true;
	text(&plain);
	judged_has(&j, " \302\261 6 \342\226\201\342\226\202\342\226\201 ");
	judged_has(&j, " \302\261 6 \342\226\207\342\226\210\342\226\207 ");
	judged_has(&j, "3+3 runs");
	judged_has(&j, "\nf: runs separate: all 3 new above all 3 base\n");
	judged_lacks(&j, "fewer than three");
	judged_done(&j);
}
END_TEST

START_TEST(two_runs_have_no_spread_and_are_said)
{
	unsigned i;

	for (i = 0; i < 3; i++)
		compare_add(&j.c, "a", "f 10\ng 90");
	for (i = 0; i < 2; i++)
		compare_add(&j.c, "b", "f 20\ng 90");
	judged_start(&j, 3);
	judged_row(&j, "f", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	text(&plain);
	judged_has(&j, "fewer than three runs of new: ");
	judged_has(&j, "20 ns ");
	judged_done(&j);
}
END_TEST

START_TEST(the_limit_hides_rows_not_counts)
{
	const struct prof_gate_form one = { .plain.limit = 1 };

	judged_two(&j, "f 100\ng 100\nh 1000", "f 150\ng 200\nh 1000");
	judged_row(&j, "g", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	judged_row(&j, "f", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	text(&one);
	judged_has(&j, "FAIL: 2 of 2 functions");
	judged_has(&j, "\n1 more not shown\n");
	judged_done(&j);
}
END_TEST

START_TEST(everything_may_regress_alone)
{
	judged_two(&j, "f 100\ng 100", "f 200\ng 200");
	judged_row(&j, "f", PROF_VERDICT_OK, PROF_ARM_NONE);
	judged_row(&j, "g", PROF_VERDICT_OK, PROF_ARM_NONE);
	j.g.verdict = j.g.all = PROF_VERDICT_REGRESSION;
	j.e.global = true;
	j.e.scaling = PROF_SCALING_MEDIAN;
	j.e.factor.ratio = 2;
	j.e.factor.low = 1.9;
	j.e.factor.high = 2.1;
	j.e.factor.support = 0.93;
	text(&plain);
	judged_has(&j, "FAIL: everything together, but none of 2 functions regressed "
	    "beyond 1.50x: 2.00x\n");
	judged_has(&j, "all code 2.00x [1.90, 2.10] (machine, load or clock), agreed on "
	    "by 93% of the weight; ratios of functions are on top of that\n");
	judged_has(&j, "FAIL                             2.00x [1.90, 2.10]  common "
	    "factor  ALL CODE\n"
	    "                 200 ns  400 ns  2.00x               as "
	    "measured    TOTAL\n");
	judged_done(&j);
}
END_TEST

START_TEST(a_factor_that_is_not_told_apart_is_said)
{
	judged_two(&j, "f 100", "f 200");
	judged_row(&j, "f", PROF_VERDICT_OK, PROF_ARM_NONE);
	j.e.scaling = PROF_SCALING_MEDIAN;
	j.e.factor.support = 0.4;
	j.e.factor.used = 7;
	text(&plain);
	judged_has(&j, "no factor that all code has in common: 40% of the weight of 7 "
	    "functions agree; the total decides\n");
	judged_done(&j);
}
END_TEST

START_TEST(undecided_says_why_and_what_would_help)
{
	struct prof_effect *f;

	judged_two(&j, "f 100\ng 100", "f 130\ng 100");
	f = judged_row(&j, "f", PROF_VERDICT_INCONCLUSIVE, PROF_ARM_NONE);
	f->low = 0.8;
	f->high = INFINITY;
	f->mdr = 1.614;
	j.g.verdict = PROF_VERDICT_INCONCLUSIVE;
	strcpy(j.g.reason, "1 of 1 functions cannot be told from 1.5x");
	strcpy(j.g.help, "5 runs a side would see 1.4x");
	text(&plain);
	judged_has(&j, "INCONCLUSIVE: 1 of 1 functions cannot be told from 1.5x\n"
	    "what would help: 5 runs a side would see 1.4x\n");
	judged_has(&j, "  sees from  ");
	judged_has(&j, "?        self    100 ns  130 ns  1.30x [0.80, inf]      1.61x  ");
	judged_done(&j);
}
END_TEST

START_TEST(what_is_undecided_does_not_hide_the_rest)
{
	const struct prof_gate_form all = { .verbose = true };

	judged_many(&j, 9, PROF_VERDICT_REGRESSION,
	    PROF_VERDICT_INCONCLUSIVE, PROF_ARM_NONE);
	text(&plain);
	judged_has(&j, "  f0\n");
	judged_has(&j, "  f5\n");
	judged_lacks(&j, "  f6\n");
	judged_has(&j, "\n3 more undecided\n");
	text(&all);
	judged_has(&j, "  f8\n");
	judged_lacks(&j, "undecided");
	judged_done(&j);
}
END_TEST

START_TEST(what_a_finding_explains_is_folded)
{
	const struct prof_gate_form all = { .verbose = true };
	uint32_t callers[6];
	struct prof_finding found = { .kind = PROF_FINDING_SELF,
	    .nexplains = 5, .explains = callers,
	    .split = { true, 2.0, 1.01 } };

	judged_two(&j, "a;b;c;d;e;hash 100\nrest 100",
	    "a;b;c;d;e;hash 300\nrest 100");
	callers[0] = compare_find(&j.c, "a");
	callers[1] = compare_find(&j.c, "b");
	callers[2] = compare_find(&j.c, "c");
	callers[3] = compare_find(&j.c, "d");
	callers[4] = compare_find(&j.c, "e");
	judged_row(&j, "hash", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	found.class = judged_last(&j)->class;
	judged_last(&j)->finding = &found;
	judged_row(&j, "e", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	judged_last(&j)->metric = PROF_JUDGED_TOTAL;
	judged_last(&j)->finding = &found;
	judged_last(&j)->explained = true;
	text(&plain);
	judged_has(&j, "FAIL: 1 of 2 functions");
	judged_has(&j, "\nhash: its own code; called 2.0x more, per call unchanged; "
	    "explains 5 callers: a, b, c and 2 more\n");
	judged_lacks(&j, "  e\n");
	text(&all);
	judged_has(&j, "  e\n");
	judged_has(&j, "explains 5 callers: a, b, c, d, e\n");
	judged_has(&j, "\ne: explained by hash\n");
	judged_done(&j);
}
END_TEST

START_TEST(warnings_and_moved_work_are_told_apart)
{
	const struct prof_gate_form all = { .verbose = true };
	uint32_t from;
	struct prof_finding moved = { .kind = PROF_FINDING_SELF,
	    .shifted = true, .group = &from, .ngroup = 1,
	    .group_delta = -2 };

	judged_two(&j, "f 100\ng 100\nh 100", "f 130\ng 198\nh 1");
	judged_row(&j, "f", PROF_VERDICT_OK, PROF_ARM_WARN);
	judged_last(&j)->warning = true;
	judged_row(&j, "g", PROF_VERDICT_SHIFTED, PROF_ARM_NONE);
	from = compare_find(&j.c, "h");
	moved.class = judged_last(&j)->class;
	judged_last(&j)->finding = &moved;
	text(&plain);
	judged_has(&j, "PASS: none of 2 functions regressed beyond 1.50x, 1 warning\n");
	judged_has(&j, "WARN     self    100 ns  130 ns  1.30x");
	judged_has(&j, ", 1 moved only\n");
	judged_lacks(&j, "  g\n");
	text(&all);
	judged_has(&j, "\ng: its own code; together with h -2 ns\n");
	judged_done(&j);
}
END_TEST

START_TEST(new_functions_have_no_ratio)
{
	struct prof_effect *f;

	judged_two(&j, "h 1000", "h 1000\nf 50");
	f = judged_row(&j, "f", PROF_VERDICT_REGRESSION, PROF_ARM_NEW);
	f->low = 3;
	f->high = INFINITY;
	text(&plain);
	judged_has(&j, "FAIL: 1 of 1 function regressed beyond 1.50x or by 1% of base\n");
	judged_has(&j, "NEW ");
	judged_has(&j, "\nf: counts by its part of the base total\n");
	judged_done(&j);
}
END_TEST

START_TEST(evidence_is_named_for_what_it_is)
{
	single();
	j.e.basis[PROF_JUDGED_SELF] = j.e.basis[PROF_JUDGED_TOTAL] =
	    PROF_BASIS_CROSS;
	j.e.reason = "times of cProfile";
	j.e.expected = NAN;
	text(&plain);
	judged_has(&j, "one run each: single-run evidence; noise is learned from the "
	    "other functions of these two runs\n"
	    "how often unchanged code would fail is not known");
	j.e.model[PROF_JUDGED_SELF] = PROF_MODEL_TIMED;
	text(&plain);
	judged_has(&j, "the totals decide on everything together: load cannot be told "
	    "from change; how often");
	j.g.all = j.g.verdict = PROF_VERDICT_REGRESSION;
	text(&plain);
	judged_has(&j, "(single-run evidence: load cannot be told from change)\n");
	judged_has(&j, "samples behind the values are not known: times of cProfile\n");
	judged_has(&j, "cross-function");
	j.e.basis[PROF_JUDGED_SELF] = j.e.basis[PROF_JUDGED_TOTAL] =
	    PROF_BASIS_EXACT;
	text(&plain);
	judged_has(&j, "one run each: exact counts, any change is real\n");
	judged_done(&j);
}
END_TEST

START_TEST(odds_and_ratios_out_of_bounds_stay_readable)
{
	struct prof_effect *f;

	single();
	f = &j.e.of[PROF_JUDGED_SELF][j.g.row[0].class];
	f->q = 1e-300;
	f->ratio = 1e300;
	f->low = 0;
	f->high = INFINITY;
	text(&plain);
	judged_has(&j, "<0.0001");
	judged_has(&j, "x [0.00, inf]");
	f->ratio = NAN;
	f->low = f->high = f->q = NAN;
	text(&plain);
	judged_lacks(&j, "nan");
	judged_lacks(&j, "  q  ");
	judged_done(&j);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("gatetext");

	tcase_add_test(tc, failure_as_people_read_it);
	tcase_add_test(tc, pass_as_people_read_it);
	tcase_add_test(tc, ascii_has_no_other_bytes);
	tcase_add_test(tc, runs_are_drawn_on_one_scale);
	tcase_add_test(tc, two_runs_have_no_spread_and_are_said);
	tcase_add_test(tc, the_limit_hides_rows_not_counts);
	tcase_add_test(tc, everything_may_regress_alone);
	tcase_add_test(tc, a_factor_that_is_not_told_apart_is_said);
	tcase_add_test(tc, undecided_says_why_and_what_would_help);
	tcase_add_test(tc, what_is_undecided_does_not_hide_the_rest);
	tcase_add_test(tc, what_a_finding_explains_is_folded);
	tcase_add_test(tc, warnings_and_moved_work_are_told_apart);
	tcase_add_test(tc, new_functions_have_no_ratio);
	tcase_add_test(tc, evidence_is_named_for_what_it_is);
	tcase_add_test(tc, odds_and_ratios_out_of_bounds_stay_readable);
	return compare_main("gatetext", tc);
}
