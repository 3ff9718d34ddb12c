/* SPDX-License-Identifier: MIT */
#include "libanalysis/toptable.h"

#include "libanalysis/topcells.h"

struct text {
	const struct prof_top *t;
	const struct prof_style *style;
	struct prof_amount amount;
	struct prof_table tab;
	uint32_t caller, callee;	/* edges that are done */
};

/* Means have none. */
static void
add_share(struct text *x, prof_i128 v, prof_i128 whole)
{
	if (!x->t->about.mean)
		prof_cell_share(&x->tab, v, whole);
}

/* One edge: what passed, of the total of the row it belongs to. */
static void
add_edge(struct text *x, uint32_t edge, uint32_t row, uint32_t other,
    const char *indent)
{
	const struct prof_graph *g = x->t->graph;
	const struct prof_row *r = prof_top_edge_row(x->t, other);

	if (g->self != NULL)
		prof_cell_amount(&x->tab, &x->amount, g->self[edge],
		    PROF_INK_NONE);
	else
		prof_table_adds(&x->tab, PROF_INK_NONE, "");
	if (!x->t->about.mean)
		prof_table_adds(&x->tab, PROF_INK_NONE, "");
	prof_cell_amount(&x->tab, &x->amount, g->value[edge],
	    PROF_INK_NONE);
	add_share(x, g->value[edge], x->t->flat->total[row]);
	if (g->calls != NULL)
		prof_cell_calls(&x->tab, g->calls[edge], g->calls[edge]);
	prof_cell_name(&x->tab, r, indent, x->style);
	prof_cell_where(&x->tab, r);
}

static void
add_callers(struct text *x, uint32_t row)
{
	const struct prof_top *t = x->t;
	uint32_t e;

	for (; x->caller < t->ncallers; x->caller++) {
		e = t->callers[x->caller];
		if (t->graph->callee[e] != row)
			break;
		add_edge(x, e, row, t->graph->caller[e], "  caller  ");
	}
}

static void
add_callees(struct text *x, uint32_t row)
{
	const struct prof_top *t = x->t;
	uint32_t e;

	for (; x->callee < t->ncallees; x->callee++) {
		e = t->callees[x->callee];
		if (t->graph->caller[e] != row)
			break;
		add_edge(x, e, row, t->graph->callee[e], "  callee  ");
	}
}

static void
add_chosen(struct text *x, uint32_t row)
{
	const struct prof_flat *f = x->t->flat;
	const struct prof_row *r = prof_rows_get(x->t->rows, row);

	prof_cell_amount(&x->tab, &x->amount, f->self[row], PROF_INK_BOLD);
	add_share(x, f->self[row], f->whole);
	prof_cell_amount(&x->tab, &x->amount, f->total[row], PROF_INK_BOLD);
	add_share(x, f->total[row], f->whole);
	if (x->t->graph->calls != NULL)
		prof_cell_calls(&x->tab, f->calls[row],
		    prof_top_outer_calls(f, row));
	prof_cell_name(&x->tab, r, "", x->style);
	prof_cell_where(&x->tab, r);
}

/* With callers above and callees below, an empty line parts functions. */
static void
add_gap(struct text *x)
{
	unsigned c;

	for (c = 0; c < x->tab.ncols; c++)
		prof_table_adds(&x->tab, PROF_INK_NONE, "");
}

static void
add_foot(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out)
{
	static const char *const who[] = { "caller's", "callee's",
	    "caller's or callee's" };
	static const char *const place[] = { "below it", "above it",
	    "between them" };

	if (t->n > t->shown)
		prof_buf_addf(out, "%u more %s %s\n", t->n - t->shown,
		    prof_noun_of(style->noun, t->n - t->shown),
		    t->n - t->shown == 1 ? "matches" : "match");
	prof_ink(out, style, PROF_INK_DIM);
	if (!t->about.mean)
		prof_buf_addf(out, "A %s share is of the total of the %s "
		    "%s.\n", who[t->side], prof_noun_of(style->noun, 1),
		    place[t->side]);
	if (t->graph->estimated)
		prof_buf_adds(out, "Self and total of a caller's calls are "
		    "estimated: only the calls were counted.\n");
	prof_ink(out, style, PROF_INK_NONE);
}

void
prof_top_graph_table(const struct prof_top *t,
    const struct prof_style *style, struct prof_buf *out)
{
	const char *const names[] = { "self", "self%", "total", "total%",
	    "calls", prof_noun_head(style->noun), "where" };
	enum { SELF_SHARE = 1, TOTAL_SHARE = 3, CALLS = 4 };
	struct text x = { .t = t, .style = style };
	const char *head[7];
	char align[8] = "";
	unsigned c, n = 0;
	uint32_t i;

	for (c = 0; c < 7; c++) {
		if ((t->about.mean && (c == SELF_SHARE || c == TOTAL_SHARE)) ||
		    (c == CALLS && t->graph->calls == NULL))
			continue;
		head[n] = names[c];
		align[n++] = c <= CALLS ? 'r' : 'l';
	}
	x.amount = prof_top_amount(t, &style->unit);
	prof_table_init(&x.tab, align, head);
	prof_table_shed(&x.tab, n - 1, false);
	for (i = 0; i < t->shown; i++) {
		if (i > 0 && t->side == PROF_GRAPH_BOTH)
			add_gap(&x);
		add_callers(&x, t->order[i]);
		add_chosen(&x, t->order[i]);
		add_callees(&x, t->order[i]);
	}
	prof_table_print(&x.tab, n - 2, style, out);
	prof_table_release(&x.tab);
	add_foot(t, style, out);
}
