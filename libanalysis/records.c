/* SPDX-License-Identifier: MIT */
#include "libanalysis/records.h"

#include <string.h>

#include "libanalysis/name.h"
#include "libanalysis/nomem.h"

static bool
is_json(const struct prof_records *r)
{
	return r->form == PROF_FORM_JSON || r->form == PROF_FORM_JSONL;
}

static bool
is_written(const struct prof_records *r, size_t field)
{
	return is_json(r) || !r->field[field].json_only;
}

static void
separate(struct prof_records *r, bool first)
{
	if (r->form == PROF_FORM_MARKDOWN)
		prof_buf_adds(&r->line, first ? "| " : " | ");
	else if (!first)
		prof_buf_addc(&r->line, r->form == PROF_FORM_TSV ? '\t' :
		    ',');
}

static void
end_line(struct prof_records *r)
{
	prof_buf_adds(&r->line, r->form == PROF_FORM_MARKDOWN ? " |\n" :
	    "\n");
	prof_out_add(r->out, r->line.data, r->line.len);
	prof_buf_clear(&r->line);
}

static void
write_header(struct prof_records *r)
{
	bool first = true;
	size_t i;

	for (i = 0; i < r->nfields; i++) {
		if (!is_written(r, i))
			continue;
		separate(r, first);
		prof_buf_adds(&r->line, r->field[i].name);
		first = false;
	}
	end_line(r);
	if (r->form != PROF_FORM_MARKDOWN)
		return;
	for (i = 0; i < r->nfields; i++)
		if (is_written(r, i))
			prof_buf_adds(&r->line, r->field[i].number ? "|---:" :
			    "|:---");
	prof_buf_adds(&r->line, "|\n");
	prof_out_add(r->out, r->line.data, r->line.len);
	prof_buf_clear(&r->line);
}

void
prof_records_init(struct prof_records *r, enum prof_form form,
    const struct prof_field *field, size_t nfields, struct prof_out *out,
    struct prof_json *json)
{
	memset(r, 0, sizeof *r);
	r->form = form;
	r->field = field;
	r->nfields = nfields;
	r->out = out;
	r->json = json;
	if (!is_json(r))
		write_header(r);
}

void
prof_records_release(struct prof_records *r)
{
	PROF_ASSERT(r->at == 0);
	prof_buf_release(&r->line);
	memset(r, 0, sizeof *r);
}

/* Before a value: true if it is to be written into the line. */
static bool
begin_field(struct prof_records *r)
{
	size_t i = r->at;
	bool first = true;

	PROF_ASSERT(i < r->nfields);
	if (!is_json(r)) {
		while (first && i > 0)
			first = !is_written(r, --i);
		if (is_written(r, r->at))
			separate(r, first);
		return is_written(r, r->at);
	}
	if (i == 0 && r->form == PROF_FORM_JSONL) {
		prof_json_init(&r->own, r->out);
		r->json = &r->own;
	}
	if (i == 0)
		prof_json_row(r->json, '{');
	prof_json_key(r->json, r->field[i].name);
	return false;
}

static void
end_field(struct prof_records *r)
{
	if (++r->at < r->nfields)
		return;
	r->at = 0;
	if (!is_json(r)) {
		end_line(r);
		return;
	}
	prof_json_end(r->json);
	if (r->form == PROF_FORM_JSONL)
		prof_json_finish(r->json);
}

void
prof_records_int(struct prof_records *r, prof_i128 v)
{
	if (begin_field(r))
		prof_num_int(&r->line, v);
	else if (is_json(r))
		prof_json_i128(r->json, v);
	end_field(r);
}

void
prof_records_text(struct prof_records *r, const char *s, size_t len)
{
	if (!begin_field(r)) {
		if (is_json(r))
			prof_json_str(r->json, s, len);
	} else if (r->form == PROF_FORM_TSV) {
		prof_name_tsv(&r->line, s, len);
	} else if (r->form == PROF_FORM_CSV) {
		prof_name_csv(&r->line, s, len);
	} else if (len > 0) {
		prof_name_markdown(&r->line, s, len);
	}
	end_field(r);
}

void
prof_records_strs(struct prof_records *r, const char *s)
{
	prof_records_text(r, s, strlen(s));
}

void
prof_records_fixed(struct prof_records *r, prof_i128 v, unsigned decimals)
{
	prof_i128 den = 1;
	unsigned i;

	for (i = 0; i < decimals; i++)
		den *= 10;
	if (begin_field(r))
		prof_num_print(&r->line, v, 1, den, decimals);
	else if (is_json(r))
		prof_json_fixed(r->json, v, decimals);
	end_field(r);
}

void
prof_records_bool(struct prof_records *r, bool v)
{
	if (begin_field(r))
		prof_buf_addc(&r->line, v ? '1' : '0');
	else if (is_json(r))
		prof_json_bool(r->json, v);
	end_field(r);
}

void
prof_records_none(struct prof_records *r)
{
	if (!begin_field(r) && is_json(r))
		prof_json_null(r->json);
	end_field(r);
}

struct prof_json *
prof_records_json(struct prof_records *r)
{
	PROF_ASSERT(r->field[r->at].json_only);
	begin_field(r);
	return is_json(r) ? r->json : NULL;
}

void
prof_records_json_end(struct prof_records *r)
{
	end_field(r);
}
