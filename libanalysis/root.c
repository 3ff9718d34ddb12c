/* SPDX-License-Identifier: MIT */
#include "libanalysis/root.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/wrap.h"

/* What the labels of a set say of where a sample was taken. */
struct origin {
	const struct prof_label *comm, *process, *thread;
};

static struct origin
origin_of(const struct prof_profile *p, prof_set set)
{
	struct origin o = { 0 };
	const struct prof_label *l;
	const char *key;
	size_t i, n;

	l = prof_profile_set(p, set, &n);
	for (i = 0; i < n; i++) {
		key = prof_profile_str(p, l[i].key);
		if (strcmp(key, "comm") == 0 && l[i].str != 0)
			o.comm = &l[i];
		else if (strcmp(key, "process") == 0)
			o.process = &l[i];
		else if (strcmp(key, "thread") == 0)
			o.thread = &l[i];
	}
	return o;
}

static void
add_text(struct prof_buf *b, const struct prof_profile *p, prof_str s)
{
	prof_buf_add(b, prof_profile_str(p, s), prof_strs_len(&p->strs, s));
}

static void
add_number(struct prof_buf *b, char before, const struct prof_label *l)
{
	if (l == NULL || l->str != 0)
		return;
	if (b->len > 0)
		prof_buf_addc(b, before);
	prof_buf_addf(b, "%lld", (long long)l->num);
}

void
prof_root_name(struct prof_buf *b, const struct prof_profile *p,
    prof_set set, enum prof_root root)
{
	struct origin o = origin_of(p, set);
	const struct prof_label *text = NULL;

	if (root == PROF_ROOT_PROCESS)
		text = o.process;
	else if (root == PROF_ROOT_THREAD)
		text = o.thread;
	if (text != NULL && text->str != 0) {
		add_text(b, p, text->str);
		return;
	}
	if (o.comm != NULL)
		add_text(b, p, o.comm->str);
	if (root != PROF_ROOT_COMM)
		add_number(b, '-', o.process);
	if (root == PROF_ROOT_THREAD)
		add_number(b, '/', o.thread);
}

/* By label set: the location of its root frame, 0 for none. */
static prof_loc *
make_roots(struct prof_builder *b, enum prof_root root)
{
	struct prof_profile *p = b->p;
	prof_loc *to = prof_zalloc((size_t)p->sets.n + 1, sizeof *to);
	struct prof_buf text = { 0 };
	prof_set s;

	for (s = 1; s <= p->sets.n; s++) {
		prof_buf_clear(&text);
		prof_root_name(&text, p, s, root);
		if (text.len > 0)
			to[s] = prof_wrap_frame(b, prof_strs_add(&p->strs,
			    text.data, text.len), 0);
	}
	prof_buf_release(&text);
	return to;
}

bool
prof_root_add(struct prof_profile *p, enum prof_root root)
{
	struct prof_wrap w = { .nroot = 1 };
	struct prof_builder b;
	bool any = false;
	prof_loc *to;
	prof_set s;

	if (root == PROF_ROOT_NONE)
		return false;
	prof_builder_init(&b, p, NULL);
	to = make_roots(&b, root);
	for (s = 1; s <= p->sets.n && !any; s++)
		any = to[s] != 0;
	w.leaf = w.root = to;
	prof_wrap_stacks(&b, &w);
	free(to);
	prof_builder_release(&b);
	return any;
}
