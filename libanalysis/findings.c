/* SPDX-License-Identifier: MIT */
#include "libanalysis/findings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diff_calls.h"
#include "libanalysis/findings_state.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define SAME 0.8	/* of a change: all of it, as far as anyone can tell */

const char *
prof_finding_kind_name(enum prof_finding_kind k)
{
	static const char *const names[PROF_FINDING_KINDS] = { "self",
	    "calls", "spread", "function", "new", "gone", "total" };

	return names[k];
}

static enum prof_finding_kind
kind_of(const struct prof_diff *d, enum prof_finding_kind kind,
    uint32_t class)
{
	if (d->status[class] == PROF_DIFF_NEW)
		return PROF_FINDING_NEW;
	if (d->status[class] == PROF_DIFF_GONE)
		return PROF_FINDING_GONE;
	return kind;
}

/* Calls that are not recursive, which the total is of; 0: not known. */
static double
outer_calls(const struct prof_diff *d, unsigned side, uint32_t class)
{
	const struct prof_match_member *at;
	const struct prof_flat *flat;
	prof_i128 sum = 0;
	size_t n, i;

	at = prof_match_members(&d->match, class, &n);
	for (i = 0; i < n; i++) {
		flat = d->run[at[i].run].flat;
		if ((at[i].run >= d->runs[PROF_DIFF_BASE]) != side)
			continue;
		if (flat->primitive == NULL)
			return 0;
		sum += flat->primitive[at[i].row];
	}
	return prof_diff_calls_of_run(d, side == PROF_DIFF_BASE ? 0 :
	    d->runs[PROF_DIFF_BASE], sum) / d->runs[side];
}

static double
calls_of(const struct prof_diff *d, enum prof_diff_metric metric,
    unsigned side, uint32_t class)
{
	double calls = 0;

	if (metric == PROF_DIFF_TOTAL)
		calls = outer_calls(d, side, class);
	return calls > 0 ? calls : prof_diff_calls_mean(d, side, class);
}

void
prof_findings_split(struct prof_findings_maker *m, size_t i, double was,
    double now)
{
	struct prof_finding *f = &m->f->of[i];

	if (f->base <= 0 || f->now <= 0 || was <= 0 || now <= 0)
		return;
	f->split.known = true;
	f->split.calls = now / was;
	f->split.per_call = f->now / f->base / m->factor / f->split.calls;
}

size_t
prof_findings_add(struct prof_findings_maker *m,
    enum prof_finding_kind kind, enum prof_diff_metric metric,
    uint32_t class)
{
	const struct prof_diff *d = m->e->d;
	struct prof_findings *f = m->f;
	struct prof_finding *one;

	PROF_RESERVE(f->of, m->cap, f->n + 1);
	one = &f->of[f->n];
	memset(one, 0, sizeof *one);
	one->kind = kind_of(d, kind, class);
	one->metric = (enum prof_judged)metric;
	one->class = class;
	one->effect = &m->e->of[metric][class];
	one->base = one->effect->base;
	one->now = one->effect->now;
	one->delta = prof_findings_delta(m, one->base, one->now);
	if (d->calls[PROF_DIFF_BASE] != NULL)
		prof_findings_split(m, f->n, calls_of(d, metric,
		    PROF_DIFF_BASE, class), calls_of(d, metric,
		    PROF_DIFF_NEWER, class));
	return f->n++;
}

void
prof_findings_narrow(struct prof_findings_maker *m, size_t i,
    uint32_t caller, double base, double now)
{
	struct prof_finding *f = &m->f->of[i];

	f->base = base;
	f->now = now;
	f->delta = prof_findings_delta(m, base, now);
	if (f->kind == PROF_FINDING_CALLS)
		f->caller = caller;
	/* How often this caller calls it is not what was counted. */
	f->split.known = false;
}

/* The largest p that Benjamini and Hochberg's rule accepts. */
static double
limit_of(double *p, size_t n, double alpha)
{
	size_t k = n;

	prof_sort_doubles(p, n);
	while (k > 0 && p[k - 1] > alpha * (double)k / (double)n)
		k--;
	return k > 0 ? p[k - 1] : 0;
}

