/* SPDX-License-Identifier: MIT */
#ifndef CMD_GOPGO_H
#define CMD_GOPGO_H

#include "cmd/options.h"
#include "libanalysis/profile.h"

/*
 * pconvert --pgo-go: leave in p what go build -pgo reads; fails where p
 * lacks it.
 */
void go_pgo(const struct options *o, struct prof_profile *p);

#endif
