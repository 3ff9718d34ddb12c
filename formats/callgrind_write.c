/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "formats/callgrind_places_write.h"
#include "formats/format.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

/*
 * The file that KCachegrind and callgrind_annotate read.  A node is a place
 * in the code with its own cost and, below it, the calls made there with
 * their inclusive cost.  Positions are written in full: relative ones are
 * read in two ways by the readers there are.
 */
struct writing {
	const struct prof_profile *p;
	const struct prof_write_opts *opts;
	struct prof_out *out;
	struct prof_err *err;
	struct prof_places x;
	struct prof_callgraph g;
	struct prof_contexts c;
	struct prof_buf b;
	prof_i128 num, den;	/* of written numbers */
	const char *unit;
	bool modules;		/* some are known */
	struct prof_strs objects, files, names;	/* written so far */
	uint32_t *first, *call;	/* edges of node n: call[first[n]..] */
};

/* Decimals would be lost in whole units, so these are the smallest. */
static void
choose_unit(struct writing *w)
{
	const struct prof_type *t = &w->p->type[w->opts->column];
	const char *unit = prof_profile_str(w->p, t->unit);
	const struct prof_unit *u = prof_unit_find(unit, strlen(unit));

	w->num = w->den = 1;
	w->unit = "count";
	if (w->opts->column >= w->p->ntypes)
		return;
	w->num = t->num;
	w->den = t->den;
	w->unit = unit;
	if (t->num != t->den && u != NULL && u->family != PROF_UNIT_OTHER) {
		w->num *= u->factor;
		w->unit = prof_unit_base(unit);
	}
}

static prof_i128
scaled(const struct writing *w, int64_t v)
{
	return w->num == w->den ? v : prof_num_scaled(v, w->num, w->den);
}

static int
check_value(const struct writing *w, int64_t v)
{
	const char *type = prof_profile_str(w->p,
	    w->p->type[w->opts->column].type);

	if (v < 0)
		return prof_fail(w->err, PROF_ERANGE, "callgrind has no "
		    "negative values, as there are of '%s'", type);
	if (!prof_num_fits(scaled(w, v)))
		return prof_fail(w->err, PROF_ERANGE, "values of '%s' in %s "
		    "are more than 64 bits hold", type, w->unit);
	return PROF_OK;
}

static int
check_values(const struct writing *w)
{
	int rc = check_value(w, w->g.unplaced);
	uint32_t i;

	for (i = 0; i < w->g.nnodes && rc == PROF_OK; i++)
		rc = check_value(w, w->g.node[i].self);
	for (i = 0; i < w->g.nedges && rc == PROF_OK; i++)
		rc = check_value(w, w->g.edge[i].value);
	return rc;
}

static void
list_calls(struct writing *w)
{
	uint32_t i;

	w->first = prof_zalloc((size_t)w->g.nnodes + 2, sizeof *w->first);
	w->call = prof_alloc((size_t)w->g.nedges + 1, sizeof *w->call);
	for (i = 0; i < w->g.nedges; i++)
		w->first[w->g.edge[i].from + 2]++;
	for (i = 2; i <= w->g.nnodes + 1; i++)
		w->first[i] += w->first[i - 1];
	for (i = 0; i < w->g.nedges; i++)
		w->call[w->first[w->g.edge[i].from + 1]++] = i;
}

static void
flush(struct writing *w)
{
	prof_out_add(w->out, w->b.data, w->b.len);
	prof_buf_clear(&w->b);
}

/* An event is one word; a profile without samples may have none. */
static void
add_event(struct writing *w)
{
	prof_str type = w->p->type[w->opts->column].type;
	size_t at = w->b.len, i;

	if (type != 0)
		prof_name_print(&w->b, prof_profile_str(w->p, type),
		    prof_strs_len(&w->p->strs, type));
	else
		prof_buf_adds(&w->b, "value");
	if (w->unit[0] != '\0') {
		prof_buf_addc(&w->b, '(');
		prof_name_print(&w->b, w->unit, strlen(w->unit));
		prof_buf_addc(&w->b, ')');
	}
	for (i = at; i < w->b.len; i++)
		if (w->b.data[i] == ' ' || w->b.data[i] == ':' ||
		    w->b.data[i] == '=')
			w->b.data[i] = '_';
}

