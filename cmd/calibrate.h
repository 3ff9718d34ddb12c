/* SPDX-License-Identifier: MIT */
#ifndef CMD_CALIBRATE_H
#define CMD_CALIBRATE_H

#include "cmd/options.h"

/*
 * --calibrate: learn the noise of each function from the runs of a set, all
 * of unchanged code, and write it to -o or standard output.
 */
void calibrate(struct options *o);

#endif
