/* SPDX-License-Identifier: MIT */
#ifndef TESTS_INVENT_H
#define TESTS_INVENT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/builder.h"
#include "tests/random.h"

/*
 * Random profiles out of a small world, so that two of them have much in
 * common.  The same numbers make the same profile.
 */

struct invent_opts {
	bool types;		/* any sample types, not always the same */
	bool cancel;		/* negative and zero values, too */
	bool edges;
};

struct invention {
	struct prof_profile *p;
	const struct invent_opts *o;
	struct prof_builder b;
	struct test_random r;
};

static inline uint32_t
invent_below(struct invention *v, uint32_t n)
{
	return test_random_below(&v->r, n);
}

static inline bool
invent_one_in(struct invention *v, uint32_t n)
{
	return test_random_below(&v->r, n) == 0;
}

/* One of n names that begin with c, sometimes none. */
static inline prof_str
invent_str(struct invention *v, char c, uint32_t n, bool maybe)
{
	char s[2] = { c, 0 };

	if (maybe && invent_one_in(v, 3))
		return 0;
	s[1] = (char)('0' + invent_below(v, n));
	return prof_strs_add(&v->p->strs, s, 2);
}

/* Unused strings, functions and so on shift the ids of the used ones. */
static inline prof_fn
invent_fn(struct invention *v)
{
	struct prof_function f = { 0 };

	if (invent_one_in(v, 8))
		invent_str(v, 'u', 9, false);
	f.name = invent_str(v, 'f', 5, false);
	f.system = invent_str(v, 's', 2, true);
	f.file = invent_str(v, 'c', 2, true);
	f.start = invent_below(v, 2);
	return prof_builder_function(&v->b, f);
}

/*
 * The same module at other starts, with sizes that round to the same.  With
 * values that cancel all agree: what a row leaves behind that an inner merge
 * has forgotten is the one thing on which grouping has a say.
 */
static inline prof_mod
invent_mod(struct invention *v)
{
	struct prof_mapping m = { 0 };
	uint32_t what = invent_below(v, 5);

	if (what == 4)
		return 0;
	m.start = 0x10000 * (uint64_t)(v->o->cancel ? 1 + what :
	    1 + invent_below(v, 4));
	m.limit = m.start + 0x3000;
	if (!v->o->cancel)
		m.limit -= invent_below(v, 3) * 0x10;
	m.offset = what == 3 ? 0x1000 : 0;
	if (what < 2)
		m.build_id = prof_strs_adds(&v->p->strs, what == 0 ? "b0" :
		    "b1");
	if (what > 1 || (!v->o->cancel && !invent_one_in(v, 3)))
		m.file = invent_str(v, 'm', what < 2 ? 3 : 1, false);
	m.flags = v->o->cancel ? 15 : 15 & ~invent_below(v, 16);
	return prof_builder_mapping(&v->b, m);
}

static inline prof_loc
invent_loc(struct invention *v)
{
	struct prof_location l = { 0 };
	struct prof_line line[3];
	uint32_t i, n = invent_below(v, 4);

	l.mapping = invent_mod(v);
	if (!invent_one_in(v, 4))
		l.address = (uint64_t)16 * invent_below(v, 4) +
		    (l.mapping != 0 ? v->p->mod[l.mapping - 1].start : 16);
	l.kind = (uint8_t)invent_below(v, 3);
	l.flags = invent_one_in(v, 5) ? PROF_LOC_FOLDED : 0;
	for (i = 0; i < n; i++) {
		line[i].fn = invent_fn(v);
		line[i].line = 10 + invent_below(v, 2);
		line[i].column = invent_below(v, 2);
	}
	return prof_builder_location(&v->b, l, line, n);
}

static inline prof_set
invent_set(struct invention *v)
{
	struct prof_label label[3];
	uint32_t i, n = invent_below(v, 4);

	for (i = 0; i < n; i++) {
		memset(&label[i], 0, sizeof label[i]);
		label[i].key = invent_str(v, 'k', 2, false);
		if (invent_one_in(v, 2)) {
			label[i].str = invent_str(v, 't', 2, false);
		} else {
			label[i].unit = invent_str(v, 'u', 1, true);
			label[i].num = (int64_t)invent_below(v, 3) - 1;
		}
	}
	return prof_builder_set(&v->b, label, n);
}

static inline void
invent_types(struct invention *v)
{
	static const char *const some[][2] = { { "samples", "count" },
	    { "cpu", "nanoseconds" }, { "cpu", "ms" }, { "wall", "us" },
	    { "cpu", "ns" }, { "wall", "us" }, { "odd", "widgets" },
	    { "odd", "gadgets" }, { "space", "kB" }, { "space", "bytes" } };
	const struct invent_opts *o = v->o;
	struct prof_profile *p = v->p;
	uint32_t i, n = 2;

	prof_profile_add_type(p, prof_strs_adds(&p->strs, "samples"),
	    prof_strs_adds(&p->strs, "count"));
	if (!o->types)
		prof_profile_add_type(p, prof_strs_adds(&p->strs, "cpu"),
		    prof_strs_adds(&p->strs, invent_one_in(v, 2) ? "ns" :
		    "us"));
	for (i = 0; o->types && i < 10; i++) {
		if (i > 0 && invent_one_in(v, 2))
			prof_profile_add_type(p, prof_strs_adds(&p->strs,
			    some[i][0]), prof_strs_adds(&p->strs,
			    some[i][1]));
	}
	for (i = 0; o->types && i < p->ntypes; i++)
		if (invent_one_in(v, 4)) {
			p->type[i].num = 1 + invent_below(v, 6);
			p->type[i].den = 1 + invent_below(v, 6);
		}
	for (; o->types && n > 0 && p->ntypes > 1; n--) {
		struct prof_type t = p->type[n - 1];

		i = invent_below(v, p->ntypes);
		p->type[n - 1] = p->type[i];
		p->type[i] = t;
	}
}

