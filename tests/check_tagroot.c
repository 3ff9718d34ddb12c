/* SPDX-License-Identifier: MIT */
#include "libanalysis/tagroot.h"

#include <string.h>

#include "libanalysis/check.h"
#include "libanalysis/label.h"
#include "tests/edges.h"
#include "tests/invent.h"
#include "tests/labelled.h"
#include "tests/support.h"

static struct made m;
static struct prof_err err;
static struct prof_buf b;

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

/* "root;f" of a sample row; the file behind '@' where there is one. */
static const char *
stack(uint32_t i)
{
	const struct prof_profile *p = &m.p;
	const struct prof_function *f;
	const prof_loc *run;
	size_t n;

	prof_buf_clear(&b);
	run = prof_profile_stack(p, p->stack[i], &n);
	for (; n > 0; n--) {
		f = prof_profile_fn(p, prof_profile_lines(p,
		    prof_profile_loc(p, run[n - 1]))->fn);
		prof_buf_adds(&b, prof_profile_str(p, f->name));
		if (f->file != 0)
			prof_buf_addf(&b, "@%s", prof_profile_str(p,
			    f->file));
		prof_buf_adds(&b, n > 1 ? ";" : "");
	}
	return prof_buf_str(&b);
}

START_TEST(the_first_key_is_outermost_at_the_root)
{
	labelled(&m, "main;f", "a=x b=y", 1);
	ck_assert(prof_tagroot(&m.p, "a,b", false));
	ck_assert_str_eq(stack(0), "x@a;y@b;main;f");
}
END_TEST

START_TEST(the_last_key_is_innermost_at_the_leaf)
{
	labelled(&m, "main;f", "a=x b=y", 1);
	ck_assert(prof_tagroot(&m.p, "a,b", true));
	ck_assert_str_eq(stack(0), "main;f;x@a;y@b");
}
END_TEST

START_TEST(a_sample_without_the_label_gets_a_frame_without_a_name)
{
	labelled(&m, "f", "a=x", 1);
	labelled(&m, "f", "", 1);
	labelled(&m, "", "c=z", 1);
	ck_assert(prof_tagroot(&m.p, "a,b", false));
	ck_assert_str_eq(stack(0), "x@a;@b;f");
	ck_assert_str_eq(stack(1), "@a;@b;f");
	ck_assert_str_eq(stack(2), "@a;@b");
}
END_TEST

START_TEST(several_values_are_joined_texts_first)
{
	labelled(&m, "f", "a=2048/bytes a=y a=x a=1", 1);
	ck_assert(prof_tagroot(&m.p, "a", true));
	ck_assert_str_eq(stack(0), "f;y,x,2kB,1@a");
}
END_TEST

START_TEST(empty_keys_do_not_count)
{
	labelled(&m, "f", "a=x", 1);
	ck_assert(prof_tagroot(&m.p, ",a,,", false));
	ck_assert_str_eq(stack(0), "x@a;f");
	ck_assert(!prof_tagroot(&m.p, "", false));
	ck_assert_str_eq(stack(0), "x@a;f");
}
END_TEST

START_TEST(a_label_that_no_sample_has_is_told)
{
	labelled(&m, "f", "a=x", 1);
	labelled(&m, "f", "b=x", 1);
	ck_assert(!prof_tagroot(&m.p, "c", false));
	m.p.value[0][1] = 0;
	ck_assert(!prof_tagroot(&m.p, "b", false));
	ck_assert(prof_tagroot(&m.p, "a", false));
}
END_TEST

START_TEST(equal_values_share_a_frame)
{
	uint32_t nloc;

	labelled(&m, "f", "a=x b=1", 1);
	labelled(&m, "f", "a=x b=2", 1);
	nloc = m.p.nloc;
	prof_tagroot(&m.p, "a", false);
	ck_assert_uint_eq(m.p.nloc, nloc + 2);	/* one for no labels */
	ck_assert_uint_eq(m.p.stack[0], m.p.stack[1]);
}
END_TEST

START_TEST(edges_are_dropped)
{
	make_drop(&m);
	edges_start(&m);
	labelled(&m, "f", "a=x", 1);
	edges_own(&m, "f", 1, 1, 1);
	prof_tagroot(&m.p, "a", false);
	ck_assert_uint_eq(m.p.edges.n, 0);
}
END_TEST

static const struct {
	const char *label, *shown;
} values[] = {
	{ "a=text", "text" }, { "a=0/bytes", "0" }, { "a=0", "0" },
	{ "a=1638400/bytes", "1.56MB" }, { "a=1638400", "1638400" },
	{ "bytes=1638400", "1638400" }, { "a=1023/b", "1023B" },
	{ "a=1024/bytes", "1kB" }, { "a=1536/kb", "1.50MB" },
	{ "a=-1638400/bytes", "-1.56MB" }, { "a=5/pb", "5PB" },
	{ "a=999999/ns", "1000us" }, { "a=999/nanoseconds", "999ns" },
	{ "a=90/min", "1.50hrs" }, { "a=1500/ms", "1.50s" },
	{ "a=12/ms", "12ms" }, { "a=7/count", "7" },
	{ "a=7/widgets", "7widgets" }, { "a=0/widgets", "0" },
	{ "a=9223372036854775807/pb", "9223372036854775807PB" }
};

START_TEST(values_are_shown_as_names)
{
	prof_set set = labelled_set(&m, values[_i].label);
	const struct prof_label *l;
	size_t n;

	l = prof_profile_set(&m.p, set, &n);
	prof_label_value(&b, &m.p, l);
	ck_assert_str_eq(prof_buf_str(&b), values[_i].shown);
}
END_TEST

/* Values stay, and so do stacks but for the frames around them. */
START_TEST(values_and_depths_are_kept)
{
	static const struct invent_opts opts = { .edges = true };
	struct prof_profile p, q;
	uint32_t i;
	size_t n, more;
	uint64_t seed;

	for (seed = 1; seed <= 100; seed++) {
		invent_profile(&p, seed, &opts);
		invent_profile(&q, seed, &opts);
		prof_tagroot(&q, "k0,nix", false);
		prof_tagroot(&q, "k1", true);
		ck_assert_int_eq(prof_profile_check(&q, &err), PROF_OK);
		ck_assert_uint_eq(p.nsamples, q.nsamples);
		for (i = 0; i < p.nsamples; i++) {
			prof_profile_stack(&p, p.stack[i], &n);
			prof_profile_stack(&q, q.stack[i], &more);
			ck_assert_uint_eq(n + 3, more);
			ck_assert_int_eq(p.value[0][i], q.value[0][i]);
			ck_assert_uint_eq(p.set[i], q.set[i]);
		}
		prof_profile_release(&p);
		prof_profile_release(&q);
	}
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("tagroot");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_first_key_is_outermost_at_the_root);
	tcase_add_test(tc, the_last_key_is_innermost_at_the_leaf);
	tcase_add_test(tc,
	    a_sample_without_the_label_gets_a_frame_without_a_name);
	tcase_add_test(tc, several_values_are_joined_texts_first);
	tcase_add_test(tc, empty_keys_do_not_count);
	tcase_add_test(tc, a_label_that_no_sample_has_is_told);
	tcase_add_test(tc, equal_values_share_a_frame);
	tcase_add_test(tc, edges_are_dropped);
	tcase_add_loop_test(tc, values_are_shown_as_names, 0,
	    (int)(sizeof values / sizeof values[0]));
	tcase_add_test(tc, values_and_depths_are_kept);
	return test_main("tagroot", tc);
}
