/* SPDX-License-Identifier: MIT */
#ifndef CMD_DIFFRULE_H
#define CMD_DIFFRULE_H

#include "cmd/judge.h"
#include "libanalysis/difftext.h"

/* What the options of pdiff say of rows. */

/* Fails on mistakes that need no profile to be found; fills in the rest. */
void diffrule_parse(const struct judge *j, struct prof_diff_choice *c);

/* The thresholds in units of values: of the comparison that was made. */
void diffrule_values(const struct judge *j, struct prof_diff_choice *c);

#endif
