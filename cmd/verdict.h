/* SPDX-License-Identifier: MIT */
#ifndef CMD_VERDICT_H
#define CMD_VERDICT_H

#include "cmd/judge.h"
#include "libanalysis/gate.h"

/* A comparison from its runs to the verdict, which borrows from j. */
struct verdict {
	struct judge j;
	struct prof_gate_rule rule;
	struct prof_gate g;
};

/* The rules that options give; fails on those that make no sense. */
void verdict_begin(struct verdict *v, const struct options *o);

/* Fails where the sides, which are viewed, cannot be judged. */
void verdict_init(struct verdict *v, struct sides *s);
void verdict_release(struct verdict *v);

#endif
