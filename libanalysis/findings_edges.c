/* SPDX-License-Identifier: MIT */
#include "libanalysis/findings_state.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/diff_calls.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define MOST 0.5	/* of a change: its larger part */
#define EXPLAINED 0.8	/* of a change: as in a tree */
#define NONE UINT32_MAX

/*
 * Without stacks: callers and callees tell a function that is called more
 * from one that takes longer.  Longer by itself, it is the culprit; longer by
 * a callee, that has to be explained in its turn, and where it is called
 * more, its caller.
 */

/* Calls of one class by another: sums of the runs of a side. */
struct pair {
	double total[PROF_DIFF_SIDES], calls[PROF_DIFF_SIDES];
	uint32_t caller, callee;
};

/* What is to be explained: self or total of a class. */
struct row {
	enum prof_finding_kind kind;	/* where it ends */
	uint32_t caller;	/* of kind CALLS */
	uint32_t pair;		/* likewise */
	uint32_t next;		/* row whose change this one's is, or NONE */
	uint32_t step;		/* of the walk that came by; 0: none yet */
	uint32_t end;		/* where that walk ended */
};

struct work {
	struct prof_findings_maker *m;
	const struct prof_diff *d;
	struct pair *pair;
	uint32_t npairs;
	size_t pair_cap, key_cap;
	uint64_t *key;
	uint32_t *out, *in, *by_callee;	/* as in struct prof_calls */
	struct row *row;		/* [metric * (n + 1) + class] */
	bool calls;			/* all runs count them */
};

/* --- pairs ---------------------------------------------------------------- */

static void
collect(struct work *w, unsigned r)
{
	const struct prof_rows *v = w->d->run[r].rows;
	const struct prof_profile *p = v->p;
	const struct prof_edges *e = &p->edges;
	unsigned side = r >= w->d->runs[PROF_DIFF_BASE];
	const uint32_t *class_of = w->d->match.class_of[r];
	int total, calls = prof_profile_edge_column(p, PROF_EDGE_CALLS, 0);
	struct pair one;
	uint32_t i;

	if (p->ntypes == 0)
		return;
	total = prof_profile_edge_column(p, PROF_EDGE_TOTAL,
	    p->type[w->d->run[r].column].type);
	for (i = 0; i < e->n && total >= 0; i++) {
		if (e->caller[i] == 0)
			continue;
		memset(&one, 0, sizeof one);
		one.caller = class_of[prof_rows_of_fn(v, e->caller[i])];
		one.callee = class_of[prof_rows_of_fn(v, e->callee[i])];
		one.total[side] = (double)e->value[total][i] *
		    (double)w->d->factor[r] / w->d->runs[side] * w->m->unit;
		if (calls >= 0)
			one.calls[side] = prof_diff_calls_of_run(w->d, r,
			    e->value[calls][i]) / w->d->runs[side];
		PROF_RESERVE(w->pair, w->pair_cap, (size_t)w->npairs + 1);
		PROF_RESERVE(w->key, w->key_cap, (size_t)w->npairs + 1);
		w->key[w->npairs] = (uint64_t)one.caller << 32 | one.callee;
		w->pair[w->npairs++] = one;
	}
}

static void
add_up(struct pair *to, const struct pair *one)
{
	unsigned s;

	for (s = 0; s < PROF_DIFF_SIDES; s++) {
		to->total[s] += one->total[s];
		to->calls[s] += one->calls[s];
	}
}

/* One pair for each caller and callee, in that order. */
static void
merge(struct work *w)
{
	struct pair *to = prof_alloc(w->npairs, sizeof *to);
	uint32_t *ids = prof_alloc(w->npairs, sizeof *ids), i, n = 0;

	for (i = 0; i < w->npairs; i++)
		ids[i] = i;
	prof_sort_keys(ids, w->npairs, w->key, NULL, NULL);
	for (i = 0; i < w->npairs; i++)
		if (n > 0 && w->key[ids[i]] == w->key[ids[i - 1]])
			add_up(&to[n - 1], &w->pair[ids[i]]);
		else
			to[n++] = w->pair[ids[i]];
	free(w->pair);
	w->pair = to;
	w->npairs = n;
	free(ids);
}

static void
index_pairs(struct work *w)
{
	size_t n = (size_t)w->d->match.n + 2;
	uint32_t *at, i;

	w->out = prof_zalloc(n, sizeof *w->out);
	w->in = prof_zalloc(n, sizeof *w->in);
	w->by_callee = prof_alloc(w->npairs, sizeof *w->by_callee);
	for (i = 0; i < w->npairs; i++) {
		w->out[w->pair[i].caller + 1]++;
		w->in[w->pair[i].callee + 1]++;
	}
	for (i = 1; i < n; i++) {
		w->out[i] += w->out[i - 1];
		w->in[i] += w->in[i - 1];
	}
	at = prof_alloc(n, sizeof *at);
	memcpy(at, w->in, n * sizeof *at);
	for (i = 0; i < w->npairs; i++)
		w->by_callee[at[w->pair[i].callee]++] = i;
	free(at);
}