static inline void
invent_samples(struct invention *v)
{
	const struct invent_opts *o = v->o;
	struct prof_profile *p = v->p;
	struct prof_err err = { 0 };
	int64_t values[PROF_COLS_MAX];
	prof_loc run[6];
	uint32_t i, k, depth, n = invent_below(v, 30);
	prof_stack s;
	prof_set set;

	v->b.timed = invent_one_in(v, 4);
	for (i = 0; i < n; i++) {
		depth = invent_below(v, 7);
		for (k = 0; k < depth; k++)
			run[k] = invent_loc(v);
		s = prof_builder_stack(&v->b, run, depth);
		set = invent_set(v);
		for (k = 0; k < p->ntypes; k++)
			values[k] = o->cancel ?
			    (int64_t)invent_below(v, 5) - 2 :
			    1 + invent_below(v, 5);
		ck_assert_int_eq(prof_builder_sample(&v->b, s, set,
		    invent_below(v, 2), values, &err), PROF_OK);
		if (!invent_one_in(v, 3))
			continue;
		for (k = 0; o->cancel && k < p->ntypes; k++)
			values[k] = -values[k];
		prof_builder_sample(&v->b, s, set, 0, values, &err);
	}
}

static inline void
invent_edges(struct invention *v)
{
	struct prof_edges *e = &v->p->edges;
	int64_t values[2];
	uint32_t i, n = invent_below(v, 10);
	prof_fn caller, callee;
	unsigned c;

	e->ntypes = 2;
	for (c = 0; c < 2; c++) {
		e->type[c].type = prof_strs_adds(&v->p->strs, c == 0 ?
		    "calls" : "total");
		e->type[c].unit = prof_strs_adds(&v->p->strs, "count");
		e->type[c].num = e->type[c].den = 1;
		e->exact[c] = !invent_one_in(v, 5);
		e->role[c] = c == 0 ? PROF_EDGE_CALLS : PROF_EDGE_TOTAL;
		e->error[c] = invent_below(v, 3);
	}
	for (i = 0; i < n; i++) {
		caller = invent_one_in(v, 3) ? 0 : invent_fn(v);
		callee = invent_fn(v);
		values[0] = invent_below(v, 10);
		values[1] = invent_below(v, 10);
		prof_profile_add_edge(v->p, caller, callee,
		    invent_below(v, 2), values);
	}
}

static inline void
invent_meta(struct invention *v)
{
	struct prof_profile *p = v->p;
	struct prof_meta *m = &p->meta;
	uint32_t i;

	m->time_ns = invent_below(v, 4);
	m->duration_ns = invent_below(v, 4);
	m->period = invent_below(v, 3);
	m->period_type = invent_str(v, 'p', 2, true);
	m->period_unit = invent_str(v, 'q', 1, true);
	if (p->ntypes > 0 && invent_one_in(v, 3))
		m->default_type = p->type[invent_below(v, p->ntypes)].type;
	m->doc_url = invent_str(v, 'd', 2, true);
	m->drop_frames = invent_str(v, 'x', 2, true);
	m->keep_frames = invent_str(v, 'y', 2, true);
	m->format = invent_str(v, 'r', 2, true);
	m->dialect = invent_str(v, 'e', 2, true);
	m->inputs = invent_one_in(v, 9) ? UINT64_MAX - 1 :
	    invent_below(v, 4);
	m->failed = invent_below(v, 2);
	if (invent_one_in(v, 4))
		m->differ = invent_below(v, 1024);
	m->estimated = invent_one_in(v, 3);
	for (i = invent_below(v, 4); i > 0; i--)
		prof_profile_add_comment(p, invent_str(v, '#', 3, true));
	for (i = invent_below(v, 5); i > 0; i--)
		prof_profile_note(p, invent_one_in(v, 2) ? "bad line" :
		    "odd count", i, invent_one_in(v, 2));
}

static inline void
invent_profile(struct prof_profile *p, uint64_t seed,
    const struct invent_opts *o)
{
	struct invention v = { .p = p, .o = o, .r = { seed } };

	memset(p, 0, sizeof *p);
	prof_builder_init(&v.b, p, NULL);
	invent_types(&v);
	invent_samples(&v);
	if (o->edges)
		invent_edges(&v);
	invent_meta(&v);
	prof_builder_release(&v.b);
}

#endif
