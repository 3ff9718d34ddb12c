/* SPDX-License-Identifier: MIT */
#ifndef CMD_GIT_H
#define CMD_GIT_H

#include "cmd/sides.h"

/*
 * --git: the operands are what git gives an external diff: PATH OLD-FILE
 * OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE, then NEW-PATH and a text if
 * the file was renamed; or PATH alone, for one that is not merged.  Print
 * "diff PATH" and make both files the operands.  From here on a failure is a
 * line on standard output and status 0: git takes another status for a
 * fault of its own.
 */
void git_begin(struct options *o);

/* Call the sides by their paths in the repository, not by git's files. */
void git_names(struct sides *s);

#endif
