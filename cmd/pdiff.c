/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cmd/comparable.h"
#include "cmd/diffrule.h"
#include "cmd/flamediff.h"
#include "cmd/git.h"
#include "cmd/sides.h"
#include "formats/folded_write.h"
#include "formats/format.h"
#include "libanalysis/difftree.h"
#include "libanalysis/merge.h"
#include "libanalysis/side.h"

#define TIMED_LEAST 1e6		/* ns: --min-value of measured times */
#define TREE_SHARE .005		/* of what --tree names */
#define CONTEXT_SHARE .0005	/* of a subtree that may be a culprit */

static const struct tool_info info = {
	.tool = TOOL_DIFF,
	.name = "pdiff",
	.summary = "Compare two profiles, or two sets of runs, function by "
	    "function.",
	.synopsis = "[-n N | -a] [FORM] [OPTION...] BASE NEW\n"
	    "       pdiff [OPTION...] --base FILE... --new FILE...",
	.example = {
		"What changed between two builds?\n"
		"pdiff old.pb.gz new.pb.gz",
		"The same in a pipe\n"
		"pconvert a.pb | pdiff - b.pb",
		"Several runs of each side\n"
		"pdiff --base v1.*.pb.gz --new v2.*.pb.gz",
		"Memory in use, for a script\n"
		"pdiff -s inuse_space --tsv heap1.pb.gz heap2.pb.gz",
		"A differential flame graph by another tool\n"
		"pdiff -t folded a.folded b.folded | flamegraph.pl > d.svg"
	}
};

static const struct prof_writer *
find_writer(const struct options *o)
{
	const char *name = o->to;
	const struct prof_writer *w;

	if (name == NULL && o->output != NULL &&
	    cli_form_of(o->output) == FORM_COUNT) {
		w = prof_format_writer_for(o->output);
		return w != NULL && (strcmp(w->name, "folded") == 0 ||
		    strcmp(w->name, "pprof") == 0) ? w : NULL;
	}
	if (name == NULL)
		return NULL;
	if (strcmp(name, "folded") != 0 && strcmp(name, "pprof") != 0)
		cli_fail("pdiff writes -t folded or -t pprof, not '%s'",
		    name);
	return prof_format_writer(name);
}

/* Both sides as one profile: two columns, or base values negated. */
static void
write_profile(struct sides *s, const struct options *o,
    const struct prof_writer *w)
{
	bool folded = strcmp(w->name, "folded") == 0, newer;
	struct prof_write_opts opts = { .level = 0 };
	static const unsigned both[] = { 0, 1 };
	struct prof_merge *m = prof_merge_new();
	struct prof_profile *p, out = { 0 };
	struct prof_err err = { 0 };
	struct cli_file f;
	unsigned i;
	int rc = PROF_OK;

	for (i = 0; i < s->nruns && rc == PROF_OK; i++) {
		p = &s->profile[i];
		newer = i >= s->nbase;
		if (!newer)
			scaling_profile(&s->scaling, p);
		rc = prof_side_mean(p, s->run[i].column, newer ?
		    s->nruns - s->nbase : s->nbase, &err);
		if (folded)
			prof_side_pair(p, newer);
		else if (!newer && rc == PROF_OK)
			rc = prof_side_negate(p, &err);
		if (rc == PROF_OK)
			rc = prof_merge_add(m, p, s->name[i], &err);
	}
	if (rc == PROF_OK)
		rc = prof_merge_finish(m, &out, &err);
	if (rc != PROF_OK)
		cli_fail_err(&err);
	if (out.meta.estimated && folded)
		cli_warn("%s", cli_tree_note(&out));
	cli_open(&f, o->output, w->binary ?
	    "use -o FILE, -t folded, or a pipe" : NULL);
	rc = folded && out.ntypes == 2 ?
	    prof_folded_write(&out, both, 2, f.out, &err) :
	    w->write(&out, &opts, f.out, &err);
	if (rc != PROF_OK)
		cli_fail_err(&err);
	cli_close(&f);
	prof_profile_release(&out);
}

/* --- reports -------------------------------------------------------------- */

/* The comparison, what is known of it, and how it is shown. */
struct work {
	struct options o;
	struct sides s;
	struct prof_diff d;
	struct prof_evidence e;
	struct prof_context c;	/* with --tree */
	struct prof_findings f;
	struct prof_evidence_rule rule;
	struct prof_diff_report r;
	bool known;		/* e and f are there */
};

static void
write_form(const struct work *w, enum form form, const char *path)
{
	struct prof_diff_form how = sides_form(&w->s, &w->o, info.name, form, path);
	struct cli_file f;

	how.verbose = w->o.verbose;
	cli_open(&f, path, NULL);
	if (w->o.tree && form == FORM_COUNT)
		prof_difftree_text(&w->r, &w->c, &how, f.out);
	else if (w->o.tree)
		prof_difftree_write(&w->r, &w->c, (enum prof_form)form, &how,
		    f.out);
	else if (form == FORM_COUNT)
		prof_diff_text(&w->r, &how, f.out);
	else
		prof_diff_write(&w->r, (enum prof_form)form, &how, f.out);
	cli_close(&f);
	sides_form_release(&how);
}

static void
write_report(const struct work *w, bool text)
{
	int i;

	for (i = 0; i <= FORM_MARKDOWN; i++)
		if (w->o.form[i].wanted)
			write_form(w, (enum form)i, w->o.form[i].file !=
			    NULL ? w->o.form[i].file : w->o.output);
	if (text)
		write_form(w, FORM_COUNT, w->o.output);
}

