/* SPDX-License-Identifier: MIT */
#include "formats/format.h"

#include <stdlib.h>

#include "libanalysis/json.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"

/*
 * The whole model as one document, schema "profkit/profile/1".  The tables
 * are arrays and refer to each other by index, from 0; a reference to
 * nothing, and a field that is not known, is left out (only a sample always
 * has "stack", null when it has no frames).  S stands for an index into
 * strings.  Integers have up to 64 bits, more than a double keeps; bytes
 * that are not UTF-8 become \xNN text.
 *
 *   schema        "profkit/profile/1"
 *   sample_types  {type, unit, total}, text; value * num / den is in unit
 *                 where num and den are given
 *   strings       text; strings[0] is ""
 *   functions     {name: S, system: S, file: S, start_line}
 *   mappings      {start, limit, offset: as "0x..." text, file: S,
 *                 build_id: S, has: [functions filenames lines inlines]}
 *   locations     {mapping, address: "0x...", kind, folded, inlined,
 *                 lines: [{function, line, column}], innermost first}
 *   stacks        [location, ...], leaf first
 *   samples       {stack, values: one for each type, time: ns,
 *                 labels: [{key: S, str: S} or {key: S, num, unit: S}]}
 *   edges         {types: [{type, unit, role: calls|primitive|self|total,
 *                 exact, error: largest rounding error, num, den}],
 *                 rows: [{caller, callee, line, values}]}; a row without
 *                 caller is about callee itself
 *   metadata      {format, dialect, time_ns, duration_ns,
 *                 period: {type, unit, value}, default_type, doc_url,
 *                 drop_frames, keep_frames, inputs, failed,
 *                 estimated: stacks are made from edges, differ: [name],
 *                 comments: [text],
 *                 notes: [{text, count, skipped, where: [number]}]}
 */

static void
put_str(struct prof_json *j, const struct prof_profile *p, const char *key,
    prof_str s)
{
	if (s == 0)
		return;
	prof_json_key(j, key);
	prof_json_str(j, prof_profile_str(p, s), prof_strs_len(&p->strs, s));
}

static void
put_int(struct prof_json *j, const char *key, int64_t v)
{
	if (v == 0)
		return;
	prof_json_key(j, key);
	prof_json_int(j, v);
}

/* A reference to row id, whose index is one less; none for 0. */
static void
put_ref(struct prof_json *j, const char *key, uint32_t id)
{
	if (id == 0)
		return;
	prof_json_key(j, key);
	prof_json_int(j, (int64_t)id - 1);
}

static void
put_hex(struct prof_json *j, const char *key, uint64_t v)
{
	struct prof_buf b = { 0 };

	if (v == 0)
		return;
	prof_buf_addf(&b, "0x%llx", (unsigned long long)v);
	prof_json_key(j, key);
	prof_json_str(j, b.data, b.len);
	prof_buf_release(&b);
}

static void
put_true(struct prof_json *j, const char *key, bool v)
{
	if (!v)
		return;
	prof_json_key(j, key);
	prof_json_bool(j, true);
}

static void
begin_table(struct prof_json *j, const char *key)
{
	prof_json_key(j, key);
	prof_json_begin(j, '[');
}

/* Names of the bits that are set, or nothing when none is. */
static void
put_bits(struct prof_json *j, const char *key, uint32_t bits,
    const char *const *names)
{
	unsigned i;

	if (bits == 0)
		return;
	prof_json_key(j, key);
	prof_json_row(j, '[');
	for (i = 0; names[i] != NULL; i++)
		if ((bits >> i & 1) != 0)
			prof_json_strs(j, names[i]);
	prof_json_end(j);
}

static void
put_type(struct prof_json *j, const struct prof_profile *p,
    const struct prof_type *t)
{
	prof_json_key(j, "type");
	prof_json_str(j, prof_profile_str(p, t->type),
	    prof_strs_len(&p->strs, t->type));
	prof_json_key(j, "unit");
	prof_json_str(j, prof_profile_str(p, t->unit),
	    prof_strs_len(&p->strs, t->unit));
	if (t->num != 1 || t->den != 1) {
		prof_json_key(j, "num");
		prof_json_int(j, t->num);
		prof_json_key(j, "den");
		prof_json_int(j, t->den);
	}
}

