/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFF_H
#define PROF_DIFF_H

#include "libanalysis/flat.h"
#include "libanalysis/match.h"

#define PROF_DIFF_RUNS_MAX 1000000	/* on both sides together */

/* One recording of a side; everything is borrowed. */
struct prof_diff_run {
	const char *name;	/* of the input, for messages and reports */
	const struct prof_rows *rows;
	unsigned column;	/* set by prof_diff_columns */
	bool forced;		/* by prof_diff_columns_force, too */
	const struct prof_flat *flat;	/* of that column */
};

enum prof_diff_status {
	PROF_DIFF_NONE,		/* no value other than 0 anywhere */
	PROF_DIFF_SAME,		/* or a difference that rounding explains, */
				/* with as many calls */
	PROF_DIFF_CHANGED,
	PROF_DIFF_NEW,		/* no value other than 0 in any base run */
	PROF_DIFF_GONE,		/* none in any new run */
	PROF_DIFF_RENAMED,	/* most likely so; changed or not */
	PROF_DIFF_STATUSES
};

enum prof_diff_metric { PROF_DIFF_SELF, PROF_DIFF_TOTAL, PROF_DIFF_METRICS };

enum { PROF_DIFF_BASE, PROF_DIFF_NEWER, PROF_DIFF_SIDES };

/*
 * Two sides compared function by function for one value column.  Sums are
 * exact integers in steps of num / den base units, of all runs of a side;
 * who shows them divides by the number of runs (prof_diff_value).
 */
struct prof_diff {
	enum prof_matching matching;
	struct prof_match match;
	const struct prof_rows **rows;	/* by run, for match */
	const struct prof_diff_run *run;	/* base runs first */
	unsigned nruns, runs[PROF_DIFF_SIDES];
	int64_t *factor;	/* by run: steps in an integer of its column */
	const char *type, *unit;	/* the base unit: "nanoseconds" */
	int64_t num, den;	/* size of a step in base units */
	double base_times;	/* what base was multiplied by */
				/* (diff_scale.h), or 1 */

	/* [metric][side][class]; class 0 is for samples without frames */
	prof_i128 *of[PROF_DIFF_METRICS][PROF_DIFF_SIDES];
	/* [side][class]: calls of all runs; NULL unless all count them */
	prof_i128 *calls[PROF_DIFF_SIDES];
	/* base calls were multiplied by this (diff_scale.h); of both sides */
	/* they are in steps of 1 / calls_den */
	int64_t calls_num, calls_den;
	/* largest rounding error of a sum, in steps; 0: as measured */
	prof_i128 error[PROF_DIFF_SIDES];
	uint8_t *status;	/* [class]: enum prof_diff_status */
	uint32_t *rank;		/* [class], see prof_match_rank */
	uint32_t count[PROF_DIFF_STATUSES];	/* classes by status */
	uint32_t up, down;	/* changed: by self, else by total */

	prof_i128 sum[PROF_DIFF_SIDES];		/* of all samples */
	prof_i128 whole[PROF_DIFF_SIDES];	/* what 100 % is, see flat.h */
	int64_t duration_ns[PROF_DIFF_SIDES];	/* mean; 0: not known */
	/* rows below this share of the total on both sides are not picked; */
	/* set by the caller, 0 for none */
	int64_t min_share_num, min_share_den;
};

/*
 * Choose the column to compare: of type wanted; without that, the first of
 * these that every run has in units of one family: the default type of the
 * first new run, that of the first base run, the types of the first new run
 * in their order.  Runs without columns (empty profiles) fit anything.
 *
 * run:    rows must be set; sets column.
 * wanted: type name or NULL.
 * Returns PROF_OK, or PROF_EMISMATCH naming two inputs and their types.
 */
int prof_diff_columns(struct prof_diff_run *run, unsigned nruns,
    unsigned nbase, const char *wanted, struct prof_err *err);

/* The same for each side alone; then they are compared whatever they are. */
int prof_diff_columns_force(struct prof_diff_run *run, unsigned nruns,
    unsigned nbase, const char *wanted, struct prof_err *err);

/*
 * Compare.  The caller has filled in flat of each run; run stays borrowed
 * until release.
 *
 * nbase: the first nbase runs are the base, at least 1, below nruns.
 * Returns PROF_OK; PROF_EMISMATCH for columns of different type or unit;
 * PROF_ELIMIT for too many runs; PROF_ERANGE when a mean is beyond 2^63 - 1
 * or columns have scales too far apart.
 * d may be released whatever is returned.
 */
int prof_diff_init(struct prof_diff *d, const struct prof_diff_run *run,
    unsigned nruns, unsigned nbase, struct prof_err *err);

/* The same with match_names.h and match_renamed.h; without, names decide. */
int prof_diff_init_matching(struct prof_diff *d,
    const struct prof_diff_run *run, unsigned nruns, unsigned nbase,
    enum prof_matching how, struct prof_err *err);
void prof_diff_release(struct prof_diff *d);

/* Another name that base has for a class that both sides have; or NULL. */
const struct prof_row *prof_diff_name_base(const struct prof_diff *d,
    uint32_t class);

/* Whether values are what machine, load and clock change: times, samples. */
bool prof_diff_is_speed(const struct prof_diff *d);
/* Mean of a side's sum in base units, rounded half away from zero. */
prof_i128 prof_diff_value(const struct prof_diff *d, unsigned side,
    prof_i128 sum);

/* Mean calls of a side's runs, rounded; calls of that side must be known. */
static inline prof_i128
prof_diff_calls(const struct prof_diff *d, unsigned side, uint32_t class)
{
	prof_i128 by = (prof_i128)d->runs[side] * d->calls_den;

	return (d->calls[side][class] + by / 2) / by;
}

/* new - base, exact: in steps times runs[0] times runs[1]. */
static inline prof_i128
prof_diff_delta(const struct prof_diff *d, enum prof_diff_metric metric,
    uint32_t class)
{
	prof_i128 *const *of = d->of[metric];

	return of[PROF_DIFF_NEWER][class] * d->runs[PROF_DIFF_BASE] -
	    of[PROF_DIFF_BASE][class] * d->runs[PROF_DIFF_NEWER];
}

/* What one run says about a class, in steps; see prof_match_members. */
static inline prof_i128
prof_diff_of_run(const struct prof_diff *d, enum prof_diff_metric metric,
    const struct prof_match_member *at)
{
	const struct prof_flat *f = d->run[at->run].flat;

	return (metric == PROF_DIFF_SELF ? f->self : f->total)[at->row] *
	    d->factor[at->run];
}

#endif
