/* SPDX-License-Identifier: MIT */
#ifndef PROF_REGRESS_H
#define PROF_REGRESS_H

#include "libanalysis/diff.h"

/* A positive fraction, compared exactly. */
struct prof_fraction {
	int64_t num, den;	/* both at least 1; num may be 0 for shares */
};

/* When a function counts. */
struct prof_regress_rule {
	struct prof_fraction ratio;	/* new / base from here, at least 1 */
	struct prof_fraction min_share;	/* of the total of either side */
	struct prof_fraction impact;	/* of the base total: what grew from */
					/* nothing counts from here */
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
 * A gate by statistics takes its place; it finds the values of single runs
 * through prof_diff_of_run.
 */
enum prof_verdict prof_regress_judge(const struct prof_regress_rule *rule,
    const struct prof_regress_pair *pair);

/* Whether a side has at least min_share of its total. */
bool prof_regress_matters(const struct prof_regress_rule *rule,
    const struct prof_regress_pair *pair);

enum prof_regress_kind {
	PROF_REGRESS_FUNCTION,
	PROF_REGRESS_NEW,	/* a function the base does not have */
	PROF_REGRESS_GONE,	/* one that new does not have */
	PROF_REGRESS_ALL	/* the total of everything */
};

struct prof_regress_row {
	uint32_t class;		/* 0 for PROF_REGRESS_ALL */
	enum prof_verdict verdict;
	enum prof_regress_kind kind;
	enum prof_diff_metric metric;	/* that the verdict is about */
	prof_i128 sum[PROF_DIFF_SIDES];	/* as in prof_diff */
};

/*
 * The gate: the total and every function that matters, judged by self, then
 * by total.  Rows come by verdict; regressions of self first, then those
 * by total only (callers of the former among them), then everything; within
 * these by change, largest first.
 */
struct prof_regress {
	const struct prof_diff *d;	/* borrowed */
	struct prof_regress_rule rule;
	enum prof_verdict verdict;	/* REGRESSION, INCONCLUSIVE or OK */
	char reason[PROF_ERR_MAX];	/* why INCONCLUSIVE, else "" */
	struct prof_regress_row *row;
	size_t n;
	size_t functions;		/* rows but the one for all */
	size_t count[PROF_VERDICTS];	/* of functions, by verdict */
	enum prof_verdict all;		/* of the total */
};

/*
 * Returns PROF_OK; PROF_EMISMATCH when a side holds no value to compare
 * with: then the verdict is INCONCLUSIVE, the reason is set and there are
 * no rows.  g may be printed and released whatever is returned.
 */
int prof_regress_init(struct prof_regress *g, const struct prof_diff *d,
    const struct prof_regress_rule *rule, struct prof_err *err);
void prof_regress_release(struct prof_regress *g);

const char *prof_verdict_name(enum prof_verdict v);
const char *prof_regress_kind_name(enum prof_regress_kind k);

#endif
