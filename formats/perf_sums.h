/* SPDX-License-Identifier: MIT */
#ifndef PROF_PERF_SUMS_H
#define PROF_PERF_SUMS_H

#include "libanalysis/builder.h"

/*
 * Sums by (event, stack, labels), kept aside because columns can only be
 * made when all events are known.  Zeroed memory with b set is ready.
 */
struct prof_perf_sums {
	struct prof_builder *b;
	struct prof_perf_event *event;	/* [id - 1] */
	uint32_t nevents;
	size_t event_cap;
	struct prof_map names;
	struct prof_perf_row *row;
	size_t nrows, row_cap;
	struct prof_map rows;
	bool timed;		/* keep times: of each row, without sums */
	int64_t *time;		/* PROF_PERF_NOT_TIMED: none was printed */
	size_t time_cap;
};

#define PROF_PERF_NOT_TIMED INT64_MIN

void prof_perf_sums_release(struct prof_perf_sums *s);

/* The id of an event; an empty name is that of samples without one. */
uint32_t prof_perf_sums_event(struct prof_perf_sums *s, const char *name,
    size_t len);

/*
 * Add a sample.
 *
 * time:   nanoseconds, ignored unless s->timed; if none is printed, that of
 *         the sample before counts, in front the earliest.
 * period: NULL when none is printed: it counts 1.
 */
void prof_perf_sums_add(struct prof_perf_sums *s, uint32_t event,
    prof_stack stack, prof_set set, int64_t time, const int64_t *period);

/*
 * Make columns and samples of it: a column for each event, or, if there
 * are more than fit, one with the event as a label.  Times, if any was
 * printed, begin at 0 with the earliest.
 */
int prof_perf_sums_finish(struct prof_perf_sums *s, struct prof_err *err);

#endif
