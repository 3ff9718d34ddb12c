/* SPDX-License-Identifier: MIT */
#ifndef PROF_DOT_WRITE_H
#define PROF_DOT_WRITE_H

#include "libanalysis/amount.h"
#include "libanalysis/callgraph.h"
#include "libanalysis/out.h"

/* What dot*_write.c share: a graph on its way to Graphviz. */
struct prof_dot {
	const struct prof_callgraph *g;
	const struct prof_rows *v;
	const struct prof_profile *p;
	struct prof_out *out;
	struct prof_amount amount;	/* of all values */
	struct prof_buf b;		/* of what is being put together */
	bool *leads, *labelled;		/* by node: has edges out, labels */
	int64_t most;			/* largest self, without sign */
};

/*
 * Append s[0..len) for a quoted string whose value Graphviz shows: nothing
 * in it leaves the string or means anything there.
 */
void prof_dot_text(struct prof_buf *b, const char *s, size_t len);

/* A name in lines of a width that boxes have, cut in the middle if long. */
void prof_dot_name(struct prof_buf *b, const char *s, size_t len);

/*
 * A colour, "#rrggbb": from grey for nothing to red for the whole, to green
 * for less.  light: for a background.
 */
void prof_dot_color(struct prof_buf *b, int64_t v, int64_t whole,
    bool light);

/* The square root of part / whole, at most 1, in 1 / of, rounded up. */
unsigned prof_dot_root(int64_t part, int64_t whole, unsigned of);

/* The boxes of a node's labels; sets d->labelled. */
void prof_dot_labels(struct prof_dot *d, uint32_t node);

#endif
