/* SPDX-License-Identifier: MIT */
#ifndef PROF_GATEPARTS_H
#define PROF_GATEPARTS_H

#include "libanalysis/amount.h"
#include "libanalysis/gateall.h"
#include "libanalysis/gatetext.h"

/*
 * What the forms of a verdict have in common.  Private to them.  No number
 * is printed by a function that knows locales: doubles are rounded to whole
 * units of the last digit first.
 */

/* Value of a row on a side, in base units or calls, rounded. */
prof_i128 prof_gate_value(const struct prof_gate *g,
    const struct prof_gate_row *r, unsigned side);

/* Nearest integer, half away from zero; 0 for what is no number. */
prof_i128 prof_gate_round(double v);

/* "2.21x"; "inf"; nothing for NAN. */
void prof_gate_ratio(struct prof_buf *b, double ratio);

/* The same of the smallest that would be seen; "> 10x". */
void prof_gate_least(struct prof_buf *b, double ratio);

/* " [1.90, 2.55]"; nothing where no limit is known. */
void prof_gate_limits(struct prof_buf *b, double low, double high);

/* "0.0008", "<0.0001"; nothing for NAN. */
void prof_gate_p(struct prof_buf *b, double p);

/* "0.5%", "1.50x". */
void prof_gate_share(struct prof_buf *b, struct prof_fraction f);
void prof_gate_limit(struct prof_buf *b, struct prof_fraction f);

/* The ratio of a row and its limits: of everything, the global factor. */
struct prof_gate_span {
	double ratio, low, high;
};

/* The ratio of the totals as measured. */
struct prof_gate_span prof_gate_raw(const struct prof_evidence *e);
struct prof_gate_span prof_gate_span(const struct prof_gate *g,
    const struct prof_gate_row *r);

/* NEW, GONE, or the ratio. */
void prof_gate_change(const struct prof_gate *g,
    const struct prof_gate_row *r, struct prof_buf *b);

#define PROF_GATE_UNDECIDED 5	/* rows of them, without -v */

/*
 * Rows for people, gravest first: regressions, warnings and everything
 * together where it is one of these, unless another finding explains them;
 * then some of what is undecided.  With all also what is explained, all that
 * is undecided, and work that moved.  The limit is of functions: everything
 * together is never cut.
 */
struct prof_gate_list {
	const struct prof_gate_row **row;
	size_t n;
	size_t hidden;		/* more of the former kind, beyond the limit */
	size_t undecided;	/* of the latter, not shown */
};
void prof_gate_list_init(struct prof_gate_list *l, const struct prof_gate *g,
    size_t limit, bool all);
void prof_gate_list_release(struct prof_gate_list *l);

/* "3 more not shown, 12 more undecided", or nothing. */
bool prof_gate_list_rest(const struct prof_gate_list *l, struct prof_buf *b);

/* Rows listed that are regressions on their own; warnings, undecided. */
struct prof_gate_counts {
	size_t bad, warned, undecided;
};
struct prof_gate_counts prof_gate_count(const struct prof_gate *g);

/* "FAIL", "WARN", "?", ...: the first column of tables. */
const char *prof_gate_word(const struct prof_gate_row *r);

/* "self", "calls", "new", "total", ...: what kind of finding it is. */
const char *prof_gate_kind(const struct prof_gate *g,
    const struct prof_gate_row *r);

/* "ratio", "impact", ...; "" where nothing has decided. */
const char *prof_gate_arm_name(enum prof_gate_arm arm);

/* What the evidence is: "single-run", "5+5 runs", "exact", "means". */
void prof_gate_evidence(const struct prof_gate *g,
    const struct prof_gate_row *r, struct prof_buf *b);

/* The row of a class; NULL for everything. */
const struct prof_row *prof_gate_place(const struct prof_gate *g,
    const struct prof_gate_row *r);

/* The name of what a row is about, printable; "TOTAL". */
void prof_gate_name(const struct prof_gate *g,
    const struct prof_gate_row *r, struct prof_buf *b);

/* Whether it is known from which ratio a change of it would be found. */
static inline bool
prof_gate_sees(const struct prof_gate_row *r)
{
	return r->effect != NULL && r->effect->mdr > 0 &&
	    r->effect->mdr < 1e6;
}

/* "self 850 ms against 490 ms, 1.73x [1.60, 1.90]; its own code" */
void prof_gate_describe(const struct prof_gate *g,
    const struct prof_gate_row *r, struct prof_buf *b);

/*
 * What else is known of a row, parted by "; ": calls and time of each, what
 * it explains, whether the runs separate.
 */
void prof_gate_notes(const struct prof_gate *g,
    const struct prof_gate_row *r, bool verbose, struct prof_buf *b);

/* A line on the factor of everything; nothing where there is none. */
void prof_gate_factor(const struct prof_gate *g, struct prof_buf *b);

/* Lines on how far the evidence goes: few runs, single runs, no counts. */
void prof_gate_caveats(const struct prof_gate *g, struct prof_buf *b);

/* "base 5 runs", "self, total", ..., with dot between them, a line. */
void prof_gate_setup(const struct prof_gate *g, const char *dot,
    struct prof_buf *b);

/* The same for the same finding of another day. */
uint64_t prof_gate_id(const struct prof_gate *g,
    const struct prof_gate_row *r);

/*
 * Values of the runs of a side, in steps (calls: calls).
 *
 * value: out, g->e->d->runs[side] of them.
 * Returns whether they are known.
 */
bool prof_gate_runs(const struct prof_gate *g,
    const struct prof_gate_row *r, unsigned side, double *value);

#endif
