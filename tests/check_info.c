/* SPDX-License-Identifier: MIT */
#include "libanalysis/info.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/make.h"
#include "tests/support.h"

static struct made m;
static struct prof_buf b;
static struct prof_err err;

static void
setup(void)
{
	make_start(&m, "cpu", "nanoseconds");
	memset(&b, 0, sizeof b);
	memset(&err, 0, sizeof err);
}

static void
teardown(void)
{
	prof_buf_release(&b);
	make_drop(&m);
}

static const char *
text(void)
{
	static const char *const inputs[] = { "a.pb", "b\033.pb" };

	prof_buf_clear(&b);
	ck_assert_int_eq(prof_info_text(&m.p, inputs, 2, &b, &err), PROF_OK);
	return prof_buf_str(&b);
}

static const char *
json(void)
{
	static const char *const inputs[] = { "a.pb" };
	struct prof_out *o;

	prof_buf_clear(&b);
	o = prof_out_buf(&b);
	ck_assert_int_eq(prof_info_json(&m.p, "pconvert", inputs, 1, o,
	    &err), PROF_OK);
	ck_assert_int_eq(prof_out_finish(o, &err), PROF_OK);
	return prof_buf_str(&b);
}

static void
check_has(const char *all, const char *part)
{
	ck_assert_msg(strstr(all, part) != NULL, "no '%s' in:\n%s", part,
	    all);
}

static void
fill(void)
{
	struct prof_label label[3] = { { 0 } };
	int64_t values[2] = { -3, 40 };

	m.p.meta.format = make_str(&m, "pprof");
	m.p.meta.dialect = make_str(&m, "old");
	m.p.meta.inputs = 3;
	m.p.meta.failed = 1;
	m.p.meta.time_ns = 5;
	m.p.meta.duration_ns = 6;
	m.p.meta.period = 7;
	m.p.meta.period_type = make_str(&m, "cpu");
	prof_profile_add_type(&m.p, make_str(&m, "wall"), 0);
	make_mod(&m, 0x1000, 0x2000, "app", "id");
	label[0].key = make_str(&m, "thread");
	label[0].str = make_str(&m, "main");
	label[1].key = make_str(&m, "bytes");
	label[1].num = 8;
	make_values(&m, make_stack(&m, "main;f"), prof_builder_set(&m.b,
	    label, 2), values);
	make_values(&m, make_stack(&m, "main"), 0, values);
	prof_profile_add_comment(&m.p, make_str(&m, "why\033"));
	prof_profile_note(&m.p, "bad line", 1, true);
	prof_profile_note(&m.p, "odd", 0, false);
}

START_TEST(the_text_tells_everything)
{
	fill();
	ck_assert_str_eq(text(),
	    "input:      a.pb\n"
	    "input:      b\\x1b.pb\n"
	    "format:     pprof:old\n"
	    "recordings: 3\n"
	    "failed:     1\n"
	    "type 0:     cpu, total 6 nanoseconds\n"
	    "type 1:     wall, total 80  (default)\n"
	    "time:       5 ns since 1970\n"
	    "duration:   6 ns\n"
	    "period:     cpu 7 \n"
	    "samples:    2\n"
	    "stacks:     2\n"
	    "functions:  2\n"
	    "locations:  2\n"
	    "mapping:    0x1000-0x2000 app id\n"
	    "label:      bytes, numbers, on 1 samples\n"
	    "label:      thread, text, on 1 samples\n"
	    "comment:    why\\x1b\n"
	    "skipped:    bad line (1)\n"
	    "warning:    odd (1)\n");
}
END_TEST

START_TEST(json_tells_the_same)
{
	fill();
	json();
	check_has(b.data, "\"schema\": \"profkit/info/1\"");
	check_has(b.data, "\"inputs\": [\"a.pb\"]");
	check_has(b.data, "\"format\": \"pprof\"");
	check_has(b.data, "\"dialect\": \"old\"");
	check_has(b.data, "\"recordings\": 3");
	check_has(b.data, "\"failed\": 1");
	check_has(b.data, "{\"type\": \"cpu\", \"unit\": \"nanoseconds\", "
	    "\"total\": 6, \"default\": false");
	check_has(b.data, "\"samples\": 2");
	check_has(b.data, "{\"key\": \"bytes\", \"numeric\": true, "
	    "\"samples\": 1}");
	check_has(b.data, "\"build_id\": \"id\"");
	check_has(b.data, "\"start\": 4096");
	check_has(b.data, "why\\u001b");
	check_has(b.data, "{\"reason\": \"bad line\", \"count\": 1}");
}
END_TEST

