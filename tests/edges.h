/* SPDX-License-Identifier: MIT */
#ifndef TESTS_EDGES_H
#define TESTS_EDGES_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/buf.h"
#include "libanalysis/calltree.h"
#include "libanalysis/check.h"
#include "libanalysis/nomem.h"
#include "tests/make.h"

/* Profiles of callers and callees, written down in a test. */

static inline void
edges_type(struct made *m, enum prof_edge_role role, const char *type,
    const char *unit)
{
	prof_profile_add_edge_type(&m->p, role, make_str(m, type),
	    make_str(m, unit));
}

/* One column of time, and the edge columns of the cProfile family. */
static inline void
edges_start(struct made *m)
{
	make_start(m, "time", "nanoseconds");
	edges_type(m, PROF_EDGE_CALLS, "calls", "count");
	edges_type(m, PROF_EDGE_PRIMITIVE, "primitive", "count");
	edges_type(m, PROF_EDGE_SELF, "time", "nanoseconds");
	edges_type(m, PROF_EDGE_TOTAL, "time", "nanoseconds");
}

/* A row about calls of callee; caller NULL: about all of them. */
static inline void
edges_count(struct made *m, const char *caller, const char *callee,
    int64_t calls, int64_t primitive, int64_t self, int64_t total)
{
	const int64_t values[] = { calls, primitive, self, total };

	prof_profile_add_edge(&m->p, caller != NULL ? make_fn(m, caller) : 0,
	    make_fn(m, callee), 0, values);
}

/* The same where no call is recursive. */
static inline void
edges_add(struct made *m, const char *caller, const char *callee,
    int64_t calls, int64_t self, int64_t total)
{
	edges_count(m, caller, callee, calls, calls, self, total);
}

static inline void
edges_own(struct made *m, const char *name, int64_t calls, int64_t self,
    int64_t total)
{
	edges_add(m, NULL, name, calls, self, total);
}

static inline void
edges_estimate(struct made *m)
{
	int rc = prof_calltree_estimate(&m->p, &m->err);

	ck_assert_msg(rc == PROF_OK, "%s", m->err.msg);
	rc = prof_profile_check(&m->p, &m->err);
	ck_assert_msg(rc == PROF_OK, "%s", m->err.msg);
}

/* The only function of a frame. */
static inline prof_fn
edges_frame_fn(const struct prof_profile *p, prof_loc id)
{
	const struct prof_location *l = prof_profile_loc(p, id);

	if (l->nlines != 1)
		ck_abort_msg("a frame of %u functions", l->nlines);
	return p->line[l->first_line].fn;
}

static inline void
edges_show_stack(const struct prof_profile *p, uint32_t row,
    struct prof_buf *b)
{
	size_t n;
	const prof_loc *loc = prof_profile_stack(p, p->stack[row], &n);

	while (n-- > 0) {
		prof_buf_adds(b, prof_profile_str(p, prof_profile_fn(p,
		    edges_frame_fn(p, loc[n]))->name));
		prof_buf_addc(b, n > 0 ? ';' : ' ');
	}
}

static inline int
edges_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "root;...;leaf value ...\n" of every sample, in the order of the bytes. */
static inline char *
edges_show(const struct prof_profile *p)
{
	char **line = prof_alloc(p->nsamples, sizeof *line), *all;
	struct prof_buf b = { 0 };
	uint32_t i;
	unsigned c;

	for (i = 0; i < p->nsamples; i++) {
		prof_buf_clear(&b);
		edges_show_stack(p, i, &b);
		for (c = 0; c < p->ntypes; c++)
			prof_buf_addf(&b, c > 0 ? " %lld" : "%lld",
			    (long long)p->value[c][i]);
		prof_buf_addc(&b, '\n');
		line[i] = prof_strndup(b.data, b.len);
	}
	if (p->nsamples > 0)
		qsort(line, p->nsamples, sizeof *line, edges_compare);
	prof_buf_clear(&b);
	for (i = 0; i < p->nsamples; i++) {
		prof_buf_adds(&b, line[i]);
		free(line[i]);
	}
	all = prof_strndup(prof_buf_str(&b), b.len);
	prof_buf_release(&b);
	free(line);
	return all;
}

static inline void
edges_expect(struct made *m, const char *wanted)
{
	char *got;

	edges_estimate(m);
	got = edges_show(&m->p);
	ck_assert_str_eq(got, wanted);
	free(got);
	make_drop(m);
}

#endif
