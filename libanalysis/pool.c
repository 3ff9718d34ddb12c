/* SPDX-License-Identifier: MIT */
#include "libanalysis/pool.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/hash.h"
#include "libanalysis/nomem.h"
#include "libanalysis/sort.h"

#define BY_RUN 10.
#define IN_ALL 40.
#define ONE_SIDED 5

struct input {
	const unsigned *runs;
	const double *const *value, *const *count;
	double *total;		/* [run] */
};

static double
samples_of(const struct input *in, unsigned r, size_t i)
{
	if (in->count != NULL)
		return in->count[r][i];
	return in->total[r] > 0 ? in->value[r][i] / in->total[r] *
	    PROF_POOL_LIKE : 0;
}

static void
sum_samples(const struct input *in, size_t i, double samples[2])
{
	unsigned r;

	samples[0] = samples[1] = 0;
	for (r = 0; r < in->runs[0] + in->runs[1]; r++)
		samples[r >= in->runs[0]] += samples_of(in, r, i);
}

/*
 * Functions are numbered in the order in which runs have them, those of new
 * alone last: a pool takes some from everywhere.
 */
static int
by_lot(const void *ctx, uint32_t a, uint32_t b)
{
	uint64_t x = prof_hash_mix(PROF_HASH_FIXED, a);
	uint64_t y = prof_hash_mix(PROF_HASH_FIXED, b);

	(void)ctx;
	return x != y ? x < y ? -1 : 1 : (a > b) - (a < b);
}

static void
add(struct prof_pool *p, const struct input *in, size_t i, double samples[2])
{
	double one[2];
	unsigned r;

	for (r = 0; r < p->runs; r++) {
		p->value[r][p->n] += in->value[r][i];
		if (in->count != NULL)
			p->count[r][p->n] += in->count[r][i];
	}
	sum_samples(in, i, one);
	samples[0] += one[0];
	samples[1] += one[1];
}

static bool
is_rare(const double samples[2], double least)
{
	return samples[0] + samples[1] < least &&
	    (samples[0] > 0 || samples[1] < ONE_SIDED) &&
	    (samples[1] > 0 || samples[0] < ONE_SIDED);
}

static void
fill(struct prof_pool *p, const struct input *in, size_t n)
{
	double least = fmax(IN_ALL, BY_RUN * p->runs), samples[2] = { 0, 0 };
	uint32_t *rare = prof_alloc(n + 1, sizeof *rare);
	size_t i, nrare = 0;

	for (i = 0; i < n; i++) {
		sum_samples(in, i, samples);
		if (is_rare(samples, least)) {
			rare[nrare++] = (uint32_t)i;
			continue;
		}
		add(p, in, i, samples);
		p->n++;
	}
	prof_sort_ids(rare, nrare, by_lot, NULL);
	samples[0] = samples[1] = 0;
	for (i = 0; i < nrare; i++) {
		add(p, in, rare[i], samples);
		if (samples[0] + samples[1] < 2 * least)
			continue;
		p->n++;
		samples[0] = samples[1] = 0;
	}
	p->n += samples[0] + samples[1] > 0;
	free(rare);
}

void
prof_pool_init(struct prof_pool *p, size_t n, const unsigned runs[2],
    const double *const *value, const double *const *count)
{
	struct input in = { .runs = runs, .value = value, .count = count };
	unsigned r;
	size_t i;

	memset(p, 0, sizeof *p);
	p->runs = runs[0] + runs[1];
	in.total = prof_zalloc(p->runs, sizeof *in.total);
	p->value = prof_zalloc(p->runs, sizeof *p->value);
	p->count = prof_zalloc(p->runs, sizeof *p->count);
	for (r = 0; r < p->runs; r++) {
		for (i = 0; i < n; i++)
			in.total[r] += value[r][i];
		p->value[r] = prof_zalloc(n + 1, sizeof *p->value[r]);
		if (count != NULL)
			p->count[r] = prof_zalloc(n + 1, sizeof *p->count[r]);
	}
	fill(p, &in, n);
	p->rows = (const double *const *)p->value;
	p->counts = (const double *const *)p->count;
	free(in.total);
}

void
prof_pool_release(struct prof_pool *p)
{
	unsigned r;

	for (r = 0; r < p->runs; r++) {
		free(p->value[r]);
		free(p->count[r]);
	}
	free(p->value);
	free(p->count);
	memset(p, 0, sizeof *p);
}
