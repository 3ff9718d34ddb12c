/* SPDX-License-Identifier: MIT */
#include "libanalysis/coarsen.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/cut.h"
#include "libanalysis/nomem.h"

static void
coarsen_functions(struct prof_profile *p, enum prof_granularity by)
{
	uint32_t i;

	for (i = 0; i < p->nfn && by == PROF_BY_NAME; i++) {
		if (p->fn[i].name == 0)
			p->fn[i].name = p->fn[i].system;
		p->fn[i].system = p->fn[i].file = 0;
		p->fn[i].start = 0;
	}
	for (i = 0; i < p->nline; i++) {
		p->line[i].column = 0;
		if (by != PROF_BY_LINE)
			p->line[i].line = 0;
	}
}

/* The module is what tells functions without a file apart. */
static bool
needs_module(const struct prof_profile *p, const struct prof_location *l)
{
	uint32_t i;

	for (i = 0; i < l->nlines; i++)
		if (prof_profile_fn(p, p->line[l->first_line + i].fn)->file ==
		    0)
			return true;
	return false;
}

void
prof_coarsen(struct prof_profile *p, enum prof_granularity by)
{
	struct prof_location *l;
	uint32_t i;

	if (by != PROF_BY_FUNCTION && by != PROF_BY_NAME &&
	    by != PROF_BY_LINE)
		return;
	coarsen_functions(p, by);
	for (i = 0; i < p->nloc; i++) {
		l = &p->loc[i];
		if (l->nlines == 0)
			continue;
		l->address = 0;
		if (by == PROF_BY_NAME || !needs_module(p, l))
			l->mapping = 0;
	}
}

static bool
same_function(const struct prof_profile *p, prof_fn a, prof_fn b)
{
	const struct prof_function *f, *g;

	if (a == b || a == 0 || b == 0)
		return a == b;
	f = prof_profile_fn(p, a);
	g = prof_profile_fn(p, b);
	return f->name == g->name && f->file == g->file &&
	    f->system == g->system;
}

struct folder {
	struct prof_builder b;
	struct prof_line *line;	/* scratch */
	size_t cap;
	bool any;
};

/*
 * The location without lines that repeat the one before, of which *outer is
 * the outermost so far; 0 when nothing is left.
 */
static prof_loc
fold_location(struct folder *f, prof_loc id, prof_fn *outer)
{
	struct prof_profile *p = f->b.p;
	struct prof_location l = *prof_profile_loc(p, id);
	uint32_t i, n = 0;

	if (l.nlines == 0) {
		*outer = 0;
		return id;
	}
	PROF_RESERVE(f->line, f->cap, l.nlines);
	for (i = 0; i < l.nlines; i++) {
		f->line[n] = p->line[l.first_line + i];
		if (*outer != 0 && same_function(p, *outer, f->line[n].fn))
			continue;
		*outer = f->line[n++].fn;
	}
	if (n == l.nlines)
		return id;
	f->any = true;
	return n == 0 ? 0 : prof_builder_location(&f->b, l, f->line, n);
}

bool
prof_fold_recursion(struct prof_profile *p)
{
	struct folder f = { 0 };
	uint64_t from = 0, end, used = 0;
	prof_stack s;
	prof_loc id;
	prof_fn outer;

	prof_builder_init(&f.b, p, NULL);
	for (s = 1; s <= p->stacks.n; s++) {
		end = p->stacks.end[s];
		p->stacks.end[s - 1] = used;
		for (outer = 0; from < end; from++) {
			id = fold_location(&f, p->frame[from], &outer);
			if (id != 0)
				p->frame[used++] = id;
		}
	}
	if (p->stacks.n > 0)
		p->stacks.end[p->stacks.n] = used;
	if (f.any)
		prof_profile_drop_edges(p);
	prof_builder_release(&f.b);
	free(f.line);
	return f.any;
}

/*
 * A location in several parts is one that a format without lines of inlined
 * functions makes of each: the flag says that its caller is what it is in.
 */
static int
is_inlined(void *ctx, const struct prof_profile *p,
    const struct prof_location *l, const struct prof_line *line,
    struct prof_err *err)
{
	(void)ctx;
	(void)err;
	if ((l->flags & PROF_LOC_INLINED) != 0)
		return 1;
	return line != NULL && line != p->line + l->first_line + l->nlines -
	    1;
}

bool
prof_drop_inlines(struct prof_profile *p)
{
	struct prof_err err = { 0 };
	bool any = false;

	prof_cut_frames(p, is_inlined, NULL, &any, NULL, &err);
	if (any)
		prof_profile_drop_edges(p);
	return any;
}
