/* SPDX-License-Identifier: MIT */
#ifndef CMD_SCALING_H
#define CMD_SCALING_H

#include "cmd/options.h"
#include "libanalysis/diff.h"
#include "libanalysis/evidence.h"

struct sides;

/* How --normalize makes base comparable with new. */
enum scaling_mode { SCALING_NOT_ASKED, SCALING_NONE, SCALING_TOTAL,
	SCALING_DURATION, SCALING_SAMPLES, SCALING_PER_OP, SCALING_ANCHOR,
	SCALING_MEDIAN, SCALING_AUTO };

struct scaling {
	enum scaling_mode mode;	/* never AUTO: what it came to */
	prof_i128 num, den;	/* what base is multiplied by; 1 / 1 as */
				/* measured */
	double *size;		/* [run]: duration, samples, operations, self */
				/* of an anchor, of base times num / den; or */
				/* NULL */
	const char *anchor;	/* of ANCHOR, borrowed */
};

/*
 * What --normalize asks for; fails where the runs do not tell it.
 *
 * rule: of how a median is to be found; its scaling does not matter.
 */
void scaling_init(struct scaling *s, const struct options *o,
    const struct prof_diff *d, const struct prof_evidence_rule *rule);
void scaling_release(struct scaling *s);

static inline bool
scaling_is_none(const struct scaling *s)
{
	return s->mode <= SCALING_NONE;
}

/* Append "scaled by 0.93 so that totals are equal"; of one that scales. */
void scaling_say(const struct scaling *s, struct prof_buf *b);

/* Multiply a profile of the base, too, where one is written. */
void scaling_profile(const struct scaling *s, struct prof_profile *p);

/*
 * Between prof_diff_init and prof_evidence_init: scale what d shows of base
 * (prof_diff_scale) and set scaling and size of the rule; sides->scaling
 * tells what was done, and holds size.
 */
void sides_scale(struct sides *s, const struct options *o,
    struct prof_diff *d, struct prof_evidence_rule *rule);

#endif
