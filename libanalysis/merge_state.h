/* SPDX-License-Identifier: MIT */
#ifndef PROF_MERGE_STATE_H
#define PROF_MERGE_STATE_H

#include "libanalysis/buf.h"
#include "libanalysis/builder.h"

/* What merge.c and merge_head.c share; private to them. */

/* How an input knows its calls. */
enum {
	PROF_MERGE_COVERED = 1,		/* edges, and samples made from them */
	PROF_MERGE_EDGES = 2,		/* edges, samples beside them if any */
	PROF_MERGE_ESTIMATED = 4,	/* samples made from lost edges */
	PROF_MERGE_SAMPLES = 8		/* measured */
};

/*
 * The sum is kept with addresses relative to their mappings, so that a
 * lower start, met later, moves nothing.
 */
struct prof_merge {
	struct prof_profile p;
	struct prof_builder b;
	struct prof_map edges, mods, notes;
	struct prof_buf first;		/* name of the first input added */
	uint64_t added;			/* inputs with types or edges */
	unsigned shapes;		/* PROF_MERGE_*, those of the inputs */
	bool period;			/* any input had one */
	bool default_explicit;
	prof_str shown;			/* type all inputs show by default */
};

/* From the ids of one input to those of the sum; 0 is not yet known. */
struct merging {
	struct prof_merge *m;
	const struct prof_profile *from;
	bool bare;			/* without types, samples, edges */
	prof_str *str;
	prof_fn *fn;
	prof_mod *mod;
	prof_loc *loc;
	prof_stack *stack;
	prof_set *set;
	int column[PROF_COLS_MAX];	/* of from, for each of the sum */
	int64_t factor[PROF_COLS_MAX];
};

/* The id in the sum of a string of the input. */
prof_str prof_merge_str(struct merging *a, prof_str s);

/* Of two names for one thing the smaller, so that order does not matter. */
prof_str prof_merge_smaller(const struct prof_strs *strs, prof_str a,
    prof_str b);

/* Append " (cpu,wall)", and "'a.pb' and 2 more", for messages. */
void prof_merge_list_types(struct prof_buf *b, const struct prof_profile *p,
    const struct prof_type *t, unsigned n);
void prof_merge_list_before(struct prof_buf *b, const struct prof_merge *m);

/* Bring the columns of the sum and the input together; fills factor. */
int prof_merge_types(struct merging *a, const char *name,
    struct prof_err *err);

/* Join times, period, default type, texts and comments. */
int prof_merge_meta(struct merging *a, struct prof_err *err);

/* Add up the notes, without their places. */
void prof_merge_notes(struct merging *a);

#endif
