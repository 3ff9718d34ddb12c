/* SPDX-License-Identifier: MIT */
#include "libanalysis/findings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "libanalysis/nomem.h"

const char *
prof_finding_kind_name(enum prof_finding_kind k)
{
	static const char *const names[PROF_FINDING_KINDS] = { "self",
	    "calls", "spread", "function", "new", "gone", "total" };

	return names[k];
}

void
prof_findings_init(struct prof_findings *f, const struct prof_evidence *e,
    const struct prof_context *c)
{
	uint32_t i;
	unsigned m;

	(void)c;
	memset(f, 0, sizeof *f);
	f->of = prof_zalloc((size_t)e->d->match.n * 2 + 1, sizeof *f->of);
	for (m = 0; m < 2; m++) {
		f->by[m] = prof_zalloc((size_t)e->d->match.n + 1,
		    sizeof *f->by[m]);
		for (i = 1; e->of[m] != NULL && i <= e->d->match.n; i++) {
			if (!e->of[m][i].found)
				continue;
			f->of[f->n].kind = PROF_FINDING_FUNCTION;
			f->of[f->n].metric = m;
			f->of[f->n].class = i;
			f->of[f->n].base = e->of[m][i].base;
			f->of[f->n].now = e->of[m][i].now;
			f->of[f->n].effect = &e->of[m][i];
			f->by[m][i] = (uint32_t)++f->n;
		}
	}
}

enum prof_verdict
prof_findings_verdict(const struct prof_findings *f,
    const struct prof_evidence *e, uint32_t class)
{
	unsigned m;

	(void)f;
	for (m = 0; m < 2; m++)
		if (e->of[m] != NULL && e->of[m][class].found)
			return e->of[m][class].ratio > 1 ?
			    PROF_VERDICT_REGRESSION :
			    PROF_VERDICT_IMPROVEMENT;
	return PROF_VERDICT_OK;
}

void
prof_findings_release(struct prof_findings *f)
{
	free(f->of);
	free(f->by[0]);
	free(f->by[1]);
	memset(f, 0, sizeof *f);
}
