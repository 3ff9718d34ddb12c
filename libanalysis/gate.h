/* SPDX-License-Identifier: MIT */
#ifndef PROF_GATE_H
#define PROF_GATE_H

#include "libanalysis/findings.h"

enum prof_gate_new { PROF_GATE_NEW_FAIL, PROF_GATE_NEW_WARN,
    PROF_GATE_NEW_IGNORE };

/* When a proved change is a regression. */
struct prof_gate_rule {
	struct prof_fraction ratio;	/* on top of the global factor */
	struct prof_fraction min_delta;	/* share of the base total */
	double min_delta_value;		/* the same in base units; 0: share */
	struct prof_fraction min_share;	/* of either side */
	struct prof_fraction impact;	/* share of the base total: counts */
					/* whatever the ratio; 0: off */
	struct prof_fraction total;	/* of the global factor; num 0: ratio */
	struct prof_fraction warn;	/* num 0: none */
	bool strict_ratio;		/* the ratio's lower limit must reach */
	unsigned min_runs;
	unsigned judged;		/* as of evidence; 0: all that it has */
	enum prof_gate_new fresh;
	const char *one, *many;		/* what rows are called; NULL: */
					/* function, functions */
};

/* 3/2, 0.1 %, 0.5 %, 1 %. */
struct prof_gate_rule prof_gate_default(void);

/* Which arm of the rule decided. */
enum prof_gate_arm { PROF_ARM_NONE, PROF_ARM_RATIO, PROF_ARM_IMPACT,
    PROF_ARM_NEW, PROF_ARM_TOTAL, PROF_ARM_WARN };

struct prof_gate_row {
	enum prof_verdict verdict;
	enum prof_gate_arm arm;
	bool warning;			/* between --warn and the threshold */
	bool suspect;			/* undecided; by its values, a */
					/* regression not due to chance */
	enum prof_judged metric;
	uint32_t class;			/* 0: everything, as its effect is */
	const struct prof_finding *finding;	/* or NULL */
	const struct prof_effect *effect;
	bool explained;			/* folded under another's finding */
};

struct prof_gate {
	const struct prof_evidence *e;		/* borrowed */
	const struct prof_findings *f;		/* borrowed */
	struct prof_gate_rule rule;
	enum prof_verdict verdict;	/* REGRESSION, INCONCLUSIVE or OK */
	char reason[PROF_ERR_MAX];	/* why INCONCLUSIVE, else "" */
	char help[PROF_ERR_MAX];	/* what would settle it, else "" */
	struct prof_gate_row *row;	/* gravest first, then not explained */
					/* ones, largest change first */
	size_t n;
	size_t functions;		/* judged */
	size_t count[PROF_VERDICTS];	/* of functions, by verdict */
	size_t suspects;		/* of them */
	double open;			/* share of all in what is undecided */
	char scope[PROF_ERR_MAX];	/* where the threshold would be seen; */
					/* "": all is decided */
	enum prof_verdict all;		/* of everything together */
	struct prof_effect *everything;	/* the factor, or the totals; of */
					/* calls, if only these are judged */
	double calls[2];		/* of all functions; 0: not judged */
};

/*
 * Whether a quantity is judged; and whether everything together is by times,
 * not by calls alone.
 */
static inline bool
prof_gate_judges(const struct prof_gate *g, enum prof_judged what)
{
	return g->e->of[what] != NULL && (g->rule.judged == 0 ||
	    (g->rule.judged >> what & 1) != 0);
}

static inline bool
prof_gate_judges_all(const struct prof_gate *g)
{
	return (g->rule.judged & ~(1U << PROF_JUDGED_CALLS)) != 0 ||
	    g->rule.judged == 0;
}

/*
 * f: NULL: nothing was found.
 * Returns PROF_OK; PROF_EMISMATCH when a side holds no value to compare
 * with: then the verdict is INCONCLUSIVE, the reason is set and there are
 * no rows.  g may be printed and released whatever is returned.
 */
int prof_gate_init(struct prof_gate *g, const struct prof_evidence *e,
    const struct prof_findings *f, const struct prof_gate_rule *rule,
    struct prof_err *err);
void prof_gate_release(struct prof_gate *g);

#endif
