/* SPDX-License-Identifier: MIT */
#ifndef CMD_JUDGE_H
#define CMD_JUDGE_H

#include "cmd/sides.h"
#include "libanalysis/findings.h"
#include "libanalysis/noise_table.h"

/*
 * Two sides compared, and what is known of that: what pdiff and pregress
 * have in common.  Each part borrows the former.
 */
struct judge {
	const struct options *o;
	enum prof_judged metric[PROF_JUDGED];	/* of --metric, each once */
	unsigned nmetrics;		/* 0: none was asked for */
	struct prof_evidence_rule rule;	/* of --min-share, --alpha, ... */
	struct prof_noise_table noise;	/* of --noise */
	struct prof_diff d;
	struct prof_evidence e;
	struct prof_findings f;
	bool known;			/* e and f are there */
};

/* Read options; fails on mistakes that need no profile to be found. */
void judge_begin(struct judge *j, const struct options *o, enum tool tool);

/*
 * Compare sides that are viewed, scaled by --normalize; fails where they
 * are not comparable (comparable.h) or lack what options ask for.
 */
void judge_compare(struct judge *j, struct sides *s);

/* 1 << enum prof_judged, joined: asked for, or self and total. */
unsigned judge_asked(const struct judge *j);

/*
 * Find out what the runs prove of these quantities, joined likewise: what is
 * in no finding is not, so that what is told and what fails are the same.
 */
void judge_find(struct judge *j, unsigned metrics);
void judge_release(struct judge *j);

/*
 * SHARE|VALUE of --min-delta: a share has a percent sign or is below 1 and
 * without a unit; else a value of d, in base units.
 *
 * Returns whether it is a share; fails on what is neither.
 */
bool judge_amount(const char *option, const char *text,
    const struct prof_diff *d, struct prof_fraction *share, double *value);

/* A share above 0 and below 1; otherwise, if it was not given. */
double judge_inside(const char *option, struct fraction f, double otherwise);

#endif
