/* SPDX-License-Identifier: MIT */
#ifndef CMD_SOURCES_H
#define CMD_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/options.h"
#include "libanalysis/map.h"

/*
 * Source files that a profile names.  The names come out of an input, so
 * they open nothing but regular files below the roots (--source, else the
 * current directory): ".." is resolved in the text, a symbolic link must
 * lead below the root again, and sizes are limited.
 */
struct sources {
	struct root {
		char *path;		/* absolute, without links */
		const char *given;	/* as the user wrote it */
		int fd;
	} *root;
	size_t nroots;
	const struct words *trim;	/* --trim-path; borrowed */
	uint64_t max;			/* bytes of one file */
	struct source {
		char *path;		/* as the profile has it */
		enum source_state {
			SOURCE_MISSING,
			SOURCE_LARGE,	/* beyond max */
			SOURCE_READ
		} state;
		char *text;		/* NULL: not in memory (any more) */
		size_t len;
		size_t *mark;		/* start of each SOURCE_STEPth line */
		size_t nmarks, mark_cap;
		uint64_t nlines;
	} *source;
	uint32_t n;
	size_t cap;
	uint64_t seed;
	struct prof_map map;
	uint64_t held;			/* bytes of all texts */
};

/* A root that cannot be opened is exit 2. */
void sources_init(struct sources *s, const struct options *o);
void sources_release(struct sources *s);

/*
 * The file that a profile calls path: as recorded if that is below a root,
 * then behind a --trim-path prefix or else the root's own name found in it,
 * then with less and less of its beginning; the first root that has one.
 * Valid until the next call.
 */
const struct source *sources_get(struct sources *s, const char *path);

/*
 * Line (from 1) without its end; NULL when there is none.  At most
 * SOURCE_LINE bytes; *cut tells whether there were more.
 */
#define SOURCE_LINE 1000
#define SOURCE_STEP 64
const char *source_line(const struct source *f, int64_t line, size_t *len,
    bool *cut);

#endif
