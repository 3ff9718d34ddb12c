/* SPDX-License-Identifier: MIT */
#ifndef PROF_ERR_H
#define PROF_ERR_H

#include <stddef.h>

#if defined(__GNUC__)
#define PROF_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define PROF_PRINTF(fmt, args)
#endif

/* What went wrong.  Every function that can fail returns one of these. */
enum prof_code {
	PROF_OK = 0,
	PROF_EIO = -1,		/* the system refused to open, read or write */
	PROF_EFORMAT = -2,	/* the input breaks the rules of its format */
	PROF_EUNKNOWN = -3,	/* no reader or writer for it */
	PROF_ELIMIT = -4,	/* a documented limit was reached */
	PROF_ERANGE = -5,	/* a number does not fit 64 bits */
	PROF_EMISMATCH = -6,	/* the inputs cannot be combined */
	PROF_EPATTERN = -7,	/* a regular expression is wrong, or costly */
	PROF_EUSAGE = -8	/* an argument has no meaning */
};

#define PROF_ERR_MAX 1024

/*
 * The first error of a chain of calls.  Zeroed memory means no error.
 * msg is one sentence, lower case, without a full stop: what failed, on
 * what, where, and why.  It may quote bytes of the input as they are: who
 * prints it escapes it (prof_name_print in name.h).
 */
struct prof_err {
	int code;
	char msg[PROF_ERR_MAX];
};

/*
 * Record an error, unless one is recorded already, and return code.
 *
 * err: may be NULL, then only the code is passed on.
 */
int prof_fail(struct prof_err *err, int code, const char *fmt, ...)
    PROF_PRINTF(3, 4);

/*
 * Put "where: " before the message of a recorded error; keeps the code.
 * Used by an outer layer that knows the file or the record.
 */
void prof_err_prefix(struct prof_err *err, const char *fmt, ...)
    PROF_PRINTF(2, 3);

/* Report a broken invariant of the program, with its place, and abort. */
#define PROF_ASSERT(cond) \
	((cond) ? (void)0 : prof_bug(__FILE__, __LINE__, #cond))

void prof_bug(const char *file, int line, const char *what)
    __attribute__((noreturn));

#endif
