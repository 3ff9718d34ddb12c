/* SPDX-License-Identifier: MIT */
#ifndef PROF_FINDINGS_STATE_H
#define PROF_FINDINGS_STATE_H

#include <math.h>

#include "libanalysis/findings.h"

/* Findings while they are made; for findings*.c only. */
struct prof_findings_maker {
	struct prof_findings *f;
	const struct prof_evidence *e;
	size_t cap;
	double unit;		/* base units in a step */
	double factor;		/* global, new by base */
	double limit[PROF_DIFF_METRICS];	/* of p by weight: what no */
				/* culprit explains must be below it */
	double beside[PROF_DIFF_METRICS];	/* the same where it changed */
	double most;				/* by most, or more */
};

/* now by the factor, less base: in base units. */
static inline double
prof_findings_delta(const struct prof_findings_maker *m, double base,
    double now)
{
	return now / m->factor - base;
}

/* Whether a function's change is to be explained, as more or as less. */
static inline bool
prof_findings_wants(const struct prof_findings_maker *m,
    enum prof_diff_metric metric, uint32_t class, bool down)
{
	const struct prof_effect *e = m->e->of[metric];

	return e != NULL && e[class].found && (down ? e[class].ratio < 1 :
	    e[class].ratio > 1);
}

/*
 * Whether what no culprit explains is a finding of its own: one change can
 * make many rows significant, and a false discovery rate allows for others
 * on their account.  So the rest is judged again, as if alone; but what
 * changed more than all that was named is judged beside that.
 */
static inline bool
prof_findings_stands(const struct prof_findings_maker *m,
    enum prof_diff_metric metric, uint32_t class)
{
	const struct prof_effect *e = &m->e->of[metric][class];

	if (fabs(prof_findings_delta(m, e->base, e->now)) >= m->most &&
	    !(e->p / e->weight > m->beside[metric]))
		return true;
	return !(e->p / e->weight > m->limit[metric]);
}

/* Set limit, when culprits have explained what they can. */
void prof_findings_rejudge(struct prof_findings_maker *m);

/* Add one about all of a function; returns its index. */
size_t prof_findings_add(struct prof_findings_maker *m,
    enum prof_finding_kind kind, enum prof_diff_metric metric,
    uint32_t class);

/* Where the change is one of a call path only: other values. */
void prof_findings_narrow(struct prof_findings_maker *m, size_t i,
    uint32_t caller, double base, double now);

/* Calls that the values are of, where they are counted. */
void prof_findings_split(struct prof_findings_maker *m, size_t i,
    double was, double now);

/* The finding with index i explains a row. */
static inline void
prof_findings_explain(struct prof_findings_maker *m, size_t i,
    enum prof_diff_metric metric, uint32_t class)
{
	m->f->by[metric][class] = (uint32_t)i + 1;
}

/*
 * By the calling-context tree: first culprits of both directions, then, with
 * what they left, functions that none explains.
 */
void prof_findings_of_tree(struct prof_findings_maker *m,
    const struct prof_context *c);

/* By edges, where there are some. */
void prof_findings_of_edges(struct prof_findings_maker *m);

#endif
