/* SPDX-License-Identifier: MIT */
#ifndef PROF_SCC_H
#define PROF_SCC_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The strongly connected components of a directed graph: who calls whom in
 * circles.
 */
struct prof_scc {
	uint32_t *component;	/* [node - 1], from 1; callees come before */
				/* their callers */
	bool *cyclic;		/* [node - 1]: calls itself, maybe through */
				/* others */
	uint32_t n;		/* components */
};

/*
 * nodes: numbered from 1 to nodes.
 * first: nodes + 1 ascending numbers; node v points to the nodes
 *        to[first[v - 1]] up to, not including, to[first[v]].
 * Cost: O(nodes + edges), without recursion.
 * Source: Tarjan, Depth-first search and linear graph algorithms, 1972.
 */
void prof_scc_init(struct prof_scc *s, uint32_t nodes, const uint32_t *first,
    const uint32_t *to);
void prof_scc_release(struct prof_scc *s);

#endif
