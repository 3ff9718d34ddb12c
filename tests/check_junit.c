/* SPDX-License-Identifier: MIT */
#include "tests/gate.h"

#include <libxml/parser.h>

static struct judged j;
static struct prof_gate_form form;

static xmlDocPtr
junit(void)
{
	struct prof_out *out = prof_out_buf(&j.text);
	xmlDocPtr doc;

	prof_buf_clear(&j.text);
	ck_assert_int_eq(prof_gate_junit(&j.g, &form, out, NULL), PROF_OK);
	prof_out_finish(out, NULL);
	doc = xmlReadMemory(j.text.data, (int)j.text.len, "junit.xml", NULL,
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

/* The case of a name. */
static xmlNodePtr
find(xmlDocPtr doc, const char *name)
{
	xmlNodePtr node = xmlDocGetRootElement(doc)->children->children;

	while (node != NULL && strcmp(get(node, "name"), name) != 0)
		node = node->next;
	ck_assert_ptr_nonnull(node);
	return node;
}

static void
mixed(void)
{
	judged_two(&j, "f@/x/a.c 100\ng 100\nh 1000\nh;i 300\nm 100\nw 10",
	    "f@/x/a.c 150\ng 110\nh 1000\nh;i 100\nm 200\nw 13");
	judged_row(&j, "f", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	judged_row(&j, "g", PROF_VERDICT_INCONCLUSIVE, PROF_ARM_NONE)->mdr =
	    1.6;
	judged_row(&j, "m", PROF_VERDICT_SHIFTED, PROF_ARM_NONE);
	judged_row(&j, "i", PROF_VERDICT_IMPROVEMENT, PROF_ARM_NONE);
	judged_row(&j, "w", PROF_VERDICT_OK, PROF_ARM_WARN);
	judged_last(&j)->warning = true;
	judged_row(&j, "h", PROF_VERDICT_REGRESSION, PROF_ARM_RATIO);
	judged_last(&j)->explained = true;
}

START_TEST(there_is_a_case_for_each_row_and_for_everything)
{
	const char *const inputs[] = { "bad.prof" };
	xmlDocPtr doc;
	xmlNodePtr suites, suite, node;
	size_t cases = 0;

	mixed();
	form.plain.failed = inputs;
	form.plain.nfailed = 1;
	doc = junit();
	suites = xmlDocGetRootElement(doc);
	assert_element(suites, "testsuites");
	ck_assert_str_eq(get(suites, "tests"), "8");
	ck_assert_str_eq(get(suites, "failures"), "1");
	ck_assert_str_eq(get(suites, "errors"), "1");
	suite = suites->children;
	assert_element(suite, "testsuite");
	ck_assert_ptr_null(suite->next);
	ck_assert_str_eq(get(suite, "tests"), "8");
	ck_assert_str_eq(get(suite, "failures"), "1");
	ck_assert_str_eq(get(suite, "skipped"), "3");
	ck_assert_str_eq(get(suite, "time"), "0");
	for (node = suite->children; node != NULL; node = node->next) {
		assert_element(node, "testcase");
		ck_assert_str_eq(get(node, "time"), "0");
		cases++;
	}
	ck_assert_uint_eq(cases, 8);
	assert_element(find(doc, "bad.prof")->children, "error");
	form.plain.nfailed = 0;
	xmlFreeDoc(doc);
	judged_done(&j);
}
END_TEST

START_TEST(outcomes_have_messages)
{
	xmlDocPtr doc;
	xmlNodePtr node;

	mixed();
	doc = junit();
	node = find(doc, "f");
	ck_assert_str_eq(get(node, "classname"), "/x/a.c");
	assert_element(node->children, "failure");
	ck_assert_str_eq(get(node->children, "type"), "REGRESSION");
	ck_assert_str_eq(get(node->children, "message"),
	    "self 150 ns against 100 ns, 1.50x");
	node = find(doc, "g");
	assert_element(node->children, "skipped");
	ck_assert_str_eq(get(node->children, "message"),
	    "self 110 ns against 100 ns, 1.10x; only from 1.60x would a "
	    "change be seen here");
	assert_element(find(doc, "m")->children, "skipped");
	assert_element(find(doc, "h")->children, "skipped");
	assert_element(find(doc, "w")->children, "system-out");
	ck_assert_ptr_null(find(doc, "i")->children);
	ck_assert_ptr_null(find(doc, "TOTAL")->children);
	xmlFreeDoc(doc);
	judged_done(&j);
}
END_TEST

START_TEST(what_leaves_the_verdict_open_stands_at_everything)
{
	xmlDocPtr doc;
	xmlNodePtr node;

	judged_two(&j, "f 1", "f 1");
	j.g.verdict = PROF_VERDICT_INCONCLUSIVE;
	strcpy(j.g.reason, "fewer runs than 3");
	doc = junit();
	node = find(doc, "TOTAL");
	assert_element(node->children, "skipped");
	ck_assert_str_eq(get(node->children, "message"), "fewer runs than 3");
	xmlFreeDoc(doc);
	j.g.verdict = j.g.all = PROF_VERDICT_REGRESSION;
	doc = junit();
	assert_element(find(doc, "TOTAL")->children, "failure");
	xmlFreeDoc(doc);
	judged_done(&j);
}
END_TEST

START_TEST(it_is_well_formed_for_any_name)
{
	static const char odd[] =
	    "f]]><&\"'\x01\xff\xef\xbf\xbe\xed\xa0\x80@\x02\x0b.c 100";
	xmlDocPtr doc;
	xmlNodePtr node;

	judged_two(&j, odd, odd);
	j.g.row[0].class = 1;
	j.g.row[0].verdict = PROF_VERDICT_REGRESSION;
	j.g.n = 1;
	doc = junit();
	node = find(doc, "f]]><&\"'\\x01\\xff\\ufffe\\xed\\xa0\\x80");
	ck_assert_str_eq(get(node, "classname"), "\\x02\\x0b.c");
	xmlFreeDoc(doc);
	judged_done(&j);
}
END_TEST

int
main(void)
{
	TCase *tc = tcase_create("junit");

	tcase_add_test(tc, there_is_a_case_for_each_row_and_for_everything);
	tcase_add_test(tc, outcomes_have_messages);
	tcase_add_test(tc, what_leaves_the_verdict_open_stands_at_everything);
	tcase_add_test(tc, it_is_well_formed_for_any_name);
	return compare_main("junit", tc);
}
