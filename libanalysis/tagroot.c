/* SPDX-License-Identifier: MIT */
#include "libanalysis/tagroot.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/droprow.h"
#include "libanalysis/label.h"
#include "libanalysis/nomem.h"
#include "libanalysis/wrap.h"

struct keys {
	prof_str *key;
	size_t n, cap;
};

/* In the order of a stack: the last key is next to the leaf. */
static void
keys_init(struct keys *k, struct prof_profile *p, const char *list)
{
	const char *end = list + strlen(list), *from;

	memset(k, 0, sizeof *k);
	for (;;) {
		for (from = end; from > list && from[-1] != ','; from--)
			;
		if (from < end) {
			PROF_RESERVE(k->key, k->cap, k->n + 1);
			k->key[k->n++] = prof_strs_add(&p->strs, from,
			    (size_t)(end - from));
		}
		if (from == list)
			break;
		end = from - 1;
	}
}

/* The values of one key in a set, as one name. */
static bool
join_values(struct prof_buf *name, const struct prof_profile *p,
    prof_set set, prof_str key)
{
	const struct prof_label *l;
	bool any = false;
	size_t i, n;

	prof_buf_clear(name);
	l = prof_profile_set(p, set, &n);
	for (i = 0; i < n; i++) {
		if (l[i].key != key)
			continue;
		if (any)
			prof_buf_addc(name, ',');
		any = true;
		prof_label_value(name, p, &l[i]);
	}
	return any;
}

/* By label set, a location for each key; has: out, whether it has any. */
static prof_loc *
make_frames(struct prof_builder *b, const struct keys *k, bool *has)
{
	struct prof_profile *p = b->p;
	prof_loc *to = prof_zalloc(((size_t)p->sets.n + 1) * k->n + 1,
	    sizeof *to);
	struct prof_buf name = { 0 };
	prof_set s;
	size_t i;

	for (s = 0; s <= p->sets.n; s++)
		for (i = 0; i < k->n; i++) {
			has[s] |= join_values(&name, p, s, k->key[i]);
			to[s * k->n + i] = prof_wrap_frame(b, prof_strs_add(
			    &p->strs, name.data, name.len), k->key[i]);
		}
	prof_buf_release(&name);
	return to;
}

bool
prof_tagroot(struct prof_profile *p, const char *list, bool leaf)
{
	bool *has = prof_zalloc((size_t)p->sets.n + 1, sizeof *has);
	struct prof_wrap w = { 0 };
	struct prof_builder b;
	struct keys k;
	prof_loc *frames;
	bool any = false;
	uint32_t i;

	prof_builder_init(&b, p, NULL);
	keys_init(&k, p, list);
	frames = make_frames(&b, &k, has);
	for (i = 0; i < p->nsamples && !any; i++)
		any = has[p->set[i]] && !prof_droprow_done(p, i);
	w.leaf = w.root = frames;
	w.nleaf = leaf ? k.n : 0;
	w.nroot = leaf ? 0 : k.n;
	prof_wrap_stacks(&b, &w);
	prof_profile_drop_edges(p);
	prof_builder_release(&b);
	free(frames);
	free(k.key);
	free(has);
	return any;
}
