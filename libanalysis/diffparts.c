/* SPDX-License-Identifier: MIT */
#include "libanalysis/diffparts.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "libanalysis/name.h"

struct prof_style
prof_diff_style(const struct prof_diff_form *form)
{
	struct prof_style s = {
		.color = form->colour, .ascii = form->ascii,
		.elide = form->width != 0
	};

	s.width = form->width < UINT_MAX ? (unsigned)form->width : UINT_MAX;
	return s;
}

struct prof_amount
prof_diff_amount(const struct prof_diff *d, const struct prof_wish *wish)
{
	struct prof_spread s = { 0 };
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++)
		prof_spread_add(&s, prof_diff_sum(d, side));
	/* A unit that suits the larger one; the other may be a fraction. */
	s.least = s.most;
	return prof_amount_choose(d->unit, 1, 1, &s, wish);
}

static unsigned
first_run(const struct prof_diff *d, unsigned side)
{
	return side == PROF_DIFF_BASE ? 0 : d->runs[PROF_DIFF_BASE];
}

static void
begin_span(const struct prof_diff_form *form, struct prof_buf *b)
{
	if (form->spans)
		prof_buf_addc(b, PROF_DIFF_SPAN);
}

static void
end_span(const struct prof_diff_form *form, struct prof_buf *b)
{
	if (form->spans)
		prof_buf_addc(b, PROF_DIFF_SPAN_END);
}

static void
add_name(const struct prof_diff *d, const struct prof_diff_form *form,
    unsigned side, struct prof_buf *b)
{
	const char *name = d->run[first_run(d, side)].name;

	begin_span(form, b);
	prof_name_print(b, name, strlen(name));
	end_span(form, b);
	if (d->runs[side] > 1)
		prof_buf_addf(b, " and %u more", d->runs[side] - 1);
}

/* "cpu 4.62 s in 2.68 s wall, mean of 3 runs" */
static void
add_facts(const struct prof_diff *d, unsigned side,
    const struct prof_wish *wish, struct prof_buf *b)
{
	prof_name_print(b, d->type, strlen(d->type));
	if (d->type[0] != '\0')
		prof_buf_addc(b, ' ');
	prof_amount_print(b, prof_diff_amount(d, wish), prof_diff_sum(d,
	    side));
	if (d->duration_ns[side] != 0) {
		prof_buf_adds(b, " in ");
		prof_amount_single(b, "nanoseconds", d->duration_ns[side],
		    false);
		prof_buf_adds(b, " wall");
	}
	if (d->runs[side] > 1)
		prof_buf_addf(b, ", mean of %u runs", d->runs[side]);
	prof_buf_addc(b, '\n');
}

void
prof_diff_sides(const struct prof_diff *d, const char *base,
    const char *newer, const struct prof_diff_form *form,
    struct prof_buf *b)
{
	struct prof_buf name[2] = { { 0 }, { 0 } };
	const char *label[2] = { base, newer };
	size_t width[2], tag[2];
	unsigned side;

	for (side = 0; side < 2; side++) {
		add_name(d, form, side, &name[side]);
		width[side] = prof_name_width(prof_buf_str(&name[side]),
		    name[side].len);
		tag[side] = strlen(label[side]);
	}
	for (side = 0; side < 2; side++) {
		prof_buf_adds(b, label[side]);
		if (tag[side] < tag[1 - side])
			prof_buf_addn(b, ' ', tag[1 - side] - tag[side]);
		prof_buf_adds(b, " = ");
		prof_buf_add(b, name[side].data, name[side].len);
		if (width[side] < width[1 - side])
			prof_buf_addn(b, ' ', width[1 - side] - width[side]);
		prof_buf_adds(b, "   ");
		add_facts(d, side, &form->unit, b);
	}
	if (form->scaled != NULL) {
		prof_buf_addf(b, "%s is ", base);
		prof_name_print(b, form->scaled, strlen(form->scaled));
		prof_buf_addc(b, '\n');
	}
	prof_buf_release(&name[0]);
	prof_buf_release(&name[1]);
}

