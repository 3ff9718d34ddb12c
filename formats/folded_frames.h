/* SPDX-License-Identifier: MIT */
#ifndef PROF_FOLDED_FRAMES_H
#define PROF_FOLDED_FRAMES_H

#include "libanalysis/builder.h"

/*
 * Frames by text.  A frame that was seen costs one look-up; the frames that
 * a line begins with like the line before cost a comparison of bytes.
 */
struct prof_folded_frames {
	struct prof_builder *b;
	bool austin, placed;
	struct prof_strs text;	/* distinct frames as they stand */
	prof_loc *loc;		/* [text id - 1] */
	size_t loc_cap;
	char *last;		/* stack text of the line before */
	size_t last_len, last_cap;
	size_t *end;		/* of its frames: offset behind each */
	prof_loc *frame;	/* root first */
	size_t n, end_cap, frame_cap;
	struct prof_folded_stack {
		prof_loc *frame;	/* leaf first */
		size_t n, cap;
		uint64_t hash;
	} stack[2];
	unsigned last_stack;	/* which of the two is of the last text */
	bool empty;		/* the last text had empty frames */
};

void prof_folded_frames_release(struct prof_folded_frames *f);

/*
 * Take text[0..len), frames with ';' between them, as the last text; without
 * any, the frame "[root]".  Its place in the table of stacks is far off in
 * memory: this begins to load it, so look for the stack of the text before
 * meanwhile.
 *
 * Returns PROF_OK or PROF_ELIMIT; the caller adds the line.
 */
int prof_folded_frames_take(struct prof_folded_frames *f, const char *text,
    size_t len, struct prof_err *err);

/* The stack of the text taken back texts ago: 0 for the last one, or 1. */
prof_stack prof_folded_frames_stack(struct prof_folded_frames *f,
    unsigned back);

#endif
