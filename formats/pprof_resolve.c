/* SPDX-License-Identifier: MIT */
#include "formats/pprof_read.h"

#include <stdlib.h>
#include <string.h>

#include "formats/pprof.h"
#include "formats/profile.pb-c.h"
#include "libanalysis/nomem.h"

#define YEAR_2200 INT64_C(7258118400000000000)	/* ns since 1970 */
#define FREE_TRIES 16

static const char *const head_names[PROF_PPROF_HEADS] = {
	"drop_frames", "keep_frames", "period_type.type", "period_type.unit",
	"default_sample_type", "doc_url"
};

prof_str *
prof_pprof_head(struct prof_profile *p, enum prof_pprof_head h)
{
	prof_str *const at[PROF_PPROF_HEADS] = {
		&p->meta.drop_frames, &p->meta.keep_frames,
		&p->meta.period_type, &p->meta.period_unit,
		&p->meta.default_type, &p->meta.doc_url
	};

	return at[h];
}

/* From the index of a string to its id, in place. */
static int
resolve(const struct prof_pprof *r, prof_str *s, struct prof_err *err)
{
	if (*s >= r->nstr)
		return prof_fail(err, PROF_EFORMAT,
		    ": string %lu is not in the table of %zu",
		    (unsigned long)*s, r->nstr);
	*s = r->str[*s];
	return PROF_OK;
}

static int
resolve_heads(struct prof_pprof *r, struct prof_err *err)
{
	int rc = PROF_OK;
	uint32_t i;

	for (i = 0; rc == PROF_OK && i < PROF_PPROF_HEADS; i++) {
		rc = resolve(r, prof_pprof_head(r->p,
		    (enum prof_pprof_head)i), err);
		if (rc != PROF_OK)
			prof_wire_place(err, "offset %llu: %s",
			    (unsigned long long)r->head_at[i], head_names[i]);
	}
	for (i = 0; rc == PROF_OK && i < r->p->ncomments; i++) {
		rc = resolve(r, &r->p->comment[i], err);
		if (rc != PROF_OK)
			prof_wire_place(err, "comment[%u]", i);
	}
	return rc;
}

/* Columns were made by the first sample, or there is none. */
static int
resolve_types(struct prof_pprof *r, struct prof_err *err)
{
	unsigned n = (unsigned)r->count[1], c;
	struct prof_profile *p = r->p;
	int rc = PROF_OK;

	if (r->count[2] == 0)
		while (p->ntypes < n)
			prof_profile_add_type(p, 0, 0);
	if (n == 0 && p->ntypes > 0)
		return prof_fail(err, PROF_EFORMAT,
		    "there are samples but no sample type");
	if (n != p->ntypes)
		return prof_fail(err, PROF_EFORMAT,
		    "sample[0].value: %u values for %u sample types",
		    p->ntypes, n);
	for (c = 0; rc == PROF_OK && c < n; c++) {
		p->type[c].type = r->type[c].type;
		p->type[c].unit = r->type[c].unit;
		rc = resolve(r, &p->type[c].type, err);
		if (rc != PROF_OK)
			prof_wire_place(err, ".type");
		else if ((rc = resolve(r, &p->type[c].unit, err)) != PROF_OK)
			prof_wire_place(err, ".unit");
		if (rc != PROF_OK)
			prof_wire_place(err, "offset %llu: sample_type[%u]",
			    (unsigned long long)r->type_at[c], c);
	}
	return rc;
}

struct named {
	prof_str *index;
	const char *name;
};

/* The strings of one row of a table. */
static int
resolve_row(const struct prof_pprof *r, const struct prof_pprof_ids *ids,
    uint32_t row, const struct named *s, unsigned n, struct prof_err *err)
{
	unsigned i;
	int rc;

	for (i = 0; i < n; i++) {
		rc = resolve(r, s[i].index, err);
		if (rc == PROF_OK)
			continue;
		prof_wire_place(err, "offset %llu: %s[%u].%s",
		    (unsigned long long)ids->at[row], ids->name, row,
		    s[i].name);
		return rc;
	}
	return PROF_OK;
}

