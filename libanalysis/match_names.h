/* SPDX-License-Identifier: MIT */
#ifndef PROF_MATCH_NAMES_H
#define PROF_MATCH_NAMES_H

#include "libanalysis/buf.h"
#include "libanalysis/match.h"

/*
 * A name without what builds change: prof_stable_name, and numbers of Go's
 * closures ("main.f.func1.2" is "main.f.func"), its type arguments
 * ("[...]"), ABI tags and inline namespaces of C++, addresses of Python's
 * objects.  Different code may be called the same by it, so that a name
 * decides only where it is unique.
 *
 * out: the name, which is s where nothing was left out.
 */
void prof_match_name(const char *s, size_t len, struct prof_buf *out);

/*
 * Versions of Python call one function "{sum}", "{built-in method sum}" or
 * "{built-in method builtins.sum}": where what they have in common begins.
 */
size_t prof_match_python(const char *s, size_t len);

/*
 * Join classes that are left over and have one stable name, if nothing else
 * has it; or else, of all that have it, nothing else with the same file;
 * or folder, or module; or, of clones, the same part of the function
 * (".cold", ".part").  Files and modules that are known on both sides must
 * have the same base name, apart from programs.
 *
 * Cost: O(bytes of names), if anything is left over on both sides.
 */
void prof_match_stable(struct prof_match *m);

#endif
