/* SPDX-License-Identifier: MIT */
#include "cmd/toprows.h"

#include <string.h>

#include "libanalysis/info.h"

prof_i128
top_in_base(const struct prof_top *t, prof_i128 v)
{
	const struct prof_profile *p = t->rows->p;
	const struct prof_type *type = &p->type[t->column];
	const char *name;
	const struct prof_unit *u;
	prof_i128 num;

	if (p->ntypes == 0)
		return 0;
	name = prof_profile_str(p, type->unit);
	u = prof_unit_find(name, strlen(name));
	num = (prof_i128)type->num * (u != NULL ? u->factor : 1);
	return num == type->den ? v : prof_num_scaled(v, num, type->den);
}

static void
key_str(struct prof_json *j, const char *key, const char *value)
{
	prof_json_key(j, key);
	prof_json_strs(j, value);
}

static void
key_list(struct prof_json *j, const char *key, const char *const *s,
    unsigned n)
{
	unsigned i;

	prof_json_key(j, key);
	prof_json_row(j, '[');
	for (i = 0; i < n; i++)
		prof_json_strs(j, s[i]);
	prof_json_end(j);
}

static void
begin_document(struct top_rows *w, struct prof_out *out)
{
	const struct prof_top *t = w->t;
	const struct prof_profile *p = t->rows->p;
	const struct prof_type *type = &p->type[t->column];
	struct prof_json *j = &w->json;

	prof_json_init(j, out);
	prof_json_begin(j, '{');
	key_str(j, "schema", "profkit/top/1");
	key_str(j, "tool", "ptop (Profkit) " PROF_VERSION);
	key_str(j, "report", w->report);
	key_list(j, "inputs", t->inputs, t->ninputs);
	key_str(j, "type", p->ntypes > 0 ? prof_profile_str(p, type->type) :
	    "");
	key_str(j, "unit", p->ntypes > 0 ? prof_unit_base(prof_profile_str(p,
	    type->unit)) : "");
	prof_json_key(j, "total");
	prof_json_i128(j, top_in_base(t, t->flat->whole));
	key_list(j, "filters", t->filters, t->nfilters);
	prof_json_key(j, "rows");
	prof_json_begin(j, '[');
}

void
top_rows_begin(struct top_rows *w, const struct prof_top *t,
    const char *report, enum form form, const struct prof_field *field,
    size_t nfields, struct prof_out *out)
{
	static const enum prof_form of[] = { [FORM_TSV] = PROF_FORM_TSV,
	    [FORM_CSV] = PROF_FORM_CSV, [FORM_JSON] = PROF_FORM_JSON,
	    [FORM_JSONL] = PROF_FORM_JSONL,
	    [FORM_MARKDOWN] = PROF_FORM_MARKDOWN };

	memset(w, 0, sizeof *w);
	w->t = t;
	w->report = report;
	if (form == FORM_JSON)
		begin_document(w, out);
	prof_records_init(&w->r, of[form], field, nfields,
	    form == FORM_JSON ? NULL : out,
	    form == FORM_JSON ? &w->json : NULL);
}

void
top_rows_end(struct top_rows *w, uint32_t others, prof_i128 self)
{
	struct prof_json *j = &w->json;
	const struct prof_profile *p = w->t->rows->p;

	if (w->r.form == PROF_FORM_JSON) {
		prof_json_end(j);
		prof_json_key(j, "others");
		prof_json_row(j, '{');
		prof_json_key(j, "rows");
		prof_json_int(j, others);
		prof_json_key(j, "self");
		prof_json_i128(j, top_in_base(w->t, self));
		prof_json_end(j);
		prof_info_notes(j, p, w->t->failed, w->t->nfailed);
		prof_json_key(j, "estimated");
		prof_json_bool(j, p->meta.estimated && !w->t->flat->edges);
		prof_json_end(j);
		prof_json_finish(j);
	}
	prof_records_release(&w->r);
}

void
top_rows_value(struct top_rows *w, prof_i128 v)
{
	prof_records_int(&w->r, top_in_base(w->t, v));
}

void
top_rows_maybe(struct top_rows *w, bool known, prof_i128 v)
{
	if (known)
		prof_records_int(&w->r, v);
	else
		prof_records_none(&w->r);
}

void
top_rows_share(struct top_rows *w, prof_i128 v)
{
	if (w->t->flat->whole != 0)
		prof_records_fixed(&w->r, prof_num_ppm(v,
		    w->t->flat->whole), 4);
	else
		prof_records_none(&w->r);
}
