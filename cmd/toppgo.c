/* SPDX-License-Identifier: MIT */
#include "cmd/toppgo.h"

#include <string.h>

#include "cmd/report.h"
#include "cmd/values.h"
#include "libanalysis/name.h"
#include "libanalysis/pgo.h"

#define MIN_CALLS 100
#define MIN_AVG "100ms"
#define MILLION 1000000

/* --min-avg in integers of the column; the default is for times only. */
static void
set_average(struct prof_pgo_opts *opts, const struct options *o,
    const struct prof_profile *p, unsigned column)
{
	const char *text = o->min_avg != NULL ? o->min_avg : MIN_AVG;
	const char *name = prof_profile_str(p, p->type[column].unit);
	const struct prof_unit *own = prof_unit_find(name, strlen(name));
	const struct prof_unit *unit;
	int64_t digits, scale;

	if (!value_amount(text, &digits, &scale, &unit))
		cli_fail("--min-avg takes a value such as 100ms, not '%s'",
		    text);
	if (unit != NULL && (own == NULL || own->family != unit->family)) {
		if (o->min_avg == NULL)
			return;
		cli_fail("--min-avg: '%s' is no value of sample type '%s', "
		    "which is in '%s'", text, prof_profile_str(p,
		    p->type[column].type), name);
	}
	opts->min_avg_num = (prof_i128)digits * (unit != NULL ?
	    unit->factor : 1);
	opts->min_avg_den = (prof_i128)scale * (own != NULL ? own->factor : 1);
	opts->min_avg_num = prof_pgo_times(opts->min_avg_num,
	    p->type[column].den);
	opts->min_avg_den = prof_pgo_times(opts->min_avg_den,
	    p->type[column].num);
}

void
top_pgo_check(const struct options *o)
{
	if ((o->min_calls != 0 || o->min_avg != NULL ||
	    o->score != SCORE_SELF) && !o->pgo)
		cli_fail("--score, --min-calls and --min-avg go with --pgo");
	if (o->pgo && o->sort != NULL)
		cli_fail("--sort does not go with --pgo; --score does");
}

static void
choose(struct prof_pgo *g, const struct options *o,
    const struct prof_top *t)
{
	const struct prof_profile *p = t->rows->p;
	struct prof_pgo_opts opts = { .by_total = o->score == SCORE_TOTAL };

	opts.min_calls = o->min_calls != 0 ? (prof_i128)o->min_calls :
	    MIN_CALLS;
	if (p->ntypes > 0)
		set_average(&opts, o, p, t->about.column);
	prof_pgo_init(g, t->rows, t->flat, t->about.column, &opts);
}

/* What has left nothing to show, once for all forms. */
static void
tell(const struct prof_pgo *g, const struct options *o)
{
	static bool told;

	if (g->n > 0 || told)
		return;
	told = true;
	if (g->few_calls > 0)
		cli_warn("functions with fewer than %llu calls (--min-calls): "
		    "%u", (unsigned long long)g->opts.min_calls,
		    g->few_calls);
	if (g->short_calls > 0)
		cli_warn("functions whose calls take less than %s on average "
		    "(--min-avg): %u", o->min_avg != NULL ? o->min_avg :
		    MIN_AVG, g->short_calls);
	cli_warn("no candidate for optimisation");
}

static prof_i128
per_call(const struct prof_pgo *g, uint32_t row)
{
	prof_i128 calls = prof_pgo_calls(g, row);

	return calls > 0 ? prof_num_scaled(prof_pgo_score(g, row), 1, calls) :
	    0;
}

/* A text table and what its cells need. */
struct sheet {
	const struct prof_pgo *g;
	const struct prof_top *t;
	struct prof_table table;
	struct prof_amount amount, each;
	bool calls, sure;
};

