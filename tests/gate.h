/* SPDX-License-Identifier: MIT */
#ifndef TESTS_GATE_H
#define TESTS_GATE_H

/* A verdict written down in a test: what the reports get to show. */

#include <math.h>
#include <stdio.h>

#include "libanalysis/gateforms.h"
#include "libanalysis/nomem.h"
#include "tests/compare.h"

struct judged {
	struct compare c;
	struct prof_evidence e;
	struct prof_findings f;
	struct prof_gate g;
	struct prof_buf text;
};

static inline void
judged_has(struct judged *j, const char *part)
{
	if (strstr(prof_buf_str(&j->text), part) == NULL)
		ck_abort_msg("no '%s' in:\n%s", part, prof_buf_str(&j->text));
}

static inline void
judged_lacks(struct judged *j, const char *part)
{
	if (strstr(prof_buf_str(&j->text), part) != NULL)
		ck_abort_msg("'%s' in:\n%s", part, prof_buf_str(&j->text));
}

/* No evidence of anything: every number that may be unknown is. */
static inline void
judged_effects(struct judged *j, enum prof_judged m)
{
	const struct prof_diff *d = &j->c.d;
	struct prof_effect *f;
	uint32_t i;

	j->e.of[m] = prof_zalloc((size_t)d->match.n + 1, sizeof *f);
	for (i = 0; i <= d->match.n; i++) {
		f = &j->e.of[m][i];
		f->base = (double)d->of[m == PROF_JUDGED_TOTAL][0][i] /
		    d->runs[0];
		f->now = (double)d->of[m == PROF_JUDGED_TOTAL][1][i] /
		    d->runs[1];
		f->ratio = f->now / f->base;
		f->low = f->high = f->p = f->q = f->mdr = NAN;
		f->samples[0] = f->samples[1] = NAN;
		f->weight = 1;
	}
}

/* Runs are in c; the verdict is OK and without rows. */
static inline void
judged_start(struct judged *j, unsigned nbase)
{
	static const struct prof_evidence none;

	ck_assert_int_eq(compare_run(&j->c, nbase, NULL), PROF_OK);
	j->e = none;
	j->e.d = &j->c.d;
	j->e.rule = prof_evidence_default();
	j->e.rule.alpha = 0.05;
	j->e.factor.ratio = j->e.factor.low = j->e.factor.high = 1;
	j->e.common.ratio = NAN;
	j->e.scaling = PROF_SCALING_NONE;
	j->e.expected = j->e.total[0] = j->e.total[1] = j->e.total[2] = NAN;
	judged_effects(j, PROF_JUDGED_SELF);
	judged_effects(j, PROF_JUDGED_TOTAL);
	j->g.e = &j->e;
	j->g.f = &j->f;
	j->g.rule = prof_gate_default();
	j->g.verdict = j->g.all = PROF_VERDICT_OK;
	j->g.row = prof_zalloc((size_t)j->c.d.match.n + 1,
	    sizeof *j->g.row);
}

static inline void
judged_two(struct judged *j, const char *base, const char *newer)
{
	compare_add(&j->c, "a.prof", base);
	compare_add(&j->c, "b.prof", newer);
	judged_start(j, 1);
}

/* A row of self; limits and odds can be set by its effect. */
static inline struct prof_effect *
judged_row(struct judged *j, const char *name, enum prof_verdict v,
    enum prof_gate_arm arm)
{
	struct prof_gate_row *r = &j->g.row[j->g.n++];
	struct prof_effect *f;

	r->class = compare_find(&j->c, name);
	ck_assert_uint_ne(r->class, 0);
	r->metric = PROF_JUDGED_SELF;
	r->verdict = v;
	r->arm = arm;
	f = &j->e.of[PROF_JUDGED_SELF][r->class];
	r->effect = f;
	j->g.functions++;
	j->g.count[v]++;
	if (v == PROF_VERDICT_REGRESSION)
		j->g.verdict = v;
	return f;
}

static inline struct prof_gate_row *
judged_last(struct judged *j)
{
	return &j->g.row[j->g.n - 1];
}

static inline const char *
judged_show(struct judged *j, void (*form)(const struct prof_gate *,
    const struct prof_gate_form *, struct prof_out *),
    const struct prof_gate_form *how)
{
	struct prof_out *out = prof_out_buf(&j->text);

	prof_buf_clear(&j->text);
	form(&j->g, how, out);
	ck_assert_int_eq(prof_out_finish(out, NULL), PROF_OK);
	return prof_buf_str(&j->text);
}

static inline void
judged_done(struct judged *j)
{
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++)
		free(j->e.of[m]);
	free(j->g.row);
	compare_done(&j->c);
	prof_buf_release(&j->text);
	memset(j, 0, sizeof *j);
}

/* A name that is nothing but trouble. */
#define JUDGED_HOSTILE "--::error file=x,line=1::a%\r::b]]><script>|`c``" \
	"\x01\xff\xe2\x80\xae##[error]"

/* Rows of "f0", "f1" and so on: the first one, and the others. */
static inline void
judged_many(struct judged *j, int n, enum prof_verdict first,
    enum prof_verdict rest, enum prof_gate_arm arm)
{
	struct prof_buf a = { 0 };
	char name[16];
	int i;

	for (i = 0; i < n; i++)
		prof_buf_addf(&a, "f%d 10\n", i);
	judged_two(j, prof_buf_str(&a), prof_buf_str(&a));
	for (i = 0; i < n; i++) {
		snprintf(name, sizeof name, "f%d", i);
		judged_row(j, name, i == 0 ? first : rest, arm);
	}
	prof_buf_release(&a);
}

#endif
