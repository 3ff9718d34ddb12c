/* SPDX-License-Identifier: MIT */
#include "cmd/gopgo.h"

#include "cmd/cli.h"
#include "libanalysis/pgo_go.h"

void
go_pgo(const struct options *o, struct prof_profile *p)
{
	struct prof_err err = { 0 };
	uint64_t lacking;

	if (prof_pgo_go(p, o->sample_type != NULL ? cli_column(o, p) :
	    prof_pgo_go_column(p), &lacking, &err) != PROF_OK)
		cli_fail("--pgo-go: %s", err.msg);
	if (lacking > 0)
		cli_warn("--pgo-go: frames without a line, or of a function "
		    "whose first line is not known: %llu",
		    (unsigned long long)lacking);
}