static void
add_value(struct sheet *s, struct prof_amount a, prof_i128 v)
{
	struct prof_buf b = { 0 };

	prof_amount_print(&b, a, v);
	prof_table_add(&s->table, PROF_INK_NONE, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_share(struct sheet *s, prof_i128 v)
{
	struct prof_buf b = { 0 };

	prof_num_percent(&b, v, s->g->flat->whole);
	prof_table_add(&s->table, PROF_INK_NONE, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_potential(struct sheet *s, uint32_t row)
{
	prof_i128 potential = prof_pgo_potential(s->g, row);
	struct prof_buf b = { 0 };

	if (potential > 0)
		prof_amount_ratio(&b, potential, MILLION, 2);
	else
		prof_buf_adds(&b, "all");
	prof_table_add(&s->table, PROF_INK_BOLD, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_interval(struct sheet *s, uint32_t row)
{
	struct prof_buf b = { 0 };
	uint32_t low, high;

	if (prof_pgo_interval(s->g, row, &low, &high)) {
		prof_num_percent(&b, low, MILLION);
		prof_buf_adds(&b, " to ");
		prof_num_percent(&b, high, MILLION);
	}
	prof_table_add(&s->table, PROF_INK_NONE, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_calls(struct sheet *s, uint32_t row)
{
	struct prof_buf b = { 0 };

	prof_num_int(&b, s->g->flat->calls[row]);
	prof_table_add(&s->table, PROF_INK_NONE, b.data, b.len);
	prof_buf_release(&b);
	add_value(s, s->each, per_call(s->g, row));
}

static void
add_name(struct sheet *s, const struct prof_row *r)
{
	const char *base = prof_name_base(r->file);
	struct prof_buf b = { 0 };

	prof_name_print(&b, r->name, r->name_len);
	prof_table_add(&s->table, PROF_INK_NONE, b.data, b.len);
	prof_buf_clear(&b);
	prof_name_print(&b, base, strlen(base));
	if (base[0] != '\0' && r->line > 0)
		prof_buf_addf(&b, ":%lld", (long long)r->line);
	prof_table_add(&s->table, PROF_INK_DIM, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_row(struct sheet *s, uint32_t row)
{
	const struct prof_flat *f = s->g->flat;

	add_potential(s, row);
	add_value(s, s->amount, f->self[row]);
	add_share(s, f->self[row]);
	add_value(s, s->amount, f->total[row]);
	add_share(s, f->total[row]);
	if (s->calls)
		add_calls(s, row);
	else if (s->sure)
		add_interval(s, row);
	add_name(s, prof_rows_get(s->t->rows, row));
}

static void
choose_amounts(struct sheet *s, uint32_t n, const struct prof_wish *wish)
{
	const struct prof_profile *p = s->t->rows->p;
	const struct prof_type *type = &p->type[s->t->about.column];
	struct prof_spread values = { 0 }, calls = { 0 };
	uint32_t i, row;

	for (i = 0; i < n; i++) {
		row = s->g->row[i];
		prof_spread_add(&values, s->g->flat->self[row]);
		prof_spread_add(&values, s->g->flat->total[row]);
		prof_spread_add(&calls, per_call(s->g, row));
	}
	if (n == 0)
		return;
	s->amount = prof_amount_choose(prof_profile_str(p, type->unit),
	    type->num, type->den, &values, wish);
	s->each = prof_amount_choose(prof_profile_str(p, type->unit),
	    type->num, type->den, &calls, wish);
}

/* The place goes first, then the rarer numbers, then shares. */
static void
shed_columns(struct sheet *s, unsigned name)
{
	unsigned c;

	prof_table_shed(&s->table, name + 1, false);
	for (c = name - 1; c > 4; c--)
		prof_table_shed(&s->table, c, true);
	prof_table_shed(&s->table, 4, true);
	prof_table_shed(&s->table, 2, true);
}

static void
write_table(struct sheet *s, uint32_t n, const struct prof_style *style,
    struct prof_buf *out)
{
	const char *noun = prof_noun_head(style->noun);
	const char *const called[2][9] = { { "potential", "self",
	    "self%", "total", "total%", "calls", "self/call", noun,
	    "where" }, { "potential", "self", "self%", "total", "total%",
	    "calls", "total/call", noun, "where" } };
	const char *const sampled[2][8] = { { "potential", "self",
	    "self%", "total", "total%", "self%, 95% sure", noun,
	    "where" }, { "potential", "self", "self%", "total", "total%",
	    "total%, 95% sure", noun, "where" } };
	const char *const plain[] = { "potential", "self", "self%",
	    "total", "total%", noun, "where" };
	bool total = s->g->opts.by_total;
	unsigned name = s->calls ? 7 : s->sure ? 6 : 5;
	uint32_t i;

	if (s->calls)
		prof_table_init(&s->table, "rrrrrrrll", called[total]);
	else if (s->sure)
		prof_table_init(&s->table, "rrrrrrll", sampled[total]);
	else
		prof_table_init(&s->table, "rrrrrll", plain);
	for (i = 0; i < n; i++)
		add_row(s, s->g->row[i]);
	shed_columns(s, name);
	prof_table_print(&s->table, name, style, out);
	prof_table_release(&s->table);
}

/* What the numbers mean, and what was left out. */
static void
add_notes(const struct sheet *s, uint32_t more, const struct options *o,
    struct prof_buf *out)
{
	const struct prof_pgo *g = s->g;

	if (more > 0)
		prof_buf_addf(out, "%u more candidates\n", more);
	if (g->few_calls > 0)
		prof_buf_addf(out, "Left out for fewer than %llu calls "
		    "(--min-calls): %u\n",
		    (unsigned long long)g->opts.min_calls, g->few_calls);
	if (g->short_calls > 0)
		prof_buf_addf(out, "Left out for less than %s a call "
		    "(--min-avg): %u\n", o->min_avg != NULL ? o->min_avg :
		    MIN_AVG, g->short_calls);
	prof_buf_addf(out, "Potential: how much faster all would be if the "
	    "function's %s took no time.\n", g->opts.by_total ?
	    "total" : "self");
	if (!s->calls && s->sure) {
		prof_buf_adds(out, "The profile is made of ");
		prof_num_int(out, g->samples);
		prof_buf_adds(out, " samples, which know no calls.\n");
	} else if (!s->calls && g->difference) {
		prof_buf_adds(out, "A difference has no number of samples: "
		    "no averages, no interval.\n");
	} else if (!s->calls) {
		prof_buf_adds(out, "Neither calls nor the number of samples "
		    "are known: no averages, no interval.\n");
	}
}

static uint32_t
shown(const struct prof_pgo *g, const struct options *o, enum form form)
{
	uint64_t limit = cli_limit(o, form);

	return limit != 0 && limit < g->n ? (uint32_t)limit : g->n;
}

static void
write_text(const struct prof_pgo *g, const struct options *o,
    const struct prof_top *t, const struct prof_style *style,
    struct prof_buf *text)
{
	struct sheet s = { .g = g, .t = t };
	uint32_t n = shown(g, o, FORM_COUNT);

	s.calls = g->flat->calls != NULL;
	s.sure = g->samples > 0;
	choose_amounts(&s, n, &style->unit);
	prof_top_facts(t, style, text);
	prof_buf_addc(text, '\n');
	write_table(&s, n, style, text);
	add_notes(&s, g->n - n, o, text);
}

static void
write_interval(struct prof_document *w, const struct prof_pgo *g, uint32_t row)
{
	uint32_t low, high;

	if (prof_pgo_interval(g, row, &low, &high)) {
		prof_records_fixed(&w->rows, low, 6);
		prof_records_fixed(&w->rows, high, 6);
	} else {
		prof_records_none(&w->rows);
		prof_records_none(&w->rows);
	}
}

static void
write_row(struct prof_document *w, const struct prof_pgo *g,
    const struct prof_row *r, uint32_t row)
{
	const struct prof_flat *f = g->flat;
	prof_i128 potential = prof_pgo_potential(g, row);

	prof_document_value(w, prof_pgo_score(g, row));
	if (prof_pgo_calls(g, row) > 0)
		prof_document_value(w, per_call(g, row));
	else
		prof_records_none(&w->rows);
	if (potential > 0)
		prof_records_fixed(&w->rows, potential, 6);
	else
		prof_records_none(&w->rows);
	prof_document_value(w, f->self[row]);
	prof_document_value(w, f->total[row]);
	prof_document_maybe(w, f->calls != NULL, f->calls != NULL ?
	    f->calls[row] : 0);
	prof_records_text(&w->rows, r->name, r->name_len);
	prof_records_text(&w->rows, r->file, r->file_len);
	prof_document_maybe(w, r->line > 0, r->line);
	prof_records_text(&w->rows, r->module, r->module_len);
	prof_document_maybe(w, f->primitive != NULL, f->primitive != NULL ?
	    f->primitive[row] : 0);
	write_interval(w, g, row);
	prof_document_share(w, f->self[row]);
	prof_document_share(w, f->total[row]);
}

static void
write_rows(const struct prof_pgo *g, const struct options *o,
    const struct prof_top *t, enum form form, struct prof_out *out)
{
	static const struct prof_field field[] = { { "score", true, false },
	    { "per_call", true, false }, { "potential", true, false },
	    { "self", true, false }, { "total", true, false },
	    { "calls", true, false }, { "name", false, false },
	    { "file", false, false }, { "line", true, false },
	    { "module", false, false }, { "primitive", true, false },
	    { "low", true, false }, { "high", true, false },
	    { "self_pct", true, true }, { "total_pct", true, true } };
	uint32_t i, n = shown(g, o, form);
	struct prof_rest rest = { 0 };
	struct prof_document w;

	prof_document_begin(&w, &t->about, "pgo", (enum prof_form)form,
	    field, sizeof field / sizeof field[0], out);
	for (i = 0; i < n; i++)
		write_row(&w, g, prof_rows_get(t->rows, g->row[i]),
		    g->row[i]);
	for (i = n; i < g->n; i++)
		rest.self += g->flat->self[g->row[i]];
	rest.rows = g->n - n;
	prof_document_end(&w, rest);
}

void
pgo_text(struct report_job *job, const struct prof_style *style,
    struct prof_buf *out)
{
	struct prof_pgo g;

	choose(&g, job->o, &job->top);
	tell(&g, job->o);
	write_text(&g, job->o, &job->top, style, out);
	prof_pgo_release(&g);
}

void
pgo_form(struct report_job *job, enum prof_form form,
    const struct prof_style *style, struct prof_out *out)
{
	struct prof_pgo g;

	(void)style;
	choose(&g, job->o, &job->top);
	tell(&g, job->o);
	write_rows(&g, job->o, &job->top, (enum form)form, out);
	prof_pgo_release(&g);
}
