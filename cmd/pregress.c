/* SPDX-License-Identifier: MIT */
#include "cmd/baseline.h"
#include "cmd/calibrate.h"
#include "cmd/command.h"
#include "cmd/flamediff.h"
#include "cmd/verdict.h"
#include "libanalysis/gateforms.h"

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
		break;
	case FORM_COUNT:
		prof_gate_text(g, how, out);
		break;
	}
}

static void
write_form(const struct options *o, const struct sides *s,
    const struct prof_gate *g, enum form form, const char *path)
{
	struct prof_gate_form how = { .plain = sides_form(s, o, info.name,
	    form, path), .verbose = o->verbose };
	struct prof_buf command = { 0 };
	struct cli_file f;

	command_pdiff(&command, o, s);
	how.more = prof_buf_str(&command);
	cli_open(&f, path, NULL);
	write_one(g, &how, form, f.out);
	cli_close(&f);
	prof_buf_release(&command);
	sides_form_release(&how.plain);
}

static void
write_report(const struct options *o, const struct sides *s,
    const struct prof_gate *g, bool text)
{
	int i;

	for (i = 0; i < FORM_COUNT; i++)
		if (o->form[i].wanted && i != FORM_SVG)
			write_form(o, s, g, (enum form)i, o->form[i].file !=
			    NULL ? o->form[i].file : o->output);
	if (text)
		write_form(o, s, g, FORM_COUNT, o->output);
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

/* Last, because runs are summed for it. */
static void
draw(const struct options *o, struct sides *s)
{
	const struct form_wish *wish = &o->form[FORM_SVG];
	struct cli_file f;

	if (!wish->wanted)
		return;
	cli_open(&f, wish->file != NULL ? wish->file : o->output, NULL);
	flamediff_draw(s, o, info.name, f.out);
	cli_close(&f);
}

static int
pass_without_base(struct options *o, struct sides *s)
{
	baseline_missing(o, s);
	baseline_update(o, s, baseline_why_not(o, s, PROF_VERDICT_OK));
	sides_release(s);
	options_release(o);
	return cli_finish(false);
}

int
main(int argc, char **argv)
{
	struct options o;
	struct sides s;
	struct verdict v;
	bool failed, text;

	cli_init(&info, &o, argc, argv);
	if (o.calibrate != NULL) {
		calibrate(&o);
		options_release(&o);
		return cli_finish(false);
	}
	if (o.operands.n == 0 && !o.sides && o.by == NULL &&
	    o.files0 == NULL)
		cli_usage();
	cli_operands(&o);
	baseline_check(&o);
	text = cli_forms(&o, info.tool);
	verdict_begin(&v, &o);
	sides_load(&s, &o, cli_needs(&o) != 0 || o.form[FORM_SVG].wanted);
	if (s.no_base) {
		verdict_release(&v);
		return pass_without_base(&o, &s);
	}
	sides_view(&s, &o);
	verdict_init(&v, &s);
	failed = conclude(&o, &v.g);
	write_report(&o, &s, &v.g, text);
	baseline_update(&o, &s, baseline_why_not(&o, &s, v.g.verdict));
	verdict_release(&v);
	draw(&o, &s);
	sides_release(&s);
	options_release(&o);
	return cli_finish(failed);
}
