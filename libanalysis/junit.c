/* SPDX-License-Identifier: MIT */
#include "libanalysis/regresstext.h"

#include <libxml/xmlwriter.h>
#include <string.h>

#include "libanalysis/name.h"

/* The writer, and whether it has refused anything so far. */
struct junit {
	xmlTextWriterPtr w;
	bool failed;
	struct prof_buf text;	/* scratch */
};

static void
start(struct junit *j, const char *name)
{
	if (xmlTextWriterStartElement(j->w, (const xmlChar *)name) < 0)
		j->failed = true;
}

static void
end(struct junit *j)
{
	if (xmlTextWriterEndElement(j->w) < 0)
		j->failed = true;
}

/* What XML cannot hold is made printable first. */
static void
attribute(struct junit *j, const char *name, const char *s, size_t len)
{
	struct prof_buf *b = &j->text;

	prof_buf_clear(b);
	prof_name_print(b, s, len);
	if (xmlTextWriterWriteAttribute(j->w, (const xmlChar *)name,
	    (const xmlChar *)prof_buf_str(b)) < 0)
		j->failed = true;
}

static void
number(struct junit *j, const char *name, size_t n)
{
	if (xmlTextWriterWriteFormatAttribute(j->w, (const xmlChar *)name,
	    "%zu", n) < 0)
		j->failed = true;
}

static void
outcome(struct junit *j, const char *element, const char *type,
    const char *message, size_t len)
{
	start(j, element);
	attribute(j, "message", message, len);
	if (type != NULL)
		attribute(j, "type", type, strlen(type));
	end(j);
}

static void
case_start(struct junit *j, const char *class, const char *name, size_t len)
{
	start(j, "testcase");
	attribute(j, "classname", class, strlen(class));
	attribute(j, "name", name, len);
	attribute(j, "time", "0", 1);
}

/* Where a function is; JUnit groups cases by it. */
static const char *
place_of(const struct prof_row *r)
{
	return r->file[0] != '\0' ? r->file : r->module[0] != '\0' ?
	    r->module : "function";
}

static void
add_case(struct junit *j, const struct prof_regress *g,
    const struct prof_regress_row *r)
{
	struct prof_buf message = { 0 };
	const struct prof_row *row;

	if (r->kind == PROF_REGRESS_ALL) {
		case_start(j, "profile", "TOTAL", 5);
	} else {
		row = prof_match_row(&g->d->match, r->class);
		case_start(j, place_of(row), row->name, row->name_len);
	}
	prof_regress_describe(g, r, &message);
	if (r->verdict == PROF_VERDICT_REGRESSION)
		outcome(j, "failure", prof_verdict_name(r->verdict),
		    message.data, message.len);
	else if (r->verdict == PROF_VERDICT_INCONCLUSIVE)
		outcome(j, "skipped", NULL, message.data, message.len);
	prof_buf_release(&message);
	end(j);
}

static size_t
count_verdict(const struct prof_regress *g, enum prof_verdict v)
{
	return g->count[v] + (g->n > 0 && g->all == v);
}

/* The attributes that a suite and the list of suites share. */
static void
totals(struct junit *j, const struct prof_regress *g,
    const struct prof_diff_form *form)
{
	const char *tool = form->tool != NULL ? form->tool : "pregress";

	attribute(j, "name", tool, strlen(tool));
	number(j, "tests", g->n > 0 ? g->n : 1);
	number(j, "failures", count_verdict(g, PROF_VERDICT_REGRESSION));
	number(j, "errors", g->n > 0 ? 0 : 1);
	attribute(j, "time", "0", 1);
}

static void
document(struct junit *j, const struct prof_regress *g,
    const struct prof_diff_form *form)
{
	size_t i;

	if (xmlTextWriterSetIndent(j->w, 1) < 0 ||
	    xmlTextWriterStartDocument(j->w, NULL, "UTF-8", NULL) < 0)
		j->failed = true;
	start(j, "testsuites");
	totals(j, g, form);
	start(j, "testsuite");
	totals(j, g, form);
	number(j, "skipped", count_verdict(g, PROF_VERDICT_INCONCLUSIVE));
	for (i = 0; i < g->n && !j->failed; i++)
		add_case(j, g, &g->row[i]);
	if (g->n == 0) {
		case_start(j, "profile", "TOTAL", 5);
		outcome(j, "error", prof_verdict_name(g->verdict), g->reason,
		    strlen(g->reason));
		end(j);
	}
	if (xmlTextWriterEndDocument(j->w) < 0)
		j->failed = true;
}

int
prof_regress_junit(const struct prof_regress *g,
    const struct prof_diff_form *form, struct prof_out *out,
    struct prof_err *err)
{
	struct junit j = { 0 };
	xmlBufferPtr xml = xmlBufferCreate();

	j.w = xml != NULL ? xmlNewTextWriterMemory(xml, 0) : NULL;
	j.failed = j.w == NULL;
	if (!j.failed) {
		document(&j, g, form);
		xmlFreeTextWriter(j.w);
	}
	if (!j.failed)
		prof_out_add(out, xmlBufferContent(xml),
		    (size_t)xmlBufferLength(xml));
	if (xml != NULL)
		xmlBufferFree(xml);
	prof_buf_release(&j.text);
	return j.failed ? prof_fail(err, PROF_ELIMIT,
	    "the JUnit report is larger than libxml2 can hold") : PROF_OK;
}
