/* SPDX-License-Identifier: MIT */
#include "libanalysis/treetext.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

#define NAME_LEAST 16		/* columns a name keeps on a narrow screen */

/* The signs of one alphabet. */
struct signs {
	const char *edge, *more, *none, *branch, *last, *arrow, *dots,
	    *inlined;
};

static const struct signs unicode = {
	"\342\226\225", "\342\224\202  ", "   ", "\342\224\234\342\224\200 ",
	"\342\224\224\342\224\200 ", " \342\206\222 ", "\342\200\246",
	" \342\223\230"
};

static const struct signs ascii = {
	"|", "|  ", "   ", "|- ", "`- ", " > ", "...", " (inlined)"
};

/* One line: the chain of calls from top to end. */
struct line {
	uint32_t top, end;
	uint32_t level;		/* of indentation */
	bool last;		/* among its siblings */
	bool hot;		/* the largest one, as all of its callers */
};

struct text {
	const struct prof_tree *t;
	const struct prof_frames *frames;
	const struct prof_treetext_opts *opts;
	const struct signs *signs;
	struct prof_amount amount;
	prof_i128 whole;
	struct line *line;
	size_t nlines, line_cap;
	struct line *todo;	/* lines whose callees are still to come */
	size_t ntodo, todo_cap;
	uint32_t *child;	/* scratch: visible children of one node */
	size_t child_cap;
	prof_i128 hidden;	/* value below the limit */
	prof_i128 hidden_gross;	/* the same of absolute values */
	uint64_t nhidden;	/* places where it is */
	struct prof_buf cell;	/* scratch */
	size_t column[3];	/* widths of the numbers */
	struct prof_buf *out;
};

static bool
is_visible(const struct text *x, uint32_t node)
{
	return (prof_i128)x->t->gross[0][node] * 1000000 >=
	    x->whole * x->opts->min_ppm;
}

static int
larger_first(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_tree *t = ctx;
	prof_i128 x = prof_num_abs(t->total[0][a]);
	prof_i128 y = prof_num_abs(t->total[0][b]);

	if (x != y)
		return x < y ? 1 : -1;
	return (t->gross[0][a] < t->gross[0][b]) -
	    (t->gross[0][a] > t->gross[0][b]);
}

/* Collect the visible children of a node; what is not is added up. */
static size_t
find_children(struct text *x, uint32_t node)
{
	const struct prof_tree *t = x->t;
	size_t n = 0;
	uint32_t i, c;

	x->hidden += prof_tree_rest(t, node, 0);
	x->hidden_gross += t->cut_gross[0][node];
	x->nhidden += t->cut[node];
	PROF_RESERVE(x->child, x->child_cap, t->nchildren[node]);
	for (i = 0; i < t->nchildren[node]; i++) {
		c = t->first_child[node] + i;
		if (is_visible(x, c)) {
			x->child[n++] = c;
		} else {
			x->hidden += t->total[0][c];
			x->hidden_gross += t->gross[0][c];
			x->nhidden++;
		}
	}
	return n;
}

/*
 * Go on while there is one way to go and nothing is lost on it: the numbers
 * of a line hold for all of its calls.  Returns the children of the end.
 */
static size_t
follow_chain(struct text *x, struct line *line)
{
	const int64_t *total = x->t->total[0], *gross = x->t->gross[0];
	size_t n = find_children(x, line->end);

	while (n == 1 && total[line->top] == total[x->child[0]] &&
	    gross[line->top] == gross[x->child[0]]) {
		line->end = x->child[0];
		n = find_children(x, line->end);
	}
	return n;
}

static void
collect_lines(struct text *x)
{
	struct line line = { .hot = true }, child = { 0 };
	size_t i, n = find_children(x, 0);

	for (;;) {
		prof_sort_ids(x->child, n, larger_first, x->t);
		PROF_RESERVE(x->todo, x->todo_cap, x->ntodo + n);
		for (i = n; i-- > 0;) {
			child.top = child.end = x->child[i];
			child.last = i + 1 == n;
			child.hot = i == 0 && line.hot;
			x->todo[x->ntodo++] = child;
		}
		if (x->ntodo == 0)
			return;
		line = x->todo[--x->ntodo];
		n = follow_chain(x, &line);
		PROF_RESERVE(x->line, x->line_cap, x->nlines + 1);
		x->line[x->nlines++] = line;
		child.level = line.level + 1;
	}
}

static void
add_value(const struct text *x, struct prof_buf *b, prof_i128 value)
{
	prof_amount_print(b, x->amount, value);
}

/* The text of one number of a line, into the scratch cell. */
static void
fill_cell(struct text *x, const struct line *line, unsigned column)
{
	int64_t total = x->t->total[0][line->top];
	int64_t self = x->t->self[0][line->end];

	prof_buf_clear(&x->cell);
	if (column == 1)
		prof_num_percent(&x->cell, total, x->whole);
	else
		add_value(x, &x->cell, column == 0 ? total : self);
}

