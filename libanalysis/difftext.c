/* SPDX-License-Identifier: MIT */
#include "libanalysis/difftext.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/diffparts.h"
#include "libanalysis/name.h"

enum { SELF_A, SELF_B, MARK, SELF_DELTA, RATIO, CALLS_A, CALLS_B, PER_CALL,
    TOTAL_A, TOTAL_B, TOTAL_DELTA, NAME, COLS };

struct table {
	const struct prof_diff *d;
	const struct prof_diff_form *form;
	struct prof_table out;
	struct prof_buf cell[COLS];	/* of the row being made */
	enum prof_ink ink;		/* of its change */
	struct prof_amount self, total;
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

/* --- the sentence --------------------------------------------------------- */

static bool
is_time(const struct prof_diff *d)
{
	return strcmp(d->unit, "nanoseconds") == 0;
}

/* "takes 1.28x A", "has 1.28x the samples of A". */
static void
add_factor(const struct prof_diff *d, struct prof_buf *b)
{
	prof_i128 x = d->sum[PROF_DIFF_NEWER] * d->runs[PROF_DIFF_BASE];
	prof_i128 y = d->sum[PROF_DIFF_BASE] * d->runs[PROF_DIFF_NEWER];

	prof_buf_adds(b, is_time(d) ? "B takes " : "B has ");
	if (x == y)
		prof_buf_adds(b, "as much");
	else
		prof_amount_ratio(b, x, y, 2);
	if (!is_time(d)) {
		prof_buf_adds(b, x == y ? " " : " the ");
		prof_name_print(b, d->type, strlen(d->type));
	}
	prof_buf_adds(b, x == y ? " as A: " : is_time(d) ? " A: " : " of A: ");
}

static void
add_verdict(const struct prof_diff *d, const struct prof_wish *wish,
    struct prof_buf *b)
{
	prof_i128 x = prof_diff_sum(d, PROF_DIFF_NEWER);
	prof_i128 y = prof_diff_sum(d, PROF_DIFF_BASE);
	struct prof_amount a = prof_diff_amount(d, wish);

	if (d->whole[0] == 0 && d->whole[1] == 0) {
		prof_buf_adds(b, "A and B are empty");
		return;
	}
	if (d->whole[PROF_DIFF_BASE] == 0)
		prof_buf_adds(b, "A is empty: ");
	else if (d->whole[PROF_DIFF_NEWER] == 0)
		prof_buf_adds(b, "B is empty: ");
	else if (d->sum[PROF_DIFF_BASE] > 0 && d->sum[PROF_DIFF_NEWER] > 0)
		add_factor(d, b);
	else
		prof_buf_adds(b, "B compared with A: ");
	prof_amount_print(b, a, x);
	if (x == y)
		return;
	prof_buf_adds(b, " against ");
	prof_amount_print(b, a, y);
	prof_buf_adds(b, " (");
	if (wish->how == PROF_UNIT_MINIMUM || wish->how == PROF_UNIT_AUTO)
		prof_amount_single(b, d->unit, x - y, true);
	else
		prof_amount_change(b, a, x - y);
	prof_buf_addc(b, ')');
}

static void
add_counts(const struct prof_diff *d, struct prof_noun noun,
    struct prof_buf *b)
{
	const struct { uint32_t n; const char *what; } part[] = {
		{ d->up, "up" }, { d->down, "down" },
		{ d->count[PROF_DIFF_NEW], "new" },
		{ d->count[PROF_DIFF_GONE], "gone" },
		{ d->count[PROF_DIFF_RENAMED], "renamed" }
	};
	bool any = false;
	size_t i;

