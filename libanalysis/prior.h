/* SPDX-License-Identifier: MIT */
#ifndef PROF_PRIOR_H
#define PROF_PRIOR_H

#include <stdbool.h>
#include <stddef.h>

#define PROF_PRIOR_MAX 24

/*
 * How noise differs from function to function: the variance of the logarithm
 * of a function's value in a run is phi + shot * h, where h is 1 by its
 * samples and phi its own, of which only the distribution over functions is
 * known: here, a few values and their weights.
 */
struct prof_prior {
	unsigned n;
	double phi[PROF_PRIOR_MAX];
	double ln_weight[PROF_PRIOR_MAX];
	double typical;		/* median of phi */
	double tau;		/* sd of ln phi, without outliers */
	double shot;		/* 1 where samples are counted */
};

/* Given: lognormal, or one value where tau is 0. */
void prof_prior_init(struct prof_prior *p, double typical, double tau);

/*
 * Learned: s2[0..n) are variances between runs, of d degrees of freedom each.
 * Without counted samples, h is 1 by value, and shot is learned as well.
 *
 * The likeliest parameters, with what is usual where there are few functions.
 * One in a hundred functions may be far noisier than the others, so that
 * such do not spoil the others' evidence.
 * Cost: O(1000), however many functions.
 */
void prof_prior_fit(struct prof_prior *p, const double *s2, const double *h,
    size_t n, double d, bool counted);

/*
 * What is known of a change whose variance is a * phi + b, when s2 was seen:
 * a Student distribution that has the same tails.  d may be 0.
 */
void prof_prior_judge(const struct prof_prior *p, double s2, double h,
    double d, double a, double b, double *se, double *df);

#endif
