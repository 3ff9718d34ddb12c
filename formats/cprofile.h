/* SPDX-License-Identifier: MIT */
#ifndef PROF_CPROFILE_H
#define PROF_CPROFILE_H

#include "formats/marshal.h"
#include "libanalysis/num.h"
#include "libanalysis/profile.h"

/*
 * What the reader and the writer of cProfile's files share.  The columns of
 * edges, in the order in which the reader adds them.
 */
enum {
	PROF_CPROFILE_CALLS,
	PROF_CPROFILE_PRIMITIVE,
	PROF_CPROFILE_SELF,
	PROF_CPROFILE_TOTAL,
	PROF_CPROFILE_COLUMNS
};

#define PROF_CPROFILE_NAME 1024	/* bytes of the name of a built-in */

/* What may be odd about the numbers of a function. */
enum {
	PROF_ODD_NUMBER = 1,
	PROF_ODD_MANY_CALLS = 2,
	PROF_ODD_NEGATIVE_CALLS = 4,
	PROF_ODD_PART_CALLS = 8,
	PROF_ODD_NEGATIVE_TIME = 16,
	PROF_ODD_FEW_CALLS = 32,
	PROF_ODD_LITTLE_TIME = 64
};

/* A number of calls: 0 to 2^61, so that sums of some still fit. */
int64_t prof_cprofile_clip(prof_i128 v, unsigned *odd);
int64_t prof_cprofile_calls(const struct prof_marshal_value *v,
    unsigned *odd);

/* Seconds as nanoseconds; 0 if they do not fit. */
int64_t prof_cprofile_time(const struct prof_marshal_value *v,
    unsigned *odd);

/* Whether the numbers of a row go together. */
void prof_cprofile_judge(const int64_t *value, unsigned *odd);

/* Add the notes on one function. */
void prof_cprofile_note(struct prof_profile *p, unsigned odd);

/*
 * Rows from own + 1 on are about calls of the function of row own.  Those
 * with PROF_CPROFILE_ESTIMATE for a line, which becomes 0, only have calls:
 * they get their share, by calls, of the function's other numbers.
 */
#define PROF_CPROFILE_ESTIMATE 1
void prof_cprofile_estimate(struct prof_edges *e, uint32_t own);

/*
 * Put calls and primitive calls of functions in their places, where they
 * are the other way round in all that differ: yappi writes them so.
 */
void prof_cprofile_unswap(struct prof_profile *p);

/*
 * The name of a built-in, "<method 'x'>", as pstats and the model show it,
 * "{method 'x'}", and back.  A name that is absurdly long, or not of this
 * form, stays what it is.
 */
prof_str prof_cprofile_shown(struct prof_strs *strs, prof_str name);

static inline bool
prof_cprofile_enclosed(const char *s, size_t len, char begin, char end)
{
	return len >= 2 && len <= PROF_CPROFILE_NAME && s[0] == begin &&
	    s[len - 1] == end;
}

#endif
