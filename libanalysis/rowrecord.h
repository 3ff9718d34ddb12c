/* SPDX-License-Identifier: MIT */
#ifndef PROF_ROWRECORD_H
#define PROF_ROWRECORD_H

#include "libanalysis/about.h"
#include "libanalysis/records.h"
#include "libanalysis/rows.h"

/*
 * The fields of one row of the flat table, which other tables of rows have,
 * too, behind some of their own.
 */
struct prof_rowrecord {
	const struct prof_row *row;
	prof_i128 total;
	const prof_i128 *self, *calls, *primitive;	/* NULL: not known */
};

#define PROF_ROWRECORD_FIELDS \
	{ "self", true, false }, { "total", true, false }, \
	{ "calls", true, false }, { "name", false, false }, \
	{ "file", false, false }, { "line", true, false }, \
	{ "module", false, false }, { "self_pct", true, true }, \
	{ "total_pct", true, true }, { "primitive", true, false }, \
	{ "address", false, false }

/* Write these fields; values are integers of the column. */
void prof_rowrecord_write(struct prof_records *r, const struct prof_about *a,
    const struct prof_rowrecord *row);

#endif
