/* SPDX-License-Identifier: MIT */
#include "formats/pprof_read.h"

#include "formats/profile.pb-c.h"
#include "libanalysis/nomem.h"

int
prof_pprof_index(struct prof_pprof *r, int64_t v, const char *name,
    prof_str *index, struct prof_err *err)
{
	if (v < 0 || v >= UINT32_MAX)
		return prof_fail(err, PROF_EFORMAT,
		    "%s: string %lld cannot be in the table", name,
		    (long long)v);
	*index = (prof_str)v;
	if (*index > r->max_index)
		r->max_index = *index;
	return PROF_OK;
}

int
prof_pprof_mapping(struct prof_pprof *r,
    const struct prof_wire_field *f, struct prof_err *err)
{
	Pprof__Mapping m = PPROF__MAPPING__INIT;
	struct prof_mapping row = { 0 };
	int rc = prof_wire_message(&m.base, f->body, NULL, NULL, err);

	if (rc == PROF_OK)
		rc = prof_pprof_ids_add(&r->mapping, m.id, r->at, err);
	if (rc == PROF_OK)
		rc = prof_pprof_index(r, m.filename, ".filename", &row.file,
		    err);
	if (rc == PROF_OK)
		rc = prof_pprof_index(r, m.build_id, ".build_id",
		    &row.build_id, err);
	if (rc != PROF_OK)
		return rc;
	row.start = m.memory_start;
	row.limit = m.memory_limit;
	row.offset = m.file_offset;
	row.flags = (m.has_functions ? PROF_MOD_FUNCTIONS : 0) |
	    (m.has_filenames ? PROF_MOD_FILENAMES : 0) |
	    (m.has_line_numbers ? PROF_MOD_LINES : 0) |
	    (m.has_inline_frames ? PROF_MOD_INLINES : 0);
	prof_profile_add_mod(r->p, row);
	return PROF_OK;
}

int
prof_pprof_function(struct prof_pprof *r,
    const struct prof_wire_field *f, struct prof_err *err)
{
	Pprof__Function fn = PPROF__FUNCTION__INIT;
	struct prof_function row = { 0 };
	int rc = prof_wire_message(&fn.base, f->body, NULL, NULL, err);

	if (rc == PROF_OK)
		rc = prof_pprof_ids_add(&r->function, fn.id, r->at, err);
	if (rc == PROF_OK)
		rc = prof_pprof_index(r, fn.name, ".name", &row.name, err);
	if (rc == PROF_OK)
		rc = prof_pprof_index(r, fn.system_name, ".system_name",
		    &row.system, err);
	if (rc == PROF_OK)
		rc = prof_pprof_index(r, fn.filename, ".filename", &row.file,
		    err);
	if (rc != PROF_OK)
		return rc;
	row.start = fn.start_line;
	prof_profile_add_fn(r->p, row);
	return PROF_OK;
}

static int
take_line(void *ctx, struct prof_wire w, struct prof_err *err)
{
	struct prof_pprof *r = ctx;
	Pprof__Line l = PPROF__LINE__INIT;
	struct prof_line *row;
	int rc = prof_wire_message(&l.base, w, NULL, NULL, err);

	if (rc == PROF_OK && l.function_id == 0)
		rc = prof_fail(err, PROF_EFORMAT,
		    ".function_id: 0 is no function");
	if (rc != PROF_OK) {
		prof_wire_place(err, ".line[%zu]", r->nline);
		return rc;
	}
	PROF_RESERVE(r->line, r->line_cap, r->nline + 1);
	row = &r->line[r->nline++];
	row->fn = prof_pprof_ids_key(&r->function, l.function_id);
	row->line = l.line;
	row->column = l.column;
	return PROF_OK;
}

int
prof_pprof_location(struct prof_pprof *r,
    const struct prof_wire_field *f, struct prof_err *err)
{
	Pprof__Location l = PPROF__LOCATION__INIT;
	struct prof_location row = { 0 };
	int rc;

	r->nline = 0;
	rc = prof_wire_message(&l.base, f->body, take_line, r, err);
	if (rc == PROF_OK)
		rc = prof_pprof_ids_add(&r->location, l.id, r->at, err);
	if (rc != PROF_OK)
		return rc;
	row.address = l.address;
	row.mapping = prof_pprof_ids_key(&r->mapping, l.mapping_id);
	row.flags = l.is_folded ? PROF_LOC_FOLDED : 0;
	prof_profile_add_loc(r->p, row, r->line, r->nline);
	return PROF_OK;
}
