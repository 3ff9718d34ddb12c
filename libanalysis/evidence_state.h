/* SPDX-License-Identifier: MIT */
#ifndef PROF_EVIDENCE_STATE_H
#define PROF_EVIDENCE_STATE_H

#include "libanalysis/evidence.h"
#include "libanalysis/single.h"

/* Private to evidence*.c and noise_table.c: evidence while it is made. */

/* One quantity, run by run: rows of classes + 1, of which [0] is 0. */
struct prof_evidence_table {
	double **value;		/* [run][class], in base units, or calls */
	double **count;		/* likewise effective samples; NULL */
	double *factor;		/* [run]; borrowed, or NULL: 1 */
	bool *negative;		/* [class]: a value of a run is */
	unsigned nruns;
};

/* What a method says of a class, before it is one of a family. */
struct prof_evidence_claim {
	double change, se, df;	/* of Student's t; NAN */
	double expected;	/* se before anything is seen of the change; */
				/* NAN: not known, for all of a family */
	double p;		/* of its own direction; NAN: nothing said */
	bool up;
	bool sure;		/* found without a probability */
	bool exact;
};

struct prof_evidence_work {
	struct prof_evidence *e;
	const struct prof_diff *d;
	uint32_t n;			/* classes */
	unsigned nruns;
	bool sampled, exact;		/* values: all runs agree */
	double **count[2];		/* [self, total][run][class] */
	double *per;			/* [run] base units of one sample */
	double *ones;			/* [run] */
	struct prof_single_noise noise;	/* of one run, or where counts are */
					/* too small to tell it by runs */
	/* of the quantity at hand */
	struct prof_evidence_table t;
	double factor;			/* of both sides, as t.factor of runs */
	double factor_se;		/* of its logarithm; 0: given */
	struct prof_effect *effect;	/* [class]: base, now, ratio are set */
	struct prof_evidence_claim *claim;	/* [class] */
	double *phi_of;			/* [class], < 0: not known; or NULL */
};

/* --- evidence_table.c ----------------------------------------------------- */

/* Counts of all runs into work; what is not known of one is of none. */
void prof_evidence_count(struct prof_evidence_work *w);
void prof_evidence_uncount(struct prof_evidence_work *w);

/* Values of all runs, and means into effect[] where that is not NULL. */
void prof_evidence_read(const struct prof_evidence_work *w,
    enum prof_judged what, struct prof_evidence_table *t);
void prof_evidence_means(const struct prof_evidence_work *w,
    enum prof_judged what, struct prof_effect *effect);
void prof_evidence_forget(struct prof_evidence_table *t);

/* Whether calls of all runs are known. */
bool prof_evidence_calls(const struct prof_diff *d);

/* A sum that does not depend on the order of v, which it sorts. */
double prof_evidence_sum(double *v, size_t n);

/* Phi of each class out of the table of the rule, to be freed; or NULL. */
double *prof_evidence_known(const struct prof_evidence_work *w,
    enum prof_judged what);

/* --- evidence_method.c ---------------------------------------------------- */

/* Noise of one run a side, from self values. */
void prof_evidence_noise(struct prof_evidence_work *w);

/* Fill claims for a basis. */
void prof_evidence_single(struct prof_evidence_work *w);
void prof_evidence_given(struct prof_evidence_work *w);
void prof_evidence_cross(struct prof_evidence_work *w,
    enum prof_judged what);
void prof_evidence_runs(struct prof_evidence_work *w,
    enum prof_judged what);
/* Returns whether runs of one side differ: these are judged by runs. */
bool prof_evidence_exact(struct prof_evidence_work *w,
    enum prof_judged what);

/* Samples of both sides of a class into its effect. */
void prof_evidence_samples(struct prof_evidence_work *w);

/* New by base in samples where nothing changed: of all, of one class. */
double prof_evidence_expect(const struct prof_evidence_work *w);
double prof_evidence_ratio(const struct prof_evidence_work *w,
    uint32_t class, double all);

/* By class where that is known, of one run a side, or of their means. */
struct prof_single_noise prof_evidence_noise_of(
    const struct prof_evidence_work *w, uint32_t class);

/* --- evidence_family.c ---------------------------------------------------- */

/* From claims to effects: family, q, limits, found, mdr, apart. */
void prof_evidence_family(struct prof_evidence_work *w,
    enum prof_judged what);

/* Share of comparisons of unchanged code in which single runs alarm. */
double prof_evidence_alarms(double samples, double phi, bool both);

#endif
