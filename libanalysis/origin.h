/* SPDX-License-Identifier: MIT */
#ifndef PROF_ORIGIN_H
#define PROF_ORIGIN_H

#include "libanalysis/profile.h"

/* Whose code a frame is. */
enum prof_origin {
	PROF_ORIGIN_USER,	/* the program and its libraries */
	PROF_ORIGIN_RUNTIME,	/* of its language: interpreter, collector */
	PROF_ORIGIN_SYSTEM,	/* the C library, the loader, vdso */
	PROF_ORIGIN_KERNEL
};

/* What is known of a frame; texts are NUL-terminated, "" if not known. */
struct prof_place {
	const char *name;	/* of the function */
	const char *file;	/* its source */
	const char *module;	/* file name of the mapping */
	uint8_t kind;		/* enum prof_kind */
};

/* f NULL: no function is known. */
struct prof_place prof_place_of(const struct prof_profile *p,
    const struct prof_location *l, const struct prof_function *f);

/*
 * By kind, then module, then source file, then name: names decide only
 * where they cannot be a user's, or where no module is known.
 */
enum prof_origin prof_origin_of(const struct prof_place *place);

/*
 * Remove frames that are not the user's, as --hide does (filter.h); returns
 * whether there were any.
 */
bool prof_filter_hide_system(struct prof_profile *p);

#endif
