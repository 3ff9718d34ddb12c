/* SPDX-License-Identifier: MIT */
#ifndef PROF_TRACES_H
#define PROF_TRACES_H

#include "libanalysis/about.h"
#include "libanalysis/rows.h"

/* One distinct sample: a stack as rows, its labels and its time. */
struct prof_trace {
	prof_stack stack;
	prof_set set;
	int64_t time;		/* 0 where times are not kept */
	prof_i128 value;
};

/*
 * The samples of one value column, those that look alike added up, in the
 * order of their names from the root, as bytes, then of labels and time.
 * Samples of value 0 are left out.
 */
struct prof_traces {
	struct prof_about about;
	const struct prof_rows *rows;
	struct prof_trace *trace;
	uint32_t n;
	uint32_t shown;		/* the first ones */
};

/*
 * rows must outlive it.
 * Cost: O(frames + samples) while stacks differ early, 36 bytes a stack.
 */
void prof_traces_init(struct prof_traces *t, const struct prof_rows *rows,
    unsigned column);
void prof_traces_release(struct prof_traces *t);

/* Show this many from now on, 0 for all. */
void prof_traces_limit(struct prof_traces *t, uint64_t limit);

/*
 * Value and labels, and the stack below them, leaf first; each is written
 * before the next one is looked at.
 */
void prof_traces_text(const struct prof_traces *t,
    const struct prof_style *style, struct prof_out *out);

/* A row for each, its stack as "root;...;leaf". */
void prof_traces_form(const struct prof_traces *t, enum prof_form form,
    struct prof_out *out);

#endif
