/* SPDX-License-Identifier: MIT */
#include "formats/pprof.h"

#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/pprof_read.h"
#include "formats/profile.pb-c.h"
#include "libanalysis/nomem.h"

/* What one record may have, however high --max-line is. */
#define RECORD_MAX ((uint64_t)1 << 30)
#define STRINGS_MAX ((size_t)UINT32_MAX - 16)
#define CONCATENATED "concatenated profiles? compress each with gzip, " \
	"members are separate profiles"
#define HEADER_MAX ((size_t)2 * PROF_VARINT_MAX)	/* tag, length */

enum {
	SAMPLE_TYPE = 1, SAMPLE, MAPPING, LOCATION, FUNCTION, STRING_TABLE,
	DROP_FRAMES, KEEP_FRAMES, TIME_NANOS, DURATION_NANOS, PERIOD_TYPE,
	PERIOD, COMMENT, DEFAULT_SAMPLE_TYPE, DOC_URL, NFIELDS
};

static int
take_type(struct prof_pprof *r, struct prof_wire w, prof_str *type,
    prof_str *unit, struct prof_err *err)
{
	Pprof__ValueType t = PPROF__VALUE_TYPE__INIT;
	int rc = prof_wire_message(&t.base, w, NULL, NULL, err);

	if (rc == PROF_OK)
		rc = prof_pprof_index(r, t.type, ".type", type, err);
	if (rc == PROF_OK)
		rc = prof_pprof_index(r, t.unit, ".unit", unit, err);
	return rc;
}

static int
take_sample_type(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	uint64_t n = r->count[SAMPLE_TYPE];

	if (n >= PROF_COLS_MAX)
		return prof_fail(err, PROF_ELIMIT,
		    ": more than %d sample types", PROF_COLS_MAX);
	r->type_at[n] = r->at;
	return take_type(r, f->body, &r->type[n].type, &r->type[n].unit,
	    err);
}

static int
take_period_type(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	struct prof_meta *m = &r->p->meta;

	r->head_at[PROF_PPROF_PERIOD_TYPE] = r->at;
	r->head_at[PROF_PPROF_PERIOD_UNIT] = r->at;
	m->period_type = m->period_unit = 0;
	return take_type(r, f->body, &m->period_type, &m->period_unit, err);
}

static int
take_string(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	const struct prof_strs *strs = &r->p->strs;
	size_t len = (size_t)(f->body.end - f->body.at);

	if (r->nstr == 0 && len > 0)
		return prof_fail(err, PROF_EFORMAT,
		    ": the first string is not empty");
	if (strs->n >= r->limits->max_strings || strs->n >= STRINGS_MAX)
		return prof_fail(err, PROF_ELIMIT,
		    ": more than %zu distinct strings (limit: --max-strings)",
		    strs->n);
	PROF_RESERVE(r->str, r->str_cap, r->nstr + 1);
	r->str[r->nstr++] = prof_strs_add(&r->p->strs,
	    (const char *)f->body.at, len);
	return PROF_OK;
}

static int
add_comment(struct prof_pprof *r, uint64_t v, struct prof_err *err)
{
	prof_str index = 0;
	int rc = prof_pprof_index(r, (int64_t)v, "", &index, err);

	if (rc == PROF_OK)
		prof_profile_add_comment(r->p, index);
	return rc;
}

static int
take_comment(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	struct prof_wire w = f->body;
	uint64_t v;
	int rc = PROF_OK;

	if (f->type == PROF_WIRE_VARINT)
		return add_comment(r, f->value, err);
	while (rc == PROF_OK && w.at < w.end) {
		rc = prof_wire_varint(&w, &v, "", err);
		if (rc == PROF_OK)
			rc = add_comment(r, v, err);
	}
	return rc;
}

