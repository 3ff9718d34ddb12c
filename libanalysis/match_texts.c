/* SPDX-License-Identifier: MIT */
#include "libanalysis/match_texts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/intern.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define LONG 64		/* bytes from which an address is remembered */
#define CHUNK 8		/* bytes that are compared as one number */
#define FEW 32		/* texts that are not worth a radix sort */

static uint64_t
address_hash(const struct prof_texts *t, const char *s)
{
	return prof_hash_mix(t->seed, (uint64_t)(uintptr_t)s);
}

static uint32_t
find_address(const struct prof_texts *t, const char *s)
{
	uint64_t hash = address_hash(t, s);
	uint32_t at, i;

	for (i = prof_map_first(&t->by_address, hash, &at); i != 0;
	    i = prof_map_next(&t->by_address, hash, &at))
		if (t->known[i - 1].s == s)
			return t->known[i - 1].id;
	return 0;
}

static void
keep_address(struct prof_texts *t, const char *s, uint32_t id)
{
	PROF_RESERVE(t->known, t->known_cap, (size_t)t->nknown + 1);
	t->known[t->nknown++] = (struct prof_known){ s, id };
	prof_map_put(&t->by_address, address_hash(t, s), t->nknown);
}

static uint32_t
add_content(struct prof_texts *t, const char *s, size_t len)
{
	uint64_t hash = prof_hash_bytes(t->seed, s, len);
	uint32_t at, id;

	for (id = prof_map_first(&t->by_content, hash, &at); id != 0;
	    id = prof_map_next(&t->by_content, hash, &at))
		if (t->text[id - 1].len == len &&
		    memcmp(t->text[id - 1].s, s, len) == 0)
			return id;
	PROF_RESERVE(t->text, t->cap, (size_t)t->n + 1);
	t->text[t->n++] = (struct prof_text){ s, len };
	prof_map_put(&t->by_content, hash, t->n);
	return t->n;
}

uint32_t
prof_texts_add(struct prof_texts *t, const char *s, size_t len)
{
	uint32_t id;

	if (len < LONG)
		return add_content(t, s, len);
	id = find_address(t, s);
	/* Another text may begin at the same place. */
	if (id != 0 && t->text[id - 1].len == len)
		return id;
	id = add_content(t, s, len);
	if (find_address(t, s) == 0)
		keep_address(t, s, id);
	return id;
}

uint32_t
prof_texts_adds(struct prof_texts *t, const char *s)
{
	uint32_t id = find_address(t, s);

	if (id == 0) {
		id = add_content(t, s, strlen(s));
		keep_address(t, s, id);
	}
	return id;
}

/* --- order ---------------------------------------------------------------- */

struct range {
	size_t lo, n;
	size_t at;		/* bytes that all its texts share */
};

struct ranker {
	const struct prof_texts *t;
	uint32_t *ids;
	uint64_t *key;		/* by id */
	struct range *todo;
	size_t ntodo, cap;
};

static int
by_bytes(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_texts *t = ctx;
	const struct prof_text *x = &t->text[a - 1], *y = &t->text[b - 1];

	return prof_bytes_cmp(x->s, x->len, y->s, y->len);
}

static void
push(struct ranker *k, size_t lo, size_t n, size_t at)
{
	PROF_RESERVE(k->todo, k->cap, k->ntodo + 1);
	k->todo[k->ntodo++] = (struct range){ lo, n, at };
}

/* The next bytes of a text as a number of the same order. */
static uint64_t
chunk(const struct prof_text *t, size_t at)
{
	uint64_t key = 0;
	size_t i;

	for (i = at; i < at + CHUNK; i++)
		key = key << 8 | (i < t->len ? (unsigned char)t->s[i] : 0u);
	return key;
}

/*
 * Leave runs of equal chunks for later.  What has ended there can differ
 * in NULs at its end only.
 */
static void
split(struct ranker *k, const struct range *r)
{
	size_t i, j, longest, len;
	uint32_t *ids = k->ids + r->lo;

	for (i = 0; i < r->n; i = j) {
		longest = 0;
		for (j = i; j < r->n && k->key[ids[j]] == k->key[ids[i]];
		    j++) {
			len = k->t->text[ids[j] - 1].len;
			longest = len > longest ? len : longest;
		}
		if (j - i == 1)
			continue;
		if (longest <= r->at + CHUNK)
			prof_sort_ids(ids + i, j - i, by_bytes, k->t);
		else
			push(k, r->lo + i, j - i, r->at + CHUNK);
	}
}

static void
sort_texts(struct ranker *k)
{
	struct range r;
	uint32_t id;
	size_t i;

	push(k, 0, k->t->n, 0);
	while (k->ntodo > 0) {
		r = k->todo[--k->ntodo];
		if (r.n < FEW) {
			prof_sort_ids(k->ids + r.lo, r.n, by_bytes, k->t);
			continue;
		}
		for (i = r.lo; i < r.lo + r.n; i++) {
			id = k->ids[i];
			k->key[id] = chunk(&k->t->text[id - 1], r.at);
		}
		prof_sort_keys(k->ids + r.lo, r.n, k->key, NULL, NULL);
		split(k, &r);
	}
}

void
prof_texts_rank(const struct prof_texts *t, uint32_t *rank)
{
	struct ranker k = { .t = t };
	uint32_t i;

	k.ids = prof_alloc((size_t)t->n + 1, sizeof *k.ids);
	k.key = prof_alloc((size_t)t->n + 1, sizeof *k.key);
	for (i = 0; i < t->n; i++)
		k.ids[i] = i + 1;
	sort_texts(&k);
	rank[0] = 0;
	for (i = 0; i < t->n; i++)
		rank[k.ids[i]] = i + 1;
	free(k.ids);
	free(k.key);
	free(k.todo);
}

void
prof_texts_release(struct prof_texts *t)
{
	free(t->text);
	free(t->known);
	prof_map_release(&t->by_content);
	prof_map_release(&t->by_address);
	memset(t, 0, sizeof *t);
}
