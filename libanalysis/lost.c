/* SPDX-License-Identifier: MIT */
#include "libanalysis/lost.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/calls.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/share.h"

#define PPM_MIN 10000		/* of a function's total */
#define TIME_MIN 1000		/* nanoseconds */

struct search {
	struct prof_profile *p;
	struct prof_calls g;
	int64_t *calls, *primitive;	/* by place; NULL: not known */
	int64_t *self, *total;	/* by place */
	uint64_t *gap;		/* by function - 1 */
	int64_t *lost;		/* columns by function - 1 */
};

static prof_i128
gap_of(const struct search *x, uint32_t f)
{
	uint32_t own = prof_calls_own(&x->g, f), i;
	prof_i128 gap = (prof_i128)x->total[own] - x->self[own];

	for (i = x->g.out[f - 1]; i < x->g.out[f]; i++)
		gap -= x->total[i];
	return gap;
}

/* What rounding can make of a gap; an error is of one number. */
static prof_i128
rounding(const struct search *x, uint32_t f, unsigned self, unsigned total)
{
	const struct prof_edges *e = &x->p->edges;
	uint32_t callees = x->g.out[f] - x->g.out[f - 1];

	return (prof_i128)e->error[self] + (prof_i128)e->error[total] *
	    ((prof_i128)callees + 1);
}

/* Smallest gap to be shown, in the integers of the column. */
static prof_i128
least_gap(const struct search *x, uint32_t f, unsigned self, unsigned total)
{
	const struct prof_type *t = &x->p->edges.type[total];
	const struct prof_unit *u = prof_unit_find(prof_profile_str(x->p,
	    t->unit), prof_strs_len(&x->p->strs, t->unit));
	prof_i128 least = rounding(x, f, self, total), part, time = 0;

	part = prof_num_scaled(x->total[prof_calls_own(&x->g, f)], PPM_MIN,
	    1000000);
	if (u != NULL && u->family == PROF_UNIT_TIME)
		time = (prof_i128)TIME_MIN * t->den /
		    ((prof_i128)u->factor * t->num);
	least = part > least ? part : least;
	return time > least ? time : least;
}

/* What the roots have more than all functions: the self that is missing. */
static int64_t
missing(const struct search *x)
{
	struct prof_calls_root *root = prof_alloc(x->g.nfns, sizeof *root);
	prof_i128 sum = 0;
	uint32_t f;

	prof_calls_roots(&x->g, x->calls, x->self, x->total, root);
	for (f = 1; f <= x->g.nfns; f++)
		sum += (prof_i128)root[f - 1].total -
		    x->self[prof_calls_own(&x->g, f)];
	free(root);
	return sum <= 0 ? 0 : sum < INT64_MAX ? (int64_t)sum : INT64_MAX;
}

static void
share_gaps(struct search *x, prof_i128 sum, unsigned self, unsigned total)
{
	int64_t *part = prof_alloc(x->g.nfns, sizeof *part), *lost = x->lost;
	int64_t whole = missing(x);
	uint32_t i;

	if (sum < whole)
		whole = (int64_t)sum;
	prof_share_out(whole, x->gap, x->g.nfns, part);
	for (i = 0; i < x->g.nfns; i++, lost += x->p->edges.ntypes)
		lost[self] = lost[total] = part[i];
	free(part);
}

/*
 * Of a function that is active once at a time, each callee is, too, among
 * its calls: so their totals are whole, whatever circles there are.
 */
static bool
is_recursive(const struct search *x, uint32_t f)
{
	uint32_t own = prof_calls_own(&x->g, f);

	if (x->calls == NULL || x->primitive == NULL)
		return x->g.scc.cyclic[f - 1];
	return x->calls[own] != x->primitive[own];
}

static void
search_column(struct search *x, unsigned self, unsigned total)
{
	prof_i128 gap, sum = 0;
	uint32_t f;

	if (prof_calls_column(&x->g, self, x->self, NULL) != PROF_OK ||
	    prof_calls_column(&x->g, total, x->total, NULL) != PROF_OK)
		return;
	memset(x->gap, 0, x->g.nfns * sizeof *x->gap);
	for (f = 1; f <= x->g.nfns; f++) {
		if (is_recursive(x, f))
			continue;
		gap = gap_of(x, f);
		if (gap > least_gap(x, f, self, total) && gap <= INT64_MAX) {
			x->gap[f - 1] = (uint64_t)gap;
			sum += gap;
		}
	}
	if (sum > 0)
		share_gaps(x, sum, self, total);
}

/* By place, or NULL when the profile does not say. */
static int64_t *
count_calls(const struct search *x, enum prof_edge_role role)
{
	int column = prof_profile_edge_column(x->p, role, 0);
	int64_t *calls;

	if (column < 0)
		return NULL;
	calls = prof_alloc(prof_calls_places(&x->g), sizeof *calls);
	if (prof_calls_column(&x->g, (unsigned)column, calls, NULL) ==
	    PROF_OK)
		return calls;
	free(calls);
	return NULL;
}

/*
 * Whether any function may have a gap, recursion and rounding apart.  Most
 * profiles have none, and then need not be made into a graph.
 */
