/* SPDX-License-Identifier: MIT */
#ifndef PROF_GATE_HELP_H
#define PROF_GATE_HELP_H

#include "libanalysis/gate.h"

/*
 * Fill in why the verdict is INCONCLUSIVE and what would settle it, once
 * rows and verdict are there.  Private to gate.c.
 */
void prof_gate_explain(struct prof_gate *g);

#endif
