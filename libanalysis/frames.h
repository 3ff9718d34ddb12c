/* SPDX-License-Identifier: MIT */
#ifndef PROF_FRAMES_H
#define PROF_FRAMES_H

#include "libanalysis/rows.h"

/*
 * What the frame ids of a tree stand for: id is row[id - 1], borrowed from
 * the views it came from.  Zeroed memory holds none.
 */
struct prof_frames {
	const struct prof_row **row;
	uint32_t n;
	size_t cap;
};

/* The rows of one profile, ids kept; v must outlive the frames. */
void prof_frames_init(struct prof_frames *f, const struct prof_rows *v);

/* Add a frame and return its id; for frames that pair rows of profiles. */
uint32_t prof_frames_add(struct prof_frames *f, const struct prof_row *row);
void prof_frames_release(struct prof_frames *f);

static inline const struct prof_row *
prof_frames_get(const struct prof_frames *f, uint32_t frame)
{
	return f->row[frame - 1];
}

/*
 * Order by name, file, module, line and address, as bytes, for siblings of
 * a tree; ctx is a prof_frames.
 */
int prof_frames_cmp(const void *ctx, uint32_t a, uint32_t b);

#endif
