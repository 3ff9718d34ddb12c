/* SPDX-License-Identifier: MIT */
#include "formats/pprof_read.h"

#include "formats/pprof.h"
#include "formats/profile.pb-c.h"
#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"

enum { LOCATION_ID = 1, VALUE = 2, LABEL = 3 };

#define ENDS UINT64_C(0x8080808080808080)

/* Fold groups of seven bits together, in each half of a word. */
static inline uint64_t
fold(uint64_t w)
{
	w = (w & UINT64_C(0x007f007f007f007f)) |
	    (w & UINT64_C(0x7f007f007f007f00)) >> 1;
	return (w & UINT64_C(0x00003fff00003fff)) |
	    (w & UINT64_C(0x3fff00003fff0000)) >> 2;
}

/*
 * Nearly all of a profile is this: varints of one to four bytes.  Two at a
 * time are taken from one word, parted by the bits that end them.  Leaves
 * the rest, and whatever is longer, to the caller.
 */
static const unsigned char *
take_pairs(const unsigned char *p, const unsigned char *end, uint32_t **out)
{
	uint32_t *id = *out;
	uint64_t word, ends, more;
	unsigned first, both;

	while (end - p >= 8) {
		word = prof_hash_load64(p);
		ends = ~word & ENDS;
		more = ends & (ends - 1);
		if (more == 0)
			break;
		first = (unsigned)__builtin_ctzll(ends) + 1;
		both = (unsigned)__builtin_ctzll(more) + 1;
		if (first > 32 || both - first > 32)
			break;
		p += both / 8;
		word &= UINT64_MAX >> (64 - both);
		word = fold((word & (UINT64_MAX >> (64 - first))) |
		    word >> first << 32);
		id[0] = (uint32_t)word;
		id[1] = (uint32_t)(word >> 32);
		id += 2;
	}
	*out = id;
	return p;
}

/* One varint of up to eight bytes, as addresses are; others the slow way. */
static int
take_id(struct prof_wire *w, uint64_t *id, struct prof_err *err)
{
	uint64_t word, ends;

	if (w->end - w->at < 8)
		return prof_wire_varint(w, id, "", err);
	word = prof_hash_load64(w->at);
	ends = ~word & ENDS;
	if (ends == 0)
		return prof_wire_varint(w, id, "", err);
	w->at += (__builtin_ctzll(ends) + 1) / 8;
	word = fold(word & (ends ^ (ends - 1)));
	*id = (word & 0xfffffff) | word >> 32 << 28;
	return PROF_OK;
}

static int
take_ids(struct prof_pprof *r, struct prof_wire w, struct prof_err *err)
{
	struct prof_pprof_sample *s = r->hand;
	uint32_t *id;
	uint64_t v;
	int rc;

	if (w.at == w.end)
		return PROF_OK;
	PROF_RESERVE(s->frame, s->frame_cap,
	    s->nframe + (size_t)(w.end - w.at));
	id = s->frame + s->nframe;
	while (w.at < w.end) {
		w.at = take_pairs(w.at, w.end, &id);
		if (w.at == w.end)
			break;
		rc = take_id(&w, &v, err);
		if (rc != PROF_OK) {
			prof_wire_place(err, ".location_id[%zu]",
			    (size_t)(id - s->frame));
			return rc;
		}
		*id++ = prof_pprof_ids_key(&r->location, v);
	}
	s->nframe = (size_t)(id - s->frame);
	return PROF_OK;
}

static void
add_value(struct prof_pprof_sample *s, uint64_t v)
{
	if (s->nvalue < PROF_COLS_MAX)
		s->value[s->nvalue] = (int64_t)v;
	if (s->nvalue < UINT32_MAX)
		s->nvalue++;
}

static int
take_values(struct prof_pprof_sample *s, struct prof_wire w,
    struct prof_err *err)
{
	uint64_t v;
	int rc;

	while (w.at < w.end) {
		rc = prof_wire_varint(&w, &v, "", err);
		if (rc != PROF_OK) {
			prof_wire_place(err, ".value[%u]", s->nvalue);
			return rc;
		}
		add_value(s, v);
	}
	return PROF_OK;
}

/* A repeated number: packed or not, and both may be mixed. */
static int
take_numbers(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	struct prof_pprof_sample *s = r->hand;
	bool id = f->number == LOCATION_ID;

	if (f->type == PROF_WIRE_BYTES)
		return id ? take_ids(r, f->body, err) :
		    take_values(s, f->body, err);
	if (f->type != PROF_WIRE_VARINT)
		return prof_wire_want(f, PROF_WIRE_VARINT,
		    id ? "location_id" : "value", err);
	if (!id) {
		add_value(s, f->value);
		return PROF_OK;
	}
	PROF_RESERVE(s->frame, s->frame_cap, s->nframe + 1);
	s->frame[s->nframe++] = prof_pprof_ids_key(&r->location, f->value);
	return PROF_OK;
}

static int
walk(struct prof_pprof *r, struct prof_wire w, struct prof_err *err)
{
	const unsigned char *start = w.at;
	struct prof_wire_field f;
	int rc;

	for (; (rc = prof_wire_next(&w, &f, err)) > 0; start = w.at) {
		if (f.number == LOCATION_ID || f.number == VALUE) {
			rc = take_numbers(r, &f, err);
		} else if (f.number == LABEL) {
			rc = prof_wire_want(&f, PROF_WIRE_BYTES, "label",
			    err);
			prof_buf_add(&r->label, start,
			    (size_t)(w.at - start));
			r->nlabel++;
		}
		if (rc < 0)
			break;
	}
	return rc;
}

