/* SPDX-License-Identifier: MIT */
#ifndef CMD_FLAMESCALE_H
#define CMD_FLAMESCALE_H

#include "cmd/picture.h"
#include "cmd/scaling.h"

/*
 * Multiply the weights of the base, and what else of it is in the picture.
 * The unit of values becomes finer where that takes decimals: so fine that
 * nothing is rounded, if numbers stay below 2^53; else sums of the weights
 * are exact, as no rounding error goes beyond one stack.
 */
void flamescale_apply(const struct scaling *f, struct picture *c);

#endif
