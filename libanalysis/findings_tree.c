/* SPDX-License-Identifier: MIT */
#include "libanalysis/findings_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/findings_stacks.h"
#include "libanalysis/nomem.h"
#include "libanalysis/shift.h"
#include "libanalysis/single.h"

/* Bounds on time; real recordings have less than ten culprits. */
#define SCANS 50	/* culprits at most */
#define MORE 200	/* functions without one, then each on its own */
/* 400 looks at the tree of two million stacks took 1.2 s. */
#define MORE_NODES 1048576	/* looked at for these; each takes them all */
#define CLAIMS_MAX (1 << 22)	/* numbers about stacks of culprits */

/* Chosen: check-stat's experiments cause and moved hold with these. */
#define ALPHA 0.01	/* chance that a culprit is none */
#define CHANCE ALPHA	/* that there is a rest to explain */
#define EXPLAINED 0.8	/* of a change: with its rest inside the noise */
#define MOSTLY 0.5	/* of it, when the rest may be chance */

/* 5 % a run, squared: what check-stat takes for a usual machine. */
/*
 * Where no samples are known a small part must not win by a large ratio: as
 * if so many samples had been taken, so that of more than 0.4 % of all (1 by
 * PROF_SINGLE_USUAL) the noise of runs counts for more than that of samples.
 */
#define SAMPLES_TIMED 1e5
#define SAMPLES_EXACT 1e9	/* any change tells */

/* What is known so far of a row that is to be explained. */
struct row {
	double most, sum;	/* explained by one finding, and by all */
	uint32_t by;		/* that one, + 1 */
	double left;		/* growth that is left */
};

struct work {
	struct prof_findings_maker *m;
	struct prof_culprit_scan s;
	bool down;
	bool *wanted;
	uint32_t *list;		/* classes that are wanted */
	size_t nlist;
	struct row *row[PROF_DIFF_METRICS];	/* by place in list */
	struct prof_findings_claim claim[SCANS];
	size_t finding[SCANS];	/* of each claim */
	unsigned nclaims;
};

static const enum prof_culprit_part part_of[] = { PROF_CULPRIT_SELF,
    PROF_CULPRIT_TREE };

static struct prof_culprit_noise
noise_of(const struct prof_findings_maker *m, const struct prof_context *c)
{
	const struct prof_evidence *e = m->e;
	bool counted = e->model[PROF_JUDGED_SELF] == PROF_MODEL_SAMPLED &&
	    e->samples[0] > 0 && e->samples[1] > 0;
	bool exact = e->model[PROF_JUDGED_SELF] == PROF_MODEL_EXACT;
	struct prof_culprit_noise o = { 0 };
	double n, phi = exact || !(e->phi > 0) ? 0 : e->phi;
	unsigned s;

	if (!counted && !exact && phi < PROF_SINGLE_USUAL)
		phi = PROF_SINGLE_USUAL;
	for (s = 0; s < PROF_DIFF_SIDES; s++) {
		n = counted ? e->samples[s] : exact ? SAMPLES_EXACT :
		    SAMPLES_TIMED;
		o.per[s] = c->total[s][0] > 0 ? n / c->total[s][0] : 0;
		o.phi[s] = phi / e->d->runs[s];
	}
	/* Of a side without values, as many as for the other. */
	for (s = 0; s < PROF_DIFF_SIDES; s++)
		if (!(o.per[s] > 0))
			o.per[s] = o.per[!s] > 0 ? o.per[!s] : 1;
	o.s = m->factor * o.per[1] / o.per[0];
	return o;
}

static double
growth(const struct work *w, unsigned metric, uint32_t class, bool before)
{
	const struct prof_culprit_column *k = &w->s.of[part_of[metric]];

	return prof_culprit_growth(&w->s, before ? k->x0[class] :
	    k->x[class], before ? k->y0[class] : k->y[class]);
}

