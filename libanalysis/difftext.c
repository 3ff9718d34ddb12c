/* SPDX-License-Identifier: MIT */
#include "libanalysis/difftext.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diffboot.h"
#include "libanalysis/diffsay.h"

#define PIPE_WIDTH 100		/* of what goes to no terminal */
#define RANGE_WIDTH 100		/* from here on limits are shown */
#define CHANCE_WIDTH 120	/* and from here on q */

enum kind { BASE, NEWER, MARK, CHANGE, RATIO, NOTE, RANGE, CHANCE, RANK,
    SHARE_A, SHARE_B, SELF_CALL, NAME, KINDS };

/* A quantity has several columns; what belongs to none says SELF. */
struct column {
	enum kind kind;
	enum prof_judged what;
	struct prof_buf head;
};

#define COLUMNS_MAX 28
#define NAME_KEPT 40	/* columns that a name has before others go */

struct table {
	const struct prof_diff_report *r;
	const struct prof_diff_view *v;
	const struct prof_diff *d;
	const struct prof_diff_form *form;
	struct column column[COLUMNS_MAX];
	unsigned ncolumns;
	enum prof_judged first;		/* it has marks and a ratio */
	struct prof_table out;
	struct prof_amount amount[PROF_JUDGED];
	struct prof_diff_boot boot;
	uint32_t *ids;
	size_t n;
	prof_i128 rest[PROF_DIFF_SIDES];	/* self of rows not shown */
};

const char *
prof_diff_status_name(enum prof_diff_status status)
{
	static const char *const names[PROF_DIFF_STATUSES] = {
		[PROF_DIFF_NONE] = "same", [PROF_DIFF_SAME] = "same",
		[PROF_DIFF_CHANGED] = "changed", [PROF_DIFF_NEW] = "new",
		[PROF_DIFF_GONE] = "gone", [PROF_DIFF_RENAMED] = "renamed"
	};

	return names[status];
}

/* --- columns -------------------------------------------------------------- */

static void
add_column(struct table *t, enum kind kind, enum prof_judged what,
    const char *head)
{
	struct column *c = &t->column[t->ncolumns++];

	c->kind = kind;
	c->what = what;
	prof_buf_adds(&c->head, head);
}

static void
add_values(struct table *t, enum prof_judged what)
{
	static const char *const names[PROF_JUDGED] = { "self", "total",
	    "calls", "/call" };
	const char *delta = t->form->ascii ? "delta " : "\316\224 ";
	char head[16];
	int side;

	for (side = 0; side < 2; side++) {
		strcpy(head, names[what]);
		strcat(head, side == 0 ? " A" : " B");
		add_column(t, side == 0 ? BASE : NEWER, what, head);
	}
	if (what == t->first)
		add_column(t, MARK, what, "");
	strcpy(head, delta);
	strcat(head, names[what]);
	add_column(t, CHANGE, what, head);
}

/* Whether a row has limits, so that there is something to show. */
static bool
any_known(const struct table *t, bool limits)
{
	const struct prof_effect *f;
	size_t i;

	for (i = 0; i < t->n; i++) {
		f = prof_diff_effect(t->v, t->first, t->ids[i]);
		if (f != NULL && (limits ? f->low < f->high :
		    isfinite(f->q)))
			return true;
	}
	return false;
}

static bool
is_listed(const struct table *t, enum prof_judged what)
{
	enum prof_judged list[PROF_JUDGED];
	unsigned i, n = prof_diff_metrics(&t->v->choice, list);

	for (i = 0; i < n; i++)
		if (list[i] == what)
			return true;
	return false;
}

/* What kind of change it is: RENAMED, moved, diluted, or not proved. */
static void
put_note(const struct table *t, uint32_t class, struct prof_buf *b)
{
	const struct prof_effect *f = prof_diff_effect(t->v, t->first, class);
	bool tested = f != NULL && t->v->e->basis[t->first] !=
	    PROF_BASIS_NONE;

	if (prof_diff_shift(t->r, class) != NULL)
		prof_buf_adds(b, "moved");
	else if (tested && prof_diff_is_diluted(t->v, t->first, class))
		prof_buf_adds(b, "diluted");
	else if (tested && !f->found &&
	    prof_diff_change(t->v, t->first, class) != 0)
		prof_buf_addc(b, '~');
	if (t->d->status[class] == PROF_DIFF_RENAMED)
		prof_buf_adds(b, b->len > 0 ? " RENAMED" : "RENAMED");
}

