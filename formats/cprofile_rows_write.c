/* SPDX-License-Identifier: MIT */
#include "formats/cprofile_write.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/flat.h"
#include "libanalysis/hash.h"
#include "libanalysis/lost.h"
#include "libanalysis/name.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/rows.h"

void
prof_cprofile_rows_init(struct prof_cprofile_rows *w,
    const struct prof_profile *p)
{
	memset(w, 0, sizeof *w);
	w->p = p;
	w->seed = prof_hash_seed();
	w->profile = strcmp(prof_profile_str(p, p->meta.dialect),
	    "profile") == 0;
}

void
prof_cprofile_rows_release(struct prof_cprofile_rows *w)
{
	prof_strs_release(&w->strs);
	free(w->key);
	free(w->pair);
	prof_map_release(&w->keys);
	prof_map_release(&w->pairs);
}

/* Half of a pair of UTF-16, which Python has in names of files. */
static bool
is_surrogate(const char *s, size_t len)
{
	return len >= 3 && (unsigned char)s[0] == 0xed &&
	    (s[1] & 0xe0) == 0xa0 && (s[2] & 0xc0) == 0x80;
}

/* Python 3 refuses a file with a text that is not UTF-8. */
static prof_str
add_text(struct prof_strs *strs, const char *s, size_t len)
{
	struct prof_buf b = { 0 };
	size_t at, used;
	prof_str id;

	for (at = 0; at < len; at += used) {
		if (prof_utf8_next(s + at, len - at, &used) >= 0) {
			prof_buf_add(&b, s + at, used);
		} else if (is_surrogate(s + at, len - at)) {
			used = 3;
			prof_buf_add(&b, s + at, used);
		} else {
			prof_buf_addf(&b, "\\x%02x", (unsigned char)s[at]);
		}
	}
	id = prof_strs_add(strs, b.data, b.len);
	prof_buf_release(&b);
	return id;
}

static uint32_t
add_key(struct prof_cprofile_rows *w, struct prof_cprofile_key k)
{
	uint64_t hash = prof_hash_add(w->seed, prof_hash_add(w->seed, w->seed,
	    (uint64_t)k.file << 32 | k.name), (uint64_t)k.line);
	const struct prof_cprofile_key *have;
	uint32_t at, id;

	for (id = prof_map_first(&w->keys, hash, &at); id != 0;
	    id = prof_map_next(&w->keys, hash, &at)) {
		have = &w->key[id - 1];
		if (have->file == k.file && have->name == k.name &&
		    have->line == k.line)
			return id;
	}
	PROF_RESERVE(w->key, w->key_cap, (size_t)w->nkeys + 1);
	w->key[w->nkeys++] = k;
	prof_map_put(&w->keys, hash, w->nkeys);
	return w->nkeys;
}

/*
 * Functions of C have the file "~", and readers show "<x>" there as "{x}":
 * a name that is already enclosed so would come back as another one.
 */
uint32_t
prof_cprofile_key(struct prof_cprofile_rows *w, const char *file,
    size_t file_len, int64_t line, const char *name, size_t name_len)
{
	struct prof_cprofile_key k = { .line = line };
	char text[PROF_CPROFILE_NAME];

	if (file_len > 0 || line != 0) {
		k.file = add_text(&w->strs, file, file_len);
	} else if (prof_cprofile_enclosed(name, name_len, '{', '}')) {
		k.file = prof_strs_adds(&w->strs, "~");
		memcpy(text, name, name_len);
		text[0] = '<';
		text[name_len - 1] = '>';
		name = text;
	} else if (!w->profile &&
	    !prof_cprofile_enclosed(name, name_len, '<', '>')) {
		k.file = prof_strs_adds(&w->strs, "~");
	}
	k.name = add_text(&w->strs, name, name_len);
	return add_key(w, k);
}

struct prof_cprofile_pair *
prof_cprofile_pair(struct prof_cprofile_rows *w, uint32_t caller,
    uint32_t callee)
{
	struct prof_cprofile_pair fresh = { .caller = caller,
	    .callee = callee };
	uint64_t hash = prof_hash_add(w->seed, w->seed,
	    (uint64_t)caller << 32 | callee);
	struct prof_cprofile_pair *have;
	uint32_t at, id;

	for (id = prof_map_first(&w->pairs, hash, &at); id != 0;
	    id = prof_map_next(&w->pairs, hash, &at)) {
		have = &w->pair[id - 1];
		if (have->caller == caller && have->callee == callee)
			return have;
	}
	PROF_ASSERT(w->npairs < UINT32_MAX - 1);
	PROF_RESERVE(w->pair, w->pair_cap, (size_t)w->npairs + 1);
	w->pair[w->npairs++] = fresh;
	prof_map_put(&w->pairs, hash, w->npairs);
	return &w->pair[w->npairs - 1];
}

static uint32_t *
keys_of_functions(struct prof_cprofile_rows *w)
{
	const struct prof_profile *p = w->p;
	uint32_t *key = prof_alloc((size_t)p->nfn + 1, sizeof *key);
	const struct prof_function *f;
	prof_str name;
	prof_fn id;

	key[0] = 0;
	for (id = 1; id <= p->nfn; id++) {
		f = prof_profile_fn(p, id);
		name = f->name != 0 ? f->name : f->system;
		key[id] = prof_cprofile_key(w, prof_profile_str(p, f->file),
		    prof_strs_len(&p->strs, f->file), f->start,
		    prof_profile_str(p, name),
		    prof_strs_len(&p->strs, name));
	}
	return key;
}

