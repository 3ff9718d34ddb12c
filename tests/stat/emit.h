/* SPDX-License-Identifier: MIT */
#ifndef TESTS_STAT_EMIT_H
#define TESTS_STAT_EMIT_H

#include "libanalysis/buf.h"
#include "tests/stat/world.h"

enum emit_format {
	EMIT_PPROF,	/* as Go writes it: samples, and 10 ms for each */
	EMIT_FOLDED,
	EMIT_PERF,	/* the text of perf script: a record for each sample */
	EMIT_CPROFILE	/* times of an exact clock, without samples */
};

#define EMIT_PERIOD 10000000	/* nanoseconds */

/* The bytes of a file, appended. */
void emit(struct prof_buf *to, enum emit_format format,
    const struct world *w, const struct version *v,
    const struct recording *r);

const char *emit_suffix(enum emit_format format);

#endif
