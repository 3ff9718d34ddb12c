/* SPDX-License-Identifier: MIT */
#ifndef CMD_SETS_H
#define CMD_SETS_H

#include "cmd/options.h"

/*
 * What an operand or argument stands for where runs are compared: the file
 * of that name or standard input; the regular files of a directory, without
 * those whose names begin with a dot; or, if no file has that name, the
 * regular files that match it as a shell's pattern.  A name that no file
 * has, and that is no pattern, stands for itself: the loader says why not.
 *
 * A file that is there twice is warned of.
 *
 * out: words are appended, those of all sets in byte order, equal ones as
 *      given; new names live as long as the process.
 */
void sets_expand(const struct words *sets, size_t from, size_t to,
    struct words *out);

/* Whether no file, directory or pattern in it leads to any file. */
bool sets_missing(const struct words *sets, size_t from, size_t to);

#endif