static int
take_head(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	enum prof_pprof_head h = f->number == DROP_FRAMES ? PROF_PPROF_DROP :
	    f->number == KEEP_FRAMES ? PROF_PPROF_KEEP :
	    f->number == DOC_URL ? PROF_PPROF_DOC_URL : PROF_PPROF_DEFAULT;

	r->head_at[h] = r->at;
	return prof_pprof_index(r, (int64_t)f->value, "",
	    prof_pprof_head(r->p, h), err);
}

/* No profile says twice when it began: this is how pprof tells, too. */
static int
take_time(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	if (r->p->meta.time_ns != 0)
		return prof_fail(err, PROF_EFORMAT, ": this is the second one"
		    " (" CONCATENATED ")");
	r->p->meta.time_ns = (int64_t)f->value;
	return PROF_OK;
}

static int
take_number(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	(void)err;
	if (f->number == PERIOD)
		r->p->meta.period = (int64_t)f->value;
	else
		r->p->meta.duration_ns = (int64_t)f->value;
	return PROF_OK;
}

struct field {
	const char *name;
	unsigned type;
	bool repeated;
	int (*take)(struct prof_pprof *, const struct prof_wire_field *,
	    struct prof_err *);
};

static const struct field fields[NFIELDS] = {
	[SAMPLE_TYPE] = { "sample_type", PROF_WIRE_BYTES, true,
	    take_sample_type },
	[SAMPLE] = { "sample", PROF_WIRE_BYTES, true, prof_pprof_sample },
	[MAPPING] = { "mapping", PROF_WIRE_BYTES, true, prof_pprof_mapping },
	[LOCATION] = { "location", PROF_WIRE_BYTES, true,
	    prof_pprof_location },
	[FUNCTION] = { "function", PROF_WIRE_BYTES, true,
	    prof_pprof_function },
	[STRING_TABLE] = { "string_table", PROF_WIRE_BYTES, true,
	    take_string },
	[DROP_FRAMES] = { "drop_frames", PROF_WIRE_VARINT, false, take_head },
	[KEEP_FRAMES] = { "keep_frames", PROF_WIRE_VARINT, false, take_head },
	[TIME_NANOS] = { "time_nanos", PROF_WIRE_VARINT, false, take_time },
	[DURATION_NANOS] = { "duration_nanos", PROF_WIRE_VARINT, false,
	    take_number },
	[PERIOD_TYPE] = { "period_type", PROF_WIRE_BYTES, false,
	    take_period_type },
	[PERIOD] = { "period", PROF_WIRE_VARINT, false, take_number },
	[COMMENT] = { "comment", PROF_WIRE_VARINT, true, take_comment },
	[DEFAULT_SAMPLE_TYPE] = { "default_sample_type", PROF_WIRE_VARINT,
	    false, take_head },
	[DOC_URL] = { "doc_url", PROF_WIRE_VARINT, false, take_head }
};

static const struct field extra_field = { "extra", PROF_WIRE_BYTES, false,
    prof_pprof_extra };

static const struct field *
find_field(const struct prof_wire_field *f)
{
	if (f->number < NFIELDS)
		return &fields[f->number];
	if (f->number == PROF_PPROF_EXTRA && f->type == PROF_WIRE_BYTES)
		return &extra_field;
	return NULL;
}

/* Put the place of the message in hand before an error. */
static int
place(const struct prof_pprof *r, const struct prof_wire_field *f, int rc,
    struct prof_err *err)
{
	const struct field *d = f != NULL ? find_field(f) : NULL;

	if (d != NULL && d->repeated)
		prof_wire_place(err, "offset %llu: %s[%llu]",
		    (unsigned long long)r->at, d->name,
		    (unsigned long long)r->count[f->number]);
	else
		prof_wire_place(err, "offset %llu%s%s",
		    (unsigned long long)r->at, d != NULL ? ": " : "",
		    d != NULL ? d->name : "");
	return rc;
}

static int
flush(struct prof_pprof *r, struct prof_err *err)
{
	static const struct prof_wire_field sample = { .number = SAMPLE };
	int rc = prof_pprof_flush(r, err);

	return rc == PROF_OK ? rc : place(r, &sample, rc, err);
}

