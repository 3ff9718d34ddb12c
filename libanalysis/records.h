/* SPDX-License-Identifier: MIT */
#ifndef PROF_RECORDS_H
#define PROF_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "libanalysis/json.h"
#include "libanalysis/num.h"
#include "libanalysis/out.h"

/*
 * Rows of named fields in each machine form: TSV and CSV with a header
 * line, JSON Lines with an object a row, Markdown as a table, and the rows
 * of a JSON document, which is the caller's.  The one place that knows how
 * a field is quoted.
 */
enum prof_form {
	PROF_FORM_TSV,
	PROF_FORM_CSV,
	PROF_FORM_JSON,		/* the elements of an open array */
	PROF_FORM_JSONL,
	PROF_FORM_MARKDOWN
};

struct prof_field {
	const char *name;
	bool number;		/* Markdown aligns it to the right */
	bool json_only;		/* not in TSV, CSV and Markdown */
};

struct prof_records {
	enum prof_form form;
	const struct prof_field *field;	/* borrowed */
	size_t nfields;
	size_t at;		/* field that comes next */
	struct prof_out *out;	/* borrowed; PROF_FORM_JSON: not used */
	struct prof_json *json;	/* of the document; else our own */
	struct prof_json own;
	struct prof_buf line;
};

/*
 * Begin, and write the header line if the form has one.
 *
 * out:  where lines go; NULL for PROF_FORM_JSON.
 * json: PROF_FORM_JSON: a document with an array open; else NULL.
 */
void prof_records_init(struct prof_records *r, enum prof_form form,
    const struct prof_field *field, size_t nfields, struct prof_out *out,
    struct prof_json *json);
void prof_records_release(struct prof_records *r);

/*
 * The next field of the row; the last one of a row ends it.  A wrong number
 * of fields is a bug and stops the program at release.
 */
void prof_records_int(struct prof_records *r, prof_i128 v);
void prof_records_text(struct prof_records *r, const char *s, size_t len);
void prof_records_strs(struct prof_records *r, const char *s);

/* v / 10^decimals. */
void prof_records_fixed(struct prof_records *r, prof_i128 v,
    unsigned decimals);

/* true and false; TSV and the like: 1 and 0. */
void prof_records_bool(struct prof_records *r, bool v);

/*
 * A field that is json_only and of any content: NULL where it is not
 * written, else where exactly one value must be written before the end.
 */
struct prof_json *prof_records_json(struct prof_records *r);
void prof_records_json_end(struct prof_records *r);

/* Not known: empty, or null. */
void prof_records_none(struct prof_records *r);

#endif
