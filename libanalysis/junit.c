/* SPDX-License-Identifier: MIT */
#include "libanalysis/gateforms.h"

#include <libxml/xmlwriter.h>
#include <string.h>

#include "libanalysis/gateparts.h"
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

enum result { PASSED, FAILED, SKIPPED };

/* What another finding explains is no failure of its own. */
static enum result
outcome_of(const struct prof_gate_row *r)
{
	switch (r->verdict) {
	case PROF_VERDICT_REGRESSION:
		return r->explained ? SKIPPED : FAILED;
	case PROF_VERDICT_INCONCLUSIVE:
	case PROF_VERDICT_SHIFTED:
		return SKIPPED;
	default:
		return PASSED;
	}
}

static void
add_output(struct junit *j, const struct prof_buf *text)
{
	prof_buf_clear(&j->text);
	prof_buf_adds(&j->text, "warning: ");
	prof_name_print(&j->text, text->data, text->len);
	if (xmlTextWriterWriteElement(j->w, (const xmlChar *)"system-out",
	    (const xmlChar *)prof_buf_str(&j->text)) < 0)
		j->failed = true;
}

static void
add_case(struct junit *j, const struct prof_gate *g,
    const struct prof_gate_row *r)
{
	const struct prof_row *row = prof_gate_place(g, r);
	struct prof_buf text = { 0 };

	case_start(j, place_of(row), row->name, row->name_len);
	prof_gate_describe(g, r, &text);
	if (outcome_of(r) == FAILED)
		outcome(j, "failure", prof_verdict_name(r->verdict),
		    text.data, text.len);
	else if (outcome_of(r) == SKIPPED)
		outcome(j, "skipped", NULL, text.data, text.len);
	else if (r->warning)
		add_output(j, &text);
	prof_buf_release(&text);
	end(j);
}

static bool
total_is_skipped(const struct prof_gate *g)
{
	return g->all != PROF_VERDICT_REGRESSION &&
	    g->verdict == PROF_VERDICT_INCONCLUSIVE;
}

/* Everything together; what leaves the verdict open stands here. */
static void
add_total(struct junit *j, const struct prof_gate *g)
{
	struct prof_gate_row all = prof_gate_all(g);
	struct prof_buf text = { 0 };

	prof_gate_name(g, &all, &text);
	case_start(j, "profile", text.data, text.len);
	prof_buf_clear(&text);
	prof_gate_describe(g, &all, &text);
	if (g->all == PROF_VERDICT_REGRESSION)
		outcome(j, "failure", prof_verdict_name(g->all), text.data,
		    text.len);
	else if (total_is_skipped(g))
		outcome(j, "skipped", NULL, g->reason, strlen(g->reason));
	prof_buf_release(&text);
	end(j);
}

static void
add_input(struct junit *j, const char *name, const char *reason)
{
	case_start(j, "input", name, strlen(name));
	outcome(j, "error", "input", reason, strlen(reason));
	end(j);
}

static size_t
count_cases(const struct prof_gate *g, enum result wanted)
{
	enum result all = g->all == PROF_VERDICT_REGRESSION ? FAILED :
	    total_is_skipped(g) ? SKIPPED : PASSED;
	size_t n = all == wanted, i;

	for (i = 0; i < g->n; i++)
		if (g->row[i].class != 0 && outcome_of(&g->row[i]) == wanted)
			n++;
	return n;
}

/* The attributes that a suite and the list of suites share. */
static void
totals(struct junit *j, const struct prof_gate *g,
    const struct prof_diff_form *form)
{
	const char *tool = form->tool != NULL ? form->tool : "pregress";

	attribute(j, "name", tool, strlen(tool));
	number(j, "tests", count_cases(g, PASSED) + count_cases(g, FAILED) +
	    count_cases(g, SKIPPED) + form->nfailed);
	number(j, "failures", count_cases(g, FAILED));
	number(j, "errors", form->nfailed);
	attribute(j, "time", "0", 1);
}

static void
document(struct junit *j, const struct prof_gate *g,
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
	number(j, "skipped", count_cases(g, SKIPPED));
	for (i = 0; i < form->nfailed; i++)
		add_input(j, form->failed[i], form->why != NULL ?
		    form->why[i] : "could not be read");
	add_total(j, g);
	for (i = 0; i < g->n && !j->failed; i++)
		if (g->row[i].class != 0)
			add_case(j, g, &g->row[i]);
	if (xmlTextWriterEndDocument(j->w) < 0)
		j->failed = true;
}

int
prof_gate_junit(const struct prof_gate *g, const struct prof_gate_form *how,
    struct prof_out *out, struct prof_err *err)
{
	struct junit j = { 0 };
	xmlBufferPtr xml = xmlBufferCreate();

	j.w = xml != NULL ? xmlNewTextWriterMemory(xml, 0) : NULL;
	j.failed = j.w == NULL;
	if (!j.failed) {
		document(&j, g, &how->plain);
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
