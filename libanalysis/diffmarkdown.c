/* SPDX-License-Identifier: MIT */
#include "libanalysis/diffmarkdown.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diffboot.h"
#include "libanalysis/diffsay.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

/* What is kept for the end of the document and the note. */
#define RESERVE 400

struct page {
	const struct prof_diff_report *r;
	const struct prof_diff_view *v;
	const struct prof_diff *d;
	const struct prof_diff_form *form;
	enum prof_judged first;
	struct prof_amount amount[PROF_JUDGED];
	bool range;		/* a row has limits */
	const struct prof_diff_boot *boot;	/* of the rows; or NULL */
	struct prof_buf b;
	size_t left;		/* rows that did not fit */
};

/* Whether text may be added; else nothing more is. */
static bool
fits(const struct page *p, size_t len)
{
	return p->b.len + len + RESERVE <= PROF_DIFF_MARKDOWN_MAX;
}

/* Names are code, as in the table; else a host would look for links. */
static void
add_spans(struct prof_buf *line, const char *s, size_t len)
{
	const char *end = s + len, *at;
	bool name = false;

	for (; s < end; s = at + 1, name = !name) {
		at = memchr(s, name ? PROF_DIFF_SPAN_END : PROF_DIFF_SPAN,
		    (size_t)(end - s));
		if (at == NULL)
			at = end;
		if (at > s && name)
			prof_name_markdown(line, s, (size_t)(at - s));
		else if (at > s)
			prof_name_markdown_text(line, s, (size_t)(at - s));
	}
}

/* Lines of text become lines of a paragraph, or items of a list. */
static void
add_lines(struct page *p, struct prof_buf *text, const char *before,
    const char *after)
{
	struct prof_buf line = { 0 };
	const char *s = prof_buf_str(text);
	size_t n;

	for (; *s != '\0'; s += n + 1) {
		n = strcspn(s, "\n");
		prof_buf_clear(&line);
		prof_buf_adds(&line, before);
		if (n > 0)
			add_spans(&line, s, n);
		prof_buf_adds(&line, after);
		if (fits(p, line.len))
			prof_buf_add(&p->b, line.data, line.len);
		if (s[n] == '\0')
			break;
	}
	prof_buf_release(&line);
	prof_buf_clear(text);
}

static void
add_head(struct page *p)
{
	struct prof_buf text = { 0 };

	prof_diff_say_verdict(p->r, p->form, &text);
	add_lines(p, &text, "**", "**\n");
	prof_buf_addc(&p->b, '\n');
	prof_diff_sides(p->d, "A", "B", p->form, &text);
	prof_diff_say_facts(p->r, p->form, &text);
	prof_diff_left_out(p->d, p->form, &text);
	add_lines(p, &text, "", "<br>\n");
	prof_buf_addc(&p->b, '\n');
	prof_buf_release(&text);
}

/* A unit out of a file may be anything. */
static void
add_amount(struct page *p, enum prof_judged what, prof_i128 v, bool change,
    struct prof_buf *b)
{
	const char *unit = p->d->unit;
	struct prof_buf text = { 0 };

	if (change)
		prof_amount_change(&text, p->amount[what], v);
	else
		prof_amount_print(&text, p->amount[what], v);
	if (prof_unit_find(unit, strlen(unit)) == NULL)
		prof_name_markdown_text(b, text.data, text.len);
	else
		prof_buf_add(b, text.data, text.len);
	prof_buf_release(&text);
}

static void
choose_units(struct page *p, const uint32_t *ids, size_t n)
{
	struct prof_spread s[PROF_JUDGED];
	prof_i128 v[2];
	unsigned m, side;
	size_t i;

	memset(s, 0, sizeof s);
	for (m = 0; m < PROF_JUDGED; m++) {
		for (i = 0; i < n; i++)
			for (side = 0; side < 2; side++)
				if (prof_diff_quantity(p->v, m, side, ids[i],
				    &v[side]))
					prof_spread_add(&s[m], v[side]);
		p->amount[m] = prof_amount_choose(m == PROF_JUDGED_CALLS ?
		    "count" : p->d->unit, 1, 1, &s[m], m ==
		    PROF_JUDGED_CALLS ? NULL : &p->form->unit);
		if (p->form->unit.how == PROF_UNIT_MINIMUM)
			prof_diff_shorten(p->v, &p->amount[m], &s[m]);
	}
}

/* Calls are columns of their own unless they were asked for. */
static bool
has_calls(const struct page *p)
{
	enum prof_judged list[PROF_JUDGED];
	unsigned i, n = prof_diff_metrics(&p->v->choice, list);

	for (i = 0; i < n; i++)
		if (list[i] == PROF_JUDGED_CALLS)
			return false;
	return p->d->calls[0] != NULL;
}