static int
take(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	const struct field *d = find_field(f);
	int rc;

	if (d == NULL)
		return PROF_OK;
	if (f->number != SAMPLE && (rc = flush(r, err)) != PROF_OK)
		return rc;
	if (f->type != d->type && (f->number != COMMENT ||
	    f->type != PROF_WIRE_BYTES))
		rc = prof_fail(err, PROF_EFORMAT,
		    ": wire type %u where %u is due", f->type, d->type);
	else if (r->extra.ended && f->number < NFIELDS)
		rc = prof_fail(err, PROF_EFORMAT,
		    ": the profile had ended (" CONCATENATED ")");
	else
		rc = d->take(r, f, err);
	if (rc != PROF_OK)
		return place(r, f, rc, err);
	if (f->number <= FUNCTION && r->extra.marked)
		r->extra.digest = prof_pprof_digest(r->extra.digest,
		    f->number, f->body.at, (size_t)(f->body.end - f->body.at));
	if (f->number < NFIELDS)
		r->count[f->number]++;
	return PROF_OK;
}

static int
cut(const struct prof_pprof *r, const struct prof_wire_field *f,
    uint64_t want, uint64_t have, struct prof_err *err)
{
	return place(r, f, prof_fail(err, PROF_EFORMAT,
	    ": %llu bytes are due where the input has %llu",
	    (unsigned long long)want, (unsigned long long)have), err);
}

/* Skip bytes of no interest without holding them. */
static int
skip_bytes(struct prof_pprof *r, const struct prof_wire_field *f,
    uint64_t len, struct prof_err *err)
{
	const unsigned char *data;
	uint64_t done = 0;
	size_t n;
	int rc;

	while (done < len) {
		rc = prof_in_peek(r->in, 1, &data, &n, err);
		if (rc != PROF_OK)
			return rc;
		if (n == 0)
			return cut(r, f, len, done, err);
		if (n > len - done)
			n = (size_t)(len - done);
		prof_in_skip(r->in, n);
		done += n;
	}
	return PROF_OK;
}

/*
 * A length is believed when its bytes are there: look ahead reads no more
 * than the input has, and no more than a record may have.
 */
static int
take_body(struct prof_pprof *r, struct prof_wire_field *f, size_t header,
    uint64_t len, struct prof_err *err)
{
	uint64_t max = r->limits->max_line < RECORD_MAX ?
	    r->limits->max_line : RECORD_MAX;
	uint64_t want = len <= max ? len : max + 1;
	const unsigned char *data;
	size_t n;
	int rc;

	if (find_field(f) == NULL) {
		prof_in_skip(r->in, header);
		return skip_bytes(r, f, len, err);
	}
	rc = prof_in_peek(r->in, header + (size_t)want, &data, &n, err);
	if (rc != PROF_OK)
		return rc;
	if (n - header < want)
		return cut(r, f, len, n - header, err);
	if (len > max)
		return place(r, f, prof_fail(err, PROF_ELIMIT,
		    ": %llu bytes (limit: --max-line)",
		    (unsigned long long)len), err);
	f->body.at = data + header;
	f->body.end = f->body.at + len;
	rc = take(r, f, err);
	if (rc == PROF_OK)
		prof_in_skip(r->in, header + (size_t)len);
	return rc;
}

/* Take one field of the profile, whose first bytes are data[0..n). */
static int
read_field(struct prof_pprof *r, const unsigned char *data, size_t n,
    struct prof_err *err)
{
	struct prof_wire w = { data, data + n };
	struct prof_wire_field f = { 0 };
	uint64_t v;
	int rc;

