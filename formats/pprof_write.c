/* SPDX-License-Identifier: MIT */
#include "formats/pprof_write.h"

#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/pprof.h"
#include "formats/profile.pb-c.h"
#include "formats/wire.h"
#include "libanalysis/nomem.h"

/* Room for the tag and length of a field of bytes. */
#define HEADER_MAX ((size_t)2 * PROF_VARINT_MAX)
#define LABEL_MAX (2 + 4 * (1 + (size_t)PROF_VARINT_MAX))
#define VALUES_MAX (3 + PROF_COLS_MAX * (1 + (size_t)PROF_VARINT_MAX))

static unsigned char
tag(unsigned number, unsigned type)
{
	return (unsigned char)(number << 3 | type);
}

uint32_t
prof_pprof_write_index(struct prof_pprof_writer *w, prof_str s)
{
	if (s != 0 && w->index[s] == 0) {
		w->string[w->nstrings++] = s;
		w->index[s] = w->nstrings;
	}
	return w->index[s];
}

/* Write a field of bytes; the digest covers what an edit would change. */
static void
put_bytes(struct prof_pprof_writer *w, uint32_t number, const void *body,
    size_t len)
{
	unsigned char header[HEADER_MAX], *end;

	end = prof_wire_put(header, (uint64_t)number << 3 | PROF_WIRE_BYTES);
	end = prof_wire_put(end, len);
	prof_out_add(w->out, header, (size_t)(end - header));
	prof_out_add(w->out, body, len);
	if (w->extra && number <= 5)
		w->digest = prof_pprof_digest(w->digest, number, body, len);
}

void
prof_pprof_write_message(struct prof_pprof_writer *w, uint32_t number,
    const ProtobufCMessage *m)
{
	size_t len = protobuf_c_message_get_packed_size(m);

	PROF_RESERVE(w->body, w->cap, len);
	if (len > 0)
		protobuf_c_message_pack(m, w->body);
	put_bytes(w, number, w->body, len);
}

/* A number; 0 is the default, so it is not written. */
static void
put_number(struct prof_pprof_writer *w, unsigned number, uint64_t v)
{
	unsigned char field[HEADER_MAX], *end;

	if (v == 0)
		return;
	end = prof_wire_put(field, tag(number, PROF_WIRE_VARINT));
	end = prof_wire_put(end, v);
	prof_out_add(w->out, field, (size_t)(end - field));
}

static void
put_types(struct prof_pprof_writer *w)
{
	Pprof__ValueType t = PPROF__VALUE_TYPE__INIT;
	unsigned c;

	for (c = 0; c < w->p->ntypes; c++) {
		t.type = prof_pprof_write_index(w, w->p->type[c].type);
		t.unit = prof_pprof_write_index(w, w->p->type[c].unit);
		prof_pprof_write_message(w, 1, &t.base);
	}
}

/* Strings get their places in the order in which Go's encoder meets them. */
static void
index_labels(struct prof_pprof_writer *w)
{
	const struct prof_profile *p = w->p;
	bool *seen = prof_zalloc((size_t)p->sets.n + 1, sizeof *seen);
	const struct prof_label *l;
	uint32_t row;
	size_t n;

	for (row = 0; row < p->nsamples; row++) {
		if (seen[p->set[row]])
			continue;
		seen[p->set[row]] = true;
		l = prof_profile_set(p, p->set[row], &n);
		for (; n > 0; n--, l++) {
			prof_pprof_write_index(w, l->key);
			prof_pprof_write_index(w, l->str != 0 ? l->str :
			    l->unit);
			if (l->str == 0 && l->num == 0 && l->unit == 0)
				w->flags |= PROF_PPROF_ZEROS;
		}
	}
	free(seen);
}

static void
index_rest(struct prof_pprof_writer *w)
{
	const struct prof_profile *p = w->p;
	const struct prof_meta *m = &p->meta;
	uint32_t i;

	for (i = 0; i < p->nmod; i++) {
		prof_pprof_write_index(w, p->mod[i].file);
		prof_pprof_write_index(w, p->mod[i].build_id);
	}
	for (i = 0; i < p->nfn; i++) {
		prof_pprof_write_index(w, p->fn[i].name);
		prof_pprof_write_index(w, p->fn[i].system);
		prof_pprof_write_index(w, p->fn[i].file);
	}
	prof_pprof_write_index(w, m->drop_frames);
	prof_pprof_write_index(w, m->keep_frames);
	prof_pprof_write_index(w, m->period_type);
	prof_pprof_write_index(w, m->period_unit);
	for (i = 0; i < p->ncomments; i++)
		prof_pprof_write_index(w, p->comment[i]);
	prof_pprof_write_index(w, m->default_type);
	prof_pprof_write_index(w, m->doc_url);
}

/* The ids of a stack, packed only where that is shorter, as Go does. */
static unsigned char *
put_ids(unsigned char *p, const prof_loc *frame, size_t n, size_t len)
{
	size_t i;

	if (n > 2) {
		*p++ = tag(1, PROF_WIRE_BYTES);
		p = prof_wire_put(p, len);
		for (i = 0; i < n; i++)
			p = prof_wire_put(p, frame[i]);
		return p;
	}
	for (i = 0; i < n; i++) {
		*p++ = tag(1, PROF_WIRE_VARINT);
		p = prof_wire_put(p, frame[i]);
	}
	return p;
}

