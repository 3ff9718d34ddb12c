/* SPDX-License-Identifier: MIT */
#include "libanalysis/coarsen.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "libanalysis/cut.h"
#include "libanalysis/hash.h"
#include "libanalysis/map.h"
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

struct folder {
	struct prof_builder b;
	uint32_t *same;		/* by function: the first one like it */
	uint32_t *alone;	/* by location of one line: same of it; 0 */
	struct prof_line *line;	/* scratch */
	size_t cap;
	bool any;
};

static bool
are_alike(const struct prof_function *f, const struct prof_function *g)
{
	return f->name == g->name && f->file == g->file &&
	    f->system == g->system;
}

static void
find_alike(struct folder *f)
{
	const struct prof_profile *p = f->b.p;
	const struct prof_function *fn;
	uint64_t seed = prof_hash_seed(), hash;
	struct prof_map map = { 0 };
	uint32_t i, id, at;

	f->same = prof_zalloc((size_t)p->nfn + 1, sizeof *f->same);
	for (i = 1; i <= p->nfn; i++) {
		fn = prof_profile_fn(p, i);
		hash = prof_hash_add(seed, seed, (uint64_t)fn->name << 32 |
		    fn->file);
		hash = prof_hash_add(seed, hash, fn->system);
		for (id = prof_map_first(&map, hash, &at); id != 0;
		    id = prof_map_next(&map, hash, &at))
			if (are_alike(fn, prof_profile_fn(p, id)))
				break;
		if (id == 0)
			prof_map_put(&map, hash, i);
		f->same[i] = id != 0 ? id : i;
	}
	prof_map_release(&map);
}

static void
start_folding(struct folder *f, struct prof_profile *p)
{
	const struct prof_location *l;
	uint32_t i;

	memset(f, 0, sizeof *f);
	prof_builder_init(&f->b, p, NULL);
	find_alike(f);
	f->alone = prof_zalloc((size_t)p->nloc + 1, sizeof *f->alone);
	for (i = 1; i <= p->nloc; i++) {
		l = prof_profile_loc(p, i);
		if (l->nlines == 1)
			f->alone[i] = f->same[p->line[l->first_line].fn];
	}
}

/*
 * The location without lines that repeat the one before, of which *outer is
 * the outermost so far; 0 when nothing is left.
 */
static prof_loc
fold_location(struct folder *f, prof_loc id, uint32_t *outer)
{
	struct prof_profile *p = f->b.p;
	struct prof_location l = *prof_profile_loc(p, id);
	uint32_t i, n = 0, same;

	if (l.nlines == 0) {
		*outer = 0;
		return id;
	}
	PROF_RESERVE(f->line, f->cap, l.nlines);
	for (i = 0; i < l.nlines; i++) {
		f->line[n] = p->line[l.first_line + i];
		same = f->same[f->line[n].fn];
		n += same != *outer;
		*outer = same;
	}
	if (n == l.nlines)
		return id;
	f->any = true;
	return n == 0 ? 0 : prof_builder_location(&f->b, l, f->line, n);
}

/* Most locations have one line: no more than a look. */
static uint64_t
fold_run(struct folder *f, uint64_t from, uint64_t end, uint64_t used)
{
	struct prof_profile *p = f->b.p;
	uint32_t outer = 0, same;
	prof_loc id;

	for (; from < end; from++) {
		id = p->frame[from];
		same = f->alone[id];
		if (same == 0) {
			id = fold_location(f, id, &outer);
		} else if (same == outer) {
			f->any = true;
			continue;
		} else {
			outer = same;
		}
		if (id != 0)
			p->frame[used++] = id;
	}
	return used;
}

bool
prof_fold_recursion(struct prof_profile *p)
{
	struct folder f;
	uint64_t from = 0, end, used = 0;
	prof_stack s;

	start_folding(&f, p);
	for (s = 1; s <= p->stacks.n; s++) {
		end = p->stacks.end[s];
		p->stacks.end[s - 1] = used;
		used = fold_run(&f, from, end, used);
		from = end;
	}
	if (p->stacks.n > 0)
		p->stacks.end[p->stacks.n] = used;
	if (f.any)
		prof_profile_drop_edges(p);
	prof_builder_release(&f.b);
	free(f.same);
	free(f.alone);
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
