/* SPDX-License-Identifier: MIT */
#ifndef PROF_LOST_H
#define PROF_LOST_H

#include "libanalysis/profile.h"

#define PROF_LOST_NAME "[lost: name collision]"
#define PROF_LOST_NOTE "time lost to functions of equal name, file and line"
#define PROF_LOST_UNKNOWN "[lost: not recorded]"
#define PROF_LOST_UNKNOWN_NOTE \
	"time between a function and its callees that was not recorded"

/*
 * Show time that is missing between callers and callees as a callee.
 *
 * A profiler that knows functions by name, file and line keeps one of those
 * that are equal in all three (code made at run time, lambdas of a line)
 * and forgets the others; their callers still have the right total.  So
 * where the self of a function and the totals of its callees fall short of
 * its own total, by more than a hundredth of it, a microsecond and what
 * rounding may do, the function gets a callee PROF_LOST_NAME with the gap
 * as self and total, no calls, and a note is counted, PROF_LOST_NOTE.  If
 * none of its callees is such that there may be several (a name or file in
 * angle brackets, as "<lambda>", "<string>"), the profiler just did not see
 * what took the time, and callee and note are the PROF_LOST_UNKNOWN ones.
 *
 * Recursive functions are left out: their callees' time may count in an
 * outer activation.  So are columns of which the pairs are not measured, and
 * profiles without any pair.  What forgotten functions called is still known,
 * below the one that was kept; so all gaps are scaled down to what the
 * totals of the roots have more than the self of all functions.
 *
 * Holds: a second call adds nothing; the totals of the roots are at least
 *        the self of all functions, if they were before.
 * Cost:  O(edges); where there is a gap, a sort of the functions' names.
 */
void prof_lost_add(struct prof_profile *p);

/* Whether a function is one of those that prof_lost_add makes. */
bool prof_lost_is(const struct prof_profile *p, prof_fn fn);

#endif