START_TEST(an_empty_profile_has_little_to_tell)
{
	make_drop(&m);
	make_start(&m, NULL, NULL);
	ck_assert_str_eq(text(), "input:      a.pb\ninput:      b\\x1b.pb\n"
	    "samples:    0\nstacks:     0\nfunctions:  0\nlocations:  0\n");
	check_has(json(), "\"sample_types\": []");
}
END_TEST

START_TEST(edges_are_counted)
{
	int64_t one = 1;

	m.p.edges.ntypes = 1;
	m.p.edges.type[0] = m.p.type[0];
	prof_profile_add_edge(&m.p, 0, make_fn(&m, "f"), 0, &one);
	check_has(text(), "edges:      1\n");
	check_has(json(), "\"edges\": 1");
}
END_TEST

START_TEST(a_scale_is_part_of_the_total)
{
	m.p.type[0].num = 1;
	m.p.type[0].den = 1000;
	make_sample(&m, "f", 2500);
	check_has(text(), "cpu, total 2.500000000 nanoseconds");
	check_has(json(), "\"total\": 2500");
	check_has(b.data, "\"scale\": [1, 1000]");
}
END_TEST

START_TEST(a_total_beyond_64_bits_is_shown)
{
	make_sample(&m, "f", INT64_MAX);
	make_sample(&m, "g", -1);
	check_has(text(), "total 9223372036854775808 nanoseconds");
	check_has(json(), "\"total\": 9223372036854775808");
}
END_TEST

START_TEST(a_key_counts_each_sample_once_for_text_and_for_numbers)
{
	struct prof_label label[4] = { { 0 } };
	int64_t one = 1;
	int i;

	for (i = 0; i < 4; i++)
		label[i].key = make_str(&m, "k");
	label[0].str = make_str(&m, "x");
	label[1].str = make_str(&m, "y");
	label[2].num = 1;
	label[3].num = 2;
	make_values(&m, 0, prof_builder_set(&m.b, label, 4), &one);
	check_has(text(), "label:      k, text, on 1 samples\n"
	    "label:      k, numbers, on 1 samples\n");
}
END_TEST

START_TEST(many_keys_are_counted_in_time)
{
	struct prof_label label = { 0 };
	char name[16];
	int64_t one = 1;
	int i;

	for (i = 0; i < 200000; i++) {
		snprintf(name, sizeof name, "k%d", i);
		label.key = make_str(&m, name);
		label.str = 0;
		label.num = i;
		make_values(&m, 0, prof_builder_set(&m.b, &label, 1), &one);
	}
	check_has(text(), "label:      k199999, numbers, on 1 samples\n");
}
END_TEST

START_TEST(counts_of_64_bits_are_not_negative)
{
	prof_profile_note(&m.p, "odd", 0, false);
	m.p.note[0].count = UINT64_MAX;
	m.p.meta.inputs = m.p.meta.failed = UINT64_MAX;
	ck_assert_ptr_null(strchr(json(), '-'));
	check_has(b.data, "\"recordings\": 18446744073709551615");
	check_has(b.data, "\"failed\": 18446744073709551615");
	check_has(b.data, "\"count\": 18446744073709551615");
}
END_TEST

/* As in all other reports. */
START_TEST(of_a_difference_the_total_is_that_of_its_base)
{
	struct prof_label base = { 0 };
	int64_t value = -100;

	base.key = make_str(&m, "pprof::base");
	base.str = make_str(&m, "true");
	make_sample(&m, "f", 500);
	make_values(&m, make_stack(&m, "f"), prof_builder_set(&m.b, &base,
	    1), &value);
	check_has(text(), "total 100 nanoseconds");
	check_has(json(), "\"total\": 100");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("info");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, of_a_difference_the_total_is_that_of_its_base);
	tcase_add_test(tc, the_text_tells_everything);
	tcase_add_test(tc, json_tells_the_same);
	tcase_add_test(tc, an_empty_profile_has_little_to_tell);
	tcase_add_test(tc, edges_are_counted);
	tcase_add_test(tc, a_scale_is_part_of_the_total);
	tcase_add_test(tc, a_total_beyond_64_bits_is_shown);
	tcase_add_test(tc,
	    a_key_counts_each_sample_once_for_text_and_for_numbers);
	tcase_add_test(tc, many_keys_are_counted_in_time);
	tcase_add_test(tc, counts_of_64_bits_are_not_negative);
	return test_main("info", tc);
}
