/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFFBOOT_H
#define PROF_DIFFBOOT_H

#include "libanalysis/difftext.h"

/*
 * How far chance moves what no formula tells: the rank of a row by the size
 * of its change, and its share of a side.  With 4 runs a side or more, runs
 * are drawn with replacement; else the samples of each row (Poisson), times
 * the noise between runs (gamma of variance phi).  The seed is fixed.
 *
 * Private to the reports of pdiff.
 */
struct prof_diff_boot {
	size_t n;
	uint32_t *rank[2];	/* [limit][row] from 1 */
	double *share[2][2];	/* [side][limit][row] of self; NULL: not */
				/* asked for */
	bool runs;		/* were drawn */
};

/*
 * Limits at the level of r's evidence, by r->bootstrap draws; of change of
 * total where that is the first quantity, else of self.
 *
 * ids: n rows; the limits are in their order.
 * Cost: O(draws * classes * log classes), 8 bytes for each draw of each row.
 */
void prof_diff_boot_init(struct prof_diff_boot *b,
    const struct prof_diff_report *r, const uint32_t *ids, size_t n);
void prof_diff_boot_release(struct prof_diff_boot *b);

#endif