static void
widen(struct text *x, unsigned column, size_t width)
{
	if (x->column[column] < width)
		x->column[column] = width;
}

static const char *
head_of(const struct text *x, unsigned column)
{
	static const char *const heads[3] = { "total", "total%", "self" };

	return column == 2 && x->opts->from_leaf ? "at root" :
	    heads[column];
}

static void
measure(struct text *x)
{
	const struct line root = { 0 };
	unsigned c;
	size_t i;

	for (c = 0; c < 3; c++) {
		widen(x, c, strlen(head_of(x, c)));
		for (i = 0; i < x->nlines; i++) {
			fill_cell(x, &x->line[i], c);
			widen(x, c, prof_name_width(x->cell.data,
			    x->cell.len));
		}
	}
	if (x->t->self[0][0] != 0) {
		fill_cell(x, &root, 2);
		widen(x, 0, prof_name_width(x->cell.data, x->cell.len));
		widen(x, 2, prof_name_width(x->cell.data, x->cell.len));
	}
}

static void
choose_unit(struct text *x)
{
	const int64_t *total = x->t->total[0], *self = x->t->self[0];
	const struct prof_treetext_opts *o = x->opts;
	struct prof_spread s = { 0 }, selfs = { 0 };
	size_t i;

	prof_spread_add(&s, total[0]);
	prof_spread_add(&selfs, self[0]);
	for (i = 0; i < x->nlines; i++) {
		prof_spread_add(&s, total[x->line[i].top]);
		prof_spread_add(&selfs, self[x->line[i].end]);
	}
	/* Totals choose the unit; what divides all, the decimals. */
	prof_spread_add(&selfs, s.gcd);
	s.gcd = selfs.gcd;
	if (o->wish.how == PROF_UNIT_FIXED && selfs.least != 0 &&
	    selfs.least < s.least)
		s.least = selfs.least;
	x->amount = prof_amount_choose(o->unit, o->num > 0 ? o->num : 1,
	    o->den > 0 ? o->den : 1, &s, &o->wish);
}

static void
add_right(struct text *x, unsigned column)
{
	size_t width = prof_name_width(x->cell.data, x->cell.len);

	prof_buf_addn(x->out, ' ', x->column[column] + (column > 0 ? 2 : 0) -
	    width);
	prof_buf_add(x->out, x->cell.data, x->cell.len);
}

static void
add_numbers(struct text *x, const struct line *line)
{
	unsigned c;

	for (c = 0; c < 3; c++) {
		fill_cell(x, line, c);
		add_right(x, c);
	}
	prof_buf_addf(x->out, " %s ", x->signs->edge);
}

static void
add_frame(struct text *x, struct prof_buf *b, uint32_t node)
{
	const struct prof_row *row = prof_frames_get(x->frames,
	    x->t->frame[node]);

	if (row->name_len == 0)
		prof_buf_adds(b, "(no name)");
	prof_name_print(b, row->name, row->name_len);
	if (row->inlined)
		prof_buf_adds(b, x->signs->inlined);
}

static void
add_chain(struct text *x, struct prof_buf *b, const struct line *line)
{
	const struct prof_tree *t = x->t;
	uint32_t frames = t->depth[line->end] - t->depth[line->top] + 1;

	add_frame(x, b, line->top);
	if (frames == 3) {
		prof_buf_adds(b, x->signs->arrow);
		add_frame(x, b, t->parent[line->end]);
	} else if (frames > 3) {
		prof_buf_addf(b, "%s%s", x->signs->arrow, x->signs->dots);
	}
	if (frames > 1) {
		prof_buf_adds(b, x->signs->arrow);
		add_frame(x, b, line->end);
	}
	if (frames > 3)
		prof_buf_addf(b, " (%" PRIu32 " frames)", frames);
}

/* Lines to the siblings below, for each level; returns the columns taken. */
static size_t
add_indent(struct text *x, const struct line *line, bool *more)
{
	uint32_t level = line->level, l;

	if (level < PROF_TREETEXT_INDENT)
		more[level] = !line->last;
	else
		level = PROF_TREETEXT_INDENT;
	for (l = 1; l < level; l++)
		prof_buf_adds(x->out, more[l] ? x->signs->more :
		    x->signs->none);
	if (level > 0)
		prof_buf_adds(x->out, line->last ? x->signs->last :
		    x->signs->branch);
	return 3 * (size_t)level;
}

/* Append a text that is printable, cut to so many columns; 0: whole. */
static void
add_cut(struct text *x, const struct prof_buf *b, size_t columns)
{
	size_t at = 0, used, width = 0;
	size_t dots = x->opts->ascii ? strlen(x->signs->dots) : 1;

	if (columns == 0 || prof_name_width(b->data, b->len) <= columns) {
		prof_buf_add(x->out, b->data, b->len);
		return;
	}
	for (; at < b->len; at += used) {
		prof_utf8_next(b->data + at, b->len - at, &used);
		width += prof_name_width(b->data + at, used);
		if (width + dots > columns)
			break;
	}
	prof_buf_add(x->out, b->data, at);
	prof_buf_adds(x->out, x->signs->dots);
}

