/* SPDX-License-Identifier: MIT */
#ifndef TESTS_RANDOM_H
#define TESTS_RANDOM_H

#include <stdint.h>

/* Numbers that look random and are the same in every run of a test. */
struct test_random {
	uint64_t state;
};

/* One step of SplitMix64 (Steele, Lea and Flood, 2014). */
static inline uint64_t
test_random_next(struct test_random *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* 0 to n - 1 */
static inline uint32_t
test_random_below(struct test_random *r, uint32_t n)
{
	return (uint32_t)(test_random_next(r) % n);
}

#endif
