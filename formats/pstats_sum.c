/* SPDX-License-Identifier: MIT */
#include "formats/pstats_sum.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/num.h"

/* The order of the edge types. */
enum { CALLS, PRIMITIVE, SELF, TOTAL, VALUES };

struct prof_pstats_own {
	int64_t v[VALUES];
	int64_t total;		/* told beside a call */
	int64_t share;		/* calls of it that say nothing of times */
	bool listed;		/* in the first table */
	bool called;		/* v is summed from calls of it */
	bool told;		/* total is set */
};

struct prof_pstats_edge {
	prof_fn caller, callee;
	uint32_t table;
	bool counted;
	int64_t v[VALUES];
};

/* What the first tables' rows leave of the header's totals. */
struct rest {
	prof_i128 v[VALUES];
	prof_i128 error;	/* of SELF */
	bool less;		/* rows have more than the header says */
	prof_i128 rounding;	/* time that rows of all calls lack */
};

static struct prof_pstats_own *
own(struct prof_pstats_sum *s, prof_fn fn)
{
	PROF_RESERVE(s->own, s->own_cap, fn);
	if (s->nown < fn) {
		memset(s->own + s->nown, 0, (fn - s->nown) * sizeof *s->own);
		s->nown = fn;
	}
	return &s->own[fn - 1];
}

static int
add(int64_t *to, const int64_t *v, struct prof_err *err)
{
	unsigned c;

	for (c = 0; c < VALUES; c++)
		if (!prof_num_add(to[c], v[c], &to[c]))
			return prof_fail(err, PROF_ERANGE,
			    "the numbers of a function leave 64 bits");
	return PROF_OK;
}

static void
values(const struct prof_pstats_row *row, int64_t *v)
{
	v[CALLS] = row->calls;
	v[PRIMITIVE] = row->primitive;
	v[SELF] = row->self.ns;
	v[TOTAL] = row->total.ns;
}

static void
keep_half(int64_t *most, const struct prof_pstats_time *t)
{
	if (t->half > *most)
		*most = t->half;
}

int
prof_pstats_sum_row(struct prof_pstats_sum *s, prof_fn fn,
    const struct prof_pstats_row *row, struct prof_err *err)
{
	struct prof_pstats_own *o = own(s, fn);
	int64_t v[VALUES];

	values(row, v);
	o->listed = true;
	keep_half(&s->half_self, &row->self);
	keep_half(&s->half_total, &row->total);
	return add(o->v, v, err);
}

void
prof_pstats_sum_total(struct prof_pstats_sum *s, prof_fn fn,
    struct prof_pstats_time total)
{
	struct prof_pstats_own *o = own(s, fn);

	keep_half(&s->half_total, &total);
	o->told = true;
	o->total = total.ns;
}

/* The edge, new if need be; its table tells whether it is of an older one. */
static struct prof_pstats_edge *
find_edge(struct prof_pstats_sum *s, prof_fn caller, prof_fn callee,
    uint32_t table)
{
	uint64_t hash = prof_hash_mix(s->b->seed,
	    (uint64_t)caller << 32 | callee);
	struct prof_pstats_edge *e;
	uint32_t at, id;

	for (id = prof_map_first(&s->pairs, hash, &at); id != 0;
	    id = prof_map_next(&s->pairs, hash, &at)) {
		e = &s->edge[id - 1];
		if (e->caller == caller && e->callee == callee)
			return e;
	}
	PROF_RESERVE(s->edge, s->edge_cap, s->nedges + 1);
	e = &s->edge[s->nedges++];
	memset(e, 0, sizeof *e);
	e->caller = caller;
	e->callee = callee;
	e->table = table;
	prof_map_put(&s->pairs, hash, (uint32_t)s->nedges);
	return e;
}

int
prof_pstats_sum_call(struct prof_pstats_sum *s, prof_fn caller,
    prof_fn callee, uint32_t table, uint64_t line,
    const struct prof_pstats_row *row, struct prof_err *err)
{
	struct prof_pstats_edge *e;
	int64_t v[VALUES];

	if (s->nedges >= UINT32_MAX - 1)
		return prof_fail(err, PROF_ELIMIT, "too many calls");
	e = find_edge(s, caller, callee, table);
	own(s, caller);
	own(s, callee);
	values(row, v);
	if (row->counted)
		v[TOTAL] = 0;
	if (e->table != table) {
		if (memcmp(e->v, v, sizeof v) != 0)
			prof_profile_note(s->b->p, "a call that an earlier "
			    "table has with other numbers", line, true);
		return PROF_OK;
	}
	e->counted |= row->counted;
	s->counted |= row->counted;
	if (!row->counted) {
		keep_half(&s->half_self, &row->self);
		keep_half(&s->half_total, &row->total);
	}
	return add(e->v, v, err);
}

