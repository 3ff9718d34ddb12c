/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <stdint.h>

#include "formats/format.h"
#include "libanalysis/buf.h"
#include "libanalysis/check.h"
#include "libanalysis/num.h"

extern const struct prof_reader prof_folded_reader;
extern const struct prof_writer prof_folded_writer;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
read_all(const void *data, size_t size, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	struct prof_in *in = prof_in_memory(data, size, "fuzz", NULL);
	int rc = prof_folded_reader.read(in, NULL, p, &err);

	PROF_ASSERT(rc == err.code);
	prof_in_close(in);
	if (rc == PROF_OK)
		PROF_ASSERT(prof_profile_check(p, &err) == PROF_OK);
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

/* The sum in whole units, half a unit up. */
static prof_i128
rounded_total(const struct prof_profile *p, unsigned column)
{
	prof_i128 den = p->type[column].den;
	prof_i128 twice = 2 * total(p, column) + den;

	return twice / (2 * den) - (twice % (2 * den) < 0);
}

/* What is written must be detected, and read to the same sum. */
static void
round_trip(const struct prof_profile *p, unsigned column)
{
	struct prof_write_opts opts = { .column = column };
	struct prof_buf text = { 0 };
	struct prof_profile back = { 0 };
	struct prof_err err = { 0 };
	struct prof_out *out = prof_out_buf(&text);
	int rc = prof_folded_writer.write(p, &opts, out, &err);

	PROF_ASSERT(prof_out_finish(out, NULL) == PROF_OK);
	PROF_ASSERT(rc == PROF_OK || rc == PROF_ERANGE);
	if (rc == PROF_OK && text.len > 0) {
		PROF_ASSERT(prof_folded_reader.bid((const unsigned char *)
		    text.data, text.len < 65536 ? text.len : 65536) > 0);
		PROF_ASSERT(read_all(text.data, text.len, &back) == PROF_OK);
		PROF_ASSERT(total(&back, 0) == rounded_total(p, column));
	}
	prof_profile_release(&back);
	prof_buf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct prof_profile p = { 0 };
	unsigned c;

	prof_folded_reader.bid(data, size);
	if (read_all(data, size, &p) == PROF_OK)
		for (c = 0; c < p.ntypes; c++)
			round_trip(&p, c);
	prof_profile_release(&p);
	return 0;
}