/* By p what is left, and with beside each finding once. */
static size_t
collect_left(const struct prof_findings_maker *m, unsigned metric,
    bool beside, double *p)
{
	const struct prof_effect *e = m->e->of[metric];
	double *least = prof_alloc(m->f->n + 1, sizeof *least);
	uint32_t i, by;
	size_t n = 0;

	for (i = 0; i <= m->f->n; i++)
		least[i] = INFINITY;
	for (i = 1; i <= m->e->d->match.n; i++) {
		if (!e[i].tested || isnan(e[i].p))
			continue;
		by = m->f->by[metric][i];
		if (by == 0)
			p[n++] = e[i].p / e[i].weight;
		else
			least[by] = fmin(least[by], e[i].p / e[i].weight);
	}
	for (i = 1; i <= m->f->n && beside; i++)
		if (isfinite(least[i]))
			p[n++] = least[i];
	free(least);
	return n;
}

void
prof_findings_rejudge(struct prof_findings_maker *m)
{
	double *p = prof_alloc(m->e->d->match.n, sizeof *p), most = 0;
	unsigned metric;
	size_t n, i;

	for (metric = 0; metric < PROF_DIFF_METRICS; metric++) {
		if (m->e->of[metric] == NULL)
			continue;
		n = collect_left(m, metric, false, p);
		m->limit[metric] = limit_of(p, n, m->e->rule.alpha);
		n = collect_left(m, metric, true, p);
		m->beside[metric] = limit_of(p, n, m->e->rule.alpha);
	}
	for (i = 0; i < m->f->n; i++)
		if (!m->f->of[i].shifted)
			most = fmax(most, fabs(m->f->of[i].delta));
	m->most = most > 0 ? most : INFINITY;
	free(p);
}

/* What nothing has explained stands for itself. */
static void
add_plain(struct prof_findings_maker *m)
{
	static const enum prof_finding_kind kind[] = { PROF_FINDING_SELF,
	    PROF_FINDING_FUNCTION };
	const struct prof_effect *e;
	uint32_t i;
	unsigned metric;
	size_t at;

	for (metric = 0; metric < PROF_DIFF_METRICS; metric++) {
		e = m->e->of[metric];
		for (i = 1; e != NULL && i <= m->e->d->match.n; i++) {
			if (!e[i].found || m->f->by[metric][i] != 0 ||
			    !prof_findings_stands(m, metric, i))
				continue;
			at = metric == PROF_DIFF_TOTAL ?
			    m->f->by[PROF_DIFF_SELF][i] : 0;
			/* What its own code does may be all. */
			if (at == 0 || fabs(m->f->of[at - 1].delta) <
			    SAME * fabs(prof_findings_delta(m, e[i].base,
			    e[i].now)))
				at = prof_findings_add(m, kind[metric],
				    metric, i) + 1;
			prof_findings_explain(m, at - 1, metric, i);
		}
	}
}

static int
by_delta(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_findings_maker *m = ctx;
	const struct prof_finding *f = &m->f->of[a], *g = &m->f->of[b];
	double x = fabs(f->delta), y = fabs(g->delta);
	const uint32_t *rank = m->e->d->rank;

	if (x != y)
		return x > y ? -1 : 1;
	if (f->class != g->class)
		return rank[f->class] < rank[g->class] ? -1 : 1;
	return (f->metric > g->metric) - (f->metric < g->metric);
}

static void
sort_findings(struct prof_findings_maker *m)
{
	struct prof_findings *f = m->f;
	struct prof_finding *to = prof_alloc(f->n, sizeof *to);
	uint32_t *ids = prof_alloc(f->n, sizeof *ids), i, k;
	uint32_t *at = prof_alloc(f->n + 1, sizeof *at);

	for (i = 0; i < f->n; i++)
		ids[i] = i;
	prof_sort_ids(ids, f->n, by_delta, m);
	at[0] = 0;
	for (i = 0; i < f->n; i++) {
		to[i] = f->of[ids[i]];
		at[ids[i] + 1] = i + 1;
	}
	for (k = 0; k < 2; k++)
		for (i = 0; i <= m->e->d->match.n; i++)
			f->by[k][i] = at[f->by[k][i]];
	free(f->of);
	f->of = to;
	m->cap = f->n;
	free(ids);
	free(at);
}

static bool
is_in_group(const struct prof_finding *f, uint32_t class)
{
	size_t i;

	for (i = 0; i < f->ngroup; i++)
		if (f->group[i] == class)
			return true;
	return f->class == class;
}

