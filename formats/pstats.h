/* SPDX-License-Identifier: MIT */
#ifndef PROF_PSTATS_H
#define PROF_PSTATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Reports that Python's pstats prints, as python -m cProfile does, and as
 * guides quote them:
 *
 *	      4 function calls (3 primitive calls) in 0.234 seconds
 *
 *	   ncalls  tottime  percall  cumtime  percall filename:lineno(function)
 *	      2/1    0.000    0.000    0.234    0.234 app.py:3(main)
 *
 *	Function        was called by...
 *	                    ncalls  tottime  cumtime
 *	app.py:3(main)  <-       1    0.000    0.100  app.py:3(main)
 *
 * Of the profile module a caller reads "app.py:3(main)(1)    0.234": how
 * often it called, and the caller's own cumulative time, none of the call.
 */

#define PROF_PSTATS_COLUMNS 8

enum prof_pstats_column {
	PROF_PSTATS_NCALLS,
	PROF_PSTATS_SELF,
	PROF_PSTATS_TOTAL,
	PROF_PSTATS_PER_CALL,		/* self: blank without calls */
	PROF_PSTATS_PER_PRIMITIVE	/* total: the same for primitive ones */
};

/* The columns before the name, as the title of a table lists them. */
struct prof_pstats_title {
	uint8_t column[PROF_PSTATS_COLUMNS];	/* enum prof_pstats_column */
	unsigned n;
};

/* One time: in nanoseconds, and half a unit of its last digit. */
struct prof_pstats_time {
	int64_t ns, half;
};

/* The numbers of a row, of a call or of a header. */
struct prof_pstats_row {
	int64_t calls, primitive;
	struct prof_pstats_time self, total;
	const char *name;	/* behind or before them, without blanks */
	size_t len;		/* around it; 0: missing */
	bool counted;		/* profile's form: calls alone belong to the */
				/* call, total to the function named */
};

enum prof_pstats_found {
	PROF_PSTATS_NO = 0,
	PROF_PSTATS_YES = 1,
	PROF_PSTATS_HUGE = -1	/* it is, with a number beyond 64 bits */
};

/* The columns every Python prints. */
extern const struct prof_pstats_title prof_pstats_usual;

/* "N function calls (M primitive calls) in S seconds"; S is row->self. */
enum prof_pstats_found prof_pstats_header(const char *line, size_t len,
    struct prof_pstats_row *row);

bool prof_pstats_is_title(const char *line, size_t len,
    struct prof_pstats_title *title);

/* 'r' for "Function ... was called by...", 'e' for "called...", else 0. */
int prof_pstats_heading(const char *line, size_t len);

/* "ncalls  tottime  cumtime" below a heading. */
bool prof_pstats_subheading(const char *line, size_t len);

/* "Mon Nov 23 10:00:00 2026    FILE": where and when it was recorded. */
bool prof_pstats_is_date(const char *line, size_t len);

/* A line that stands for others left out: "...". */
bool prof_pstats_elision(const char *line, size_t len);

bool prof_pstats_blank(const char *line, size_t len);

/* A row of the first table; its name may be missing. */
enum prof_pstats_found prof_pstats_row(const char *line, size_t len,
    const struct prof_pstats_title *title, struct prof_pstats_row *row);

/* One caller or callee, in either form. */
enum prof_pstats_found prof_pstats_call(const char *s, size_t len,
    struct prof_pstats_row *row);

/*
 * "FUNCTION  <- CALL" or with "->".
 *
 * subject: out, length of FUNCTION; row->len is 0 for one without a call.
 */
enum prof_pstats_found prof_pstats_arrow(const char *line, size_t len,
    size_t *subject, struct prof_pstats_row *row);

/* A name as pstats prints it, taken apart. */
struct prof_pstats_key {
	const char *name, *file;
	size_t name_len, file_len;
	int64_t line;
	bool shaped;	/* it is complete; else all of it is in name */
	bool placed;	/* of the form FILE:LINE(NAME) */
};

void prof_pstats_key(const char *s, size_t len, struct prof_pstats_key *key);

#endif
