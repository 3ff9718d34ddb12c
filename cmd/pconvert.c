/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cmd/cli.h"
#include "cmd/convert.h"
#include "cmd/formats.h"

static const struct tool_info info = {
	.tool = TOOL_CONVERT,
	.name = "pconvert",
	.summary = "Read profiles, filter and merge them, write any format.",
	.synopsis = "[-f FMT] [-t FMT] [-s TYPE] [-o FILE] [OPTION...] "
	    "[FILE...]",
	.example = {
		"Collapsed stacks for grep and awk\n"
		"pconvert -t folded cpu.pb.gz | grep ServeHTTP",
		"The sum of many profiles, compressed\n"
		"pconvert -z -o all.pb.gz prof/*.pb.gz",
		"Compare what two other tools recorded\n"
		"pconvert a.pb | pdiff - b.pb",
		"Only what goes through the parser\n"
		"pconvert --focus 'parse' cpu.pb.gz | ptop",
		"What is in this file?\n"
		"pconvert --info cpu.pb.gz"
	}
};

/* One thing is asked for, and forms only where they exist. */
static void
check_modes(const struct options *o)
{
	if (o->info + o->formats + o->check > 1)
		cli_fail("one of --info, --formats and --check at a time");
	if ((o->info || o->formats || o->check) && o->to != NULL)
		cli_fail("--to writes a profile; it does not go with --info, "
		    "--formats or --check");
	if (o->pgo_go && (o->info || o->formats || o->check ||
	    strcmp(convert_writer(o)->name, "pprof") != 0))
		cli_fail("--pgo-go goes with -t pprof");
	if (!o->info && o->form[FORM_JSON].wanted)
		cli_fail("--json goes with --info; a profile as JSON is "
		    "-t json");
	if (o->split != NULL && (o->info || o->check || o->formats ||
	    o->output != NULL))
		cli_fail("--split writes profiles; it does not go with --info, "
		    "--check, --formats or --output");
	if (o->split != NULL && (o->unique || o->average))
		cli_fail("--split keeps inputs apart; --unique and --average "
		    "are for their sum");
	if (!o->formats && o->form[FORM_TSV].wanted)
		cli_fail("--tsv goes with --formats");
}

int
main(int argc, char **argv)
{
	struct options o;

	cli_init(&info, &o, argc, argv);
	check_modes(&o);
	if (o.formats) {
		cli_list_formats(&o);
		return cli_finish(false);
	}
	if (!o.info && !o.check)
		cli_graph_check(&o, convert_writer(&o));
	cli_operands(&o);
	if (o.split != NULL)
		convert_split(&o);
	else if (!convert(&o, &o.operands))
		cli_fail("no input could be read");
	options_release(&o);
	return cli_finish(false);
}