/* What moved is one finding and not two, about where it went. */
static bool
is_same_move(const struct prof_finding *from, const struct prof_finding *to)
{
	if (from == to || !from->shifted || !to->shifted)
		return false;
	if ((from->delta < 0) == (to->delta < 0))
		return from > to && from->class == to->class;
	return from->delta < 0 && is_in_group(from, to->class) &&
	    is_in_group(to, from->class);
}

/* Each finding's place, but of what moved the first that is the same move. */
static void
find_moves(const struct prof_findings *f, uint32_t *to)
{
	uint32_t *moved = prof_alloc(f->n, sizeof *moved), n = 0, i, k, at;

	for (i = 0; i < f->n; i++) {
		to[i] = i;
		if (f->of[i].shifted)
			moved[n++] = i;
	}
	for (i = 0; i < n; i++)
		for (k = 0; k < n && to[moved[i]] == moved[i]; k++) {
			at = moved[k];
			if (is_same_move(&f->of[moved[i]], &f->of[at]))
				to[moved[i]] = at;
		}
	free(moved);
}

static bool
is_own(const struct prof_finding *f)
{
	return f->metric == PROF_JUDGED_SELF && !f->shifted;
}

/*
 * What a function does itself, and what it does with all below, is one change
 * where that is as much: values are those before anything was taken out, so
 * that one of the two was found for a rest.  Listed twice, more would seem
 * to have changed than did.
 */
static void
find_same(const struct prof_findings *f, const uint32_t *own, uint32_t *to)
{
	const struct prof_finding *one, *self;
	uint32_t i;

	for (i = 0; i < f->n; i++) {
		one = &f->of[i];
		if (one->shifted || is_own(one) || own[one->class] == 0)
			continue;
		self = &f->of[own[one->class] - 1];
		if ((self->delta < 0) == (one->delta < 0) &&
		    fabs(self->delta) >= SAME * fabs(one->delta) &&
		    fabs(one->delta) >= SAME * fabs(self->delta))
			to[i] = own[one->class] - 1;
	}
}

/*
 * What work moved from is no improvement, where what it moved to took all of
 * it.  The reverse would hide growth.
 */
static void
find_emptied(const struct prof_findings *f, const uint32_t *own,
    uint32_t *to)
{
	const struct prof_finding *one;
	double fell;
	uint32_t i, at;
	size_t k;

	for (i = 0; i < f->n; i++) {
		one = &f->of[i];
		fell = 0;
		for (k = 0; k < one->ngroup; k++) {
			at = own[one->group[k]];
			if (at != 0)
				fell -= fmin(0, f->of[at - 1].delta);
		}
		if (one->delta <= 0 || SAME * fell > one->delta)
			continue;
		for (k = 0; k < one->ngroup; k++) {
			at = own[one->group[k]];
			if (at != 0 && f->of[at - 1].delta < 0)
				to[at - 1] = i;
		}
	}
}

static void
join_same(struct prof_findings *f, uint32_t nclasses)
{
	uint32_t *to = prof_alloc(f->n, sizeof *to), i, k, n = 0;
	uint32_t *at = prof_zalloc(f->n + 1, sizeof *at);
	uint32_t *own = prof_zalloc((size_t)nclasses + 1, sizeof *own);

	for (i = 0; i < f->n; i++)
		if (is_own(&f->of[i]) && own[f->of[i].class] == 0)
			own[f->of[i].class] = i + 1;
	find_moves(f, to);
	find_same(f, own, to);
	find_emptied(f, own, to);
	free(own);
	for (i = 0; i < f->n; i++)
		if (to[i] == i)
			at[i + 1] = ++n;
	for (i = 0; i < f->n; i++) {
		for (k = i; to[k] != k; k = to[k])
			;
		at[i + 1] = at[k + 1];
	}
	for (k = 0; k < 2; k++)
		for (i = 0; i <= nclasses; i++)
			f->by[k][i] = at[f->by[k][i]];
	for (i = 0; i < f->n; i++)
		if (to[i] == i)
			f->of[at[i + 1] - 1] = f->of[i];
		else
			free(f->of[i].group);
	f->n = n;
	free(to);
	free(at);
}