static void
add_count(struct prof_buf *b, unsigned runs, const char *label)
{
	prof_buf_addf(b, "%u run%s (%s)", runs, runs == 1 ? "" : "s", label);
}

void
prof_diff_runs(const struct prof_diff *d, const char *base,
    const char *newer, struct prof_buf *b)
{
	if (d->nruns == 2) {
		prof_buf_adds(b, "one run each");
		return;
	}
	prof_buf_adds(b, "means of ");
	add_count(b, d->runs[PROF_DIFF_BASE], base);
	prof_buf_adds(b, " and ");
	add_count(b, d->runs[PROF_DIFF_NEWER], newer);
}

/* As trees and pictures call it, too. */
static void
add_row_name(const struct prof_row *r, struct prof_buf *b)
{
	if (r->name_len > 0)
		prof_name_print(b, r->name, r->name_len);
	else
		prof_buf_adds(b, "(no name)");
}

void
prof_diff_name(const struct prof_diff *d, uint32_t class, struct prof_buf *b)
{
	const struct prof_row *r = prof_match_row(&d->match, class);
	const char *place = r->file[0] != '\0' ? r->file : r->module, *base;

	add_row_name(r, b);
	if (!d->match.shared[class] || place[0] == '\0')
		return;
	base = prof_name_base(place);
	prof_buf_adds(b, " (");
	prof_name_print(b, base, strlen(base));
	if (r->line != 0)
		prof_buf_addf(b, ":%" PRId64, r->line);
	prof_buf_addc(b, ')');
}

const struct prof_row *
prof_diff_base_row(const struct prof_diff *d, uint32_t class)
{
	const struct prof_match_member *at = prof_match_on(&d->match, class,
	    PROF_DIFF_BASE);

	return at == NULL ? NULL : prof_rows_get(d->rows[at->run], at->row);
}

void
prof_diff_names(const struct prof_diff *d, uint32_t class, struct prof_buf *b)
{
	const struct prof_row *r = prof_diff_base_row(d, class);

	if (d->status[class] == PROF_DIFF_RENAMED && r != NULL) {
		add_row_name(r, b);
		prof_buf_adds(b, " -> ");
	}
	prof_diff_name(d, class, b);
}

/* --- numbers -------------------------------------------------------------- */

prof_i128
prof_diff_rounded(double v, unsigned decimals)
{
	for (; decimals > 0; decimals--)
		v *= 10;
	return isfinite(v) && fabs(v) < 1e36 ? (prof_i128)round(v) : 0;
}

void
prof_diff_double(struct prof_buf *b, double v, unsigned decimals)
{
	prof_i128 den = 1;
	unsigned i;

	if (isnan(v))
		return;
	if (fabs(v) >= 1e15) {
		prof_buf_adds(b, v > 0 ? "inf" : "-inf");
		return;
	}
	for (i = 0; i < decimals; i++)
		den *= 10;
	prof_num_print(b, prof_diff_rounded(v, decimals), 1, den, decimals);
}

void
prof_diff_times(struct prof_buf *b, double ratio)
{
	prof_diff_double(b, ratio, ratio >= 99.95 ? 0 : ratio >= 9.995 ? 1 :
	    2);
	prof_buf_addc(b, 'x');
}

void
prof_diff_shorten(const struct prof_diff_view *v, struct prof_amount *a,
    const struct prof_spread *s)
{
	double unit = (double)a->scale.num / (double)a->scale.den;
	bool timed = v->e != NULL &&
	    v->e->model[PROF_JUDGED_SELF] == PROF_MODEL_TIMED;

	if ((v->d->nruns == 2 && !timed) || a->each)
		return;
	while (a->scale.decimals > 0 && (double)s->most * unit >= 100 &&
	    (a->scale.decimals > 1 || (double)s->least * unit >= 1))
		a->scale.decimals--;
}

void
prof_diff_limits(struct prof_buf *b, double low, double high)
{
	if (isnan(low) || isnan(high))
		return;
	prof_buf_addc(b, '[');
	prof_diff_double(b, low, 2);
	prof_buf_adds(b, ", ");
	prof_diff_double(b, high, 2);
	prof_buf_addc(b, ']');
}

