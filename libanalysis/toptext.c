/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/top.h"

#define BAR 10

static prof_i128
absolute(prof_i128 v)
{
	return v < 0 ? -v : v;
}

static const struct prof_type *
type_of(const struct prof_top *t)
{
	return &t->rows->p->type[t->column];
}

struct prof_amount
prof_top_amount(const struct prof_top *t)
{
	const struct prof_profile *p = t->rows->p;
	struct prof_spread s = { 0 };
	struct prof_amount none = { 0 };
	uint32_t i;

	if (p->ntypes == 0)
		return none;
	prof_spread_add(&s, t->flat->whole);
	for (i = 0; i < t->shown; i++) {
		prof_spread_add(&s, t->flat->self[t->order[i]]);
		prof_spread_add(&s, t->flat->total[t->order[i]]);
	}
	return prof_amount_choose(prof_profile_str(p, type_of(t)->unit),
	    type_of(t)->num, type_of(t)->den, &s, NULL);
}

static void
add_value(struct prof_table *tab, const struct prof_amount *a, prof_i128 v,
    enum prof_ink ink)
{
	struct prof_buf b = { 0 };

	prof_amount_print(&b, *a, v);
	prof_table_add(tab, ink, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_share(struct prof_table *tab, prof_i128 v, prof_i128 whole)
{
	struct prof_buf b = { 0 };
	enum prof_ink ink = PROF_INK_NONE;

	prof_num_percent(&b, v, whole);
	if (absolute(v) * 10 > whole)
		ink = PROF_INK_BOLD;
	else if (absolute(v) * 100 < whole)
		ink = PROF_INK_DIM;
	prof_table_add(tab, ink, b.data, b.len);
	prof_buf_release(&b);
}

/* Self in full blocks, the callees' part behind it in light ones. */
static void
add_bar(struct prof_table *tab, prof_i128 self, prof_i128 total,
    prof_i128 whole, bool ascii)
{
	struct prof_buf b = { 0 };
	prof_i128 full, all;
	int i;

	self = absolute(self);
	total = absolute(total);
	full = whole != 0 ? (self * BAR * 2 + whole) / (2 * whole) : 0;
	all = whole != 0 ? (total * BAR * 2 + whole) / (2 * whole) : 0;
	for (i = 0; i < BAR; i++) {
		if (i < full)
			prof_buf_adds(&b, ascii ? "#" : "\342\226\210");
		else if (i < all)
			prof_buf_adds(&b, ascii ? "-" : "\342\226\221");
	}
	prof_table_add(tab, PROF_INK_NONE, b.data, b.len);
	prof_buf_release(&b);
}

static enum prof_ink
ink_of(const struct prof_row *r)
{
	if (r->kind == PROF_KIND_KERNEL)
		return PROF_INK_MAGENTA;
	if (r->inlined)
		return PROF_INK_DIM;
	if (strncmp(r->name, "runtime.", 8) == 0 || r->nameless)
		return PROF_INK_CYAN;
	return PROF_INK_NONE;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

static void
add_name(struct prof_table *tab, const struct prof_row *r,
    const char *indent)
{
	struct prof_buf b = { 0 };

	prof_buf_adds(&b, indent);
	prof_name_print(&b, r->name, r->name_len);
	if (r->inlined)
		prof_buf_adds(&b, " (inline)");
	prof_table_add(tab, ink_of(r), b.data, b.len);
	prof_buf_release(&b);
}

static void
add_where(struct prof_table *tab, const struct prof_row *r)
{
	const char *where = r->file[0] != '\0' ? r->file : r->module;
	struct prof_buf b = { 0 };

	where = base_name(where);
	if (!r->nameless)
		prof_name_print(&b, where, strlen(where));
	if (r->file[0] != '\0' && r->line > 0)
		prof_buf_addf(&b, ":%lld", (long long)r->line);
	prof_table_add(tab, PROF_INK_DIM, b.data, b.len);
	prof_buf_release(&b);
}

/* Of one call, in whole integers of the column; 0 where nothing called. */
static prof_i128
per_call(prof_i128 v, prof_i128 calls)
{
	prof_i128 half = calls / 2;

	if (calls <= 0)
		return 0;
	return (v < 0 ? v - half : v + half) / calls;
}

/* Recursion is in a function's total once: it counts by outermost calls. */
static prof_i128
outer_calls(const struct prof_flat *f, uint32_t row)
{
	return f->primitive != NULL ? f->primitive[row] : f->calls[row];
}

static struct prof_amount
per_call_amount(const struct prof_top *t)
{
	const struct prof_flat *f = t->flat;
	struct prof_spread s = { 0 };
	uint32_t i, row;

	for (i = 0; i < t->shown; i++) {
		row = t->order[i];
		prof_spread_add(&s, per_call(f->self[row], f->calls[row]));
		prof_spread_add(&s, per_call(f->total[row],
		    outer_calls(f, row)));
	}
	return prof_amount_choose(prof_profile_str(t->rows->p,
	    type_of(t)->unit), type_of(t)->num, type_of(t)->den, &s, NULL);
}

static void
add_count(struct prof_table *tab, prof_i128 calls, prof_i128 primitive)
{
	struct prof_buf b = { 0 };

	prof_num_int(&b, calls);
	if (primitive != calls) {
		prof_buf_addc(&b, '/');
		prof_num_int(&b, primitive);
	}
	prof_table_add(tab, PROF_INK_NONE, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_calls(struct prof_table *tab, const struct prof_top *t,
    const struct prof_amount *each, uint32_t row)
{
	const struct prof_flat *f = t->flat;

	add_count(tab, f->calls[row], outer_calls(f, row));
	if (f->calls[row] <= 0) {
		prof_table_adds(tab, PROF_INK_NONE, "");
		prof_table_adds(tab, PROF_INK_NONE, "");
		return;
	}
	add_value(tab, each, per_call(f->self[row], f->calls[row]),
	    PROF_INK_NONE);
	add_value(tab, each, per_call(f->total[row], outer_calls(f, row)),
	    PROF_INK_NONE);
}

static void
add_row(struct prof_table *tab, const struct prof_top *t,
    const struct prof_amount *a, const struct prof_amount *each,
    uint32_t row, bool ascii)
{
	const struct prof_flat *f = t->flat;
	const struct prof_row *r = prof_rows_get(t->rows, row);

	add_value(tab, a, f->self[row], PROF_INK_NONE);
	add_share(tab, f->self[row], f->whole);
	add_value(tab, a, f->total[row], PROF_INK_NONE);
	add_share(tab, f->total[row], f->whole);
	add_bar(tab, f->self[row], f->total[row], f->whole, ascii);
	if (f->calls != NULL)
		add_calls(tab, t, each, row);
	add_name(tab, r, "");
	add_where(tab, r);
}

/* A line that sums up rows; calls NULL where they are not known. */
static void
add_sum(struct prof_table *tab, const struct prof_top *t,
    const struct prof_amount *a, prof_i128 v, const prof_i128 *calls,
    const char *what)
{
	unsigned i;

	add_value(tab, a, v, PROF_INK_NONE);
	add_share(tab, v, t->flat->whole);
	for (i = 0; i < 3; i++)
		prof_table_adds(tab, PROF_INK_NONE, "");
	if (t->flat->calls != NULL && calls != NULL)
		add_count(tab, *calls, *calls);
	else if (t->flat->calls != NULL)
		prof_table_adds(tab, PROF_INK_NONE, "");
	for (i = 0; i < 2 && t->flat->calls != NULL; i++)
		prof_table_adds(tab, PROF_INK_NONE, "");
	prof_table_adds(tab, PROF_INK_BOLD, what);
	prof_table_adds(tab, PROF_INK_NONE, "");
}

static void
add_others(struct prof_table *tab, const struct prof_top *t,
    const struct prof_amount *a)
{
	struct prof_buf b = { 0 };
	prof_i128 rest = 0, calls = 0;
	uint32_t i;

	for (i = t->shown; i < t->n; i++) {
		rest += t->flat->self[t->order[i]];
		if (t->flat->calls != NULL)
			calls += t->flat->calls[t->order[i]];
	}
	prof_buf_addf(&b, "%u others", t->n - t->shown);
	if (t->n > t->shown)
		add_sum(tab, t, a, rest, &calls, prof_buf_str(&b));
	if (t->flat->self[0] != 0)
		add_sum(tab, t, a, t->flat->self[0], NULL,
		    "samples without frames");
	prof_buf_release(&b);
}

prof_i128
prof_top_calls(const struct prof_top *t)
{
	prof_i128 sum = 0;
	uint32_t i;

	for (i = 1; t->flat->calls != NULL && i <= t->flat->n; i++)
		sum += t->flat->calls[i];
	return sum;
}

static void
flat_table(const struct prof_top *t, const struct prof_amount *a,
    const struct prof_style *style, struct prof_buf *out)
{
	static const char *const head[] = { "self", "self%", "total",
	    "total%", "", "function", "where" };
	static const char *const called[] = { "self", "self%", "total",
	    "total%", "", "calls", "self/call", "total/call", "function",
	    "where" };
	bool calls = t->flat->calls != NULL;
	prof_i128 sum = prof_top_calls(t);
	struct prof_amount each = { 0 };
	struct prof_table tab;
	uint32_t i;

	if (calls)
		each = per_call_amount(t);
	prof_table_init(&tab, calls ? "rrrrlrrrll" : "rrrrlll",
	    calls ? called : head);
	for (i = 0; i < t->shown; i++)
		add_row(&tab, t, a, &each, t->order[i], style->ascii);
	add_others(&tab, t, a);
	add_sum(&tab, t, a, t->flat->sum, &sum, "TOTAL");
	prof_table_print(&tab, calls ? 8 : 5, style, out);
	prof_table_release(&tab);
}

/* The lines of the other ends of a row's edges. */
static void
add_edges_of(struct prof_table *tab, const struct prof_top *t,
    const struct prof_amount *a, uint32_t row, uint32_t *at)
{
	const struct prof_graph *g = t->graph;
	const struct prof_row *r;
	uint32_t e;

	for (; *at < g->n && prof_top_edge_of(t, t->edges[*at]) == row;
	    ++*at) {
		e = t->edges[*at];
		r = prof_top_edge_row(t, e);
		if (g->self != NULL)
			add_value(tab, a, g->self[e], PROF_INK_NONE);
		else
			prof_table_adds(tab, PROF_INK_NONE, "");
		prof_table_adds(tab, PROF_INK_NONE, "");
		add_value(tab, a, g->value[e], PROF_INK_NONE);
		add_share(tab, g->value[e], t->flat->total[row]);
		if (g->calls != NULL)
			add_count(tab, g->calls[e], g->calls[e]);
		add_name(tab, r, t->side == PROF_GRAPH_CALLERS ?
		    "  caller  " : "  callee  ");
		add_where(tab, r);
	}
}

static void
add_chosen(struct prof_table *tab, const struct prof_top *t,
    const struct prof_amount *a, uint32_t row)
{
	const struct prof_flat *f = t->flat;
	const struct prof_row *r = prof_rows_get(t->rows, row);

	add_value(tab, a, f->self[row], PROF_INK_BOLD);
	add_share(tab, f->self[row], f->whole);
	add_value(tab, a, f->total[row], PROF_INK_BOLD);
	add_share(tab, f->total[row], f->whole);
	if (t->graph->calls != NULL)
		add_count(tab, f->calls[row], outer_calls(f, row));
	add_name(tab, r, "");
	add_where(tab, r);
}

static void
graph_table(const struct prof_top *t, const struct prof_amount *a,
    const struct prof_style *style, struct prof_buf *out)
{
	static const char *const head[] = { "self", "self%", "total",
	    "total%", "function", "where" };
	static const char *const called[] = { "self", "self%", "total",
	    "total%", "calls", "function", "where" };
	bool callers = t->side == PROF_GRAPH_CALLERS;
	bool calls = t->graph->calls != NULL;
	struct prof_table tab;
	uint32_t i, at = 0;

	prof_table_init(&tab, calls ? "rrrrrll" : "rrrrll",
	    calls ? called : head);
	for (i = 0; i < t->shown; i++) {
		if (callers)
			add_edges_of(&tab, t, a, t->order[i], &at);
		add_chosen(&tab, t, a, t->order[i]);
		if (!callers)
			add_edges_of(&tab, t, a, t->order[i], &at);
	}
	prof_table_print(&tab, calls ? 5 : 4, style, out);
	prof_table_release(&tab);
	if (t->n > t->shown)
		prof_buf_addf(out, "%u more functions match\n",
		    t->n - t->shown);
	prof_buf_adds(out, callers ? "A caller's share is of the total of "
	    "the function below it.\n" : "A callee's share is of the total "
	    "of the function above it.\n");
	if (t->graph->estimated)
		prof_buf_adds(out, "Self and total of a caller's calls are "
		    "estimated: only the calls were counted.\n");
}

static void
add_inputs(const struct prof_top *t, struct prof_buf *out)
{
	uint64_t more;
	unsigned i;

	for (i = 0; i < t->ninputs && i < 3; i++) {
		if (i > 0)
			prof_buf_adds(out, " + ");
		prof_name_print(out, t->inputs[i], strlen(t->inputs[i]));
	}
	more = t->ninputs > 3 ? t->ninputs - 3 : 0;
	if (more > 0)
		prof_buf_addf(out, " + %llu more", (unsigned long long)more);
	if (t->rows->p->meta.inputs > 1)
		prof_buf_addf(out, " (%llu recordings)",
		    (unsigned long long)t->rows->p->meta.inputs);
}

static void
add_duration(const struct prof_top *t, struct prof_buf *out)
{
	int64_t ns = t->rows->p->meta.duration_ns;

	if (ns <= 0)
		return;
	prof_buf_adds(out, " in ");
	prof_amount_single(out, "ns", ns, false);
}

static void
add_calls_fact(const struct prof_top *t, const char *dot,
    struct prof_buf *out)
{
	const struct prof_flat *f = t->flat;
	prof_i128 primitive = 0;
	uint32_t i;

	if (f->calls == NULL)
		return;
	prof_buf_adds(out, dot);
	prof_num_int(out, prof_top_calls(t));
	prof_buf_adds(out, " calls");
	for (i = 1; f->primitive != NULL && i <= f->n; i++)
		primitive += f->primitive[i];
	if (f->primitive != NULL && primitive != prof_top_calls(t)) {
		prof_buf_adds(out, " (");
		prof_num_int(out, primitive);
		prof_buf_adds(out, " primitive)");
	}
	if (f->error > 0) {
		prof_buf_adds(out, dot);
		prof_buf_adds(out, "rounded, by up to ");
		prof_amount_single(out, prof_profile_str(t->rows->p,
		    type_of(t)->unit), f->error, false);
	}
}

void
prof_top_facts(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out)
{
	const struct prof_profile *p = t->rows->p;
	const char *dot = style->ascii ? "  " : " \302\267 ";
	struct prof_spread s = { 0 };
	const char *name;

	add_inputs(t, out);
	name = prof_profile_str(p, p->meta.format);
	if (name[0] != '\0')
		prof_buf_adds(out, "  ");
	prof_name_print(out, name, strlen(name));
	if (p->ntypes > 0) {
		name = prof_profile_str(p, type_of(t)->type);
		prof_buf_adds(out, dot);
		prof_name_print(out, name, strlen(name));
		prof_buf_adds(out, dot);
		prof_spread_add(&s, t->flat->whole);
		prof_amount_print(out, prof_amount_choose(
		    prof_profile_str(p, type_of(t)->unit), type_of(t)->num,
		    type_of(t)->den, &s, NULL), t->flat->whole);
		add_duration(t, out);
	}
	add_calls_fact(t, dot, out);
	if (p->meta.estimated && !t->flat->edges)
		prof_buf_addf(out, "%stotals of an estimated call tree", dot);
	if (prof_profile_skipped(p) > 0)
		prof_buf_addf(out, "%s%llu record%s skipped", dot,
		    (unsigned long long)prof_profile_skipped(p),
		    prof_profile_skipped(p) == 1 ? "" : "s");
	if (p->meta.failed > 0)
		prof_buf_addf(out, "%s%llu input%s could not be read", dot,
		    (unsigned long long)p->meta.failed,
		    p->meta.failed == 1 ? "" : "s");
	prof_buf_addc(out, '\n');
}

void
prof_top_text(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out)
{
	struct prof_amount a = prof_top_amount(t);

	prof_top_facts(t, style, out);
	prof_buf_addc(out, '\n');
	if (t->graph != NULL)
		graph_table(t, &a, style, out);
	else
		flat_table(t, &a, style, out);
}
