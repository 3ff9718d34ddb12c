/* SPDX-License-Identifier: MIT */
#ifndef PROF_CHART_H
#define PROF_CHART_H

#include "libanalysis/arena.h"
#include "libanalysis/frames.h"
#include "libanalysis/tree.h"

/*
 * A tree in order of time: samples lie side by side as they were taken, and
 * what neighbours have in common, from the root on, is one node.  So
 * siblings may repeat a frame.  Each thread is drawn on its own.
 */
struct prof_chart {
	struct prof_tree tree;	/* one side; gap is set unless there are */
				/* negative values, which have no place */
	uint32_t nthreads;	/* with samples; 0 for an empty profile */
	int64_t first, last;	/* times of the first and last sample */
	struct prof_row *row;	/* of the threads, which frames borrow */
	struct prof_arena names;
};

/*
 * Draw the samples of one column in order of their times; those of one time
 * keep their order.  Threads are told apart by prof_root_name and come in
 * order of name, then number; if there are several, or the only one has a
 * name, a frame of that name is at the root of each.
 *
 * frames:    those of rows (prof_frames_init); the threads' are added.
 * value:     by sample row; 0 is none.
 * min_total: nodes whose absolute values add up to less are left out when
 *            they end.
 * Returns PROF_OK; PROF_EUSAGE for samples without times, or PROF_ERANGE
 * when a total leaves 64 bits; then there is nothing to release.
 * Holds:  total = self + totals of all children, when nothing is left out.
 * Cost:   O(frames of all samples + samples), no recursion; memory for the
 *         nodes kept and 48 bytes for each sample.
 */
int prof_chart_init(struct prof_chart *c, const struct prof_rows *rows,
    struct prof_frames *frames, const int64_t *value, int64_t min_total,
    struct prof_err *err);
void prof_chart_release(struct prof_chart *c);

#endif
