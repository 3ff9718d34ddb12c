/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFFROWS_H
#define PROF_DIFFROWS_H

#include "libanalysis/evidence.h"

/* Which functions of a comparison are shown, and in which order. */

enum prof_diff_sort {
	PROF_DIFF_BY_DELTA,	/* increases first, largest change first */
	PROF_DIFF_BY_ABS,	/* largest change of either sign first */
	PROF_DIFF_BY_RATIO,	/* largest ratio first */
	PROF_DIFF_BY_NAME	/* name, file, module as bytes */
};

/* On both sides: up or down by the first quantity that differs. */
enum {
	PROF_DIFF_ONLY_NEW = 1,
	PROF_DIFF_ONLY_GONE = 2,
	PROF_DIFF_ONLY_UP = 4,
	PROF_DIFF_ONLY_DOWN = 8
};

/* Zeroed: all that changed, by change of self. */
struct prof_diff_choice {
	enum prof_judged metric[PROF_JUDGED];	/* the first one sorts */
	unsigned nmetrics;		/* 0: self and total */
	enum prof_diff_sort sort;
	unsigned only;			/* PROF_DIFF_ONLY_*, joined; 0: all */
	struct prof_fraction ratio;	/* changed by this factor either way, */
					/* or from or to 0; num 0: by any */
	double min_delta;		/* changed by this many base units */
	double min_value;		/* total of a side, likewise */
	bool proved;			/* rows that e has found */
};

/* A comparison and what is known of it; all borrowed. */
struct prof_diff_view {
	const struct prof_diff *d;
	const struct prof_evidence *e;	/* NULL: nothing but values */
	struct prof_diff_choice choice;
};

/* The quantities looked at: those of choice, or self and total. */
static inline unsigned
prof_diff_metrics(const struct prof_diff_choice *c, enum prof_judged *list)
{
	unsigned i;

	for (i = 0; i < c->nmetrics; i++)
		list[i] = c->metric[i];
	if (i > 0)
		return i;
	list[0] = PROF_JUDGED_SELF;
	list[1] = PROF_JUDGED_TOTAL;
	return 2;
}

static inline enum prof_judged
prof_diff_first(const struct prof_diff_choice *c)
{
	return c->nmetrics > 0 ? c->metric[0] : PROF_JUDGED_SELF;
}

/* What e says of a quantity, NULL where it was not asked. */
static inline const struct prof_effect *
prof_diff_effect(const struct prof_diff_view *v, enum prof_judged what,
    uint32_t class)
{
	return v->e != NULL && v->e->of[what] != NULL ?
	    &v->e->of[what][class] : NULL;
}

/*
 * Mean of a side, in base units or calls, rounded; one call's time is that of
 * e.  Returns false where it is not known.
 */
bool prof_diff_quantity(const struct prof_diff_view *v,
    enum prof_judged what, unsigned side, uint32_t class, prof_i128 *out);

/*
 * new / base as num / den, exact; false where it is not known, or no value
 * above 0 is there to divide by, or new is negative.
 */
bool prof_diff_quotient(const struct prof_diff_view *v,
    enum prof_judged what, uint32_t class, prof_i128 *num, prof_i128 *den);

/* new - base, exact, in a unit of its own; 0 where it is not known. */
prof_i128 prof_diff_change(const struct prof_diff_view *v,
    enum prof_judged what, uint32_t class);

/*
 * The classes that choice lets through; their number is *n, the list is to be
 * freed.
 *
 * limit: only the largest changes of the first quantity (by ratio: the
 *        largest ratios either way), 0 for all.
 * all:   unchanged ones, too, and those below d->min_share.
 * Ties: larger change of total (of self where total is first) of either sign,
 * then name, file, module as bytes.
 */
uint32_t *prof_diff_rows(const struct prof_diff_view *v, size_t limit,
    bool all, size_t *n);

#endif
