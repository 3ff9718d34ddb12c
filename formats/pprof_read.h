/* SPDX-License-Identifier: MIT */
#ifndef PROF_PPROF_READ_H
#define PROF_PPROF_READ_H

#include "formats/pprof_ids.h"
#include "formats/wire.h"
#include "libanalysis/buf.h"
#include "libanalysis/builder.h"
#include "libanalysis/in.h"
#include "libanalysis/profile.h"

/*
 * The state of the pprof reader, shared by its files.  Errors are as in
 * formats/wire.h: who takes a message off the input puts its place in front.
 *
 * Until prof_pprof_resolve, ids of strings in p are indices into the
 * string table of the file, ids of rows are keys (formats/pprof_ids.h), and
 * the label set of a sample is an id of sets.
 */

/* A string of the header. */
enum prof_pprof_head {
	PROF_PPROF_DROP,
	PROF_PPROF_KEEP,
	PROF_PPROF_PERIOD_TYPE,
	PROF_PPROF_PERIOD_UNIT,
	PROF_PPROF_DEFAULT,
	PROF_PPROF_DOC_URL,
	PROF_PPROF_HEADS
};

/* What field 15000 said; see formats/pprof.h. */
struct prof_pprof_extra {
	bool marked;		/* the mark was there and is understood */
	bool trusted;		/* the seal fits */
	bool ignored;
	bool ended;
	uint32_t flags;		/* PROF_PPROF_* */
	uint64_t digest;
	uint64_t next[PROF_COLS_MAX + 1];	/* by column: values so far */
	struct prof_arena arena;
};

/* One sample: the one in hand, or the one before, which is stored later. */
struct prof_pprof_sample {
	uint32_t *frame;	/* keys */
	size_t nframe, frame_cap;
	uint64_t hash;		/* of them */
	int64_t value[PROF_COLS_MAX];
	unsigned nvalue;
	prof_set set;
	uint64_t at, number;	/* offset; from 0 */
};

/* One profile being read. */
struct prof_pprof {
	struct prof_in *in;
	const struct prof_limits *limits;
	struct prof_profile *p;
	struct prof_builder b;
	uint64_t start, at;	/* offset of the profile, of its message */
	uint64_t count[16];	/* messages so far, by field number */

	prof_str *str;		/* the string table */
	size_t nstr, str_cap;
	uint32_t max_index;	/* largest index that was met */
	uint64_t head_at[PROF_PPROF_HEADS];
	uint64_t type_at[PROF_COLS_MAX];
	struct prof_type type[PROF_COLS_MAX];

	struct prof_pprof_ids mapping, location, function;
	struct prof_line *line;	/* of the location in hand */
	size_t nline, line_cap;

	struct prof_pprof_sample sample[2], *hand, *last;
	bool waiting;		/* last is to be stored */
	uint64_t nlabel;
	struct prof_buf label;	/* label fields of a sample, as they came */
	struct prof_strs sets;	/* distinct ones */
	uint64_t *fresh;	/* bit by sample: it began a row */
	size_t nfresh, fresh_cap;
	uint64_t nnegative, negative_at[PROF_NOTE_PLACES];

	unsigned tries;		/* members that were tested as a whole */
	uint64_t tried;		/* bytes of the last one */
	struct prof_pprof_extra extra;
};

/*
 * Take the index of a string of the field called name; PROF_EFORMAT when no
 * table could have it.
 */
int prof_pprof_index(struct prof_pprof *r, int64_t v, const char *name,
    prof_str *index, struct prof_err *err);

/* Where p keeps a string of the header. */
prof_str *prof_pprof_head(struct prof_profile *p, enum prof_pprof_head h);

/* Take one message of the field of that name. */
int prof_pprof_sample(struct prof_pprof *r,
    const struct prof_wire_field *f, struct prof_err *err);

/* Store the last sample; to be called before the rows are looked at. */
int prof_pprof_flush(struct prof_pprof *r, struct prof_err *err);

int prof_pprof_mapping(struct prof_pprof *r,
    const struct prof_wire_field *f, struct prof_err *err);
int prof_pprof_location(struct prof_pprof *r,
    const struct prof_wire_field *f, struct prof_err *err);
int prof_pprof_function(struct prof_pprof *r,
    const struct prof_wire_field *f, struct prof_err *err);

/* Whether what was read is a profile by itself. */
bool prof_pprof_complete(struct prof_pprof *r);

/* Turn keys and indices into ids; names the first one that is not there. */
int prof_pprof_resolve(struct prof_pprof *r, struct prof_err *err);

/* Take one message Extra. */
int prof_pprof_extra(struct prof_pprof *r,
    const struct prof_wire_field *f, struct prof_err *err);

/* After resolve: is it all there? */
int prof_pprof_extra_finish(struct prof_pprof *r, struct prof_err *err);

/* Bits of evidence in head[0..n). */
int prof_pprof_bid(const unsigned char *head, size_t n);

#endif
