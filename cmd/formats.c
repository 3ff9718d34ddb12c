/* SPDX-License-Identifier: MIT */
#include "cmd/formats.h"

#include <string.h>

#include "cmd/cli.h"
#include "libanalysis/name.h"

static void
list_format(struct prof_buf *b, bool tsv, const char *name, bool reads,
    bool writes, const char *extensions, const char *summary)
{
	const char *fmt = tsv ? "%s\t%s\t%s\t%s\t%s\n" :
	    "%-12s %-5s %-6s %-22s %s\n";

	prof_buf_addf(b, fmt, name, reads ? "yes" : "no",
	    writes ? "yes" : "no", extensions, summary);
}

void
cli_list_formats(const struct options *o)
{
	bool tsv = o->form[FORM_TSV].wanted;
	const struct prof_reader *r;
	const struct prof_writer *w;
	struct prof_buf b = { 0 };
	struct cli_file f;
	size_t i;

	prof_buf_addf(&b, tsv ? "%s\t%s\t%s\t%s\t%s\n" :
	    "%-12s %-5s %-6s %-22s %s\n", "name", "read", "write",
	    "extensions", "summary");
	for (i = 0; (r = prof_readers[i]) != NULL; i++)
		if (r->summary != NULL)
			list_format(&b, tsv, r->name, true,
			    prof_format_writer(r->name) != NULL,
			    r->extensions, r->summary);
	for (i = 0; (w = prof_writers[i]) != NULL; i++)
		if (prof_format_reader(w->name) == NULL)
			list_format(&b, tsv, w->name, false, true,
			    w->extensions, w->summary);
	cli_open(&f, o->form[FORM_TSV].file != NULL ? o->form[FORM_TSV].file
	    : o->output, NULL);
	prof_out_add(f.out, b.data, b.len);
	cli_close(&f);
	prof_buf_release(&b);
}

void
cli_print_profile(const struct prof_writer *w,
    const struct prof_write_opts *opts, const struct prof_profile *p)
{
	struct prof_buf text = { 0 }, safe = { 0 };
	struct prof_out *out = prof_out_buf(&text);
	struct prof_err err = { 0 };
	struct cli_file f;
	const char *at, *nl, *end;

	if (w->write(p, opts, out, &err) != PROF_OK ||
	    prof_out_finish(out, &err) != PROF_OK)
		cli_fail_err(&err);
	end = text.data + text.len;
	for (at = text.data; at < end; at = nl + 1) {
		nl = memchr(at, '\n', (size_t)(end - at));
		nl = nl != NULL ? nl : end;
		prof_name_print(&safe, at, (size_t)(nl - at));
		prof_buf_addc(&safe, '\n');
	}
	cli_open(&f, NULL, NULL);
	prof_out_add(f.out, safe.data, safe.len);
	cli_close(&f);
	prof_buf_release(&text);
	prof_buf_release(&safe);
}

/* In formats that have no place to say it. */
static void
say_estimate(const struct prof_writer *w, const struct prof_profile *p)
{
	if (p->meta.estimated && (w->loses & PROF_LOSES_METADATA) != 0 &&
	    ((w->loses & PROF_LOSES_EDGES) != 0 || p->edges.n == 0))
		cli_warn("%s", cli_tree_note(p));
}

void
cli_losses(const struct options *o, const struct prof_writer *w,
    const struct prof_profile *p, unsigned column)
{
	static const struct {
		unsigned bit;
		const char *what;
	} known[] = {
		{ PROF_LOSES_LABELS, "labels" },
		{ PROF_LOSES_EDGES, "exact calls between functions" }
	};
	bool has[] = { p->sets.n > 0, p->edges.n > 0 };
	size_t i;

	if ((w->loses & PROF_LOSES_TYPES) != 0 && p->ntypes > 1) {
		if (o->strict)
			cli_fail("%s holds one sample type only, choose it "
			    "with -s (--strict)", w->name);
		cli_warn("%s holds one sample type: writing %s (choose with "
		    "-s)", w->name, prof_profile_str(p,
		    p->type[column].type));
	}
	for (i = 0; i < sizeof known / sizeof known[0]; i++) {
		if ((w->loses & known[i].bit) == 0 || !has[i])
			continue;
		if (o->strict)
			cli_fail("%s cannot hold the profile's %s "
			    "(--strict)", w->name, known[i].what);
		cli_say("%s does not hold the profile's %s", w->name,
		    known[i].what);
	}
	say_estimate(w, p);
}

/* -n and --min-share may come from PROFKIT_OPTS, meant for other tools. */
void
cli_graph_check(const struct options *o, const struct prof_writer *w)
{
	bool dot = strcmp(w->name, "dot") == 0;

	if (o->call_tree && !dot && strcmp(w->name, "callgrind") != 0)
		cli_fail("--call-tree goes with -t dot and -t callgrind");
	if (o->edge_share.den != 0 && !dot)
		cli_fail("--edgefraction goes with -t dot");
	if ((o->limit != 0 || o->min_share.den != 0) && !dot)
		cli_warn("--limit and --min-share have no effect but for "
		    "-t dot");
	if (o->unit != NULL && !dot)
		cli_warn("--unit has no effect but for -t dot");
}

void
cli_graph_opts(struct prof_write_opts *opts, const struct options *o)
{
	opts->call_tree = o->call_tree;
	opts->limit = (uint32_t)(o->limit < UINT32_MAX ? o->limit :
	    UINT32_MAX);
	opts->node_num = o->min_share.num;
	opts->node_den = o->min_share.den;
	opts->edge_num = o->edge_share.num;
	opts->edge_den = o->edge_share.den;
}
