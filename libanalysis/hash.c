/* SPDX-License-Identifier: MIT */
#include "libanalysis/hash.h"

#include <sys/random.h>
#include <time.h>

uint64_t
prof_hash_seed(void)
{
	uint64_t seed = 0;
	struct timespec now = { 0 };

	if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == sizeof seed)
		return seed;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return prof_hash_mix((uint64_t)now.tv_nsec, (uintptr_t)&seed);
}
