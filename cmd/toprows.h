/* SPDX-License-Identifier: MIT */
#ifndef CMD_TOPROWS_H
#define CMD_TOPROWS_H

#include "cmd/options.h"
#include "libanalysis/about.h"
#include "libanalysis/top.h"

/* A machine form of a report about one profile, row by row. */
struct top_rows {
	struct prof_document d;
	const struct prof_top *t;
};

/* form: not FORM_COUNT; report: name in the JSON document. */
void top_rows_begin(struct top_rows *w, const struct prof_top *t,
    const char *report, enum form form, const struct prof_field *field,
    size_t nfields, struct prof_out *out);

/* others: rows that are left out, and the self of them. */
void top_rows_end(struct top_rows *w, uint32_t others, prof_i128 self);

/* A value of the column in base units; one that may be unknown. */
void top_rows_value(struct top_rows *w, prof_i128 v);
void top_rows_maybe(struct top_rows *w, bool known, prof_i128 v);

/* Its share of the whole in percent. */
void top_rows_share(struct top_rows *w, prof_i128 v);

#endif
