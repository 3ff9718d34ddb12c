/* SPDX-License-Identifier: MIT */
#ifndef PROF_PACKAGE_H
#define PROF_PACKAGE_H

#include "libanalysis/buf.h"
#include "libanalysis/origin.h"

/*
 * Append the package a frame is from: the import path of Go, the package of
 * Java, Scala and Kotlin, the crate of Rust, the outermost namespace (or
 * class) of C++, the distribution or module of Python, the npm package of
 * JavaScript, the namespace of .NET and PHP, the gem of Ruby; [kernel]; the
 * module's file name for C; else "[unknown]".  Never empty.
 *
 * Cost: O(length of the texts).
 */
void prof_package_of(const struct prof_place *place, struct prof_buf *out);

/* Whether a base name of a module is that of a program, not a library. */
bool prof_is_program(const char *s, size_t len);

#endif
