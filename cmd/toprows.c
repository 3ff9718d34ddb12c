/* SPDX-License-Identifier: MIT */
#include "cmd/toprows.h"

void
top_rows_begin(struct top_rows *w, const struct prof_top *t,
    const char *report, enum form form, const struct prof_field *field,
    size_t nfields, struct prof_out *out)
{
	w->t = t;
	prof_document_begin(&w->d, &t->about, report, (enum prof_form)form,
	    field, nfields, out);
}

void
top_rows_end(struct top_rows *w, uint32_t others, prof_i128 self)
{
	struct prof_rest rest = { others, self };

	prof_document_end(&w->d, rest);
}

void
top_rows_value(struct top_rows *w, prof_i128 v)
{
	prof_records_int(&w->d.rows, prof_about_base(&w->t->about, v));
}

void
top_rows_maybe(struct top_rows *w, bool known, prof_i128 v)
{
	if (known)
		prof_records_int(&w->d.rows, v);
	else
		prof_records_none(&w->d.rows);
}

void
top_rows_share(struct top_rows *w, prof_i128 v)
{
	prof_i128 whole = w->t->about.whole;

	if (whole != 0)
		prof_records_fixed(&w->d.rows, prof_num_ppm(v, whole), 4);
	else
		prof_records_none(&w->d.rows);
}
