/* SPDX-License-Identifier: MIT */
#ifndef CMD_TOPPGO_H
#define CMD_TOPPGO_H

#include "cmd/options.h"

/* ptop --pgo, candidates for optimisation: fail on what does not fit. */
void top_pgo_check(const struct options *o);

#endif