/* The columns are as many as the first sample has values. */
static int
check_values(struct prof_pprof *r, struct prof_err *err)
{
	struct prof_profile *p = r->p;
	unsigned n = r->hand->nvalue;

	if (n > PROF_COLS_MAX)
		return prof_fail(err, PROF_ELIMIT,
		    ".value: %u values, at most %d sample types are kept",
		    n, PROF_COLS_MAX);
	if (n == 0)
		return prof_fail(err, PROF_EFORMAT, ".value: no value");
	while (r->count[2] == 0 && p->ntypes < n)
		prof_profile_add_type(p, 0, 0);
	if (n != p->ntypes)
		return prof_fail(err, PROF_EFORMAT,
		    ".value: %u values where sample[0] has %u", n,
		    p->ntypes);
	return PROF_OK;
}

static int
check_limits(const struct prof_pprof *r, struct prof_err *err)
{
	if (r->hand->nframe > r->limits->max_depth)
		return prof_fail(err, PROF_ELIMIT,
		    ": a stack of %zu frames (limit: --max-depth)",
		    r->hand->nframe);
	if (r->nlabel > r->limits->max_labels)
		return prof_fail(err, PROF_ELIMIT,
		    ": %llu labels (limit: --max-labels)",
		    (unsigned long long)r->nlabel);
	return PROF_OK;
}

/* Look at the labels of a new set; they are kept as they are. */
static int
check_labels(struct prof_pprof *r, struct prof_err *err)
{
	const unsigned char *data = (unsigned char *)r->label.data;
	struct prof_wire w = { data, data + r->label.len };
	struct prof_wire_field f;
	Pprof__Label l;
	prof_str index;
	unsigned i;
	int rc;

	for (i = 0; (rc = prof_wire_next(&w, &f, err)) > 0; i++) {
		pprof__label__init(&l);
		rc = prof_wire_message(&l.base, f.body, NULL, NULL, err);
		if (rc == PROF_OK)
			rc = prof_pprof_index(r, l.key, ".key", &index, err);
		if (rc == PROF_OK)
			rc = prof_pprof_index(r, l.str, ".str", &index, err);
		if (rc == PROF_OK)
			rc = prof_pprof_index(r, l.num_unit, ".num_unit",
			    &index, err);
		if (rc != PROF_OK) {
			prof_wire_place(err, ".label[%u]", i);
			break;
		}
	}
	return rc;
}

static int
take_labels(struct prof_pprof *r, prof_set *set, struct prof_err *err)
{
	size_t before = r->sets.n;

	*set = prof_strs_add(&r->sets, r->label.data, r->label.len);
	return r->sets.n == before ? PROF_OK : check_labels(r, err);
}

static void
count_negative(struct prof_pprof *r, const struct prof_pprof_sample *s)
{
	int64_t all = 0;
	unsigned c;

	for (c = 0; c < s->nvalue; c++)
		all |= s->value[c];
	if (all >= 0)
		return;
	if (r->nnegative < PROF_NOTE_PLACES)
		r->negative_at[r->nnegative] = s->at;
	r->nnegative++;
}

/*
 * Equal samples are summed, so the number of a row says nothing about the
 * number of the sample in the file: messages need one bit of each.
 */
static void
mark_fresh(struct prof_pprof *r, uint64_t i, bool fresh)
{
	if (i / 64 == r->nfresh) {
		PROF_RESERVE(r->fresh, r->fresh_cap, r->nfresh + 1);
		r->fresh[r->nfresh++] = 0;
	}
	r->fresh[i / 64] |= (uint64_t)fresh << (i % 64);
}

int
prof_pprof_flush(struct prof_pprof *r, struct prof_err *err)
{
	const struct prof_pprof_sample *s = r->last;
	uint32_t rows = r->p->nsamples;
	prof_stack stack;
	int rc;

	if (!r->waiting)
		return PROF_OK;
	r->waiting = false;
	stack = prof_builder_stack_hashed(&r->b, s->hash, s->frame,
	    s->nframe);
	rc = prof_builder_sample(&r->b, stack, s->set, rows, s->value, err);
	mark_fresh(r, s->number, r->p->nsamples > rows);
	count_negative(r, s);
	if (rc != PROF_OK) {
		prof_wire_place(err, ".value: ");
		r->at = s->at;
		r->count[2] = s->number;
	}
	return rc;
}

/* Begin to look up the stack of this sample and store the one before. */
static int
store(struct prof_pprof *r, struct prof_err *err)
{
	struct prof_pprof_sample *s = r->hand;
	int rc;

	s->at = r->at;
	s->number = r->count[2];
	s->hash = prof_builder_stack_hash(&r->b, s->frame, s->nframe);
	rc = prof_pprof_flush(r, err);
	r->hand = r->last;
	r->last = s;
	r->waiting = true;
	return rc;
}

int
prof_pprof_sample(struct prof_pprof *r, const struct prof_wire_field *f,
    struct prof_err *err)
{
	struct prof_pprof_sample *s = r->hand;
	int rc;

	s->nframe = 0;
	s->nvalue = 0;
	s->set = 0;
	r->nlabel = 0;
	prof_buf_clear(&r->label);
	rc = walk(r, f->body, err);
	if (rc == PROF_OK)
		rc = check_values(r, err);
	if (rc == PROF_OK)
		rc = check_limits(r, err);
	if (rc == PROF_OK && r->nlabel > 0)
		rc = take_labels(r, &s->set, err);
	return rc == PROF_OK ? store(r, err) : rc;
}
