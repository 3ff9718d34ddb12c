/* SPDX-License-Identifier: MIT */
#include "libanalysis/about.h"

#include <string.h>

#include "libanalysis/findtype.h"
#include "libanalysis/flat.h"
#include "libanalysis/info.h"
#include "libanalysis/name.h"

#define GIGA INT64_C(1000000000)

static const struct prof_type *
type_of(const struct prof_about *a)
{
	return &a->p->type[a->column];
}

static const struct prof_unit *
find_unit(const struct prof_profile *p, prof_str unit)
{
	return prof_unit_find(prof_profile_str(p, unit),
	    prof_strs_len(&p->strs, unit));
}

const char *
prof_about_unit(const struct prof_about *a)
{
	return a->column < a->p->ntypes ? prof_profile_str(a->p,
	    type_of(a)->unit) : "";
}

prof_i128
prof_about_base(const struct prof_about *a, prof_i128 v)
{
	const struct prof_type *type = type_of(a);
	const struct prof_unit *u;
	prof_i128 num;

	if (a->column >= a->p->ntypes || v == 0)
		return v;
	u = find_unit(a->p, type->unit);
	num = (prof_i128)type->num * (u != NULL ? u->factor : 1);
	return num == type->den ? v : prof_num_scaled(v, num, type->den);
}

struct prof_amount
prof_about_amount(const struct prof_about *a, const struct prof_spread *s,
    const struct prof_wish *wish)
{
	struct prof_amount none = { 0 };

	if (a->column >= a->p->ntypes)
		return none;
	return prof_amount_choose(prof_about_unit(a), type_of(a)->num,
	    type_of(a)->den, s, wish);
}

prof_i128
prof_about_period(const struct prof_about *a)
{
	const struct prof_meta *m = &a->p->meta;
	const struct prof_unit *from, *to;

	if (a->column >= a->p->ntypes || m->period <= 0 ||
	    m->period_type != type_of(a)->type || type_of(a)->num !=
	    type_of(a)->den)
		return 0;
	if (m->period_unit == type_of(a)->unit)
		return m->period;
	from = find_unit(a->p, m->period_unit);
	to = find_unit(a->p, type_of(a)->unit);
	if (from == NULL || to == NULL || from->family != to->family)
		return 0;
	return prof_num_scaled(m->period, from->factor, to->factor);
}

/* A period of 1 means that nothing was left to chance. */
static prof_i128
count_samples(const struct prof_about *a)
{
	int column = prof_find_samples(a->p);
	struct prof_sums sums;
	prof_i128 period;

	if (column >= 0) {
		/* Decimals are no counts of samples. */
		if (a->p->type[column].num != a->p->type[column].den)
			return 0;
		prof_flat_sums(&sums, a->p, (unsigned)column);
		return sums.difference ? 0 : sums.whole;
	}
	period = prof_about_period(a);
	return period > 1 ? a->whole / period : 0;
}

void
prof_about_init(struct prof_about *a, const struct prof_profile *p,
    unsigned column)
{
	struct prof_sums sums;

	memset(a, 0, sizeof *a);
	a->p = p;
	a->column = column;
	prof_flat_sums(&sums, p, column);
	a->sum = sums.sum;
	a->whole = sums.whole;
	a->measured = sums.edges;
	if (column < p->ntypes && !sums.edges && !sums.difference)
		a->samples = count_samples(a);
}

uint64_t
prof_about_samples(const struct prof_about *a, uint32_t row)
{
	const struct prof_profile *p = a->p;
	int column = prof_find_samples(p);
	prof_i128 period = prof_about_period(a), n = 1;

	if (column >= 0 && p->type[column].num == p->type[column].den)
		n = prof_num_abs(p->value[column][row]);
	else if (period > 1)
		n = prof_num_abs(p->value[a->column][row]) / period;
	return n > 0 && n <= INT64_MAX ? (uint64_t)n : 1;
}

static uint64_t
square_root(uint64_t v)
{
	uint64_t root = 0, bit = UINT64_C(1) << 62;

	while (bit > v)
		bit >>= 2;
	for (; bit != 0; bit >>= 2) {
		if (v >= root + bit) {
			v -= root + bit;
			root = (root >> 1) + bit;
		} else {
			root >>= 1;
		}
	}
	return root;
}

int
prof_about_error(const struct prof_about *a, prof_i128 v)
{
	prof_i128 share;
	uint64_t root;

	if (a->samples <= 0 || a->whole <= 0 || v < 0 || v > a->whole)
		return -1;
	share = prof_num_scaled(v, GIGA, a->whole);
	root = square_root((uint64_t)(share * (GIGA - share) / a->samples));
	return (int)((root + 500000) / 1000000);
}

