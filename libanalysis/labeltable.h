/* SPDX-License-Identifier: MIT */
#ifndef PROF_LABELTABLE_H
#define PROF_LABELTABLE_H

#include "libanalysis/about.h"
#include "libanalysis/records.h"

/* A value of a label, and what the samples that have it weigh. */
struct prof_label_sum {
	uint32_t key;		/* place of its key in keys */
	struct prof_label label;
	prof_i128 weight, by;
	uint64_t samples;	/* rows that do not weigh 0 */
	prof_set last;		/* label set that was counted last */
};

struct prof_label_key {
	prof_str key;
	prof_i128 weight, by;	/* of samples that have it, each once */
	uint64_t samples;
	uint32_t *value;	/* places in sums, sorted */
	uint32_t nvalues;
	size_t cap;
	prof_set last;
};

/* The labels of one profile and value column, by key. */
struct prof_labeltable {
	struct prof_about about;
	struct prof_label_key *key;
	uint32_t *order;	/* of keys */
	uint32_t nkeys;
	size_t key_cap;
	struct prof_label_sum *sum;
	uint32_t nsums;
	size_t sum_cap;
	uint64_t limit;		/* values of a key to show; 0: all */
	uint32_t min_ppm;	/* and what they weigh at least */
};

/*
 * Add up the labels: keys and values by weight, the largest first, then by
 * name.  A sample that has a value twice counts once for it; so does one
 * with two values of a key for the key.
 *
 * Cost: O(samples + labels of all sets).
 * Source: google/pprof internal/report (printTags), but for the latter.
 */
void prof_labeltable_init(struct prof_labeltable *t,
    const struct prof_profile *p, unsigned column);
void prof_labeltable_release(struct prof_labeltable *t);

/* Divide all weights by those of the first sample type; see mean.h. */
void prof_labeltable_mean(struct prof_labeltable *t);

/* Facts, and a table for each key, as text for people. */
void prof_labeltable_text(const struct prof_labeltable *t,
    const struct prof_style *style, struct prof_buf *out);

/* A row for each value; a number in the unit that its label has. */
void prof_labeltable_form(const struct prof_labeltable *t,
    enum prof_form form, struct prof_out *out);

#endif