static bool
any_note(const struct table *t)
{
	struct prof_buf b = { 0 };
	size_t i;
	bool any;

	for (i = 0; i < t->n && b.len == 0; i++)
		put_note(t, t->ids[i], &b);
	any = b.len > 0;
	prof_buf_release(&b);
	return any;
}

static void
choose_columns(struct table *t)
{
	size_t width = t->form->width != 0 ? t->form->width : PIPE_WIDTH;
	enum prof_judged list[PROF_JUDGED];
	unsigned i, n = prof_diff_metrics(&t->v->choice, list);

	add_values(t, t->first);
	add_column(t, RATIO, t->first, "ratio");
	if (any_note(t))
		add_column(t, NOTE, t->first, "");
	if (width >= RANGE_WIDTH && any_known(t, true))
		add_column(t, RANGE, t->first, "specific");
	if (width >= CHANCE_WIDTH && any_known(t, false))
		add_column(t, CHANCE, t->first, "q");
	if (t->boot.n > 0)
		add_column(t, RANK, t->first, "rank");
	if (t->boot.share[0][0] != NULL) {
		add_column(t, SHARE_A, t->first, "share A");
		add_column(t, SHARE_B, t->first, "share B");
	}
	if (t->d->calls[0] != NULL && !is_listed(t, PROF_JUDGED_CALLS)) {
		add_column(t, BASE, PROF_JUDGED_CALLS, "calls A");
		add_column(t, NEWER, PROF_JUDGED_CALLS, "calls B");
		add_column(t, SELF_CALL, PROF_JUDGED_CALLS, "self/call");
	}
	for (i = 1; i < n; i++)
		add_values(t, list[i]);
	add_column(t, NAME, t->first, prof_noun_head(t->form->noun));
}

/* The columns that go where names would have to be cut. */
static void
shed_columns(struct table *t)
{
	static const enum kind order[] = { CHANCE, RANGE, SELF_CALL, BASE,
	    NEWER };
	unsigned i, c, left = 8;

	for (i = 0; i < sizeof order / sizeof order[0]; i++)
		for (c = 0; c < t->ncolumns && left > 0; c++)
			if (t->column[c].kind == order[i] &&
			    (order[i] < RATIO ? t->column[c].what != t->first :
			    true)) {
				prof_table_shed(&t->out, c, false);
				left--;
			}
}

/* --- cells ---------------------------------------------------------------- */

static bool
value(const struct table *t, enum prof_judged what, unsigned side,
    uint32_t class, prof_i128 *v)
{
	return prof_diff_quantity(t->v, what, side, class, v);
}

static void
spread(struct prof_spread *s, prof_i128 base, prof_i128 newer)
{
	prof_spread_add(s, base);
	prof_spread_add(s, newer);
	prof_spread_add(s, newer - base);
}

/* One unit for the columns of a quantity. */
static void
choose_units(struct table *t)
{
	struct prof_spread s[PROF_JUDGED];
	const char *unit;
	prof_i128 x, y;
	size_t i;
	unsigned m;

	memset(s, 0, sizeof s);
	for (m = 0; m < PROF_JUDGED; m++)
		for (i = 0; i < t->n; i++)
			if (value(t, m, 0, t->ids[i], &x) &&
			    value(t, m, 1, t->ids[i], &y))
				spread(&s[m], x, y);
	m = t->first <= PROF_JUDGED_TOTAL ? t->first : PROF_JUDGED_SELF;
	spread(&s[m], prof_diff_sum(t->d, 0), prof_diff_sum(t->d, 1));
	spread(&s[PROF_JUDGED_SELF], prof_diff_value(t->d, 0, t->rest[0]),
	    prof_diff_value(t->d, 1, t->rest[1]));
	for (m = 0; m < PROF_JUDGED; m++) {
		unit = m == PROF_JUDGED_CALLS ? "count" : t->d->unit;
		t->amount[m] = prof_amount_choose(unit, 1, 1, &s[m],
		    m == PROF_JUDGED_CALLS ? NULL : &t->form->unit);
		if (t->form->unit.how == PROF_UNIT_MINIMUM)
			prof_diff_shorten(t->v, &t->amount[m], &s[m]);
	}
}

