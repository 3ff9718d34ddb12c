/* SPDX-License-Identifier: MIT */
#include "libanalysis/root.h"

#include <stdlib.h>
#include <string.h>

#include "tests/make.h"
#include "tests/support.h"

static struct made m;

static void
setup(void)
{
	make_start(&m, "cpu", "ns");
}

static void
teardown(void)
{
	make_drop(&m);
}

/* Labels of a sample: 0 and NULL are not there. */
struct at {
	const char *comm, *name;	/* name: of the thread, as text */
	int64_t process, thread;
};

static void
add(const char *stack, struct at at)
{
	struct prof_label l[4] = { { 0 } };
	const int64_t value = 1;
	prof_loc loc[2];
	size_t n = 0, k = strlen(stack), i;

	if (at.comm != NULL) {
		l[n].key = make_str(&m, "comm");
		l[n++].str = make_str(&m, at.comm);
	}
	if (at.process != 0) {
		l[n].key = make_str(&m, "process");
		l[n++].num = at.process;
	}
	if (at.thread != 0 || at.name != NULL) {
		l[n].key = make_str(&m, "thread");
		l[n].num = at.thread;
		l[n++].str = at.name != NULL ? make_str(&m, at.name) : 0;
	}
	for (i = 0; i < k; i++)
		loc[k - 1 - i] = make_named(&m, &stack[i], 1);
	ck_assert_int_eq(prof_builder_sample(&m.b, prof_builder_stack(&m.b,
	    loc, k), prof_builder_set(&m.b, l, n), 0, &value, &m.err),
	    PROF_OK);
}

/* "root;f" of a sample row, after adding roots. */
static const char *
stack_of(uint32_t row)
{
	static char text[256];
	const struct prof_line *line;
	const prof_loc *run;
	size_t n, i;

	text[0] = '\0';
	run = prof_profile_stack(&m.p, m.p.stack[row], &n);
	for (i = n; i > 0; i--) {
		line = prof_profile_lines(&m.p, prof_profile_loc(&m.p,
		    run[i - 1]));
		if (i < n)
			strcat(text, ";");
		strcat(text, prof_profile_str(&m.p, prof_profile_fn(&m.p,
		    line->fn)->name));
	}
	return text;
}

START_TEST(comm_is_the_root)
{
	add("f", (struct at){ .comm = "my prog", .process = 1 });
	prof_root_add(&m.p, PROF_ROOT_COMM);
	ck_assert_str_eq(stack_of(0), "my prog;f");
}
END_TEST

START_TEST(one_stack_may_get_several_roots)
{
	add("fg", (struct at){ .comm = "a" });
	add("fg", (struct at){ .comm = "b" });
	add("fg", (struct at){ 0 });
	prof_root_add(&m.p, PROF_ROOT_COMM);
	ck_assert_str_eq(stack_of(0), "a;f;g");
	ck_assert_str_eq(stack_of(1), "b;f;g");
	ck_assert_str_eq(stack_of(2), "f;g");
}
END_TEST

START_TEST(a_process_has_its_number)
{
	add("f", (struct at){ .comm = "java", .process = 12, .thread = 14 });
	add("f", (struct at){ .comm = "java", .thread = 14 });
	add("f", (struct at){ .process = 12 });
	prof_root_add(&m.p, PROF_ROOT_PROCESS);
	ck_assert_str_eq(stack_of(0), "java-12;f");
	ck_assert_str_eq(stack_of(1), "java;f");
	ck_assert_str_eq(stack_of(2), "12;f");
}
END_TEST

START_TEST(a_thread_has_both_numbers)
{
	add("f", (struct at){ .comm = "java", .process = 12, .thread = 14 });
	add("f", (struct at){ .comm = "java", .thread = -1 });
	prof_root_add(&m.p, PROF_ROOT_THREAD);
	ck_assert_str_eq(stack_of(0), "java-12/14;f");
	ck_assert_str_eq(stack_of(1), "java/-1;f");
}
END_TEST

START_TEST(a_thread_with_a_name_is_called_by_it)
{
	add("f", (struct at){ .comm = "java", .name = "worker" });
	prof_root_add(&m.p, PROF_ROOT_THREAD);
	ck_assert_str_eq(stack_of(0), "worker;f");
}
END_TEST

START_TEST(a_sample_without_frames_gets_its_root)
{
	add("", (struct at){ .comm = "swapper" });
	prof_root_add(&m.p, PROF_ROOT_COMM);
	ck_assert_str_eq(stack_of(0), "swapper");
}
END_TEST

START_TEST(none_changes_nothing)
{
	add("f", (struct at){ .comm = "a" });
	prof_root_add(&m.p, PROF_ROOT_NONE);
	ck_assert_str_eq(stack_of(0), "f");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("root");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, comm_is_the_root);
	tcase_add_test(tc, one_stack_may_get_several_roots);
	tcase_add_test(tc, a_process_has_its_number);
	tcase_add_test(tc, a_thread_has_both_numbers);
	tcase_add_test(tc, a_thread_with_a_name_is_called_by_it);
	tcase_add_test(tc, a_sample_without_frames_gets_its_root);
	tcase_add_test(tc, none_changes_nothing);
	return test_main("root", tc);
}
