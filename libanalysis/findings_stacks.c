/* SPDX-License-Identifier: MIT */
#include "libanalysis/findings_stacks.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/err.h"
#include "libanalysis/nomem.h"

struct work {
	const struct prof_diff *d;
	const struct prof_findings_claim *claim;
	unsigned nclaims;
	size_t n;
	double *out;
	uint64_t *claims;	/* [class] bit k: claim k is of it */
	uint32_t *place;	/* [class] in list, + 1; 0: not there */
	uint32_t *stamp;	/* [class] stack it was last met in */
	uint32_t met;
	uint32_t *frame;	/* classes of the stack, leaf first */
	size_t nframes, cap;
};

/* Frames at to the root are the path of a node. */
static bool
is_path(const struct work *w, const struct prof_findings_claim *k,
    size_t at)
{
	return w->nframes - at == k->npath && memcmp(w->frame + at, k->path,
	    k->npath * sizeof *k->path) == 0;
}

static bool
fits_at(const struct work *w, const struct prof_findings_claim *k, size_t at)
{
	if (w->frame[at] != k->class)
		return false;
	switch (k->part) {
	case PROF_CULPRIT_SELF:
	case PROF_CULPRIT_TREE:
		return true;
	case PROF_CULPRIT_PAIR_TREE:
		return k->caller == (at + 1 < w->nframes ?
		    w->frame[at + 1] : 0);
	default:
		return is_path(w, k, at);
	}
}

/* The first claim that fits somewhere. */
static unsigned
find_claim(const struct work *w)
{
	unsigned k, first = w->nclaims;
	uint64_t left;
	size_t at;

	for (at = 0; at < w->nframes; at++)
		for (left = w->claims[w->frame[at]]; left != 0;
		    left &= left - 1) {
			k = (unsigned)__builtin_ctzll(left);
			if (k >= first)
				break;
			if ((at == 0 || !prof_culprit_is_self(
			    w->claim[k].part)) &&
			    fits_at(w, &w->claim[k], at))
				first = k;
		}
	return first;
}

static void
add_stack(struct work *w, unsigned side, double v)
{
	unsigned k = find_claim(w);
	double *self, *total;
	size_t i;

	if (k == w->nclaims)
		return;
	self = w->out + (size_t)side * 2 * w->n * w->nclaims;
	total = self + w->n * w->nclaims;
	w->met++;
	for (i = 0; i < w->nframes; i++) {
		uint32_t class = w->frame[i], at = w->place[class];

		if (at == 0 || w->stamp[class] == w->met)
			continue;
		w->stamp[class] = w->met;
		total[(at - 1) * w->nclaims + k] += v;
		if (i == 0)
			self[(at - 1) * w->nclaims + k] += v;
	}
}

/* By location: whether a function of a claim is at it. */
static bool *
mark_locations(const struct work *w, unsigned r)
{
	const struct prof_rows *v = w->d->run[r].rows;
	const uint32_t *class_of = w->d->match.class_of[r];
	bool *mark = prof_zalloc((size_t)v->p->nloc + 1, sizeof *mark);
	uint32_t loc, i;

	for (loc = 1; loc <= v->p->nloc; loc++)
		for (i = v->first[loc - 1]; i < v->first[loc]; i++)
			mark[loc] |= w->claims[class_of[v->of[i]]] != 0;
	return mark;
}

static void
spell_stack(struct work *w, unsigned r, const prof_loc *loc, size_t n)
{
	const struct prof_rows *v = w->d->run[r].rows;
	const uint32_t *class_of = w->d->match.class_of[r];
	size_t i;
	uint32_t k;

	w->nframes = 0;
	for (i = 0; i < n; i++)
		for (k = v->first[loc[i] - 1]; k < v->first[loc[i]]; k++) {
			PROF_RESERVE(w->frame, w->cap, w->nframes + 1);
			w->frame[w->nframes++] = class_of[v->of[k]];
		}
}

static void
walk(struct work *w, unsigned r)
{
	const struct prof_profile *p = w->d->run[r].rows->p;
	unsigned side = r >= w->d->runs[PROF_DIFF_BASE];
	double unit = (double)w->d->factor[r] / w->d->runs[side];
	bool *mark = mark_locations(w, r);
	int64_t *weight = prof_zalloc((size_t)p->stacks.n + 1,
	    sizeof *weight);
	struct prof_err ignored = { 0 };
	const prof_loc *loc;
	size_t n, i;
	uint32_t s;

	if (p->ntypes > 0)
		(void)prof_flat_weights(p, w->d->run[r].column, weight,
		    &ignored);
	for (s = 1; s <= p->stacks.n; s++) {
		loc = prof_profile_stack(p, s, &n);
		for (i = 0; i < n && !mark[loc[i]]; i++)
			;
		if (i == n || weight[s] == 0)
			continue;
		spell_stack(w, r, loc, n);
		add_stack(w, side, (double)weight[s] * unit);
	}
	free(mark);
	free(weight);
}

void
prof_findings_claims(const struct prof_diff *d,
    const struct prof_findings_claim *claim, unsigned nclaims,
    const uint32_t *list, size_t n, double *out)
{
	struct work w = { .d = d, .claim = claim, .nclaims = nclaims,
	    .n = n, .out = out };
	size_t nclasses = (size_t)d->match.n + 1;
	unsigned r, k;
	uint32_t i;

	PROF_ASSERT(nclaims <= PROF_FINDINGS_CLAIMS);
	w.claims = prof_zalloc(nclasses, sizeof *w.claims);
	w.place = prof_zalloc(nclasses, sizeof *w.place);
	w.stamp = prof_zalloc(nclasses, sizeof *w.stamp);
	for (k = 0; k < nclaims; k++)
		w.claims[claim[k].class] |= UINT64_C(1) << k;
	for (i = 0; i < n; i++)
		w.place[list[i]] = i + 1;
	for (r = 0; r < d->nruns; r++)
		walk(&w, r);
	free(w.claims);
	free(w.place);
	free(w.stamp);
	free(w.frame);
}