static bool
want(struct work *w, const struct prof_context *c)
{
	uint32_t n = c->d->match.n, i;
	struct prof_culprit_noise noise;
	unsigned k;

	w->wanted = prof_zalloc((size_t)n + 1, sizeof *w->wanted);
	w->list = prof_alloc(n, sizeof *w->list);
	for (i = 1; i <= n; i++) {
		w->wanted[i] = prof_findings_wants(w->m, PROF_DIFF_SELF, i,
		    w->down) || prof_findings_wants(w->m, PROF_DIFF_TOTAL,
		    i, w->down);
		if (w->wanted[i])
			w->list[w->nlist++] = i;
	}
	if (w->nlist == 0)
		return false;
	noise = noise_of(w->m, c);
	prof_culprit_init(&w->s, c, &noise, w->wanted, w->down);
	for (k = 0; k < PROF_DIFF_METRICS; k++) {
		w->row[k] = prof_zalloc(w->nlist, sizeof *w->row[k]);
		for (i = 0; i < w->nlist; i++)
			w->row[k][i].left = growth(w, k, w->list[i], true);
	}
	return true;
}

/* Nearly all of what it does, it does itself. */
static bool
is_leaf(const struct work *w, uint32_t class)
{
	const struct prof_culprit_column *self, *tree;

	self = &w->s.of[PROF_CULPRIT_SELF];
	tree = &w->s.of[PROF_CULPRIT_TREE];
	return self->x0[class] >= EXPLAINED * tree->x0[class] &&
	    self->y0[class] >= EXPLAINED * tree->y0[class];
}

/* What moved explains nothing but the row of what it moved to. */
static bool
may_explain(const struct work *w, const struct prof_finding *f,
    unsigned metric, uint32_t class)
{
	if (!f->shifted)
		return true;
	return f->class == class && (f->metric == metric ||
	    is_leaf(w, class));
}

/* A finding's samples were taken out: whose growth went with them? */
static void
attribute(struct work *w, size_t finding)
{
	const struct prof_finding *f = &w->m->f->of[finding];
	struct row *r;
	double left, part;
	unsigned k;
	size_t i;

	for (k = 0; k < PROF_DIFF_METRICS; k++)
		for (i = 0; i < w->nlist; i++) {
			r = &w->row[k][i];
			left = growth(w, k, w->list[i], false);
			part = r->left - left;
			r->left = left;
			if (part <= 0 || !may_explain(w, f, k, w->list[i]))
				continue;
			r->sum += part;
			if (part > r->most) {
				r->most = part;
				r->by = (uint32_t)finding + 1;
			}
		}
}

static bool
is_explained(const struct work *w, unsigned metric, size_t i)
{
	const struct row *r = &w->row[metric][i];
	double all = growth(w, metric, w->list[i], true);

	if (r->by == 0)
		return false;
	if (r->sum >= EXPLAINED * all)
		return true;
	return r->sum >= MOSTLY * all && prof_culprit_p(
	    w->s.of[part_of[metric]].llr[w->list[i]]) > CHANCE;
}

static void
tell_group(const struct work *w, struct prof_finding *f,
    struct prof_shift *sh)
{
	const struct prof_findings_maker *m = w->m;
	double to = m->unit / w->s.noise.per[0];

	/* Counts of x are of the new side then, and what grew is less. */
	if (w->down)
		to /= -m->factor;
	f->shifted = true;
	f->group = sh->group;
	f->ngroup = sh->ngroup;
	sh->group = NULL;
	f->group_delta = sh->delta * to;
	f->group_low = (w->down ? sh->high : sh->low) * to;
	f->group_high = (w->down ? sh->low : sh->high) * to;
}

/* What moved claims no stacks. */
static void
add_claim(struct work *w, const struct prof_culprit *u, size_t finding)
{
	struct prof_findings_claim *k = &w->claim[w->nclaims];
	uint32_t i;

	if (w->nclaims == SCANS || w->m->f->of[finding].shifted)
		return;
	memset(k, 0, sizeof *k);
	k->part = u->part;
	k->class = u->class;
	k->caller = u->caller;
	if (u->part == PROF_CULPRIT_NODE_SELF ||
	    u->part == PROF_CULPRIT_NODE_TREE) {
		for (i = u->id; i != 0; i = w->s.parent[i])
			k->npath++;
		k->path = prof_alloc(k->npath, sizeof *k->path);
		k->npath = 0;
		for (i = u->id; i != 0; i = w->s.parent[i])
			k->path[k->npath++] = w->s.of[0].class[i];
	}
	w->finding[w->nclaims++] = finding;
}

