/* SPDX-License-Identifier: MIT */
#include "libanalysis/difftext.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diffboot.h"
#include "libanalysis/diffmarkdown.h"
#include "libanalysis/diffsay.h"

/* The columns; those behind name_base only with --bootstrap. */
static const struct prof_field fields[] = {
	{ "self_base", true, false }, { "self_new", true, false },
	{ "total_base", true, false }, { "total_new", true, false },
	{ "status", false, false }, { "name", false, false },
	{ "file", false, false }, { "module", false, false },
	{ "calls_base", true, false }, { "calls_new", true, false },
	{ "ratio", true, false }, { "ratio_low", true, false },
	{ "ratio_high", true, false }, { "p", true, false },
	{ "q", true, false }, { "mdr", true, false },
	{ "verdict", false, false }, { "name_base", false, false },
	{ "rank_low", true, false }, { "rank_high", true, false },
	{ "share_base_low", true, false }, { "share_base_high", true, false },
	{ "share_new_low", true, false }, { "share_new_high", true, false }
};

#define FIELDS 18
#define FIELDS_RANK 20
#define FIELDS_SHARE 24

struct writer {
	const struct prof_diff_report *r;
	const struct prof_diff *d;
	struct prof_diff_boot boot;
	struct prof_records to;
	enum prof_form form;
};

/* --- one row -------------------------------------------------------------- */

static bool
is_json(const struct writer *w)
{
	return w->form == PROF_FORM_JSON || w->form == PROF_FORM_JSONL;
}

/* Six decimals; infinite: "inf", which no number of JSON is. */
static void
put_ratio(struct writer *w, double v)
{
	if (isnan(v) || v < 0)
		prof_records_none(&w->to);
	else if (v < 1e15)
		prof_records_fixed(&w->to, prof_diff_rounded(v, 6), 6);
	else if (is_json(w))
		prof_records_none(&w->to);
	else
		prof_records_strs(&w->to, "inf");
}

/* Six digits, however small it is. */
static void
put_chance(struct writer *w, double p)
{
	unsigned n = prof_diff_digits(p);

	if (isnan(p))
		prof_records_none(&w->to);
	else
		prof_records_fixed(&w->to, prof_diff_rounded(p, n), n);
}

static void
put_row_text(struct writer *w, const struct prof_row *row)
{
	prof_records_text(&w->to, row->name, row->name_len);
	prof_records_text(&w->to, row->file, row->file_len);
	prof_records_text(&w->to, row->module, row->module_len);
}

static void
put_values(struct writer *w, uint32_t class)
{
	const struct prof_diff *d = w->d;
	unsigned m, side;

	for (m = 0; m < PROF_DIFF_METRICS; m++)
		for (side = 0; side < PROF_DIFF_SIDES; side++)
			prof_records_int(&w->to, prof_diff_value(d, side,
			    d->of[m][side][class]));
	prof_records_strs(&w->to, prof_diff_status_name(d->status[class]));
	put_row_text(w, prof_match_row(&d->match, class));
	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		if (d->calls[side] != NULL)
			prof_records_int(&w->to, prof_diff_calls(d, side,
			    class));
		else
			prof_records_none(&w->to);
	}
}

static void
put_evidence(struct writer *w, uint32_t class)
{
	const struct prof_diff_view *v = &w->r->view;
	enum prof_judged what = prof_diff_first(&v->choice);
	const struct prof_effect *f = prof_diff_effect(v, what, class);
	unsigned i;

	if (f == NULL) {
		for (i = 0; i < 6; i++)
			prof_records_none(&w->to);
	} else {
		put_ratio(w, f->ratio);
		put_ratio(w, f->low);
		put_ratio(w, f->high);
		put_chance(w, f->p);
		put_chance(w, f->q);
		put_ratio(w, f->mdr);
	}
	if (v->e == NULL || w->r->f == NULL)
		prof_records_none(&w->to);
	else
		prof_records_strs(&w->to, prof_verdict_name(
		    prof_diff_row_verdict(w->r, class)));
}

static void
put_boot(struct writer *w, size_t row)
{
	unsigned side, limit;

	if (w->boot.n == 0)
		return;
	for (limit = 0; limit < 2; limit++)
		prof_records_int(&w->to, w->boot.rank[limit][row]);
	for (side = 0; side < 2 && w->boot.share[0][0] != NULL; side++)
		for (limit = 0; limit < 2; limit++)
			put_ratio(w, w->boot.share[side][limit][row]);
}

