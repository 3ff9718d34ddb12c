/* SPDX-License-Identifier: MIT */
#ifndef TESTS_WRITER_TEXT_H
#define TESTS_WRITER_TEXT_H

#include <check.h>
#include <string.h>

#include "formats/format.h"
#include "tests/make.h"

/* A profile written down in a test, and what a writer makes of it. */
static struct made m;
static struct prof_write_opts o;
static struct prof_buf out;
static struct prof_err err;

static inline void
setup(void)
{
	make_start(&m, "cpu", "nanoseconds");
	memset(&o, 0, sizeof o);
	memset(&out, 0, sizeof out);
	memset(&err, 0, sizeof err);
}

static inline void
teardown(void)
{
	make_drop(&m);
	prof_buf_release(&out);
}

static inline int
write_by(const struct prof_writer *w)
{
	struct prof_out *to;
	int rc;

	prof_buf_clear(&out);
	to = prof_out_buf(&out);
	rc = w->write(&m.p, &o, to, &err);
	ck_assert_int_eq(prof_out_finish(to, NULL), PROF_OK);
	return rc;
}

#endif
