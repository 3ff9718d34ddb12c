/* SPDX-License-Identifier: MIT */
#include "libanalysis/json.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/builder.h"
#include "libanalysis/check.h"

extern const struct prof_writer prof_json_writer;

static struct prof_json j;
static struct prof_out *out;
static struct prof_buf text;

static void
setup(void)
{
	memset(&text, 0, sizeof text);
	out = prof_out_buf(&text);
	prof_json_init(&j, out);
}

static void
teardown(void)
{
	prof_buf_release(&text);
}

static const char *
finished(void)
{
	prof_json_finish(&j);
	ck_assert_int_eq(prof_out_finish(out, NULL), PROF_OK);
	return prof_buf_str(&text);
}

START_TEST(levels_are_indented_and_rows_stay_on_their_line)
{
	prof_json_begin(&j, '{');
	prof_json_key(&j, "a");
	prof_json_int(&j, INT64_MIN);
	prof_json_key(&j, "rows");
	prof_json_begin(&j, '[');
	prof_json_row(&j, '{');
	prof_json_key(&j, "x");
	prof_json_begin(&j, '[');
	prof_json_bool(&j, true);
	prof_json_null(&j);
	prof_json_end(&j);
	prof_json_key(&j, "y");
	prof_json_bool(&j, false);
	prof_json_end(&j);
	prof_json_row(&j, '[');
	prof_json_end(&j);
	prof_json_end(&j);
	prof_json_key(&j, "o");
	prof_json_begin(&j, '{');
	prof_json_end(&j);
	prof_json_end(&j);
	ck_assert_str_eq(finished(), "{\n  \"a\": -9223372036854775808,\n"
	    "  \"rows\": [\n    {\"x\": [true, null], \"y\": false},\n"
	    "    []\n  ],\n  \"o\": {}\n}\n");
}
END_TEST

START_TEST(a_document_may_be_one_value)
{
	prof_json_strs(&j, "x");
	ck_assert_str_eq(finished(), "\"x\"\n");
}
END_TEST

START_TEST(a_document_may_be_one_row)
{
	prof_json_row(&j, '{');
	prof_json_key(&j, "x");
	prof_json_int(&j, 1);
	prof_json_end(&j);
	ck_assert_str_eq(finished(), "{\"x\": 1}\n");
}
END_TEST

START_TEST(strings_hold_any_bytes)
{
	prof_json_row(&j, '[');
	prof_json_str(&j, "a\"\\\n\t\0\33\x7f", 8);
	prof_json_str(&j, "\xff\xc3\xa9</script>\xe2\x80\xa8", 15);
	prof_json_str(&j, "", 0);
	prof_json_end(&j);
	ck_assert_str_eq(finished(), "[\"a\\\"\\\\\\n\\t\\u0000\\u001b"
	    "\\u007f\", \"\\\\xff\xc3\xa9\\u003c/script>\\u2028\", \"\"]\n");
}
END_TEST

START_TEST(numbers_are_exact)
{
	prof_json_row(&j, '[');
	prof_json_i128(&j, (prof_i128)UINT64_MAX * 1000);
	prof_json_fixed(&j, -1234, 2);
	prof_json_fixed(&j, 5, 6);
	prof_json_fixed(&j, 7, 0);
	prof_json_end(&j);
	ck_assert_str_eq(finished(),
	    "[18446744073709551615000, -12.34, 0.000005, 7]\n");
}
END_TEST

START_TEST(nesting_may_be_deep)
{
	int i;

	for (i = 0; i < 1000; i++)
		prof_json_row(&j, '[');
	for (i = 0; i < 1000; i++)
		prof_json_end(&j);
	ck_assert_uint_eq(strlen(finished()), 2001);
}
END_TEST

