/* SPDX-License-Identifier: MIT */
#ifndef PROF_META_H
#define PROF_META_H

#include "libanalysis/num.h"
#include "libanalysis/recorded.h"
#include "libanalysis/tables.h"

/* What a profile says beside its samples. */

/* What a column of edges counts. */
enum prof_edge_role {
	PROF_EDGE_CALLS,	/* all calls; type "calls", unit "count" */
	PROF_EDGE_PRIMITIVE,	/* those that are not recursive */
	PROF_EDGE_SELF,		/* of the callee itself, in type's unit */
	PROF_EDGE_TOTAL,	/* with its callees, outermost activations */
	PROF_EDGE_ROLES
};

static inline const char *
prof_edge_role_name(enum prof_edge_role role)
{
	static const char *const names[PROF_EDGE_ROLES] = {
		[PROF_EDGE_CALLS] = "calls",
		[PROF_EDGE_PRIMITIVE] = "primitive",
		[PROF_EDGE_SELF] = "self", [PROF_EDGE_TOTAL] = "total"
	};

	return names[role];
}

/*
 * Numbers of formats that know callers and callees but no stacks.  A row
 * with caller 0 is about the function callee itself, over all its callers;
 * another is about its calls from caller at line (0: not known).  There is
 * at most one column of calls and of primitive calls; each value column of
 * the profile has one of self and one of total with the type and unit of
 * that column, in that order.
 */
struct prof_edges {
	prof_fn *caller, *callee;
	int64_t *line;
	int64_t *value[PROF_EDGE_COLS_MAX];
	struct prof_type type[PROF_EDGE_COLS_MAX];
	uint8_t role[PROF_EDGE_COLS_MAX];	/* enum prof_edge_role */
	/* rows with a caller are measured, as all others; else estimated */
	bool exact[PROF_EDGE_COLS_MAX];
	/* largest rounding error of a value, in its integers; 0: none */
	int64_t error[PROF_EDGE_COLS_MAX];
	unsigned ntypes;
	uint32_t n;
	size_t cap;
};

/* A function for what printing with few decimals lost or added to others. */
#define PROF_ROUNDING_NAME "[rounding]"

#define PROF_NOTE_PLACES 5

/* One kind of trouble met while reading: how often, and where first. */
struct prof_note {
	prof_str text;
	uint64_t count;
	uint64_t where[PROF_NOTE_PLACES];	/* line or offset; 0 is none */
	bool skipped;		/* records were left out, not just odd */
};

/*
 * What differed between merged inputs, so that the merge had to give it up
 * (or, for PERIOD, took the largest).  Kept with the profile: a later merge
 * must not take the field up again.
 */
enum {
	PROF_DIFFER_DOC_URL = 1,
	PROF_DIFFER_DEFAULT = 2,	/* sample type shown by default */
	PROF_DIFFER_DROP = 4,
	PROF_DIFFER_KEEP = 8,
	PROF_DIFFER_PERIOD = 16,	/* its value */
	PROF_DIFFER_PERIOD_TYPE = 32,
	PROF_DIFFER_FORMAT = 64,
	PROF_DIFFER_TYPES = 128,	/* not all had the same sample types */
	PROF_DIFFER_DIALECT = 256,
	PROF_DIFFER_EDGES = 512	/* not all knew callers and callees */
};

struct prof_meta {
	int64_t time_ns;	/* since 1970; 0: not known */
	int64_t duration_ns;	/* 0: not known */
	prof_str period_type, period_unit;
	int64_t period;
	prof_str default_type;	/* type name shown by default; 0: the last */
	prof_str doc_url, drop_frames, keep_frames;
	prof_str format;	/* name of the reader */
	prof_str dialect;	/* variety of that format, 0 if there is one */
	uint64_t inputs;	/* recordings merged into this; 0 counts as 1 */
	uint64_t failed;	/* inputs that -k left out */
	uint32_t differ;	/* PROF_DIFFER_* */
	/*
	 * Stacks are made from edges, all or some.  If there are edges, they
	 * cover all samples; without this, samples come on top of edges.
	 */
	bool estimated;
	/*
	 * What 100 % is, by column, where that is not what is left: samples
	 * were filtered.  Otherwise the sum of absolute values.
	 */
	bool has_whole;
	bool difference;	/* of it some values were negative */
	prof_i128 whole[PROF_COLS_MAX];
	/* By column; filters keep it, and no file does. */
	struct prof_recorded recorded[PROF_COLS_MAX];
};

#endif
