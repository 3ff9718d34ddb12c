/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdint.h>

#include "formats/format.h"
#include "formats/perf.h"
#include "libanalysis/check.h"
#include "libanalysis/merge.h"
#include "libanalysis/num.h"

extern const struct prof_reader prof_perf_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
read_all(const void *data, size_t size, bool times, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	struct prof_limits limits = prof_limits_default;
	struct prof_in *in;
	int rc;

	limits.keep_times = times;
	in = prof_in_memory(data, size, "fuzz", &limits);
	rc = prof_perf_reader.read(in, NULL, p, &err);

	PROF_ASSERT(rc == err.code);
	prof_in_close(in);
	if (rc == PROF_OK) {
		PROF_ASSERT(prof_profile_check(p, &err) == PROF_OK);
		PROF_ASSERT(p->ntypes > 0 && p->nsamples > 0);
	}
	return rc;
}

static prof_i128
total(const struct prof_profile *p, unsigned column)
{
	prof_i128 sum = 0;
	uint32_t i;

	for (i = 0; i < p->nsamples; i++)
		sum += p->value[column][i];
	return sum;
}

/* The canonical form must have the same types and totals. */
static void
canonical(const struct prof_profile *p)
{
	struct prof_merge *m = prof_merge_new();
	struct prof_profile out = { 0 };
	struct prof_err err = { 0 };
	unsigned c;

	PROF_ASSERT(prof_merge_add(m, p, "fuzz", &err) == PROF_OK);
	PROF_ASSERT(prof_merge_finish(m, &out, &err) == PROF_OK);
	PROF_ASSERT(prof_profile_check(&out, &err) == PROF_OK);
	PROF_ASSERT(out.ntypes == p->ntypes);
	for (c = 0; c < p->ntypes; c++)
		PROF_ASSERT(total(&out, c) == total(p, c));
	prof_profile_release(&out);
}

/* Times part samples, and the earliest is 0. */
static void
timed(const struct prof_profile *p, const struct prof_profile *t)
{
	bool first = t->time == NULL;
	unsigned c;
	uint32_t i;

	PROF_ASSERT(t->ntypes == p->ntypes && t->nsamples >= p->nsamples);
	for (c = 0; c < p->ntypes; c++)
		PROF_ASSERT(total(t, c) == total(p, c));
	for (i = 0; t->time != NULL && i < t->nsamples; i++) {
		PROF_ASSERT(t->time[i] >= 0);
		first |= t->time[i] == 0;
	}
	PROF_ASSERT(first);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct prof_profile p = { 0 }, t = { 0 };

	prof_perf_bid(data, size);
	if (read_all(data, size, false, &p) == PROF_OK) {
		canonical(&p);
		if (read_all(data, size, true, &t) == PROF_OK)
			timed(&p, &t);
	}
	prof_profile_release(&p);
	prof_profile_release(&t);
	return 0;
}
