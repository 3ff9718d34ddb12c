/* SPDX-License-Identifier: MIT */
#include "cmd/verdict.h"

#include <string.h>

#define ALPHA_RUNS 0.003	/* with replicates: few false alarms */
#define ALPHA_SINGLE 0.05	/* a smaller one would cost a third of power */

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
gate_rule(const struct options *o)
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
verdict_begin(struct verdict *v, const struct options *o)
{
	memset(v, 0, sizeof *v);
	judge_begin(&v->j, o, TOOL_REGRESS);
	v->rule = gate_rule(o);
	v->j.rule.min_share = v->rule.min_share;
	v->j.rule.both = false;
}

void
verdict_init(struct verdict *v, struct sides *s)
{
	const struct options *o = v->j.o;
	struct prof_err err = { 0 };

	if (o->alpha.den == 0)
		v->j.rule.alpha = s->nruns > 2 ? ALPHA_RUNS : ALPHA_SINGLE;
	judge_compare(&v->j, s);
	check_sides(&v->j.d);
	if (o->min_delta != NULL)
		judge_amount("min-delta", o->min_delta, &v->j.d,
		    &v->rule.min_delta, &v->rule.min_delta_value);
	v->rule.judged = judge_asked(&v->j);
	judge_find(&v->j, v->rule.judged);
	if (prof_gate_init(&v->g, &v->j.e, &v->j.f, &v->rule, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
}

void
verdict_release(struct verdict *v)
{
	prof_gate_release(&v->g);
	judge_release(&v->j);
}