/* The runs of w->s are summed, so that this comes last of the reports. */
static void
write_picture(struct work *w)
{
	const struct form_wish *wish = &w->o.form[FORM_SVG];
	struct cli_file f;

	cli_open(&f, wish->file != NULL ? wish->file : w->o.output,
	    "use --svg=FILE, -o out.svg or a pipe");
	flamediff_draw(&w->s, &w->o, info.name, f.out);
	cli_close(&f);
}

/* --- evidence ------------------------------------------------------------- */

static bool
any_found(const struct prof_evidence *e)
{
	uint32_t i;
	unsigned m;

	for (m = 0; m < PROF_DIFF_METRICS; m++)
		for (i = 0; e->of[m] != NULL && i <= e->d->match.n; i++)
			if (e->of[m][i].found)
				return true;
	return false;
}

static void
judge(struct work *w)
{
	unsigned judged = diffrule_judged(&w->r.view.choice);
	struct prof_context c = { .n = 0 };
	bool found;
	struct prof_err err = { 0 };

	if (prof_evidence_init(&w->e, &w->d, &w->rule, judged, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	/* Times that no samples are behind: small ones are all noise. */
	if (w->o.min_value == NULL && w->rule.min_value <= 0 &&
	    w->e.model[PROF_JUDGED_SELF] == PROF_MODEL_TIMED &&
	    strcmp(w->d.unit, "nanoseconds") == 0) {
		prof_evidence_release(&w->e);
		w->rule.min_value = TIMED_LEAST;
		if (prof_evidence_init(&w->e, &w->d, &w->rule, judged,
		    &err) != PROF_OK)
			cli_fail_err(&err);
	}
	found = any_found(&w->e);
	if (found)
		prof_context_init(&c, &w->d, CONTEXT_SHARE);
	prof_findings_init(&w->f, &w->e, found && c.n > 0 ? &c : NULL);
	if (found)
		prof_context_release(&c);
	w->known = true;
	w->r.view.e = &w->e;
	w->r.f = &w->f;
}

/* Whether a changed row is left after the thresholds. */
static bool
is_left(const struct work *w)
{
	struct prof_diff_view v = w->r.view;
	size_t n;

	v.choice.proved = w->o.alpha.den != 0;
	free(prof_diff_rows(&v, 0, false, &n));
	return n > 0;
}

static double
tree_share(const struct options *o)
{
	if (o->all)
		return 0;
	return o->min_share.den == 0 ? TREE_SHARE :
	    (double)o->min_share.num / (double)o->min_share.den;
}

/* Options that only rows of functions have a meaning for. */
static void
check_tree(const struct options *o)
{
	const struct {
		bool given;
		const char *name;
	} list[] = {
		{ o->limit != 0, "limit" }, { o->sort != NULL, "sort" },
		{ o->only != NULL, "only" }, { o->metrics != NULL, "metric" },
		{ o->bootstrap != 0, "bootstrap" }, { o->mean, "mean" },
		{ o->min_delta != NULL, "min-delta" }
	};
	size_t i;

	for (i = 0; o->tree && i < sizeof list / sizeof list[0]; i++)
		if (list[i].given)
			cli_fail("--%s does not go with --tree; --min-share "
			    "does", list[i].name);
}

static void
compare(struct work *w)
{
	struct prof_err err = { 0 };
	const char *key = NULL;
	enum prof_granularity g = cli_granularity(&w->o, &key);

	if (prof_diff_init(&w->d, w->s.run, w->s.nruns, w->s.nbase, &err) !=
	    PROF_OK)
		cli_fail_err(&err);
	comparable_check(&w->s, &w->o, &w->d);
	sides_scale(&w->s, &w->o, &w->d, &w->rule);
	w->d.min_share_num = w->o.min_share.num;
	w->d.min_share_den = w->o.min_share.den;
	w->r.view.d = &w->d;
	w->r.bootstrap = w->o.bootstrap;
	w->r.shares = g == PROF_BY_FILE || g == PROF_BY_MODULE ||
	    g == PROF_BY_PACKAGE;
	diffrule_values(&w->o, &w->d, &w->r.view.choice, &w->rule);
	/* Means are no sums of samples. */
	if (!w->o.mean)
		judge(w);
	if (w->o.tree)
		prof_context_init(&w->c, &w->d, tree_share(&w->o));
}

static void
release(struct work *w)
{
	if (w->o.tree)
		prof_context_release(&w->c);
	if (w->known) {
		prof_findings_release(&w->f);
		prof_evidence_release(&w->e);
	}
	prof_diff_release(&w->d);
}

int
main(int argc, char **argv)
{
	struct work w = { .known = false };
	const struct prof_writer *writer;
	bool found, text, stacks;

	cli_init(&info, &w.o, argc, argv);
	writer = find_writer(&w.o);
	text = cli_forms(&w.o, info.tool) && writer == NULL;
	check_tree(&w.o);
	diffrule_parse(&w.o, &w.r.view.choice, &w.rule);
	if (w.o.operands.n == 0 && !w.o.sides && w.o.by == NULL &&
	    w.o.files0 == NULL)
		cli_usage();
	cli_operands(&w.o);
	if (w.o.git)
		git_begin(&w.o);
	stacks = writer != NULL || w.o.tree || w.o.form[FORM_SVG].wanted ||
	    cli_needs(&w.o) != 0;
	sides_load(&w.s, &w.o, stacks);
	if (w.o.git)
		git_names(&w.s);
	sides_view(&w.s, &w.o);
	compare(&w);
	found = is_left(&w);
	write_report(&w, text);
	release(&w);
	if (w.o.form[FORM_SVG].wanted)
		write_picture(&w);
	if (writer != NULL)
		write_profile(&w.s, &w.o, writer);
	sides_release(&w.s);
	options_release(&w.o);
	return cli_finish(w.o.exit_code && found && !w.o.git);
}
