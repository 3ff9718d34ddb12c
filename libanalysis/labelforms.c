/* SPDX-License-Identifier: MIT */
#include "libanalysis/labeltable.h"

#include <string.h>

#include "libanalysis/label.h"
#include "libanalysis/name.h"
#include "libanalysis/topcells.h"

/* How many values of a key are shown: they are sorted. */
static uint32_t
count_shown(const struct prof_labeltable *t, const struct prof_label_key *k)
{
	prof_i128 least = t->about.whole * t->min_ppm, weight;
	uint32_t n;

	for (n = 0; n < k->nvalues; n++) {
		weight = t->sum[k->value[n]].weight;
		if ((weight < 0 ? -weight : weight) * 1000000 < least ||
		    (t->limit != 0 && n >= t->limit))
			break;
	}
	return n;
}

struct text {
	const struct prof_labeltable *t;
	const struct prof_style *style;
	struct prof_amount amount;
	const char *unit;	/* of most numbers of the key */
	struct prof_amount number;
	struct prof_buf *out;
};

/*
 * One way to write all numbers of a key that have the unit of its first;
 * they are names more than amounts, so each has the unit that suits it.
 */
static void
choose_number(struct text *x, const struct prof_label_key *k)
{
	const struct prof_about *a = &x->t->about;
	struct prof_wish wish = x->style->unit;
	struct prof_spread s = { 0 };
	const struct prof_label *l;
	uint32_t i;

	if (wish.how == PROF_UNIT_MINIMUM)
		wish.how = PROF_UNIT_AUTO;
	x->unit = NULL;
	for (i = 0; i < k->nvalues; i++) {
		l = &x->t->sum[k->value[i]].label;
		if (l->str != 0)
			continue;
		if (x->unit == NULL)
			x->unit = prof_label_unit(a->p, l);
		if (strcmp(prof_label_unit(a->p, l), x->unit) == 0)
			prof_spread_add(&s, l->num);
	}
	if (x->unit != NULL)
		x->number = prof_amount_choose(x->unit[0] != '\0' ?
		    x->unit : "count", 1, 1, &s, &wish);
}

static void
add_value(struct text *x, struct prof_table *tab, const struct prof_label *l)
{
	const struct prof_profile *p = x->t->about.p;
	struct prof_buf b = { 0 };

	if (l->str != 0)
		prof_name_print(&b, prof_profile_str(p, l->str),
		    prof_strs_len(&p->strs, l->str));
	else if (strcmp(prof_label_unit(p, l), x->unit) == 0)
		prof_amount_print(&b, x->number, l->num);
	else
		prof_amount_single(&b, prof_label_unit(p, l), l->num, false);
	prof_table_add(tab, PROF_INK_NONE, b.len > 0 ? b.data : "", b.len);
	prof_buf_release(&b);
}

static void
add_row(struct text *x, struct prof_table *tab, prof_i128 weight,
    uint64_t samples)
{
	prof_i128 whole = x->t->about.whole;

	prof_cell_amount(tab, &x->amount, weight, prof_share_ink(weight,
	    whole));
	if (!x->t->about.mean)
		prof_cell_share(tab, weight, whole);
	prof_cell_calls(tab, samples, samples);
}

static void
add_rows(struct text *x, struct prof_table *tab,
    const struct prof_label_key *k)
{
	const struct prof_label_sum *s;
	uint32_t i, shown = count_shown(x->t, k);
	struct prof_buf b = { 0 };
	prof_i128 weight = 0;
	uint64_t samples = 0;

	for (i = 0; i < k->nvalues; i++) {
		s = &x->t->sum[k->value[i]];
		if (i >= shown) {
			weight += x->t->about.mean ? 0 : s->weight;
			samples += s->samples;
			continue;
		}
		add_row(x, tab, s->weight, s->samples);
		add_value(x, tab, &s->label);
	}
	if (shown == k->nvalues)
		return;
	if (x->t->about.mean) {
		prof_table_adds(tab, PROF_INK_NONE, "");
		prof_cell_calls(tab, samples, samples);
	} else {
		add_row(x, tab, weight, samples);
	}
	prof_buf_addf(&b, "%u other%s", k->nvalues - shown,
	    k->nvalues - shown == 1 ? "" : "s");
	prof_table_add(tab, PROF_INK_BOLD, b.data, b.len);
	prof_buf_release(&b);
}

