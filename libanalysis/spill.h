/* SPDX-License-Identifier: MIT */
#ifndef PROF_SPILL_H
#define PROF_SPILL_H

#include "libanalysis/builder.h"
#include "libanalysis/num.h"

/*
 * Sums of a builder that left 64 bits: the profile holds the low 64, a
 * spill how many times 2^64 are to be added.
 */
struct prof_spill {
	uint32_t row;
	unsigned column;
	int64_t high;
};

/* v as high * 2^64 + *low; returns high. */
int64_t prof_spill_split(prof_i128 v, int64_t *low);

/* Add high * 2^64; PROF_ERANGE when the sum leaves 128 bits. */
int prof_spill_carry(struct prof_builder *b, uint32_t row, unsigned column,
    int64_t high, struct prof_err *err);

#endif
