/* SPDX-License-Identifier: MIT */
#ifndef PROF_GATEALL_H
#define PROF_GATEALL_H

#include "libanalysis/gate.h"

/* Everything together, as reports of a gate show it. */

/*
 * Of one run each, why no rate of false alarms is known; NULL: it is, or
 * there is no chance in them.  Static.
 */
const char *prof_gate_no_rate(const struct prof_gate *g);

/*
 * Whether times of one run each decide on everything together, of which
 * nothing tells whether the load or the program changed.
 */
bool prof_gate_is_unproved(const struct prof_gate *g);

/* The row of everything together. */
struct prof_gate_row prof_gate_all(const struct prof_gate *g);

/*
 * Whether that row is about the factor of all code, ALL CODE: then the totals
 * are TOTAL, beside it, and not judged.
 */
static inline bool
prof_gate_by_factor(const struct prof_gate *g, const struct prof_gate_row *r)
{
	return r->class == 0 && r->metric != PROF_JUDGED_CALLS && g->e->global;
}

#endif
