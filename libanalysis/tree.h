/* SPDX-License-Identifier: MIT */
#ifndef PROF_TREE_H
#define PROF_TREE_H

#include "libanalysis/num.h"
#include "libanalysis/rows.h"
#include "libanalysis/sort.h"

#define PROF_TREE_SIDES 2

/* One input of a tree: a profile seen by rows, and what each stack weighs. */
struct prof_tree_side {
	const struct prof_rows *rows;
	const uint32_t *class_of;	/* by row id: the tree's frame id, */
					/* from 1; NULL: the row id itself */
	const int64_t *weight;		/* by stack, see prof_flat_weights */
};

/*
 * The calling-context tree of one profile, or the union of two, by columns.
 * Node 0 is the root that stands for everything; parent[n] < n, so a loop
 * down from the last node visits callees before callers.  The children of
 * a node are consecutive, in the order given to build; levels follow each
 * other.
 */
struct prof_tree {
	uint32_t n;
	uint32_t *parent;
	uint32_t *frame;		/* class (or row) id; 0 for the root */
	uint32_t *first_child, *nchildren;
	uint32_t *depth;		/* 0 for the root */
	uint32_t *cut;			/* children left out */
	int64_t *self[PROF_TREE_SIDES];
	int64_t *total[PROF_TREE_SIDES];	/* with callees */
	/*
	 * Absolute weights of the stacks: of a node, and of the children
	 * left out; at most INT64_MAX.  Without negative ones no news.
	 */
	int64_t *gross[PROF_TREE_SIDES], *cut_gross[PROF_TREE_SIDES];
	/*
	 * Where siblings are in order of time (libanalysis/chart.h): what the
	 * parent spent between the end of the sibling before, or its own
	 * begin, and this node, in itself and in children left out.  NULL:
	 * no order of time, siblings lie side by side.
	 */
	int64_t *gap;
	size_t cap;
	unsigned nsides;
	uint32_t max_depth;		/* deepest node that was kept */
};

struct prof_tree_opts {
	bool from_leaf;		/* merge from the leaves instead */
	bool gross;		/* min_total looks at the sum of absolute */
				/* weights: +5 here and -5 there stays */
	int64_t min_total;	/* nodes below on every side (absolute value */
				/* of total) are left out; their value stays */
				/* in the total of their parents only */
	bool as_met;		/* siblings in the order of their first */
				/* stacks, those of side 0 before; else: */
	prof_sort_fn *order;	/* of siblings, by frame id; NULL: by id */
	const void *order_ctx;
};

/*
 * Build a tree top down, descending only where a node is kept.  Stacks that
 * weigh 0 are not looked at.
 *
 * nframes: frame ids are 1..nframes.
 * opts:    NULL for the defaults: from the root, everything.
 * Returns PROF_OK, or PROF_ERANGE when a total leaves 64 bits; then there
 * is nothing to release.
 * Holds:  total = self + totals of all children, when nothing is left out.
 * Cost:   O(frames of the stacks that reach a kept node), no recursion;
 *         68 bytes for each stack while it runs, and 4 for each frame id.
 */
int prof_tree_init(struct prof_tree *t, const struct prof_tree_side *side,
    unsigned nsides, uint32_t nframes, const struct prof_tree_opts *opts,
    struct prof_err *err);

/*
 * The same of several runs on each side: column 0 sums up the first nbase of
 * them, column 1 the others.
 *
 * run:       each with its class_of, by which frames are one.
 * min_total: by column, of its sum.
 */
int prof_tree_init_runs(struct prof_tree *t, const struct prof_tree_side *run,
    unsigned nruns, unsigned nbase, uint32_t nframes,
    const int64_t min_total[PROF_TREE_SIDES], struct prof_err *err);
void prof_tree_release(struct prof_tree *t);

/*
 * The min_total that keeps what is at least ppm millionths of whole; 0 for
 * ppm 0.
 */
int64_t prof_tree_min_total(int64_t whole, uint32_t ppm);

/*
 * What the children left out at a node weigh on one side: total less self
 * less the totals of the children that are there.
 */
prof_i128 prof_tree_rest(const struct prof_tree *t, uint32_t node,
    unsigned side);

#endif