static void
put_row(struct writer *w, uint32_t class, size_t row)
{
	const struct prof_row *base = prof_diff_base_row(w->d, class);

	put_values(w, class);
	put_evidence(w, class);
	if (base != NULL)
		prof_records_text(&w->to, base->name, base->name_len);
	else
		prof_records_strs(&w->to, "");
	put_boot(w, row);
}

static void
put_rows(struct writer *w, const uint32_t *ids, size_t n,
    struct prof_out *out, struct prof_json *json)
{
	size_t i, nfields = w->r->bootstrap == 0 ? FIELDS :
	    w->r->shares ? FIELDS_SHARE : FIELDS_RANK;

	prof_diff_boot_init(&w->boot, w->r, ids, n);
	/* Without rows there are no limits, but there is a header. */
	prof_records_init(&w->to, w->form, fields, nfields, out, json);
	for (i = 0; i < n; i++)
		put_row(w, ids[i], i);
	prof_records_release(&w->to);
	prof_diff_boot_release(&w->boot);
}

/* --- the document --------------------------------------------------------- */

/* What the rows leave of the totals of both sides. */
static void
json_others(struct prof_json *j, const struct prof_diff *d,
    const uint32_t *ids, size_t n)
{
	prof_i128 rest;
	unsigned side;
	size_t i;

	prof_json_key(j, "others");
	prof_json_row(j, '{');
	prof_json_key(j, "rows");
	prof_json_i128(j, (prof_i128)d->match.n - d->count[PROF_DIFF_NONE] -
	    (prof_i128)n);
	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		rest = d->sum[side];
		for (i = 0; i < n; i++)
			rest -= d->of[PROF_DIFF_SELF][side][ids[i]];
		prof_json_key(j, side == PROF_DIFF_BASE ? "self_base" :
		    "self_new");
		if (d->run[0].flat->mean)
			prof_json_null(j);
		else
			prof_json_i128(j, prof_diff_value(d, side, rest));
	}
	prof_json_end(j);
}

static void
json_strs(struct prof_json *j, const char *key, const char *s)
{
	prof_json_key(j, key);
	prof_json_strs(j, s);
}

static void
json_number(struct prof_json *j, const char *key, double v)
{
	prof_json_key(j, key);
	prof_diff_json_double(j, v);
}

/* A value, in whole base units as those of rows. */
static void
json_whole(struct prof_json *j, const char *key, double v)
{
	prof_json_key(j, key);
	if (isfinite(v))
		prof_json_i128(j, prof_diff_rounded(v, 0));
	else
		prof_json_null(j);
}

static void
json_name(struct prof_json *j, const struct prof_diff *d, uint32_t class)
{
	const struct prof_row *row;

	if (class == 0) {
		prof_json_null(j);
		return;
	}
	row = prof_match_row(&d->match, class);
	prof_json_str(j, row->name, row->name_len);
}

static void
json_names(struct prof_json *j, const char *key, const struct prof_diff *d,
    const uint32_t *class, size_t n)
{
	size_t i;

	prof_json_key(j, key);
	prof_json_begin(j, '[');
	for (i = 0; i < n; i++)
		json_name(j, d, class[i]);
	prof_json_end(j);
}

static void
json_place(struct prof_json *j, const struct prof_diff *d, uint32_t class)
{
	const struct prof_row *row = class == 0 ? NULL :
	    prof_match_row(&d->match, class);

	prof_json_key(j, "name");
	json_name(j, d, class);
	prof_json_key(j, "file");
	if (row != NULL)
		prof_json_str(j, row->file, row->file_len);
	else
		prof_json_null(j);
	prof_json_key(j, "line");
	if (row != NULL && row->line > 0)
		prof_json_int(j, row->line);
	else
		prof_json_null(j);
	prof_json_key(j, "module");
	if (row != NULL)
		prof_json_str(j, row->module, row->module_len);
	else
		prof_json_null(j);
}

static void
json_effect(struct prof_json *j, const struct prof_effect *f)
{
	json_number(j, "ratio", f != NULL ? f->ratio : NAN);
	json_number(j, "ratio_low", f != NULL ? f->low : NAN);
	json_number(j, "ratio_high", f != NULL ? f->high : NAN);
	json_number(j, "p", f != NULL ? f->p : NAN);
	json_number(j, "q", f != NULL ? f->q : NAN);
	json_number(j, "mdr", f != NULL ? f->mdr : NAN);
}