static unsigned char *
put_values(const struct prof_pprof_writer *w, unsigned char *p, uint32_t row)
{
	uint64_t v[PROF_COLS_MAX];
	unsigned c, n = w->p->ntypes, len = 0;

	for (c = 0; c < n; c++) {
		v[c] = (uint64_t)(w->scaled[c] != NULL ? w->scaled[c][row] :
		    w->p->value[c][row]);
		len += prof_wire_size(v[c]);
	}
	if (n > 2) {
		*p++ = tag(2, PROF_WIRE_BYTES);
		p = prof_wire_put(p, len);
	}
	for (c = 0; c < n; c++) {
		if (n <= 2)
			*p++ = tag(2, PROF_WIRE_VARINT);
		p = prof_wire_put(p, v[c]);
	}
	return p;
}

static unsigned char *
put_label_number(unsigned char *p, unsigned number, uint64_t v)
{
	if (v == 0)
		return p;
	*p++ = tag(number, PROF_WIRE_VARINT);
	return prof_wire_put(p, v);
}

static unsigned char *
put_labels(const struct prof_pprof_writer *w, unsigned char *p,
    const struct prof_label *l, size_t n)
{
	unsigned char *len;

	for (; n > 0; n--, l++) {
		*p++ = tag(3, PROF_WIRE_BYTES);
		len = p++;
		p = put_label_number(p, 1, w->index[l->key]);
		p = put_label_number(p, 2, w->index[l->str]);
		if (l->str == 0) {
			p = put_label_number(p, 3, (uint64_t)l->num);
			p = put_label_number(p, 4, w->index[l->unit]);
		}
		*len = (unsigned char)(p - len - 1);
	}
	return p;
}

static void
put_sample(struct prof_pprof_writer *w, uint32_t row)
{
	const struct prof_profile *p = w->p;
	const struct prof_label *label;
	const prof_loc *frame;
	size_t nframe, nlabel, i, len = 0;
	unsigned char *end;

	frame = prof_profile_stack(p, p->stack[row], &nframe);
	label = prof_profile_set(p, p->set[row], &nlabel);
	for (i = 0; i < nframe; i++)
		len += prof_wire_size(frame[i]);
	PROF_RESERVE(w->body, w->cap, HEADER_MAX + len + VALUES_MAX +
	    nlabel * LABEL_MAX);
	end = put_ids(w->body, frame, nframe, len);
	end = put_values(w, end, row);
	end = put_labels(w, end, label, nlabel);
	put_bytes(w, 2, w->body, (size_t)(end - w->body));
}

static void
put_mappings(struct prof_pprof_writer *w)
{
	const struct prof_mapping *row = w->p->mod;
	Pprof__Mapping m = PPROF__MAPPING__INIT;

	for (m.id = 1; m.id <= w->p->nmod; m.id++, row++) {
		m.memory_start = row->start;
		m.memory_limit = row->limit;
		m.file_offset = row->offset;
		m.filename = w->index[row->file];
		m.build_id = w->index[row->build_id];
		m.has_functions = (row->flags & PROF_MOD_FUNCTIONS) != 0;
		m.has_filenames = (row->flags & PROF_MOD_FILENAMES) != 0;
		m.has_line_numbers = (row->flags & PROF_MOD_LINES) != 0;
		m.has_inline_frames = (row->flags & PROF_MOD_INLINES) != 0;
		prof_pprof_write_message(w, 3, &m.base);
	}
}

struct line_run {
	Pprof__Line *line, **ptr;
	size_t cap, ptr_cap;
};

static void
fill_lines(struct line_run *run, const struct prof_profile *p,
    const struct prof_location *l)
{
	const struct prof_line *line;
	size_t i, n = l->nlines;

	PROF_RESERVE(run->line, run->cap, n);
	PROF_RESERVE(run->ptr, run->ptr_cap, n);
	for (i = 0; i < n; i++) {
		pprof__line__init(&run->line[i]);
		line = &p->line[l->first_line + i];
		run->line[i].function_id = line->fn;
		run->line[i].line = line->line;
		run->line[i].column = line->column;
		run->ptr[i] = &run->line[i];
	}
}

static void
put_locations(struct prof_pprof_writer *w)
{
	const struct prof_location *row = w->p->loc;
	Pprof__Location l = PPROF__LOCATION__INIT;
	struct line_run run = { 0 };

	for (l.id = 1; l.id <= w->p->nloc; l.id++, row++) {
		fill_lines(&run, w->p, row);
		l.mapping_id = row->mapping;
		l.address = row->address;
		l.n_line = row->nlines;
		l.line = run.ptr;
		l.is_folded = (row->flags & PROF_LOC_FOLDED) != 0;
		prof_pprof_write_message(w, 4, &l.base);
	}
	free(run.line);
	free(run.ptr);
}

