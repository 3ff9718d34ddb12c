/* SPDX-License-Identifier: MIT */
#ifndef PROF_PPROF_H
#define PROF_PPROF_H

#include <stddef.h>
#include <stdint.h>

#include "libanalysis/hash.h"

/*
 * Field 15000 of a profile holds what pprof has no place for, in messages
 * Extra (formats/profile.proto) that other readers skip.  The first is the
 * first field of the file and holds a mark, which tells how to read the
 * samples.  The others are the last fields: a seal, then one part each, and
 * the last says so.  When the digest or the count in the seal does not fit
 * what was read, or there is no mark in front, another program has changed
 * the profile: then all of it is ignored, with a note.
 *
 * Parts come in the order of Extra's fields; values of a column, kinds of
 * locations and edges are parted into pieces that follow each other.
 */
#define PROF_PPROF_EXTRA 15000	/* field number */
#define PROF_PPROF_VERSION 1
#define PROF_PPROF_PIECE 4096	/* numbers in one message, at most */
#define PROF_PPROF_NOTES 65536	/* more are not kept */

/* Flags of a mark. */
enum {
	PROF_PPROF_ROWS = 1,	/* there are numbers for each sample */
	PROF_PPROF_TIMES = 2,	/* among them its time */
	PROF_PPROF_ZEROS = 4	/* labels that are 0 without unit count */
};

/*
 * The digest of a seal goes over the bodies of all messages of the fields 1
 * to 5 in the order of the file, and begins as PROF_HASH_FIXED.
 */
static inline uint64_t
prof_pprof_digest(uint64_t digest, uint32_t number, const void *body,
    size_t len)
{
	return prof_hash_bytes(digest ^ number, body, len);
}

#endif