void
prof_cprofile_add_edges(struct prof_cprofile_rows *w, const int *columns)
{
	const struct prof_edges *e = &w->p->edges;
	uint32_t *key = keys_of_functions(w), i;
	struct prof_cprofile_pair *to;
	unsigned c;

	for (i = 0; i < e->n; i++) {
		/* A reader of the file will find the gap again. */
		if (prof_lost_is(w->p, e->callee[i]))
			continue;
		to = prof_cprofile_pair(w, key[e->caller[i]],
		    key[e->callee[i]]);
		for (c = 0; c < PROF_CPROFILE_COLUMNS; c++)
			if (columns[c] >= 0)
				to->value[c] += e->value[columns[c]][i];
	}
	free(key);
}

/* One stack after the other, frame by frame from the root. */
struct walk {
	struct prof_cprofile_rows *w;
	struct prof_rows rows;
	uint32_t *key;		/* by row */
	uint32_t stamp;
	int64_t weight, calls;
	uint32_t last;		/* key of the caller; 0 at the root */
};

static void
count_pair(struct walk *k, uint32_t caller, uint32_t callee, bool leaf)
{
	struct prof_cprofile_pair *to = prof_cprofile_pair(k->w, caller,
	    callee);

	if (leaf)
		to->value[PROF_CPROFILE_SELF] += k->weight;
	if (to->stamp == k->stamp)
		return;
	to->stamp = k->stamp;
	to->value[PROF_CPROFILE_TOTAL] += k->weight;
	to->value[PROF_CPROFILE_CALLS] += k->calls;
	to->value[PROF_CPROFILE_PRIMITIVE] += k->calls;
}

static void
count_frame(struct walk *k, uint32_t key, bool leaf)
{
	count_pair(k, 0, key, leaf);
	if (k->last != 0)
		count_pair(k, k->last, key, leaf);
	k->last = key;
}

static void
count_stack(struct walk *k, prof_stack id)
{
	size_t n, nrows;
	const prof_loc *loc = prof_profile_stack(k->w->p, id, &n);
	const uint32_t *row;

	k->last = 0;
	k->stamp++;
	while (n-- > 0) {
		row = prof_rows_of(&k->rows, loc[n], &nrows);
		while (nrows-- > 0)
			count_frame(k, k->key[row[nrows]],
			    n == 0 && nrows == 0);
	}
	if (id == 0)
		count_frame(k, prof_cprofile_key(k->w, "", 0, 0, "[root]",
		    6), true);
}

static void
fill_keys(struct walk *k)
{
	const struct prof_row *row;
	uint32_t i;

	k->key = prof_alloc((size_t)k->rows.n + 1, sizeof *k->key);
	for (i = 1; i <= k->rows.n; i++) {
		row = prof_rows_get(&k->rows, i);
		k->key[i] = prof_cprofile_key(k->w, row->file, row->file_len,
		    row->file_len > 0 ? row->line : 0, row->name,
		    row->name_len);
	}
}

/* How often a row was sampled: its value in periods, or as a count. */
static int64_t
samples_of(const struct prof_profile *p, unsigned column, uint32_t row)
{
	const struct prof_type *t = &p->type[column];
	int64_t period = p->meta.period, v = p->value[column][row];

	if (period > 1 && p->meta.period_type == t->type && v > 0)
		return v / period + (v % period >= period / 2 + period % 2);
	if (strcmp(prof_profile_str(p, t->unit), "count") == 0 &&
	    t->num == t->den && v > 0)
		return v;
	return 1;
}

/*
 * Samples of each stack: those that a column counts, else what rows tell.
 * Stacks that were made of edges are no samples, and calls to count would
 * be invented.
 */
static int
count_samples(const struct prof_profile *p, unsigned column, int64_t *count,
    struct prof_err *err)
{
	int c = prof_profile_column(p, "samples");
	uint32_t i;

	if (c >= 0 && strcmp(prof_profile_str(p, p->type[c].unit),
	    "count") == 0)
		return prof_flat_weights(p, (unsigned)c, count, err);
	memset(count, 0, ((size_t)p->stacks.n + 1) * sizeof *count);
	for (i = 0; i < p->nsamples && !p->meta.estimated; i++)
		if (!prof_num_add(count[p->stack[i]], samples_of(p, column,
		    i), &count[p->stack[i]]))
			return prof_fail(err, PROF_ERANGE,
			    "the number of samples leaves 64 bits");
	return PROF_OK;
}

int
prof_cprofile_add_samples(struct prof_cprofile_rows *w, unsigned column,
    struct prof_err *err)
{
	const struct prof_profile *p = w->p;
	size_t n = (size_t)p->stacks.n + 1, id;
	int64_t *weight = prof_alloc(n, sizeof *weight);
	int64_t *count = prof_alloc(n, sizeof *count);
	struct walk k = { .w = w };
	int rc = prof_flat_weights(p, column, weight, err);

	if (rc == PROF_OK)
		rc = count_samples(p, column, count, err);
	if (rc == PROF_OK) {
		prof_rows_init(&k.rows, p, PROF_BY_FUNCTION);
		fill_keys(&k);
		for (id = 0; id < n; id++) {
			k.weight = weight[id];
			k.calls = count[id];
			if (k.weight != 0 || k.calls != 0)
				count_stack(&k, (prof_stack)id);
		}
		prof_rows_release(&k.rows);
		free(k.key);
	}
	free(weight);
	free(count);
	return rc;
}
