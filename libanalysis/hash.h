/* SPDX-License-Identifier: MIT */
#ifndef PROF_HASH_H
#define PROF_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * 64-bit hashes by multiplying and folding.  With a secret seed they keep
 * hash tables safe from crafted input; with a fixed seed they give content
 * an order that is the same on every machine.  Not cryptographic.
 *
 * A product with 0 forgets its other factor, so that whoever chooses a
 * number may not choose a factor: values of the input go through
 * prof_hash_add, which makes both factors secret.
 */

__extension__ typedef unsigned __int128 prof_u128;

#define PROF_HASH_FIXED UINT64_C(0x2545f4914f6cdd1d)

static inline uint64_t
prof_hash_mix(uint64_t a, uint64_t b)
{
	prof_u128 m = (prof_u128)(a ^ UINT64_C(0x9e3779b97f4a7c15)) *
	    (b ^ UINT64_C(0xd6e8feb86659fd93));

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* The hash h of what came before, begun with seed, and one more value. */
static inline uint64_t
prof_hash_add(uint64_t seed, uint64_t h, uint64_t v)
{
	return prof_hash_mix(h, v ^ seed);
}

static inline uint64_t
prof_hash_load64(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v;
}

static inline uint64_t
prof_hash_bytes(uint64_t seed, const void *data, size_t len)
{
	const unsigned char *p = data;
	uint64_t h = prof_hash_mix(seed, len), tail = 0;
	size_t i;

	for (; len >= 8; len -= 8, p += 8)
		h = prof_hash_add(seed, h, prof_hash_load64(p));
	for (i = 0; i < len; i++)
		tail |= (uint64_t)p[i] << (8 * i);
	return prof_hash_add(seed, h, tail);
}

/*
 * Of text, for hash tables only: sixteen bytes for each product, both
 * factors secret.
 */
static inline uint64_t
prof_hash_text(uint64_t seed, const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text;
	uint64_t h = seed ^ len;

	if (len < 16)
		return prof_hash_bytes(seed, p, len);
	for (; len > 16; len -= 16, p += 16)
		h = prof_hash_mix(prof_hash_load64(p) ^ seed,
		    prof_hash_load64(p + 8) ^ h);
	p -= 16 - len;
	return prof_hash_mix(prof_hash_load64(p) ^ seed,
	    prof_hash_load64(p + 8) ^ h);
}

/*
 * Of n ids, which we number ourselves; two lanes, because runs of ids are
 * the hot case.
 */
static inline uint64_t
prof_hash_ids(uint64_t seed, const uint32_t *id, size_t n)
{
	uint64_t a = seed, b = seed ^ n;

	for (; n >= 4; n -= 4, id += 4) {
		a = prof_hash_mix(a, (uint64_t)id[0] << 32 | id[1]);
		b = prof_hash_mix(b, (uint64_t)id[2] << 32 | id[3]);
	}
	for (; n > 0; n--, id++)
		a = prof_hash_mix(a, *id);
	return prof_hash_mix(a, b);
}

/* A seed that another process cannot know. */
uint64_t prof_hash_seed(void);

#endif
