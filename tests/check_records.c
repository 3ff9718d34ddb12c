/* SPDX-License-Identifier: MIT */
#include "libanalysis/records.h"

#include "tests/support.h"

/* Rows of named fields in each machine form. */

static const struct prof_field fields[] = {
	{ "name", false, false }, { "n", true, false },
	{ "share", true, true }, { "part", true, false },
	{ "yes", true, false }
};

static struct prof_buf b;
static struct prof_err err;

static void
teardown(void)
{
	prof_buf_release(&b);
}

static void
rows(struct prof_records *r)
{
	prof_records_text(r, "a\tb,\"|", 6);
	prof_records_int(r, -7);
	prof_records_fixed(r, 12345, 4);
	prof_records_fixed(r, 5, 1);
	prof_records_bool(r, true);
	prof_records_strs(r, "");
	prof_records_none(r);
	prof_records_none(r);
	prof_records_none(r);
	prof_records_bool(r, false);
}

static const char *
form(enum prof_form form)
{
	struct prof_out *out = prof_out_buf(&b);
	struct prof_records r;

	prof_buf_clear(&b);
	prof_records_init(&r, form, fields, 5, out, NULL);
	rows(&r);
	prof_records_release(&r);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	return prof_buf_str(&b);
}

START_TEST(tsv_has_a_head_and_leaves_out_what_is_json_only)
{
	ck_assert_str_eq(form(PROF_FORM_TSV), "name\tn\tpart\tyes\n"
	    "a\\tb,\"|\t-7\t0.5\t1\n\t\t\t0\n");
}
END_TEST

START_TEST(csv_quotes)
{
	ck_assert_str_eq(form(PROF_FORM_CSV), "name,n,part,yes\n"
	    "\"a\\x09b,\"\"|\",-7,0.5,1\n,,,0\n");
}
END_TEST

START_TEST(json_lines_are_an_object_each)
{
	ck_assert_str_eq(form(PROF_FORM_JSONL),
	    "{\"name\": \"a\\tb,\\\"|\", \"n\": -7, \"share\": 1.2345, "
	    "\"part\": 0.5, \"yes\": true}\n"
	    "{\"name\": \"\", \"n\": null, \"share\": null, "
	    "\"part\": null, \"yes\": false}\n");
}
END_TEST

START_TEST(markdown_is_a_table_with_numbers_to_the_right)
{
	ck_assert_str_eq(form(PROF_FORM_MARKDOWN),
	    "| name | n | part | yes |\n|:---|---:|---:|---:|\n"
	    "| `a\\x09b,\"\\|` | -7 | 0.5 | 1 |\n|  |  |  | 0 |\n");
}
END_TEST

START_TEST(rows_of_a_document_are_in_its_array)
{
	struct prof_out *out = prof_out_buf(&b);
	struct prof_records r;
	struct prof_json j;

	prof_buf_clear(&b);
	prof_json_init(&j, out);
	prof_json_begin(&j, '[');
	prof_records_init(&r, PROF_FORM_JSON, fields, 5, NULL, &j);
	rows(&r);
	prof_records_release(&r);
	prof_json_end(&j);
	prof_json_finish(&j);
	ck_assert_int_eq(prof_out_finish(out, &err), PROF_OK);
	ck_assert_str_eq(prof_buf_str(&b), "[\n"
	    "  {\"name\": \"a\\tb,\\\"|\", \"n\": -7, \"share\": 1.2345, "
	    "\"part\": 0.5, \"yes\": true},\n"
	    "  {\"name\": \"\", \"n\": null, \"share\": null, "
	    "\"part\": null, \"yes\": false}\n]\n");
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("records");

	tcase_add_checked_fixture(tc, NULL, teardown);
	tcase_add_test(tc,
	    tsv_has_a_head_and_leaves_out_what_is_json_only);
	tcase_add_test(tc, csv_quotes);
	tcase_add_test(tc, json_lines_are_an_object_each);
	tcase_add_test(tc, markdown_is_a_table_with_numbers_to_the_right);
	tcase_add_test(tc, rows_of_a_document_are_in_its_array);
	return test_main("records", tc);
}