static enum prof_ink
ink_of(prof_i128 change)
{
	return change > 0 ? PROF_INK_RED : change < 0 ? PROF_INK_BLUE :
	    PROF_INK_NONE;
}

static void
put_mark(const struct table *t, prof_i128 change, struct prof_buf *b)
{
	const char *up = t->form->ascii ? "+" : "\342\226\262";
	const char *down = t->form->ascii ? "-" : "\342\226\274";

	if (change != 0)
		prof_buf_adds(b, change > 0 ? up : down);
}

static void
put_quotient(prof_i128 num, prof_i128 den, struct prof_buf *b)
{
	/* A ratio of any size that 127 bits can hold. */
	if (den > 0 && num >= 0)
		prof_amount_ratio(b, num, den, 2);
	else if (den == 0 && num > 0)
		prof_buf_adds(b, "from 0");
}

static void
put_ratio(const struct table *t, uint32_t class, struct prof_buf *b)
{
	prof_i128 x, y, num = 0, den = 0;

	if (t->d->status[class] == PROF_DIFF_NEW) {
		prof_buf_adds(b, "NEW");
	} else if (t->d->status[class] == PROF_DIFF_GONE) {
		prof_buf_adds(b, "GONE");
	} else if (prof_diff_quotient(t->v, t->first, class, &num, &den)) {
		put_quotient(num, den, b);
	} else if (value(t, t->first, 0, class, &x) &&
	    value(t, t->first, 1, class, &y)) {
		put_quotient(y, x, b);
	}
}

/* How much more self a call takes, whatever became of their number. */
static void
put_self_call(const struct table *t, uint32_t class, struct prof_buf *b)
{
	prof_i128 x, y, n, m;

	if (value(t, PROF_JUDGED_SELF, 0, class, &x) &&
	    value(t, PROF_JUDGED_SELF, 1, class, &y) &&
	    value(t, PROF_JUDGED_CALLS, 0, class, &n) &&
	    value(t, PROF_JUDGED_CALLS, 1, class, &m) && x > 0 && y >= 0 &&
	    n > 0 && m > 0 && prof_num_fits(n) && prof_num_fits(m))
		prof_amount_ratio(b, y * n, x * m, 2);
}

static void
put_chance(double q, struct prof_buf *b)
{
	if (isnan(q))
		return;
	if (q < .0001)
		prof_buf_adds(b, "<0.0001");
	else
		prof_diff_double(b, q, q < .01 ? 4 : 3);
}

static void
put_share(const struct table *t, unsigned side, size_t row,
    struct prof_buf *b)
{
	prof_i128 self = t->d->of[PROF_DIFF_SELF][side][t->ids[row]];

	if (t->d->sum[side] <= 0)
		return;
	prof_num_percent(b, self, t->d->sum[side]);
	prof_buf_adds(b, " [");
	prof_diff_double(b, 100 * t->boot.share[side][0][row], 1);
	prof_buf_adds(b, ", ");
	prof_diff_double(b, 100 * t->boot.share[side][1][row], 1);
	prof_buf_addc(b, ']');
}

static void
put_evidence(const struct table *t, enum kind kind, size_t row,
    struct prof_buf *b)
{
	const struct prof_effect *f = prof_diff_effect(t->v, t->first,
	    t->ids[row]);

	if (kind == RANK) {
		if (t->boot.rank[0][row] == t->boot.rank[1][row])
			prof_buf_addf(b, "%u", t->boot.rank[0][row]);
		else
			prof_buf_addf(b, "%u-%u", t->boot.rank[0][row],
			    t->boot.rank[1][row]);
	} else if (kind == SHARE_A || kind == SHARE_B) {
		put_share(t, kind == SHARE_B, row, b);
	} else if (f != NULL && kind == RANGE) {
		if (f->low < f->high)
			prof_diff_limits(b, f->low, f->high);
	} else if (f != NULL) {
		put_chance(f->q, b);
	}
}

static void
put_value(const struct table *t, const struct column *c, uint32_t class,
    struct prof_buf *b)
{
	prof_i128 x, y;

