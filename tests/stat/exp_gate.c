/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "tests/stat/stat.h"

/* pregress by default: how often it alarms, and how often it should. */

struct setup {
	const char *name;
	const struct draw_noise *noise;
	unsigned runs;
	double samples, goal;
	double by;		/* on one function; 1: nothing changed */
	double all;		/* on everything */
	double gsd;		/* of ln of the load; 0: 10 % */
};

#define PLANTED 16		/* 1.0 % of self */

static void
trial(struct study *s, const void *how, double *out)
{
	const struct setup *t = how;
	const struct version *pair[2];
	static struct version v[2];
	static struct world w;
	struct stat_runs runs = { { t->runs, t->runs },
	    stat_rotate(s, t->all < 2 && t->by < 2) };
	struct prof_buf b = { 0 };
	unsigned i;

	stat_world(s, &w, t->noise, t->samples);
	for (i = 0; i < 2; i++) {
		world_version(&v[i]);
		pair[i] = &v[i];
	}
	world_change(&w, &v[1], PLANTED, t->by);
	if (t->gsd > 0)
		w.gsd = t->gsd;
	if (t->all > 1) {
		w.fixed = false;
		for (i = 0; i < WORLD_NODES; i++)
			v[1].change[i] *= t->all;
	}
	stat_record(s, &w, pair, &runs, NULL);
	out[0] = stat_compare(s, "pregress", "--tsv", &runs, &b);
	prof_buf_release(&b);
}

/* Alarms are what there should be, or not. */
static void
report(struct study *s, uint64_t stream, const struct setup *t, bool wanted)
{
	double *out = stat_each(s, stream, trial, t, 1);
	double hits = stat_sum(s, out, 1, 0), n = (double)s->trials;
	char what[96], text[64];

	snprintf(what, sizeof what, "%s, %u v %u, %gk samples", t->name,
	    t->runs, t->runs, t->samples / 1000);
	snprintf(text, sizeof text, "%g/%g = %.1f %%", hits, n,
	    100 * hits / n);
	if (!(t->goal > 0))
		stat_note(s, what, text);
	else if (wanted)
		stat_at_least(s, hits, n, t->goal, what);
	else
		stat_at_most(s, hits, n, t->goal, what);
	free(out);
}

void
stat_gate(struct study *s)
{
	static const struct setup some[] = {
	    { "same code, cv 5 % het", &draw_het, 5, 20000, .009, 1, 1, 0 },
	    { "same code, cv 5 % het", &draw_het, 3, 20000, .015, 1, 1, 0 },
	    { "same code, cv 15 % het", &draw_loud, 5, 20000, .009, 1, 1, 0 },
	    { "same code, cv 15 % het", &draw_loud, 3, 20000, .015, 1, 1, 0 },
	    { "same code, cv 5 % het", &draw_het, 5, 2000, .009, 1, 1, 0 },
	    { "same code, cv 5 % het", &draw_het, 3, 2000, .015, 1, 1, 0 },
	    { "same code, cv 15 % het", &draw_loud, 5, 2000, .009, 1, 1, 0 },
	    { "same code, cv 15 % het", &draw_loud, 3, 2000, .015, 1, 1, 0 },
	    { "found: 2x in 1 %, cv 5 % het", &draw_het, 5, 20000, 0, 2, 1,
	    0 },
	    { "found: 2x in 1 %, cv 15 % het", &draw_loud, 5, 20000, 0, 2, 1,
	    0 } };
	unsigned i;

	for (i = 0; i < sizeof some / sizeof some[0]; i++)
		if (stat_wants(s, i))
			report(s, 100 + i, &some[i], false);
}

void
stat_spikes(struct study *s)
{
	static const unsigned runs[] = { 3, 5, 10 };
	struct setup t = { "same code, spikes", &draw_spiky, 0, 20000, .01,
	    1, 1, 0 };
	unsigned i;

	for (i = 0; i < 3; i++) {
		t.runs = runs[i];
		if (stat_wants(s, i))
			report(s, 150 + i, &t, false);
	}
}

/* A load that changes by 10 % from run to run hides more than the threshold. */
void
stat_twice(struct study *s)
{
	static const struct setup some[] = {
	    { "all twice as slow, cv 5 % het", &draw_het, 1, 20000, 1, 1, 2,
	    .05 },
	    { "all twice as slow, cv 5 % het", &draw_het, 3, 20000, 1, 1, 2,
	    .05 },
	    { "all twice as slow, cv 5 % het", &draw_het, 5, 2000, 1, 1, 2,
	    .05 },
	    { "all twice as slow, cv 15 % het", &draw_loud, 5, 20000, 1, 1,
	    2, .05 },
	    { "all twice as slow, load varies by 10 %", &draw_het, 3, 2000,
	    0, 1, 2, .1 },
	    { "all twice as slow, load varies by 10 %", &draw_het, 5, 2000,
	    0, 1, 2, .1 } };
	unsigned i;

	for (i = 0; i < sizeof some / sizeof some[0]; i++)
		if (stat_wants(s, i))
			report(s, 170 + i, &some[i], true);
}
