/* SPDX-License-Identifier: MIT */
#ifndef PROF_ABOUT_H
#define PROF_ABOUT_H

#include "libanalysis/amount.h"
#include "libanalysis/profile.h"
#include "libanalysis/records.h"
#include "libanalysis/table.h"

/*
 * What each report of one profile and value column says beside its rows:
 * its heading, and the keys of its document.  All is borrowed.
 */
struct prof_about {
	const struct prof_profile *p;
	unsigned column;
	prof_i128 whole;	/* what 100 % is */
	prof_i128 sum;		/* of all samples, signed */
	prof_i128 samples;	/* how often it was sampled; 0: not known */
	bool mean;		/* values are means: see mean.h */
	bool measured;		/* rows are, even if stacks are estimated */
	const char *const *inputs;	/* file names */
	size_t ninputs;
	const char *const *failed;	/* inputs that could not be read */
	const char *const *why;		/* reasons for these; NULL: none */
	size_t nfailed;
	const char *const *filters;	/* as typed */
	size_t nfilters;
};

/*
 * Set what follows from the profile; names of inputs and filters are the
 * caller's.  samples is the sum of a column of samples, else total divided
 * by the period, where the period is one of the column shown; a profile of
 * measured calls has none, and neither has one that counts everything.
 */
void prof_about_init(struct prof_about *a, const struct prof_profile *p,
    unsigned column);

/* Unit of the column, "" without columns. */
const char *prof_about_unit(const struct prof_about *a);

/* An integer of the column in base units. */
prof_i128 prof_about_base(const struct prof_about *a, prof_i128 v);

/* The same units for all values of a spread. */
struct prof_amount prof_about_amount(const struct prof_about *a,
    const struct prof_spread *s, const struct prof_wish *wish);

/*
 * One standard error of a share of the whole, in tenths of a percentage
 * point; -1 where it is not known.
 */
int prof_about_error(const struct prof_about *a, prof_i128 v);

/*
 * What one sample stands for, as an integer of the column; 0 where that is
 * not known, or the period is one of another column.
 */
prof_i128 prof_about_period(const struct prof_about *a);

/*
 * How often the sample of a row was taken: what the column that counts them
 * says, else its value by the period; 1 where neither is known.
 */
uint64_t prof_about_samples(const struct prof_about *a, uint32_t row);

/* Samples in a second, in thousandths; 0: not known. */
prof_i128 prof_about_rate(const struct prof_about *a);

/* Append a line of facts: inputs, format, type, samples, total, time. */
void prof_about_facts(const struct prof_about *a,
    const struct prof_style *style, struct prof_buf *out);

/* Rows that a document leaves out. */
struct prof_rest {
	uint64_t rows;
	prof_i128 self;
};

/*
 * A report in a form for machines.  Rows go to rows; as JSON they are those
 * of a document of schema profkit/top/1.
 */
struct prof_document {
	const struct prof_about *about;
	struct prof_records rows;
	struct prof_json json;
	int64_t min_ppm;	/* "min_share" of the document; -1: no key */
};

/* report: the name that the document has. */
void prof_document_begin(struct prof_document *d, const struct prof_about *a,
    const char *report, enum prof_form form, const struct prof_field *field,
    size_t nfields, struct prof_out *out);

/* Fields: a value of the column in base units; its share in percent. */
void prof_document_value(struct prof_document *d, prof_i128 v);
void prof_document_share(struct prof_document *d, prof_i128 v);

/* An integer that may be unknown. */
void prof_document_maybe(struct prof_document *d, bool known, prof_i128 v);

/* rest: what is left out. */
void prof_document_end(struct prof_document *d, struct prof_rest rest);

#endif