/* --- what a row's change comes from --------------------------------------- */

static uint32_t
row_id(const struct work *w, unsigned metric, uint32_t class)
{
	return metric * (w->d->match.n + 1) + class;
}

static double
delta_of(const struct work *w, unsigned metric, uint32_t class)
{
	const struct prof_effect *e = &w->m->e->of[metric][class];

	return prof_findings_delta(w->m, e->base, e->now);
}

/* Whether a row is to be explained, too, and changed in that direction. */
static bool
is_open(const struct work *w, unsigned metric, uint32_t class, bool down)
{
	return prof_findings_wants(w->m, metric, class, down);
}

static double
calls_of(const struct work *w, unsigned side, uint32_t class)
{
	return prof_diff_calls_mean(w->d, side, class);
}

/* How much of the change (of its logarithm) is that it is called more. */
static double
calls_part(const struct work *w, unsigned metric, uint32_t class)
{
	double ratio = w->m->e->of[metric][class].ratio, was, now;

	if (!w->calls || !(ratio > 0) || !isfinite(ratio) || ratio == 1)
		return 0;
	was = calls_of(w, PROF_DIFF_BASE, class);
	now = calls_of(w, PROF_DIFF_NEWER, class);
	return was > 0 && now > 0 ? log(now / was) / log(ratio) : 0;
}

/* The caller that makes nearly all of the calls that came or went. */
static uint32_t
calling_pair(const struct work *w, uint32_t class)
{
	double all = calls_of(w, PROF_DIFF_NEWER, class) -
	    calls_of(w, PROF_DIFF_BASE, class), part, most = 0;
	uint32_t i, found = NONE;

	for (i = w->in[class]; i < w->in[class + 1]; i++) {
		const struct pair *p = &w->pair[w->by_callee[i]];

		part = (p->calls[1] - p->calls[0]) / all;
		if (p->caller != class && part > most) {
			most = part;
			found = w->by_callee[i];
		}
	}
	return most >= EXPLAINED ? found : NONE;
}

static void
follow_calls(struct work *w, unsigned metric, uint32_t class)
{
	struct row *r = &w->row[row_id(w, metric, class)];
	bool down = w->m->e->of[metric][class].ratio < 1;
	uint32_t pair, caller;

	/* Self and total go together: the total tells. */
	if (metric == PROF_DIFF_SELF &&
	    is_open(w, PROF_DIFF_TOTAL, class, down) &&
	    calls_part(w, PROF_DIFF_TOTAL, class) >= MOST) {
		r->next = row_id(w, PROF_DIFF_TOTAL, class);
		return;
	}
	r->kind = PROF_FINDING_SPREAD;
	pair = calling_pair(w, class);
	if (pair == NONE)
		return;
	caller = w->pair[pair].caller;
	if (is_open(w, PROF_DIFF_TOTAL, caller, down) &&
	    calls_part(w, PROF_DIFF_TOTAL, caller) >= MOST) {
		r->next = row_id(w, PROF_DIFF_TOTAL, caller);
		return;
	}
	r->kind = PROF_FINDING_CALLS;
	r->caller = caller;
	r->pair = pair;
}

/* A total: by itself, or by the callee with the largest part in it. */
static void
follow_callees(struct work *w, uint32_t class)
{
	struct row *r = &w->row[row_id(w, PROF_DIFF_TOTAL, class)];
	bool down = w->m->e->of[PROF_DIFF_TOTAL][class].ratio < 1;
	double all = delta_of(w, PROF_DIFF_TOTAL, class), part, most = 0;
	double sum = 0;
	uint32_t i, callee, next = NONE;
	unsigned metric;

	if (w->m->e->of[PROF_DIFF_SELF] != NULL &&
	    is_open(w, PROF_DIFF_SELF, class, down)) {
		sum = most = delta_of(w, PROF_DIFF_SELF, class) / all;
		next = row_id(w, PROF_DIFF_SELF, class);
	}
	for (i = w->out[class]; i < w->out[class + 1]; i++) {
		callee = w->pair[i].callee;
		metric = is_open(w, PROF_DIFF_TOTAL, callee, down) ?
		    PROF_DIFF_TOTAL : PROF_DIFF_SELF;
		if (callee == class || !is_open(w, metric, callee, down))
			continue;
		part = prof_findings_delta(w->m, w->pair[i].total[0],
		    w->pair[i].total[1]) / all;
		sum += part > 0 ? part : 0;
		if (part > most) {
			most = part;
			next = row_id(w, metric, callee);
		}
	}
	if (sum >= EXPLAINED)
		r->next = next;
}