static const char want[] =
    "{\n"
    "  \"schema\": \"profkit/profile/1\",\n"
    "  \"sample_types\": [\n"
    "    {\"type\": \"samples\", \"unit\": \"count\", \"total\": 5},\n"
    "    {\"type\": \"cpu\", \"unit\": \"count\", \"num\": 1, "
    "\"den\": 10, \"total\": 9223372036854775807}\n"
    "  ],\n"
    "  \"strings\": [\n"
    "    \"\",\n    \"samples\",\n    \"count\",\n    \"cpu\",\n"
    "    \"/bin/x\",\n    \"main\",\n    \"m.c\",\n    \"f\",\n"
    "    \"_f\",\n    \"thread\",\n    \"worker\",\n    \"bytes\",\n"
    "    \"odd line\"\n"
    "  ],\n"
    "  \"functions\": [\n"
    "    {\"name\": 5, \"file\": 6, \"start_line\": 3},\n"
    "    {\"name\": 7, \"system\": 8}\n"
    "  ],\n"
    "  \"mappings\": [\n"
    "    {\"start\": \"0x1000\", \"limit\": \"0x2000\", \"file\": 4, "
    "\"has\": [\"functions\", \"lines\"]}\n"
    "  ],\n"
    "  \"locations\": [\n"
    "    {\"mapping\": 0, \"address\": \"0x1010\", \"kind\": \"user\", "
    "\"folded\": true, \"lines\": [{\"function\": 1, \"line\": 7, "
    "\"column\": 2}, {\"function\": 0, \"line\": 9}]},\n"
    "    {\"address\": \"0xffffffffffffffff\", \"kind\": \"kernel\", "
    "\"inlined\": true}\n"
    "  ],\n"
    "  \"stacks\": [\n"
    "    [1, 0]\n"
    "  ],\n"
    "  \"samples\": [\n"
    "    {\"stack\": 0, \"values\": [5, 9223372036854775807], "
    "\"labels\": [{\"key\": 9, \"str\": 10}, {\"key\": 11, "
    "\"num\": -4, \"unit\": 11}]},\n"
    "    {\"stack\": null, \"values\": [0, 0]}\n"
    "  ],\n"
    "  \"edges\": {\n"
    "    \"types\": [\n"
    "      {\"type\": \"cpu\", \"unit\": \"count\", \"role\": \"calls\", \"exact\": true}\n"
    "    ],\n"
    "    \"rows\": [\n"
    "      {\"callee\": 0, \"values\": [4]},\n"
    "      {\"caller\": 0, \"callee\": 1, \"line\": 8, "
    "\"values\": [3]}\n"
    "    ]\n"
    "  },\n"
    "  \"metadata\": {\n"
    "    \"format\": \"cpu\",\n"
    "    \"time_ns\": 12,\n"
    "    \"period\": {\"type\": \"cpu\", \"unit\": \"count\", "
    "\"value\": 100},\n"
    "    \"inputs\": 1,\n"
    "    \"failed\": 2,\n"
    "    \"differ\": [\"doc_url\", \"period\"],\n"
    "    \"comments\": [\n"
    "      \"main\"\n"
    "    ],\n"
    "    \"notes\": [\n"
    "      {\"text\": \"odd line\", \"count\": 1, \"skipped\": true, "
    "\"where\": [17]}\n"
    "    ]\n"
    "  }\n"
    "}\n";

static void
add_locations(struct prof_builder *b, prof_loc *frames)
{
	struct prof_strs *s = &b->p->strs;
	struct prof_mapping m = { .start = 0x1000, .limit = 0x2000,
	    .flags = PROF_MOD_FUNCTIONS | PROF_MOD_LINES };
	struct prof_location loc = { .address = 0x1010,
	    .kind = PROF_KIND_USER, .flags = PROF_LOC_FOLDED };
	struct prof_location other = { .address = UINT64_MAX,
	    .kind = PROF_KIND_KERNEL, .flags = PROF_LOC_INLINED };
	struct prof_function f = { 0 }, g = { 0 };
	struct prof_line lines[2] = { { 0, 7, 2 }, { 0, 9, 0 } };

	m.file = prof_strs_adds(s, "/bin/x");
	loc.mapping = prof_builder_mapping(b, m);
	f.name = prof_strs_adds(s, "main");
	f.file = prof_strs_adds(s, "m.c");
	f.start = 3;
	g.name = prof_strs_adds(s, "f");
	g.system = prof_strs_adds(s, "_f");
	lines[1].fn = prof_builder_function(b, f);
	lines[0].fn = prof_builder_function(b, g);
	frames[1] = prof_builder_location(b, loc, lines, 2);
	frames[0] = prof_builder_location(b, other, NULL, 0);
}

