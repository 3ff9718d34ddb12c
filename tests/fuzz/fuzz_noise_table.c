/* SPDX-License-Identifier: MIT */
/*
 * A table of noise: what is read is written, and read again as the same.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "libanalysis/noise_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
try_read(const void *data, size_t size, struct prof_buf *written)
{
	struct prof_limits limits = prof_limits_default;
	struct prof_noise_table t;
	struct prof_err err = { 0 };
	struct prof_in *in;
	struct prof_out *out;
	struct prof_row row = { .name = "f", .name_len = 1, .file = "a.c",
	    .file_len = 3, .module = "" };
	int rc;

	limits.max_input = 1 << 22;
	in = prof_in_memory(data, size, "fuzz", &limits);
	rc = prof_noise_table_read(&t, in, &err);
	prof_in_close(in);
	PROF_ASSERT(rc == err.code);
	PROF_ASSERT(rc == PROF_OK || strlen(err.msg) > 0);
	if (rc == PROF_OK) {
		out = prof_out_buf(written);
		prof_noise_table_write(&t, out);
		PROF_ASSERT(prof_out_finish(out, &err) == PROF_OK);
		PROF_ASSERT(prof_noise_table_find(&t, PROF_JUDGED_SELF,
		    &row) >= -1);
	}
	prof_noise_table_release(&t);
	return rc;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct prof_buf one = { 0 }, two = { 0 };

	if (try_read(data, size, &one) == PROF_OK) {
		PROF_ASSERT(try_read(one.data, one.len, &two) == PROF_OK);
		PROF_ASSERT(one.len == two.len &&
		    memcmp(one.data, two.data, one.len) == 0);
	}
	prof_buf_release(&one);
	prof_buf_release(&two);
	return 0;
}
