/* SPDX-License-Identifier: MIT */
#ifndef CMD_VERDICT_H
#define CMD_VERDICT_H

#include "cmd/sides.h"
#include "libanalysis/gate.h"
#include "libanalysis/noise_table.h"

/* A comparison from its runs to the verdict; each part borrows the former. */
struct verdict {
	struct prof_diff d;
	struct prof_noise_table noise;	/* of --noise */
	struct prof_evidence e;
	struct prof_context c;
	struct prof_findings f;
	struct prof_gate g;
};

/* By the rules that options give; fails where the sides cannot be judged. */
void verdict_init(struct verdict *v, const struct options *o,
    struct sides *s);
void verdict_release(struct verdict *v);

#endif
