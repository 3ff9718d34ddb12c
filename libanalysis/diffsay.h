/* SPDX-License-Identifier: MIT */
#ifndef PROF_DIFFSAY_H
#define PROF_DIFFSAY_H

#include <string.h>

#include "libanalysis/diffparts.h"

/*
 * Sentences about a comparison, as printable text.  Private to the reports of
 * pdiff.
 */

/* What all sentences need. */
struct prof_diff_speech {
	const struct prof_diff_report *r;
	const struct prof_diff *d;
	const struct prof_diff_form *form;
	struct prof_buf *b;
};

static inline struct prof_diff_speech
prof_diff_speak(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_buf *b)
{
	struct prof_diff_speech s = { r, r->view.d, form, b };

	return s;
}

/* "0.3%", where neither nothing nor all is meant: "slightly", "over 99.9%" */
void prof_diff_add_percent(struct prof_buf *b, double by);

/* Whether more is slower. */
static inline bool
prof_diff_is_time(const struct prof_diff *d)
{
	return strcmp(d->unit, "nanoseconds") == 0;
}

/* "f is 1.73x slower (...), 2 more findings; B takes 1.28x A (+1.28 s).\n" */
void prof_diff_say_verdict(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_buf *b);

/* What is known besides, a line each: factor, counts, evidence. */
void prof_diff_say_facts(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_buf *b);

/* On top of the factor of all code, which the values may hide. */
static inline bool
prof_diff_grew(const struct prof_finding *f)
{
	return f->delta > 0 || (!(f->delta < 0) && f->now > f->base);
}

/* "f is 1.73x slower (490 ms -> 850 ms, +360 ms, 28% of the growth)" */
void prof_diff_say_finding(const struct prof_diff_report *r,
    const struct prof_diff_form *form, const struct prof_finding *f,
    struct prof_buf *b);

/*
 * A line about each finding, of which verbose shows all; nothing where the
 * verdict has said everything.
 */
void prof_diff_say_findings(const struct prof_diff_report *r,
    const struct prof_diff_form *form, struct prof_buf *b);

/* The keys scale, noise, verdict and findings. */
void prof_diff_json_evidence(struct prof_json *j,
    const struct prof_diff_report *r);

/* The verdict on all, for machines. */
enum prof_verdict prof_diff_verdict(const struct prof_diff_report *r);

/*
 * On a row: of the first quantity where it is found or one of calls, else of
 * self and total.
 */
enum prof_verdict prof_diff_row_verdict(const struct prof_diff_report *r,
    uint32_t class);

/* Whether what changed of a row only follows the global factor. */
bool prof_diff_is_diluted(const struct prof_diff_view *v,
    enum prof_judged what, uint32_t class);

/* The finding about a class that is work which moved, or NULL. */
const struct prof_finding *prof_diff_shift(const struct prof_diff_report *r,
    uint32_t class);

#endif
