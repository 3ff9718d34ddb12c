/* SPDX-License-Identifier: MIT */
#include "tests/compare.h"

#include <libxml/parser.h>

#include "libanalysis/regresstext.h"

static struct compare c;
static struct prof_regress g;
static struct prof_buf text;
static const struct prof_diff_form plain;

static int
gate(const char *base, const char *newer)
{
	const struct prof_regress_rule rule = prof_regress_default();

	compare_add(&c, "a.prof", base);
	compare_add(&c, "b.prof", newer);
	ck_assert_int_eq(compare_run(&c, 1, NULL), PROF_OK);
	return prof_regress_init(&g, &c.d, &rule, &c.err);
}

static const char *
report(const struct prof_diff_form *form)
{
	struct prof_out *out = prof_out_buf(&text);

	prof_buf_clear(&text);
	prof_regress_text(&g, form, out);
	prof_out_finish(out, NULL);
	return prof_buf_str(&text);
}

static const char *
json(void)
{
	struct prof_out *out = prof_out_buf(&text);

	prof_buf_clear(&text);
	prof_regress_json(&g, &plain, out);
	prof_out_finish(out, NULL);
	return prof_buf_str(&text);
}

static xmlDocPtr
junit(void)
{
	struct prof_out *out = prof_out_buf(&text);
	xmlDocPtr doc;

	prof_buf_clear(&text);
	ck_assert_int_eq(prof_regress_junit(&g, &plain, out, NULL), PROF_OK);
	prof_out_finish(out, NULL);
	doc = xmlReadMemory(text.data, (int)text.len, "junit.xml", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOBLANKS);
	ck_assert_ptr_nonnull(doc);
	return doc;
}

/* The value of an attribute, until the next call. */
static const char *
get(xmlNodePtr node, const char *name)
{
	static char value[200];
	xmlChar *s = xmlGetProp(node, (const xmlChar *)name);

	ck_assert_ptr_nonnull(s);
	strncpy(value, (const char *)s, sizeof value - 1);
	xmlFree(s);
	return value;
}

static void
assert_element(xmlNodePtr node, const char *name)
{
	ck_assert_ptr_nonnull(node);
	ck_assert_str_eq((const char *)node->name, name);
}

static void
done(void)
{
	prof_regress_release(&g);
	compare_done(&c);
	prof_buf_release(&text);
}

START_TEST(failure_as_people_read_it)
{
	gate("main;hash 490000000\nmain;mix 230000000\nmain;fly 200000000",
	    "main;hash 850000000\nmain;mix 230000000\nmain;top 50000000\n"
	    "main;fly 100000000");
	ck_assert_str_eq(report(&plain),
"FAIL: 2 of 5 functions regressed beyond 1.50x\n"
"base = a.prof   cpu 0.92 s\n"
"new  = b.prof   cpu 1.23 s\n"
"judged: functions from 0.5% of a side, new ones from 1% of base\n"
"one run each: differences of sampling noise are possible\n"
"\n"
"verdict  metric    base     new    delta  ratio  function\n"
"FAIL     self    490 ms  850 ms  +360 ms  1.73x  hash\n"
"FAIL     self         0   50 ms   +50 ms    NEW  top\n"
"2 functions within the limit, 1 improved\n");
	done();
}
END_TEST

START_TEST(pass_as_people_read_it)
{
	gate("main;f 3000", "main;f 3100");
	ck_assert_str_eq(report(&plain),
"PASS: none of 2 functions regressed beyond 1.50x\n"
"base = a.prof   cpu 3.00 us\n"
"new  = b.prof   cpu 3.10 us\n"
"judged: functions from 0.5% of a side, new ones from 1% of base\n"
"one run each: differences of sampling noise are possible\n"
"\n"
"2 functions within the limit, 0 improved\n");
	done();
}
END_TEST

START_TEST(everything_slower_is_said)
{
	gate("f 100\ng 100", "f 150\ng 200");
	ck_assert_int_eq(strncmp(report(&plain),
	    "FAIL: 2 of 2 functions regressed beyond 1.50x, and so did "
	    "everything together: 1.75x\n", 40), 0);
	ck_assert_ptr_nonnull(strstr(text.data, "  TOTAL\n"));
	done();
}
END_TEST

START_TEST(everything_together_may_regress_alone)
{
	struct prof_buf a = { 0 }, b = { 0 };
	int i;

	for (i = 0; i < 1000; i++) {
		prof_buf_addf(&a, "f%d 10\n", i);
		prof_buf_addf(&b, "f%d 20\n", i);
	}
	gate(prof_buf_str(&a), prof_buf_str(&b));
	report(&plain);
	ck_assert_ptr_nonnull(strstr(text.data, "FAIL: everything together, "
	    "but none of 0 functions regressed beyond 1.50x: 2.00x\n"));
	prof_buf_release(&a);
	prof_buf_release(&b);
	done();
}
END_TEST

START_TEST(the_limit_hides_rows_not_counts)
{
	const struct prof_diff_form form = { .limit = 1 };

	gate("f 100\ng 100\nh 1000", "f 150\ng 200\nh 1000");
	report(&form);
	ck_assert_ptr_nonnull(strstr(text.data, "FAIL: 2 of 3"));
	ck_assert_ptr_nonnull(strstr(text.data, "\n1 more not shown\n"));
	done();
}
END_TEST

START_TEST(an_empty_side_is_inconclusive)
{
	gate("", "f 1");
	ck_assert_int_eq(strncmp(report(&plain), "INCONCLUSIVE: 'a.prof' is "
	    "without a value of cpu: nothing to judge by\n", 60), 0);
	done();
}
END_TEST

