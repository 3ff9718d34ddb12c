/* SPDX-License-Identifier: MIT */
#include "cmd/calibrate.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cmd/filters.h"
#include "cmd/sets.h"
#include "cmd/sides.h"
#include "libanalysis/noise_table.h"

/*
 * Options that ask for what is not done are refused; those that only say how
 * to judge may come with others from a file.
 */
static void
check_options(const struct options *o)
{
	const struct {
		bool given, asks;
		const char *name;
	} list[] = {
		{ o->form[FORM_TSV].wanted, true, "tsv" },
		{ o->form[FORM_CSV].wanted, true, "csv" },
		{ o->form[FORM_JSON].wanted, true, "json" },
		{ o->form[FORM_JSONL].wanted, true, "jsonl" },
		{ o->form[FORM_MARKDOWN].wanted, true, "markdown" },
		{ o->form[FORM_JUNIT].wanted, true, "junit" },
		{ o->form[FORM_GITHUB].wanted, true, "github" },
		{ o->form[FORM_SVG].wanted, true, "svg" },
		{ o->baseline_update != NULL, true, "baseline-update" },
		{ o->missing_baseline != BASELINE_FAIL, false,
		    "missing-baseline" },
		{ o->ratio.den != 0, false, "ratio" },
		{ o->min_delta != NULL, false, "min-delta" },
		{ o->min_share.den != 0, false, "min-share" },
		{ o->min_value != NULL, false, "min-value" },
		{ o->impact.den != 0, false, "impact" },
		{ o->total_ratio.den != 0, false, "total-ratio" },
		{ o->strict_ratio, false, "strict-ratio" },
		{ o->warn.den != 0, false, "warn" },
		{ o->new_function != NEW_FAIL, false, "new-function" },
		{ o->min_runs != 0, false, "min-runs" },
		{ o->metrics != NULL, false, "metric" },
		{ o->alpha.den != 0, false, "alpha" },
		{ o->ci.den != 0, false, "ci" },
		{ o->noise != NULL, false, "noise" },
		{ o->bootstrap != 0, false, "bootstrap" },
		{ o->force, false, "force" },
		{ o->normalize != NULL, false, "normalize" },
		{ o->unit != NULL, false, "unit" },
		{ o->limit != 0, false, "limit" },
		{ o->all, false, "all" }
	};
	size_t i;

	for (i = 0; i < sizeof list / sizeof list[0]; i++) {
		if (list[i].given && list[i].asks)
			cli_fail("--%s does not go with --calibrate, which "
			    "writes its rows to -o", list[i].name);
		if (list[i].given)
			cli_warn("--%s has no effect with --calibrate",
			    list[i].name);
	}
}

/* Which side a run is on does not matter, but that both have some. */
static void
part(struct options *o)
{
	struct words set = { 0 }, runs = { 0 };
	size_t i;

	if (access(o->calibrate, R_OK) != 0 &&
	    strpbrk(o->calibrate, "*?[") == NULL &&
	    strcmp(o->calibrate, "-") != 0)
		cli_fail("--calibrate: cannot open '%s': %s", o->calibrate,
		    strerror(errno));
	words_add(&set, o->calibrate);
	sets_expand(&set, 0, 1, &runs);
	if (runs.n < PROF_NOISE_RUNS)
		cli_fail("--calibrate needs %d runs of unchanged code or "
		    "more, '%s' has %zu", PROF_NOISE_RUNS, o->calibrate,
		    runs.n);
	o->sides = true;
	words_add(&o->base, runs.word[0]);
	for (i = 1; i < runs.n; i++)
		words_add(&o->operands, runs.word[i]);
	words_release(&runs);
	words_release(&set);
}

void
calibrate(struct options *o)
{
	struct prof_noise_table t = { 0 };
	struct prof_err err = { 0 };
	struct prof_diff d;
	struct sides s;
	struct cli_file f;

	if (o->operands.n > 0 || o->sides || o->by != NULL ||
	    o->files0 != NULL)
		cli_fail("--calibrate learns from its own runs; nothing else "
		    "is compared");
	check_options(o);
	part(o);
	sides_load(&s, o, cli_needs(o) != 0);
	sides_view(&s, o);
	if (prof_diff_init(&d, s.run, s.nruns, s.nbase, &err) != PROF_OK ||
	    prof_noise_table_of(&t, &d, &err) != PROF_OK)
		cli_fail_err(&err);
	cli_open(&f, o->output, NULL);
	prof_noise_table_write(&t, f.out);
	cli_close(&f);
	prof_noise_table_release(&t);
	prof_diff_release(&d);
	sides_release(&s);
}
