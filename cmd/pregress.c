/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/filters.h"
#include "cmd/names.h"
#include "cmd/sides.h"
#include "libanalysis/regresstext.h"

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
		"A report for the CI server beside the text\n"
		"pregress --junit=perf.xml old.pb.gz new.pb.gz"
	}
};

static struct prof_regress_rule
rule_of(const struct options *o)
{
	struct prof_regress_rule rule = prof_regress_default();

	if (o->ratio.den != 0) {
		rule.ratio.num = o->ratio.num;
		rule.ratio.den = o->ratio.den;
	}
	if (o->min_share.den != 0) {
		rule.min_share.num = o->min_share.num;
		rule.min_share.den = o->min_share.den;
	}
	return rule;
}

static void
add_hint(const struct options *o, const struct sides *s,
    struct prof_out *out)
{
	struct prof_buf b = { 0 };
	unsigned i, n;
	const char **words = cli_filter_words(o, &n);

	prof_buf_adds(&b, "More: pdiff");
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
	prof_buf_addc(&b, '\n');
	prof_out_add(out, b.data, b.len);
	prof_buf_release(&b);
}

static void
write_form(const struct options *o, const struct sides *s,
    const struct prof_regress *g, enum form form, const char *path)
{
	struct prof_diff_form how = sides_form(o, info.name, form, path);
	struct prof_err err = { 0 };
	struct cli_file f;

	cli_open(&f, path, NULL);
	if (form == FORM_JSON) {
		prof_regress_json(g, &how, f.out);
	} else if (form == FORM_JUNIT) {
		if (prof_regress_junit(g, &how, f.out, &err) != PROF_OK)
			cli_fail_err(&err);
	} else {
		prof_regress_text(g, &how, f.out);
		add_hint(o, s, f.out);
	}
	cli_close(&f);
	sides_form_release(&how);
}

static void
write_report(struct options *o, const struct sides *s,
    const struct prof_regress *g)
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

int
main(int argc, char **argv)
{
	struct options o;
	struct sides s;
	struct prof_diff d;
	struct prof_regress g;
	struct prof_regress_rule rule;
	struct prof_err err = { 0 };
	bool failed;

	cli_init(&info, &o, argc, argv);
	if (o.operands.n == 0 && !o.sides && o.files0 == NULL)
		cli_usage();
	cli_operands(&o);
	rule = rule_of(&o);
	sides_load(&s, &o, cli_needs(&o) != 0);
	sides_view(&s, &o);
	if (prof_diff_init_matching(&d, s.run, s.nruns, s.nbase,
	    cli_matching(&o), &err) != PROF_OK)
		cli_fail_err(&err);
	if (prof_regress_init(&g, &d, &rule, &err) != PROF_OK)
		cli_fail_err(&err);
	failed = g.verdict == PROF_VERDICT_REGRESSION;
	if (g.verdict == PROF_VERDICT_INCONCLUSIVE) {
		cli_warn("undecided: %s", g.reason);
		if (o.strict)
			cli_incomplete();
	}
	write_report(&o, &s, &g);
	prof_regress_release(&g);
	prof_diff_release(&d);
	sides_release(&s);
	options_release(&o);
	return cli_finish(failed);
}
