/* SPDX-License-Identifier: MIT */
#ifndef PROF_CULPRIT_H
#define PROF_CULPRIT_H

#include "libanalysis/context.h"

/*
 * Tree scan: which part of the calling-context tree grew so that the rest
 * need not have.  Greedy: the part with the most evidence is named and taken
 * out, again and again.  Counts are effective samples, of all runs of a
 * side; x is what grew from, y what it grew to, so that a decrease is found
 * by swapping sides.
 */

/* What chance does to counts. */
struct prof_culprit_noise {
	double s;		/* y / x where nothing changed */
	double per[PROF_DIFF_SIDES];	/* counts in a step of a mean */
	double phi[PROF_DIFF_SIDES];	/* variance of the logarithm of the */
					/* rate of a side: noise by runs */
};

/*
 * Logarithm of how much better "y grew" explains x and y than "it did not";
 * 0 where it did not grow, or fewer than 8 counts tell.
 * Source: Kulldorff, 1997, with the variance of noisy runs.
 */
double prof_culprit_llr(const struct prof_culprit_noise *noise, double x,
    double y);

/* The probability of at least such an llr by chance. */
double prof_culprit_p(double llr);

/* Likewise with sides swapped. */
struct prof_culprit_noise prof_culprit_swap(
    const struct prof_culprit_noise *noise);

enum prof_culprit_part {
	PROF_CULPRIT_NODE_SELF,		/* of one calling context */
	PROF_CULPRIT_NODE_TREE,
	PROF_CULPRIT_SELF,		/* of a function in all contexts */
	PROF_CULPRIT_TREE,
	PROF_CULPRIT_PAIR_TREE,		/* of a function below one caller */
	PROF_CULPRIT_PARTS
};

struct prof_culprit {
	enum prof_culprit_part part;
	uint32_t id;		/* in the columns of the part */
	uint32_t class;
	uint32_t caller;	/* class; of nodes and pairs, 0: none */
	double llr, p;		/* p: for all candidates together */
	double x, y;		/* counts before anything was taken out */
};

/* Candidates of one part. */
struct prof_culprit_column {
	uint32_t n;
	uint32_t *class;	/* [id] */
	uint32_t *nodes;	/* [id] how many it is made of */
	double *x, *y;		/* [id] what is left of it */
	double *x0, *y0;	/* [id] what there was */
	double *square;		/* [id] of x + y of each node, added up: many */
				/* functions are less noisy than one */
	double *llr;
};

/*
 * Nodes are numbered in preorder: the subtree of node i is i to
 * i + size[i] - 1.
 */
struct prof_culprit_scan {
	const struct prof_context *c;		/* borrowed */
	struct prof_culprit_noise noise;	/* of the direction */
	const bool *wanted;			/* [class], borrowed */
	uint32_t n, nclasses;
	uint32_t *parent, *size;
	uint32_t *pair;		/* [node] id of (class of caller, class) */
	uint32_t *callers;	/* [class] pairs that it is the callee of */
	bool *first[2];		/* [node] no node above it is of its class, */
				/* or of its pair: recursion counts once */
	struct prof_culprit_column of[PROF_CULPRIT_PARTS];
	/* [metric][class] what the diff has of a function beyond the tree: */
	/* nodes too small to be kept */
	double *small_x[PROF_DIFF_METRICS], *small_y[PROF_DIFF_METRICS];
	double *tx, *ty, *tq;	/* scratch, as long as the longest column */
};

/*
 * noise:  with s as new by base, whatever the direction.
 * down:   look for decreases.
 * wanted: by class, which functions may be named.
 */
void prof_culprit_init(struct prof_culprit_scan *s,
    const struct prof_context *c, const struct prof_culprit_noise *noise,
    const bool *wanted, bool down);
void prof_culprit_release(struct prof_culprit_scan *s);

/*
 * The candidate with most evidence, or false when nothing grew.  Of equally
 * good ones: self before subtree, then the deepest, which a caller gives way
 * to whose other parts did not grow, then the function as a
 * whole before one of its contexts (by half the logarithm of their number).
 * What grew in one context at the cost of others is no candidate: calls that
 * moved are no growth.
 * Cost: O(nodes) for each callee that a caller gives way to, at most 100.
 */
bool prof_culprit_best(const struct prof_culprit_scan *s,
    struct prof_culprit *best);

/* The candidate of a part by id. */
void prof_culprit_at(const struct prof_culprit_scan *s,
    enum prof_culprit_part part, uint32_t id, struct prof_culprit *out);

/* Take out the samples of candidates, then count what is left: O(nodes). */
void prof_culprit_take(struct prof_culprit_scan *s,
    enum prof_culprit_part part, uint32_t id);
void prof_culprit_count(struct prof_culprit_scan *s);

/*
 * What is left of a function, where that is known better than the tree
 * knows it: part is SELF or TREE.
 */
void prof_culprit_set(struct prof_culprit_scan *s,
    enum prof_culprit_part part, uint32_t class, double x, double y);

static inline bool
prof_culprit_is_self(enum prof_culprit_part part)
{
	return part == PROF_CULPRIT_NODE_SELF || part == PROF_CULPRIT_SELF;
}

/* Whether a node (its topmost, for subtrees) belongs to a candidate. */
bool prof_culprit_has(const struct prof_culprit_scan *s,
    enum prof_culprit_part part, uint32_t id, uint32_t node);

/* How much a candidate grew, in counts of x. */
static inline double
prof_culprit_growth(const struct prof_culprit_scan *s, double x, double y)
{
	return y / s->noise.s - x;
}

#endif