static void
add_line(struct text *x, const struct line *line, bool *more)
{
	const struct prof_style style = { .color = x->opts->color };
	size_t left = x->column[0] + x->column[1] + x->column[2] + 7;
	size_t columns = 0;

	add_numbers(x, line);
	left += add_indent(x, line, more);
	if (x->opts->width > 0)
		columns = x->opts->width > left + NAME_LEAST ?
		    x->opts->width - left : NAME_LEAST;
	prof_buf_clear(&x->cell);
	if (line->level >= PROF_TREETEXT_INDENT)
		prof_buf_addf(&x->cell, "%" PRIu32 ": ",
		    x->t->depth[line->top]);
	add_chain(x, &x->cell, line);
	if (line->hot)
		prof_ink(x->out, &style, PROF_INK_BOLD);
	add_cut(x, &x->cell, columns);
	if (line->hot)
		prof_ink(x->out, &style, PROF_INK_NONE);
	prof_buf_addc(x->out, '\n');
}

static void
add_head(struct text *x)
{
	const char *type = x->opts->type;
	unsigned c;

	for (c = 0; c < 3; c++) {
		prof_buf_clear(&x->cell);
		prof_buf_adds(&x->cell, head_of(x, c));
		add_right(x, c);
	}
	prof_buf_addf(x->out, " %s %s%s (", x->signs->edge,
	    x->opts->remark != NULL ? x->opts->remark : "call tree",
	    x->opts->from_leaf ? " from the leaves" : "");
	if (type != NULL && type[0] != '\0') {
		prof_name_print(x->out, type, strlen(type));
		prof_buf_adds(x->out, ", ");
	}
	prof_buf_adds(x->out, "total ");
	add_value(x, x->out, x->t->total[0][0]);
	prof_buf_adds(x->out, ")\n");
}

/* Samples without a stack: self of the root, a line without a name. */
static void
add_stackless(struct text *x)
{
	const struct line root = { 0 };

	if (x->t->self[0][0] == 0)
		return;
	fill_cell(x, &root, 2);
	add_right(x, 0);
	prof_buf_clear(&x->cell);
	prof_num_percent(&x->cell, x->t->self[0][0], x->whole);
	add_right(x, 1);
	fill_cell(x, &root, 2);
	add_right(x, 2);
	prof_buf_addf(x->out, " %s (no stack)\n", x->signs->edge);
}

/* Values of both signs each for itself: their sum hides what changed. */
static void
add_hidden(struct text *x)
{
	prof_i128 gross = x->hidden_gross, net = x->hidden;

	if (gross == prof_num_abs(net)) {
		add_value(x, x->out, net);
		prof_buf_adds(x->out, " (");
		prof_num_percent(x->out, net, x->whole);
	} else {
		prof_amount_change(x->out, x->amount, (gross + net) / 2);
		prof_buf_addc(x->out, ' ');
		prof_amount_change(x->out, x->amount, (net - gross) / 2);
		prof_buf_adds(x->out, " (");
		prof_num_percent(x->out, gross, x->whole);
	}
	prof_buf_addc(x->out, ')');
}

static void
add_foot(struct text *x)
{
	static const char hint[] = "--min-share 0 shows all\n";
	size_t start, columns;

	if (x->nlines == 0 && x->nhidden == 0 && x->t->self[0][0] == 0)
		prof_buf_adds(x->out, "no samples\n");
	if (x->nhidden == 0)
		return;
	start = x->out->len;
	prof_buf_addf(x->out, "%s ", x->signs->dots);
	add_hidden(x);
	prof_buf_adds(x->out, x->opts->from_leaf ? " is of functions and "
	    "callers below the limit of " :
	    " is self of calls below the limit of ");
	prof_scale_ppm(x->out, x->opts->min_ppm);
	columns = prof_name_width(x->out->data + start, x->out->len - start);
	prof_buf_adds(x->out, x->opts->width > 0 && columns + sizeof hint >
	    x->opts->width ? ";\n  " : "; ");
	prof_buf_adds(x->out, hint);
}

void
prof_treetext(const struct prof_tree *t, const struct prof_frames *frames,
    const struct prof_treetext_opts *opts, struct prof_buf *b)
{
	struct text x = {
		.t = t, .frames = frames, .opts = opts, .out = b,
		.signs = opts->ascii ? &ascii : &unicode
	};
	bool more[PROF_TREETEXT_INDENT] = { false };
	size_t i;

	x.whole = prof_num_abs(opts->whole != 0 ? opts->whole : t->total[0][0]);
	collect_lines(&x);
	choose_unit(&x);
	measure(&x);
	add_head(&x);
	for (i = 0; i < x.nlines; i++)
		add_line(&x, &x.line[i], more);
	add_stackless(&x);
	add_foot(&x);
	free(x.line);
	free(x.todo);
	free(x.child);
	prof_buf_release(&x.cell);
}
