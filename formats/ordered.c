/* SPDX-License-Identifier: MIT */
#include "formats/ordered.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/* Groups below this are sorted by comparing, which needs no passes. */
#define SMALL 48

static int
compare_texts(const void *ctx, uint32_t a, uint32_t b)
{
	return prof_strs_cmp(ctx, a, b);
}

/* The first eight bytes, so that most texts need no comparison. */
static uint64_t
head_of(const struct prof_strs *strs, prof_str id)
{
	const char *s = prof_strs_get(strs, id);
	uint32_t i, n = prof_strs_len(strs, id);
	uint64_t key = 0;

	for (i = 0; i < 8; i++)
		key = key << 8 | (i < n ? (unsigned char)s[i] : 0);
	return key;
}

void
prof_ordered_texts(const struct prof_strs *strs, prof_str *ids, size_t n)
{
	uint64_t *key = prof_alloc(strs->n + 1, sizeof *key);
	size_t i;

	for (i = 0; i < n; i++)
		key[ids[i]] = head_of(strs, ids[i]);
	prof_sort_keys(ids, n, key, compare_texts, strs);
	free(key);
}

static void
make_texts(struct prof_ordered *o, prof_text_fn *text, const void *ctx)
{
	const struct prof_profile *p = o->p;
	struct prof_buf b = { 0 };
	uint32_t i, j, n, used = 0;
	size_t cap = 0;

	o->first = prof_alloc((size_t)p->nloc + 1, sizeof *o->first);
	for (i = 0; i < p->nloc; i++) {
		o->first[i] = used;
		n = p->loc[i].nlines > 0 ? p->loc[i].nlines : 1;
		PROF_ASSERT(n < UINT32_MAX - used);
		PROF_RESERVE(o->of, cap, (size_t)used + n);
		for (j = 0; j < n; j++) {
			prof_buf_clear(&b);
			text(ctx, i + 1, j, &b);
			o->of[used++] = prof_strs_add(&o->text, b.data,
			    b.len);
		}
	}
	o->first[i] = used;
	prof_buf_release(&b);
}

uint32_t *
prof_ordered_ranks(const struct prof_strs *strs, prof_str **by_rank)
{
	size_t i, n = strs->n + 1;
	prof_str *ids = prof_alloc(n + 1, sizeof *ids);
	uint32_t *rank = prof_alloc(n, sizeof *rank);

	ids[0] = 0;
	for (i = 0; i < n; i++)
		ids[i + 1] = (prof_str)i;
	prof_ordered_texts(strs, ids + 1, n);
	for (i = 1; i <= n; i++)
		rank[ids[i]] = (uint32_t)i;
	if (by_rank != NULL)
		*by_rank = ids;
	else
		free(ids);
	return rank;
}

static uint64_t
count_rows(const struct prof_ordered *o, prof_stack id)
{
	size_t n, i;
	const prof_loc *loc = prof_profile_stack(o->p, id, &n);
	uint64_t rows = 0;

	for (i = 0; i < n; i++)
		rows += o->first[loc[i]] - o->first[loc[i] - 1];
	return rows;
}

static void
fill_rows(struct prof_ordered *o, prof_stack id)
{
	size_t n;
	const prof_loc *loc = prof_profile_stack(o->p, id, &n);
	uint32_t *to = o->seq + o->at[id], i;

	while (n-- > 0)
		for (i = o->first[loc[n]]; i > o->first[loc[n] - 1]; i--)
			*to++ = o->rank[o->of[i - 1]];
}

void
prof_ordered_init(struct prof_ordered *o, const struct prof_profile *p,
    const int64_t *used, const char *none, prof_text_fn *text,
    const void *ctx)
{
	prof_str none_text = 0;
	uint64_t sum = none != NULL;
	prof_stack id;

	memset(o, 0, sizeof *o);
	o->p = p;
	make_texts(o, text, ctx);
	if (none != NULL)
		none_text = prof_strs_adds(&o->text, none);
	o->rank = prof_ordered_ranks(&o->text, &o->by_rank);
	o->at = prof_alloc((size_t)p->stacks.n + 2, sizeof *o->at);
	o->at[0] = 0;
	o->at[1] = sum;
	for (id = 1; id <= p->stacks.n; id++) {
		if (used == NULL || used[id] != 0)
			sum += count_rows(o, id);
		o->at[id + 1] = sum;
	}
	o->seq = prof_alloc((size_t)sum + 1, sizeof *o->seq);
	if (none != NULL)
		o->seq[0] = o->rank[none_text];
	for (id = 1; id <= p->stacks.n; id++)
		if (o->at[id + 1] > o->at[id])
			fill_rows(o, id);
}

