/* SPDX-License-Identifier: MIT */
#ifndef TESTS_CALLS_H
#define TESTS_CALLS_H

#include "libanalysis/builder.h"

/* A profile of callers and callees written down in a test. */

static inline prof_fn
calls_fn(struct prof_builder *b, const char *name)
{
	struct prof_function f = { 0 };

	f.name = prof_strs_adds(&b->p->strs, name);
	f.file = prof_strs_adds(&b->p->strs, "a.py");
	return prof_builder_function(b, f);
}

/* p is empty; the columns are those of Python's profilers. */
static inline void
calls_start(struct prof_builder *b, struct prof_profile *p)
{
	prof_str count, time, ns;

	prof_builder_init(b, p, NULL);
	count = prof_strs_adds(&p->strs, "count");
	time = prof_strs_adds(&p->strs, "time");
	ns = prof_strs_adds(&p->strs, "nanoseconds");
	prof_profile_add_type(p, time, ns);
	prof_profile_add_edge_type(p, PROF_EDGE_CALLS,
	    prof_strs_adds(&p->strs, "calls"), count);
	prof_profile_add_edge_type(p, PROF_EDGE_PRIMITIVE,
	    prof_strs_adds(&p->strs, "primitive"), count);
	prof_profile_add_edge_type(p, PROF_EDGE_SELF, time, ns);
	prof_profile_add_edge_type(p, PROF_EDGE_TOTAL, time, ns);
}

/* caller NULL: about the function itself. */
static inline void
calls_add(struct prof_builder *b, const char *caller, const char *callee,
    int64_t calls, int64_t primitive, int64_t self, int64_t total)
{
	const int64_t value[] = { calls, primitive, self, total };

	prof_profile_add_edge(b->p, caller != NULL ? calls_fn(b, caller) : 0,
	    calls_fn(b, callee), 0, value);
}

#endif