/* Of what stands behind the values: heads, or the line below them. */
static void
add_more_heads(struct page *p, bool below)
{
	if (has_calls(p))
		prof_buf_adds(&p->b, below ? "---:|---:|" :
		    " calls A | calls B |");
	if (p->boot != NULL && p->boot->n > 0)
		prof_buf_adds(&p->b, below ? ":---|" : " rank |");
	if (p->boot != NULL && p->boot->share[0][0] != NULL)
		prof_buf_adds(&p->b, below ? ":---|:---|" :
		    " share A | share B |");
}

static void
add_share(struct page *p, unsigned side, uint32_t class, size_t row,
    struct prof_buf *b)
{
	prof_buf_addc(b, ' ');
	if (p->d->sum[side] > 0) {
		prof_num_percent(b, p->d->of[PROF_DIFF_SELF][side][class],
		    p->d->sum[side]);
		prof_buf_adds(b, " [");
		prof_diff_double(b, 100 * p->boot->share[side][0][row], 1);
		prof_buf_adds(b, ", ");
		prof_diff_double(b, 100 * p->boot->share[side][1][row], 1);
		prof_buf_addc(b, ']');
	}
	prof_buf_adds(b, " |");
}

static void
add_more(struct page *p, uint32_t class, size_t row, struct prof_buf *b)
{
	prof_i128 v;
	unsigned side;

	for (side = 0; side < 2 && has_calls(p); side++) {
		prof_buf_addc(b, ' ');
		if (prof_diff_quantity(p->v, PROF_JUDGED_CALLS, side, class,
		    &v))
			add_amount(p, PROF_JUDGED_CALLS, v, false, b);
		prof_buf_adds(b, " |");
	}
	if (p->boot != NULL && p->boot->n > 0) {
		prof_buf_addf(b, " %u", p->boot->rank[0][row]);
		if (p->boot->rank[0][row] != p->boot->rank[1][row])
			prof_buf_addf(b, "-%u", p->boot->rank[1][row]);
		prof_buf_adds(b, " |");
	}
	if (p->boot != NULL && p->boot->share[0][0] != NULL) {
		add_share(p, 0, class, row, b);
		add_share(p, 1, class, row, b);
	}
}

static void
add_header(struct page *p)
{
	static const char *const names[PROF_JUDGED] = { "self", "total",
	    "calls", "per call" };
	enum prof_judged list[PROF_JUDGED];
	unsigned i, n = prof_diff_metrics(&p->v->choice, list);
	struct prof_buf *b = &p->b;

	const char *noun = prof_noun_head(p->form->noun);

	prof_buf_adds(b, "| ");
	prof_name_markdown_text(b, noun, strlen(noun));
	prof_buf_adds(b, " |");
	for (i = 0; i < n; i++) {
		prof_buf_addf(b, " %s A | %s B | \316\224 |", names[list[i]],
		    names[list[i]]);
		if (i == 0)
			prof_buf_adds(b, p->range ?
			    " ratio | specific |" : " ratio |");
	}
	add_more_heads(p, false);
	prof_buf_adds(b, "\n|:---|");
	for (i = 0; i < n; i++)
		prof_buf_adds(b, i > 0 ? "---:|---:|---:|" : p->range ?
		    "---:|---:|---:|---:|:---|" : "---:|---:|---:|---:|");
	add_more_heads(p, true);
	prof_buf_addc(b, '\n');
}

static void
add_ratio(struct page *p, uint32_t class, struct prof_buf *b)
{
	const struct prof_effect *f = prof_diff_effect(p->v, p->first, class);
	prof_i128 num, den, v[2];

	if (p->d->status[class] == PROF_DIFF_NEW)
		prof_buf_adds(b, " NEW");
	else if (p->d->status[class] == PROF_DIFF_GONE)
		prof_buf_adds(b, " GONE");
	else if (prof_diff_quotient(p->v, p->first, class, &num, &den)) {
		prof_buf_addc(b, ' ');
		prof_amount_ratio(b, num, den, 2);
	} else if (prof_diff_quantity(p->v, p->first, 0, class, &v[0]) &&
	    prof_diff_quantity(p->v, p->first, 1, class, &v[1]) &&
	    v[0] == 0 && v[1] > 0) {
		prof_buf_adds(b, " from 0");
	}
	if (prof_diff_shift(p->r, class) != NULL)
		prof_buf_adds(b, " moved");
	else if (prof_diff_is_diluted(p->v, p->first, class))
		prof_buf_adds(b, " diluted");
	else if (f != NULL && !f->found && p->v->e->basis[p->first] !=
	    PROF_BASIS_NONE && prof_diff_change(p->v, p->first, class) != 0)
		prof_buf_adds(b, " \\~");
	prof_buf_adds(b, " |");
	if (!p->range)
		return;
	prof_buf_addc(b, ' ');
	if (f != NULL && f->low < f->high)
		prof_diff_limits(b, f->low, f->high);
	prof_buf_adds(b, " |");
}

static void
add_values(struct page *p, enum prof_judged what, uint32_t class,
    struct prof_buf *b)
{
	prof_i128 x, y;