static int
resolve_tables(struct prof_pprof *r, struct prof_err *err)
{
	struct prof_mapping *m = r->p->mod;
	struct prof_function *f = r->p->fn;
	int rc = PROF_OK;
	uint32_t i;

	for (i = 0; rc == PROF_OK && i < r->p->nmod; i++, m++)
		rc = resolve_row(r, &r->mapping, i, (struct named[]){
		    { &m->file, "filename" }, { &m->build_id, "build_id" } },
		    2, err);
	for (i = 0; rc == PROF_OK && i < r->p->nfn; i++, f++)
		rc = resolve_row(r, &r->function, i, (struct named[]){
		    { &f->name, "name" }, { &f->system, "system_name" },
		    { &f->file, "filename" } }, 3, err);
	return rc;
}

static int
resolve_lines(struct prof_pprof *r, uint32_t row, struct prof_err *err)
{
	const struct prof_location *l = &r->p->loc[row];
	struct prof_line *line;
	uint32_t i, fn;

	for (i = 0; i < l->nlines; i++) {
		line = &r->p->line[l->first_line + i];
		fn = prof_pprof_ids_find(&r->function, line->fn);
		if (fn == 0)
			return prof_fail(err, PROF_EFORMAT, "offset %llu: "
			    "location[%u].line[%u].function_id: function "
			    "%llu is not in the table",
			    (unsigned long long)r->location.at[row], row, i,
			    (unsigned long long)prof_pprof_ids_get(
			    &r->function, line->fn));
		line->fn = fn;
	}
	return PROF_OK;
}

/* A mapping that is not there is none: many producers write no table. */
static int
resolve_locations(struct prof_pprof *r, struct prof_err *err)
{
	struct prof_location *l = r->p->loc;
	int rc = PROF_OK;
	uint32_t i;

	for (i = 0; rc == PROF_OK && i < r->p->nloc; i++, l++) {
		l->mapping = prof_pprof_ids_find(&r->mapping, l->mapping);
		rc = resolve_lines(r, i, err);
	}
	return rc;
}

/* Number in the file of the sample that began a row. */
static unsigned long long
sample_of(const struct prof_pprof *r, uint32_t row)
{
	uint64_t i, left = row;

	for (i = 0; i < r->count[2]; i++)
		if ((r->fresh[i / 64] >> (i % 64) & 1) != 0 && left-- == 0)
			break;
	return (unsigned long long)i;
}

static int
missing_frame(const struct prof_pprof *r, uint64_t frame,
    struct prof_err *err)
{
	const struct prof_profile *p = r->p;
	prof_stack stack = 1;
	uint32_t row = 0;

	while (p->stacks.end[stack] <= frame)
		stack++;
	while (row + 1 < p->nsamples && p->stack[row] != stack)
		row++;
	return prof_fail(err, PROF_EFORMAT, "sample[%llu].location_id[%llu]: "
	    "location %llu is not in the table", sample_of(r, row),
	    (unsigned long long)(frame - p->stacks.end[stack - 1]),
	    (unsigned long long)prof_pprof_ids_get(&r->location,
	    p->frame[frame]));
}

static uint64_t
frames(const struct prof_profile *p)
{
	return p->stacks.n > 0 ? p->stacks.end[p->stacks.n] : 0;
}

/* Whether the ids of locations are their places in the table, from 1. */
static bool
is_identity(const struct prof_pprof_ids *ids)
{
	uint32_t i;

	for (i = 0; i < ids->n; i++)
		if (ids->key[i] != i + 1)
			return false;
	return true;
}

static int
resolve_frames(struct prof_pprof *r, struct prof_err *err)
{
	const struct prof_pprof_ids *ids = &r->location;
	uint32_t *frame = r->p->frame, loc, n = r->p->nloc;
	uint64_t i, end = frames(r->p);

	if (is_identity(ids)) {
		for (i = 0; i < end; i++)
			if (frame[i] - 1 >= n)
				return missing_frame(r, i, err);
		return PROF_OK;
	}
	for (i = 0; i < end; i++) {
		loc = prof_pprof_ids_find(ids, frame[i]);
		if (loc == 0)
			return missing_frame(r, i, err);
		frame[i] = loc;
	}
	return PROF_OK;
}

