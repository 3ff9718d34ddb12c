/* SPDX-License-Identifier: MIT */
#include "libanalysis/metatable.h"

#include <string.h>

#include "libanalysis/flat.h"
#include "libanalysis/name.h"
#include "libanalysis/topcells.h"

static void
add_name(struct prof_table *t, const struct prof_profile *p, prof_str s)
{
	struct prof_buf b = { 0 };

	prof_name_print(&b, prof_profile_str(p, s), prof_strs_len(&p->strs,
	    s));
	prof_table_add(t, PROF_INK_NONE, b.len > 0 ? b.data : "", b.len);
	prof_buf_release(&b);
}

/* Samples with a value; of measured calls, functions with one. */
static prof_i128
count_samples(const struct prof_about *a, const struct prof_sums *sums)
{
	const struct prof_profile *p = a->p;
	prof_i128 n = 0;
	uint32_t i;

	if (sums->edges)
		return sums->samples;
	for (i = 0; i < p->nsamples; i++)
		if (p->value[a->column][i] != 0)
			n += prof_about_samples(a, i);
	return n;
}

static void
add_type(struct prof_table *t, const struct prof_about *a,
    const struct prof_style *style)
{
	struct prof_spread s = { 0 };
	struct prof_amount amount;
	struct prof_sums sums;
	prof_i128 samples;

	prof_flat_sums(&sums, a->p, a->column);
	samples = count_samples(a, &sums);
	prof_spread_add(&s, sums.whole);
	amount = prof_about_amount(a, &s, &style->unit);
	prof_cell_calls(t, a->column, a->column);
	add_name(t, a->p, a->p->type[a->column].type);
	add_name(t, a->p, a->p->type[a->column].unit);
	prof_cell_amount(t, &amount, sums.whole, PROF_INK_NONE);
	prof_cell_calls(t, samples, samples);
	prof_table_adds(t, PROF_INK_NONE, a->column ==
	    prof_profile_default(a->p) ? "default" : "");
}

void
prof_types_text(const struct prof_about *a, const struct prof_style *style,
    struct prof_buf *out)
{
	static const char *const head[] = { "index", "type", "unit", "total",
	    "samples", "" };
	struct prof_about of = *a;
	struct prof_table t;

	prof_table_init(&t, "rllrrl", head);
	for (of.column = 0; of.column < a->p->ntypes; of.column++)
		add_type(&t, &of, style);
	prof_table_print(&t, 1, style, out);
	prof_table_release(&t);
}

void
prof_types_form(const struct prof_about *a, enum prof_form form,
    struct prof_out *out)
{
	static const struct prof_field fields[] = {
		{ "index", true, false }, { "type", false, false },
		{ "unit", false, false }, { "total", true, false },
		{ "samples", true, false }, { "default", true, false }
	};
	const struct prof_profile *p = a->p;
	struct prof_about of = *a;
	struct prof_rest rest = { 0 };
	struct prof_document d;
	struct prof_sums sums;
	unsigned c;

	prof_document_begin(&d, a, "types", form, fields,
	    sizeof fields / sizeof fields[0], out);
	for (c = 0; c < p->ntypes; c++) {
		of.column = c;
		prof_flat_sums(&sums, p, c);
		prof_records_int(&d.rows, c);
		prof_records_text(&d.rows, prof_profile_str(p,
		    p->type[c].type), prof_strs_len(&p->strs,
		    p->type[c].type));
		prof_records_strs(&d.rows, prof_unit_base(
		    prof_about_unit(&of)));
		prof_records_int(&d.rows, prof_about_base(&of, sums.whole));
		prof_records_int(&d.rows, count_samples(&of, &sums));
		prof_records_bool(&d.rows, c == prof_profile_default(p));
	}
	prof_document_end(&d, rest);
}

void
prof_comments_text(const struct prof_about *a, struct prof_buf *out)
{
	const struct prof_profile *p = a->p;
	uint32_t i;

	for (i = 0; i < p->ncomments; i++) {
		prof_name_print(out, prof_profile_str(p, p->comment[i]),
		    prof_strs_len(&p->strs, p->comment[i]));
		prof_buf_addc(out, '\n');
	}
}

void
prof_comments_form(const struct prof_about *a, enum prof_form form,
    struct prof_out *out)
{
	static const struct prof_field fields[] = {
		{ "comment", false, false }
	};
	const struct prof_profile *p = a->p;
	struct prof_rest rest = { 0 };
	struct prof_document d;
	uint32_t i;

	prof_document_begin(&d, a, "comments", form, fields, 1, out);
	for (i = 0; i < p->ncomments; i++)
		prof_records_text(&d.rows, prof_profile_str(p,
		    p->comment[i]), prof_strs_len(&p->strs, p->comment[i]));
	prof_document_end(&d, rest);
}
