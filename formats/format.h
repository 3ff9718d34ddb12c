/* SPDX-License-Identifier: MIT */
#ifndef PROF_FORMAT_H
#define PROF_FORMAT_H

#include <stddef.h>

#include "libanalysis/in.h"
#include "libanalysis/out.h"
#include "libanalysis/profile.h"

/*
 * One reader.  Readers see the input once, front to back, so that pipes
 * work; a format that needs to seek does not belong here.
 */
struct prof_reader {
	const char *name;	/* as given to -f: lower case, no blanks */
	const char *extensions;	/* separated by blanks; only break ties */
	const char *summary;	/* one line for `pconvert --formats` */

	/*
	 * How sure are we?  Returns the number of bits of evidence seen in
	 * head[0..n), at most 64 KiB of decompressed input, 0 for "not
	 * mine".  A four-byte magic is 32; a text line of the right shape is
	 * at most 8.
	 */
	int (*bid)(const unsigned char *head, size_t n);

	/*
	 * Read one profile into p, which is empty.  Stops behind it: a
	 * caller reads on while the input has bytes.
	 *
	 * dialect: what follows ':' in -f NAME:DIALECT, NULL without.
	 * Returns PROF_OK or a negative code; p may be half filled then.
	 */
	int (*read)(struct prof_in *in, const char *dialect,
	    struct prof_profile *p, struct prof_err *err);
};

/* What a format cannot carry; prof_writer.loses. */
enum {
	PROF_LOSES_TYPES = 1,		/* all sample types but one */
	PROF_LOSES_LABELS = 2,
	PROF_LOSES_LINES = 4,		/* file names, lines and addresses */
	PROF_LOSES_MODULES = 8,
	PROF_LOSES_METADATA = 16,	/* time, duration, period, comments */
	PROF_LOSES_EDGES = 32,
	PROF_LOSES_SCALE = 64		/* decimals are rounded */
};

struct prof_wish;

struct prof_write_opts {
	unsigned column;	/* of the one a format with one column keeps */
	int level;		/* pprof: gzip level 0 to 9, -1 for raw */
	/* dot, callgrind; zeroed: as pprof by default */
	const char *title;	/* names of the inputs; NULL: not known */
	const struct prof_wish *unit;	/* dot: of values; NULL: suits all */
	bool call_tree;		/* a node for each calling context */
	uint32_t limit;		/* dot: nodes at most; 0: 80 */
	/* dot: shares below which nodes (0.5 %), edges (0.1 %) are left out */
	int64_t node_num, node_den, edge_num, edge_den;	/* den 0: default */
};

struct prof_writer {
	const char *name;
	const char *extensions;	/* of -o FILE that choose it */
	const char *summary;
	unsigned loses;		/* PROF_LOSES_* */
	bool binary;		/* not for a terminal */

	/* p is canonical (prof_merge_finish); errors of out come later. */
	int (*write)(const struct prof_profile *p,
	    const struct prof_write_opts *opts, struct prof_out *out,
	    struct prof_err *err);
};

/* All readers and writers, ended by NULL. */
extern const struct prof_reader *const prof_readers[];
extern const struct prof_writer *const prof_writers[];

/*
 * The reader for an input, by content.
 *
 * path: for messages, and to break a tie by its extension.
 * Returns NULL with an error that names the candidates when none bids, or
 * several bid alike.
 */
const struct prof_reader *prof_format_detect(const unsigned char *head,
    size_t n, const char *path, struct prof_err *err);

/* By name as given to -f (a dialect behind ':' is ignored) or -t. */
const struct prof_reader *prof_format_reader(const char *name);
const struct prof_writer *prof_format_writer(const char *name);

/* The writer whose extension path ends in, the longest first, or NULL. */
const struct prof_writer *prof_format_writer_for(const char *path);

/*
 * Read the next profile of an input in the format that its content or name
 * tells.
 *
 * name: of the reader, maybe with a dialect, as given to -f; NULL to detect.
 * p:    empty; released when reading fails.
 * Returns 1, 0 at the end of the input, or a negative code whose message
 * begins with the name of the input.  An input without any byte is
 * PROF_EFORMAT.
 */
int prof_format_read(struct prof_in *in, const char *name,
    struct prof_profile *p, struct prof_err *err);

#endif
