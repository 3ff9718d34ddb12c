/* SPDX-License-Identifier: MIT */
#include "cmd/filters.h"
#include "cmd/report.h"

static const struct tool_info info = {
	.tool = TOOL_TOP,
	.name = "ptop",
	.summary = "Show where a profile spends: one row per function.",
	.synopsis = "[-n N | -a] [--sort KEY] [REPORT] [FORM] [OPTION...] "
	    "[FILE...]",
	.example = {
		"The 20 functions with the most self time\n"
		"ptop cpu.pb.gz",
		"By total time, callees included\n"
		"ptop --sort total cpu.pb.gz",
		"Who calls malloc?\n"
		"ptop --callers 'malloc$' cpu.pb.gz",
		"The call tree, from a pipe\n"
		"curl -s host:6060/debug/pprof/profile | ptop --tree",
		"For a script\n"
		"ptop --tsv -a cpu.pb.gz | sort -t$'\\t' -k2,2nr | head"
	}
};

int
main(int argc, char **argv)
{
	struct options o;
	struct prof_profile p;
	const struct report *r;
	bool text, raw;

	cli_init(&info, &o, argc, argv);
	r = report_find(&o);
	text = cli_forms(&o, info.tool);
	report_check(&o, r);
	raw = r->raw && !cli_filters(&o);
	cli_operands(&o);
	if (!cli_load(&o, &o.operands, raw ? r->needs : CLI_PRUNE |
	    cli_needs(&o) | r->needs, &p))
		cli_fail("no input could be read");
	if (p.nsamples == 0 && p.edges.n == 0 && !o.textconv)
		cli_warn("the profile has no samples");
	if (!raw)
		cli_filter(&o, &p);
	if (r->raw && !raw) {
		p.meta.has_whole = false;	/* facts, not shares */
		cli_canonical(&p);
	}
	if (!r->raw) {
		cli_root(&o, false, &p);
		cli_spell(&o, &p);
	}
	report_write(&o, &p, r, text);
	prof_profile_release(&p);
	options_release(&o);
	return cli_finish(false);
}
