/* SPDX-License-Identifier: MIT */
#include "cmd/toplist.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/report.h"
#include "cmd/sources.h"
#include "libanalysis/listing.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

#define CONTEXT 5		/* lines shown before and after */
#define TAB 8

struct top_list {
	const struct options *o;
	const struct prof_top *t;
	struct prof_listing listing;
	struct sources sources;
	uint32_t *row;		/* functions listed */
	uint32_t n;
	bool *told;		/* by source: that it is missing */
	size_t told_cap;
};

void
top_list_check(const struct options *o)
{
	if (o->list.n > 0 && cli_granularity(o, NULL) != PROF_BY_FUNCTION)
		cli_fail("--granularity does not go with --list, which has "
		    "lines of functions");
	if (o->source.n > 0 && o->list.n == 0)
		cli_fail("--source goes with --list");
}

static struct top_list *
new_list(const struct options *o, const struct prof_top *t,
    const bool *chosen)
{
	struct top_list *l = prof_zalloc(1, sizeof *l);
	bool *functions = prof_zalloc((size_t)t->rows->n + 1,
	    sizeof *functions);
	struct prof_err err = { 0 };
	uint32_t i, row;

	l->o = o;
	l->t = t;
	l->row = prof_alloc((size_t)t->n + 1, sizeof *l->row);
	for (i = 0; i < t->n; i++) {
		row = t->order[i];
		functions[row] = chosen[row] &&
		    !prof_rows_get(t->rows, row)->nameless;
		if (functions[row])
			l->row[l->n++] = row;
	}
	if (prof_listing_init(&l->listing, t->rows, t->about.column, functions,
	    &err) != PROF_OK)
		cli_fail("%s: %s", t->about.inputs[0], err.msg);
	sources_init(&l->sources, o);
	free(functions);
	return l;
}

static void
free_list(struct top_list *l)
{
	sources_release(&l->sources);
	prof_listing_release(&l->listing);
	free(l->row);
	free(l->told);
	free(l);
}

/* A text report of one function. */
struct page {
	struct top_list *l;
	const struct prof_style *style;
	struct prof_amount amount;
	bool calls;
	const struct source *source;
	struct prof_table table;
	struct prof_buf *out;
};

static struct prof_amount
choose_amount(const struct top_list *l, const struct prof_style *style,
    uint32_t shown)
{
	const struct prof_profile *p = l->t->rows->p;
	const struct prof_type *type = &p->type[l->t->about.column];
	const struct prof_listed *at;
	struct prof_amount none = { 0 };
	struct prof_spread s = { 0 };
	uint32_t i;
	size_t k, n;

	if (p->ntypes == 0)
		return none;
	for (i = 0; i < shown; i++) {
		at = prof_listing_of(&l->listing, l->row[i], &n);
		for (k = 0; k < n; k++) {
			prof_spread_add(&s, at[k].self);
			prof_spread_add(&s, at[k].total);
		}
		prof_spread_add(&s, l->t->flat->total[l->row[i]]);
	}
	return prof_amount_choose(prof_profile_str(p, type->unit),
	    type->num, type->den, &s, &style->unit);
}

