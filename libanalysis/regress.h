/* SPDX-License-Identifier: MIT */
#ifndef PROF_REGRESS_H
#define PROF_REGRESS_H

#include "libanalysis/diff.h"

/* A positive fraction, compared exactly. */
struct prof_fraction {
	int64_t num, den;	/* both at least 1; num may be 0 for shares */
};

static inline double
prof_fraction_of(struct prof_fraction f)
{
	return f.den != 0 ? (double)f.num / (double)f.den : 0;
}

/* When a function counts. */
struct prof_regress_rule {
	struct prof_fraction ratio;	/* new / base from here, at least 1 */
	struct prof_fraction min_share;	/* of the total of either side */
	struct prof_fraction impact;	/* of the base total: what grew from */
					/* nothing counts from here; 0: never */
};

/* 3/2, 0.5 % and 1 %. */
struct prof_regress_rule prof_regress_default(void);

enum prof_verdict {
	PROF_VERDICT_REGRESSION,
	PROF_VERDICT_INCONCLUSIVE,
	PROF_VERDICT_SHIFTED,	/* work that moved between functions */
	PROF_VERDICT_IMPROVEMENT,
	PROF_VERDICT_OK,
	PROF_VERDICTS
};

/* One quantity on both sides: sums of all runs of a side. */
struct prof_regress_pair {
	prof_i128 sum[PROF_DIFF_SIDES];
	prof_i128 whole[PROF_DIFF_SIDES];	/* what shares refer to */
	prof_i128 error[PROF_DIFF_SIDES];	/* of sum, by rounding */
	unsigned runs[PROF_DIFF_SIDES];
};

/*
 * Judge one pair by means: REGRESSION from the ratio on, IMPROVEMENT from
 * its reciprocal on, both only where the share of a side reaches min_share;
 * from or to nothing only where the impact is reached; INCONCLUSIVE for
 * negative values.  Exact: a ratio that is met is a regression.  A change
 * within twice the rounding errors of both sides is OK.
 *
 * For pictures, and for a gate where nothing tells of noise (gate.h).
 */
enum prof_verdict prof_regress_judge(const struct prof_regress_rule *rule,
    const struct prof_regress_pair *pair);

/* Whether the change is within that; never where error is 0. */
bool prof_regress_is_rounding(const struct prof_regress_pair *pair);

/* Whether a side has at least min_share of its total. */
bool prof_regress_matters(const struct prof_regress_rule *rule,
    const struct prof_regress_pair *pair);

const char *prof_verdict_name(enum prof_verdict v);

#endif
