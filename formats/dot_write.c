/* SPDX-License-Identifier: MIT */
#include "formats/dot_write.h"

#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

/*
 * A picture for Graphviz.  Nodes and edges mean what pprof's do: a box for
 * each function, larger text for more of its own, more colour for more in
 * total; an arrow for calls, dotted where they go over functions that are
 * left out.  Attributes that Graphviz does not know (self, total, value,
 * calls) hold the exact integers, for programs.
 */

#define NODES 80	/* what is left out unless it is said otherwise: */
#define SHARES 1000	/* as pprof does */

static struct prof_callgraph_opts
choose(const struct prof_write_opts *opts)
{
	struct prof_callgraph_opts o = { .tree = opts->call_tree,
	    .ranked = true, .labels = true,
	    .limit = opts->limit != 0 ? opts->limit : NODES,
	    .node_num = 5, .node_den = SHARES,
	    .edge_num = 1, .edge_den = SHARES };

	if (opts->node_den != 0) {
		o.node_num = opts->node_num;
		o.node_den = opts->node_den;
	}
	if (opts->edge_den != 0) {
		o.edge_num = opts->edge_num;
		o.edge_den = opts->edge_den;
	}
	return o;
}

/* Everything that will be written as a value. */
static void
choose_amount(struct prof_dot *d, const struct prof_write_opts *opts)
{
	const struct prof_type *type = &d->p->type[opts->column];
	struct prof_spread s = { 0 };
	uint32_t i;

	if (opts->column >= d->p->ntypes)
		return;
	prof_spread_add(&s, d->g->whole);
	for (i = 0; i < d->g->nnodes; i++) {
		prof_spread_add(&s, d->g->node[i].self);
		prof_spread_add(&s, d->g->node[i].total);
	}
	for (i = 0; i < d->g->nedges; i++)
		prof_spread_add(&s, d->g->edge[i].value);
	d->amount = prof_amount_choose(prof_profile_str(d->p, type->unit),
	    type->num, type->den, &s, opts->unit);
}

static void
look(struct prof_dot *d)
{
	const struct prof_callgraph *g = d->g;
	prof_i128 v;
	uint32_t i;

	d->leads = prof_zalloc((size_t)g->nnodes + 1, sizeof *d->leads);
	d->labelled = prof_zalloc((size_t)g->nnodes + 1,
	    sizeof *d->labelled);
	for (i = 0; i < g->nedges; i++)
		if (g->edge[i].from != g->edge[i].to)
			d->leads[g->edge[i].from] = true;
	for (i = 0; i < g->nnodes; i++) {
		v = g->node[i].self;
		v = v < 0 ? -v : v;
		v = v <= INT64_MAX ? v : INT64_MAX;
		d->most = v > d->most ? (int64_t)v : d->most;
	}
}

static void
add_value(struct prof_dot *d, prof_i128 v)
{
	prof_amount_print(&d->b, d->amount, v);
}

static void
add_part(struct prof_dot *d, prof_i128 v)
{
	add_value(d, v);
	prof_buf_adds(&d->b, " (");
	prof_scale_percent(&d->b, v, d->g->whole);
	prof_buf_addc(&d->b, ')');
}

static void
flush(struct prof_dot *d)
{
	prof_out_add(d->out, d->b.data, d->b.len);
	prof_buf_clear(&d->b);
}

static const char *
title_of(const struct prof_write_opts *opts)
{
	return opts->title != NULL && opts->title[0] != '\0' ? opts->title :
	    "profile";
}

static void
put_head(struct prof_dot *d, const struct prof_write_opts *opts)
{
	const char *title = title_of(opts);

	prof_buf_adds(&d->b, "digraph \"");
	prof_dot_text(&d->b, title, strlen(title));
	prof_buf_adds(&d->b, "\" {\n"
	    "node [shape=box style=filled fillcolor=\"#f8f8f8\" "
	    "fontname=\"sans-serif\"]\n"
	    "edge [fontname=\"sans-serif\" fontsize=10]\n");
	flush(d);
}

static void
add_light(struct prof_dot *d, uint32_t n, const char *one, const char *many,
    int64_t num, int64_t den)
{
	if (n == 0)
		return;
	prof_buf_addf(&d->b, "Left out: %u %s below ", (unsigned)n,
	    n == 1 ? one : many);
	prof_scale_ppm(&d->b, (uint32_t)((prof_i128)num * 1000000 / den));
	prof_buf_adds(&d->b, " of the total\\l");
}