static void
add_total(struct writing *w, const char *key)
{
	prof_i128 sum = scaled(w, w->g.unplaced);
	uint32_t i;

	for (i = 0; i < w->g.nnodes; i++)
		sum += scaled(w, w->g.node[i].self);
	prof_buf_adds(&w->b, key);
	prof_num_int(&w->b, sum);
	prof_buf_addc(&w->b, '\n');
}

static void
put_head(struct writing *w)
{
	const char *title = w->opts->title;

	prof_buf_adds(&w->b, "# callgrind format\nversion: 1\n"
	    "creator: Profkit\n");
	if (title != NULL && title[0] != '\0') {
		prof_buf_adds(&w->b, "cmd: ");
		prof_name_print(&w->b, title, strlen(title));
		prof_buf_addc(&w->b, '\n');
	}
	if (w->g.estimated)
		prof_buf_adds(&w->b, "desc: Note: estimated from callers "
		    "and callees\n");
	prof_buf_addf(&w->b, "positions:%s line\nevents: ",
	    w->x.addresses ? " instr" : "");
	add_event(w);
	prof_buf_addc(&w->b, '\n');
	add_total(w, "summary: ");
	flush(w);
}

/* "key=(3) name\n" where content comes first, "key=(3)\n" later. */
static void
add_id(struct writing *w, struct prof_strs *seen, const char *prefix,
    const char *key, const struct prof_buf *content, const char *name,
    size_t len)
{
	size_t known = seen->n;
	prof_str id = prof_strs_add(seen, content->data, content->len);

	prof_buf_addf(&w->b, "%s%s=(%u)", prefix, key, (unsigned)id);
	if (seen->n > known) {
		prof_buf_addc(&w->b, ' ');
		prof_name_print(&w->b, name, len);
	}
	prof_buf_addc(&w->b, '\n');
}

static void
add_file(struct writing *w, struct prof_strs *seen, const char *prefix,
    const char *key, const char *name, size_t len)
{
	struct prof_buf content = { 0 };

	if (len == 0)
		name = "?\?\?";
	len = strlen(name);
	prof_buf_add(&content, name, len);
	add_id(w, seen, prefix, key, &content, name, len);
	prof_buf_release(&content);
}

/*
 * prefix: "c" for a function that is called.  KCachegrind takes an id for
 * one function, whatever the file beside it: so those of one name differ.
 */
static void
add_function(struct writing *w, const char *prefix, const struct prof_row *r,
    const struct prof_context *c)
{
	struct prof_buf b = { 0 };
	size_t len;

	if (w->modules)
		add_file(w, &w->objects, prefix, "ob", r->module,
		    r->module_len);
	add_file(w, &w->files, prefix, "fl", r->file, r->file_len);
	prof_buf_add(&b, r->name, r->name_len);
	if (r->name_len == 0)
		prof_buf_adds(&b, "?\?\?");
	if (c->count > 1)
		prof_buf_addf(&b, " [%u/%u]", (unsigned)c->number,
		    (unsigned)c->count);
	len = b.len;
	prof_buf_addc(&b, '\0');
	prof_buf_add(&b, r->file, r->file_len);
	prof_buf_addc(&b, '\0');
	prof_buf_add(&b, r->module, r->module_len);
	add_id(w, &w->names, prefix, "fn", &b, b.data, len);
	prof_buf_release(&b);
}

static void
add_position(struct writing *w, uint32_t node)
{
	const struct prof_row *r = prof_rows_get(&w->x.places,
	    w->g.node[node].row);

	if (w->x.addresses)
		prof_buf_addf(&w->b, "0x%llx ",
		    (unsigned long long)r->address);
	prof_buf_addi(&w->b, r->line > 0 ? r->line : 0);
	prof_buf_addc(&w->b, ' ');
}