/* Callers hold more, so that they come first. */
static int
by_total(const void *ctx, uint32_t a, uint32_t b)
{
	const struct prof_diff *d = ctx;
	prof_i128 *const *t = d->of[PROF_DIFF_TOTAL];
	prof_i128 x = t[0][a] * d->runs[1] + t[1][a] * d->runs[0];
	prof_i128 y = t[0][b] * d->runs[1] + t[1][b] * d->runs[0];

	if (x != y)
		return x > y ? -1 : 1;
	return (d->rank[a] > d->rank[b]) - (d->rank[a] < d->rank[b]);
}

static void
list_explained(struct prof_findings_maker *m)
{
	const struct prof_diff *d = m->e->d;
	struct prof_findings *f = m->f;
	size_t *cap = prof_zalloc(f->n, sizeof *cap);
	struct prof_finding *one;
	uint32_t i, k, by;

	for (i = 1; i <= d->match.n; i++)
		for (k = 0; k < 2; k++) {
			by = f->by[k][i];
			if (by == 0 || f->of[by - 1].class == i ||
			    (k == 1 && f->by[0][i] == by))
				continue;
			one = &f->of[by - 1];
			PROF_RESERVE(one->explains, cap[by - 1],
			    one->nexplains + 1);
			one->explains[one->nexplains++] = i;
		}
	for (i = 0; i < f->n; i++)
		if (f->of[i].nexplains > 1)
			prof_sort_ids(f->of[i].explains, f->of[i].nexplains,
			    by_total, d);
	free(cap);
}

void
prof_findings_init(struct prof_findings *f, const struct prof_evidence *e,
    const struct prof_context *c)
{
	struct prof_findings_maker m = { .f = f, .e = e };
	size_t n = (size_t)e->d->match.n + 1;
	unsigned k;

	memset(f, 0, sizeof *f);
	m.unit = (double)e->d->num / (double)e->d->den;
	m.factor = e->factor.ratio > 0 && isfinite(e->factor.ratio) ?
	    e->factor.ratio : 1;
	for (k = 0; k < 2; k++)
		f->by[k] = prof_zalloc(n, sizeof *f->by[k]);
	m.limit[0] = m.limit[1] = 1;
	m.most = INFINITY;
	if (c != NULL && c->n > 0)
		prof_findings_of_tree(&m, c);
	else
		prof_findings_of_edges(&m);
	add_plain(&m);
	sort_findings(&m);
	join_same(f, e->d->match.n);
	list_explained(&m);
}

void
prof_findings_settle(const struct prof_findings *f, struct prof_evidence *e)
{
	uint32_t i;
	unsigned m;

	for (m = 0; m < PROF_DIFF_METRICS; m++)
		for (i = 1; e->of[m] != NULL && i <= e->d->match.n; i++)
			if (f->by[m][i] == 0)
				e->of[m][i].found = false;
}

void
prof_findings_release(struct prof_findings *f)
{
	size_t i;

	for (i = 0; i < f->n; i++) {
		free(f->of[i].group);
		free(f->of[i].explains);
	}
	free(f->of);
	free(f->by[0]);
	free(f->by[1]);
	memset(f, 0, sizeof *f);
}

/* Whether less than the rule's ratio is proved, either way. */
static bool
is_steady(const struct prof_evidence *e, const struct prof_effect *f)
{
	double ratio = (double)e->rule.ratio.num / (double)e->rule.ratio.den;

	if (f->base == 0 && f->now == 0)
		return true;
	return f->high < ratio && f->low > 1 / ratio;
}

enum prof_verdict
prof_findings_verdict(const struct prof_findings *f,
    const struct prof_evidence *e, uint32_t class)
{
	const struct prof_effect *x;
	bool shifted = false, steady = true;
	uint32_t by;
	unsigned m;

	for (m = 0; m < PROF_DIFF_METRICS; m++) {
		if (e->of[m] == NULL)
			continue;
		x = &e->of[m][class];
		by = f->by[m][class];
		steady = steady && is_steady(e, x);
		if (x->found && by != 0 && f->of[by - 1].shifted)
			shifted = true;
		else if (x->found)
			return x->ratio > 1 ? PROF_VERDICT_REGRESSION :
			    PROF_VERDICT_IMPROVEMENT;
	}
	if (shifted)
		return PROF_VERDICT_SHIFTED;
	return steady ? PROF_VERDICT_OK : PROF_VERDICT_INCONCLUSIVE;
}