static void
add_cell(struct page *g, prof_i128 v, enum prof_ink ink)
{
	struct prof_buf b = { 0 };

	prof_amount_print(&b, g->amount, v);
	prof_table_add(&g->table, ink, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_values(struct page *g, const struct prof_listed *o, enum prof_ink ink)
{
	struct prof_buf b = { 0 };

	add_cell(g, o->self, ink);
	add_cell(g, o->total, ink);
	if (!g->calls)
		return;
	if (o->called)
		prof_num_int(&b, o->calls);
	prof_table_add(&g->table, ink, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_blanks(struct page *g)
{
	int i;

	for (i = g->calls ? 3 : 2; i > 0; i--)
		prof_table_adds(&g->table, PROF_INK_NONE, "");
}

/* Tabs are blanks up to the next stop. */
static void
expand(struct prof_buf *b, const char *s, size_t len)
{
	size_t column = 0, n, blanks;
	const char *tab;

	for (; len > 0; s += n, len -= n) {
		tab = memchr(s, '\t', len);
		n = tab != NULL ? (size_t)(tab - s) : len;
		prof_buf_add(b, s, n);
		column += prof_name_width(s, n);
		if (tab == NULL)
			continue;
		blanks = TAB - column % TAB;
		prof_buf_addn(b, ' ', blanks);
		column += blanks;
		n++;
	}
}

/* The text of a line, tabs and all or not; nothing if there is no line. */
static void
get_code(struct prof_buf *b, const struct source *f, int64_t line, bool tabs)
{
	const char *text;
	size_t len;
	bool cut;

	text = source_line(f, line, &len, &cut);
	if (text != NULL && tabs)
		prof_buf_add(b, text, len);
	else if (text != NULL)
		expand(b, text, len);
	if (text != NULL && cut)
		prof_buf_adds(b, "...");
}

static void
add_line(struct page *g, int64_t line, enum prof_ink ink)
{
	struct prof_buf b = { 0 }, code = { 0 };

	prof_buf_addi(&b, line);
	prof_table_add(&g->table, PROF_INK_DIM, b.data, b.len);
	prof_buf_clear(&b);
	if (g->source != NULL)
		get_code(&code, g->source, line, false);
	if (code.len > 0)
		prof_name_print(&b, code.data, code.len);
	prof_table_add(&g->table, ink, b.data, b.len);
	prof_buf_release(&code);
	prof_buf_release(&b);
}

static void
add_inlined(struct page *g, const struct prof_listed *o)
{
	const struct prof_row *r = prof_rows_get(g->l->t->rows, o->row);
	const char *base = prof_name_base(r->file);
	struct prof_buf b = { 0 };

	add_values(g, o, PROF_INK_CYAN);
	prof_table_adds(&g->table, PROF_INK_NONE, "");
	prof_buf_addn(&b, ' ', 2 * (size_t)o->depth);
	prof_buf_adds(&b, g->style->ascii ? "\\_ " : "\342\224\224 ");
	prof_name_print(&b, r->name, r->name_len);
	prof_buf_adds(&b, " (inlined)");
	if (base[0] != '\0' || o->line > 0)
		prof_buf_addc(&b, ' ');
	prof_name_print(&b, base, strlen(base));
	if (o->line > 0)
		prof_buf_addf(&b, ":%lld", (long long)o->line);
	prof_table_add(&g->table, PROF_INK_CYAN, b.data, b.len);
	prof_buf_release(&b);
}

/* Source lines from .. to, which have no values. */
static void
add_context(struct page *g, int64_t from, int64_t to)
{
	if (g->source == NULL)
		return;
	for (; from <= to && (uint64_t)from <= g->source->nlines; from++) {
		add_blanks(g);
		add_line(g, from, PROF_INK_DIM);
	}
}

/* What lies between two lines with values; a long way is cut short. */
static void
add_gap(struct page *g, int64_t last, int64_t next)
{
	int64_t from = last + 1, to = next - 1;
	bool first = last == 0;

	if (next - last > (first ? CONTEXT + 1 : 3 * CONTEXT)) {
		if (!first)
			add_context(g, from, last + CONTEXT);
		if (!first && g->source != NULL &&
		    (uint64_t)last < g->source->nlines) {
			add_blanks(g);
			prof_table_adds(&g->table, PROF_INK_NONE, "");
			prof_table_adds(&g->table, PROF_INK_DIM, "...");
		}
		from = next - CONTEXT;
	}
	add_context(g, from, to);
}

static void
add_function(struct page *g, const struct prof_listed *at, size_t n)
{
	int64_t last = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		if (at[i].depth > 0) {
			add_inlined(g, &at[i]);
			continue;
		}
		if (at[i].line > 0)
			add_gap(g, last, at[i].line);
		add_values(g, &at[i], PROF_INK_BOLD);
		if (at[i].line > 0) {
			add_line(g, at[i].line, PROF_INK_NONE);
			last = at[i].line;
		} else {
			prof_table_adds(&g->table, PROF_INK_NONE, "");
			prof_table_adds(&g->table, PROF_INK_DIM,
			    "line not known");
		}
	}
	if (last > 0 && last < INT64_MAX - CONTEXT)
		add_context(g, last + 1, last + CONTEXT);
}

static void
add_share(struct page *g, const char *what, prof_i128 v)
{
	prof_buf_addf(g->out, "%s ", what);
	prof_amount_print(g->out, g->amount, v);
	prof_buf_adds(g->out, " (");
	prof_num_percent(g->out, v, g->l->t->flat->whole);
	prof_buf_addc(g->out, ')');
}

static void
add_heading(struct page *g, uint32_t row)
{
	const struct prof_row *r = prof_rows_get(g->l->t->rows, row);
	const struct prof_flat *f = g->l->t->flat;

	prof_buf_addc(g->out, '\n');
	prof_ink(g->out, g->style, PROF_INK_BOLD);
	prof_buf_adds(g->out, "ROUTINE ");
	prof_name_print(g->out, r->name, r->name_len);
	prof_ink(g->out, g->style, PROF_INK_NONE);
	prof_buf_adds(g->out, " in ");
	if (r->file_len > 0)
		prof_name_print(g->out, r->file, r->file_len);
	else if (r->module_len > 0)
		prof_name_print(g->out, r->module, r->module_len);
	else
		prof_buf_adds(g->out, "a file not known");
	prof_buf_addc(g->out, '\n');
	add_share(g, "self", f->self[row]);
	add_share(g, ", total", f->total[row]);
	if (f->calls != NULL) {
		prof_buf_adds(g->out, ", calls ");
		prof_num_int(g->out, f->calls[row]);
	}
	prof_buf_addc(g->out, '\n');
}

/* Lines that a file of another version may not have. */
static bool
is_short(const struct source *f, const struct prof_listed *at, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (at[i].depth == 0 && at[i].line > 0 &&
		    (uint64_t)at[i].line > f->nlines)
			return true;
	return false;
}

/* Why there is no source, or not all of it; false if there is nothing. */
static bool
explain(struct prof_buf *b, const struct source *f, const char *path,
    const struct prof_listed *at, size_t n)
{
	if (path[0] == '\0')
		prof_buf_adds(b, "source not known: the profile has no file "
		    "name");
	else if (f->state == SOURCE_MISSING)
		prof_buf_addf(b, "source not found: %s (--source DIR says "
		    "where to look)", path);
	else if (f->state == SOURCE_LARGE)
		prof_buf_addf(b, "source too large: %s (--max-input, at most "
		    "64 MiB)", path);
	else if (is_short(f, at, n))
		prof_buf_addf(b, "source has fewer lines than were measured: "
		    "%s may be of another version", path);
	return b->len > 0;
}

static void
write_page(struct page *g, uint32_t row)
{
	static const char *const head[] = { "self", "total", "line",
	    "source" };
	static const char *const called[] = { "self", "total", "calls",
	    "line", "source" };
	const char *file = prof_rows_get(g->l->t->rows, row)->file;
	struct prof_buf why = { 0 };
	const struct prof_listed *at;
	size_t n;

	at = prof_listing_of(&g->l->listing, row, &n);
	add_heading(g, row);
	g->source = file[0] != '\0' ? sources_get(&g->l->sources, file) :
	    NULL;
	if (explain(&why, g->source, file, at, n)) {
		prof_name_print(g->out, why.data, why.len);
		prof_buf_addc(g->out, '\n');
	}
	prof_buf_release(&why);
	if (g->source != NULL && g->source->state != SOURCE_READ)
		g->source = NULL;
	prof_table_init(&g->table, g->calls ? "rrrrl" : "rrrl",
	    g->calls ? called : head);
	add_function(g, at, n);
	prof_table_print(&g->table, g->calls ? 4 : 3, g->style, g->out);
	prof_table_release(&g->table);
}

static uint32_t
shown(const struct top_list *l, enum form form)
{
	uint64_t limit = cli_limit(l->o, form);

	return limit != 0 && limit < l->n ? (uint32_t)limit : l->n;
}

static void
write_text_form(struct top_list *l, const struct prof_style *style,
    struct prof_buf *text)
{
	uint32_t i, n = shown(l, FORM_COUNT);
	struct page g = { .l = l, .style = style, .out = text };

	g.amount = choose_amount(l, style, n);
	g.calls = l->t->flat->calls != NULL;
	prof_top_facts(l->t, style, text);
	for (i = 0; i < n; i++)
		write_page(&g, l->row[i]);
	if (n < l->n)
		prof_buf_addf(text, "\n%u more functions match\n", l->n - n);
}

/* Say once for each file why its lines have no text. */
static void
tell(struct top_list *l, const struct source *f, const char *path,
    const struct prof_listed *o)
{
	size_t i = (size_t)(f - l->sources.source), had = l->told_cap;
	struct prof_buf why = { 0 };

	PROF_RESERVE(l->told, l->told_cap, i + 1);
	if (l->told_cap > had)
		memset(l->told + had, 0, (l->told_cap - had) *
		    sizeof *l->told);
	if (!l->told[i] && explain(&why, f, path, o, 1)) {
		l->told[i] = true;
		cli_warn("%s", prof_buf_str(&why));
	}
	prof_buf_release(&why);
}

static void
write_text(struct top_list *l, struct prof_document *w, const char *file,
    const struct prof_listed *o)
{
	struct prof_buf b = { 0 };
	const struct source *f;

	if (file[0] != '\0' && o->line > 0) {
		f = sources_get(&l->sources, file);
		tell(l, f, file, o);
		/* CSV and Markdown would write a tab as \x09. */
		get_code(&b, f, o->line, w->rows.form != PROF_FORM_CSV &&
		    w->rows.form != PROF_FORM_MARKDOWN);
	}
	prof_records_text(&w->rows, prof_buf_str(&b), b.len);
	prof_buf_release(&b);
}

static void
write_row(struct top_list *l, struct prof_document *w,
    const struct prof_listed *o)
{
	const struct prof_row *r = prof_rows_get(l->t->rows, o->row);

	prof_document_value(w, o->self);
	prof_document_value(w, o->total);
	prof_document_maybe(w, o->called, o->calls);
	prof_records_text(&w->rows, r->name, r->name_len);
	prof_records_text(&w->rows, r->file, r->file_len);
	prof_document_maybe(w, o->line > 0, o->line);
	write_text(l, w, r->file, o);
	prof_records_int(&w->rows, o->depth);
	prof_document_share(w, o->self);
	prof_document_share(w, o->total);
}

static void
write_rows(struct top_list *l, enum form form, struct prof_out *out)
{
	static const struct prof_field field[] = { { "self", true, false },
	    { "total", true, false }, { "calls", true, false },
	    { "function", false, false }, { "file", false, false },
	    { "line", true, false }, { "text", false, false },
	    { "depth", true, false }, { "self_pct", true, true },
	    { "total_pct", true, true } };
	uint32_t i, n = shown(l, form);
	const struct prof_listed *at;
	struct prof_rest rest = { 0 };
	struct prof_document w;
	size_t k, lines;

	prof_document_begin(&w, &l->t->about, "list",
	    (enum prof_form)form, field, sizeof field / sizeof field[0], out);
	for (i = 0; i < n; i++) {
		at = prof_listing_of(&l->listing, l->row[i], &lines);
		for (k = 0; k < lines; k++)
			write_row(l, &w, &at[k]);
	}
	for (i = n; i < l->n; i++)
		rest.self += l->t->flat->self[l->row[i]];
	rest.rows = l->n - n;
	prof_document_end(&w, rest);
}

void
list_begin(struct report_job *job)
{
	table_begin(job);
	job->list = new_list(job->o, &job->top, job->chosen);
}

void
list_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	write_text_form(job->list, style, out);
}

void
list_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out)
{
	(void)style;
	write_rows(job->list, (enum form)form, out);
}

void
list_end(struct report_job *job)
{
	free_list(job->list);
	table_end(job);
}
