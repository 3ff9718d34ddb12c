/* SPDX-License-Identifier: MIT */
#ifndef PROF_PATCH_H
#define PROF_PATCH_H

#include "libanalysis/in.h"

/*
 * Where the lines of old files went, by a unified diff as diff -u and git
 * write it; what is not part of one (a mail's text, "index", modes, binary
 * files) is passed over.
 */
struct prof_patch;
struct prof_patch_file;		/* one file of the old side */

/*
 * Read all of an input, which may be empty.
 *
 * Returns the patch, to be freed; NULL with an error naming the line for
 * hunks that are not as long as they say, overlap, come without a file, or
 * whose numbers do not follow from those before; for a file that is changed
 * twice, for the diff of a merge ("@@@"), and for an input with other text
 * only.
 */
struct prof_patch *prof_patch_read(struct prof_in *in, struct prof_err *err);
void prof_patch_free(struct prof_patch *p);

/* Old files that it knows. */
size_t prof_patch_files(const struct prof_patch *p);

/*
 * The file of which path[0..len) is the path: one ends with all components
 * of the other, of several the one that shares most.  NULL when there is
 * none, or no longest.
 *
 * Cost: O(files of that base name).
 */
const struct prof_patch_file *prof_patch_find(const struct prof_patch *p,
    const char *path, size_t len);

/*
 * Where an old line is now; 0: it was removed.  Of lines that were replaced
 * by as many, each is where it was.
 *
 * Cost: O(log hunks).
 */
int64_t prof_patch_line(const struct prof_patch_file *f, int64_t line);

/*
 * What a path of the file's becomes: *keep bytes of it stay, with the text
 * returned behind them; NULL if it did not change its name.
 */
const char *prof_patch_renamed(const struct prof_patch_file *f,
    const char *path, size_t len, size_t *keep);

#endif
