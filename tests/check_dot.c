/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "formats/dot_write.h"
#include "formats/format.h"
#include "tests/edges.h"
#include "tests/make.h"
#include "tests/support.h"
#include "tests/writer_text.h"

extern const struct prof_writer prof_dot_writer;

static const char *
written(void)
{
	ck_assert_int_eq(write_by(&prof_dot_writer), PROF_OK);
	return prof_buf_str(&out);
}

static void
has(const char *part)
{
	ck_assert_msg(strstr(written(), part) != NULL, "no '%s' in:\n%s",
	    part, prof_buf_str(&out));
}

static void
has_not(const char *part)
{
	ck_assert_msg(strstr(written(), part) == NULL, "'%s' in:\n%s", part,
	    prof_buf_str(&out));
}

static void
text_becomes(const char *s, size_t len, const char *wanted)
{
	struct prof_buf b = { 0 };

	prof_dot_text(&b, s, len);
	ck_assert_str_eq(prof_buf_str(&b), wanted);
	prof_buf_release(&b);
}

static void
name_becomes(const char *s, const char *wanted)
{
	struct prof_buf b = { 0 };

	prof_dot_name(&b, s, strlen(s));
	ck_assert_str_eq(prof_buf_str(&b), wanted);
	prof_buf_release(&b);
}

START_TEST(a_node_says_self_and_total)
{
	make_sample(&m, "main;work", 3000000);
	make_sample(&m, "main", 1000000);
	has("[label=\"main\\n1 ms (25.0%)\\nof 4 ms (100.0%)\"");
	has("[label=\"work\\n3 ms (75.0%)\"");
	has("self=\"1000000\" total=\"4000000\"");
}
END_TEST

START_TEST(a_node_without_self_says_0)
{
	make_sample(&m, "main;work", 3);
	has("[label=\"main\\n0 of 3 ns (100.0%)\"");
}
END_TEST

START_TEST(an_edge_has_its_value)
{
	make_sample(&m, "main;work", 3);
	has("n2 -> n1 [label=\" 3 ns\" value=\"3\" weight=101 penwidth=6");
	has("tooltip=\"main -> work\"");
}
END_TEST

START_TEST(inlined_calls_are_marked)
{
	make_sample(&m, "main|work", 3);
	has("3 ns\\n (inline)\"");
}
END_TEST

START_TEST(residual_edges_are_dotted)
{
	make_sample(&m, "a;b;c", 100);
	make_sample(&m, "a;e", 100);
	o.limit = 3;
	has("style=dotted");
	has("a ... c\"");
	has("Left out: 1 more node (limit 3)\\l");
	has("Dotted: ");
	o.limit = 0;
	has_not("dotted");
	has_not("Left out");
}
END_TEST

START_TEST(shares_leave_out_nodes_and_edges)
{
	make_sample(&m, "a;b", 1000);
	make_sample(&m, "a;c", 4);
	make_sample(&m, "d;b", 1);
	has("Left out: 2 nodes below 0.5% of the total\\l");
	o.node_num = 0;
	o.node_den = 1;
	has("Left out: 1 edge below 0.1% of the total\\l");
	o.edge_num = 0;
	o.edge_den = 1;
	has_not("Left out");
}
END_TEST

START_TEST(eighty_nodes_are_drawn_unless_told_otherwise)
{
	char name[16];
	int i;

	for (i = 0; i < 100; i++) {
		snprintf(name, sizeof name, "f%02d", i);
		make_sample(&m, name, 10);
	}
	has("Left out: 20 more nodes (limit 80)\\l");
	o.limit = 1000;
	has_not("Left out");
}
END_TEST

START_TEST(a_call_tree_has_a_node_for_each_context)
{
	make_sample(&m, "a;c", 1);
	make_sample(&m, "b;c", 2);
	has("Shown: 3 nodes");
	o.call_tree = true;
	has("Shown: 4 nodes");
}
END_TEST

START_TEST(labels_get_boxes)
{
	struct prof_label l = { 0 };
	int64_t value = 7;

	l.key = make_str(&m, "who");
	l.str = make_str(&m, "a\"b");
	make_values(&m, make_stack(&m, "main"), prof_builder_set(&m.b, &l, 1),
	    &value);
	has("n1_1 [label=\"who:a\\\"b\" shape=box3d fontsize=8 value=\"7\"");
	has("n1 -> n1_1 [label=\" 7 ns\"");
}
END_TEST