static bool
may_lose(const struct prof_profile *p, unsigned self, unsigned total)
{
	const struct prof_edges *e = &p->edges;
	const int64_t *t = e->value[total];
	prof_i128 *gap = prof_zalloc((size_t)p->nfn + 1, sizeof *gap);
	prof_i128 *own = prof_zalloc((size_t)p->nfn + 1, sizeof *own);
	bool any = false;
	uint32_t i;

	for (i = 0; i < e->n; i++) {
		gap[e->caller[i]] -= t[i];
		if (e->caller[i] != 0)
			continue;
		own[e->callee[i]] += t[i];
		gap[e->callee[i]] += (prof_i128)t[i] - e->value[self][i];
	}
	for (i = 1; i <= p->nfn && !any; i++)
		any = gap[i] > 0 && gap[i] > prof_num_scaled(own[i], PPM_MIN,
		    1000000);
	free(gap);
	free(own);
	return any;
}

/* The edge columns of a value column; false when pairs are not measured. */
static bool
find_columns(const struct prof_profile *p, unsigned column, unsigned *self,
    unsigned *total)
{
	const struct prof_edges *e = &p->edges;
	int s = prof_profile_edge_column(p, PROF_EDGE_SELF,
	    p->type[column].type);
	int t = prof_profile_edge_column(p, PROF_EDGE_TOTAL,
	    p->type[column].type);

	if (s < 0 || t < 0 || !e->exact[s] || !e->exact[t])
		return false;
	*self = (unsigned)s;
	*total = (unsigned)t;
	return true;
}

static void
search_columns(struct search *x)
{
	unsigned c, self, total;

	x->calls = count_calls(x, PROF_EDGE_CALLS);
	x->primitive = count_calls(x, PROF_EDGE_PRIMITIVE);
	for (c = 0; c < x->p->ntypes; c++)
		if (find_columns(x->p, c, &self, &total))
			search_column(x, self, total);
}

/* Code made at run time, and names that several functions have. */
static bool
may_collide(const struct prof_profile *p, prof_fn fn)
{
	const struct prof_function *f = prof_profile_fn(p, fn);

	return prof_profile_str(p, f->name)[0] == '<' ||
	    prof_profile_str(p, f->file)[0] == '<';
}

static bool
calls_colliding(const struct search *x, uint32_t f)
{
	uint32_t i;

	/* It has called something of which nothing is left. */
	if (x->g.out[f] == x->g.out[f + 1])
		return true;
	for (i = x->g.out[f]; i < x->g.out[f + 1]; i++)
		if (may_collide(x->p, x->g.fn[x->g.callee[i] - 1]))
			return true;
	return false;
}

/* The function that stands for what is lost; an earlier call may have it. */
static prof_fn
lost_function(struct prof_profile *p, const char *name)
{
	struct prof_function f = { 0 };
	uint32_t i;

	f.name = prof_strs_adds(&p->strs, name);
	for (i = 0; i < p->nfn; i++)
		if (p->fn[i].name == f.name && p->fn[i].file == 0 &&
		    p->fn[i].system == 0 && p->fn[i].start == 0)
			return i + 1;
	return prof_profile_add_fn(p, f);
}

/* Gaps of one sort. */
static void
add_lost(struct search *x, bool colliding)
{
	int64_t sum[PROF_EDGE_COLS_MAX] = { 0 }, *lost = x->lost;
	prof_fn fn = 0;
	bool any;
	uint32_t i;
	unsigned c, n = x->p->edges.ntypes;

	for (i = 0; i < x->g.nfns; i++, lost += n) {
		for (any = false, c = 0; c < n; c++)
			any |= lost[c] != 0;
		if (!any || calls_colliding(x, i) != colliding)
			continue;
		for (c = 0; c < n; c++)
			sum[c] += lost[c];
		if (fn == 0)
			fn = lost_function(x->p, colliding ? PROF_LOST_NAME :
			    PROF_LOST_UNKNOWN);
		prof_profile_add_edge(x->p, x->g.fn[i], fn, 0, lost);
		prof_profile_note(x->p, colliding ? PROF_LOST_NOTE :
		    PROF_LOST_UNKNOWN_NOTE, 0, false);
	}
	if (fn != 0)
		prof_profile_add_edge(x->p, 0, fn, 0, sum);
}

bool
prof_lost_is(const struct prof_profile *p, prof_fn fn)
{
	const struct prof_function *f = prof_profile_fn(p, fn);
	const char *name = prof_profile_str(p, f->name);

	return f->file == 0 && (strcmp(name, PROF_LOST_NAME) == 0 ||
	    strcmp(name, PROF_LOST_UNKNOWN) == 0);
}

static void
search(struct search *x)
{
	uint32_t places = prof_calls_places(&x->g);

	x->self = prof_alloc(places, sizeof *x->self);
	x->total = prof_alloc(places, sizeof *x->total);
	x->gap = prof_alloc(x->g.nfns, sizeof *x->gap);
	x->lost = prof_zalloc((size_t)x->g.nfns * x->p->edges.ntypes,
	    sizeof *x->lost);
	search_columns(x);
	add_lost(x, true);
	add_lost(x, false);
	free(x->calls);
	free(x->primitive);
	free(x->self);
	free(x->total);
	free(x->gap);
	free(x->lost);
}

void
prof_lost_add(struct prof_profile *p)
{
	struct search x = { .p = p };
	unsigned c, self, total;

	for (c = 0; c < p->ntypes; c++)
		if (find_columns(p, c, &self, &total) &&
		    may_lose(p, self, total))
			break;
	if (c == p->ntypes)
		return;
	prof_calls_init(&x.g, p);
	if (x.g.npairs > 0)
		search(&x);
	prof_calls_release(&x.g);
}
