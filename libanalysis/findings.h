/* SPDX-License-Identifier: MIT */
#ifndef PROF_FINDINGS_H
#define PROF_FINDINGS_H

#include "libanalysis/context.h"
#include "libanalysis/evidence.h"

/*
 * From functions whose change is proved to what caused it: the culprit, and
 * not its whole call chain.
 */
enum prof_finding_kind {
	PROF_FINDING_SELF,	/* "self": its own code changed */
	PROF_FINDING_CALLS,	/* "calls": one caller's calls of it changed */
	PROF_FINDING_SPREAD,	/* "spread": with all below, in all callers */
	PROF_FINDING_FUNCTION,	/* "function": changed, no culprit found */
	PROF_FINDING_NEW,	/* "new": base does not have it */
	PROF_FINDING_GONE,	/* "gone" */
	PROF_FINDING_ALL,	/* "total": everything together */
	PROF_FINDING_KINDS
};

/* Which part of the change is due to calls, and which to each call. */
struct prof_finding_split {
	bool known;
	double calls, per_call;	/* ratios; their product is the ratio */
};

struct prof_finding {
	enum prof_finding_kind kind;
	enum prof_judged metric;	/* that its effect is of */
	uint32_t class;			/* 0 for everything */
	uint32_t caller;		/* class, of PROF_FINDING_CALLS */
	double base, now;		/* of what changed, in base units: of */
					/* this call path only for CALLS */
	double delta;			/* on top of the factor, base units */
	const struct prof_effect *effect;	/* of class */
	struct prof_finding_split split;
	bool shifted;		/* work that moved: the group did not change */
	uint32_t *group;	/* classes it moved from or to */
	size_t ngroup;
	double group_delta, group_low, group_high;	/* base units, 95 % */
	uint32_t *explains;	/* classes whose change is this one's */
	size_t nexplains;
};

struct prof_findings {
	struct prof_finding *of;	/* by |delta|, largest first */
	size_t n;
	/* [class] what became of a function that e found: index + 1 of the */
	/* finding that explains it or is about it; 0: none, because, apart */
	/* from what culprits explain, it is no more than chance adds */
	uint32_t *by[2];		/* self, total */
};

/*
 * e:    its effects of self and of total, each where found is set, are what
 *       is to be explained.
 * c:    NULL where there are no stacks: then every function is a finding.
 * Source: tree scan: Kulldorff et al., 2003.
 * Cost: O(findings * (nodes + classes)) for findings of the tree: of either
 *       direction at most 50 by the scan and, of what it leaves, 200 more,
 *       while these times nodes are below a million.  The others, and those
 *       without stacks, O(n log n) of rows and edges.
 */
void prof_findings_init(struct prof_findings *f,
    const struct prof_evidence *e, const struct prof_context *c);
void prof_findings_release(struct prof_findings *f);

/*
 * What is in no finding is not proved: found is cleared, so that rows and
 * findings of a report agree.
 */
void prof_findings_settle(const struct prof_findings *f,
    struct prof_evidence *e);

/*
 * Findings about calls, or times of one call, before all others, where they
 * are what is asked for: nothing explains them.  After settle.
 */
void prof_findings_of_calls(struct prof_findings *f,
    const struct prof_evidence *e, enum prof_judged what);

/*
 * The verdict on a function where no gate judges: REGRESSION or IMPROVEMENT
 * for what e found (self before total), SHIFTED, OK where the limits prove
 * less than the rule's ratio either way, else INCONCLUSIVE.
 */
enum prof_verdict prof_findings_verdict(const struct prof_findings *f,
    const struct prof_evidence *e, uint32_t class);

const char *prof_finding_kind_name(enum prof_finding_kind k);

#endif