static void
add_losses(struct prof_dot *d, const struct prof_callgraph_opts *o)
{
	const struct prof_callgraph *g = d->g;
	bool dotted = false;
	uint32_t i;

	for (i = 0; i < g->nedges; i++)
		dotted |= g->edge[i].residual;
	add_light(d, g->light_nodes, o->tree ? "branch" : "node",
	    o->tree ? "branches" : "nodes", o->node_num, o->node_den);
	if (g->more_nodes > 0)
		prof_buf_addf(&d->b, "Left out: %u more node%s (limit "
		    "%u)\\l", (unsigned)g->more_nodes,
		    g->more_nodes == 1 ? "" : "s", (unsigned)o->limit);
	add_light(d, g->light_edges, "edge", "edges", o->edge_num,
	    o->edge_den);
	if (dotted)
		prof_buf_adds(&d->b, "Dotted: some calls go over nodes "
		    "that are left out\\l");
	if (g->estimated)
		prof_buf_adds(&d->b, "Estimated from callers and "
		    "callees\\l");
}

static void
put_legend(struct prof_dot *d, const struct prof_write_opts *opts,
    const struct prof_callgraph_opts *o)
{
	const struct prof_callgraph *g = d->g;
	prof_str type = d->p->type[opts->column].type;
	bool none = opts->column >= d->p->ntypes || d->p->nsamples == 0;
	prof_i128 self = 0;
	uint32_t i;

	for (i = 0; i < g->nnodes; i++)
		self += g->node[i].self;
	prof_buf_adds(&d->b, "legend [fontsize=14 fillcolor=\"#ffffff\" "
	    "label=\"");
	prof_dot_text(&d->b, title_of(opts), strlen(title_of(opts)));
	prof_buf_adds(&d->b, none ? "\\lNo samples\\lType: " :
	    "\\lType: ");
	prof_dot_text(&d->b, prof_profile_str(d->p, type),
	    prof_strs_len(&d->p->strs, type));
	prof_buf_adds(&d->b, "\\l");
	if (d->p->meta.duration_ns > 0) {
		prof_buf_adds(&d->b, "Duration: ");
		prof_amount_single(&d->b, "nanoseconds",
		    d->p->meta.duration_ns, false);
		prof_buf_adds(&d->b, "\\l");
	}
	prof_buf_addf(&d->b, "Shown: %u node%s with ", (unsigned)g->nnodes,
	    g->nnodes == 1 ? "" : "s");
	add_part(d, self);
	prof_buf_adds(&d->b, " of ");
	add_value(d, g->whole);
	prof_buf_adds(&d->b, "\\l");
	if (g->unplaced != 0) {
		prof_buf_adds(&d->b, "Without frames: ");
		add_part(d, g->unplaced);
		prof_buf_adds(&d->b, "\\l");
	}
	add_losses(d, o);
	prof_buf_adds(&d->b, "\"]\n");
	flush(d);
}

/* Name, then what it took: "1 s (50%)", "of 2 s (100%)". */
static void
add_label(struct prof_dot *d, const struct prof_callgraph_node *n)
{
	const struct prof_row *r = prof_rows_get(d->v, n->row);

	prof_dot_name(&d->b, r->name, r->name_len);
	prof_buf_adds(&d->b, "\\n");
	if (n->self != 0)
		add_part(d, n->self);
	else
		prof_buf_addc(&d->b, '0');
	if (n->total != n->self) {
		prof_buf_adds(&d->b, n->self != 0 ? "\\nof " : " of ");
		add_part(d, n->total);
	}
}

static void
add_place(struct prof_dot *d, const struct prof_row *r)
{
	prof_dot_text(&d->b, r->name, r->name_len);
	if (r->file_len > 0) {
		prof_buf_adds(&d->b, "\\n");
		prof_dot_text(&d->b, r->file, r->file_len);
		if (r->line > 0)
			prof_buf_addf(&d->b, ":%lld", (long long)r->line);
	}
}