static void
add_value(struct writing *w, int64_t v)
{
	prof_num_int(&w->b, scaled(w, v));
	prof_buf_addc(&w->b, '\n');
}

static void
put_node(struct writing *w, uint32_t node)
{
	const struct prof_callgraph_edge *e;
	const struct prof_context *c;
	uint32_t i;

	add_position(w, node);
	add_value(w, w->g.node[node].self);
	for (i = w->first[node]; i < w->first[node + 1]; i++) {
		e = &w->g.edge[w->call[i]];
		c = &w->c.context[w->c.of[e->to]];
		add_function(w, "c", prof_rows_get(&w->x.rows, c->row), c);
		prof_buf_addf(&w->b, "calls=%lld ",
		    (long long)(e->calls > 0 ? e->calls : 0));
		add_position(w, e->to);
		w->b.data[w->b.len - 1] = '\n';
		add_position(w, node);
		add_value(w, e->value);
	}
	flush(w);
}

static void
put_unplaced(struct writing *w)
{
	static const struct prof_context once = { .count = 1 };
	static const struct prof_row row = { .name = "(no stack)",
	    .name_len = 10, .file = "", .module = "" };

	if (w->g.unplaced == 0)
		return;
	prof_buf_addc(&w->b, '\n');
	add_function(w, "", &row, &once);
	prof_buf_adds(&w->b, w->x.addresses ? "0x0 0 " : "0 ");
	add_value(w, w->g.unplaced);
	flush(w);
}

static void
put_functions(struct writing *w)
{
	const struct prof_context *c;
	uint32_t i, k;

	for (i = 0; i < w->c.n; i++) {
		c = &w->c.context[i];
		prof_buf_addc(&w->b, '\n');
		add_function(w, "", prof_rows_get(&w->x.rows, c->row), c);
		for (k = 0; k < c->n; k++)
			put_node(w, w->c.node[c->first + k]);
	}
	put_unplaced(w);
	prof_buf_addc(&w->b, '\n');
	add_total(w, "totals: ");
	flush(w);
}

static void
put_all(struct writing *w)
{
	uint32_t i;

	for (i = 0; i < w->x.rows.n; i++)
		w->modules |= w->x.rows.row[i].module_len > 0;
	prof_contexts_init(&w->c, &w->x, &w->g);
	list_calls(w);
	put_head(w);
	put_functions(w);
	prof_contexts_release(&w->c);
	prof_strs_release(&w->objects);
	prof_strs_release(&w->files);
	prof_strs_release(&w->names);
	prof_buf_release(&w->b);
	free(w->first);
	free(w->call);
}

static int
callgrind_write(const struct prof_profile *p,
    const struct prof_write_opts *opts, struct prof_out *out,
    struct prof_err *err)
{
	struct prof_callgraph_opts o = { .tree = opts->call_tree };
	struct writing w = { .p = p, .opts = opts, .out = out, .err = err };
	int rc;

	choose_unit(&w);
	prof_places_init(&w.x, p, p->edges.n > 0 && !opts->call_tree);
	rc = prof_callgraph_init(&w.g, &w.x.places, opts->column, &o, err);
	if (rc == PROF_OK) {
		rc = check_values(&w);
		if (rc == PROF_OK)
			put_all(&w);
		prof_callgraph_release(&w.g);
	}
	prof_places_release(&w.x);
	return rc;
}

const struct prof_writer prof_callgrind_writer = {
	.name = "callgrind",
	.extensions = "callgrind",
	.summary = "a call graph for KCachegrind and callgrind_annotate",
	.loses = PROF_LOSES_TYPES | PROF_LOSES_LABELS |
	    PROF_LOSES_METADATA | PROF_LOSES_SCALE,
	.write = callgrind_write
};
