/* SPDX-License-Identifier: MIT */
#include "libanalysis/edgenames.h"

#include "tests/edges.h"
#include "tests/make.h"
#include "tests/support.h"

static struct made m;

static void
setup(void)
{
	edges_start(&m);
}

static void
teardown(void)
{
	make_drop(&m);
}

START_TEST(functions_of_different_names_are_not_joined)
{
	edges_own(&m, "f", 1, 10, 30);
	edges_add(&m, "f", "g", 1, 20, 20);
	edges_own(&m, "g", 1, 20, 20);
	ck_assert(!prof_edges_joined(&m.p));
}
END_TEST

START_TEST(functions_that_get_one_name_are_joined)
{
	uint32_t i;

	edges_own(&m, "f", 1, 10, 30);
	edges_add(&m, "f", "g", 1, 20, 20);
	edges_own(&m, "g", 1, 20, 20);
	for (i = 0; i < m.p.nfn; i++)
		m.p.fn[i].name = make_str(&m, "x");
	ck_assert(prof_edges_joined(&m.p));
}
END_TEST

START_TEST(a_line_of_definition_keeps_them_apart)
{
	uint32_t i;

	edges_own(&m, "f", 1, 10, 10);
	edges_own(&m, "g", 1, 20, 20);
	for (i = 0; i < m.p.nfn; i++) {
		m.p.fn[i].name = make_str(&m, "x");
		m.p.fn[i].start = i + 1;
	}
	ck_assert(!prof_edges_joined(&m.p));
}
END_TEST

START_TEST(functions_of_stacks_alone_do_not_count)
{
	edges_own(&m, "f", 1, 10, 10);
	make_fn(&m, "g");
	m.p.fn[m.p.nfn - 1].name = make_str(&m, "f");
	ck_assert(!prof_edges_joined(&m.p));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("edgenames");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, functions_of_different_names_are_not_joined);
	tcase_add_test(tc, functions_that_get_one_name_are_joined);
	tcase_add_test(tc, a_line_of_definition_keeps_them_apart);
	tcase_add_test(tc, functions_of_stacks_alone_do_not_count);
	return test_main("edgenames", tc);
}
