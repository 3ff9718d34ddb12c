/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/baseline.h"
#include "cmd/comparable.h"
#include "cmd/filters.h"
#include "cmd/judge.h"
#include "cmd/message.h"
#include "cmd/sides.h"
#include "libanalysis/gateforms.h"
#include "libanalysis/nomem.h"

#define ALPHA_RUNS 0.003	/* with replicates: few false alarms */
#define ALPHA_SINGLE 0.05	/* a smaller one would cost a third of power */
#define CONTEXT_SHARE 0.0005	/* of what may be a culprit */

static const struct tool_info info = {
	.tool = TOOL_REGRESS,
	.name = "pregress",
	.summary = "Exit 1 when a function, or everything, became slower.",
	.synopsis = "[-x RATIO] [FORM] [OPTION...] BASE NEW\n"
	    "       pregress [OPTION...] --base FILE... --new FILE...",
	.example = {
		"Fail the build when something takes 1.5 times as long\n"
		"pregress old.pb.gz new.pb.gz || exit 1",
		"Another threshold\n"
		"pregress -x 120% old.pb.gz new.pb.gz",
		"Several runs, less noise\n"
		"pregress --base base/*.pb.gz --new new.pb.gz",
		"Memory in use\n"
		"pregress -s inuse_space heap1.pb.gz heap2.pb.gz",
		"Reports for the CI server beside the text\n"
		"pregress --junit=p.xml --markdown=p.md old.pb.gz new.pb.gz"
	}
};

/* The command that shows more, as a shell takes it. */
static char *
more(const struct options *o, const struct sides *s)
{
	struct prof_buf b = { 0 };
	unsigned i, n;
	const char **words = cli_filter_words(o, &n);
	char *text;

	prof_buf_adds(&b, "pdiff");
	for (i = 0; i < n; i++) {
		prof_buf_addc(&b, ' ');
		cli_quote(&b, words[i]);
	}
	free(words);
	if (o->granularity != NULL) {
		prof_buf_adds(&b, " -g ");
		cli_quote(&b, o->granularity);
	}
	if (o->sample_type != NULL) {
		prof_buf_adds(&b, " -s ");
		cli_quote(&b, o->sample_type);
	}
	if (s->nruns > 2)
		prof_buf_adds(&b, " --base");
	for (i = 0; i < s->nruns; i++) {
		if (i == s->nbase && s->nruns > 2)
			prof_buf_adds(&b, " --new");
		prof_buf_addc(&b, ' ');
		cli_quote(&b, s->name[i]);
	}
	text = prof_strndup(b.data, b.len);
	prof_buf_release(&b);
	return text;
}

static void
write_one(const struct prof_gate *g, const struct prof_gate_form *how,
    enum form form, struct prof_out *out)
{
	struct prof_err err = { 0 };

	switch (form) {
	case FORM_TSV:
	case FORM_CSV:
	case FORM_JSONL:
		prof_gate_rows(g, how, (enum prof_form)form, out);
		break;
	case FORM_JSON:
		prof_gate_json(g, how, out);
		break;
	case FORM_MARKDOWN:
		prof_gate_markdown(g, how, out);
		break;
	case FORM_JUNIT:
		if (prof_gate_junit(g, how, out, &err) != PROF_OK)
			cli_fail_err(&err);
		break;
	case FORM_GITHUB:
		prof_gate_github(g, how, out);
		break;
	case FORM_SVG:
		cli_fail("--svg is not there yet");
	case FORM_COUNT:
		prof_gate_text(g, how, out);
		break;
	}
}

static void
write_form(const struct options *o, const struct sides *s,
    const struct prof_gate *g, enum form form, const char *path)
{
	struct prof_gate_form how = { .plain = sides_form(s, o, info.name, form,
	    path), .verbose = o->verbose };
	char *command = more(o, s);
	struct cli_file f;

	how.more = command;
	cli_open(&f, path, NULL);
	write_one(g, &how, form, f.out);
	cli_close(&f);
	free(command);
	sides_form_release(&how.plain);
}

static void
write_report(struct options *o, const struct sides *s,
    const struct prof_gate *g)
{
	bool text = cli_forms(o, info.tool);
	int i;

	for (i = 0; i < FORM_COUNT; i++)
		if (o->form[i].wanted)
			write_form(o, s, g, (enum form)i, o->form[i].file !=
			    NULL ? o->form[i].file : o->output);
	if (text)
		write_form(o, s, g, FORM_COUNT, o->output);
}

