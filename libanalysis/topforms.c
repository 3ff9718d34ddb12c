/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "libanalysis/info.h"
#include "libanalysis/name.h"
#include "libanalysis/top.h"

/* What a machine form writes for one line of the report. */
struct line {
	const char *of;		/* callers, callees: the function asked for */
	size_t of_len;
	const char *relation;	/* "caller", "this", "callee", or NULL */
	bool has_self;
	prof_i128 self, total;
	const prof_i128 *calls, *primitive;	/* NULL: not known */
	const struct prof_row *row;
};

typedef void line_fn(void *ctx, const struct prof_top *t,
    const struct line *l);

static void
walk_edges(const struct prof_top *t, uint32_t row, uint32_t *at,
    line_fn *fn, void *ctx)
{
	const struct prof_row *this = prof_rows_get(t->rows, row);
	const struct prof_graph *g = t->graph;
	struct line l = { .of = this->name, .of_len = this->name_len,
	    .relation = t->side == PROF_GRAPH_CALLERS ? "caller" :
	    "callee" };
	uint32_t e;

	for (; *at < g->n && prof_top_edge_of(t, t->edges[*at]) == row;
	    ++*at) {
		e = t->edges[*at];
		l.total = g->value[e];
		l.has_self = g->self != NULL;
		l.self = l.has_self ? g->self[e] : 0;
		l.calls = g->calls != NULL ? &g->calls[e] : NULL;
		l.row = prof_top_edge_row(t, e);
		fn(ctx, t, &l);
	}
}

static void
walk_row(const struct prof_top *t, uint32_t row, line_fn *fn, void *ctx)
{
	const struct prof_flat *f = t->flat;
	struct line l = { .row = prof_rows_get(t->rows, row),
	    .self = f->self[row], .total = f->total[row], .has_self = true };

	l.calls = f->calls != NULL ? &f->calls[row] : NULL;
	l.primitive = f->primitive != NULL ? &f->primitive[row] : NULL;
	l.relation = t->graph != NULL ? "this" : NULL;
	l.of = l.row->name;
	l.of_len = l.row->name_len;
	fn(ctx, t, &l);
}

static void
walk(const struct prof_top *t, line_fn *fn, void *ctx)
{
	uint32_t i, at = 0;

	for (i = 0; i < t->shown; i++) {
		if (t->graph != NULL && t->side == PROF_GRAPH_CALLERS)
			walk_edges(t, t->order[i], &at, fn, ctx);
		walk_row(t, t->order[i], fn, ctx);
		if (t->graph != NULL && t->side == PROF_GRAPH_CALLEES)
			walk_edges(t, t->order[i], &at, fn, ctx);
	}
}

/* A value in base units, as an integer. */
static prof_i128
in_base(const struct prof_top *t, prof_i128 v)
{
	const struct prof_profile *p = t->rows->p;
	const struct prof_type *type = &p->type[t->column];
	const char *name = prof_profile_str(p, type->unit);
	const struct prof_unit *u = prof_unit_find(name, strlen(name));
	prof_i128 num = (prof_i128)type->num * (u != NULL ? u->factor : 1);

	return num == type->den ? v : prof_num_scaled(v, num, type->den);
}

struct cells {
	struct prof_out *out;
	struct prof_buf b;
	char separator;
	void (*text)(struct prof_buf *, const char *, size_t);
};

static void
cell_int(struct cells *c, prof_i128 v, bool known)
{
	if (known)
		prof_num_int(&c->b, v);
	prof_buf_addc(&c->b, c->separator);
}

static void
cell_calls(struct cells *c, const prof_i128 *calls)
{
	cell_int(c, calls != NULL ? *calls : 0, calls != NULL);
}