/* The same for the same finding of another day. */
static void
json_id(struct prof_json *j, const struct prof_diff *d,
    const struct prof_finding *f)
{
	struct prof_buf b = { 0 };
	const struct prof_row *row;

	prof_buf_addf(&b, "%s:%s", prof_finding_kind_name(f->kind),
	    prof_judged_name(f->metric));
	if (f->class != 0) {
		row = prof_match_row(&d->match, f->class);
		prof_buf_addc(&b, ':');
		prof_buf_add(&b, row->name, row->name_len);
	}
	if (f->caller != 0) {
		row = prof_match_row(&d->match, f->caller);
		prof_buf_adds(&b, "<-");
		prof_buf_add(&b, row->name, row->name_len);
	}
	prof_json_key(j, "id");
	prof_json_str(j, b.data, b.len);
	prof_buf_release(&b);
}

static void
json_finding(struct prof_json *j, const struct prof_diff_report *r,
    const struct prof_finding *f)
{
	const struct prof_diff *d = r->view.d;

	prof_json_row(j, '{');
	json_strs(j, "verdict", prof_verdict_name(f->shifted ?
	    PROF_VERDICT_SHIFTED : prof_diff_grew(f) ?
	    PROF_VERDICT_REGRESSION : PROF_VERDICT_IMPROVEMENT));
	json_strs(j, "kind", prof_finding_kind_name(f->kind));
	json_strs(j, "metric", prof_judged_name(f->metric));
	json_whole(j, "base", f->base);
	json_whole(j, "new", f->now);
	json_whole(j, "delta", f->delta);
	json_effect(j, f->effect);
	json_place(j, d, f->class);
	json_id(j, d, f);
	json_strs(j, "evidence", r->view.e == NULL ? "none" :
	    prof_basis_name(r->view.e->basis[f->metric]));
	json_names(j, "explains", d, f->explains, f->nexplains);
	prof_json_key(j, "caller");
	json_name(j, d, f->caller);
	json_number(j, "calls_ratio", f->split.known ? f->split.calls : NAN);
	json_number(j, "per_call_ratio", f->split.known ? f->split.per_call :
	    NAN);
	prof_json_key(j, "separate");
	prof_json_bool(j, f->effect != NULL && f->effect->apart);
	json_names(j, "group", d, f->group, f->ngroup);
	json_whole(j, "group_delta", f->shifted ? f->group_delta : NAN);
	json_whole(j, "group_low", f->shifted ? f->group_low : NAN);
	json_whole(j, "group_high", f->shifted ? f->group_high : NAN);
	prof_json_end(j);
}

void
prof_diff_json_evidence(struct prof_json *j, const struct prof_diff_report *r)
{
	const struct prof_diff_view *v = &r->view;
	size_t i;

	prof_diff_json_noise(j, v->e, prof_diff_first(&v->choice));
	json_strs(j, "verdict", prof_verdict_name(prof_diff_verdict(r)));
	prof_json_key(j, "findings");
	prof_json_begin(j, '[');
	for (i = 0; r->f != NULL && i < r->f->n; i++)
		json_finding(j, r, &r->f->of[i]);
	prof_json_end(j);
}

static void
write_json(struct writer *w, const struct prof_diff_form *form,
    const uint32_t *ids, size_t n, struct prof_out *out)
{
	struct prof_json j;

	prof_json_init(&j, out);
	prof_diff_json_head(&j, w->d, form, "profkit/diff/1");
	prof_json_key(&j, "rows");
	prof_json_begin(&j, '[');
	put_rows(w, ids, n, NULL, &j);
	prof_json_end(&j);
	json_others(&j, w->d, ids, n);
	prof_diff_json_notes(&j, w->d, form);
	prof_diff_json_evidence(&j, w->r);
	prof_json_end(&j);
	prof_json_finish(&j);
}

void
prof_diff_write(const struct prof_diff_report *r, enum prof_form in,
    const struct prof_diff_form *form, struct prof_out *out)
{
	struct writer w = { .r = r, .d = r->view.d, .form = in };
	uint32_t *ids;
	size_t n;

	if (in == PROF_FORM_MARKDOWN) {
		prof_diff_markdown(r, form, out);
		return;
	}
	ids = prof_diff_rows(&r->view, form->limit, form->all, &n);
	if (in == PROF_FORM_JSON)
		write_json(&w, form, ids, n, out);
	else
		put_rows(&w, ids, n, out, NULL);
	free(ids);
}
