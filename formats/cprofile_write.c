/* SPDX-License-Identifier: MIT */
#include "formats/cprofile_write.h"

#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/flat.h"
#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/*
 * Only the types { ( t i l g 0 of marshal, which all Pythons from 2.7 on
 * read alike: as "t" a name is what each of them calls a string, while "s"
 * is bytes for Python 3 and "u" no plain string for Python 2.  Functions
 * come in the order of file, line and name, and so do callers.
 * A column of times is written in seconds, any other one as it is.
 */

struct writer {
	struct prof_cprofile_rows w;
	struct prof_out *out;
	struct prof_buf b;
	int columns[PROF_CPROFILE_COLUMNS];	/* of edges */
	prof_i128 num, den;	/* what a value is multiplied by */
	bool time;		/* values are nanoseconds then */
	bool overflow;		/* a value was too large */
	bool calls_only;	/* callers have estimates but for calls */
	uint32_t *rank;		/* by key id; 0 of none */
	uint32_t *pairs;	/* ordered by callee, then caller */
};

static void
put_u32(struct prof_buf *b, uint32_t v)
{
	char s[4];
	int i;

	for (i = 0; i < 4; i++)
		s[i] = (char)(v >> (8 * i) & 0xff);
	prof_buf_add(b, s, 4);
}

/* An integer that an int32 does not hold: digits of 15 bits. */
static void
put_long(struct prof_buf *b, prof_i128 v)
{
	prof_u128 rest = v < 0 ? 0 - (prof_u128)v : (prof_u128)v;
	uint32_t digit[9], n = 0, i;

	for (; rest != 0; rest >>= 15)
		digit[n++] = (uint32_t)(rest & 0x7fff);
	prof_buf_addc(b, 'l');
	put_u32(b, v < 0 ? 0 - n : n);
	for (i = 0; i < n; i++) {
		prof_buf_addc(b, (char)(digit[i] & 0xff));
		prof_buf_addc(b, (char)(digit[i] >> 8));
	}
}

static void
put_int(struct prof_buf *b, prof_i128 v)
{
	if (v < INT32_MIN || v > INT32_MAX) {
		put_long(b, v);
		return;
	}
	prof_buf_addc(b, 'i');
	put_u32(b, (uint32_t)(int32_t)v);
}

/*
 * The double nearest to v / 10^9, ties to even, as its bits: in integers,
 * so that it is the same on all machines.
 */
static uint64_t
seconds(prof_u128 v)
{
	unsigned exponent = 1023 + 52, shift;
	prof_u128 rest;

	if (v == 0)
		return 0;
	shift = v >> 63 != 0 ? 0 : 63;
	v <<= shift;
	for (; v >> 126 == 0; shift++)
		v <<= 1;
	rest = v % 1000000000;
	v /= 1000000000;
	for (; v >> 54 != 0; exponent++) {
		rest |= v & 1;
		v >>= 1;
	}
	/* One bit more than a double has, and rest, whether more follow. */
	v = (v >> 1) + (v & 1 & ((v >> 1) | (rest != 0)));
	exponent++;
	return ((uint64_t)(exponent - shift) << 52) +
	    ((uint64_t)v - (UINT64_C(1) << 52));
}

static void
put_value(struct writer *w, prof_i128 v)
{
	uint64_t bits;

	v = prof_num_scaled(v, w->num, w->den);
	w->overflow |= v >= PROF_NUM_MAX || v <= -PROF_NUM_MAX;
	if (!w->time) {
		put_int(&w->b, v);
		return;
	}
	bits = seconds(v < 0 ? 0 - (prof_u128)v : (prof_u128)v) |
	    (uint64_t)(v < 0) << 63;
	prof_buf_addc(&w->b, 'g');
	put_u32(&w->b, (uint32_t)bits);
	put_u32(&w->b, (uint32_t)(bits >> 32));
}

static void
put_calls(struct writer *w, unsigned column, prof_i128 calls)
{
	const struct prof_edges *e = &w->w.p->edges;

	if (w->columns[column] >= 0)
		calls = prof_flat_calls(e, w->columns[column], calls);
	put_int(&w->b, calls);
}

static void
put_text(struct writer *w, prof_str s)
{
	uint32_t len = prof_strs_len(&w->w.strs, s);

	prof_buf_addc(&w->b, 't');
	put_u32(&w->b, len);
	prof_buf_add(&w->b, prof_strs_get(&w->w.strs, s), len);
}

static void
put_tuple(struct prof_buf *b, uint32_t n)
{
	prof_buf_addc(b, '(');
	put_u32(b, n);
}

static void
put_key(struct writer *w, uint32_t id)
{
	const struct prof_cprofile_key *k = &w->w.key[id - 1];

	put_tuple(&w->b, 3);
	put_text(w, k->file);
	put_int(&w->b, k->line);
	put_text(w, k->name);
}

/* The function's own numbers; row is NULL when it only calls others. */
static void
put_function(struct writer *w, uint32_t key,
    const struct prof_cprofile_pair *row)
{
	static const struct prof_cprofile_pair zero;
	const prof_i128 *v = row != NULL ? row->value : zero.value;

	put_key(w, key);
	put_tuple(&w->b, 5);
	put_calls(w, PROF_CPROFILE_PRIMITIVE, v[PROF_CPROFILE_PRIMITIVE]);
	put_calls(w, PROF_CPROFILE_CALLS, v[PROF_CPROFILE_CALLS]);
	put_value(w, v[PROF_CPROFILE_SELF]);
	put_value(w, v[PROF_CPROFILE_TOTAL]);
	prof_buf_addc(&w->b, '{');
}

/* What is only estimated stays so: it is left out, as by profile. */
static void
put_caller(struct writer *w, const struct prof_cprofile_pair *row)
{
	put_key(w, row->caller);
	if (!w->calls_only)
		put_tuple(&w->b, PROF_CPROFILE_COLUMNS);
	put_calls(w, PROF_CPROFILE_CALLS, row->value[PROF_CPROFILE_CALLS]);
	if (w->calls_only)
		return;
	put_calls(w, PROF_CPROFILE_PRIMITIVE,
	    row->value[PROF_CPROFILE_PRIMITIVE]);
	put_value(w, row->value[PROF_CPROFILE_SELF]);
	put_value(w, row->value[PROF_CPROFILE_TOTAL]);
}

static int
compare_keys(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_cprofile_rows *w = ctx;
	const struct prof_cprofile_key *x = &w->key[a - 1];
	const struct prof_cprofile_key *y = &w->key[b - 1];
	int c = prof_strs_cmp(&w->strs, x->file, y->file);

	if (c == 0)
		c = (x->line > y->line) - (x->line < y->line);
	return c != 0 ? c : prof_strs_cmp(&w->strs, x->name, y->name);
}

/* Keys that are in no pair sort with the others and are left out. */
static uint32_t *
order_keys(struct writer *w)
{
	uint32_t *ids = prof_alloc((size_t)w->w.nkeys + 1, sizeof *ids), i;

	for (i = 0; i < w->w.nkeys; i++)
		ids[i] = i + 1;
	prof_sort_ids(ids, w->w.nkeys, compare_keys, &w->w);
	w->rank = prof_alloc((size_t)w->w.nkeys + 1, sizeof *w->rank);
	w->rank[0] = 0;
	for (i = 0; i < w->w.nkeys; i++)
		w->rank[ids[i]] = i + 1;
	return ids;
}

static void
order_pairs(struct writer *w)
{
	uint32_t n = w->w.npairs, i;
	uint64_t *key = prof_alloc((size_t)n + 1, sizeof *key);

	w->pairs = prof_alloc((size_t)n + 1, sizeof *w->pairs);
	for (i = 0; i < n; i++) {
		w->pairs[i] = i;
		key[i] = (uint64_t)w->rank[w->w.pair[i].callee] << 32 |
		    w->rank[w->w.pair[i].caller];
	}
	prof_sort_keys(w->pairs, n, key, NULL, NULL);
	free(key);
}

/* Which keys are callees or callers of a pair. */
static bool *
used_keys(const struct prof_cprofile_rows *w)
{
	bool *used = prof_zalloc((size_t)w->nkeys + 1, sizeof *used);
	uint32_t i;

	for (i = 0; i < w->npairs; i++)
		used[w->pair[i].callee] = used[w->pair[i].caller] = true;
	return used;
}

static void
put_functions(struct writer *w, const uint32_t *ids, const bool *used)
{
	const struct prof_cprofile_pair *row;
	uint32_t i, at = 0;

	for (i = 0; i < w->w.nkeys; i++) {
		if (!used[ids[i]])
			continue;
		row = at < w->w.npairs ? &w->w.pair[w->pairs[at]] : NULL;
		if (row == NULL || row->callee != ids[i] || row->caller != 0)
			row = NULL;
		at += row != NULL;
		put_function(w, ids[i], row);
		for (; at < w->w.npairs; at++) {
			row = &w->w.pair[w->pairs[at]];
			if (row->callee != ids[i])
				break;
			put_caller(w, row);
		}
		prof_buf_addc(&w->b, '0');
		prof_out_add(w->out, w->b.data, w->b.len);
		prof_buf_clear(&w->b);
	}
}

static void
put_all(struct writer *w)
{
	uint32_t *ids = order_keys(w);
	bool *used = used_keys(&w->w);

	order_pairs(w);
	prof_out_add(w->out, "{", 1);
	put_functions(w, ids, used);
	prof_out_add(w->out, "0", 1);
	free(ids);
	free(used);
	free(w->rank);
	free(w->pairs);
	prof_buf_release(&w->b);
}

static void
find_columns(struct writer *w, unsigned column)
{
	const struct prof_profile *p = w->w.p;
	static const enum prof_edge_role roles[PROF_CPROFILE_COLUMNS] = {
	    PROF_EDGE_CALLS, PROF_EDGE_PRIMITIVE, PROF_EDGE_SELF,
	    PROF_EDGE_TOTAL };
	unsigned c;

	for (c = 0; c < PROF_CPROFILE_COLUMNS; c++) {
		w->columns[c] = prof_profile_edge_column(p, roles[c],
		    p->type[column].type);
		if (c >= PROF_CPROFILE_SELF && w->columns[c] >= 0)
			w->calls_only |= !p->edges.exact[w->columns[c]];
	}
}

static void
find_scale(struct writer *w, unsigned column)
{
	const struct prof_profile *p = w->w.p;
	const struct prof_type *t = &p->type[column];
	const struct prof_unit *unit = prof_unit_find(prof_profile_str(p,
	    t->unit), prof_strs_len(&p->strs, t->unit));

	w->time = unit != NULL && unit->family == PROF_UNIT_TIME;
	w->num = (prof_i128)t->num * (w->time ? unit->factor : 1);
	w->den = t->den;
}

static int
cprofile_write(const struct prof_profile *p,
    const struct prof_write_opts *opts, struct prof_out *out,
    struct prof_err *err)
{
	struct writer w = { .out = out };
	int rc = PROF_OK;

	prof_cprofile_rows_init(&w.w, p);
	if (opts->column < p->ntypes) {
		find_columns(&w, opts->column);
		find_scale(&w, opts->column);
		if (p->edges.n > 0)
			prof_cprofile_add_edges(&w.w, w.columns);
		/* Stacks that were made from edges say nothing more. */
		if (p->nsamples > 0 && !(p->edges.n > 0 && p->meta.estimated))
			rc = prof_cprofile_add_samples(&w.w, opts->column,
			    err);
	}
	if (rc == PROF_OK)
		put_all(&w);
	if (rc == PROF_OK && w.overflow)
		rc = prof_fail(err, PROF_ERANGE,
		    "values times their scale leave 127 bits");
	prof_cprofile_rows_release(&w.w);
	return rc;
}

const struct prof_writer prof_cprofile_writer = {
	.name = "cprofile",
	.extensions = "prof",
	.summary = "a file for Python's pstats, snakeviz, gprof2dot ...",
	.loses = PROF_LOSES_TYPES | PROF_LOSES_LABELS | PROF_LOSES_LINES |
	    PROF_LOSES_MODULES |
	    PROF_LOSES_METADATA | PROF_LOSES_SCALE,
	.binary = true,
	.write = cprofile_write
};
