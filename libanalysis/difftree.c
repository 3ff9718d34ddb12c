/* SPDX-License-Identifier: MIT */
#include "libanalysis/difftree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diffsay.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/* Nodes in the order in which they are shown. */
struct walk {
	const struct prof_diff_report *r;
	const struct prof_diff *d;
	const struct prof_context *c;
	bool *shown;		/* [node] */
	uint32_t *first;	/* [node] into child, n + 1 entries */
	uint32_t *child;	/* shown ones, in order */
	uint32_t *node, *depth;	/* of each row, in preorder */
	size_t n;
};

/* Total of a node in base units. */
static prof_i128
total_of(const struct walk *w, unsigned side, uint32_t node)
{
	return prof_diff_rounded(w->c->total[side][node] *
	    (double)w->d->num / (double)w->d->den, 0);
}

static prof_i128
self_of(const struct walk *w, unsigned side, uint32_t node)
{
	return prof_diff_rounded(w->c->self[side][node] *
	    (double)w->d->num / (double)w->d->den, 0);
}

static double
change_of(const struct prof_context *c, uint32_t node)
{
	return c->total[1][node] - c->total[0][node];
}

static int
larger_change(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_context *c = ctx;
	double x = fabs(change_of(c, a)), y = fabs(change_of(c, b));

	if (x == y) {
		x = c->total[1][a] + c->total[0][a];
		y = c->total[1][b] + c->total[0][b];
	}
	if (x != y)
		return x > y ? -1 : 1;
	x = c->d->rank[c->class[a]];
	y = c->d->rank[c->class[b]];
	return x < y ? -1 : x > y;
}

/* Callees come behind their callers: from the last to the first. */
static void
find_shown(struct walk *w, bool all)
{
	uint32_t i;

	w->shown = prof_zalloc((size_t)w->c->n + 1, sizeof *w->shown);
	for (i = w->c->n; i-- > 1;) {
		w->shown[i] |= all || total_of(w, 0, i) !=
		    total_of(w, 1, i) || self_of(w, 0, i) != self_of(w, 1, i);
		if (w->shown[i])
			w->shown[w->c->parent[i]] = true;
	}
}

static void
find_children(struct walk *w)
{
	uint32_t i, n = w->c->n, *at;

	w->first = prof_zalloc((size_t)n + 2, sizeof *w->first);
	w->child = prof_alloc((size_t)n + 1, sizeof *w->child);
	at = prof_alloc((size_t)n + 1, sizeof *at);
	for (i = 1; i < n; i++)
		w->first[w->c->parent[i] + 1] += w->shown[i];
	for (i = 0; i < n; i++) {
		w->first[i + 1] += w->first[i];
		at[i] = w->first[i];
	}
	for (i = 1; i < n; i++)
		if (w->shown[i])
			w->child[at[w->c->parent[i]]++] = i;
	for (i = 0; i < n; i++)
		prof_sort_ids(w->child + w->first[i], w->first[i + 1] -
		    w->first[i], larger_change, w->c);
	free(at);
}

static void
walk_init(struct walk *w, const struct prof_diff_report *r,
    const struct prof_context *c, bool all)
{
	uint32_t *todo, node, i;
	size_t ntodo = 0;

	memset(w, 0, sizeof *w);
	w->r = r;
	w->d = r->view.d;
	w->c = c;
	w->node = prof_alloc((size_t)c->n + 1, sizeof *w->node);
	w->depth = prof_zalloc((size_t)c->n + 1, sizeof *w->depth);
	todo = prof_alloc((size_t)c->n + 1, sizeof *todo);
	find_shown(w, all);
	find_children(w);
	if (c->n > 0)
		todo[ntodo++] = 0;
	while (ntodo > 0) {
		node = todo[--ntodo];
		if (node != 0)
			w->node[w->n++] = node;
		for (i = w->first[node + 1]; i-- > w->first[node];)
			todo[ntodo++] = w->child[i];
	}
	free(todo);
}