/* One context's own code has changed as much as all of it. */
static bool
is_all_own(const struct work *w, const struct prof_culprit *u)
{
	double all = growth(w, PROF_DIFF_SELF, u->class, true);
	double part = prof_culprit_growth(&w->s, u->x, u->y);

	return u->part == PROF_CULPRIT_NODE_SELF &&
	    fabs(part - all) <= (1 - EXPLAINED) * fabs(all);
}

static void
add_culprit(struct work *w, const struct prof_culprit *u,
    enum prof_finding_kind kind)
{
	bool part = u->part != PROF_CULPRIT_SELF &&
	    u->part != PROF_CULPRIT_TREE;
	unsigned metric = !prof_culprit_is_self(u->part);
	bool apart = w->s.of[part_of[metric]].nodes[u->class] > 1;
	double x = u->x / w->s.noise.per[0] * w->m->unit;
	double y = u->y / w->s.noise.per[1] * w->m->unit;
	struct prof_shift sh;
	size_t i;

	i = prof_findings_add(w->m, kind, metric, u->class);
	if (part && apart && !is_all_own(w, u))
		prof_findings_narrow(w->m, i, u->caller, w->down ? y : x,
		    w->down ? x : y);
	else if (kind == PROF_FINDING_CALLS)
		w->m->f->of[i].caller = u->caller;
	prof_shift_of(&sh, &w->s, u);
	prof_culprit_take(&w->s, u->part, u->id);
	if (sh.shifted) {
		tell_group(w, &w->m->f->of[i], &sh);
		prof_shift_take(&sh, &w->s);
	}
	prof_shift_release(&sh);
	prof_culprit_count(&w->s);
	attribute(w, i);
	add_claim(w, u, i);
}

static enum prof_finding_kind
kind_of(const struct prof_culprit *u)
{
	if (prof_culprit_is_self(u->part))
		return PROF_FINDING_SELF;
	return u->caller == 0 ? PROF_FINDING_SPREAD : PROF_FINDING_CALLS;
}

/* The row with most evidence of those that no culprit explains. */
static bool
find_open(const struct work *w, unsigned *metric, size_t *at)
{
	double l, most = -1;
	unsigned k;
	size_t i;

	for (k = 0; k < PROF_DIFF_METRICS; k++)
		for (i = 0; i < w->nlist; i++) {
			l = w->s.of[part_of[k]].llr[w->list[i]];
			if (l <= most || w->m->f->by[k][w->list[i]] != 0 ||
			    !prof_findings_wants(w->m, k, w->list[i],
			    w->down) || is_explained(w, k, i) ||
			    !prof_findings_stands(w->m, k, w->list[i]))
				continue;
			most = l;
			*metric = k;
			*at = i;
		}
	return most >= 0;
}

static void
add_open(struct work *w)
{
	static const enum prof_finding_kind kind[] = { PROF_FINDING_SELF,
	    PROF_FINDING_FUNCTION };
	struct prof_culprit u;
	unsigned metric, n;
	size_t i;

	for (n = 0; n < MORE && (uint64_t)n * w->s.n < MORE_NODES &&
	    find_open(w, &metric, &i); n++) {
		prof_culprit_at(&w->s, part_of[metric], w->list[i], &u);
		add_culprit(w, &u, kind[metric]);
		prof_findings_explain(w->m, w->m->f->n - 1, metric,
		    w->list[i]);
	}
}

static void
explain(struct work *w)
{
	uint32_t class;
	unsigned k;
	size_t i;

	for (k = 0; k < PROF_DIFF_METRICS; k++)
		for (i = 0; i < w->nlist; i++) {
			class = w->list[i];
			if (w->m->f->by[k][class] == 0 &&
			    prof_findings_wants(w->m, k, class, w->down) &&
			    is_explained(w, k, i))
				prof_findings_explain(w->m,
				    w->row[k][i].by - 1, k, class);
		}
}