static bool
is_empty(const struct sides *s)
{
	unsigned i;

	for (i = s->nbase; i < s->nruns; i++)
		if (s->profile[i].nsamples + s->profile[i].edges.n == 0)
			return true;
	return false;
}

/* Why the new runs are no baseline, or NULL. */
static const char *
why_not(const struct options *o, const struct sides *s,
    enum prof_verdict verdict)
{
	unsigned fresh = s->nruns - s->nbase;

	cli_unmatched();
	if (verdict == PROF_VERDICT_REGRESSION)
		return "there is a regression";
	if (cli_is_incomplete())
		return "the comparison is incomplete";
	if (is_empty(s))
		return "a new run is empty";
	if (fresh < o->min_runs || (s->nbase > 0 && s->nbase < o->min_runs))
		return "there are too few runs";
	return NULL;
}

static int
pass_without_base(struct options *o, struct sides *s)
{
	baseline_missing(o, s);
	baseline_update(o, why_not(o, s, PROF_VERDICT_OK));
	sides_release(s);
	options_release(o);
	return cli_finish(false);
}

/* A comparison from the runs to the verdict. */
struct job {
	struct sides s;
	struct prof_diff d;
	struct prof_evidence e;
	struct prof_context c;
	struct prof_findings f;
	struct prof_gate g;
};

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
	return r;
}

static struct prof_evidence_rule
evidence_rule(const struct options *o, const struct job *j,
    const struct prof_gate_rule *gate)
{
	struct prof_evidence_rule r = prof_evidence_default();

	r.ratio = gate->ratio;
	r.min_share = gate->min_share;
	r.both = false;
	r.alpha = j->s.nruns > 2 ? ALPHA_RUNS : ALPHA_SINGLE;
	judge_rule(o, info.tool, &j->s, &j->d, &r);
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

static void
judge(struct job *j, const struct options *o)
{
	struct prof_evidence_rule rule;
	struct prof_gate_rule gate;
	struct prof_err err = { 0 };
	unsigned metrics;
	bool found;

	if (prof_diff_init(&j->d, j->s.run, j->s.nruns, j->s.nbase, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	comparable_check(&j->s, o, &j->d);
	check_sides(&j->d);
	metrics = judge_metrics(o, &j->d);
	gate = gate_rule(o, &j->d);
	rule = evidence_rule(o, j, &gate);
	sides_scale(&j->s, o, &j->d, &rule);
	if (prof_evidence_init(&j->e, &j->d, &rule, metrics, &err) != PROF_OK)
		cli_fail_err(&err);
	found = any_found(&j->e);
	if (found)
		prof_context_init(&j->c, &j->d, CONTEXT_SHARE);
	prof_findings_init(&j->f, &j->e, found ? &j->c : NULL);
	if (prof_gate_init(&j->g, &j->e, &j->f, &gate, &err) != PROF_OK)
		cli_fail_err(&err);
}

static void
release(struct job *j)
{
	prof_gate_release(&j->g);
	prof_findings_release(&j->f);
	prof_context_release(&j->c);
	prof_evidence_release(&j->e);
	prof_diff_release(&j->d);
	sides_release(&j->s);
}

/* The verdict as an exit status. */
static bool
conclude(const struct options *o, const struct prof_gate *g)
{
	if (g->verdict == PROF_VERDICT_INCONCLUSIVE) {
		cli_warn("undecided: %s", g->reason);
		if (o->strict)
			cli_incomplete();
	}
	return g->verdict == PROF_VERDICT_REGRESSION;
}

int
main(int argc, char **argv)
{
	struct options o;
	struct job j;
	bool failed;

	memset(&j, 0, sizeof j);
	cli_init(&info, &o, argc, argv);
	if (o.calibrate != NULL)
		cli_fail("--calibrate is not there yet");
	if (o.operands.n == 0 && !o.sides && o.by == NULL &&
	    o.files0 == NULL)
		cli_usage();
	cli_operands(&o);
	baseline_check(&o);
	sides_load(&j.s, &o, cli_needs(&o) != 0);
	if (j.s.no_base)
		return pass_without_base(&o, &j.s);
	sides_view(&j.s, &o);
	judge(&j, &o);
	failed = conclude(&o, &j.g);
	write_report(&o, &j.s, &j.g);
	baseline_update(&o, why_not(&o, &j.s, j.g.verdict));
	release(&j);
	options_release(&o);
	return cli_finish(failed);
}