/* Of each row: that of its caller and one. */
static void
set_depths(struct walk *w)
{
	uint32_t *of = prof_zalloc((size_t)w->c->n + 1, sizeof *of), parent;
	size_t i;

	for (i = 0; i < w->n; i++) {
		parent = w->c->parent[w->node[i]];
		of[w->node[i]] = parent == 0 ? 0 : of[parent] + 1;
		w->depth[i] = of[w->node[i]];
	}
	free(of);
}

static void
walk_release(struct walk *w)
{
	free(w->shown);
	free(w->first);
	free(w->child);
	free(w->node);
	free(w->depth);
}

/* --- text ----------------------------------------------------------------- */

enum { TOTAL_A, TOTAL_B, MARK, CHANGE, RATIO, SELF_CHANGE, NAME, COLUMNS };

#define NAME_KEPT 60	/* columns that chains have before others go */

struct sheet {
	struct walk w;
	const struct prof_diff_form *form;
	struct prof_table out;
	struct prof_amount amount;
};

static void
choose_units(struct sheet *t, const struct prof_diff_report *r)
{
	struct prof_spread total = { 0 };
	prof_i128 x, y;
	size_t i;

	for (i = 0; i < t->w.n; i++) {
		x = total_of(&t->w, 0, t->w.node[i]);
		y = total_of(&t->w, 1, t->w.node[i]);
		prof_spread_add(&total, x);
		prof_spread_add(&total, y);
		prof_spread_add(&total, y - x);
	}
	prof_spread_add(&total, prof_diff_sum(t->w.d, 0));
	prof_spread_add(&total, prof_diff_sum(t->w.d, 1));
	t->amount = prof_amount_choose(t->w.d->unit, 1, 1, &total,
	    &t->form->unit);
	if (t->form->unit.how == PROF_UNIT_MINIMUM)
		prof_diff_shorten(&r->view, &t->amount, &total);
}

static void
put_ratio(prof_i128 x, prof_i128 y, struct prof_buf *b)
{
	if (x > 0 && y > 0)
		prof_amount_ratio(b, y, x, 2);
	else if (x == 0 && y > 0)
		prof_buf_adds(b, "NEW");
	else if (x > 0 && y == 0)
		prof_buf_adds(b, "GONE");
}

static void
end_cell(struct sheet *t, prof_i128 change, unsigned column, size_t *start)
{
	bool coloured = column == MARK || column == CHANGE || column == RATIO;

	prof_table_cell(&t->out, !coloured || change == 0 ? PROF_INK_NONE :
	    change > 0 ? PROF_INK_RED : PROF_INK_BLUE, *start);
	*start = t->out.text.len;
}

/* All cells but the name; named: of one function. */
static void
put_numbers(struct sheet *t, prof_i128 x, prof_i128 y, prof_i128 self,
    bool named)
{
	struct prof_buf *b = &t->out.text;
	size_t start = b->len;

	prof_amount_print(b, t->amount, x);
	end_cell(t, 0, TOTAL_A, &start);
	prof_amount_print(b, t->amount, y);
	end_cell(t, 0, TOTAL_B, &start);
	if (x != y && t->form->ascii)
		prof_buf_addc(b, y > x ? '+' : '-');
	else if (x != y)
		prof_buf_adds(b, y > x ? "\342\226\262" : "\342\226\274");
	end_cell(t, y - x, MARK, &start);
	prof_amount_change(b, t->amount, y - x);
	end_cell(t, y - x, CHANGE, &start);
	if (named || (x > 0 && y > 0))
		put_ratio(x, y, b);
	end_cell(t, y - x, RATIO, &start);
	if (self != 0 && named)
		prof_amount_change(b, t->amount, self);
	end_cell(t, 0, SELF_CHANGE, &start);
}

/* Whether a row only repeats the values of the one before, its caller. */
static bool
goes_on(const struct walk *w, size_t row)
{
	const struct prof_context *c = w->c;
	uint32_t a, b;

	if (row == 0 || row >= w->n)
		return false;
	a = w->node[row - 1];
	b = w->node[row];
	return c->parent[b] == a && w->first[a + 1] - w->first[a] == 1 &&
	    c->class[b] != 0 && c->total[0][a] == c->total[0][b] &&
	    c->total[1][a] == c->total[1][b];
}

