/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/stat/answer.h"
#include "tests/stat/stat.h"

/*
 * Of fixed length, a recording of a program without its hottest functions
 * has more of all others: how well is that factor told?
 */

struct setup {
	const char *name;
	unsigned of, below;	/* function i changes where i % of < below */
	unsigned from, to;	/* and in this range */
	double by;
	double goal;		/* mean error in percent; 0: none */
	unsigned runs;
	double samples;
};

enum { WRONG, SAID, SLOTS };

static void
plant(const struct world *w, struct version *v, const struct setup *t)
{
	uint32_t i;

	for (i = t->from; i < t->to; i++)
		if ((i + 1) % t->of < t->below)
			world_change(w, v, i, t->by);
}

static void
trial(struct study *s, const void *how, double *out)
{
	const struct setup *t = how;
	const struct version *pair[2];
	static struct version v[2];
	static struct world w;
	struct stat_runs runs = { { t->runs, t->runs }, t->samples > 20000 ?
	    EMIT_PPROF : stat_rotate(s, false) };
	struct prof_buf b = { 0 };
	const char *scale;
	double all = 0;
	unsigned i;

	stat_world(s, &w, &draw_het, t->samples);
	w.gsd = 0;
	for (i = 0; i < 2; i++) {
		world_version(&v[i]);
		pair[i] = &v[i];
	}
	plant(&w, &v[1], t);
	for (i = 0; i < WORLD_NODES; i++)
		all += w.weight[i] * v[1].change[i];
	stat_record(s, &w, pair, &runs, NULL);
	stat_compare(s, "pregress", "--json", &runs, &b);
	scale = answer_member(prof_buf_str(&b), "scale");
	if (scale == NULL)
		stat_die(s, "no scale in JSON");
	out[WRONG] = 100 * fabs(log(answer_number(answer_member(scale,
	    "ratio")) * all));
	out[SAID] = *answer_member(scale, "separate") == 'f';
	prof_buf_release(&b);
}

void
stat_scale(struct study *s)
{
	static const struct setup some[] = {
	    { "nothing changed", 1, 1, 0, 0, 1, 2, 1, 1e5 },
	    { "top 2 removed", 1, 1, 0, 2, 0, 2, 1, 1e5 },
	    { "top 2 removed", 1, 1, 0, 2, 0, 2, 5, 2e4 },
	    { "top function x4", 1, 1, 0, 1, 4, 2, 1, 1e5 },
	    { "20 % of functions x1.5", 5, 1, 0, 200, 1.5, 2, 1, 1e5 },
	    { "30 % of functions x1.5", 10, 3, 0, 200, 1.5, 4, 1, 1e5 },
	    { "45 % of functions x1.5", 20, 9, 0, 200, 1.5, 0, 1, 1e5 } };
	const struct setup *t;
	char what[96], text[64];
	double *out;
	unsigned i, n;

	for (i = 0; i < sizeof some / sizeof some[0]; i++) {
		if (!stat_wants(s, i))
			continue;
		t = &some[i];
		out = stat_each(s, 400 + i, trial, t, SLOTS);
		n = (unsigned)snprintf(what, sizeof what,
		    "%s, %u v %u, %gk samples: %% off", t->name, t->runs,
		    t->runs, t->samples / 1000);
		snprintf(text, sizeof text, "%.2f", stat_sum(s, out, SLOTS,
		    WRONG) / (double)s->trials);
		if (t->goal > 0)
			stat_mean_at_most(s, out, SLOTS, WRONG, t->goal,
			    what);
		else
			stat_note(s, what, text);
		snprintf(what + n - 5, sizeof what - n + 5, "said unsure");
		snprintf(text, sizeof text, "%g/%lu", stat_sum(s, out, SLOTS,
		    SAID), s->trials);
		stat_note(s, what, text);
		free(out);
	}
}
