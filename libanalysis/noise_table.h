/* SPDX-License-Identifier: MIT */
#ifndef PROF_NOISE_TABLE_H
#define PROF_NOISE_TABLE_H

#include "libanalysis/evidence.h"
#include "libanalysis/in.h"
#include "libanalysis/map.h"
#include "libanalysis/out.h"

/*
 * How much each function varies from run to run of unchanged code: learned
 * once from many runs, for comparisons that have few.  As a file:
 *
 *	name file module metric phi mean runs
 *
 * in TSV with this heading; phi is the squared coefficient of variation of
 * one run without the shot noise of its samples, mean is in base units (or
 * calls).  A row without a name is about all functions that have none.
 */
struct prof_noise_row {
	prof_str name, file, module;	/* as in struct prof_row */
	enum prof_judged metric;
	double phi, mean;
	double most;	/* of the first of rows that find takes for one: */
			/* the largest phi of them */
	uint32_t runs;
};

/* Zeroed memory is an empty table. */
struct prof_noise_table {
	struct prof_strs strs;
	struct prof_noise_row *row;
	uint32_t n;
	size_t cap;
	struct prof_map map;		/* by name and place, see find */
	uint64_t seed;
	double rest[PROF_JUDGED];	/* phi of a row without a name, which */
	bool known[PROF_JUDGED];	/* is there */
};

#define PROF_NOISE_RUNS 3	/* of unchanged code, to learn from */

/*
 * Learn from all runs of d, whatever its sides, self and total.
 * Functions that half of the runs or more do not have are left out.
 * Returns PROF_OK, or PROF_EMISMATCH for fewer than PROF_NOISE_RUNS runs.
 */
int prof_noise_table_of(struct prof_noise_table *t, const struct prof_diff *d,
    struct prof_err *err);

/*
 * Read a file.
 * Returns PROF_OK, or PROF_EFORMAT naming the line, or an error of the
 * input.  t may be released whatever is returned.
 */
int prof_noise_table_read(struct prof_noise_table *t, struct prof_in *in,
    struct prof_err *err);

/* The same table makes the same bytes; read and written again, too. */
void prof_noise_table_write(const struct prof_noise_table *t,
    struct prof_out *out);
void prof_noise_table_release(struct prof_noise_table *t);

/*
 * Phi of a function: of its name and base name of its file, or of its
 * module where there is no file; the largest if there are several of them;
 * else that of the row without a name, or -1.
 */
double prof_noise_table_find(const struct prof_noise_table *t,
    enum prof_judged metric, const struct prof_row *row);

#endif
