/* SPDX-License-Identifier: MIT */
#ifndef PROF_REWRITE_H
#define PROF_REWRITE_H

#include "libanalysis/buf.h"
#include "libanalysis/profile.h"

/*
 * Names of a profile rewritten in place, each distinct one looked at once.
 * What shares a name before shares one afterwards.
 */

/*
 * Write the new text of s[0..len) to out, which is empty, and return true;
 * or return false to leave it as it is.  s is NUL-terminated.
 */
typedef bool prof_rewrite_fn(void *ctx, const char *s, size_t len,
    struct prof_buf *out);

struct prof_rewriter {
	struct prof_profile *p;
	prof_rewrite_fn *fn;
	void *ctx;
	prof_str *to;		/* by string id; UINT32_MAX: not asked yet */
	size_t n;
	struct prof_buf buf;
};

void prof_rewriter_init(struct prof_rewriter *r, struct prof_profile *p,
    prof_rewrite_fn *fn, void *ctx);
void prof_rewriter_release(struct prof_rewriter *r);

/* The id of what s becomes; never 0 unless s is. */
prof_str prof_rewriter_get(struct prof_rewriter *r, prof_str s);

/*
 * Whether the linker name is the name with one of the marks of folded
 * stacks behind it ("_[k]"), which a new name must keep.
 */
bool prof_rewrite_is_marked(const struct prof_profile *p,
    const struct prof_function *f);

/* Give f a new name; returns false if it has that one already. */
bool prof_rewrite_name(struct prof_profile *p, struct prof_function *f,
    prof_str name);

#endif
