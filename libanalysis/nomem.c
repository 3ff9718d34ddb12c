/* SPDX-License-Identifier: MIT */
#include "libanalysis/nomem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Above this, exact growth would cost more than it shows. */
#define EXACT_MAX 4096

static prof_nomem_fn *nomem;

void
prof_nomem_set(prof_nomem_fn *handler)
{
	nomem = handler;
}

static void *
checked(void *p, size_t wanted)
{
	if (p == NULL) {
		if (nomem != NULL)
			nomem(wanted);
		abort();
	}
	return p;
}

static size_t
product(size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		checked(NULL, SIZE_MAX);
	return n * size != 0 ? n * size : 1;
}

void *
prof_zalloc(size_t n, size_t size)
{
	return checked(calloc(1, product(n, size)), product(n, size));
}

void *
prof_alloc(size_t n, size_t size)
{
	return checked(malloc(product(n, size)), product(n, size));
}

void *
prof_resize(void *old, size_t n, size_t size)
{
	return checked(realloc(old, product(n, size)), product(n, size));
}

char *
prof_strndup(const char *s, size_t len)
{
	char *copy = prof_alloc(len + 1, 1);

	if (len > 0)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

void *
prof_grow(void *old, size_t *cap, size_t need, size_t size)
{
	size_t want = *cap + *cap / 2 + 16;

	if (want < need || (PROF_EXACT && need < EXACT_MAX))
		want = need;
	*cap = want;
	return prof_resize(old, want, size);
}