/* Recursion is inside of the outer call's time. */
static int
add_call(struct prof_pstats_own *o, const struct prof_pstats_edge *e,
    struct prof_err *err)
{
	int64_t v[VALUES];

	memcpy(v, e->v, sizeof v);
	if (e->caller == e->callee)
		v[TOTAL] = 0;
	o->called = true;
	return add(o->v, v, err);
}

static void
note(struct prof_pstats_sum *s, const char *text)
{
	prof_profile_note(s->b->p, text, s->header_line, false);
}

/* Rows of functions that the first table has not. */
static int
sum_calls(struct prof_pstats_sum *s, struct prof_err *err)
{
	const struct prof_pstats_edge *e;
	struct prof_pstats_own *o;
	bool summed = false;
	size_t i;
	int rc;

	for (i = 0; i < s->nedges; i++) {
		e = &s->edge[i];
		o = &s->own[e->callee - 1];
		if (e->counted && !prof_num_add(o->share, e->v[CALLS],
		    &o->share))
			return prof_fail(err, PROF_ERANGE,
			    "the calls of a function leave 64 bits");
		if (o->listed)
			continue;
		summed |= !o->told;
		rc = add_call(o, e, err);
		if (rc != PROF_OK)
			return rc;
	}
	for (i = 0; i < s->nown; i++)
		if (s->own[i].told && !s->own[i].listed)
			s->own[i].v[TOTAL] = s->own[i].total;
	if (summed)
		note(s, "functions without rows of print_stats: their totals "
		    "are sums over callers, too high where they call each "
		    "other");
	return PROF_OK;
}

static int64_t
part(int64_t v, int64_t calls, int64_t of)
{
	prof_i128 size = v < 0 ? -(prof_i128)v : v;
	prof_i128 share = of > 0 ? prof_num_scaled(size, calls, of) : 0;

	return (int64_t)(v < 0 ? -share : share);
}

/* Give column c of a function out to the calls that have no number. */
static void
share_out(struct prof_pstats_sum *s, unsigned c)
{
	const struct prof_pstats_own *o;
	struct prof_pstats_edge *e;
	size_t i;

	for (i = 0; i < s->nedges; i++) {
		e = &s->edge[i];
		o = &s->own[e->callee - 1];
		if (e->counted)
			e->v[c] = part(o->v[c], e->v[CALLS], o->share);
	}
}

/*
 * Self times where only cumulative ones are told: what the calls of others
 * leave.  An estimate, but without one there would be no time at all.
 */
static void
estimate_self(struct prof_pstats_sum *s)
{
	const struct prof_pstats_edge *e;
	struct prof_pstats_own *o;
	prof_i128 left;
	size_t i;

	for (i = 0; i < s->nown; i++)
		if (!s->own[i].listed && s->own[i].told)
			s->own[i].v[SELF] = s->own[i].v[TOTAL];
	for (i = 0; i < s->nedges; i++) {
		e = &s->edge[i];
		o = &s->own[e->caller - 1];
		if (o->listed || !o->told || e->caller == e->callee)
			continue;
		left = (prof_i128)o->v[SELF] - e->v[TOTAL];
		o->v[SELF] = left > 0 ? (int64_t)left : 0;
	}
}

static void
share_times(struct prof_pstats_sum *s)
{
	bool unlisted = false;
	size_t i;

	share_out(s, PRIMITIVE);
	share_out(s, TOTAL);
	for (i = 0; i < s->nown; i++)
		unlisted |= s->own[i].told && !s->own[i].listed;
	if (unlisted) {
		estimate_self(s);
		note(s, "self times are not in the report: estimated from "
		    "cumulative times and calls");
	}
	share_out(s, SELF);
}

static prof_i128
left_of(prof_i128 v, struct rest *rest)
{
	if (v < 0)
		rest->less = true;
	return v < 0 ? 0 : v;
}

static void
find_rest(const struct prof_pstats_sum *s, struct rest *rest)
{
	const struct prof_pstats_row *h = &s->header;
	size_t i, rows = 0;
	unsigned c;

	memset(rest, 0, sizeof *rest);
	for (i = 0; i < s->nown; i++) {
		rows += s->own[i].listed || s->own[i].called;
		for (c = 0; c < VALUES; c++)
			rest->v[c] += s->own[i].v[c];
	}
	rest->error = (prof_i128)rows * s->half_self + h->self.half;
	rest->v[CALLS] = left_of(h->calls - rest->v[CALLS], rest);
	rest->v[PRIMITIVE] = left_of(h->primitive - rest->v[PRIMITIVE],
	    rest);
	/* Guides leave out "(N primitive calls)". */
	if (rest->v[CALLS] == 0)
		rest->v[PRIMITIVE] = 0;
	rest->v[SELF] = h->self.ns - rest->v[SELF];
	if (rest->v[SELF] < -rest->error)
		rest->less = true;
	else if (rest->v[CALLS] == 0 && rest->v[SELF] <= rest->error)
		rest->rounding = rest->v[SELF];
	if (rest->v[SELF] < 0 || rest->rounding != 0)
		rest->v[SELF] = 0;
	rest->v[TOTAL] = rest->v[SELF];
}

