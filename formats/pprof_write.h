/* SPDX-License-Identifier: MIT */
#ifndef PROF_PPROF_WRITE_H
#define PROF_PPROF_WRITE_H

#include <protobuf-c/protobuf-c.h>

#include "libanalysis/out.h"
#include "libanalysis/profile.h"

/* The state of the pprof writer, shared by its files. */
struct prof_pprof_writer {
	const struct prof_profile *p;
	struct prof_out *out;
	uint32_t *index;	/* by string: its place in the table */
	prof_str *string;	/* by place - 1 */
	uint32_t nstrings;
	int64_t *scaled[PROF_COLS_MAX];	/* values for others; NULL: as is */
	bool extra;		/* there is something for field 15000 */
	uint32_t flags;		/* of its mark */
	uint64_t digest;
	unsigned char *body;	/* of the message in hand */
	size_t cap;
};

/* The place of a string in the table, given by first use. */
uint32_t prof_pprof_write_index(struct prof_pprof_writer *w, prof_str s);

/* Write a message as a field. */
void prof_pprof_write_message(struct prof_pprof_writer *w, uint32_t number,
    const ProtobufCMessage *m);

/*
 * The integers that a reader without scale gets: value * num / den, rounded
 * so that their sum is the rounded sum of the column (largest remainder).
 *
 * out: p->nsamples values, owned by the caller.
 * Returns PROF_OK, or PROF_ERANGE naming the column.
 * Cost: O(n) time, 40 n bytes of memory meanwhile.
 */
int prof_pprof_scale(const struct prof_profile *p, unsigned column,
    int64_t *out, struct prof_err *err);

/*
 * Decide on field 15000, after all strings of the profile have places: set
 * w->extra and w->flags, and give places to the strings it needs.
 */
void prof_pprof_extra_plan(struct prof_pprof_writer *w);

/* Write field 15000: what stands in front, and what at the end. */
void prof_pprof_extra_begin(struct prof_pprof_writer *w);
void prof_pprof_extra_end(struct prof_pprof_writer *w);

#endif
