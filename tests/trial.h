/* SPDX-License-Identifier: MIT */
#ifndef TESTS_TRIAL_H
#define TESTS_TRIAL_H

#include <math.h>
#include <stdio.h>

#include "libanalysis/diff_scale.h"
#include "libanalysis/evidence.h"
#include "libanalysis/nomem.h"
#include "tests/compare.h"
#include "tests/edges.h"

#define TRIAL_MS 1000000	/* of a sample, in nanoseconds */
#define TRIAL_ALL ((1u << PROF_JUDGED) - 1)

/* Comparisons of runs that are made from numbers, judged. */
struct trial {
	struct compare c;
	struct prof_evidence e;
	struct prof_evidence_rule rule;
	int64_t work[2];	/* what both sides did, where it differs */
	struct prof_err err;
};

static inline void
trial_start(struct trial *t)
{
	memset(t, 0, sizeof *t);
	t->rule = prof_evidence_default();
}

static inline void
trial_done(struct trial *t)
{
	prof_evidence_release(&t->e);
	compare_done(&t->c);
}

/* "f00 1000000\n": a function for each count, 1 ms each; 0 is left out. */
static inline void
trial_run(struct trial *t, const int *count, unsigned n)
{
	struct prof_buf b = { 0 };
	unsigned i;

	for (i = 0; i < n; i++)
		if (count[i] != 0)
			prof_buf_addf(&b, "f%02u %lld\n", i,
			    (long long)count[i] * TRIAL_MS);
	compare_add(&t->c, "run", prof_buf_str(&b));
	prof_buf_release(&b);
}

/* A run of a profiler that counts calls, and n of its functions. */
static inline void
trial_timed(struct trial *t, const int64_t (*calls_and_self)[2], unsigned n)
{
	struct compare *c = &t->c;
	struct made m;
	char name[16];
	unsigned i;

	edges_start(&m);
	for (i = 0; i < n; i++) {
		snprintf(name, sizeof name, "f%02u", i);
		if (calls_and_self[i][0] != 0)
			edges_own(&m, name, calls_and_self[i][0],
			    calls_and_self[i][1], calls_and_self[i][1]);
	}
	prof_builder_release(&m.b);
	c->p[c->n] = m.p;
	prof_rows_init(&c->rows[c->n], &c->p[c->n], PROF_BY_FUNCTION);
	c->run[c->n].name = "run";
	c->run[c->n].rows = &c->rows[c->n];
	c->run[c->n].flat = &c->flat[c->n];
	c->n++;
}

static inline int
trial_judge(struct trial *t, unsigned nbase)
{
	struct prof_diff *d = &t->c.d;
	int rc = compare_run(&t->c, nbase, NULL);

	ck_assert_msg(rc == PROF_OK, "%s", t->c.err.msg);
	if (t->work[0] != t->work[1]) {
		ck_assert_int_eq(prof_diff_scale(d, t->work[1], t->work[0],
		    &t->err), PROF_OK);
		ck_assert_int_eq(prof_diff_scale_calls(d, t->work[1],
		    t->work[0], &t->err), PROF_OK);
	}
	return prof_evidence_init(&t->e, &t->c.d, &t->rule, TRIAL_ALL,
	    &t->err);
}

static inline struct prof_effect *
trial_effect(struct trial *t, enum prof_judged what, const char *name)
{
	uint32_t class = compare_find(&t->c, name);

	ck_assert_uint_ne(class, 0);
	return &t->e.of[what][class];
}

static inline struct prof_effect *
trial_self(struct trial *t, const char *name)
{
	return trial_effect(t, PROF_JUDGED_SELF, name);
}

static inline size_t
trial_found(const struct trial *t, enum prof_judged what)
{
	size_t n = 0;
	uint32_t i;

	for (i = 1; i <= t->e.d->match.n; i++)
		n += t->e.of[what][i].found;
	return n;
}

#endif