/* Rows of 0.000 may be much together: the header's total is the better. */
static int
add_rounding(struct prof_pstats_sum *s, prof_i128 time, struct prof_err *err)
{
	struct prof_function f = { 0 };
	int64_t v[VALUES] = { 0 };

	if (time == 0 || s->header_line == 0)
		return PROF_OK;
	v[SELF] = v[TOTAL] = (int64_t)time;
	f.name = prof_strs_adds(&s->b->p->strs, PROF_PSTATS_ROUNDING);
	return add(own(s, prof_builder_function(s->b, f))->v, v, err);
}

/* A function for what the header counts and no row has. */
static int
add_rest(struct prof_pstats_sum *s, struct prof_err *err)
{
	struct prof_function f = { 0 };
	int64_t v[VALUES];
	struct rest rest;
	unsigned c;
	bool any = false;

	find_rest(s, &rest);
	if (rest.less)
		note(s, "the rows have more than the header says");
	for (c = 0; c < VALUES; c++) {
		any |= rest.v[c] != 0;
		if (!prof_num_fits(rest.v[c]))
			return prof_fail(err, PROF_ERANGE,
			    "the sum of all rows leaves 64 bits");
		v[c] = (int64_t)rest.v[c];
	}
	if (!any)
		return add_rounding(s, rest.rounding, err);
	if (!s->partial && prof_profile_skipped(s->b->p) == 0)
		note(s, "the header has more than the rows, though none "
		    "were left out (is the report cut?); the rest is "
		    PROF_PSTATS_REST);
	f.name = prof_strs_adds(&s->b->p->strs, PROF_PSTATS_REST);
	return add(own(s, prof_builder_function(s->b, f))->v, v, err);
}

static void
add_types(struct prof_pstats_sum *s)
{
	struct prof_profile *p = s->b->p;
	prof_str count = prof_strs_adds(&p->strs, "count");
	prof_str time = prof_strs_adds(&p->strs, "time");
	prof_str ns = prof_strs_adds(&p->strs, "nanoseconds");
	unsigned c;

	prof_profile_add_type(p, time, ns);
	prof_profile_add_edge_type(p, PROF_EDGE_CALLS,
	    prof_strs_adds(&p->strs, "calls"), count);
	prof_profile_add_edge_type(p, PROF_EDGE_PRIMITIVE,
	    prof_strs_adds(&p->strs, "primitive"), count);
	prof_profile_add_edge_type(p, PROF_EDGE_SELF, time, ns);
	prof_profile_add_edge_type(p, PROF_EDGE_TOTAL, time, ns);
	p->edges.error[SELF] = s->half_self;
	p->edges.error[TOTAL] = s->half_total;
	for (c = PRIMITIVE; c < VALUES; c++)
		p->edges.exact[c] = !s->counted;
}

int
prof_pstats_sum_finish(struct prof_pstats_sum *s, struct prof_err *err)
{
	struct prof_profile *p = s->b->p;
	size_t i;
	int rc;

	/* One that neither calls nor is called has a row, too. */
	if (p->nfn > 0)
		own(s, p->nfn);
	rc = sum_calls(s, err);
	if (rc == PROF_OK && s->counted)
		share_times(s);
	if (rc == PROF_OK && s->header_line != 0)
		rc = add_rest(s, err);
	if (rc != PROF_OK)
		return rc;
	if (s->nown + s->nedges >= UINT32_MAX)
		return prof_fail(err, PROF_ELIMIT, "too many calls");
	add_types(s);
	for (i = 0; i < s->nown; i++)
		prof_profile_add_edge(p, 0, (prof_fn)(i + 1), 0,
		    s->own[i].v);
	for (i = 0; i < s->nedges; i++)
		prof_profile_add_edge(p, s->edge[i].caller,
		    s->edge[i].callee, 0, s->edge[i].v);
	return PROF_OK;
}

void
prof_pstats_sum_release(struct prof_pstats_sum *s)
{
	free(s->own);
	free(s->edge);
	prof_map_release(&s->pairs);
}