	if (!prof_diff_quantity(p->v, what, 0, class, &x) ||
	    !prof_diff_quantity(p->v, what, 1, class, &y)) {
		prof_buf_adds(b, " | | |");
		return;
	}
	prof_buf_addc(b, ' ');
	add_amount(p, what, x, false, b);
	prof_buf_adds(b, " | ");
	add_amount(p, what, y, false, b);
	prof_buf_adds(b, " | ");
	add_amount(p, what, y - x, true, b);
	prof_buf_adds(b, " |");
}

static void
add_name(struct page *p, uint32_t class, struct prof_buf *b)
{
	const struct prof_row *base = prof_diff_base_row(p->d, class);
	struct prof_buf name = { 0 };

	prof_buf_adds(b, "| ");
	if (p->d->status[class] == PROF_DIFF_RENAMED && base != NULL) {
		prof_name_markdown(b, base->name, base->name_len);
		prof_buf_adds(b, " \342\206\222 ");
	}
	prof_diff_name(p->d, class, &name);
	if (name.len > 0)
		prof_name_markdown(b, name.data, name.len);
	prof_buf_adds(b, " |");
	prof_buf_release(&name);
}

/* Rows as far as they fit; the others are counted. */
static void
add_rows(struct page *p, const uint32_t *ids, size_t n)
{
	enum prof_judged list[PROF_JUDGED];
	unsigned k, nlist = prof_diff_metrics(&p->v->choice, list);
	struct prof_buf line = { 0 };
	size_t i;

	add_header(p);
	for (i = 0; i < n; i++) {
		prof_buf_clear(&line);
		add_name(p, ids[i], &line);
		for (k = 0; k < nlist; k++) {
			add_values(p, list[k], ids[i], &line);
			if (k == 0)
				add_ratio(p, ids[i], &line);
		}
		add_more(p, ids[i], i, &line);
		prof_buf_addc(&line, '\n');
		if (!fits(p, line.len))
			break;
		prof_buf_add(&p->b, line.data, line.len);
	}
	p->left += n - i;
	prof_buf_release(&line);
}

static void
add_findings(struct page *p)
{
	struct prof_buf text = { 0 };

	prof_diff_say_findings(p->r, p->form, &text);
	if (text.len > 0) {
		prof_buf_addc(&p->b, '\n');
		add_lines(p, &text, "- ", "\n");
	}
	prof_buf_release(&text);
}

/* The rows of all that those of shown do not have; *n is their number. */
static uint32_t *
other_rows(const struct page *p, const uint32_t *shown, size_t nshown,
    size_t *n)
{
	uint32_t *all = prof_diff_rows(p->v, 0, p->form->all, n);
	bool *is_shown = prof_zalloc((size_t)p->d->match.n + 1,
	    sizeof *is_shown);
	size_t i, k = 0;

	for (i = 0; i < nshown; i++)
		is_shown[shown[i]] = true;
	for (i = 0; i < *n; i++)
		if (!is_shown[all[i]])
			all[k++] = all[i];
	*n = k;
	free(is_shown);
	return all;
}

static void
add_details(struct page *p, const uint32_t *shown, size_t nshown)
{
	size_t n;
	uint32_t *rest = other_rows(p, shown, nshown, &n);

	if (n > 0 && !fits(p, RESERVE)) {
		p->left += n;
	} else if (n > 0) {
		prof_buf_addf(&p->b, "\n<details><summary>%zu more %s"
		    "</summary>\n\n", n, prof_noun_of(p->form->noun, n));
		add_rows(p, rest, n);
		prof_buf_adds(&p->b, "\n</details>\n");
	}
	free(rest);
}

static bool
any_range(const struct page *p)
{
	const struct prof_effect *f;
	uint32_t i;

	for (i = 1; i <= p->d->match.n; i++) {
		f = prof_diff_effect(p->v, p->first, i);
		if (f != NULL && f->low < f->high)
			return true;
	}
	return false;
}

void
prof_diff_markdown(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_out *out)
{
	struct prof_diff_form spans = *form;
	struct prof_diff_boot boot = { 0 };
	struct page p = { .r = r, .v = &r->view, .d = r->view.d,
	    .form = &spans, .first = prof_diff_first(&r->view.choice) };
	uint32_t *ids;
	size_t n;

	spans.spans = true;
	ids = prof_diff_rows(p.v, form->limit, form->all, &n);
	choose_units(&p, ids, n);
	p.range = any_range(&p);
	add_head(&p);
	prof_diff_boot_init(&boot, r, ids, n);
	p.boot = &boot;
	if (n > 0)
		add_rows(&p, ids, n);
	p.boot = NULL;		/* of the rows that were asked for only */
	prof_diff_boot_release(&boot);
	add_findings(&p);
	if (p.left == 0)
		add_details(&p, ids, n);
	if (p.left > 0)
		prof_buf_addf(&p.b, "\n%zu row%s left out, so that this is no "
		    "longer than %d bytes.\n", p.left, p.left == 1 ? "" :
		    "s", PROF_DIFF_MARKDOWN_MAX);
	prof_out_add(out, p.b.data, p.b.len);
	prof_buf_release(&p.b);
	free(ids);
}
