/* SPDX-License-Identifier: MIT */
#ifndef PROF_GATE_HELP_H
#define PROF_GATE_HELP_H

#include "libanalysis/gate.h"

/* Share of all in undecided functions, beyond which nothing was judged. */
#define PROF_GATE_OPEN_MAX .5

/* Whether everything together would be a regression, if it were proved. */
bool prof_gate_total_is_suspect(const struct prof_gate *g);

/*
 * Fill in what could have been seen, why the verdict is INCONCLUSIVE and what
 * would settle it, once rows and verdict are there.  Private to gate.c.
 */
void prof_gate_explain(struct prof_gate *g);

#endif
