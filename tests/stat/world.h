/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STAT_WORLD_H
#define TESTS_STAT_WORLD_H

#include "tests/stat/draw.h"

#define WORLD_FUNCTIONS 200
#define WORLD_NODES 1000
#define WORLD_NAME 40

/* A program: its functions, where they are called from, and their noise. */
struct world {
	struct draw d;
	const struct draw_noise *noise;
	double samples;			/* of a run, in the mean */
	bool fixed;			/* so many whatever the changes */
	double gsd;			/* sd of ln of a run's samples */
	double share[WORLD_FUNCTIONS];	/* of self, largest first */
	double phi[WORLD_FUNCTIONS];
	/* calling contexts; parents come first, 0 is main; no recursion */
	uint32_t parent[WORLD_NODES];
	uint32_t fn[WORLD_NODES];
	uint32_t depth[WORLD_NODES];
	double weight[WORLD_NODES];	/* share of all self */
};

/* One build of it. */
struct version {
	double change[WORLD_NODES];	/* factor on self */
	uint32_t moved[WORLD_NODES];	/* context its self is in: itself, */
					/* where nothing was inlined */
	char name[WORLD_FUNCTIONS][WORLD_NAME];
};

/* One recording: samples seen, and what was expected of them. */
struct recording {
	double count[WORLD_NODES];
	double rate[WORLD_NODES];
};

/* Trial n of an experiment: another program each. */
void world_init(struct world *w, uint64_t seed, uint64_t stream,
    const struct draw_noise *noise, double samples);

void world_version(struct version *v);
void world_run(struct world *w, const struct version *v,
    struct recording *r);

/* Multiply the self of a function in all contexts. */
void world_change(const struct world *w, struct version *v, uint32_t fn,
    double by);

/* mark[node]: node is in the subtree of a marked one, or is marked. */
void world_below(const struct world *w, bool *mark);

/* Self samples of each function. */
void world_self(const struct world *w, const double *node, double *self);

/*
 * Whether self, total of each function are to change, factors of rate apart:
 * 0 no, 1 by a changed self, 2 only below it.
 */
void world_truth(const struct world *w, const struct version *v,
    uint8_t *truth);

#endif