	if (!value(t, c->what, 0, class, &x) ||
	    !value(t, c->what, 1, class, &y))
		return;
	if (c->kind == BASE)
		prof_amount_print(b, t->amount[c->what], x);
	else if (c->kind == NEWER)
		prof_amount_print(b, t->amount[c->what], y);
	else if (c->kind == CHANGE)
		prof_amount_change(b, t->amount[c->what], y - x);
	else
		put_mark(t, y - x, b);
}

static void
put_cell(const struct table *t, const struct column *c, size_t row,
    struct prof_buf *b)
{
	uint32_t class = t->ids[row];

	switch (c->kind) {
	case RATIO:
		put_ratio(t, class, b);
		break;
	case NOTE:
		put_note(t, class, b);
		break;
	case RANGE:
	case CHANCE:
	case RANK:
	case SHARE_A:
	case SHARE_B:
		put_evidence(t, c->kind, row, b);
		break;
	case SELF_CALL:
		put_self_call(t, class, b);
		break;
	case NAME:
		prof_diff_names(t->d, class, b);
		break;
	default:
		put_value(t, c, class, b);
	}
}

/* The change of a row is coloured where its own quantity stands. */
static enum prof_ink
cell_ink(const struct table *t, const struct column *c, prof_i128 change)
{
	bool coloured = c->kind == MARK || c->kind == RATIO ||
	    (c->kind == CHANGE && c->what == t->first);

	return coloured ? ink_of(change) : PROF_INK_NONE;
}

static void
add_function(struct table *t, size_t row)
{
	prof_i128 change = 0, x, y;
	size_t start;
	unsigned i;

	if (value(t, t->first, 0, t->ids[row], &x) &&
	    value(t, t->first, 1, t->ids[row], &y))
		change = y - x;
	for (i = 0; i < t->ncolumns; i++) {
		start = t->out.text.len;
		put_cell(t, &t->column[i], row, &t->out.text);
		prof_table_cell(&t->out, cell_ink(t, &t->column[i], change),
		    start);
	}
}

/* --- the rows at the end -------------------------------------------------- */

/* Sums: of self, as totals of functions do not add up; what: of whom. */
static void
add_sum(struct table *t, enum prof_judged what, prof_i128 base,
    prof_i128 newer, bool known, bool ratio, const char *name)
{
	prof_i128 change = newer - base;
	bool exact = what == PROF_JUDGED_CALLS;
	const struct column *c;
	size_t start;
	unsigned i;

	for (i = 0; i < t->ncolumns; i++) {
		c = &t->column[i];
		start = t->out.text.len;
		if (c->kind == NAME)
			prof_buf_adds(&t->out.text, name);
		else if (c->kind == RATIO && ratio && what == c->what)
			put_quotient(exact ? newer : t->d->sum[1] *
			    t->d->runs[0], exact ? base : t->d->sum[0] *
			    t->d->runs[1], &t->out.text);
		else if (!known || c->what != what)
			;
		else if (c->kind == BASE)
			prof_amount_print(&t->out.text, t->amount[what], base);
		else if (c->kind == NEWER)
			prof_amount_print(&t->out.text, t->amount[what],
			    newer);
		else if (c->kind == CHANGE)
			prof_amount_change(&t->out.text, t->amount[what],
			    change);
		else if (c->kind == MARK)
			put_mark(t, change, &t->out.text);
		prof_table_cell(&t->out, known && what == t->first ?
		    cell_ink(t, c, change) : PROF_INK_NONE, start);
	}
}

/* All calls, and those of rows that are not shown. */
static void
add_sums_of_calls(struct table *t, const char *others)
{
	prof_i128 sum[2] = { 0, 0 }, rest[2], x;
	unsigned side;
	uint32_t c;
	size_t i;

	for (side = 0; side < 2; side++) {
		for (c = 1; c <= t->d->match.n; c++)
			if (value(t, PROF_JUDGED_CALLS, side, c, &x))
				sum[side] += x;
		rest[side] = sum[side];
		for (i = 0; i < t->n; i++)
			if (value(t, PROF_JUDGED_CALLS, side, t->ids[i], &x))
				rest[side] -= x;
	}
	if (others != NULL)
		add_sum(t, PROF_JUDGED_CALLS, rest[0], rest[1], true, false,
		    others);
	add_sum(t, PROF_JUDGED_CALLS, sum[0], sum[1], true, true, "TOTAL");
}

