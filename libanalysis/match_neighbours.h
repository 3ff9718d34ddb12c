/* SPDX-License-Identifier: MIT */
#ifndef PROF_MATCH_NEIGHBOURS_H
#define PROF_MATCH_NEIGHBOURS_H

#include "libanalysis/diff.h"

enum prof_direction { PROF_CALLERS, PROF_CALLEES, PROF_DIRECTIONS };

/* A class next to another, by what goes from or to it. */
struct prof_neighbour {
	uint32_t class;		/* 0, of callees: the function itself */
	double weight;		/* of all runs, in steps */
};

#define PROF_NEIGHBOURS_MAX 32

/* Callers and callees of some classes: the largest of each. */
struct prof_neighbours {
	uint32_t n;			/* classes asked for */
	uint32_t *at;			/* [class] its number, from 1; 0 */
	size_t *first;			/* [(number - 1) * 2 + direction] */
	struct prof_neighbour *of;	/* the largest first */
	double *all;			/* likewise: sum, with those left out */
};

/*
 * d:     match, runs and factor are set; the rest is not looked at.
 * class: n classes, all different.
 * Cost:  O(frames of all stacks), or O(edges) where those were measured.
 */
void prof_neighbours_init(struct prof_neighbours *v,
    const struct prof_diff *d, const uint32_t *class, uint32_t n);
void prof_neighbours_release(struct prof_neighbours *v);

/* Neighbours in one direction of class number k, from 1; *all: their sum. */
static inline const struct prof_neighbour *
prof_neighbours_of(const struct prof_neighbours *v, uint32_t k,
    enum prof_direction direction, size_t *n, double *all)
{
	size_t list = ((size_t)k - 1) * PROF_DIRECTIONS + direction;

	*n = v->first[list + 1] - v->first[list];
	*all = v->all[list];
	return v->of + v->first[list];
}

#endif
