/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdint.h>

#include "formats/format.h"
#include "libanalysis/calltree.h"
#include "libanalysis/check.h"

extern const struct prof_reader prof_cprofile_reader;
extern const struct prof_writer prof_cprofile_writer;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_again(const struct prof_buf *bytes)
{
	struct prof_in *in = prof_in_memory(bytes->data, bytes->len, "again",
	    NULL);
	struct prof_profile p = { 0 };
	struct prof_err err = { 0 };

	PROF_ASSERT(prof_cprofile_reader.read(in, NULL, &p, &err) ==
	    PROF_OK);
	PROF_ASSERT(prof_profile_check(&p, &err) == PROF_OK);
	prof_profile_release(&p);
	prof_in_close(in);
}

/* What was read can be written, and that can be read. */
static void
write_it(const struct prof_profile *p)
{
	struct prof_write_opts opts = { 0 };
	struct prof_buf bytes = { 0 };
	struct prof_out *out = prof_out_buf(&bytes);
	struct prof_err err = { 0 };
	int rc = prof_cprofile_writer.write(p, &opts, out, &err);

	PROF_ASSERT(rc == err.code);
	PROF_ASSERT(prof_out_finish(out, &err) == PROF_OK || rc != PROF_OK);
	if (rc == PROF_OK)
		read_again(&bytes);
	prof_buf_release(&bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct prof_in *in = prof_in_memory(data, size, "fuzz", NULL);
	struct prof_profile p = { 0 };
	struct prof_err err = { 0 };
	int rc;

	prof_cprofile_reader.bid(data, size);
	rc = prof_cprofile_reader.read(in, NULL, &p, &err);
	PROF_ASSERT(rc == err.code);
	if (rc == PROF_OK) {
		PROF_ASSERT(prof_profile_check(&p, &err) == PROF_OK);
		PROF_ASSERT(p.nsamples == 0 && p.ntypes == 1);
		write_it(&p);
		rc = prof_calltree_estimate(&p, &err);
		PROF_ASSERT(rc == err.code);
		if (rc == PROF_OK)
			PROF_ASSERT(prof_profile_check(&p, &err) == PROF_OK);
	}
	prof_profile_release(&p);
	prof_in_close(in);
	return 0;
}
