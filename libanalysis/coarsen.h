/* SPDX-License-Identifier: MIT */
#ifndef PROF_COARSEN_H
#define PROF_COARSEN_H

#include "libanalysis/profile.h"

/* What makes two frames one row (or box) of a report. */
enum prof_granularity {
	PROF_BY_FUNCTION,	/* as the format tells functions apart */
	PROF_BY_NAME,		/* by name alone: pprof's functions */
	PROF_BY_FILE,
	PROF_BY_LINE,
	PROF_BY_ADDRESS,
	PROF_BY_MODULE,
	PROF_BY_PACKAGE,
	PROF_BY_LABEL		/* the value of a label of the sample */
};

#endif
