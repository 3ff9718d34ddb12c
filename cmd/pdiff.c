/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cmd/names.h"
#include "cmd/sides.h"
#include "formats/folded_write.h"
#include "formats/format.h"
#include "libanalysis/difftext.h"
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

static void
write_form(const struct options *o, const struct prof_diff *d, enum form form,
    const char *path)
{
	struct prof_diff_form how = sides_form(o, info.name, form, path);
	struct cli_file f;

	cli_open(&f, path, NULL);
	if (form == FORM_TSV)
		prof_diff_tsv(d, &how, f.out);
	else if (form == FORM_JSON)
		prof_diff_json(d, &how, f.out);
	else
		prof_diff_text(d, &how, f.out);
	cli_close(&f);
	sides_form_release(&how);
}

static void
write_report(struct options *o, const struct prof_diff *d, bool text)
{
	int i;

	for (i = 0; i < FORM_COUNT; i++)
		if (o->form[i].wanted)
			write_form(o, d, (enum form)i, o->form[i].file !=
			    NULL ? o->form[i].file : o->output);
	if (text)
		write_form(o, d, FORM_COUNT, o->output);
}

static bool
differs(const struct prof_diff *d)
{
	return d->count[PROF_DIFF_NEW] + d->count[PROF_DIFF_GONE] +
	    d->count[PROF_DIFF_CHANGED] + d->count[PROF_DIFF_RENAMED] > 0;
}

int
main(int argc, char **argv)
{
	struct options o;
	struct sides s;
	struct prof_diff d;
	struct prof_err err = { 0 };
	const struct prof_writer *w;
	bool found, text;

	cli_init(&info, &o, argc, argv);
	w = find_writer(&o);
	text = cli_forms(&o, info.tool) && w == NULL;
	if (o.sort != NULL && strcmp(o.sort, "delta") != 0)
		cli_fail("--sort takes delta, not '%s'", o.sort);
	if (o.operands.n == 0 && !o.sides && o.files0 == NULL)
		cli_usage();
	cli_operands(&o);
	sides_load(&s, &o, w != NULL || cli_needs(&o) != 0);
	sides_view(&s, &o);
	if (prof_diff_init_matching(&d, s.run, s.nruns, s.nbase,
	    cli_matching(&o), &err) != PROF_OK)
		cli_fail_err(&err);
	d.min_share_num = o.min_share.num;
	d.min_share_den = o.min_share.den;
	found = differs(&d);
	write_report(&o, &d, text);
	prof_diff_release(&d);
	if (w != NULL)
		write_profile(&s, &o, w);
	sides_release(&s);
	options_release(&o);
	return cli_finish(o.exit_code && found);
}