START_TEST(many_numbers_share_four_boxes)
{
	static const int64_t sizes[] = { 2, 4, 8, 16, 32, 64, 128, 256 };
	struct prof_label l[8] = { { 0 } };
	int64_t value = 7;
	size_t i;

	for (i = 0; i < 8; i++) {
		l[i].key = make_str(&m, "bytes");
		l[i].num = sizes[i];
	}
	make_values(&m, make_stack(&m, "main"), prof_builder_set(&m.b, l, 8),
	    &value);
	has("n1_n1 [label=\"16 B .. 64 B\" shape=box3d fontsize=8 "
	    "value=\"21\"");
	has("n1_n2 [label=\"2 B .. 8 B\" shape=box3d fontsize=8 "
	    "value=\"21\"");
	has("label=\"128 B\"");
	has("label=\"256 B\"");
	has_not("n1_n5");
}
END_TEST

START_TEST(known_calls_stand_at_edges)
{
	make_drop(&m);
	edges_start(&m);
	edges_own(&m, "main", 1, 10, 70);
	edges_own(&m, "f", 4, 60, 60);
	edges_add(&m, "main", "f", 4, 60, 60);
	edges_estimate(&m);
	has("60 ns\\n 4 calls\"");
	has_not("Estimated");
	o.call_tree = true;
	has("Estimated from callers and callees\\l");
}
END_TEST

START_TEST(direct_recursion_is_not_drawn)
{
	make_drop(&m);
	edges_start(&m);
	edges_count(&m, NULL, "rec", 9, 1, 30, 30);
	edges_count(&m, "rec", "rec", 8, 0, 25, 25);
	edges_estimate(&m);
	has_not("->");
}
END_TEST

START_TEST(decreases_are_green)
{
	make_sample(&m, "up", 5);
	make_sample(&m, "down", -5);
	has("self=\"-5\" total=\"-5\" color=\"#35ad35\"");
	has("self=\"5\" total=\"5\" color=\"#ad3535\"");
}
END_TEST

START_TEST(nothing_in_a_text_leaves_its_string)
{
	text_becomes("a\"b", 3, "a\\\"b");
	text_becomes("a\\", 2, "a\\\\");
	text_becomes("\\N\\G", 4, "\\\\N\\\\G");
	text_becomes("&lt;", 4, "&amp;lt;");
	text_becomes("a\nb\0c\xff", 6, "a\\\\x0ab\\\\x00c\\\\xff");
	text_becomes("\xc3\xa9\xe2\x80\xae", 5, "\xc3\xa9\\\\u202e");
}
END_TEST

START_TEST(names_break_where_words_end)
{
	name_becomes("short", "short");
	name_becomes("std::vector<unsigned long>::emplace_back<int>",
	    "std::vector<unsigned long>::\\nemplace_back<int>");
	name_becomes("github.com/some/long/module/path/pkg.(*Type).Method",
	    "github.com/some/long/module/\\npath/pkg.(*Type).Method");
}
END_TEST

START_TEST(a_name_without_words_breaks_anyway)
{
	char name[101], *nl;
	struct prof_buf b = { 0 };

	memset(name, 'x', 100);
	name[100] = '\0';
	prof_dot_name(&b, name, 100);
	nl = strstr(prof_buf_str(&b), "\\n");
	ck_assert_ptr_nonnull(nl);
	ck_assert_int_eq(nl - b.data, 48);
	prof_buf_release(&b);
}
END_TEST

START_TEST(a_long_name_is_cut_in_the_middle)
{
	struct prof_buf b = { 0 };
	char *name = malloc(100001);

	memset(name, 'x', 100000);
	memcpy(name, "begin::", 7);
	memcpy(name + 99995, "::end", 6);
	prof_dot_name(&b, name, 100000);
	ck_assert_uint_lt(b.len, 300);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&b), "begin::"));
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&b), "\\n...\\n"));
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&b), "::end"));
	prof_buf_release(&b);
	free(name);
}
END_TEST

/* Whatever the place, a character is not torn apart. */
START_TEST(a_cut_keeps_characters_whole)
{
	struct prof_buf b = { 0 };
	char name[301];
	size_t shift, i;

	for (shift = 0; shift < 2; shift++) {
		memset(name, 'x', shift);
		for (i = shift; i + 1 < 300; i += 2)
			memcpy(name + i, "\xc3\xa9", 2);
		prof_buf_clear(&b);
		prof_dot_name(&b, name, i);
		ck_assert_ptr_null(strstr(prof_buf_str(&b), "\xc3\\"));
		ck_assert_ptr_null(strstr(prof_buf_str(&b), "n\xa9"));
	}
	prof_buf_release(&b);
}
END_TEST