static void
put_node(struct prof_dot *d, uint32_t node)
{
	const struct prof_callgraph_node *n = &d->g->node[node];
	unsigned id = (unsigned)node + 1;

	prof_buf_addf(&d->b, "n%u [label=\"", id);
	add_label(d, n);
	prof_buf_addf(&d->b, "\" id=\"node%u\" fontsize=%u", id,
	    8 + prof_dot_root(n->self, d->most, 16));
	prof_buf_addf(&d->b, " self=\"%lld\" total=\"%lld\" color=",
	    (long long)n->self, (long long)n->total);
	prof_dot_color(&d->b, n->total, d->g->whole, false);
	prof_buf_adds(&d->b, " fillcolor=");
	prof_dot_color(&d->b, n->total, d->g->whole, true);
	prof_buf_adds(&d->b, " tooltip=\"");
	add_place(d, prof_rows_get(d->v, n->row));
	prof_buf_adds(&d->b, "\"]\n");
	flush(d);
}

/* v of the whole in steps, from 0 to most. */
static unsigned
steps(int64_t v, int64_t whole, unsigned most)
{
	prof_i128 a = v, w = whole;

	a = a < 0 ? -a : a;
	w = w < 0 ? -w : w;
	if (w == 0)
		return 0;
	return a >= w ? most : (unsigned)(a * most / w);
}

static void
add_tooltip(struct prof_dot *d, const struct prof_callgraph_edge *e)
{
	const struct prof_row *from = prof_rows_get(d->v,
	    d->g->node[e->from].row);
	const struct prof_row *to = prof_rows_get(d->v,
	    d->g->node[e->to].row);

	prof_dot_text(&d->b, from->name, from->name_len);
	prof_buf_adds(&d->b, e->residual ? " ... " : " -> ");
	prof_dot_text(&d->b, to->name, to->name_len);
}

static void
put_edge(struct prof_dot *d, const struct prof_callgraph_edge *e)
{
	prof_buf_addf(&d->b, "n%u -> n%u [label=\" ", (unsigned)e->from + 1,
	    (unsigned)e->to + 1);
	add_value(d, e->value);
	if (e->calls >= 0)
		prof_buf_addf(&d->b, "\\n %lld call%s", (long long)e->calls,
		    e->calls == 1 ? "" : "s");
	prof_buf_addf(&d->b, "%s\" value=\"%lld\" weight=%u penwidth=%u "
	    "color=", e->inlined ? "\\n (inline)" : "", (long long)e->value,
	    1 + steps(e->value, d->g->whole, 100),
	    1 + steps(e->value, d->g->whole, 5));
	prof_dot_color(&d->b, e->value, d->g->whole, false);
	prof_buf_adds(&d->b, " tooltip=\"");
	add_tooltip(d, e);
	prof_buf_adds(&d->b, "\" labeltooltip=\"");
	add_tooltip(d, e);
	prof_buf_addf(&d->b, "\"%s%s]\n", e->residual ? " style=dotted" : "",
	    d->labelled[e->from] ? " minlen=2" : "");
	flush(d);
}

static void
put_graph(struct prof_dot *d)
{
	uint32_t i;

	for (i = 0; i < d->g->nnodes; i++) {
		put_node(d, i);
		prof_dot_labels(d, i);
		prof_buf_clear(&d->b);
	}
	/* Graphviz lays out what comes first with more care. */
	for (i = 0; i < d->g->nedges; i++)
		if (d->g->edge[i].from != d->g->edge[i].to)
			put_edge(d, &d->g->edge[i]);
}

static int
dot_write(const struct prof_profile *p, const struct prof_write_opts *opts,
    struct prof_out *out, struct prof_err *err)
{
	struct prof_callgraph_opts o = choose(opts);
	struct prof_callgraph g;
	struct prof_rows v;
	struct prof_dot d = { .g = &g, .v = &v, .p = p, .out = out };
	int rc;

	prof_rows_init(&v, p, PROF_BY_FUNCTION);
	rc = prof_callgraph_init(&g, &v, opts->column, &o, err);
	if (rc == PROF_OK) {
		look(&d);
		choose_amount(&d, opts);
		put_head(&d, opts);
		put_legend(&d, opts, &o);
		put_graph(&d);
		prof_out_adds(out, "}\n");
		prof_callgraph_release(&g);
	}
	free(d.leads);
	free(d.labelled);
	prof_buf_release(&d.b);
	prof_rows_release(&v);
	return rc;
}

const struct prof_writer prof_dot_writer = {
	.name = "dot",
	.extensions = "dot gv",
	.summary = "a call graph that Graphviz draws",
	.loses = PROF_LOSES_TYPES | PROF_LOSES_LINES |
	    PROF_LOSES_METADATA | PROF_LOSES_SCALE,
	.write = dot_write
};
