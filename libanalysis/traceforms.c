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

static bool
is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/*
 * Signs that part what is joined are written as \xNN in the parts, and so
 * is a backslash that would be taken for the start of one.
 */
static void
add_part(struct prof_buf *b, const char *s, size_t len, const char *signs)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((s[i] != '\0' && strchr(signs, s[i]) != NULL) ||
		    (s[i] == '\\' && len - i > 3 && s[i + 1] == 'x' &&
		    is_hex(s[i + 2]) && is_hex(s[i + 3])))
			prof_buf_addf(b, "\\x%02x", (unsigned)s[i]);
		else
			prof_buf_addc(b, s[i]);
}

static void
put_labels(struct prof_records *r, const struct prof_profile *p,
    prof_set set, struct prof_buf *b)
{
	struct prof_buf value = { 0 };
	const struct prof_label *l;
	size_t i, n;

	prof_buf_clear(b);
	l = prof_profile_set(p, set, &n);
	for (i = 0; i < n; i++) {
		if (i > 0)
			prof_buf_addc(b, ',');
		add_part(b, prof_profile_str(p, l[i].key),
		    prof_strs_len(&p->strs, l[i].key), ",;=");
		prof_buf_addc(b, '=');
		prof_buf_clear(&value);
		add_label(&value, p, &l[i]);
		add_part(b, prof_buf_str(&value), value.len, ",;=");
	}
	prof_buf_release(&value);
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
			add_part(b, row->name, row->name_len, ";");
			if (n + nrows > 0)
				prof_buf_addc(b, ';');
		}
	}
	prof_records_text(r, b->len > 0 ? b->data : "", b->len);
}

static void
put_frames(struct prof_records *r, const struct prof_rows *v,
    prof_stack stack)
{
	struct prof_json *j = prof_records_json(r);
	const struct prof_row *row;
	const prof_loc *run;
	const uint32_t *rows;
	size_t n, nrows;

	run = prof_profile_stack(v->p, stack, &n);
	if (j != NULL)
		prof_json_begin(j, '[');
	while (j != NULL && n > 0) {
		rows = prof_rows_of(v, run[--n], &nrows);
		while (nrows > 0) {
			row = prof_rows_get(v, rows[--nrows]);
			prof_json_str(j, row->name, row->name_len);
		}
	}
	if (j != NULL)
		prof_json_end(j);
	prof_records_json_end(r);
}

/* The labels of one key; returns how many. */
static size_t
put_values(struct prof_json *j, const struct prof_profile *p,
    const struct prof_label *l, const struct prof_label *end)
{
	size_t i;

	for (i = 0; l + i < end && l[i].key == l->key; i++)
		if (l[i].str != 0)
			prof_json_str(j, prof_profile_str(p, l[i].str),
			    prof_strs_len(&p->strs, l[i].str));
		else
			prof_json_int(j, l[i].num);
	return i;
}

/* Texts and numbers lie apart, both by key: a key may have both. */
static void
put_label_values(struct prof_records *r, const struct prof_profile *p,
    prof_set set)
{
	struct prof_json *j = prof_records_json(r);
	const struct prof_label *l, *num, *mid, *end, *least;
	size_t n;

	l = num = prof_profile_set(p, set, &n);
	for (end = l + n; num < end && num->str != 0;)
		num++;
	mid = num;
	if (j != NULL)
		prof_json_begin(j, '{');
	while (j != NULL && (l < mid || num < end)) {
		least = l == mid || (num < end && prof_strs_cmp(&p->strs,
		    num->key, l->key) < 0) ?
		    num : l;
		prof_json_key(j, prof_profile_str(p, least->key));
		prof_json_begin(j, '[');
		if (l < mid && l->key == least->key)
			l += put_values(j, p, l, mid);
		if (num < end && num->key == least->key)
			num += put_values(j, p, num, end);
		prof_json_end(j);
	}
	if (j != NULL)
		prof_json_end(j);
	prof_records_json_end(r);
}

void
prof_traces_form(const struct prof_traces *t, enum prof_form form,
    struct prof_out *out)
{
	static const struct prof_field fields[] = {
		{ "value", true, false }, { "labels", false, false },
		{ "stack", false, false }, { "time", true, false },
		{ "frames", false, true }, { "label_values", false, true }
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
		put_frames(&d.rows, t->rows, t->trace[i].stack);
		put_label_values(&d.rows, p, t->trace[i].set);
	}
	for (; i < t->n; i++)
		rest.self += t->trace[i].value;
	prof_document_end(&d, rest);
	prof_buf_release(&b);
}
