/* SPDX-License-Identifier: MIT */
#ifndef PROF_REPLICATE_H
#define PROF_REPLICATE_H

#include <stddef.h>

/*
 * Several runs on at least one side: each function's noise from run to run,
 * moderated by that of all others.
 */
struct prof_replicate {
	size_t n;		/* functions */
	unsigned runs[2];	/* of base, of new; together at least 3 */
	const double *const *value;	/* [run, base first][n], >= 0 */
	const double *const *count;	/* likewise: effective samples behind */
					/* it; NULL: not known */
	const double *factor;	/* [run] values are divided by: see factor.h */
	double factor_se;	/* of ln of the factor between the sides; 0: */
				/* known exactly */
	double phi;		/* noise given from outside; < 0: from data */
	const double *phi_of;	/* [n] likewise by function, < 0 where not */
				/* known; or NULL.  Not quite believed: the */
				/* runs' own noise counts, too */
};

struct prof_replicate_effect {
	double change;		/* ln of new by base; NAN: not to be judged */
	double se;		/* of change */
	double df;		/* degrees of freedom; INFINITY: normal */
	double expected;	/* se by the mean of all runs and the typical */
				/* noise: neither the change nor the noise */
				/* seen has a part in it */
};

struct prof_replicate_noise {
	double phi;		/* typical squared coefficient of variation */
	double d0;		/* degrees of freedom that others add */
};

/*
 * out: [n].
 * Source: Smyth, 2004 (limma: moderated t); Phipson et al., 2016 (robust).
 * Cost:   O(runs * n + n log n).
 */
void prof_replicate_judge(const struct prof_replicate *in,
    struct prof_replicate_effect *out, struct prof_replicate_noise *noise);

#endif
