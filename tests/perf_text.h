/* SPDX-License-Identifier: MIT */
#ifndef TESTS_PERF_TEXT_H
#define TESTS_PERF_TEXT_H

/* What the suites of the perf reader share: read, and show. */

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/perf.h"
#include "libanalysis/buf.h"
#include "libanalysis/check.h"
#include "libanalysis/nomem.h"
#include "tests/support.h"

extern const struct prof_reader prof_perf_reader;

static struct prof_profile p;
static struct prof_err err;
static struct prof_buf shown;

static inline void
setup(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
	memset(&shown, 0, sizeof shown);
}

static inline void
teardown(void)
{
	prof_profile_release(&p);
	prof_buf_release(&shown);
}

static inline int
read_limited(const void *text, size_t len, const struct prof_limits *limits)
{
	struct prof_in *in = prof_in_memory(text, len, "test", limits);
	int rc;

	prof_profile_release(&p);
	memset(&err, 0, sizeof err);
	rc = prof_perf_reader.read(in, NULL, &p, &err);
	prof_in_close(in);
	ck_assert_int_eq(rc, err.code);
	if (rc == PROF_OK)
		ck_assert_msg(prof_profile_check(&p, &err) == PROF_OK, "%s",
		    err.msg);
	return rc;
}

static inline int
read_text(const char *text)
{
	return read_limited(text, strlen(text), NULL);
}

static inline void
must_read(const char *text)
{
	int rc = read_text(text);

	ck_assert_msg(rc == PROF_OK, "%s", err.msg);
}

static inline void
must_fail(const char *text, int code, const char *why)
{
	ck_assert_int_eq(read_text(text), code);
	ck_assert_msg(strstr(err.msg, why) != NULL, "not '%s': %s", why,
	    err.msg);
}

/* The lines of a frame, outermost first, with '~' before the inlined. */
static inline void
show_frame(prof_loc id)
{
	const struct prof_location *l = prof_profile_loc(&p, id);
	const struct prof_function *f;
	uint32_t i;

	if (l->nlines == 0)
		prof_buf_addf(&shown, "0x%llx",
		    (unsigned long long)l->address);
	for (i = l->nlines; i > 0; i--) {
		f = prof_profile_fn(&p, p.line[l->first_line + i - 1].fn);
		if (i < l->nlines)
			prof_buf_addc(&shown, ';');
		if (i < l->nlines || (l->flags & PROF_LOC_INLINED) != 0)
			prof_buf_addc(&shown, '~');
		prof_buf_add(&shown, prof_profile_str(&p, f->name),
		    prof_strs_len(&p.strs, f->name));
	}
}

/* "root;leaf 1 2" of a sample row. */
static inline const char *
row(uint32_t i)
{
	const prof_loc *loc;
	size_t n;
	unsigned c;

	ck_assert_uint_lt(i, p.nsamples);
	prof_buf_clear(&shown);
	loc = prof_profile_stack(&p, p.stack[i], &n);
	while (n-- > 0) {
		show_frame(loc[n]);
		if (n > 0)
			prof_buf_addc(&shown, ';');
	}
	for (c = 0; c < p.ntypes; c++)
		prof_buf_addf(&shown, " %lld", (long long)p.value[c][i]);
	return prof_buf_str(&shown);
}

/* "comm=x cpu=1" of a sample row. */
static inline const char *
labels(uint32_t i)
{
	const struct prof_label *l;
	size_t n, k;

	ck_assert_uint_lt(i, p.nsamples);
	prof_buf_clear(&shown);
	l = prof_profile_set(&p, p.set[i], &n);
	for (k = 0; k < n; k++) {
		prof_buf_addf(&shown, k > 0 ? " %s=" : "%s=",
		    prof_profile_str(&p, l[k].key));
		if (l[k].str != 0)
			prof_buf_adds(&shown, prof_profile_str(&p, l[k].str));
		else
			prof_buf_addi(&shown, l[k].num);
	}
	return prof_buf_str(&shown);
}

/* "cycles/count cpu-clock/nanoseconds". */
static inline const char *
types(void)
{
	unsigned c;

	prof_buf_clear(&shown);
	for (c = 0; c < p.ntypes; c++)
		prof_buf_addf(&shown, c > 0 ? " %s/%s" : "%s/%s",
		    prof_profile_str(&p, p.type[c].type),
		    prof_profile_str(&p, p.type[c].unit));
	return prof_buf_str(&shown);
}

/* How often trouble was noted whose text has this word; -1: never. */
static inline int64_t
noted(const char *word, bool skipped)
{
	uint32_t i;

	for (i = 0; i < p.nnotes; i++)
		if (strstr(prof_profile_str(&p, p.note[i].text), word) &&
		    p.note[i].skipped == skipped)
			return (int64_t)p.note[i].count;
	return -1;
}

/* The leaf of a sample row. */
static inline const struct prof_location *
leaf(uint32_t i)
{
	size_t n;
	const prof_loc *loc = prof_profile_stack(&p, p.stack[i], &n);

	ck_assert_uint_gt(n, 0);
	return prof_profile_loc(&p, loc[0]);
}

#endif
