/* SPDX-License-Identifier: MIT */
#ifndef PROF_SPELL_CALLS_H
#define PROF_SPELL_CALLS_H

#include "libanalysis/coarsen.h"

/*
 * PROF_BY_EDGE and PROF_BY_STACK of prof_spell.  Private to spell.c.
 *
 * Cost: O(frames of all stacks); by stack, the bytes of their names.
 */
void prof_spell_calls(struct prof_profile *p, enum prof_granularity by);

#endif
