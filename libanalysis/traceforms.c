/* SPDX-License-Identifier: MIT */
#include "libanalysis/traces.h"

#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/topcells.h"

#define RIGHT 12	/* columns of values and of keys, in text */

static void
add_str(struct prof_buf *b, const struct prof_profile *p, prof_str s)
{
	prof_buf_add(b, prof_profile_str(p, s), prof_strs_len(&p->strs, s));
}

/* A number with the unit that it was recorded in. */
static void
add_label(struct prof_buf *b, const struct prof_profile *p,
    const struct prof_label *l)
{
	if (l->str != 0) {
		add_str(b, p, l->str);
	} else {
		prof_buf_addi(b, l->num);
		add_str(b, p, l->unit);
	}
}

struct text {
	const struct prof_traces *t;
	const struct prof_style *style;
	struct prof_amount amount;
	struct prof_buf scratch;
	struct prof_buf *out;
};

/* What is in the scratch buffer, to the right, and a gap. */
static void
flush_right(struct text *x)
{
	size_t width = prof_name_width(x->scratch.data, x->scratch.len);

	if (width < RIGHT)
		prof_buf_addn(x->out, ' ', RIGHT - width);
	prof_buf_add(x->out, x->scratch.data, x->scratch.len);
	prof_buf_adds(x->out, "  ");
	prof_buf_clear(&x->scratch);
}

static void
add_rule(struct text *x)
{
	int i;

	prof_ink(x->out, x->style, PROF_INK_DIM);
	for (i = 0; i < 60; i++)
		prof_buf_adds(x->out, x->style->ascii ? "-" :
		    "\342\224\200");
	prof_ink(x->out, x->style, PROF_INK_NONE);
	prof_buf_addc(x->out, '\n');
}

static void
add_labels(struct text *x, const struct prof_trace *trace)
{
	const struct prof_profile *p = x->t->about.p;
	const struct prof_label *l;
	struct prof_buf value = { 0 };
	size_t i, n;

	l = prof_profile_set(p, trace->set, &n);
	for (i = 0; i < n; i++) {
		prof_name_print(&x->scratch, prof_profile_str(p, l[i].key),
		    prof_strs_len(&p->strs, l[i].key));
		prof_buf_addc(&x->scratch, ':');
		flush_right(x);
		prof_buf_clear(&value);
		add_label(&value, p, &l[i]);
		prof_name_print(x->out, value.data, value.len);
		prof_buf_addc(x->out, '\n');
	}
	prof_buf_release(&value);
	if (p->time == NULL)
		return;
	prof_buf_adds(&x->scratch, "time:");
	flush_right(x);
	prof_amount_single(x->out, "ns", trace->time, false);
	prof_buf_addc(x->out, '\n');
}

static void
add_frame(struct text *x, const struct prof_row *r, bool first)
{
	enum prof_ink ink = x->style->color ? prof_row_ink(r) :
	    PROF_INK_NONE;

	if (!first)
		flush_right(x);
	if (ink != PROF_INK_NONE)
		prof_ink(x->out, x->style, ink);
	prof_name_print(x->out, r->name, r->name_len);
	if (r->inlined)
		prof_buf_adds(x->out, x->style->ascii ? " (inline)" :
		    " \342\223\230");
	if (ink != PROF_INK_NONE)
		prof_ink(x->out, x->style, PROF_INK_NONE);
	prof_buf_addc(x->out, '\n');
}

static void
add_trace(struct text *x, const struct prof_trace *trace)
{
	const struct prof_rows *v = x->t->rows;
	const prof_loc *run;
	const uint32_t *rows;
	size_t i, k, n, nrows;

	add_rule(x);
	add_labels(x, trace);
	prof_amount_print(&x->scratch, x->amount, trace->value);
	flush_right(x);
	run = prof_profile_stack(v->p, trace->stack, &n);
	if (n == 0)
		prof_buf_adds(x->out, "(no stack)\n");
	for (i = 0; i < n; i++) {
		rows = prof_rows_of(v, run[i], &nrows);
		for (k = 0; k < nrows; k++)
			add_frame(x, prof_rows_get(v, rows[k]),
			    i + k == 0);
	}
}

void
prof_traces_text(const struct prof_traces *t, const struct prof_style *style,
    struct prof_out *out)
{
	struct prof_buf b = { 0 };
	struct text x = { .t = t, .style = style, .out = &b };
	struct prof_spread s = { 0 };
	uint32_t i;

	for (i = 0; i < t->shown; i++)
		prof_spread_add(&s, t->trace[i].value);
	x.amount = prof_about_amount(&t->about, &s, &style->unit);
	prof_about_facts(&t->about, style, &b);
	prof_buf_adds(&b, "\n\n");
	for (i = 0; i < t->shown; i++) {
		add_trace(&x, &t->trace[i]);
		prof_out_add(out, b.data, b.len);
		prof_buf_clear(&b);
	}
	add_rule(&x);
	if (t->n > t->shown)
		prof_buf_addf(&b, "%u more stack%s\n", t->n - t->shown,
		    t->n - t->shown == 1 ? "" : "s");
	prof_out_add(out, b.data, b.len);
	prof_buf_release(&b);
	prof_buf_release(&x.scratch);
}

static void
put_labels(struct prof_records *r, const struct prof_profile *p,
    prof_set set, struct prof_buf *b)
{
	const struct prof_label *l;
	size_t i, n;

	prof_buf_clear(b);
	l = prof_profile_set(p, set, &n);
	for (i = 0; i < n; i++) {
		if (i > 0)
			prof_buf_addc(b, ',');
		add_str(b, p, l[i].key);
		prof_buf_addc(b, '=');
		add_label(b, p, &l[i]);
	}
	prof_records_text(r, b->len > 0 ? b->data : "", b->len);
}

static void
put_stack(struct prof_records *r, const struct prof_rows *v,
    prof_stack stack, struct prof_buf *b)
{
	const struct prof_row *row;
	const prof_loc *run;
	const uint32_t *rows;
	size_t n, nrows;

	prof_buf_clear(b);
	run = prof_profile_stack(v->p, stack, &n);
	while (n > 0) {
		rows = prof_rows_of(v, run[--n], &nrows);
		while (nrows > 0) {
			row = prof_rows_get(v, rows[--nrows]);
			prof_buf_add(b, row->name, row->name_len);
			if (n + nrows > 0)
				prof_buf_addc(b, ';');
		}
	}
	prof_records_text(r, b->len > 0 ? b->data : "", b->len);
}

void
prof_traces_form(const struct prof_traces *t, enum prof_form form,
    struct prof_out *out)
{
	static const struct prof_field fields[] = {
		{ "value", true, false }, { "labels", false, false },
		{ "stack", false, false }, { "time", true, false }
	};
	const struct prof_profile *p = t->about.p;
	struct prof_rest rest = { t->n - t->shown, 0 };
	struct prof_buf b = { 0 };
	struct prof_document d;
	uint32_t i;

	prof_document_begin(&d, &t->about, "traces", form, fields,
	    sizeof fields / sizeof fields[0], out);
	for (i = 0; i < t->shown; i++) {
		prof_records_int(&d.rows, prof_about_base(&t->about,
		    t->trace[i].value));
		put_labels(&d.rows, p, t->trace[i].set, &b);
		put_stack(&d.rows, t->rows, t->trace[i].stack, &b);
		if (p->time != NULL)
			prof_records_int(&d.rows, t->trace[i].time);
		else
			prof_records_none(&d.rows);
	}
	for (; i < t->n; i++)
		rest.self += t->trace[i].value;
	prof_document_end(&d, rest);
	prof_buf_release(&b);
}
