/* SPDX-License-Identifier: MIT */
#include "libanalysis/evidence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

struct prof_evidence_rule
prof_evidence_default(void)
{
	struct prof_evidence_rule r = { .ratio = { 3, 2 },
	    .min_share = { 0, 1 }, .alpha = .05, .level = .95, .both = true,
	    .phi = -1 };

	return r;
}

const char *
prof_judged_name(enum prof_judged what)
{
	static const char *const names[PROF_JUDGED] = { "self", "total",
	    "calls", "per-call" };

	return names[what];
}

const char *
prof_basis_name(enum prof_basis basis)
{
	static const char *const names[] = { "none", "single-run",
	    "replicates", "cross-function", "exact" };

	return names[basis];
}

int
prof_evidence_init(struct prof_evidence *e, const struct prof_diff *d,
    const struct prof_evidence_rule *rule, unsigned judged,
    struct prof_err *err)
{
	double base = (double)d->num / (double)d->den;
	struct prof_effect *f;
	uint32_t i;
	unsigned m;

	(void)err;
	memset(e, 0, sizeof *e);
	e->d = d;
	e->rule = *rule;
	e->factor.ratio = e->factor.low = e->factor.high = 1;
	e->expected = NAN;
	for (m = 0; m < PROF_DIFF_METRICS; m++) {
		if ((judged & 1u << m) == 0)
			continue;
		e->of[m] = prof_zalloc((size_t)d->match.n + 1, sizeof *f);
		for (i = 0; i <= d->match.n; i++) {
			f = &e->of[m][i];
			f->base = (double)d->of[m][0][i] * base / d->runs[0];
			f->now = (double)d->of[m][1][i] * base / d->runs[1];
			f->ratio = f->now / f->base;
			f->low = f->high = f->p = f->q = f->mdr = NAN;
			f->samples[0] = f->samples[1] = NAN;
			f->found = f->ratio >= 1.5 && f->now > 0;
			f->tested = true;
		}
	}
	return PROF_OK;
}

void
prof_evidence_release(struct prof_evidence *e)
{
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++)
		free(e->of[m]);
	memset(e, 0, sizeof *e);
}