	for (i = 0; i < sizeof part / sizeof part[0]; i++) {
		if (part[i].n == 0)
			continue;
		prof_buf_addf(b, ", %u ", part[i].n);
		if (!any)
			prof_buf_addf(b, "%s ", prof_noun_of(noun,
			    part[i].n));
		prof_buf_adds(b, part[i].what);
		any = true;
	}
	if (!any)
		prof_buf_addf(b, ", no %s changed", prof_noun_of(noun, 1));
	prof_buf_adds(b, "; ");
	prof_diff_runs(d, "A", "B", b);
	prof_buf_adds(b, ".\n");
}

/* --- the table ------------------------------------------------------------ */

static prof_i128
value(const struct table *t, unsigned metric, unsigned side, uint32_t class)
{
	return prof_diff_value(t->d, side, t->d->of[metric][side][class]);
}

static void
spread(struct prof_spread *s, prof_i128 base, prof_i128 newer)
{
	prof_spread_add(s, base);
	prof_spread_add(s, newer);
	prof_spread_add(s, newer - base);
}

/* One unit for the self columns, one for the total columns. */
static void
choose_units(struct table *t)
{
	struct prof_spread self = { 0 }, total = { 0 };
	size_t i;

	for (i = 0; i < t->n; i++) {
		spread(&self, value(t, PROF_DIFF_SELF, 0, t->ids[i]),
		    value(t, PROF_DIFF_SELF, 1, t->ids[i]));
		spread(&total, value(t, PROF_DIFF_TOTAL, 0, t->ids[i]),
		    value(t, PROF_DIFF_TOTAL, 1, t->ids[i]));
	}
	spread(&self, prof_diff_sum(t->d, 0), prof_diff_sum(t->d, 1));
	spread(&self, prof_diff_value(t->d, 0, t->rest[0]),
	    prof_diff_value(t->d, 1, t->rest[1]));
	t->self = prof_amount_choose(t->d->unit, 1, 1, &self,
	    &t->form->unit);
	t->total = prof_amount_choose(t->d->unit, 1, 1, &total,
	    &t->form->unit);
}

static bool
has_column(const struct table *t, unsigned column)
{
	return t->d->calls[0] != NULL || column < CALLS_A ||
	    column > PER_CALL;
}

/* Move the cells of a row into the table. */
static void
end_row(struct table *t)
{
	enum prof_ink ink;
	unsigned i;

	for (i = 0; i < COLS; i++) {
		if (!has_column(t, i))
			continue;
		ink = i == MARK || i == SELF_DELTA || i == RATIO ? t->ink :
		    PROF_INK_NONE;
		prof_table_add(&t->out, ink, prof_buf_str(&t->cell[i]),
		    t->cell[i].len);
		prof_buf_clear(&t->cell[i]);
	}
}

static void
self_cells(struct table *t, prof_i128 base, prof_i128 newer)
{
	prof_i128 change = newer - base;
	const char *up = t->form->ascii ? "+" : "\342\226\262";
	const char *down = t->form->ascii ? "-" : "\342\226\274";

	prof_amount_print(&t->cell[SELF_A], t->self, base);
	prof_amount_print(&t->cell[SELF_B], t->self, newer);
	prof_amount_change(&t->cell[SELF_DELTA], t->self, change);
	if (change != 0)
		prof_buf_adds(&t->cell[MARK], change > 0 ? up : down);
	t->ink = change > 0 ? PROF_INK_RED : change < 0 ? PROF_INK_BLUE :
	    PROF_INK_NONE;
}

static void
ratio_cell(struct table *t, prof_i128 base, prof_i128 newer)
{
	const struct prof_diff *d = t->d;
	struct prof_buf *cell = &t->cell[RATIO];

	if (base > 0 && newer >= 0)
		prof_amount_ratio(cell, newer * d->runs[PROF_DIFF_BASE],
		    base * d->runs[PROF_DIFF_NEWER], 2);
	else if (base == 0 && newer > 0)
		prof_buf_adds(cell, "from 0");
}

/* How much more self a call takes, whatever became of their number. */
static void
call_cells(struct table *t, uint32_t class)
{
	const struct prof_diff *d = t->d;
	prof_i128 x, y, n, m;

	if (d->calls[0] == NULL)
		return;
	n = prof_diff_calls(d, PROF_DIFF_BASE, class);
	m = prof_diff_calls(d, PROF_DIFF_NEWER, class);
	prof_num_int(&t->cell[CALLS_A], n);
	prof_num_int(&t->cell[CALLS_B], m);
	x = value(t, PROF_DIFF_SELF, PROF_DIFF_BASE, class);
	y = value(t, PROF_DIFF_SELF, PROF_DIFF_NEWER, class);
	if (x > 0 && y >= 0 && n > 0 && m > 0 && prof_num_fits(n) &&
	    prof_num_fits(m))
		prof_amount_ratio(&t->cell[PER_CALL], y * n, x * m, 2);
}

static void
add_function(struct table *t, uint32_t class)
{
	const struct prof_diff *d = t->d;
	prof_i128 x = value(t, PROF_DIFF_TOTAL, PROF_DIFF_BASE, class);
	prof_i128 y = value(t, PROF_DIFF_TOTAL, PROF_DIFF_NEWER, class);

	self_cells(t, value(t, PROF_DIFF_SELF, PROF_DIFF_BASE, class),
	    value(t, PROF_DIFF_SELF, PROF_DIFF_NEWER, class));
	if (d->status[class] == PROF_DIFF_NEW)
		prof_buf_adds(&t->cell[RATIO], "NEW");
	else if (d->status[class] == PROF_DIFF_GONE)
		prof_buf_adds(&t->cell[RATIO], "GONE");
	else
		ratio_cell(t, d->of[PROF_DIFF_SELF][PROF_DIFF_BASE][class],
		    d->of[PROF_DIFF_SELF][PROF_DIFF_NEWER][class]);
	call_cells(t, class);
	prof_amount_print(&t->cell[TOTAL_A], t->total, x);
	prof_amount_print(&t->cell[TOTAL_B], t->total, y);
	prof_amount_change(&t->cell[TOTAL_DELTA], t->total, y - x);
	prof_diff_name(d, class, &t->cell[NAME]);
	end_row(t);
}

static void
add_sums(struct table *t)
{
	const struct prof_diff *d = t->d;
	size_t n = (size_t)d->match.n - d->count[PROF_DIFF_NONE] - t->n;

	/* Means do not add up: there is none of the others. */
	if (!d->run[0].flat->mean)
		self_cells(t, prof_diff_value(d, PROF_DIFF_BASE, t->rest[0]),
		    prof_diff_value(d, PROF_DIFF_NEWER, t->rest[1]));
	prof_buf_addf(&t->cell[NAME], "%zu other%s", n, n == 1 ? "" : "s");
	end_row(t);
	self_cells(t, prof_diff_sum(d, PROF_DIFF_BASE),
	    prof_diff_sum(d, PROF_DIFF_NEWER));
	ratio_cell(t, d->sum[PROF_DIFF_BASE], d->sum[PROF_DIFF_NEWER]);
	prof_buf_adds(&t->cell[NAME], "TOTAL");
	end_row(t);
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
	static const char *const heads[COLS] = { "self A", "self B", "",
	    "\316\224 self", "ratio", "calls A", "calls B", "self/call",
	    "total A", "total B", "\316\224 total", "function" };
	struct prof_style style = prof_diff_style(t->form);
	const char *head[COLS];
	char align[COLS + 1] = "";
	unsigned n = 0;
	size_t i;

	for (i = 0; i < COLS; i++) {
		if (!has_column(t, (unsigned)i))
			continue;
		align[n] = i == MARK || i == NAME ? 'l' : 'r';
		head[n] = i == NAME ? prof_noun_head(t->form->noun) :
		    heads[i];
		if (style.ascii && i == SELF_DELTA)
			head[n] = "delta self";
		else if (style.ascii && i == TOTAL_DELTA)
			head[n] = "delta total";
		n++;
	}
	prof_table_init(&t->out, align, head);
	for (i = 0; i < t->n; i++)
		add_function(t, t->ids[i]);
	add_sums(t);
	prof_table_print(&t->out, n - 1, &style, b);
	prof_table_release(&t->out);
	for (i = 0; i < COLS; i++)
		prof_buf_release(&t->cell[i]);
}

void
prof_diff_text(const struct prof_diff *d, const struct prof_diff_form *form,
    struct prof_out *out)
{
	struct table t = { .d = d, .form = form };
	struct prof_buf b = { 0 };

	add_verdict(d, &form->unit, &b);
	add_counts(d, form->noun, &b);
	prof_diff_sides(d, "A", "B", &form->unit, &b);
	prof_diff_left_out(d, form, &b);
	prof_buf_addc(&b, '\n');
	t.ids = prof_diff_pick(d, form->limit, form->all, &t.n);
	sum_rest(&t);
	choose_units(&t);
	add_table(&t, &b);
	prof_out_add(out, b.data, b.len);
	prof_buf_release(&b);
	free(t.ids);
}