static void
put_name(struct sheet *t, size_t row)
{
	uint32_t class = t->w.c->class[t->w.node[row]];

	if (class == 0)
		prof_buf_adds(&t->out.text, "(others)");
	else
		prof_diff_names(t->w.d, class, &t->out.text);
}

/* A line for each chain of calls; lines, not calls, are indented. */
static void
put_lines(struct sheet *t)
{
	struct walk *w = &t->w;
	uint32_t *level = prof_zalloc((size_t)w->c->n + 1, sizeof *level);
	uint32_t node, parent, deep;
	prof_i128 self;
	size_t i, end, start;

	for (i = 0; i < w->n; i = end) {
		parent = w->c->parent[w->node[i]];
		deep = parent == 0 ? 0 : level[parent] + 1;
		for (end = i + 1; goes_on(w, end); end++)
			;
		node = w->node[end - 1];
		self = self_of(w, 1, node) - self_of(w, 0, node);
		put_numbers(t, total_of(w, 0, node), total_of(w, 1, node),
		    self, w->c->class[node] != 0);
		start = t->out.text.len;
		prof_buf_addn(&t->out.text, ' ', 2 * (deep <
		    PROF_DIFFTREE_DEEP ? deep : PROF_DIFFTREE_DEEP));
		for (; i < end; i++) {
			level[w->node[i]] = deep;
			put_name(t, i);
			if (i + 1 < end)
				prof_buf_adds(&t->out.text, t->form->ascii ?
				    " > " : " \342\206\222 ");
		}
		prof_table_cell(&t->out, PROF_INK_NONE, start);
	}
	free(level);
}

static void
put_total(struct sheet *t)
{
	put_numbers(t, prof_diff_sum(t->w.d, 0), prof_diff_sum(t->w.d, 1), 0,
	    false);
	prof_table_adds(&t->out, PROF_INK_NONE, "TOTAL");
}

void
prof_difftree_text(const struct prof_diff_report *r,
    const struct prof_context *c, const struct prof_diff_form *form,
    struct prof_out *out)
{
	const char *head[COLUMNS] = { "total A", "total B", "",
	    "\316\224 total", "ratio", "\316\224 self", "function" };
	struct prof_style style = prof_diff_style(form);
	struct sheet t = { .form = form };
	struct prof_buf b = { 0 };

	head[NAME] = prof_noun_head(form->noun);
	if (form->ascii) {
		head[CHANGE] = "delta total";
		head[SELF_CHANGE] = "delta self";
	}
	walk_init(&t.w, r, c, form->all);
	prof_diff_say_verdict(r, form, &b);
	prof_diff_sides(t.w.d, "A", "B", form, &b);
	prof_diff_say_facts(r, form, &b);
	prof_diff_left_out(t.w.d, form, &b);
	if (c->n == 0)
		prof_buf_adds(&b, "no stacks, no tree\n");
	else if (c->estimated)
		prof_buf_adds(&b, "the tree is estimated: only callers were "
		    "recorded\n");
	prof_buf_addc(&b, '\n');
	choose_units(&t, r);
	prof_table_init(&t.out, "rrlrrrl", head);
	t.out.keep = NAME_KEPT;
	prof_table_shed(&t.out, SELF_CHANGE, false);
	prof_table_shed(&t.out, TOTAL_A, false);
	put_lines(&t);
	put_total(&t);
	prof_table_print(&t.out, NAME, &style, &b);
	prof_out_add(out, b.data, b.len);
	prof_table_release(&t.out);
	walk_release(&t.w);
	prof_buf_release(&b);
}

/* --- forms ---------------------------------------------------------------- */

static const struct prof_field fields[] = {
	{ "depth", true, false }, { "self_base", true, false },
	{ "self_new", true, false }, { "total_base", true, false },
	{ "total_new", true, false }, { "ratio", true, false },
	{ "name", false, false }, { "file", false, false },
	{ "module", false, false }
};

