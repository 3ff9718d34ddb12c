/* SPDX-License-Identifier: MIT */
#ifndef PROF_AGREE_H
#define PROF_AGREE_H

#include <stddef.h>

/* One of many measurements, most of which are of the same number. */
struct prof_agree_item {
	double at, weight;
	double variance;	/* of at, if it is of that number; > 0 */
};

struct prof_agree {
	double at;		/* where most of the weight agrees */
	double se;		/* of at; as wide as what else is plausible */
};

/*
 * v is sorted.  The mode: each item adds a kernel, as wide as itself is
 * uncertain, and the sum is largest at the result.  How sure that is has to
 * take into account that which items are of the number is not known: other
 * places are plausible as far as the items, were they drawn anew, could
 * have had their mode there, and another mode nearly as high is.
 * Cost: O(n) for at most PROF_AGREE_PLACES places, and sorting.
 */
#define PROF_AGREE_PLACES 256

void prof_agree_on(struct prof_agree *a, struct prof_agree_item *v, size_t n);

/* How many of equal weight would say as much. */
double prof_agree_items(const struct prof_agree_item *v, size_t n);

#endif
