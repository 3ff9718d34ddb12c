/* SPDX-License-Identifier: MIT */
#ifndef TESTS_MARSHAL_BYTES_H
#define TESTS_MARSHAL_BYTES_H

/* Files of cProfile, made byte by byte, and what the reader makes of them. */

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "libanalysis/check.h"
#include "libanalysis/nomem.h"
#include "tests/support.h"

extern const struct prof_reader prof_cprofile_reader;

static struct prof_profile p;
static struct prof_err err;
static struct prof_buf b, shown;

static void
setup(void)
{
	memset(&p, 0, sizeof p);
	memset(&err, 0, sizeof err);
	memset(&b, 0, sizeof b);
	memset(&shown, 0, sizeof shown);
}

static void
teardown(void)
{
	prof_profile_release(&p);
	prof_buf_release(&b);
	prof_buf_release(&shown);
}

static inline void
put(const char *bytes, size_t n)
{
	prof_buf_add(&b, bytes, n);
}

/* A string literal with zeros in it. */
#define PUT(s) put(s, sizeof(s) - 1)

static inline void
put_number(uint64_t v, unsigned size)
{
	for (; size > 0; size--, v >>= 8)
		prof_buf_addc(&b, (char)(v & 0xff));
}

static inline void
put_int(int32_t v)
{
	prof_buf_addc(&b, 'i');
	put_number((uint32_t)v, 4);
}

static inline void
put_double(double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	prof_buf_addc(&b, 'g');
	put_number(bits, 8);
}

/* A text of a type, with or without FLAG_REF. */
static inline void
put_text(int type, const char *s)
{
	bool is_short = (type & 0x7f) == 'z' || (type & 0x7f) == 'Z';

	prof_buf_addc(&b, (char)type);
	put_number(strlen(s), is_short ? 1 : 4);
	prof_buf_adds(&b, s);
}

static inline void
put_tuple(uint32_t n)
{
	prof_buf_addc(&b, '(');
	put_number(n, 4);
}

static inline void
put_key(const char *file, int32_t line, const char *name)
{
	put_tuple(3);
	put_text('u', file);
	put_int(line);
	put_text('u', name);
}

/* Up to the callers, which put_key, put_edge and PUT("0") follow. */
static inline void
put_stats(int32_t cc, int32_t nc, double tt, double ct)
{
	put_tuple(5);
	put_int(cc);
	put_int(nc);
	put_double(tt);
	put_double(ct);
	PUT("{");
}

static inline void
put_edge(int32_t nc, int32_t cc, double tt, double ct)
{
	put_tuple(4);
	put_int(nc);
	put_int(cc);
	put_double(tt);
	put_double(ct);
}

/* A function without callers, complete. */
static inline void
put_function(const char *file, int32_t line, const char *name)
{
	put_key(file, line, name);
	put_stats(1, 1, 0.5, 0.5);
	PUT("0");
}

static inline int
read_bytes(const void *data, size_t len, const struct prof_limits *limits)
{
	struct prof_in *in = prof_in_memory(data, len, "test", limits);
	int rc;

	prof_profile_release(&p);
	memset(&err, 0, sizeof err);
	rc = prof_cprofile_reader.read(in, NULL, &p, &err);
	prof_in_close(in);
	ck_assert_int_eq(rc, err.code);
	if (rc == PROF_OK)
		ck_assert_msg(prof_profile_check(&p, &err) == PROF_OK, "%s",
		    err.msg);
	return rc;
}

static inline int
read_put(void)
{
	return read_bytes(b.data, b.len, NULL);
}

static inline void
must_read(void)
{
	int rc = read_put();

	ck_assert_msg(rc == PROF_OK, "%s", err.msg);
}

/* What was put is refused, with a message that says so. */
static inline void
must_refuse(const char *says)
{
	ck_assert_int_eq(read_put(), PROF_EFORMAT);
	ck_assert_msg(strstr(err.msg, says) != NULL, "%s", err.msg);
	ck_assert_msg(strncmp(err.msg, "offset ", 7) == 0, "%s", err.msg);
}

/* "file:line(name)", or the name alone without a file. */
static inline void
show_function(prof_fn id)
{
	const struct prof_function *f;

	if (id == 0)
		return;
	f = prof_profile_fn(&p, id);
	if (f->file != 0 || f->start != 0)
		prof_buf_addf(&shown, "%s:%lld(%s)", prof_profile_str(&p,
		    f->file), (long long)f->start, prof_profile_str(&p,
		    f->name));
	else
		prof_buf_adds(&shown, prof_profile_str(&p, f->name));
}

/* "caller -> callee calls primitive self total" of a row of edges. */
static inline const char *
row(uint32_t i)
{
	unsigned c;

	ck_assert_uint_lt(i, p.edges.n);
	prof_buf_clear(&shown);
	show_function(p.edges.caller[i]);
	prof_buf_adds(&shown, p.edges.caller[i] != 0 ? " -> " : "");
	show_function(p.edges.callee[i]);
	for (c = 0; c < p.edges.ntypes; c++)
		prof_buf_addf(&shown, " %lld",
		    (long long)p.edges.value[c][i]);
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

#endif
