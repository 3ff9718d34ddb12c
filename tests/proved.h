/* SPDX-License-Identifier: MIT */
#ifndef TESTS_PROVED_H
#define TESTS_PROVED_H

#include <math.h>

#include "libanalysis/findings.h"
#include "libanalysis/nomem.h"
#include "tests/compare.h"

/* Evidence written down in a test: which functions changed. */

static inline void
proved_start(struct prof_evidence *e, const struct compare *c)
{
	const struct prof_diff *d = &c->d;
	double unit = (double)d->num / (double)d->den;
	struct prof_effect *f;
	uint32_t i;
	unsigned m, s;

	memset(e, 0, sizeof *e);
	e->d = d;
	e->rule = prof_evidence_default();
	e->factor.ratio = 1;
	for (s = 0; s < 2; s++)
		e->samples[s] = (double)d->sum[s];
	for (m = 0; m < 2; m++) {
		e->of[m] = prof_zalloc((size_t)d->match.n + 1, sizeof *f);
		for (i = 1; i <= d->match.n; i++) {
			f = &e->of[m][i];
			f->base = (double)d->of[m][0][i] * unit / d->runs[0];
			f->now = (double)d->of[m][1][i] * unit / d->runs[1];
			f->ratio = f->now / f->base;
			f->low = f->ratio * 0.9;
			f->high = f->ratio * 1.1;
			f->p = f->q = 0.9;
			f->weight = 1;
			f->tested = true;
		}
	}
}

/* Names with spaces between. */
static inline void
proved(struct prof_evidence *e, const struct compare *c, unsigned metric,
    const char *names)
{
	char name[64];
	uint32_t class;
	size_t len;

	for (; *names != '\0'; names += len + (names[len] != '\0')) {
		len = strcspn(names, " ");
		ck_assert(len < sizeof name);
		memcpy(name, names, len);
		name[len] = '\0';
		class = compare_find(c, name);
		ck_assert_msg(class != 0, "no %s", name);
		e->of[metric][class].p = e->of[metric][class].q = 1e-9;
		e->of[metric][class].found = true;
	}
}

static inline void
proved_done(struct prof_evidence *e)
{
	free(e->of[0]);
	free(e->of[1]);
	memset(e, 0, sizeof *e);
}

#endif
