/* SPDX-License-Identifier: MIT */
#ifndef TESTS_FOLDED_TEXT_H
#define TESTS_FOLDED_TEXT_H

/* What the suites of the collapsed-stack reader share: read, and show. */

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/buf.h"
#include "libanalysis/check.h"
#include "libanalysis/nomem.h"

extern const struct prof_reader prof_folded_reader;

static struct prof_profile p;
static struct prof_err err;
static struct prof_buf shown;

static void
setup(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
	memset(&shown, 0, sizeof shown);
}

static void
teardown(void)
{
	prof_profile_release(&p);
	prof_buf_release(&shown);
}

static int
read_limited(const char *dialect, const void *text, size_t len,
    const struct prof_limits *limits)
{
	struct prof_in *in = prof_in_memory(text, len, "test", limits);
	int rc;

	prof_profile_release(&p);
	memset(&err, 0, sizeof err);
	rc = prof_folded_reader.read(in, dialect, &p, &err);
	prof_in_close(in);
	ck_assert_int_eq(rc, err.code);
	if (rc == PROF_OK)
		ck_assert_msg(prof_profile_check(&p, &err) == PROF_OK, "%s",
		    err.msg);
	return rc;
}

static int
read_as(const char *dialect, const char *text)
{
	return read_limited(dialect, text, strlen(text), NULL);
}

static void
must_read(const char *text)
{
	int rc = read_as(NULL, text);

	ck_assert_msg(rc == PROF_OK, "%s", err.msg);
}

static void
show_frame(prof_loc id)
{
	const struct prof_location *l = prof_profile_loc(&p, id);
	const struct prof_function *f;

	ck_assert_uint_eq(l->nlines, 1);
	f = prof_profile_fn(&p, p.line[l->first_line].fn);
	prof_buf_add(&shown, prof_profile_str(&p, f->name),
	    prof_strs_len(&p.strs, f->name));
}

/* "root;leaf 1 2" of a sample row. */
static const char *
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

static inline const struct prof_note *
find_note(const char *word)
{
	uint32_t i;

	for (i = 0; i < p.nnotes; i++)
		if (strstr(prof_profile_str(&p, p.note[i].text), word))
			return &p.note[i];
	ck_abort_msg("no note says '%s'", word);
}

static inline const struct prof_location *
leaf(uint32_t i)
{
	size_t n;

	return prof_profile_loc(&p, *prof_profile_stack(&p, p.stack[i], &n));
}

#endif
