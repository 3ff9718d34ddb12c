/* SPDX-License-Identifier: MIT */
#ifndef PROF_LANGUAGE_H
#define PROF_LANGUAGE_H

#include "libanalysis/origin.h"

/* What a function is written in, as far as a profile tells. */
enum prof_language {
	PROF_LANGUAGE_UNKNOWN,
	PROF_LANGUAGE_C,		/* C, C++, assembler, and their kin */
	PROF_LANGUAGE_GO,
	PROF_LANGUAGE_RUST,
	PROF_LANGUAGE_JAVA,		/* and others of its machine */
	PROF_LANGUAGE_PYTHON,
	PROF_LANGUAGE_JAVASCRIPT,	/* and TypeScript */
	PROF_LANGUAGE_RUBY,
	PROF_LANGUAGE_PHP,
	PROF_LANGUAGE_PERL,
	PROF_LANGUAGE_DOTNET,
	PROF_LANGUAGE_HASKELL,
	PROF_LANGUAGE_ERLANG,		/* and Elixir */
	PROF_LANGUAGES
};

/*
 * By the suffix of the source file, then by marks and the shape of the
 * name, the module and the kind of frame.
 *
 * Cost: O(length of the texts).
 */
enum prof_language prof_language_of(const struct prof_place *place);

/* What the source file alone tells. */
enum prof_language prof_language_of_file(const char *file);

/* "Go", "C/C++"; "unknown". */
const char *prof_language_name(enum prof_language language);

/*
 * Whether the names of these languages have this shape; the source file, if
 * it is known, decides.  They overlap: ask in the order .NET, Go, Java.
 */
bool prof_looks_dotnet(const struct prof_place *place);
bool prof_looks_go(const struct prof_place *place);
bool prof_looks_java(const struct prof_place *place);

/* A symbol of C, with what linker and compiler add: "f@GLIBC_2.2". */
bool prof_looks_symbol(const char *name);

#endif