static void
separated_line(void *ctx, const struct prof_top *t, const struct line *l)
{
	struct cells *c = ctx;

	prof_buf_clear(&c->b);
	if (t->graph != NULL) {
		c->text(&c->b, l->of, l->of_len);
		prof_buf_addc(&c->b, c->separator);
		prof_buf_adds(&c->b, l->relation);
		prof_buf_addc(&c->b, c->separator);
	}
	cell_int(c, l->has_self ? in_base(t, l->self) : 0, l->has_self);
	cell_int(c, in_base(t, l->total), true);
	cell_calls(c, l->calls);
	c->text(&c->b, l->row->name, l->row->name_len);
	prof_buf_addc(&c->b, c->separator);
	c->text(&c->b, l->row->file, l->row->file_len);
	prof_buf_addc(&c->b, c->separator);
	cell_int(c, l->row->line, l->row->line > 0);
	c->text(&c->b, l->row->module, l->row->module_len);
	prof_buf_addc(&c->b, c->separator);
	if (l->primitive != NULL)
		prof_num_int(&c->b, *l->primitive);
	prof_buf_addc(&c->b, '\n');
	prof_out_add(c->out, c->b.data, c->b.len);
}

static void
separated(const struct prof_top *t, struct prof_out *out, char separator,
    void (*text)(struct prof_buf *, const char *, size_t))
{
	static const char *const names[] = { "of", "relation", "self",
	    "total", "calls", "name", "file", "line", "module",
	    "primitive" };
	struct cells c = { out, { 0 }, separator, text };
	size_t i, first = t->graph != NULL ? 0 : 2;

	for (i = first; i < sizeof names / sizeof names[0]; i++) {
		if (i > first)
			prof_out_add(out, &separator, 1);
		prof_out_adds(out, names[i]);
	}
	prof_out_adds(out, "\n");
	walk(t, separated_line, &c);
	prof_buf_release(&c.b);
}

void
prof_top_tsv(const struct prof_top *t, struct prof_out *out)
{
	separated(t, out, '\t', prof_name_tsv);
}

void
prof_top_csv(const struct prof_top *t, struct prof_out *out)
{
	separated(t, out, ',', prof_name_csv);
}

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

static void
markdown_line(void *ctx, const struct prof_top *t, const struct line *l)
{
	struct markdown *m = ctx;

	prof_buf_clear(&m->b);
	prof_buf_adds(&m->b, "| ");
	if (l->has_self) {
		markdown_amount(m, l->self);
		prof_buf_adds(&m->b, " | ");
		prof_num_percent(&m->b, l->self, t->flat->whole);
	} else {
		prof_buf_adds(&m->b, " | ");
	}
	prof_buf_adds(&m->b, " | ");
	markdown_amount(m, l->total);
	prof_buf_adds(&m->b, " | ");
	prof_num_percent(&m->b, l->total, t->flat->whole);
	prof_buf_adds(&m->b, " | ");
	if (l->relation != NULL)
		prof_buf_addf(&m->b, "%s ", l->relation);
	prof_name_markdown(&m->b, l->row->name, l->row->name_len);
	prof_buf_adds(&m->b, " |\n");
	prof_out_add(m->out, m->b.data, m->b.len);
}

static void
markdown_total(struct markdown *m, const struct prof_top *t, prof_i128 v,
    const char *what)
{
	prof_buf_clear(&m->b);
	prof_buf_adds(&m->b, "| ");
	markdown_amount(m, v);
	prof_buf_adds(&m->b, " | ");
	prof_num_percent(&m->b, v, t->flat->whole);
	prof_buf_addf(&m->b, " | | | %s |\n", what);
	prof_out_add(m->out, m->b.data, m->b.len);
}

void
prof_top_markdown(const struct prof_top *t, struct prof_out *out)
{
	struct markdown m = { .out = out };
	struct prof_buf what = { 0 };
	prof_i128 rest = 0;
	uint32_t i;

	m.amount = prof_top_amount(t);
	prof_out_adds(out, "| self | self% | total | total% | function |\n"
	    "|---:|---:|---:|---:|:---|\n");
	walk(t, markdown_line, &m);
	for (i = t->shown; i < t->n; i++)
		rest += t->flat->self[t->order[i]];
	prof_buf_addf(&what, "%u others", t->n - t->shown);
	if (t->n > t->shown && t->graph == NULL)
		markdown_total(&m, t, rest, prof_buf_str(&what));
	if (t->graph == NULL)
		markdown_total(&m, t, t->flat->sum, "**TOTAL**");
	prof_buf_release(&what);
	prof_buf_release(&m.b);
}

static void
json_calls(struct prof_json *j, const char *key, const prof_i128 *calls)
{
	prof_json_key(j, key);
	if (calls != NULL)
		prof_json_i128(j, *calls);
	else
		prof_json_null(j);
}