static void
add_sums(struct table *t)
{
	const struct prof_diff *d = t->d;
	size_t n = (size_t)d->match.n - d->count[PROF_DIFF_NONE] - t->n;
	enum prof_judged what = t->first == PROF_JUDGED_TOTAL ||
	    !is_listed(t, PROF_JUDGED_SELF) ? PROF_JUDGED_TOTAL :
	    PROF_JUDGED_SELF;
	struct prof_buf name = { 0 };

	prof_buf_addf(&name, "%zu other%s", n, n == 1 ? "" : "s");
	if (t->first == PROF_JUDGED_CALLS && !is_listed(t, PROF_JUDGED_SELF) &&
	    !is_listed(t, PROF_JUDGED_TOTAL)) {
		add_sums_of_calls(t, n > 0 ? prof_buf_str(&name) : NULL);
		prof_buf_release(&name);
		return;
	}
	/* Means do not add up: there is none of the others. */
	if (n > 0)
		add_sum(t, PROF_JUDGED_SELF, prof_diff_value(d, 0, t->rest[0]),
		    prof_diff_value(d, 1, t->rest[1]), !d->run[0].flat->mean,
		    false, prof_buf_str(&name));
	add_sum(t, what, prof_diff_sum(d, PROF_DIFF_BASE),
	    prof_diff_sum(d, PROF_DIFF_NEWER), true, true, "TOTAL");
	prof_buf_release(&name);
}

static void
sum_rest(struct table *t)
{
	unsigned side;
	size_t i;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		t->rest[side] = t->d->sum[side];
		for (i = 0; i < t->n; i++)
			t->rest[side] -=
			    t->d->of[PROF_DIFF_SELF][side][t->ids[i]];
	}
}

static void
add_table(struct table *t, struct prof_buf *b)
{
	struct prof_style style = prof_diff_style(t->form);
	const char *head[COLUMNS_MAX];
	char align[COLUMNS_MAX + 1] = "";
	enum kind kind;
	unsigned i;
	size_t row;

	for (i = 0; i < t->ncolumns; i++) {
		kind = t->column[i].kind;
		align[i] = kind == MARK || kind == NOTE || kind == NAME ||
		    kind == RANGE ? 'l' : 'r';
		head[i] = prof_buf_str(&t->column[i].head);
	}
	prof_table_init(&t->out, align, head);
	t->out.keep = NAME_KEPT;
	shed_columns(t);
	for (row = 0; row < t->n; row++)
		add_function(t, row);
	add_sums(t);
	prof_table_print(&t->out, t->ncolumns - 1, &style, b);
	prof_table_release(&t->out);
}

void
prof_diff_text(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_out *out)
{
	struct table t = { .r = r, .v = &r->view, .d = r->view.d,
	    .form = form, .first = prof_diff_first(&r->view.choice) };
	struct prof_style style = prof_diff_style(form);
	struct prof_buf b = { 0 }, found = { 0 };
	unsigned i;

	prof_diff_say_verdict(r, form, &b);
	prof_diff_sides(t.d, "A", "B", form, &b);
	prof_diff_say_facts(r, form, &b);
	prof_diff_left_out(t.d, form, &b);
	prof_wrap_lines(&b, 0, &style);
	prof_buf_addc(&b, '\n');
	t.ids = prof_diff_rows(t.v, form->limit, form->all, &t.n);
	prof_diff_boot_init(&t.boot, r, t.ids, t.n);
	sum_rest(&t);
	choose_units(&t);
	choose_columns(&t);
	add_table(&t, &b);
	prof_diff_say_findings(r, form, &found);
	prof_wrap_lines(&found, 0, &style);
	if (found.len > 0)
		prof_buf_addc(&b, '\n');
	prof_buf_add(&b, found.data, found.len);
	prof_out_add(out, b.data, b.len);
	for (i = 0; i < t.ncolumns; i++)
		prof_buf_release(&t.column[i].head);
	prof_diff_boot_release(&t.boot);
	prof_buf_release(&b);
	prof_buf_release(&found);
	free(t.ids);
}