prof_i128
prof_about_rate(const struct prof_about *a)
{
	const struct prof_unit *u = find_unit(a->p, a->p->meta.period_unit);

	if (a->p->meta.period <= 0 || u == NULL ||
	    u->family != PROF_UNIT_TIME)
		return 0;
	return prof_num_scaled(GIGA, 1000, (prof_i128)a->p->meta.period *
	    u->factor);
}

static void
json_strs(struct prof_json *j, const char *key, const char *const *s,
    size_t n)
{
	size_t i;

	prof_json_key(j, key);
	prof_json_row(j, '[');
	for (i = 0; i < n; i++)
		prof_json_strs(j, s[i]);
	prof_json_end(j);
}

static void
begin_json(const struct prof_about *a, const char *report,
    struct prof_json *j)
{
	bool any = a->column < a->p->ntypes;

	prof_json_begin(j, '{');
	prof_json_key(j, "schema");
	prof_json_strs(j, "profkit/top/1");
	prof_json_key(j, "tool");
	prof_json_strs(j, "ptop (Profkit) " PROF_VERSION);
	prof_json_key(j, "report");
	prof_json_strs(j, report);
	json_strs(j, "inputs", a->inputs, a->ninputs);
	prof_json_key(j, "type");
	prof_json_strs(j, any ? prof_profile_str(a->p, type_of(a)->type) :
	    "");
	prof_json_key(j, "unit");
	prof_json_strs(j, any ? prof_unit_base(prof_about_unit(a)) : "");
	prof_json_key(j, "total");
	prof_json_i128(j, prof_about_base(a, a->whole));
	json_strs(j, "filters", a->filters, a->nfilters);
	prof_json_key(j, "rows");
	prof_json_begin(j, '[');
}

void
prof_document_begin(struct prof_document *d, const struct prof_about *a,
    const char *report, enum prof_form form, const struct prof_field *field,
    size_t nfields, struct prof_out *out)
{
	bool json = form == PROF_FORM_JSON;

	memset(d, 0, sizeof *d);
	d->about = a;
	d->min_ppm = -1;
	if (json) {
		prof_json_init(&d->json, out);
		begin_json(a, report, &d->json);
	}
	prof_records_init(&d->rows, form, field, nfields, json ? NULL : out,
	    json ? &d->json : NULL);
}

void
prof_document_value(struct prof_document *d, prof_i128 v)
{
	prof_records_int(&d->rows, prof_about_base(d->about, v));
}

void
prof_document_share(struct prof_document *d, prof_i128 v)
{
	if (d->about->whole != 0 && !d->about->mean)
		prof_records_fixed(&d->rows, prof_num_ppm(v,
		    d->about->whole), 4);
	else
		prof_records_none(&d->rows);
}

void
prof_document_maybe(struct prof_document *d, bool known, prof_i128 v)
{
	if (known)
		prof_records_int(&d->rows, v);
	else
		prof_records_none(&d->rows);
}

static void
end_json(const struct prof_document *d, struct prof_rest rest,
    struct prof_json *j)
{
	const struct prof_about *a = d->about;

	prof_json_end(j);
	prof_json_key(j, "others");
	prof_json_row(j, '{');
	prof_json_key(j, "rows");
	prof_json_i128(j, rest.rows);
	prof_json_key(j, "self");
	if (a->mean)
		prof_json_null(j);
	else
		prof_json_i128(j, prof_about_base(a, rest.self));
	prof_json_end(j);
	prof_info_notes(j, a->p, a->failed, a->why, a->nfailed);
	prof_json_key(j, "estimated");
	prof_json_bool(j, a->p->meta.estimated && !a->measured);
	if (d->min_ppm >= 0) {
		prof_json_key(j, "min_share");
		prof_json_fixed(j, d->min_ppm, 6);
	}
	prof_json_end(j);
	prof_json_finish(j);
}

void
prof_document_end(struct prof_document *d, struct prof_rest rest)
{
	bool json = d->rows.form == PROF_FORM_JSON;

	prof_records_release(&d->rows);
	if (json)
		end_json(d, rest, &d->json);
}

/* --- the heading ---------------------------------------------------------- */

static void
add_inputs(const struct prof_about *a, struct prof_buf *out)
{
	size_t i;

	for (i = 0; i < a->ninputs && i < 3; i++) {
		if (i > 0)
			prof_buf_adds(out, " + ");
		prof_name_print(out, a->inputs[i], strlen(a->inputs[i]));
	}
	if (a->ninputs > 3)
		prof_buf_addf(out, " + %zu more", a->ninputs - 3);
	if (a->p->meta.inputs > 1)
		prof_buf_addf(out, " (%llu recordings)",
		    (unsigned long long)a->p->meta.inputs);
}

