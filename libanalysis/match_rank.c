/* SPDX-License-Identifier: MIT */
#include "libanalysis/match.h"

#include <stdlib.h>

#include "libanalysis/hash.h"
#include "libanalysis/match_texts.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

enum { NAME, FILE_NAME, MODULE, TEXTS };

struct ranker {
	const struct prof_match *m;
	uint32_t *text[TEXTS];		/* by class; its id, then its rank */
};

/* Replace the texts of all classes by their places among each other. */
static void
rank_texts(struct ranker *k, struct prof_texts *t, unsigned which)
{
	uint32_t *rank = prof_alloc((size_t)t->n + 1, sizeof *rank), i;

	prof_texts_rank(t, rank);
	for (i = 1; i <= k->m->n; i++)
		k->text[which][i] = rank[k->text[which][i]];
	free(rank);
	prof_texts_release(t);
}

static void
read_texts(struct ranker *k)
{
	struct prof_texts t[TEXTS] = { { 0 } };
	const struct prof_row *r;
	unsigned which;
	uint32_t i;

	for (which = 0; which < TEXTS; which++) {
		t[which].seed = prof_hash_seed();
		k->text[which] = prof_alloc((size_t)k->m->n + 1,
		    sizeof *k->text[which]);
	}
	for (i = 1; i <= k->m->n; i++) {
		r = prof_match_row(k->m, i);
		k->text[NAME][i] = prof_texts_add(&t[NAME], r->name,
		    r->name_len);
		k->text[FILE_NAME][i] = prof_texts_add(&t[FILE_NAME],
		    r->file, r->file_len);
		k->text[MODULE][i] = prof_texts_add(&t[MODULE], r->module,
		    r->module_len);
	}
	for (which = 0; which < TEXTS; which++)
		rank_texts(k, &t[which], which);
}

static int
by_module(const void *ctx, uint32_t a, uint32_t b)
{
	const struct ranker *k = ctx;
	const struct prof_row *x, *y;

	if (k->text[MODULE][a] != k->text[MODULE][b])
		return k->text[MODULE][a] < k->text[MODULE][b] ? -1 : 1;
	x = prof_match_row(k->m, a);
	y = prof_match_row(k->m, b);
	return x->line < y->line ? -1 : x->line > y->line;
}

void
prof_match_rank(const struct prof_match *m, uint32_t *rank)
{
	struct ranker k = { .m = m };
	uint64_t *key = prof_alloc((size_t)m->n + 1, sizeof *key);
	uint32_t *ids = prof_alloc((size_t)m->n + 1, sizeof *ids), i;

	read_texts(&k);
	for (i = 1; i <= m->n; i++) {
		key[i] = (uint64_t)k.text[NAME][i] << 32 |
		    k.text[FILE_NAME][i];
		ids[i - 1] = i;
	}
	prof_sort_keys(ids, m->n, key, by_module, &k);
	rank[0] = 0;
	for (i = 0; i < m->n; i++)
		rank[ids[i]] = i + 1;
	for (i = 0; i < TEXTS; i++)
		free(k.text[i]);
	free(key);
	free(ids);
}
