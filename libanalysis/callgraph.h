/* SPDX-License-Identifier: MIT */
#ifndef PROF_CALLGRAPH_H
#define PROF_CALLGRAPH_H

#include "libanalysis/num.h"
#include "libanalysis/rows.h"

/* What is left out of a call graph; zeroed memory leaves out nothing. */
struct prof_callgraph_opts {
	bool tree;		/* a node for each calling context of a row */
	bool ranked;		/* nodes by what they tell about the program, */
				/* the best first; else in the order of rows */
	bool labels;		/* collect the labels of nodes */
	uint32_t limit;		/* nodes at most (ranked); 0: any number */
	const bool *keep;	/* by row: may be a node; NULL: all may */
	/* Shares of the whole: below them nodes and edges are left out. */
	int64_t node_num, node_den, edge_num, edge_den;	/* den 0: none */
};

struct prof_callgraph_node {
	uint32_t row;		/* id */
	uint32_t context;	/* tree: node it is called from before any */
				/* was left out, as an id of its own; 0: root */
	uint32_t id;		/* of the node, as in context; row otherwise */
	int64_t self, total;	/* recursion counts once */
	uint32_t first_label, nlabels;
};

struct prof_callgraph_edge {
	uint32_t from, to;	/* indices of nodes */
	int64_t value;		/* total of the callee in these calls */
	int64_t calls;		/* -1: not known */
	bool residual;		/* some go over nodes that are left out */
	bool inlined;		/* so are all these calls */
	bool measured;		/* taken from the edges of the profile */
};

/*
 * What the samples of a node have as labels: all text labels of a sample
 * together ("key:value" in their order, parted by line feeds), or, of those
 * with that text, the samples with one number under the key "bytes".
 */
struct prof_callgraph_label {
	uint32_t text;		/* in texts, 0 for samples without */
	bool number;
	int64_t num;
	prof_str unit;		/* of num, in the profile; 0: bytes */
	int64_t self, total;	/* of samples that end at or pass the node */
};

/*
 * The call graph of one value column: nodes are rows, or contexts of rows.
 * From stacks, an edge counts once in each stack and none leads from a row
 * to itself.  A profile that knows callers and callees gives what it says of
 * them, direct recursion included; its stacks only tell which nodes are
 * connected over others that are left out.
 */
struct prof_callgraph {
	struct prof_callgraph_node *node;
	struct prof_callgraph_edge *edge;	/* the largest first */
	struct prof_callgraph_label *label;	/* of a node: largest first */
	struct prof_strs texts;
	uint32_t nnodes, nedges, nlabels;
	size_t node_cap, edge_cap, label_cap;
	uint32_t light_nodes;	/* left out: total below the share */
	uint32_t more_nodes;	/* left out: beyond the limit */
	uint32_t light_edges;	/* left out between the nodes */
	uint32_t spare_edges;	/* residual ones another way goes beside */
	int64_t whole;		/* what 100 % is, as of prof_flat */
	int64_t unplaced;	/* value of samples without frames */
	bool estimated;		/* values are of estimated stacks */
};

/*
 * Build the graph as pprof does: first nodes below the share go, then, by
 * rank, those beyond the limit, where a node's labels (up to 4) count as
 * nodes; edges are counted anew over what is left each time; last go edges
 * below the share, and residual ones to where other edges lead, too.  Both
 * shares are of what percentages are of.  Nodes and edges of 0 are none.
 *
 * The rank is the total times the entropy of the edges in and out, plus
 * self: how much a reader learns from seeing the node.
 *
 * Returns PROF_OK, or PROF_ERANGE when a value leaves 64 bits.
 * Cost: O(frames) and, as a tree, O(frames of the stacks above the share).
 * Source: google/pprof internal/graph, internal/report (newTrimmedGraph),
 * but for the cutoff, which there is a share of the signed sum.
 */
int prof_callgraph_init(struct prof_callgraph *g, const struct prof_rows *v,
    unsigned column, const struct prof_callgraph_opts *opts,
    struct prof_err *err);
void prof_callgraph_release(struct prof_callgraph *g);

#endif