/*
 * One label as pprof understands it: text unless its index is 0, else a
 * number unless that is 0 without unit.  Returns 1, 0 for no label, or an
 * error.
 */
static int
resolve_label(struct prof_pprof *r, struct prof_wire w,
    struct prof_label *out, struct prof_err *err)
{
	Pprof__Label l = PPROF__LABEL__INIT;
	bool text;
	struct named s[3] = { { &out->key, ".key" }, { &out->str, ".str" },
	    { &out->unit, ".num_unit" } };
	unsigned i;
	int rc = prof_wire_message(&l.base, w, NULL, NULL, err);

	out->key = (prof_str)l.key;
	out->str = (prof_str)l.str;
	out->unit = (prof_str)l.num_unit;
	text = l.str != 0;
	for (i = 0; rc == PROF_OK && i < 3; i++)
		if ((rc = resolve(r, s[i].index, err)) != PROF_OK)
			prof_wire_place(err, "%s", s[i].name);
	if (rc != PROF_OK)
		return rc;
	out->num = text ? 0 : l.num;
	if (text)
		out->unit = 0;
	return text ? out->str != 0 : l.num != 0 || l.num_unit != 0 ||
	    (r->extra.trusted && (r->extra.flags & PROF_PPROF_ZEROS) != 0);
}

struct label_run {
	struct prof_label *label;
	size_t n, cap;
};

static int
resolve_set(struct prof_pprof *r, prof_set raw, struct label_run *run,
    struct prof_err *err)
{
	const unsigned char *data = (const unsigned char *)
	    prof_strs_get(&r->sets, raw);
	struct prof_wire w = { data, data + prof_strs_len(&r->sets, raw) };
	struct prof_wire_field f;
	unsigned i;
	int rc;

	run->n = 0;
	for (i = 0; (rc = prof_wire_next(&w, &f, err)) > 0; i++) {
		PROF_RESERVE(run->label, run->cap, run->n + 1);
		rc = resolve_label(r, f.body, &run->label[run->n], err);
		if (rc < 0) {
			prof_wire_place(err, ".label[%u]", i);
			return rc;
		}
		run->n += (size_t)rc;
	}
	return rc;
}

static int
fail_set(const struct prof_pprof *r, prof_set raw, int rc,
    struct prof_err *err)
{
	uint32_t row = 0;

	while (row + 1 < r->p->nsamples && r->p->set[row] != raw)
		row++;
	prof_wire_place(err, "sample[%llu]", sample_of(r, row));
	return rc;
}

static int
resolve_sets(struct prof_pprof *r, struct prof_err *err)
{
	struct label_run run = { 0 };
	prof_set *set = prof_alloc(r->sets.n + 1, sizeof *set), raw;
	int rc = PROF_OK;
	uint32_t i;

	set[0] = 0;
	for (raw = 1; rc == PROF_OK && raw <= r->sets.n; raw++) {
		rc = resolve_set(r, raw, &run, err);
		if (rc != PROF_OK)
			rc = fail_set(r, raw, rc, err);
		else
			set[raw] = prof_builder_set(&r->b, run.label, run.n);
	}
	for (i = 0; rc == PROF_OK && i < r->p->nsamples; i++)
		r->p->set[i] = set[r->p->set[i]];
	free(set);
	free(run.label);
	return rc;
}

static bool
has_base_label(const struct prof_profile *p)
{
	static const char base[] = "pprof::base";
	prof_str key = prof_strs_find(&p->strs, base, sizeof base - 1);
	uint64_t i, end = p->sets.n > 0 ? p->sets.end[p->sets.n] : 0;

	for (i = 0; i < end; i++)
		if (p->label[i].key == key)
			return true;
	return false;
}

/*
 * A note that came with the profile counts what this reader counts again.
 * where: places of the first ones; NULL: none.
 */