static void
add_samples(const struct prof_about *a, struct prof_buf *out)
{
	prof_i128 rate = prof_about_rate(a);

	prof_num_int(out, a->samples);
	prof_buf_adds(out, a->samples == 1 ? " sample" : " samples");
	if (rate > 0 && rate < GIGA) {
		prof_buf_adds(out, " @ ");
		prof_num_print(out, rate, 1, 1000, rate < 10000 ? 1 : 0);
		prof_buf_adds(out, " Hz");
	}
}

static void
add_amount(const struct prof_about *a, prof_i128 v,
    const struct prof_wish *wish, struct prof_buf *out)
{
	struct prof_spread s = { 0 };

	prof_spread_add(&s, v);
	prof_amount_print(out, prof_about_amount(a, &s, wish), v);
}

/*
 * How many processors were busy.  Only time on a processor says that, and
 * of one recording: those of many may have run side by side or not.
 */
static void
add_cores(const struct prof_about *a, struct prof_buf *out)
{
	const struct prof_unit *u = find_unit(a->p, type_of(a)->unit);
	const char *type = prof_profile_str(a->p, type_of(a)->type);
	prof_i128 busy = prof_about_base(a, a->whole);

	/* Neither are scaled values what a processor has done. */
	if (busy * 20 < a->p->meta.duration_ns ||
	    type_of(a)->num != type_of(a)->den)
		return;
	if (strcmp(type, "cpu") != 0 || u == NULL ||
	    u->family != PROF_UNIT_TIME || a->p->meta.inputs > 1 ||
	    a->p->meta.has_whole || a->mean || a->sum != a->whole)
		return;
	prof_buf_adds(out, " (");
	prof_num_print(out, busy, 1, a->p->meta.duration_ns, 1);
	prof_buf_adds(out, " cores)");
}

static void
add_total(const struct prof_about *a, const struct prof_wish *wish,
    struct prof_buf *out)
{
	if (a->p->meta.has_whole && a->sum != a->whole) {
		add_amount(a, a->sum, wish, out);
		prof_buf_adds(out, " of ");
		add_amount(a, a->whole, wish, out);
		prof_buf_adds(out, " (");
		prof_num_percent(out, a->sum, a->whole);
		prof_buf_addc(out, ')');
	} else {
		add_amount(a, a->whole, wish, out);
	}
	if (a->p->meta.duration_ns <= 0)
		return;
	prof_buf_adds(out, " in ");
	prof_amount_single(out, "ns", a->p->meta.duration_ns, false);
	prof_buf_adds(out, " wall");
	add_cores(a, out);
}

/* By convention the first mapping of a pprof file is the program. */
static void
add_binary(const struct prof_about *a, const char *dot,
    struct prof_buf *out)
{
	const struct prof_profile *p = a->p;
	const char *file;

	if (p->nmod == 0 || p->meta.inputs > 1 ||
	    strcmp(prof_profile_str(p, p->meta.format), "pprof") != 0)
		return;
	file = prof_profile_str(p, p->mod[0].file);
	file = prof_name_base(file);
	if (file[0] == '\0' || file[0] == '[')
		return;
	prof_buf_addf(out, "%sbinary ", dot);
	prof_name_print(out, file, strlen(file));
}

static void
add_trouble(const struct prof_profile *p, const char *dot,
    struct prof_buf *out)
{
	uint64_t skipped = prof_profile_skipped(p);

	if (skipped > 0)
		prof_buf_addf(out, "%s%llu record%s skipped", dot,
		    (unsigned long long)skipped, skipped == 1 ? "" : "s");
	if (p->meta.failed > 0)
		prof_buf_addf(out, "%s%llu input%s could not be read", dot,
		    (unsigned long long)p->meta.failed,
		    p->meta.failed == 1 ? "" : "s");
}

void
prof_about_facts(const struct prof_about *a, const struct prof_style *style,
    struct prof_buf *out)
{
	const char *dot = prof_fact_dot(style);
	const struct prof_profile *p = a->p;
	const char *name = prof_profile_str(p, p->meta.format);
	size_t start = out->len;

	add_inputs(a, out);
	if (name[0] != '\0')
		prof_buf_adds(out, "  ");
	prof_name_print(out, name, strlen(name));
	if (a->column < p->ntypes) {
		name = prof_profile_str(p, type_of(a)->type);
		prof_buf_adds(out, dot);
		prof_name_print(out, name, strlen(name));
		prof_buf_adds(out, dot);
		if (a->samples > 0 && a->column !=
		    (unsigned)prof_find_samples(p)) {
			add_samples(a, out);
			prof_buf_adds(out, dot);
		}
		add_total(a, &style->unit, out);
	}
	add_binary(a, dot, out);
	if (p->meta.estimated && !a->measured)
		prof_buf_addf(out, "%stotals of an estimated call tree", dot);
	add_trouble(p, dot, out);
	prof_wrap_facts(out, start, style);
}
