/* SPDX-License-Identifier: MIT */
#ifndef PROF_EVIDENCE_H
#define PROF_EVIDENCE_H

#include "libanalysis/counts.h"
#include "libanalysis/diff.h"
#include "libanalysis/factor.h"
#include "libanalysis/regress.h"

/*
 * What the runs say about each function that two sides have: how much it
 * changed on top of the global factor, between which limits, and how
 * probable that is by chance.
 */

/* What is judged of a function. */
enum prof_judged {
	PROF_JUDGED_SELF,
	PROF_JUDGED_TOTAL,
	PROF_JUDGED_CALLS,
	PROF_JUDGED_PER_CALL,	/* total by calls that are not recursive */
	PROF_JUDGED
};

/* What kind of number it is. */
enum prof_model {
	PROF_MODEL_SAMPLED,	/* counted samples are behind it */
	PROF_MODEL_TIMED,	/* no count is known */
	PROF_MODEL_EXACT	/* calls, instructions, all allocations: any */
				/* change is real */
};

/* By what it is judged; "evidence" in reports. */
enum prof_basis {
	PROF_BASIS_NONE,	/* nothing tells noise: values only */
	PROF_BASIS_SINGLE,	/* "single-run" */
	PROF_BASIS_RUNS,	/* "replicates" */
	PROF_BASIS_CROSS,	/* "cross-function", see timed.h */
	PROF_BASIS_EXACT	/* "exact" */
};

/* How base is made comparable with new. */
enum prof_scaling {
	PROF_SCALING_AUTO,	/* median if sampled, or of several runs or */
				/* known noise and not exact; else none */
	PROF_SCALING_NONE,
	PROF_SCALING_MEDIAN,	/* most functions did not change: factor.h */
	PROF_SCALING_TOTAL,
	PROF_SCALING_GIVEN	/* size of each run is given: duration, */
				/* samples, operations, an anchor's self */
};

struct prof_noise_table;	/* noise_table.h */

struct prof_evidence_rule {
	struct prof_fraction ratio;	/* beyond which OK is not proved */
	struct prof_fraction min_share;	/* of a side: below on both sides a */
					/* function is not in the family */
	double min_value;	/* likewise, in base units; negative: 1 ms of */
				/* times that were measured at calls, else 0 */
	double alpha;		/* false discovery rate of a family */
	double level;		/* of intervals, such as 0.95 */
	bool both;		/* more and less are one family (pdiff), else */
				/* each is its own, and p is one-sided */
	double phi;		/* noise of --noise; negative: from data */
	const struct prof_noise_table *noise;	/* of a file, or NULL */
	enum prof_scaling scaling;
	const double *size;	/* [run] of PROF_SCALING_GIVEN */
};

/* One quantity of one function. */
struct prof_effect {
	double base, now;	/* means of runs in base units, or calls */
	double ratio;		/* now by base by the factor; INFINITY: new; */
				/* NAN: nothing there, or negative values */
	double low, high;	/* limits of ratio, or NAN; rough beyond the */
				/* 500 that have most samples */
	double p, q;		/* NAN: not tested; q: adjusted in its */
				/* family, and four times that for totals */
				/* of a list that has self, too */
	double weight;		/* of p in its family, mean 1: of a list by */
				/* runs, more to those with more samples */
	double mdr;		/* smallest ratio that would be found with a */
				/* probability of 90 %; NAN: not known */
	double samples[2];	/* effective, of all runs; NAN: not known */
	bool apart;		/* every new run is above every base run (or */
				/* below, for less), by the rule's ratio */
	bool tested;		/* in the family; of both, a total that is */
				/* self in all runs has what self has */
	bool found;		/* q <= alpha; exact: it changed; no samples: */
				/* in all runs of one side, none of the other */
};

struct prof_evidence {
	const struct prof_diff *d;		/* borrowed */
	struct prof_evidence_rule rule;
	struct prof_factor factor;	/* of what is tested; where it cannot */
					/* be told: ratio 1, limits NAN, with */
					/* the used and support of that */
	struct prof_factor common;	/* of all code, beside a scaling that */
					/* was asked for, or too uncertain to */
					/* take out; ratio NAN: none */
	enum prof_scaling scaling;	/* what AUTO came to */
	bool global;		/* the factor was told from specific changes, */
				/* by half of the weight and enough of them */
	double total[3];	/* raw ratio of the totals, and its limits, */
				/* NAN for single runs without samples */
	enum prof_model model[PROF_JUDGED];
	enum prof_basis basis[PROF_JUDGED];
	const char *reason;	/* why counts are not known, or what is exact */
				/* is judged by runs; static, or NULL */
	enum prof_counts_how how;	/* where counts come from */
	bool strange;		/* noise of the rule's is of others: unused */
	double phi, tau, d0;	/* noise, NAN: not known; d0 of several runs */
	double samples[2];	/* effective, of all runs; 0: not known */
	struct prof_effect *of[PROF_JUDGED];	/* [class], NULL: not asked, */
						/* or not known */
	size_t family[PROF_JUDGED];	/* functions tested */
	double expected;	/* share of comparisons of unchanged code in */
				/* which single runs name a function: by the */
				/* default gate, of both by this list; NAN */
};

/*
 * judged: 1 << enum prof_judged, joined; self is judged in any case.
 * Profiles of the runs must be as they were when d was made.
 *
 * Returns PROF_OK, or PROF_EMISMATCH: a size that is not above 0.
 * Source: Smyth 2004; Benjamini and Hochberg 1995; Anders and Huber 2010.
 */
int prof_evidence_init(struct prof_evidence *e, const struct prof_diff *d,
    const struct prof_evidence_rule *rule, unsigned judged,
    struct prof_err *err);
void prof_evidence_release(struct prof_evidence *e);

struct prof_evidence_rule prof_evidence_default(void);

static inline const struct prof_effect *
prof_evidence_of(const struct prof_evidence *e, enum prof_judged what,
    uint32_t class)
{
	return &e->of[what][class];
}

/* "self", "total", "calls", "per-call"; "single-run", ... */
const char *prof_judged_name(enum prof_judged what);
const char *prof_basis_name(enum prof_basis basis);

#endif
