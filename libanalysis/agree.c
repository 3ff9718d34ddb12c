/* SPDX-License-Identifier: MIT */
#include "libanalysis/agree.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define WIDE 3.0		/* standard deviations that a kernel reaches */
#define STEPS 24		/* towards the top of the mode */
#define RIVAL .6		/* of the height of the mode */
#define VALLEY .8		/* of the height of a rival */
#define BETWEEN 8		/* steps to see a valley in */
#define ROOT_2PI 2.50662827463100050

static int
by_place(const void *a, const void *b)
{
	const struct prof_agree_item *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight < y->weight ? -1 : 1;
	return (x->variance > y->variance) - (x->variance < y->variance);
}

/* Distance from the place, squared; 1: too far to count. */
static double
distance(const struct prof_agree_item *v, double at)
{
	double far = (v->at - at) * (v->at - at);
	double most = WIDE * WIDE * v->variance;

	/* Most are: no division for these. */
	return far < most ? far / most : 1;
}

/* Tukey's biweight. */
static double
kernel(const struct prof_agree_item *v, double at)
{
	double rest = 1 - distance(v, at);

	return v->weight * rest * rest * rest;
}

static double
height(const struct prof_agree_item *v, size_t n, double at)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += kernel(&v[i], at);
	return sum;
}

/* Place k of those to be tried: where the items are. */
static double
place(const struct prof_agree_item *v, size_t n, size_t k)
{
	size_t all = n < PROF_AGREE_PLACES ? n : PROF_AGREE_PLACES;

	return v[all > 1 ? k * (n - 1) / (all - 1) : 0].at;
}

/* Uphill from at: the mean of what is near, again and again. */
static double
top(const struct prof_agree_item *v, size_t n, double at)
{
	double sum, all, rest, one;
	unsigned step;
	size_t i;

	for (step = 0; step < STEPS; step++) {
		for (sum = all = 0, i = 0; i < n; i++) {
			rest = 1 - distance(&v[i], at);
			one = v[i].weight * rest * rest / v[i].variance;
			sum += one * (v[i].at - at);
			all += one;
		}
		if (!(all > 0))
			break;
		at += sum / all;
	}
	return at;
}

/*
 * What the items would say were they drawn anew, and as normal as they
 * should be; the larger one.
 */
static double
local_se(const struct prof_agree_item *v, size_t n, double at)
{
	double rest, pull, square = 0, slope = 0, weights = 0, density = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		rest = 1 - distance(&v[i], at);
		pull = v[i].weight * rest * rest * (v[i].at - at) /
		    v[i].variance;
		square += pull * pull;
		if (rest > 0)
			slope += v[i].weight * rest * (rest - 4 * (1 - rest)) /
			    v[i].variance;
		weights += v[i].weight * v[i].weight;
		density += v[i].weight / sqrt(v[i].variance) / ROOT_2PI;
	}
	/* That of a median, which this is to be no worse than. */
	density = sqrt(weights) / (2 * density);
	return slope > 0 ? fmax(sqrt(square) / slope, density) : density;
}

/*
 * By how many standard deviations the items prefer one place to another:
 * locally, two times as many as those of the mode itself.
 */
static double
preference(const struct prof_agree_item *v, size_t n, double at, double other)
{
	double more = 0, square = 0, one;
	size_t i;

	for (i = 0; i < n; i++) {
		one = kernel(&v[i], at) - kernel(&v[i], other);
		more += one;
		square += one * one;
	}
	return square > 0 ? more / sqrt(square) : 0;
}

/* As high as nearly the mode, and lower somewhere in between. */
static bool
is_rival(const struct prof_agree_item *v, size_t n, double at, double mine,
    double other, double its)
{
	unsigned k;

	if (its < RIVAL * mine)
		return false;
	for (k = 1; k < BETWEEN; k++)
		if (height(v, n, at + (other - at) * k / BETWEEN) <
		    VALLEY * fmin(its, mine))
			return true;
	return false;
}

static void
find_others(struct prof_agree *a, const struct prof_agree_item *v, size_t n,
    const double *sum, size_t all)
{
	double mine = height(v, n, a->at), at;
	size_t k;

	for (k = 0; k < all; k++) {
		at = place(v, n, k);
		if (fabs(at - a->at) / 2 > a->se &&
		    (preference(v, n, a->at, at) <= 1 ||
		    is_rival(v, n, a->at, mine, at, sum[k])))
			a->se = fabs(at - a->at) / 2;
	}
}

void
prof_agree_on(struct prof_agree *a, struct prof_agree_item *v, size_t n)
{
	size_t all = n < PROF_AGREE_PLACES ? n : PROF_AGREE_PLACES, k;
	double sum[PROF_AGREE_PLACES];
	size_t best = 0;

	qsort(v, n, sizeof *v, by_place);
	for (k = 0; k < all; k++) {
		sum[k] = height(v, n, place(v, n, k));
		if (sum[k] > sum[best])
			best = k;
	}
	a->at = top(v, n, place(v, n, best));
	a->se = local_se(v, n, a->at);
	find_others(a, v, n, sum, all);
}

double
prof_agree_items(const struct prof_agree_item *v, size_t n)
{
	double sum = 0, squares = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		sum += v[i].weight;
		squares += v[i].weight * v[i].weight;
	}
	return squares > 0 ? sum * sum / squares : 0;
}
