/* SPDX-License-Identifier: MIT */
#ifndef PROF_PERF_STACK_H
#define PROF_PERF_STACK_H

#include "libanalysis/builder.h"

/*
 * Stacks, a line at a time.  A line that was seen before is known by its
 * bytes.  Zeroed memory with b set is ready.
 */
struct prof_perf_stack {
	struct prof_builder *b;
	struct prof_perf_line *line;	/* [id - 1], distinct lines */
	struct prof_perf_piece *piece;	/* [id - 1], what they say */
	uint32_t nlines;
	size_t line_cap, piece_cap, bytes;
	struct prof_arena text;
	struct prof_map map;
	uint32_t *id;			/* of the lines of this stack, */
	prof_loc *loc;			/* and their locations */
	size_t n, cap, loc_cap;
	bool inlined;			/* a line of this stack is */
	struct prof_line *join;		/* of one location */
	size_t join_cap;
	bool symbols, dsos;		/* frames so far had them */
};

void prof_perf_stack_release(struct prof_perf_stack *s);

/* Begin the next stack. */
void prof_perf_stack_begin(struct prof_perf_stack *s);

/* Take s[0..len) as the next frame; false, unchanged, when it is none. */
bool prof_perf_stack_push(struct prof_perf_stack *s, const char *text,
    size_t len);

/*
 * Take what data[0..len) begins with, if that is the line that came behind
 * the last frame before; most callers have one caller.  Returns the bytes
 * taken, newline included, or 0.
 */
size_t prof_perf_stack_guess(struct prof_perf_stack *s, const char *data,
    size_t len);

/*
 * Give the last frame the source line that follows it, which may have the
 * mark of an inlined frame; false, unchanged, when text is none.
 */
bool prof_perf_stack_place(struct prof_perf_stack *s, const char *text,
    size_t len);

/* The stack of the frames pushed. */
prof_stack prof_perf_stack_end(struct prof_perf_stack *s);

#endif
