/* SPDX-License-Identifier: MIT */
#include "libanalysis/bylabel.h"

#include <stdlib.h>

#include "libanalysis/merge.h"
#include "tests/support.h"

static struct prof_bylabel by;
static struct prof_err err;

static int
parse(const char *text)
{
	memset(&err, 0, sizeof err);
	return prof_bylabel_parse(&by, text, &err);
}

/* Samples of perf carry their command as a label, and numbers of threads. */
static const char recorded[] =
    "a 1/1 1.0: cpu-clock:\n\t10 main (p)\n\n"
    "b 1/2 1.1: cpu-clock:\n\t10 main (p)\n\n"
    "b 1/3 1.2: cpu-clock:\n\t20 slow (p)\n\t10 main (p)\n\n"
    "c 1/40 1.3: cpu-clock:\n\t30 other (p)\n\n";

static void
part(const char *text, struct prof_profile p[2], bool has[2])
{
	memset(p, 0, 2 * sizeof *p);
	test_read(&p[1], "perf", recorded);
	ck_assert_int_eq(parse(text), PROF_OK);
	ck_assert_int_eq(prof_bylabel_part(&by, &p[1], &p[0], has, &err),
	    PROF_OK);
}

static int64_t
sum(const struct prof_profile *p)
{
	int64_t all = 0;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		all += p->value[0][i];
	return all;
}

static void
assert_parts(const char *text, int64_t base, int64_t newer)
{
	struct prof_profile p[2];
	bool has[2];

	part(text, p, has);
	ck_assert_int_eq(sum(&p[0]), base);
	ck_assert_int_eq(sum(&p[1]), newer);
	ck_assert(has[0] == (base != 0) && has[1] == (newer != 0));
	prof_profile_release(&p[0]);
	prof_profile_release(&p[1]);
}

START_TEST(samples_go_to_the_side_of_their_text)
{
	assert_parts("label:comm=a,b", 1, 2);
	assert_parts("label:comm=c,a", 1, 1);
	assert_parts("label:comm=a,nobody", 1, 0);
	assert_parts("label:no=a,b", 0, 0);
}
END_TEST

START_TEST(text_must_be_equal)
{
	assert_parts("label:comm=B,b", 0, 2);
	assert_parts("label:comm=.,b ", 0, 0);
}
END_TEST

START_TEST(numbers_lie_in_ranges)
{
	assert_parts("label:thread=1,2", 1, 1);
	assert_parts("label:thread=:2,3:", 2, 2);
	assert_parts("label:thread=1:3,2:", 3, 3);
}
END_TEST

START_TEST(a_side_holds_no_names_of_the_other)
{
	struct prof_profile p[2];
	bool has[2];

	part("label:comm=a,b", p, has);
	ck_assert_uint_eq(p[0].nfn, 1);
	ck_assert_uint_eq(p[1].nfn, 2);
	prof_profile_release(&p[0]);
	prof_profile_release(&p[1]);
}
END_TEST

START_TEST(what_is_no_two_values_is_refused)
{
	static const char *const bad[] = { "", "label:", "label:k",
	    "label:k=", "label:k=a", "label:k=a,", "label:k=,a",
	    "label:k=a,a", "label:k=a,b,c", "label:=a,b", "k=a,b",
	    "label:k=5:1,a" };
	size_t i;

	for (i = 0; i < sizeof bad / sizeof bad[0]; i++)
		ck_assert_int_eq(parse(bad[i]), PROF_EUSAGE);
	ck_assert_int_eq(parse("label:k=a=b,c"), PROF_OK);
	ck_assert_uint_eq(by.key_len, 1);
	ck_assert_uint_eq(by.value[0].len, 3);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("bylabel");

	tcase_add_test(tc, samples_go_to_the_side_of_their_text);
	tcase_add_test(tc, text_must_be_equal);
	tcase_add_test(tc, numbers_lie_in_ranges);
	tcase_add_test(tc, a_side_holds_no_names_of_the_other);
	tcase_add_test(tc, what_is_no_two_values_is_refused);
	return test_main("bylabel", tc);
}
