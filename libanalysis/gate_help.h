/* SPDX-License-Identifier: MIT */
#ifndef PROF_GATE_HELP_H
#define PROF_GATE_HELP_H

#include "libanalysis/gate.h"

/* Parts of gate.c, and private to it. */

/* Share of all in undecided functions, beyond which nothing was judged. */
#define PROF_GATE_OPEN_MAX .5

#define PROF_GATE_EXACTLY 1e-12	/* what quotients may be off by */

/* A threshold that is met counts, whatever division did to its last bit. */
static inline bool
prof_gate_reaches(double v, double threshold)
{
	return v >= threshold * (1 - PROF_GATE_EXACTLY);
}

/* Append the row of everything together. */
void prof_gate_judge_all(struct prof_gate *g);

/* Whether everything together would be a regression, if it were proved. */
bool prof_gate_total_is_suspect(const struct prof_gate *g);

/*
 * Fill in what could have been seen, why the verdict is INCONCLUSIVE and what
 * would settle it, once rows and verdict are there.
 */
void prof_gate_explain(struct prof_gate *g);

#endif
