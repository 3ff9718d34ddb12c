/* SPDX-License-Identifier: MIT */
#include "formats/pprof_write.h"

#include <stdlib.h>

#include "libanalysis/nomem.h"
#include "libanalysis/num.h"
#include "libanalysis/sort.h"

/* Round down; the remainder, at least 0, is what is left of den. */
static prof_i128
divide(prof_i128 v, int64_t den, uint64_t *remainder)
{
	prof_i128 q = v / den, r = v % den;

	if (r < 0) {
		r += den;
		q--;
	}
	*remainder = (uint64_t)r;
	return q;
}

static int
by_id(const void *ctx, uint32_t a, uint32_t b)
{
	(void)ctx;
	return (a > b) - (a < b);
}

/* Add one to the count values that lost most by rounding down. */
static int
round_up(int64_t *out, const uint64_t *remainder, uint32_t n, uint32_t count)
{
	uint32_t *row = prof_alloc(n, sizeof *row), i;
	uint64_t *key = prof_alloc(n, sizeof *key);
	bool fits = true;

	for (i = 0; i < n; i++) {
		row[i] = i;
		key[i] = ~remainder[i];
	}
	prof_sort_keys(row, n, key, by_id, NULL);
	for (i = 0; i < count; i++)
		fits &= prof_num_add(out[row[i]], 1, &out[row[i]]);
	free(row);
	free(key);
	return fits;
}

/* How many ones bring the sum of the parts rounded down to the true one. */
static uint32_t
missing(prof_i128 floors, prof_i128 remainders, int64_t den)
{
	prof_i128 n = remainders / den, rest = remainders % den;
	bool negative = floors + n < 0;

	/* Half away from zero: down to the floor if the sum is negative. */
	if (2 * rest > den || (2 * rest == den && !negative))
		n++;
	return (uint32_t)n;
}

int
prof_pprof_scale(const struct prof_profile *p, unsigned column, int64_t *out,
    struct prof_err *err)
{
	const struct prof_type *t = &p->type[column];
	prof_i128 floors = 0, remainders = 0, q;
	uint64_t *remainder = prof_alloc(p->nsamples, sizeof *remainder);
	bool fits = true;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++) {
		q = divide((prof_i128)p->value[column][i] * t->num, t->den,
		    &remainder[i]);
		fits &= prof_num_fits(q);
		out[i] = (int64_t)q;
		floors += out[i];
		remainders += remainder[i];
	}
	if (fits && p->nsamples > 0)
		fits = round_up(out, remainder, p->nsamples,
		    missing(floors, remainders, t->den));
	free(remainder);
	return fits ? PROF_OK : prof_fail(err, PROF_ERANGE,
	    "a value of '%s' times its scale leaves 64 bits",
	    prof_profile_str(p, t->type));
}
