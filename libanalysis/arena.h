/* SPDX-License-Identifier: MIT */
#ifndef PROF_ARENA_H
#define PROF_ARENA_H

#include <stddef.h>

/*
 * Many small objects, released together.  Zeroed memory is an empty arena.
 * Sanitizer builds give every object its own malloc, so that an access
 * outside it is seen.
 */
struct prof_arena {
	struct prof_arena_piece *pieces;	/* newest first */
	size_t left;		/* bytes free in the newest piece */
	size_t next;		/* size of the piece to come */
};

/* size bytes, aligned for any type, not zeroed; valid until release. */
void *prof_arena_alloc(struct prof_arena *a, size_t size);

/* size bytes without alignment, for text. */
char *prof_arena_bytes(struct prof_arena *a, size_t size);

/* A copy of s[0..len) with a NUL behind it. */
char *prof_arena_strndup(struct prof_arena *a, const char *s, size_t len);

/* Forget all objects but keep the newest piece for reuse. */
void prof_arena_reset(struct prof_arena *a);

void prof_arena_release(struct prof_arena *a);

#endif
