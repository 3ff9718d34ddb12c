/* SPDX-License-Identifier: MIT */
#ifndef PROF_GATETEXT_H
#define PROF_GATETEXT_H

#include "libanalysis/difftext.h"
#include "libanalysis/gate.h"

/* How a verdict is shown.  Zeroed memory: plain, and all rows. */
struct prof_gate_form {
	struct prof_diff_form plain;
	bool verbose;		/* also rows that a finding explains, and */
				/* work that only moved */
	const char *more;	/* command that shows more, or NULL */
};

/*
 * The report for people: the verdict in a sentence, what was compared and by
 * which rule, the factor of everything, and the findings with their values,
 * limits and evidence; what they explain follows, then counts of the rest.
 */
void prof_gate_text(const struct prof_gate *g,
    const struct prof_gate_form *form, struct prof_out *out);

/*
 * The sentence alone, without a line end: "FAIL: 2 of 41 functions regressed
 * beyond 1.50x".
 */
void prof_gate_sentence(const struct prof_gate *g, struct prof_noun noun,
    struct prof_buf *b);

#endif
