/* SPDX-License-Identifier: MIT */
#ifndef PROF_DEMANGLE_H
#define PROF_DEMANGLE_H

#include "libanalysis/buf.h"
#include "libanalysis/profile.h"

/* How functions are called. */
enum prof_demangle {
	PROF_DEMANGLE_DEFAULT,	/* as FULL */
	PROF_DEMANGLE_NONE,	/* linker names, where they are known */
	PROF_DEMANGLE_SIMPLE,	/* no parameters, template arguments, */
				/* return types and hashes */
	PROF_DEMANGLE_FULL	/* whole names */
};

/* A longer linker name, and one that means more text, stay as they are. */
#define PROF_MANGLED_MAX 1024
#define PROF_DEMANGLED_MAX 65536

/*
 * The source name of a linker name of C++ (Itanium ABI) or Rust; what stands
 * behind it ("@plt", "+0x1f") stays.  Returns false, and leaves out as it
 * is, if name is none, or too long.  name must be NUL-terminated.
 *
 * Cost: bounded by the two limits, on the stack, too (below 2 MiB).
 */
bool prof_demangle_text(const char *name, size_t len, struct prof_buf *out);

/*
 * The name of a C++ or Rust function without parameters, template
 * arguments, return type, qualifiers, clones and Rust's hash.  Returns
 * false, and leaves out empty, if there is none of these, or the name does
 * not look like C++ or Rust.  out must be empty; doing it twice changes
 * nothing more.
 *
 * Cost: O(len).
 */
bool prof_demangle_shorten(const char *name, size_t len,
    struct prof_buf *out);

/*
 * Rewrite the names of all functions.  A name that is not told to be
 * demangled (it equals the linker name, or there is none) is demangled, and
 * stays as the linker name.
 */
void prof_demangle(struct prof_profile *p, enum prof_demangle how);

#endif
