/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STAT_STAT_H
#define TESTS_STAT_STAT_H

#include <stdbool.h>

#include "libanalysis/buf.h"
#include "tests/stat/emit.h"

/*
 * How often the programs are right.  Every trial invents a program, writes
 * files of its runs, has pdiff or pregress compare them, and reads what they
 * say.  A trial depends on the seed, its experiment and its number only.
 */
struct study {
	unsigned long trials, seed;
	unsigned long first;	/* the trials before are left out */
	unsigned jobs;
	const char *bin;	/* where the programs are */
	char dir[4096];		/* to write in; of a worker, its own */
	struct prof_buf table;	/* Markdown rows so far */
	unsigned passed, failed;
	const char *title;	/* of the experiment, for messages */
	uint64_t stream;	/* of the configuration */
	long row;		/* the only one of the experiment; -1: all */
	unsigned long n;	/* number of the trial */
};

/* --- trials --------------------------------------------------------------- */

/* out: [slots], zeroed. */
typedef void stat_trial(struct study *s, const void *how, double *out);

/*
 * All trials of one configuration, on several processors: [trial][slots], to
 * be freed.  stream: another number for each configuration.
 */
double *stat_each(struct study *s, uint64_t stream, stat_trial *trial,
    const void *how, unsigned slots);

/* Whether the row is to be run. */
static inline bool
stat_wants(const struct study *s, unsigned row)
{
	return s->row < 0 || s->row == (long)row;
}

/* Sum of a slot over all trials. */
double stat_sum(const struct study *s, const double *out, unsigned slots,
    unsigned slot);

/* A program of trial s->n. */
void stat_world(const struct study *s, struct world *w,
    const struct draw_noise *noise, double samples);

/* --- verdicts ------------------------------------------------------------- */

/*
 * hits of n against a goal: fails where a rate equal to the goal would give
 * a result as bad with a probability of less than 1e-4.
 */
void stat_at_most(struct study *s, double hits, double n, double goal,
    const char *what);
void stat_at_least(struct study *s, double hits, double n, double goal,
    const char *what);

/* The same of the mean of a slot, in percent, by its own spread. */
void stat_mean_at_most(struct study *s, const double *out, unsigned slots,
    unsigned slot, double goal, const char *what);

/* Measured, without a goal; text is what was observed. */
void stat_note(struct study *s, const char *what, const char *text);

/* --- the programs --------------------------------------------------------- */

struct stat_runs {
	unsigned n[2];			/* base, new */
	enum emit_format format;
};

/* Writes a run; the file's name is dir/b3.pprof and so on. */
void stat_write(struct study *s, const char *name, const struct prof_buf *b);

/* Writes all runs of both versions; seen, unless NULL: [run, base first]. */
void stat_record(struct study *s, struct world *w,
    const struct version *const v[2], const struct stat_runs *runs,
    struct recording *seen);

/*
 * Runs a program; argv ends with NULL, argv[0] is its name only.  Returns its
 * status, 0 or 1; anything else ends the test.
 */
int stat_call(struct study *s, const char *const *argv, struct prof_buf *out);

/* A program on what was recorded; options are separated by blanks. */
int stat_compare(struct study *s, const char *tool, const char *options,
    const struct stat_runs *runs, struct prof_buf *out);

/* Most trials write pprof and folded, fewer perf, which is long. */
enum emit_format stat_rotate(const struct study *s, bool times_too);

/* Ends the test with a message. */
void stat_die(const struct study *s, const char *text);

/* --- experiments ---------------------------------------------------------- */

void stat_gate(struct study *s);
void stat_spikes(struct study *s);
void stat_twice(struct study *s);
void stat_list(struct study *s);
void stat_power(struct study *s);
void stat_scale(struct study *s);
void stat_cause(struct study *s);
void stat_moved(struct study *s);
void stat_single(struct study *s);
void stat_order(struct study *s);

#endif
