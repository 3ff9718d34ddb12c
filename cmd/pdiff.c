/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cmd/diffwork.h"
#include "cmd/flamediff.h"
#include "cmd/git.h"
#include "cmd/sides.h"
#include "formats/folded_write.h"
#include "formats/format.h"
#include "libanalysis/difftree.h"
#include "libanalysis/merge.h"
#include "libanalysis/side.h"


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

static void
write_form(const struct diffwork *w, enum form form, const char *path)
{
	struct prof_diff_form how = sides_form(w->s, w->o, info.name, form,
	    path);
	struct cli_file f;

	how.verbose = w->o->verbose;
	cli_open(&f, path, NULL);
	if (w->o->tree && form == FORM_COUNT)
		prof_difftree_text(&w->r, &w->c, &how, f.out);
	else if (w->o->tree)
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
write_report(const struct diffwork *w, bool text)
{
	int i;

	for (i = 0; i <= FORM_MARKDOWN; i++)
		if (w->o->form[i].wanted)
			write_form(w, (enum form)i, w->o->form[i].file !=
			    NULL ? w->o->form[i].file : w->o->output);
	if (text)
		write_form(w, FORM_COUNT, w->o->output);
}

/* The runs are summed, so that this comes last of the reports. */
static void
write_picture(struct sides *s, const struct options *o)
{
	const struct form_wish *wish = &o->form[FORM_SVG];
	struct cli_file f;

	cli_open(&f, wish->file != NULL ? wish->file : o->output,
	    "use --svg=FILE, -o out.svg or a pipe");
	flamediff_draw(s, o, info.name, f.out);
	cli_close(&f);
}

int
main(int argc, char **argv)
{
	const struct prof_writer *writer;
	bool found, text, stacks;
	struct diffwork w;
	struct options o;
	struct sides s;

	cli_init(&info, &o, argc, argv);
	writer = find_writer(&o);
	text = cli_forms(&o, info.tool) && writer == NULL;
	diffwork_begin(&w, &o);
	if (o.operands.n == 0 && !o.sides && o.by == NULL &&
	    o.files0 == NULL)
		cli_usage();
	cli_operands(&o);
	if (o.git)
		git_begin(&o);
	stacks = writer != NULL || o.tree || o.form[FORM_SVG].wanted ||
	    cli_needs(&o) != 0;
	sides_load(&s, &o, stacks);
	if (o.git)
		git_names(&s);
	sides_view(&s, &o);
	diffwork_compare(&w, &s);
	found = o.exit_code && diffwork_left(&w);
	write_report(&w, text);
	diffwork_release(&w);
	if (o.form[FORM_SVG].wanted)
		write_picture(&s, &o);
	if (writer != NULL)
		write_profile(&s, &o, writer);
	sides_release(&s);
	options_release(&o);
	return cli_finish(found && !o.git);
}
