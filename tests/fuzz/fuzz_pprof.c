/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct prof_limits small = {
	.max_input = 1 << 24,
	.max_expansion = 200,
	.max_line = 1 << 20,
	.max_depth = 10000,
	.max_strings = 10000,
	.max_labels = 100,
	.max_match = 1000
};

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static int
read_one(struct prof_in *in, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	int rc;

	memset(p, 0, sizeof *p);
	rc = prof_format_read(in, "pprof", p, &err);
	must(rc >= 0 || (err.code == rc && err.msg[0] != '\0'));
	if (rc > 0)
		must(prof_profile_check(p, &err) == PROF_OK);
	return rc;
}

static int
read_again(const struct prof_buf *b, struct prof_profile *p)
{
	struct prof_in *in = prof_in_memory(b->data, b->len, "again", NULL);
	int rc = read_one(in, p);

	prof_in_close(in);
	return rc;
}

static void
write_to(struct prof_buf *b, const struct prof_profile *p, int level)
{
	struct prof_write_opts opts = { .level = level };
	struct prof_out *out = prof_out_buf(b);
	int rc = prof_format_writer("pprof")->write(p, &opts, out, NULL);

	must(prof_out_finish(out, NULL) == PROF_OK);
	if (rc == PROF_ERANGE)
		prof_buf_clear(b);
	else
		must(rc == PROF_OK);
}

/*
 * What was read can be written and read, and once more changes nothing.  The
 * first time it may: rows that differ in a label without value become one,
 * and their sum may leave 64 bits.
 */
static void
round_trip(const struct prof_profile *p)
{
	struct prof_buf first = { 0 }, second = { 0 }, third = { 0 };
	struct prof_profile q, r;
	int rc;

	write_to(&first, p, 0);
	if (first.len > 0) {
		rc = read_again(&first, &q);
		must(rc == 1 || rc == PROF_ERANGE);
		if (rc == 1) {
			write_to(&second, &q, -1);
			must(read_again(&second, &r) == 1);
			write_to(&third, &r, -1);
			must(second.len == third.len && memcmp(second.data,
			    third.data, third.len) == 0);
			prof_profile_release(&r);
			prof_profile_release(&q);
		}
	}
	prof_buf_release(&first);
	prof_buf_release(&second);
	prof_buf_release(&third);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct prof_in *in = prof_in_memory(data, size, "input", &small);
	struct prof_profile p;
	int n;

	prof_format_reader("pprof")->bid(data, size);
	for (n = 0; n < 100 && read_one(in, &p) > 0; n++) {
		round_trip(&p);
		prof_profile_release(&p);
	}
	prof_in_close(in);
	return 0;
}
