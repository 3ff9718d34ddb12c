/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdint.h>

#include "formats/format.h"
#include "libanalysis/check.h"

extern const struct prof_reader prof_pstats_reader;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The roles of every profile, and nothing that takes part in no row. */
static void
check_edges(const struct prof_profile *p)
{
	const struct prof_edges *e = &p->edges;
	uint32_t i;

	PROF_ASSERT(e->ntypes == 4 && p->ntypes == 1 && p->nsamples == 0);
	PROF_ASSERT(e->n >= p->nfn);
	for (i = 0; i < p->nfn; i++)
		PROF_ASSERT(e->caller[i] == 0 && e->callee[i] == i + 1);
	for (; i < e->n; i++)
		PROF_ASSERT(e->caller[i] != 0);
}

/* Several profiles; each must take something of the input. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct prof_in *in = prof_in_memory(data, size, "fuzz", NULL);
	struct prof_profile p = { 0 };
	struct prof_err err = { 0 };
	const unsigned char *head;
	uint64_t at;
	size_t n;
	int rc = PROF_OK;

	prof_pstats_reader.bid(data, size);
	while (rc == PROF_OK && prof_in_peek(in, 1, &head, &n, &err) ==
	    PROF_OK && n > 0) {
		at = prof_in_offset(in);
		rc = prof_pstats_reader.read(in, NULL, &p, &err);
		PROF_ASSERT(rc == err.code);
		PROF_ASSERT(rc != PROF_OK || prof_in_offset(in) > at);
		if (rc == PROF_OK) {
			PROF_ASSERT(prof_profile_check(&p, &err) == PROF_OK);
			check_edges(&p);
		}
		prof_profile_release(&p);
	}
	prof_in_close(in);
	return 0;
}