static void
put_functions(struct prof_pprof_writer *w)
{
	const struct prof_function *row = w->p->fn;
	Pprof__Function f = PPROF__FUNCTION__INIT;

	for (f.id = 1; f.id <= w->p->nfn; f.id++, row++) {
		f.name = w->index[row->name];
		f.system_name = w->index[row->system];
		f.filename = w->index[row->file];
		f.start_line = row->start;
		prof_pprof_write_message(w, 5, &f.base);
	}
}

static void
put_strings(struct prof_pprof_writer *w)
{
	const struct prof_strs *strs = &w->p->strs;
	uint32_t i;

	put_bytes(w, 6, "", 0);
	for (i = 0; i < w->nstrings; i++)
		put_bytes(w, 6, prof_strs_get(strs, w->string[i]),
		    prof_strs_len(strs, w->string[i]));
}

static void
put_comments(struct prof_pprof_writer *w)
{
	const struct prof_profile *p = w->p;
	unsigned char number[HEADER_MAX], *end;
	size_t len = 0;
	uint32_t i;

	for (i = 0; i < p->ncomments; i++)
		len += prof_wire_size(w->index[p->comment[i]]);
	if (p->ncomments > 2) {
		number[0] = tag(13, PROF_WIRE_BYTES);
		end = prof_wire_put(number + 1, len);
		prof_out_add(w->out, number, (size_t)(end - number));
	}
	for (i = 0; i < p->ncomments; i++) {
		end = number;
		if (p->ncomments <= 2)
			*end++ = tag(13, PROF_WIRE_VARINT);
		end = prof_wire_put(end, w->index[p->comment[i]]);
		prof_out_add(w->out, number, (size_t)(end - number));
	}
}

static void
put_head(struct prof_pprof_writer *w)
{
	const struct prof_meta *m = &w->p->meta;
	Pprof__ValueType t = PPROF__VALUE_TYPE__INIT;
	unsigned char last[HEADER_MAX], *end;

	put_number(w, 7, w->index[m->drop_frames]);
	put_number(w, 8, w->index[m->keep_frames]);
	put_number(w, 9, (uint64_t)m->time_ns);
	put_number(w, 10, (uint64_t)m->duration_ns);
	t.type = w->index[m->period_type];
	t.unit = w->index[m->period_unit];
	if (t.type != 0 || t.unit != 0)
		prof_pprof_write_message(w, 11, &t.base);
	put_number(w, 12, (uint64_t)m->period);
	put_comments(w);
	/* The only number that Go writes when it is 0. */
	last[0] = tag(14, PROF_WIRE_VARINT);
	end = prof_wire_put(last + 1, w->index[m->default_type]);
	prof_out_add(w->out, last, (size_t)(end - last));
	put_number(w, 15, w->index[m->doc_url]);
}

static void
put_profile(struct prof_pprof_writer *w)
{
	uint32_t row;

	prof_pprof_extra_begin(w);
	put_types(w);
	for (row = 0; row < w->p->nsamples; row++)
		put_sample(w, row);
	put_mappings(w);
	put_locations(w);
	put_functions(w);
	put_strings(w);
	put_head(w);
	prof_pprof_extra_end(w);
}

static int
scale_columns(struct prof_pprof_writer *w, struct prof_err *err)
{
	const struct prof_profile *p = w->p;
	int rc = PROF_OK;
	unsigned c;

	for (c = 0; rc == PROF_OK && c < p->ntypes; c++) {
		if (p->type[c].num == 1 && p->type[c].den == 1)
			continue;
		w->scaled[c] = prof_alloc(p->nsamples, sizeof(int64_t));
		rc = prof_pprof_scale(p, c, w->scaled[c], err);
	}
	return rc;
}

static void
index_strings(struct prof_pprof_writer *w)
{
	unsigned c;

	for (c = 0; c < w->p->ntypes; c++) {
		prof_pprof_write_index(w, w->p->type[c].type);
		prof_pprof_write_index(w, w->p->type[c].unit);
	}
	index_labels(w);
	index_rest(w);
}

static int
write_pprof(const struct prof_profile *p, const struct prof_write_opts *opts,
    struct prof_out *out, struct prof_err *err)
{
	struct prof_pprof_writer w = { .p = p, .out = out };
	int rc = scale_columns(&w, err);
	unsigned c;

	if (rc == PROF_OK) {
		w.index = prof_zalloc(p->strs.n + 1, sizeof *w.index);
		w.string = prof_alloc(p->strs.n, sizeof *w.string);
		index_strings(&w);
		prof_pprof_extra_plan(&w);
		if (opts->level >= 0)
			w.out = prof_out_gzip(out, opts->level);
		put_profile(&w);
		if (opts->level >= 0)
			rc = prof_out_finish(w.out, err);
	}
	for (c = 0; c < p->ntypes; c++)
		free(w.scaled[c]);
	free(w.index);
	free(w.string);
	free(w.body);
	return rc;
}

const struct prof_writer prof_pprof_writer = {
	.name = "pprof",
	.extensions = "pb.gz pb pprof",
	.summary = "profile.proto of pprof, in gzip unless told otherwise",
	.binary = true,
	.write = write_pprof
};
