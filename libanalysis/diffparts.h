/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFFPARTS_H
#define PROF_DIFFPARTS_H

#include "libanalysis/amount.h"
#include "libanalysis/difftext.h"
#include "libanalysis/json.h"
#include "libanalysis/table.h"

#define PROF_DIFF_FINDINGS 10	/* that text has without -v */

/*
 * What the reports of a comparison and of a gate have in common.  Private
 * to them.
 */

/* Mean total of a side in base units. */
static inline prof_i128
prof_diff_sum(const struct prof_diff *d, unsigned side)
{
	return prof_diff_value(d, side, d->sum[side]);
}

struct prof_style prof_diff_style(const struct prof_diff_form *form);

/* How the totals of both sides are shown: in one unit. */
struct prof_amount prof_diff_amount(const struct prof_diff *d,
    const struct prof_wish *wish);

/*
 * Two lines: "A = work.pb.gz and 2 more  cpu 4.62 s in 2.68 s wall, mean of
 * 3 runs"; one more where A is not as measured.
 */
void prof_diff_sides(const struct prof_diff *d, const char *base,
    const char *newer, const struct prof_diff_form *form,
    struct prof_buf *b);

/* "one run each", "means of 5 runs (A) and 1 run (B)". */
void prof_diff_runs(const struct prof_diff *d, const char *base,
    const char *newer, struct prof_buf *b);

/*
 * Append the name of a class; one that several functions share is followed
 * by its place, as " (a.c:12)".
 */
void prof_diff_name(const struct prof_diff *d, uint32_t class,
    struct prof_buf *b);

/* The same with the name it had before: "old -> new". */
void prof_diff_span(const struct prof_diff_form *form,
    const struct prof_diff *d, uint32_t class, struct prof_buf *b);
void prof_diff_names(const struct prof_diff *d, uint32_t class,
    struct prof_buf *b);

/* The row of a class in the first base run that has it, or NULL. */
const struct prof_row *prof_diff_base_row(const struct prof_diff *d,
    uint32_t class);

/* v * 10^decimals, rounded half away from zero; 0 for what is no number. */
prof_i128 prof_diff_rounded(double v, unsigned decimals);

/* Append "1.04" and "[0.98, 1.10]"; nothing where one is not known. */
void prof_diff_double(struct prof_buf *b, double v, unsigned decimals);
void prof_diff_limits(struct prof_buf *b, double low, double high);

/* Append "1.73x" or, where decimals tell nothing, "17.3x" or "173x". */
void prof_diff_times(struct prof_buf *b, double ratio);

/*
 * Means, and times of a clock, have no end of decimals: as many as tell
 * something of the values of s, which a was chosen for.
 */
void prof_diff_shorten(const struct prof_diff_view *v,
    struct prof_amount *a, const struct prof_spread *s);

/*
 * Digits behind the point that show six digits of p, 6 to 12: what is smaller
 * is 0 to everybody.
 */
#define PROF_DIFF_DIGITS_MAX 12
unsigned prof_diff_digits(double p);

/* A number, null where it is none. */
void prof_diff_json_double(struct prof_json *j, double v);

/* The keys scale and noise; e NULL: null. */
void prof_diff_json_noise(struct prof_json *j, const struct prof_evidence *e,
    enum prof_judged what);

const char *prof_diff_model_name(enum prof_model model);
const char *prof_diff_scaling_name(enum prof_scaling s);

/* Open the document and write its keys from schema to filters. */
void prof_diff_json_head(struct prof_json *j, const struct prof_diff *d,
    const struct prof_diff_form *form, const char *schema);

/* The keys skipped and warnings of all runs. */
void prof_diff_json_notes(struct prof_json *j, const struct prof_diff *d,
    const struct prof_diff_form *form);

/* The same and the end of the document. */
void prof_diff_json_tail(struct prof_json *j, const struct prof_diff *d,
    const struct prof_diff_form *form);

/* A line about inputs and records that are missing, if there are any. */
void prof_diff_left_out(const struct prof_diff *d,
    const struct prof_diff_form *form, struct prof_buf *b);

#endif
