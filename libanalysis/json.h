/* SPDX-License-Identifier: MIT */
#ifndef PROF_JSON_H
#define PROF_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libanalysis/buf.h"
#include "libanalysis/num.h"
#include "libanalysis/out.h"

/*
 * Writes one JSON document (RFC 8259), value by value, commas and
 * indentation included: a level per line, two blanks deeper each.  A row is
 * an object or array whose whole content stands on one line.
 *
 *	prof_json_init(&j, out);
 *	prof_json_begin(&j, '{');
 *	prof_json_key(&j, "total");
 *	prof_json_int(&j, 42);
 *	prof_json_end(&j);
 *	prof_json_finish(&j);
 *
 * A wrong order of calls is a bug and stops the program.
 */
struct prof_json {
	struct prof_out *out;	/* borrowed */
	struct prof_buf text;	/* of the value being written */
	struct prof_buf open;	/* closing bracket of each open level */
	size_t row;		/* levels outside the open row; 0: no row */
	bool first;		/* nothing in the open level yet */
	bool keyed;		/* a key waits for its value */
};

void prof_json_init(struct prof_json *j, struct prof_out *out);

/* End the document with a newline; everything must be closed. */
void prof_json_finish(struct prof_json *j);

/* Open an object, bracket '{', or an array, '['. */
void prof_json_begin(struct prof_json *j, char bracket);

/* The same for a row; what is opened inside it is on its line too. */
void prof_json_row(struct prof_json *j, char bracket);

/* Close what was opened last. */
void prof_json_end(struct prof_json *j);

/* The key of the value to come, in an object only. */
void prof_json_key(struct prof_json *j, const char *key);

/* Any bytes; how they become text is prof_name_json's business (name.h). */
void prof_json_str(struct prof_json *j, const char *s, size_t len);
void prof_json_strs(struct prof_json *j, const char *s);

/* Numbers are written in full, also those that a double cannot hold. */
void prof_json_int(struct prof_json *j, int64_t v);
void prof_json_i128(struct prof_json *j, prof_i128 v);

/* v / 10^decimals, exact: (1234, 2) is 12.34. */
void prof_json_fixed(struct prof_json *j, prof_i128 v, unsigned decimals);

/* With as many digits as it takes; null for what is no number. */
void prof_json_double(struct prof_json *j, double v);

void prof_json_bool(struct prof_json *j, bool v);
void prof_json_null(struct prof_json *j);

#endif
