/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "libanalysis/top.h"
#include "libanalysis/topcells.h"
#include "libanalysis/toptable.h"

#define BAR 10

/* Columns of the flat table; those that a profile lacks are left out. */
enum column { SELF, SELF_SHARE, SELF_ERROR, TOTAL, TOTAL_SHARE, BARS, CALLS,
	SELF_CALL, TOTAL_CALL, NAME, WHERE, COLUMNS };

struct flat {
	const struct prof_top *t;
	const struct prof_style *style;
	struct prof_amount amount, each;
	prof_i128 longest;	/* total that fills the bar */
	bool errors, calls, inlined;
	bool mean;		/* no parts of a whole: no shares, no bars */
	struct prof_table tab;
	const char *head[COLUMNS];
	char align[COLUMNS + 1];
	unsigned place[COLUMNS];	/* in the table */
};

/* Part of whole in so many steps, rounded. */
static int
steps_of(prof_i128 part, prof_i128 whole, int steps)
{
	if (whole == 0 || part >= whole)
		return whole == 0 ? 0 : steps;
	return (int)prof_num_scaled(part, steps, whole);
}

/*
 * Self in full blocks to an eighth of a column, the callees' part behind it
 * in whole light ones: there are no parts of these.
 */
static void
add_bar(struct flat *x, prof_i128 self, prof_i128 total)
{
	static const char *const part[] = { "", "\342\226\217",
	    "\342\226\216", "\342\226\215", "\342\226\214", "\342\226\213",
	    "\342\226\212", "\342\226\211" };
	bool ascii = x->style->ascii;
	int full = steps_of(prof_num_abs(self), x->longest, BAR * 8);
	int all = steps_of(prof_num_abs(total), x->longest, BAR), i;
	struct prof_buf b = { 0 };

	full = ascii ? (full + 4) / 8 * 8 : full;
	for (i = 0; i < full / 8; i++)
		prof_buf_adds(&b, ascii ? "#" : "\342\226\210");
	prof_buf_adds(&b, part[full % 8]);
	for (i += full % 8 != 0; i < all; i++)
		prof_buf_adds(&b, ascii ? "-" : "\342\226\221");
	prof_table_add(&x->tab, PROF_INK_NONE, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_error(struct flat *x, prof_i128 self)
{
	int error = prof_about_error(&x->t->about, self);
	char text[16] = "";
	struct prof_buf b = { 0 };

	if (error >= 0)
		prof_num_print(&b, error, 1, 10, 1);
	prof_table_add(&x->tab, PROF_INK_DIM, b.len > 0 ? b.data : text,
	    b.len);
	prof_buf_release(&b);
}

/* Of one call, in whole integers of the column; 0 where nothing called. */
static prof_i128
per_call(prof_i128 v, prof_i128 calls)
{
	return calls <= 0 ? 0 : prof_num_scaled(v, 1, calls);
}

static void
add_calls(struct flat *x, uint32_t row)
{
	const struct prof_flat *f = x->t->flat;
	prof_i128 outer = prof_top_outer_calls(f, row);

	prof_cell_calls(&x->tab, f->calls[row], outer);
	if (f->calls[row] <= 0) {
		prof_table_adds(&x->tab, PROF_INK_NONE, "");
		prof_table_adds(&x->tab, PROF_INK_NONE, "");
		return;
	}
	prof_cell_amount(&x->tab, &x->each, per_call(f->self[row],
	    f->calls[row]), PROF_INK_NONE);
	prof_cell_amount(&x->tab, &x->each, per_call(f->total[row], outer),
	    PROF_INK_NONE);
}

static void
add_row(struct flat *x, uint32_t row)
{
	const struct prof_flat *f = x->t->flat;
	const struct prof_row *r = prof_rows_get(x->t->rows, row);

	prof_cell_amount(&x->tab, &x->amount, f->self[row],
	    prof_share_ink(f->self[row], f->whole));
	if (!x->mean)
		prof_cell_share(&x->tab, f->self[row], f->whole);
	if (x->errors)
		add_error(x, f->self[row]);
	prof_cell_amount(&x->tab, &x->amount, f->total[row],
	    prof_share_ink(f->total[row], f->whole));
	if (!x->mean) {
		prof_cell_share(&x->tab, f->total[row], f->whole);
		add_bar(x, f->self[row], f->total[row]);
	}
	if (x->calls)
		add_calls(x, row);
	prof_cell_name(&x->tab, r, "", x->style);
	prof_cell_where(&x->tab, r);
	x->inlined = x->inlined || r->inlined;
}

/* A line that sums up rows; calls NULL where they are not known. */
static void
add_sum(struct flat *x, prof_i128 v, const prof_i128 *calls,
    const char *what)
{
	unsigned i;

	if (x->mean && v == 0)
		prof_table_adds(&x->tab, PROF_INK_NONE, "");
	else
		prof_cell_amount(&x->tab, &x->amount, v, PROF_INK_NONE);
	if (!x->mean)
		prof_cell_share(&x->tab, v, x->t->flat->whole);
	for (i = x->place[SELF_SHARE] + !x->mean; i < x->place[NAME]; i++) {
		if (x->calls && i == x->place[CALLS] && calls != NULL)
			prof_cell_calls(&x->tab, *calls, *calls);
		else
			prof_table_adds(&x->tab, PROF_INK_NONE, "");
	}
	prof_table_adds(&x->tab, PROF_INK_BOLD, what);
	prof_table_adds(&x->tab, PROF_INK_NONE, "");
}

/* " (each < 3.7%)", of what the rows are sorted by. */
static void
add_bound(struct flat *x, struct prof_buf *b)
{
	const struct prof_top *t = x->t;
	bool total = t->sort == PROF_SORT_TOTAL;
	prof_i128 most = 0, v, whole = prof_num_abs(t->flat->whole);
	uint32_t i;

	if ((t->sort != PROF_SORT_SELF && !total) || whole == 0 || x->mean)
		return;
	for (i = t->shown; i < t->n; i++) {
		v = prof_num_abs(total ? t->flat->total[t->order[i]] :
		    t->flat->self[t->order[i]]);
		most = v > most ? v : most;
	}
	prof_buf_addf(b, " (each%s < ", total ? " total" : "");
	prof_num_print(b, most * 1000 / whole + 1, 1, 10, 1);
	prof_buf_adds(b, "%)");
}

static void
add_others(struct flat *x)
{
	const struct prof_top *t = x->t;
	struct prof_rest rest = prof_top_rest(t);
	struct prof_buf b = { 0 };
	prof_i128 calls = 0;
	uint32_t i;

	for (i = t->shown; i < t->n && x->calls; i++)
		calls += t->flat->calls[t->order[i]];
	prof_buf_addf(&b, "%u other%s", t->n - t->shown,
	    t->n - t->shown == 1 ? "" : "s");
	add_bound(x, &b);
	if (t->n > t->shown)
		add_sum(x, rest.self, &calls, prof_buf_str(&b));
	if (t->flat->self[0] != 0)
		add_sum(x, t->flat->self[0], NULL, "samples without frames");
	prof_buf_release(&b);
}

static struct prof_amount
per_call_amount(const struct prof_top *t, const struct prof_wish *wish)
{
	const struct prof_flat *f = t->flat;
	struct prof_spread s = { 0 };
	uint32_t i, row;

	for (i = 0; i < t->shown; i++) {
		row = t->order[i];
		prof_spread_add(&s, per_call(f->self[row], f->calls[row]));
		prof_spread_add(&s, per_call(f->total[row],
		    prof_top_outer_calls(f, row)));
	}
	return prof_about_amount(&t->about, &s, wish);
}

static void
choose_columns(struct flat *x)
{
	static const char align[] = "rrrrrlrrrll";
	static const char *const head[] = { "self", "self%", "\302\261",
	    "total", "total%", "", "calls", "self/call", "total/call",
	    "function", "where" };
	unsigned c, n = 0;

	for (c = 0; c < COLUMNS; c++) {
		x->place[c] = n;
		if ((c == SELF_ERROR && !x->errors) || (x->mean && (c ==
		    SELF_SHARE || c == TOTAL_SHARE || c == BARS)) ||
		    (c >= CALLS && c <= TOTAL_CALL && !x->calls))
			continue;
		x->head[n] = c == SELF_ERROR && x->style->ascii ? "+-" :
		    c == NAME ? prof_noun_head(x->style->noun) : head[c];
		x->align[n++] = align[c];
	}
	x->align[n] = '\0';
	prof_table_init(&x->tab, x->align, x->head);
	if (!x->mean)
		prof_table_shed(&x->tab, x->place[BARS], false);
	if (x->errors)
		prof_table_shed(&x->tab, x->place[SELF_ERROR], false);
	prof_table_shed(&x->tab, x->place[WHERE], false);
	if (!x->calls)
		return;
	prof_table_shed(&x->tab, x->place[SELF_CALL], true);
	prof_table_shed(&x->tab, x->place[TOTAL_CALL], true);
	prof_table_shed(&x->tab, x->place[CALLS], true);
}

static void
find_longest(struct flat *x)
{
	const struct prof_top *t = x->t;
	prof_i128 v;
	uint32_t i;

	for (i = 0; i < t->shown; i++) {
		v = prof_num_abs(t->flat->total[t->order[i]]);
		x->longest = v > x->longest ? v : x->longest;
		v = prof_num_abs(t->flat->self[t->order[i]]);
		x->longest = v > x->longest ? v : x->longest;
		x->errors = x->errors || prof_about_error(&t->about,
		    t->flat->self[t->order[i]]) >= 0;
	}
}

/* What the signs mean, as far as they stand there. */
static void
add_foot(const struct flat *x, struct prof_buf *out)
{
	bool ascii = x->style->ascii;
	size_t before = out->len;

	prof_ink(out, x->style, PROF_INK_DIM);
	if (x->errors && !prof_table_is_shed(&x->tab, x->place[SELF_ERROR]))
		prof_buf_addf(out, "%s: standard error of self%%.  ",
		    ascii ? "+-" : "\302\261");
	if (x->longest != 0 && !x->mean &&
	    !prof_table_is_shed(&x->tab, x->place[BARS]))
		prof_buf_addf(out, "Bar: %s self, %s callees.  ",
		    ascii ? "#" : "\342\226\210",
		    ascii ? "-" : "\342\226\221");
	if (x->inlined && !ascii)
		prof_buf_adds(out, "\342\223\230: inlined.  ");
	while (out->len > before && out->data[out->len - 1] == ' ')
		out->len--;
	prof_ink(out, x->style, PROF_INK_NONE);
	if (x->t->shown > 0)
		prof_buf_addc(out, '\n');
}

static void
flat_table(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out)
{
	struct flat x = { .t = t, .style = style };
	prof_i128 sum = prof_top_calls(t);
	uint32_t i;

	x.calls = t->flat->calls != NULL;
	x.mean = t->about.mean;
	x.amount = prof_top_amount(t, &style->unit);
	if (x.calls)
		x.each = per_call_amount(t, &style->unit);
	find_longest(&x);
	choose_columns(&x);
	for (i = 0; i < t->shown; i++)
		add_row(&x, t->order[i]);
	add_others(&x);
	add_sum(&x, t->flat->sum, &sum, "TOTAL");
	prof_table_print(&x.tab, x.place[NAME], style, out);
	add_foot(&x, out);
	prof_table_release(&x.tab);
}

/* In the column's own scale: what was normalised has decimals. */
static void
add_rounding(const struct prof_top *t, const struct prof_wish *wish,
    struct prof_buf *out)
{
	struct prof_spread s = { 0 };

	prof_spread_add(&s, t->flat->error);
	prof_buf_adds(out, "rounded, by up to ");
	prof_amount_print(out, prof_about_amount(&t->about, &s, wish),
	    t->flat->error);
}

static void
add_calls_fact(const struct prof_top *t, const struct prof_wish *wish,
    const char *dot, struct prof_buf *out)
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
		add_rounding(t, wish, out);
	}
}

void
prof_top_facts(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out)
{
	size_t start = out->len;

	prof_about_facts(&t->about, style, out);
	add_calls_fact(t, &style->unit, prof_fact_dot(style), out);
	prof_wrap_facts(out, start, style);
	prof_buf_addc(out, '\n');
}

void
prof_top_text(const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *out)
{
	prof_top_facts(t, style, out);
	prof_buf_addc(out, '\n');
	if (t->graph != NULL)
		prof_top_graph_table(t, style, out);
	else
		flat_table(t, style, out);
}