static void
look(struct work *w, unsigned metric, uint32_t class)
{
	struct row *r = &w->row[row_id(w, metric, class)];

	r->next = NONE;
	r->kind = metric == PROF_DIFF_SELF ? PROF_FINDING_SELF :
	    PROF_FINDING_FUNCTION;
	if (calls_part(w, metric, class) >= MOST)
		follow_calls(w, metric, class);
	else if (metric == PROF_DIFF_TOTAL)
		follow_callees(w, class);
}

/* --- from rows to findings ------------------------------------------------ */

static bool
found(const struct work *w, uint32_t row)
{
	uint32_t n = w->d->match.n + 1;
	const struct prof_effect *e = w->m->e->of[row / n];

	return e != NULL && row % n != 0 && e[row % n].found;
}

/*
 * Where a row leads to.  Functions that call each other may lead in a
 * circle: it ends where it began to be one.  No row is passed twice: what
 * comes to where another walk went ends where that did.
 */
static uint32_t
end_of(struct work *w, uint32_t row, uint32_t step)
{
	struct row *of = w->row;
	uint32_t i = row, end, n;

	for (n = 0; of[i].next != NONE && of[i].step == 0; n++) {
		of[i].step = step;
		i = of[i].next;
	}
	end = of[i].next == NONE || of[i].step == step ? i : of[i].end;
	for (i = row; n > 0; n--, i = of[i].next)
		of[i].end = end;
	of[end].next = NONE;
	return end;
}

static uint32_t
add(struct work *w, uint32_t row)
{
	uint32_t n = w->d->match.n + 1;
	const struct row *r = &w->row[row];
	const struct pair *p;
	size_t i;

	i = prof_findings_add(w->m, r->kind, row / n, row % n);
	if (r->kind == PROF_FINDING_CALLS && row / n == PROF_DIFF_TOTAL) {
		p = &w->pair[r->pair];
		prof_findings_narrow(w->m, i, r->caller, p->total[0],
		    p->total[1]);
		if (p->calls[0] > 0 && p->calls[1] > 0 && p->total[0] > 0)
			prof_findings_split(w->m, i, p->calls[0],
			    p->calls[1]);
	} else if (r->kind == PROF_FINDING_CALLS)
		w->m->f->of[i].caller = r->caller;
	return (uint32_t)i;
}

/*
 * Rows that explain others come first: what remains is judged again, and so
 * may be left out, but for what is named for its calls, which are exact.
 */
static void
add_findings(struct work *w)
{
	uint32_t n = w->d->match.n + 1, i, k;
	uint32_t *end = prof_alloc((size_t)n * 2, sizeof *end);
	uint32_t *rows = prof_zalloc((size_t)n * 2, sizeof *rows);
	uint32_t *at = prof_zalloc((size_t)n * 2, sizeof *at);
	bool again;

	for (i = 0; i < 2 * n; i++)
		if (found(w, i))
			rows[end[i] = end_of(w, i, i + 1)]++;
	for (again = false;; again = true) {
		for (i = 0; i < 2 * n; i++) {
			k = found(w, i) ? end[i] : i;
			if (!found(w, i) || (again ? rows[k] > 1 ||
			    !prof_findings_stands(w->m, i / n, i % n) :
			    rows[k] < 2))
				continue;
			if (at[k] == 0)
				at[k] = add(w, k) + 1;
			prof_findings_explain(w->m, at[k] - 1, i / n, i % n);
		}
		if (again)
			break;
		prof_findings_rejudge(w->m);
	}
	free(end);
	free(rows);
	free(at);
}

static bool
has_edges(const struct prof_diff *d)
{
	unsigned r;

	for (r = 0; r < d->nruns; r++)
		if (!d->run[r].flat->edges)
			return false;
	return true;
}

void
prof_findings_of_edges(struct prof_findings_maker *m)
{
	struct work w = { .m = m, .d = m->e->d };
	uint32_t n = w.d->match.n + 1, i;
	unsigned r;

	if (!has_edges(w.d))
		return;
	w.calls = w.d->calls[PROF_DIFF_BASE] != NULL;
	for (r = 0; r < w.d->nruns; r++)
		collect(&w, r);
	merge(&w);
	index_pairs(&w);
	w.row = prof_zalloc((size_t)n * 2, sizeof *w.row);
	for (i = 0; i < 2 * n; i++)
		if (found(&w, i))
			look(&w, i / n, i % n);
	add_findings(&w);
	free(w.pair);
	free(w.key);
	free(w.out);
	free(w.in);
	free(w.by_callee);
	free(w.row);
}
