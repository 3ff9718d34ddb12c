/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STAT_ANSWER_H
#define TESTS_STAT_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "libanalysis/buf.h"

/* What the programs said, read again: TSV and JSON, both our own. */

struct answer_table {
	const char **cell;
	size_t rows, cols;	/* without the header */
	const char **head;
};

/* Cells are in text, which is changed. */
void answer_table(struct answer_table *t, struct prof_buf *text);
void answer_table_release(struct answer_table *t);

/* NULL: there is no such column. */
const char *answer_cell(const struct answer_table *t, size_t row,
    const char *column);

/*
 * Values of JSON, which is taken to be well formed, as where they begin;
 * NULL: there is none.
 */
const char *answer_member(const char *object, const char *key);
const char *answer_first(const char *array);
const char *answer_next(const char *value);	/* in its array */
double answer_number(const char *value);	/* NAN: null, or no number */
bool answer_is(const char *value, const char *text);	/* a text of ASCII */

#endif