/* Whether something is left to explain that small contexts may hold. */
static bool
is_unclear(const struct work *w)
{
	unsigned k;
	size_t i;

	if (w->nclaims == 0 || w->nlist * w->nclaims > CLAIMS_MAX)
		return false;
	for (k = 0; k < PROF_DIFF_METRICS; k++)
		for (i = 0; i < w->nlist; i++)
			if (prof_findings_wants(w->m, k, w->list[i],
			    w->down) && w->m->f->by[k][w->list[i]] == 0 &&
			    w->s.small_x[k][w->list[i]] +
			    w->s.small_y[k][w->list[i]] > 0)
				return true;
	return false;
}

/* x, y: of each claim, in steps. */
static void
settle(struct work *w, unsigned metric, size_t i, const double *x,
    const double *y)
{
	struct row *r = &w->row[metric][i];
	uint32_t class = w->list[i];
	enum prof_culprit_part part = part_of[metric];
	struct prof_culprit_column *k = &w->s.of[part];
	double part_x, part_y, grew, taken_x = 0, taken_y = 0;
	unsigned c;

	memset(r, 0, sizeof *r);
	for (c = 0; c < w->nclaims; c++) {
		part_x = x[c] * w->s.noise.per[0];
		part_y = y[c] * w->s.noise.per[1];
		taken_x += part_x;
		taken_y += part_y;
		grew = prof_culprit_growth(&w->s, part_x, part_y);
		r->sum += grew;
		if (grew > r->most) {
			r->most = grew;
			r->by = (uint32_t)w->finding[c] + 1;
		}
	}
	prof_culprit_set(&w->s, part, class, k->x0[class] - taken_x,
	    k->y0[class] - taken_y);
	r->left = growth(w, metric, class, false);
}

/* Rows that the tree leaves open, by the stacks themselves. */
static void
look_closer(struct work *w)
{
	size_t size = w->nlist * w->nclaims, i;
	double *out, *x, *y;
	unsigned k;

	if (!is_unclear(w))
		return;
	out = prof_zalloc(4 * size, sizeof *out);
	prof_findings_claims(w->s.c->d, w->claim, w->nclaims, w->list,
	    w->nlist, out);
	for (k = 0; k < PROF_DIFF_METRICS; k++)
		for (i = 0; i < w->nlist; i++) {
			x = out + (w->down ? 2 + k : k) * size + i * w->nclaims;
			y = out + (w->down ? k : 2 + k) * size + i * w->nclaims;
			if (w->m->f->by[k][w->list[i]] == 0)
				settle(w, k, i, x, y);
		}
	free(out);
	explain(w);
}

static void
scan(struct work *w, const struct prof_context *c)
{
	struct prof_culprit u;
	unsigned n;

	if (!want(w, c))
		return;
	for (n = 0; n < SCANS && prof_culprit_best(&w->s, &u) &&
	    u.p <= ALPHA; n++)
		add_culprit(w, &u, kind_of(&u));
	explain(w);
	look_closer(w);
}

static void
release(struct work *w)
{
	unsigned k;

	if (w->nlist > 0)
		prof_culprit_release(&w->s);
	for (k = 0; k < w->nclaims; k++)
		free(w->claim[k].path);
	free(w->wanted);
	free(w->list);
	free(w->row[0]);
	free(w->row[1]);
}

void
prof_findings_of_tree(struct prof_findings_maker *m,
    const struct prof_context *c)
{
	struct work w[2] = { { .m = m }, { .m = m, .down = true } };
	unsigned k;

	for (k = 0; k < 2; k++)
		scan(&w[k], c);
	prof_findings_rejudge(m);
	for (k = 0; k < 2; k++) {
		add_open(&w[k]);
		if (w[k].nlist > 0)
			explain(&w[k]);
		release(&w[k]);
	}
}
