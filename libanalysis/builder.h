/* SPDX-License-Identifier: MIT */
#ifndef PROF_BUILDER_H
#define PROF_BUILDER_H

#include "libanalysis/in.h"
#include "libanalysis/map.h"
#include "libanalysis/profile.h"

/*
 * Fills a profile so that equal things get one id: functions, mappings,
 * locations, stacks and label sets by content, samples by (stack, labels,
 * time).  Owns only its look-up tables; the profile outlives it.
 *
 * Cost: every call is amortised O(size of its argument).
 */
struct prof_builder {
	struct prof_profile *p;
	struct prof_limits limits;
	uint64_t seed;
	struct prof_map fns, mods, locs, stacks, sets, rows;
	uint32_t *first_row;	/* by stack: its first sample row */
	size_t first_cap;
	uint32_t first_n;
	bool timed;		/* samples carry a time; see keep_times */
	struct prof_spill *spill;	/* sums beyond 64 bits */
	struct prof_map spills;		/* by row */
	uint32_t nspills;
	size_t spill_cap;
};

/* p must be empty; limits NULL for the defaults. */
void prof_builder_init(struct prof_builder *b, struct prof_profile *p,
    const struct prof_limits *limits);
void prof_builder_release(struct prof_builder *b);

/* PROF_ELIMIT once the profile holds more strings than allowed. */
int prof_builder_check_strings(const struct prof_builder *b,
    struct prof_err *err);

prof_fn prof_builder_function(struct prof_builder *b,
    struct prof_function f);
prof_mod prof_builder_mapping(struct prof_builder *b, struct prof_mapping m);

/* first_line and nlines of loc are ignored: lines[0..n) count. */
prof_loc prof_builder_location(struct prof_builder *b,
    struct prof_location loc, const struct prof_line *lines, size_t n);

/*
 * The id of a stack.
 *
 * frames: location ids, leaf first.
 * Returns 0 for an empty run.  The caller checks max_depth.
 */
prof_stack prof_builder_stack(struct prof_builder *b, const prof_loc *frames,
    size_t n);

/*
 * The same in two steps, for many stacks: looking one up waits for memory,
 * unless something else is done in between, such as reading the next one.
 */
uint64_t prof_builder_stack_hash(const struct prof_builder *b,
    const prof_loc *frames, size_t n);
prof_stack prof_builder_stack_hashed(struct prof_builder *b, uint64_t hash,
    const prof_loc *frames, size_t n);

/*
 * The id of a label set.
 *
 * labels: reordered in place: text by key, then numbers by key; several of
 *         one key keep their order.
 */
prof_set prof_builder_set(struct prof_builder *b, struct prof_label *labels,
    size_t n);

/* Keep the times of samples from now on; those of earlier ones are 0. */
void prof_builder_keep_times(struct prof_builder *b);

/*
 * Add a sample: its values are added to the row of the same stack, labels
 * and time.  Sums may leave 64 bits on the way: what is beyond them is kept
 * aside, so that the order of samples does not matter, and
 * prof_builder_check_sums tells in the end whether any did.
 *
 * values: one for each type of the profile.
 * time:   nanoseconds since the start; ignored unless b->timed.
 * Returns PROF_OK, or PROF_ERANGE when a sum leaves 128 bits.
 */
int prof_builder_sample(struct prof_builder *b, prof_stack stack,
    prof_set set, int64_t time, const int64_t *values, struct prof_err *err);

/* The same with each value multiplied by its factor first. */
int prof_builder_sample_times(struct prof_builder *b, prof_stack stack,
    prof_set set, int64_t time, const int64_t *values,
    const int64_t *factor, struct prof_err *err);

/* Multiply a column; PROF_ERANGE when a sum leaves 128 bits. */
int prof_builder_scale(struct prof_builder *b, unsigned column,
    int64_t factor, struct prof_err *err);

/* Forget a column. */
void prof_builder_drop_column(struct prof_builder *b, unsigned column);

/* PROF_ERANGE naming the type when a sum does not fit 64 bits. */
int prof_builder_check_sums(const struct prof_builder *b,
    struct prof_err *err);

#endif
