/* SPDX-License-Identifier: MIT */
#ifndef CMD_DIFFWORK_H
#define CMD_DIFFWORK_H

#include "cmd/judge.h"
#include "libanalysis/difftree.h"

/* What pdiff works out: the comparison, and what is known of it. */
struct diffwork {
	const struct options *o;	/* borrowed */
	struct sides *s;		/* likewise */
	struct judge j;
	struct prof_context c;		/* with --tree */
	struct prof_diff_report r;	/* of all these */
};

/* Fails on mistakes in options that need no profile to be found. */
void diffwork_begin(struct diffwork *w, const struct options *o);

/* s: viewed; borrowed until release. */
void diffwork_compare(struct diffwork *w, struct sides *s);

/* Whether a changed row is left after the thresholds. */
bool diffwork_left(const struct diffwork *w);
void diffwork_release(struct diffwork *w);

#endif
