/* SPDX-License-Identifier: MIT */
#include "libanalysis/noise_table.h"

#include <time.h>

#include "tests/random.h"
#include "tests/trial.h"

#define HEAD "name\tfile\tmodule\tmetric\tphi\tmean\truns\n"
#define N 20

static struct prof_noise_table table;
static struct prof_limits limits;
static struct prof_buf out;
static struct prof_err err;
static struct trial t;

static void
setup(void)
{
	memset(&table, 0, sizeof table);
	memset(&out, 0, sizeof out);
	memset(&err, 0, sizeof err);
	limits = prof_limits_default;
	trial_start(&t);
}

static void
teardown(void)
{
	prof_noise_table_release(&table);
	prof_buf_release(&out);
	trial_done(&t);
}

static int
read_table(const char *text)
{
	struct prof_in *in = prof_in_memory(text, strlen(text), "noise.tsv",
	    &limits);
	int rc;

	prof_noise_table_release(&table);
	rc = prof_noise_table_read(&table, in, &err);
	prof_in_close(in);
	return rc;
}

static const char *
written(void)
{
	struct prof_out *o;

	prof_buf_clear(&out);
	o = prof_out_buf(&out);
	prof_noise_table_write(&table, o);
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
	return prof_buf_str(&out);
}

static double
find(const char *name, const char *file, const char *module)
{
	struct prof_row row = { .name = name, .file = file,
	    .module = module };

	row.name_len = (uint32_t)strlen(name);
	row.file_len = (uint32_t)strlen(file);
	row.module_len = (uint32_t)strlen(module);
	return prof_noise_table_find(&table, PROF_JUDGED_SELF, &row);
}

#define IS(a, b) ck_assert_msg(fabs((a) - (b)) < 1e-12, "%s is %g", #a, a)

START_TEST(what_is_written_is_read_again)
{
	static const char text[] = HEAD
	    "\t\t\tself\t0.002500000\t0.000\t5\n"
	    "a\\tb\\\\\\x01\tsrc/a.c\t/bin/x\tself\t0.010000000\t"
	    "1234567.500\t5\n"
	    "f\t\tlibc.so.6\ttotal\t0.000000001\t9.000\t10\n";

	ck_assert_int_eq(read_table(text), PROF_OK);
	ck_assert_uint_eq(table.n, 3);
	ck_assert_str_eq(written(), text);
}
END_TEST

START_TEST(functions_are_found_by_name_and_base_name_of_their_place)
{
	ck_assert_int_eq(read_table(HEAD
	    "f\tsrc/a.c\t/bin/x\tself\t0.01\t1\t5\n"
	    "f\tsrc/b.c\t/bin/x\tself\t0.02\t1\t5\n"
	    "g\t\t/lib/libc.so\tself\t0.03\t1\t5\n"
	    "h\t\t\ttotal\t0.04\t1\t5\n"), PROF_OK);
	IS(find("f", "/other/a.c", ""), .01);
	IS(find("f", "b.c", "/bin/y"), .02);
	IS(find("f", "c.c", "/bin/x"), -1);
	IS(find("g", "", "libc.so"), .03);
	IS(find("h", "", ""), -1);
	IS(find("F", "a.c", ""), -1);
}
END_TEST

START_TEST(of_several_the_noisiest_counts)
{
	ck_assert_int_eq(read_table(HEAD
	    "f\tx/a.c\t\tself\t0.01\t1\t5\n"
	    "f\ty/a.c\t\tself\t0.03\t1\t5\n"
	    "f\tz/a.c\t\tself\t0.02\t1\t5\n"), PROF_OK);
	IS(find("f", "a.c", ""), .03);
}
END_TEST

