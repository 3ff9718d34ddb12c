/* SPDX-License-Identifier: MIT */
#include "libanalysis/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

#define FIRST_PIECE ((size_t)4096)
#define LAST_PIECE ((size_t)1 << 20)

struct prof_arena_piece {
	struct prof_arena_piece *next;
	size_t size;
	alignas(max_align_t) unsigned char data[];
};

static void
add_piece(struct prof_arena *a, size_t need)
{
	struct prof_arena_piece *piece;
	size_t size = a->next > FIRST_PIECE ? a->next : FIRST_PIECE;

	if (PROF_EXACT || size < need)
		size = need;
	piece = prof_alloc(1, sizeof *piece + size);
	piece->next = a->pieces;
	piece->size = size;
	a->pieces = piece;
	a->left = size;
	if (a->next < LAST_PIECE)
		a->next = 2 * (a->next > FIRST_PIECE ? a->next : FIRST_PIECE);
}

static void *
take(struct prof_arena *a, size_t size)
{
	unsigned char *end;

	if (PROF_EXACT || a->pieces == NULL || a->left < size)
		add_piece(a, size);
	end = a->pieces->data + a->pieces->size;
	a->left -= size;
	return end - a->left - size;
}

void *
prof_arena_alloc(struct prof_arena *a, size_t size)
{
	size_t align = alignof(max_align_t), skip;

	if (a->pieces != NULL) {
		skip = (size_t)(-(uintptr_t)(a->pieces->data +
		    a->pieces->size - a->left)) % align;
		if (a->left >= skip)
			a->left -= skip;
		else
			a->left = 0;
	}
	return take(a, size);
}

char *
prof_arena_bytes(struct prof_arena *a, size_t size)
{
	return take(a, size);
}

char *
prof_arena_strndup(struct prof_arena *a, const char *s, size_t len)
{
	char *copy = prof_arena_bytes(a, len + 1);

	if (len > 0)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

static void
release_from(struct prof_arena_piece *piece)
{
	struct prof_arena_piece *next;

	for (; piece != NULL; piece = next) {
		next = piece->next;
		free(piece);
	}
}

void
prof_arena_reset(struct prof_arena *a)
{
	if (PROF_EXACT || a->pieces == NULL) {
		prof_arena_release(a);
		return;
	}
	release_from(a->pieces->next);
	a->pieces->next = NULL;
	a->left = a->pieces->size;
}

void
prof_arena_release(struct prof_arena *a)
{
	release_from(a->pieces);
	memset(a, 0, sizeof *a);
}
