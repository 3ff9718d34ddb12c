/* SPDX-License-Identifier: MIT */
#include "libanalysis/findings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

struct picked {
	const struct prof_evidence *e;
	const struct prof_effect *effect;
};

static double
delta_of(const struct prof_effect *f)
{
	return f->base > 0 && f->ratio > 0 ? f->now - f->now / f->ratio :
	    f->now - f->base;
}

/* Largest change first. */
static int
by_size(const void *ctx, uint32_t a, uint32_t b)
{
	const struct picked *p = ctx;
	double x = fabs(delta_of(&p->effect[a]));
	double y = fabs(delta_of(&p->effect[b]));

	if (x > y || x < y)
		return x > y ? -1 : 1;
	return p->e->d->rank[a] < p->e->d->rank[b] ? -1 : 1;
}

static enum prof_finding_kind
kind_of(const struct prof_diff *d, uint32_t class)
{
	return d->status[class] == PROF_DIFF_NEW ? PROF_FINDING_NEW :
	    d->status[class] == PROF_DIFF_GONE ? PROF_FINDING_GONE :
	    PROF_FINDING_FUNCTION;
}

/* What is there on one side only need not be said twice. */
static bool
is_said(const struct prof_findings *f, const struct prof_diff *d,
    uint32_t class)
{
	return kind_of(d, class) != PROF_FINDING_FUNCTION &&
	    (f->by[0][class] != 0 || f->by[1][class] != 0);
}

/* Room for n findings before all others. */
static void
make_room(struct prof_findings *f, uint32_t nclasses, size_t n)
{
	struct prof_finding *of = prof_zalloc(f->n + n, sizeof *of);
	uint32_t i;
	unsigned k;

	if (f->n > 0)
		memcpy(of + n, f->of, f->n * sizeof *of);
	free(f->of);
	f->of = of;
	f->n += n;
	for (k = 0; k < 2; k++)
		for (i = 0; i <= nclasses; i++)
			if (f->by[k][i] != 0)
				f->by[k][i] += (uint32_t)n;
}

void
prof_findings_of_calls(struct prof_findings *f,
    const struct prof_evidence *e, enum prof_judged what)
{
	struct picked p = { e, e->of[what] };
	uint32_t nclasses = e->d->match.n, i, *ids;
	size_t n = 0, k;

	if (p.effect == NULL)
		return;
	ids = prof_alloc((size_t)nclasses + 1, sizeof *ids);
	for (i = 1; i <= nclasses; i++)
		if (p.effect[i].found && !is_said(f, e->d, i))
			ids[n++] = i;
	prof_sort_ids(ids, n, by_size, &p);
	make_room(f, nclasses, n);
	for (k = 0; k < n; k++)
		f->of[k] = (struct prof_finding){
		    .kind = kind_of(e->d, ids[k]), .metric = what,
		    .class = ids[k], .base = p.effect[ids[k]].base,
		    .now = p.effect[ids[k]].now,
		    .delta = delta_of(&p.effect[ids[k]]),
		    .effect = &p.effect[ids[k]] };
	free(ids);
}
