/* SPDX-License-Identifier: MIT */
#ifndef PROF_CALLS_H
#define PROF_CALLS_H

#include "libanalysis/profile.h"
#include "libanalysis/scc.h"

/*
 * The edges of a profile as a graph: functions numbered from 1 in the order
 * of their content (name, file, line), so that nothing that is computed on
 * it depends on ids; one pair for each caller and callee, however many
 * lines it calls from.
 *
 * Numbers of the graph lie in one array, by place: pair i, from 0, at i,
 * those of function f over all its callers behind them.
 */
struct prof_calls {
	const struct prof_profile *p;	/* must outlive the graph */
	prof_fn *fn;		/* [f - 1] */
	uint32_t nfns;
	uint32_t *caller, *callee;	/* of each pair, in that order */
	uint32_t npairs;
	uint32_t *out;		/* pairs of caller f: out[f - 1] to out[f] */
	uint32_t *in;		/* those of callee f: in_pair[in[f - 1]] to */
	uint32_t *in_pair;	/* in_pair[in[f]], by caller */
	uint32_t *place;	/* of each row of the edges */
	struct prof_scc scc;
};

/* Cost: O(edges), and a sort of the functions' names. */
void prof_calls_init(struct prof_calls *g, const struct prof_profile *p);
void prof_calls_release(struct prof_calls *g);

static inline uint32_t
prof_calls_places(const struct prof_calls *g)
{
	return g->npairs + g->nfns;
}

/* The place of function f over all its callers. */
static inline uint32_t
prof_calls_own(const struct prof_calls *g, uint32_t f)
{
	return g->npairs + f - 1;
}

/* The function that a place is about: the callee of a pair. */
static inline uint32_t
prof_calls_fn(const struct prof_calls *g, uint32_t place)
{
	return place < g->npairs ? g->callee[place] : place - g->npairs + 1;
}

/*
 * A column of the edges by place.
 *
 * value: out, one for each place.
 * Returns PROF_OK, or PROF_ERANGE when a sum leaves 64 bits.
 */
int prof_calls_column(const struct prof_calls *g, unsigned column,
    int64_t *value, struct prof_err *err);

/* The part of a function that no caller explains; never negative. */
struct prof_calls_root {
	bool is;		/* whether there is such a part */
	int64_t self, total;
};

/*
 * Where execution begins: functions with more calls than their callers make
 * together.  Where a part of the graph is entered from nowhere, so that
 * calls do not tell, its function with the largest total.
 *
 * calls:       by place, NULL when not known.
 * self, total: by place.
 * root:        out, for each function, at [f - 1].
 */
void prof_calls_roots(const struct prof_calls *g, const int64_t *calls,
    const int64_t *self, const int64_t *total, struct prof_calls_root *root);

#endif
