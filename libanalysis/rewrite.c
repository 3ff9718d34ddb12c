/* SPDX-License-Identifier: MIT */
#include "libanalysis/rewrite.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

#define MARK_LEN 4

void
prof_rewriter_init(struct prof_rewriter *r, struct prof_profile *p,
    prof_rewrite_fn *fn, void *ctx)
{
	memset(r, 0, sizeof *r);
	r->p = p;
	r->fn = fn;
	r->ctx = ctx;
	r->n = p->strs.n;
	r->to = prof_alloc(r->n + 1, sizeof *r->to);
	memset(r->to, 0xff, (r->n + 1) * sizeof *r->to);
}

void
prof_rewriter_release(struct prof_rewriter *r)
{
	free(r->to);
	prof_buf_release(&r->buf);
	memset(r, 0, sizeof *r);
}

static prof_str
rewritten(struct prof_rewriter *r, prof_str s)
{
	struct prof_strs *strs = &r->p->strs;

	prof_buf_clear(&r->buf);
	if (!r->fn(r->ctx, prof_strs_get(strs, s), prof_strs_len(strs, s),
	    &r->buf) || r->buf.len == 0 || r->buf.len >= UINT32_MAX)
		return s;
	return prof_strs_add(strs, r->buf.data, r->buf.len);
}

prof_str
prof_rewriter_get(struct prof_rewriter *r, prof_str s)
{
	if (s == 0)
		return 0;
	if (s > r->n)		/* made meanwhile */
		return rewritten(r, s);
	if (r->to[s] == UINT32_MAX)
		r->to[s] = rewritten(r, s);
	return r->to[s];
}

bool
prof_rewrite_is_marked(const struct prof_profile *p,
    const struct prof_function *f)
{
	const char *system = prof_profile_str(p, f->system), *mark;
	uint32_t len = prof_strs_len(&p->strs, f->name);

	if (prof_strs_len(&p->strs, f->system) != len + MARK_LEN ||
	    memcmp(system, prof_profile_str(p, f->name), len) != 0)
		return false;
	mark = system + len;
	return mark[0] == '_' && mark[1] == '[' && mark[3] == ']' &&
	    memchr("kij0", mark[2], 4) != NULL;
}

bool
prof_rewrite_name(struct prof_profile *p, struct prof_function *f,
    prof_str name)
{
	struct prof_buf b = { 0 };

	if (f->name == name)
		return false;
	if (prof_rewrite_is_marked(p, f)) {
		prof_buf_add(&b, prof_profile_str(p, name),
		    prof_strs_len(&p->strs, name));
		prof_buf_add(&b, prof_profile_str(p, f->system) +
		    prof_strs_len(&p->strs, f->name), MARK_LEN);
		f->system = prof_strs_add(&p->strs, b.data, b.len);
		prof_buf_release(&b);
	}
	f->name = name;
	return true;
}
