/* SPDX-License-Identifier: MIT */
#include "tests/stat/world.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DEPTH_MAX 14
#define MAIN 150		/* main itself does little */

/* Every function once, in an order that has nothing to do with its share. */
static void
order_functions(struct world *w)
{
	uint32_t i, k, swap;

	for (i = 0; i < WORLD_FUNCTIONS; i++)
		w->fn[i] = i;
	w->fn[0] = MAIN;
	w->fn[MAIN] = 0;
	for (i = WORLD_FUNCTIONS - 1; i > 1; i--) {
		k = 1 + draw_below(&w->d, i);
		swap = w->fn[i];
		w->fn[i] = w->fn[k];
		w->fn[k] = swap;
	}
}

static void
hang(struct world *w, uint32_t node, uint32_t parent)
{
	w->parent[node] = parent;
	w->depth[node] = w->depth[parent] + 1;
}

/* Mostly below one of the last, so that there are chains. */
static void
hang_first(struct world *w, uint32_t node)
{
	double back = -12 * log(draw_unit(&w->d));
	uint32_t to;

	if (draw_unit(&w->d) < .2)
		to = draw_below(&w->d, node);
	else
		to = back >= node - 1 ? 0 : node - 1 - (uint32_t)back;
	while (w->depth[to] >= DEPTH_MAX)
		to = w->parent[to];
	hang(w, node, to);
}

static bool
calls_itself(const struct world *w, uint32_t fn, uint32_t at)
{
	for (; at != 0; at = w->parent[at])
		if (w->fn[at] == fn)
			return true;
	return w->fn[0] == fn;
}

/* Another context of any function, rarely used. */
static void
hang_again(struct world *w, uint32_t node)
{
	uint32_t to, fn;

	do {
		fn = draw_below(&w->d, WORLD_FUNCTIONS);
		to = draw_below(&w->d, WORLD_FUNCTIONS);
	} while (w->depth[to] >= DEPTH_MAX || calls_itself(w, fn, to));
	w->fn[node] = fn;
	hang(w, node, to);
}

/* The k-th context of a function has k^-2.5 of its time. */
static void
weigh(struct world *w)
{
	uint32_t i, seen[WORLD_FUNCTIONS] = { 0 };
	double all[WORLD_FUNCTIONS] = { 0 };

	for (i = 0; i < WORLD_NODES; i++) {
		w->weight[i] = pow(++seen[w->fn[i]], -2.5);
		all[w->fn[i]] += w->weight[i];
	}
	for (i = 0; i < WORLD_NODES; i++)
		w->weight[i] *= w->share[w->fn[i]] / all[w->fn[i]];
}

void
world_init(struct world *w, uint64_t seed, uint64_t stream,
    const struct draw_noise *noise, double samples)
{
	uint32_t i;

	memset(w, 0, sizeof *w);
	draw_seed(&w->d, seed, stream);
	w->noise = noise;
	w->samples = samples;
	w->fixed = true;
	w->gsd = .1;
	draw_zipf(w->share, WORLD_FUNCTIONS, 1);
	draw_phi(&w->d, noise, w->phi, WORLD_FUNCTIONS);
	order_functions(w);
	for (i = 1; i < WORLD_FUNCTIONS; i++)
		hang_first(w, i);
	for (; i < WORLD_NODES; i++)
		hang_again(w, i);
	weigh(w);
}

void
world_version(struct version *v)
{
	static const char *const verb[] = { "parse", "read", "write", "scan",
	    "hash", "sort", "merge", "split", "check", "count", "index",
	    "decode", "encode", "match", "flush", "visit", "reduce", "expand",
	    "render", "lookup" };
	static const char *const noun[] = { "header", "row", "block", "token",
	    "query", "page", "node", "cache", "stream", "entry" };
	uint32_t i;

	for (i = 0; i < WORLD_NODES; i++) {
		v->change[i] = 1;
		v->moved[i] = i;
	}
	for (i = 0; i < WORLD_FUNCTIONS; i++)
		snprintf(v->name[i], WORLD_NAME, "%s_%s", verb[i % 20],
		    noun[i / 20]);
	strcpy(v->name[MAIN], "main");
}

void
world_run(struct world *w, const struct version *v, struct recording *r)
{
	double rate[WORLD_FUNCTIONS], size = w->samples, all = 0, mean;
	uint32_t i;

	for (i = 0; i < WORLD_NODES; i++)
		all += w->weight[i] * v->change[i];
	if (w->fixed)
		size /= all;
	size *= exp(w->gsd * draw_normal(&w->d));
	for (i = 0; i < WORLD_FUNCTIONS; i++)
		rate[i] = draw_rate(&w->d, w->noise, w->phi[i]);
	memset(r, 0, sizeof *r);
	for (i = 0; i < WORLD_NODES; i++) {
		mean = size * w->weight[i] * v->change[i] * rate[w->fn[i]];
		r->rate[v->moved[i]] += mean;
		r->count[v->moved[i]] += draw_poisson(&w->d, mean);
	}
}

void
world_change(const struct world *w, struct version *v, uint32_t fn, double by)
{
	uint32_t i;

	for (i = 0; i < WORLD_NODES; i++)
		if (w->fn[i] == fn)
			v->change[i] = by;
}

void
world_below(const struct world *w, bool *mark)
{
	uint32_t i;

	for (i = 1; i < WORLD_NODES; i++)
		mark[i] |= mark[w->parent[i]];
}

void
world_self(const struct world *w, const double *node, double *self)
{
	uint32_t i;

	memset(self, 0, WORLD_FUNCTIONS * sizeof *self);
	for (i = 0; i < WORLD_NODES; i++)
		self[w->fn[i]] += node[i];
}

void
world_truth(const struct world *w, const struct version *v, uint8_t *truth)
{
	bool changed[WORLD_NODES];
	uint32_t i;

	memset(truth, 0, WORLD_FUNCTIONS);
	for (i = WORLD_NODES; i-- > 0; )
		changed[i] = v->change[i] < 1 || v->change[i] > 1;
	for (i = WORLD_NODES; i-- > 0; ) {
		if (!changed[i])
			continue;
		if (v->change[i] < 1 || v->change[i] > 1)
			truth[w->fn[i]] = 1;
		else if (truth[w->fn[i]] == 0)
			truth[w->fn[i]] = 2;
		changed[w->parent[i]] = true;
	}
}
