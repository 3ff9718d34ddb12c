/* SPDX-License-Identifier: MIT */
#ifndef PROF_SPECIAL_H
#define PROF_SPECIAL_H

/*
 * Special functions of statistics, to a relative error below 1e-10 as long
 * as results are at least 1e-300, parameters 0.001 to 1e9, and t at most
 * 1e150; in bounded time.  Nothing here sets a global but errno.
 */

/* I_x(a, b), the regularised incomplete beta function; a, b > 0. */
double prof_beta_part(double a, double b, double x);

/* P(T > t) of Student's t with df > 0 degrees of freedom; INFINITY: normal. */
double prof_student_above(double t, double df);

/* The t of which that is p, 0 < p < 1. */
double prof_student_at(double p, double df);

/* The same of the standard normal distribution. */
double prof_normal_above(double z);
double prof_normal_at(double p);

/* Second derivative of ln gamma, x > 0; and the x of which it is y > 0. */
double prof_trigamma(double x);
double prof_trigamma_inverse(double y);

#endif
