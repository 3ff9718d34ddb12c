/* SPDX-License-Identifier: MIT */
#ifndef PROF_CPROFILE_WRITE_H
#define PROF_CPROFILE_WRITE_H

#include "formats/cprofile.h"
#include "libanalysis/arena.h"
#include "libanalysis/map.h"

/* A function as the file knows it; texts are valid for Python. */
struct prof_cprofile_key {
	prof_str file, name;
	int64_t line;
};

/* What passes from caller to callee; caller 0: all about callee. */
struct prof_cprofile_pair {
	uint32_t caller, callee;	/* ids of keys */
	uint32_t stamp;			/* the stack last counted */
	prof_i128 value[PROF_CPROFILE_COLUMNS];
};

/* The rows of a file to be, in any order. */
struct prof_cprofile_rows {
	const struct prof_profile *p;
	bool profile;		/* functions of C look as profile has them */
	struct prof_strs strs;
	struct prof_cprofile_key *key;
	uint32_t nkeys;
	struct prof_cprofile_pair *pair;
	uint32_t npairs;
	struct prof_map keys, pairs;
	uint64_t seed;
	size_t key_cap, pair_cap;
};

void prof_cprofile_rows_init(struct prof_cprofile_rows *w,
    const struct prof_profile *p);
void prof_cprofile_rows_release(struct prof_cprofile_rows *w);

/* The key of a function; texts are raw bytes. */
uint32_t prof_cprofile_key(struct prof_cprofile_rows *w, const char *file,
    size_t file_len, int64_t line, const char *name, size_t name_len);

/* The pair of two keys, all 0 when it is new; valid until the next call. */
struct prof_cprofile_pair *prof_cprofile_pair(struct prof_cprofile_rows *w,
    uint32_t caller, uint32_t callee);

/* Add the profile's edges; columns: by PROF_CPROFILE_CALLS ..., or -1. */
void prof_cprofile_add_edges(struct prof_cprofile_rows *w,
    const int *columns);

/*
 * Add the profile's samples: calls are numbers of samples.
 *
 * Returns PROF_OK, or PROF_ERANGE when the sum of a stack leaves 64 bits.
 */
int prof_cprofile_add_samples(struct prof_cprofile_rows *w, unsigned column,
    struct prof_err *err);

#endif
