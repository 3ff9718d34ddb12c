/* SPDX-License-Identifier: MIT */
#ifndef PROF_MATCH_LINES_H
#define PROF_MATCH_LINES_H

#include <stddef.h>
#include <stdint.h>

/*
 * Pairs functions that differ in nothing but their start line, run after
 * run.  Private to match.c.  Zeroed memory is a pairing without runs.
 */
struct prof_slots {
	struct prof_slot {
		int64_t line;	/* where the last run had it */
		uint32_t nth;	/* among those of one line */
		uint32_t class;
	} *at;			/* ascending */
	size_t n, cap;
};

struct prof_pairing {
	struct prof_slots slots, next, lines;
};

/* Begin with another group of functions. */
void prof_pairing_reset(struct prof_pairing *p);

/* Add a line of the run to come; lines ascend, equal ones are distinct. */
void prof_pairing_line(struct prof_pairing *p, int64_t line);

/*
 * Pair the lines added since the last run: by equal line if they are among
 * those seen so far or the other way round, else the k-th with the k-th.
 *
 * nclass: in and out, classes given so far; a line without partner takes
 *         the next.
 * Returns the lines with their classes, in order, until the next call.
 * Cost: O(lines of the run + lines seen so far).
 */
const struct prof_slot *prof_pairing_run(struct prof_pairing *p,
    uint32_t *nclass);

void prof_pairing_release(struct prof_pairing *p);

#endif