START_TEST(rows_repeated_cost_no_square_of_their_number)
{
	struct prof_buf b = { 0 };
	clock_t from = clock();
	unsigned i;

	prof_buf_adds(&b, HEAD);
	for (i = 0; i < 500000; i++)
		prof_buf_addf(&b, "f\tdir%u/a.c\t\tself\t0.%06u\t1\t3\n",
		    i, i * 7 % 500000);
	ck_assert_int_eq(read_table(prof_buf_str(&b)), PROF_OK);
	IS(find("f", "a.c", ""), .499999);
	ck_assert_uint_eq(table.n, 500000);
	/* A look at all of one place for each of them takes a minute. */
	ck_assert((clock() - from) / CLOCKS_PER_SEC < 10);
	prof_buf_release(&b);
}
END_TEST

START_TEST(a_row_without_a_name_is_about_all_others)
{
	ck_assert_int_eq(read_table(HEAD
	    "\t\t\tself\t0.04\t0\t5\n"
	    "f\ta.c\t\tself\t0.01\t1\t5\n"), PROF_OK);
	IS(find("f", "a.c", ""), .01);
	IS(find("g", "a.c", ""), .04);
}
END_TEST

START_TEST(lines_end_as_they_like)
{
	ck_assert_int_eq(read_table("name\tfile\tmodule\tmetric\tphi\tmean\t"
	    "runs\r\nf\ta.c\t\tself\t0.01\t1\t5"), PROF_OK);
	IS(find("f", "a.c", ""), .01);
}
END_TEST

static void
assert_bad(const char *text, int code, const char *wanted)
{
	memset(&err, 0, sizeof err);
	ck_assert_int_eq(read_table(text), code);
	ck_assert_msg(strstr(err.msg, wanted) != NULL, "'%s' without '%s'",
	    err.msg, wanted);
}

START_TEST(mistakes_are_named_with_their_line)
{
	assert_bad("", PROF_EFORMAT, "'noise.tsv' is empty");
	assert_bad("name\n", PROF_EFORMAT, "line 1: not a table of noise");
	assert_bad(HEAD "f\t\t\tself\t0.1\t1\n", PROF_EFORMAT,
	    "line 2: a row has 7 fields");
	assert_bad(HEAD "f\t\t\tself\t0.1\t1\t5\t6\n", PROF_EFORMAT,
	    "line 2: a row has 7 fields");
	assert_bad(HEAD "f\t\t\tself\t0.1\t1\t5\n\n", PROF_EFORMAT,
	    "line 3: a row has 7 fields");
	assert_bad(HEAD "f\t\t\tSelf\t0.1\t1\t5\n", PROF_EFORMAT,
	    "line 2: metric");
	assert_bad(HEAD "f\t\t\tself\t-0.1\t1\t5\n", PROF_EFORMAT,
	    "line 2: phi");
	assert_bad(HEAD "f\t\t\tself\tnan\t1\t5\n", PROF_EFORMAT,
	    "line 2: phi");
	assert_bad(HEAD "f\t\t\tself\t100.1\t1\t5\n", PROF_EFORMAT,
	    "line 2: phi");
	assert_bad(HEAD "f\t\t\tself\t\t1\t5\n", PROF_EFORMAT, "line 2: phi");
	assert_bad(HEAD "f\t\t\tself\t0.1\t1e9\t5\n", PROF_EFORMAT,
	    "line 2: mean");
	assert_bad(HEAD "f\t\t\tself\t0.1\t1\t2\n", PROF_EFORMAT,
	    "line 2: runs");
	assert_bad(HEAD "f\t\t\tself\t0.1\t1\t3.5\n", PROF_EFORMAT,
	    "line 2: runs");
	assert_bad(HEAD "f\\q\t\t\tself\t0.1\t1\t5\n", PROF_EFORMAT,
	    "line 2: a backslash");
	assert_bad(HEAD "f\\x0\t\t\tself\t0.1\t1\t5\n", PROF_EFORMAT,
	    "line 2: a backslash");
	assert_bad(HEAD "f\\x00\t\t\tself\t0.1\t1\t5\n", PROF_EFORMAT,
	    "line 2: a name with a NUL");
}
END_TEST

