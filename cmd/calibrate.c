/* SPDX-License-Identifier: MIT */
#include "cmd/calibrate.h"

#include "cmd/filters.h"
#include "cmd/sets.h"
#include "cmd/sides.h"
#include "libanalysis/noise_table.h"

/* Which side a run is on does not matter, but that both have some. */
static void
part(struct options *o)
{
	struct words set = { 0 }, runs = { 0 };
	size_t i;

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
