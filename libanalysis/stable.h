/* SPDX-License-Identifier: MIT */
#ifndef PROF_STABLE_H
#define PROF_STABLE_H

#include "libanalysis/buf.h"
#include "libanalysis/profile.h"

/*
 * Names without what changes from build to build or run to run: numbers of
 * lambdas, proxies and generated classes, clones of the compiler, Rust's
 * hashes, offsets, lines, versions of modules.  Numbers of Go's closures
 * ("main.func1") stay: they are their names, in the order of the source,
 * and without them different code would be one.
 *
 * Each returns whether anything was left out, and otherwise leaves out,
 * which must be empty, empty.  Doing it twice changes nothing more.
 *
 * Cost: O(len).
 */
bool prof_stable_name(const char *s, size_t len, struct prof_buf *out);

/* The same for a file: versions of modules only. */
bool prof_stable_file(const char *s, size_t len, struct prof_buf *out);

/* Rewrite all functions (linker names, too) and modules of a profile. */
void prof_stable_names(struct prof_profile *p);

#endif
