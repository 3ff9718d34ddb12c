/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/rowrecord.h"
#include "libanalysis/top.h"

/* What a machine form writes for one line of the report. */
struct line {
	const struct prof_row *of;	/* the function asked for */
	const char *relation;	/* "caller", "this", "callee", or NULL */
	struct prof_rowrecord v;
};

typedef void line_fn(void *ctx, const struct prof_top *t,
    const struct line *l);

/* The edges of one row, from *at on. */
static void
walk_edges(const struct prof_top *t, uint32_t row, bool callers,
    uint32_t *at, line_fn *fn, void *ctx)
{
	const struct prof_graph *g = t->graph;
	const uint32_t *of = callers ? g->callee : g->caller;
	const uint32_t *other = callers ? g->caller : g->callee;
	const uint32_t *edges = callers ? t->callers : t->callees;
	uint32_t n = callers ? t->ncallers : t->ncallees, e;
	struct line l = { .of = prof_rows_get(t->rows, row),
	    .relation = callers ? "caller" : "callee" };

	for (; *at < n && of[edges[*at]] == row; ++*at) {
		e = edges[*at];
		l.v.total = g->value[e];
		l.v.self = g->self != NULL ? &g->self[e] : NULL;
		l.v.calls = g->calls != NULL ? &g->calls[e] : NULL;
		l.v.row = prof_top_edge_row(t, other[e]);
		fn(ctx, t, &l);
	}
}

static void
walk_row(const struct prof_top *t, uint32_t row, line_fn *fn, void *ctx)
{
	const struct prof_flat *f = t->flat;
	struct line l = { .of = prof_rows_get(t->rows, row) };

	l.v.row = l.of;
	l.v.self = &f->self[row];
	l.v.total = f->total[row];
	l.v.calls = f->calls != NULL ? &f->calls[row] : NULL;
	l.v.primitive = f->primitive != NULL ? &f->primitive[row] : NULL;
	l.relation = t->graph != NULL ? "this" : NULL;
	fn(ctx, t, &l);
}

static void
walk(const struct prof_top *t, line_fn *fn, void *ctx)
{
	uint32_t i, caller = 0, callee = 0;

	for (i = 0; i < t->shown; i++) {
		if (t->callers != NULL)
			walk_edges(t, t->order[i], true, &caller, fn, ctx);
		walk_row(t, t->order[i], fn, ctx);
		if (t->callees != NULL)
			walk_edges(t, t->order[i], false, &callee, fn, ctx);
	}
}

static const struct prof_field fields[] = {
	{ "of", false, false }, { "relation", false, false },
	PROF_ROWRECORD_FIELDS
};

static void
record_line(void *ctx, const struct prof_top *t, const struct line *l)
{
	struct prof_records *r = ctx;

	if (t->graph != NULL) {
		prof_records_text(r, l->of->name, l->of->name_len);
		prof_records_strs(r, l->relation);
	}
	prof_rowrecord_write(r, &t->about, &l->v);
}

static void
write_records(const struct prof_top *t, enum prof_form form,
    struct prof_out *out)
{
	static const char *const sides[] = { "callers", "callees", "peek" };
	size_t skip = t->graph != NULL ? 0 : 2;
	struct prof_document d;

	prof_document_begin(&d, &t->about, t->graph == NULL ? "flat" :
	    sides[t->side], form, fields + skip,
	    sizeof fields / sizeof fields[0] - skip, out);
	walk(t, record_line, &d.rows);
	prof_document_end(&d, prof_top_rest(t));
}

/* --- Markdown: for people, with one unit ---------------------------------- */

struct markdown {
	struct prof_out *out;
	struct prof_amount amount;
	struct prof_buf b;
};

/* The unit is a text of the profile: it may hold markup. */
static void
markdown_amount(struct markdown *m, prof_i128 v)
{
	struct prof_buf text = { 0 };

	prof_amount_print(&text, m->amount, v);
	prof_name_markdown_text(&m->b, text.data, text.len);
	prof_buf_release(&text);
}

/* Empty for means. */
static void
markdown_share(struct markdown *m, const struct prof_top *t, prof_i128 v)
{
	if (!t->about.mean)
		prof_num_percent(&m->b, v, t->flat->whole);
}

static void
markdown_line(void *ctx, const struct prof_top *t, const struct line *l)
{
	struct markdown *m = ctx;

	prof_buf_clear(&m->b);
	prof_buf_adds(&m->b, "| ");
	if (l->v.self != NULL) {
		markdown_amount(m, *l->v.self);
		prof_buf_adds(&m->b, " | ");
		markdown_share(m, t, *l->v.self);
	} else {
		prof_buf_adds(&m->b, " | ");
	}
	prof_buf_adds(&m->b, " | ");
	markdown_amount(m, l->v.total);
	prof_buf_adds(&m->b, " | ");
	markdown_share(m, t, l->v.total);
	prof_buf_adds(&m->b, " | ");
	if (l->relation != NULL)
		prof_buf_addf(&m->b, "%s ", l->relation);
	prof_name_markdown(&m->b, l->v.row->name, l->v.row->name_len);
	prof_buf_adds(&m->b, " |\n");
	prof_out_add(m->out, m->b.data, m->b.len);
}

static void
markdown_total(struct markdown *m, const struct prof_top *t, prof_i128 v,
    const char *what)
{
	prof_buf_clear(&m->b);
	prof_buf_adds(&m->b, "| ");
	if (!t->about.mean || v != 0)
		markdown_amount(m, v);
	prof_buf_adds(&m->b, " | ");
	markdown_share(m, t, v);
	prof_buf_addf(&m->b, " | | | %s |\n", what);
	prof_out_add(m->out, m->b.data, m->b.len);
}

static void
write_markdown(const struct prof_top *t, const struct prof_wish *wish,
    struct prof_out *out)
{
	struct markdown m = { .out = out };
	struct prof_buf what = { 0 };

	m.amount = prof_top_amount(t, wish);
	prof_out_adds(out, "| self | self% | total | total% | function |\n"
	    "|---:|---:|---:|---:|:---|\n");
	walk(t, markdown_line, &m);
	prof_buf_addf(&what, "%u others", t->n - t->shown);
	if (t->n > t->shown && t->graph == NULL)
		markdown_total(&m, t, prof_top_rest(t).self,
		    prof_buf_str(&what));
	if (t->graph == NULL)
		markdown_total(&m, t, t->flat->sum, "**TOTAL**");
	prof_buf_release(&what);
	prof_buf_release(&m.b);
}

void
prof_top_form(const struct prof_top *t, enum prof_form form,
    const struct prof_wish *wish, struct prof_out *out)
{
	if (form == PROF_FORM_MARKDOWN)
		write_markdown(t, wish, out);
	else
		write_records(t, form, out);
}
