/* SPDX-License-Identifier: MIT */
#ifndef PROF_TRIED_H
#define PROF_TRIED_H

#include "libanalysis/pattern.h"
#include "libanalysis/profile.h"

/*
 * A pattern, and what it said of each string it has seen: a name is matched
 * once, however many frames it is on.  Zeroed memory is no pattern.
 */
struct prof_tried {
	struct prof_pattern *pattern;	/* NULL: nothing was asked for */
	const struct prof_profile *p;	/* borrowed */
	uint8_t *said;			/* by string id */
	size_t n;			/* strings seen so far; later ones */
};					/* of p are tried each time */

/* text: NULL for none; max: steps of a match.  PROF_OK, PROF_EPATTERN. */
int prof_tried_init(struct prof_tried *t, const char *text,
    const struct prof_profile *p, uint64_t max, struct prof_err *err);
void prof_tried_release(struct prof_tried *t);

/* 1 for a match, 0 for none, or a negative code. */
int prof_tried_str(struct prof_tried *t, prof_str s, struct prof_err *err);

/*
 * The same for a frame, as filters try it: a line by function name and
 * file; a location by the file of its mapping, or, where it has neither
 * that nor a function, by its address ("0x4005d0").
 */
int prof_tried_line(struct prof_tried *t, const struct prof_line *line,
    struct prof_err *err);
int prof_tried_place(struct prof_tried *t, const struct prof_location *l,
    struct prof_err *err);

#endif
