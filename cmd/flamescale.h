/* SPDX-License-Identifier: MIT */
#ifndef CMD_FLAMESCALE_H
#define CMD_FLAMESCALE_H

#include "cmd/picture.h"
#include "libanalysis/diff.h"

/* What the base is multiplied by: num / den, 1 / 1 as measured. */
struct flamescale {
	prof_i128 num, den;
	bool total;		/* so that totals are equal */
	const char *anchor;	/* or self of functions that match; or NULL */
};

/*
 * What --normalize asks for of two sides; fails where they have nothing to
 * be scaled by.
 */
void flamescale_init(struct flamescale *f, const struct options *o,
    const char *mode, const struct prof_diff *d);

static inline bool
flamescale_is_none(const struct flamescale *f)
{
	return !f->total && f->anchor == NULL;
}

/*
 * Multiply the weights of the base, and what else of it is in the picture.
 * The unit of values becomes finer where that takes decimals: so fine that
 * nothing is rounded, if numbers stay below 2^53; else sums of the weights
 * are exact, as no rounding error goes beyond one stack.
 */
void flamescale_apply(const struct flamescale *f, struct picture *c);

/* Append "base scaled by 0.93 so that ..." or "values as measured". */
void flamescale_say(const struct flamescale *f, struct prof_buf *b);

#endif