static void
add_samples(struct prof_builder *b)
{
	static const int64_t values[] = { 5, INT64_MAX }, none[] = { 0, 0 };
	struct prof_strs *s = &b->p->strs;
	struct prof_label labels[2] = { { 0 } };
	prof_loc frames[2];
	prof_set set;

	add_locations(b, frames);
	labels[0].key = prof_strs_adds(s, "thread");
	labels[0].str = prof_strs_adds(s, "worker");
	labels[1].key = labels[1].unit = prof_strs_adds(s, "bytes");
	labels[1].num = -4;
	set = prof_builder_set(b, labels, 2);
	prof_builder_sample(b, prof_builder_stack(b, frames, 2), set, 0,
	    values, NULL);
	prof_builder_sample(b, 0, 0, 0, none, NULL);
}

static void
add_rest(struct prof_profile *p)
{
	prof_str cpu = prof_strs_adds(&p->strs, "cpu");
	int64_t v = 4;

	p->type[1].den = 10;
	p->edges.ntypes = 1;
	p->edges.type[0] = p->type[1];
	p->edges.type[0].den = 1;
	p->edges.exact[0] = true;
	prof_profile_add_edge(p, 0, 1, 0, &v);
	v = 3;
	prof_profile_add_edge(p, 1, 2, 8, &v);
	p->meta.format = p->meta.period_type = cpu;
	p->meta.period_unit = p->type[1].unit;
	p->meta.period = 100;
	p->meta.time_ns = 12;
	p->meta.failed = 2;
	p->meta.differ = PROF_DIFFER_DOC_URL | PROF_DIFFER_PERIOD;
	prof_profile_add_comment(p, prof_strs_adds(&p->strs, "main"));
	prof_profile_note(p, "odd line", 17, true);
}

START_TEST(the_whole_model_is_in_the_document)
{
	struct prof_write_opts opts = { 0 };
	struct prof_profile p = { 0 };
	struct prof_builder b;

	prof_builder_init(&b, &p, NULL);
	prof_strs_adds(&p.strs, "samples");
	prof_profile_add_type(&p, 1, prof_strs_adds(&p.strs, "count"));
	prof_profile_add_type(&p, prof_strs_adds(&p.strs, "cpu"), 2);
	add_samples(&b);
	add_rest(&p);
	ck_assert_int_eq(prof_profile_check(&p, NULL), PROF_OK);
	ck_assert_int_eq(prof_json_writer.write(&p, &opts, out, NULL), 0);
	ck_assert_int_eq(prof_out_finish(out, NULL), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&text), want);
	prof_builder_release(&b);
	prof_profile_release(&p);
}
END_TEST

START_TEST(an_empty_profile_is_a_document_too)
{
	struct prof_write_opts opts = { 0 };
	struct prof_profile p = { 0 };

	ck_assert_int_eq(prof_json_writer.write(&p, &opts, out, NULL), 0);
	ck_assert_int_eq(prof_out_finish(out, NULL), PROF_OK);
	ck_assert_ptr_nonnull(strstr(prof_buf_str(&text),
	    "\"samples\": [],\n"));
	prof_profile_release(&p);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("json");
	TCase *tc = tcase_create("json");
	SRunner *sr;
	int failed;

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, levels_are_indented_and_rows_stay_on_their_line);
	tcase_add_test(tc, a_document_may_be_one_value);
	tcase_add_test(tc, a_document_may_be_one_row);
	tcase_add_test(tc, strings_hold_any_bytes);
	tcase_add_test(tc, numbers_are_exact);
	tcase_add_test(tc, nesting_may_be_deep);
	tcase_add_test(tc, the_whole_model_is_in_the_document);
	tcase_add_test(tc, an_empty_profile_is_a_document_too);
	suite_add_tcase(s, tc);
	sr = srunner_create(s);
	srunner_run_all(sr, CK_ENV);
	failed = srunner_ntests_failed(sr);
	srunner_free(sr);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