static void
note(struct prof_profile *p, const char *text, uint64_t count,
    const uint64_t *where)
{
	prof_str id = prof_strs_adds(&p->strs, text);
	uint64_t i;

	for (i = 0; i < p->nnotes; i++)
		if (p->note[i].text == id)
			return;
	for (i = 0; i < count && i < PROF_NOTE_PLACES; i++)
		prof_profile_note(p, text, where != NULL ? where[i] : 0,
		    false);
	p->note[p->nnotes - 1].count = count;
}

/*
 * Odd, but no reason to refuse the profile.  What we have written ourselves
 * came with its notes, and may come from a format where it is not odd.
 */
static void
note_oddities(const struct prof_pprof *r)
{
	struct prof_profile *p = r->p;
	const struct prof_meta *m = &p->meta;

	if (r->extra.trusted)
		return;
	if (r->nnegative > 0 && !has_base_label(p))
		note(p, "negative values in a profile that is no difference",
		    r->nnegative, r->negative_at);
	if (m->time_ns < 0 || m->time_ns >= YEAR_2200)
		note(p, "the time of the recording is before 1970 or after "
		    "2199", 1, NULL);
	if (m->duration_ns < 0)
		note(p, "the duration is negative", 1, NULL);
	if (m->default_type != 0 && prof_profile_column(p,
	    prof_profile_str(p, m->default_type)) < 0)
		note(p, "the default sample type is none of the sample types",
		    1, &r->head_at[PROF_PPROF_DEFAULT]);
}

static int
index_all(struct prof_pprof *r, struct prof_err *err)
{
	const struct prof_profile *p = r->p;
	int rc = prof_pprof_ids_index(&r->mapping, p->nloc, err);

	if (rc == PROF_OK)
		rc = prof_pprof_ids_index(&r->location, frames(p), err);
	return rc != PROF_OK ? rc :
	    prof_pprof_ids_index(&r->function, p->nline, err);
}

int
prof_pprof_resolve(struct prof_pprof *r, struct prof_err *err)
{
	int rc;

	if (r->nstr == 0)
		return prof_fail(err, PROF_EFORMAT, "there is no string table"
		    " (cut off, or not a pprof profile)");
	rc = resolve_types(r, err);
	if (rc == PROF_OK)
		rc = index_all(r, err);
	if (rc == PROF_OK)
		rc = resolve_tables(r, err);
	if (rc == PROF_OK)
		rc = resolve_locations(r, err);
	if (rc == PROF_OK)
		rc = resolve_frames(r, err);
	if (rc == PROF_OK)
		rc = resolve_sets(r, err);
	if (rc == PROF_OK)
		rc = resolve_heads(r, err);
	if (rc == PROF_OK)
		rc = prof_builder_check_sums(&r->b, err);
	if (rc == PROF_OK)
		note_oddities(r);
	return rc;
}

static bool
ids_are_there(struct prof_pprof *r)
{
	const struct prof_profile *p = r->p;
	uint64_t i, end = frames(p);

	if (index_all(r, NULL) != PROF_OK)
		return false;
	for (i = 0; i < p->nline; i++)
		if (prof_pprof_ids_find(&r->function, p->line[i].fn) == 0)
			return false;
	for (i = 0; i < end; i++)
		if (prof_pprof_ids_find(&r->location, p->frame[i]) == 0)
			return false;
	return true;
}

/*
 * Most members that are not whole lack strings, which takes no time to see.
 * The rest is looked at often enough for a few odd ones, then only when the
 * profile has doubled, so that the sum of all looks stays proportional.
 */
bool
prof_pprof_complete(struct prof_pprof *r)
{
	uint64_t size = prof_in_offset(r->in) - r->start;

	if (r->nstr <= r->max_index ||
	    (r->count[2] > 0 && r->count[1] != r->p->ntypes) ||
	    (r->extra.marked && !r->extra.ended))
		return false;
	if (r->tries >= FREE_TRIES && size / 2 < r->tried)
		return false;
	r->tries++;
	r->tried = size;
	return ids_are_there(r);
}
