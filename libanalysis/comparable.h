/* SPDX-License-Identifier: MIT */
#ifndef PROF_COMPARABLE_H
#define PROF_COMPARABLE_H

#include "libanalysis/diff.h"

/*
 * Whether two sides were recorded alike: what else than the program may
 * have made them differ.
 */
struct prof_warning {
	const char *input;	/* borrowed: the first one it is about */
	char *text;
	uint64_t count;		/* inputs that it is about */
};

struct prof_warnings {
	struct prof_warning *of;
	size_t n, cap;
};

struct prof_comparable_how {
	bool functions;	/* a row is a function, which both may have */
	bool joined;	/* a row is several names, ";" between: self is of */
			/* the last one */
	bool other;	/* a row is none, or its self is no part of a whole: */
			/* nobody asks whose it is */
	bool scaled;	/* base is made comparable: lengths may differ */
	const char *by;	/* label that the sides differ in, or NULL */
};

/*
 * Whether the sides can be compared at all; what prof_diff_columns refuses
 * is not asked again.
 *
 * Returns PROF_OK, or PROF_EMISMATCH: one side recorded every event and the
 * other counts samples; or there are functions on both sides, and none on
 * both.
 */
int prof_comparable(const struct prof_diff *d,
    const struct prof_comparable_how *how, struct prof_err *err);

/*
 * Append what makes the sides hard to compare:
 *
 *   duration   one mean duration is more than twice the other
 *   period     sampling periods differ
 *   format     formats differ, said once
 *   machine    a comment "KEY=VALUE" or "KEY: VALUE", or a label, about
 *              host, system, processor, compiler or way of building has
 *              other values on one side
 *   observer   frames of the profiler itself differ by more than 1 % of
 *              the total
 *   unknown    frames without a name differ by more than 10 %
 *   truncated  at least 5 % of a run's values have stacks of one length,
 *              its longest, of 32 or more frames, with several roots
 *
 * Cost: O(samples + rows).
 */
void prof_comparable_warn(const struct prof_diff *d,
    const struct prof_comparable_how *how, struct prof_warnings *w);

/* Append; input may be NULL, text is copied. */
void prof_warnings_add(struct prof_warnings *w, const char *input,
    uint64_t count, const char *text);
void prof_warnings_release(struct prof_warnings *w);

#endif
