/* SPDX-License-Identifier: MIT */
#ifndef PROF_TIMED_H
#define PROF_TIMED_H

#include <stddef.h>

/*
 * One run on each side, of times without counts behind them (cProfile):
 * what is noise is learned from the other functions of about the same time.
 */
struct prof_timed {
	double change;		/* ln (y / x) less the typical one */
	double se;		/* of change, at least 5 % */
	double df;		/* of Student's t */
};

/*
 * x, y: [n] time, or time per call, of base and new; 0 is not judged.
 * size: [n] by which functions are alike: their time.
 * s:    factor expected where nothing changed.
 * out:  [n]; se NAN where there is nothing to judge by.
 */
void prof_timed_judge(const double *x, const double *y, const double *size,
    size_t n, double s, struct prof_timed *out);

#endif