START_TEST(a_root_is_rounded_up)
{
	ck_assert_uint_eq(prof_dot_root(0, 100, 16), 0);
	ck_assert_uint_eq(prof_dot_root(1, INT64_MAX, 16), 1);
	ck_assert_uint_eq(prof_dot_root(25, 100, 16), 8);
	ck_assert_uint_eq(prof_dot_root(26, 100, 16), 9);
	ck_assert_uint_eq(prof_dot_root(-100, 100, 16), 16);
	ck_assert_uint_eq(prof_dot_root(INT64_MIN, 1, 16), 16);
	ck_assert_uint_eq(prof_dot_root(5, 0, 16), 16);
	ck_assert_uint_eq(prof_dot_root(0, 0, 16), 0);
}
END_TEST

START_TEST(an_empty_profile_says_so)
{
	make_drop(&m);
	make_start(&m, NULL, NULL);
	has("No samples\\l");
	has_not("n1");
}
END_TEST

static void
sample_name(const char *name)
{
	struct prof_location l = { 0 };
	struct prof_line line = { .fn = make_fn(&m, name) };
	prof_loc run = prof_builder_location(&m.b, l, &line, 1);
	int64_t value = 5;

	make_values(&m, prof_builder_stack(&m.b, &run, 1), 0, &value);
}

/* Graphviz itself judges; without it there is nothing to show. */
START_TEST(graphviz_draws_hostile_names)
{
	static const char *const names[] = { "a\"];b->c[x=\"", "a\\",
	    "<b>&amp;&#10;", "{|}", "\xff\x01", "\\N\\G\\E", "/*", "//", "#" };
	char path[512], command[2048], text[64];
	const char *tmp = getenv("TESTTMP");
	FILE *f;
	size_t i;
	int n = 0;

	if (system("command -v dot >/dev/null 2>&1") != 0)
		return;
	for (i = 0; i < sizeof names / sizeof names[0]; i++)
		sample_name(names[i]);
	written();
	snprintf(path, sizeof path, "%s/check_dot.%ld", tmp != NULL ? tmp :
	    ".", (long)getpid());
	f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(out.data, 1, out.len, f), out.len);
	ck_assert_int_eq(fclose(f), 0);
	snprintf(command, sizeof command, "dot -Tsvg '%s' 2>&1 | "
	    "grep -c 'class=\"node\"'", path);
	f = popen(command, "r");
	ck_assert_ptr_nonnull(f);
	if (fgets(text, sizeof text, f) != NULL)
		n = atoi(text);
	pclose(f);
	remove(path);
	ck_assert_int_eq(n, 1 + (int)(sizeof names / sizeof names[0]));
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("dot");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_node_says_self_and_total);
	tcase_add_test(tc, a_node_without_self_says_0);
	tcase_add_test(tc, an_edge_has_its_value);
	tcase_add_test(tc, inlined_calls_are_marked);
	tcase_add_test(tc, residual_edges_are_dotted);
	tcase_add_test(tc, shares_leave_out_nodes_and_edges);
	tcase_add_test(tc, eighty_nodes_are_drawn_unless_told_otherwise);
	tcase_add_test(tc, a_call_tree_has_a_node_for_each_context);
	tcase_add_test(tc, labels_get_boxes);
	tcase_add_test(tc, many_numbers_share_four_boxes);
	tcase_add_test(tc, known_calls_stand_at_edges);
	tcase_add_test(tc, direct_recursion_is_not_drawn);
	tcase_add_test(tc, decreases_are_green);
	tcase_add_test(tc, nothing_in_a_text_leaves_its_string);
	tcase_add_test(tc, names_break_where_words_end);
	tcase_add_test(tc, a_name_without_words_breaks_anyway);
	tcase_add_test(tc, a_long_name_is_cut_in_the_middle);
	tcase_add_test(tc, a_cut_keeps_characters_whole);
	tcase_add_test(tc, a_root_is_rounded_up);
	tcase_add_test(tc, an_empty_profile_says_so);
	tcase_add_test(tc, graphviz_draws_hostile_names);
	return test_main("dot", tc);
}