START_TEST(json_has_the_promised_keys)
{
	gate("f@/x/a.c 100\nh 1000", "f@/x/a.c 150\nh 1000");
	ck_assert_str_eq(strstr(json(), "  \"type\""),
"  \"type\": \"cpu\",\n"
"  \"unit\": \"nanoseconds\",\n"
"  \"filters\": [],\n"
"  \"verdict\": \"REGRESSION\",\n"
"  \"findings\": [\n"
"    {\"verdict\": \"REGRESSION\", \"kind\": \"function\", \"metric\": \"self\", \"base\": 100, \"new\": 150, \"delta\": 50, \"ratio\": 1.500000, \"name\": \"f\", \"file\": \"/x/a.c\", \"line\": null, \"module\": \"\", \"id\": \"3061b20a16631ccc\", \"evidence\": \"single-run\"}\n"
"  ],\n"
"  \"skipped\": [],\n"
"  \"warnings\": []\n"
"}\n");
	done();
}
END_TEST

START_TEST(json_ratio_from_nothing_is_null)
{
	gate("h 1000", "f 50\nh 1000");
	ck_assert_ptr_nonnull(strstr(json(), "\"kind\": \"new\", \"metric\": "
	    "\"self\", \"base\": 0, \"new\": 50, \"delta\": 50, \"ratio\": null,"));
	done();
}
END_TEST

START_TEST(junit_has_a_case_for_each_row)
{
	xmlDocPtr doc;
	xmlNodePtr suites, suite, node;
	size_t cases = 0;

	gate("f@/x/a.c 100\nh 1000\nh;i 300",
	    "f@/x/a.c 150\nh 1000\nh;i 100");
	doc = junit();
	suites = xmlDocGetRootElement(doc);
	assert_element(suites, "testsuites");
	ck_assert_str_eq(get(suites, "tests"), "4");
	ck_assert_str_eq(get(suites, "failures"), "1");
	ck_assert_str_eq(get(suites, "errors"), "0");
	suite = suites->children;
	assert_element(suite, "testsuite");
	ck_assert_ptr_null(suite->next);
	ck_assert_str_eq(get(suite, "tests"), "4");
	ck_assert_str_eq(get(suite, "failures"), "1");
	ck_assert_str_eq(get(suite, "skipped"), "0");
	ck_assert_str_eq(get(suite, "time"), "0");
	for (node = suite->children; node != NULL; node = node->next) {
		assert_element(node, "testcase");
		ck_assert_str_eq(get(node, "time"), "0");
		cases++;
	}
	ck_assert_uint_eq(cases, 4);
	xmlFreeDoc(doc);
	done();
}
END_TEST

START_TEST(junit_failure_has_message_and_type)
{
	xmlDocPtr doc;
	xmlNodePtr node;

	gate("f@/x/a.c 100\nh 1000", "f@/x/a.c 150\nh 1000");
	doc = junit();
	node = xmlDocGetRootElement(doc)->children->children;
	ck_assert_str_eq(get(node, "classname"), "/x/a.c");
	ck_assert_str_eq(get(node, "name"), "f");
	assert_element(node->children, "failure");
	ck_assert_str_eq(get(node->children, "type"), "REGRESSION");
	ck_assert_str_eq(get(node->children, "message"),
	    "self 150 ns against 100 ns, 1.50x");
	ck_assert_ptr_null(node->next->children);
	xmlFreeDoc(doc);
	done();
}
END_TEST

START_TEST(junit_of_an_empty_side_is_an_error)
{
	xmlDocPtr doc;
	xmlNodePtr suite;

	gate("f 1", "");
	doc = junit();
	suite = xmlDocGetRootElement(doc)->children;
	ck_assert_str_eq(get(suite, "tests"), "1");
	ck_assert_str_eq(get(suite, "errors"), "1");
	assert_element(suite->children->children, "error");
	ck_assert_str_eq(get(suite->children->children, "message"),
	    "'b.prof' is without a value of cpu: nothing to judge by");
	xmlFreeDoc(doc);
	done();
}
END_TEST

START_TEST(junit_is_well_formed_for_any_name)
{
	xmlDocPtr doc;
	xmlNodePtr node;

	gate("f]]><&\"'\x01\xff\xef\xbf\xbe\xed\xa0\x80@\x02\x0b.c 100",
	    "f]]><&\"'\x01\xff\xef\xbf\xbe\xed\xa0\x80@\x02\x0b.c 150");
	doc = junit();
	node = xmlDocGetRootElement(doc)->children->children;
	ck_assert_str_eq(get(node, "name"),
	    "f]]><&\"'\\x01\\xff\\ufffe\\xed\\xa0\\x80");
	ck_assert_str_eq(get(node, "classname"), "\\x02\\x0b.c");
	xmlFreeDoc(doc);
	done();
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("regresstext");

	tcase_add_test(tc, failure_as_people_read_it);
	tcase_add_test(tc, pass_as_people_read_it);
	tcase_add_test(tc, everything_slower_is_said);
	tcase_add_test(tc, everything_together_may_regress_alone);
	tcase_add_test(tc, the_limit_hides_rows_not_counts);
	tcase_add_test(tc, an_empty_side_is_inconclusive);
	tcase_add_test(tc, json_has_the_promised_keys);
	tcase_add_test(tc, json_ratio_from_nothing_is_null);
	tcase_add_test(tc, junit_has_a_case_for_each_row);
	tcase_add_test(tc, junit_failure_has_message_and_type);
	tcase_add_test(tc, junit_of_an_empty_side_is_an_error);
	tcase_add_test(tc, junit_is_well_formed_for_any_name);
	return compare_main("regresstext", tc);
}