	r->at = prof_in_offset(r->in);
	rc = prof_wire_varint(&w, &v, ": field tag", err);
	if (rc == PROF_OK)
		rc = prof_wire_tag(v, &f, err);
	if (rc != PROF_OK)
		return place(r, NULL, rc, err);
	if (f.type == PROF_WIRE_FIXED32 || f.type == PROF_WIRE_FIXED64) {
		prof_in_skip(r->in, (size_t)(w.at - data));
		rc = take(r, &f, err);
		return rc != PROF_OK ? rc : skip_bytes(r, &f,
		    f.type == PROF_WIRE_FIXED64 ? 8 : 4, err);
	}
	rc = prof_wire_varint(&w, &v, "", err);
	if (rc != PROF_OK)
		return place(r, &f, rc, err);
	if (f.type == PROF_WIRE_BYTES)
		return take_body(r, &f, (size_t)(w.at - data), v, err);
	f.value = v;
	rc = take(r, &f, err);
	prof_in_skip(r->in, (size_t)(w.at - data));
	return rc;
}

/*
 * gzip members may part a profile, or be profiles.  A profile that is whole
 * goes on only with a field that none begins with: each begins with a
 * sample type, ours with a mark, the Go runtime's with the time, which no
 * profile has twice, and one that begins with strings begins with the empty
 * one.
 */
static bool
ends_here(struct prof_pprof *r, const unsigned char *data, size_t n)
{
	unsigned number = data[0] >> 3;
	bool again = number == TIME_NANOS && r->p->meta.time_ns != 0;

	if (data[0] < 0x80 && !again && (number > STRING_TABLE ||
	    (number == STRING_TABLE && n > 1 && data[1] != 0)))
		return false;
	return prof_pprof_complete(r);
}

static int
read_fields(struct prof_pprof *r, struct prof_err *err)
{
	const unsigned char *data;
	size_t n;
	int rc;

	for (;;) {
		rc = prof_in_peek(r->in, HEADER_MAX, &data, &n, err);
		if (rc != PROF_OK || n == 0)
			return rc;
		if (prof_in_at_member(r->in) &&
		    prof_in_offset(r->in) != r->start) {
			rc = flush(r, err);
			if (rc != PROF_OK || ends_here(r, data, n))
				return rc;
		}
		rc = read_field(r, data, n, err);
		if (rc != PROF_OK)
			return rc;
	}
}

static void
release(struct prof_pprof *r)
{
	prof_builder_release(&r->b);
	prof_pprof_ids_release(&r->mapping);
	prof_pprof_ids_release(&r->location);
	prof_pprof_ids_release(&r->function);
	prof_strs_release(&r->sets);
	prof_buf_release(&r->label);
	prof_arena_release(&r->extra.arena);
	free(r->str);
	free(r->line);
	free(r->sample[0].frame);
	free(r->sample[1].frame);
	free(r->fresh);
}

static int
read_pprof(struct prof_in *in, const char *dialect, struct prof_profile *p,
    struct prof_err *err)
{
	struct prof_pprof r = { .in = in, .p = p };
	int rc;

	if (dialect != NULL)
		return prof_fail(err, PROF_EUSAGE, "pprof has no dialect '%s'",
		    dialect);
	r.limits = prof_in_limits(in);
	r.start = prof_in_offset(in);
	r.hand = &r.sample[0];
	r.last = &r.sample[1];
	r.mapping.name = "mapping";
	r.location.name = "location";
	r.function.name = "function";
	prof_builder_init(&r.b, p, r.limits);
	rc = read_fields(&r, err);
	if (rc == PROF_OK)
		rc = flush(&r, err);
	if (rc == PROF_OK)
		rc = prof_pprof_resolve(&r, err);
	if (rc == PROF_OK)
		rc = prof_pprof_extra_finish(&r, err);
	release(&r);
	return rc;
}

const struct prof_reader prof_pprof_reader = {
	.name = "pprof",
	.extensions = "pb.gz pb pprof prof",
	.summary = "profile.proto of pprof and many profilers, gzip or raw",
	.bid = prof_pprof_bid,
	.read = read_pprof
};