unsigned
prof_diff_digits(double p)
{
	unsigned n = 6;

	for (; p > 0 && p < .1 && n < PROF_DIFF_DIGITS_MAX; n++)
		p *= 10;
	return n;
}

void
prof_diff_json_double(struct prof_json *j, double v)
{
	unsigned n = prof_diff_digits(fabs(v));

	if (isfinite(v) && fabs(v) < 1e30)
		prof_json_fixed(j, prof_diff_rounded(v, n), n);
	else
		prof_json_null(j);
}

const char *
prof_diff_model_name(enum prof_model model)
{
	static const char *const names[] = { "sampled", "timed", "exact" };

	return names[model];
}

const char *
prof_diff_scaling_name(enum prof_scaling s)
{
	static const char *const names[] = { "auto", "none", "median", "total",
	    "given" };

	return names[s];
}

/* --- JSON ----------------------------------------------------------------- */

static void
json_strs(struct prof_json *j, const char *key, const char *s)
{
	prof_json_key(j, key);
	prof_json_strs(j, s);
}

static void
json_side(struct prof_json *j, const struct prof_diff *d, unsigned side)
{
	unsigned first = first_run(d, side), i;

	prof_json_key(j, side == PROF_DIFF_BASE ? "base" : "new");
	prof_json_begin(j, '{');
	prof_json_key(j, "inputs");
	prof_json_row(j, '[');
	for (i = 0; i < d->runs[side]; i++)
		prof_json_strs(j, d->run[first + i].name);
	prof_json_end(j);
	prof_json_key(j, "runs");
	prof_json_int(j, d->runs[side]);
	prof_json_key(j, "total");
	prof_json_i128(j, prof_diff_sum(d, side));
	prof_json_key(j, "duration_ns");
	if (d->duration_ns[side] != 0)
		prof_json_int(j, d->duration_ns[side]);
	else
		prof_json_null(j);
	prof_json_end(j);
}

void
prof_diff_json_head(struct prof_json *j, const struct prof_diff *d,
    const struct prof_diff_form *form, const char *schema)
{
	struct prof_buf tool = { 0 };
	size_t i;

	prof_buf_addf(&tool, "%s (Profkit) " PROF_VERSION,
	    form->tool != NULL ? form->tool : "libanalysis");
	prof_json_begin(j, '{');
	json_strs(j, "schema", schema);
	json_strs(j, "tool", prof_buf_str(&tool));
	json_side(j, d, PROF_DIFF_BASE);
	json_side(j, d, PROF_DIFF_NEWER);
	json_strs(j, "type", d->type);
	json_strs(j, "unit", d->unit);
	prof_json_key(j, "filters");
	prof_json_row(j, '[');
	for (i = 0; i < form->nfilters; i++)
		prof_json_strs(j, form->filters[i]);
	prof_json_end(j);
	prof_buf_release(&tool);
}

static void
json_unknown(struct prof_json *j)
{
	prof_json_key(j, "scale");
	prof_json_null(j);
	prof_json_key(j, "noise");
	prof_json_null(j);
}

static void
json_noise(struct prof_json *j, const struct prof_evidence *e,
    enum prof_judged what)
{
	const struct {
		const char *key;
		double value;
	} scale[] = { { "ratio", e->factor.ratio }, { "low", e->factor.low },
	    { "high", e->factor.high }, { "support", e->factor.support },
	    { "left_in", e->common.ratio }, { "left_in_low", e->common.low },
	    { "left_in_high", e->common.high },
	    { "base_times", e->d->base_times } },
	noise[] = { { "phi", e->phi }, { "tau", e->tau }, { "d0", e->d0 } };
	size_t i;

	prof_json_key(j, "scale");
	prof_json_row(j, '{');
	for (i = 0; i < sizeof scale / sizeof scale[0]; i++) {
		prof_json_key(j, scale[i].key);
		prof_diff_json_double(j, scale[i].value);
	}
	json_strs(j, "how", prof_diff_scaling_name(e->scaling));
	prof_json_end(j);
	prof_json_key(j, "noise");
	prof_json_row(j, '{');
	for (i = 0; i < sizeof noise / sizeof noise[0]; i++) {
		prof_json_key(j, noise[i].key);
		prof_diff_json_double(j, noise[i].value);
	}
	json_strs(j, "basis", prof_basis_name(e->basis[what]));
	json_strs(j, "model", prof_diff_model_name(e->model[what]));
	prof_json_end(j);
}

