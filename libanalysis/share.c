/* SPDX-License-Identifier: MIT */
#include "libanalysis/share.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

/* Low bits to ignore, so that the sum of weights stays below 2^63. */
static unsigned
spare_bits(const uint64_t *weight, uint32_t n)
{
	prof_u128 sum = 0;
	unsigned shift = 0;
	uint32_t i;

	for (i = 0; i < n; i++)
		sum += weight[i];
	while (sum >> shift >= UINT64_C(1) << 63)
		shift++;
	return shift;
}

/* One more for the left largest of the remainders. */
static void
give_rest(const uint64_t *rest, uint32_t n, uint64_t left, uint64_t *given)
{
	uint64_t *key = prof_alloc(n, sizeof *key);
	uint32_t *ids = prof_alloc(n, sizeof *ids), i;

	for (i = 0; i < n; i++) {
		key[i] = ~rest[i];
		ids[i] = i;
	}
	prof_sort_keys(ids, n, key, NULL, NULL);
	for (i = 0; i < left; i++)
		given[ids[i]]++;
	free(key);
	free(ids);
}

static void
share_magnitude(uint64_t whole, const uint64_t *weight, uint32_t n,
    uint64_t *given)
{
	unsigned shift = spare_bits(weight, n);
	uint64_t *rest, sum = 0, left = whole;
	prof_u128 product;
	uint32_t i;

	for (i = 0; i < n; i++)
		sum += weight[i] >> shift;
	if (sum == 0) {
		given[0] = whole;
		return;
	}
	rest = prof_alloc(n, sizeof *rest);
	for (i = 0; i < n; i++) {
		product = (prof_u128)whole * (weight[i] >> shift);
		given[i] = (uint64_t)(product / sum);
		rest[i] = (uint64_t)(product - (prof_u128)given[i] * sum);
		left -= given[i];
	}
	if (left > 0)
		give_rest(rest, n, left, given);
	free(rest);
}

void
prof_share_out(int64_t whole, const uint64_t *weight, uint32_t n,
    int64_t *part)
{
	uint64_t *given;
	uint32_t i;

	if (n == 0)
		return;
	if (n == 1 || whole == 0) {
		memset(part, 0, n * sizeof *part);
		part[0] = whole;
		return;
	}
	given = prof_zalloc(n, sizeof *given);
	share_magnitude(whole < 0 ? 0 - (uint64_t)whole : (uint64_t)whole,
	    weight, n, given);
	for (i = 0; i < n; i++)
		part[i] = (int64_t)(whole < 0 ? 0 - given[i] : given[i]);
	free(given);
}
