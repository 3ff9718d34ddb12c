/* SPDX-License-Identifier: MIT */
#ifndef CMD_DIFFRULE_H
#define CMD_DIFFRULE_H

#include "cmd/sides.h"
#include "libanalysis/difftext.h"
#include "libanalysis/findings.h"

/* What the options of pdiff say of rows and evidence. */

/* Fails on mistakes that need no profile to be found; fills in the rest. */
void diffrule_parse(const struct options *o, struct prof_diff_choice *c,
    struct prof_evidence_rule *rule);

/* The thresholds in units of values: of the comparison that was made. */
void diffrule_values(const struct options *o, const struct prof_diff *d,
    struct prof_diff_choice *c, struct prof_evidence_rule *rule);

/* Quantities to be judged, as prof_evidence_init takes them. */
unsigned diffrule_judged(const struct prof_diff_choice *c);

#endif
