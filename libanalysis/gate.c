/* SPDX-License-Identifier: MIT */
#include "libanalysis/gate.h"

#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

struct prof_gate_rule
prof_gate_default(void)
{
	struct prof_gate_rule r = { .ratio = { 3, 2 },
	    .min_delta = { 1, 1000 }, .min_share = { 1, 200 },
	    .impact = { 1, 100 }, .min_runs = 1 };

	return r;
}

int
prof_gate_init(struct prof_gate *g, const struct prof_evidence *e,
    const struct prof_findings *f, const struct prof_gate_rule *rule,
    struct prof_err *err)
{
	struct prof_gate_row *r;
	uint32_t i;

	(void)err;
	memset(g, 0, sizeof *g);
	g->e = e;
	g->f = f;
	g->rule = *rule;
	g->verdict = f->n > 0 ? PROF_VERDICT_REGRESSION : PROF_VERDICT_OK;
	g->row = prof_zalloc((size_t)e->d->match.n + 1, sizeof *g->row);
	for (i = 1; i <= e->d->match.n; i++) {
		r = &g->row[g->n++];
		r->class = i;
		r->effect = &e->of[0][i];
		r->verdict = r->effect->found ? PROF_VERDICT_REGRESSION :
		    PROF_VERDICT_OK;
		r->arm = r->effect->found ? PROF_ARM_RATIO : PROF_ARM_NONE;
		g->count[r->verdict]++;
	}
	g->functions = g->n;
	return PROF_OK;
}

void
prof_gate_release(struct prof_gate *g)
{
	free(g->row);
	memset(g, 0, sizeof *g);
}
