/* SPDX-License-Identifier: MIT */
#ifndef PROF_NOMEM_H
#define PROF_NOMEM_H

#include <stddef.h>

/* Whether this is a sanitizer build, which allocates without spare room. */
#if defined(__SANITIZE_ADDRESS__)
#define PROF_EXACT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PROF_EXACT 1
#endif
#endif
#ifndef PROF_EXACT
#define PROF_EXACT 0
#endif

/*
 * Allocation that does not return on failure: it calls one handler, the
 * library's only global state, which must not return either.  Without a
 * handler the process aborts.
 */
typedef void prof_nomem_fn(size_t wanted);

void prof_nomem_set(prof_nomem_fn *handler);

/* n objects of size bytes, zeroed; n * size may not overflow. */
void *prof_zalloc(size_t n, size_t size);

/* The same without zeroing. */
void *prof_alloc(size_t n, size_t size);

/* Resize old (NULL for new) to n objects of size bytes. */
void *prof_resize(void *old, size_t n, size_t size);

/* A copy of s[0..len) with a NUL behind it; s may be NULL for len 0. */
char *prof_strndup(const char *s, size_t len);

/*
 * Room for at least need objects in a growing array; returns the array.
 *
 * cap:  in and out, capacity in objects; grows by half, or, in sanitizer
 *       builds, to exactly need while small, so that an access past the end
 *       is seen.
 */
void *prof_grow(void *old, size_t *cap, size_t need, size_t size);

/* PROF_RESERVE(array, cap, need): make room for need elements. */
#define PROF_RESERVE(array, cap, need) \
	((need) <= (cap) ? (void)0 : \
	    (void)((array) = prof_grow((array), &(cap), (need), \
	    sizeof *(array))))

#endif
