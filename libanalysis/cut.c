/* SPDX-License-Identifier: MIT */
#include "libanalysis/cut.h"

#include <stdlib.h>

#include "libanalysis/droprow.h"
#include "libanalysis/nomem.h"

struct cut {
	struct prof_profile *p;
	prof_cut_fn *fn;
	void *ctx;
	bool any, left;
};

void
prof_cut_samples(struct prof_profile *p, const bool *drop)
{
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		if (drop[p->stack[i]])
			prof_droprow(p, i);
}

bool *
prof_cut_live(const struct prof_profile *p)
{
	bool *live = prof_zalloc((size_t)p->stacks.n + 1, sizeof *live);
	uint32_t i;
	unsigned c;

	for (c = 0; c < p->ntypes; c++)
		for (i = 0; i < p->nsamples; i++)
			if (p->value[c][i] != 0)
				live[p->stack[i]] = true;
	return live;
}

/* The location without the lines that go: 0 when nothing is left. */
static int
cut_location(struct cut *u, prof_loc id, prof_loc *kept,
    struct prof_err *err)
{
	struct prof_profile *p = u->p;
	struct prof_location l = *prof_profile_loc(p, id);
	struct prof_line *lines;
	uint32_t i, n = 0;
	int rc = 0;

	*kept = id;
	if (l.nlines == 0) {
		rc = u->fn(u->ctx, p, &l, NULL, err);
		*kept = rc == 0 ? id : 0;
		return rc < 0 ? rc : PROF_OK;
	}
	lines = prof_alloc(l.nlines, sizeof *lines);
	for (i = 0; i < l.nlines && rc >= 0; i++) {
		rc = u->fn(u->ctx, p, &l, &p->line[l.first_line + i], err);
		if (rc == 0)
			lines[n++] = p->line[l.first_line + i];
	}
	if (n == 0)
		*kept = 0;
	else if (n < l.nlines && rc >= 0)
		*kept = prof_profile_add_loc(p, l, lines, n);
	free(lines);
	return rc < 0 ? rc : PROF_OK;
}

/* Rewrite every stack through a map of locations; 0 removes the frame. */
static void
rewrite_stacks(struct cut *u, const prof_loc *to)
{
	struct prof_profile *p = u->p;
	bool *live = prof_cut_live(p);
	bool *emptied = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *emptied);
	uint64_t from = 0, end, used = 0;
	prof_stack s;

	for (s = 1; s <= p->stacks.n; s++) {
		end = p->stacks.end[s];
		p->stacks.end[s - 1] = used;
		for (; from < end; from++) {
			u->any |= live[s] && to[p->frame[from]] !=
			    p->frame[from];
			if (to[p->frame[from]] != 0)
				p->frame[used++] = to[p->frame[from]];
		}
		u->left |= live[s] && used > p->stacks.end[s - 1];
		emptied[s] = used == p->stacks.end[s - 1];
	}
	if (p->stacks.n > 0)
		p->stacks.end[p->stacks.n] = used;
	prof_cut_samples(p, emptied);
	free(emptied);
	free(live);
}

int
prof_cut_frames(struct prof_profile *p, prof_cut_fn *fn, void *ctx,
    bool *any, bool *left, struct prof_err *err)
{
	struct cut u = { .p = p, .fn = fn, .ctx = ctx };
	uint32_t i, nloc = p->nloc;
	prof_loc *to = prof_alloc((size_t)nloc + 1, sizeof *to);
	int rc = PROF_OK;

	for (i = 1; i <= nloc && rc == PROF_OK; i++)
		rc = cut_location(&u, i, &to[i], err);
	if (rc == PROF_OK)
		rewrite_stacks(&u, to);
	if (any != NULL)
		*any = u.any;
	if (left != NULL)
		*left = u.left;
	free(to);
	return rc;
}
