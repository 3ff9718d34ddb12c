/* SPDX-License-Identifier: MIT */
#include "libanalysis/spill.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"

int64_t
prof_spill_split(prof_i128 v, int64_t *low)
{
	uint64_t bits = (uint64_t)v;

	if (prof_num_fits(v)) {
		*low = (int64_t)v;
		return 0;
	}
	/* A copy of bits: conversion of large ones is up to the compiler. */
	memcpy(low, &bits, sizeof *low);
	return (int64_t)((v - *low) / ((prof_i128)1 << 64));
}

static struct prof_spill *
find_spill(struct prof_builder *b, uint32_t row, unsigned column)
{
	uint64_t hash = prof_hash_add(b->seed, b->seed, row);
	struct prof_spill *s;
	uint32_t at, id;

	for (id = prof_map_first(&b->spills, hash, &at); id != 0;
	    id = prof_map_next(&b->spills, hash, &at)) {
		s = &b->spill[id - 1];
		if (s->row == row && s->column == column)
			return s;
	}
	PROF_RESERVE(b->spill, b->spill_cap, (size_t)b->nspills + 1);
	s = &b->spill[b->nspills++];
	*s = (struct prof_spill){ row, column, 0 };
	prof_map_put(&b->spills, hash, b->nspills);
	return s;
}

static int
too_wide(struct prof_err *err)
{
	return prof_fail(err, PROF_ERANGE,
	    "the sum of a sample's values leaves 128 bits");
}

int
prof_spill_carry(struct prof_builder *b, uint32_t row, unsigned column,
    int64_t high, struct prof_err *err)
{
	struct prof_spill *s = find_spill(b, row, column);

	return prof_num_add(s->high, high, &s->high) ? PROF_OK :
	    too_wide(err);
}

int
prof_builder_scale(struct prof_builder *b, unsigned column, int64_t factor,
    struct prof_err *err)
{
	int64_t *value = b->p->value[column], high;
	uint32_t i;
	int rc = PROF_OK;

	if (factor == 1)
		return PROF_OK;
	for (i = 0; i < b->nspills; i++)
		if (b->spill[i].column == column &&
		    !prof_num_mul(b->spill[i].high, factor,
		    &b->spill[i].high))
			return too_wide(err);
	for (i = 0; i < b->p->nsamples && rc == PROF_OK; i++) {
		high = prof_spill_split((prof_i128)value[i] * factor,
		    &value[i]);
		if (high != 0)
			rc = prof_spill_carry(b, i, column, high, err);
	}
	return rc;
}

void
prof_builder_drop_column(struct prof_builder *b, unsigned column)
{
	struct prof_profile *p = b->p;
	unsigned c;
	uint32_t i;

	free(p->value[column]);
	for (c = column; c + 1 < p->ntypes; c++) {
		p->type[c] = p->type[c + 1];
		p->value[c] = p->value[c + 1];
		p->meta.recorded[c] = p->meta.recorded[c + 1];
	}
	p->value[--p->ntypes] = NULL;
	for (i = 0; i < b->nspills; i++)
		if (b->spill[i].column == column)
			b->spill[i] = (struct prof_spill){ UINT32_MAX,
			    PROF_COLS_MAX, 0 };
		else if (b->spill[i].column > column)
			b->spill[i].column--;
}

int
prof_builder_check_sums(const struct prof_builder *b, struct prof_err *err)
{
	const struct prof_profile *p = b->p;
	unsigned least = PROF_COLS_MAX;
	uint32_t i;

	/* The first column, whatever spilled first. */
	for (i = 0; i < b->nspills; i++)
		if (b->spill[i].high != 0 && b->spill[i].column < least)
			least = b->spill[i].column;
	if (least == PROF_COLS_MAX)
		return PROF_OK;
	return prof_fail(err, PROF_ERANGE, "values of '%s' that belong to "
	    "one stack add up to more than 64 bits hold",
	    prof_profile_str(p, p->type[least].type));
}