START_TEST(limits_hold)
{
	limits.max_strings = 2;
	assert_bad(HEAD "a\t\t\tself\t0.1\t1\t5\nb\t\t\tself\t0.1\t1\t5\n"
	    "c\t\t\tself\t0.1\t1\t5\n", PROF_ELIMIT, "line 4: more than 2");
	limits = prof_limits_default;
	limits.max_line = 64;
	assert_bad(HEAD "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\t\t\tself\t0.1\t1\t5\n",
	    PROF_ELIMIT, "line");
}
END_TEST

/* --- learning ------------------------------------------------------------- */

/* Of which f04 varies by half, and all others hardly. */
static void
runs(unsigned n)
{
	struct test_random rng = { 3 };
	int count[N];
	unsigned i, r;

	for (r = 0; r < n; r++) {
		for (i = 0; i < N; i++)
			count[i] = 100000 + (int)i * 1000 +
			    (int)test_random_below(&rng, 2000);
		count[4] = r % 2 == 0 ? 100001 : 200001;
		trial_run(&t, count, N);
	}
	ck_assert_int_eq(compare_run(&t.c, 1, NULL), PROF_OK);
}

START_TEST(noise_is_learned_from_runs_of_unchanged_code)
{
	runs(6);
	ck_assert_int_eq(prof_noise_table_of(&table, &t.c.d, &err), PROF_OK);
	/* Self and total of each, and of all others. */
	ck_assert_uint_eq(table.n, 2 * (N + 1));
	ck_assert(find("f04", "", "") > .03 && find("f04", "", "") < .3);
	ck_assert(find("f05", "", "") < .001);
	ck_assert(find("other", "", "") < .001);
	ck_assert_uint_eq(table.row[1].runs, 6);
	ck_assert_str_eq(prof_strs_get(&table.strs, table.row[1].name),
	    "f00");
}
END_TEST

START_TEST(what_was_learned_is_used)
{
	runs(6);
	ck_assert_int_eq(prof_noise_table_of(&table, &t.c.d, &err), PROF_OK);
	trial_done(&t);
	trial_start(&t);
	t.rule.noise = &table;
	runs(2);
	ck_assert_int_eq(prof_evidence_init(&t.e, &t.c.d, &t.rule, 1,
	    &err), PROF_OK);
	/* Twice as much, but that is what it does. */
	ck_assert(trial_self(&t, "f04")->ratio > 1.8);
	ck_assert(!trial_self(&t, "f04")->found);
	prof_evidence_release(&t.e);
	t.rule.noise = NULL;
	ck_assert_int_eq(prof_evidence_init(&t.e, &t.c.d, &t.rule, 1,
	    &err), PROF_OK);
	ck_assert(trial_self(&t, "f04")->found);
}
END_TEST

START_TEST(two_runs_teach_nothing)
{
	runs(2);
	ck_assert_int_eq(prof_noise_table_of(&table, &t.c.d, &err),
	    PROF_EMISMATCH);
	ck_assert_ptr_nonnull(strstr(err.msg, "at least 3"));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("noise_table");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, what_is_written_is_read_again);
	tcase_add_test(tc,
	    functions_are_found_by_name_and_base_name_of_their_place);
	tcase_add_test(tc, of_several_the_noisiest_counts);
	tcase_add_test(tc, rows_repeated_cost_no_square_of_their_number);
	tcase_add_test(tc, a_row_without_a_name_is_about_all_others);
	tcase_add_test(tc, lines_end_as_they_like);
	tcase_add_test(tc, mistakes_are_named_with_their_line);
	tcase_add_test(tc, limits_hold);
	tcase_add_test(tc, noise_is_learned_from_runs_of_unchanged_code);
	tcase_add_test(tc, what_was_learned_is_used);
	tcase_add_test(tc, two_runs_teach_nothing);
	return compare_main("noise_table", tc);
}