static void
put_quotient(struct prof_records *to, enum prof_form form, prof_i128 x,
    prof_i128 y)
{
	if (x > 0 && y >= 0)
		prof_records_fixed(to, prof_num_ppm(y, x), 6);
	else if (x == 0 && y > 0 && form != PROF_FORM_JSON &&
	    form != PROF_FORM_JSONL)
		prof_records_strs(to, "inf");
	else
		prof_records_none(to);
}

static void
put_rows(const struct walk *w, enum prof_form form, struct prof_out *out,
    struct prof_json *json)
{
	static const struct prof_row none = { .name = "", .file = "",
	    .module = "" };
	const struct prof_row *row;
	struct prof_records to;
	uint32_t node;
	size_t i;

	prof_records_init(&to, form, fields, sizeof fields / sizeof fields[0],
	    out, json);
	for (i = 0; i < w->n; i++) {
		node = w->node[i];
		row = w->c->class[node] == 0 ? &none :
		    prof_match_row(&w->d->match, w->c->class[node]);
		prof_records_int(&to, w->depth[i]);
		prof_records_int(&to, self_of(w, 0, node));
		prof_records_int(&to, self_of(w, 1, node));
		prof_records_int(&to, total_of(w, 0, node));
		prof_records_int(&to, total_of(w, 1, node));
		put_quotient(&to, form, total_of(w, 0, node),
		    total_of(w, 1, node));
		prof_records_text(&to, row->name, row->name_len);
		prof_records_text(&to, row->file, row->file_len);
		prof_records_text(&to, row->module, row->module_len);
	}
	prof_records_release(&to);
}

static void
write_json(const struct walk *w, const struct prof_diff_form *form,
    struct prof_out *out)
{
	struct prof_json j;

	prof_json_init(&j, out);
	prof_diff_json_head(&j, w->d, form, "profkit/diff/1");
	prof_json_key(&j, "rows");
	prof_json_begin(&j, '[');
	put_rows(w, PROF_FORM_JSON, NULL, &j);
	prof_json_end(&j);
	prof_json_key(&j, "others");
	prof_json_null(&j);
	prof_diff_json_notes(&j, w->d, form);
	prof_diff_json_evidence(&j, w->r);
	prof_json_end(&j);
	prof_json_finish(&j);
}

/* The verdict, and as many rows as a comment holds. */
static void
write_markdown(const struct walk *w, const struct prof_diff_form *form,
    struct prof_out *out)
{
	struct prof_buf page = { 0 }, text = { 0 }, rows = { 0 };
	struct prof_out *to = prof_out_buf(&rows);
	size_t at, n;

	prof_diff_say_verdict(w->r, form, &text);
	prof_buf_adds(&page, "**");
	prof_name_markdown_text(&page, text.data, text.len - 1);
	prof_buf_adds(&page, "**\n\n");
	put_rows(w, PROF_FORM_MARKDOWN, to, NULL);
	prof_out_finish(to, NULL);
	for (at = 0; at < rows.len; at += n) {
		n = (size_t)((const char *)memchr(rows.data + at, '\n',
		    rows.len - at) - (rows.data + at)) + 1;
		if (page.len + n + 100 > PROF_DIFF_MARKDOWN_MAX)
			break;
		prof_buf_add(&page, rows.data + at, n);
	}
	if (at < rows.len)
		prof_buf_adds(&page, "\nMore rows are left out: this is as "
		    "long as a comment may be.\n");
	prof_out_add(out, page.data, page.len);
	prof_buf_release(&page);
	prof_buf_release(&text);
	prof_buf_release(&rows);
}

void
prof_difftree_write(const struct prof_diff_report *r,
    const struct prof_context *c, enum prof_form in,
    const struct prof_diff_form *form, struct prof_out *out)
{
	struct walk w;

	walk_init(&w, r, c, form->all);
	set_depths(&w);
	if (in == PROF_FORM_JSON)
		write_json(&w, form, out);
	else if (in == PROF_FORM_MARKDOWN)
		write_markdown(&w, form, out);
	else
		put_rows(&w, in, out, NULL);
	walk_release(&w);
}