static void
json_line(void *ctx, const struct prof_top *t, const struct line *l)
{
	struct prof_json *j = ctx;

	prof_json_row(j, '{');
	if (t->graph != NULL) {
		prof_json_key(j, "of");
		prof_json_str(j, l->of, l->of_len);
		prof_json_key(j, "relation");
		prof_json_strs(j, l->relation);
	}
	prof_json_key(j, "self");
	if (l->has_self)
		prof_json_i128(j, in_base(t, l->self));
	else
		prof_json_null(j);
	prof_json_key(j, "total");
	prof_json_i128(j, in_base(t, l->total));
	json_calls(j, "calls", l->calls);
	prof_json_key(j, "name");
	prof_json_str(j, l->row->name, l->row->name_len);
	prof_json_key(j, "file");
	prof_json_str(j, l->row->file, l->row->file_len);
	prof_json_key(j, "line");
	if (l->row->line > 0)
		prof_json_int(j, l->row->line);
	else
		prof_json_null(j);
	prof_json_key(j, "module");
	prof_json_str(j, l->row->module, l->row->module_len);
	prof_json_key(j, "self_pct");
	if (l->has_self && t->flat->whole != 0)
		prof_json_fixed(j, prof_num_ppm(l->self, t->flat->whole), 4);
	else
		prof_json_null(j);
	prof_json_key(j, "total_pct");
	if (t->flat->whole != 0)
		prof_json_fixed(j, prof_num_ppm(l->total, t->flat->whole),
		    4);
	else
		prof_json_null(j);
	json_calls(j, "primitive", l->primitive);
	prof_json_end(j);
}

static void
json_strs(struct prof_json *j, const char *key, const char *const *s,
    unsigned n)
{
	unsigned i;

	prof_json_key(j, key);
	prof_json_row(j, '[');
	for (i = 0; i < n; i++)
		prof_json_strs(j, s[i]);
	prof_json_end(j);
}

static void
json_type(struct prof_json *j, const struct prof_top *t)
{
	const struct prof_profile *p = t->rows->p;
	const struct prof_type *type = &p->type[t->column];

	prof_json_key(j, "type");
	prof_json_strs(j, p->ntypes > 0 ? prof_profile_str(p, type->type) :
	    "");
	prof_json_key(j, "unit");
	prof_json_strs(j, p->ntypes > 0 ? prof_unit_base(prof_profile_str(p,
	    type->unit)) : "");
	prof_json_key(j, "total");
	prof_json_i128(j, p->ntypes > 0 ? in_base(t, t->flat->whole) : 0);
}

static void
json_others(struct prof_json *j, const struct prof_top *t)
{
	prof_i128 rest = 0;
	uint32_t i;

	for (i = t->shown; i < t->n; i++)
		rest += t->flat->self[t->order[i]];
	prof_json_key(j, "others");
	prof_json_row(j, '{');
	prof_json_key(j, "rows");
	prof_json_int(j, t->n - t->shown);
	prof_json_key(j, "self");
	prof_json_i128(j, rest != 0 ? in_base(t, rest) : 0);
	prof_json_end(j);
}

void
prof_top_json(const struct prof_top *t, struct prof_out *out)
{
	struct prof_json j;

	prof_json_init(&j, out);
	prof_json_begin(&j, '{');
	prof_json_key(&j, "schema");
	prof_json_strs(&j, "profkit/top/1");
	prof_json_key(&j, "tool");
	prof_json_strs(&j, "ptop (Profkit) " PROF_VERSION);
	prof_json_key(&j, "report");
	prof_json_strs(&j, t->graph == NULL ? "flat" :
	    t->side == PROF_GRAPH_CALLERS ? "callers" : "callees");
	json_strs(&j, "inputs", t->inputs, t->ninputs);
	json_type(&j, t);
	json_strs(&j, "filters", t->filters, t->nfilters);
	prof_json_key(&j, "rows");
	prof_json_begin(&j, '[');
	walk(t, json_line, &j);
	prof_json_end(&j);
	json_others(&j, t);
	prof_info_notes(&j, t->rows->p, t->failed, t->nfailed);
	prof_json_key(&j, "estimated");
	prof_json_bool(&j, t->rows->p->meta.estimated && !t->flat->edges);
	prof_json_end(&j);
	prof_json_finish(&j);
}