void
prof_diff_json_noise(struct prof_json *j, const struct prof_evidence *e,
    enum prof_judged what)
{
	if (e != NULL)
		json_noise(j, e, what);
	else
		json_unknown(j);
}

static void
json_notes(struct prof_json *j, const struct prof_diff_run *run, bool skipped)
{
	const struct prof_profile *p = run->rows->p;
	const struct prof_note *note;
	uint32_t i;

	for (i = 0; i < p->nnotes; i++) {
		note = &p->note[i];
		if (note->skipped != skipped)
			continue;
		prof_json_row(j, '{');
		json_strs(j, "input", run->name);
		prof_json_key(j, "reason");
		prof_json_str(j, prof_profile_str(p, note->text),
		    prof_strs_len(&p->strs, note->text));
		prof_json_key(j, "count");
		prof_json_i128(j, note->count);
		prof_json_end(j);
	}
}

void
prof_diff_left_out(const struct prof_diff *d,
    const struct prof_diff_form *form, struct prof_buf *b)
{
	uint64_t records = 0;
	unsigned r;

	for (r = 0; r < d->nruns; r++)
		records += prof_profile_skipped(d->run[r].rows->p);
	if (form->nfailed == 0 && records == 0)
		return;
	prof_buf_adds(b, "left out: ");
	if (form->nfailed > 0)
		prof_buf_addf(b, "%zu input%s that could not be read",
		    form->nfailed, form->nfailed == 1 ? "" : "s");
	if (records > 0)
		prof_buf_addf(b, "%s%llu record%s skipped",
		    form->nfailed > 0 ? ", " : "",
		    (unsigned long long)records, records == 1 ? "" : "s");
	prof_buf_addc(b, '\n');
}

static void
json_failed(struct prof_json *j, const struct prof_diff_form *form)
{
	size_t i;

	for (i = 0; i < form->nfailed; i++) {
		prof_json_row(j, '{');
		json_strs(j, "input", form->failed[i]);
		json_strs(j, "reason", form->why != NULL ? form->why[i] :
		    "could not be read");
		prof_json_key(j, "count");
		prof_json_int(j, 1);
		prof_json_end(j);
	}
}

static void
json_warnings(struct prof_json *j, const struct prof_diff_form *form)
{
	size_t i;

	for (i = 0; i < form->nwarnings; i++) {
		prof_json_row(j, '{');
		json_strs(j, "input", form->warnings[i].input);
		json_strs(j, "reason", form->warnings[i].text);
		prof_json_key(j, "count");
		prof_json_i128(j, form->warnings[i].count);
		prof_json_end(j);
	}
}

void
prof_diff_json_notes(struct prof_json *j, const struct prof_diff *d,
    const struct prof_diff_form *form)
{
	int skipped;
	unsigned r;

	for (skipped = 1; skipped >= 0; skipped--) {
		prof_json_key(j, skipped != 0 ? "skipped" : "warnings");
		prof_json_begin(j, '[');
		if (skipped != 0)
			json_failed(j, form);
		for (r = 0; r < d->nruns; r++)
			json_notes(j, &d->run[r], skipped != 0);
		if (skipped == 0)
			json_warnings(j, form);
		prof_json_end(j);
	}
}

void
prof_diff_json_tail(struct prof_json *j, const struct prof_diff *d,
    const struct prof_diff_form *form)
{
	prof_diff_json_notes(j, d, form);
	prof_json_end(j);
	prof_json_finish(j);
}

void
prof_diff_span(const struct prof_diff_form *form, const struct prof_diff *d,
    uint32_t class, struct prof_buf *b)
{
	begin_span(form, b);
	prof_diff_names(d, class, b);
	end_span(form, b);
}