static void
put_types(struct prof_json *j, const struct prof_profile *p)
{
	prof_i128 total;
	unsigned c;
	uint32_t i;

	begin_table(j, "sample_types");
	for (c = 0; c < p->ntypes; c++) {
		total = 0;
		for (i = 0; i < p->nsamples; i++)
			total += p->value[c][i];
		prof_json_row(j, '{');
		put_type(j, p, &p->type[c]);
		prof_json_key(j, "total");
		prof_json_i128(j, total);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
put_strings(struct prof_json *j, const struct prof_profile *p)
{
	size_t i;

	begin_table(j, "strings");
	for (i = 0; i <= p->strs.n; i++)
		prof_json_str(j, prof_profile_str(p, (prof_str)i),
		    prof_strs_len(&p->strs, (prof_str)i));
	prof_json_end(j);
}

static void
put_functions(struct prof_json *j, const struct prof_profile *p)
{
	uint32_t i;

	begin_table(j, "functions");
	for (i = 0; i < p->nfn; i++) {
		prof_json_row(j, '{');
		prof_json_key(j, "name");
		prof_json_int(j, p->fn[i].name);
		put_int(j, "system", p->fn[i].system);
		put_int(j, "file", p->fn[i].file);
		put_int(j, "start_line", p->fn[i].start);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
put_mappings(struct prof_json *j, const struct prof_profile *p)
{
	static const char *const has[] = { "functions", "filenames",
	    "lines", "inlines", NULL };
	const struct prof_mapping *m;
	uint32_t i;

	begin_table(j, "mappings");
	for (i = 0; i < p->nmod; i++) {
		m = &p->mod[i];
		prof_json_row(j, '{');
		put_hex(j, "start", m->start);
		put_hex(j, "limit", m->limit);
		put_hex(j, "offset", m->offset);
		put_int(j, "file", m->file);
		put_int(j, "build_id", m->build_id);
		put_bits(j, "has", m->flags, has);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
put_lines(struct prof_json *j, const struct prof_profile *p,
    const struct prof_location *l)
{
	const struct prof_line *line = p->line + l->first_line;
	uint32_t i;

	if (l->nlines == 0)
		return;
	prof_json_key(j, "lines");
	prof_json_begin(j, '[');
	for (i = 0; i < l->nlines; i++) {
		prof_json_begin(j, '{');
		put_ref(j, "function", line[i].fn);
		put_int(j, "line", line[i].line);
		put_int(j, "column", line[i].column);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
put_locations(struct prof_json *j, const struct prof_profile *p)
{
	static const char *const kinds[] = { "", "user", "kernel", "jit",
	    "vdso", "interpreted", "builtin" };
	const struct prof_location *l;
	uint32_t i;

	begin_table(j, "locations");
	for (i = 0; i < p->nloc; i++) {
		l = &p->loc[i];
		prof_json_row(j, '{');
		put_ref(j, "mapping", l->mapping);
		put_hex(j, "address", l->address);
		if (l->kind != PROF_KIND_NONE) {
			prof_json_key(j, "kind");
			prof_json_strs(j, kinds[l->kind]);
		}
		put_true(j, "folded", (l->flags & PROF_LOC_FOLDED) != 0);
		put_true(j, "inlined", (l->flags & PROF_LOC_INLINED) != 0);
		put_lines(j, p, l);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
put_stacks(struct prof_json *j, const struct prof_profile *p)
{
	const prof_loc *loc;
	uint32_t id;
	size_t i, n;

	begin_table(j, "stacks");
	for (id = 1; id <= p->stacks.n; id++) {
		loc = prof_profile_stack(p, id, &n);
		prof_json_row(j, '[');
		for (i = 0; i < n; i++)
			prof_json_int(j, (int64_t)loc[i] - 1);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
put_labels(struct prof_json *j, const struct prof_profile *p, prof_set set)
{
	const struct prof_label *l;
	size_t i, n;

	l = prof_profile_set(p, set, &n);
	if (n == 0)
		return;
	prof_json_key(j, "labels");
	prof_json_begin(j, '[');
	for (i = 0; i < n; i++) {
		prof_json_begin(j, '{');
		prof_json_key(j, "key");
		prof_json_int(j, l[i].key);
		prof_json_key(j, l[i].str != 0 ? "str" : "num");
		prof_json_int(j, l[i].str != 0 ? l[i].str : l[i].num);
		put_int(j, "unit", l[i].unit);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
put_values(struct prof_json *j, int64_t *const *value, unsigned n,
    uint32_t row)
{
	unsigned c;

	prof_json_key(j, "values");
	prof_json_begin(j, '[');
	for (c = 0; c < n; c++)
		prof_json_int(j, value[c][row]);
	prof_json_end(j);
}

static void
put_samples(struct prof_json *j, const struct prof_profile *p)
{
	uint32_t i;

	begin_table(j, "samples");
	for (i = 0; i < p->nsamples; i++) {
		prof_json_row(j, '{');
		prof_json_key(j, "stack");
		if (p->stack[i] != 0)
			prof_json_int(j, (int64_t)p->stack[i] - 1);
		else
			prof_json_null(j);
		put_values(j, p->value, p->ntypes, i);
		if (p->time != NULL) {
			prof_json_key(j, "time");
			prof_json_int(j, p->time[i]);
		}
		put_labels(j, p, p->set[i]);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
put_edges(struct prof_json *j, const struct prof_profile *p)
{
	const struct prof_edges *e = &p->edges;
	unsigned c;
	uint32_t i;

	prof_json_key(j, "edges");
	prof_json_begin(j, '{');
	begin_table(j, "types");
	for (c = 0; c < e->ntypes; c++) {
		prof_json_row(j, '{');
		put_type(j, p, &e->type[c]);
		prof_json_key(j, "role");
		prof_json_strs(j, prof_edge_role_name(e->role[c]));
		put_int(j, "error", e->error[c]);
		prof_json_key(j, "exact");
		prof_json_bool(j, e->exact[c]);
		prof_json_end(j);
	}
	prof_json_end(j);
	begin_table(j, "rows");
	for (i = 0; i < e->n; i++) {
		prof_json_row(j, '{');
		put_ref(j, "caller", e->caller[i]);
		put_ref(j, "callee", e->callee[i]);
		put_int(j, "line", e->line[i]);
		put_values(j, e->value, e->ntypes, i);
		prof_json_end(j);
	}
	prof_json_end(j);
	prof_json_end(j);
}

static void
put_notes(struct prof_json *j, const struct prof_profile *p)
{
	const struct prof_note *note;
	uint32_t i;
	unsigned k;

	begin_table(j, "notes");
	for (i = 0; i < p->nnotes; i++) {
		note = &p->note[i];
		prof_json_row(j, '{');
		put_str(j, p, "text", note->text);
		prof_json_key(j, "count");
		prof_json_i128(j, (prof_i128)note->count);
		prof_json_key(j, "skipped");
		prof_json_bool(j, note->skipped);
		prof_json_key(j, "where");
		prof_json_begin(j, '[');
		for (k = 0; k < PROF_NOTE_PLACES; k++)
			if (note->where[k] != 0)
				prof_json_i128(j, (prof_i128)note->where[k]);
		prof_json_end(j);
		prof_json_end(j);
	}
	prof_json_end(j);
}

static void
put_period(struct prof_json *j, const struct prof_profile *p)
{
	const struct prof_meta *m = &p->meta;

	if (m->period == 0 && m->period_type == 0 && m->period_unit == 0)
		return;
	prof_json_key(j, "period");
	prof_json_row(j, '{');
	put_str(j, p, "type", m->period_type);
	put_str(j, p, "unit", m->period_unit);
	prof_json_key(j, "value");
	prof_json_int(j, m->period);
	prof_json_end(j);
}

static void
put_metadata(struct prof_json *j, const struct prof_profile *p)
{
	static const char *const differ[] = { "doc_url", "default_type",
	    "drop_frames", "keep_frames", "period", "period_type", "format",
	    "types", "dialect", "edges", NULL };
	const struct prof_meta *m = &p->meta;
	uint32_t i;

	prof_json_key(j, "metadata");
	prof_json_begin(j, '{');
	put_str(j, p, "format", m->format);
	put_str(j, p, "dialect", m->dialect);
	put_int(j, "time_ns", m->time_ns);
	put_int(j, "duration_ns", m->duration_ns);
	put_period(j, p);
	put_str(j, p, "default_type", m->default_type);
	put_str(j, p, "doc_url", m->doc_url);
	put_str(j, p, "drop_frames", m->drop_frames);
	put_str(j, p, "keep_frames", m->keep_frames);
	prof_json_key(j, "inputs");
	prof_json_i128(j, m->inputs != 0 ? (prof_i128)m->inputs : 1);
	prof_json_key(j, "failed");
	prof_json_i128(j, (prof_i128)m->failed);
	if (m->estimated) {
		prof_json_key(j, "estimated");
		prof_json_bool(j, true);
	}
	put_bits(j, "differ", m->differ, differ);
	begin_table(j, "comments");
	for (i = 0; i < p->ncomments; i++)
		prof_json_str(j, prof_profile_str(p, p->comment[i]),
		    prof_strs_len(&p->strs, p->comment[i]));
	prof_json_end(j);
	put_notes(j, p);
	prof_json_end(j);
}

static int
json_write(const struct prof_profile *p, const struct prof_write_opts *opts,
    struct prof_out *out, struct prof_err *err)
{
	struct prof_json j;

	(void)opts;
	(void)err;
	prof_json_init(&j, out);
	prof_json_begin(&j, '{');
	prof_json_key(&j, "schema");
	prof_json_strs(&j, "profkit/profile/1");
	put_types(&j, p);
	put_strings(&j, p);
	put_functions(&j, p);
	put_mappings(&j, p);
	put_locations(&j, p);
	put_stacks(&j, p);
	put_samples(&j, p);
	put_edges(&j, p);
	put_metadata(&j, p);
	prof_json_end(&j);
	prof_json_finish(&j);
	return PROF_OK;
}

const struct prof_writer prof_json_writer = {
	.name = "json",
	.extensions = "json",
	.summary = "the whole profile as JSON, schema profkit/profile/1",
	.write = json_write
};