void
prof_ordered_release(struct prof_ordered *o)
{
	prof_strs_release(&o->text);
	free(o->first);
	free(o->of);
	free(o->rank);
	free(o->by_rank);
	free(o->at);
	free(o->seq);
	memset(o, 0, sizeof *o);
}

/* A group of stacks that are alike down to depth. */
struct group {
	size_t lo, n;
	uint64_t depth;
};

struct sorter {
	const struct prof_ordered *o;
	prof_stack *ids;
	uint64_t *key;		/* by stack id */
	unsigned bits, per_key;	/* of a rank; ranks in one key */
	uint64_t depth;		/* of the group being compared */
	struct group *todo;
	size_t ntodo, cap;
};

static int
compare_from(const void *ctx, uint32_t a, uint32_t b)
{
	const struct sorter *s = ctx;
	size_t na, nb, i;
	const uint32_t *x = prof_ordered_stack(s->o, a, &na);
	const uint32_t *y = prof_ordered_stack(s->o, b, &nb);

	for (i = (size_t)s->depth; i < na && i < nb; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return (na > nb) - (na < nb);
}

int
prof_ordered_cmp(const struct prof_ordered *o, prof_stack a, prof_stack b)
{
	struct sorter s = { .o = o };

	return compare_from(&s, a, b);
}

/* As many ranks as fit, 0 behind the end, so that a prefix comes first. */
static uint64_t
key_at(const struct sorter *s, prof_stack id, uint64_t depth)
{
	size_t n;
	const uint32_t *seq = prof_ordered_stack(s->o, id, &n);
	uint64_t key = 0, i;

	for (i = depth; i < depth + s->per_key; i++)
		key = key << s->bits | (i < n ? seq[i] : 0);
	return key;
}

static void
add_group(struct sorter *s, size_t lo, size_t n, uint64_t depth)
{
	struct group g = { lo, n, depth };

	PROF_RESERVE(s->todo, s->cap, s->ntodo + 1);
	s->todo[s->ntodo++] = g;
}

/* Sort a group by one key; what stays alike is left to do. */
static void
sort_group(struct sorter *s, const struct group *g)
{
	prof_stack *ids = s->ids + g->lo;
	uint64_t last = (UINT64_C(1) << s->bits) - 1;
	size_t i, end;
	bool differ = false;

	for (i = 0; i < g->n; i++) {
		s->key[ids[i]] = key_at(s, ids[i], g->depth);
		differ |= s->key[ids[i]] != s->key[ids[0]];
	}
	if (differ)
		prof_sort_keys(ids, g->n, s->key, NULL, NULL);
	for (i = 0; i < g->n; i = end) {
		for (end = i + 1; end < g->n &&
		    s->key[ids[end]] == s->key[ids[i]];)
			end++;
		if (end - i > 1 && (s->key[ids[i]] & last) != 0)
			add_group(s, g->lo + i, end - i,
			    g->depth + s->per_key);
	}
}

void
prof_ordered_sort(const struct prof_ordered *o, prof_stack *ids, size_t n)
{
	struct sorter s = { .o = o, .ids = ids };
	struct group g;

	for (s.bits = 1; (o->text.n + 1) >> s.bits != 0;)
		s.bits++;
	s.per_key = 64 / s.bits;
	s.key = prof_alloc((size_t)o->p->stacks.n + 1, sizeof *s.key);
	if (n > 1)
		add_group(&s, 0, n, 0);
	while (s.ntodo > 0) {
		g = s.todo[--s.ntodo];
		s.depth = g.depth;
		if (g.n < SMALL)
			prof_sort_ids(ids + g.lo, g.n, compare_from, &s);
		else
			sort_group(&s, &g);
	}
	free(s.todo);
	free(s.key);
}
