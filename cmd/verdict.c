/* SPDX-License-Identifier: MIT */
#include "cmd/verdict.h"

#include <string.h>

#include "cmd/comparable.h"
#include "cmd/judge.h"
#include "cmd/names.h"

#define ALPHA_RUNS 0.003	/* with replicates: few false alarms */
#define ALPHA_SINGLE 0.05	/* a smaller one would cost a third of power */
#define CONTEXT_SHARE 0.0005	/* of what may be a culprit */

static struct prof_fraction
fraction_or(struct fraction f, struct prof_fraction otherwise)
{
	return f.den != 0 ? (struct prof_fraction){ f.num, f.den } :
	    otherwise;
}

/* a below b, both above 0. */
static bool
less(struct prof_fraction a, struct prof_fraction b)
{
	return (prof_i128)a.num * b.den < (prof_i128)b.num * a.den;
}

static struct prof_gate_rule
gate_rule(const struct options *o, const struct prof_diff *d)
{
	struct prof_gate_rule r = prof_gate_default();
	struct prof_noun noun;
	static const enum prof_gate_new fresh[] = {
		[NEW_FAIL] = PROF_GATE_NEW_FAIL,
		[NEW_WARN] = PROF_GATE_NEW_WARN,
		[NEW_IGNORE] = PROF_GATE_NEW_IGNORE
	};

	r.ratio = fraction_or(o->ratio, r.ratio);
	r.min_share = fraction_or(o->min_share, r.min_share);
	r.impact = fraction_or(o->impact, r.impact);
	r.total = fraction_or(o->total_ratio, r.total);
	r.warn = fraction_or(o->warn, r.warn);
	if (o->min_delta != NULL)
		judge_amount("min-delta", o->min_delta, d->unit,
		    &r.min_delta, &r.min_delta_value);
	if (r.warn.num != 0 && !less(r.warn, r.ratio))
		cli_fail("--warn takes a ratio below that of --ratio");
	r.strict_ratio = o->strict_ratio;
	r.min_runs = o->min_runs < PROF_DIFF_RUNS_MAX ?
	    (unsigned)o->min_runs : PROF_DIFF_RUNS_MAX;
	r.min_runs = r.min_runs > 0 ? r.min_runs : 1;
	r.fresh = fresh[o->new_function];
	noun = cli_style(o, NULL).noun;
	r.one = noun.one;
	r.many = noun.many;
	return r;
}

static struct prof_evidence_rule
evidence_rule(const struct options *o, const struct sides *s,
    const struct prof_diff *d, const struct prof_gate_rule *gate)
{
	struct prof_evidence_rule r = prof_evidence_default();

	r.ratio = gate->ratio;
	r.min_share = gate->min_share;
	r.both = false;
	r.alpha = s->nruns > 2 ? ALPHA_RUNS : ALPHA_SINGLE;
	judge_rule(o, s, d, &r);
	return r;
}

static bool
any_found(const struct prof_evidence *e)
{
	uint32_t i;
	unsigned m;

	for (m = 0; m < PROF_JUDGED; m++)
		for (i = 1; e->of[m] != NULL && i <= e->d->match.n; i++)
			if (e->of[m][i].found)
				return true;
	return false;
}

/* A side without values has nothing to say about the other. */
static void
check_sides(const struct prof_diff *d)
{
	unsigned side;

	for (side = 0; side < PROF_DIFF_SIDES; side++) {
		if (d->whole[side] > 0 && (d->sum[side] != 0 ||
		    d->sum[!side] != 0))
			continue;
		cli_fail("'%s'%s without a value%s%s: nothing to judge by",
		    d->run[side == PROF_DIFF_BASE ? 0 : d->runs[0]].name,
		    d->runs[side] > 1 ? " and the other runs of its side are"
		    : " is", d->type[0] != '\0' ? " of " : "", d->type);
	}
}

void
verdict_init(struct verdict *v, const struct options *o, struct sides *s)
{
	struct prof_evidence_rule rule;
	struct prof_gate_rule gate;
	struct prof_err err = { 0 };
	unsigned metrics;
	bool found;

	memset(v, 0, sizeof *v);
	if (prof_diff_init_matching(&v->d, s->run, s->nruns, s->nbase,
	    cli_matching(o), &err) != PROF_OK)
		cli_fail_err(&err);
	check_sides(&v->d);
	comparable_check(s, o, &v->d);
	metrics = judge_metrics(o, &v->d);
	gate = gate_rule(o, &v->d);
	gate.judged = metrics;
	rule = evidence_rule(o, s, &v->d, &gate);
	judge_noise(o, TOOL_REGRESS, &v->noise, &rule);
	sides_scale(s, o, &v->d, &rule);
	if (prof_evidence_init(&v->e, &v->d, &rule, metrics, &err) != PROF_OK)
		cli_fail_err(&err);
	found = any_found(&v->e);
	if (found)
		prof_context_init(&v->c, &v->d, CONTEXT_SHARE);
	prof_findings_init(&v->f, &v->e, found ? &v->c : NULL);
	if (prof_gate_init(&v->g, &v->e, &v->f, &gate, &err) != PROF_OK)
		cli_fail_err(&err);
}

void
verdict_release(struct verdict *v)
{
	prof_gate_release(&v->g);
	prof_findings_release(&v->f);
	prof_context_release(&v->c);
	prof_evidence_release(&v->e);
	prof_noise_table_release(&v->noise);
	prof_diff_release(&v->d);
	memset(v, 0, sizeof *v);
}