static void
add_key(struct text *x, const struct prof_label_key *k)
{
	static const char *const head[] = { "weight", "share", "samples",
	    "value" };
	static const char *const means[] = { "weight", "samples", "value" };
	const struct prof_about *a = &x->t->about;
	struct prof_table tab;

	prof_buf_addc(x->out, '\n');
	prof_ink(x->out, x->style, PROF_INK_BOLD);
	prof_name_print(x->out, prof_profile_str(a->p, k->key),
	    prof_strs_len(&a->p->strs, k->key));
	prof_ink(x->out, x->style, PROF_INK_NONE);
	prof_buf_adds(x->out, a->mean ? ": mean " : ": total ");
	prof_amount_print(x->out, x->amount, k->weight);
	prof_buf_adds(x->out, a->mean ? ", of all " : " of ");
	prof_amount_print(x->out, x->amount, a->whole);
	if (!a->mean) {
		prof_buf_adds(x->out, " (");
		prof_num_percent(x->out, k->weight, a->whole);
		prof_buf_addc(x->out, ')');
	}
	prof_buf_addc(x->out, '\n');
	choose_number(x, k);
	prof_table_init(&tab, a->mean ? "rrl" : "rrrl", a->mean ? means :
	    head);
	add_rows(x, &tab, k);
	prof_table_print(&tab, a->mean ? 2 : 3, x->style, x->out);
	prof_table_release(&tab);
}

void
prof_labeltable_text(const struct prof_labeltable *t,
    const struct prof_style *style, struct prof_buf *out)
{
	struct text x = { .t = t, .style = style, .out = out };
	struct prof_spread s = { 0 };
	uint32_t i;

	for (i = 0; i < t->nsums; i++)
		prof_spread_add(&s, t->sum[i].weight);
	prof_spread_add(&s, t->about.whole);
	x.amount = prof_about_amount(&t->about, &s, &style->unit);
	prof_about_facts(&t->about, style, out);
	prof_buf_addc(out, '\n');
	for (i = 0; i < t->nkeys; i++)
		add_key(&x, &t->key[t->order[i]]);
	if (t->nkeys == 0)
		prof_buf_adds(out, "\nno labels\n");
}

static const struct prof_field fields[] = {
	{ "key", false, false }, { "value", false, false },
	{ "unit", false, false }, { "weight", true, false },
	{ "samples", true, false }, { "weight_pct", true, true }
};

static void
put_str(struct prof_records *r, const struct prof_profile *p, prof_str s)
{
	prof_records_text(r, prof_profile_str(p, s), prof_strs_len(&p->strs,
	    s));
}

static void
write_row(struct prof_document *d, const struct prof_label_sum *s)
{
	const struct prof_about *a = d->about;
	struct prof_records *r = &d->rows;

	put_str(r, a->p, s->label.key);
	if (s->label.str != 0)
		put_str(r, a->p, s->label.str);
	else
		prof_records_int(r, s->label.num);
	if (s->label.str == 0)
		prof_records_strs(r, prof_label_unit(a->p, &s->label));
	else
		prof_records_strs(r, "");
	prof_document_value(d, s->weight);
	prof_records_int(r, s->samples);
	prof_document_share(d, s->weight);
}

static struct prof_rest
write_rows(const struct prof_labeltable *t, struct prof_document *d)
{
	const struct prof_label_key *k;
	struct prof_rest rest = { 0 };
	uint32_t i, j, shown;

	for (i = 0; i < t->nkeys; i++) {
		k = &t->key[t->order[i]];
		shown = count_shown(t, k);
		for (j = 0; j < shown; j++)
			write_row(d, &t->sum[k->value[j]]);
		rest.rows += k->nvalues - shown;
		for (; j < k->nvalues && !t->about.mean; j++)
			rest.self += t->sum[k->value[j]].weight;
	}
	return rest;
}

void
prof_labeltable_form(const struct prof_labeltable *t, enum prof_form form,
    struct prof_out *out)
{
	struct prof_document d;

	prof_document_begin(&d, &t->about, "labels", form, fields,
	    sizeof fields / sizeof fields[0], out);
	prof_document_end(&d, write_rows(t, &d));
}
